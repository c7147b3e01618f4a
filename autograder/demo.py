"""``goldlabel demo``: the whole round with three simulated learners, without a browser, in under two minutes."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.gold import exam_gold
from autograder.reading import read_submitted
from autograder.scoring import MOST_LABEL_BYTES, score_labels
from goldlabel.draws import with_draw
from goldlabel.errors import GoldlabelError
from goldlabel.exercises import find_exercise

if TYPE_CHECKING:
    from autograder.rounds import Round
    from goldlabel.exercises import ExerciseSpec

__all__ = ["add_command"]

ASSIGNMENT = "week2_boxes"
EXERCISE = "w2-boxes-exam"


def add_command(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``demo`` to the ``goldlabel`` command."""
    parser = subparsers.add_parser("demo", help="play the whole round with three simulated learners")
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="folder for the course, the learners' homes and the feedback (default: a new temporary folder)",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # Only now: nbgrader takes a second to import, which no other command should pay for.
    from autograder.rounds import Round, make_course

    began = time.monotonic()
    exam_gold(find_exercise(EXERCISE))  # says what is missing before anything is made
    folder = _folder(options.keep)
    print("Three simulated learners go through the assignment on bounding boxes. They are programs, not people:")
    print("one labels perfectly, one hastily, one stops half way.\n")
    played = Round(make_course(folder / "course"), folder / "homes", ASSIGNMENT)
    _play(played)
    print("\nThe gradebook (simulated learners):\n")
    print(_table(("learner", "score", "points", "level"), _gradebook(played)))
    print("\nThe feedback, as each of them receives it:\n")
    for entry in played.entries():
        for page in played.fetch_feedback(entry.learner):
            print(f"  {entry.name}\n    {page}")
    print(f"\nDone in {time.monotonic() - began:.0f} s. Everything is kept in {folder}")
    return 0


def _play(played: Round) -> None:
    """The whole round, from the master to released feedback."""
    from autograder.simulated import CLASS, label_by_habit

    spec = _given_out(played)
    items, gold = spec.items(), exam_gold(spec)
    _say("The instructor makes the course and releases the assignment")
    played.generate()
    played.release()
    for habit in CLASS:
        _say(f"{habit.annotator} fetches it, labels, and hands in")
        played.enrol(habit.learner, habit.annotator)
        label_by_habit(habit, spec, items, gold, folder=played.fetch(habit.learner))
        played.submit(habit.learner)
    _say("The instructor collects, grades and gives feedback")
    played.collect()
    played.autograde()
    played.feedback()


def _gradebook(played: Round) -> list[tuple[str, str, str, str]]:
    """Points from nbgrader's gradebook; score and level, which it does not hold, from the same pure function."""
    spec = _given_out(played)
    items, gold = spec.items(), exam_gold(spec)
    rows = []
    for entry in played.entries():
        work = played.course / "submitted" / entry.learner / ASSIGNMENT
        data = read_submitted(work, f"labels/{spec.id}.json", most=MOST_LABEL_BYTES)
        scored = score_labels(data, spec=spec, items=items, gold=gold)
        level = scored.review.level if scored.review else "not judged"
        rows.append((entry.name, f"{scored.fraction:.2f}", f"{entry.points:g} of {entry.most:g}", level))
    return rows


def _given_out(played: Round) -> ExerciseSpec:
    """The exam as the course's master draws it."""
    return with_draw(find_exercise(EXERCISE), played.course / "source" / ASSIGNMENT)


def _folder(keep: Path | None) -> Path:
    """The folder to play in, new or empty.

    Raises:
        GoldlabelError: It holds something already, or cannot be made.
    """
    if keep is None:
        return Path(tempfile.mkdtemp(prefix="goldlabel-demo-"))
    try:
        keep.mkdir(parents=True, exist_ok=True)
        full = any(keep.iterdir())
    except OSError as error:
        raise GoldlabelError(
            f"The folder cannot be used: {error.strerror}", where=str(keep), todo="Name another folder."
        ) from None
    if full:
        raise GoldlabelError("The folder is not empty", where=str(keep), todo="Name a new folder for --keep.")
    return keep.resolve()


def _say(sentence: str) -> None:
    print(f"- {sentence} ...", flush=True)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[column]) for line in (heads, *rows)) for column in range(len(heads))]
    lines = ["  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in (heads, *rows)]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(f"  {line.rstrip()}" for line in lines)
