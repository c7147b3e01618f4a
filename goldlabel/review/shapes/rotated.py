"""Rotated boxes for the review engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import msgspec
from shapely.geometry.base import BaseGeometry

from goldlabel.annotations import Item, RotatedBox
from goldlabel.metrics import rotated as metrics
from goldlabel.review.shapes.base import Floats, Geometry, UnusableError
from goldlabel.review.shapes.polygons import PlaneGeometry, on_picture
from goldlabel.review.wording import Corners

__all__ = ["RotatedGeometry", "TurnedBox"]

_FARTHEST = 1e6
"""Numbers beyond this many pixels (or degrees) are no box on any picture."""


class TurnedBox(msgspec.Struct, frozen=True):
    """A rotated box with its outline on the picture."""

    box: RotatedBox
    outline: BaseGeometry


class RotatedGeometry(Geometry[RotatedBox, TurnedBox]):
    """A rotated box is its outline; what is wrong with it is told as turn, size and place."""

    kind = RotatedBox
    task = "rotated_boxes"
    _plane = PlaneGeometry()

    def shape(self, label: RotatedBox, item: Item, *, gold: bool, complain: Callable[[str], None]) -> TurnedBox:  # noqa: ARG002
        """The outline on the picture."""
        numbers = (*label.center, *label.size, label.rotation)
        if not all(map(math.isfinite, numbers)):
            raise UnusableError("has a number that is not finite")
        if min(label.size) <= 0:
            raise UnusableError("has no area")
        if max(map(abs, numbers)) > _FARTHEST:
            raise UnusableError("is far larger than the picture, or far away from it")
        (outline,) = metrics.as_shapes([label.center], [label.size], [label.rotation])
        return TurnedBox(label, outline if gold else on_picture(outline, item))

    def overlap(self, labels: Sequence[TurnedBox], gold: Sequence[TurnedBox]) -> Floats:
        """IoU."""
        return self._plane.overlap(_outlines(labels), _outlines(gold))

    def intersection(self, labels: Sequence[TurnedBox], gold: Sequence[TurnedBox]) -> Floats:
        """Shared area."""
        return self._plane.intersection(_outlines(labels), _outlines(gold))

    def area(self, shapes: Sequence[TurnedBox]) -> Floats:
        """Areas."""
        return self._plane.area(_outlines(shapes))

    def bounds(self, shape: TurnedBox) -> Corners:
        """The upright box around it."""
        return self._plane.bounds(shape.outline)

    def loose(self, mine: TurnedBox, true: TurnedBox) -> str:
        """Turn, size and place: the one or two that matter most, by how many pixels a side is moved."""
        turn, width, height = _alike(mine.box, true.box)
        right = true.box
        along, across = _in_frame(mine.box, right)
        faults = [
            # A turn moves the ends of the longer side most.
            (max(right.size) / 2 * abs(math.sin(math.radians(turn))), _turned(turn)),
            (abs(width - right.size[0]), _too(width - right.size[0], "wide", "narrow")),
            (abs(height - right.size[1]), _too(height - right.size[1], "high", "low")),
            (math.hypot(along, across), f"its centre is {math.hypot(along, across):.0f} px off"),
        ]
        faults.sort(reverse=True)
        worst = [text for by, text in faults[:2] if by >= faults[0][0] / 3]
        return " and ".join(worst)


def _outlines(shapes: Sequence[TurnedBox]) -> list[BaseGeometry]:
    return [shape.outline for shape in shapes]


def _alike(box: RotatedBox, right: RotatedBox) -> tuple[float, float, float]:
    """Turn of ``box`` against ``right`` (degrees, clockwise, -45 to 45), and its width and height so seen.

    The same box can be said with its sides swapped and a quarter turn more.
    """
    quarters = round((box.rotation - right.rotation) / 90)
    turn = box.rotation - right.rotation - 90 * quarters
    width, height = box.size if quarters % 2 == 0 else box.size[::-1]
    return turn, width, height


def _in_frame(box: RotatedBox, right: RotatedBox) -> tuple[float, float]:
    """How far the centre is off, in pixels, along the two axes of the picture."""
    return box.center[0] - right.center[0], box.center[1] - right.center[1]


def _turned(turn: float) -> str:
    return f"it is turned {abs(turn):.0f}° too far {'clockwise' if turn > 0 else 'anticlockwise'}"


def _too(by: float, more: str, less: str) -> str:
    return f"it is {abs(by):.0f} px too {more if by > 0 else less}"
