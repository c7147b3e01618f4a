"""What stands in a widget's place where no kernel runs: on GitHub, in a feedback page, in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.annotations import Box, Item, LabelSet, only

__all__ = ["MOST_PICTURES", "static_html"]

MOST_PICTURES = 12
"""More thumbnails than this would only swell the notebook."""


def static_html(title: str, items: Sequence[Item], labels: LabelSet, colors: Mapping[str, str]) -> str:
    """The labels as small drawings without their photographs (a photograph would cost 80 kB in the notebook).

    Args:
        title: Of the exercise.
        items: In labelling order.
        labels: As they are on disk.
        colors: ``#rrggbb`` by class name.
    """
    done = sum(labels.of(item.id).done for item in items)
    count = sum(len(labels.of(item.id).annotations) for item in items)
    head = (
        f"<p><b>{escape(title)}</b>: {done} of {len(items)} pictures done, {count} boxes. "
        "This is a still picture of the labels; run the cell to label.</p>"
    )
    drawn = [item for item in items if labels.of(item.id).annotations][:MOST_PICTURES]
    figures = "".join(_thumbnail(item, only(labels.of(item.id).annotations, Box), colors) for item in drawn)
    return f'<div>{head}<div style="display:flex;flex-wrap:wrap;gap:8px">{figures}</div></div>'


def _thumbnail(item: Item, boxes: Sequence[Box], colors: Mapping[str, str]) -> str:
    shapes = "".join(
        f'<rect x="{box.xyxy[0]:.0f}" y="{box.xyxy[1]:.0f}" width="{max(0.0, box.width):.0f}" '
        f'height="{max(0.0, box.height):.0f}" fill="{colors.get(box.label, "#888888")}" fill-opacity=".35" '
        f'stroke="{colors.get(box.label, "#888888")}" stroke-width="{item.width / 150:.1f}">'
        f"<title>{escape(box.label)}</title></rect>"
        for box in boxes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {item.width} {item.height}" width="200" role="img" '
        f'aria-label="{escape(item.id)}: {len(boxes)} boxes" style="background:#8883;border-radius:4px">{shapes}</svg>'
    )
