"""Overlays: a picture with the learner's labels and the gold drawn on it, as one self-contained SVG.

One style everywhere: colour *and* line tell the verdict, so that colour-blind people and print keep it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import msgspec

from goldlabel.annotations import Box, Item
from goldlabel.review.findings import ItemReview
from goldlabel.review.wording import shown

__all__ = ["LEGEND", "Stroke", "boxes_overlay", "legend_html", "plain_overlay"]


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
    "extra": Stroke("#CC79A7", "2 5", "extra"),
    "missed": Stroke("#56B4E9", "12 7", "missed"),
    "gold": Stroke("#FFFFFF", "5 5", "where the box should be"),
    "aside": Stroke("#BBBBBB", "1 6", "too hidden to count"),
}

_FONT = 17  # pixels of the picture; pictures are shown at 60 to 100 % of their size


def boxes_overlay(
    item: Item,
    labels: Sequence[Box],
    gold: Sequence[Box],
    review: ItemReview,
    *,
    picture: str,
    low_overlap: float,
) -> str:
    """The picture with every box of both sides and its verdict.

    Args:
        item: The item; its size sets the coordinates.
        labels: The learner's boxes.
        gold: All gold boxes of the item.
        review: The verdicts.
        picture: Address of the picture, for instance a ``data:`` URI.
        low_overlap: Overlap below which a box is drawn as not tight, with gold beside it.

    Returns:
        An ``<svg>`` element.
    """
    # Of labels that share an id, the first is the one that was judged.
    yours = {box.id: box for box in reversed(labels)}
    true = {box.id: box for box in gold}
    shapes = []
    drawn_labels: set[str] = set()
    for pair in review.pairs:
        box, target = yours[pair.label], true[pair.gold]
        drawn_labels.add(box.id)
        if not pair.same_class:
            verdict, text = "confused", f"{box.label}: is {target.label}"
        elif pair.overlap < low_overlap:
            verdict, text = "loose", f"{box.label} {shown(pair.overlap)}"
        else:
            verdict, text = "right", box.label
        if pair.overlap < low_overlap:
            shapes.append(_box(target, "gold", "", item.width))
        shapes.append(_box(box, verdict, text, item.width))
    matched_gold = {pair.gold for pair in review.pairs}
    shapes += [
        _box(box, "aside", "", item.width) if box.difficult else _box(box, "missed", f"missed: {box.label}", item.width)
        for box in gold
        if box.id not in matched_gold
    ]
    shapes += [_box(yours[name], "aside", "", item.width) for name in review.covered]
    settled = drawn_labels | set(review.covered)
    settled |= {finding.label for finding in review.findings if finding.kind == "invalid"}
    shapes += [_box(box, "extra", f"extra: {box.label}", item.width) for box in labels if box.id not in settled]
    return _svg(item, picture, shapes)


def plain_overlay(item: Item, boxes: Sequence[Box], colors: Mapping[str, str], *, picture: str) -> str:
    """The picture with ``boxes`` in the colours of their classes, for worked examples and contact sheets."""
    shapes = [_rectangle(box, colors.get(box.label, "#FFFFFF"), "", box.label, item.width) for box in boxes]
    return _svg(item, picture, shapes)


def legend_html(verdicts: Sequence[str] = tuple(LEGEND)) -> str:
    """The legend as a row of line samples."""
    samples = "".join(
        f'<span style="display:inline-flex;align-items:center;gap:6px;margin-right:16px">'
        f'<svg width="34" height="12" aria-hidden="true"><rect width="34" height="12" rx="3" fill="#333"/>'
        f'<line x1="3" y1="6" x2="31" y2="6" stroke="{LEGEND[name].color}" stroke-width="3" '
        f'stroke-dasharray="{LEGEND[name].dash}"/></svg>{escape(LEGEND[name].meaning)}</span>'
        for name in verdicts
    )
    return f'<div style="font-size:13px;line-height:1.9">{samples}</div>'


def _svg(item: Item, picture: str, shapes: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {item.width} {item.height}" role="img" '
        f'aria-label="{escape(item.alt or item.id)}" '
        f'style="display:block;width:100%;max-width:{item.width}px;height:auto;border-radius:6px">'
        f'<image href="{escape(picture)}" width="{item.width}" height="{item.height}"/>{"".join(shapes)}</svg>'
    )


def _box(box: Box, verdict: str, text: str, width: int) -> str:
    stroke = LEGEND[verdict]
    return _rectangle(box, stroke.color, stroke.dash, text, width)


def _rectangle(box: Box, color: str, dash: str, text: str, picture_width: int) -> str:
    """A rectangle with a dark casing, so that it shows on any ground, and its text in white on a dark tab."""
    x1, y1, x2, y2 = box.xyxy
    frame = f'x="{x1:.1f}" y="{y1:.1f}" width="{max(0.0, x2 - x1):.1f}" height="{max(0.0, y2 - y1):.1f}" fill="none"'
    casing = f'<rect {frame} stroke="#000" stroke-opacity=".55" stroke-width="5"/>'
    line = f'<rect {frame} stroke="{color}" stroke-width="2.6" stroke-dasharray="{dash}"/>'
    if not text:
        return casing + line
    # The tab stands on the box, or inside it where the picture ends, and never runs out of the picture.
    top = y1 - _FONT - 5 if y1 > _FONT + 6 else y1 + 2
    width = 0.56 * _FONT * len(text) + 14
    left = max(0.0, min(x1, picture_width - width))
    return (
        f"{casing}{line}"
        f'<rect x="{left - 1:.1f}" y="{top:.1f}" width="{width:.1f}" height="{_FONT + 5}" rx="3" '
        f'fill="#111" fill-opacity=".82"/>'
        f'<rect x="{left - 1:.1f}" y="{top:.1f}" width="5" height="{_FONT + 5}" fill="{color}"/>'
        f'<text x="{left + 8:.1f}" y="{top + _FONT - 1:.1f}" font-family="system-ui, sans-serif" '
        f'font-size="{_FONT}" fill="#fff">{escape(text)}</text>'
    )
