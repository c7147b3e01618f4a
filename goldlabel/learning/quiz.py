"""Recall quizzes: a few questions with an answer explained at once, from a TOML file beside the lesson.

```toml
[[questions]]
text = "How many boxes do three oranges in a heap get?"
choices = ["One", "Three"]
right = 1                      # counted from 0
why = "R4: one piece, one box."
```
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from goldlabel.errors import ExerciseError

if TYPE_CHECKING:
    from ipywidgets import RadioButtons, VBox

__all__ = ["Question", "Quiz", "question_card", "read_questions"]

Asked = TypeVar("Asked")


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One multiple choice question.

    Attributes:
        text: The question.
        choices: Two or more answers.
        right: Index of the right one.
        why: Shown after any answer.
    """

    text: str
    choices: tuple[str, ...]
    right: int
    why: str

    def __post_init__(self) -> None:
        """Refuse a key that points to no answer."""
        if len(self.choices) < 2 or not 0 <= self.right < len(self.choices):
            raise ValueError("a question needs two choices or more, and `right` must be the index of one of them")


class Quiz(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Questions in the order in which they are asked."""

    questions: tuple[Question, ...]

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Quiz:
        """Read a quiz.

        Raises:
            ExerciseError: The file is missing or wrong.
        """
        return read_questions(path, cls, "quiz")

    def judge(self, question: int, choice: int) -> str:
        """What to say to the answer ``choice`` (both indices from 0)."""
        asked = self.questions[question]
        return f"{'✔ Right.' if choice == asked.right else '✖ Not quite.'} {asked.why}"

    def show(self) -> VBox:
        """The quiz as a widget; every answer is explained at once and can be changed."""
        from ipywidgets import VBox

        return VBox([self._card(number) for number in range(len(self.questions))])

    def _card(self, number: int) -> VBox:
        from ipywidgets import HTML, VBox

        card, answers = question_card(number + 1, self.questions[number])
        told = HTML(layout=answers.layout)

        def tell(change: dict[str, int | None]) -> None:
            if change["new"] is not None:
                told.value = self.judge(number, change["new"])

        answers.observe(tell, names="index")
        return VBox([*card.children, told], layout=card.layout)


def read_questions(path: str | os.PathLike[str], kind: type[Asked], name: str) -> Asked:
    """A file of questions.

    Args:
        path: A TOML file.
        kind: What it holds.
        name: What to call it in an error.

    Raises:
        ExerciseError: The file is missing or wrong.
    """
    file = Path(path)
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), kind)
    except OSError as error:
        raise ExerciseError(
            f"The {name} cannot be read: {error.strerror}",
            where=str(file),
            todo="Open the notebook in its own folder of the course.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise ExerciseError(f"The {name} is wrong: {error}", where=str(file)) from None


def question_card(number: int, question: Question) -> tuple[VBox, RadioButtons]:
    """A question with its answers to choose from, and the buttons themselves; nothing is chosen beforehand."""
    from ipywidgets import HTML, Layout, RadioButtons, VBox

    wide = Layout(width="auto", max_width="760px")
    answers = RadioButtons(options=question.choices, index=None, layout=wide)
    answers.add_class("goldlabel-quiz")
    return VBox([HTML(f"<b>{number}. {question.text}</b>"), answers], layout=Layout(margin="0 0 14px 0")), answers
