"""Matching and detection scores: small tables that a person can check, and laws that always hold."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from goldlabel.metrics import detection as m

# --- strategies -------------------------------------------------------------------------------------------

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


# --- matching ---------------------------------------------------------------------------------------------


def pairs(matches: m.Matches) -> list[tuple[int, int]]:
    return list(zip(matches.labels.tolist(), matches.gold.tolist(), strict=True))


def test_the_best_sum_wins_over_the_best_pair() -> None:
    #          gold 0  gold 1
    # label 0   0.90    0.80     greedy takes 0.90 and leaves label 1 with nothing (sum 0.90);
    # label 1   0.70    0.10     the best sum is 0.80 + 0.70 = 1.50
    matches = m.match_one_to_one([[0.90, 0.80], [0.70, 0.10]], 0.4)
    assert pairs(matches) == [(0, 1), (1, 0)]
    assert matches.overlap.tolist() == [0.80, 0.70]


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
    assert matches.overlap.tolist() == [0.8]


def test_a_preference_makes_no_pair_and_beats_no_overlap() -> None:
    assert pairs(m.match_one_to_one([[0.3]], 0.4, prefer=[[True]])) == []
    assert pairs(m.match_one_to_one([[0.0]], 0.0, prefer=[[True]])) == []
    assert pairs(m.match_one_to_one([[0.800001], [0.8]], 0.4, prefer=[[False], [True]])) == [(0, 0)]


def test_overlaps_are_not_changed() -> None:
    overlaps = np.array([[0.3, 0.5]])
    m.match_one_to_one(overlaps, 0.4)
    assert overlaps.tolist() == [[0.3, 0.5]]


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_to_match(shape: tuple[int, int]) -> None:
    matches = m.match_one_to_one(np.zeros(shape), 0.4)
    assert [part.shape for part in matches] == [(0,)] * 3


@settings(deadline=None, max_examples=200)
@given(matrices, thresholds)
def test_matching_is_the_best_there_is(matrix: np.ndarray, threshold: float) -> None:
    matches = m.match_one_to_one(matrix, threshold)
    assert matches.overlap.sum() == pytest.approx(best_by_force(matrix, threshold))
    assert len(set(matches.labels)) == len(set(matches.gold)) == len(matches.overlap)
    assert matches.labels.tolist() == sorted(matches.labels.tolist())
    assert (matches.overlap >= threshold).all()
    assert (matches.overlap > 0).all()
    assert np.array_equal(matrix[matches.labels, matches.gold], matches.overlap)


@settings(deadline=None)
@given(matrices, st.randoms())
def test_pairs_under_the_threshold_change_nothing(matrix: np.ndarray, random: object) -> None:
    clean = np.where(matrix >= 0.4, matrix, 0.0)
    noisy = np.where(matrix >= 0.4, matrix, random.uniform(0, 0.399))
    assert m.match_one_to_one(clean, 0.4).overlap.sum() == pytest.approx(m.match_one_to_one(noisy, 0.4).overlap.sum())


@settings(deadline=None)
@given(matrices, st.randoms())
def test_order_does_not_change_the_sum(matrix: np.ndarray, random: object) -> None:
    rows, columns = list(range(matrix.shape[0])), list(range(matrix.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = m.match_one_to_one(matrix[np.ix_(rows, columns)], 0.4)
    assert shuffled.overlap.sum() == pytest.approx(m.match_one_to_one(matrix, 0.4).overlap.sum())


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
