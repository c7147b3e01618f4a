"""Rotated boxes: corners, overlap, and how far two directions are apart.

A rotated box is a centre, a size ``(width, height)`` before turning, and a rotation in degrees, clockwise as seen on
the screen, about the centre. Turned by 180 degrees it covers the same place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldlabel.metrics import polygons

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["angle_difference", "as_shapes", "corners", "iou"]

Floats = NDArray[np.float64]


def corners(centers: ArrayLike, sizes: ArrayLike, rotations: ArrayLike) -> Floats:
    """The corners, clockwise from the one that is at the top left at 0 degrees.

    Args:
        centers: ``(N, 2)`` in pixels.
        sizes: ``(N, 2)``, width and height in pixels.
        rotations: ``(N,)`` in degrees, clockwise.

    Returns:
        ``(N, 4, 2)`` in pixels.

    Example:
        >>> corners([[0, 0]], [[4, 2]], [90]).round(6).tolist()
        [[[1.0, -2.0], [1.0, 2.0], [-1.0, 2.0], [-1.0, -2.0]]]
    """
    middle = np.asarray(centers, dtype=np.float64).reshape(-1, 1, 2)
    half = np.asarray(sizes, dtype=np.float64).reshape(-1, 1, 2) / 2
    turn = np.deg2rad(np.asarray(rotations, dtype=np.float64)).reshape(-1, 1)
    x, y = np.moveaxis(half * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]), -1, 0)
    # The y axis points down, so this matrix turns clockwise.
    turned: Floats = np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)], axis=-1)
    return middle + turned


def as_shapes(centers: ArrayLike, sizes: ArrayLike, rotations: ArrayLike) -> list[BaseGeometry]:
    """The boxes as shapely polygons, for :mod:`goldlabel.metrics.polygons`."""
    from shapely import polygons as make

    found = corners(centers, sizes, rotations)
    return list(make(found)) if len(found) else []


def iou(first: tuple[ArrayLike, ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike, ArrayLike]) -> Floats:
    """Intersection over union of every pair.

    Args:
        first: Centres ``(N, 2)``, sizes ``(N, 2)`` and rotations ``(N,)``, as for :func:`corners`.
        second: The same of ``M`` boxes.

    Returns:
        ``(N, M)`` in 0 to 1. At 0 degrees it is the IoU of axis-aligned boxes.
    """
    return polygons.iou(as_shapes(*first), as_shapes(*second))


def angle_difference(first: ArrayLike, second: ArrayLike) -> Floats:
    """How far two directions of boxes are apart, in degrees, 0 to 90: half a turn gives the same box again.

    Example:
        >>> angle_difference([179, 45], [1, 45]).tolist()
        [2.0, 0.0]
    """
    apart = np.mod(np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64), 180.0)
    return np.minimum(apart, 180.0 - apart)
