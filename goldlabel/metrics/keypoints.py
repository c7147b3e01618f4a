"""Keypoints: COCO's object keypoint similarity, and agreement about what is visible.

Points are arrays of shape ``(N, K, 3)``: ``N`` objects, ``K`` named points in one order, and ``x``, ``y`` in pixels
with the visibility ``v``: 0 not labelled, 1 labelled but hidden, 2 visible.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["COCO_SIGMAS", "DEFAULT_SIGMA", "as_points", "oks", "similarities", "visibility_agreement"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

COCO_SIGMAS: Mapping[str, float] = {
    "nose": 0.026,
    **dict.fromkeys(("left_eye", "right_eye"), 0.025),
    **dict.fromkeys(("left_ear", "right_ear"), 0.035),
    **dict.fromkeys(("left_shoulder", "right_shoulder"), 0.079),
    **dict.fromkeys(("left_elbow", "right_elbow"), 0.072),
    **dict.fromkeys(("left_wrist", "right_wrist"), 0.062),
    **dict.fromkeys(("left_hip", "right_hip"), 0.107),
    **dict.fromkeys(("left_knee", "right_knee"), 0.087),
    **dict.fromkeys(("left_ankle", "right_ankle"), 0.089),
}
"""How far apart people put one joint, as a share of the object's scale (COCO, measured on 5,000 pictures)."""

DEFAULT_SIGMA = 0.09
"""For any other point; CVAT's default."""


def as_points(points: ArrayLike, names: int) -> Floats:
    """``points`` as a float array of shape ``(N, names, 3)``; an empty sequence becomes ``(0, names, 3)``.

    Raises:
        ValueError: Another shape, or a value that is not finite.
    """
    array = np.asarray(points, dtype=np.float64)
    if array.size == 0:
        return np.empty((0, names, 3))
    if array.ndim != 3 or array.shape[1:] != (names, 3):
        raise ValueError(f"points must have shape (N, {names}, 3), got {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError("points must be finite numbers")
    return array


def similarities(first: ArrayLike, gold: ArrayLike, areas: ArrayLike, sigmas: ArrayLike) -> Floats:
    """Similarity of every point of every pair: ``exp(-d^2 / (2 area (2 sigma)^2))``.

    Args:
        first: ``(N, K, 3)``.
        gold: ``(M, K, 3)``.
        areas: ``(M,)``, square pixels of each gold object.
        sigmas: ``(K,)``.

    Returns:
        ``(N, M, K)`` in 0 to 1. A point that is not labelled in ``first`` or in ``gold`` has 0.
    """
    fall = np.asarray(sigmas, dtype=np.float64)
    a, b = as_points(first, len(fall)), as_points(gold, len(fall))
    square = ((a[:, None, :, :2] - b[None, :, :, :2]) ** 2).sum(axis=-1)
    scale = 2 * (2 * fall) ** 2 * (np.asarray(areas, dtype=np.float64).reshape(-1, 1) + np.spacing(1))
    both = (a[:, None, :, 2] > 0) & (b[None, :, :, 2] > 0)
    found: Floats = np.where(both, np.exp(-square / scale), 0.0)
    return found


def oks(first: ArrayLike, gold: ArrayLike, areas: ArrayLike, sigmas: ArrayLike) -> Floats:
    """Object keypoint similarity of every pair (COCO keypoint evaluation, ``computeOks``).

    The mean of :func:`similarities` over the points that are labelled in gold (``v > 0``); others are not looked at.
    COCO's own results always hold a coordinate for every point; here a point may be left out, and counts as 0.

    Args:
        first: ``(N, K, 3)``; only whether ``v`` is 0 matters, as in COCO.
        gold: ``(M, K, 3)``.
        areas: ``(M,)``, square pixels of each gold object; its root is the scale.
        sigmas: ``(K,)``, see :data:`COCO_SIGMAS`.

    Returns:
        ``(N, M)`` in 0 to 1; 0 where gold has no labelled point.
    """
    points = similarities(first, gold, areas, sigmas)
    labelled = as_points(gold, points.shape[-1])[..., 2] > 0
    count = labelled.sum(axis=-1)[None, :]
    total = points.sum(axis=-1)
    found: Floats = np.divide(total, count, out=np.zeros_like(total), where=count > 0)
    return found


def visibility_agreement(first: ArrayLike, gold: ArrayLike) -> tuple[Flags, Flags]:
    """Where two annotators say the same of a point that both have labelled: visible, or hidden.

    Args:
        first: ``(..., K, 3)``.
        gold: The same shape.

    Returns:
        ``agree`` and ``compared``, each ``(..., K)``: the share of the first in the second is the agreement.
    """
    a, b = np.asarray(first)[..., 2], np.asarray(gold)[..., 2]
    compared: Flags = (a > 0) & (b > 0)
    agree: Flags = compared & (a == b)
    return agree, compared
