"""Bad labels to find, by eye and by a classifier's doubt."""

from __future__ import annotations

import pytest

from goldlabel.learning import suspects
from goldlabel.learning.noise import split


@pytest.mark.parametrize("seed", range(5))
def test_just_so_many_labels_are_wrong(seed) -> None:
    planted = suspects.plant(20, 4, seed)
    assert len(planted.wrong) == 4
    assert len(planted.pixels) == len(planted.given) == 20


def test_more_faults_than_digits() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        suspects.plant(3, 4)


def press(marked: set[int], seed: int = 1) -> tuple[str, list]:
    cards, check, told = suspects.spot_the_labels(20, 4, seed).children
    marks = [card.children[1] for card in cards.children]
    for k in marked:
        marks[k].value = True
    check.click()
    return told.value, marks


def test_marks_are_judged() -> None:
    wrong = suspects.plant(20, 4, 1).wrong
    right = min(set(range(20)) - wrong)
    assert "found 4 of the 4 wrong labels. Perfect" in press(set(wrong))[0]
    some = set(sorted(wrong)[:3])
    told, marks = press(some | {right})
    assert "found 3 of the 4 wrong labels, and marked 1 that is right. Red ones escaped you." in told
    (escaped,) = wrong - some
    assert marks[escaped].button_style == "danger"
    assert marks[right].button_style == "warning"
    assert "found 0 of the 4" in press(set())[0]


def test_doubt_finds_wrong_labels() -> None:
    order, wrong, given = suspects.doubts()
    assert sorted(order) == list(range(len(order)))
    truth = split(0).train_labels[order]
    assert ((given != truth) == wrong).all()
    assert wrong.sum() == round(0.05 * len(order))
    assert wrong[: len(order) // 10].sum() > 0.8 * wrong.sum()


def test_the_sentence_counts_what_the_sheet_shows() -> None:
    picture = suspects.doubtful(12)
    assert picture.html.count("✖ is a") == suspects.doubts()[1][:12].sum()
    assert f"12 that the program doubts most, {picture.html.count('✖')} are" in picture.text
