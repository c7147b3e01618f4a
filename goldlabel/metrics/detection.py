"""Detection: one-to-one matching of labels with gold, and the scores of what was found.

Whatever has an overlap in 0 to 1 can be matched: boxes and polygons by IoU, masks by Dice, keypoints by OKS.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "FOUND",
    "MATCHED",
    "MISSED",
    "OVERLAP",
    "WRONG",
    "Matches",
    "coverage",
    "f1",
    "match_one_to_one",
    "mean_overlap",
    "precision",
    "recall",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Matches(NamedTuple):
    """Result of a one-to-one matching of ``N`` labels with ``M`` gold objects.

    Attributes:
        labels: Indices into the labels, shape ``(K,)``, ascending.
        gold: The gold index that belongs to each, shape ``(K,)``.
        overlap: Their overlaps, shape ``(K,)``, each at least the threshold.
    """

    labels: Ints
    gold: Ints
    overlap: Floats


def match_one_to_one(overlaps: ArrayLike, threshold: float, *, prefer: ArrayLike | None = None) -> Matches:
    """Pair labels with gold so that the sum of overlaps is largest (Kuhn 1955), each used at most once.

    Pairs under ``threshold`` never match, and never displace a pair that does: the assignment is solved on
    the overlaps with smaller ones set to zero.

    Args:
        overlaps: ``(N, M)`` in 0 to 1, an IoU, a Dice or an OKS.
        threshold: In 0 to 1; 0 itself never matches.
        prefer: ``(N, M)`` in 0 to 1: which pairs win where sums are equal, so that the order of equal labels
            decides nothing.
    """
    from scipy.optimize import linear_sum_assignment

    matrix = np.asarray(overlaps, dtype=np.float64)
    if matrix.size == 0:
        none = np.empty(0, dtype=np.int64)
        return Matches(none, none.copy(), np.empty(0))
    usable = np.where((matrix >= threshold) & (matrix > 0), matrix, 0.0)
    # Far below any overlap that a pixel can make, far above the rounding of a sum.
    bonus = 0.0 if prefer is None else 1e-9 * (np.asarray(prefer, dtype=np.float64) * (usable > 0))
    rows, columns = linear_sum_assignment(usable + bonus, maximize=True)
    keep = usable[rows, columns] > 0
    return Matches(rows[keep], columns[keep], usable[rows, columns][keep])


# Columns of a table of counts: the components of every detection score, one row an item (or a sum of items).
FOUND = 0
"""Labels with the right class and enough overlap (true positives)."""
WRONG = 1
"""Labels that found nothing (false positives)."""
MISSED = 2
"""Gold that nobody found (false negatives)."""
OVERLAP = 3
"""Sum of the overlaps of the matched pairs, whatever their class."""
MATCHED = 4
"""Number of matched pairs, whatever their class."""


def precision(counts: ArrayLike) -> Floats:
    """Share of labels that are right, 0 to 1.

    Args:
        counts: ``(..., 5)``, see the columns above.

    Returns:
        ``(...)``. Where nothing was labelled: 1 if there was nothing to find either, else 0.
    """
    c = np.asarray(counts, dtype=np.float64)
    return _ratio(c[..., FOUND], c[..., FOUND] + c[..., WRONG], empty=c[..., MISSED] == 0)


def recall(counts: ArrayLike) -> Floats:
    """Share of gold that was found, 0 to 1, shape ``(...)``. Without gold: 1 if nothing was labelled, else 0."""
    c = np.asarray(counts, dtype=np.float64)
    return _ratio(c[..., FOUND], c[..., FOUND] + c[..., MISSED], empty=c[..., WRONG] == 0)


def f1(counts: ArrayLike) -> Floats:
    """``2 found / (2 found + wrong + missed)`` (van Rijsbergen 1979), shape ``(...)``; 1 where all three are 0."""
    c = np.asarray(counts, dtype=np.float64)
    whole = 2 * c[..., FOUND] + c[..., WRONG] + c[..., MISSED]
    return _ratio(2 * c[..., FOUND], whole, empty=whole == 0)


def coverage(counts: ArrayLike) -> Floats:
    """Share of gold that some label was matched to, whatever its class, 0 to 1, shape ``(...)``.

    Without gold: 1 if nothing was labelled, else 0.
    """
    c = np.asarray(counts, dtype=np.float64)
    return _ratio(c[..., MATCHED], c[..., FOUND] + c[..., MISSED], empty=c[..., WRONG] == 0)


def mean_overlap(counts: ArrayLike) -> Floats:
    """Mean overlap of the matched pairs, 0 to 1, shape ``(...)``.

    Where nothing matched: 1 if there was nothing to match (no label, no gold), else 0.
    """
    c = np.asarray(counts, dtype=np.float64)
    nothing = c[..., FOUND] + c[..., WRONG] + c[..., MISSED] == 0
    return _ratio(c[..., OVERLAP], c[..., MATCHED], empty=nothing)


def _ratio(part: Floats, whole: Floats, *, empty: NDArray[np.bool_]) -> Floats:
    # np.asarray: single rows arrive here as NumPy scalars, which cannot take an out= result.
    result: Floats = np.divide(part, whole, out=np.asarray(empty, dtype=np.float64), where=whole > 0)
    return result
