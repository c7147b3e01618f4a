"""Axis-aligned boxes for the review engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from goldlabel.annotations import Box, Item
from goldlabel.metrics import boxes as metrics
from goldlabel.review.shapes.base import Floats, Geometry, UnusableError
from goldlabel.review.wording import Corners

__all__ = ["BoxGeometry", "side_report"]


class BoxGeometry(Geometry[Box, Corners]):
    """A box is its corners; a hand that slips over the edge of the picture means the edge."""

    kind = Box
    task = "boxes"

    def shape(self, label: Box, item: Item, *, gold: bool, complain: Callable[[str], None]) -> Corners:  # noqa: ARG002
        """The corners on the picture."""
        if gold:
            return label.xyxy
        if not all(map(math.isfinite, label.xyxy)):
            raise UnusableError("has a coordinate that is not a number")
        if label.width <= 0 or label.height <= 0:
            raise UnusableError("has no area, or its corners are swapped")
        x1, y1, x2, y2 = label.xyxy
        cut = max(0.0, x1), max(0.0, y1), min(float(item.width), x2), min(float(item.height), y2)
        if cut[2] <= cut[0] or cut[3] <= cut[1]:
            raise UnusableError(f"lies outside the picture of {item.width} x {item.height} pixels")
        return cut

    def overlap(self, labels: Sequence[Corners], gold: Sequence[Corners]) -> Floats:
        """IoU."""
        return metrics.iou(labels, gold)

    def intersection(self, labels: Sequence[Corners], gold: Sequence[Corners]) -> Floats:
        """Shared area."""
        return metrics.intersection(labels, gold)

    def area(self, shapes: Sequence[Corners]) -> Floats:
        """Areas."""
        return metrics.area(shapes)

    def bounds(self, shape: Corners) -> Corners:
        """The box itself."""
        return shape

    def loose(self, mine: Corners, true: Corners) -> str:
        """The sides that are off."""
        return side_report(mine, true)


def side_report(box: Corners, gold: Corners) -> str:
    """What is wrong with the sides of ``box``: the one or two sides that are furthest off, in pixels.

    Args:
        box: The learner's corners, ``xyxy`` pixels.
        gold: The right corners.

    Returns:
        For example "the left side leaves 14 px of air and the top cuts 9 px off".
    """
    # Positive: the box reaches beyond the object on that side (air); negative: it cuts the object.
    air = {
        "the left side": gold[0] - box[0],
        "the top": gold[1] - box[1],
        "the right side": box[2] - gold[2],
        "the bottom": box[3] - gold[3],
    }
    worst = sorted(air.items(), key=lambda side: -abs(side[1]))[:2]
    if abs(worst[1][1]) < abs(worst[0][1]) / 3:
        worst = worst[:1]
    return " and ".join(
        f"{side} leaves {by:.0f} px of air" if by > 0 else f"{side} cuts {-by:.0f} px off" for side, by in worst
    )
