"""Faults planted into the word boxes of a page: a box round two words, a sign misread, a wrong field."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, WordBox
from goldlabel.review.misreadings import taken_for

__all__ = ["in_pages"]


def in_pages(
    words: Sequence[WordBox], classes: Sequence[str], rng: random.Random
) -> tuple[tuple[Annotation, ...], tuple[str, ...]]:
    """Right words with three faults, each in another word.

    Args:
        words: Of one page.
        classes: Class names of the ontology.
        rng: Decides where.

    Returns:
        The labels, and what was planted.

    Raises:
        ValueError: The page has no room for all three.
    """
    pairs = [(n, m) for n in range(len(words)) for m in range(len(words)) if _beside(words[n], words[m])]
    if not pairs:
        raise ValueError("a box round two words needs two words side by side")
    legible = {n for n, word in enumerate(words) if _places(word.text)}
    # Those whose box leaves room for the other two faults.
    roomy = [pair for pair in pairs if legible - set(pair) and len(words) > 3 and len(classes) > 1]
    if not roomy:
        raise ValueError("three faults need two more words, one of them with a sign that looks like another one")
    first, second = rng.choice(roomy)
    free = [n for n in range(len(words)) if n not in (first, second)]
    misread = rng.choice([n for n in free if n in legible])
    moved = rng.choice([n for n in free if n != misread])
    faulty: list[Annotation] = list(words)
    faulty[first] = _together(words[first], words[second])
    at, sign = rng.choice(_places(words[misread].text))
    text = words[misread].text
    faulty[misread] = msgspec.structs.replace(words[misread], text=text[:at] + sign + text[at + 1 :])
    others = [name for name in classes if name != words[moved].label]
    faulty[moved] = msgspec.structs.replace(words[moved], label=rng.choice(others))
    del faulty[second]
    return tuple(faulty), ("one box holds two words", "one word is misread", "one word is in the wrong field")


def _places(text: str) -> list[tuple[int, str]]:
    """Where a sign of ``text`` may be taken for another single one; figures first, as misread amounts cost most."""
    places = [(at, other) for at, sign in enumerate(text) for other in taken_for(sign) if len(other) == 1]
    figures = [(at, other) for at, other in places if text[at].isdigit()]
    return figures or places


def _beside(left: WordBox, right: WordBox) -> bool:
    """Whether ``right`` is the next word of the line of ``left``: it begins at most a line's height after its end."""
    (_, top, foot, _), (start, *_) = left.corners, right.corners
    height = math.dist(top, foot)
    gap = math.dist(top, start)
    return left is not right and left.label == right.label and start[0] > top[0] and gap < height


def _together(left: WordBox, right: WordBox) -> WordBox:
    corners = (left.corners[0], right.corners[1], right.corners[2], left.corners[3])
    return msgspec.structs.replace(left, corners=corners, text=f"{left.text} {right.text}")
