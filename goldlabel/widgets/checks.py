"""What the labellers of all drawing tasks check before they save."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from goldlabel.annotations import (
    Annotation,
    Box,
    Item,
    Keypoints,
    Mask,
    Point,
    Polygon,
    Relation,
    RotatedBox,
    Segment,
    Span,
    Track,
    WordBox,
    Written,
)
from goldlabel.errors import DataError

__all__ = ["finite", "inside", "sound"]

Drawn = TypeVar("Drawn", Box, RotatedBox, Polygon, Mask, Keypoints, Span, Relation, WordBox, Written, Segment, Track)


def sound(
    annotations: Sequence[Annotation], kind: type[Drawn], *, noun: str, plural: str, classes: Collection[str]
) -> tuple[Drawn, ...]:
    """``annotations`` if all are of one kind, with known classes and ids of their own.

    Args:
        annotations: What the browser sent.
        kind: What each must be.
        noun: What one is called in a sentence, with its article: "a box".
        plural: What two are called.
        classes: Names of the exercise's classes.

    Raises:
        DataError: One of them is not.
    """
    checked: list[Drawn] = []
    for one in annotations:
        if not isinstance(one, kind):
            raise DataError(f"an annotation is not {noun}")
        if one.label not in classes:
            raise DataError(f"the class {one.label!r} is not one of {', '.join(classes)}")
        checked.append(one)
    if len({one.id for one in checked}) < len(checked):
        raise DataError(f"two {plural} have the same id")
    return tuple(checked)


def finite(numbers: Iterable[float]) -> None:
    """Refuse what is no number.

    Raises:
        DataError: One is infinite or NaN.
    """
    if not all(map(math.isfinite, numbers)):
        raise DataError("a coordinate or a time is not a number")


def inside(point: Point, item: Item) -> Point:
    """``point`` brought into the picture of ``item``, in pixels.

    Raises:
        DataError: A coordinate is not a number.
    """
    finite(point)
    return min(max(point[0], 0.0), float(item.width)), min(max(point[1], 0.0), float(item.height))
