"""The command line: plain words, two-line errors, JSON for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from goldlabel import cli
from goldlabel.annotations import Box, ItemLabels, LabelSet, encode
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
    assert out.startswith("Score 0.91 (production)")  # 0.75 x 14/15 + 0.25 x 7/8 = 0.919, cut off
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


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "The labels file is empty"),
        (b"\xff\xfe", "The labels file is damaged"),
        (b"[" * 100_000, "The labels file is not in the expected form"),
        (b'{"exercise": "other"}', "The labels file belongs to the exercise 'other', not to 'shapes-boxes'"),
        (b'{"exercise": "a\\nb"}', "The labels file belongs to the exercise 'a\\nb'"),
        (b'{"exercise": "shapes-boxes", "schema": 9, "new": 1}', "The labels file has layout version 9"),
    ],
)
def test_a_wrong_labels_file_is_two_lines(files, capsys, data, what) -> None:
    Path(files[4]).write_bytes(data)
    assert cli.main(files) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(what)
    assert lines[1].startswith("What to do: ")


@pytest.mark.parametrize("at", [4, 6], ids=["labels", "gold"])
def test_a_folder_instead_of_a_file_is_told(files, capsys, at) -> None:
    assert cli.main([*files[:at], str(Path(files[at]).parent), *files[at + 1 :]]) == 1
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
@pytest.mark.parametrize("at", [4, 6], ids=["labels", "gold"])
def test_an_endless_file_is_not_read_to_its_end(files, capsys, monkeypatch, at) -> None:
    monkeypatch.setattr("goldlabel.annotations.files.MAX_FILE_BYTES", 1_000_000)
    monkeypatch.setattr("goldlabel.commands.review.MAX_FILE_BYTES", 1_000_000)
    real = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: pytest.fail("read whole") if self == Path("/dev/zero") else real(self)
    )
    assert cli.main([*files[:at], "/dev/zero", *files[at + 1 :]]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_items_of_another_turn_are_other_items(files, capsys) -> None:
    assert cli.main([*files, "--turn", "2", "--json"]) == 0
    judged = json.loads(capsys.readouterr().out)
    assert judged["score"] == 0
    assert {finding["kind"] for item in judged["items"].values() for finding in item["findings"]} == {"unlabelled"}


def test_no_such_turn_is_told(files, capsys) -> None:
    assert cli.main([*files, "--turn", "0"]) == 1
    assert "The first turn is 1" in capsys.readouterr().err


def test_gold_of_other_items_is_told(files, capsys) -> None:
    assert cli.main([*files[:2], "shapes-exam", *files[3:]]) == 1
    Path(files[4]).write_bytes(encode(LabelSet(exercise="shapes-exam")))
    assert cli.main([*files[:2], "shapes-exam", *files[3:]]) == 1
    assert "There is no gold for the item" in capsys.readouterr().err


def _run(*arguments: str, encoding: str = "", **more) -> subprocess.CompletedProcess[bytes]:
    """The command as a shell starts it."""
    program = "import sys; from goldlabel.cli import main; sys.exit(main())"
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    if encoding:
        buffered["PYTHONIOENCODING"] = encoding
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        stderr=subprocess.PIPE,
        env=buffered,
        timeout=60,
        check=False,
        **more,
    )


def test_a_name_with_line_breaks_cannot_make_a_third_line(files, capsys) -> None:
    assert cli.main([*files[:2], "no\n\x1b[31msuch", *files[3:]]) == 1
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 2
    assert "no\\n\\x1b[31msuch" in error


def test_a_terminal_without_emoji_is_no_error(files) -> None:
    done = _run(*files[:2], "🍐", *files[3:], encoding="ascii:strict")
    assert done.returncode == 1
    assert b"\\U0001f350" in done.stderr
    assert b"Traceback" not in done.stderr


def test_nothing_is_a_traceback(files) -> None:
    done = _run(*files[:4], "gone.json", *files[5:])
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("lines", [1, 2_000])
def test_a_reader_that_goes_away_early_is_no_error(files, lines) -> None:
    """As in `goldlabel review ... | head -1`, with little to say and with more than a pipe holds."""
    if lines > 1:
        first = find_exercise("shapes-boxes").items()[0].id
        boxes = tuple(Box(f"b{n}", "plum", (1.0, 1.0, 2.0, 2.0)) for n in range(lines))
        labels = LabelSet(exercise="shapes-boxes", items={first: ItemLabels(boxes)})
        Path(files[4]).write_bytes(encode(labels))
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = _run(*files, stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


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
