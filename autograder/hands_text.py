"""How a simulated hand marks texts: ends off by a word, relations turned round."""

from __future__ import annotations

import re
from random import Random

import msgspec

from goldlabel.annotations import Item, Relation, Span, Stretch

__all__ = ["relinked", "remarked", "shifted"]

_TAKEN_ALONG = frozenset({"the", "a", "an", "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "his", "her"})
"""Words in front of a name that a hasty hand takes along."""


def remarked(true: Span, ends: float, item: Item, random: Random) -> Span:
    """``true`` as it is marked by a hand whose ends are off with the chance ``ends``."""
    stretch = shifted(true.stretch, item.text, random) if random.random() < ends else true.stretch
    return msgspec.structs.replace(true, start=stretch[0], end=stretch[1], accepted=(), alternatives=())


def relinked(true: Relation, turns: float, random: Random) -> Relation:
    """``true`` as it is linked by a hand that turns relations round with the chance ``turns``."""
    head, tail = (true.tail, true.head) if random.random() < turns else (true.head, true.tail)
    return msgspec.structs.replace(true, head=head, tail=tail, accepted=())


def shifted(stretch: Stretch, text: str, random: Random) -> Stretch:
    """The stretch with one end off by a word: a title or an article taken along where one stands in front of it.

    Returns:
        Another stretch that shares words with it; the same one where the text has no other word.
    """
    start, end = stretch
    before = list(re.finditer(r"\w+\.?", text[:start]))[-1:]
    behind = list(re.finditer(r"\w+", text[end:]))[:1]
    wide = [(before[0].start(), end)] if before else []
    if before and before[0].group().rstrip(".").lower() in _TAKEN_ALONG:
        return wide[0]
    wide += [(start, end + behind[0].end())] if behind else []
    inside = list(re.finditer(r"\w+", text[start:end]))
    narrow = [(start + inside[1].start(), end), (start, start + inside[-2].end())] if len(inside) > 1 else []
    return random.choice([*narrow, *wide]) if narrow or wide else stretch
