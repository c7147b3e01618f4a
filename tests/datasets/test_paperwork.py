"""The published receipts and forms: every page is what its line says, and its word boxes are sound."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
import shapely
from PIL import Image

from goldlabel.annotations import Gold, WordBox, decode_gold, only
from goldlabel.data import load_items, media_path, practice_gold
from goldlabel.exercises import find_exercise

ROOT = Path(__file__).resolve().parents[2]
NAME = "paperwork"
ITEMS = load_items(NAME)
SIZES = {"scan": (840, 960), "photo": (900, 1200)}
MOST_BYTES = 150_000
LEAST_HEIGHT = 14
"""Pixels of the lowest word: one of small letters alone."""
MONEY = re.compile(r"-?\d+\.\d\d")
# Words of every day may stand on papers of both pools; names and numbers may not.
OWN = {"issuer", "person", "number"}
EVERYWHERE = {"&", "The", "Dr", "Mr", "Ms", "Library"}


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def words(gold: Gold, item: str) -> tuple[WordBox, ...]:
    return only(gold.of(item).annotations, WordBox)


def scored(gold: Gold, item: str) -> tuple[WordBox, ...]:
    return only(gold.of(item).scored, WordBox)


def amounts(page: tuple[WordBox, ...], field: str) -> list[Decimal]:
    found = [MONEY.search(word.text) for word in page if word.label == field]
    return [Decimal(match[0]) for match in found if match]


def test_enough_pages_of_both_kinds_in_both_pools() -> None:
    kinds = [(item.pool, item.group) for item in ITEMS]
    assert kinds.count(("practice", "scan")) == kinds.count(("practice", "photo")) == 6
    assert kinds.count(("exam", "scan")) == kinds.count(("exam", "photo")) == 4
    for name, factor in (("w3-documents", 3), ("w3-documents-exam", 1.5)):
        spec = find_exercise(name)
        assert len(spec.pool()) >= factor * spec.draw.count


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_picture_is_what_its_line_says(item) -> None:
    path = media_path(NAME, item)
    data = path.read_bytes()
    assert hashlib.sha256(data).hexdigest() == item.sha256
    assert len(data) <= MOST_BYTES
    with Image.open(path) as picture:
        assert picture.size == (item.width, item.height) == SIZES[item.group]
        assert picture.format == "JPEG"


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestGold:
    def test_covers_its_pool_and_nothing_else(self, pool: str) -> None:
        assert set(gold_of(pool).items) == {item.id for item in ITEMS if item.pool == pool}

    def test_a_page_is_short_and_every_word_has_an_id_a_field_and_a_text(self, pool: str) -> None:
        gold, fields = gold_of(pool), find_exercise("w3-documents").class_names
        for item in gold.items:
            page = words(gold, item)
            assert 14 <= len(page) <= 30, item
            assert len({word.id for word in page}) == len(page) == len(gold.of(item).annotations)
            for word in page:
                assert word.label in fields
                assert word.text, (item, word.id)
                assert not re.search(r"\s", word.text), (item, word.id)

    def test_corners_lie_on_the_page_and_run_clockwise_round_a_convex_word(self, pool: str) -> None:
        gold = gold_of(pool)
        for item in (one for one in ITEMS if one.pool == pool):
            for word in words(gold, item.id):
                ring = [*word.corners, *word.corners[:2]]
                for (ax, ay), (bx, by), (cx, cy) in zip(ring, ring[1:], ring[2:], strict=False):
                    assert 0 <= ax <= item.width, (item.id, word.text)
                    assert 0 <= ay <= item.height, (item.id, word.text)
                    # Turning right at each corner, as seen on the screen where y grows downward.
                    assert (bx - ax) * (cy - by) - (by - ay) * (cx - bx) > 0, (item.id, word.text)
                # The first corner is the top left one of an upright word.
                assert word.corners[0][0] < word.corners[1][0]
                assert word.corners[0][1] < word.corners[3][1]

    def test_words_are_large_enough_to_read(self, pool: str) -> None:
        gold = gold_of(pool)
        for item in gold.items:
            heights = sorted(shapely.LineString(word.corners[1:3]).length for word in words(gold, item))
            assert heights[0] >= LEAST_HEIGHT, item
            assert heights[len(heights) // 2] >= 20, item

    def test_no_two_words_overlap(self, pool: str) -> None:
        gold = gold_of(pool)
        for item in gold.items:
            shapes = [(word.text, shapely.Polygon(word.corners)) for word in words(gold, item)]
            for (first, a), (second, b) in combinations(shapes, 2):
                assert a.intersection(b).area <= 0.03 * min(a.area, b.area), (item, first, second)

    def test_prices_add_up_to_what_is_due(self, pool: str) -> None:
        gold, sums = gold_of(pool), 0
        for item in gold.items:
            prices, due = amounts(words(gold, item), "price"), amounts(words(gold, item), "amount_due")
            assert len(due) <= 1, item
            if prices:
                assert sum(prices) == due[0], item
                sums += 1
        assert sums >= 4

    def test_no_code_mixes_figures_with_letters_that_look_like_them(self, pool: str) -> None:
        gold = gold_of(pool)
        for item in gold.items:
            for word in words(gold, item):
                if re.search(r"\d", word.text):
                    assert not re.search(r"[OIlSB](?=\d)|(?<=\d)[OIlSB]", word.text), (item, word.text)

    def test_every_field_occurs_and_little_is_set_aside(self, pool: str) -> None:
        gold = gold_of(pool)
        labels = [word.label for item in gold.items for word in scored(gold, item)]
        assert min(labels.count(name) for name in find_exercise("w3-documents").class_names) >= 5
        aside = sum(word.difficult for item in gold.items for word in words(gold, item))
        assert 1 <= aside <= 0.05 * len(labels)


def test_the_pools_share_no_name_and_no_number() -> None:
    pools = []
    for pool in ("practice", "exam"):
        gold = gold_of(pool)
        found = {word.text for item in gold.items for word in words(gold, item) if word.label in OWN}
        pools.append({text for text in found - EVERYWHERE if len(text) > 2})
    assert not pools[0] & pools[1]


def test_an_exam_holds_sixty_decisions_for_any_draw() -> None:
    gold, spec = gold_of("exam"), find_exercise("w3-documents-exam")
    counts = sorted(len(scored(gold, item)) for item in gold.items)
    assert sum(counts[: spec.draw.count]) >= 60


def test_web_addresses_are_of_no_real_site() -> None:
    for pool in ("practice", "exam"):
        gold = gold_of(pool)
        for item in gold.items:
            for word in words(gold, item):
                if re.search(r"[a-z]\.[a-z]{2,}", word.text):
                    assert re.search(r"\.test($|/)", word.text), (item, word.text)
