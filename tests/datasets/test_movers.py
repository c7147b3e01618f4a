"""What moves in a clip: it follows its way without a jolt, faces where it goes, and does as it is told."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))

from studio.movers import Does, Mover, moments

ACROSS = Mover("t1", "person", ((0.0, 0.0, 5.0), (1.0, 0.0, 5.0), (5.0, 0.0, -1.0)), seed=1, faces=0.0)


def test_it_waits_then_goes_and_stays_at_the_end() -> None:
    assert ACROSS.place(-1) == ACROSS.place(0.5) == (0.0, 5.0)
    assert ACROSS.place(5) == ACROSS.place(9) == (0.0, -1.0)
    heights = [ACROSS.place(time)[1] for time in moments(60, 10)]
    assert heights == sorted(heights, reverse=True)
    assert ACROSS.covered(6) == pytest.approx(6.0)


def test_it_faces_where_it_goes_and_then_where_it_went() -> None:
    assert ACROSS.yaw(0.2) == 0.0
    assert ACROSS.yaw(3) == ACROSS.yaw(8) == pytest.approx(-math.pi / 2)
    late = Mover("t2", "car", ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (2.0, -8.0, 0.0)), seed=1)
    assert abs(late.yaw(0.0)) == pytest.approx(math.pi)


def test_what_it_does() -> None:
    waving = Mover("t1", "person", ACROSS.way, seed=1, does=(Does("wave", 0.2, 0.8),))
    assert [waving.doing(time) for time in (0.1, 0.2, 0.79, 0.85, 3.0, 6.0)] == [
        "stand",
        "wave",
        "wave",
        "stand",
        "walk",
        "stand",
    ]
    assert waving.pose(0.3) != waving.pose(0.5)


def test_a_way_back_in_time_is_refused() -> None:
    with pytest.raises(ValueError, match="t1: an unknown kind, or a way"):
        Mover("t1", "car", ((1.0, 0.0, 0.0), (1.0, 5.0, 0.0)), seed=1)
    with pytest.raises(ValueError, match="t1"):
        Mover("t1", "ship", ((1.0, 0.0, 0.0), (2.0, 5.0, 0.0)), seed=1)
