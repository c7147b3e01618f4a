"""Who spoke when: the diarization error rate, with its parts.

All times are seconds. A turn is ``(start, end, speaker)``. Names of speakers mean nothing: they are paired one to one
so that as much time as possible agrees (NIST's rich transcription evaluation; Fiscus et al. 2006). Where several
people speak at once, each of them counts: speech that two people share for a second is two seconds of speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Diarization", "Piece", "Turn", "Window", "der", "diarize"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Window = tuple[float, float]


class Turn(NamedTuple):
    """What one speaker says in one go.

    Attributes:
        start: In seconds.
        end: In seconds; a turn that does not end after its start counts for nothing.
        speaker: Who.
    """

    start: float
    end: float
    speaker: str


class Piece(NamedTuple):
    """A stretch in which something is wrong, and the same thing all through.

    Attributes:
        kind: ``missed``, ``false_alarm`` or ``confused``.
        start, end: In seconds.
        true: Who speaks and was not named, in order of name; all who speak where the kind is ``false_alarm``.
        said: Who was named without speaking, as the labels name them.
    """

    kind: str
    start: float
    end: float
    true: tuple[str, ...]
    said: tuple[str, ...]


class Diarization(NamedTuple):
    """The parts of a diarization error rate, in seconds of speech.

    Attributes:
        missed: Speech for which no speaker was named; of two at once, one may be missed.
        false_alarm: Speakers that were named where nobody, or fewer people, spoke.
        confused: Speech that was given to somebody else.
        total: Speech there is.
        mapping: Speakers of the labels with the speaker of gold that they are.
        pieces: What is wrong, in order of time.
    """

    missed: float
    false_alarm: float
    confused: float
    total: float
    mapping: dict[str, str]
    pieces: tuple[Piece, ...]

    @property
    def errors(self) -> float:
        """Seconds that are wrong."""
        return self.missed + self.false_alarm + self.confused

    @property
    def rate(self) -> float:
        """Errors by speech, at least 0; may pass 1. Where nobody speaks: 0 without errors, else 1."""
        if self.total > 0:
            return self.errors / self.total
        return 1.0 if self.errors > 0 else 0.0


def der(
    gold: Sequence[Turn],
    labels: Sequence[Turn],
    *,
    collar: float = 0.0,
    skip_overlap: bool = False,
) -> float:
    """Diarization error rate of one recording; see :func:`diarize`.

    The example of pyannote.metrics' tutorial, 16 seconds wrong of 31:

    >>> gold = [Turn(0, 10, "A"), Turn(12, 20, "B"), Turn(24, 27, "A"), Turn(30, 40, "C")]
    >>> labels = [Turn(2, 13, "a"), Turn(13, 14, "d"), Turn(14, 20, "b"), Turn(22, 38, "c"), Turn(38, 40, "d")]
    >>> round(der(gold, labels), 6)
    0.516129
    """
    return diarize(gold, labels, collar=collar, skip_overlap=skip_overlap).rate


def diarize(
    gold: Sequence[Turn],
    labels: Sequence[Turn],
    *,
    collar: float = 0.0,
    skip_overlap: bool = False,
    left_out: Sequence[Window] = (),
) -> Diarization:
    """Compare who spoke when.

    Args:
        gold: Who speaks. Turns of one speaker that overlap count once.
        labels: Who was said to speak, by any names.
        collar: So many seconds before and after every start and end of gold are not judged: nobody hears an edge more
            exactly. It is NIST's collar; pyannote.metrics' is twice as long, as it counts both sides together.
        skip_overlap: Whether stretches in which several people speak in gold are not judged.
        left_out: Other stretches that are not judged.

    Raises:
        ValueError: The collar is negative, or a time is no finite number.
    """
    if not collar >= 0:
        raise ValueError(f"a collar is 0 or more seconds, not {collar}")
    times = _times((*gold, *labels), left_out)
    if not np.isfinite(times).all():
        raise ValueError("times of turns are finite numbers of seconds")
    gold, labels = ([one for one in side if one.end > one.start] for side in (gold, labels))
    collars = [(at - collar, at + collar) for one in gold for at in one[:2]] if collar else []
    outside = [*collars, *left_out]
    edges = np.unique(_times((*gold, *labels), outside))
    if len(edges) < 2:
        return Diarization(0.0, 0.0, 0.0, 0.0, {}, ())
    speakers, true = _active(gold, edges)
    hands, said = _active(labels, edges)
    judged: Flags = ~np.any(_active([Turn(*one, "") for one in outside], edges)[1], axis=0)
    if skip_overlap:
        judged &= true.sum(axis=0) < 2
    lengths = np.diff(edges) * judged
    shared = np.einsum("st,ht,t->sh", true, said, lengths, optimize=True)
    pairs = _paired(shared)
    count_true, count_said = true.sum(axis=0), said.sum(axis=0)
    agreed = np.zeros(len(lengths), dtype=np.int64)
    for s, h in pairs:
        agreed += true[s] & said[h]
    both = np.minimum(count_true, count_said)
    mapping = {hands[h]: speakers[s] for s, h in pairs}
    return Diarization(
        missed=float(lengths @ np.maximum(count_true - count_said, 0)),
        false_alarm=float(lengths @ np.maximum(count_said - count_true, 0)),
        confused=float(lengths @ (both - agreed)),
        total=float(lengths @ count_true),
        mapping={hand: mapping[hand] for hand in hands if hand in mapping},
        pieces=_pieces(edges, judged, (speakers, true), (hands, said), pairs),
    )


def _times(turns: Sequence[Turn], windows: Sequence[Window]) -> Floats:
    return np.array([time for one in (*turns, *windows) for time in one[:2]], dtype=np.float64)


def _active(turns: Sequence[Turn], edges: Floats) -> tuple[list[str], Flags]:
    """Speakers by name, and in which stretch between two edges each of them speaks."""
    names = sorted({one.speaker for one in turns})
    rows = {name: row for row, name in enumerate(names)}
    changes = np.zeros((len(names), len(edges)), dtype=np.int64)
    if turns:
        who = np.array([rows[one.speaker] for one in turns])
        for column, step in ((0, 1), (1, -1)):
            places = np.searchsorted(edges, [one[column] for one in turns])
            np.add.at(changes, (who, places), step)
    return names, changes.cumsum(axis=1)[:, :-1] > 0


def _paired(shared: Floats) -> list[tuple[int, int]]:
    """The pairing with the most time in common; who shares nothing is nobody."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(shared, maximize=True)
    return [(s, h) for s, h in zip(rows.tolist(), columns.tolist(), strict=True) if shared[s, h] > 0]


def _pieces(
    edges: Floats,
    judged: Flags,
    gold: tuple[list[str], Flags],
    labels: tuple[list[str], Flags],
    pairs: Sequence[tuple[int, int]],
) -> tuple[Piece, ...]:
    """Stretches that are wrong; neighbours that are wrong in the same way are one."""
    (speakers, true), (hands, said) = gold, labels
    lacking, needless = true.copy(), said.copy()
    for s, h in pairs:
        lacking[s] &= ~said[h]
        needless[h] &= ~true[s]
    found: list[Piece] = []
    for at in np.flatnonzero(judged & (lacking.any(axis=0) | needless.any(axis=0))).tolist():
        not_named = tuple(speakers[row] for row in np.flatnonzero(lacking[:, at]))
        wrong = tuple(hands[row] for row in np.flatnonzero(needless[:, at]))
        kind = "confused" if not_named and wrong else "missed" if not_named else "false_alarm"
        who = not_named or tuple(speakers[row] for row in np.flatnonzero(true[:, at]))
        start, end = float(edges[at]), float(edges[at + 1])
        last = found[-1] if found else None
        if last and last.end == start and (last.kind, last.true, last.said) == (kind, who, wrong):
            found[-1] = last._replace(end=end)
        else:
            found.append(Piece(kind, start, end, who, wrong))
    return tuple(found)
