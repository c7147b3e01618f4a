"""Intervals: the figures that the curriculum names, and the limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.boxes import f1
from goldlabel.metrics.intervals import Interval, bootstrap, wilson


@pytest.mark.parametrize(("right", "asked", "words"), [(18, 20, "70 to 97 %"), (54, 60, "80 to 95 %")])
def test_wilson_as_in_the_curriculum(right, asked, words) -> None:
    assert str(wilson(right, asked)) == words


def test_wilson_against_its_formula_worked_out() -> None:
    """Wilson 1927 with p = 0.5, n = 10, z = 1.96: 0.2366 to 0.7634."""
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)


def test_nothing_measured_nothing_known() -> None:
    assert wilson(0, 0) == (0, 1)
    assert bootstrap(np.zeros((0, 5)), f1) == (0, 1)


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 3"):
        wilson(4, 3)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(pair) -> None:
    right, asked = pair
    low, high = wilson(right, asked)
    assert 0 <= low <= right / asked + 1e-12
    assert right / asked - 1e-12 <= high <= 1


class TestBootstrap:
    ROWS = np.array([[9, 1, 1, 8, 9], [10, 0, 0, 9, 10], [5, 3, 5, 4, 6], [8, 2, 2, 7, 8], [10, 0, 0, 9, 10.0]])

    def test_same_seed_same_interval(self) -> None:
        assert bootstrap(self.ROWS, f1, seed=3) == bootstrap(self.ROWS, f1, seed=3)

    def test_holds_the_score(self) -> None:
        low, high = bootstrap(self.ROWS, f1)
        assert low < f1(self.ROWS.sum(axis=0)) < high

    def test_alike_items_leave_no_doubt(self) -> None:
        low, high = bootstrap(np.tile(self.ROWS[0], (6, 1)), f1)
        assert low == pytest.approx(high)

    def test_says_itself_in_percent(self) -> None:
        assert str(Interval(0.704, 0.951)) == "70 to 95 %"
