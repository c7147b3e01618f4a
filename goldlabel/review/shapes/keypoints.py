"""Keypoints for the review engine: which point is off, left and right swapped, what is visible."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
import numpy as np

from goldlabel.annotations import Gold, Item, Keypoints, only
from goldlabel.metrics import boxes, keypoints
from goldlabel.review.rubric import KeypointRubric
from goldlabel.review.shapes.base import Detail, Floats, Geometry, UnusableError
from goldlabel.review.wording import Corners, listed, plain

__all__ = ["Figure", "KeypointGeometry", "mirrored"]

_OFF = 0.5
"""A point whose similarity is below this is told: for a knee of a person 200 px high that is about 15 px."""

_SWAP_GAIN = 0.5
"""Left and right of a part are swapped when that would raise the similarity of its two points by this much."""

_SLIP = 1.0
"""A point this many pixels beyond the edge of the picture means the edge."""

_MOST_NAMED = 3


class Figure(msgspec.Struct, frozen=True):
    """The points of one object in the order of the exercise.

    Attributes:
        points: ``(K, 3)``.
        area: Square pixels of the object in gold; 0 in labels.
    """

    points: Floats
    area: float

    @property
    def bounds(self) -> Corners:
        """The box around the labelled points; all 0 without any."""
        labelled = self.points[self.points[:, 2] > 0, :2]
        if not len(labelled):
            return 0.0, 0.0, 0.0, 0.0
        (x1, y1), (x2, y2) = labelled.min(axis=0).tolist(), labelled.max(axis=0).tolist()
        return x1, y1, x2, y2


class KeypointGeometry(Geometry[Keypoints, Figure]):
    """Figures of named points.

    Attributes:
        names: Of the points, in order.
        sigmas: ``(K,)``.
        mirror: ``(K,)``: the index of the same point of the other side; its own where it has none.
    """

    kind = Keypoints
    task = "keypoints"
    measure = "OKS"
    detailed = True

    def __init__(self, names: Sequence[str], sigmas: Mapping[str, float]) -> None:
        self.names = tuple(names)
        self.sigmas = np.array([sigmas.get(name, keypoints.DEFAULT_SIGMA) for name in names], dtype=np.float64)
        self.mirror = np.array([self._at(mirrored(name), other=k) for k, name in enumerate(names)], dtype=np.int64)
        self._index = {name: k for k, name in enumerate(names)}

    def _at(self, name: str, *, other: int) -> int:
        return self.names.index(name) if name in self.names else other

    @classmethod
    def of(cls, rubric: KeypointRubric, gold: Gold) -> KeypointGeometry:
        """The geometry of an exercise: its points are those that gold or the rubric names."""
        named = (
            name for item in gold.items.values() for one in only(item.annotations, Keypoints) for name in one.points
        )
        names = dict.fromkeys([*named, *rubric.sigmas])
        return cls(tuple(names), {**keypoints.COCO_SIGMAS, **rubric.sigmas})

    def shape(self, label: Keypoints, item: Item, *, gold: bool, complain: Callable[[str], None]) -> Figure:
        """The points in order; those that cannot be judged are left out."""
        points = np.zeros((len(self.names), 3))
        for name, (x, y, v) in label.points.items():
            if v == 0:
                continue
            if wrong := self._wrong(name, x, y, item):
                complain(wrong)
            else:
                cut = (x, y) if gold else (min(max(x, 0.0), item.width), min(max(y, 0.0), item.height))
                points[self._index[name]] = (*cut, v)
        if not points[:, 2].any() and not (gold and label.difficult):
            raise UnusableError("has no point")
        if gold and label.area <= 0:
            raise UnusableError("has no area, so its scale is not known")
        return Figure(points, label.area if gold else 0.0)

    def _wrong(self, name: str, x: float, y: float, item: Item) -> str:
        if name not in self._index:
            return f"has a point {name!r}, which this exercise does not know"
        if not (math.isfinite(x) and math.isfinite(y)):
            return f"has a {plain(name)} whose place is not a number"
        if not (-_SLIP <= x <= item.width + _SLIP and -_SLIP <= y <= item.height + _SLIP):
            return f"has its {plain(name)} off the picture of {item.width} x {item.height} pixels"
        return ""

    def overlap(self, labels: Sequence[Figure], gold: Sequence[Figure]) -> Floats:
        """OKS."""
        mine = [figure.points for figure in labels]
        true = [figure.points for figure in gold]
        return keypoints.oks(mine, true, [figure.area for figure in gold], self.sigmas)

    def likeness(self, labels: Sequence[Figure], gold: Sequence[Figure], overlaps: Floats) -> Floats:
        """OKS as it is or with left and right exchanged: a swapped figure was still meant for this object."""
        swapped = [Figure(figure.points[self.mirror], figure.area) for figure in labels]
        return np.maximum(overlaps, self.overlap(swapped, gold))

    def intersection(self, labels: Sequence[Figure], gold: Sequence[Figure]) -> Floats:
        """Shared area of the boxes around the points."""
        return boxes.intersection([figure.bounds for figure in labels], [figure.bounds for figure in gold])

    def area(self, shapes: Sequence[Figure]) -> Floats:
        """Areas of the boxes around the points."""
        return boxes.area([figure.bounds for figure in shapes])

    def bounds(self, shape: Figure) -> Corners:
        """The box around the points."""
        return shape.bounds

    def loose(self, mine: Figure, true: Figure) -> str:
        """How far the points are off on average, and how many are left out."""
        both = (mine.points[:, 2] > 0) & (true.points[:, 2] > 0)
        distance = np.hypot(*(mine.points - true.points)[both, :2].T).mean()
        left_out = int(((true.points[:, 2] > 0) & ~both).sum())
        more = f", and {left_out} {'are' if left_out > 1 else 'is'} left out" if left_out else ""
        return f"its points are {distance:.0f} px off on average{more}"

    def details(self, mine: Figure, true: Figure, name: str) -> Sequence[Detail]:
        """Swapped sides, points that are off, left out or too many, and wrong visibility."""
        pairs, points = self._unswapped(mine, true)
        wanted, placed = true.points[:, 2] > 0, points[:, 2] > 0
        found = [self._swapped(pairs, mine, true, name)] if pairs else []
        found += self._off(points, true, name)
        if names := self._named(np.flatnonzero(wanted & ~placed).tolist()):
            found.append(Detail("missing_point", f"You left out {listed(names, _MOST_NAMED)} of {name}."))
        if names := self._named(np.flatnonzero(placed & ~wanted).tolist()):
            verb = "are" if len(names) > 1 else "is"
            text = f"{listed(names, _MOST_NAMED).capitalize()} of {name} {verb} not to be labelled."
            found.append(Detail("extra_point", text, costs=False))
        agree, compared = keypoints.visibility_agreement(points, true.points)
        wrong = np.flatnonzero(compared & ~agree)
        for flag, said in ((1, "hidden, you said visible"), (2, "visible, you said hidden")):
            if names := self._named(k for k in wrong.tolist() if true.points[k, 2] == flag):
                verb = "are" if len(names) > 1 else "is"
                text = f"{listed(names, _MOST_NAMED).capitalize()} of {name} {verb} {said}."
                found.append(Detail("visibility", text, costs=False))
        return found

    def visibility(self, mine: Figure, true: Figure) -> tuple[int, int]:
        """Right flags and compared flags, of points that both have."""
        agree, compared = keypoints.visibility_agreement(self._unswapped(mine, true)[1], true.points)
        return int(agree.sum()), int(compared.sum())

    # --- inside ------------------------------------------------------------------------------------------

    def _likeness(self, points: Floats, true: Figure) -> Floats:
        found: Floats = keypoints.similarities([points], [true.points], [true.area], self.sigmas)[0, 0]
        return found

    def _unswapped(self, mine: Figure, true: Figure) -> tuple[list[int], Floats]:
        """Left points of the pairs that are swapped, and the points with those pairs put right."""
        here = self._likeness(mine.points, true)
        there = self._likeness(mine.points[self.mirror], true)
        gain = (there + there[self.mirror]) - (here + here[self.mirror])
        swapped = (gain > _SWAP_GAIN) & (self.mirror != np.arange(len(self.names)))
        points = np.where(swapped[:, None], mine.points[self.mirror], mine.points)
        return [k for k in np.flatnonzero(swapped).tolist() if k < self.mirror[k]], points

    def _swapped(self, pairs: Sequence[int], mine: Figure, true: Figure, name: str) -> Detail:
        both = (mine.points[:, 2] > 0) & (true.points[:, 2] > 0)
        sides = both & both[self.mirror] & (self.mirror != np.arange(len(self.names)))
        gain = float(self._mean(self._unswapped(mine, true)[1], true) - self._mean(mine.points, true))
        if len(pairs) > 1 and 2 * len(pairs) >= sides.sum():
            text = f"Left and right are swapped on {name}: left is the side that they themselves would call left."
        else:
            parts = [f"the {plain(_without_side(self.names[k]))}s" for k in pairs]
            text = f"Left and right are swapped at {listed(parts, _MOST_NAMED)} of {name}."
        return Detail("left_right_swapped", text, gain)

    def _mean(self, points: Floats, true: Figure) -> Floats:
        wanted = true.points[:, 2] > 0
        return np.asarray(self._likeness(points, true)[wanted].mean())

    def _off(self, points: Floats, true: Figure, name: str) -> list[Detail]:
        """One fault for all points that are far off, the worst first."""
        both = (points[:, 2] > 0) & (true.points[:, 2] > 0)
        off = np.flatnonzero(both & (self._likeness(points, true) < _OFF))
        if not off.size:
            return []
        by = (points - true.points)[:, :2]
        distance = np.hypot(by[:, 0], by[:, 1])
        worst = sorted(off.tolist(), key=lambda k: -distance[k])
        told = [f"the {plain(self.names[k])} is {_way(*by[k].tolist())}" for k in worst[:_MOST_NAMED]]
        if more := len(worst) - len(told):
            told.append(f"{more} more point{'s are' if more > 1 else ' is'} off")
        return [Detail("point_off", f"On {name} {listed(told)}.", float(distance[worst[0]]))]

    def _named(self, indices: Iterable[int]) -> list[str]:
        return [f"the {plain(self.names[k])}" for k in indices]


def mirrored(name: str) -> str:
    """The name of the same point of the other side: ``left_knee`` and ``right_knee``."""
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


def _without_side(name: str) -> str:
    return name.replace("left", "").replace("right", "").strip("_- ")


def _way(x: float, y: float) -> str:
    """How far and in which direction a point is off: "14 px off, too high and too far left"."""
    sides = [
        ("too far right" if x > 0 else "too far left", abs(x)),
        ("too low" if y > 0 else "too high", abs(y)),
    ]
    sides.sort(key=lambda side: -side[1])
    # A small share of the way across is not worth a word.
    told = [words for words, by in sides if by >= sides[0][1] / 2]
    return f"{math.hypot(x, y):.0f} px off, {' and '.join(told)}"
