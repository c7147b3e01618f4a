"""Intervals: the figures that the lessons quote, and what must hold for any count."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from goldlabel.metrics.detection import f1
from goldlabel.metrics.intervals import Interval, bootstrap, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "text"),
    [
        (18, 20, "70 to 97 %"),
        (54, 60, "80 to 95 %"),
        (0, 10, "0 to 28 %"),
        (10, 10, "72 to 100 %"),
        (0, 0, "0 to 100 %"),
    ],
)
def test_figures_that_are_quoted(successes: float, trials: float, text: str) -> None:
    assert str(wilson(successes, trials)) == text


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_wilson_equals_scipy(counted: tuple[int, int]) -> None:
    theirs = stats.binomtest(*counted).proportion_ci(method="wilson")
    ours = wilson(*counted)
    assert ours.low == pytest.approx(theirs.low, abs=1e-9)
    assert ours.high == pytest.approx(theirs.high, abs=1e-9)
    # Rounding may put the bound of 0 of n or n of n a hair beside the share itself.
    assert ours.low - 1e-12 <= counted[0] / counted[1] <= ours.high + 1e-12


@settings(deadline=None)
@given(st.integers(1, 500).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_right_and_wrong_are_mirror_images(counted: tuple[int, int]) -> None:
    right, trials = counted
    there, back = wilson(right, trials), wilson(trials - right, trials)
    assert there.low == pytest.approx(1 - back.high, abs=1e-12)


@pytest.mark.parametrize(("successes", "trials"), [(-1, 10), (11, 10)])
def test_more_successes_than_trials_are_refused(successes: int, trials: int) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        wilson(successes, trials)


def test_bootstrap_of_nothing_knows_nothing() -> None:
    assert bootstrap(np.empty((0, 5)), f1) == Interval(0.0, 1.0)


def test_bootstrap_of_one_item_or_of_equal_items_has_no_width() -> None:
    row = [3, 1, 1, 2.7, 3]
    for rows in ([row], [row] * 8):
        low, high = bootstrap(rows, f1)
        assert low == pytest.approx(0.75)
        assert high == pytest.approx(0.75)


def test_bootstrap_is_the_same_for_the_same_seed_and_holds_the_score() -> None:
    random = np.random.default_rng(3)
    found = random.integers(0, 6, 30)
    rows = np.column_stack([found, 5 - found, 5 - found, found * 0.9, found])
    first = bootstrap(rows, f1)
    assert first == bootstrap(rows, f1)
    assert first != bootstrap(rows, f1, seed=1)
    assert 0 <= first.low < float(f1(rows.sum(axis=0))) < first.high <= 1


def test_bootstrap_agrees_with_theory() -> None:
    """For a share of 200 independent items the percentile bootstrap is close to the normal interval."""
    rows = np.zeros((200, 1))
    rows[:140] = 1
    low, high = bootstrap(rows, lambda sums: sums[:, 0] / 200, resamples=4000)
    half = 1.96 * np.sqrt(0.7 * 0.3 / 200)
    assert low == pytest.approx(0.7 - half, abs=0.006)
    assert high == pytest.approx(0.7 + half, abs=0.006)


def test_wilson_never_leaves_0_to_1() -> None:
    for trials in range(1, 400):
        assert 0 <= wilson(0, trials).low <= wilson(0, trials).high < 1
        assert 0 < wilson(trials, trials).low <= wilson(trials, trials).high <= 1


def test_more_items_make_it_narrower() -> None:
    few = [[4, 1, 0, 3.6, 4], [2, 1, 3, 1.8, 2], [5, 0, 0, 4.5, 5], [1, 0, 4, 0.9, 1], [3, 2, 1, 2.7, 3]]
    narrow, wide = bootstrap(few * 20, f1), bootstrap(few, f1)
    assert narrow.high - narrow.low < (wide.high - wide.low) / 2
