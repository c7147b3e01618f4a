"""Marks in a text as HTML: lines under the words, nested and crossing ones too, and a tag with sign and class behind.

A verdict is told by colour, by the style of the line and by a sign, so that print and colour-blind people keep it. The
text has the colour of the page, light or dark; only inline styles are used, and everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

import msgspec

from goldlabel.review.overlay.style import LEGEND
from goldlabel.review.wording import plain

__all__ = ["VERDICTS", "Look", "Mark", "class_name", "framed", "marked_text", "tag", "text_legend"]


class Look(msgspec.Struct, frozen=True):
    """How something is marked in a text.

    Attributes:
        color: ``#rrggbb``.
        line: CSS style of the line under the words; empty for none.
        sign: Stands before the class in the tag.
        meaning: For the legend.
        css: What else it looks like.
    """

    color: str
    line: str
    sign: str = ""
    meaning: str = ""
    css: str = ""

    @property
    def style(self) -> str:
        """Inline style of the words, but for the room under them."""
        under = f"border-bottom:3px {self.line} {self.color};background:{self.color}26;" if self.line else ""
        return f"{under}{self.css}"


VERDICTS: Mapping[str, Look] = {
    "right": Look(LEGEND["right"].color, "solid", "✔", "right"),
    "boundary": Look(LEGEND["loose"].color, "solid", "↔", "ends off"),
    "too-much": Look(LEGEND["extra"].color, "dotted", "", "does not belong to it", "text-decoration:line-through;"),
    "too-little": Look(LEGEND["missed"].color, "dashed", "", "belongs to it, too"),
    "confused": Look(LEGEND["confused"].color, "double", "✖", "wrong class"),
    "extra": Look(LEGEND["extra"].color, "dotted", "⊖", "extra"),
    "missed": Look(LEGEND["missed"].color, "dashed", "⊕", "missed"),
    "aside": Look("#999999", "dotted", "○", "does not count"),
    "turned": Look(LEGEND["loose"].color, "double", "⇄", "the wrong way round"),
    "hidden": Look(
        "#222222", "", "", "hidden by you", "background:#222;color:#fff;outline:1px solid #888;border-radius:2px;"
    ),
    "leak": Look(LEGEND["confused"].color, "double", "⚠", "can still be read", "font-weight:700;"),
    "needless": Look(LEGEND["extra"].color, "dotted", "", "hidden without need", "opacity:.75;"),
}


class Mark(msgspec.Struct, frozen=True):
    """A stretch of a text with its look.

    Attributes:
        start: Code points before it.
        end: Code points up to its end.
        look: How it is marked.
        tag: HTML that stands behind its words; empty for none.
    """

    start: int
    end: int
    look: Look
    tag: str = ""


def marked_text(text: str, marks: Sequence[Mark]) -> str:
    """The text with its marks; a mark inside another one has its line closer to the words.

    Where marks cross, the one that begins later is drawn in two pieces. Marks that are not on the text are left out.
    """
    ordered = sorted(
        (one for one in marks if 0 <= one.start < one.end <= len(text)), key=lambda one: (one.start, -one.end)
    )
    rooms = _rooms(ordered)
    places = sorted({0, len(text), *(at for one in ordered for at in (one.start, one.end))})
    parts: list[str] = []
    begun: list[int] = []
    for start, end in [*pairwise(places), (len(text), len(text) + 1)]:
        active = [n for n, one in enumerate(ordered) if one.start <= start and one.end >= end]
        kept = next((k for k, (a, b) in enumerate(zip(begun, active, strict=False)) if a != b), None)
        kept = min(len(begun), len(active)) if kept is None else kept
        parts += [f"{ordered[n].tag if ordered[n].end == start else ''}</span>" for n in reversed(begun[kept:])]
        parts += [_opening(ordered[n].look, rooms[n]) for n in active[kept:]]
        parts.append(escape(text[start:end]))
        begun = active
    height = 30 + 6 * max(rooms, default=0)
    return (
        f'<div dir="auto" style="max-width:78ch;padding:4px 16px;font-size:15px;line-height:{height}px;'
        f'border-left:4px solid currentColor;white-space:pre-wrap;overflow-wrap:anywhere">{"".join(parts)}</div>'
    )


def _rooms(ordered: Sequence[Mark]) -> list[int]:
    """How many lines must find room between the words and the line of each mark."""
    rooms = [0] * len(ordered)
    for n in range(len(ordered) - 1, -1, -1):
        inside = [rooms[k] + 1 for k in range(n + 1, len(ordered)) if ordered[k].start < ordered[n].end]
        rooms[n] = max(inside, default=0)
    return rooms


def _opening(look: Look, room: int) -> str:
    return (
        f'<span style="{look.style}padding:1px 1px {1 + 5 * room}px;box-decoration-break:clone;'
        f'-webkit-box-decoration-break:clone">'
    )


def class_name(name: str, colors: Mapping[str, str]) -> str:
    """A class with a small square in its colour."""
    color = escape(colors.get(name, "#888888"))
    return (
        f'<span aria-hidden="true" style="display:inline-block;width:8px;height:8px;margin-right:3px;border-radius:2px;'
        f'border:1px solid rgba(127,127,127,.8);background:{color}"></span>{escape(plain(name))}'
    )


def tag(look: Look, html: str) -> str:
    """A small tag with the sign of a verdict; ``html`` is escaped already."""
    sign = f"{look.sign} " if look.sign else ""
    return (
        f'<bdi style="display:inline-block;margin:0 2px 0 4px;padding:0 5px;border:1px solid {look.color};'
        f"border-radius:4px;background:{look.color}26;font-size:11px;font-weight:600;line-height:16px;"
        f'white-space:nowrap;vertical-align:1px;text-decoration:none">{sign}{html}</bdi>'
    )


def framed(*parts: str) -> str:
    """Parts of one overlay, below each other."""
    return f'<div style="display:flex;flex-direction:column;gap:8px;margin:6px 0">{"".join(parts)}</div>'


def text_legend(verdicts: Sequence[str], used: Iterable[Look]) -> str:
    """What the marks mean, as a row of samples: of ``verdicts`` those whose looks were used."""
    known = list(used)
    samples = "".join(
        '<span style="display:inline-flex;align-items:center;gap:6px;margin-right:16px">'
        f'<span style="{look.style}padding:1px 6px;line-height:1.3">{look.sign or "abc"}</span>{look.meaning}</span>'
        for look in (VERDICTS[name] for name in verdicts)
        if look in known
    )
    return f'<div style="font-size:13px;line-height:2.2">{samples}</div>' if samples else ""
