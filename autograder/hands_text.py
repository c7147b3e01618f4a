"""How a simulated hand marks texts: ends off by a word, relations turned round."""

from __future__ import annotations

from random import Random

import msgspec

from goldlabel.annotations import Item, Relation, Span
from goldlabel.learning.faults_text import shifts

__all__ = ["relinked", "remarked"]


def remarked(true: Span, ends: float, item: Item, random: Random) -> Span:
    """``true`` as it is marked by a hand whose ends are off with the chance ``ends``."""
    moved = shifts(true.stretch, item.text) if random.random() < ends else ()
    stretch = random.choice(moved) if moved else true.stretch
    return msgspec.structs.replace(true, start=stretch[0], end=stretch[1], accepted=(), alternatives=())


def relinked(true: Relation, turns: float, random: Random) -> Relation:
    """``true`` as it is linked by a hand that turns relations round with the chance ``turns``."""
    head, tail = (true.tail, true.head) if random.random() < turns else (true.head, true.tail)
    return msgspec.structs.replace(true, head=head, tail=tail, accepted=())
