"""Do you agree with yourself? Two passes over the same items, compared.

A second pass is an exercise of its own that extends the first one with another order (``draw.shuffle``), so its labels
lie in a file of their own and nobody sees the first answers. Both have ``instant = false``: feedback between the passes
would spoil the comparison.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from html import escape

import msgspec

from goldlabel.annotations import Choice, Gold, Item, LabelSet, only
from goldlabel.data import data_uri
from goldlabel.learning.figures import Picture, table_html
from goldlabel.metrics.intervals import Interval, wilson
from goldlabel.review.wording import plain
from goldlabel.workbench import Exercise

__all__ = ["FIRST", "SECOND", "Comparison", "compare", "first_pass", "second_pass"]

FIRST, SECOND = "w1-twice", "w1-twice-again"
_TURN = 3
"""Both draw twelve with the seed of the tagging practice, whose first turn has 24: the third dozen is new."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two passes over the same items by one annotator.

    Attributes:
        items: All items of the passes.
        classes: The ontology.
        before: Class by item id in the first pass; items without a class are left out.
        after: The same for the second pass.
        pictures: Address of each picture by item id, as far as it changed.
        seconds: Active seconds of the first and the second pass.
    """

    items: tuple[Item, ...]
    classes: tuple[str, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]
    pictures: Mapping[str, str] = {}
    seconds: tuple[float, float] = (0.0, 0.0)

    @property
    def both(self) -> tuple[str, ...]:
        """Ids of the items that have a class in both passes, in item order."""
        return tuple(item.id for item in self.items if item.id in self.before and item.id in self.after)

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids of the items that were called something else the second time."""
        return tuple(name for name in self.both if self.before[name] != self.after[name])

    @property
    def agreement(self) -> float:
        """Share of the items of both passes with one and the same class, 0 to 1; 1 without items."""
        return 1 - len(self.changed) / len(self.both) if self.both else 1.0

    @property
    def interval(self) -> Interval:
        """How sure the agreement is."""
        return wilson(len(self.both) - len(self.changed), len(self.both))

    @property
    def kappa(self) -> float:
        """Cohen's kappa of the two passes, -1 to 1."""
        from goldlabel.metrics.choices import cohen_kappa, confusion_matrix

        number = {name: k for k, name in enumerate(self.classes)}
        first, second = ([number[side[name]] for name in self.both] for side in (self.before, self.after))
        return float(cohen_kappa(confusion_matrix(first, second, len(self.classes))))

    @property
    def sentence(self) -> str:
        """What is missing, or how well the passes agree."""
        count = len(self.items)
        if not self.before and not self.after:
            return f"Nothing is labelled yet. Do the first pass above: {count} pictures."
        for name, side in (("first", self.before), ("second", self.after)):
            left = sum(item.id not in side for item in self.items)
            if left:
                return (
                    f"In the {name} pass {left} of {count} pictures have no class yet. Finish it, then run this again."
                )
        same = len(self.both) - len(self.changed)
        return f"You agree with yourself on {same} of {count} pictures: {100 * self.agreement:.0f} %."

    @property
    def complete(self) -> bool:
        """Whether every item has a class in both passes."""
        return len(self.both) == len(self.items)

    def __repr__(self) -> str:
        return self.sentence if not self.complete else f"{self.sentence} Kappa {self.kappa:.2f}."

    def _repr_html_(self) -> str:
        said = f"<p><b>{escape(self.sentence)}</b></p>"
        if not self.complete:
            return said
        rows = [
            ("percent agreement", f"{100 * self.agreement:.0f} %", str(self.interval)),
            ("Cohen's kappa", f"{self.kappa:.2f}", ""),
        ]
        if min(self.seconds) > 0:
            rows.append(("minutes, first and second pass", " and ".join(f"{s / 60:.1f}" for s in self.seconds), ""))
        table = table_html(("", "you with yourself", "95 % interval"), rows)
        if not self.changed:
            return f"{said}{table}<p>You changed your mind nowhere.</p>"
        return (
            f"{said}{table}<p>Here you changed your mind. For each one: which rule of the guideline settles it?</p>"
            f'<div style="display:flex;flex-wrap:wrap;gap:14px">{"".join(map(self._card, self.changed))}</div>'
        )

    def _card(self, name: str) -> str:
        picture = f'<img src="{self.pictures[name]}" alt="{escape(name)}" width="230">' if name in self.pictures else ""
        before, after = (escape(plain(side[name])) for side in (self.before, self.after))
        return (
            f'<figure style="margin:0;width:230px;font-size:13px">{picture}'
            f"<figcaption>{escape(name)}: first <b>{before}</b>, then <b>{after}</b></figcaption></figure>"
        )

    def beside(self, gold: Gold) -> Picture:
        """Consistent is not the same as right: both passes beside gold."""
        if not self.complete:
            return Picture(f"<p><b>{escape(self.sentence)}</b></p>", self.sentence)
        kinds = {"the same twice, and right": 0, "the same twice, and wrong": 0}
        kinds |= {"changed, right at first": 0, "changed, right at last": 0, "changed, never right": 0}
        for name in self.both:
            (true,) = only(gold.of(name).annotations, Choice)[:1]
            right = {true.label, *true.accepted}
            first, second = self.before[name] in right, self.after[name] in right
            if self.before[name] == self.after[name]:
                kinds["the same twice, and right" if first else "the same twice, and wrong"] += 1
            elif first or second:
                kinds["changed, right at first" if first else "changed, right at last"] += 1
            else:
                kinds["changed, never right"] += 1
        rows = [(kind, str(count)) for kind, count in kinds.items()]
        return Picture(
            table_html(("", "pictures"), rows), "; ".join(f"{kind}: {count}" for kind, count in kinds.items())
        )


def first_pass(folder: str | os.PathLike[str] | None = None) -> Exercise:
    """The first pass; its labels are kept in a file of their own."""
    return Exercise.open(FIRST, turn=_TURN, folder=folder)


def second_pass(folder: str | os.PathLike[str] | None = None) -> Exercise:
    """The second pass: the same items in another order."""
    return Exercise.open(SECOND, turn=_TURN, folder=folder)


def compare(first: Exercise, second: Exercise) -> Comparison:
    """Compare two passes over the same items.

    Raises:
        ValueError: The passes have different items.
    """
    if {item.id for item in first.items} != {item.id for item in second.items}:
        raise ValueError("the two passes have different items")
    one, two = first.labels, second.labels
    before, after = _classes(first, one), _classes(second, two)
    found = Comparison(
        items=first.items,
        classes=first.spec.class_names,
        before=before,
        after=after,
        seconds=(_seconds(first, one), _seconds(second, two)),
    )
    changed = set(found.changed)
    pictures = {
        item.id: data_uri(first.spec.dataset, item) for item in first.items if item.id in changed and item.media
    }
    return msgspec.structs.replace(found, pictures=pictures)


def _classes(exercise: Exercise, labels: LabelSet) -> dict[str, str]:
    """Class by item id; a class that the ontology does not know counts as none."""
    said = {}
    for item in exercise.items:
        for choice in only(labels.of(item.id).annotations, Choice)[:1]:
            if choice.label in exercise.spec.class_names:
                said[item.id] = choice.label
    return said


def _seconds(exercise: Exercise, labels: LabelSet) -> float:
    return sum(labels.of(item.id).seconds for item in exercise.items)
