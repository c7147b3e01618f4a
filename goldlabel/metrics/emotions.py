"""An answer against the answers of many raters, where no answer is simply right: emotions in a voice.

Raters' answers of one item are counts, one a class. A distribution is counts by their sum. All logarithms are to base
2, so figures are in bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldlabel.metrics.agreement import pairwise_agreement

__all__ = ["Compared", "compare", "cross_entropy", "distribution", "entropy", "jensen_shannon", "kl_divergence"]

Floats = NDArray[np.float64]


class Compared(NamedTuple):
    """One annotator's answers beside those of the raters, over all items; each 0 to 1.

    Attributes:
        agreeing: Share of the raters who gave the same answer, mean over the items.
        best: The most that ``agreeing`` can be: always with the largest group.
        typical: What a rater gets who is compared with the others, see
            :func:`goldlabel.metrics.agreement.pairwise_agreement`.
        majority: Share of the items on which the answer is that of the largest group; of groups equally large, any.
    """

    agreeing: float
    best: float
    typical: float
    majority: float


def distribution(counts: ArrayLike, *, smoothing: float = 0.0) -> Floats:
    """Counts by their sum, shape ``(..., classes)``; even where nobody answered.

    Args:
        counts: At least 0.
        smoothing: Added to every count (Laplace): few raters say little about what nobody said.

    Raises:
        ValueError: A count is negative or no finite number.
    """
    table = np.asarray(counts, dtype=np.float64) + smoothing
    if table.size and (not np.isfinite(table).all() or (table < 0).any()):
        raise ValueError("counts of answers are finite numbers, 0 or more")
    sums = table.sum(axis=-1, keepdims=True)
    even = np.full(table.shape, 1 / max(1, table.shape[-1]))
    shares: Floats = np.divide(table, sums, out=even, where=sums > 0)
    return shares


def entropy(shares: ArrayLike) -> Floats:
    """How much raters disagree, in bits: 0 when all say the same, ``log2(classes)`` when they are evenly split."""
    p = np.asarray(shares, dtype=np.float64)
    return cross_entropy(p, p)


def cross_entropy(raters: ArrayLike, said: ArrayLike) -> Floats:
    """Bits that an answer costs, mean over the raters: ``-sum p log2 q``.

    Args:
        raters: Distribution ``p``, shape ``(..., classes)``.
        said: Distribution ``q``. Infinite where raters gave an answer that it holds for impossible: smooth it.

    Example:
        >>> float(cross_entropy([0.5, 0.5], [0.5, 0.5]))
        1.0
    """
    p, q = np.broadcast_arrays(np.asarray(raters, dtype=np.float64), np.asarray(said, dtype=np.float64))
    with np.errstate(divide="ignore"):
        bits = -np.log2(q)
    # What nobody said costs nothing, even if it was held for impossible.
    costs: Floats = np.multiply(p, bits, out=np.zeros(p.shape), where=p > 0).sum(axis=-1)
    return costs


def kl_divergence(raters: ArrayLike, said: ArrayLike) -> Floats:
    """Bits lost by taking ``said`` for the raters' distribution (Kullback and Leibler 1951), at least 0."""
    lost: Floats = np.maximum(cross_entropy(raters, said) - entropy(raters), 0.0)
    return lost


def jensen_shannon(one: ArrayLike, other: ArrayLike) -> Floats:
    """How far two distributions are apart (Lin 1991), 0 to 1 bit; the same both ways and never infinite.

    Example:
        >>> float(jensen_shannon([1, 0], [0, 1])), float(jensen_shannon([0.5, 0.5], [0.5, 0.5]))
        (1.0, 0.0)
    """
    p, q = np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64)
    middle = (p + q) / 2
    apart: Floats = np.clip((kl_divergence(p, middle) + kl_divergence(q, middle)) / 2, 0.0, 1.0)
    return apart


def compare(counts: ArrayLike, answers: Sequence[int | None]) -> Compared:
    """One annotator's answers beside those of the raters.

    Args:
        counts: Raters' answers, shape ``(items, classes)``. Items without a rater are left out.
        answers: The class of every item, as an index; None where there is no answer, with which nobody agrees.

    Returns:
        All 1 where there is no item.

    Raises:
        ValueError: There are not as many answers as items, or a class does not exist.

    Example:
        >>> compare([[3, 1], [2, 2]], [0, 1])
        Compared(agreeing=0.625, best=0.625, typical=0.41666666666666663, majority=1.0)
    """
    table = np.asarray(counts, dtype=np.float64)
    if len(table) != len(answers):
        raise ValueError(f"{len(answers)} answers belong to {len(table)} items")
    shares = distribution(table)
    kept = [row for row in range(len(table)) if table[row].sum() > 0]
    if not kept:
        return Compared(1.0, 1.0, 1.0, 1.0)
    if any(one is not None and not 0 <= one < table.shape[1] for one in answers):
        raise ValueError(f"an answer is the index of one of {table.shape[1]} classes")
    given = np.array([-1 if answers[row] is None else answers[row] for row in kept])
    table, shares = table[kept], shares[kept]
    mine = np.where(given < 0, 0.0, shares[np.arange(len(kept)), given])
    best = shares.max(axis=1)
    return Compared(
        agreeing=float(mine.mean()),
        best=float(best.mean()),
        typical=pairwise_agreement(table),
        majority=float((mine >= best - 1e-12).mean()),
    )
