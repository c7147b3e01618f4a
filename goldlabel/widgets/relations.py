"""Relations: which of the names in a text have to do with each other, and how."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Relation, Span, only
from goldlabel.errors import DataError
from goldlabel.review.rubric import RelationRubric
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import sound
from goldlabel.widgets.fallback import relations_html

__all__ = ["RelationLabeller"]


class RelationLabeller(Labeller):
    """Join the entities that a text comes with by arrows that have a class."""

    _esm = STATIC / "relations.js"
    _css = STATIC / "relations.css"

    def _still(self) -> str:
        return relations_html(self._spec.title, tuple(self._items.values()), self._store.labels)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        kinds = {one.id: one.label for one in only(item.given, Span)}
        drawn = sound(annotations, Relation, noun="a relation", plural="relations", classes=self._spec.class_names)
        for one in drawn:
            if missing := [end for end in (one.head, one.tail) if end not in kinds]:
                raise DataError(f"the text has no name with the id {missing[0]!r}")
            if one.head == one.tail:
                raise DataError("a relation joins a name to itself")
            pair = kinds[one.head], kinds[one.tail]
            if not self._joins(one.label, pair):
                raise DataError(f"{one.label!r} does not lead from {pair[0]!r} to {pair[1]!r}")
        return tuple(msgspec.structs.replace(one, accepted=()) for one in drawn)

    def _joins(self, label: str, pair: tuple[str, str]) -> bool:
        """Whether a relation of the class ``label`` may join names of these two classes."""
        rubric = self._spec.rubric
        both = isinstance(rubric, RelationRubric) and label in rubric.symmetric
        kind = next(one for one in self._spec.classes if one.name == label)
        ways = [pair, pair[::-1]] if both else [pair]
        return any(
            (not kind.heads or head in kind.heads) and (not kind.tails or tail in kind.tails) for head, tail in ways
        )
