"""Faults planted into right labels, for the exercise "spot the bad labels": one function a label type."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np
from scipy import ndimage

from goldlabel.annotations import (
    Annotation,
    Box,
    Item,
    Keypoint,
    Keypoints,
    Mask,
    Point,
    Polygon,
    Relation,
    Ring,
    Span,
    WordBox,
    only,
)
from goldlabel.learning.faults_pages import in_pages
from goldlabel.learning.faults_text import in_redaction, in_relations, in_spans
from goldlabel.metrics.masks import decode_rle, encode_rle
from goldlabel.review.rubric import RelationRubric, Rubric, SpanRubric

__all__ = ["Planted", "plant_faults"]

SLOPPY_CORNERS = 7
"""A sloppy outline has so many corners left."""

SLOPPY_PIXELS = 9
"""A sloppy mask reaches so far over the edge."""

FAR_OFF = 0.16
"""A keypoint that is far off is off by this share of the figure's longer side."""

_PAIRS = ("wrist", "ankle", "elbow", "knee")
"""Joints whose left and right are swapped: those that are furthest apart."""


class Planted(NamedTuple):
    """Labels with faults.

    Attributes:
        annotations: The labels.
        faults: What was planted, one short clause each.
    """

    annotations: tuple[Annotation, ...]
    faults: tuple[str, ...]


def plant_faults(
    annotations: Sequence[Annotation], item: Item, classes: Sequence[str], seed: int, rubric: Rubric | None = None
) -> Planted:
    """``annotations`` of one type with a few faults of different kinds.

    Args:
        annotations: Right labels, all of one type.
        item: Where they lie.
        classes: Class names of the ontology.
        seed: The same seed plants the same faults.
        rubric: How the labels would be judged; for texts it decides what a fault is.

    Raises:
        ValueError: There are too few labels for any fault, or no faults are known for their type.
    """
    rng = random.Random(seed)
    if spans := only(annotations, Span):
        redaction = isinstance(rubric, SpanRubric) and rubric.scheme == "redaction"
        return Planted(*(in_redaction(spans, item, rng) if redaction else in_spans(spans, item, classes, rng)))
    if relations := only(annotations, Relation):
        symmetric = rubric.symmetric if isinstance(rubric, RelationRubric) else ()
        return Planted(*in_relations(relations, classes, symmetric, rng))
    if words := only(annotations, WordBox):
        return Planted(*in_pages(words, classes, rng))
    return _in_drawing(annotations, item, classes, rng)


def _in_drawing(annotations: Sequence[Annotation], item: Item, classes: Sequence[str], rng: random.Random) -> Planted:
    """The same for what is drawn on pictures of things."""
    if boxes := only(annotations, Box):
        return _in_boxes(boxes, item, classes, rng)
    if polygons := only(annotations, Polygon):
        return _in_regions(polygons, [_sloppy_outline(one) for one in polygons], "outline", "sloppy", classes, rng)
    if masks := only(annotations, Mask):
        return _in_regions(masks, [_sloppy_mask(one) for one in masks], "region", "painted too large", classes, rng)
    if people := only(annotations, Keypoints):
        return _in_keypoints(people, item, rng)
    raise ValueError("there is nothing to plant faults into")


def _in_boxes(boxes: Sequence[Box], item: Item, classes: Sequence[str], rng: random.Random) -> Planted:
    if len(boxes) < 4:
        raise ValueError("four faults need four boxes")
    loose, missing, confused, twice = rng.sample(range(len(boxes)), 4)
    faulty: list[Annotation] = []
    for index, box in enumerate(boxes):
        if index == loose:
            faulty.append(_loosened(box, item))
        elif index == confused:
            faulty.append(_renamed(box, classes, rng))
        elif index == twice:
            x1, y1, x2, y2 = box.xyxy
            again = msgspec.structs.replace(box, id=f"{box.id}-again", xyxy=(x1 + 5, y1 + 4, x2 + 6, y2 + 5))
            faulty += [box, again]
        elif index != missing:
            faulty.append(box)
    return Planted(
        tuple(faulty), ("one box is loose", "one thing has no box", "one has the wrong name", "one has two boxes")
    )


def _loosened(box: Box, item: Item) -> Box:
    """``box`` with a fifth of its size as air on every side, as far as the picture reaches."""
    x1, y1, x2, y2 = box.xyxy
    wide, high = box.width / 5, box.height / 5
    corners = (max(0.0, x1 - wide), max(0.0, y1 - high), min(item.width, x2 + wide), min(item.height, y2 + high))
    return msgspec.structs.replace(box, xyxy=corners)


Region = TypeVar("Region", Polygon, Mask)


def _in_regions(
    right: Sequence[Region], sloppy: Sequence[Region], noun: str, how: str, classes: Sequence[str], rng: random.Random
) -> Planted:
    """The first of three faults that there is room for: a sloppy edge, one left out, one with the wrong name."""
    order = rng.sample(range(len(right)), min(3, len(right)))
    faulty: list[Annotation] = list(right)
    faulty[order[0]] = sloppy[order[0]]
    faults = [f"one {noun} is {how}"]
    if len(order) == 3:
        faulty[order[2]] = _renamed(right[order[2]], classes, rng)
    if len(order) > 1:
        del faulty[order[1]]
        faults.append(f"one {noun} was left out")
    if len(order) == 3:
        faults.append("one has the wrong name")
    return Planted(tuple(faulty), tuple(faults))


Named = TypeVar("Named", Box, Polygon, Mask)


def _renamed(one: Named, classes: Sequence[str], rng: random.Random) -> Named:
    return msgspec.structs.replace(one, label=rng.choice([name for name in classes if name != one.label]))


def _sloppy_outline(polygon: Polygon) -> Polygon:
    """Every ring with few of its points, evenly spaced: what is between them is cut off or taken along."""
    return msgspec.structs.replace(polygon, rings=tuple(_thinned(ring) for ring in polygon.rings))


def _thinned(ring: Ring) -> Ring:
    if len(ring) <= SLOPPY_CORNERS:
        return ring
    steps = [math.dist(a, b) for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)]
    whole, walked, wanted = sum(steps), 0.0, 0.0
    kept: list[Point] = []
    for point, step in zip(ring, steps, strict=True):
        if walked >= wanted and len(kept) < SLOPPY_CORNERS:
            kept.append(point)
            wanted += whole / SLOPPY_CORNERS
        walked += step
    return tuple(kept)


def _sloppy_mask(mask: Mask) -> Mask:
    pixels = ndimage.binary_dilation(decode_rle(mask.counts, mask.size), iterations=SLOPPY_PIXELS)
    return msgspec.structs.replace(mask, counts=encode_rle(np.asarray(pixels)))


def _in_keypoints(people: Sequence[Keypoints], item: Item, rng: random.Random) -> Planted:
    """Faults in the first figure: one pair swapped, one joint far off, one visibility turned round."""
    first, *others = people
    points: dict[str, Keypoint] = dict(first.points)
    placed = [name for name, (_, _, v) in points.items() if v]
    pairs = [name for name in _PAIRS if {f"left_{name}", f"right_{name}"} <= set(placed)]
    if not pairs:
        raise ValueError("a fault in left and right needs both joints of a pair")
    pair = max(pairs, key=lambda name: math.dist(points[f"left_{name}"][:2], points[f"right_{name}"][:2]))
    left, right = f"left_{pair}", f"right_{pair}"
    points[left], points[right] = points[right], points[left]
    free = [name for name in placed if not name.endswith(pair)]
    off, turned = rng.sample(free, 2)
    xs, ys = [points[name][0] for name in placed], [points[name][1] for name in placed]
    by = FAR_OFF * max(max(xs) - min(xs), max(ys) - min(ys))
    x, y, v = points[off]
    # Towards the middle of the picture, so that the point stays on it.
    points[off] = (x + by if x < item.width / 2 else x - by, y, v)
    x, y, v = points[turned]
    points[turned] = (x, y, 1 if v == 2 else 2)
    return Planted(
        (msgspec.structs.replace(first, points=points), *others),
        (
            "left and right are swapped once",
            "one joint is far off",
            "one hidden joint is called visible, or a visible one hidden",
        ),
    )
