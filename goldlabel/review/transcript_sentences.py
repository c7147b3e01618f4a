"""The findings of a transcript: which word, when, and what one hears, one sentence each for beginners."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from goldlabel.annotations import Item, Segment
from goldlabel.metrics.normaliser import is_cut, is_filler, normalise
from goldlabel.review.findings import Finding
from goldlabel.review.mishearings import sound_alike
from goldlabel.review.moments import around, from_to, moment
from goldlabel.review.quotes import capital, cut
from goldlabel.review.rubric_sound import TranscriptRubric
from goldlabel.review.transcript_sides import Place, Voice, spelt
from goldlabel.review.wording import plain

__all__ = ["TranscriptReporter"]

_MOSTLY = 0.5
"""A turn whose words were written for somebody else in so large a part was given to the wrong voice."""


_MOST_APART = 3
"""So many wrong words in a row are told one by one, more of them together."""

_AROUND = ' ,.;:!?"'


class TranscriptReporter(msgspec.Struct, frozen=True):
    """Says what was found in one recording.

    Attributes:
        item: The recording.
        rubric: Names the rules.
        voices: The two transcripts side by side.
        yours: The segments that were judged.
    """

    item: Item
    rubric: TranscriptRubric
    voices: Sequence[Voice]
    yours: Sequence[Segment]

    def findings(self) -> list[Finding]:
        """Everything, in order of time."""
        told: list[Finding] = []
        lost = {segment.id: self._lost(voice, segment) for voice in self.voices for segment in _lost(voice)}
        told += (one for one, _ in lost.values())
        given = {name for _, name in lost.values() if name}
        for voice in self.voices:
            wrong = [
                one
                for one in voice.places
                if not (one.of_true and one.of_true.id in lost)
                and not (one.true is None and one.of_said and one.of_said.id in given)
            ]
            for _, run in groupby(wrong, key=_kind):
                told += self._run(list(run))
        return sorted(told, key=lambda one: one.seconds or (0.0, 0.0))

    def _run(self, places: Sequence[Place]) -> Iterable[Finding]:
        """Neighbouring places that are wrong in one way; a gold segment has its own sentence."""
        kind = _kind(places[0])
        if kind == "same":
            return
        for _, part in _parts(places):
            each = len(part) <= _MOST_APART and all(one.true and one.said for one in part)
            yield from (self._told(kind, one) for one in ([[one] for one in part] if each else [part]))

    def _told(self, kind: str, places: Sequence[Place]) -> Finding:
        heard, written = (spelt(places, true=side).strip(_AROUND) for side in (True, False))
        when = f"At {moment(places[0].time[0])}"
        quote, wrote = cut(heard, (0, len(heard))), cut(written, (0, len(written)))
        if kind == "filler":
            message = f"{when} {quote} is left out; the guideline wants fillers written down."
        elif kind == "cut_word":
            instead = f"you wrote {wrote}" if written else "it is left out"
            message = f"{when} one hears {quote}, a word that breaks off; {instead}."
        elif not written:
            kind, message = "word_missing", f"{when} {quote} is left out."
        elif not heard:
            kind, message = "word_extra", f"{when} you wrote {wrote}; nobody says it there."
        else:
            kind, message = "misheard", f"{when} you wrote {wrote}; one hears {quote}{_hint(places)}."
        true = next((one.of_true for one in places if one.of_true), None)
        mine = next((one.of_said for one in places if one.of_said), None)
        start, end = min(one.time[0] for one in places), max(one.time[1] for one in places)
        return self._finding(kind, message, (start, end), true=true, mine=mine)

    def _lost(self, voice: Voice, segment: Segment) -> tuple[Finding, str]:
        """A turn of which nothing was written for its voice, and the segment in which its words stand instead."""
        quote = cut(segment.text, (0, len(segment.text)))
        stretch = segment.start, segment.end
        words = {one.word for one in normalise(segment.text, self.rubric.steps)}
        for mine in self.yours:
            if mine.label == voice.said or min(mine.end, segment.end) <= max(mine.start, segment.start):
                continue
            said = {one.word for one in normalise(mine.text, self.rubric.steps)}
            if len(words & said) >= _MOSTLY * len(words):
                who = f"it is {plain(voice.said)} who says it" if voice.said else "another voice says it"
                message = f"{capital(from_to(*stretch))} you gave {quote} to {plain(mine.label)}; {who}."
                return self._finding("speaker", message, stretch, true=segment, mine=mine), mine.id
        message = f"{capital(from_to(*stretch))} nothing is written; one hears {quote}."
        return self._finding("missing", message, stretch, true=segment), ""

    def _finding(
        self,
        kind: str,
        message: str,
        stretch: tuple[float, float],
        *,
        true: Segment | None = None,
        mine: Segment | None = None,
    ) -> Finding:
        rule = str(true.attributes.get("rule", "")) if true else ""
        whose = true or mine
        return Finding(
            kind,
            "error",
            self.item.id,
            message,
            self.rubric.rules.get(kind, "") or rule,
            mine.id if mine else "",
            true.id if true else "",
            classes=(whose.label,) if whose else (),
            seconds=around(*stretch, self.item),
        )


def _kind(place: Place) -> str:
    if place.same:
        return "same"
    heard = spelt([place], true=True)
    if heard and place.said is None and is_filler(heard):
        return "filler"
    return "cut_word" if is_cut(heard) else "word"


def _parts(places: Sequence[Place]) -> Iterable[tuple[str, list[Place]]]:
    """Places in runs of one gold segment; a word that was put in belongs to the run before it."""
    parts: list[tuple[str, list[Place]]] = []
    for one in places:
        name = one.of_true.id if one.of_true else ""
        if parts and (not name or parts[-1][0] in {name, ""}):
            parts[-1] = (parts[-1][0] or name, [*parts[-1][1], one])
        else:
            parts.append((name, [one]))
    return parts


def _lost(voice: Voice) -> list[Segment]:
    """Gold segments of two words or more of which every word was left out."""
    words: dict[str, list[Place]] = {}
    for one in voice.places:
        if one.of_true:
            words.setdefault(one.of_true.id, []).append(one)
    return [
        run[0].of_true
        for run in words.values()
        if run[0].of_true and len(run) > 1 and all(one.said is None for one in run)
    ]


def _hint(places: Sequence[Place]) -> str:
    pairs = [(one.true.word, one.said.word) for one in places if one.true and one.said]
    if len(pairs) != len(places):
        return ""
    if all(sound_alike(true, said) for true, said in pairs):
        return " (they sound alike: the sense decides)" if len(pairs) == 1 else " (all of them sound alike)"
    if all(true[:1].isdecimal() and said[:1].isdecimal() for true, said in pairs):
        return ": play it again for the number"
    return ""
