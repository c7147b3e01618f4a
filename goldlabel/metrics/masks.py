"""Masks: COCO's run lengths, overlap of pixels and of borders.

A mask is a boolean array of shape ``(H, W)``, row first, one value a pixel. COCO writes it as run lengths: the
pixels are read column by column, from the top left downwards, and the lengths of the runs of 0 and of 1 follow one
another, a run of 0 first (it may be empty). The *compressed* form of ``pycocotools`` packs these numbers into
printable characters: from the fourth number on the difference to the number two places before is kept; every
character carries five bits, the lowest first, and a sixth that says "more to come"; 48 is added to make it printable
(``rleToString`` in COCO's ``maskApi.c``, Dollár and Lin 2014).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["MOST_PIXELS", "RleError", "decode_rle", "encode_rle"]

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
    height, width = size
    pixels = height * width
    if height < 0 or width < 0 or pixels > MOST_PIXELS:
        raise RleError(f"a mask of {width} x {height} pixels is not read")
    runs = _runs(counts, pixels)
    if runs.sum() != pixels:
        raise RleError(f"the run lengths add up to {runs.sum()} pixels, the mask has {pixels}")
    values = np.arange(len(runs)) % 2 == 1
    return np.repeat(values, runs).reshape((height, width), order="F")


def _runs(counts: str, pixels: int) -> Ints:
    """Run lengths of a compressed string, shape ``(R,)``, each 0 to ``pixels``."""
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
