"""A judged summary as HTML: the source with the evidence of each key fact, and the summary with what was found.

Marks are numbered and differ in line as well as in colour, so that they can be told apart without seeing colours. The
colours are see-through, so that they read well on a light and on a dark page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

import msgspec

from goldlabel.annotations import Item, KeyFact, Written
from goldlabel.metrics.summaries import Told
from goldlabel.review.rubric import SummaryRubric
from goldlabel.review.summaries import Judged, judge_summary
from goldlabel.review.wording import counted

__all__ = ["summary_overlay"]

_LOOKS = {
    "told": "background:rgba(0,158,115,.24);border-bottom:2px solid #009e73",
    "missing": "background:rgba(230,159,0,.24);border-bottom:2px dashed #c58700",
    "wrong": "background:rgba(213,94,0,.30);border-bottom:4px double #d55e00",
    "novel": "background:rgba(213,94,0,.30);border-bottom:2px dotted #d55e00",
    "copied": "background:rgba(86,180,233,.24);border-bottom:2px dotted #3a92c9",
}
"""From the mildest to what is shown where several meet: see :data:`_RANK`."""

_RANK = ("copied", "told", "missing", "novel", "wrong")

_LEGEND = {
    "told": "told",
    "missing": "not found in your summary",
    "wrong": "told wrongly",
    "novel": "a number or name that the source does not have",
    "copied": "copied from the source",
}

_TEXT = (
    "margin:0;padding:8px 16px;line-height:1.75;font-size:14px;white-space:pre-line;border-left:4px solid currentColor"
)
_COLUMN = "flex:1 1 340px;min-width:0;max-width:75ch"


class _Mark(msgspec.Struct, frozen=True):
    """A marked stretch: code points, what it is, and the number of the fact (0: none)."""

    start: int
    end: int
    look: str
    number: int = 0


def summary_overlay(
    item: Item, labels: Sequence[Written], facts: Sequence[KeyFact], gold: Sequence[Written], rubric: SummaryRubric
) -> str:
    """Source and summary side by side, the key facts, and one good summary.

    Args:
        item: Its text is the source.
        labels: What the learner wrote; the first one is shown.
        facts: Gold's key facts; their attribute ``evidence`` is a quotation of the source.
        gold: One good summary of many; none is shown if there is none.
        rubric: How it was judged.
    """
    mine = labels[0].text if labels else ""
    judged = judge_summary(mine, item.text, facts, rubric)
    states = [_state(one) for one in judged.facts]
    source = _marked(item.text, _evidence(item.text, facts, states))
    summary = _marked(mine, _found(judged, rubric)) if mine else "<i>Nothing is written yet.</i>"
    size = f"{counted(judged.words, 'word')} of at most {rubric.most_words}"
    good = "".join(
        f'<details style="margin:10px 0 0"><summary style="cursor:pointer">One good summary of many '
        f"({escape(counted(len(one.text.split()), 'word'))})</summary>"
        f'<p style="{_TEXT}">{escape(one.text)}</p></details>'
        for one in gold
    )
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:14px 26px;align-items:flex-start;margin:6px 0">'
        f'<div style="{_COLUMN}"><p style="margin:0 0 4px"><b>The source</b></p>'
        f'<div style="{_TEXT}">{source}</div></div>'
        f'<div style="{_COLUMN}"><p style="margin:0 0 4px"><b>Your summary</b> ({escape(size)})</p>'
        f'<div style="{_TEXT}">{summary}</div>{_facts(facts, states)}{good}</div></div>'
        f"{_legend(states, judged, rubric)}"
    )


def _state(one: Told) -> str:
    return "told" if one.told else "wrong" if one.contradiction else "missing"


def _evidence(source: str, facts: Sequence[KeyFact], states: Sequence[str]) -> Iterable[_Mark]:
    for number, (fact, state) in enumerate(zip(facts, states, strict=True), start=1):
        quote = str(fact.attributes.get("evidence", ""))
        at = source.find(quote) if quote else -1
        if at >= 0:
            yield _Mark(at, at + len(quote), state, number)


def _found(judged: Judged, rubric: SummaryRubric) -> Iterable[_Mark]:
    for number, told in enumerate(judged.facts, start=1):
        for start, end in told.where:
            yield _Mark(start, end, _state(told), number)
    for start, end in judged.novel:
        yield _Mark(start, end, "novel")
    if judged.copied.words >= rubric.most_copied:
        yield _Mark(judged.copied.start, judged.copied.end, "copied")


def _marked(text: str, marks: Iterable[_Mark]) -> str:
    """The text with its marks; where several meet, the gravest gives the look, and all numbers are shown."""
    kept = list(marks)
    edges = sorted({0, len(text), *(one.start for one in kept), *(one.end for one in kept)})
    parts = []
    for start, end in pairwise(edges):
        here = [one for one in kept if one.start <= start and end <= one.end]
        words = escape(text[start:end])
        if not here:
            parts.append(words)
            continue
        look = max(here, key=lambda one: _RANK.index(one.look)).look
        ending = sorted({one.number for one in here if one.number and one.end == end})
        numbers = "".join(f'<sup style="font-weight:700">{number}</sup>' for number in ending)
        parts.append(
            f'<span title="{escape(_LEGEND[look])}" style="{_LOOKS[look]};border-radius:2px">{words}</span>{numbers}'
        )
    return "".join(parts)


def _facts(facts: Sequence[KeyFact], states: Sequence[str]) -> str:
    lines = "".join(
        f'<li style="margin:2px 0">{"✔" if state == "told" else "✖"} <b>{_LEGEND[state].split(" in ")[0]}</b>: '
        f"{escape(fact.fact)}</li>"
        for fact, state in zip(facts, states, strict=True)
    )
    return (
        '<p style="margin:12px 0 2px"><b>The key facts</b></p>'
        f'<ol style="margin:0 0 0 22px;padding:0;line-height:1.5">{lines}</ol>'
    )


def _legend(states: Sequence[str], judged: Judged, rubric: SummaryRubric) -> str:
    shown = set(states) | ({"novel"} if judged.novel else set())
    if judged.copied.words >= rubric.most_copied:
        shown.add("copied")
    chips = "".join(
        f'<span style="display:inline-block;margin:0 14px 4px 0"><span style="{_LOOKS[name]};padding:0 6px">abc</span> '
        f"{_LEGEND[name]}</span>"
        for name in _LEGEND
        if name in shown
    )
    return (
        f'<p style="margin:8px 0 2px">{chips}</p><p style="margin:2px 0 6px"><small>The check looks for words; it does '
        "not understand. A fact told in words that it does not know is called missing, and a false sentence made of "
        "the source's own words can slip through. Read both texts before you believe it.</small></p>"
    )
