"""Planted faults are what they are said to be: each makes the review complain of just that."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest

from goldlabel.annotations import Box, Choice, Item, ItemLabels, Keypoints, LabelSet, Mask, Polygon
from goldlabel.data import load_items, practice_gold
from goldlabel.exercises import find_exercise
from goldlabel.learning.faults import SLOPPY_CORNERS, plant_faults
from goldlabel.metrics.masks import decode_rle, encode_rle
from goldlabel.metrics.polygons import as_shape, iou
from goldlabel.review import review

ITEM = Item("p", "media/p.jpg", 400, 300, "practice", "rendered", "CC0-1.0", "", "easy")
CLASSES = ("duck", "fish", "cat")


def star(name: str, x: float, y: float) -> Polygon:
    """A star of 40 points, whose tips are lost when it is drawn with seven."""
    corners = [
        (x + (50 if k % 2 else 22) * math.cos(math.pi * k / 20), y + (50 if k % 2 else 22) * math.sin(math.pi * k / 20))
        for k in range(40)
    ]
    return Polygon(name, "duck", (tuple(corners),))


def disc(name: str, x: int, y: int, radius: int) -> Mask:
    rows, columns = np.ogrid[:300, :400]
    return Mask(name, "fish", (300, 400), encode_rle((rows - y) ** 2 + (columns - x) ** 2 < radius**2))


PERSON = Keypoints(
    "k",
    "duck",
    {
        "nose": (200.0, 50.0, 2),
        "left_wrist": (260.0, 150.0, 2),
        "right_wrist": (140.0, 150.0, 2),
        "left_knee": (215.0, 220.0, 1),
        "right_knee": (185.0, 220.0, 2),
        "left_ankle": (210.0, 280.0, 0),
    },
    area=9_000.0,
)


@pytest.mark.parametrize("seed", range(12))
def test_boxes_get_four_faults_of_four_kinds_in_every_kitchen(seed: int) -> None:
    spec, gold = find_exercise("w2-boxes"), practice_gold("fruit-kitchen")
    for item in load_items("fruit-kitchen"):
        if item.pool != "practice" or len(gold.of(item.id).scored) < 5:
            continue
        planted = plant_faults(gold.of(item.id).scored, item, spec.class_names, seed)
        labels = LabelSet(exercise=spec.id, items={item.id: ItemLabels(planted.annotations, done=True)})
        judged = review(labels, gold, spec.rubric, items=[item], classes=spec.class_names)
        kinds = {finding.kind for finding in judged.findings}
        assert {"extra", "low_overlap", "mismatching_label", "missing"} <= kinds, (item.id, seed)
    assert len(planted.faults) == 4


def test_too_few_boxes() -> None:
    with pytest.raises(ValueError, match="four boxes"):
        plant_faults([Box(f"b{k}", "duck", (0.0, 0.0, 9.0, 9.0)) for k in range(3)], ITEM, CLASSES, 1)


@pytest.mark.parametrize("seed", range(5))
def test_outlines_get_a_sloppy_one_one_left_out_and_one_renamed(seed: int) -> None:
    right = [star("a", 80, 80), star("b", 200, 200), star("c", 320, 80), star("d", 90, 220)]
    planted = plant_faults(right, ITEM, CLASSES, seed)
    left = {one.id: one for one in planted.annotations}
    assert len(left) == 3
    assert sum(one.label != "duck" for one in left.values()) == 1
    changed = [one for one in left.values() if one.rings != next(true for true in right if true.id == one.id).rings]
    (sloppy,) = changed
    assert len(sloppy.rings[0]) <= SLOPPY_CORNERS
    true = next(one for one in right if one.id == sloppy.id)
    assert float(iou([as_shape(sloppy.rings)], [as_shape(true.rings)])[0, 0]) < 0.8
    assert len(planted.faults) == 3


def test_masks_grow_and_one_alone_gets_one_fault() -> None:
    planted = plant_faults([disc("a", 100, 100, 25)], ITEM, CLASSES, 1)
    (mask,) = planted.annotations
    assert planted.faults == ("one region is painted too large",)
    assert decode_rle(mask.counts, mask.size).sum() > 1.3 * math.pi * 25**2
    two = plant_faults([disc("a", 100, 100, 25), disc("b", 300, 200, 25)], ITEM, CLASSES, 1)
    assert len(two.annotations) == 1
    assert len(two.faults) == 2


@pytest.mark.parametrize("seed", range(6))
def test_keypoints_get_a_swap_a_point_far_off_and_a_wrong_visibility(seed: int) -> None:
    (mine,) = plant_faults([PERSON], ITEM, CLASSES, seed).annotations
    assert mine.points["left_wrist"] == PERSON.points["right_wrist"]
    assert mine.points["right_wrist"] == PERSON.points["left_wrist"]
    others = [name for name in PERSON.points if "wrist" not in name]
    moved = [name for name in others if mine.points[name][:2] != PERSON.points[name][:2]]
    turned = [name for name in others if mine.points[name][2] != PERSON.points[name][2]]
    assert len(moved) == len(turned) == 1
    assert set(moved).isdisjoint(turned)
    assert "left_ankle" not in {*moved, *turned}
    assert all(0 <= x <= ITEM.width for x, _, _ in mine.points.values())


def test_nothing_to_plant_into() -> None:
    with pytest.raises(ValueError, match="nothing to plant"):
        plant_faults([Choice("class", "duck")], ITEM, CLASSES, 1)
    one_sided = msgspec.structs.replace(PERSON, points={"nose": (1.0, 1.0, 2)})
    with pytest.raises(ValueError, match="both joints of a pair"):
        plant_faults([one_sided], ITEM, CLASSES, 1)
