"""Live figures of the lesson on keypoints: what a pixel costs at each joint, and what a swap costs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Keypoints, only
from goldlabel.data import data_uri
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import Picture, plot_html
from goldlabel.metrics import keypoints as metrics
from goldlabel.review.overlay import plain_overlay
from goldlabel.review.wording import shown

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["swap_explorer", "swapped", "tolerance_plot"]

SHOWN = (("left_eye", "eye"), ("left_wrist", "wrist"), ("left_shoulder", "shoulder"), ("left_hip", "hip"))
"""From strict to forgiving."""

BODY_SHARE = 0.35
"""Area of a standing figure as a share of the square of its height; only the scale of the plot hangs on it."""


def tolerance_plot(height: int = 400) -> Picture:
    """Similarity against the distance from the right point, for four joints of a figure ``height`` pixels tall."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.subplots()
    off = np.linspace(0, 60, 121)
    area = BODY_SHARE * height * height / 2
    for (name, title), style in zip(SHOWN, ("-", "--", "-.", ":"), strict=True):
        axes.plot(off, _similarity(off, name, area), style, linewidth=2, label=title)
    axes.axhline(0.75, color="grey", linewidth=1)
    axes.annotate("the bar of the graded part", (60, 0.77), ha="right", fontsize=9, color="grey")
    axes.set(
        xlabel=f"distance in pixels, on a figure {height} pixels tall",
        ylabel="similarity",
        ylim=(0, 1.02),
        xlim=(0, 60),
    )
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    return Picture(plot_html(figure, "Similarity falls fastest at the eye, slowest at the hip"), "similarity by joint")


def _similarity(off: NDArray[np.float64], name: str, area: float) -> NDArray[np.float64]:
    """Similarity of one joint that is placed so many pixels off."""
    placed = [[[distance, 0.0, 2.0]] for distance in off]
    sigma = metrics.COCO_SIGMAS[name]
    found: NDArray[np.float64] = metrics.similarities(placed, [[[0.0, 0.0, 2.0]]], [area], [sigma])[:, 0, 0]
    return found


def _oks(mine: Keypoints, gold: Keypoints) -> float:
    names = list(metrics.COCO_SIGMAS)
    rows = [[one.points.get(name, (0.0, 0.0, 0)) for name in names] for one in (mine, gold)]
    return float(metrics.oks([rows[0]], [rows[1]], [gold.area], list(metrics.COCO_SIGMAS.values()))[0, 0])


def swapped(person: Keypoints) -> Keypoints:
    """``person`` with left and right exchanged at every joint."""
    points = {
        name.replace("left_", "RIGHT_").replace("right_", "left_").replace("RIGHT_", "right_"): point
        for name, point in person.points.items()
    }
    return msgspec.structs.replace(person, points=points)


def swap_explorer(exercise_id: str, item_id: str) -> VBox:
    """One figure, labelled right or with left and right exchanged, and its similarity with gold."""
    from ipywidgets import HTML, ToggleButtons, VBox

    spec, item = practice_item(exercise_id, item_id)
    target = max(only(gold_of(spec).of(item.id).scored, Keypoints), key=lambda one: one.area)
    picture = data_uri(spec.dataset, item)
    chooser = ToggleButtons(options=["right", "swapped"], value="right")
    view = HTML()

    def draw(_change: object = None) -> None:
        mine = swapped(target) if chooser.value == "swapped" else target
        similarity = _oks(mine, target)
        drawn = plain_overlay(
            item, [mine], spec.colors, picture=picture, edges=spec.skeleton.edges if spec.skeleton else ()
        )
        view.value = (
            f'<div style="max-width:560px">{drawn}</div>'
            f'<div style="font-size:18px"><b>OKS {shown(similarity)}</b> ({escape(chooser.value)})</div>'
        )

    chooser.observe(draw, names="value")
    draw()
    return VBox([chooser, view])
