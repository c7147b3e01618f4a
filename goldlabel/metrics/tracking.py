"""Tracking: how well boxes are placed frame by frame, and whether each keeps to its object (CLEAR MOT).

A clip is a sequence of :class:`Moment`, one a frame: which of your tracks and which gold tracks are to be seen in it,
and how much their boxes overlap. Ids are whole numbers from 0; a gold track keeps its number through the clip, and so
does a track of yours. Identity over the whole clip (IDF1, HOTA) is in :mod:`goldlabel.metrics.identity`.

Sources: Bernardin and Stiefelhagen 2008, "Evaluating Multiple Object Tracking Performance: The CLEAR MOT Metrics";
fragments and switches as in MOT16 (Milan et al. 2016) and in the library motmetrics.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from goldlabel.metrics.boxes import as_boxes, iou

__all__ = ["Clear", "Moment", "Step", "assigned", "clear_mot", "follow", "moments"]

Floats = NDArray[np.float64]
Corners = tuple[float, float, float, float]

_CEILING = 1e6
"""What a pair costs that is not allowed; far more than all that are allowed cost together."""


class Moment(NamedTuple):
    """One frame.

    Attributes:
        yours: Ids of your tracks that are visible, length ``N``.
        gold: Ids of the gold tracks that are visible, length ``M``.
        overlap: ``(N, M)``, 0 to 1, the IoU of their boxes; 0 where a pair is not allowed.
    """

    yours: Sequence[int]
    gold: Sequence[int]
    overlap: Floats


def moments(
    yours: Sequence[Mapping[int, Corners]], gold: Sequence[Mapping[int, Corners]], frames: Iterable[int]
) -> list[Moment]:
    """Frames with the IoU of all boxes.

    Args:
        yours: Of each of your tracks its boxes (xyxy, pixels) by frame; a track's id is its place here.
        gold: The same of the gold tracks.
        frames: Which frames, in order.
    """
    found = []
    for frame in frames:
        mine = [k for k, boxes in enumerate(yours) if frame in boxes]
        true = [k for k, boxes in enumerate(gold) if frame in boxes]
        overlap = iou(as_boxes([yours[k][frame] for k in mine]), as_boxes([gold[k][frame] for k in true]))
        found.append(Moment(mine, true, overlap))
    return found


def assigned(overlap: Floats, at: float) -> list[tuple[int, int]]:
    """One-to-one pairs ``(row, column)`` with an overlap of ``at`` or more: as many as possible, of these the closest.

    The costs are distances, ``1 - overlap``, as in CLEAR MOT: more pairs always win over closer ones.
    """
    if overlap.size == 0:
        return []
    allowed = (overlap >= at) & (overlap > 0)
    if not allowed.any():
        return []
    rows, columns = linear_sum_assignment(np.where(allowed, 1.0 - overlap, _CEILING))
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if allowed[i, j]]


class Step(NamedTuple):
    """Which of your tracks follows which gold track in one frame.

    Attributes:
        pairs: Of each gold track that is followed, your track and their overlap, by gold id.
        switches: Of each gold track that was followed by another of yours before, that other one, by gold id.
    """

    pairs: Mapping[int, tuple[int, float]]
    switches: Mapping[int, int]


def follow(clip: Iterable[Moment], at: float = 0.5) -> list[Step]:
    """Pair yours with gold frame by frame.

    A gold track stays with the one of yours that followed it last, as long as their boxes still overlap enough, even
    if another one is closer; the rest is paired anew. A switch is a new pair whose gold track was followed by another
    one of yours when it was last followed at all.

    Args:
        clip: Frames, in order.
        at: Overlap that a pair needs, 0 to 1.
    """
    last: dict[int, int] = {}
    steps = []
    for moment in clip:
        pairs = _kept(moment, last, at)
        taken = {mine for mine, _ in pairs.values()}
        rows = [k for k, mine in enumerate(moment.yours) if mine not in taken]
        columns = [k for k, true in enumerate(moment.gold) if true not in pairs]
        for i, j in assigned(moment.overlap[np.ix_(rows, columns)], at):
            overlap = float(moment.overlap[rows[i], columns[j]])
            pairs[moment.gold[columns[j]]] = moment.yours[rows[i]], overlap
        switches = {true: last[true] for true, (mine, _) in pairs.items() if last.get(true, mine) != mine}
        last.update({true: mine for true, (mine, _) in pairs.items()})
        steps.append(Step(pairs, switches))
    return steps


def _kept(moment: Moment, last: Mapping[int, int], at: float) -> dict[int, tuple[int, float]]:
    """The pairs that go on. Where two gold tracks were last followed by the same one, the first keeps it."""
    rows = {mine: k for k, mine in enumerate(moment.yours)}
    pairs: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for column, true in enumerate(moment.gold):
        mine = last.get(true)
        if mine is None or mine not in rows or mine in taken:
            continue
        overlap = float(moment.overlap[rows[mine], column])
        if overlap >= at and overlap > 0:
            pairs[true] = mine, overlap
            taken.add(mine)
    return pairs


class Clear(NamedTuple):
    """The components of CLEAR MOT; those of several clips are added field by field (:meth:`plus`).

    Attributes:
        gold: Gold boxes, over all frames.
        matches: Those that one of your boxes follows.
        extra: Boxes of yours that follow nothing.
        switches: Identity switches.
        fragments: How often a gold track was lost and found again, frames in which it is not to be seen left out.
        overlap: Sum of the overlaps of the matches.
    """

    gold: int = 0
    matches: int = 0
    extra: int = 0
    switches: int = 0
    fragments: int = 0
    overlap: float = 0.0

    @property
    def missed(self) -> int:
        """Gold boxes that nothing follows."""
        return self.gold - self.matches

    @property
    def mota(self) -> float:
        """``1 - (missed + extra + switches) / gold``: at most 1, below 0 where there are more faults than boxes.

        Without gold: 1 if nothing was labelled, else 0.
        """
        if not self.gold:
            return float(not self.extra)
        return 1 - (self.missed + self.extra + self.switches) / self.gold

    @property
    def motp(self) -> float:
        """Mean overlap of the matches, 0 to 1. Without any: 1 if there was nothing to match at all, else 0.

        (The paper gives a distance, MOT16 and motmetrics ``1 - IoU``; here more is better, as everywhere.)
        """
        if not self.matches:
            return float(not self.gold and not self.extra)
        return self.overlap / self.matches

    def plus(self, other: Clear) -> Clear:
        """The components of both clips together."""
        return Clear(
            gold=self.gold + other.gold,
            matches=self.matches + other.matches,
            extra=self.extra + other.extra,
            switches=self.switches + other.switches,
            fragments=self.fragments + other.fragments,
            overlap=self.overlap + other.overlap,
        )


def clear_mot(clip: Sequence[Moment], at: float = 0.5) -> Clear:
    """The components of CLEAR MOT of one clip.

    Args:
        clip: Frames, in order.
        at: Overlap that a pair needs, 0 to 1.
    """
    steps = follow(clip, at)
    matches = sum(len(step.pairs) for step in steps)
    return Clear(
        gold=sum(len(moment.gold) for moment in clip),
        matches=matches,
        extra=sum(len(moment.yours) for moment in clip) - matches,
        switches=sum(len(step.switches) for step in steps),
        fragments=_fragments(clip, steps),
        overlap=sum(overlap for step in steps for _, overlap in step.pairs.values()),
    )


def _fragments(clip: Sequence[Moment], steps: Sequence[Step]) -> int:
    count = 0
    lost: dict[int, bool] = {}  # of the gold tracks that were followed at some time: whether they are lost just now
    for moment, step in zip(clip, steps, strict=True):
        for true in moment.gold:
            if true in step.pairs:
                count += lost.get(true, False)
                lost[true] = False
            elif true in lost:
                lost[true] = True
    return count
