"""Boxes: area and overlap.

Boxes are arrays of shape ``(N, 4)``, ``xyxy`` in float pixels, continuous: a box from 10 to 20 is 10 wide.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["area", "as_boxes", "intersection", "iou"]

Floats = NDArray[np.float64]


def as_boxes(boxes: ArrayLike) -> Floats:
    """``boxes`` as a ``(N, 4)`` float array; an empty sequence becomes shape ``(0, 4)``.

    Raises:
        ValueError: Any other shape, or a value that is not finite.
    """
    array = np.asarray(boxes, dtype=np.float64)
    if array.size == 0:
        return array.reshape(0, 4)
    if array.ndim != 2 or array.shape[1] != 4:
        raise ValueError(f"boxes must have shape (N, 4), got {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError("boxes must be finite numbers")
    return array


def area(boxes: ArrayLike) -> Floats:
    """Areas in square pixels, shape ``(N,)``; 0 where a side is zero or the corners are swapped."""
    b = as_boxes(boxes)
    return np.clip(b[:, 2] - b[:, 0], 0, None) * np.clip(b[:, 3] - b[:, 1], 0, None)


def intersection(first: ArrayLike, second: ArrayLike) -> Floats:
    """Shared area of every pair, shape ``(N, M)``, square pixels."""
    a, b = as_boxes(first), as_boxes(second)
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    sides = np.clip(high - low, 0, None)
    shared: Floats = sides[..., 0] * sides[..., 1]
    return shared


def iou(first: ArrayLike, second: ArrayLike) -> Floats:
    """Intersection over union of every pair (Jaccard 1912; PASCAL VOC 2010, section 4.2).

    Args:
        first: ``(N, 4)``.
        second: ``(M, 4)``.

    Returns:
        ``(N, M)`` in 0 to 1. Two boxes without area overlap 0, even when they are equal.

    Example:
        >>> iou([[0, 0, 10, 10]], [[0, 0, 10, 20]])
        array([[0.5]])
    """
    shared = intersection(first, second)
    union = area(first)[:, None] + area(second)[None, :] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
