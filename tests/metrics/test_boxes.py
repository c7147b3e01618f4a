"""Overlap, matching and detection scores: small drawings that a person can check, and laws that always hold."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from pycocotools import mask as coco

from goldlabel.metrics import boxes as m

# --- strategies -------------------------------------------------------------------------------------------

sides = st.floats(0.5, 500, width=32)
corners = st.floats(-500, 500, width=32)
valid_boxes = st.tuples(corners, corners, sides, sides).map(lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3]))
any_boxes = st.tuples(corners, corners, corners, corners)
matrices = hnp.arrays(
    np.float64,
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    elements=st.sampled_from([0.0, 0.1, 0.3, 0.39, 0.4, 0.45, 0.6, 0.85, 1.0]) | st.floats(0, 1),
)
thresholds = st.sampled_from([0.0, 0.4, 0.5, 1.0])
counts = st.lists(st.integers(0, 40), min_size=3, max_size=3)


def best_by_force(matrix: np.ndarray, threshold: float) -> float:
    """Largest sum of usable overlaps over all one-to-one assignments, by trying every one."""
    usable = np.where((matrix >= threshold) & (matrix > 0), matrix, 0.0)
    if usable.shape[0] > usable.shape[1]:
        usable = usable.T
    rows, columns = usable.shape
    return max(
        (
            sum(usable[row, column] for row, column in enumerate(chosen))
            for chosen in permutations(range(columns), rows)
        ),
        default=0.0,
    )


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
    overlaps = np.array([[0.3, 0.5]])
    m.iou(first, second)
    m.match_one_to_one(overlaps, 0.4)
    assert first.tolist() == [[0, 0, 10, 10]]
    assert second.tolist() == [[5, 5, 2, 2]]
    assert overlaps.tolist() == [[0.3, 0.5]]


# --- matching ---------------------------------------------------------------------------------------------


def pairs(matches: m.Matches) -> list[tuple[int, int]]:
    return list(zip(matches.labels.tolist(), matches.gold.tolist(), strict=True))


def test_the_best_sum_wins_over_the_best_pair() -> None:
    #          gold 0  gold 1
    # label 0   0.90    0.80     greedy takes 0.90 and leaves label 1 with nothing (sum 0.90);
    # label 1   0.70    0.10     the best sum is 0.80 + 0.70 = 1.50
    matches = m.match_one_to_one([[0.90, 0.80], [0.70, 0.10]], 0.4)
    assert pairs(matches) == [(0, 1), (1, 0)]
    assert matches.iou.tolist() == [0.80, 0.70]


def test_overlaps_under_the_threshold_do_not_count() -> None:
    #          gold 0  gold 1
    # label 0   0.50    0.39     summed as they are, 0.39 + 0.39 = 0.78 would beat 0.50 + 0.10;
    # label 1   0.39    0.10     under 0.4 nothing counts, so 0.50 stands
    assert pairs(m.match_one_to_one([[0.50, 0.39], [0.39, 0.10]], 0.4)) == [(0, 0)]


@pytest.mark.parametrize(("overlap", "threshold", "matched"), [(0.4, 0.4, True), (0.3999, 0.4, False), (0, 0, False)])
def test_the_threshold_itself_matches_but_nothing_at_all_does_not(
    overlap: float, threshold: float, matched: bool
) -> None:
    assert bool(pairs(m.match_one_to_one([[overlap]], threshold))) is matched


@pytest.mark.parametrize("preferred", [0, 1])
def test_of_equal_pairs_the_preferred_one_wins(preferred: int) -> None:
    #          gold 0
    # label 0   0.80     as good as each other; the caller says which of them it would rather have
    # label 1   0.80
    matches = m.match_one_to_one([[0.8], [0.8]], 0.4, prefer=[[preferred == 0], [preferred == 1]])
    assert pairs(matches) == [(preferred, 0)]
    assert matches.iou.tolist() == [0.8]


def test_a_preference_makes_no_pair_and_beats_no_overlap() -> None:
    assert pairs(m.match_one_to_one([[0.3]], 0.4, prefer=[[True]])) == []
    assert pairs(m.match_one_to_one([[0.0]], 0.0, prefer=[[True]])) == []
    assert pairs(m.match_one_to_one([[0.800001], [0.8]], 0.4, prefer=[[False], [True]])) == [(0, 0)]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_to_match(shape: tuple[int, int]) -> None:
    matches = m.match_one_to_one(np.zeros(shape), 0.4)
    assert [part.shape for part in matches] == [(0,)] * 3


@settings(deadline=None, max_examples=200)
@given(matrices, thresholds)
def test_matching_is_the_best_there_is(matrix: np.ndarray, threshold: float) -> None:
    matches = m.match_one_to_one(matrix, threshold)
    assert matches.iou.sum() == pytest.approx(best_by_force(matrix, threshold))
    assert len(set(matches.labels)) == len(set(matches.gold)) == len(matches.iou)
    assert matches.labels.tolist() == sorted(matches.labels.tolist())
    assert (matches.iou >= threshold).all()
    assert (matches.iou > 0).all()
    assert np.array_equal(matrix[matches.labels, matches.gold], matches.iou)


@settings(deadline=None)
@given(matrices, st.randoms())
def test_pairs_under_the_threshold_change_nothing(matrix: np.ndarray, random: object) -> None:
    clean = np.where(matrix >= 0.4, matrix, 0.0)
    noisy = np.where(matrix >= 0.4, matrix, random.uniform(0, 0.399))
    assert m.match_one_to_one(clean, 0.4).iou.sum() == pytest.approx(m.match_one_to_one(noisy, 0.4).iou.sum())


@settings(deadline=None)
@given(matrices, st.randoms())
def test_order_does_not_change_the_sum(matrix: np.ndarray, random: object) -> None:
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = m.match_one_to_one(matrix[np.ix_(rows, columns)], 0.4)
    assert shuffled.iou.sum() == pytest.approx(m.match_one_to_one(matrix, 0.4).iou.sum())


# --- scores -----------------------------------------------------------------------------------------------


def test_scores_of_a_drawing() -> None:
    #   gold:    A   B   C   D
    #   labels:  a   b   x       e      a is A (IoU 0.9), b is B (IoU 0.7), x lies on C with the wrong class
    #                                   (IoU 0.8), D is missed, e is extra
    # found 2, wrong 2 (x, e), missed 2 (C, D), matched 3, overlaps 0.9 + 0.7 + 0.8
    row = [2, 2, 2, 2.4, 3]
    assert m.precision(row) == 0.5
    assert m.recall(row) == 0.5
    assert m.f1(row) == 0.5
    assert m.coverage(row) == 0.75
    assert m.mean_overlap(row) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("row", "precision", "recall", "f1", "coverage", "mean_overlap"),
    [
        ([0, 0, 0, 0, 0], 1, 1, 1, 1, 1),  # nothing there, nothing labelled
        ([0, 0, 4, 0, 0], 0, 0, 0, 0, 0),  # nothing labelled
        ([0, 4, 0, 0, 0], 0, 0, 0, 0, 0),  # nothing there, four labels
        ([0, 3, 5, 0, 0], 0, 0, 0, 0, 0),  # both, and nothing fits
        ([4, 0, 0, 4, 4], 1, 1, 1, 1, 1),  # perfect
    ],
    ids=["both empty", "no label", "no gold", "nothing fits", "perfect"],
)
def test_degenerate_scores(
    row: list[float], precision: float, recall: float, f1: float, coverage: float, mean_overlap: float
) -> None:
    got = [float(score(row)) for score in (m.precision, m.recall, m.f1, m.coverage, m.mean_overlap)]
    assert got == [precision, recall, f1, coverage, mean_overlap]


@settings(deadline=None)
@given(counts, st.integers(0, 40), st.floats(0.4, 1))
def test_scores_stay_within_bounds_and_f1_between_precision_and_recall(
    row: list[int], confused: int, overlap: float
) -> None:
    found, wrong, missed = row
    # Confused pairs are wrong labels and missed gold at once.
    row = [found, wrong + confused, missed + confused, overlap * (found + confused), found + confused]
    p, r, f = (float(score(row)) for score in (m.precision, m.recall, m.f1))
    assert all(
        0 <= float(score(row)) <= 1 + 1e-12 for score in (m.precision, m.recall, m.f1, m.coverage, m.mean_overlap)
    )
    assert min(p, r) - 1e-12 <= f <= max(p, r) + 1e-12
    assume(p + r > 0)
    assert f == pytest.approx(2 * p * r / (p + r))


@settings(deadline=None)
@given(st.lists(counts.map(lambda row: [*row, row[0] * 0.9, row[0]]), min_size=1, max_size=4))
def test_many_rows_at_once_are_the_same_as_one_by_one(rows: list[list[float]]) -> None:
    for score in (m.precision, m.recall, m.f1, m.coverage, m.mean_overlap):
        assert score(rows).tolist() == [float(score(row)) for row in rows]
        # Swapping sides swaps precision and recall.
    swapped = [[row[0], row[2], row[1], *row[3:]] for row in rows]
    assert m.precision(swapped).tolist() == m.recall(rows).tolist()
    assert m.f1(swapped).tolist() == m.f1(rows).tolist()
