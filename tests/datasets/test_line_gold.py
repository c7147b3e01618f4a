"""The packing line's gold: classes from what is seen, sizes from masks, items from cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest

from goldlabel.metrics.masks import decode_rle

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.line_gold import Look, Mark, extents, look, mask_annotations, tag  # noqa: E402
from studio.line_plan import expand  # noqa: E402

WIDTH = 100.0


def seen(**lengths: float) -> Look:
    """A fruit 100 pixels wide with one round mark for each keyword, as long as told."""
    marks = tuple(Mark(kind, round(length**2 * 0.78), 0, length, length) for kind, length in lengths.items())
    return Look(8000, 0, WIDTH, marks)


class TestTag:
    @pytest.mark.parametrize(
        ("marks", "label", "rule"),
        [
            ({}, "sound", "R6"),
            ({"sticker": 30}, "sound", "R7"),
            ({"bruise": 8}, "sound", "R5"),
            ({"bruise": 45}, "bruised", "R5"),
            ({"bruise": 45, "sticker": 30}, "bruised", "R5"),
            ({"wormhole": 15}, "wormhole", "R4"),
            ({"bruise": 60, "wormhole": 15}, "wormhole", "R4"),
            ({"rot": 40}, "rotten", "R3"),
            ({"bruise": 60, "rot": 30}, "rotten", "R3"),
            ({"wormhole": 15, "rot": 30}, "rotten", "R3"),
        ],
    )
    def test_the_first_rule_that_fits_decides(self, marks: dict[str, float], label: str, rule: str) -> None:
        assert tag(seen(**marks), "apple")[:2] == (label, rule)

    def test_the_limit_itself_counts_as_bruised(self) -> None:
        assert tag(seen(bruise=20.0), "pear")[0] == "bruised"
        assert tag(seen(bruise=19.9), "pear")[0] == "sound"

    def test_what_lies_outside_the_picture_is_no_matter(self) -> None:
        hidden = Look(4000, 4000, WIDTH, (Mark("rot", 0, 2000, 0.0, 0.0),))
        assert tag(hidden, "orange", half=True)[:2] == ("sound", "R2")

    def test_a_leaf_is_natural_and_dirt_comes_off(self) -> None:
        assert tag(seen(), "apple", extras=["leaf"])[1] == "R6"
        assert tag(seen(), "apple", extras=["dirt"])[1] == "R7"

    def test_the_reason_names_what_was_seen(self) -> None:
        why = tag(seen(bruise=52.0), "lemon")[2]
        assert "50 %" in why
        assert "lemon" in why


class TestExtents:
    def test_a_bar_is_as_long_and_as_broad_as_drawn(self) -> None:
        mask = np.zeros((40, 60), dtype=bool)
        mask[10:15, 20:50] = True
        longest, least = extents(mask)
        assert longest == pytest.approx(np.hypot(29, 4) + 1, abs=0.2)
        assert least == pytest.approx(5.0)

    def test_nothing_has_no_extent_and_a_pixel_has_one(self) -> None:
        mask = np.zeros((5, 5), dtype=bool)
        assert extents(mask) == (0.0, 0.0)
        mask[2, 2] = True
        assert extents(mask) == (1.0, 1.0)


def test_a_look_counts_inside_and_beyond_the_picture() -> None:
    ids = np.zeros((8, 12), dtype=int)
    ids[2:6, 0:8] = 1  # the fruit: two of its eight columns lie in the margin on the left
    ids[3:5, 1:4] = 2  # a bruise across the picture's edge
    fruit = look(ids, 2, 1, [(2, "bruise")])
    assert (fruit.pixels, fruit.beyond) == (24, 8)
    assert fruit.inside == 0.75
    assert (fruit.marks[0].pixels, fruit.marks[0].beyond) == (4, 2)
    assert fruit.width == pytest.approx(4.0)


class TestMasks:
    def test_a_mask_comes_back_pixel_for_pixel(self) -> None:
        ids = np.zeros((30, 50), dtype=int)
        ids[12:20, 5:15] = 4
        ids[3:9, 30:44] = 2
        first, second = mask_annotations(ids, [(4, "rot", "apple"), (2, "bruise", "pear"), (7, "sticker", "pear")])
        assert [first["label"], second["label"]] == ["bruise", "rotten patch"]
        assert [first["id"], second["id"]] == ["m01", "m02"]
        assert (decode_rle(first["counts"], tuple(first["size"])) == (ids == 2)).all()
        assert second["attributes"]["pixels"] == 80

    def test_a_mark_that_nobody_sees_is_refused(self) -> None:
        with pytest.raises(ValueError, match="nowhere"):
            mask_annotations(np.zeros((9, 9), dtype=int), [(1, "rot", "apple")])


class TestPlan:
    TABLE: ClassVar[dict[str, Any]] = {
        "groups": {
            "tag": {
                "framing": "close", "width": 36, "height": 27, "samples": 1,
                "first": {"practice": 1, "exam": 201}, "seed": {"practice": 100, "exam": 900},
            },
        },
        "seeds": {"sl-002": 777},
        "cases": [
            {"name": "sound", "difficulty": "easy", "count": {"practice": 2, "exam": 1}},
            {"name": "rotten", "marks": ["rot"], "difficulty": "easy", "count": {"practice": 1}},
        ],
    }  # fmt: skip

    def test_every_case_comes_as_often_as_told(self) -> None:
        items = expand(self.TABLE)
        assert sorted(item["case"] for item in items if item["pool"] == "practice") == ["rotten", "sound", "sound"]
        assert [item["id"] for item in items] == ["sl-001", "sl-002", "sl-003", "sl-201"]

    def test_one_seed_changes_without_the_others(self) -> None:
        assert [item["seed"] for item in expand(self.TABLE)] == [100, 777, 102, 900]
