"""The live figures of week 2 say what the metrics say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from goldlabel.annotations import Box, Keypoints
from goldlabel.learning.files import misread
from goldlabel.learning.joints import swapped, tolerance_plot
from goldlabel.learning.outlines import most_important
from goldlabel.learning.painting import moved_edge
from goldlabel.metrics.boxes import iou

CIRCLE = tuple((50 + 40 * math.cos(math.tau * k / 90), 50 + 40 * math.sin(math.tau * k / 90)) for k in range(90))


def test_points_on_a_straight_edge_go_first() -> None:
    square = ((0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (10.0, 10.0), (4.0, 10.0), (0.0, 10.0))
    assert most_important(square, 4) == ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


@pytest.mark.parametrize("count", [3, 8, 20, 200])
def test_as_many_points_as_asked_for_in_their_order(count: int) -> None:
    kept = most_important(CIRCLE, count)
    assert len(kept) == min(count, 90)
    assert [point for point in CIRCLE if point in kept] == list(kept)


def test_an_edge_moves_by_its_pixels_and_back() -> None:
    rows, columns = np.ogrid[:100, :100]
    disc = (rows - 50) ** 2 + (columns - 50) ** 2 <= 20**2
    for by in (-3, 2, 6):
        moved = moved_edge(disc, by)
        assert moved[50].sum() == disc[50].sum() + 2 * by
        assert abs(moved.sum() - math.pi * (20 + by) ** 2) < 0.05 * moved.sum()
    assert (moved_edge(disc, 0) == disc).all()


def test_what_the_quiz_says_of_one_pixel() -> None:
    """A disc of radius 10 that is painted one pixel too large loses about a tenth of its Dice."""
    rows, columns = np.ogrid[:60, :60]
    disc = (rows - 30) ** 2 + (columns - 30) ** 2 <= 10**2
    mine = moved_edge(disc, 1)
    dice = 2 * (mine & disc).sum() / (mine.sum() + disc.sum())
    assert 0.88 <= dice <= 0.92


def test_swapping_twice_changes_nothing() -> None:
    one = Keypoints("k", "p", {"nose": (1.0, 2.0, 2), "left_hip": (3.0, 4.0, 1), "right_hip": (5.0, 6.0, 2)}, area=9.0)
    other = swapped(one)
    assert other.points == {"nose": (1.0, 2.0, 2), "left_hip": (5.0, 6.0, 2), "right_hip": (3.0, 4.0, 1)}
    assert swapped(other) == one


def test_the_plot_of_tolerances_is_a_picture() -> None:
    assert 'src="data:image/png;base64,' in tolerance_plot().html


def test_mix_ups_do_what_the_lesson_says() -> None:
    box = Box("b", "pear", (100.0, 50.0, 140.0, 70.0))
    assert misread(box, "size as corner").xyxy == (100.0, 50.0, 40.0, 20.0)
    assert misread(box, "corner as size").xyxy == (100.0, 50.0, 240.0, 120.0)
    assert misread(box, "centre as corner").xyxy == (120.0, 60.0, 160.0, 80.0)
    assert misread(box, "from 0").xyxy == (101.0, 51.0, 141.0, 71.0)
    assert float(iou([misread(box, "from 0").xyxy], [box.xyxy])[0, 0]) > 0.85
    with pytest.raises(ValueError, match="no mix-up is called"):
        misread(box, "upside down")
