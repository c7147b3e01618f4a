"""The packing line's pictures: every one is what its line says, and its gold follows the guideline."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from goldlabel.annotations import Choice, Gold, Mask, decode_gold
from goldlabel.data import load_items, media_path, practice_gold
from goldlabel.metrics.masks import decode_rle

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.line_gold import BRUISE_LIMIT  # noqa: E402
from studio.recipes import load_set  # noqa: E402

NAME = "sorting-line"
ITEMS = load_items(NAME)
SIZES = {"tag": (360, 270), "mask": (720, 540)}
COUNTS = {("practice", "tag"): 48, ("exam", "tag"): 96, ("practice", "mask"): 9, ("exam", "mask"): 12}
# The classes that each rule of the guideline may lead to.
RULES = {
    "R1": {"not_fruit"},
    "R2": {"sound"},
    "R3": {"rotten"},
    "R4": {"wormhole"},
    "R5": {"sound", "bruised"},
    "R6": {"sound"},
    "R7": {"sound"},
}
SHARES = {"sound": 0.34, "bruised": 0.20, "rotten": 0.18, "wormhole": 0.16, "not_fruit": 0.12}


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def tags(pool: str) -> dict[str, Choice]:
    """The one choice of every tag picture of a pool."""
    found = {}
    for item in ITEMS:
        if item.pool == pool and item.group == "tag":
            (choice,) = gold_of(pool).of(item.id).annotations
            assert isinstance(choice, Choice)
            found[item.id] = choice
    return found


def masks(pool: str) -> dict[str, list[Mask]]:
    """The masks of every mask picture of a pool."""
    found: dict[str, list[Mask]] = {}
    for item in ITEMS:
        if item.pool == pool and item.group == "mask":
            annotations = gold_of(pool).of(item.id).annotations
            found[item.id] = [one for one in annotations if isinstance(one, Mask)]
            assert len(found[item.id]) == len(annotations)
    return found


def test_both_pools_are_as_large_as_planned() -> None:
    assert Counter((item.pool, item.group) for item in ITEMS) == COUNTS


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_picture_is_what_its_line_says(item) -> None:
    path = media_path(NAME, item)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == item.sha256
    with Image.open(path) as picture:
        assert picture.size == (item.width, item.height) == SIZES[item.group]
        assert picture.format == "JPEG"


def test_no_line_gives_the_class_away() -> None:
    words = re.compile("sound|bruise|rot|worm|mould|hole|ball|stone|cap|leaf|twig|glove|toy|paper")
    assert not [item.id for item in ITEMS if words.search(item.alt + item.source + item.media)]


def test_the_pools_share_no_seed() -> None:
    entries = load_set("sorting_line").items.values()
    seeds = {pool: {entry.seed for entry in entries if entry.pool == pool} for pool in ("practice", "exam")}
    assert not seeds["practice"] & seeds["exam"]


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestTags:
    def test_gold_covers_its_pool_and_nothing_else(self, pool: str) -> None:
        assert set(gold_of(pool).items) == {item.id for item in ITEMS if item.pool == pool}

    def test_the_classes_come_in_the_planned_shares(self, pool: str) -> None:
        labels = [choice.label for choice in tags(pool).values()]
        for name, share in SHARES.items():
            assert labels.count(name) / len(labels) == pytest.approx(share, abs=0.02), name

    def test_the_rule_leads_to_the_class(self, pool: str) -> None:
        guideline = (ROOT / "datasets" / NAME / "exercises" / "w1-tags" / "guideline.md").read_text(encoding="utf-8")
        for item, choice in tags(pool).items():
            rule = choice.attributes["rule"]
            assert choice.label in RULES[str(rule)], item
            assert f"## {rule}. " in guideline
            assert str(choice.attributes["why"]).endswith(".")

    def test_no_bruise_lies_within_a_factor_of_two_of_the_limit(self, pool: str) -> None:
        found = {"sound": 0, "bruised": 0}
        for item, choice in tags(pool).items():
            width = choice.attributes.get("bruise_width")
            if width is None:
                continue
            assert width <= BRUISE_LIMIT / 2 or width >= BRUISE_LIMIT * 2, item
            if choice.label in found:
                found[choice.label] += 1
                assert (choice.label == "sound") == (width < BRUISE_LIMIT), item
        assert found["sound"] >= 3
        assert found["bruised"] >= 8

    def test_every_edge_case_of_the_guideline_is_there(self, pool: str) -> None:
        cases = Counter(str(choice.attributes["case"]) for choice in tags(pool).values())
        halves = sum(count for case, count in cases.items() if case.endswith("half in view"))
        assert halves >= 4
        for word, least in (("drops", 3), ("dirt", 3), ("sticker", 4), ("small bruise", 3)):
            assert sum(count for case, count in cases.items() if word in case) >= least, word
        assert cases["rotten, bruise"] >= 2
        assert cases["wormhole, bruise"] >= 2

    def test_half_a_fruit_is_about_a_half(self, pool: str) -> None:
        for item, choice in tags(pool).items():
            if str(choice.attributes["case"]).endswith("half in view"):
                assert 0.35 <= float(choice.attributes["in_picture"]) <= 0.65, item


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestMasks:
    def test_every_mask_can_be_painted(self, pool: str) -> None:
        for item, found in masks(pool).items():
            assert len(found) >= 2
            together = np.zeros((540, 720), dtype=int)
            for mask in found:
                region = decode_rle(mask.counts, mask.size)
                together += region
                assert region.shape == (540, 720)
                assert 1500 <= region.sum() <= 15000, (item, mask.id)
                assert region.sum() == mask.attributes["pixels"]
                assert mask.label in ("bruise", "rotten patch")
                _, pieces = ndimage.label(region, structure=np.ones((3, 3)))
                assert pieces == 1, (item, mask.id)
            assert together.max() == 1, item

    def test_both_classes_occur_often_enough(self, pool: str) -> None:
        labels = Counter(mask.label for found in masks(pool).values() for mask in found)
        assert labels["bruise"] >= 9
        assert labels["rotten patch"] >= 7
