"""How a simulated hand works on pages: boxes that are shaken, words that are read in haste."""

from __future__ import annotations

from random import Random

import msgspec

from goldlabel.annotations import Item, Point, WordBox
from goldlabel.metrics.polygons import problem
from goldlabel.review.misreadings import taken_for

__all__ = ["is_short", "reread"]


def is_short(word: WordBox) -> bool:
    """Whether a careless person would overlook the word: one or two characters."""
    return len(word.text) <= 2


def reread(true: WordBox, item: Item, random: Random, *, air: float, shake: float, misreads: float) -> WordBox:
    """``true`` as it is boxed and typed.

    Args:
        true: Gold.
        item: The page; the box stays on it.
        random: Where chance comes from.
        air: On each side, as a share of the word's height.
        shake: Standard deviation of each corner, in pixels.
        misreads: Chance that a sign is taken for one that looks like it, in a word that has such a sign.
    """
    text = true.text
    if misreads and random.random() < misreads:
        text = _misread(text, random)
    if not (air or shake):
        return msgspec.structs.replace(true, text=text)
    grown = _grown(true.corners, air)
    shaken = tuple((x + random.gauss(0, shake), y + random.gauss(0, shake)) for x, y in grown)
    # Nobody leaves a box whose sides cross.
    first, second, third, fourth = next(
        (
            kept
            for corners in (shaken, grown, true.corners)
            if not problem([kept := [_on_page(point, item) for point in corners]])
        ),
        true.corners,
    )
    return msgspec.structs.replace(true, corners=(first, second, third, fourth), text=text)


def _misread(text: str, random: Random) -> str:
    """``text`` with one sign taken for another; as it is where no sign looks like another one."""
    places = [(at, other) for at, sign in enumerate(text) for other in taken_for(sign)]
    if not places:
        return text
    at, other = random.choice(places)
    return text[:at] + other + text[at + 1 :]


def _grown(corners: tuple[Point, ...], air: float) -> tuple[Point, ...]:
    """Corners moved apart along both directions of the word, by a share of its height."""
    (ax, ay), (bx, by), _, (dx, dy) = corners
    across = ((dx - ax) * air, (dy - ay) * air)
    width, height = max(1e-9, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5), ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5
    along = ((bx - ax) * air * height / width, (by - ay) * air * height / width)
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return tuple(
        (x + h * along[0] + v * across[0], y + h * along[1] + v * across[1])
        for (x, y), (h, v) in zip(corners, signs, strict=True)
    )


def _on_page(point: Point, item: Item) -> Point:
    return round(min(max(point[0], 0.0), item.width), 1), round(min(max(point[1], 0.0), item.height), 1)
