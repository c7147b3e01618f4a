"""Live figures of the lesson on bounding boxes: overlap to play with, and what air costs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from goldlabel.annotations import Box, Item, only
from goldlabel.data import data_uri
from goldlabel.exercises import ExerciseSpec
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import Picture, plot_html
from goldlabel.review import RegionRubric

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["air_plot", "iou_explorer", "overlap_with_air"]


def overlap_with_air(size: float, air: float) -> float:
    """IoU of a square object with a box that leaves ``air`` on all four sides.

    Args:
        size: Side of the object in pixels, above 0.
        air: In pixels; negative values cut into the object, down to ``-size / 2``.

    Example:
        >>> overlap_with_air(60, 10)
        0.5625
    """
    box = max(0.0, size + 2 * air)
    inner, outer = sorted((size, box))
    return (inner / outer) ** 2


def air_plot(sizes: Sequence[int] = (30, 60, 120, 240), low_overlap: float = 0.8) -> Picture:
    """How fast the overlap falls with air round the box: small objects forgive least."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.subplots()
    air = [step / 2 for step in range(41)]
    styles = ("-", "--", "-.", ":")
    for size, style in zip(sizes, styles, strict=False):
        axes.plot(air, [overlap_with_air(size, by) for by in air], style, linewidth=2, label=f"object {size} px wide")
    axes.axhline(low_overlap, color="grey", linewidth=1)
    axes.annotate("tight enough above this line", (20, low_overlap + 0.015), ha="right", fontsize=9, color="grey")
    axes.set(xlabel="air on every side, in pixels", ylabel="overlap (IoU)", ylim=(0, 1.02), xlim=(0, 20))
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return Picture(plot_html(figure, "Overlap falls with air; small objects lose most"), "overlap against air")


def iou_explorer(exercise_id: str, item_id: str) -> VBox:
    """Four sliders move the sides of a box on one object; the overlap is shown live."""
    from ipywidgets import HTML, HBox, IntSlider, Layout, VBox

    spec, item = practice_item(exercise_id, item_id)
    target = max(only(gold_of(spec).of(item.id).scored, Box), key=lambda box: box.width * box.height)
    view = HTML()
    sides = [
        IntSlider(value=12, min=-40, max=40, description=name, continuous_update=True, layout=Layout(width="330px"))
        for name in ("left", "top", "right", "bottom")
    ]
    picture = data_uri(spec.dataset, item)

    def draw(_change: object = None) -> None:
        left, top, right, bottom = (slider.value for slider in sides)
        x1, y1, x2, y2 = target.xyxy
        box = Box("yours", target.label, (x1 - left, y1 - top, x2 + right, y2 + bottom))
        view.value = _explorer_html(spec, item, target, box, picture)

    for slider in sides:
        slider.observe(draw, names="value")
    draw()
    hint = HTML("Pixels of air on each side (negative: the box cuts the fruit).")
    return VBox([HBox([VBox([hint, *sides]), view], layout=Layout(flex_flow="row wrap", align_items="center"))])


def _explorer_html(spec: ExerciseSpec, item: Item, target: Box, box: Box, picture: str) -> str:
    """The part of the picture round the object, the box, and the overlap in words."""
    from goldlabel.metrics.boxes import iou

    overlap = float(iou([box.xyxy], [target.xyxy])[0, 0])
    rubric = spec.rubric
    assert isinstance(rubric, RegionRubric)
    if overlap >= rubric.low_overlap:
        verdict, color = "tight enough", "#009E73"
    elif overlap >= rubric.count_at:
        verdict, color = "counts as found, but is not tight", "#E69F00"
    else:
        verdict, color = "too far off to count", "#D55E00"
    x1, y1, x2, y2 = target.xyxy
    around = f"{x1 - 60:.0f} {y1 - 60:.0f} {x2 - x1 + 120:.0f} {y2 - y1 + 120:.0f}"
    rectangle = (
        f'<rect x="{box.xyxy[0]:.1f}" y="{box.xyxy[1]:.1f}" width="{max(0, box.width):.1f}" '
        f'height="{max(0, box.height):.1f}" fill="none" stroke="{color}" stroke-width="3"/>'
    )
    return (
        f'<svg viewBox="{around}" style="width:380px;max-width:100%;height:auto;border-radius:6px" role="img" '
        f'aria-label="A box on {escape(target.label)}, overlap {overlap:.2f}">'
        f'<image href="{picture}" width="{item.width}" height="{item.height}"/>{rectangle}</svg>'
        f'<div style="font-size:18px"><b>IoU {overlap:.2f}</b>: {verdict}</div>'
    )
