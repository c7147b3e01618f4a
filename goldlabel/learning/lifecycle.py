"""The life of a data set, drawn: eight stations and the ways back."""

from __future__ import annotations

import itertools

from goldlabel.learning.figures import BLUE, Picture

__all__ = ["STATIONS", "life_of_a_data_set"]

STATIONS: tuple[tuple[str, str, bool], ...] = (
    ("Collect", "pictures, sound, with consent", False),
    ("Guideline", "what to label, and how", False),
    ("Pilot", "few items, many questions", True),
    ("Label", "all items, by the rules", True),
    ("Review", "check, agree, mend", True),
    ("Release", "a version and its datasheet", False),
    ("Model", "a program learns from it", False),
    ("Feedback", "where it fails, why", True),
)
"""Name, what happens there, and whether annotators work there."""

_W, _H = 200, 74
_COLUMNS = (8, 236, 464, 692)


def life_of_a_data_set() -> Picture:
    """Eight stations in a ring; those where annotators work are blue."""
    places = [(x, 30) for x in _COLUMNS] + [(x, 186) for x in reversed(_COLUMNS)]
    drawn = "".join(_station(k, places[k]) for k in range(len(STATIONS)))
    for (x1, y1), (x2, y2) in itertools.pairwise(places):
        if y1 != y2:
            drawn += _arrow((x1 + _W / 2, y1 + _H), (x2 + _W / 2, y2))
        elif x2 > x1:
            drawn += _arrow((x1 + _W, y1 + _H / 2), (x2, y2 + _H / 2))
        else:
            drawn += _arrow((x1, y1 + _H / 2), (x2 + _W, y2 + _H / 2))
    first, last = places[0], places[-1]
    drawn += _arrow((last[0] + _W / 2, last[1]), (first[0] + _W / 2, first[1] + _H))
    drawn += _back(places[2], places[1], "unclear? mend the rules")
    drawn += _text(last[0] + _W / 2 + 10, 148, "more of what it gets wrong")
    names = ", ".join(name for name, _what, _annotators in STATIONS)
    html = (
        f'<svg viewBox="0 -12 900 282" role="img" aria-label="The life of a data set: {names}, and round again" '
        f'style="display:block;width:100%;max-width:896px;height:auto">{drawn}</svg>'
        "<div>Blue: where annotators work.</div>"
    )
    return Picture(html, f"The life of a data set: {names}, and round again")


def _station(k: int, place: tuple[int, int]) -> str:
    name, what, annotators = STATIONS[k]
    x, y = place
    color = BLUE if annotators else "currentColor"
    fill = f'fill="{BLUE}" fill-opacity=".14"' if annotators else 'fill="none"'
    return (
        f'<rect x="{x}" y="{y}" width="{_W}" height="{_H}" rx="10" {fill} stroke="{color}" stroke-width="2"/>'
        f'<text x="{x + 14}" y="{y + 30}" font-size="18" font-weight="600" fill="currentColor">{k + 1}. {name}</text>'
        f"{_text(x + 14, y + 54, what)}"
    )


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="12" fill="currentColor">{text}</text>'


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = start, end
    dx, dy = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    # A triangle of 9 by 10 pixels, its point at `end`.
    bx, by = x2 - 9 * dx, y2 - 9 * dy
    head = f"{x2},{y2} {bx - 5 * dy},{by - 5 * dx} {bx + 5 * dy},{by + 5 * dx}"
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{bx}" y2="{by}" stroke="currentColor" stroke-width="2"/>'
        f'<polygon points="{head}" fill="currentColor"/>'
    )


def _back(start: tuple[int, int], end: tuple[int, int], text: str) -> str:
    """A dashed way back over the top."""
    x1, x2, y = start[0] + 40, end[0] + _W - 40, start[1]
    return (
        f'<path d="M{x1} {y} C{x1} {y - 26} {x2} {y - 26} {x2} {y - 8}" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-dasharray="5 4"/><polygon points="{x2},{y} {x2 - 5},{y - 9} {x2 + 5},{y - 9}" '
        f'fill="currentColor"/><text x="{(x1 + x2) / 2}" y="{y - 25}" font-size="12.5" text-anchor="middle" '
        f'fill="currentColor">{text}</text>'
    )
