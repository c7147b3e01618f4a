"""Recall quizzes: those of the course, and wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldlabel.errors import ExerciseError
from goldlabel.learning.quiz import Quiz

ROOT = Path(__file__).resolve().parents[2]
QUIZZES = sorted((ROOT / "course").rglob("*.quiz.toml"))


@pytest.mark.parametrize("path", QUIZZES, ids=lambda path: path.name)
def test_quizzes_of_the_course(path) -> None:
    quiz = Quiz.open(path)
    assert len(quiz.questions) >= 5
    assert len({question.right for question in quiz.questions}) > 1, "the key must not give itself away"
    for question in quiz.questions:
        assert len(set(question.choices)) == len(question.choices)


def test_an_answer_is_explained_at_once() -> None:
    quiz = Quiz.open(QUIZZES[0])
    card = quiz.show().children[0]
    answers, told = card.children[1], card.children[2]
    assert answers.index is None
    assert told.value == ""
    answers.index = quiz.questions[0].right
    assert told.value.startswith("✔ Right.")
    answers.index = 1 - quiz.questions[0].right
    assert told.value.startswith("✖ Not quite.")


@pytest.mark.parametrize(
    "text",
    [
        "questions = 1",
        '[[questions]]\ntext = "x"\nchoices = ["a"]\nright = 0\nwhy = ""',
        '[[questions]]\ntext = "x"\nchoices = ["a", "b"]\nright = 2\nwhy = ""',
        "[[questions",
    ],
)
def test_wrong_quizzes(tmp_path, text) -> None:
    path = tmp_path / "q.toml"
    path.write_text(text)
    with pytest.raises(ExerciseError, match="quiz is wrong"):
        Quiz.open(path)


def test_no_quiz(tmp_path) -> None:
    with pytest.raises(ExerciseError, match="cannot be read"):
        Quiz.open(tmp_path / "q.toml")
