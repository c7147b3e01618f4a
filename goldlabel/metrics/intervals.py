"""How sure a figure is: Wilson's interval for a proportion, the percentile bootstrap for anything else."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    # NumPy comes in only where it computes: what describes an exercise stays importable without it.
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Interval", "bootstrap", "wilson"]

_Z95 = 1.959963984540054  # two-sided 95 % point of the normal distribution


class Interval(NamedTuple):
    """A 95 % interval, ``low <= high``."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{100 * self.low:.0f} to {100 * self.high:.0f} %"


def wilson(successes: float, trials: float) -> Interval:
    """Wilson's score interval for a proportion, 95 % (Wilson 1927, JASA 22:209).

    Args:
        successes: 0 to ``trials``.
        trials: Number of decisions; 0 gives the interval 0 to 1, since nothing is known.

    Example:
        >>> print(wilson(54, 60))
        80 to 95 %
    """
    if trials <= 0:
        return Interval(0.0, 1.0)
    if not 0 <= successes <= trials:
        raise ValueError(f"successes must lie in 0 to {trials}, got {successes}")
    # Counts arrive as NumPy numbers, too; an interval is plain, so that it can be written as JSON.
    successes, trials = float(successes), float(trials)
    p, z2 = successes / trials, _Z95**2
    centre = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z95 / (1 + z2 / trials) * math.sqrt(p * (1 - p) / trials + z2 / (4 * trials**2))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def bootstrap(
    rows: ArrayLike,
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> Interval:
    """Percentile bootstrap over items, 95 % (Efron 1979), the same for the same seed.

    Args:
        rows: ``(items, components)``: the components of the score of each item.
        statistic: Maps sums of components, shape ``(resamples, components)``, to scores ``(resamples,)``.
        resamples: Number of resamples.
        seed: Of the random numbers.

    Returns:
        The interval. With no item, 0 to 1. With one item it has no width: a single item shows no spread.
    """
    import numpy as np

    table = np.asarray(rows, dtype=np.float64)
    if table.size == 0:
        return Interval(0.0, 1.0)
    items = len(table)
    drawn = np.random.default_rng(seed).multinomial(items, np.full(items, 1 / items), size=resamples)
    scores = statistic(drawn @ table)
    low, high = np.quantile(scores, (0.025, 0.975))
    return Interval(float(low), float(high))
