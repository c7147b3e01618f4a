"""The findings of sounds in time: one sentence each, with the moment in the recording, for beginners."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Item, Segment
from goldlabel.review.findings import Finding
from goldlabel.review.moments import after, around, from_to, moment
from goldlabel.review.quotes import capital
from goldlabel.review.reasons import reason, rule_of
from goldlabel.review.rubric_sound import SegmentRubric
from goldlabel.review.wording import plain

__all__ = ["SoundReporter", "ends_off"]


def ends_off(start: float, end: float, *, collar: float, room: float) -> list[str]:
    """What is said of ends that are off by so many seconds; what lies within ``collar`` and ``room`` is not told."""
    parts = []
    if abs(start) > collar + 1e-9:
        parts.append(f"starts {after(start)}")
    if abs(end) > room + 1e-9:
        parts.append(f"ends {after(end)}")
    return parts


class SoundReporter(msgspec.Struct, frozen=True):
    """Says what was found in one recording."""

    item: Item
    rubric: SegmentRubric

    def pair(self, mine: Segment, true: Segment) -> list[Finding]:
        """What is wrong with a label that was matched to gold."""
        findings = []
        room = max(self.rubric.collar, self.rubric.offset_share * (true.end - true.start))
        off = ends_off(mine.start - true.start, mine.end - true.end, collar=self.rubric.collar, room=room)
        if off:
            message = (
                f"Your {plain(mine.label)} {from_to(mine.start, mine.end)} {' and '.join(off)}; "
                f"the sound is heard {from_to(true.start, true.end)}{reason(true)}"
            )
            findings.append(self._pair("boundary", message, mine, true))
        if mine.label != true.label:
            message = (
                f"{capital(from_to(mine.start, mine.end))} you heard {plain(mine.label)}; "
                f"it is {plain(true.label)}{reason(true)}"
            )
            rule = self.rubric.confusion_rules.get(f"{true.label}>{mine.label}", "")
            findings.append(self._pair("mismatching_label", message, mine, true, rule))
        elif not off:
            message = (
                f"Your {plain(mine.label)} {from_to(mine.start, mine.end)} is one of two for the same sound; "
                "the other one is nearer."
            )
            findings.append(self._pair("boundary", message, mine, true))
        return findings

    def missing(self, true: Segment) -> Finding:
        """A sound that nobody marked."""
        message = f"A sound is not marked: {plain(true.label)} {from_to(true.start, true.end)}{reason(true)}"
        return Finding(
            "missing",
            "error",
            self.item.id,
            message,
            rule_of(true, self.rubric, "missing"),
            gold=true.id,
            classes=(true.label,),
            seconds=around(true.start, true.end, self.item),
        )

    def surplus(self, mine: Segment, gold: Sequence[Segment]) -> Finding:
        """A label that belongs to nothing."""
        same = [one for one in gold if one.label == mine.label and one.start < mine.end and mine.start < one.end]
        name, where = plain(mine.label), from_to(mine.start, mine.end)
        if same:
            message = (
                f"You marked {name} {where}, but the {name} at {moment(same[0].start)} has a stretch of its own "
                "already: one sound, one stretch."
            )
        else:
            message = f"You marked {name} {where}; no such sound is heard there."
        return Finding(
            "extra",
            "error",
            self.item.id,
            message,
            self.rubric.rules.get("extra", ""),
            mine.id,
            classes=(mine.label,),
            seconds=around(mine.start, mine.end, self.item),
        )

    def unlabelled(self) -> Finding:
        """A recording that was never opened."""
        return Finding("unlabelled", "error", self.item.id, "This recording has no label yet.")

    def _pair(self, kind: str, message: str, mine: Segment, true: Segment, fallback: str = "") -> Finding:
        return Finding(
            kind,
            "error",
            self.item.id,
            message,
            rule_of(true, self.rubric, kind, fallback),
            mine.id,
            true.id,
            classes=(mine.label, true.label),
            seconds=around(min(mine.start, true.start), max(mine.end, true.end), self.item),
        )
