"""Polygons: outlines of one or several parts, drawn on a surface of our own."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Polygon
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import inside, sound

__all__ = ["PolygonLabeller"]


class PolygonLabeller(Labeller):
    """Draw outlines on pictures.

    An outline that crosses itself is shown as wrong while it is drawn, but saved: the review judges it.
    """

    _esm = STATIC / "polygons.js"
    _css = STATIC / "polygons.css"

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        polygons = sound(annotations, Polygon, noun="a polygon", plural="polygons", classes=self._spec.class_names)
        tidy = []
        for one in polygons:
            if not one.rings:
                raise DataError("a polygon has no outline")
            if any(len(ring) < 3 for ring in one.rings):
                raise DataError("an outline has fewer than three points")
            rings = tuple(tuple(inside(point, item) for point in ring) for ring in one.rings)
            tidy.append(msgspec.structs.replace(one, rings=rings))
        return tuple(tidy)
