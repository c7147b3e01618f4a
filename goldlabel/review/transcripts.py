"""Review of transcripts by word error rate, with the normaliser's steps named."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet, Segment
from goldlabel.metrics import transcripts as metrics
from goldlabel.metrics.diarization import diarize
from goldlabel.metrics.events import temporal_iou
from goldlabel.review.figures import Figure, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.rubric_sound import TranscriptRubric
from goldlabel.review.segment_labels import gold_segments, inside, usable_segments
from goldlabel.review.speaker_sentences import SpeakerReporter
from goldlabel.review.speakers import turns_of
from goldlabel.review.transcript_sentences import TranscriptReporter
from goldlabel.review.transcript_sides import Voice, side_by_side
from goldlabel.review.wording import listed

__all__ = ["judged_segments", "review_transcripts"]

Floats = NDArray[np.float64]

_WORDS, _TYPED, _LETTERS, _TIME = (slice(2 * k, 2 * k + 2) for k in range(4))
"""Columns: errors and what there is of it, in words, in words as typed, in characters and in seconds."""
_COLUMNS = 8

_ON_DIFFICULT = 0.5


def review_transcripts(
    labels: LabelSet, gold: Gold, rubric: TranscriptRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge what was written of ``items``.

    Args:
        labels: What the learner wrote: segments with a text and a speaker. Items that are not in ``items`` are
            ignored; a segment that cannot be judged is told and left out, and so is one on ``difficult`` gold.
        gold: Must hold every item in ``items``.
        rubric: How to judge.
        items: Which items count; one without any label counts as all left out.
        classes: Class names of the ontology: the speakers.

    Returns:
        The review. With nothing to write and nothing written the score is 1.

    Raises:
        GoldError: An item has no gold, or its gold cannot be judged by.
    """
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    for row, item in enumerate(items):
        true = gold_segments(gold, item, classes)
        reviews[item.id], counts[row] = _review_item(item, labels.of(item.id), true, rubric, classes)
    return reviewed(
        "transcript",
        labels,
        gold,
        rubric,
        counts=counts,
        score=_score,
        measures=_measures(counts, rubric),
        items=reviews,
        decisions=counts[:, 1].sum(),
    )


def judged_segments(
    labelled: ItemLabels, gold: Sequence[Segment], item: Item, classes: Sequence[str], findings: list[Finding]
) -> tuple[list[Segment], list[Segment], list[Segment]]:
    """The learner's segments that count, those that lie on difficult gold, and the gold that counts."""
    usable = usable_segments(labelled.annotations, item, classes, findings, task="transcript")
    difficult = [one for one in gold if one.difficult]
    aside = [one for one in usable if inside(one, difficult) >= _ON_DIFFICULT]
    return [one for one in usable if one not in aside], aside, [one for one in gold if not one.difficult]


def _rate(counts: Floats, columns: slice) -> Floats:
    """Errors by what there is, counts of shape ``(..., 8)``; see :func:`goldlabel.metrics.reading.error_rate`."""
    errors, there = np.moveaxis(counts[..., columns], -1, 0)
    rate: Floats = np.divide(errors, there, out=np.where(errors > 0, 1.0, 0.0), where=there > 0)
    return rate


def _score(counts: Floats) -> Floats:
    score: Floats = np.maximum(0.0, 1 - _rate(counts, _WORDS))
    return score


def _measures(counts: Floats, rubric: TranscriptRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    steps = listed([name.replace("_", " ") for name in rubric.steps]) if rubric.steps else "nothing"
    aside = f" ({rubric.collar:g} s round every start and end not judged)" if rubric.collar else ""
    figures: list[Figure] = []
    for name, title, columns in (
        ("wer", f"Word error rate; made alike first: {steps}", _WORDS),
        ("wer_typed", "Word error rate as it was typed, nothing made alike", _TYPED),
        ("cer", "Character error rate; the same made alike", _LETTERS),
        ("der", f"Diarization error rate of the segments{aside}", _TIME),
    ):
        figures.append((name, title, float(_rate(total, columns)), spread(counts, partial(_rate, columns=columns))))
    return measured(figures, rubric)


def _review_item(
    item: Item, labelled: ItemLabels, gold: Sequence[Segment], rubric: TranscriptRubric, classes: Sequence[str]
) -> tuple[ItemReview, Floats]:
    findings: list[Finding] = []
    yours, aside, true = judged_segments(labelled, gold, item, classes, findings)
    voices = side_by_side(yours, true, rubric)
    pairs = {voice.said: voice.true for voice in voices}
    typed = side_by_side(yours, true, rubric, (), pairs=pairs)
    times = diarize(
        turns_of(true),
        turns_of(yours),
        collar=rubric.collar,
        left_out=[(one.start, one.end) for one in gold if one.difficult],
    )
    if labelled.labelled:
        findings += TranscriptReporter(item, rubric, voices, yours).findings()
        if "der" in rubric.measure_bars:
            reporter = SpeakerReporter(item, rubric.rules, times, true, yours, collar=rubric.collar, severity="warning")
            findings += reporter.findings()
    elif true:
        findings.append(Finding("unlabelled", "error", item.id, "This recording has no transcript yet."))
    row = np.array([*_words(voices), *_words(typed), *_letters(voices), times.errors, times.total])
    review = ItemReview(
        item=item.id,
        score=float(_score(row)),
        labelled=labelled.labelled,
        pairs=tuple(_pairs(yours, true, pairs)),
        covered=tuple(one.id for one in aside),
        findings=tuple(findings),
    )
    return review, row


def _words(voices: Sequence[Voice]) -> tuple[int, int]:
    places = [one for voice in voices for one in voice.places]
    return sum(not one.same for one in places), sum(one.true is not None for one in places)


def _letters(voices: Sequence[Voice]) -> tuple[int, int]:
    errors = there = 0
    for voice in voices:
        true = [one.true for one in voice.places if one.true]
        errors += metrics.character_edits(true, [one.said for one in voice.places if one.said])
        there += sum(len(one.word) for one in true) + max(0, len(true) - 1)
    return errors, there


def _pairs(yours: Sequence[Segment], gold: Sequence[Segment], speakers: dict[str | None, str | None]) -> list[Pair]:
    """Every segment of yours with the gold segment of the same voice that it shares most time with."""
    if not yours or not gold:
        return []
    overlap = temporal_iou([(one.start, one.end) for one in yours], [(one.start, one.end) for one in gold])
    same = np.array([[speakers.get(mine.label) == one.label for one in gold] for mine in yours], dtype=bool)
    best = (overlap * (1 + same)).argmax(axis=1).tolist()
    return [
        Pair(mine.id, gold[j].id, float(overlap[k, j]), bool(same[k, j]))
        for k, (mine, j) in enumerate(zip(yours, best, strict=True))
        if overlap[k, j] > 0
    ]
