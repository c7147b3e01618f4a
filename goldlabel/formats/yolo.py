"""YOLO's text labels: one file a picture, one line an object.

Source: https://docs.ultralytics.com/datasets/detect/. A line is ``class x y width height``: the number of the class in
the data set's list, counted from 0, then centre and size of the box as shares (0 to 1) of the picture's width and
height. The list of names lies in another file (``data.yaml``): without it, nobody knows what class 2 is.

Lost: ids, attributes, the size of the picture, whether an item is finished. A picture without objects has an empty
file.
"""

from __future__ import annotations

from collections.abc import Sequence

from goldlabel.annotations import Box, Item

__all__ = ["box_of", "line_of"]

_DIGITS = 6
"""Decimals of a share: on a picture 4,000 pixels wide the error stays under 0.01 pixels."""


def line_of(box: Box, item: Item, classes: Sequence[str]) -> str:
    """``box`` as a line of a label file.

    Raises:
        ValueError: Its class is not in ``classes``.
    """
    if box.label not in classes:
        raise ValueError(f"the class {box.label!r} is not in the list of classes")
    x1, y1, x2, y2 = box.xyxy
    shares = (
        (x1 + x2) / 2 / item.width,
        (y1 + y2) / 2 / item.height,
        (x2 - x1) / item.width,
        (y2 - y1) / item.height,
    )
    return " ".join((str(classes.index(box.label)), *(f"{share:.{_DIGITS}f}" for share in shares)))


def box_of(line: str, item: Item, classes: Sequence[str], *, name: str) -> Box:
    """The box that ``line`` describes, called ``name``.

    Raises:
        ValueError: The line does not hold five numbers, or its class is not in ``classes``.
    """
    words = line.split()
    if len(words) != 5:
        raise ValueError(f"a line of a YOLO file holds five numbers, this one holds {len(words)}")
    number = int(words[0])
    if not 0 <= number < len(classes):
        raise ValueError(f"class {number} is not in the list of {len(classes)} classes")
    x, y, width, height = (float(word) for word in words[1:])
    return Box(
        name,
        classes[number],
        (
            (x - width / 2) * item.width,
            (y - height / 2) * item.height,
            (x + width / 2) * item.width,
            (y + height / 2) * item.height,
        ),
    )
