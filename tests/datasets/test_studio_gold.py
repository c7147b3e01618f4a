"""Gold from masks: small hand-made masks whose boxes can be checked by eye."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.gold import box_annotations, visible_box, without_specks  # noqa: E402
from studio.recipes import FOLDER, load_set  # noqa: E402


def picture(text: str, scale: int = 1) -> np.ndarray:
    """Digits are things, dots are background; `scale` blows every character up to a square."""
    rows = [[0 if mark == "." else int(mark) for mark in line.strip()] for line in text.strip().splitlines()]
    return np.kron(np.array(rows), np.ones((scale, scale), dtype=int))


def test_a_box_ends_after_the_last_pixel() -> None:
    mask = picture("""
        ......
        ..11..
        ..111.
        ......
    """)
    assert visible_box(mask > 0) == (2.0, 1.0, 5.0, 3.0)


def test_an_empty_mask_has_no_box() -> None:
    with pytest.raises(ValueError, match="empty"):
        visible_box(np.zeros((3, 3), dtype=bool))


def test_specks_go_and_diagonal_pieces_hang_together() -> None:
    mask = picture("""
        11....1
        11.....
        ..11...
        ..11...
    """)
    kept = without_specks(mask > 0, least=4)
    assert kept.sum() == 8
    assert not kept[0, 6]


def test_one_box_round_two_visible_parts() -> None:
    """A jar (background) in front of a banana: the box spans both ends."""
    ids = picture("""
        ..........
        .11....11.
        .11....11.
        ..........
    """, scale=10)  # fmt: skip
    (box,) = box_annotations(ids, ["banana"], [(1600, 1600)])
    assert box["xyxy"] == [10.0, 10.0, 90.0, 30.0]
    assert box["attributes"] == {"truncated": False, "occluded": True, "visibility": 0.5, "difficult": False}


@pytest.mark.parametrize(
    ("whole", "inside", "expected"),
    [
        (400, 400, {"truncated": False, "occluded": False, "visibility": 1.0, "difficult": False}),
        (500, 400, {"truncated": True, "occluded": False, "visibility": 0.8, "difficult": False}),
        (450, 400, {"truncated": False, "occluded": False, "visibility": 0.889, "difficult": False}),
        (430, 430, {"truncated": False, "occluded": True, "visibility": 0.93, "difficult": False}),
        (2000, 2000, {"truncated": False, "occluded": True, "visibility": 0.2, "difficult": True}),
    ],
)
def test_flags(whole: int, inside: int, expected: dict[str, object]) -> None:
    ids = picture(".....\n.11..\n.11..\n.....", scale=10)
    (box,) = box_annotations(ids, ["pear"], [(whole, inside)])
    assert box["attributes"] == expected


def test_what_nobody_could_see_has_no_gold() -> None:
    ids = picture(".....\n.11..\n.11..\n.....", scale=3)
    assert box_annotations(ids, ["pear"], [(36, 36)]) == []  # 36 pixels
    ids = picture(".....\n.11..\n.11..\n.....", scale=10)
    assert box_annotations(ids, ["pear", "apple"], [(400, 400), (300, 300)])[0]["label"] == "pear"


def test_a_sliver_that_a_person_may_notice_is_set_aside() -> None:
    ids = picture(".....\n.11..\n.11..\n.....", scale=10)
    (box,) = box_annotations(ids, ["pear"], [(400 * 60, 400)])
    assert box["attributes"] == {"truncated": True, "occluded": False, "visibility": 0.017, "difficult": True}


def test_a_thin_slice_is_set_aside() -> None:
    ids = np.zeros((60, 60), dtype=int)
    ids[10:50, 20:33] = 1  # 13 wide
    (box,) = box_annotations(ids, ["lemon"], [(520, 520)])
    assert box["attributes"]["difficult"]


def test_ids_follow_reading_order_and_the_mask_is_not_changed() -> None:
    ids = picture("..22\n..22\n11..\n11..", scale=10)
    before = ids.copy()
    boxes = box_annotations(ids, ["apple", "lemon"], [(400, 400), (400, 400)])
    assert [(box["id"], box["label"]) for box in boxes] == [("g01", "lemon"), ("g02", "apple")]
    assert (ids == before).all()


SETS = sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("name", SETS)
def test_recipes_share_no_seed_between_the_pools(name: str) -> None:
    entries = load_set(name).items.values()
    seeds = {pool: {entry.seed for entry in entries if entry.pool == pool} for pool in ("practice", "exam")}
    assert seeds["practice"]
    assert seeds["exam"]
    assert not seeds["practice"] & seeds["exam"]
