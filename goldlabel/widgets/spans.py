"""Spans: stretches of a text with a class each, for names and for what must be hidden."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Span
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import sound
from goldlabel.widgets.fallback import spans_html

__all__ = ["SpanLabeller"]


class SpanLabeller(Labeller):
    """Mark stretches of texts; where the rubric's scheme is redaction, with a preview of what the client gets."""

    _esm = STATIC / "spans.js"
    _css = STATIC / "spans.css"

    def _still(self) -> str:
        return spans_html(self._spec.title, tuple(self._items.values()), self._store.labels, self._spec.colors)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        spans = sound(annotations, Span, noun="a span", plural="spans", classes=self._spec.class_names)
        return tuple(_trimmed(one, item.text) for one in spans)


def _trimmed(one: Span, text: str) -> Span:
    """``one`` without white space at its ends, and without what only gold may say.

    Raises:
        DataError: It is empty, or reaches outside the text.
    """
    start, end = one.stretch
    if not 0 <= start <= end <= len(text):
        raise DataError(f"a span goes from {start} to {end}, but the text has {len(text):,} characters")
    words = text[start:end]
    if not words.strip():
        raise DataError(f"the span from {start} to {end} holds nothing but white space")
    start, end = end - len(words.lstrip()), start + len(words.rstrip())
    return msgspec.structs.replace(one, start=start, end=end, accepted=(), alternatives=())
