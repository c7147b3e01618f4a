"""Live figure of the lesson on polygons: how the overlap grows with the number of points."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from goldlabel.annotations import Polygon, Ring, only
from goldlabel.data import data_uri
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.metrics import polygons as metrics
from goldlabel.review.wording import shown

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["corners_explorer", "most_important"]

FEWEST = 3


def most_important(ring: Ring, count: int) -> Ring:
    """The ``count`` most important points of ``ring``, in its order.

    Points are taken away one by one, always the one whose triangle with its two neighbours is smallest
    (Visvalingam and Whyatt 1993).

    Args:
        ring: At least three points.
        count: How many to keep, at least three.
    """
    kept = list(ring)
    while len(kept) > max(FEWEST, count):
        areas = [_triangle(kept[k - 1], kept[k], kept[(k + 1) % len(kept)]) for k in range(len(kept))]
        del kept[areas.index(min(areas))]
    return tuple(kept)


def _triangle(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _area(polygon: Polygon) -> float:
    return float(metrics.area([metrics.as_shape(polygon.rings)])[0])


def corners_explorer(exercise_id: str, item_id: str) -> VBox:
    """A slider sets how many points the largest outline of a picture keeps; the overlap is shown live."""
    from ipywidgets import HTML, IntSlider, Layout, VBox

    spec, item = practice_item(exercise_id, item_id)
    outlines = only(gold_of(spec).of(item.id).scored, Polygon)
    target = max((one for one in outlines if len(one.rings) == 1), key=_area)
    ring, whole = target.rings[0], metrics.as_shape(target.rings)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    margin = 30
    around = (
        f"{min(xs) - margin:.0f} {min(ys) - margin:.0f} "
        f"{max(xs) - min(xs) + 2 * margin:.0f} {max(ys) - min(ys) + 2 * margin:.0f}"
    )
    picture = data_uri(spec.dataset, item)
    slider = IntSlider(value=8, min=FEWEST, max=60, description="points", layout=Layout(width="520px"))
    view = HTML()

    def draw(_change: object = None) -> None:
        few = most_important(ring, slider.value)
        overlap = float(metrics.iou([metrics.as_shape([few])], [whole])[0, 0]) if not metrics.problem([few]) else 0.0
        text = " ".join(f"{x:.1f},{y:.1f}" for x, y in few)
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#fff" stroke="#000"/>' for x, y in few)
        verdict = "tight enough" if overlap >= 0.8 else "not tight"
        view.value = (
            f'<svg viewBox="{around}" style="width:520px;max-width:100%;height:auto;border-radius:6px" role="img" '
            f'aria-label="An outline of {escape(target.label)} with {len(few)} points">'
            f'<image href="{picture}" width="{item.width}" height="{item.height}"/>'
            f'<polygon points="{text}" fill="#56B4E9" fill-opacity=".25" stroke="#000" stroke-opacity=".5" '
            f'stroke-width="5"/>'
            f'<polygon points="{text}" fill="none" stroke="#56B4E9" stroke-width="2.5"/>{dots}</svg>'
            f'<div style="font-size:18px"><b>{len(few)} points, IoU {shown(overlap)}</b>: {verdict}</div>'
        )

    slider.observe(draw, names="value")
    draw()
    return VBox([slider, view])
