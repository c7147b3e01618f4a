"""A redaction in its text: what is hidden, what can still be read, what was hidden without need; and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

import msgspec
import numpy as np

from goldlabel.annotations import Annotation, Item, ItemGold, Span, only
from goldlabel.metrics.redaction import cover, readable, telling
from goldlabel.review.findings import ItemReview
from goldlabel.review.overlay.text_marks import VERDICTS, Mark, class_name, framed, marked_text, tag, text_legend
from goldlabel.review.overlay.text_spans import standing
from goldlabel.review.span_labels import marking

__all__ = ["redaction_overlay"]

_SHOWN = ("hidden", "right", "leak", "missed", "needless", "extra", "aside")
_BAR = "█"


def redaction_overlay(
    item: Item, labels: Sequence[Annotation], gold: ItemGold, review: ItemReview, *, colors: Mapping[str, str]
) -> str:
    """The text with what is hidden and what leaks, and below it what anybody can read now.

    Args:
        item: The text.
        labels: The learner's labels.
        gold: All gold of the item.
        review: The verdicts.
        colors: ``#rrggbb`` by class name.
    """
    text = item.text
    yours = [marking(one, text) for one in standing(labels, review)]
    true = [marking(one, text) for one in only(gold.annotations, Span)]
    hidden = cover([one.stretch for one in yours], len(text))
    known = telling(text, [extent for one in true for extent in one.extents])
    needless = {finding.label for finding in review.findings if finding.kind == "extra"}
    pairs = {pair.gold: pair for pair in review.pairs}
    said = {one.label.id: one.label.label for one in yours}
    marks, leaks = [], False
    for one in yours:
        marks.append(Mark(*one.stretch, VERDICTS["hidden"]))
        look = VERDICTS["extra" if one.label.id in needless else "needless"]
        note = tag(look, "need not be hidden") if one.label.id in needless else ""
        parts = [one.stretch] if note else readable(text, known, one.stretch)
        marks += [Mark(*part, look, note) for part in parts]
    for one in true:
        # The reading that is hidden best counts.
        left = min((readable(text, hidden, extent) for extent in one.extents), key=lambda parts: _length(text, parts))
        name = class_name(one.label.label, colors)
        pair = pairs.get(one.label.id)
        if one.label.difficult:
            look = VERDICTS["aside"]
        elif pair is None:
            look, name, leaks = VERDICTS["missed"], f"{name}: not hidden", True
        elif left:
            # Only what leaks is bold, not the whole of it.
            look, name, leaks = msgspec.structs.replace(VERDICTS["leak"], css=""), f"{name}: can be read in part", True
            marks += [Mark(*part, VERDICTS["leak"]) for part in left]
        else:
            look = VERDICTS["right"]
            name = name if pair.same_class else f"{class_name(said[pair.label], colors)} → {name}"
        marks.append(Mark(*one.stretch, look, tag(look, name)))
    return framed(
        marked_text(text, marks), text_legend(_SHOWN, (one.look for one in marks)), _left(text, hidden, leaks=leaks)
    )


def _length(text: str, parts: Sequence[tuple[int, int]]) -> int:
    return int(telling(text, parts).sum())


def _left(text: str, hidden: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], *, leaks: bool) -> str:
    """The text as others will see it."""
    edges = [0, *(np.flatnonzero(np.diff(hidden)) + 1).tolist(), len(text)]
    shown = "".join(
        # Pulled together, so that a bar has no seams.
        f'<span style="letter-spacing:-.06em">{_BAR * (end - start)}</span>'
        if hidden[start]
        else escape(text[start:end])
        for start, end in pairwise(edges)
        if start < end
    )
    state = ' open=""' if leaks else ""
    return (
        f'<details{state}><summary style="cursor:pointer">What anybody can read now</summary>'
        '<div dir="auto" style="max-width:78ch;padding:4px 16px;font-size:15px;line-height:1.6;white-space:pre-wrap;'
        f'overflow-wrap:anywhere;border-left:4px solid currentColor">{shown}</div></details>'
    )
