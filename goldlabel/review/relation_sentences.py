"""The findings of a relation review: one sentence each, which quotes the text and which a beginner understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from goldlabel.annotations import Item, Relation, Span
from goldlabel.review.findings import Finding
from goldlabel.review.quotes import capital, cut, quoted, trimmed
from goldlabel.review.reasons import reason, rule_of
from goldlabel.review.rubric import RelationRubric
from goldlabel.review.wording import plain, spoken

__all__ = ["RelationReporter"]


class RelationReporter(msgspec.Struct, frozen=True):
    """Says what was found in one text.

    Attributes:
        item: The text.
        rubric: How it is judged.
        entities: The given entities by id.
    """

    item: Item
    rubric: RelationRubric
    entities: Mapping[str, Span]

    def words(self, entity: str) -> str:
        """An entity, quoted; told apart from an entity of the same words."""
        text = self.item.text
        stretch = trimmed(text, self.entities[entity].stretch)
        words = text[slice(*stretch)]
        if text.count(words) < 2:
            return cut(text, stretch)
        alike = sum(text[slice(*trimmed(text, one.stretch))] == words for one in self.entities.values())
        return quoted(text, stretch) if alike > 1 else cut(text, stretch)

    def said(self, one: Relation) -> str:
        """A relation with its direction: "'Anna Lind' → works for → 'Elmsford Rovers'"."""
        return f"{self.words(one.head)} → {plain(one.label)} → {self.words(one.tail)}"

    def confused(self, mine: Relation, true: Relation) -> Finding:
        """The right pair with a wrong class."""
        also = f" ({', '.join(map(spoken, true.accepted))} would count, too)" if true.accepted else ""
        message = f"You said: {self.said(mine)}. It is: {self.said(true)}{also}{reason(true)}"
        fallback = self.rubric.confusion_rules.get(f"{true.label}>{mine.label}", "")
        return self._pair("mismatching_label", message, mine, true, fallback)

    def turned(self, mine: Relation, true: Relation) -> Finding:
        """The right pair and class, the wrong way round."""
        message = f"The wrong way round. It is: {self.said(true)}{reason(true)}"
        return self._pair("direction", message, mine, true)

    def missing(self, true: Relation) -> Finding:
        """A pair that was not linked."""
        message = f"Not linked: {self.said(true)}{reason(true)}"
        rule = rule_of(true, self.rubric, "missing")
        return Finding("missing", "error", self.item.id, message, rule, gold=true.id, classes=(true.label,))

    def surplus(self, mine: Relation, gold: Sequence[Relation]) -> Finding:
        """A link between two entities that have no relation, or no second one."""
        known = any({one.head, one.tail} == {mine.head, mine.tail} for one in gold)
        if known:
            message = f"You also said: {self.said(mine)}. These two have one relation only, another one."
        else:
            first, second = self.words(mine.head), self.words(mine.tail)
            message = (
                f"{capital(first)} and {second} have no relation that the text states. You said: {self.said(mine)}."
            )
        rule = self.rubric.rules.get("extra", "")
        return Finding("extra", "error", self.item.id, message, rule, mine.id, classes=(mine.label,))

    def unlabelled(self) -> Finding:
        """A text that was never opened."""
        return Finding("unlabelled", "error", self.item.id, "This text has no label yet.")

    def _pair(self, kind: str, message: str, mine: Relation, true: Relation, fallback: str = "") -> Finding:
        return Finding(
            kind,
            "error",
            self.item.id,
            message,
            rule_of(true, self.rubric, kind, fallback),
            mine.id,
            true.id,
            classes=(mine.label, true.label),
        )
