"""Word boxes: every printed word of a page gets a box, its text and its field."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Point, WordBox
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import inside, sound

__all__ = ["LONGEST", "WordBoxLabeller", "one_line"]

LONGEST = 200
"""Characters of a word; the review reads no more either."""


class WordBoxLabeller(Labeller):
    """Box words on pictures of pages, and type what they say.

    A box whose text is empty is saved: the work goes on tomorrow. The widget tells it as unfinished, the review as
    misread.
    """

    _esm = STATIC / "word-boxes.js"
    _css = STATIC / "word-boxes.css"

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        tidy = []
        for one in sound(annotations, WordBox, noun="a word box", plural="boxes", classes=self._spec.class_names):
            first, second, third, fourth = (inside(point, item) for point in one.corners)
            if (way := _way((first, second, third, fourth))) == 0:
                raise DataError("the corners of a box do not go round it: a side crosses another, or there is a dent")
            corners = (first, second, third, fourth) if way > 0 else (first, fourth, third, second)
            text = one_line(one.text)
            if len(text) > LONGEST:
                raise DataError(f"a text has {len(text):,} characters; a word has {LONGEST} at most")
            tidy.append(msgspec.structs.replace(one, corners=corners, text=text))
        return tuple(tidy)


def one_line(text: str) -> str:
    """``text`` as one line: NFC, no control or format characters, white space of any kind as one space.

    >>> one_line(chr(9) + "12   50" + chr(10)), one_line("x" + chr(0x202E) + "y")
    ('12 50', 'xy')
    """
    spaced = " ".join(text.split())
    kept = "".join(each for each in spaced if unicodedata.category(each) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _way(corners: Sequence[Point]) -> int:
    """1 when a walk round the corners turns right at every one (clockwise on the screen), -1 when left, else 0.

    A walk that turns one way at all four corners crosses itself nowhere.
    """
    turns = []
    for n, (x, y) in enumerate(corners):
        (before_x, before_y), (next_x, next_y) = corners[n - 1], corners[(n + 1) % len(corners)]
        turns.append((x - before_x) * (next_y - y) - (y - before_y) * (next_x - x))
    return (min(turns) > 0) - (max(turns) < 0)
