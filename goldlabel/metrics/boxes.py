"""Boxes: overlap, one-to-one matching and detection scores.

Boxes are arrays of shape ``(N, 4)``, ``xyxy`` in float pixels, continuous: a box from 10 to 20 is 10 wide.
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
    "area",
    "as_boxes",
    "coverage",
    "f1",
    "intersection",
    "iou",
    "match_one_to_one",
    "mean_overlap",
    "precision",
    "recall",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def as_boxes(boxes: ArrayLike) -> Floats:
    """``boxes`` as a ``(N, 4)`` float array; an empty sequence becomes shape ``(0, 4)``.

    Raises:
        ValueError: Any other shape, or a value that is not finite.
    """
    array = np.asarray(boxes, dtype=np.float64)
    if array.size == 0:
        return array.reshape(0, 4)
    if array.ndim != 2 or array.shape[1] != 4:
        raise ValueError(f"boxes must have shape (N, 4), got {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError("boxes must be finite numbers")
    return array


def area(boxes: ArrayLike) -> Floats:
    """Areas in square pixels, shape ``(N,)``; 0 where a side is zero or the corners are swapped."""
    b = as_boxes(boxes)
    return np.clip(b[:, 2] - b[:, 0], 0, None) * np.clip(b[:, 3] - b[:, 1], 0, None)


def intersection(first: ArrayLike, second: ArrayLike) -> Floats:
    """Shared area of every pair, shape ``(N, M)``, square pixels."""
    a, b = as_boxes(first), as_boxes(second)
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    sides = np.clip(high - low, 0, None)
    shared: Floats = sides[..., 0] * sides[..., 1]
    return shared


def iou(first: ArrayLike, second: ArrayLike) -> Floats:
    """Intersection over union of every pair (Jaccard 1912; PASCAL VOC 2010, section 4.2).

    Args:
        first: ``(N, 4)``.
        second: ``(M, 4)``.

    Returns:
        ``(N, M)`` in 0 to 1. Two boxes without area overlap 0, even when they are equal.

    Example:
        >>> iou([[0, 0, 10, 10]], [[0, 0, 10, 20]])
        array([[0.5]])
    """
    shared = intersection(first, second)
    union = area(first)[:, None] + area(second)[None, :] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


class Matches(NamedTuple):
    """Result of a one-to-one matching of ``N`` labels with ``M`` gold boxes.

    Attributes:
        labels: Indices into the labels, shape ``(K,)``, ascending.
        gold: The gold index that belongs to each, shape ``(K,)``.
        iou: Their overlaps, shape ``(K,)``, each at least the threshold.
    """

    labels: Ints
    gold: Ints
    iou: Floats


def match_one_to_one(overlaps: ArrayLike, threshold: float, *, prefer: ArrayLike | None = None) -> Matches:
    """Pair labels with gold so that the sum of overlaps is largest (Kuhn 1955), each used at most once.

    Pairs under ``threshold`` never match, and never displace a pair that does: the assignment is solved on
    the overlaps with smaller ones set to zero.

    Args:
        overlaps: ``(N, M)`` in 0 to 1, for instance from :func:`iou`.
        threshold: In 0 to 1; 0 itself never matches.
        prefer: ``(N, M)`` booleans: which pairs win where sums are equal, so that the order of equal boxes
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
