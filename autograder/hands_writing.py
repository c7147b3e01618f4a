"""How a simulated hand writes: sentences left out, numbers changed."""

from __future__ import annotations

import re
from random import Random

import msgspec

from goldlabel.annotations import Written

__all__ = ["rewritten"]

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_NUMBER = re.compile(r"\d+(?![\d.,]*\d)")


def rewritten(true: Written, *, leaves_out: float, changes: float, random: Random) -> Written:
    """``true`` as it is written by a careless hand; a perfect one writes it as it is.

    Args:
        true: Gold's good text.
        leaves_out: Chance of each sentence to be left out; one always stays.
        changes: Chance of each number to be made another one.
        random: Where chance comes from.
    """
    sentences = _SENTENCE_END.split(true.text)
    kept = [one for one in sentences if random.random() >= leaves_out] or sentences[:1]

    def other(match: re.Match[str]) -> str:
        # Larger by 1 to 9, so that it is never the same.
        return str(int(match[0]) + random.randint(1, 9)) if random.random() < changes else match[0]

    return msgspec.structs.replace(true, text=" ".join(_NUMBER.sub(other, one) for one in kept))
