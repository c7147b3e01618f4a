"""Live figure of the lesson on masks: what a pixel too much or too little at the edge costs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Mask, only
from goldlabel.data import data_uri
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import pixels_uri
from goldlabel.metrics import masks as metrics
from goldlabel.review.wording import shown

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["edge_explorer", "moved_edge"]

MOST = 10
"""Pixels."""


def moved_edge(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """``mask`` grown by so many pixels all round, or shrunk where ``by`` is negative."""
    from scipy import ndimage

    if by == 0:
        return mask.copy()
    change = ndimage.binary_dilation if by > 0 else ndimage.binary_erosion
    # A disc: a square would reach further along the diagonals.
    y, x = np.ogrid[-abs(by) : abs(by) + 1, -abs(by) : abs(by) + 1]
    moved: NDArray[np.bool_] = change(mask, structure=x * x + y * y <= by * by)
    return moved


def edge_explorer(exercise_id: str, item_id: str) -> VBox:
    """A slider moves the edge of the largest mask of a picture; Dice and the error in area are shown live."""
    from ipywidgets import HTML, IntSlider, Layout, VBox

    spec, item = practice_item(exercise_id, item_id)
    masks = only(gold_of(spec).of(item.id).scored, Mask)
    true, label = max(
        ((metrics.decode_rle(one.counts, one.size), one.label) for one in masks), key=lambda pair: int(pair[0].sum())
    )
    rows, columns = np.flatnonzero(true.any(axis=1)), np.flatnonzero(true.any(axis=0))
    margin = 40
    top, left = max(0, int(rows[0]) - margin), max(0, int(columns[0]) - margin)
    bottom, right = min(item.height, int(rows[-1]) + margin), min(item.width, int(columns[-1]) + margin)
    picture = data_uri(spec.dataset, item)
    slider = IntSlider(value=3, min=-MOST, max=MOST, description="pixels", layout=Layout(width="520px"))
    view = HTML()

    def draw(_change: object = None) -> None:
        mine = moved_edge(true, slider.value)
        dice = float(metrics.dice([metrics.as_runs(mine)], [metrics.as_runs(true)])[0, 0])
        area = 100 * (int(mine.sum()) / int(true.sum()) - 1)
        paint = np.zeros((bottom - top, right - left, 4), dtype=np.uint8)
        paint[mine[top:bottom, left:right]] = (86, 180, 233, 150)
        view.value = (
            f'<svg viewBox="{left} {top} {right - left} {bottom - top}" role="img" '
            f'style="width:460px;max-width:100%;height:auto;border-radius:6px" '
            f'aria-label="A mask of {escape(label)}, Dice {dice:.2f}">'
            f'<image href="{picture}" width="{item.width}" height="{item.height}"/>'
            f'<image href="{pixels_uri(paint, size=right - left)}" x="{left}" y="{top}" width="{right - left}" '
            f'height="{bottom - top}" style="image-rendering:pixelated"/></svg>'
            f'<div style="font-size:18px"><b>Dice {shown(dice)}</b>, area {area:+.0f} %</div>'
        )

    slider.observe(draw, names="value")
    draw()
    hint = HTML("Pixels too much all round the damage (negative: too little).")
    return VBox([hint, slider, view])
