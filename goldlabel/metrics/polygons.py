"""Outlines: validity, overlap, and the pixels inside.

An outline is a sequence of rings, each a sequence of ``(x, y)`` in float pixels; the last point is joined to the first.
The object is the union of its rings, and there are no holes. Shapely (GEOS) does the geometry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    # Shapely comes in only where it computes.
    from shapely.geometry.base import BaseGeometry

__all__ = ["FARTHEST", "Rings", "area", "as_shape", "intersection", "iou", "problem", "to_mask"]

Floats = NDArray[np.float64]

_GRID = 1e-8
"""Pixels: much finer than any drawing, and still exact as far out as :data:`FARTHEST`."""

_PLANE = (3, 6)
"""Shapely's numbers of polygons and of several of them; a cut outline may hold points and lines as well."""

Rings = Sequence[Sequence[tuple[float, float]]]

FARTHEST = 1e6
"""Coordinates beyond this many pixels are no place on any picture, and would overflow when they are multiplied."""


def problem(rings: Rings) -> str:
    """Why ``rings`` are no outline, as the rest of a sentence; an empty string when they are one.

    Named are: no ring, a ring of fewer than three points, a number that is not finite or absurdly large, a ring that
    crosses or touches itself (with the place), and a ring without area. Rings may overlap each other.
    """
    if not rings:
        return "has no ring"
    return next(filter(None, map(_ring_problem, rings)), "")


def _ring_problem(ring: Sequence[tuple[float, float]]) -> str:
    from shapely import Polygon, is_valid_reason

    if len(ring) < 3:
        return f"has a ring of {len(ring)} point{'s' * (len(ring) != 1)}; an outline needs three or more"
    points = np.asarray(ring, dtype=np.float64)
    if not np.isfinite(points).all():
        return "has a coordinate that is not a number"
    if np.abs(points).max() > FARTHEST:
        return "has a point far away from the picture"
    if np.linalg.matrix_rank(points - points[0], tol=1e-9) < 2:
        return "has a ring without area"
    reason, _, place = str(is_valid_reason(Polygon(points))).partition("[")
    if "ntersection" in reason:
        x, y = (float(number) for number in place.rstrip("]").split()[:2])
        return f"crosses or touches itself near x {x:.0f}, y {y:.0f}"
    return "" if reason == "Valid Geometry" else "has a ring without area"


def as_shape(rings: Rings) -> BaseGeometry:
    """The union of ``rings`` as a shapely geometry.

    Raises:
        ValueError: They are no outline; the message is that of :func:`problem`.
    """
    from shapely import Polygon, union_all

    if wrong := problem(rings):
        raise ValueError(f"the outline {wrong}")
    shapes = [Polygon(ring) for ring in rings]
    return shapes[0] if len(shapes) == 1 else union_all(shapes)


def area(shapes: Sequence[BaseGeometry]) -> Floats:
    """Areas in square pixels, shape ``(N,)``."""
    from shapely import area as areas

    return np.asarray(areas(_array(shapes)), dtype=np.float64).reshape(len(shapes))


def intersection(first: Sequence[BaseGeometry], second: Sequence[BaseGeometry]) -> Floats:
    """Shared area of every pair, shape ``(N, M)``, square pixels."""
    from shapely import area as areas
    from shapely import bounds, get_type_id
    from shapely import intersection as shared_shape

    shared = np.zeros((len(first), len(second)))
    if not shared.size:
        return shared
    a, b = _array(first), _array(second)
    box_a, box_b = bounds(a)[:, None, :], bounds(b)[None, :, :]
    # Most pairs lie apart; only the others are worth the geometry. (Bounds of an empty shape are NaN: apart.)
    near = ((box_a[..., :2] < box_b[..., 2:]) & (box_b[..., :2] < box_a[..., 2:])).all(axis=-1)
    rows, columns = np.nonzero(near)
    found = areas(shared_shape(a[rows], b[columns]))
    # Now and then (2 in 10,000) GEOS finds that outlines which differ in the last digit share nothing. On a grid it
    # does not; as that takes twice as long, only what seems to share nothing is asked again.
    whole = (np.isin(get_type_id(one), _PLANE) & (areas(one) > 0) for one in (a[rows], b[columns]))
    doubtful = np.flatnonzero(np.logical_and.reduce([found == 0, *whole]))
    found[doubtful] = areas(shared_shape(a[rows[doubtful]], b[columns[doubtful]], grid_size=_GRID))
    shared[rows, columns] = found
    return shared


def iou(first: Sequence[BaseGeometry], second: Sequence[BaseGeometry]) -> Floats:
    """Intersection over union of every pair (Jaccard 1912).

    Args:
        first: ``N`` shapes, for instance from :func:`as_shape`.
        second: ``M`` shapes.

    Returns:
        ``(N, M)`` in 0 to 1; 0 where neither has an area.
    """
    shared = intersection(first, second)
    whole = area(first)[:, None] + area(second)[None, :] - shared
    overlap = np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)
    # GEOS rounds in the last digit; an overlap is never above 1.
    return np.clip(overlap, 0.0, 1.0)


def to_mask(rings: Rings, size: tuple[int, int]) -> NDArray[np.bool_]:
    """The pixels whose centre lies inside.

    Args:
        rings: The outline; what lies off the picture is cut. A ring that crosses itself is filled where a line
            from outside crosses it an odd number of times.
        size: ``(height, width)`` in pixels.

    Returns:
        ``(height, width)``, boolean. A centre that lies exactly on an edge belongs to the shape on its right.
    """
    height, width = size
    mask = np.zeros(size, dtype=bool)
    for ring in rings:
        start = np.asarray(ring, dtype=np.float64).reshape(-1, 2)
        end = np.roll(start, -1, axis=0)
        # Only the part of the picture in which the ring lies is worth looking at.
        left, right = _range(start[:, 0], width)
        top, bottom = _range(start[:, 1], height)
        rows = np.arange(top, bottom) + 0.5
        # Row centres that each side crosses, shape (sides, rows); then where, as the first pixel centre from there on.
        crosses = (start[:, 1, None] <= rows) != (end[:, 1, None] <= rows)
        side, row = np.nonzero(crosses)
        share = (rows[row] - start[side, 1]) / (end[side, 1] - start[side, 1])
        x = start[side, 0] + share * (end[side, 0] - start[side, 0])
        column = np.clip(np.ceil(x - 0.5), left, right).astype(np.int64) - left
        turns = np.zeros((bottom - top, right - left + 1), dtype=np.int64)
        np.add.at(turns, (row, column), 1)
        mask[top:bottom, left:right] |= turns[:, :-1].cumsum(axis=1) % 2 == 1
    return mask


def _range(values: Floats, most: int) -> tuple[int, int]:
    """The pixels from the lowest to the highest of ``values``, within 0 to ``most``; none where there is no value."""
    if not values.size:
        return 0, 0
    low, high = np.clip([np.floor(values.min()), np.ceil(values.max())], 0, most).astype(np.int64).tolist()
    return low, high


def _array(shapes: Sequence[BaseGeometry]) -> NDArray[Any]:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array
