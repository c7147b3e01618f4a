"""Words of a review that a beginner knows: what a label is called, where an object is, how a figure is shown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from goldlabel.annotations import Item

__all__ = [
    "WORDS",
    "Corners",
    "Word",
    "article",
    "counted",
    "listed",
    "mostly",
    "noun",
    "place",
    "plain",
    "shown",
    "shown_rate",
    "spoken",
    "thing",
    "whereabouts",
]

Corners = tuple[float, float, float, float]
"""``(x1, y1, x2, y2)`` in pixels."""

_COLUMNS = ("left", "", "right")
_ROWS = ("top", "", "bottom")

_MOST = 0.6
"""From this share on it is "most of it"."""


class Word(msgspec.Struct, frozen=True):
    """What the labels of a task are called.

    Attributes:
        one: A single label.
        many: Several.
        done: What is done to an object with it: "should be boxed".
        loose: What is wrong with many of them, as a coarse hint.
    """

    one: str
    many: str
    done: str
    loose: str


WORDS: Mapping[str, Word] = {
    "boxes": Word("box", "boxes", "boxed", "Boxes that are too loose or cut the object"),
    "rotated_boxes": Word(
        "rotated box", "rotated boxes", "boxed", "Rotated boxes that do not lie along the object, or are too large"
    ),
    "polygons": Word("polygon", "polygons", "outlined", "Polygons that leave air or cut the object"),
    "masks": Word("mask", "masks", "painted", "Masks that miss pixels or paint too many"),
    "keypoints": Word("skeleton", "skeletons", "marked", "Skeletons whose points are too far off"),
    "word_boxes": Word("word box", "word boxes", "boxed", "Word boxes that leave air or cut the word"),
    "spans": Word("span", "spans", "marked", "Spans whose ends are not where the guideline wants them"),
    "relations": Word("relation", "relations", "linked", ""),
    "tracks": Word("track", "tracks", "followed", "Boxes that lie loosely on their object or drift off it"),
    "events": Word("event", "events", "marked", "Events that begin or end at the wrong moment"),
    "segments": Word("segment", "segments", "marked", "Segments that start or end at the wrong moment"),
    "transcript": Word("segment", "segments", "transcribed", "Segments that start or end at the wrong moment"),
    "summary": Word("summary", "summaries", "written", ""),
    "choice": Word("answer", "answers", "answered", ""),
}
"""By task type: the one place that knows a task's words."""


def noun(task: str, count: int = 1) -> str:
    """What ``count`` labels of a task are called: "box", "polygons"."""
    word = WORDS[task]
    return word.one if count == 1 else word.many


def thing(items: Iterable[Item]) -> str:
    """What the items of an exercise are: pictures, texts, clips or sounds."""
    kinds = {_kind(item) for item in items}
    return kinds.pop() if len(kinds) == 1 else "picture"


def _kind(item: Item) -> str:
    if item.frames:
        return "clip"
    if item.sound:
        return "sound"
    return "text" if item.text else "picture"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 picture", "3 pictures", "2 boxes"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def article(noun: str) -> str:
    """``noun`` with its indefinite article: "an apple", "a pear"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def plain(name: str) -> str:
    """A class name for people: ``ask_first`` is "ask first"."""
    return name.replace("_", " ")


def spoken(name: str) -> str:
    """A class name inside a sentence, in quotation marks where it is more than a word."""
    return f'"{plain(name)}"' if "_" in name else name


def place(bounds: Corners, item: Item) -> str:
    """Where something with these bounds lies on the picture, in thirds: "at the top left", "in the middle"."""
    # Only the part on the picture has a place there.
    x1, x2 = (min(max(x, 0.0), item.width) for x in bounds[::2])
    y1, y2 = (min(max(y, 0.0), item.height) for y in bounds[1::2])
    return whereabouts((x1 + x2) / 2, (y1 + y2) / 2, (0.0, 0.0, item.width, item.height))


def whereabouts(x: float, y: float, frame: Corners) -> str:
    """Where a point lies in a frame, in thirds; a point outside counts to the third that is next to it."""
    column, row = (
        min(2, max(0, int(3 * (at - low) / (high - low)))) if high > low else 1
        for at, low, high in ((x, frame[0], frame[2]), (y, frame[1], frame[3]))
    )
    return _in_words(_ROWS[row], _COLUMNS[column])


def _in_words(edge: str, side: str) -> str:
    match edge, side:
        case "", "":
            return "in the middle"
        case "", _:
            return f"on the {side}"
        case _:
            return f"at the {edge} {side}".rstrip()


def mostly(columns: Sequence[float], rows: Sequence[float]) -> str:
    """Where most of something lies on its object: "most of it at the top", or "all around".

    Args:
        columns: How much of it lies in the left, the middle and the right third.
        rows: How much lies in the top, the middle and the bottom third.
    """
    side, edge = (
        names[max(range(3), key=lambda third: parts[third])] if max(parts) >= _MOST * sum(parts) else None
        for names, parts in ((_COLUMNS, columns), (_ROWS, rows))
    )
    if side is None and edge is None:
        return "all around"
    return f"most of it {_in_words(edge or '', side or '')}"


def listed(parts: Sequence[str], most: int | None = None) -> str:
    """``parts`` as a person says them: "a, b and c"; beyond ``most`` only how many more there are."""
    told = list(parts[:most])
    if more := len(parts) - len(told):
        told.append(f"{more} more")
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))


def shown(value: float) -> str:
    """A score or an overlap with two decimals, cut off: nobody reads "0.80" beside "below 0.80".

    Like the bars themselves it takes four decimals as exact: 0.89996 is 0.90.
    """
    return f"{math.floor(round(10_000 * value) / 100) / 100:.2f}"


def shown_rate(value: float) -> str:
    """An error rate with three decimals, rounded up: nobody reads "0.030" beside "above 0.03"."""
    return f"{math.ceil(round(10_000 * value) / 10) / 1000:.3f}"
