"""Flat shapes on a floor: which touch, which overlap, and how one leans on another. NumPy only, no Blender.

A shape is a closed polygon (M, 2) in metres, its points so close together that they stand for its edge.
"""

from __future__ import annotations

import math

import numpy as np


def turned(polygon: np.ndarray, angle: float, at: tuple[float, float]) -> np.ndarray:
    """The polygon turned anticlockwise by `angle` radians about the origin and moved to `at`."""
    c, s = math.cos(angle), math.sin(angle)
    return polygon @ np.array([[c, s], [-s, c]]) + np.asarray(at)


def inside(points: np.ndarray, polygon: np.ndarray) -> np.ndarray:
    """Which of the points (N, 2) lie in the polygon: a boolean (N,), by the even-odd rule."""
    x, y = points[:, 0, None], points[:, 1, None]
    x1, y1 = polygon.T
    x2, y2 = np.roll(polygon, -1, axis=0).T
    crosses = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        edge = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return (np.sum(crosses & (x < edge), axis=1) % 2).astype(bool)


def overlap(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Edge points of each that lie in the other, (K, 2): the rim of what they share. Empty when they are apart."""
    return np.concatenate([one[inside(one, other)], other[inside(other, one)]])


def gap(one: np.ndarray, other: np.ndarray) -> float:
    """The least distance between two edges, in metres; 0 when they overlap."""
    if len(overlap(one, other)):
        return 0.0
    return float(np.sqrt(((one[:, None] - other[None]) ** 2).sum(axis=2).min()))


def slide_to_touch(
    moving: np.ndarray, still: np.ndarray, toward: np.ndarray, leave: float, step: float = 0.001
) -> float:
    """How far `moving` can go along the unit vector `toward` until `leave` metres are left to `still`.

    Raises:
        ValueError: It passes by without touching.
    """
    distance = 0.0
    while distance < 1.5:
        room = gap(moving + toward * distance, still)
        if room <= leave:
            return distance - (0.0 if distance == 0 else min(step, leave))
        # The edges cannot come nearer than by the distance moved.
        distance += max(step, room - leave)
    raise ValueError("the shapes pass each other")


def lean(upper: np.ndarray, lower: np.ndarray, height: float) -> tuple[float, np.ndarray, np.ndarray]:
    """How a flat shape rests with one end on the floor and the other on the top edge of one `height` metres thick.

    Returns:
        The slope (rise over run), the unit vector uphill, and the point where it touches the floor.

    Raises:
        ValueError: They do not overlap.
    """
    shared = overlap(upper, lower)
    if not len(shared):
        raise ValueError("the shapes do not overlap")
    uphill = shared.mean(axis=0) - upper.mean(axis=0)
    uphill = uphill / np.linalg.norm(uphill)
    along = upper @ uphill
    run = float((shared @ uphill).min() - along.min())
    return (height / run if run > 1e-6 else math.inf), uphill, upper[int(np.argmin(along))]
