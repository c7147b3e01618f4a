"""The placement check says where to begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldlabel.errors import ExerciseError
from goldlabel.learning.placement import Placement, hand_advice
from goldlabel.workbench import Exercise

FILE = Path(__file__).resolve().parents[2] / "course" / "start.placement.toml"


@pytest.fixture
def placement() -> Placement:
    return Placement.open(FILE)


def right(placement: Placement) -> list[list[int | None]]:
    return [[question.right for question in area.questions] for area in placement.areas]


def test_all_right_is_known_and_nothing_chosen_is_new(placement: Placement) -> None:
    for area, sentence in zip(placement.areas, placement.advice(right(placement)), strict=True):
        assert sentence.endswith(area.known)
    nothing = [[None] * len(area.questions) for area in placement.areas]
    for area, sentence in zip(placement.areas, placement.advice(nothing), strict=True):
        assert sentence == f"{area.name}: 0 of {len(area.questions)} right. {area.new}"


def test_one_slip_in_four_still_counts_as_known(placement: Placement) -> None:
    answers = right(placement)
    answers[0][0] = None
    assert placement.advice(answers)[0].endswith(placement.areas[0].known)
    answers[0][1] = None
    assert placement.advice(answers)[0].endswith(placement.areas[0].new)


def test_only_what_was_wrong_is_explained(placement: Placement) -> None:
    answers = right(placement)
    assert "<details>" not in placement.result_html(answers)
    answers[1][0] = 0
    html = placement.result_html(answers)
    assert placement.areas[1].questions[0].why in html
    assert placement.areas[0].questions[0].why not in html


def test_answers_do_not_give_themselves_away(placement: Placement) -> None:
    """Always choosing the longest answer, or the same place, must not pass."""
    questions = [question for area in placement.areas for question in area.questions]
    longest = sum(
        max(range(len(one.choices)), key=lambda k, one=one: len(one.choices[k])) == one.right for one in questions
    )
    assert longest <= 0.6 * len(questions)
    for place in range(3):
        assert sum(one.right == place for one in questions) <= 0.6 * len(questions)


def test_the_widget_answers_when_the_button_is_pressed(placement: Placement) -> None:
    box = placement.show()
    *cards, button, told = box.children
    assert len(cards) == sum(len(area.questions) for area in placement.areas)
    cards[0].children[1].index = placement.areas[0].questions[0].right
    button.click()
    assert "1 of 4 right" in told.value


def test_what_the_picture_says(tmp_path: Path) -> None:
    exercise = Exercise.open("start-boxes", folder=tmp_path)
    (item,) = exercise.items
    gold = exercise.gold().of(item.id).scored
    assert 6 <= len(gold) <= 12
    assert "Label the picture" in hand_advice(None)
    assert "Label the picture" in hand_advice(exercise.review())
    exercise.store.save(item.id, gold, base_rev=0, action="draw", tool="play", done=True)
    assert "straight to week 2" in hand_advice(exercise.review())
    exercise.store.save(item.id, gold[:2], base_rev=1, action="draw", tool="play", done=True)
    assert "week 2 will pay off" in hand_advice(exercise.review())


@pytest.mark.parametrize(
    "text",
    ["areas = 3", '[[areas]]\nname = "A"\nknown = ""\nnew = ""\nquestions = []', "\udcff"],
)
def test_a_wrong_file_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ExerciseError, match="is wrong"):
        Placement.open(path)
    with pytest.raises(ExerciseError, match="cannot be read"):
        Placement.open(tmp_path / "none.toml")
