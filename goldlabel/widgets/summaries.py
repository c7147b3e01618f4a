"""Summaries: a source to read, and beside it a field for the text that is written about it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import msgspec
import traitlets

from goldlabel.annotations import Annotation, Item, Written
from goldlabel.errors import DataError
from goldlabel.review.rubric import SummaryRubric
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import sound
from goldlabel.widgets.fallback import texts_html
from goldlabel.widgets.pictures import Picture

__all__ = ["MOST_CHARACTERS", "SummaryLabeller", "cleaned"]

MOST_CHARACTERS = 4000
"""A longer text is refused with a sentence: it is no summary, and every pause in typing saves it whole."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def cleaned(text: str) -> str:
    """``text`` in NFC, with line feeds for all line ends and without other control characters."""
    plain = re.sub(r"\r\n?", "\n", text)
    return unicodedata.normalize("NFC", _CONTROL.sub("", plain))


class SummaryLabeller(Labeller):
    """Write a summary of each text.

    >>> SummaryLabeller(spec, spec.items(), store)      # doctest: +SKIP
    """

    _esm = STATIC / "summaries.js"
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_css")
    def _default_css(self) -> str:
        return (STATIC / "summaries.css").read_text(encoding="utf-8")

    def _describe(self) -> dict[str, Any]:
        rubric = self._spec.rubric
        limit = rubric.most_words if isinstance(rubric, SummaryRubric) else 0
        return {**super()._describe(), "most_words": limit}

    def _still(self) -> str:
        return texts_html(self._spec.title, tuple(self._items.values()), self._store.labels)

    def _load_media(self, item: Item) -> Picture:
        return Picture(b"") if item.text else super()._load_media(item)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        texts = sound(annotations, Written, noun="a written text", plural="texts", classes=self._spec.class_names)
        if len(texts) > 1:
            raise DataError("an item gets one summary", where=item.id)
        tidy = []
        for one in texts:
            text = cleaned(one.text)
            if len(text) > MOST_CHARACTERS:
                raise DataError(
                    f"the text has {len(text):,} characters, and at most {MOST_CHARACTERS:,} are kept", where=item.id
                )
            if text.strip():
                tidy.append(msgspec.structs.replace(one, text=text))
        return tuple(tidy)
