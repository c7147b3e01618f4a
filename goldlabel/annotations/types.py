"""The label types: one struct each, immutable, told apart in files by the field ``type``.

Pictures are measured in float pixels from the top left corner; areas are continuous (a box from 10 to 20 is 10 wide).
Texts are measured in Unicode code points, never in bytes or UTF-16 units; an end is the place after the last code
point, as in Python's slices. Sounds and clips are measured in seconds from their beginning; frames count from 0. Class
names are strings from the exercise's ontology.
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
    "KeyFact",
    "Keypoint",
    "Keypoints",
    "Mask",
    "Point",
    "Polygon",
    "Relation",
    "Ring",
    "RotatedBox",
    "Segment",
    "Span",
    "Stretch",
    "Track",
    "TrackedBox",
    "WordBox",
    "Written",
    "only",
]

AttributeValue = bool | float | str

Point = tuple[float, float]
"""``(x, y)`` in pixels."""

Ring = tuple[Point, ...]
"""A closed line; the last point is joined to the first one."""

Stretch = tuple[int, int]
"""``(start, end)`` in code points of a text, end exclusive."""

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


class Span(_Annotation, frozen=True, tag="span"):
    """A stretch of a text: a name, or something that must be hidden. Spans may nest and overlap.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        start: Code points of the text before it.
        end: Code points of the text up to and with its last one; greater than ``start`` when valid.
        accepted: In gold: other class names that count as right, too.
        alternatives: In gold: other stretches that count as right, too.
    """

    id: str
    label: str
    start: int
    end: int
    accepted: tuple[str, ...] = ()
    alternatives: tuple[Stretch, ...] = ()

    @property
    def stretch(self) -> Stretch:
        """``(start, end)``."""
        return self.start, self.end


class Relation(_Annotation, frozen=True, tag="relation"):
    """What one span has to do with another; it points from head to tail.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology: "works for", read as *head* works for *tail*.
        head: Id of a span of the item.
        tail: Id of another span of the item.
        accepted: In gold: other class names that count as right, too.
    """

    id: str
    label: str
    head: str
    tail: str
    accepted: tuple[str, ...] = ()


class WordBox(_Annotation, frozen=True, tag="word_box"):
    """One word on a picture of a page: where it stands and what it says.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology: which field of the document the word belongs to.
        corners: Four, clockwise from the top left one *of the word*, in pixels (the order of ICDAR's ground truth).
        text: The characters of the word, as printed.
    """

    id: str
    label: str
    corners: tuple[Point, Point, Point, Point]
    text: str


class Written(_Annotation, frozen=True, tag="written"):
    """A text that the annotator writes about the item: a summary.

    Attributes:
        id: Names what was asked for, as in :class:`Choice`; ``summary`` in a task that asks for one.
        label: Class name from the ontology; which of the texts asked for this one is.
        text: What was written. In gold: one good answer of many.
    """

    id: str
    label: str
    text: str


class Segment(_Annotation, frozen=True, tag="segment"):
    """A stretch of time: an event, a sound, or what one speaker says.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology; of speech, the speaker.
        start: In seconds.
        end: In seconds, greater than ``start`` when valid.
        text: What is said, by the rules of the guideline; empty where nothing is transcribed.
    """

    id: str
    label: str
    start: float
    end: float
    text: str = ""


class TrackedBox(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A keyframe of a track, with CVAT's meaning.

    Attributes:
        frame: Counts from 0.
        xyxy: As in :class:`Box`.
        outside: From this frame on the object is not to be seen, until the next keyframe that is not outside.
        occluded: From this frame on something hides a part of it, until the next keyframe.
        visibility: In gold: share of the object that is seen, 0 to 1; what is hidden too much is set aside.
    """

    frame: int
    xyxy: tuple[float, float, float, float]
    outside: bool = False
    occluded: bool = False
    visibility: float = 1.0


class Track(_Annotation, frozen=True, tag="track"):
    """One object through a clip. Between two keyframes its box moves evenly; after the last one it stands still.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        keyframes: By frame, ascending, at least one when valid.
    """

    id: str
    label: str
    keyframes: tuple[TrackedBox, ...]


class KeyFact(_Annotation, frozen=True, tag="key_fact"):
    """In gold alone: a fact of the source that a good summary tells, and how one sees that it does.

    Attributes:
        id: Unique within the item.
        label: Id of the text that must tell it, see :class:`Written`.
        fact: The fact, one sentence for people.
        phrases: Groups of phrases. The fact is told when every group has a phrase that occurs in the summary.
        contradictions: Phrases that show that the fact is told wrongly.
    """

    id: str
    label: str
    fact: str
    phrases: tuple[tuple[str, ...], ...]
    contradictions: tuple[str, ...] = ()


Annotation = (
    Choice
    | Box
    | RotatedBox
    | Polygon
    | Mask
    | Keypoints
    | Span
    | Relation
    | WordBox
    | Written
    | KeyFact
    | Segment
    | Track
)
"""Any label type."""

Kind = TypeVar("Kind", bound=_Annotation)


def only(annotations: Iterable[Annotation], kind: type[Kind]) -> tuple[Kind, ...]:
    """The annotations of one type, in order; those of other types are left out."""
    return tuple(one for one in annotations if isinstance(one, kind))
