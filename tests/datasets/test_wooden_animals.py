"""The published data set: every picture is what its line says, and its outlines are sound."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from goldlabel.annotations import Gold, Polygon, decode_gold, only
from goldlabel.data import load_items, media_path, practice_gold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.rings import filled  # noqa: E402

NAME = "wooden-animals"
CLASSES = {"cat", "duck", "elephant", "fish", "rabbit", "whale"}
ITEMS = load_items(NAME)


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def polygons(gold: Gold, item: str) -> tuple[Polygon, ...]:
    return only(gold.of(item).annotations, Polygon)


def crossings(ring: np.ndarray) -> int:
    """How many pairs of a closed ring's edges cross in their insides."""
    start, end = ring, np.roll(ring, -1, axis=0)

    def side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
        return np.sign((b - a)[..., 0] * (c - a)[..., 1] - (b - a)[..., 1] * (c - a)[..., 0])

    a, b, c, d = start[:, None], end[:, None], start[None], end[None]
    cross = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return int(cross.sum()) // 2


def test_a_bow_tie_crosses_itself() -> None:
    assert crossings(np.array([(0, 0), (4, 4), (4, 0), (0, 4)])) == 1
    assert not crossings(np.array([(0, 0), (4, 0), (4, 4), (0, 4)]))


def test_twelve_pictures_in_each_pool() -> None:
    for pool in ("practice", "exam"):
        assert sum(item.pool == pool for item in ITEMS) == 12


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_picture_is_what_its_line_says(item) -> None:
    path = media_path(NAME, item)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == item.sha256
    with Image.open(path) as picture:
        assert picture.size == (item.width, item.height) == (960, 640)
        assert picture.format == "JPEG"


def test_no_exam_gold_lies_with_the_data_set() -> None:
    exam = {item.id for item in ITEMS if item.pool == "exam"}
    assert exam
    assert not exam & set(practice_gold(NAME).items)


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestGold:
    def test_covers_its_pool_and_nothing_else(self, pool: str) -> None:
        assert set(gold_of(pool).items) == {item.id for item in ITEMS if item.pool == pool}

    def test_rings_do_not_cross_themselves_and_lie_in_the_picture(self, pool: str) -> None:
        gold = gold_of(pool)
        for item in gold.items:
            for polygon in polygons(gold, item):
                assert polygon.label in CLASSES
                for points in polygon.rings:
                    ring = np.array(points)
                    assert len(ring) >= 3
                    assert not crossings(ring), (item, polygon.id)
                    assert (ring >= 0).all(), (item, polygon.id)
                    assert (ring <= (960, 640)).all(), (item, polygon.id)

    def test_no_two_animals_share_pixels(self, pool: str) -> None:
        gold = gold_of(pool)
        for item in gold.items:
            masks = [filled(polygon.rings, (640, 960)) for polygon in polygons(gold, item)]
            together = np.sum(masks, axis=0)
            # Simplified neighbours may cross by a fraction of a pixel along their common edge.
            assert (together > 1).sum() < 0.005 * (together > 0).sum()

    def test_animals_are_large_enough_to_be_drawn_with_care(self, pool: str) -> None:
        gold = gold_of(pool)
        sides = []
        for item in gold.items:
            for polygon in polygons(gold, item):
                points = np.concatenate([np.array(ring) for ring in polygon.rings])
                sides.append(float(np.ptp(points, axis=0).min()))
        assert np.mean(np.array(sides) >= 80) > 0.85

    def test_every_class_occurs_often_and_every_difficulty_too(self, pool: str) -> None:
        gold = gold_of(pool)
        labels = [one.label for item in gold.items for one in polygons(gold, item) if not one.difficult]
        assert min(labels.count(name) for name in CLASSES) >= 7
        flags = [one.attributes for item in gold.items for one in polygons(gold, item)]
        assert sum(bool(flag["occluded"]) for flag in flags) >= 6
        assert sum(bool(flag["truncated"]) for flag in flags) >= 3
