"""The label types: one struct each, immutable, told apart in files by the field ``type``.

Pictures are measured in float pixels from the top left corner; areas are continuous (a box from 10 to 20 is 10 wide).
Class names are strings from the exercise's ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

import msgspec

__all__ = [
    "Annotation",
    "AttributeValue",
    "Box",
    "Choice",
    "Keypoint",
    "Keypoints",
    "Mask",
    "Point",
    "Polygon",
    "Ring",
    "RotatedBox",
    "only",
]

AttributeValue = bool | float | str

Point = tuple[float, float]
"""``(x, y)`` in pixels."""

Ring = tuple[Point, ...]
"""A closed line; the last point is joined to the first one."""

Keypoint = tuple[float, float, Literal[0, 1, 2]]
"""``(x, y, v)`` with COCO's visibility: 0 not labelled, 1 labelled but hidden, 2 visible."""


class _Annotation(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """What every annotation has beside its id and its class.

    Attributes:
        attributes: Ontology attributes by name; gold adds ``truncated``, ``occluded``, ``visibility`` (0 to 1)
            and ``difficult`` (labelling it is neither rewarded nor punished).
    """

    attributes: Mapping[str, AttributeValue] = {}

    @property
    def difficult(self) -> bool:
        """Whether it is set aside when labels are judged (PASCAL VOC's word)."""
        return bool(self.attributes.get("difficult", False))


class Choice(_Annotation, frozen=True, tag="choice"):
    """One answer about a whole item: its class.

    Attributes:
        id: Names the question, so that an item can hold several answers; ``class`` where there is one only.
        label: Class name from the ontology.
        accepted: In gold: other class names that count as right, too.
        attributes: Gold gives the ``rule`` that decides and says ``why`` in one sentence.
    """

    id: str
    label: str
    accepted: tuple[str, ...] = ()


class Box(_Annotation, frozen=True, tag="box"):
    """An axis-aligned box around one object.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        xyxy: ``(x1, y1, x2, y2)`` in pixels, ``x1 < x2`` and ``y1 < y2`` when valid.
        attributes: See above; ``crowd`` marks one box round many that cannot be told apart.
    """

    id: str
    label: str
    xyxy: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        """Width in pixels (negative when the corners are swapped)."""
        return self.xyxy[2] - self.xyxy[0]

    @property
    def height(self) -> float:
        """Height in pixels (negative when the corners are swapped)."""
        return self.xyxy[3] - self.xyxy[1]


class RotatedBox(_Annotation, frozen=True, tag="rotated_box"):
    """A box that is turned to lie along its object.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        center: In pixels.
        size: ``(width, height)`` in pixels, before turning.
        rotation: Degrees, clockwise as seen on the screen, about the centre.
    """

    id: str
    label: str
    center: Point
    size: tuple[float, float]
    rotation: float


class Polygon(_Annotation, frozen=True, tag="polygon"):
    """The outline of one object.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        rings: Outlines of at least three points. Several when something in front splits the object; their union
            is the object. There are no holes.
    """

    id: str
    label: str
    rings: tuple[Ring, ...]


class Mask(_Annotation, frozen=True, tag="mask"):
    """The pixels of one region.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        size: ``(height, width)`` of the whole picture in pixels.
        counts: COCO's compressed run lengths, column by column (see :mod:`goldlabel.metrics.masks`).
    """

    id: str
    label: str
    size: tuple[int, int]
    counts: str


class Keypoints(_Annotation, frozen=True, tag="keypoints"):
    """The named points of one object, for instance the joints of a person.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        points: By name; a point that is absent counts as not labelled.
        area: In gold: visible pixels of the object, the scale of object keypoint similarity. 0 in labels.
    """

    id: str
    label: str
    points: Mapping[str, Keypoint]
    area: float = 0.0


Annotation = Choice | Box | RotatedBox | Polygon | Mask | Keypoints
"""Any label type."""

Kind = TypeVar("Kind", bound=_Annotation)


def only(annotations: Iterable[Annotation], kind: type[Kind]) -> tuple[Kind, ...]:
    """The annotations of one type, in order; those of other types are left out."""
    return tuple(one for one in annotations if isinstance(one, kind))
