"""Boxes with softened edges, of which cars, houses and street furniture are put together."""

from __future__ import annotations

import bpy
import numpy as np

from .shapes import Part


def block(
    centre: tuple[float, float, float],
    size: tuple[float, float, float],
    material: bpy.types.Material,
    soft: float = 0.03,
) -> Part:
    """A box with softened edges about `centre`: a small chamfer of `soft` metres, flat shaded."""
    half = np.asarray(size, dtype=float) / 2
    soft = min(soft, 0.45 * float(half.min()) * 2)
    inner = half - soft
    vertices, index = [], {}
    for axis in range(3):
        for corner in np.ndindex(2, 2, 2):
            sign = np.array(corner) * 2 - 1
            reach = inner.copy()
            reach[axis] = half[axis]
            index[axis, corner] = len(vertices)
            vertices.append(np.asarray(centre) + sign * reach)
    faces = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for side in (0, 1):
            ring = []
            for a, b in ((0, 0), (1, 0), (1, 1), (0, 1)):
                corner = [0, 0, 0]
                corner[axis], corner[u], corner[v] = side, a, b
                ring.append(index[axis, tuple(corner)])
            faces.append(tuple(ring if side else reversed(ring)))
        for a in (0, 1):
            for b in (0, 1):
                ends = []
                for along in (0, 1):
                    corner = [0, 0, 0]
                    corner[axis], corner[u], corner[v] = along, a, b
                    ends.append((index[u, tuple(corner)], index[v, tuple(corner)]))
                strip = (ends[0][0], ends[0][1], ends[1][1], ends[1][0])
                faces.append(strip if a == b else tuple(reversed(strip)))
    for corner in np.ndindex(2, 2, 2):
        triple = tuple(index[axis, corner] for axis in range(3))
        faces.append(triple if sum(corner) % 2 else tuple(reversed(triple)))
    return Part(np.array(vertices), faces, material, smooth=False)
