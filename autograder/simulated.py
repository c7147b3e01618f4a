"""Simulated learners: label sets of boxes with known habits, for demonstrations and tests.

They are always called ``simulated: ...``, so that nobody takes their work for a person's. They write through
:class:`goldlabel.store.LabelStore`, box by box and picture by picture, as a hand would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import msgspec

from goldlabel.annotations import Box, Gold, Item, only
from goldlabel.exercises import ExerciseSpec
from goldlabel.store import LabelStore

__all__ = ["CLASS", "HALF_DONE", "PERFECT", "SLOPPY", "Habit", "label_by_habit"]


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody labels.

    Attributes:
        name: Goes into the annotator's name.
        air: Air on each side of a box, as a share of its width and height.
        shake: Standard deviation of each corner, in pixels.
        misses: Chance that an object is overlooked.
        misses_hard: The same for small, occluded or truncated objects.
        confuses: Chance that an object gets another class.
        share: Share of the pictures that are labelled; the rest is never opened.
    """

    name: str
    air: float = 0.0
    shake: float = 0.0
    misses: float = 0.0
    misses_hard: float = 0.0
    confuses: float = 0.0
    share: float = 1.0

    @property
    def annotator(self) -> str:
        """The name that stands in the labels file."""
        return f"simulated: {self.name}"

    @property
    def learner(self) -> str:
        """The id in nbgrader, which is part of folder names."""
        return f"simulated-{self.name.replace(' ', '-')}"


PERFECT = Habit(name="perfect")
SLOPPY = Habit(name="sloppy", air=0.15, shake=3.0, misses=0.12, misses_hard=0.6, confuses=0.2)
HALF_DONE = Habit(name="half done", shake=1.0, share=0.5)

CLASS = (PERFECT, SLOPPY, HALF_DONE)
"""The class that ``goldlabel demo`` shows."""

_SMALL = 48.0
"""A side shorter than this many pixels makes an object small (COCO's small object is 32 x 32)."""


def label_by_habit(
    habit: Habit, spec: ExerciseSpec, items: Sequence[Item], gold: Gold, *, folder: Path, seed: int = 1
) -> Path:
    """Label ``items`` as somebody with this habit would.

    Args:
        habit: How.
        spec: The exercise.
        items: What to label, in order.
        gold: What is there; its difficult boxes are left out, as the guideline allows.
        folder: Where the ``labels`` folder lies or is to be made.
        seed: The same seed gives the same boxes.

    Returns:
        The labels file.
    """
    random = Random(f"{seed} {habit.name}")
    store = LabelStore(folder / "labels" / f"{spec.id}.json", spec.id, annotator=habit.annotator)
    for item in items[: round(habit.share * len(items))]:
        drawn = list(_boxes(habit, spec.class_names, item, only(gold.of(item.id).scored, Box), random))
        rev = 0
        for count in range(1, len(drawn) + 1):
            rev = store.save(item.id, drawn[:count], base_rev=rev, action="draw", tool="simulated", seconds=4.0).rev
        store.save(item.id, drawn, base_rev=rev, action="done", tool="simulated", done=True)
    return store.path


def _boxes(habit: Habit, classes: Sequence[str], item: Item, gold: Iterable[Box], random: Random) -> Iterable[Box]:
    for number, true in enumerate(gold, start=1):
        if random.random() < (habit.misses_hard if _is_hard(true) else habit.misses):
            continue
        others = [name for name in classes if name != true.label]
        label = random.choice(others) if others and random.random() < habit.confuses else true.label
        yield Box(id=f"b{number}", label=label, xyxy=_drawn(habit, true, item, random))


def _is_hard(box: Box) -> bool:
    small = min(box.width, box.height) < _SMALL
    return small or bool(box.attributes.get("occluded")) or bool(box.attributes.get("truncated"))


def _drawn(habit: Habit, true: Box, item: Item, random: Random) -> tuple[float, float, float, float]:
    """The corners as this hand draws them, kept on the picture and in order."""
    x1, y1, x2, y2 = true.xyxy
    air_x, air_y = habit.air * true.width, habit.air * true.height
    x1, x2 = x1 - air_x + random.gauss(0, habit.shake), x2 + air_x + random.gauss(0, habit.shake)
    y1, y2 = y1 - air_y + random.gauss(0, habit.shake), y2 + air_y + random.gauss(0, habit.shake)
    x1, x2 = sorted((min(max(x1, 0.0), item.width), min(max(x2, 0.0), item.width)))
    y1, y2 = sorted((min(max(y1, 0.0), item.height), min(max(y2, 0.0), item.height)))
    return round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1)
