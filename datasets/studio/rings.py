"""Gold outlines from an instance mask: along the pixels' edges, then simplified. NumPy and SciPy only, no Blender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import ndimage

from .gold import SPECK, seen_things

TOLERANCE = 0.7
"""Pixels by which a simplified ring may leave the exact one."""
SCORED_SIDE = 28.0
"""An outline whose box is narrower than this is `difficult`. Pixels."""
LARGEST_HOLE = 0.02
"""Holes of a mask are filled, since rings have none. One of more than this share of the mask is refused."""


def polygon_annotations(
    ids: np.ndarray, labels: Sequence[str], solo: Sequence[tuple[int, int]]
) -> list[dict[str, Any]]:
    """One polygon for every thing that a person can see.

    Args:
        ids: (height, width); i + 1 where `labels[i]` is seen.
        labels: Class names.
        solo: For each thing its pixels in all and inside the picture, if nothing hid it.

    Returns:
        Annotations as they stand in a gold file, ids g01, g02 ... in reading order of their boxes.

    Raises:
        ValueError: A mask has a large hole, which rings cannot say.
    """
    return [
        {
            "id": f"g{number:02d}",
            "type": "polygon",
            "label": one.label,
            "rings": mask_rings(one.mask),
            "attributes": one.attributes,
        }
        for number, one in enumerate(seen_things(ids, labels, solo), start=1)
    ]


def mask_rings(mask: np.ndarray, tolerance: float = TOLERANCE) -> list[list[list[float]]]:
    """The outlines of a mask's pieces (4 neighbours), the largest first.

    Returns:
        Rings of [x, y] in pixels, continuous: the pixel in column c covers c to c + 1. Clockwise on the screen.

    Raises:
        ValueError: A hole is larger than LARGEST_HOLE of the mask.
    """
    pieces, count = ndimage.label(mask)
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)
    rings = []
    for number in sorted(range(1, count + 1), key=lambda number: -sizes[number]):
        if sizes[number] < SPECK:
            continue
        piece = pieces == number
        full = ndimage.binary_fill_holes(piece)
        if full.sum() - piece.sum() > LARGEST_HOLE * mask.sum():
            raise ValueError("a mask has a hole, and an outline cannot say so: move what stands in its middle")
        corners = boundary(full)
        # Midpoints of the pixels' sides make a slanted staircase a straight line, and favour neither side of it.
        middle = (corners + np.roll(corners, -1, axis=0)) / 2
        rings.append([[round(float(x), 2), round(float(y), 2)] for x, y in simplified(middle, tolerance)])
    return rings


def boundary(piece: np.ndarray) -> np.ndarray:
    """The corners passed when walking round a piece without holes, along its pixels' sides: (N, 2) as x, y.

    Raises:
        ValueError: Nothing is set.
    """
    if not piece.any():
        raise ValueError("an empty mask has no boundary")
    padded = np.pad(piece, 1)
    row, column = (int(part) for part in np.argwhere(padded)[0])
    # The walk keeps the piece on its right and faces (dx, dy); the corner (x, y) lies above-left of pixel [y, x].
    start = x, y = column, row
    dx, dy = 1, 0
    corners = [(x, y)]
    while True:
        x, y = x + dx, y + dy
        if (x, y) == start and len(corners) > 1:
            break
        corners.append((x, y))
        ahead_right = padded[y + (dy - 1 + dx) // 2, x + (dx - 1 - dy) // 2]
        ahead_left = padded[y + (dy - 1 - dx) // 2, x + (dx - 1 + dy) // 2]
        if not ahead_right:
            dx, dy = -dy, dx
        elif ahead_left:
            dx, dy = dy, -dx
    return np.array(corners, dtype=float) - 1.0


def simplified(ring: np.ndarray, tolerance: float) -> np.ndarray:
    """A closed ring with fewer points, no dropped one further than `tolerance` from it (Douglas and Peucker 1973)."""
    first = int(np.argmin(ring.sum(axis=1)))
    ring = np.roll(ring, -first, axis=0)
    far = int(np.argmax(((ring - ring[0]) ** 2).sum(axis=1)))
    closed = np.concatenate([ring, ring[:1]])
    keep = np.zeros(len(closed), dtype=bool)
    keep[[0, far]] = True
    waiting = [(0, far), (far, len(ring))]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:
            continue
        between = closed[start + 1 : end]
        chord = closed[end] - closed[start]
        length = float(np.linalg.norm(chord))
        off = between - closed[start]
        if length > 0:
            along = np.clip(off @ chord / length**2, 0, 1)
            off = off - along[:, None] * chord
        distance = np.linalg.norm(off, axis=1)
        worst = int(np.argmax(distance))
        if distance[worst] > tolerance:
            keep[start + 1 + worst] = True
            waiting += [(start, start + 1 + worst), (start + 1 + worst, end)]
    return closed[:-1][keep[:-1]]


def filled(rings: Sequence[Sequence[Sequence[float]]], shape: tuple[int, int]) -> np.ndarray:
    """The pixels whose centres lie in the union of the rings: a boolean (height, width)."""
    height, width = shape
    mask = np.zeros(shape, dtype=bool)
    centres = np.arange(width) + 0.5
    for ring in rings:
        points = np.asarray(ring, dtype=float)
        x1, y1 = points.T
        x2, y2 = np.roll(points, -1, axis=0).T
        for row in range(max(0, int(y1.min())), min(height, int(np.ceil(y1.max())) + 1)):
            y = row + 0.5
            crosses = (y1 > y) != (y2 > y)
            at = x1[crosses] + (y - y1[crosses]) * (x2[crosses] - x1[crosses]) / (y2[crosses] - y1[crosses])
            mask[row] |= (np.searchsorted(np.sort(at), centres) % 2).astype(bool)
    return mask


def intersection_over_union(one: np.ndarray, other: np.ndarray) -> float:
    """Of two masks; 1 when both are empty."""
    union = np.logical_or(one, other).sum()
    return float(np.logical_and(one, other).sum() / union) if union else 1.0
