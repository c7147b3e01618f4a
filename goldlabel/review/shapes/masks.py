"""Masks for the review engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from goldlabel.annotations import Item, Mask
from goldlabel.metrics import masks as metrics
from goldlabel.metrics.masks import Runs
from goldlabel.review.shapes.base import Floats, Geometry, UnusableError
from goldlabel.review.wording import Corners, mostly

__all__ = ["MaskGeometry"]


class MaskGeometry(Geometry[Mask, Runs]):
    """A mask is its runs of pixels: small, whatever the size of the picture."""

    kind = Mask
    task = "masks"
    measure = "Dice"

    def shape(self, label: Mask, item: Item, *, gold: bool, complain: Callable[[str], None]) -> Runs:  # noqa: ARG002
        """The runs, of a mask that has the picture's size."""
        height, width = label.size
        if (height, width) != (item.height, item.width):
            raise UnusableError(
                f"is for a picture of {width} x {height} pixels; this one has {item.width} x {item.height}"
            )
        try:
            runs = metrics.decode_runs(label.counts, label.size)
        except metrics.RleError as error:
            raise UnusableError(f"is damaged: {error}") from None
        if not len(runs.edges):
            raise UnusableError("is empty: no pixel is painted")
        return runs

    def overlap(self, labels: Sequence[Runs], gold: Sequence[Runs]) -> Floats:
        """Dice."""
        return metrics.dice(labels, gold)

    def intersection(self, labels: Sequence[Runs], gold: Sequence[Runs]) -> Floats:
        """Shared pixels."""
        return metrics.intersection(labels, gold)

    def area(self, shapes: Sequence[Runs]) -> Floats:
        """Pixels."""
        return np.array([shape.area for shape in shapes], dtype=np.float64)

    def bounds(self, shape: Runs) -> Corners:
        """The box around it."""
        x1, y1, x2, y2 = shape.bounds
        return float(x1), float(y1), float(x2), float(y2)

    def loose(self, mine: Runs, true: Runs) -> str:
        """How many pixels were painted too much and too little, and where most of them lie."""
        frame = self.bounds(true)
        too_much, too_little = metrics.difference(mine, true), metrics.difference(true, mine)
        parts = [
            (too_little.area, f"{too_little.area:,} of its {true.area:,} pixels are not painted", too_little),
            (too_much.area, f"{too_much.area:,} pixels too many are painted", too_much),
        ]
        worst = max(count for count, _, _ in parts)
        told = [f"{words}, {_where(runs, frame)}" for count, words, runs in parts if count and count >= worst / 4]
        return ", and ".join(told)


def _where(runs: Runs, frame: Corners) -> str:
    """Where most of the pixels lie on the object; those beyond the frame count to the third next to them."""
    x1, y1, x2, y2 = frame
    height = runs.size[0]
    lengths = runs.edges[:, 1] - runs.edges[:, 0]
    # The middle of a run stands for all of it; only runs of whole columns go over a column's end.
    column, row = np.divmod((runs.edges[:, 0] + runs.edges[:, 1] - 1) / 2, height)
    thirds = (
        np.clip(3 * (at + 0.5 - low) / (high - low), 0, 2).astype(np.int64)
        for at, low, high in ((column, x1, x2), (row, y1, y2))
    )
    columns, rows = (np.bincount(third, weights=lengths, minlength=3).tolist() for third in thirds)
    return mostly(columns, rows)
