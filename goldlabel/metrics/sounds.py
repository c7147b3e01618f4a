"""Sound events: F1 by event and F1 by second, as DCASE's challenges measure them (Mesaros, Heittola, Virtanen 2016).

Event-based: an event is found when a label of its class starts within the collar of its start, and ends within the
collar of its end, or within a share of its length where that is more. Segment-based: time is cut into pieces of a
second, and in each piece a class is there or not. Both give the counts of sed_eval, the challenges' own tool. F1 at a
temporal IoU is in :mod:`goldlabel.metrics.events`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from goldlabel.metrics.events import Event
from goldlabel.metrics.spans import f1

__all__ = ["OFFSET_SHARE", "ONSET_COLLAR", "Tally", "count_events", "count_seconds", "fits", "match_events"]

Flags = NDArray[np.bool_]

ONSET_COLLAR = 0.2
"""Seconds that a start, and an end, may be off (sed_eval)."""

OFFSET_SHARE = 0.5
"""Share of an event's length that its end may be off (sed_eval)."""

_LONGEST = 24 * 3600.0


class Tally(NamedTuple):
    """Counts of events or of seconds.

    Attributes:
        right: Found.
        gold: There are.
        labelled: Were labelled.
    """

    right: int
    gold: int
    labelled: int

    @property
    def f1(self) -> float:
        """0 to 1; 1 where both sides are empty."""
        return float(f1(self.right, self.gold, self.labelled))


def fits(
    labels: Sequence[Event],
    gold: Sequence[Event],
    *,
    collar: float = ONSET_COLLAR,
    offset_share: float = OFFSET_SHARE,
    any_class: bool = False,
) -> Flags:
    """Which label would find which event, shape ``(labels, gold)``.

    Args:
        labels: What was labelled.
        gold: What there is.
        collar: Seconds that a start may be off, and an end.
        offset_share: Share of the event's length that its end may be off, where that is more.
        any_class: Whether classes are not compared.

    Example:
        >>> fits([Event(1.1, 3.0, "dog")], [Event(1.0, 2.5, "dog"), Event(1.0, 2.5, "car")])
        array([[ True, False]])
    """
    mine, true = (np.array([one[:2] for one in side], dtype=np.float64).reshape(-1, 2) for side in (labels, gold))
    # A hair more than the collar, as 0.3 - 0.1 is more than 0.2.
    room = np.maximum(collar, offset_share * (true[:, 1] - true[:, 0])) + 1e-9
    starts = np.abs(mine[:, None, 0] - true[None, :, 0]) <= collar + 1e-9
    ends = np.abs(mine[:, None, 1] - true[None, :, 1]) <= room
    if any_class:
        return starts & ends
    names = np.array([one.label for one in gold], dtype=object)
    same = np.array([names == one.label for one in labels], dtype=bool).reshape(len(labels), len(gold))
    result: Flags = starts & ends & same
    return result


def match_events(fitting: Flags) -> tuple[tuple[int, int], ...]:
    """As many pairs of a label and an event as there can be, one to one; see :func:`fits`.

    Returns:
        ``(label, gold)`` by label.
    """
    if not fitting.size:
        return ()
    match = maximum_bipartite_matching(csr_array(fitting), perm_type="column")
    return tuple((row, int(column)) for row, column in enumerate(match.tolist()) if column >= 0)


def count_events(
    labels: Sequence[Event],
    gold: Sequence[Event],
    *,
    collar: float = ONSET_COLLAR,
    offset_share: float = OFFSET_SHARE,
) -> Tally:
    """Event-based counts of one recording; those of several are summed before F1 is taken.

    Example:
        >>> count_events([Event(1.1, 3.0, "dog"), Event(5, 6, "dog")], [Event(1.0, 2.5, "dog")]).f1
        0.6666666666666666
    """
    fitting = fits(labels, gold, collar=collar, offset_share=offset_share)
    return Tally(len(match_events(fitting)), len(gold), len(labels))


def count_seconds(labels: Sequence[Event], gold: Sequence[Event], *, length: float = 1.0) -> Tally:
    """Segment-based counts of one recording: pieces of time in which a class is there.

    Args:
        labels: What was labelled.
        gold: What there is.
        length: Of a piece, in seconds. A piece that an event touches belongs to it.

    Raises:
        ValueError: ``length`` is not above 0, or a time lies outside a day.

    Example:
        >>> count_seconds([Event(0.2, 1.1, "dog")], [Event(0, 3, "dog")])
        Tally(right=2, gold=3, labelled=2)
    """
    if not length > 0:
        raise ValueError(f"a piece of time is longer than 0 seconds, not {length}")
    right = there = said = 0
    for name in {one.label for one in (*labels, *gold)}:
        mine, true = (_pieces([one for one in side if one.label == name], length) for side in (labels, gold))
        size = max(len(mine), len(true))
        mine, true = (np.pad(side, (0, size - len(side))) for side in (mine, true))
        right, there, said = right + int((mine & true).sum()), there + int(true.sum()), said + int(mine.sum())
    return Tally(right, there, said)


def _pieces(events: Sequence[Event], length: float) -> Flags:
    """In which pieces there is one of ``events``."""
    for one in events:
        if not (0 <= one.start <= one.end <= _LONGEST):
            raise ValueError(f"an event lies from {one.start} to {one.end} seconds")
    last = max((math.ceil(one.end / length) for one in events), default=0)
    changes = np.zeros(last + 1, dtype=np.int64)
    for one in events:
        changes[math.floor(one.start / length)] += 1
        changes[math.ceil(one.end / length)] -= 1
    return changes.cumsum()[:-1] > 0
