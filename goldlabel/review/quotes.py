"""Quoting a text in a sentence: short, on one line, and told apart from the same words elsewhere."""

from __future__ import annotations

import re

from goldlabel.annotations import Stretch

__all__ = ["capital", "cut", "quoted", "trimmed"]

_LONGEST = 60
"""A longer quotation is shortened in its middle."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def trimmed(text: str, stretch: Stretch) -> Stretch:
    """The stretch without white space at its edges, which nobody sees; empty where it holds nothing else."""
    start, end = stretch
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def cut(text: str, stretch: Stretch) -> str:
    """The words of a stretch in quotation marks, on one line, shortened in the middle where they are many."""
    words = " ".join(text[slice(*stretch)].split())
    if len(words) > _LONGEST:
        half = _LONGEST // 2 - 2
        words = f"{words[:half].rstrip()} ... {words[-half:].lstrip()}"
    return f"'{words}'"


def quoted(text: str, stretch: Stretch) -> str:
    """The words of a stretch, with their number where the text has them more than once: "the second 'Lind'"."""
    words = text[slice(*stretch)]
    if text.count(words) < 2:
        return cut(text, stretch)
    places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(places) < 2 or stretch[0] not in places:
        return cut(text, stretch)
    number = places.index(stretch[0])
    ordinal = _ORDINALS[number] if number < len(_ORDINALS) else f"{number + 1}th"
    return f"the {ordinal} {cut(text, stretch)}"


def capital(sentence: str) -> str:
    """``sentence`` with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]
