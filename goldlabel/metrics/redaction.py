"""How well a text is redacted: what of a secret is hidden, what can still be read.

What tells something are letters and digits: a hyphen that stays between two black bars gives nothing away. A secret
without any (a string of emoji) tells by everything but its spaces. Presidio's evaluator (microsoft/presidio-research)
scores with F-beta and beta 2, since a leak does more harm than a word too many; :func:`goldlabel.metrics.spans.f_beta`
computes it from the shares below.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

__all__ = ["cover", "hidden_share", "letters", "readable", "telling"]

Flags = NDArray[np.bool_]
Stretch = tuple[int, int]


def cover(stretches: Iterable[Stretch], length: int) -> Flags:
    """Which of ``length`` characters lie in one of the stretches."""
    flags = np.zeros(length, dtype=bool)
    for start, end in stretches:
        flags[max(0, start) : max(0, end)] = True
    return flags


def telling(text: str, stretches: Iterable[Stretch]) -> Flags:
    """Which characters of ``text`` would give something of the stretches away, shape ``(len(text),)``."""
    told = np.zeros(len(text), dtype=bool)
    for start, end in stretches:
        told[start:end] |= _telling(text[start:end])
    return told


def hidden_share(text: str, hidden: Flags, secret: Stretch) -> float:
    """Share of the letters and digits of one secret that are hidden, 0 to 1; 1 when it has none.

    Example:
        >>> hidden_share("Anna Lind", cover([(0, 4)], 9), (0, 9))
        0.5
    """
    told = _telling(text[slice(*secret)])
    return float((told & hidden[slice(*secret)]).sum() / told.sum()) if told.any() else 1.0


def letters(text: str, stretch: Stretch, within: Stretch | None = None) -> int:
    """How many characters of a stretch tell something, all of them or those that lie ``within`` another one."""
    first, last = within or stretch
    start, end = stretch
    if min(end, last) <= max(start, first):
        return 0
    return int(_telling(text[start:end])[max(0, first - start) : max(0, last - start)].sum())


def readable(text: str, hidden: Flags, secret: Stretch) -> tuple[Stretch, ...]:
    """The parts of a secret that can still be read, in order, without spaces or punctuation at their edges.

    Example:
        >>> readable("Anna Lind", cover([(0, 4)], 9), (0, 9))
        ((5, 9),)
    """
    start, end = secret
    told = _telling(text[start:end])
    parts: list[Stretch] = []
    first = last = -1
    for at in range(start, end + 1):
        if at == end or hidden[at]:
            if first >= 0:
                parts.append((first, last + 1))
            first = -1
        elif told[at - start]:
            first, last = (at if first < 0 else first), at
    return tuple(parts)


def _telling(part: str) -> Flags:
    """Letters and digits of a stretch; of one that has none everything but its spaces."""
    flags = np.fromiter((char.isalnum() for char in part), dtype=bool, count=len(part))
    if not flags.any():
        flags = np.fromiter((not char.isspace() for char in part), dtype=bool, count=len(part))
    return flags
