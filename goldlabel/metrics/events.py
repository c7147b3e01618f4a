"""Events in time: a stretch of seconds with a class. Temporal IoU, F1, mean average precision, error of the boundaries.

Two events are compared by their temporal IoU: the time that both share by the time that either takes (tIoU; Caba
Heilbron et al. 2015, "ActivityNet"). The arithmetic is that of spans of a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldlabel.metrics.detection import match_one_to_one
from goldlabel.metrics.spans import overlaps as temporal_iou

__all__ = ["Event", "Found", "boundary_error", "find", "mean_average_precision", "temporal_iou"]

Floats = NDArray[np.float64]


class Event(NamedTuple):
    """One event.

    Attributes:
        start: In seconds.
        end: In seconds, after ``start``.
        label: Its class.
        score: Of a label: how sure the annotator is; the greater the surer. People mostly do not say.
    """

    start: float
    end: float
    label: str
    score: float = 1.0


class Found(NamedTuple):
    """What was found of the events of one clip.

    Attributes:
        pairs: A label with the gold that it found, as indices.
        labels: How many labels there are.
        gold: How much gold there is.
    """

    pairs: tuple[tuple[int, int], ...]
    labels: int
    gold: int

    @property
    def f1(self) -> float:
        """``2 found / (labels + gold)``, 0 to 1; 1 where both sides are empty."""
        both = self.labels + self.gold
        return 2 * len(self.pairs) / both if both else 1.0


def find(labels: Sequence[Event], gold: Sequence[Event], at: float = 0.5) -> Found:
    """Pair labels with gold of their class, one to one, so that the sum of the temporal IoUs is largest.

    Args:
        labels: Of one clip.
        gold: Of the same clip.
        at: Temporal IoU that a pair needs, 0 to 1.
    """
    matches = match_one_to_one(_of_one_class(labels, gold), at)
    pairs = tuple(zip(matches.labels.tolist(), matches.gold.tolist(), strict=True))
    return Found(pairs, len(labels), len(gold))


def _of_one_class(labels: Sequence[Event], gold: Sequence[Event]) -> Floats:
    """Temporal IoU ``(labels, gold)``; 0 where the classes differ."""
    same = np.array([[mine.label == true.label for true in gold] for mine in labels], dtype=bool)
    near = temporal_iou([one[:2] for one in labels], [one[:2] for one in gold])
    return np.where(same.reshape(near.shape), near, 0.0)


def boundary_error(pairs: Iterable[tuple[Event, Event]]) -> float:
    """Mean distance in seconds of the starts and ends of the pairs; 0 without any."""
    off = [abs(mine.start - true.start) + abs(mine.end - true.end) for mine, true in pairs]
    return sum(off) / (2 * len(off)) if off else 0.0


def mean_average_precision(
    labels: Sequence[Sequence[Event]], gold: Sequence[Sequence[Event]], at: Sequence[float] = (0.5,)
) -> float:
    """Average precision, mean over the classes that gold has and over the temporal IoUs in ``at``.

    The surest label goes first and takes the nearest gold that is still free. Labels that are equally sure enter the
    curve together, so that their order decides nothing: where nobody says how sure they are, the curve has one point,
    and the figure is precision times recall. Precision is interpolated (the greatest at any higher recall), and the
    area is taken at every recall, as ActivityNet's own evaluation does.

    Args:
        labels: Clip by clip.
        gold: Of the same clips.
        at: Temporal IoUs, for instance 0.5, 0.55 ... 0.95.

    Returns:
        0 to 1. Without gold: 1 if nothing was labelled, else 0.

    Raises:
        ValueError: There are not as many clips on both sides.
    """
    if len(labels) != len(gold):
        raise ValueError(f"labels of {len(labels)} clips and gold of {len(gold)}")
    classes = sorted({one.label for clip in gold for one in clip})
    if not classes:
        return float(not any(labels))
    return float(np.mean([_average_precision(labels, gold, name, one) for name in classes for one in at]))


def _average_precision(
    labels: Sequence[Sequence[Event]], gold: Sequence[Sequence[Event]], name: str, at: float
) -> float:
    """Of one class at one temporal IoU."""
    queue: list[tuple[float, float, int, Floats]] = []
    free: list[set[int]] = []
    for clip, sides in enumerate(zip(labels, gold, strict=True)):
        mine, true = ([one for one in side if one.label == name] for side in sides)
        free.append(set(range(len(true))))
        near = temporal_iou([one[:2] for one in mine], [one[:2] for one in true])
        queue += [(-one.score, -row.max(initial=0.0), clip, row) for one, row in zip(mine, near, strict=True)]
    queue.sort(key=lambda one: one[:3])
    right = np.zeros(len(queue))
    for k, (_, _, clip, row) in enumerate(queue):
        best = max((j for j in free[clip] if row[j] >= at and row[j] > 0), key=lambda j: row[j], default=None)
        if best is not None:
            free[clip].remove(best)
            right[k] = 1
    total = sum(one.label == name for clip in gold for one in clip)
    return _area([-one[0] for one in queue], right, total)


def _area(scores: Sequence[float], right: Floats, total: int) -> float:
    """Area under the interpolated curve of precision over recall; ``scores`` descend."""
    if not scores:
        return 0.0
    last = np.flatnonzero(np.append(np.diff(scores) != 0, True))
    found = np.cumsum(right)[last]
    precision = found / (last + 1)
    highest = np.maximum.accumulate(precision[::-1])[::-1]
    return float((np.diff(found, prepend=0.0) / total * highest).sum())
