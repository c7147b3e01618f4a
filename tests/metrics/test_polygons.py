"""Outlines: drawings that can be counted by hand, laws, and pixels equal to shapely's own answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, box, contains_xy

from goldlabel.metrics import boxes
from goldlabel.metrics import polygons as m

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
numbers = st.floats(-50, 50, width=32)
any_ring = st.lists(st.tuples(numbers, numbers), min_size=3, max_size=8)


def test_overlap_of_a_triangle_and_a_square() -> None:
    #   +-----+     the triangle is the half of the square under the falling diagonal:
    #   |\    |     shared 50, together 100
    #   |  \  |
    #   +-----+
    triangle = m.as_shape([[(0, 0), (10, 10), (0, 10)]])
    square = m.as_shape([SQUARE])
    assert m.area([triangle, square]).tolist() == [50.0, 100.0]
    assert m.intersection([triangle], [square]).tolist() == [[50.0]]
    assert m.iou([triangle], [square]).tolist() == [[0.5]]


def test_an_object_in_two_parts_is_one() -> None:
    #   +--+  +--+     5 x 10 and 5 x 10 in the square of 20 x 10
    parts = m.as_shape([[(0, 0), (5, 0), (5, 10), (0, 10)], [(15, 0), (20, 0), (20, 10), (15, 10)]])
    whole = m.as_shape([[(0, 0), (20, 0), (20, 10), (0, 10)]])
    assert m.iou([parts], [whole]).tolist() == [[0.5]]


def test_rings_that_overlap_count_once() -> None:
    assert m.area([m.as_shape([SQUARE, SQUARE])]).tolist() == [100.0]


@pytest.mark.parametrize(
    ("rings", "words"),
    [
        ([], "has no ring"),
        ([[(0, 0), (5, 5)]], "has a ring of 2 points"),
        ([[(0, 0)]], "has a ring of 1 point;"),
        ([[]], "has a ring of 0 points"),
        ([SQUARE, [(0, 0), (5, 5)]], "has a ring of 2 points"),
        ([[(0, 0), (float("nan"), 0), (5, 5)]], "not a number"),
        ([[(0, 0), (float("inf"), 0), (5, 5)]], "not a number"),
        ([[(0, 0), (1e300, 0), (5, 5)]], "far away"),
        ([[(0, 0), (10, 10), (10, 0), (0, 10)]], "crosses or touches itself near x 5, y 5"),  # a bow tie
        ([[(0, 0), (10, 10), (20, 20)]], "without area"),
        ([[(3, 3), (3, 3), (3, 3)]], "without area"),
        ([SQUARE], ""),
        ([SQUARE[::-1]], ""),
        ([[*SQUARE, SQUARE[0]]], ""),  # the first point again at the end
    ],
)
def test_problems_are_named(rings: list, words: str) -> None:
    assert words in m.problem(rings)
    assert bool(m.problem(rings)) is bool(words)
    if words:
        with pytest.raises(ValueError, match="the outline"):
            m.as_shape(rings)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(st.tuples(st.floats(), st.floats()), max_size=6), max_size=3))
def test_any_rings_are_an_outline_or_refused(rings: list) -> None:
    if not m.problem(rings):
        assert m.area([m.as_shape(rings)])[0] > 0


@settings(deadline=None)
@given(st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=1, max_size=4))
def test_overlap_of_boxes_is_that_of_boxes(corners: list) -> None:
    valid = [(min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1) for a, b, c, d in corners]
    shapes = [box(*one) for one in valid]
    np.testing.assert_allclose(m.iou(shapes, shapes), boxes.iou(valid, valid), atol=1e-9)


@settings(deadline=None)
@given(st.lists(any_ring.filter(lambda ring: not m.problem([ring])), min_size=1, max_size=3))
def test_overlap_is_symmetric_within_bounds_and_one_with_itself(rings: list) -> None:
    shapes = [m.as_shape([ring]) for ring in rings]
    overlap = m.iou(shapes, shapes)
    np.testing.assert_allclose(overlap, overlap.T, atol=1e-9)
    assert (overlap >= 0).all()
    assert (overlap <= 1).all()
    np.testing.assert_allclose(np.diag(overlap), 1, atol=1e-6)


def test_nothing_to_compare() -> None:
    square = m.as_shape([SQUARE])
    assert m.iou([], [square]).shape == (0, 1)
    assert m.iou([square], []).shape == (1, 0)
    empty = Polygon()
    assert m.iou([empty], [empty, square]).tolist() == [[0.0, 0.0]]


def test_pixels_of_a_drawing() -> None:
    #   centres at 0.5, 1.5 ...: a triangle with its corner at the top left
    mask = m.to_mask([[(0, 0), (3.2, 0), (0, 3.2)]], (3, 4))
    assert ["".join(".#"[value] for value in row) for row in mask.astype(int)] == ["###.", "##..", "#..."]


@settings(deadline=None, max_examples=150)
@given(any_ring)
def test_pixels_are_those_whose_centre_lies_inside(ring: list) -> None:
    mask = m.to_mask([ring], (30, 40))
    shape = Polygon(ring)
    if not shape.is_valid:
        return
    x, y = np.meshgrid(np.arange(40) + 0.5, np.arange(30) + 0.5)
    # Centres on the edge itself may fall to either side.
    clear = ~contains_xy(shape.boundary.buffer(1e-6), x, y)
    assert np.array_equal(mask[clear], contains_xy(shape, x, y)[clear])


def test_neighbours_share_no_pixel_and_leave_none() -> None:
    left, right = ((0, 0), (5.5, 0), (5.5, 9), (0, 9)), ((5.5, 0), (9, 0), (9, 9), (5.5, 9))
    masks = [m.to_mask([ring], (9, 9)) for ring in (left, right)]
    assert not (masks[0] & masks[1]).any()
    assert (masks[0] | masks[1]).all()
