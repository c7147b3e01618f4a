"""The published data set: every picture is what its line says, and its gold is sound."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from goldlabel.annotations import Box, Gold, decode_gold
from goldlabel.data import load_items, media_path, practice_gold
from goldlabel.exercises import find_exercise

ROOT = Path(__file__).resolve().parents[2]
NAME = "fruit-kitchen"
ITEMS = load_items(NAME)


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def scored(gold: Gold, item: str) -> list[Box]:
    return [box for box in gold.of(item).annotations if not box.difficult]


def test_enough_pictures_in_both_pools() -> None:
    assert len(ITEMS) >= 24
    for name, factor in (("w2-boxes", 2), ("w2-boxes-exam", 1.5)):
        spec = find_exercise(name)
        pool = [item for item in ITEMS if item.pool == spec.draw.pool]
        assert len(pool) >= factor * spec.draw.count


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_picture_is_what_its_line_says(item) -> None:
    path = media_path(NAME, item)
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == item.sha256
    with Image.open(path) as picture:
        assert picture.size == (item.width, item.height) == (960, 640)
        assert picture.format == "JPEG"


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestGold:
    def test_covers_its_pool_and_nothing_else(self, pool: str) -> None:
        assert set(gold_of(pool).items) == {item.id for item in ITEMS if item.pool == pool}

    def test_every_box_lies_in_its_picture(self, pool: str) -> None:
        classes = find_exercise("w2-boxes").class_names
        for item, one in gold_of(pool).items.items():
            assert len({box.id for box in one.annotations}) == len(one.annotations)
            for box in one.annotations:
                x1, y1, x2, y2 = box.xyxy
                assert 0 <= x1 < x2 <= 960, (item, box.id)
                assert 0 <= y1 < y2 <= 640, (item, box.id)
                assert box.label in classes

    def test_every_class_occurs_often_enough(self, pool: str) -> None:
        gold = gold_of(pool)
        labels = [box.label for item in gold.items for box in scored(gold, item)]
        assert min(labels.count(name) for name in find_exercise("w2-boxes").class_names) >= 8


def test_an_exam_holds_sixty_decisions_for_any_draw() -> None:
    gold, spec = gold_of("exam"), find_exercise("w2-boxes-exam")
    counts = sorted(len(scored(gold, item)) for item in gold.items)
    assert sum(counts[: spec.draw.count]) >= 60
