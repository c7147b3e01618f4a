"""Outlines for the review engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from shapely import box, clip_by_rect
from shapely.geometry.base import BaseGeometry

from goldlabel.annotations import Item, Polygon
from goldlabel.metrics import polygons as metrics
from goldlabel.review.shapes.base import Floats, Geometry, UnusableError
from goldlabel.review.wording import Corners, mostly

__all__ = ["PlaneGeometry", "PolygonGeometry", "on_picture"]


class PlaneGeometry:
    """What polygons and rotated boxes share: both are shapely geometries."""

    def overlap(self, labels: Sequence[BaseGeometry], gold: Sequence[BaseGeometry]) -> Floats:
        """IoU."""
        return metrics.iou(labels, gold)

    def intersection(self, labels: Sequence[BaseGeometry], gold: Sequence[BaseGeometry]) -> Floats:
        """Shared area."""
        return metrics.intersection(labels, gold)

    def area(self, shapes: Sequence[BaseGeometry]) -> Floats:
        """Areas."""
        return metrics.area(shapes)

    def bounds(self, shape: BaseGeometry) -> Corners:
        """The box around it."""
        x1, y1, x2, y2 = shape.bounds
        return x1, y1, x2, y2


class PolygonGeometry(PlaneGeometry, Geometry[Polygon, BaseGeometry]):
    """A polygon is the union of its rings, cut at the edge of the picture."""

    kind = Polygon
    task = "polygons"

    def shape(self, label: Polygon, item: Item, *, gold: bool, complain: Callable[[str], None]) -> BaseGeometry:  # noqa: ARG002
        """The outline on the picture."""
        if wrong := metrics.problem(label.rings):
            raise UnusableError(wrong)
        whole = metrics.as_shape(label.rings)
        return whole if gold else on_picture(whole, item)

    def loose(self, mine: BaseGeometry, true: BaseGeometry) -> str:
        """What is cut off and what is left as air, as shares of the object, and where most of it lies."""
        frame = self.bounds(true)
        parts = [
            (piece.area / true.area, verb, piece)
            for verb, piece in (("cuts off", true.difference(mine)), ("leaves air of", mine.difference(true)))
        ]
        worst = max(share for share, _, _ in parts)
        told = [
            f"it {verb} {100 * share:.0f} % of the object, {_where(piece, frame)}"
            for share, verb, piece in parts
            if share > 0 and share >= worst / 4
        ]
        return ", and ".join(told)


def on_picture(shape: BaseGeometry, item: Item) -> BaseGeometry:
    """The part of ``shape`` on the picture.

    Raises:
        UnusableError: There is none.
    """
    cut = shape.intersection(box(0, 0, item.width, item.height))
    if cut.area <= 0:
        raise UnusableError(f"lies outside the picture of {item.width} x {item.height} pixels")
    return cut


def _where(piece: BaseGeometry, frame: Corners) -> str:
    """Where most of ``piece`` lies on the object; what lies beyond the frame counts to the third next to it."""
    x1, y1, x2, y2 = frame
    far = 10 * metrics.FARTHEST
    across = (-far, x1 + (x2 - x1) / 3, x1 + 2 * (x2 - x1) / 3, far)
    down = (-far, y1 + (y2 - y1) / 3, y1 + 2 * (y2 - y1) / 3, far)
    columns = [clip_by_rect(piece, low, -far, high, far).area for low, high in pairwise(across)]
    rows = [clip_by_rect(piece, -far, low, far, high).area for low, high in pairwise(down)]
    return mostly(columns, rows)
