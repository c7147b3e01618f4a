"""The published data set: every picture is what its line says, and its joints are sound."""

from __future__ import annotations

import hashlib
import math
from pathlib import Path

import pytest
from PIL import Image

from goldlabel.annotations import Gold, Keypoints, decode_gold, only
from goldlabel.data import load_items, media_path, practice_gold

ROOT = Path(__file__).resolve().parents[2]
NAME = "mannequins"
SIDES = ("left", "right")
JOINTS = {"nose"} | {
    f"{side}_{joint}"
    for side in SIDES
    for joint in ("eye", "ear", "shoulder", "elbow", "wrist", "hip", "knee", "ankle")
}
BONES = (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"))
ITEMS = load_items(NAME)


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def figures(gold: Gold) -> list[tuple[str, Keypoints]]:
    return [(item, one) for item in gold.items for one in only(gold.of(item).annotations, Keypoints)]


def test_ten_pictures_in_each_pool() -> None:
    for pool in ("practice", "exam"):
        assert sum(item.pool == pool for item in ITEMS) == 10


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_picture_is_what_its_line_says(item) -> None:
    path = media_path(NAME, item)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == item.sha256
    with Image.open(path) as picture:
        assert picture.size == (item.width, item.height) == (800, 600)
        assert picture.format == "JPEG"


def test_no_exam_gold_lies_with_the_data_set() -> None:
    exam = {item.id for item in ITEMS if item.pool == "exam"}
    assert exam
    assert not exam & set(practice_gold(NAME).items)


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestGold:
    def test_covers_its_pool_and_nothing_else(self, pool: str) -> None:
        gold = gold_of(pool)
        assert set(gold.items) == {item.id for item in ITEMS if item.pool == pool}
        assert all(1 <= len(gold.of(item).annotations) <= 2 for item in gold.items)

    def test_every_figure_has_all_joints_where_they_can_be(self, pool: str) -> None:
        for item, figure in figures(gold_of(pool)):
            assert set(figure.points) == JOINTS, item
            for name, (x, y, state) in figure.points.items():
                if state == 0:
                    assert (x, y) == (0, 0), (item, name)
                else:
                    assert state in (1, 2)
                    assert 0 <= x < 800, (item, name)
                    assert 0 <= y < 600, (item, name)

    def test_a_figure_is_large_and_its_bones_are_no_longer_than_it(self, pool: str) -> None:
        for item, figure in figures(gold_of(pool)):
            assert 5000 < figure.area < 120_000
            points = figure.points
            trunk = 0.35 * 600
            for side in SIDES:
                for start, end in BONES:
                    one, other = points[f"{side}_{start}"], points[f"{side}_{end}"]
                    if one[2] and other[2]:
                        assert math.dist(one[:2], other[:2]) < trunk, (item, side, start)

    def test_all_three_states_and_views_occur(self, pool: str) -> None:
        found = figures(gold_of(pool))
        states = [state for _, figure in found for _, _, state in figure.points.values()]
        assert states.count(2) > 0.6 * len(states)
        assert states.count(1) > 20
        assert states.count(0) >= 1
        faces = [figure.points["nose"][2] for _, figure in found]
        assert faces.count(2) >= 5
        assert faces.count(1) >= 1  # a view from behind
