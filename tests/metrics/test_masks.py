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


# --- runs -------------------------------------------------------------------------------------------------


def runs(*rows: str) -> m.Runs:
    """A mask from a drawing of ``.`` and ``#``."""
    return m.as_runs([[sign == "#" for sign in row] for row in rows])


@settings(deadline=None, max_examples=200)
@given(any_mask)
def test_runs_know_area_and_bounds(mask: np.ndarray) -> None:
    read = m.decode_runs(m.encode_rle(mask), mask.shape)
    assert np.array_equal(read.edges, m.as_runs(mask).edges)
    assert read.area == mask.sum()
    box = coco.toBbox(coco.encode(np.asfortranarray(mask, dtype=np.uint8)))
    assert read.bounds == (box[0], box[1], box[0] + box[2], box[1] + box[3])


def test_runs_that_touch_are_one_and_empty_ones_none() -> None:
    # 2 of 0, 2 of 1, none of 0, 3 of 1, then 5 of 0 and none of 1: five pixels on end
    assert m.decode_runs("22015M", (3, 4)).edges.tolist() == m.as_runs(m.decode_rle("22015M", (3, 4))).edges.tolist()


def test_overlap_of_a_drawing() -> None:
    #   # # . .     . # # .     4 and 4 pixels, 2 shared: IoU 2 / 6, Dice 4 / 8
    #   # # . .     . # # .
    first, second = runs("##..", "##.."), runs(".##.", ".##.")
    assert m.intersection([first], [second]).tolist() == [[2.0]]
    assert m.iou([first], [second]).tolist() == [[pytest.approx(1 / 3)]]
    assert m.dice([first], [second]).tolist() == [[0.5]]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_overlaps_equal_pycocotools_and_keep_the_laws(data: st.DataObject) -> None:
    shape = data.draw(arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=25))
    stack = st.lists(arrays.arrays(np.bool_, shape), min_size=0, max_size=4)
    first, second = data.draw(stack), data.draw(stack)
    a, b = [m.as_runs(mask) for mask in first], [m.as_runs(mask) for mask in second]
    overlap = m.iou(a, b)
    assert overlap.shape == (len(a), len(b))
    assert np.array_equal(overlap, m.iou(b, a).T)
    np.testing.assert_allclose(m.dice(a, b), 2 * overlap / (1 + overlap), atol=1e-12)
    for row, mask in enumerate(first):
        for column, other in enumerate(second):
            assert m.intersection(a, b)[row, column] == (mask & other).sum()
            rest = m.difference(a[row], b[column])
            assert rest.area == (mask & ~other).sum()
            assert m.intersection([rest], [a[row], b[column]]).tolist() == [[rest.area, 0]]
    if a and b and all(mask.any() for mask in [*first, *second]):
        theirs = coco.iou(
            [coco.encode(np.asfortranarray(mask, dtype=np.uint8)) for mask in first],
            [coco.encode(np.asfortranarray(mask, dtype=np.uint8)) for mask in second],
            [0] * len(second),
        )
        np.testing.assert_allclose(overlap, theirs, atol=1e-12)


def test_empty_masks_and_other_sizes_overlap_nothing() -> None:
    empty, full, other = runs("..", ".."), runs("##", "##"), runs("###", "###")
    assert m.iou([empty, full, other], [empty, full]).tolist() == [[0, 0], [0, 1], [0, 0]]
    assert m.dice([empty], [empty]).tolist() == [[0.0]]
    assert m.iou([], [full]).shape == (0, 1)


def test_memory_grows_with_the_string_not_with_the_picture() -> None:
    # 45 million pixels, all of the region, in a handful of characters
    full = np.array([0, 45_000_000])
    counts = coco.frPyObjects({"counts": full.tolist(), "size": [5000, 9000]}, 5000, 9000)["counts"].decode()
    read = m.decode_runs(counts, (5000, 9000))
    assert (read.area, read.edges.shape, read.bounds) == (45_000_000, (1, 2), (0, 0, 9000, 5000))


# --- borders ----------------------------------------------------------------------------------------------


def test_border_of_a_square() -> None:
    # 20 x 20 pixels in a picture of 100 x 100: the diagonal is 141, 2 % of it 3 pixels; the core is 14 x 14
    mask = np.zeros((100, 100), dtype=bool)
    mask[40:60, 40:60] = True
    assert m.border(mask).sum() == 400 - 14 * 14
    # shifted by one pixel: the frames share two long and two short strips
    assert 0.5 < m.boundary_iou(mask, np.roll(mask, 1, axis=1)) < 0.75
    assert m.boundary_iou(mask, mask) == 1.0


def test_the_edge_of_the_picture_is_a_border() -> None:
    assert m.border(np.ones((100, 100), dtype=bool)).sum() == 100 * 100 - 94 * 94


def test_borders_feel_what_a_large_area_hides() -> None:
    mask = np.zeros((400, 400), dtype=bool)
    mask[50:350, 50:350] = True
    larger = np.zeros_like(mask)
    larger[44:356, 44:356] = True
    assert m.iou([m.as_runs(mask)], [m.as_runs(larger)])[0, 0] > 0.9
    assert m.boundary_iou(mask, larger) < 0.5


def test_nothing_has_no_border() -> None:
    none, tiny = np.zeros((9, 9), dtype=bool), np.zeros((9, 9), dtype=bool)
    tiny[4, 4] = True
    assert m.boundary_iou(none, none) == 0.0
    assert m.boundary_iou(none, tiny) == 0.0
    assert m.boundary_iou(tiny, tiny) == 1.0


@pytest.mark.parametrize("ratio", [0.005, 0.02, 0.05])
def test_borders_equal_faster_coco_eval(ratio: float) -> None:
    theirs = pytest.importorskip("faster_coco_eval").mask
    random = np.random.default_rng(5)
    for _ in range(5):
        mask = np.kron(random.uniform(size=(12, 17)) < 0.6, np.ones((11, 9))) > 0
        rle = coco.encode(np.asfortranarray(mask, dtype=np.uint8))
        found = theirs.decode(theirs.rleToBoundary(rle, ratio))
        assert np.array_equal(m.border(mask, ratio=ratio), found.astype(bool))
