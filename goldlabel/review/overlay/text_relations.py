"""Relations below their text: entities numbered in the text, and one row a relation, with its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.annotations import Annotation, Item, ItemGold, Relation, Span, only
from goldlabel.review.findings import ItemReview
from goldlabel.review.overlay.text_marks import VERDICTS, Look, class_name, framed, marked_text, text_legend
from goldlabel.review.overlay.text_spans import entity_marks
from goldlabel.review.wording import plain

__all__ = ["plain_relations", "relations_overlay"]

_SHOWN = ("right", "turned", "confused", "extra", "missed", "aside")


def plain_relations(item: Item, relations: Sequence[Relation], colors: Mapping[str, str]) -> str:
    """The text with its entities numbered, and the relations."""
    scene = _Scene(item, colors)
    look = Look("#888888", "solid")
    rows = [scene.row(one, Look(colors.get(one.label, look.color), "solid"), "") for one in relations]
    return framed(scene.text(), _rows(rows))


def relations_overlay(
    item: Item, labels: Sequence[Annotation], gold: ItemGold, review: ItemReview, *, colors: Mapping[str, str]
) -> str:
    """The text with its entities numbered, and every relation of both sides with its verdict.

    Args:
        item: The text with the entities that it is given with.
        labels: The learner's labels.
        gold: All gold of the item.
        review: The verdicts.
        colors: ``#rrggbb`` by class name, of entities and of relations.
    """
    scene = _Scene(item, colors)
    settled = {pair.label for pair in review.pairs} | set(review.covered)
    refused = {finding.label for finding in review.findings if finding.kind == "invalid"} - settled
    yours = {one.id: one for one in reversed(only(labels, Relation)) if one.id not in refused}
    turned = {finding.gold for finding in review.findings if finding.kind == "direction"}
    said = {pair.gold: (yours[pair.label], pair) for pair in review.pairs}
    rows = []
    for true in only(gold.annotations, Relation):
        name = class_name(true.label, colors)
        if true.difficult:
            rows.append(scene.row(true, VERDICTS["aside"], "does not count, whatever you say"))
        elif true.id not in said:
            rows.append(scene.row(true, VERDICTS["missed"], "missed"))
        elif not said[true.id][1].same_class:
            mine = said[true.id][0]
            note = f"you said: {scene.short(mine)}"
            rows.append(scene.row(true, VERDICTS["confused"], note))
        elif true.id in turned:
            rows.append(scene.row(true, VERDICTS["turned"], f"you said: {scene.short(said[true.id][0])}"))
        else:
            mine = said[true.id][0]
            also = "" if mine.label == true.label else f"{name} was expected; this counts, too"
            rows.append(scene.row(mine, VERDICTS["right"], also))
    settled |= refused
    rows += [
        scene.row(one, VERDICTS["extra"], "extra: the text does not state it")
        for one in yours.values()
        if one.id not in settled
    ]
    return framed(scene.text(), _rows(rows), text_legend(_SHOWN, scene.looks))


def _rows(rows: Sequence[str]) -> str:
    if not rows:
        return '<p style="margin:2px 0">No relation.</p>'
    return f'<div style="display:flex;flex-direction:column;gap:6px;font-size:14px">{"".join(rows)}</div>'


class _Scene:
    """A text with its entities, numbered in the order of the text."""

    def __init__(self, item: Item, colors: Mapping[str, str]) -> None:
        self.item = item
        self.colors = colors
        spans = sorted(only(item.given, Span), key=lambda one: (one.start, -one.end))
        self.entities = {one.id: one for one in spans}
        self.looks: list[Look] = []
        self.numbers = {one.id: number for number, one in enumerate(spans, start=1)}

    def text(self) -> str:
        return marked_text(self.item.text, entity_marks(tuple(self.entities.values()), self.colors, self.numbers))

    def row(self, one: Relation, look: Look, note: str) -> str:
        """One relation; ``note`` is HTML."""
        self.looks.append(look)
        said = f'<span style="opacity:.85">({note})</span>' if note else ""
        sign = f'<span style="display:inline-block;min-width:1.4em">{look.sign}</span>' if look.sign else ""
        return (
            f'<div style="border-left:6px {look.line} {look.color};background:{look.color}1f;padding:3px 12px;'
            f'display:flex;flex-wrap:wrap;gap:2px 8px;align-items:baseline">{sign}{self._end(one.head)}'
            f"<span>─ <b>{class_name(one.label, self.colors)}</b> ─▶</span>{self._end(one.tail)}"
            f"{said}</div>"
        )

    def short(self, one: Relation) -> str:
        """A relation by the numbers of its ends."""
        head, tail = (self.numbers.get(end, "?") for end in (one.head, one.tail))
        return f"{head} {escape(plain(one.label))} {tail}"

    def _end(self, entity: str) -> str:
        one = self.entities.get(entity)
        if one is None:
            return f"<bdi>{escape(entity)}</bdi>"
        return (
            f'<span><b style="padding:0 5px;border:1px solid currentColor;border-radius:9px;font-size:11px">'
            f"{self.numbers[entity]}</b> <bdi>{escape(self.item.text[one.start : one.end])}</bdi></span>"
        )
