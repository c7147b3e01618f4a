"""Only plain, small files with one name inside the submission are read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder import reading
from autograder.reading import read_submitted
from goldlabel.errors import LabelsFileError

NAME = "labels/w2.json"


@pytest.fixture(params=[True, False], ids=["walking", "checking"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A submission; every test runs with the openat walk and with what Windows gets."""
    if request.param and not reading._WALKS:
        pytest.skip("this system cannot open relative to a folder")
    monkeypatch.setattr(reading, "_WALKS", request.param)
    (tmp_path / "secret.json").write_text("the answers")
    (tmp_path / "submission" / "labels").mkdir(parents=True)
    return tmp_path / "submission"


def refused(root: Path, word: str, *, most: int = 1000) -> None:
    with pytest.raises(LabelsFileError, match=word) as caught:
        read_submitted(root, NAME, most=most)
    assert caught.value.todo
    assert str(root) not in str(caught.value), "the learner has no use for the instructor's paths"


def test_a_plain_file(root: Path) -> None:
    (root / NAME).write_bytes(b"x" * 1000)
    assert read_submitted(root, NAME, most=1000) == b"x" * 1000


def test_missing(root: Path) -> None:
    refused(root, "no such file")


def test_missing_folder(root: Path) -> None:
    (root / "labels").rmdir()
    refused(root, "no such file")


def test_too_large(root: Path) -> None:
    (root / NAME).write_bytes(b"x" * 1001)
    refused(root, "larger than")


def test_link(root: Path) -> None:
    (root / NAME).symlink_to(root.parent / "secret.json")
    refused(root, "link")


def test_dangling_link(root: Path) -> None:
    (root / NAME).symlink_to(root / "nowhere")
    refused(root, "link")


def test_linked_folder(root: Path) -> None:
    (root / "labels").rmdir()
    (root.parent / "elsewhere").mkdir()
    (root.parent / "elsewhere" / "w2.json").write_text("the answers")
    (root / "labels").symlink_to(root.parent / "elsewhere")
    refused(root, "link")


def test_hard_link(root: Path) -> None:
    os.link(root.parent / "secret.json", root / NAME)
    refused(root, "hard link")


def test_folder_in_its_place(root: Path) -> None:
    (root / NAME).mkdir()
    refused(root, "ordinary file")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists a program's open files there")
@pytest.mark.parametrize("in_its_place", ["folder", "file", "nothing"])
def test_nothing_stays_open(root: Path, in_its_place: str) -> None:
    if in_its_place == "folder":
        (root / NAME).mkdir()
    elif in_its_place == "file":
        (root / NAME).write_bytes(b"x" * 2000)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        with pytest.raises(LabelsFileError):
            read_submitted(root, NAME, most=1000)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_does_not_wait(root: Path) -> None:
    os.mkfifo(root / NAME)
    refused(root, "ordinary file")


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../secret.json", "labels/../../secret.json"])
def test_paths_of_our_own_stay_inside(root: Path, path: str) -> None:
    with pytest.raises(ValueError, match="inside"):
        read_submitted(root, path, most=10)


def test_a_submission_that_is_a_link(root: Path) -> None:
    (root / NAME).write_text("{}")
    other = root.parent / "other"
    other.symlink_to(root)
    with pytest.raises(LabelsFileError, match="link"):
        read_submitted(other, NAME, most=10)
