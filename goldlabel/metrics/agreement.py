"""Agreement of any number of raters who need not be the same from item to item.

Input is a table of counts, one row an item and one column a value: how many raters gave that value. Who they were is
not asked, so different people may have rated different items.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["krippendorff_alpha", "pairwise_agreement"]

Floats = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval"]


def pairwise_agreement(counts: ArrayLike) -> float:
    """Probability that two raters of one item gave the same value, mean over the items; 0 to 1.

    Args:
        counts: Shape ``(items, values)``. Items with fewer than two ratings say nothing and are left out.

    Returns:
        1 where no item has two ratings: nothing disagrees.

    Example:
        >>> pairwise_agreement([[4, 0], [2, 2]])
        0.6666666666666666
    """
    table = _paired(counts)
    if not len(table):
        return 1.0
    rated = table.sum(axis=1)
    return float(((table * (table - 1)).sum(axis=1) / (rated * (rated - 1))).mean())


def krippendorff_alpha(counts: ArrayLike, *, level: Level = "nominal", values: Sequence[float] = ()) -> float:
    """Krippendorff's alpha: one minus observed by expected disagreement.

    Source: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), with his differences for each level.

    Args:
        counts: Shape ``(items, values)``. Items with fewer than two ratings are left out.
        level: How far two values are apart. ``nominal``: different is different. ``ordinal``: by how many ratings lie
            between them. ``interval``: by the square of their difference.
        values: What the columns stand for, ascending; only ``interval`` needs them. 0, 1, 2 ... unless told.

    Returns:
        At most 1 (perfect); 0 is what chance would reach. 1 where nothing disagrees, be it that nobody could.

    Raises:
        ValueError: The table is no table of counts, or ``values`` does not fit it.

    Example:
        >>> round(krippendorff_alpha([[4, 0], [0, 4], [3, 1]]), 3)
        0.686
    """
    table = _paired(counts)
    numbers = np.asarray(values if len(values) else range(table.shape[1]), dtype=np.float64)
    if numbers.shape != (table.shape[1],):
        raise ValueError(f"{table.shape[1]} columns need as many values, got {numbers.size}")
    total = table.sum(axis=0)
    everything = total.sum()
    if not everything:
        return 1.0
    apart = _apart(level, total, numbers)
    # Pairs within each item, weighted so that each rating counts once however many raters an item has.
    weights = 1 / (table.sum(axis=1) - 1)
    pairs = (table * weights[:, None]).T @ table - np.diag((table * weights[:, None]).sum(axis=0))
    observed = (pairs * apart).sum() / everything
    expected = (np.outer(total, total) * apart).sum() / (everything * (everything - 1))
    return float(1 - observed / expected) if expected > 0 else 1.0


def _apart(level: Level, total: Floats, numbers: Floats) -> Floats:
    """Squared difference of each pair of values."""
    if level == "nominal":
        return 1.0 - np.eye(len(total))
    if level == "ordinal":
        numbers = np.cumsum(total) - total / 2
    apart: Floats = (numbers[:, None] - numbers[None, :]) ** 2
    return apart


def _paired(counts: ArrayLike) -> Floats:
    """The rows with two ratings or more.

    Raises:
        ValueError: This is no table of counts.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"a table of counts has shape (items, values), got {table.shape}")
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("a table of counts holds counts from 0")
    paired: Floats = table[table.sum(axis=1) >= 2]
    return paired
