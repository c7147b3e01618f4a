"""Choices: oracles by hand and from scikit-learn, degenerate cases, laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sklearn

from goldlabel.metrics import choices


def test_the_matrix_has_gold_in_rows() -> None:
    #          labelled 0  1  2
    # gold 0            2  1  0
    # gold 1            0  1  0
    # gold 2            0  0  0
    matrix = choices.confusion_matrix([0, 0, 0, 1], [0, 0, 1, 1], 3)
    assert matrix.tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_cohens_worked_example() -> None:
    # observed 35/50 = 0.7; expected (25 * 30 + 25 * 20) / 2500 = 0.5; (0.7 - 0.5) / 0.5 = 0.4
    assert choices.cohen_kappa([[20, 5], [10, 15]]) == pytest.approx(0.4, abs=1e-12)


def test_figures_of_a_small_table() -> None:
    matrix = [[8, 2, 0], [1, 4, 0], [0, 0, 0]]
    assert choices.accuracy(matrix) == pytest.approx(12 / 15)
    assert choices.precision(matrix).tolist() == pytest.approx([8 / 9, 4 / 6, 1])
    assert choices.recall(matrix).tolist() == pytest.approx([8 / 10, 4 / 5, 1])
    assert choices.f1(matrix).tolist() == pytest.approx([16 / 19, 8 / 11, 1])
    # The third class occurs nowhere, so it does not lift the mean.
    assert choices.macro_f1(matrix) == pytest.approx((16 / 19 + 8 / 11) / 2)


def test_a_class_for_no_answer_is_left_out_of_the_mean() -> None:
    #          labelled 0  1  none
    # gold 0            3  0  1
    # gold 1            0  4  0
    matrix = [[3, 0, 1], [0, 4, 0], [0, 0, 0]]
    assert choices.macro_f1(matrix, first=2) == pytest.approx((6 / 7 + 1) / 2)
    assert choices.macro_f1(matrix) == pytest.approx((6 / 7 + 1 + 0) / 3)


def test_nothing_to_decide_is_right() -> None:
    nothing = np.zeros((3, 3))
    assert [float(one(nothing)) for one in (choices.accuracy, choices.macro_f1, choices.cohen_kappa)] == [1, 1, 1]
    assert choices.f1(nothing).tolist() == [1, 1, 1]


def test_one_class_only() -> None:
    assert float(choices.cohen_kappa([[9, 0], [0, 0]])) == 1.0
    # One constant answer to two classes agrees as often as chance does.
    assert float(choices.cohen_kappa([[5, 0], [5, 0]])) == 0.0
    assert choices.precision([[5, 0], [5, 0]]).tolist() == [0.5, 0.0]
    assert choices.recall([[5, 5], [0, 0]]).tolist() == [0.5, 0.0]


def test_opposite_answers_are_worse_than_chance() -> None:
    assert float(choices.cohen_kappa([[0, 5], [5, 0]])) == -1.0


@pytest.mark.parametrize("matrix", [[1, 2], [[1, 2, 3], [4, 5, 6]], [[-1, 0], [0, 1]], [[np.nan, 0], [0, 1]]])
def test_what_is_no_matrix_is_refused(matrix: object) -> None:
    with pytest.raises(ValueError, match="confusion matrix"):
        choices.accuracy(matrix)


def test_bad_indices_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        choices.confusion_matrix([0, 2], [0, 1], 2)
    with pytest.raises(ValueError, match="length"):
        choices.confusion_matrix([0], [0, 1], 2)


decisions = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60)


@given(decisions)
def test_equal_to_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    gold, labels = zip(*pairs, strict=True)
    matrix = choices.confusion_matrix(gold, labels, 4)
    assert matrix.tolist() == sklearn.confusion_matrix(gold, labels, labels=range(4)).tolist()
    assert choices.accuracy(matrix) == pytest.approx(sklearn.accuracy_score(gold, labels))
    assert choices.macro_f1(matrix) == pytest.approx(sklearn.f1_score(gold, labels, average="macro", zero_division=0))
    occurs = sorted({*gold, *labels})
    for ours, theirs in ((choices.precision, sklearn.precision_score), (choices.recall, sklearn.recall_score)):
        known = theirs(gold, labels, labels=occurs, average=None, zero_division=0)
        assert ours(matrix)[occurs] == pytest.approx(known)
    if len(occurs) > 1:  # with one class scikit-learn says nan
        assert choices.cohen_kappa(matrix) == pytest.approx(sklearn.cohen_kappa_score(gold, labels), abs=1e-12)


@given(decisions)
def test_laws(pairs: list[tuple[int, int]]) -> None:
    gold, labels = zip(*pairs, strict=True)
    matrix = choices.confusion_matrix(gold, labels, 4)
    turned = matrix.T
    assert choices.cohen_kappa(matrix) == pytest.approx(choices.cohen_kappa(turned))
    assert choices.precision(matrix) == pytest.approx(choices.recall(turned))
    assert -1 <= choices.cohen_kappa(matrix) <= choices.accuracy(matrix) + 1e-12 or choices.accuracy(matrix) == 1
    order = [2, 0, 3, 1]  # other names for the classes change nothing
    mixed = matrix[np.ix_(order, order)]
    for figure in (choices.accuracy, choices.macro_f1, choices.cohen_kappa):
        assert figure(mixed) == pytest.approx(figure(matrix))
        assert figure(np.stack([matrix, mixed])) == pytest.approx([float(figure(matrix)), float(figure(mixed))])
