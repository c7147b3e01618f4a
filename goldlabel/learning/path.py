"""The map of the course with a learner's own progress, for the start page.

What the course holds stands in ``course/course.toml``; what a learner did is read from the labels files, wherever
the lessons and assignments keep them. Nothing here writes.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Annotated

import msgspec

from goldlabel.annotations import LabelSet, decode_labels
from goldlabel.data import practice_gold
from goldlabel.errors import DataError, ExerciseError, GoldlabelError
from goldlabel.exercises import ExerciseSpec, find_exercise, known_exercises
from goldlabel.review import review
from goldlabel.review.wording import shown
from goldlabel.workbench import LABELS_FOLDER

__all__ = ["CourseMap", "Graded", "Lesson", "Progress", "Week", "course_map", "progress_of"]

FILE_NAME = "course.toml"

Minutes = Annotated[int, msgspec.Meta(ge=1)]


class Lesson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A notebook that teaches.

    Attributes:
        path: Relative to the folder of the map.
        title: For people.
        minutes: How long it takes.
    """

    path: str
    title: str
    minutes: Minutes


class Graded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A graded assignment.

    Attributes:
        path: Of its notebook, relative to the folder of the map.
        title: For people.
        exercises: Ids of its labelling exercises.
        minutes: How long it takes.
    """

    path: str
    title: str
    exercises: tuple[str, ...]
    minutes: Minutes


class Week(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One week.

    Attributes:
        number: 1 to 8.
        title: For people.
        able: Completes "you will be able to ...".
        hours: About how many; empty while it is being written.
        lessons: In order; none while the week is being written.
        practice: Ids of practice exercises.
        graded: Its assignments.
    """

    number: Annotated[int, msgspec.Meta(ge=1, le=8)]
    title: str
    able: str
    hours: str = ""
    lessons: tuple[Lesson, ...] = ()
    practice: tuple[str, ...] = ()
    graded: tuple[Graded, ...] = ()


class Progress(msgspec.Struct, frozen=True):
    """How far a learner is in one exercise.

    Attributes:
        title: Of the exercise.
        done: Items marked as done.
        total: Items of a turn (practice) or of the exam.
        score: Score over everything labelled, 0 to 1; None for an exam, or when nothing is labelled.
        level: The bar that the score reaches; empty without a score.
        problem: Why nothing can be said, one sentence; empty when all is well.
    """

    title: str
    done: int = 0
    total: int = 0
    score: float | None = None
    level: str = ""
    problem: str = ""

    @property
    def share(self) -> float:
        """0 to 1; a learner who did more turns than one stays at 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0

    @property
    def sentence(self) -> str:
        """In words."""
        if self.problem:
            return self.problem
        if not self.done:
            return "not begun"
        score = "" if self.score is None else f", score {shown(self.score)} ({self.level})"
        return f"{self.done} done{score}" if self.done > self.total else f"{self.done} of {self.total} done{score}"


class CourseMap(msgspec.Struct, frozen=True):
    """The weeks, each exercise with its progress.

    Attributes:
        weeks: In order.
        progress: By exercise id.
        missing: Paths of lessons and assignments that this edition does not hold.
        base: What leads from the page that shows the map to the map's folder, for instance ``../``.
    """

    weeks: tuple[Week, ...]
    progress: dict[str, Progress]
    missing: frozenset[str]
    base: str = ""

    def __repr__(self) -> str:
        lines = []
        for week in self.weeks:
            if not week.lessons:
                continue
            lines.append(f"Week {week.number}, {week.title}")
            for name in (*week.practice, *(name for graded in week.graded for name in graded.exercises)):
                if name in self.progress:
                    one = self.progress[name]
                    lines.append(f"  {one.title}: {one.sentence}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f'<div style="max-width:980px">{"".join(self._week(week) for week in self.weeks)}</div>'

    def _week(self, week: Week) -> str:
        if not week.lessons:
            return (
                '<div style="opacity:.75;border-left:4px solid currentColor;padding:2px 0 2px 14px;margin:8px 0">'
                f"<b>Week {week.number}: {escape(week.title)}</b> <small>being written</small><br/>"
                f"<small>You will be able to {escape(week.able)}.</small></div>"
            )
        head = (
            f'<b style="font-size:16px">Week {week.number}: {escape(week.title)}</b> '
            f"<small>about {escape(week.hours)} hours</small>"
            f'<div style="margin:2px 0 6px">You will be able to {escape(week.able)}.</div>'
        )
        left = "".join(_linked(one.path, one.title, one.minutes, self.missing, base=self.base) for one in week.lessons)
        right = self._bars(week.practice)
        for graded in week.graded:
            right += _linked(graded.path, graded.title, graded.minutes, self.missing, mark="★ ", base=self.base)
            right += self._bars(graded.exercises)
        return (
            f'<div style="border-left:4px solid #009E73;padding:4px 0 6px 14px;margin:14px 0">{head}'
            '<div style="display:flex;flex-wrap:wrap;gap:8px 40px"><div style="flex:1 1 380px">'
            f'<small>LESSONS</small>{left}</div><div style="flex:1 1 420px"><small>PRACTICE AND ★ GRADED</small>'
            f"{right}</div></div></div>"
        )

    def _bars(self, names: Iterable[str]) -> str:
        return "".join(_bar(self.progress[name]) for name in names if name in self.progress)


def course_map(folder: str | os.PathLike[str] = ".", *, only: int | None = None) -> CourseMap:
    """The map of the course, with the progress of whoever uses this computer's course folder.

    Args:
        folder: The folder ``course`` with the map in it.
        only: Only the week of this number, for its opening page.

    Raises:
        ExerciseError: The map is missing or wrong.
    """
    root = Path(folder)
    weeks = tuple(one for one in _read(root / FILE_NAME) if only in (None, one.number))
    progress: dict[str, Progress] = {}
    known = known_exercises()
    for week in weeks:
        places = [root / Path(lesson.path).parent for lesson in week.lessons]
        progress |= {name: progress_of(name, dict.fromkeys(places)) for name in week.practice if name in known}
        for graded in week.graded:
            home = (root / graded.path).parent
            # In a class, nbgrader fetches an assignment into the folder above the course's own.
            copies = (home, root.parent / home.name, root / home.name)
            progress |= {name: progress_of(name, copies) for name in graded.exercises if name in known}
    paths = [lesson.path for week in weeks for lesson in week.lessons]
    paths += [graded.path for week in weeks for graded in week.graded]
    missing = frozenset(path for path in paths if not (root / path).exists())
    return CourseMap(weeks, progress, missing, "" if root.is_absolute() or root == Path() else f"{root.as_posix()}/")


def progress_of(exercise_id: str, folders: Iterable[Path]) -> Progress:
    """How far the labels of an exercise are; with several copies, those furthest on.

    Args:
        exercise_id: Id of the exercise.
        folders: Folders in which a ``labels`` folder may lie.
    """
    spec = find_exercise(exercise_id)
    best: Progress | None = None
    for folder in folders:
        path = folder / LABELS_FOLDER / f"{exercise_id}.json"
        if not path.is_file():
            continue
        try:
            labels = decode_labels(path.read_bytes(), where=path.name, exercise=exercise_id)
            found = _judged(spec, labels)
        except (GoldlabelError, OSError):
            found = Progress(spec.title, problem="its labels cannot be read: open it and run its first cell")
        if best is None or found.done > best.done:
            best = found
    if best:
        return best
    try:
        return Progress(spec.title, total=len(spec.items()))
    except DataError:
        return Progress(spec.title, problem="its texts are not here yet: goldlabel data get")


def _judged(spec: ExerciseSpec, labels: LabelSet) -> Progress:
    done = sum(one.done for one in labels.items.values())
    total = len(spec.items())
    if spec.exam:
        return Progress(spec.title, done, total)
    gold = practice_gold(spec.dataset, spec.gold or "practice")
    begun = [item for item in spec.pool() if labels.of(item.id).labelled]
    if not begun:
        return Progress(spec.title, done, total)
    judged = review(labels, gold, spec.rubric, items=begun, classes=spec.class_names)
    return Progress(spec.title, done, total, judged.score, judged.level)


def _read(path: Path) -> tuple[Week, ...]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(table["weeks"], tuple[Week, ...])
    except OSError as error:
        raise ExerciseError(
            f"The map of the course cannot be read: {error.strerror}",
            where=str(path),
            todo="Open the start page in its own folder of the course.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, msgspec.ValidationError) as error:
        raise ExerciseError(f"The map of the course is wrong: {error}", where=str(path)) from None


def _linked(
    path: str, title: str, minutes: int, missing: Sequence[str] | frozenset[str], *, mark: str = "", base: str = ""
) -> str:
    text = f"{mark}{escape(title)}"
    link = (
        f'<span style="opacity:.6">{text} (not in this edition)</span>'
        if path in missing
        else (f'<a href="{escape(base + path)}">{text}</a>')
    )
    return f'<div style="margin:3px 0">{link} <small style="white-space:nowrap">{minutes} min</small></div>'


def _bar(one: Progress) -> str:
    return (
        '<div style="display:flex;align-items:center;gap:8px;margin:3px 0">'
        '<svg width="84" height="10" role="img" aria-hidden="true" style="flex:none">'
        '<rect width="84" height="10" rx="5" fill="currentColor" fill-opacity=".15"/>'
        f'<rect width="{84 * one.share:.0f}" height="10" rx="5" fill="#009E73"/></svg>'
        f"<span>{escape(one.title)}: <small>{escape(one.sentence)}</small></span></div>"
    )
