"""Gold from an instance mask: boxes round what can be seen, with flags. NumPy and SciPy only, no Blender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy import ndimage

SPECK = 12
"""Pieces of fewer pixels are ignored: nobody sees them."""
LEAST_PIXELS = 60
"""Below that, the thing gets no gold at all. A sliver of more is noticed, so its box is `difficult`."""
SCORED_VISIBILITY = 0.25
SCORED_SIDE = 14.0
"""Below either, the box is `difficult`: neither rewarded nor punished. Pixels."""
OCCLUDED = 0.05
TRUNCATED = 0.15


def without_specks(mask: np.ndarray, least: int = SPECK) -> np.ndarray:
    """`mask` without its connected pieces (8 neighbours) of fewer than `least` pixels."""
    pieces, count = ndimage.label(mask, structure=np.ones((3, 3)))
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)
    keep = sizes >= least
    keep[0] = False
    return keep[pieces]


def visible_box(mask: np.ndarray) -> tuple[float, float, float, float]:
    """The smallest box round the set pixels, xyxy, continuous: pixel column c covers c to c + 1.

    Raises:
        ValueError: No pixel is set.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        raise ValueError("an empty mask has no box")
    return float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1)


def flags(seen: int, whole: int, inside: int, *, difficult: bool = False) -> dict[str, bool | float]:
    """What can be said of a thing from its pixels: seen; in all, and inside the picture, if nothing hid it.

    A thing with too little of it visible is `difficult` in any case.
    """
    visibility = round(min(1.0, seen / whole), 3)
    return {
        "truncated": bool(1 - inside / whole >= TRUNCATED),
        "occluded": bool(1 - seen / max(1, inside) > OCCLUDED),
        "visibility": visibility,
        "difficult": bool(difficult or visibility < SCORED_VISIBILITY),
    }


class Seen(NamedTuple):
    """One thing that a person can see.

    `mask` is (height, width), `box` xyxy round it, `attributes` its flags as in a gold file.
    """

    label: str
    mask: np.ndarray
    box: tuple[float, float, float, float]
    attributes: dict[str, Any]


def seen_things(ids: np.ndarray, labels: Sequence[str], solo: Sequence[tuple[int, int]]) -> list[Seen]:
    """What a person can see, in reading order.

    Args:
        ids: (height, width); i + 1 where `labels[i]` is seen.
        labels: Class names.
        solo: For each thing its pixels in all and inside the picture, if nothing hid it.
    """
    found = []
    for index, (label, (whole, inside)) in enumerate(zip(labels, solo, strict=True)):
        mask = without_specks(ids == index + 1)
        seen = int(mask.sum())
        if whole == 0 or seen < LEAST_PIXELS:
            continue
        x1, y1, x2, y2 = visible_box(mask)
        attributes = flags(seen, whole, inside, difficult=min(x2 - x1, y2 - y1) < SCORED_SIDE)
        found.append(Seen(label, mask, (x1, y1, x2, y2), attributes))
    return sorted(found, key=lambda one: (one.box[1], one.box[0]))


def box_annotations(ids: np.ndarray, labels: Sequence[str], solo: Sequence[tuple[int, int]]) -> list[dict[str, Any]]:
    """One box for every thing that a person can see.

    Args:
        ids: (height, width); i + 1 where `labels[i]` is seen.
        labels: Class names.
        solo: For each thing its pixels in all and inside the picture, if nothing hid it.

    Returns:
        Annotations as they stand in a gold file, ids g01, g02 ... in reading order of their boxes.
    """
    return [
        {"id": f"g{number:02d}", "type": "box", "label": one.label, "xyxy": list(one.box), "attributes": one.attributes}
        for number, one in enumerate(seen_things(ids, labels, solo), start=1)
    ]
