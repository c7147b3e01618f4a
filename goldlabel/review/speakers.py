"""Review of who speaks when, by the diarization error rate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet, Segment
from goldlabel.metrics.diarization import Diarization, Turn, diarize
from goldlabel.metrics.reading import error_rate
from goldlabel.review.figures import Figure, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.rubric_sound import SegmentRubric
from goldlabel.review.segment_labels import gold_segments, usable_segments
from goldlabel.review.speaker_sentences import SpeakerReporter

__all__ = ["review_speakers", "turns_of"]

Floats = NDArray[np.float64]

_MISSED, _FALSE_ALARM, _CONFUSED, _TOTAL = range(4)
_COLUMNS = 4


def review_speakers(
    labels: LabelSet, gold: Gold, rubric: SegmentRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge who speaks when; see :func:`goldlabel.review.segments.review_segments`.

    Names of speakers mean nothing: in each recording they are paired so that as much time as possible agrees. What
    ``difficult`` gold covers is not judged.
    """
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    decisions = 0
    for row, item in enumerate(items):
        true = gold_segments(gold, item, classes)
        decisions += sum(not one.difficult for one in true)
        reviews[item.id], counts[row] = _review_item(item, labels.of(item.id), true, rubric, classes)
    return reviewed(
        "segments",
        labels,
        gold,
        rubric,
        counts=counts,
        score=_score,
        measures=_measures(counts, rubric),
        items=reviews,
        decisions=decisions,
    )


def turns_of(segments: Sequence[Segment]) -> list[Turn]:
    """Segments as turns of speakers."""
    return [Turn(one.start, one.end, one.label) for one in segments]


def _rate(counts: Floats, columns: Sequence[int] = (_MISSED, _FALSE_ALARM, _CONFUSED)) -> Floats:
    """Seconds in ``columns`` by seconds of speech, counts of shape ``(..., 4)``."""
    wrong, total = counts[..., list(columns)].sum(axis=-1), counts[..., _TOTAL]
    rate: Floats = np.divide(wrong, total, out=np.where(wrong > 0, 1.0, 0.0), where=total > 0)
    return rate


def _score(counts: Floats) -> Floats:
    score: Floats = np.maximum(0.0, 1 - _rate(counts))
    return score


def _measures(counts: Floats, rubric: SegmentRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    aside = f" ({rubric.collar:g} s round every start and end not judged)" if rubric.collar else ""
    figures: list[Figure] = [
        ("der", f"Diarization error rate{aside}", float(_rate(total)), spread(counts, _rate)),
    ]
    for name, title, column in (
        ("missed", "of it missed: speech without its speaker", _MISSED),
        ("false_alarm", "of it false alarm: a speaker where nobody speaks", _FALSE_ALARM),
        ("confused", "of it confused: the wrong speaker", _CONFUSED),
    ):
        figures.append((name, title, float(error_rate(total[column], total[_TOTAL])), None))
    return measured(figures, rubric)


def _review_item(
    item: Item, labelled: ItemLabels, gold: Sequence[Segment], rubric: SegmentRubric, classes: Sequence[str]
) -> tuple[ItemReview, Floats]:
    findings: list[Finding] = []
    yours = usable_segments(labelled.annotations, item, classes, findings, task="segments")
    true = [one for one in gold if not one.difficult]
    aside = [(one.start, one.end) for one in gold if one.difficult]
    found = diarize(
        turns_of(true), turns_of(yours), collar=rubric.collar, skip_overlap=rubric.skip_overlap, left_out=aside
    )
    reporter = SpeakerReporter(item, rubric.rules, found, true, yours, collar=rubric.collar)
    if labelled.labelled:
        findings += reporter.findings()
    elif true:
        findings.append(Finding("unlabelled", "error", item.id, "This recording has no label yet."))
    row = np.array([found.missed, found.false_alarm, found.confused, found.total])
    review = ItemReview(
        item=item.id,
        score=float(_score(row)),
        labelled=labelled.labelled,
        pairs=tuple(_pairs(yours, true, found)),
        covered=(),
        findings=tuple(findings),
    )
    return review, row


def _pairs(yours: Sequence[Segment], gold: Sequence[Segment], found: Diarization) -> list[Pair]:
    """Every turn of yours with the turn of the same speaker that it shares most time with."""
    pairs = []
    for mine in yours:
        speaker = found.mapping.get(mine.label)
        shared = [(min(mine.end, one.end) - max(mine.start, one.start), one) for one in gold if one.label == speaker]
        most, one = max(shared, key=lambda pair: pair[0], default=(0.0, None))
        if one is not None and most > 0:
            whole = max(mine.end, one.end) - min(mine.start, one.start)
            pairs.append(Pair(mine.id, one.id, most / whole, same_class=True))
    return pairs
