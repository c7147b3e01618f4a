"""The feedback on an exam: teaches, stands on its own, and never says where."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from autograder.feedback import exam_feedback, practice_for
from autograder.scoring import Scored, score_labels
from autograder.simulated import PERFECT, SLOPPY, Habit
from goldlabel.annotations import Gold
from goldlabel.exercises import ExerciseSpec, find_exercise
from tests.autograder.tiny import Label

VOID = {"br", "line", "rect", "img", "hr"}


class Balance(HTMLParser):
    """Fails where a tag is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture
def page(spec: ExerciseSpec, gold: Gold, label: Label, tmp_path: Path):
    def make(habit: Habit) -> str:
        scored = score_labels(label(habit, tmp_path).read_bytes(), spec=spec, items=spec.items(), gold=gold)
        return exam_feedback(scored, spec, earned=10 * scored.fraction, most=10.0)

    return make


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_a_careless_learner_reads_what_to_do(page) -> None:
    text = text_of(page(SLOPPY))
    for word in ("pass 0.70", "good 0.80", "production 0.90", "Below the pass bar"):
        assert word in text
    for word in ("F1 at IoU 0.5", "mean IoU", "lemon", "Missing", "Wrong class", "Loose or far off"):
        assert word in text
    assert "What to practise next" in text
    assert 'Exercise.open("w2-boxes", turn=2)' in text.replace("&quot;", '"')
    assert re.search(r"Read rule R\d again: \w", text)


def test_at_most_three_hints(page) -> None:
    hints = re.search(r">Hints</p><ul[^>]*>(.*?)</ul>", page(SLOPPY))
    assert hints
    assert 1 <= hints[1].count("<li>") <= 3


def test_it_never_says_where(page) -> None:
    whole = page(SLOPPY)
    assert "tiny-exam" not in whole
    for word in ("at the top", "at the bottom", "on the left", "on the right", "in the middle", "px of air"):
        assert word not in whole


def test_a_perfect_learner_is_sent_on(page) -> None:
    text = text_of(page(PERFECT))
    assert "Nothing to complain of" in text
    assert "client quality" in text
    assert "Hints" not in text


@pytest.mark.parametrize("habit", [PERFECT, SLOPPY])
def test_it_stands_on_its_own(page, habit: Habit) -> None:
    whole = page(habit)
    balance = Balance()
    balance.feed(whole)
    assert balance.open == []
    for word in ("<script", "<link", "http", "src=", "url("):
        assert word not in whole


def test_a_problem_is_escaped(spec: ExerciseSpec) -> None:
    whole = exam_feedback(
        Scored(exercise=spec.id, fraction=0, problem="<img src=x onerror=alert(1)>\nWhat to do: &"),
        spec,
        earned=0,
        most=10,
    )
    assert "<img" not in whole
    assert "&amp;" in whole


def test_the_practice_of_an_exam(spec: ExerciseSpec) -> None:
    practice = practice_for(spec)
    assert practice
    assert practice == find_exercise("w2-boxes")
