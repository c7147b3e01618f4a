"""The command line: plain words, two-line errors, JSON for programs."""

from __future__ import annotations

import json

import pytest

from goldlabel import cli
from goldlabel.annotations import ItemLabels, LabelSet, encode
from goldlabel.data import practice_gold
from goldlabel.exercises import find_exercise


@pytest.fixture
def files(shapes, tmp_path) -> list[str]:
    """The arguments of a review in which one box of eight is missing."""
    gold = practice_gold("shapes")
    first, second = find_exercise("shapes-boxes").items()
    items = {
        first.id: ItemLabels(gold.of(first.id).annotations[:3], done=True),
        second.id: ItemLabels(gold.of(second.id).annotations, done=True),
    }
    labels = tmp_path / "labels.json"
    labels.write_bytes(encode(LabelSet(exercise="shapes-boxes", items=items)))
    return [
        "review",
        "--exercise",
        "shapes-boxes",
        "--labels",
        str(labels),
        "--gold",
        str(shapes / "gold/practice.json"),
    ]


def test_review_in_words(files, capsys) -> None:
    assert cli.main(files) == 0
    out = capsys.readouterr().out
    assert out.startswith("Score 0.92 (production)")
    assert "- You missed a disc at the bottom left. R1" in out


def test_review_as_json(files, capsys) -> None:
    assert cli.main([*files, "--json"]) == 0
    judged = json.loads(capsys.readouterr().out)
    assert judged["decisions"] == 8
    assert sum(len(item["findings"]) for item in judged["items"].values()) == 1


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({2: "nothing"}, "There is no exercise called 'nothing'"),
        ({4: "gone.json"}, "The file cannot be read: No such file or directory (gone.json)"),
        ({6: "gone.json"}, "The file cannot be read: No such file or directory (gone.json)"),
    ],
)
def test_an_error_is_two_lines_and_exit_1(files, capsys, change, what) -> None:
    arguments = [change.get(position, word) for position, word in enumerate(files)]
    assert cli.main(arguments) == 1
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert printed.out == ""
    assert len(lines) == 2
    assert lines[0].startswith(what)
    assert lines[1].startswith("What to do: ")


def test_exercises(shapes, capsys) -> None:
    assert cli.main(["exercises"]) == 0
    assert "shapes-exam          week 2  exam" in capsys.readouterr().out


def test_without_a_command_it_helps(capsys) -> None:
    assert cli.main([]) == 2
    assert "review" in capsys.readouterr().out


def test_the_instructors_commands_join_and_may_be_missing(monkeypatch, capsys) -> None:
    class Gone:
        name = "demo"

        def load(self):
            raise ModuleNotFoundError("autograder")

    cli.main([])
    assert "demo" in capsys.readouterr().out
    monkeypatch.setattr(cli, "entry_points", lambda **_group: [Gone()])
    cli.main([])
    assert "demo" not in capsys.readouterr().out
