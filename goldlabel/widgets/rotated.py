"""Rotated boxes: boxes that lie along their objects."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, RotatedBox
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import finite, inside, sound

__all__ = ["RotatedBoxLabeller", "turned"]


class RotatedBoxLabeller(Labeller):
    """Draw turned boxes on pictures. The centre stays in the picture; corners may lie outside."""

    _esm = STATIC / "rotated.js"
    _css = STATIC / "rotated.css"

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        boxes = sound(annotations, RotatedBox, noun="a rotated box", plural="boxes", classes=self._spec.class_names)
        longest = math.hypot(item.width, item.height)
        tidy = []
        for one in boxes:
            finite((*one.size, one.rotation))
            if min(one.size) <= 0:
                raise DataError("a side of a box is not longer than 0")
            width, height = (min(side, longest) for side in one.size)
            tidy.append(
                msgspec.structs.replace(
                    one, center=inside(one.center, item), size=(width, height), rotation=turned(one.rotation)
                )
            )
        return tuple(tidy)


def turned(degrees: float) -> float:
    """The same direction between -180 (excluded) and 180 degrees.

    >>> turned(270.0), turned(-180.0), turned(45.0)
    (-90.0, 180.0, 45.0)
    """
    rest = math.fmod(degrees, 360.0)
    if rest > 180.0:
        return rest - 360.0
    return rest + 360.0 if rest <= -180.0 else rest
