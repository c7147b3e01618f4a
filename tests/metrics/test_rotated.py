"""Rotated boxes: corners by hand, overlap equal to plain boxes where nothing is turned, and the turn's period."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.metrics import boxes
from goldlabel.metrics import rotated as m

sizes = st.floats(1, 200, width=32)
places = st.floats(-200, 200, width=32)
turns = st.floats(-720, 720, width=32)


def test_corners_turn_clockwise_on_the_screen() -> None:
    #    1 +---+ 2          y points down: a quarter turn takes the top left corner to the top right
    #      |   |     ->
    #    4 +---+ 3
    assert m.corners([[10, 10]], [[4, 2]], [0]).tolist() == [[[8, 9], [12, 9], [12, 11], [8, 11]]]
    assert m.corners([[10, 10]], [[4, 2]], [90]).round(9).tolist() == [[[11, 8], [11, 12], [9, 12], [9, 8]]]


def test_a_square_on_its_corner() -> None:
    # a square of side 2 turned by 45 degrees over itself: a regular octagon, area 8 (sqrt 2 - 1)
    shared = 8 * (np.sqrt(2) - 1)
    overlap = m.iou(([[0, 0]], [[2, 2]], [0]), ([[0, 0]], [[2, 2]], [45]))[0, 0]
    assert overlap == pytest.approx(shared / (8 - shared))


@settings(deadline=None)
@given(st.lists(st.tuples(places, places, sizes, sizes), min_size=1, max_size=4))
def test_at_no_turn_it_is_the_overlap_of_boxes(rows: list) -> None:
    table = np.array(rows)
    middle, size, none = table[:, :2], table[:, 2:], np.zeros(len(table))
    plain = np.hstack([middle - size / 2, middle + size / 2])
    np.testing.assert_allclose(m.iou((middle, size, none), (middle, size, none)), boxes.iou(plain, plain), atol=1e-7)


@settings(deadline=None)
@given(places, places, sizes, sizes, turns)
def test_half_a_turn_is_the_same_box_and_a_quarter_swaps_the_sides(
    x: float, y: float, width: float, height: float, turn: float
) -> None:
    here = ([[x, y]], [[width, height]], [turn])
    assert m.iou(here, ([[x, y]], [[width, height]], [turn + 180]))[0, 0] == pytest.approx(1, abs=1e-6)
    assert m.iou(here, ([[x, y]], [[height, width]], [turn + 90]))[0, 0] == pytest.approx(1, abs=1e-6)


def test_boxes_that_differ_in_the_last_digit_share_everything() -> None:
    random = np.random.default_rng(0)
    middles, sizes, turns = (
        random.uniform(0, 500, (2000, 2)),
        random.uniform(1, 200, (2000, 2)),
        random.uniform(0, 360, 2000),
    )
    overlaps = [
        m.iou(([middle], [size], [turn]), ([middle], [size], [turn + 180]))[0, 0]
        for middle, size, turn in zip(middles, sizes, turns, strict=True)
    ]
    # Without snapping, GEOS 3.14 loses one of these.
    assert min(overlaps) > 1 - 1e-6


@pytest.mark.parametrize(
    ("first", "second", "apart"), [(0, 0, 0), (0, 180, 0), (179, 1, 2), (0, 90, 90), (-45, 45, 90), (10, 370, 0)]
)
def test_directions(first: float, second: float, apart: float) -> None:
    assert m.angle_difference(first, second) == pytest.approx(apart)
    assert m.angle_difference(second, first) == pytest.approx(apart)


@given(turns, turns)
def test_directions_are_never_further_than_a_right_angle(first: float, second: float) -> None:
    assert 0 <= m.angle_difference(first, second) <= 90


def test_no_boxes() -> None:
    assert m.iou(([], [], []), ([[0, 0]], [[2, 2]], [0])).shape == (0, 1)
