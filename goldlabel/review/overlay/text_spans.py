"""Spans in their text: as they are, and judged, with what is right, missing, too much and called wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.annotations import Annotation, Item, ItemGold, Span, only
from goldlabel.review.findings import ItemReview, Pair
from goldlabel.review.overlay.text_marks import (
    VERDICTS,
    Look,
    Mark,
    class_name,
    framed,
    marked_text,
    tag,
    text_legend,
)
from goldlabel.review.span_labels import Marking, marking
from goldlabel.review.span_sentences import nearest, pieces

__all__ = ["entity_marks", "plain_spans", "spans_overlay", "standing"]

_SHOWN = ("right", "boundary", "too-much", "too-little", "confused", "extra", "missed", "aside")


def plain_spans(item: Item, spans: Sequence[Span], colors: Mapping[str, str]) -> str:
    """The text with ``spans`` in the colours of their classes."""
    return framed(marked_text(item.text, entity_marks(spans, colors)))


def entity_marks(
    spans: Sequence[Span], colors: Mapping[str, str], numbers: Mapping[str, int] | None = None
) -> list[Mark]:
    """Marks in the colours of classes; with a number before the class where ``numbers`` has one by id."""
    marks = []
    for one in spans:
        look = Look(colors.get(one.label, "#888888"), "solid")
        number = f"<b>{numbers[one.id]}</b> " if numbers and one.id in numbers else ""
        marks.append(Mark(one.start, one.end, look, tag(look, number + class_name(one.label, colors))))
    return marks


def standing(labels: Sequence[Annotation], review: ItemReview) -> tuple[Span, ...]:
    """The spans that were judged: of two with one id the first, and none that was left out as unreadable."""
    settled = {pair.label for pair in review.pairs} | set(review.covered)
    refused = {finding.label for finding in review.findings if finding.kind == "invalid"} - settled
    spans = {one.id: one for one in reversed(only(labels, Span)) if one.id not in refused}
    return tuple(spans[name] for name in dict.fromkeys(one.id for one in only(labels, Span)) if name in spans)


def spans_overlay(
    item: Item, labels: Sequence[Annotation], gold: ItemGold, review: ItemReview, *, colors: Mapping[str, str]
) -> str:
    """The text with every span of both sides and its verdict.

    Args:
        item: The text.
        labels: The learner's labels.
        gold: All gold of the item.
        review: The verdicts.
        colors: ``#rrggbb`` by class name.
    """
    pen = _Pen(item.text, colors)
    yours = {one.id: marking(one, item.text) for one in standing(labels, review)}
    true = {one.id: marking(one, item.text) for one in only(gold.annotations, Span)}
    marks = []
    for pair in review.pairs:
        marks += pen.pair(yours[pair.label], true[pair.gold], pair)
    matched = {pair.gold for pair in review.pairs}
    aside = [yours[name] for name in review.covered]
    for name, one in true.items():
        if one.label.difficult:
            if not any(_touch(one, mine) for mine in aside):
                marks.append(pen.one(one, "aside"))
        elif name not in matched:
            marks.append(pen.one(one, "missed"))
    marks += [pen.one(one, "aside") for one in aside]
    settled = {pair.label for pair in review.pairs} | set(review.covered)
    marks += [pen.one(one, "extra") for name, one in yours.items() if name not in settled]
    return framed(marked_text(item.text, marks), text_legend(_SHOWN, (one.look for one in marks)))


def _touch(one: Marking, other: Marking) -> bool:
    return one.stretch[0] < other.stretch[1] and other.stretch[0] < one.stretch[1]


class _Pen:
    """Makes marks with their tags."""

    def __init__(self, text: str, colors: Mapping[str, str]) -> None:
        self.text = text
        self.colors = colors

    def one(self, one: Marking, verdict: str) -> Mark:
        look = VERDICTS[verdict]
        note = escape(f": {look.meaning}") if verdict in ("missed", "extra") else ""
        return Mark(*one.stretch, look, tag(look, class_name(one.label.label, self.colors) + note))

    def pair(self, mine: Marking, true: Marking, pair: Pair) -> list[Mark]:
        said, right = (class_name(one.label.label, self.colors) for one in (mine, true))
        classes = said if pair.same_class else f"{said} → {right}"
        if mine.stretch in true.extents:
            look = VERDICTS["right" if pair.same_class else "confused"]
            return [Mark(*mine.stretch, look, tag(look, classes))]
        look, gold = VERDICTS["boundary"], nearest(mine.stretch, true)
        wrong = "" if pair.same_class else f"{VERDICTS['confused'].sign} "
        marks = [Mark(*mine.stretch, look, tag(look, f"{wrong}{classes}"))]
        marks += [Mark(*piece, VERDICTS["too-much"]) for piece in pieces(self.text, mine.stretch, gold)]
        return marks + [Mark(*piece, VERDICTS["too-little"]) for piece in pieces(self.text, gold, mine.stretch)]
