"""Judging by a list of words, the oldest way to read a text by program: what it sees, and what it cannot see."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from typing import TYPE_CHECKING

from goldlabel.annotations import Choice, only
from goldlabel.data import load_items, practice_gold
from goldlabel.learning.figures import Picture, table_html
from goldlabel.metrics.intervals import wilson
from goldlabel.review.wording import counted

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["BAD", "GOOD", "by_words", "found_words", "marked_words", "word_counter", "word_table"]

_WORD = re.compile(r"[^\W\d_]+")

GOOD = frozenset(
    _WORD.findall("""
    admire adore beautiful best better brilliant charming clever comfortable excellent fantastic fast fine friendly glad
    good great happy joy like lovely love loved nice perfect pleasure praise quiet recommend safe soft splendid star
    strong sturdy super thank thanks well wonderful
    """)
)
"""Words that praise, for a program that only counts."""

BAD = frozenset(
    _WORD.findall("""
    awful bad blame broke broken complain crash dead disaster disgrace fault faulty hard hate horrible hot hurt junk
    leak leaks loud mad noise pain poor problem ruined rude shame shameful slow stupid terrible ugly useless weak
    worse worst wrong
    """)
)
"""Words that blame."""

_KINDS = {
    "clear": "plain praise and blame",
    "factual": "facts, questions, plans",
    "mixed": "praise and blame mixed",
    "ironic": "irony, understatement",
    "wrong_target": "about shop or courier",
    "noisy": "typing errors, capitals",
}


def found_words(text: str, listed: Collection[str]) -> list[str]:
    """The words of a text that stand in a list, in small letters, in their order.

    Example:
        >>> found_words("Good? Not GOOD at all.", {"good"})
        ['good', 'good']
    """
    return [word for word in _WORD.findall(text.lower()) if word in listed]


def by_words(text: str) -> str:
    """The sentiment that counting gives: positive, negative, mixed (as much of both) or neutral (no listed word)."""
    good, bad = len(found_words(text, GOOD)), len(found_words(text, BAD))
    if not good and not bad:
        return "neutral"
    if good == bad:
        return "mixed"
    return "positive" if good > bad else "negative"


def marked_words(text: str) -> str:
    """The text as HTML, with good words underlined once and marked +, bad ones dashed and marked -."""
    parts, end = [], 0
    for found in _WORD.finditer(text):
        word = found.group().lower()
        if word not in GOOD and word not in BAD:
            continue
        sign, line = ("+", "2px solid #009E73") if word in GOOD else ("-", "2px dashed #D55E00")
        parts.append(
            f'{escape(text[end : found.start()])}<b style="border-bottom:{line}">{escape(found.group())}</b>'
            f"<sup>{sign}</sup>"
        )
        end = found.end()
    return "".join(parts) + escape(text[end:])


def word_counter(text: str = "Not bad at all. I cannot complain.") -> VBox:
    """A line to type into; the words that the program knows are marked, and what it concludes stands below."""
    from ipywidgets import HTML, Layout, Text, VBox

    # Told at each stroke: one sees the verdict tip over.
    line = Text(
        value=text,
        description="Your sentence",
        layout=Layout(width="760px", max_width="100%"),
        style={"description_width": "110px"},
    )
    view = HTML()

    def draw(_change: object = None) -> None:
        good, bad = len(found_words(line.value, GOOD)), len(found_words(line.value, BAD))
        view.value = (
            f'<div style="font-size:15px;line-height:1.7;padding:4px 0">{marked_words(line.value)}</div>'
            f"{counted(good, 'good word')}, {counted(bad, 'bad word')}: the program says <b>{by_words(line.value)}</b>."
        )

    line.observe(draw, names="value")
    draw()
    return VBox([line, view])


def word_table() -> Picture:
    """How often counting words finds the right class of the practice reviews, by kind of review."""
    gold = practice_gold("product-reviews")
    rows: dict[str, list[bool]] = {kind: [] for kind in _KINDS}
    for item in load_items("product-reviews"):
        if item.pool != "practice":
            continue
        (true,) = only(gold.of(item.id).annotations, Choice)
        rows[str(true.attributes["kind"])].append(by_words(item.text) in (true.label, *true.accepted))
    everything = [right for kind in rows.values() for right in kind]
    shown = [
        (_KINDS.get(kind, kind), f"{sum(right)} of {len(right)}", str(wilson(sum(right), len(right))))
        for kind, right in [*rows.items(), ("all reviews", everything)]
    ]
    text = "; ".join(f"{name}: {found}" for name, found, _ in shown)
    return Picture(table_html(("Kind of review", "Right by counting", "95 % interval"), shown), text)
