"""What stands in the place of a clip's widget where no kernel runs: its timeline, as a still picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from goldlabel.annotations import Annotation, Item, LabelSet, Segment, Track
from goldlabel.review.wording import counted, plain

__all__ = ["clips_html"]

_ROW = 16
"""Pixels of one lane."""

_LONG = 420
"""Pixels of the whole clip."""


def clips_html(title: str, items: Sequence[Item], labels: LabelSet, colors: Mapping[str, str]) -> str:
    """One small timeline a clip: a lane a track or event, coloured while the object is seen or the event lasts.

    Args:
        title: Of the exercise.
        items: In labelling order.
        labels: As they are on disk.
        colors: ``#rrggbb`` by class name.
    """
    done = sum(labels.of(item.id).done for item in items)
    figures = "".join(_timeline(item, labels.of(item.id).annotations, colors) for item in items)
    return (
        f"<div><p><b>{escape(title)}</b>: {done} of {counted(len(items), 'clip')} done. "
        f"This is a still picture of the labels; run the cell to label.</p>{figures}</div>"
    )


def _timeline(item: Item, annotations: Sequence[Annotation], colors: Mapping[str, str]) -> str:
    shown = [one for one in annotations if isinstance(one, Track | Segment)]
    if not shown:
        return ""
    lanes = "".join(_lane(one, row, item, colors) for row, one in enumerate(shown))
    width, height = _LONG + 160, len(shown) * _ROW + 4
    return (
        f'<p style="margin:8px 0 2px">{escape(item.id)}, {item.seconds:g} s</p>'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'aria-label="{escape(item.id)}: {counted(len(shown), "label")} on a timeline">{lanes}</svg>'
    )


def _lane(one: Track | Segment, row: int, item: Item, colors: Mapping[str, str]) -> str:
    name, top = escape(_name(one)), row * _ROW
    bars = "".join(
        f'<rect x="{_LONG * start:.1f}" y="{top + 3}" width="{_LONG * (end - start):.1f}" height="10" rx="2"/>'
        for start, end in _shares(one, item)
    )
    return (
        f'<g fill="{colors.get(one.label, "#888888")}"><title>{name}</title>{bars}</g>'
        f'<text x="{_LONG + 8}" y="{top + 12}" font-size="11" fill="currentColor">{name}</text>'
    )


def _name(one: Track | Segment) -> str:
    return f"{plain(one.label)} {one.id}" if isinstance(one, Track) else plain(one.label)


def _shares(one: Track | Segment, item: Item) -> list[tuple[float, float]]:
    """When it is seen or lasts, as shares of the clip."""
    if isinstance(one, Segment):
        return [(one.start / item.seconds, one.end / item.seconds)] if item.seconds else []
    ends = [*(each.frame for each in one.keyframes), item.frames]
    return [
        (start / item.frames, end / item.frames)
        for each, (start, end) in zip(one.keyframes, pairwise(ends), strict=True)
        if not each.outside and start < end
    ]
