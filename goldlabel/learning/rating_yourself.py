"""Rate ten texts, then see where you stand among the people who rated them before you."""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import Choice, Gold, Item, only
from goldlabel.data.ratings import MOST, Rated
from goldlabel.data.released import CLASSES, shares
from goldlabel.learning.figures import Picture
from goldlabel.learning.rater_figures import MISSING, card, histogram
from goldlabel.learning.raters import Ratings
from goldlabel.workbench import Exercise

if TYPE_CHECKING:
    from goldlabel.widgets.base import Labeller

__all__ = ["EXERCISE", "Standing", "Yourself", "standing"]

EXERCISE = "w3-raters"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Your ratings beside those of the others.

    Attributes:
        items: Ids of the texts that you have rated, in their order.
        total: How many there are to rate.
        most: How often you chose the class that most raters chose.
        accepted: How often you chose that or another class that a good share of them chose.
        alone: How often nobody but you chose it.
        lean: Your mean class less theirs, in classes; above 0 you are the kinder one.
    """

    items: tuple[str, ...]
    total: int
    most: int
    accepted: int
    alone: int
    lean: float

    def __str__(self) -> str:
        if len(self.items) < self.total:
            left = self.total - len(self.items)
            return f"{left} of {self.total} texts have no class yet. Rate them, then run this again."
        lean = "as kind as they are" if abs(self.lean) < 0.15 else "kinder" if self.lean > 0 else "harsher"
        return (
            f"Of {self.total} texts you gave {self.most} the class that most raters gave, and {self.accepted} a class "
            f"that a quarter of them or more gave. On {self.alone} nobody said what you said. "
            f"On average you are {lean}."
        )


class Yourself:
    """The exercise, or, where the texts are not here, the sentence that says so.

    Args:
        ratings: What :func:`goldlabel.learning.raters.load` gives.
        folder: Where the labels lie; beside the notebook unless told.
    """

    def __init__(self, ratings: Ratings, folder: str | os.PathLike[str] | None = None) -> None:
        self._texts = ratings.texts
        self.exercise = Exercise.open(EXERCISE, folder=folder) if ratings.texts else None

    def rate(self) -> Labeller | Picture:
        """The widget."""
        return self.exercise.label() if self.exercise else MISSING

    def compare(self) -> Picture:
        """Your classes over the raters' steps; before all texts are rated, only what is missing."""
        if not self.exercise:
            return MISSING
        said = self._said(self.exercise)
        found = standing(said, self._texts, self.exercise.items, self.exercise.gold())
        sentence = f"<p><b>{escape(str(found))}</b></p>"
        if len(found.items) < found.total:
            return Picture(sentence, str(found))
        cards = "".join(_card(self._texts[name], said[name]) for name in found.items)
        return Picture(f'{sentence}<div style="display:flex;flex-wrap:wrap;gap:14px">{cards}</div>', str(found))

    @staticmethod
    def _said(exercise: Exercise) -> dict[str, str]:
        labels, said = exercise.labels, {}
        for item in exercise.items:
            for choice in only(labels.of(item.id).annotations, Choice)[:1]:
                if choice.label in CLASSES:
                    said[item.id] = choice.label
        return said


def standing(said: Mapping[str, str], texts: Mapping[str, Rated], items: tuple[Item, ...], gold: Gold) -> Standing:
    """Compare your classes with the raters'.

    Args:
        said: Your class by item id.
        texts: The rated texts.
        items: What there is to rate.
        gold: Of those items.
    """
    names = tuple(item.id for item in items if item.id in said)
    most = accepted = alone = 0
    lean = 0.0
    for name in names:
        (true,) = only(gold.of(name).annotations, Choice)[:1]
        share = shares(texts[name].ratings)
        most += said[name] == true.label
        accepted += said[name] in (true.label, *true.accepted)
        alone += not share[said[name]]
        theirs = sum(k * part for k, part in enumerate(share.values()))
        lean += CLASSES.index(said[name]) - theirs
    return Standing(
        items=names,
        total=len(items),
        most=most,
        accepted=accepted,
        alone=alone,
        lean=lean / len(names) if names else 0.0,
    )


def _card(one: Rated, said: str) -> str:
    counts = [one.ratings.count(step) for step in range(-MOST, MOST + 1)]
    return card(one.text, histogram(counts, mark=said), f"you: <b>{escape(said)}</b>; their mean {one.mean:+.1f}")
