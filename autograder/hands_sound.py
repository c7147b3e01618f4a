"""How a simulated hand works on recordings: words misheard, fillers left out, ends late."""

from __future__ import annotations

from random import Random

import msgspec

from goldlabel.annotations import Item, Segment
from goldlabel.metrics.normaliser import is_filler
from goldlabel.review.mishearings import heard_as

__all__ = ["reheard"]

_LATE = (0.3, 0.9)
"""Seconds by which a hurried hand starts late and stops late."""

_SHORTEST = 0.2


def reheard(true: Segment, item: Item, random: Random, *, mishears: float, leaves_out: float, late: float) -> Segment:
    """``true`` as it is marked and written down; a perfect hand does both as they are.

    Args:
        true: Gold.
        item: The recording; the segment stays in it.
        random: Where chance comes from.
        mishears: Chance of each word that sounds like another one to be written as that one.
        leaves_out: Chance of each filler to be left out.
        late: Chance that both ends of the segment are late.
    """
    words = [_heard(word, mishears, random) for word in true.text.split() if not _skipped(word, leaves_out, random)]
    start, end = true.start, true.end
    if random.random() < late:
        start = round(min(start + random.uniform(*_LATE), end - _SHORTEST), 2)
        end = round(min(end + random.uniform(*_LATE), item.seconds or end), 2)
        start = max(true.start, start)
    return msgspec.structs.replace(true, start=start, end=end, text=" ".join(words))


def _skipped(word: str, leaves_out: float, random: Random) -> bool:
    return is_filler(word) and random.random() < leaves_out


def _heard(word: str, mishears: float, random: Random) -> str:
    """The word, or one that sounds like it, with the punctuation behind it."""
    bare = word.rstrip(".,;:!?")
    others = heard_as(bare.casefold())
    if not others or random.random() >= mishears:
        return word
    other = random.choice(others)
    return (other.capitalize() if bare[:1].isupper() else other) + word[len(bare) :]
