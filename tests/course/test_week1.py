"""Week 1 through the real round: tags, ethics cases, personal data; a perfect learner and careless ones."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from autograder.feedback import exam_feedback
from autograder.gold import exam_gold
from autograder.rounds import Round, make_course
from autograder.scoring import score_labels
from autograder.simulated import HALF_DONE, PERFECT, Habit, label_by_habit
from goldlabel.exercises import find_exercise

ASSIGNMENT = "week1_fundamentals"
EXAMS = ("w1-tags-exam", "w1-ethics-exam", "w1-pii-exam")
CARELESS = Habit(name="careless", confuses=0.6)


@pytest.fixture
def week1(tmp_path: Path) -> Round:
    """The assignment, released in a course of its own."""
    made = Round(make_course(tmp_path / "course"), tmp_path / "homes", ASSIGNMENT)
    made.generate()
    made.release()
    return made


@pytest.mark.parametrize(("exam", "things"), [("w1-tags-exam", "pictures"), ("w1-ethics-exam", "texts")])
def test_feedback_speaks_of_answers_not_of_boxes(tmp_path: Path, exam: str, things: str) -> None:
    spec = find_exercise(exam)
    gold = exam_gold(spec)
    half_careless = msgspec.structs.replace(CARELESS, share=0.5)
    data = label_by_habit(half_careless, spec, spec.items(), gold, folder=tmp_path).read_bytes()
    scored = score_labels(data, spec=spec, items=spec.items(), gold=gold)
    page = exam_feedback(scored, spec, earned=1, most=10)
    assert f"{len(spec.items()) // 2} of {len(spec.items())} {things} have no" in page
    assert "Confused classes" in page
    assert not re.search(r"\bbox(es)?\b|\btight|everything on them", page)


def test_perfect_careless_half_done_and_nothing(week1: Round) -> None:
    for habit in (PERFECT, CARELESS, HALF_DONE, Habit(name="nothing", share=0.0)):
        week1.enrol(habit.learner, habit.annotator)
        home = week1.fetch(habit.learner)
        for exam in EXAMS if habit.share else ():
            spec = find_exercise(exam)
            label_by_habit(habit, spec, spec.items(), exam_gold(spec), folder=home)
        week1.submit(habit.learner)
    week1.collect()
    week1.autograde()
    week1.feedback()
    entries = {entry.learner: entry for entry in week1.entries()}
    assert {entry.most for entry in entries.values()} == {25}
    points = {name: entry.points for name, entry in entries.items()}
    assert points[PERFECT.learner] == 25
    # Half of the answers is half of the points; of what was to be hidden in the texts, half is left to read.
    assert 7.5 < points[HALF_DONE.learner] < 7.5 + 0.7 * 10
    assert points[CARELESS.learner] < 0.7 * 25
    assert points["simulated-nothing"] == 0
    page = week1.fetch_feedback(CARELESS.learner)[0].read_text(encoding="utf-8")
    assert "of 10 points" in page
    assert "of 5 points" in page
    assert "Confused classes" in page
    secret = [item.id for exam in EXAMS for item in find_exercise(exam).items()]
    assert not [name for name in secret if f">{name}<" in page or f" {name} " in page], (
        "the feedback must not say where"
    )
