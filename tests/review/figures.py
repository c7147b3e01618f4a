"""Ways to say labels of every region type on the picture of :mod:`tests.review.small`, and to judge them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldlabel.annotations import Annotation, Gold, ItemGold, ItemLabels, Keypoints, LabelSet, Mask, Polygon, RotatedBox
from goldlabel.metrics.masks import encode_rle
from goldlabel.review import RegionRubric, Review, review
from tests.review.small import CLASSES, picture

RULES = {"low_overlap": "R3", "left_right_swapped": "R5", "point_off": "R2", "mismatching_attribute": "R8"}


def polygon(name: str, *rings: Sequence[tuple[float, float]], label: str = "apple", **attributes: bool) -> Polygon:
    return Polygon(name, label, tuple(tuple(ring) for ring in rings), attributes=attributes)


def square(x1: float, y1: float, x2: float, y2: float) -> list[tuple[float, float]]:
    return [(x1, y1), (x2, y1), (x2, y2), (x1, y2)]


def mask(name: str, *squares: tuple[int, int, int, int], label: str = "apple", **attributes: bool) -> Mask:
    """A mask that is painted in squares ``xyxy``."""
    pixels = np.zeros((600, 600), dtype=bool)
    for x1, y1, x2, y2 in squares:
        pixels[y1:y2, x1:x2] = True
    return Mask(name, label, (600, 600), encode_rle(pixels), attributes=attributes)


def turned(
    name: str, center: tuple[float, float], size: tuple[float, float], rotation: float, label: str = "apple"
) -> RotatedBox:
    return RotatedBox(name, label, center, size, rotation)


FRONT = {
    "nose": (300, 100, 2),
    "left_shoulder": (340, 180, 2),
    "right_shoulder": (260, 180, 2),
    "left_hand": (400, 260, 2),
    "right_hand": (200, 260, 1),
    "left_knee": (330, 420, 2),
    "right_knee": (270, 420, 2),
}
"""Somebody who faces us, so their left is on our right."""


BONES = (("left_shoulder", "right_shoulder"), ("left_shoulder", "left_hand"), ("right_shoulder", "right_hand"))


def figure(
    name: str, points: dict = FRONT, *, area: float = 0.0, label: str = "apple", **attributes: bool
) -> Keypoints:
    return Keypoints(name, label, points, area=area, attributes=attributes)


GOLD_FIGURE = figure("g1", area=40_000)


def judge_regions(
    rubric: RegionRubric, labels: Sequence[Annotation], gold: Sequence[Annotation], *, done: bool = True
) -> Review:
    """Judge the labels of one picture."""
    true = Gold(
        dataset="d",
        pool="practice",
        version="1.0.0",
        made="drawn",
        agreement="exact",
        items={"pic-1": ItemGold(tuple(gold))},
    )
    mine = LabelSet(exercise="e", items={"pic-1": ItemLabels(tuple(labels), done=done)})
    return review(mine, true, rubric, items=[picture()], classes=CLASSES)
