"""An answer against many raters: figures by hand and what holds for any counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy as scipy_entropy

from goldlabel.metrics.emotions import (
    Compared,
    compare,
    cross_entropy,
    distribution,
    entropy,
    jensen_shannon,
    kl_divergence,
)

COUNTS = st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any)


def test_three_items_by_hand() -> None:
    #          angry happy sad
    counts = [[8, 1, 1], [5, 5, 0], [0, 0, 10]]
    assert compare(counts, [0, 1, 0]) == Compared(
        agreeing=pytest.approx((0.8 + 0.5 + 0) / 3),
        best=pytest.approx((0.8 + 0.5 + 1) / 3),
        typical=pytest.approx((56 / 90 + 40 / 90 + 1) / 3),
        majority=pytest.approx(2 / 3),
    )
    assert compare(counts, [None, None, None])[:2] == (0, pytest.approx((0.8 + 0.5 + 1) / 3))
    assert compare([[0, 0, 0]], [1]) == compare([], []) == (1, 1, 1, 1)


@pytest.mark.parametrize(("counts", "answers"), [([[1, 2]], []), ([[1, 2]], [2]), ([[1, 2]], [-1])])
def test_answers_that_do_not_fit(counts: list[list[int]], answers: list[int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        compare(counts, answers)


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf])
def test_bad_counts(bad: float) -> None:
    with pytest.raises(ValueError, match="finite numbers"):
        distribution([1, bad])


def test_distributions() -> None:
    assert distribution([3, 1]).tolist() == [0.75, 0.25]
    assert distribution([3, 0], smoothing=1).tolist() == [0.8, 0.2]
    assert distribution([0, 0]).tolist() == [0.5, 0.5]
    assert entropy([0.5, 0.5]) == 1
    assert entropy([1, 0]) == 0
    assert cross_entropy([0.5, 0.5], [1, 0]) == math.inf
    assert kl_divergence([1, 0], [0.5, 0.5]) == 1
    assert jensen_shannon([1, 0], [0, 1]) == 1


@given(COUNTS, COUNTS)
def test_the_same_as_scipy(one: list[int], other: list[int]) -> None:
    p, q = distribution(one), distribution(other, smoothing=0.5)
    assert float(entropy(p)) == pytest.approx(scipy_entropy(p, base=2))
    assert float(kl_divergence(p, q)) == pytest.approx(scipy_entropy(p, q, base=2), abs=1e-9)
    assert float(cross_entropy(p, q)) == pytest.approx(float(entropy(p) + kl_divergence(p, q)))
    assert float(jensen_shannon(p, q)) == pytest.approx(jensenshannon(p, q, base=2) ** 2, abs=1e-9)
    assert float(jensen_shannon(p, q)) == pytest.approx(float(jensen_shannon(q, p)))
    assert jensen_shannon([p, q], [q, q]).shape == (2,)


@given(st.lists(COUNTS, min_size=1, max_size=6), st.data())
def test_nobody_agrees_with_more_raters_than_the_largest_group_has(counts: list[list[int]], data) -> None:
    answers = [data.draw(st.integers(0, 3)) for _ in counts]
    found = compare(counts, answers)
    assert 0 <= found.agreeing <= found.best <= 1
    assert found.majority <= 1
    always = compare(counts, np.asarray(counts).argmax(axis=1).tolist())
    assert (always.agreeing, always.majority) == (pytest.approx(always.best), 1)
