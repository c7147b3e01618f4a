"""The style of all overlays: verdicts, the frame with the picture, tabs with text, the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from zlib import crc32

import msgspec

from goldlabel.annotations import Item
from goldlabel.review.wording import Corners, plain

__all__ = ["LEGEND", "Stroke", "caption", "cased", "hatched", "legend_html", "line", "names_html", "svg", "tab"]


class Stroke(msgspec.Struct, frozen=True):
    """How one verdict is drawn.

    Attributes:
        color: ``#rrggbb`` of Okabe and Ito's palette.
        dash: SVG dash pattern; empty for a solid line.
        meaning: For the legend.
    """

    color: str
    dash: str
    meaning: str


LEGEND: Mapping[str, Stroke] = {
    "right": Stroke("#009E73", "", "right"),
    "loose": Stroke("#E69F00", "", "not tight"),
    "confused": Stroke("#D55E00", "", "wrong class"),
    "misread": Stroke("#F0E442", "10 3 2 3", "misread"),
    "extra": Stroke("#CC79A7", "2 5", "extra"),
    "missed": Stroke("#56B4E9", "12 7", "missed"),
    "gold": Stroke("#FFFFFF", "5 5", "where it should be"),
    "aside": Stroke("#BBBBBB", "1 6", "does not count"),
}

_PATCHES: Mapping[str, tuple[str, str]] = {
    "too-much": (LEGEND["extra"].color, "too much"),
    "too-little": (LEGEND["missed"].color, "too little"),
}
"""Hatched patches: colour and meaning. Too much leans to the right, too little to the left."""

_PATCHED = ("polygons", "masks")
_READ = ("word_boxes",)
_FONT = 17  # pixels of the picture; pictures are shown at 60 to 100 % of their size
_PRINTED_FONT = 13
_SMALLEST_FONT = 10
_SANS = "system-ui, sans-serif"
_MONO = "ui-monospace, DejaVu Sans Mono, Consolas, monospace"


def line(path: str, verdict: str, *, fill: str = "none") -> str:
    """A path in the line of a verdict, with a dark casing, so that it shows on any ground."""
    stroke = LEGEND[verdict]
    return cased(path, stroke.color, stroke.dash, fill=fill)


def cased(path: str, color: str, dash: str = "", *, fill: str = "none") -> str:
    """A path in a colour of its own, with its casing; ``path`` is an element without its style, like ``rect x=...``."""
    inside = "" if fill == "none" else ' fill-opacity=".3" fill-rule="evenodd"'
    return (
        f'<{path} fill="none" stroke="#000" stroke-opacity=".55" stroke-width="5" stroke-linejoin="round"/>'
        f'<{path} fill="{fill}"{inside} stroke="{color}" stroke-width="2.6" stroke-dasharray="{dash}" '
        'stroke-linejoin="round"/>'
    )


def hatched(path: str, patch: str, item: Item, *, edge: bool = True) -> str:
    """A path filled with the hatching of ``too-much`` or ``too-little``; an edge would hide a narrow one."""
    color, _ = _PATCHES[patch]
    dash = LEGEND["extra" if patch == "too-much" else "missed"].dash
    return (
        f'<{path} fill="url(#{_pattern_id(patch, item)})" fill-rule="evenodd" stroke="{color}" '
        f'stroke-width="{1.6 if edge else 0}" stroke-dasharray="{dash}"/>'
    )


def tab(bounds: Corners, color: str, text: str, item: Item, *, printed: bool = False) -> str:
    """Text in white on a dark tab above ``bounds``, or inside it where the picture ends.

    What was ``printed`` or typed is small, as the lines of a page lie close together, in letters that are told apart.
    """
    if not text:
        return ""
    # A small picture is not blown up, so its text must be small as well.
    font = min(_PRINTED_FONT if printed else _FONT, max(_SMALLEST_FONT, item.width // 36))
    family = _MONO if printed else _SANS
    x1, y1 = bounds[:2]
    top = y1 - font - 5 if y1 > font + 6 else y1 + 2
    width = (0.62 if printed else 0.56) * font * len(text) + 14
    # The tab never runs out of the picture.
    left = max(0.0, min(x1, item.width - width))
    return (
        f'<rect x="{left - 1:.1f}" y="{top:.1f}" width="{width:.1f}" height="{font + 5}" rx="3" '
        f'fill="#111" fill-opacity=".82"/>'
        f'<rect x="{left - 1:.1f}" y="{top:.1f}" width="5" height="{font + 5}" fill="{color}"/>'
        f'<text x="{left + 8:.1f}" y="{top + font - 1:.1f}" font-family="{family}" '
        f'font-size="{font}" fill="#fff">{escape(text)}</text>'
    )


def caption(bounds: Corners, text: str) -> str:
    """Small text just above ``bounds``, without a tab: it hides little of what stands there."""
    x1, y1 = bounds[:2]
    place = f'x="{x1:.1f}" y="{y1 - 3 if y1 > _SMALLEST_FONT + 4 else bounds[3] + _SMALLEST_FONT + 2:.1f}"'
    return (
        f'<text {place} font-family="{_MONO}" font-size="{_SMALLEST_FONT + 2}" font-weight="600" '
        f'fill="#fff" stroke="#000" stroke-width="3" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )


def svg(item: Item, picture: str, shapes: Sequence[str]) -> str:
    """The picture with shapes on it, as one element that fits its column."""
    drawn = "".join(shapes)
    patterns = "".join(
        f'<pattern id="{_pattern_id(patch, item)}" width="9" height="9" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({angle})"><rect width="9" height="9" fill="{color}" fill-opacity=".28"/>'
        f'<rect width="3" height="9" fill="{color}"/></pattern>'
        for (patch, (color, _)), angle in zip(_PATCHES.items(), (45, -45), strict=True)
        if _pattern_id(patch, item) in drawn
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {item.width} {item.height}" role="img" '
        f'aria-label="{escape(item.alt or item.id)}" '
        f'style="display:block;width:100%;max-width:{item.width}px;height:auto;border-radius:6px">'
        f"{f'<defs>{patterns}</defs>' if patterns else ''}"
        f'<image href="{escape(picture)}" width="{item.width}" height="{item.height}"/>{drawn}</svg>'
    )


def _pattern_id(patch: str, item: Item) -> str:
    # Not the same in all pictures of a page: a pattern in a picture that is folded away would be drawn nowhere.
    return f"{patch}-{crc32(item.id.encode()):08x}"


def legend_html(task: str = "boxes", verdicts: Sequence[str] = tuple(LEGEND)) -> str:
    """The legend as a row of samples, with what only this task draws."""
    drawn = [name for name in verdicts if name != "misread" or task in _READ]
    samples = [_sample(_line_sample(LEGEND[name]), LEGEND[name].meaning) for name in drawn]
    if task in _PATCHED:
        samples += [_sample(_patch_sample(color, patch), meaning) for patch, (color, meaning) in _PATCHES.items()]
    if task == "keypoints":
        samples += [
            _sample('<circle cx="17" cy="6" r="4" fill="#fff"/>', "visible"),
            _sample('<circle cx="17" cy="6" r="3.4" fill="none" stroke="#fff" stroke-width="2"/>', "hidden"),
        ]
    return f'<div style="font-size:13px;line-height:1.9">{"".join(samples)}</div>'


def names_html(colors: Mapping[str, str]) -> str:
    """The colours of classes as a row of samples, for a picture on which no names stand."""
    samples = [
        _sample(
            f'<rect x="3" y="2" width="28" height="8" fill="none" stroke="{color}" stroke-width="2.6"/>', plain(name)
        )
        for name, color in colors.items()
    ]
    return f'<div style="font-size:13px;line-height:1.9">{"".join(samples)}</div>'


def _sample(drawing: str, meaning: str) -> str:
    return (
        f'<span style="display:inline-flex;align-items:center;gap:6px;margin-right:16px">'
        f'<svg width="34" height="12" aria-hidden="true"><rect width="34" height="12" rx="3" fill="#333"/>'
        f"{drawing}</svg>{escape(meaning)}</span>"
    )


def _line_sample(stroke: Stroke) -> str:
    look = f'stroke="{stroke.color}" stroke-width="3" stroke-dasharray="{stroke.dash}"'
    return f'<line x1="3" y1="6" x2="31" y2="6" {look}/>'


def _patch_sample(color: str, patch: str) -> str:
    lean = 5 if patch == "too-much" else -5
    strokes = "".join(f"M{x + lean} 1L{x - lean} 11" for x in (8, 14, 20, 26))
    return (
        f'<rect x="2" y="1" width="30" height="10" fill="{color}" fill-opacity=".28"/>'
        f'<path d="{strokes}" stroke="{color}" stroke-width="2"/>'
    )
