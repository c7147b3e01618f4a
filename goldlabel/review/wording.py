"""The sentences of a box review: where an object is, and what is wrong with a box, in words a beginner knows."""

from __future__ import annotations

import math

from goldlabel.annotations import Box, Item

__all__ = ["Corners", "article", "place", "plain", "shown", "side_report", "spoken"]

Corners = tuple[float, float, float, float]
"""``(x1, y1, x2, y2)`` in pixels."""

_COLUMNS = ("left", "", "right")
_ROWS = ("top", "", "bottom")


def article(noun: str) -> str:
    """``noun`` with its indefinite article: "an apple", "a pear"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def plain(name: str) -> str:
    """A class name for people: ``ask_first`` is "ask first"."""
    return name.replace("_", " ")


def spoken(name: str) -> str:
    """A class name inside a sentence, in quotation marks where it is more than a word."""
    return f'"{plain(name)}"' if "_" in name else name


def place(box: Box, item: Item) -> str:
    """Where ``box`` lies on the picture, in thirds: "at the top left", "on the right", "in the middle"."""
    # Only the part on the picture has a place there.
    x1, x2 = (min(max(x, 0.0), item.width) for x in box.xyxy[::2])
    y1, y2 = (min(max(y, 0.0), item.height) for y in box.xyxy[1::2])
    column = min(2, int(3 * (x1 + x2) / 2 / item.width))
    row = min(2, int(3 * (y1 + y2) / 2 / item.height))
    match _ROWS[row], _COLUMNS[column]:
        case "", "":
            return "in the middle"
        case "", side:
            return f"on the {side}"
        case edge, side:
            return f"at the {edge} {side}".rstrip()


def shown(value: float) -> str:
    """A score or an overlap with two decimals, cut off: nobody reads "0.80" beside "below 0.80".

    Like the bars themselves it takes four decimals as exact: 0.89996 is 0.90.
    """
    return f"{math.floor(round(10_000 * value) / 100) / 100:.2f}"


def side_report(box: Corners, gold: Corners) -> str:
    """What is wrong with the sides of ``box``: the one or two sides that are furthest off, in pixels.

    Args:
        box: The learner's corners, ``xyxy`` pixels.
        gold: The right corners.

    Returns:
        For example "the left side leaves 14 px of air and the top cuts 9 px off".
    """
    # Positive: the box reaches beyond the object on that side (air); negative: it cuts the object.
    air = {
        "the left side": gold[0] - box[0],
        "the top": gold[1] - box[1],
        "the right side": box[2] - gold[2],
        "the bottom": box[3] - gold[3],
    }
    worst = sorted(air.items(), key=lambda side: -abs(side[1]))[:2]
    if abs(worst[1][1]) < abs(worst[0][1]) / 3:
        worst = worst[:1]
    return " and ".join(
        f"{side} leaves {by:.0f} px of air" if by > 0 else f"{side} cuts {-by:.0f} px off" for side, by in worst
    )
