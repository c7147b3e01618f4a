"""Overlap, matching and detection scores, against drawings that can be checked by eye and against an oracle."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics import boxes as m

coordinate = st.floats(-1e4, 1e4, allow_nan=False).map(lambda value: round(value, 3))
side = st.floats(0.5, 1e3).map(lambda value: round(value, 3))
box = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), coordinate, coordinate, side, side)
box_list = st.lists(box, max_size=6)
overlaps = st.integers(0, 4).flatmap(
    lambda rows: st.integers(0, 4).flatmap(
        lambda columns: st.lists(st.floats(0, 1), min_size=rows * columns, max_size=rows * columns).map(
            lambda values: np.array(values).reshape(rows, columns)
        )
    )
)


class TestIou:
    def test_half(self) -> None:
        """
        0   10
        +---+  0
        |AB |       A = (0, 0, 10, 10), B = (0, 0, 10, 20): shared 100, together 200
        +---+ 10
        | B |
        +---+ 20
        """
        assert m.iou([[0, 0, 10, 10]], [[0, 0, 10, 20]]) == pytest.approx(0.5)

    def test_a_seventh(self) -> None:
        """
        +------+            A = (0, 0, 10, 10), B = (5, 5, 15, 15)
        |A  +--+---+        shared 25, together 175
        +---+--+  B|
            +------+
        """
        assert m.iou([[0, 0, 10, 10]], [[5, 5, 15, 15]])[0, 0] == pytest.approx(1 / 7)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ([[0, 0, 10, 10]], [[10, 0, 20, 10]]),  # they touch
            ([[5, 5, 5, 9]], [[5, 5, 5, 9]]),  # no area, though equal
            ([[10, 10, 0, 0]], [[0, 0, 10, 10]]),  # corners swapped
        ],
    )
    def test_nothing_shared(self, first, second) -> None:
        assert m.iou(first, second)[0, 0] == 0

    def test_shapes_of_nothing(self) -> None:
        assert m.iou([], []).shape == (0, 0)
        assert m.iou([], [[0, 0, 1, 1]]).shape == (0, 1)

    @pytest.mark.parametrize("bad", [[1, 2, 3, 4], [[1, 2, 3]], [[0, 0, float("nan"), 1]], [[0, 0, float("inf"), 1]]])
    def test_refuses_what_is_no_box(self, bad) -> None:
        with pytest.raises(ValueError, match="boxes must"):
            m.iou(bad, [[0, 0, 1, 1]])

    @given(box_list, box_list)
    def test_symmetric_and_bounded(self, first, second) -> None:
        there, back = m.iou(first, second), m.iou(second, first)
        assert np.allclose(there, back.T)
        assert ((there >= 0) & (there <= 1 + 1e-9)).all()

    @given(box, st.floats(-100, 100), st.floats(0.1, 10))
    def test_shift_and_scale_change_nothing(self, one, shift, scale) -> None:
        other = (one[0] + 1, one[1] + 2, one[2] + 3, one[3])
        before = m.iou([one], [other])
        moved = m.iou([np.array(one) * scale + shift], [np.array(other) * scale + shift])
        assert moved == pytest.approx(before, abs=1e-6)

    def test_equal_to_pycocotools(self) -> None:
        mask = pytest.importorskip("pycocotools.mask")
        rng = np.random.default_rng(7)
        corner, size = rng.uniform(0, 900, (2, 60, 2)), rng.uniform(0.1, 300, (2, 60, 2))
        first, second = (np.hstack([corner[k], corner[k] + size[k]]) for k in (0, 1))
        theirs = mask.iou(np.hstack([corner[0], size[0]]), np.hstack([corner[1], size[1]]), [0] * 60)
        assert np.abs(m.iou(first, second) - theirs).max() < 1e-9


class TestMatching:
    def test_takes_the_best_sum_not_the_greedy_one(self) -> None:
        """Greedy would take 0.9 first and be left with nothing; the best sum pairs both."""
        matches = m.match_one_to_one([[0.9, 0.8], [0.7, 0.0]], 0.4)
        assert matches.labels.tolist() == [0, 1]
        assert matches.gold.tolist() == [1, 0]

    def test_a_pair_under_the_bar_displaces_no_pair_above(self) -> None:
        """0.39 + 0.39 is more than 0.7, but neither of the two counts."""
        matches = m.match_one_to_one([[0.7, 0.39], [0.39, 0.0]], 0.4)
        assert list(zip(matches.labels.tolist(), matches.gold.tolist(), strict=True)) == [(0, 0)]

    def test_nothing(self) -> None:
        assert len(m.match_one_to_one(np.zeros((0, 3)), 0.4).labels) == 0
        assert len(m.match_one_to_one(np.zeros((2, 2)), 0.0).labels) == 0

    @given(overlaps, st.floats(0.01, 1))
    def test_as_good_as_trying_everything(self, matrix, threshold) -> None:
        matches = m.match_one_to_one(matrix, threshold)
        assert (matches.iou >= threshold).all()
        assert len(set(matches.labels)) == len(set(matches.gold)) == len(matches.labels)
        usable = np.where(matrix >= threshold, matrix, 0)
        if usable.shape[0] > usable.shape[1]:
            usable = usable.T
        rows, columns = usable.shape
        best = max(
            (sum(usable[row, chosen[row]] for row in range(rows)) for chosen in permutations(range(columns), rows)),
            default=0,
        )
        assert matches.iou.sum() == pytest.approx(best)


class TestScores:
    # found, wrong, missed, overlap, matched
    NOTHING = (0, 0, 0, 0, 0)

    def test_by_hand(self) -> None:
        counts = (3, 1, 2, 2.4, 3)
        assert m.precision(counts) == pytest.approx(3 / 4)
        assert m.recall(counts) == pytest.approx(3 / 5)
        assert m.f1(counts) == pytest.approx(6 / 9)
        assert m.mean_iou(counts) == pytest.approx(0.8)
        assert m.coverage(counts) == pytest.approx(3 / 5)

    @pytest.mark.parametrize("score", [m.precision, m.recall, m.f1, m.mean_iou, m.coverage])
    def test_nothing_asked_nothing_wrong(self, score) -> None:
        assert score(self.NOTHING) == 1

    @pytest.mark.parametrize("score", [m.precision, m.recall, m.f1, m.mean_iou, m.coverage])
    @pytest.mark.parametrize("counts", [(0, 2, 0, 0, 0), (0, 0, 2, 0, 0)], ids=["only extra", "only missed"])
    def test_one_side_empty(self, score, counts) -> None:
        assert score(counts) == 0

    def test_rows_at_once(self) -> None:
        assert m.f1([[1, 0, 0, 1, 1], [0, 1, 1, 0, 0]]).tolist() == [1, 0]
