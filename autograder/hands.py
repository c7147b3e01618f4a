"""How a simulated hand draws: gold of every label type, made worse by a habit."""

from __future__ import annotations

import math
from random import Random

import msgspec
import numpy as np

from autograder.hands_pages import is_short, reread
from autograder.hands_sound import reheard
from autograder.hands_text import relinked, remarked
from autograder.hands_writing import rewritten
from goldlabel.annotations import (
    Annotation,
    Box,
    Choice,
    Item,
    Keypoints,
    Mask,
    Point,
    Polygon,
    Relation,
    Ring,
    RotatedBox,
    Segment,
    Span,
    WordBox,
    Written,
)
from goldlabel.metrics.masks import decode_rle, encode_rle
from goldlabel.metrics.polygons import problem
from goldlabel.review.shapes.keypoints import mirrored

__all__ = ["Habit", "is_hard", "redrawn"]

_SMALL = 48.0
"""A side shorter than this many pixels makes an object small (COCO's small object is 32 x 32)."""


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody labels.

    Attributes:
        name: Goes into the annotator's name.
        air: Air on each side of an object, as a share of its width and height.
        shake: Standard deviation of each corner or point, in pixels.
        misses: Chance that an object is overlooked.
        misses_hard: The same for small, occluded or truncated objects.
        confuses: Chance that an object gets another class, or a number in a text another value.
        swaps: Chance that left and right of a figure are exchanged, or the ends of a relation.
        misreads: Chance that a sign of a word is taken for one that looks like it, a word for one that sounds like it.
        ends: Chance that a span of a text begins or ends a word too early or too late, or a segment late.
        forgets: Chance that an attribute is not set, a hidden point is called visible, or a sentence or a filler is
            left out.
        share: Share of the pictures that are labelled; the rest is never opened.
    """

    name: str
    air: float = 0.0
    shake: float = 0.0
    misses: float = 0.0
    misses_hard: float = 0.0
    confuses: float = 0.0
    swaps: float = 0.0
    misreads: float = 0.0
    ends: float = 0.0
    forgets: float = 0.0
    share: float = 1.0

    @property
    def annotator(self) -> str:
        """The name that stands in the labels file."""
        return f"simulated: {self.name}"

    @property
    def learner(self) -> str:
        """The id in nbgrader, which is part of folder names."""
        return f"simulated-{self.name.replace(' ', '-')}"


def is_hard(label: Annotation) -> bool:
    """Whether a careless person would overlook it: it is small, hidden in part, or cut by the edge."""
    small = isinstance(label, Box) and min(label.width, label.height) < _SMALL
    small |= isinstance(label, WordBox) and is_short(label)
    return small or bool(label.attributes.get("occluded")) or bool(label.attributes.get("truncated"))


def redrawn(true: Annotation, habit: Habit, item: Item, random: Random) -> Annotation:
    """``true`` as this hand draws it, kept on the picture or the text. A perfect hand draws it as it is."""
    match true:
        case Box():
            drawn: Annotation = _box(true, habit, item, random)
        case RotatedBox():
            drawn = _rotated(true, habit, item, random)
        case Polygon():
            drawn = _polygon(true, habit, item, random)
        case Mask():
            drawn = _mask(true, habit)
        case Keypoints():
            drawn = _keypoints(true, habit, item, random)
        case Choice():
            drawn = msgspec.structs.replace(true, accepted=())
        case WordBox():
            drawn = reread(true, item, random, air=habit.air, shake=habit.shake, misreads=habit.misreads)
        case Segment():
            drawn = reheard(true, item, random, mishears=habit.misreads, leaves_out=habit.forgets, late=habit.ends)
        case Span():
            drawn = remarked(true, habit.ends, item, random)
        case Relation():
            drawn = relinked(true, habit.swaps, random)
        case Written():
            drawn = rewritten(true, leaves_out=habit.forgets, changes=habit.confuses, random=random)
        case _:
            drawn = true
    return drawn


def _rotated(true: RotatedBox, habit: Habit, item: Item, random: Random) -> RotatedBox:
    width, height = (max(1.0, side * (1 + 2 * habit.air) + random.gauss(0, habit.shake)) for side in true.size)
    turn = true.rotation + random.gauss(0, 2 * habit.shake)
    center = _moved(true.center, habit, item, random)
    return msgspec.structs.replace(true, center=center, size=(width, height), rotation=turn)


def _box(true: Box, habit: Habit, item: Item, random: Random) -> Box:
    """The corners with air and shake, in order."""
    x1, y1, x2, y2 = true.xyxy
    air_x, air_y = habit.air * true.width, habit.air * true.height
    x1, x2 = x1 - air_x + random.gauss(0, habit.shake), x2 + air_x + random.gauss(0, habit.shake)
    y1, y2 = y1 - air_y + random.gauss(0, habit.shake), y2 + air_y + random.gauss(0, habit.shake)
    x1, x2 = sorted((min(max(x1, 0.0), item.width), min(max(x2, 0.0), item.width)))
    y1, y2 = sorted((min(max(y1, 0.0), item.height), min(max(y2, 0.0), item.height)))
    return msgspec.structs.replace(true, xyxy=(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1)))


def _polygon(true: Polygon, habit: Habit, item: Item, random: Random) -> Polygon:
    """Grown from its middle by the air and shifted, each point shaken.

    Where the shaken line would cross itself, nobody would leave it so: then it is only grown and shifted.
    """
    grown = tuple(_grown(ring, habit, item, random) for ring in true.rings)
    shaken = tuple(tuple(_moved(point, habit, item, random) for point in ring) for ring in grown)
    rings = next((rings for rings in (shaken, grown) if not problem(rings)), true.rings)
    return msgspec.structs.replace(true, rings=rings)


def _grown(ring: Ring, habit: Habit, item: Item, random: Random) -> Ring:
    middle = np.mean(ring, axis=0)
    shift = np.array([random.gauss(0, habit.shake), random.gauss(0, habit.shake)]) if habit.shake else np.zeros(2)
    points = (middle + shift + (1 + 2 * habit.air) * (np.asarray(ring) - middle)).tolist()
    return tuple(_on_picture((x, y), item) for x, y in points)


def _mask(true: Mask, habit: Habit) -> Mask:
    """Painted over the edge by as many pixels as a box of the same area would have air."""
    from scipy import ndimage

    pixels = decode_rle(true.counts, true.size)
    over = round(habit.air * math.sqrt(float(pixels.sum())) + habit.shake / 3)
    painted = ndimage.binary_dilation(pixels, iterations=over) if over else pixels
    return msgspec.structs.replace(true, counts=encode_rle(painted))


def _keypoints(true: Keypoints, habit: Habit, item: Item, random: Random) -> Keypoints:
    """Every point shaken, some hidden ones called visible, left and right exchanged now and then."""
    swapped = random.random() < habit.swaps
    shake = Habit(name=habit.name, shake=habit.shake + habit.air * math.sqrt(true.area) / 3)
    points = {}
    for name, (x, y, v) in true.points.items():
        if not v:
            continue
        seen = 2 if v == 1 and random.random() < habit.forgets else v
        points[mirrored(name) if swapped else name] = (*_moved((x, y), shake, item, random), seen)
    return msgspec.structs.replace(true, points=points, area=0.0)


def _moved(point: Point, habit: Habit, item: Item, random: Random) -> Point:
    """A point shaken, and kept on the picture."""
    if not habit.shake:
        return _on_picture(point, item)
    return _on_picture((point[0] + random.gauss(0, habit.shake), point[1] + random.gauss(0, habit.shake)), item)


def _on_picture(point: Point, item: Item) -> Point:
    return round(min(max(point[0], 0.0), item.width), 1), round(min(max(point[1], 0.0), item.height), 1)
