"""Keypoints on a picture: bones, points that are visible or hidden, and where a point should be."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from goldlabel.annotations import Item, Keypoint, Keypoints
from goldlabel.review.overlay.style import LEGEND
from goldlabel.review.wording import Corners

__all__ = ["SIDES", "Edges", "corrections", "figure", "figure_bounds", "sided_figure"]

Edges = Sequence[tuple[str, str]]

SIDES: Mapping[str, tuple[str, str]] = {"": ("#FFFFFF", ""), "right": ("#FF9933", "7 3"), "left": ("#56B4E9", "")}
"""Colour and dash by side of the figure."""

_RADIUS = 5.5  # pixels of the picture


def figure(label: Keypoints, color: str, dash: str, item: Item, edges: Edges) -> str:
    """Bones and points; a hollow point is hidden.

    Args:
        label: What to draw.
        color: ``#rrggbb``.
        dash: Of the bones.
        item: The picture; points off it are left out.
        edges: Pairs of points that are joined.
    """
    points = _drawable(label.points, item)
    bones = [(points[a], points[b]) for a, b in edges if a in points and b in points]
    return _bones(bones, color, dash) + "".join(_dot(x, y, color, hidden=v == 1) for x, y, v in points.values())


def sided_figure(label: Keypoints, item: Item, edges: Edges) -> str:
    """The same with the figure's own left in blue and its right in orange and dashed, as the widget draws them.

    Points whose names do not begin with ``left_`` or ``right_``, and bones from side to side, are white.
    """
    points = _drawable(label.points, item)
    drawn = []
    for side, (color, dash) in SIDES.items():
        bones = [(points[a], points[b]) for a, b in edges if a in points and b in points and _side(a, b) == side]
        drawn.append(_bones(bones, color, dash))
    drawn += [_dot(x, y, SIDES[_side(name)][0], hidden=v == 1) for name, (x, y, v) in points.items()]
    return "".join(drawn)


def _side(*names: str) -> str:
    """``left`` or ``right`` when all names are on it, else an empty string."""
    for side in ("left", "right"):
        if all(name.startswith(f"{side}_") for name in names):
            return side
    return ""


def _bones(bones: Sequence[tuple[Keypoint, Keypoint]], color: str, dash: str) -> str:
    data = "".join(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}" for a, b in bones)
    if not data:
        return ""
    return (
        f'<path d="{data}" fill="none" stroke="#000" stroke-opacity=".5" stroke-width="5.5"/>'
        f'<path d="{data}" fill="none" stroke="{color}" stroke-width="3" stroke-dasharray="{dash}"/>'
    )


def corrections(mine: Keypoints, true: Keypoints, off: Iterable[str], item: Item) -> str:
    """Where points should be: an arrow from a point that is off, a dashed ring at one that was left out.

    Args:
        mine: The learner's points.
        true: Gold.
        off: Names of points that are off.
        item: The picture.
    """
    here, there = _drawable(mine.points, item), _drawable(true.points, item)
    drawn = []
    gold, missed = LEGEND["gold"], LEGEND["missed"]
    for name in off:
        if name not in here or name not in there:
            continue
        (x1, y1, _), (x2, y2, _) = here[name], there[name]
        way = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        drawn.append(
            f'<line {way} stroke="#000" stroke-opacity=".55" stroke-width="4.5"/>'
            f'<line {way} stroke="{gold.color}" stroke-width="2" stroke-dasharray="{gold.dash}"/>'
            f'<circle cx="{x1:.1f}" cy="{y1:.1f}" r="{_RADIUS + 4}" fill="none" stroke="{LEGEND["loose"].color}" '
            'stroke-width="3"/>' + _ring(x2, y2, gold.color, "")
        )
    drawn += [_ring(x, y, missed.color, "4 3") for name, (x, y, _) in there.items() if name not in here]
    return "".join(drawn)


def figure_bounds(label: Keypoints, item: Item) -> Corners:
    """The box around the points that are drawn; all 0 without any."""
    points = list(_drawable(label.points, item).values())
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = [x for x, _, _ in points], [y for _, y, _ in points]
    return min(xs), min(ys) - 2 * _RADIUS, max(xs), max(ys)


def _drawable(points: Mapping[str, Keypoint], item: Item) -> dict[str, Keypoint]:
    return {
        name: (x, y, v)
        for name, (x, y, v) in points.items()
        if v > 0 and math.isfinite(x) and math.isfinite(y) and -1 <= x <= item.width + 1 and -1 <= y <= item.height + 1
    }


def _dot(x: float, y: float, color: str, *, hidden: bool) -> str:
    place = f'cx="{x:.1f}" cy="{y:.1f}"'
    if hidden:
        return (
            f'<circle {place} r="{_RADIUS}" fill="none" stroke="#000" stroke-opacity=".65" stroke-width="5.5"/>'
            f'<circle {place} r="{_RADIUS}" fill="none" stroke="{color}" stroke-width="3"/>'
        )
    return f'<circle {place} r="{_RADIUS}" fill="{color}" stroke="#000" stroke-opacity=".65" stroke-width="1.5"/>'


def _ring(x: float, y: float, color: str, dash: str) -> str:
    place = f'cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS + 1}" fill="none"'
    return (
        f'<circle {place} stroke="#000" stroke-opacity=".6" stroke-width="4.5"/>'
        f'<circle {place} stroke="{color}" stroke-width="2.4" stroke-dasharray="{dash}"/>'
    )
