"""Tracking over a whole clip: does each track keep to one object (IDF1), and both questions in one figure (HOTA).

IDF1 pairs whole tracks one to one, once for the clip, so that the most boxes belong together; after an identity switch
only the longer part counts. (Ristani et al. 2016, "Performance Measures and a Data Set for Multi-Target, Multi-Camera
Tracking".) HOTA is the geometric mean of how well objects are detected and how well detections are linked, averaged
over 19 overlaps from 0.05 to 0.95. (Luiten et al. 2021, "HOTA: A Higher Order Metric for Evaluating Multi-Object
Tracking"; the library TrackEval.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from goldlabel.metrics.tracking import Moment

__all__ = ["ALPHAS", "Hota", "Identity", "hota", "identity", "identity_pairs"]

Floats = NDArray[np.float64]

ALPHAS: tuple[float, ...] = tuple(n / 20 for n in range(1, 20))
"""Overlaps over which HOTA is averaged: 0.05, 0.10 ... 0.95."""

_EPSILON = float(np.finfo(np.float64).eps)


class Identity(NamedTuple):
    """The components of IDF1; those of several clips are added field by field (:meth:`plus`).

    Attributes:
        right: Boxes of yours whose track is paired with the gold track that they follow (IDTP).
        yours: All boxes of yours.
        gold: All gold boxes.
    """

    right: int = 0
    yours: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """IDP, 0 to 1. Where nothing was labelled: 1 if there was nothing to find either, else 0."""
        return self.right / self.yours if self.yours else float(not self.gold)

    @property
    def recall(self) -> float:
        """IDR, 0 to 1. Without gold: 1 if nothing was labelled, else 0."""
        return self.right / self.gold if self.gold else float(not self.yours)

    @property
    def f1(self) -> float:
        """IDF1, ``2 right / (yours + gold)``, 0 to 1; 1 where both sides are empty."""
        return 2 * self.right / (self.yours + self.gold) if self.yours + self.gold else 1.0

    def plus(self, other: Identity) -> Identity:
        """The components of both clips together."""
        return Identity(*(a + b for a, b in zip(self, other, strict=True)))


def identity_pairs(clip: Sequence[Moment], at: float = 0.5) -> dict[int, tuple[int, int]]:
    """Whole tracks paired one to one so that the most boxes belong together.

    Args:
        clip: Frames.
        at: Overlap that two boxes need, 0 to 1.

    Returns:
        Of each gold id that has a partner, that partner's id and in how many frames they go together.
    """
    yours, gold = _ids(clip)
    together = np.zeros((yours, gold))
    for moment in clip:
        rows, columns = np.nonzero((moment.overlap >= at) & (moment.overlap > 0))
        together[np.asarray(moment.yours, dtype=int)[rows], np.asarray(moment.gold, dtype=int)[columns]] += 1
    rows, columns = linear_sum_assignment(together, maximize=True)
    return {j: (i, int(together[i, j])) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if together[i, j]}


def identity(clip: Sequence[Moment], at: float = 0.5) -> Identity:
    """The components of IDF1 of one clip.

    Args:
        clip: Frames.
        at: Overlap that two boxes need, 0 to 1.
    """
    return Identity(
        right=sum(frames for _, frames in identity_pairs(clip, at).values()),
        yours=sum(len(moment.yours) for moment in clip),
        gold=sum(len(moment.gold) for moment in clip),
    )


class Hota(NamedTuple):
    """HOTA and its parts, each the mean over :data:`ALPHAS`, 0 to 1.

    Attributes:
        hota: The figure.
        detection: DetA: boxes that were found, of all that there are on either side.
        association: AssA: how much of their tracks two paired boxes have in common, mean over the pairs.
        localisation: LocA: mean overlap of the pairs.
    """

    hota: float
    detection: float
    association: float
    localisation: float


def hota(clip: Sequence[Moment]) -> Hota:
    """HOTA of one clip; all parts are 1 where both sides are empty, and 0 where one is."""
    yours, gold = _ids(clip)
    yours_boxes = np.zeros(yours)
    gold_boxes = np.zeros(gold)
    for moment in clip:
        np.add.at(yours_boxes, np.asarray(moment.yours, dtype=int), 1)
        np.add.at(gold_boxes, np.asarray(moment.gold, dtype=int), 1)
    if not yours_boxes.sum() or not gold_boxes.sum():
        empty = float(not yours_boxes.sum() and not gold_boxes.sum())
        return Hota(empty, empty, empty, empty)
    either = yours_boxes[:, None] + gold_boxes[None, :]
    mine, true, overlap = _best_pairs(clip, either)
    found, linked, close = np.array([_parts(mine, true, overlap, either, alpha) for alpha in ALPHAS]).T
    detection = found / (yours_boxes.sum() + gold_boxes.sum() - found)
    association = linked / np.maximum(1, found)
    # Where nothing is paired, TrackEval calls the place perfect.
    localisation = np.maximum(1e-10, close) / np.maximum(1e-10, found)
    return Hota(
        float(np.sqrt(detection * association).mean()),
        float(detection.mean()),
        float(association.mean()),
        float(localisation.mean()),
    )


def _best_pairs(clip: Sequence[Moment], either: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """One-to-one pairs of boxes in each frame; tracks that go together elsewhere, too, are preferred.

    Returns:
        Your ids, the gold ids and the overlaps of all pairs.
    """
    together = np.zeros_like(either)
    for moment in clip:
        if moment.overlap.size:
            both = moment.overlap.sum(axis=1)[:, None] + moment.overlap.sum(axis=0)[None, :] - moment.overlap
            share = np.divide(moment.overlap, both, out=np.zeros_like(moment.overlap), where=both > _EPSILON)
            together[np.ix_(moment.yours, moment.gold)] += share
    # An id that stands for no track at all has no boxes.
    likeness = np.divide(together, either - together, out=np.zeros_like(together), where=together > 0)
    pairs: list[tuple[NDArray[np.intp], NDArray[np.intp], Floats]] = []
    for moment in clip:
        if moment.overlap.size:
            rows, columns = linear_sum_assignment(
                likeness[np.ix_(moment.yours, moment.gold)] * moment.overlap, maximize=True
            )
            pairs.append(
                (
                    np.asarray(moment.yours, dtype=int)[rows],
                    np.asarray(moment.gold, dtype=int)[columns],
                    moment.overlap[rows, columns],
                )
            )
    if not pairs:
        none = np.empty(0, dtype=int)
        return none, none, np.empty(0)
    mine, true, overlap = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return mine, true, overlap


def _parts(
    mine: NDArray[np.intp], true: NDArray[np.intp], overlap: Floats, either: Floats, alpha: float
) -> tuple[float, float, float]:
    """At one overlap: pairs, sum of their association, sum of their overlaps."""
    keep = overlap >= alpha - _EPSILON
    together = np.zeros_like(either)
    np.add.at(together, (mine[keep], true[keep]), 1)
    linked = float((together * together / np.maximum(1, either - together)).sum())
    return float(keep.sum()), linked, float(overlap[keep].sum())


def _ids(clip: Sequence[Moment]) -> tuple[int, int]:
    """How many ids there are on your side and in gold."""
    yours = max((max(moment.yours) + 1 for moment in clip if len(moment.yours)), default=0)
    gold = max((max(moment.gold) + 1 for moment in clip if len(moment.gold)), default=0)
    return yours, gold
