"""Rubrics of what is heard: who speaks when, which sound is where, what is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from goldlabel.metrics.normaliser import STEPS
from goldlabel.review.rubric_base import TaskRubric

__all__ = ["SegmentRubric", "TranscriptRubric"]

_SPEAKERS = ("der", "missed", "false_alarm", "confused")
_SOUNDS = ("f1", "precision", "recall", "seconds_f1")


class SegmentRubric(TaskRubric, frozen=True, kw_only=True, tag="segments"):
    """Stretches of a recording.

    Attributes:
        scheme: ``sounds`` (which sound is heard when): the score is event-based F1, see
            :mod:`goldlabel.metrics.sounds`. ``speakers`` (who speaks when): the score is 1 less the diarization error
            rate, and 0 where that is over 1, see :mod:`goldlabel.metrics.diarization`.
        collar: Seconds. Of sounds, a start may be off by so much, and an end. Of speakers, so much before and after
            every start and end of gold is not judged (NIST's collar).
        offset_share: Of sounds: share of its length by which an end may be off, where that is more than the collar.
        skip_overlap: Of speakers: whether stretches in which several speak at once are not judged.
        confusion_rules: Rule of the guideline that a confusion breaks, by ``gold>label``.
    """

    scheme: Literal["sounds", "speakers"] = "sounds"
    collar: float = 0.25
    offset_share: float = 0.5
    skip_overlap: bool = False
    confusion_rules: Mapping[str, str] = {}

    measures: ClassVar[tuple[str, ...]] = (*_SOUNDS, *_SPEAKERS)
    ceilings: ClassVar[frozenset[str]] = frozenset(_SPEAKERS)

    def __post_init__(self) -> None:
        """Refuse collars that mean nothing, and bars of measures that the scheme does not compute."""
        super().__post_init__()
        if not 0 <= self.collar <= 5:
            raise ValueError("collar lies in 0 to 5 seconds")
        if not 0 <= self.offset_share <= 1:
            raise ValueError("offset_share lies in 0 to 1")
        own = _SPEAKERS if self.scheme == "speakers" else _SOUNDS
        if foreign := set(self.measure_bars) - set(own):
            raise ValueError(f"the scheme {self.scheme!r} does not measure {', '.join(sorted(foreign))}")


class TranscriptRubric(TaskRubric, frozen=True, kw_only=True, tag="transcript"):
    """What is said, by word error rate. The score is 1 less that rate, and 0 where it is over 1.

    Where a recording has several speakers, each one's words are one text, and names of speakers are paired so that
    the fewest words are wrong: a word that is given to the wrong speaker is wrong twice (cpWER).

    Attributes:
        steps: Of the normaliser, see :data:`goldlabel.metrics.normaliser.STEPS`. Fillers and broken-off words count
            unless their steps are named, as in a verbatim transcript.
        collar: Seconds before and after every start and end of gold that the diarization error rate does not judge.
        alike: Groups of words that count as one: ways to write a name that nobody can hear.
    """

    steps: tuple[str, ...] = ("marks", "case", "punctuation", "contractions", "spelling", "numbers")
    collar: float = 0.25
    alike: tuple[tuple[str, ...], ...] = ()

    measures: ClassVar[tuple[str, ...]] = ("wer", "wer_typed", "cer", "der")
    ceilings: ClassVar[frozenset[str]] = frozenset(measures)

    def __post_init__(self) -> None:
        """Refuse steps that the normaliser does not know, and a collar that means nothing."""
        super().__post_init__()
        if unknown := set(self.steps) - set(STEPS):
            raise ValueError(f"the normaliser has no step {', '.join(sorted(unknown))}; it knows {', '.join(STEPS)}")
        if not 0 <= self.collar <= 5:
            raise ValueError("collar lies in 0 to 5 seconds")
