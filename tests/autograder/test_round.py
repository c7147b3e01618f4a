"""The whole round through nbgrader's Python API."""

from __future__ import annotations

from autograder.rounds import Round
from autograder.simulated import CLASS, HALF_DONE, PERFECT, SLOPPY
from tests.autograder.tiny import Label


def test_three_learners(play: Round, label: Label) -> None:
    for habit in CLASS:
        play.enrol(habit.learner, habit.annotator)
        label(habit, play.fetch(habit.learner))
        play.submit(habit.learner)
    play.collect()
    play.autograde()
    play.feedback()
    points = {entry.learner: entry.points for entry in play.entries()}
    assert points[PERFECT.learner] == 10
    assert points[SLOPPY.learner] < 7
    assert points[SLOPPY.learner] < points[HALF_DONE.learner] < 8
    assert {entry.name for entry in play.entries()} == {habit.annotator for habit in CLASS}
    for habit in CLASS:
        (page,) = play.fetch_feedback(habit.learner)
        text = page.read_text(encoding="utf-8")
        assert f"{points[habit.learner]:g} of 10 points" in text
        assert "tiny-exam" not in text, "the feedback must not say where"
