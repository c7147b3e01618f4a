"""Two transcripts of a recording side by side: whose words are whose, which word was written for which, and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from goldlabel.annotations import Segment
from goldlabel.metrics import transcripts as metrics
from goldlabel.metrics.normaliser import normalise
from goldlabel.metrics.wording import Token
from goldlabel.review.rubric_sound import TranscriptRubric

__all__ = ["Place", "Voice", "side_by_side", "spelt"]


class Place(NamedTuple):
    """One place of the two transcripts.

    Attributes:
        true: The word that is said, as it is compared; None where there is none.
        said: The word that was written; None where it was left out.
        of_true: The gold segment of the word.
        of_said: The learner's segment of the word.
    """

    true: Token | None
    said: Token | None
    of_true: Segment | None
    of_said: Segment | None

    @property
    def same(self) -> bool:
        """Whether the word is right."""
        return self.true is not None and self.said is not None and self.true.word == self.said.word

    @property
    def time(self) -> tuple[float, float]:
        """About when the word is heard, in seconds: its share of the letters is its share of the segment's time."""
        for token, segment in ((self.true, self.of_true), (self.said, self.of_said)):
            if token is not None and segment is not None:
                each = (segment.end - segment.start) / max(1, len(segment.text))
                return segment.start + each * token.start, segment.start + each * token.end
        return 0.0, 0.0


class Voice(NamedTuple):
    """What one speaker says, and what was written for it.

    Attributes:
        true: Speaker of gold; None where the learner heard somebody who is not there.
        said: Speaker of the labels; None where nothing was written for the speaker.
        places: In order of time.
    """

    true: str | None
    said: str | None
    places: tuple[Place, ...]


def side_by_side(
    yours: Sequence[Segment],
    gold: Sequence[Segment],
    rubric: TranscriptRubric,
    steps: Collection[str] | None = None,
    *,
    pairs: dict[str | None, str | None] | None = None,
) -> tuple[Voice, ...]:
    """Lay a transcript beside gold, voice by voice.

    Args:
        yours: In order of time.
        gold: In order of time.
        rubric: Says which words count as one, and the steps of the normaliser.
        steps: Other steps than the rubric's.
        pairs: Speakers of the labels with those of gold; the pairing with the fewest errors when None.

    Returns:
        Voices in order of gold, then those that gold does not have.
    """
    used = rubric.steps if steps is None else steps
    true, said = (_by_speaker(side, used, rubric) for side in (gold, yours))
    if pairs is None:
        pairs = metrics.paired_speakers(
            {name: [token for token, _ in words] for name, words in true.items()},
            {name: [token for token, _ in words] for name, words in said.items()},
        )
    order = [*true, None]
    voices = [_voice(name, hand, true.get(name or "", []), said.get(hand or "", [])) for hand, name in pairs.items()]
    return tuple(sorted(voices, key=lambda one: order.index(one.true)))


def spelt(places: Sequence[Place], *, true: bool) -> str:
    """The words of one side as they stand in its text, joined by spaces."""
    words: dict[tuple[str, int, int], str] = {}
    for one in places:
        token, segment = (one.true, one.of_true) if true else (one.said, one.of_said)
        if token is not None and segment is not None:
            # A short form that was written out stands in two places.
            words[segment.id, token.start, token.end] = " ".join(segment.text[token.start : token.end].split())
    return " ".join(words.values())


Word = tuple[Token, Segment]


def _by_speaker(segments: Sequence[Segment], steps: Collection[str], rubric: TranscriptRubric) -> dict[str, list[Word]]:
    first = {word.casefold(): group[0].casefold() for group in rubric.alike for word in group}
    words: dict[str, list[Word]] = {}
    for one in segments:
        found = words.setdefault(one.label, [])
        for token in normalise(one.text, steps):
            found.append((token._replace(word=first.get(token.word, token.word)), one))
    return words


def _voice(name: str | None, hand: str | None, true: Sequence[Word], said: Sequence[Word]) -> Voice:
    of_true, of_said = (iter([segment for _, segment in side]) for side in (true, said))
    laid = metrics.align([token for token, _ in true], [token for token, _ in said])
    return Voice(
        name,
        hand,
        tuple(
            Place(one.true, one.said, next(of_true) if one.true else None, next(of_said) if one.said else None)
            for one in laid
        ),
    )
