"""Masks: COCO's run lengths, overlap of pixels and of borders.

A mask is a boolean array of shape ``(H, W)``, row first, one value a pixel. COCO writes it as run lengths: the
pixels are read column by column, from the top left downwards, and the lengths of the runs of 0 and of 1 follow one
another, a run of 0 first (it may be empty). The *compressed* form of ``pycocotools`` packs these numbers into
printable characters: from the fourth number on the difference to the number two places before is kept; every
character carries five bits, the lowest first, and a sixth that says "more to come"; 48 is added to make it printable
(``rleToString`` in COCO's ``maskApi.c``, Dollár and Lin 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "MOST_PIXELS",
    "RleError",
    "Runs",
    "as_runs",
    "border",
    "boundary_iou",
    "decode_rle",
    "decode_runs",
    "dice",
    "difference",
    "encode_rle",
    "intersection",
    "iou",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

MOST_PIXELS = 50_000_000
"""A larger mask is not decoded: it would take more memory than a learner's machine may have."""

_DIGITS = 7  # characters a number may have: 35 bits, far beyond the pixels of any picture


class RleError(ValueError):
    """A string that is not the run lengths of a mask of the size told."""


def encode_rle(mask: ArrayLike) -> str:
    """``mask`` as COCO's compressed run lengths.

    Args:
        mask: ``(H, W)``; what is not zero belongs to the region. An empty array gives an empty string.

    Example:
        >>> encode_rle([[False, True], [False, True]])
        '22'
    """
    array = np.asarray(mask)
    if array.ndim != 2:
        raise ValueError(f"a mask must have shape (H, W), got {array.shape}")
    flat = array.astype(bool, copy=False).ravel(order="F")
    if not flat.size:
        return ""
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    start = [0, 0] if flat[0] else [0]
    counts = np.diff(np.concatenate([start, changes, [flat.size]]))
    numbers = counts.copy()
    numbers[3:] -= counts[1:-2]
    # One row a number, one column a character; a number ends where only its sign would be left to say.
    digits = numbers[:, None] >> (5 * np.arange(_DIGITS))
    chunk = digits & 0x1F
    rest = digits >> 5
    more = np.where(chunk & 0x10, rest != -1, rest != 0)
    used = np.hstack([np.ones((len(numbers), 1), dtype=bool), np.logical_and.accumulate(more, axis=1)[:, :-1]])
    characters: bytes = ((chunk | 0x20 * more) + 48)[used].astype(np.uint8).tobytes()
    return characters.decode("ascii")


def decode_rle(counts: str, size: tuple[int, int]) -> Mask:
    """The mask that COCO's compressed run lengths describe.

    Args:
        counts: As :func:`encode_rle` or ``pycocotools`` write it.
        size: ``(height, width)`` in pixels.

    Returns:
        ``(height, width)``, boolean.

    Raises:
        RleError: A character that does not belong, a number cut off, negative or too long, runs that are more or
            fewer pixels than the mask has, or a mask of more than :data:`MOST_PIXELS` pixels. It is found out before
            memory is taken for the mask.
    """
    lengths = _checked(counts, size)
    values = np.arange(len(lengths)) % 2 == 1
    return np.repeat(values, lengths).reshape(size, order="F")


def _checked(counts: str, size: tuple[int, int]) -> Ints:
    """Run lengths that make up a mask of ``size``, shape ``(R,)``."""
    height, width = size
    pixels = height * width
    if height < 0 or width < 0 or pixels > MOST_PIXELS:
        raise RleError(f"a mask of {width} x {height} pixels is not read")
    lengths = _numbers(counts, pixels)
    if lengths.sum() != pixels:
        raise RleError(f"the run lengths add up to {lengths.sum()} pixels, the mask has {pixels}")
    return lengths


def _numbers(counts: str, pixels: int) -> Ints:
    """The numbers in a compressed string, shape ``(R,)``, each 0 to ``pixels``."""
    try:
        characters = np.frombuffer(counts.encode("ascii"), dtype=np.uint8).astype(np.int64) - 48
    except UnicodeEncodeError:
        raise RleError("the run lengths hold a character that does not belong there") from None
    if not characters.size:
        return np.empty(0, dtype=np.int64)
    if characters.min() < 0 or characters.max() > 0x3F:
        raise RleError("the run lengths hold a character that does not belong there")
    last = (characters & 0x20) == 0
    if not last[-1]:
        raise RleError("the run lengths are cut off")
    ends = np.flatnonzero(last)
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = ends - starts + 1
    if lengths.max() > _DIGITS:
        raise RleError("the run lengths hold a number that is too long")
    place = np.arange(len(characters)) - np.repeat(starts, lengths)
    numbers = np.add.reduceat((characters & 0x1F) << (5 * place), starts)
    # The highest bit of the last character is the sign (two's complement).
    numbers -= np.where(characters[ends] & 0x10, np.int64(1) << (5 * lengths), 0)
    # Numbers from the fourth on are differences to the one two places before: two running sums.
    numbers[1::2] = numbers[1::2].cumsum()
    numbers[2::2] = numbers[2::2].cumsum()
    if numbers.min() < 0 or numbers.max() > pixels:
        raise RleError("the run lengths hold a run that is negative or longer than the mask")
    return numbers


class Runs(NamedTuple):
    """A mask by its runs of 1, column by column: as small as its outline, however large the picture.

    Attributes:
        edges: ``(R, 2)``, first and one past the last pixel of each run, ascending; pixel ``(row, column)`` has the
            number ``column * height + row``.
        size: ``(height, width)``.
    """

    edges: Ints
    size: tuple[int, int]

    @property
    def area(self) -> int:
        """Pixels of the region."""
        return int((self.edges[:, 1] - self.edges[:, 0]).sum())

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """The box around it, ``xyxy``; all 0 where the mask is empty."""
        if not len(self.edges):
            return 0, 0, 0, 0
        height = self.size[0]
        first, last = self.edges[:, 0], self.edges[:, 1] - 1
        # A run that goes on in the next column touches the bottom of one and the top of the other.
        over = bool((first // height != last // height).any())
        top, bottom = (0, height) if over else (int((first % height).min()), int((last % height).max()) + 1)
        return int(first[0] // height), top, int(last[-1] // height) + 1, bottom


def as_runs(mask: ArrayLike) -> Runs:
    """The runs of ``mask``, ``(H, W)``."""
    array = np.asarray(mask, dtype=bool)
    padded = np.concatenate([[False], array.ravel(order="F"), [False]])
    height, width = array.shape
    return Runs(np.flatnonzero(padded[1:] != padded[:-1]).reshape(-1, 2), (height, width))


def decode_runs(counts: str, size: tuple[int, int]) -> Runs:
    """The runs that COCO's compressed run lengths describe; memory grows with ``counts``, not with ``size``.

    Raises:
        RleError: As in :func:`decode_rle`.
    """
    ends = _checked(counts, size).cumsum()
    edges = ends[: len(ends) // 2 * 2].reshape(-1, 2)
    edges = edges[edges[:, 1] > edges[:, 0]]
    # Runs that touch are one.
    apart = edges[1:, 0] > edges[:-1, 1]
    keep = np.concatenate([[True], apart]) if len(edges) else np.empty(0, dtype=bool)
    last = np.concatenate([apart, [True]]) if len(edges) else keep
    return Runs(np.stack([edges[keep, 0], edges[last, 1]], axis=1), size)


def intersection(first: Sequence[Runs], second: Sequence[Runs]) -> Floats:
    """Shared pixels of every pair, shape ``(N, M)``. Masks of different sizes share nothing."""
    shared = np.zeros((len(first), len(second)))
    for column, mask in enumerate(second):
        rows = [row for row, other in enumerate(first) if other.size == mask.size and len(other.edges)]
        if not rows or not len(mask.edges):
            continue
        edges = np.concatenate([first[row].edges for row in rows])
        # How many pixels of `mask` lie before a place: those of whole runs, and a part of the run there.
        lengths = mask.edges[:, 1] - mask.edges[:, 0]
        before = np.concatenate([[0], lengths.cumsum()])
        run = np.searchsorted(mask.edges[:, 0], edges, side="right")
        inside = np.where(run > 0, np.minimum(edges - mask.edges[run - 1, 0], lengths[run - 1]), 0)
        upto = before[np.maximum(run - 1, 0)] + inside
        counted = [len(first[row].edges) for row in rows]
        starts = np.concatenate([[0], np.cumsum(counted)[:-1]])
        shared[rows, column] = np.add.reduceat(upto[:, 1] - upto[:, 0], starts)
    return shared


def difference(first: Runs, second: Runs) -> Runs:
    """The pixels of ``first`` that are not in ``second``; both are masks of one size."""
    if first.size != second.size:
        raise ValueError(f"masks of different sizes: {first.size} and {second.size}")
    edges = np.union1d(first.edges, second.edges)
    # Between two neighbouring edges nothing changes: each piece lies in a mask or not.
    start = edges[:-1]
    here, there = (np.searchsorted(mask.edges.ravel(), start, side="right") % 2 == 1 for mask in (first, second))
    return Runs(np.stack([start, edges[1:]], axis=1)[here & ~there], first.size)


def iou(first: Sequence[Runs], second: Sequence[Runs]) -> Floats:
    """Intersection over union of every pair (Jaccard 1912), shape ``(N, M)``, 0 to 1; 0 where both are empty."""
    shared = intersection(first, second)
    whole = _areas(first)[:, None] + _areas(second)[None, :] - shared
    return np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)


def dice(first: Sequence[Runs], second: Sequence[Runs]) -> Floats:
    """Twice the shared pixels over the pixels of both (Dice 1945), shape ``(N, M)``, 0 to 1; 0 where both are empty.

    It is the F1 of the pixels, and ``2 IoU / (1 + IoU)``.
    """
    shared = intersection(first, second)
    both = _areas(first)[:, None] + _areas(second)[None, :]
    return np.divide(2 * shared, both, out=np.zeros_like(shared), where=both > 0)


def _areas(masks: Sequence[Runs]) -> Floats:
    return np.array([mask.area for mask in masks], dtype=np.float64)


def border(mask: ArrayLike, *, ratio: float = 0.02) -> Mask:
    """The pixels of ``mask`` that lie within a small distance of its border (Cheng et al. 2021, section 4).

    Args:
        mask: ``(H, W)``. The edge of the picture counts as a border.
        ratio: The distance as a share of the picture's diagonal, rounded, at least one pixel. It is measured as the
            larger of the horizontal and the vertical one, as in the authors' code.

    Returns:
        ``(H, W)``, boolean.
    """
    from scipy import ndimage

    array = np.asarray(mask, dtype=bool)
    distance = max(1, round(ratio * float(np.hypot(*array.shape))))
    core = ndimage.minimum_filter(array.view(np.uint8), size=2 * distance + 1, mode="constant", cval=0)
    near: Mask = array & (core == 0)
    return near


def boundary_iou(first: ArrayLike, second: ArrayLike, *, ratio: float = 0.02) -> float:
    """IoU of the borders of two masks (Cheng, Girshick, Dollár, Berg and Kirillov, CVPR 2021).

    Plain IoU of a large object hardly feels a frayed border; this one does.

    Args:
        first: ``(H, W)``.
        second: ``(H, W)``, of the same size.
        ratio: See :func:`border`.

    Returns:
        0 to 1; 0 where both masks are empty.
    """
    a, b = border(first, ratio=ratio), border(second, ratio=ratio)
    whole = np.count_nonzero(a | b)
    return np.count_nonzero(a & b) / whole if whole else 0.0
