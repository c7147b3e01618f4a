"""What is printed on a paper: lines of marked text become words with the field that each belongs to.

    # [Thistle Stores|issuer]          a headline in the middle
    = [A-27|number]                    the same, very large
    ^ 12 Marsh Lane                    in the middle
    [2x rye bread|item] > [5.80|price] left, and what follows ``>`` at the right edge
    ---                                a dashed rule across the paper
                                       an empty line leaves half a line free

Marks are written as in marked.py and do not nest; every word outside of them is of the field ``other``. A ``~`` joins
what would be two lines into columns: left, then from the middle. What stands between two spaces is one word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FIELDS = ("issuer", "date", "amount_due", "item", "price", "person", "number", "other")
RULE = "---"
HEADLINE, HUGE, CENTRED, PLAIN = "#", "=", "^", ""
_MARK = re.compile(r"\[([^|\]]+)\|(\w+)\]")
_STRAY = re.compile(r"[\[\]|]")


@dataclass(frozen=True)
class Word:
    """Characters between two spaces, and the field of the paper that they belong to."""

    text: str
    field: str


@dataclass(frozen=True)
class Line:
    """One printed line; `style` is HEADLINE, HUGE, CENTRED, PLAIN or RULE.

    `left`, `middle` and `right` are the words that start at the left edge, at the middle, and end at the right edge;
    a centred line has them all in `left`. A line without any word is a gap.
    """

    style: str
    left: tuple[Word, ...] = ()
    middle: tuple[Word, ...] = ()
    right: tuple[Word, ...] = ()

    @property
    def words(self) -> tuple[Word, ...]:
        """All of them in reading order."""
        return (*self.left, *self.middle, *self.right)


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a marked text.

    Raises:
        ValueError: A mark is not closed or names no field.
    """
    return tuple(_line(raw.strip()) for raw in text.strip("\n").splitlines())


def _line(raw: str) -> Line:
    if raw == RULE:
        return Line(RULE)
    style = PLAIN
    if raw[:2] in (f"{HEADLINE} ", f"{HUGE} ", f"{CENTRED} "):
        style, raw = raw[0], raw[2:]
    rest, _, right = f" {raw}".partition(" > ")
    left, _, middle = rest.partition(" ~ ")
    return Line(style, _words(left), _words(middle), _words(right))


def _words(marked: str) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    for mark in _MARK.finditer(marked):
        words += [Word(text, "other") for text in _plain(marked[at : mark.start()])]
        if mark[2] not in FIELDS:
            raise ValueError(f"{marked!r}: {mark[2]!r} is no field; there are {', '.join(FIELDS)}")
        words += [Word(text, mark[2]) for text in mark[1].split()]
        at = mark.end()
    return (*words, *(Word(text, "other") for text in _plain(marked[at:])))


def _plain(text: str) -> list[str]:
    if _STRAY.search(text):
        raise ValueError(f"{text!r}: a mark is not closed or has no field")
    return text.split()
