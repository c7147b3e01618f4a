"""The placement check: questions by area and one picture; it says where to begin.

```toml
[[areas]]
name = "Labels and guidelines"
known = "Skim the lessons of week 1, then take its graded part."
new = "Begin with week 1 and do all of it."

[[areas.questions]]            # as in a recall quiz
text = "..."
choices = ["...", "..."]
right = 1
why = "..."
```
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec

from goldlabel.learning.quiz import Question, question_card, read_questions
from goldlabel.review import Review
from goldlabel.review.wording import shown

if TYPE_CHECKING:
    from ipywidgets import RadioButtons, VBox

__all__ = ["Area", "Placement", "hand_advice"]

KNOWN = 0.75
"""Share of an area's questions from which it counts as known. Of four questions, one may be wrong."""


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the course.

    Attributes:
        name: For people.
        known: Advice for somebody who knows it.
        new: Advice for somebody who does not.
        questions: Two or more.
    """

    name: str
    known: str
    new: str
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        """Refuse an area that one lucky guess decides."""
        if len(self.questions) < 2:
            raise ValueError(f"the area {self.name!r} needs two questions or more")


class Placement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All areas, in the order of the course."""

    areas: tuple[Area, ...]

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Placement:
        """Read a placement check.

        Raises:
            ExerciseError: The file is missing or wrong.
        """
        return read_questions(path, cls, "placement check")

    def advice(self, answers: Sequence[Sequence[int | None]]) -> tuple[str, ...]:
        """One sentence an area.

        Args:
            answers: For each area the chosen index of each question, None where nothing was chosen; that counts
                as not known.

        Raises:
            ValueError: Not as many answers as questions.
        """
        sentences = []
        for area, chosen in zip(self.areas, answers, strict=True):
            pairs = list(zip(area.questions, chosen, strict=True))
            right = sum(choice == question.right for question, choice in pairs)
            advice = area.known if right >= KNOWN * len(pairs) else area.new
            sentences.append(f"{area.name}: {right} of {len(pairs)} right. {advice}")
        return tuple(sentences)

    def show(self) -> VBox:
        """The questions as a widget, with a button that shows the advice and the right answers."""
        from ipywidgets import HTML, Button, Layout, VBox

        cards: list[VBox] = []
        choosers: list[list[RadioButtons]] = []
        number = 0
        for area in self.areas:
            choosers.append([])
            for question in area.questions:
                number += 1
                card, answers = question_card(number, question)
                cards.append(card)
                choosers[-1].append(answers)
        button = Button(description="Show my way", button_style="primary", layout=Layout(width="220px"))
        told = HTML(layout=Layout(max_width="760px"))

        def tell(_button: Button) -> None:
            told.value = self.result_html([[one.index for one in chosen] for chosen in choosers])

        button.on_click(tell)
        return VBox([*cards, button, told])

    def result_html(self, answers: Sequence[Sequence[int | None]]) -> str:
        """The advice, and under it every question that was not right with its reason."""
        advice = "".join(f"<li>{escape(sentence)}</li>" for sentence in self.advice(answers))
        reasons = "".join(
            f"<li>{question.text} <b>{escape(question.choices[question.right])}.</b> {question.why}</li>"
            for area, chosen in zip(self.areas, answers, strict=True)
            for question, choice in zip(area.questions, chosen, strict=True)
            if choice != question.right
        )
        folded = (
            f"<details><summary>What was not right, and why</summary><ul>{reasons}</ul></details>" if reasons else ""
        )
        return f"<h4>Your way through the course</h4><ul>{advice}</ul>{folded}"


def hand_advice(judged: Review | None) -> str:
    """What one labelled picture says about a learner's hand.

    Args:
        judged: The review of the placement picture; None when it was not labelled.
    """
    if judged is None or not any(one.labelled for one in judged.items.values()):
        return "Label the picture above to see how your hand does; or go on without."
    if judged.level in ("good", "production"):
        return f"Your boxes reach {shown(judged.score)} ({judged.level}): you may go straight to week 2's graded boxes."
    return f"Your boxes reach {shown(judged.score)}: week 2 will pay off. Its lesson on boxes takes 35 minutes."
