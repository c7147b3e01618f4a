"""The toy town: every picture is what its line says, and its boxes and flags are sound."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from goldlabel.annotations import Box, Gold, decode_gold
from goldlabel.data import load_items, media_path, practice_gold

ROOT = Path(__file__).resolve().parents[2]
NAME = "toy-town"
CLASSES = ("bicycle", "bus", "car", "person", "truck")
WIDTH, HEIGHT = 960, 640
LEAST_SIDE, LEAST_VISIBLE, CUT_OFF, HIDDEN = 14, 0.25, 0.15, 0.05
ITEMS = load_items(NAME)
POOLS = ("practice", "exam")


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def boxes_of(pool: str) -> list[tuple[str, Box]]:
    return [(item, box) for item, one in gold_of(pool).items.items() for box in one.annotations]


def is_crowd(box: Box) -> bool:
    return bool(box.attributes.get("crowd"))


def at_an_edge(box: Box) -> bool:
    x1, y1, x2, y2 = box.xyxy
    return x1 == 0 or y1 == 0 or x2 == WIDTH or y2 == HEIGHT


def test_enough_pictures_in_both_pools() -> None:
    assert len(ITEMS) >= 32
    for pool in POOLS:
        assert sum(item.pool == pool for item in ITEMS) >= 14


def test_no_description_gives_the_labels_away() -> None:
    for item in ITEMS:
        assert item.alt
        assert not any(char.isdigit() for char in item.alt), item.id


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_picture_is_what_its_line_says(item) -> None:
    path = media_path(NAME, item)
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == item.sha256
    assert len(data) < 250_000
    with Image.open(path) as picture:
        assert picture.size == (item.width, item.height) == (WIDTH, HEIGHT)
        assert picture.format == "JPEG"


@pytest.mark.parametrize("pool", POOLS)
class TestGold:
    def test_covers_its_pool_and_nothing_else(self, pool: str) -> None:
        assert set(gold_of(pool).items) == {item.id for item in ITEMS if item.pool == pool}

    def test_every_box_lies_in_its_picture_and_has_a_class(self, pool: str) -> None:
        for item, one in gold_of(pool).items.items():
            assert len({box.id for box in one.annotations}) == len(one.annotations)
            for box in one.annotations:
                x1, y1, x2, y2 = box.xyxy
                assert 0 <= x1 < x2 <= WIDTH, (item, box.id)
                assert 0 <= y1 < y2 <= HEIGHT, (item, box.id)
                assert box.label in CLASSES

    def test_every_picture_has_work_to_do(self, pool: str) -> None:
        for item, one in gold_of(pool).items.items():
            scored = [box for box in one.annotations if not box.difficult]
            assert len(scored) >= 8, item
            assert len({box.label for box in scored}) >= 3, item

    def test_every_class_occurs_often_enough(self, pool: str) -> None:
        labels = [box.label for _, box in boxes_of(pool) if not box.difficult]
        assert min(labels.count(name) for name in CLASSES) >= 8

    def test_both_flags_occur_often_enough_to_be_judged(self, pool: str) -> None:
        scored = [box for _, box in boxes_of(pool) if not box.difficult]
        assert sum(bool(box.attributes["truncated"]) for box in scored) >= 12
        assert sum(bool(box.attributes["occluded"]) for box in scored) >= 40

    def test_what_is_truncated_touches_the_edge(self, pool: str) -> None:
        for item, box in boxes_of(pool):
            # Where something stands in front of the cut end, what is left to see need not reach the edge.
            if box.attributes["truncated"] and not box.attributes["occluded"]:
                assert at_an_edge(box), (item, box.id)

    def test_flags_agree_with_what_can_be_seen(self, pool: str) -> None:
        for item, box in boxes_of(pool):
            seen = float(box.attributes["visibility"])
            assert 0 < seen <= 1
            if not (box.attributes["truncated"] or box.attributes["occluded"]):
                # Up to 15 % outside the picture and 5 % hidden carry no flag.
                assert seen >= (1 - CUT_OFF) * (1 - HIDDEN) - 0.001, (item, box.id)
            if seen < LEAST_VISIBLE or min(box.width, box.height) < LEAST_SIDE:
                assert box.difficult, (item, box.id)

    def test_a_crowd_is_one_box_of_persons_and_its_members_have_none(self, pool: str) -> None:
        # One that other things hide almost wholly is set aside, like anything else.
        crowds = [(item, box) for item, box in boxes_of(pool) if is_crowd(box) and not box.difficult]
        assert len(crowds) >= 2
        for item, crowd in crowds:
            assert crowd.label == "person"
            x1, y1, x2, y2 = crowd.xyxy
            for box in gold_of(pool).of(item).annotations:
                a1, b1, a2, b2 = box.xyxy
                within = x1 <= a1 and y1 <= b1 and a2 <= x2 and b2 <= y2
                assert not within or box.id == crowd.id or box.label != "person", (item, box.id)


def test_a_rider_and_the_bicycle_have_boxes_of_their_own() -> None:
    ridden = 0
    for pool in POOLS:
        for item, bicycle in boxes_of(pool):
            if bicycle.label != "bicycle" or bicycle.difficult:
                continue
            x1, y1, x2, y2 = bicycle.xyxy
            for box in gold_of(pool).of(item).annotations:
                a1, b1, a2, b2 = box.xyxy
                middle = (a1 + a2) / 2
                ridden += box.label == "person" and x1 <= middle <= x2 and b1 < y1 < b2 < y2
    assert ridden >= 10
