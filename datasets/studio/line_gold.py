"""From the numbers in the pixels to a class and to masks, by the guideline's rules. NumPy and SciPy, no Blender."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import ndimage

from .gold import without_specks

BRUISE_LIMIT = 0.2
"""A bruise counts from this share of the fruit's width. No picture shows one within a factor of two of it."""
SEEN_PIXELS = 20
"""Of a mark that shows fewer pixels nobody could say what it is; no picture may show one."""


class NotAsPlannedError(ValueError):
    """A picture does not show what its recipe asks for: another throw is needed."""


@dataclass(frozen=True)
class Mark:
    """What the camera sees of one mark.

    `pixels` are visible ones in the picture, `beyond` those outside it; `length` and `breadth` are the greatest and the
    least extent of the visible part, in pixels (0 when nothing is visible); `pieces` is how many parts it falls into.
    """

    kind: str
    pixels: int
    beyond: int
    length: float
    breadth: float
    pieces: int = 1


@dataclass(frozen=True)
class Look:
    """What the camera sees of one fruit: pixels in the picture and beyond it, its least width in pixels, its marks."""

    pixels: int
    beyond: int
    width: float
    marks: tuple[Mark, ...]

    @property
    def inside(self) -> float:
        """The share of the fruit that lies in the picture, 0 to 1."""
        return self.pixels / max(1, self.pixels + self.beyond)

    def seen(self, kind: str) -> list[Mark]:
        """The visible marks of a kind."""
        return [mark for mark in self.marks if mark.kind == kind and mark.pixels >= SEEN_PIXELS]

    def size(self, mark: Mark) -> float:
        """A mark's greatest visible extent as a share of the fruit's width."""
        return mark.length / self.width

    @property
    def defect_share(self) -> float:
        """Visible defect pixels as a share of the fruit's visible pixels."""
        return sum(mark.pixels for mark in self.marks if mark.kind != "sticker") / max(1, self.pixels)


def extents(mask: np.ndarray, steps: int = 36) -> tuple[float, float]:
    """The greatest and the least width of the set pixels over all directions (Feret's diameters), in pixels.

    Returns:
        (0, 0) for an empty mask; at least 1 otherwise, since a pixel is one wide.
    """
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return 0.0, 0.0
    angles = np.arange(steps) * math.pi / steps
    along = np.outer(np.cos(angles), columns) + np.outer(np.sin(angles), rows)
    widths = along.max(axis=1) - along.min(axis=1) + 1
    return float(widths.max()), float(widths.min())


def look(ids: np.ndarray, margin: int, number: int, marks: Sequence[tuple[int, str]]) -> Look:
    """Read one fruit from the numbers.

    Args:
        ids: (height + 2 * margin, width + 2 * margin) integers.
        margin: Pixels that lie outside the picture on each side.
        number: The fruit's own number.
        marks: Number and kind of each of its marks.
    """
    inside = np.zeros(ids.shape, dtype=bool)
    inside[margin : ids.shape[0] - margin, margin : ids.shape[1] - margin] = True
    whole = np.isin(ids, [number, *(mark_number for mark_number, _ in marks)])
    seen = []
    for mark_number, kind in marks:
        mask = ids == mark_number
        visible = mask & inside
        pixels = int(visible.sum())
        _, pieces = ndimage.label(visible, structure=np.ones((3, 3)))
        seen.append(Mark(kind, pixels, int(mask.sum()) - pixels, *extents(visible), pieces))
    pixels = int((whole & inside).sum())
    return Look(pixels, int(whole.sum()) - pixels, extents(whole)[1], tuple(seen))


def tag(seen: Look, fruit: str, *, half: bool = False, extras: Sequence[str] = ()) -> tuple[str, str, str]:
    """The class of one fruit, the rule that decides, and why.

    The order is the guideline's: rot and mould first, then a wormhole, then a bruise that is large enough.

    Args:
        seen: What the camera sees.
        fruit: Its name.
        half: The picture cuts it in two.
        extras: What lies on it: leaf, drops, dirt.
    """
    bruises = [seen.size(mark) for mark in seen.seen("bruise")]
    large = [size for size in bruises if size >= BRUISE_LIMIT]
    if seen.seen("rot"):
        beside = "a bruise" if bruises else "a wormhole" if seen.seen("wormhole") else ""
        more = f" It wins over {beside} on the same {fruit}." if beside else ""
        return "rotten", "R3", f"A dark patch with dots of mould on the {fruit}.{more}"
    if holes := seen.seen("wormhole"):
        what = "A small dark hole with a brown rim" if len(holes) == 1 else "Small dark holes with brown rims"
        more = " It wins over the bruise." if bruises else ""
        return "wormhole", "R4", f"{what} on the {fruit}, and no mould.{more}"
    if large:
        percent = round(100 * max(large) / 5) * 5
        return "bruised", "R5", f"A brown bruise about {percent} % as wide as the {fruit}; from a fifth on it counts."
    if bruises:
        return "sound", "R5", f"The only bruise is far narrower than a fifth of the {fruit}, so it does not count."
    if half:
        return "sound", "R2", f"The part of the {fruit} in the picture has no defect, and only that part counts."
    harmless = [name for name in (*extras, "sticker") if name in extras or seen.seen(name)]
    if harmless:
        words = {"leaf": "Its leaf is", "drops": "Drops of water are", "dirt": "Dirt is", "sticker": "A sticker is"}
        rule = "R6" if harmless == ["leaf"] else "R7"
        return "sound", rule, f"{words[harmless[-1]]} no defect, and the skin of the {fruit} shows none."
    return "sound", "R6", f"The skin of the {fruit} shows no defect."


def tag_annotation(label: str, rule: str, why: str, **facts: bool | float | str) -> dict[str, Any]:
    """One choice as it stands in a gold file; facts may say `difficult` (set aside when labels are judged)."""
    attributes = {"rule": rule, "why": why, "difficult": False, **facts}
    return {"type": "choice", "id": "class", "label": label, "attributes": attributes}


MASKED = {"bruise": "bruise", "rot": "rotten patch"}
"""Class of the mask of each kind of mark; the others get none."""


def mask_annotations(ids: np.ndarray, marks: Sequence[tuple[int, str, str]]) -> list[dict[str, Any]]:
    """One mask for every bruise and every patch of rot, ids m01, m02 ... in reading order.

    Args:
        ids: (height, width) integers of the picture itself.
        marks: Number, kind and fruit of each mark.
    """
    found = []
    for number, kind, fruit in marks:
        if kind not in MASKED:
            continue
        mask = without_specks(ids == number)
        rows, columns = np.nonzero(mask)
        if not len(rows):
            raise NotAsPlannedError(f"a {kind} is nowhere to be seen")
        box = [float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)]
        facts = {"fruit": fruit, "pixels": len(rows), "difficult": False}
        found.append(
            (box, {"label": MASKED[kind], "size": list(mask.shape), "counts": encode(mask), "attributes": facts})
        )
    found.sort(key=lambda one: (one[0][1], one[0][0]))
    return [{"type": "mask", "id": f"m{count:02d}", **one} for count, (_, one) in enumerate(found, start=1)]


def encode(mask: np.ndarray) -> str:
    """COCO's compressed run lengths of a (height, width) mask, by pycocotools."""
    from pycocotools import mask as coco

    return str(coco.encode(np.asfortranarray(mask.astype(np.uint8)))["counts"].decode("ascii"))
