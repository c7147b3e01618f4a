"""Private gold comes first, must be private, and is never silently replaced."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import pytest

from autograder.gold import exam_gold, gold_path
from goldlabel.errors import ExerciseError, GoldError
from goldlabel.exercises import ExerciseSpec, find_exercise
from tests.autograder.tiny import DATASET


@pytest.fixture
def private(tiny: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "gold"
    shutil.copytree(tiny[1], folder)
    folder.chmod(0o700)
    monkeypatch.setenv("GOLDLABEL_GOLD", str(folder))
    return folder


def test_private_gold_wins(private: Path, spec: ExerciseSpec) -> None:
    assert gold_path(DATASET) == private / DATASET / "exam.json"
    assert set(exam_gold(spec).items) == {item.id for item in spec.items()}


def test_an_exercise_may_name_gold_of_its_own(private: Path, spec: ExerciseSpec) -> None:
    (private / DATASET / "exam.json").rename(private / DATASET / "names.json")
    named = msgspec.structs.replace(spec, gold="names")
    assert set(exam_gold(named).items) == {item.id for item in spec.items()}
    # Without the name there is only the public gold, which this set does not have.
    with pytest.raises(GoldError, match="no exam gold"):
        gold_path("no-such-dataset", "names")


@pytest.mark.skipif(os.name != "posix", reason="modes mean nothing here")
@pytest.mark.parametrize("mode", [0o750, 0o701, 0o777, 0o710])
def test_gold_that_others_may_read_is_refused(private: Path, spec: ExerciseSpec, mode: int) -> None:
    private.chmod(mode)
    with pytest.raises(GoldError, match=f"{mode:04o}") as caught:
        exam_gold(spec)
    assert "chmod 700" in caught.value.todo


def test_a_mistyped_folder_is_no_reason_to_take_the_public_gold(
    spec: ExerciseSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDLABEL_GOLD", str(tmp_path / "typo"))
    with pytest.raises(GoldError, match="cannot be opened"):
        exam_gold(spec)


def test_no_gold_at_all(private: Path) -> None:
    with pytest.raises(GoldError, match="no exam gold"):
        gold_path("no-such-dataset")


def test_gold_of_another_pool(private: Path, spec: ExerciseSpec) -> None:
    file = private / DATASET / "exam.json"
    file.write_bytes(file.read_bytes().replace(b'"pool": "exam"', b'"pool": "practice"'))
    with pytest.raises(GoldError, match="pool 'practice'"):
        exam_gold(spec)


def test_gold_that_lacks_an_item(private: Path, spec: ExerciseSpec) -> None:
    file = private / DATASET / "exam.json"
    file.write_bytes(file.read_bytes().replace(b'"tiny-exam-3"', b'"tiny-exam-33"'))
    with pytest.raises(GoldError, match="tiny-exam-3"):
        exam_gold(spec)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"dataset": 1}', b"\xff\xfe"])
def test_damaged_gold(private: Path, spec: ExerciseSpec, data: bytes) -> None:
    (private / DATASET / "exam.json").write_bytes(data)
    with pytest.raises(GoldError, match="cannot be read"):
        exam_gold(spec)


def test_a_practice_exercise_is_not_graded(private: Path) -> None:
    with pytest.raises(ExerciseError, match="Only an exam"):
        exam_gold(find_exercise("w2-boxes"))
