"""`release/` is exactly what nbgrader makes of `source/`.

When this fails, a master was changed and its learners' edition was not. Make it again, look at it, and commit it:

    python -m autograder.release
"""

from __future__ import annotations

import json
from pathlib import Path

from autograder.release import fresh_release, main, release_differences
from autograder.rounds import repository


def test_release_matches_source(tmp_path: Path) -> None:
    made = fresh_release(tmp_path)
    assert release_differences(made, repository() / "release") == (), "run: python -m autograder.release"
    assert {path.name for path in made.iterdir()} == {path.name for path in (repository() / "source").iterdir()}


def test_a_difference_is_seen(tmp_path: Path) -> None:
    for side, text in (("a", "1"), ("b", "2")):
        (tmp_path / side / "week").mkdir(parents=True)
        (tmp_path / side / "week" / "same").write_text("same")
        (tmp_path / side / "week" / "file").write_text(text)
    (tmp_path / "b" / "week" / "labels").mkdir()
    (tmp_path / "b" / "week" / "labels" / "x.json").write_text("a learner was here")
    (tmp_path / "b" / "week" / "only.txt").write_text("")
    assert release_differences(tmp_path / "a", tmp_path / "b") == ("week/file", "week/only.txt")


def test_the_command_checks(capsys) -> None:
    assert main(["--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_masters_hold_neither_gold_nor_labels() -> None:
    for folder in ("source", "release"):
        for path in (repository() / folder).rglob("*"):
            assert path.suffix != ".json", path
            if path.suffix == ".ipynb":
                text = path.read_text(encoding="utf-8")
                assert "xyxy" not in text
                assert json.loads(text)["metadata"]["kernelspec"]["name"] == "python3"
