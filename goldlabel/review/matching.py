"""One picture: which label belongs to which gold, and which labels are set aside.

Two kinds of gold forgive labels. *Difficult* gold (too hidden, too small) asks for nothing: a label on it is neither
rewarded nor punished. A *crowd* is one label round many objects that cannot be told apart: it has to be labelled as
one, but labels of its class inside it are set aside (COCO's ``iscrowd``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Annotation
from goldlabel.metrics.detection import Matches, match_one_to_one
from goldlabel.review.rubric import RegionRubric
from goldlabel.review.shapes import Geometry

__all__ = ["Region", "Scene", "is_crowd", "match_scene"]

Floats = NDArray[np.float64]

_COVERED_SHARE = 0.5
"""An unmatched label that covers this share of a difficult gold object is set aside with it ..."""

_COVERED_OVERLAP = 0.05
"""... unless it is so large (twenty times) that it says nothing about what is hidden there."""

_CROWD_SHARE = 0.5
"""A label with this share of itself inside a crowd is one of the crowd (COCO matches a crowd so, at IoU 0.5)."""


class Region(msgspec.Struct, frozen=True):
    """A label with its shape."""

    label: Any
    shape: Any


class Scene(msgspec.Struct, frozen=True):
    """One picture, matched.

    Attributes:
        yours: The learner's labels that can be judged.
        scored: Gold that counts.
        overlaps: Of every label with every scored gold, ``(N, M)``.
        matches: Which belongs to which.
        covered: Indices of the labels that are set aside.
    """

    yours: Sequence[Region]
    scored: Sequence[Region]
    overlaps: Floats
    matches: Matches
    covered: frozenset[int]


def is_crowd(label: Annotation) -> bool:
    """Whether ``label`` stands for many objects."""
    return bool(label.attributes.get("crowd", False))


def match_scene(
    yours: Sequence[Region], gold: Sequence[Region], geometry: Geometry[Any, Any], rubric: RegionRubric
) -> Scene:
    """Match the labels of one picture with its gold."""
    scored = [one for one in gold if not one.label.difficult]
    aside = [one for one in gold if one.label.difficult]
    shapes = [one.shape for one in yours]
    overlaps = geometry.overlap(shapes, [one.shape for one in scored])
    inside = _inside_crowds(yours, scored, geometry)
    matches = _matched(yours, scored, aside, overlaps, inside, geometry, rubric)
    matched = set(matches.labels.tolist())
    free = [k for k in range(len(yours)) if k not in matched]
    covered = _covered(free, shapes, overlaps, aside, geometry, rubric)
    covered |= _of_crowds(free, yours, scored, aside, overlaps, inside, geometry, rubric)
    return Scene(yours, scored, overlaps, matches, frozenset(covered))


def _matched(
    yours: Sequence[Region],
    scored: Sequence[Region],
    aside: Sequence[Region],
    overlaps: Floats,
    inside: Floats,
    geometry: Geometry[Any, Any],
    rubric: RegionRubric,
) -> Matches:
    """Labels paired with scored gold, blind to the class but where labels are equal.

    A pair that finds nothing is given up when its label sits better on difficult gold, or is one of the crowd that it
    was paired with: that is what was meant.
    """
    names = np.array([one.label.label for one in yours], dtype=object)[:, None]
    same = names == np.array([one.label.label for one in scored], dtype=object)[None, :]
    prefer: Floats = same.astype(np.float64)
    if inside.any():
        crowd = np.array([is_crowd(one.label) for one in yours])[:, None]
        prefer = (2 * prefer + (crowd == np.array([is_crowd(one.label) for one in scored])[None, :])) / 3
    left = geometry.likeness([one.shape for one in yours], [one.shape for one in scored], overlaps).copy()
    matches = _match(left, overlaps, rubric.match_at, prefer)
    if not (aside or inside.any()) or not matches.labels.size:
        return matches
    hidden = np.zeros(len(yours))
    if aside:
        covers, on_aside = _coverage([one.shape for one in yours], aside, geometry)
        hidden = np.where(covers, on_aside, 0.0).max(axis=1)
    while True:
        nothing = ~same[matches.labels, matches.gold] | (matches.overlap < rubric.count_at)
        one_of_many = inside[matches.labels, matches.gold] >= _CROWD_SHARE
        given_up = matches.labels[nothing & ((hidden[matches.labels] > matches.overlap) | one_of_many)]
        if not given_up.size:
            return matches
        left[given_up] = 0.0
        matches = _match(left, overlaps, rubric.match_at, prefer)


def _match(likeness: Floats, overlaps: Floats, threshold: float, prefer: Floats) -> Matches:
    """Pairs by likeness, each with its overlap."""
    matches = match_one_to_one(likeness, threshold, prefer=prefer)
    return matches._replace(overlap=overlaps[matches.labels, matches.gold])


def _coverage(
    shapes: Sequence[Any], aside: Sequence[Region], geometry: Geometry[Any, Any]
) -> tuple[NDArray[np.bool_], Floats]:
    """Which labels cover which difficult gold, and how much they overlap."""
    gold = [one.shape for one in aside]
    covers = geometry.intersection(shapes, gold) >= _COVERED_SHARE * geometry.area(gold)[None, :]
    return covers, geometry.overlap(shapes, gold)


def _covered(
    free: Sequence[int],
    shapes: Sequence[Any],
    overlaps: Floats,
    aside: Sequence[Region],
    geometry: Geometry[Any, Any],
    rubric: RegionRubric,
) -> set[int]:
    """Unmatched labels that sit on difficult gold, and are not a second label on a scored object."""
    if not free or not aside:
        return set()
    covers, on_aside = _coverage([shapes[k] for k in free], aside, geometry)
    # What is hidden peeks out behind something: a second label on that something covers it, too.
    nearest = overlaps[free].max(axis=1, initial=0)[:, None]
    second = (nearest >= rubric.match_at) & (nearest > on_aside)
    forgiven = np.any(covers & (on_aside >= _COVERED_OVERLAP) & ~second, axis=1).tolist()
    return {k for k, on in zip(free, forgiven, strict=True) if on}


def _inside_crowds(yours: Sequence[Region], gold: Sequence[Region], geometry: Geometry[Any, Any]) -> Floats:
    """Share of each label that lies in each gold crowd of its class, ``(N, M)``; 0 for gold that is no crowd.

    A label that says itself that it is a crowd is not one of the crowd.
    """
    share = np.zeros((len(yours), len(gold)))
    crowds = [k for k, one in enumerate(gold) if is_crowd(one.label)]
    single = [k for k, one in enumerate(yours) if not is_crowd(one.label)]
    if not crowds or not single:
        return share
    shapes = [yours[k].shape for k in single]
    area = geometry.area(shapes)[:, None]
    shared = geometry.intersection(shapes, [gold[k].shape for k in crowds])
    part = np.divide(shared, area, out=np.zeros_like(shared), where=area > 0)
    for row, k in enumerate(single):
        for column, at in enumerate(crowds):
            if gold[at].label.difficult or gold[at].label.label == yours[k].label.label:
                share[k, at] = part[row, column]
    return share


def _of_crowds(
    free: Sequence[int],
    yours: Sequence[Region],
    scored: Sequence[Region],
    aside: Sequence[Region],
    overlaps: Floats,
    inside: Floats,
    geometry: Geometry[Any, Any],
    rubric: RegionRubric,
) -> set[int]:
    """Unmatched labels that are one of a crowd, and not a second label on an object beside it."""
    within = np.hstack([inside, _inside_crowds(yours, aside, geometry)]).max(axis=1, initial=0)
    alone = np.array([not is_crowd(one.label) for one in scored], dtype=bool)
    nearest = overlaps[:, alone].max(axis=1, initial=0)
    return {k for k in free if within[k] >= _CROWD_SHARE and nearest[k] < rubric.match_at}
