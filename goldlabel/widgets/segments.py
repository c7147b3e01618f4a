"""Segments of a sound: events with a class each, or what each speaker says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from goldlabel.annotations import Annotation, Item, Segment
from goldlabel.errors import DataError
from goldlabel.review.rubric import SegmentRubric
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import finite, sound
from goldlabel.widgets.fallback import timelines_html
from goldlabel.widgets.word_boxes import one_line

__all__ = ["LONGEST", "SegmentLabeller", "TranscriptLabeller"]

LONGEST = 1000
"""Characters of one segment: a minute of quick speech."""

_MS = 1000


class SegmentLabeller(Labeller):
    """Mark stretches of a sound by class.

    They are kept in the order of time and in whole milliseconds, inside the sound. Sounds may overlap, and so may two
    speakers; one speaker never overlaps with himself.
    """

    _esm = STATIC / "segments.js"
    _css = STATIC / "segments.css"

    def _still(self) -> str:
        return timelines_html(self._spec.title, tuple(self._items.values()), self._store.labels, self._spec.colors)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        drawn = sound(annotations, Segment, noun="a segment", plural="segments", classes=self._spec.class_names)
        tidy = sorted((self._said(_inside(one, item)) for one in drawn), key=lambda one: (one.start, one.end, one.id))
        for name in self._spec.class_names if self._speech else ():
            _alone([one for one in tidy if one.label == name])
        return tuple(tidy)

    @property
    def _speech(self) -> bool:
        """Whether the classes are speakers."""
        rubric = self._spec.rubric
        return isinstance(rubric, SegmentRubric) and rubric.scheme == "speakers"

    def _describe(self) -> dict[str, Any]:
        return {**super()._describe(), "speech": self._speech}

    def _said(self, one: Segment) -> Segment:
        """``one`` with the text that the task keeps: none."""
        return msgspec.structs.replace(one, text="")


class TranscriptLabeller(SegmentLabeller):
    """Write down what is said: a segment has a speaker and a text.

    A segment without text is saved: the work goes on tomorrow.
    """

    @property
    def _speech(self) -> bool:
        return True

    def _describe(self) -> dict[str, Any]:
        return {**super()._describe(), "typed": True}

    def _said(self, one: Segment) -> Segment:
        text = one_line(one.text)
        if len(text) > LONGEST:
            raise DataError(f"a text has {len(text):,} characters; a segment has {LONGEST:,} at most")
        return msgspec.structs.replace(one, text=text)


def _alone(turns: Sequence[Segment]) -> None:
    """Refuse segments of one speaker, in the order of time, that overlap.

    Raises:
        DataError: Two do.
    """
    for one, other in pairwise(turns):
        if other.start < one.end:
            raise DataError(
                f"two segments of the speaker {one.label!r} overlap: {one.start:.3f} to {one.end:.3f} and "
                f"{other.start:.3f} to {other.end:.3f} seconds"
            )


def _inside(one: Segment, item: Item) -> Segment:
    """``one`` brought into the sound and rounded to milliseconds.

    Raises:
        DataError: A time is not a number, or nothing of the segment is left.
    """
    finite((one.start, one.end))
    # Rounded down, so that no end lies behind the sound's; the browser does the same.
    last = math.floor(item.seconds * _MS + 1e-6)
    start, end = (round(min(max(time * _MS, 0.0), last)) for time in (one.start, one.end))
    if start >= end:
        raise DataError(f"a segment goes from {one.start:g} to {one.end:g} seconds; the sound has {item.seconds:g}")
    return msgspec.structs.replace(one, start=start / _MS, end=end / _MS)
