"""A list of bad words as a moderator: whom it stops, whom it lets through, and whose way of speaking it punishes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from goldlabel.annotations import Choice, LabelSet, only
from goldlabel.data import load_items, practice_gold
from goldlabel.learning.figures import BLUE, GREEN, VERMILION, Picture, table_html
from goldlabel.learning.word_lists import found_words
from goldlabel.metrics.intervals import wilson
from goldlabel.review.wording import counted

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["LISTED", "Comment", "Rate", "comments", "list_explorer", "rates", "twins", "your_alarms"]

LISTED = (
    "slur insult swear stupid idiot idiots fool eejit daft mad ugly trash filthy nasty dirty sick savage monster "
    "bugger hell damn crap hate kill killing killed die died dead parasite"
)
"""Words of a crude list, mild ones and the masks, in small letters with a blank between them."""

_GROUPS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("toxic comments", ("insult", "hate", "harassment", "sexual", "fig_leaf"), True),
    ("somebody in danger", ("threat", "self_harm", "doxxing", "child", "violence"), True),
    ("dialects and banter, friendly", ("dialect",), False),
    ("the same, said in standard English", ("plain_twin",), False),
    ("quoted, fought, reclaimed", ("quoted", "counter_speech", "reclaimed"), False),
    ("other harmless ones", ("criticism", "swearing", "identity", "self_irony", "figure_of_speech", "support"), False),
)
"""Name, kinds of comments in gold, and whether a moderator should stop them."""


class Comment(NamedTuple):
    """A practice comment: its id, the text, the class and the kind that gold names."""

    item: str
    text: str
    label: str
    kind: str


class Rate(NamedTuple):
    """How many comments of a group a list stops.

    Attributes:
        name: Of the group.
        stopped: Comments with a listed word.
        of: Comments in all.
        wanted: Whether they should be stopped.
    """

    name: str
    stopped: int
    of: int
    wanted: bool


@lru_cache(maxsize=1)
def comments() -> tuple[Comment, ...]:
    """The practice comments with their gold."""
    gold = practice_gold("toxic-text")
    found = []
    for item in load_items("toxic-text"):
        (true,) = only(gold.of(item.id).annotations, Choice)
        found.append(Comment(item.id, item.text, true.label, str(true.attributes["kind"])))
    return tuple(found)


def rates(listed: Collection[str]) -> tuple[Rate, ...]:
    """How many comments of each group have a word of the list; the line that names the thread does not count."""
    return tuple(
        Rate(name, sum(_stopped(one, listed) for one in group), len(group), wanted)
        for name, kinds, wanted in _GROUPS
        for group in [[one for one in comments() if one.kind in kinds]]
    )


def _stopped(comment: Comment, listed: Collection[str]) -> bool:
    return bool(found_words(_said(comment.text), listed))


def _said(text: str) -> str:
    return text.partition("\n\n")[2]


def list_explorer() -> VBox:
    """The list to edit; how many comments of each group it stops follows at once."""
    from ipywidgets import HTML, Layout, Textarea, VBox

    field = Textarea(
        value=LISTED,
        description="The list",
        layout=Layout(width="760px", max_width="100%", height="76px"),
        style={"description_width": "70px"},
    )
    view = HTML()

    def draw(_change: object = None) -> None:
        listed = frozenset(re.findall(r"[^\W\d_]+", field.value.lower()))
        view.value = _rates_html(rates(listed), len(listed))

    field.observe(draw, names="value")
    draw()
    return VBox([field, view])


def _rates_html(found: Sequence[Rate], words: int) -> str:
    bars = []
    for k, one in enumerate(found):
        share, y = one.stopped / one.of, 26 * k
        color = BLUE if one.wanted else VERMILION
        interval = wilson(one.stopped, one.of)
        bars.append(
            f'<text x="0" y="{y + 16}" font-size="14" fill="currentColor">{escape(one.name)}</text>'
            f'<rect x="256" y="{y + 3}" width="260" height="18" rx="4" fill="currentColor" fill-opacity=".12"/>'
            f'<rect x="256" y="{y + 3}" width="{260 * share:.0f}" height="18" rx="4" fill="{color}"/>'
            f'<text x="526" y="{y + 16}" font-size="14" fill="currentColor">{one.stopped} of {one.of} '
            f"({interval})</text>"
        )
    said = "; ".join(f"{one.name}: {one.stopped} of {one.of} stopped" for one in found)
    height = 26 * len(found) + 6
    return (
        f"<p style='margin:4px 0'>With {counted(words, 'word')} the list stops (95 % interval in brackets; "
        "blue: should be stopped, orange: should not):</p>"
        f'<svg viewBox="0 0 690 {height}" width="690" style="max-width:100%;display:block" role="img" '
        f'aria-label="{escape(said)}">{"".join(bars)}</svg>'
    )


def twins(listed: Collection[str] | None = None) -> Picture:
    """The friendly comments in a dialect beside the same in standard English, with the words that a list stops at.

    Args:
        listed: The list; :data:`LISTED` unless told.
    """
    words = frozenset(LISTED.split()) if listed is None else listed
    by_thread: dict[str, dict[str, Comment]] = {}
    for one in comments():
        if one.kind in ("dialect", "plain_twin"):
            by_thread.setdefault(one.text.partition("\n\n")[0], {})[one.kind] = one
    pairs = [(pair["dialect"], pair["plain_twin"]) for pair in by_thread.values()]
    cell = "padding:6px 18px 6px 0;vertical-align:top;border:0;text-align:left;width:46%"
    rows = "".join(
        '<tr style="background:none">'
        + "".join(f'<td style="{cell}">{_with_stops(one, words)}</td>' for one in pair)
        + "</tr>"
        for pair in pairs
    )
    stopped = [sum(_stopped(pair[side], words) for pair in pairs) for side in (0, 1)]
    text = f"stopped: {stopped[0]} of {len(pairs)} in dialect, {stopped[1]} of {len(pairs)} in standard English"
    heads = "".join(
        f'<th scope="col" style="{cell};font-weight:600">{name}</th>'
        for name in ("as it was said", "in standard English")
    )
    return Picture(
        '<table style="border-collapse:collapse;font-size:14px;line-height:1.5;max-width:1000px"><thead>'
        f'<tr style="border-bottom:1px solid currentColor">{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"<p>{text[0].upper()}{text[1:]}.</p>",
        text,
    )


def your_alarms(labels: LabelSet) -> Picture:
    """How many harmless comments you called toxic or escalated, those in dialect apart from the others.

    Args:
        labels: Practice labels of ``w3-toxic``; comments without an answer are left out.
    """
    rows = []
    for name, dialect in (("dialects and banter", True), ("all other harmless ones", False)):
        said = [
            label.label
            for one in comments()
            if one.label == "not_toxic" and (one.kind == "dialect") is dialect
            for label in only(labels.of(one.item).annotations, Choice)[:1]
        ]
        alarms = sum(label != "not_toxic" for label in said)
        share = str(wilson(alarms, len(said))) if said else "nothing labelled yet"
        rows.append((name, f"{alarms} of {len(said)}", share))
    text = "; ".join(f"{name}: {alarms} false alarms" for name, alarms, _ in rows)
    return Picture(table_html(("Harmless comments", "Your false alarms", "95 % interval"), rows), text)


def _with_stops(comment: Comment, listed: Collection[str]) -> str:
    said, parts, end = _said(comment.text), [], 0
    for found in re.finditer(r"[^\W\d_]+", said):
        if found.group().lower() in listed:
            parts.append(
                f'{escape(said[end : found.start()])}<b style="border-bottom:2px solid {VERMILION}">'
                f"{escape(found.group())}</b>"
            )
            end = found.end()
    mark = f'<b style="color:{VERMILION}">✖ stopped</b>' if parts else f'<b style="color:{GREEN}">✔ let through</b>'
    return f"{''.join(parts)}{escape(said[end:])}<br><small>{mark}</small>"
