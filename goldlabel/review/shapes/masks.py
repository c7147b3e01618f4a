"""Masks for the review engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Item, Mask
from goldlabel.metrics import masks as metrics
from goldlabel.metrics.masks import Runs
from goldlabel.review.shapes.base import Floats, Geometry, UnusableError
from goldlabel.review.wording import Corners, mostly

__all__ = ["MaskGeometry", "differences"]


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
        too_much, too_little = differences(mine, true)
        parts = [
            (runs.area, f"{runs.area:,} {words}, {_where(runs, frame)}")
            for runs, words in ((too_little, "are not painted"), (too_much, "are painted too much"))
            if runs.area
        ]
        parts.sort(reverse=True)
        if len(parts) == 2 and parts[1][0] < parts[0][0] / 4:
            parts = parts[:1]
        return f"of {true.area:,} pixels {' and '.join(text for _, text in parts)}"


def differences(mine: Runs, true: Runs) -> tuple[Runs, Runs]:
    """The pixels of ``mine`` that are not in ``true``, and the other way round."""
    edges = np.union1d(mine.edges, true.edges)
    # Between two neighbouring edges nothing changes: each piece is in a mask or not.
    start, end = edges[:-1], edges[1:]
    here, there = _inside(start, mine), _inside(start, true)
    pieces = np.stack([start, end], axis=1)
    return Runs(pieces[here & ~there], mine.size), Runs(pieces[there & ~here], mine.size)


def _inside(pixels: NDArray[np.int64], runs: Runs) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = np.searchsorted(runs.edges.ravel(), pixels, side="right") % 2 == 1
    return inside


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
