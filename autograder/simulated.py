"""Simulated learners: label sets with known habits, for demonstrations and tests.

They are always called ``simulated: ...``, so that nobody takes their work for a person's. They write through
:class:`goldlabel.store.LabelStore`, label by label and picture by picture, as a hand would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

import msgspec

from autograder.hands import Habit, is_hard, redrawn
from goldlabel.annotations import Annotation, Choice, Gold, Item, KeyFact, Written
from goldlabel.exercises import ExerciseSpec
from goldlabel.store import LabelStore

__all__ = ["CLASS", "HALF_DONE", "PERFECT", "SLOPPY", "Habit", "label_by_habit"]


PERFECT = Habit(name="perfect")
SLOPPY = Habit(
    name="sloppy",
    air=0.15,
    shake=3.0,
    misreads=0.4,
    misses=0.12,
    misses_hard=0.6,
    confuses=0.2,
    swaps=0.3,
    ends=0.35,
    forgets=0.4,
)
HALF_DONE = Habit(name="half done", shake=1.0, share=0.5)

CLASS = (PERFECT, SLOPPY, HALF_DONE)
"""The class that ``goldlabel demo`` shows."""


def label_by_habit(
    habit: Habit, spec: ExerciseSpec, items: Sequence[Item], gold: Gold, *, folder: Path, seed: int = 1
) -> Path:
    """Label ``items`` as somebody with this habit would.

    Args:
        habit: How.
        spec: The exercise.
        items: What to label, in order.
        gold: What is there; what is difficult is left out, as the guideline allows.
        folder: Where the ``labels`` folder lies or is to be made.
        seed: The same seed gives the same labels.

    Returns:
        The labels file.
    """
    random = Random(f"{seed} {habit.name}")
    store = LabelStore(folder / "labels" / f"{spec.id}.json", spec.id, annotator=habit.annotator)
    for item in items[: round(habit.share * len(items))]:
        drawn = list(_labels(habit, spec, item, gold.of(item.id).scored, random))
        rev = 0
        for count in range(1, len(drawn) + 1):
            rev = store.save(item.id, drawn[:count], base_rev=rev, action="draw", tool="simulated", seconds=4.0).rev
        store.save(item.id, drawn, base_rev=rev, action="done", tool="simulated", done=True)
    return store.path


def _labels(
    habit: Habit, spec: ExerciseSpec, item: Item, gold: Iterable[Annotation], random: Random
) -> Iterable[Annotation]:
    """What this hand makes of the gold of one picture."""
    for number, true in enumerate(gold, start=1):
        if isinstance(true, KeyFact):
            continue  # says how a text is judged; nobody labels it
        if random.random() < (habit.misses_hard if is_hard(true) else habit.misses):
            continue
        others = [name for name in spec.class_names if name != true.label]
        label = random.choice(others) if others and random.random() < habit.confuses else true.label
        drawn = redrawn(true, habit, item, random)
        flags = {
            one.name: True
            for one in spec.attributes
            if true.attributes.get(one.name) is True and random.random() >= habit.forgets
        }
        # A choice is named after its question, a text after what was asked for.
        name = true.id if isinstance(true, Choice | Written) else f"b{number}"
        yield msgspec.structs.replace(drawn, id=name, label=label, attributes=flags)
