"""The findings of who speaks when: a sentence for every stretch that is wrong, and whether only an end is off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from goldlabel.annotations import Item, Segment
from goldlabel.metrics.diarization import Diarization, Piece
from goldlabel.review.findings import Finding
from goldlabel.review.moments import after, around, from_to, moment
from goldlabel.review.quotes import capital
from goldlabel.review.segment_labels import overlapping
from goldlabel.review.wording import listed, plain

__all__ = ["SpeakerReporter"]

_SHORTEST_TOLD = 0.1
"""Seconds; a shorter fault counts, but nobody could hear it."""

_NEAR = 0.02


class SpeakerReporter(msgspec.Struct, frozen=True):
    """Says what was found in one recording.

    Voices have the names that the learner gave them, as names mean nothing here.

    Attributes:
        item: The recording.
        rules: Rule by kind of finding.
        found: The comparison.
        gold: The turns that count, in order of time.
        yours: The turns that were judged, in order of time.
        collar: Seconds round the ends of gold that are not judged.
        severity: Of what it finds.
    """

    item: Item
    rules: Mapping[str, str]
    found: Diarization
    gold: Sequence[Segment]
    yours: Sequence[Segment]
    collar: float
    severity: str = "error"

    def findings(self) -> list[Finding]:
        """Everything, in order of time."""
        told: list[Finding] = []
        for before, one in overlapping(self.yours):
            stretch = one.start, min(before.end, one.end)
            message = (
                f"Two turns of {plain(one.label)} overlap {from_to(*stretch)}: nobody speaks twice at once. "
                "This time counts once."
            )
            told.append(
                self._finding("overlapping_turns", message, stretch, (one.label,), mine=one, severity="warning")
            )
        for piece in self._joined():
            if piece.end - piece.start >= _SHORTEST_TOLD:
                told += self._piece(piece)
        return told

    def _piece(self, piece: Piece) -> Iterable[Finding]:
        stretch = piece.start, piece.end
        where = capital(from_to(*stretch))
        if piece.kind == "confused":
            names = listed([plain(name) for name in piece.said])
            who = listed([self._voice(name) for name in piece.true])
            message = f"{where} you marked {names}; it is {who} who speaks."
            yield self._finding("speaker", message, stretch, (piece.said[0], self._hand(piece.true[0])))
        elif piece.kind == "missed":
            for name in piece.true:
                yield self._missed(name, stretch)
        else:
            for hand in piece.said:
                yield self._needless(hand, piece)

    def _missed(self, name: str, stretch: tuple[float, float]) -> Finding:
        hand, room = self._hand(name), 2 * self.collar + _NEAR
        turn = next((one for one in self.gold if one.label == name and _within(stretch, one)), None)
        who = self._voice(name)
        also = sorted({one.label for one in self.yours if one.start < stretch[1] and stretch[0] < one.end})
        if also and any(one.label != name and _within(stretch, one) for one in self.gold):
            names = listed([plain(one) for one in also])
            message = f"{capital(from_to(*stretch))} two speak at once: {who} speaks, too; you marked only {names}."
            return self._finding("overlap", message, stretch, (hand,), true=turn)
        for mine in self.yours if turn is not None else ():
            if turn is None or self.found.mapping.get(mine.label) != name:
                continue
            if abs(mine.start - stretch[1]) <= room and turn.start >= stretch[0] - room and mine.start < turn.end:
                return self._end_off("starts", mine.start - turn.start, mine, turn, mine.start, turn.start)
            if abs(mine.end - stretch[0]) <= room and turn.end <= stretch[1] + room and mine.end > turn.start:
                return self._end_off("ends", mine.end - turn.end, mine, turn, mine.end, turn.end)
        message = f"{capital(from_to(*stretch))} nobody is marked; {who} speaks."
        return self._finding("missing", message, stretch, (hand,), true=turn)

    def _needless(self, hand: str, piece: Piece) -> Finding:
        stretch, room = (piece.start, piece.end), 2 * self.collar + _NEAR
        mine = next((one for one in self.yours if one.label == hand and _within(stretch, one)), None)
        name = self.found.mapping.get(hand)
        for turn in self.gold if mine is not None else ():
            if mine is None or turn.label != name or turn.end <= mine.start or turn.start >= mine.end:
                continue
            if abs(turn.start - stretch[1]) <= room and mine.start >= stretch[0] - room:
                return self._end_off("starts", mine.start - turn.start, mine, turn, mine.start, turn.start)
            if abs(turn.end - stretch[0]) <= room and mine.end <= stretch[1] + room:
                return self._end_off("ends", mine.end - turn.end, mine, turn, mine.end, turn.end)
        where = capital(from_to(*stretch))
        if piece.true:
            others = listed([self._voice(one) for one in piece.true])
            speak = "speaks" if len(piece.true) == 1 else "speak"
            message = f"{where} you marked {plain(hand)}, too; only {others} {speak}."
        else:
            message = f"{where} you marked {plain(hand)}; nobody speaks."
        return self._finding("extra", message, stretch, (hand,), mine=mine)

    def _end_off(self, verb: str, off: float, mine: Segment, turn: Segment, said: float, right: float) -> Finding:
        does = "starts" if verb == "starts" else "stops"
        message = (
            f"Your turn of {plain(mine.label)} {verb} {after(off)}, at {moment(said)}; "
            f"the voice {does} at {moment(right)}."
        )
        stretch = min(said, right), max(said, right)
        return self._finding("boundary", message, stretch, (mine.label,), mine=mine, true=turn, value=abs(off))

    def _finding(
        self,
        kind: str,
        message: str,
        stretch: tuple[float, float],
        classes: tuple[str, ...],
        *,
        mine: Segment | None = None,
        true: Segment | None = None,
        value: float | None = None,
        severity: str = "",
    ) -> Finding:
        return Finding(
            kind,
            severity or self.severity,
            self.item.id,
            message,
            self.rules.get(kind, ""),
            mine.id if mine else "",
            true.id if true else "",
            value=value,
            classes=classes,
            seconds=around(*stretch, self.item),
        )

    def _hand(self, name: str) -> str:
        """What the learner calls a speaker of gold; gold's own name for one whom the learner marked nowhere."""
        return next((hand for hand, speaker in self.found.mapping.items() if speaker == name), name)

    def _voice(self, name: str) -> str:
        known = name in self.found.mapping.values()
        return plain(self._hand(name)) if known else "somebody whom you marked nowhere"

    def _joined(self) -> list[Piece]:
        """The pieces that are wrong; those that only a collar parts are one."""
        joined: list[Piece] = []
        for piece in self.found.pieces:
            last = joined[-1] if joined else piece
            alike = (last.kind, last.true, last.said) == (piece.kind, piece.true, piece.said)
            if joined and alike and piece.start - last.end <= 2 * self.collar + _NEAR:
                joined[-1] = last._replace(end=piece.end)
                continue
            joined.append(piece)
        return joined


def _within(stretch: tuple[float, float], one: Segment) -> bool:
    """Whether the middle of a stretch lies in a turn."""
    return one.start <= (stretch[0] + stretch[1]) / 2 <= one.end
