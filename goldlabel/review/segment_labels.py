"""Segments made ready to be judged: those that can be, in order of time; of the others a finding says why not."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set

import msgspec

from goldlabel.annotations import Annotation, Gold, Item, Segment, only
from goldlabel.errors import GoldError
from goldlabel.review.findings import Finding
from goldlabel.review.moments import from_to, moment
from goldlabel.review.reasons import refused
from goldlabel.review.wording import article, plain

__all__ = ["gold_segments", "inside", "overlapping", "usable_segments"]

_ROOM = 0.05
"""Seconds by which a segment may pass the end of a recording, whose length is rounded; it is cut there."""

_MOST_WORDS = (500, 20.0)
"""So many words in a recording at least may be written, and so many for every second: nobody speaks as fast."""


def gold_segments(gold: Gold, item: Item, classes: Sequence[str]) -> list[Segment]:
    """The gold segments of an item in order of time.

    Raises:
        GoldError: There is no gold, or a segment of it is not in the recording or of an unknown class.
    """
    found = only(gold.of(item.id).annotations, Segment)
    for one in found:
        if problem := _problem(one, item, classes, set()):
            raise GoldError(
                f"The gold {one.id} {problem}", where=item.id, todo="Restore the gold file from the repository."
            )
    return sorted((_cut(one, item) for one in found), key=lambda one: (one.start, one.end))


def usable_segments(
    labels: Sequence[Annotation], item: Item, classes: Sequence[str], findings: list[Finding], *, task: str
) -> list[Segment]:
    """The labels that can be judged, in order of time; of the others ``findings`` get to know why."""
    usable: list[Segment] = []
    ids: set[str] = set()
    seen: set[tuple[float, float, str]] = set()
    words, most = 0, max(_MOST_WORDS[0], int(_MOST_WORDS[1] * item.seconds))
    for one in labels:
        problem = _problem(one, item, classes, ids)
        if isinstance(one, Segment) and not problem:
            count = len(one.text.split())
            if (one.start, one.end, one.label) in seen:
                problem = f"is a second one of {plain(one.label)} {from_to(one.start, one.end)}"
            elif words + count > most:
                problem = f"has more words than anyone can say: with it the recording has {words + count:,}"
            else:
                words += count
                seen.add((one.start, one.end, one.label))
                usable.append(_cut(one, item))
        if problem:
            findings.append(refused(task, item, one.id, problem))
        ids.add(one.id)
    return sorted(usable, key=lambda one: (one.start, one.end))


def overlapping(segments: Sequence[Segment]) -> list[tuple[Segment, Segment]]:
    """Neighbouring turns of one speaker that overlap; ``segments`` are in order of time."""
    last: dict[str, Segment] = {}
    found = []
    for one in segments:
        before = last.get(one.label)
        if before is not None and one.start < before.end - 1e-6:
            found.append((before, one))
        if before is None or one.end > before.end:
            last[one.label] = one
    return found


def inside(one: Segment, others: Sequence[Segment]) -> float:
    """Share of a segment's time that lies in the one of ``others`` that it shares most with, 0 to 1."""
    shared = (min(one.end, other.end) - max(one.start, other.start) for other in others)
    return max(0.0, *shared, 0.0) / (one.end - one.start)


def _cut(one: Segment, item: Item) -> Segment:
    return msgspec.structs.replace(one, end=item.seconds) if item.seconds and one.end > item.seconds else one


def _problem(one: Annotation, item: Item, classes: Sequence[str], ids: Set[str]) -> str:
    """Why a label cannot be judged; empty where it can."""
    if one.id in ids:
        return "has an id that another one of this recording has"
    if not isinstance(one, Segment):
        return f"is no stretch of time but {article(str(one.__struct_config__.tag).replace('_', ' '))}"
    if one.label not in classes:
        return f"has the class {one.label!r}, which this exercise does not know"
    return _misplaced(one, item)


def _misplaced(one: Segment, item: Item) -> str:
    """What is wrong with its times; empty where nothing is."""
    if not (math.isfinite(one.start) and math.isfinite(one.end)):
        return "has no finite start and end"
    if one.start < 0:
        return f"starts before the recording, at {one.start:g} s"
    if one.end <= one.start:
        return f"takes no time: it starts at {one.start:g} s and ends at {one.end:g} s"
    if item.seconds and (one.end > item.seconds + _ROOM or one.start >= item.seconds):
        return f"ends at {one.end:g} s, but the recording lasts {moment(item.seconds)}"
    return ""
