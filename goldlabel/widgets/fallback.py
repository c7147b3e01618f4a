"""What stands in a widget's place where no kernel runs: on GitHub, in a feedback page, in print."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from goldlabel.annotations import (
    Annotation,
    Box,
    Item,
    Keypoints,
    LabelSet,
    Mask,
    Polygon,
    Relation,
    RotatedBox,
    Segment,
    Span,
    WordBox,
    Written,
    only,
)
from goldlabel.review.wording import counted, plain, thing

__all__ = [
    "MOST_PICTURES",
    "answers_html",
    "relations_html",
    "spans_html",
    "static_html",
    "texts_html",
    "timelines_html",
]

MOST_PICTURES = 12
"""More thumbnails than this would only swell the notebook."""

_COLUMN = 4
"""Pixels between the columns with which a mask is hatched; every column would cost a hundred kilobytes."""

_WIDE, _LANE = 640, 16
"""Pixels of a line of time: its width, and the height of a lane."""


def static_html(title: str, items: Sequence[Item], labels: LabelSet, colors: Mapping[str, str]) -> str:
    """The labels as small drawings without their photographs (a photograph would cost 80 kB in the notebook).

    Args:
        title: Of the exercise.
        items: In labelling order.
        labels: As they are on disk.
        colors: ``#rrggbb`` by class name.
    """
    head = _head(title, items, labels, "annotation")
    drawn = _labelled(items, labels)
    figures = "".join(_thumbnail(item, labels.of(item.id).annotations, colors) for item in drawn)
    return f'<div>{head}<div style="display:flex;flex-wrap:wrap;gap:8px">{figures}</div></div>'


def answers_html(title: str, items: Sequence[Item], labels: LabelSet, colors: Mapping[str, str]) -> str:
    """The answers of a choice exercise as a row of numbered chips; the arguments are those of :func:`static_html`."""
    chips, answered = [], 0
    for number, item in enumerate(items, start=1):
        names = [one.label for one in labels.of(item.id).annotations]
        answered += bool(names)
        chips.append(
            '<span style="display:inline-block;padding:2px 8px;border:1px solid currentColor;border-radius:5px;'
            f'border-left:6px solid {colors.get(names[0], "#888888") if names else "currentColor"}">'
            f"{number} {escape(', '.join(names)) or '-'}</span>"
        )
    head = (
        f"<p><b>{escape(title)}</b>: {answered} of {counted(len(items), thing(items))} answered. "
        "This is a still picture of the labels; run the cell to label.</p>"
    )
    return f'<div>{head}<div style="display:flex;flex-wrap:wrap;gap:6px">{"".join(chips)}</div></div>'


def spans_html(title: str, items: Sequence[Item], labels: LabelSet, colors: Mapping[str, str]) -> str:
    """The texts with their spans marked, each with its class behind it; the arguments are :func:`static_html`'s."""
    texts = "".join(
        '<p style="white-space:pre-line;line-height:1.9;max-width:70ch" dir="auto">'
        f"{_marked(item.text, only(labels.of(item.id).annotations, Span), colors)}</p>"
        for item in _labelled(items, labels)
    )
    return f"<div>{_head(title, items, labels, 'span')}{texts}</div>"


def relations_html(title: str, items: Sequence[Item], labels: LabelSet) -> str:
    """The relations of each text as a list of sentences.

    Args:
        title: Of the exercise.
        items: In labelling order, with the names that are joined.
        labels: As they are on disk.
    """
    lists = []
    for item in _labelled(items, labels):
        names = {one.id: item.text[one.start : one.end] for one in only(item.given, Span)}
        rows = "".join(
            f"<li>{escape(names.get(one.head, one.head))} &rarr; <b>{escape(plain(one.label))}</b> &rarr; "
            f"{escape(names.get(one.tail, one.tail))}</li>"
            for one in only(labels.of(item.id).annotations, Relation)
        )
        lists.append(f"<p>{escape(item.id)}</p><ul>{rows}</ul>")
    return f"<div>{_head(title, items, labels, 'relation')}{''.join(lists)}</div>"


def timelines_html(title: str, items: Sequence[Item], labels: LabelSet, colors: Mapping[str, str]) -> str:
    """The segments of each sound on a line of time, a lane a class, with what is said in them under it.

    Args:
        title: Of the exercise.
        items: In labelling order.
        labels: As they are on disk.
        colors: ``#rrggbb`` by class name, in the order of the lanes.
    """
    lines = "".join(
        _timeline(item, only(labels.of(item.id).annotations, Segment), colors) for item in _labelled(items, labels)
    )
    return f"<div>{_head(title, items, labels, 'segment')}{lines}</div>"


def _timeline(item: Item, segments: Sequence[Segment], colors: Mapping[str, str]) -> str:
    lanes = [name for name in colors if any(one.label == name for one in segments)]
    length = max([item.seconds, *(one.end for one in segments), 0.001])
    bars = "".join(
        f'<rect x="{_WIDE * one.start / length:.1f}" y="{_LANE * lanes.index(one.label) + 2}" '
        f'width="{max(1.0, _WIDE * (one.end - one.start) / length):.1f}" height="{_LANE - 4}" rx="2" '
        f'fill="{colors[one.label]}"><title>{escape(_heard(one))}</title></rect>'
        for one in segments
        if one.label in lanes
    )
    names = ", ".join(escape(plain(name)) for name in lanes)
    high = _LANE * len(lanes)
    said = "".join(f"<li>{escape(_heard(one))}</li>" for one in segments if one.text)
    return (
        f'<p style="margin:8px 0 2px"><b>{escape(item.id)}</b> ({length:.1f} s): {names}</p>'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" width="{_WIDE}" role="img" '
        f'aria-label="{escape(item.id)}: {counted(len(segments), "segment")}" '
        f'style="max-width:100%;background:#8883;border-radius:4px">{bars}</svg>'
        + (f'<ul style="margin:4px 0 8px;max-width:75ch">{said}</ul>' if said else "")
    )


def _heard(one: Segment) -> str:
    """A segment in a line: "A, 0.50 to 1.75 s: well, yes"."""
    return f"{plain(one.label)}, {one.start:.2f} to {one.end:.2f} s" + (f": {one.text}" if one.text else "")


def _head(title: str, items: Sequence[Item], labels: LabelSet, noun: str) -> str:
    done = sum(labels.of(item.id).done for item in items)
    count = sum(len(labels.of(item.id).annotations) for item in items)
    return (
        f"<p><b>{escape(title)}</b>: {done} of {counted(len(items), thing(items))} done, {counted(count, noun)}. "
        "This is a still picture of the labels; run the cell to label.</p>"
    )


def _labelled(items: Sequence[Item], labels: LabelSet) -> list[Item]:
    """The first items that have labels."""
    return [item for item in items if labels.of(item.id).annotations][:MOST_PICTURES]


def _marked(text: str, spans: Sequence[Span], colors: Mapping[str, str]) -> str:
    """``text`` as HTML, underlined where spans are; overlapping ones are underlined once, each has its class's name."""
    inside = sorted((one for one in spans if 0 <= one.start < one.end <= len(text)), key=lambda one: one.end)
    cuts = sorted({0, len(text), *(place for one in inside for place in one.stretch)})
    parts = []
    for start, end in pairwise(cuts):
        over = [one for one in inside if one.start <= start and end <= one.end]
        piece = escape(text[start:end])
        if over:
            color = colors.get(min(over, key=lambda one: one.end - one.start).label, "#888888")
            piece = f'<span style="background:{color}33;border-bottom:3px solid {color}">{piece}</span>'
        tags = "".join(
            f'<sub style="font-size:75%;font-weight:600"> {escape(plain(one.label))}</sub>'
            for one in inside
            if one.end == end
        )
        parts.append(piece + tags)
    return "".join(parts)


def texts_html(title: str, items: Sequence[Item], labels: LabelSet) -> str:
    """What was written about each item, under the first words of its source; arguments as in :func:`static_html`."""
    done = sum(labels.of(item.id).done for item in items)
    parts = []
    for number, item in enumerate(items, start=1):
        texts = [one.text for one in labels.of(item.id).annotations if isinstance(one, Written)]
        written = escape(texts[0]) if texts else "<i>nothing written yet</i>"
        source = escape(item.text.partition("\n")[0])
        parts.append(
            f'<p style="margin:8px 0 2px"><b>{number}. {source}</b></p>'
            f'<p style="margin:0 0 8px;max-width:75ch;white-space:pre-line">{written}</p>'
        )
    head = (
        f"<p><b>{escape(title)}</b>: {done} of {counted(len(items), thing(items))} done. "
        "This is a still picture of what was written; run the cell to go on.</p>"
    )
    return f"<div>{head}{''.join(parts)}</div>"


def _thumbnail(item: Item, annotations: Sequence[Annotation], colors: Mapping[str, str]) -> str:
    shapes = "".join(
        f'<g fill="{color}" fill-opacity=".35" stroke="{color}" stroke-width="{item.width / 150:.1f}">'
        f"<title>{escape(_title(one))}</title>{_shape(one, item)}</g>"
        for one in annotations
        for color in [colors.get(one.label, "#888888")]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {item.width} {item.height}" width="200" role="img" '
        f'aria-label="{escape(item.id)}: {counted(len(annotations), "annotation")}" '
        f'style="background:#8883;border-radius:4px">{shapes}</svg>'
    )


def _title(one: Annotation) -> str:
    """What one annotation is, for the pointer that rests on it."""
    return f"{one.label}: {one.text}" if isinstance(one, WordBox) else one.label


def _shape(one: Annotation, item: Item) -> str:
    """One annotation as SVG; a choice is nothing to draw."""
    match one:
        case Box(xyxy=(x1, y1, x2, y2)):
            return _outline([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])
        case RotatedBox(center=(x, y), size=(width, height), rotation=degrees):
            c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            halves = [
                (-width / 2, -height / 2),
                (width / 2, -height / 2),
                (width / 2, height / 2),
                (-width / 2, height / 2),
            ]
            return _outline([(x + dx * c - dy * s, y + dx * s + dy * c) for dx, dy in halves])
        case Polygon() | WordBox():
            rings = one.rings if isinstance(one, Polygon) else [one.corners]
            return "".join(_outline(ring) for ring in rings)
        case Mask():
            return _hatching(one)
        case Keypoints(points=points):
            return "".join(
                f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{item.width / 100:.0f}"/>' for x, y, v in points.values() if v
            )
        case _:
            return ""


def _outline(points: Sequence[tuple[float, float]]) -> str:
    return '<polygon points="{}"/>'.format(" ".join(f"{x:.0f},{y:.0f}" for x, y in points))


def _hatching(mask: Mask) -> str:
    """A mask as vertical lines; one that cannot be read is left out."""
    # Imported here: nothing else in the widgets needs numpy.
    import numpy as np

    from goldlabel.metrics.masks import RleError, decode_rle

    try:
        pixels = decode_rle(mask.counts, mask.size)
    except RleError:
        return ""
    lines = []
    for x in range(0, mask.size[1], _COLUMN):
        column = pixels[:, x].astype(np.int8)
        ends = np.flatnonzero(np.diff(column, prepend=0, append=0))
        lines += [f"M{x} {start}V{end}" for start, end in zip(ends[::2], ends[1::2], strict=True)]
    return f'<path d="{"".join(lines)}" stroke-width="{_COLUMN}" stroke-opacity=".6"/>'
