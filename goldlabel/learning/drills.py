"""Drills: new items of just what went wrong, found in the review of a learner's own practice.

Every judged gold annotation has *aspects*: its class, the pairs of classes that it could be confused within, and
traits (small, occluded, truncated, seen from behind). An aspect is a weakness when its rate of faults is clearly
above the learner's rate over everything. Where none stands out, a habit that shows on everything (loose drawing) is
drilled. The drill draws the items of the pool that are richest in the worst aspects.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import (
    Annotation,
    Box,
    Gold,
    Item,
    Keypoints,
    LabelSet,
    Mask,
    Polygon,
    RotatedBox,
)
from goldlabel.exercises import find_exercise
from goldlabel.feedback import Feedback
from goldlabel.review import Finding, Review, review
from goldlabel.review.overlay.paths import bounds_of
from goldlabel.review.wording import counted, plain
from goldlabel.store import LabelStore
from goldlabel.workbench import LABELS_FOLDER, Exercise

if TYPE_CHECKING:
    from goldlabel.widgets.base import Labeller

__all__ = ["Drill", "Weakness", "drill", "weaknesses"]

SMALL = 48.0
"""What is less than this many pixels wide or high is small."""

LEAST_FAULTS = 2
"""One fault is a slip; two of a kind are a habit."""

LIFT = 1.15
"""A weakness has a rate of faults that is higher than the learner's own by this factor."""

MOST_WEAKNESSES = 2
"""A drill of everything would be no drill."""

Aspect = tuple[str, ...]
"""``("class", name)``, ``("pair", name, name)`` in alphabetical order, ``("trait", name)`` or ``("kind", name)``."""

_TRAITS: Mapping[str, str] = {
    "small": "small objects",
    "occluded": "partly hidden objects",
    "truncated": "objects that the edge of the picture cuts",
    "behind": "figures seen from behind",
}

_KINDS: Mapping[str, tuple[str, str]] = {
    "boundary": ("where a span begins and ends", "with an end off"),
    "leak": ("hiding the whole of it", "hidden in part only"),
    "direction": ("which way a relation points", "the wrong way round"),
    "low_overlap": ("drawing tight", "loose or cut off"),
    "left_right_swapped": ("left and right", "swapped"),
}
"""Kinds of findings that are drilled as such where no class or trait stands out: what is trained, what was wrong."""

LEAST_SHARE = 0.25
"""From this share of everything on, a kind of finding is drilled as such."""


class Weakness(msgspec.Struct, frozen=True):
    """Something that went wrong more often than the rest.

    Attributes:
        aspect: What it is.
        faults: How much of it had a fault; for a pair, how often it was confused.
        judged: How much gold of this aspect was judged.
    """

    aspect: Aspect
    faults: int
    judged: int

    @property
    def name(self) -> str:
        """In words, for instance "lemon and pear"."""
        kind, *names = self.aspect
        match kind:
            case "trait":
                return _TRAITS[names[0]]
            case "kind":
                return _KINDS[names[0]][0]
            case _:
                return " and ".join(map(plain, names))

    @property
    def sentence(self) -> str:
        """What was seen, with its numbers."""
        if self.aspect[0] == "pair":
            return f"{self.name}: confused {self.faults} times"
        wrong = _KINDS[self.aspect[1]][1] if self.aspect[0] == "kind" else "with a fault"
        return f"{self.name}: {self.faults} of {self.judged} {wrong}"


def weaknesses(judged: Review, gold: Gold) -> tuple[Weakness, ...]:
    """What went wrong more often than the rest, the worst first.

    Args:
        judged: A review of practice items.
        gold: The gold that it was judged against.

    Returns:
        At most :data:`MOST_WEAKNESSES`; none when the faults are too few, or spread over everything alike.
    """
    seen: Counter[Aspect] = Counter()
    faulty: dict[tuple[str, str, Aspect], Annotation] = {}
    total = 0
    for item, one in judged.items.items():
        if not one.labelled:
            continue
        true = {annotation.id: annotation for annotation in gold.of(item).scored}
        total += len(true)
        for annotation in true.values():
            seen.update(_aspects(annotation))
        # Several findings on one thing, loose and with a wrong flag for instance, are one faulty thing.
        faulty |= {
            (item, finding.gold, _pair(finding)): true[finding.gold] for finding in one.findings if finding.gold in true
        }
    confusions = Counter(pair for _, _, pair in faulty if pair)
    pairs = {pair: count for pair, count in confusions.items() if count >= LEAST_FAULTS}
    # A pair says more than its classes and traits, so what belongs to one is counted there alone.
    others = {(item, name): one for (item, name, pair), one in faulty.items() if pair not in pairs}
    faults = Counter(aspect for annotation in others.values() for aspect in _aspects(annotation))
    rate = len({(item, name) for item, name, _ in faulty}) / total if total else 0.0
    found = [Weakness(aspect, count, seen[aspect]) for aspect, count in faults.items() if count >= LEAST_FAULTS]
    found = [one for one in found if one.faults / one.judged >= LIFT * rate]
    confused = [Weakness(pair, count, count) for pair, count in pairs.items()]
    ranked = [
        *sorted(confused, key=lambda one: (-one.faults, one.aspect)),
        *sorted(found, key=lambda one: (-one.faults / one.judged, -one.faults, one.aspect)),
    ]
    return tuple(ranked[:MOST_WEAKNESSES]) or _habits(judged, total)


def _habits(judged: Review, total: int) -> tuple[Weakness, ...]:
    """The commonest kind of fault that can be drilled as such, when it is common enough."""
    kinds = Counter(
        kind for kind, *_ in {(finding.kind, finding.item, finding.gold) for finding in judged.findings if finding.gold}
    )
    habits = [Weakness(("kind", kind), kinds[kind], total) for kind in _KINDS]
    habits = [one for one in habits if one.faults >= max(LEAST_FAULTS, LEAST_SHARE * total)]
    return tuple(sorted(habits, key=lambda one: -one.faults)[:1])


def _pair(finding: Finding) -> Aspect:
    """The two classes that were confused; empty for a finding of another kind."""
    confused = finding.kind == "mismatching_label" and len(set(finding.classes)) == 2
    return ("pair", *sorted(finding.classes)) if confused else ()


def _aspects(annotation: Annotation) -> set[Aspect]:
    aspects: set[Aspect] = {("class", annotation.label)}
    aspects |= {("trait", name) for name in ("occluded", "truncated") if annotation.attributes.get(name)}
    if isinstance(annotation, Box | RotatedBox | Polygon | Mask):
        x1, y1, x2, y2 = bounds_of(annotation)
        if min(x2 - x1, y2 - y1) < SMALL:
            aspects.add(("trait", "small"))
    if isinstance(annotation, Keypoints):
        left, right = (annotation.points.get(f"{side}_shoulder", (0.0, 0.0, 0)) for side in ("left", "right"))
        # Of somebody who faces the camera, the left shoulder is on the right-hand side.
        if left[2] and right[2] and left[0] < right[0]:
            aspects.add(("trait", "behind"))
    return aspects


def _richness(annotations: Iterable[Annotation], wanted: Sequence[Weakness]) -> float:
    """How much of the worst aspects lies in an item; both classes of a pair must be there to be told apart.

    In an item with one annotation (a class) either of the two is enough.
    """
    annotations = tuple(annotations)
    counts = Counter(aspect for annotation in annotations for aspect in _aspects(annotation))
    score = 0.0
    for weight, one in zip((1.0, 0.5), wanted, strict=False):
        if one.aspect[0] == "pair":
            first, second = (counts["class", name] for name in one.aspect[1:])
            score += weight * (min(first, second) + 0.1 * (first + second))
        else:
            # A habit shows on anything.
            score += weight * (len(annotations) if one.aspect[0] == "kind" else counts[one.aspect])
    return score


class Drill:
    """A drill, or the reason why there is none.

    Attributes:
        reason: One or two sentences: what it trains and why.
        exercise: What to label; None when nothing is to be drilled.
    """

    def __init__(self, reason: str, exercise: Exercise | None = None) -> None:
        self.reason = reason
        self.exercise = exercise

    def label(self) -> Labeller | None:
        """The labelling widget; nothing without a drill."""
        return None if self.exercise is None else self.exercise.label()

    def check(self) -> Feedback | None:
        """The labels of the drill over the gold; nothing without a drill."""
        return None if self.exercise is None else self.exercise.check()

    def __repr__(self) -> str:
        return self.reason


def drill(exercise_id: str, *, turn: int = 1, count: int = 4, folder: str | os.PathLike[str] | None = None) -> Drill:
    """A drill of what your practice labels show to be weakest.

    Args:
        exercise_id: The practice exercise, for instance ``w2-boxes``.
        turn: 1, 2, 3 ...: each has other items.
        count: Items a turn.
        folder: Where the ``labels`` folder lies; the notebook's own folder unless told.

    Returns:
        The drill. Its labels lie in ``labels/<exercise>-drill.json``. It stays the same until you practise again.

    Raises:
        ExerciseError: There is no such exercise, or it is an exam.
        StoreError: The labels cannot be read.
    """
    practice = Exercise.open(exercise_id, folder=folder)
    spec, labels = find_exercise(exercise_id), practice.labels
    gold = practice.gold()
    pool = spec.pool()
    begun = [item for item in pool if labels.of(item.id).labelled]
    if not begun:
        return Drill(
            "There is no drill yet: label and check a turn of practice first. The drill then trains what was weak."
        )
    judged = review(labels, gold, spec.rubric, items=begun, classes=spec.class_names)
    weak = weaknesses(judged, gold)
    if not weak:
        where = counted(len(begun), "item")
        found = (
            f"What went wrong in the {where} that you have labelled is spread over everything alike"
            if judged.findings
            else f"Nothing went wrong in the {where} that you have labelled"
        )
        return Drill(f"{found}: there is nothing special to drill. Practise with new items (turn=2, turn=3), or go on.")
    chosen = _chosen(pool, labels, gold, weak, count=count, turn=turn)
    title = f"Drill: {'; '.join(one.name for one in weak)}"
    own = msgspec.structs.replace(spec, id=f"{spec.id}-drill", title=title)
    place = Path(folder) if folder is not None else Path.cwd()
    store = LabelStore(place / LABELS_FOLDER / f"{own.id}.json", own.id)
    return Drill(f"{title}. In your practice: {'; '.join(one.sentence for one in weak)}.", Exercise(own, chosen, store))


def _chosen(
    pool: Sequence[Item], labels: LabelSet, gold: Gold, weak: Sequence[Weakness], *, count: int, turn: int
) -> tuple[Item, ...]:
    """The items of one turn: the richest first, new ones before those that were labelled in practice."""

    def order(item: Item) -> tuple[bool, float, bytes]:
        known = labels.of(item.id).labelled
        return known, -_richness(gold.of(item.id).scored, weak), hashlib.sha256(item.id.encode()).digest()

    ranked = sorted((item for item in pool if _richness(gold.of(item.id).scored, weak) > 0), key=order)
    count = min(count, len(ranked))
    start = (turn - 1) * count
    return tuple(ranked[(start + k) % len(ranked)] for k in range(count))
