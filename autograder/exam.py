"""``goldlabel exam new``: a fresh draw of a week's exams, and fresh scenes where the picture studio is installed.

The draw is written as ``draw.toml`` into the assignment's master and into the copy that is given out, so that learners
and grader draw the same items of the exam pool, which itself stays as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.gold import exam_gold
from goldlabel.draws import DRAW_FILE, draw_text, read_seeds, with_draw
from goldlabel.errors import GoldlabelError
from goldlabel.exercises import ExerciseSpec, find_exercise, known_exercises
from goldlabel.files import write_atomically

__all__ = ["ENOUGH", "ExamError", "Redrawn", "add_command", "assignments_of", "new_draw", "ready_for_a_new_draw"]

ENOUGH = 60
"""Scored decisions that a certificate needs: 54 right of 60 is 80 to 95 % (Wilson), 18 of 20 only 70 to 97 %."""

PREFIX = "labels-"
"""A grade cell ``labels-<exercise id>`` belongs to that exercise (see :mod:`autograder.plugin`)."""


class ExamError(GoldlabelError):
    """A new draw that cannot or must not be made now."""


class Redrawn(msgspec.Struct, frozen=True, kw_only=True):
    """One exam with its new draw.

    Attributes:
        exercise: Id.
        assignment: Folder in ``source/``.
        items: How many are drawn.
        pool: How many there are to draw from.
        others: How many of the items were not in the draw before.
        decisions: Gold annotations that count in the new draw.
        most: As many as a draw of this size could hold at the best.
    """

    exercise: str
    assignment: str
    items: int
    pool: int
    others: int
    decisions: int
    most: int


def add_command(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``exam`` to the ``goldlabel`` command."""
    parser = subparsers.add_parser("exam", help="for instructors: make a new exam")
    parser.set_defaults(run=lambda _options: _help(parser))
    actions = parser.add_subparsers(title="actions", metavar="ACTION")
    action = actions.add_parser("new", help="draw a week's exam items afresh")
    action.add_argument("week", type=int, metavar="WEEK", choices=range(1, 9), help="1 to 8")
    action.add_argument("--seed", metavar="S", help="anything; the same seed gives the same draw (default: random)")
    action.add_argument("--course", type=Path, metavar="DIR", help="the course folder (default: this one)")
    action.add_argument("--force", action="store_true", help="even though work was handed in for the old draw")
    action.add_argument("--scenes", type=int, metavar="N", help="also render N new scenes for each set of pictures")
    action.set_defaults(run=_run_new)


def new_draw(week: int, seed: str, *, course: Path, force: bool = False) -> tuple[Redrawn, ...]:
    """Draw every exam of a week afresh.

    Args:
        week: 1 to 8.
        seed: Anything. Each exercise gets a seed of its own from it.
        course: The folder with ``source/``.
        force: Also when submissions were collected.

    Returns:
        What was drawn, by assignment and exercise.

    Raises:
        ExamError: The week has no exam in the course, or work was handed in already; nothing is changed then.
        GoldError: An item of the pool has no gold; nothing is changed then.
    """
    placed = ready_for_a_new_draw(week, course=course, force=force)
    seeds: dict[str, dict[str, str]] = defaultdict(dict)
    rows = []
    for assignment, spec in sorted(placed, key=lambda pair: (pair[0], pair[1].id)):
        seeds[assignment][spec.id] = f"{seed}/{spec.id}"
        rows.append(_redrawn(assignment, spec, seeds[assignment][spec.id], course / "source" / assignment))
    # Only now, when every draw is known to be sound.
    for assignment, own in seeds.items():
        for part in ("source", "release"):
            folder = course / part / assignment
            if folder.is_dir():
                _write(folder / DRAW_FILE, draw_text({**read_seeds(folder), **own}))
    return tuple(rows)


def ready_for_a_new_draw(week: int, *, course: Path, force: bool = False) -> list[tuple[str, ExerciseSpec]]:
    """Assignment and description of every exam of a week.

    Raises:
        ExamError: There is none, or work was handed in already and ``force`` is not set.
    """
    exams = [spec for name in known_exercises() if (spec := find_exercise(name)).exam and spec.week == week]
    homes = assignments_of(course)
    placed = [(homes[spec.id], spec) for spec in exams if spec.id in homes]
    if not placed:
        raise ExamError(
            f"No assignment of week {week} has an exam",
            where=str(course / "source"),
            todo=f"Make an assignment with a grade cell {PREFIX}<exercise id> first, or name another week.",
        )
    if not force:
        _refuse_when_handed_in(course, sorted({assignment for assignment, _ in placed}))
    return placed


def assignments_of(course: Path) -> dict[str, str]:
    """The assignment that each graded exercise belongs to, from the grade cells of the masters.

    Raises:
        ExamError: There is no master, or one cannot be read.
    """
    homes: dict[str, str] = {}
    for path in sorted((course / "source").glob("*/*.ipynb")):
        try:
            cells = json.loads(path.read_bytes())["cells"]
            names = [cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "") for cell in cells]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ExamError(
                f"The master cannot be read: {error}", where=str(path), todo="Restore it from the repository."
            ) from None
        homes |= {name.removeprefix(PREFIX): path.parent.name for name in names if name.startswith(PREFIX)}
    return homes


def _redrawn(assignment: str, spec: ExerciseSpec, seed: str, folder: Path) -> Redrawn:
    before = {item.id for item in with_draw(spec, folder).items()}
    draw = msgspec.structs.replace(spec.draw, seed=seed)
    new = msgspec.structs.replace(spec, draw=draw)
    items = new.items()
    gold = exam_gold(new)
    counts = sorted((len(gold.items[item.id].scored) for item in spec.pool() if item.id in gold.items), reverse=True)
    return Redrawn(
        exercise=spec.id,
        assignment=assignment,
        items=len(items),
        pool=len(spec.pool()),
        others=len({item.id for item in items} - before),
        decisions=sum(len(gold.of(item.id).scored) for item in items),
        most=sum(counts[: len(items)]),
    )


def _refuse_when_handed_in(course: Path, assignments: Sequence[str]) -> None:
    """Raise when work for the old draw is here: graded against another draw, it would earn nothing."""
    for assignment in assignments:
        learners = sorted(path.parent.name for path in (course / "submitted").glob(f"*/{assignment}"))
        if learners:
            some = ", ".join(learners[:3]) + (" and others" if len(learners) > 3 else "")
            raise ExamError(
                f"Work on the exam as it is now was collected already, from {some}",
                where=f"submitted/*/{assignment}",
                todo="Finish the round first; --force draws anew all the same, and their labels will not count.",
            )


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text.encode())
    except OSError as error:
        raise ExamError(
            f"The new draw cannot be written: {error.strerror}",
            where=str(path),
            todo="Check that the course folder is yours and the disk has room.",
        ) from None


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 2


def _run_new(options: argparse.Namespace) -> int:
    course = options.course or Path(os.environ.get("GOLDLABEL_COURSE") or Path(__file__).resolve().parents[1])
    seed = options.seed or secrets.token_hex(8)
    if options.scenes is not None:
        # Before anything is rendered: a refusal should cost no time.
        ready_for_a_new_draw(options.week, course=course, force=options.force)
        from autograder.scenes import new_scenes

        new_scenes(options.week, seed, options.scenes, say=print)
    rows = new_draw(options.week, seed, course=course, force=options.force)
    print(f"Week {options.week} is drawn afresh with the seed {seed!r}:\n")
    for row in rows:
        print(f"  {row.exercise}: {row.items} of {row.pool} items, {row.others} of them not in the draw before;")
        print(f"    {row.decisions} decisions that count.{_remark(row)}")
    print("\nOnly the choice is new: practice and gold stay as they are.")
    for assignment in sorted({row.assignment for row in rows}):
        print(f"Hand it out: nbgrader generate_assignment {assignment} --force, then")
        print(f"             nbgrader release_assignment {assignment} --force")
    return 0


def _remark(row: Redrawn) -> str:
    remarks = []
    if row.items == row.pool:
        remarks.append("The draw takes the whole pool, so no seed can change it.")
    if row.decisions < ENOUGH:
        advice = "try another seed" if row.most >= ENOUGH else f"no draw of {row.items} items reaches it"
        remarks.append(f"That is fewer than the {ENOUGH} that a certificate needs; {advice}.")
    return "".join(f"\n    {remark}" for remark in remarks)
