"""Boxes and their overlap: small drawings that a person can check, and laws that always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools import mask as coco

from goldlabel.metrics import boxes as m

# --- strategies -------------------------------------------------------------------------------------------

sides = st.floats(0.5, 500, width=32)
corners = st.floats(-500, 500, width=32)
valid_boxes = st.tuples(corners, corners, sides, sides).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))
any_boxes = st.tuples(corners, corners, corners, corners)

# --- overlap ----------------------------------------------------------------------------------------------


def test_half_a_box() -> None:
    #   0    10
    #  0 +----+
    #    | A  |      A is 10 x 10, B is 10 x 20 and holds A.
    # 10 +----+      shared 100, together 200: IoU 1/2
    #    | B  |
    # 20 +----+
    assert m.iou([[0, 0, 10, 10]], [[0, 0, 10, 20]]).tolist() == [[0.5]]


def test_a_corner_overlaps() -> None:
    #   0   5   10   15
    #  0 +--------+
    #    | A  +---|----+ 5       A, B are 10 x 10; they share 5 x 5.
    # 10 +----|---+    |         25 / (100 + 100 - 25) = 1/7
    #         +--------+ 15
    assert m.intersection([[0, 0, 10, 10]], [[5, 5, 15, 15]]).tolist() == [[25.0]]
    assert m.iou([[0, 0, 10, 10]], [[5, 5, 15, 15]])[0, 0] == pytest.approx(1 / 7)


def test_boxes_that_touch_share_nothing() -> None:
    #   0    10   20
    #    +----+----+
    #    | A  | B  |    continuous pixels: the common edge has no area
    #    +----+----+
    assert m.iou([[0, 0, 10, 10]], [[10, 0, 20, 10], [10, 10, 20, 20], [0, 10, 10, 20]]).tolist() == [[0, 0, 0]]


def test_air_around_a_box() -> None:
    #    +----------+
    #    |  +----+  |    the object is 60 x 60, the box leaves 10 of air on each side:
    #    |  |    |  |    3600 / 6400 = 0.5625, the figure in the guideline's rule R3
    #    |  +----+  |
    #    +----------+
    assert m.iou([[0, 0, 80, 80]], [[10, 10, 70, 70]])[0, 0] == 0.5625


def test_a_pixel_is_one_wide() -> None:
    assert m.area([[10, 10, 20, 20], [0.25, 0.5, 0.75, 2.5]]).tolist() == [100.0, 1.0]


@pytest.mark.parametrize(
    "flat",
    [[5, 5, 5, 5], [5, 0, 5, 10], [0, 5, 10, 5], [10, 10, 0, 0], [10, 0, 0, 10], [0, 10, 10, 0]],
    ids=["a point", "upright line", "flat line", "corners swapped", "left and right swapped", "top and bottom swapped"],
)
def test_boxes_without_area_overlap_nothing(flat: list[float]) -> None:
    assert m.area([flat]).tolist() == [0.0]
    assert m.iou([flat], [flat, [0, 0, 10, 10]]).tolist() == [[0.0, 0.0]]
    assert m.iou([[0, 0, 10, 10]], [flat]).tolist() == [[0.0]]


@pytest.mark.parametrize(("first", "second", "shape"), [([], [], (0, 0)), ([[0, 0, 1, 1]], [], (1, 0))])
def test_no_boxes(first: list[list[float]], second: list[list[float]], shape: tuple[int, int]) -> None:
    assert m.iou(first, second).shape == shape
    assert m.iou(second, first).shape == shape[::-1]
    assert m.area([]).shape == (0,)


@pytest.mark.parametrize("wrong", [[1, 2, 3, 4], [[1, 2, 3]], [[[1, 2, 3, 4]]], [[1, 2, 3, 4, 5]]])
def test_other_shapes_are_refused(wrong: list[object]) -> None:
    with pytest.raises(ValueError, match=r"shape \(N, 4\)"):
        m.as_boxes(wrong)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        m.iou([[0, 0, value, 10]], [[0, 0, 10, 10]])


@settings(deadline=None)
@given(st.lists(any_boxes, max_size=5), st.lists(any_boxes, max_size=5))
def test_overlap_is_symmetric_and_within_bounds(first: list[tuple], second: list[tuple]) -> None:
    forward, backward = m.iou(first, second), m.iou(second, first)
    assert np.array_equal(forward, backward.T)
    assert (forward >= 0).all()
    assert (forward <= 1).all()


@settings(deadline=None)
@given(valid_boxes)
def test_a_box_overlaps_itself_wholly(box: tuple) -> None:
    assert m.iou([box], [box])[0, 0] == 1.0


@settings(deadline=None)
@given(st.lists(valid_boxes, min_size=1, max_size=4), st.lists(valid_boxes, min_size=1, max_size=4), st.randoms())
def test_order_of_boxes_does_not_matter(first: list[tuple], second: list[tuple], random: object) -> None:
    rows, columns = list(range(len(first))), list(range(len(second)))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = m.iou([first[r] for r in rows], [second[c] for c in columns])
    assert np.array_equal(shuffled, m.iou(first, second)[np.ix_(rows, columns)])


@settings(deadline=None)
@given(valid_boxes, valid_boxes, st.tuples(st.integers(-999, 999), st.integers(-999, 999)), st.floats(0.01, 100))
def test_moving_and_scaling_the_picture_changes_no_overlap(a: tuple, b: tuple, by: tuple, scale: float) -> None:
    before = m.iou([a], [b])[0, 0]
    shift = np.array([*by, *by])
    assert m.iou([np.array(a) + shift], [np.array(b) + shift])[0, 0] == pytest.approx(before, abs=1e-9)
    assert m.iou([np.array(a) * scale], [np.array(b) * scale])[0, 0] == pytest.approx(before, abs=1e-9)


def test_overlap_equals_pycocotools() -> None:
    random = np.random.default_rng(7)
    low = random.uniform(0, 600, (2, 120, 2))
    size = random.uniform(0.5, 300, (2, 120, 2))
    first, second = np.concatenate([low, low + size], axis=2)
    theirs = coco.iou(
        np.hstack([first[:, :2], first[:, 2:] - first[:, :2]]),
        np.hstack([second[:, :2], second[:, 2:] - second[:, :2]]),
        [0] * len(second),
    )
    assert (theirs > 0.3).sum() > 50  # the comparison is about something
    np.testing.assert_allclose(m.iou(first, second), theirs, rtol=0, atol=1e-9)


def test_inputs_are_not_changed() -> None:
    first, second = np.array([[0.0, 0, 10, 10]]), np.array([[5.0, 5, 2, 2]])
    m.iou(first, second)
    assert first.tolist() == [[0, 0, 10, 10]]
    assert second.tolist() == [[5, 5, 2, 2]]
