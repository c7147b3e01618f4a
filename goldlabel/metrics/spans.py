"""Stretches of text: which label belongs to which gold, the schemes of SemEval, agreement of two annotators.

The schemes are those of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013), which go back to MUC-5 (Chinchor and
Sundheim 1993). Each looks at pairs of a label and a gold span that share at least one character:

========  ==========================================================================
strict    right when both ends and the class are right (CoNLL's scheme)
exact     right when both ends are right, whatever the class
partial   right when both ends are right, half right when they only overlap
type      right when the class is right, wherever the ends are
========  ==========================================================================

Labels and gold are paired one to one. Where several pairings are possible, the one with the most strictly right pairs
is taken, then the one with the most right ends, then the one with the most overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

__all__ = ["SCHEMES", "Marked", "Tally", "agreement", "align", "assign", "compare", "f1", "f_beta", "overlaps"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SCHEMES = ("strict", "exact", "partial", "type")


class Marked(NamedTuple):
    """A stretch with its class: ``text[start:end]``, so ``start < end``."""

    start: int
    end: int
    label: str


class Tally(NamedTuple):
    """MUC's counts under one scheme.

    Attributes:
        correct: Pairs that are right.
        incorrect: Pairs that are wrong.
        partial: Pairs that are half right; 0 but in the scheme ``partial``.
        missed: Gold that nobody marked.
        spurious: Labels that belong to nothing.
    """

    correct: int
    incorrect: int
    partial: int
    missed: int
    spurious: int

    @property
    def credit(self) -> float:
        """What the labels earn: half a point for a partial pair."""
        return self.correct + 0.5 * self.partial

    @property
    def possible(self) -> int:
        """How many gold spans there are."""
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def actual(self) -> int:
        """How many labels there are."""
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 1 where both sides are empty."""
        return float(f1(self.credit, self.possible, self.actual))


def overlaps(labels: Sequence[tuple[float, float]], gold: Sequence[tuple[float, float]]) -> Floats:
    """What two stretches share by what either has, shape ``(labels, gold)``, 0 to 1: characters, or seconds.

    Example:
        >>> overlaps([(0, 4)], [(0, 8), (4, 8)])
        array([[0.5, 0. ]])
    """
    mine = np.asarray(labels, dtype=np.float64).reshape(-1, 1, 2)
    true = np.asarray(gold, dtype=np.float64).reshape(1, -1, 2)
    shared = np.minimum(mine[..., 1], true[..., 1]) - np.maximum(mine[..., 0], true[..., 0])
    shared = np.maximum(shared, 0)
    whole = (mine[..., 1] - mine[..., 0]) + (true[..., 1] - true[..., 0]) - shared
    share: Floats = np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)
    return share


def assign(overlap: Floats, exact: Flags, same: Flags) -> tuple[tuple[int, int], ...]:
    """The best pairing of labels with gold, one to one (Hungarian algorithm).

    Args:
        overlap: Shape ``(labels, gold)``, 0 to 1; stretches that share nothing are never paired.
        exact: Where both ends are right.
        same: Where the class is right.

    Returns:
        ``(label, gold)`` by label. The number of strictly right pairs is as large as it can be.
    """
    # A step outweighs everything below it, however many pairs there are.
    step = 2.0 * (min(overlap.shape) + 1)
    worth = overlap + 0.5 * same + step * exact + step * step * (exact & same)
    worth = np.where((overlap > 0) | exact, worth, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return tuple((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0)


def align(labels: Sequence[Marked], gold: Sequence[Marked]) -> tuple[tuple[int, int], ...]:
    """Which label is which gold span, as indices; see :func:`assign`."""
    if not labels or not gold:
        return ()
    overlap = overlaps([one[:2] for one in labels], [one[:2] for one in gold])
    same = np.array([[mine.label == true.label for true in gold] for mine in labels], dtype=bool)
    return assign(overlap, overlap == 1.0, same)


def compare(labels: Sequence[Marked], gold: Sequence[Marked]) -> dict[str, Tally]:
    """Counts of one text under every scheme, by its name.

    Example:
        >>> compare([Marked(0, 4, "person")], [Marked(0, 9, "person")])["partial"]
        Tally(correct=0, incorrect=0, partial=1, missed=0, spurious=0)
    """
    pairs = [(labels[i], gold[j]) for i, j in align(labels, gold)]
    ends = [mine[:2] == true[:2] for mine, true in pairs]
    names = [mine.label == true.label for mine, true in pairs]
    missed, spurious = len(gold) - len(pairs), len(labels) - len(pairs)
    right = {
        "strict": sum(a and b for a, b in zip(ends, names, strict=True)),
        "exact": sum(ends),
        "partial": sum(ends),
        "type": sum(names),
    }
    tallies = {}
    for scheme in SCHEMES:
        rest = len(pairs) - right[scheme]
        half = scheme == "partial"
        tallies[scheme] = Tally(right[scheme], 0 if half else rest, rest if half else 0, missed, spurious)
    return tallies


def agreement(
    first: Sequence[Sequence[Marked]], second: Sequence[Sequence[Marked]], *, scheme: str = "strict"
) -> float:
    """F1 of two annotators on the same texts, one taken as gold of the other; it is the same both ways.

    Kappa needs to know how often both left something unmarked, and in a text nobody can count the stretches that
    were not marked. As that number grows, kappa approaches this F1 (Hripcsak and Rothschild 2005, JAMIA 12:296).

    Args:
        first: Spans of the first annotator, text by text.
        second: Those of the second one, in the same order.
        scheme: One of :data:`SCHEMES`.

    Returns:
        0 to 1; 1 where neither marked anything.

    Raises:
        ValueError: The two do not have the same number of texts, or the scheme is unknown.
    """
    if scheme not in SCHEMES:
        raise ValueError(f"the scheme {scheme!r} is none of {', '.join(SCHEMES)}")
    if len(first) != len(second):
        raise ValueError(f"two annotators have the same texts; these have {len(first)} and {len(second)}")
    tallies = [compare(one, other)[scheme] for one, other in zip(first, second, strict=True)]
    return float(
        f1(
            sum(one.credit for one in tallies),
            sum(one.possible for one in tallies),
            sum(one.actual for one in tallies),
        )
    )


def f1(credit: ArrayLike, gold: ArrayLike, labelled: ArrayLike) -> Floats:
    """Twice the credit by what there is on both sides, 0 to 1, shape ``(...)``; 1 where both sides are empty."""
    both = np.asarray(gold, dtype=np.float64) + np.asarray(labelled, dtype=np.float64)
    result: Floats = np.divide(2 * np.asarray(credit, dtype=np.float64), both, out=np.ones(both.shape), where=both > 0)
    return result


def f_beta(precision: ArrayLike, recall: ArrayLike, beta: float) -> Floats:
    """Weighted harmonic mean (van Rijsbergen 1979): recall counts ``beta`` squared times as much as precision.

    Returns:
        0 to 1, shape ``(...)``; 0 where both are 0.

    Example:
        >>> round(float(f_beta(0.5, 1.0, 2)), 3)
        0.833
    """
    p, r = np.asarray(precision, dtype=np.float64), np.asarray(recall, dtype=np.float64)
    below = beta * beta * p + r
    result: Floats = np.divide((1 + beta * beta) * p * r, below, out=np.zeros(below.shape), where=below > 0)
    return result
