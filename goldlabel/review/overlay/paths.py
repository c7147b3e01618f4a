"""Labels as SVG elements without their style, and the boxes around them. What cannot be drawn is an empty string."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from shapely import Polygon as Outline
from shapely import get_parts
from shapely.geometry.base import BaseGeometry

from goldlabel.annotations import Annotation, Box, Mask, Point, Polygon, RotatedBox, WordBox
from goldlabel.metrics.masks import MOST_PIXELS, RleError, Runs, decode_runs
from goldlabel.metrics.rotated import corners
from goldlabel.review.wording import Corners

__all__ = ["bounds_of", "geometry_path", "path_of", "runs_path"]

_FARTHEST = 1e6
"""A coordinate further away is drawn as if it were here: renderers stumble over larger ones."""


def path_of(label: Annotation) -> str:
    """The element that draws a box, a rotated box, a polygon, a mask or a word box."""
    match label:
        case Box():
            x1, y1, x2, y2 = map(_tame, label.xyxy)
            return f'rect x="{x1:.1f}" y="{y1:.1f}" width="{max(0.0, x2 - x1):.1f}" height="{max(0.0, y2 - y1):.1f}"'
        case RotatedBox():
            return _rings([_corners(label)])
        case Polygon():
            return _rings(label.rings)
        case WordBox():
            return _rings([label.corners])
        case Mask():
            runs = _runs(label)
            return runs_path(runs) if runs else ""
        case _:
            return ""


def bounds_of(label: Annotation) -> Corners:
    """The box around a label of those types; all 0 where there is none."""
    match label:
        case Box():
            x1, y1, x2, y2 = map(_tame, label.xyxy)
            return x1, y1, x2, y2
        case Mask():
            runs = _runs(label)
            x1, y1, x2, y2 = runs.bounds if runs else (0, 0, 0, 0)
            return float(x1), float(y1), float(x2), float(y2)
        case RotatedBox():
            points: list[Point] = list(_corners(label))
        case Polygon():
            points = [point for ring in label.rings for point in ring]
        case WordBox():
            points = list(label.corners)
        case _:
            points = []
    if not points:
        return 0.0, 0.0, 0.0, 0.0
    xs, ys = [_tame(x) for x, _ in points], [_tame(y) for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def geometry_path(shape: BaseGeometry) -> str:
    """A shapely area, holes and all; an empty string where it has none."""
    rings = [
        list(ring.coords)
        for part in get_parts(shape)
        if isinstance(part, Outline) and not part.is_empty
        for ring in (part.exterior, *part.interiors)
    ]
    return _rings(rings) if rings else ""


def runs_path(runs: Runs) -> str:
    """The outline of a mask along the edges of its pixels; an empty string for an empty one."""
    if not len(runs.edges):
        return ""
    x1, y1, x2, y2 = runs.bounds
    height = runs.size[0]
    pixels = np.zeros((x2 - x1) * height, dtype=bool)
    for start, end in (runs.edges - x1 * height).tolist():
        pixels[start:end] = True
    return f'path d="{_outline(pixels.reshape(x2 - x1, height).T[y1:y2], x1, y1)}"'


def _outline(mask: NDArray[np.bool_], left: int, top: int) -> str:
    """Closed loops round the pixels of ``mask`` as path data; loops round holes run the other way."""
    padded = np.pad(mask, 1)
    # Sides between a pixel and what is not one, walked with the pixel on the right hand.
    following: dict[tuple[int, int], list[tuple[int, int]]] = {}

    inside = padded[1:-1, 1:-1]
    for beyond, start, end in (
        (padded[:-2, 1:-1], (0, 0), (1, 0)),
        (padded[1:-1, 2:], (1, 0), (1, 1)),
        (padded[2:, 1:-1], (1, 1), (0, 1)),
        (padded[1:-1, :-2], (0, 1), (0, 0)),
    ):
        for row, column in np.argwhere(inside & ~beyond).tolist():
            place = column + start[0], row + start[1]
            following.setdefault(place, []).append((column + end[0], row + end[1]))
    loops = []
    while following:
        start = at = next(iter(following))
        corner_list = [at]
        while True:
            ends = following[at]
            step = ends.pop()
            if not ends:
                del following[at]
            # A point in the middle of a straight line is left out.
            if len(corner_list) > 1 and _straight(corner_list[-2], corner_list[-1], step):
                corner_list.pop()
            corner_list.append(step)
            at = step
            if at == start:
                break
        loops.append(_relative(corner_list, left, top))
    return "".join(loops)


def _straight(first: tuple[int, int], second: tuple[int, int], third: tuple[int, int]) -> bool:
    return first[0] == second[0] == third[0] or first[1] == second[1] == third[1]


def _relative(points: Sequence[tuple[int, int]], left: int, top: int) -> str:
    """A loop in short form: only how far to go, across or down."""
    moves = [f"M{points[0][0] + left} {points[0][1] + top}"]
    for (x1, y1), (x2, y2) in pairwise(points[:-1]):
        moves.append(f"h{x2 - x1}" if y1 == y2 else f"v{y2 - y1}")
    return "".join(moves) + "z"


def _rings(rings: Iterable[Iterable[Point]]) -> str:
    data = "".join(
        "M" + "L".join(f"{_tame(x):.1f} {_tame(y):.1f}" for x, y in points) + "z"
        for points in map(tuple, rings)
        if points
    )
    return f'path d="{data}"' if data else ""


def _corners(label: RotatedBox) -> list[Point]:
    numbers = (*label.center, *label.size, label.rotation)
    x, y, width, height, rotation = (_tame(number) if math.isfinite(number) else 0.0 for number in numbers)
    found = corners([(x, y)], [(width, height)], [rotation])[0].tolist()
    return [(a, b) for a, b in found]


def _runs(label: Mask) -> Runs | None:
    try:
        runs = decode_runs(label.counts, label.size)
    except RleError:
        return None
    return runs if runs.edges.size and runs.size[0] * runs.size[1] <= MOST_PIXELS else None


def _tame(number: float) -> float:
    if math.isnan(number):
        return 0.0
    return min(max(number, -_FARTHEST), _FARTHEST)
