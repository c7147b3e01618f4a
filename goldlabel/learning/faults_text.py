"""Faults planted into right labels of texts: ends off by a word, a wrong class, one left out, one turned round."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Relation, Span, Stretch
from goldlabel.review.quotes import trimmed

__all__ = ["in_redaction", "in_relations", "in_spans", "shifts"]

_TAKEN_ALONG = frozenset({"the", "a", "an", "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "his", "her"})
"""Words in front of a name that a hasty hand takes along."""

_BEFORE = re.compile(r"(?P<word>\w+)(?P<dot>\.?)\s+$")
"""The word in front; a dot belongs to it where it is a title, else it ends a sentence."""

_BEHIND = re.compile(r"['\u2019]s\b|\s+\w+")
"""The mark of the genitive, or the next word."""

Faulty = tuple[tuple[Annotation, ...], tuple[str, ...]]
"""Labels with faults, and what was planted, one short clause each."""


def shifts(stretch: Stretch, text: str) -> tuple[Stretch, ...]:
    """The stretch with one end off by a word.

    No hand takes along what stands behind a comma or in another sentence.

    Returns:
        Other stretches that share words with it: one alone, with the title or article taken along, where such a word
        stands in front of it; else first those that are shorter, then those that are longer. Empty where it is one
        word that stands alone.
    """
    start, end = stretch
    before = _BEFORE.search(text[:start])
    wide = [(before.start(), end)] if before else []
    if before and before["word"].lower() in _TAKEN_ALONG:
        return (wide[0],)
    if before and before["dot"]:
        wide = []
    behind = _BEHIND.match(text[end:])
    wide += [(start, end + behind.end())] if behind else []
    inside = list(re.finditer(r"\w+", text[start:end]))
    narrow = [(start + inside[1].start(), end), (start, start + inside[-2].end())] if len(inside) > 1 else []
    return (*narrow, *wide)


def in_spans(spans: Sequence[Span], item: Item, classes: Sequence[str], rng: random.Random) -> Faulty:
    """One span with an end off, one left out, one of the wrong class: the first ones that there is room for.

    Raises:
        ValueError: No span can be shifted.
    """
    known = {trimmed(item.text, extent) for one in spans for extent in (one.stretch, *one.alternatives)}
    order = rng.sample(range(len(spans)), len(spans))
    for off in order:
        moved = [stretch for stretch in shifts(spans[off].stretch, item.text) if stretch not in known]
        if moved:
            break
    else:
        raise ValueError("there is no span whose end could be off")
    start, end = rng.choice(moved)
    off_label = msgspec.structs.replace(_bare(spans[off]), start=start, end=end)
    # What stands inside the shifted span, or holds it, stays right: two faults in one place confuse.
    apart = [k for k in order if k != off and not _touch(spans[k], off_label) and not _touch(spans[k], spans[off])]
    missed, confused = (*apart[:2], *[-1] * (2 - len(apart[:2])))
    faulty: list[Annotation] = []
    for k, one in enumerate(spans):
        if k == off:
            faulty.append(off_label)
        elif k == confused:
            faulty.append(_recalled(one, classes, rng))
        elif k != missed:
            faulty.append(_bare(one))
    faults = ["one span begins or ends in the wrong place"]
    faults += ["one name is not marked"] if missed >= 0 else []
    faults += ["one has the wrong class"] if confused >= 0 else []
    return tuple(faulty), tuple(faults)


def in_redaction(spans: Sequence[Span], item: Item, rng: random.Random) -> Faulty:
    """One thing hidden in part, one not hidden.

    Raises:
        ValueError: Nothing consists of two words, so nothing could leak in part.
    """
    order = rng.sample(range(len(spans)), len(spans))
    for off in order:
        start, end = spans[off].stretch
        narrow = [one for one in shifts((start, end), item.text) if start <= one[0] and one[1] <= end]
        # Another span over the rest, or another extent that counts, would leave nothing to read.
        alone = not spans[off].alternatives and not any(_touch(one, spans[off]) for one in spans if one != spans[off])
        if narrow and alone:
            break
    else:
        raise ValueError("there is nothing that could be hidden in part")
    cut = rng.choice(narrow)
    missed = next((k for k in order if k != off and not any(_touch(spans[k], o) for o in spans if o != spans[k])), -1)
    faulty: list[Annotation] = [
        msgspec.structs.replace(_bare(one), start=cut[0], end=cut[1]) if k == off else _bare(one)
        for k, one in enumerate(spans)
        if k != missed
    ]
    faults = ("one thing can still be read in part", "one thing is not hidden at all")
    return tuple(faulty), faults if missed >= 0 else faults[:1]


def in_relations(
    relations: Sequence[Relation], classes: Sequence[str], symmetric: Collection[str], rng: random.Random
) -> Faulty:
    """One relation turned round, one of the wrong class, one left out: the first ones that there is room for.

    Raises:
        ValueError: No relation has a direction.
    """
    order = rng.sample(range(len(relations)), len(relations))
    turned = next((k for k in order if relations[k].label not in symmetric), None)
    if turned is None:
        raise ValueError("there is no relation whose direction matters")
    others = [k for k in order if k != turned]
    faulty: list[Annotation] = []
    for k, one in enumerate(relations):
        if k == turned:
            bare = msgspec.structs.replace(one, accepted=(), attributes={}, head=one.tail, tail=one.head)
            faulty.append(bare)
        elif others[:1] == [k]:
            faulty.append(_recalled(one, classes, rng))
        elif others[1:2] != [k]:
            faulty.append(msgspec.structs.replace(one, accepted=(), attributes={}))
    faults = ("one relation points the wrong way", "one has the wrong class", "one is missing")
    return tuple(faulty), faults[: min(len(relations), 3)]


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _bare(span: Span) -> Span:
    """A span as a learner would have it: gold's reasons and readings do not belong into labels."""
    return msgspec.structs.replace(span, accepted=(), alternatives=(), attributes={})


def _recalled(one: Span | Relation, classes: Sequence[str], rng: random.Random) -> Span | Relation:
    """The same with a class that does not count as right."""
    wrong = [name for name in classes if name != one.label and name not in one.accepted]
    label = rng.choice(wrong or [one.label])
    if isinstance(one, Span):
        return msgspec.structs.replace(_bare(one), label=label)
    return msgspec.structs.replace(one, label=label, accepted=(), attributes={})
