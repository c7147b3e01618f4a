"""Why raters differ: the numbers of the lesson, on texts that real people rated (:mod:`goldlabel.data.ratings`).

Counts are tables with one row a text and one column a value, which is what :mod:`goldlabel.metrics.agreement` takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from statistics import pstdev

import msgspec
import numpy as np
from numpy.typing import NDArray

from goldlabel.data.ratings import MOST, Rated, load_ratings
from goldlabel.data.released import CLASSES, GOOD_SHARE, class_of, is_loaded, shares
from goldlabel.errors import DataError
from goldlabel.metrics.agreement import krippendorff_alpha, pairwise_agreement
from goldlabel.metrics.intervals import Interval

__all__ = ["SIDES", "STEPS", "Growth", "RaterHabit", "Ratings", "growth", "juries", "load"]

SIDES = ("negative", "neutral", "positive")
STEPS = {"nine steps": 9, "five classes": 5, "three classes": 3}
"""How finely the same ratings are read."""

FLAT = 0.75
"""A text is flat when so many raters gave it a 0."""

Floats = NDArray[np.float64]


class RaterHabit(msgspec.Struct, frozen=True):
    """How one person of a panel used the scale.

    Attributes:
        number: From 1; nobody knows who it is.
        mean: Mean rating over the panel's texts.
        extreme: Share of -4, -3, 3 and 4.
        neutral: Share of 0.
        apart: Mean rating less that of all the others.
    """

    number: int
    mean: float
    extreme: float
    neutral: float
    apart: float


class Growth(msgspec.Struct, frozen=True):
    """What more raters buy.

    Attributes:
        raters: Size of the group.
        same: How often two separate groups come to the same majority of :data:`SIDES`, 0 to 1.
        same_range: 95 % interval over the texts.
        together: Correlation of the mean ratings of two separate groups.
        together_range: 95 % interval over the texts.
    """

    raters: int
    same: float
    same_range: Interval
    together: float
    together_range: Interval


class Ratings(msgspec.Struct, frozen=True, dict=True):
    """The rated texts, by item id; empty where they are not on this computer."""

    texts: Mapping[str, Rated]

    def counts(self, steps: int = 9, *, kind: str = "") -> NDArray[np.int64]:
        """How many raters gave each value: shape ``(texts, steps)``, the most negative first.

        Args:
            steps: 9 (as given), 5 (:data:`CLASSES`) or 3 (:data:`SIDES`).
            kind: One kind of text; all unless told.
        """
        column = {value: _column(value, steps) for value in range(-MOST, MOST + 1)}
        chosen = [one for one in self.texts.values() if kind in ("", one.kind)]
        table = np.zeros((len(chosen), steps), dtype=np.int64)
        for row, one in enumerate(chosen):
            np.add.at(table[row], [column[value] for value in one.ratings], 1)
        return table

    def agreement(self, steps: int = 9, *, kind: str = "") -> tuple[float, float]:
        """Chance that two raters say the same, and Krippendorff's alpha with the distances of the scale.

        The values keep their size: -4 to 4, or the middles of the classes.
        """
        table = self.counts(steps, kind=kind)
        return pairwise_agreement(table), krippendorff_alpha(table, level="interval")

    @cached_property
    def camps(self) -> tuple[str, ...]:
        """Texts with two camps: a quarter of the raters negative, a quarter positive. Mean nearest to 0 first."""
        found = [one for one in self.texts.values() if min(_sides(one)[0], _sides(one)[2]) >= GOOD_SHARE]
        return tuple(one.id for one in sorted(found, key=lambda one: (abs(one.mean), one.id)))

    @cached_property
    def flat(self) -> tuple[str, ...]:
        """Texts that nearly everybody finds neutral. Most unanimous first."""
        found = [one for one in self.texts.values() if _sides(one)[1] >= FLAT]
        return tuple(one.id for one in sorted(found, key=lambda one: (pstdev(one.ratings), one.id)))

    @cached_property
    def by_spread(self) -> tuple[str, ...]:
        """All texts, those on which the raters differ least first."""
        return tuple(sorted(self.texts, key=lambda name: (pstdev(self.texts[name].ratings), name)))

    @cached_property
    def panels(self) -> Mapping[str, tuple[RaterHabit, ...]]:
        """Habits of each person, by panel, the one with the fewest extremes first."""
        grouped: dict[str, list[Rated]] = {}
        for one in self.texts.values():
            if one.panel:
                grouped.setdefault(one.panel, []).append(one)
        return {name: _habits(texts) for name, texts in grouped.items()}

    def without(self, panel: str, *numbers: int) -> Ratings:
        """The texts of one panel, as if the raters with these numbers had not taken part."""
        left_out = {number - 1 for number in numbers}
        texts = [one for one in self.texts.values() if one.panel == panel]
        kept = {
            one.id: msgspec.structs.replace(
                one, ratings=tuple(value for place, value in enumerate(one.ratings) if place not in left_out)
            )
            for one in texts
        }
        return Ratings(kept)

    def thrown_away(self) -> float:
        """Share of all ratings that a majority label of five classes drops, 0 to 1."""
        table = self.counts(5)
        return 1 - float(table.max(axis=1).sum() / table.sum()) if len(table) else 0.0


def load() -> Ratings:
    """The rated texts; empty where they are not here, so that the lesson can say so instead of failing."""
    try:
        return Ratings(load_ratings() if is_loaded("real-ratings") else {})
    except DataError:
        return Ratings({})


def juries(ratings: Sequence[int], size: int, *, draws: int = 2000, seed: int = 0) -> dict[str, float]:
    """What the majority label of a text would be with other raters.

    Args:
        ratings: What the real raters gave.
        size: Raters a jury; drawn from the real ones, each at most once.
        draws: How many juries.
        seed: Of the random numbers.

    Returns:
        Share of the juries whose most frequent class it is, by class; a tie is split among its classes.

    Example:
        >>> juries((2, 2, 2, 2), 3)["positive"]
        1.0
    """
    columns = np.array([CLASSES.index(class_of(value)) for value in ratings])
    size = min(size, len(columns))
    order = np.random.default_rng(seed).random((draws, len(columns))).argsort(axis=1)[:, :size]
    votes = (columns[order][:, :, None] == np.arange(len(CLASSES))).sum(axis=1)
    first = votes == votes.max(axis=1, keepdims=True)
    share = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    return dict(zip(CLASSES, map(float, share), strict=True))


def growth(ratings: Ratings, sizes: Sequence[int] = (1, 2, 3, 4, 5, 6, 7), *, seed: int = 0) -> tuple[Growth, ...]:
    """How far two separate groups of raters come to the same result, by the size of the groups.

    Each text's raters are shuffled and cut into two groups, a hundred times; intervals are a bootstrap over texts.

    Args:
        ratings: At least two texts, each with twice as many raters as the largest size.
        sizes: Raters a group.
        seed: Of the random numbers.
    """
    random = np.random.default_rng(seed)
    texts = list(ratings.texts.values())
    found = []
    for size in sizes:
        same, first, second = np.zeros(len(texts)), np.zeros((100, len(texts))), np.zeros((100, len(texts)))
        for row, one in enumerate(texts):
            order = random.random((100, len(one.ratings))).argsort(axis=1)[:, : 2 * size]
            drawn = np.asarray(one.ratings)[order]
            a, b = drawn[:, :size], drawn[:, size:]
            same[row] = (_majority(a) * _majority(b)).sum(axis=1).mean()
            first[:, row], second[:, row] = a.mean(axis=1), b.mean(axis=1)
        again = random.integers(0, len(texts), (200, len(texts)))
        spread = [float(np.corrcoef(first[k % 100, rows], second[k % 100, rows])[0, 1]) for k, rows in enumerate(again)]
        together = float(np.mean([np.corrcoef(x, y)[0, 1] for x, y in zip(first, second, strict=True)]))
        found.append(Growth(size, float(same.mean()), _interval(same[again].mean(axis=1)), together, _interval(spread)))
    return tuple(found)


def _majority(drawn: NDArray[np.int64]) -> Floats:
    """Share of each side in the majority of each row: 1 for one side, a half each for a tie of two."""
    votes = np.stack([(drawn < 0).sum(axis=1), (drawn == 0).sum(axis=1), (drawn > 0).sum(axis=1)], axis=1)
    first = votes == votes.max(axis=1, keepdims=True)
    share: Floats = first / first.sum(axis=1, keepdims=True)
    return share


def _interval(values: Sequence[float] | Floats) -> Interval:
    low, high = np.quantile(np.asarray(values), (0.025, 0.975))
    return Interval(float(low), float(high))


def _column(value: int, steps: int) -> int:
    if steps == 9:
        return value + MOST
    if steps == 5:
        return CLASSES.index(class_of(value))
    return (value > 0) - (value < 0) + 1


def _sides(one: Rated) -> tuple[float, float, float]:
    """Share of the negative, the zero and the positive ratings."""
    share = shares(one.ratings)
    names = list(share.values())
    return names[0] + names[1], names[2], names[3] + names[4]


def _habits(texts: Sequence[Rated]) -> tuple[RaterHabit, ...]:
    table = np.array([one.ratings for one in texts], dtype=np.float64)
    others = (table.sum(axis=1, keepdims=True) - table) / (table.shape[1] - 1)
    habits = [
        RaterHabit(
            number + 1,
            float(column.mean()),
            float((abs(column) >= 3).mean()),
            float((column == 0).mean()),
            float((column - rest).mean()),
        )
        for number, (column, rest) in enumerate(zip(table.T, others.T, strict=True))
    ]
    return tuple(sorted(habits, key=lambda habit: (habit.extreme, habit.number)))
