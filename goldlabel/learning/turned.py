"""Live figure of the lesson on rotated boxes: turn a box until it fits."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import Point, RotatedBox, only
from goldlabel.data import data_uri
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.metrics import rotated as metrics
from goldlabel.review.wording import shown

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["turn_explorer"]


def _numbers(box: RotatedBox) -> tuple[list[Point], list[Point], list[float]]:
    return [box.center], [box.size], [box.rotation]


def turn_explorer(exercise_id: str, item_id: str) -> VBox:
    """A slider turns the box of the longest thing of a picture; overlap and empty space are shown live."""
    from ipywidgets import HTML, IntSlider, Layout, VBox

    spec, item = practice_item(exercise_id, item_id)
    boxes = only(gold_of(spec).of(item.id).scored, RotatedBox)
    target = max(boxes, key=lambda one: max(one.size) / min(one.size))
    picture = data_uri(spec.dataset, item)
    x, y = target.center
    reach = 0.62 * (target.size[0] + target.size[1])
    around = f"{x - reach:.0f} {y - reach * 0.75:.0f} {2 * reach:.0f} {1.5 * reach:.0f}"
    slider = IntSlider(value=0, min=-90, max=90, description="degrees", layout=Layout(width="520px"))
    view = HTML()

    def draw(_change: object = None) -> None:
        mine = msgspec.structs.replace(target, rotation=float(slider.value))
        overlap = float(metrics.iou(_numbers(mine), _numbers(target))[0, 0])
        corners = " ".join(f"{a:.1f},{b:.1f}" for a, b in metrics.corners(*_numbers(mine))[0])
        view.value = (
            f'<svg viewBox="{around}" style="width:520px;max-width:100%;height:auto;border-radius:6px" role="img" '
            f'aria-label="A box on {escape(target.label)}, turned by {slider.value} degrees">'
            f'<image href="{picture}" width="{item.width}" height="{item.height}"/>'
            f'<polygon points="{corners}" fill="none" stroke="#000" stroke-opacity=".5" stroke-width="6"/>'
            f'<polygon points="{corners}" fill="none" stroke="#56B4E9" stroke-width="3"/></svg>'
            f'<div style="font-size:18px"><b>{slider.value} degrees, IoU {shown(overlap)}</b></div>'
        )

    slider.observe(draw, names="value")
    draw()
    return VBox([slider, view])
