"""Masks: run lengths equal to pycocotools, and overlaps of drawings that can be counted by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pycocotools import mask as coco

from goldlabel.metrics import masks as m

any_mask = arrays.arrays(np.bool_, arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=40))


# --- run lengths ------------------------------------------------------------------------------------------


def test_run_lengths_of_a_drawing() -> None:
    #   . # .      column by column: . .  # .  . #
    #   . . #      runs: two of 0, one of 1, two of 0, one of 1; from the fourth on minus the one two before: 0
    assert m.encode_rle([[False, True, False], [False, False, True]]) == "2120"


@pytest.mark.parametrize("value", [False, True])
def test_all_alike(value: bool) -> None:
    mask = np.full((3, 4), value)
    # Twelve is one character (48 + 12); the run of 0 that comes first may be empty.
    assert m.encode_rle(mask) == ("0<" if value else "<")
    assert np.array_equal(m.decode_rle(m.encode_rle(mask), (3, 4)), mask)


def test_nothing_at_all() -> None:
    assert m.encode_rle(np.zeros((0, 7))) == ""
    assert m.decode_rle("", (0, 7)).shape == (0, 7)


@settings(deadline=None, max_examples=300)
@given(any_mask)
def test_equal_to_pycocotools_both_ways(mask: np.ndarray) -> None:
    theirs = coco.encode(np.asfortranarray(mask, dtype=np.uint8))["counts"].decode()
    assert m.encode_rle(mask) == theirs
    assert np.array_equal(m.decode_rle(theirs, mask.shape), mask)


@pytest.mark.parametrize("share", [0.001, 0.5])
def test_large_masks_equal_pycocotools(share: float) -> None:
    mask = np.random.default_rng(3).uniform(size=(700, 900)) < share
    mask[200:500, 100:800] = True  # long runs: several characters a number, and negative differences
    theirs = coco.encode(np.asfortranarray(mask, dtype=np.uint8))["counts"].decode()
    assert m.encode_rle(mask) == theirs
    assert np.array_equal(m.decode_rle(theirs, mask.shape), mask)


@pytest.mark.parametrize(
    ("counts", "problem"),
    [
        ("", "add up to 0 pixels"),
        ("5", "add up to 5 pixels"),
        ("=", "longer than the mask"),
        ("<0", None),  # an empty run at the end does no harm
        ("O=", "negative"),  # -1, then 13
        ("<\u00fc", "character"),
        ("< ", "character"),
        ("<\x00", "character"),
        ("<p", "character"),
        ("\\", "cut off"),
        ("PPPPPPP0", "too long"),
        ("ooooooo?", "too long"),
    ],
)
def test_damaged_run_lengths(counts: str, problem: str | None) -> None:
    if problem is None:
        assert m.decode_rle(counts, (3, 4)).sum() == 0
    else:
        with pytest.raises(m.RleError, match=problem):
            m.decode_rle(counts, (3, 4))


@pytest.mark.parametrize("size", [(-1, 4), (4, -1), (10**6, 10**6), (1, 10**18)])
def test_no_memory_is_taken_for_an_absurd_size(size: tuple[int, int]) -> None:
    with pytest.raises(m.RleError, match="not read"):
        m.decode_rle("0", size)


@settings(deadline=None, max_examples=300)
@given(st.text(st.characters(min_codepoint=40, max_codepoint=120), max_size=40))
def test_any_string_is_a_mask_or_refused(counts: str) -> None:
    try:
        mask = m.decode_rle(counts, (5, 6))
    except m.RleError:
        return
    assert mask.shape == (5, 6)
    assert np.array_equal(m.decode_rle(m.encode_rle(mask), (5, 6)), mask)


def test_only_pictures_are_masks() -> None:
    with pytest.raises(ValueError, match=r"shape \(H, W\)"):
        m.encode_rle(np.zeros((2, 2, 2)))
