"""Review of sounds in time by event-based F1; who speaks when is judged in :mod:`goldlabel.review.speakers`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet, Segment
from goldlabel.metrics import sounds as metrics
from goldlabel.metrics.events import Event, temporal_iou
from goldlabel.metrics.spans import assign, f1
from goldlabel.review.figures import NOT_MARKED, Figure, Tallies, found_and_right, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.rubric_sound import SegmentRubric
from goldlabel.review.segment_labels import gold_segments, inside, usable_segments
from goldlabel.review.segment_sentences import SoundReporter
from goldlabel.review.speakers import review_speakers

__all__ = ["review_segments"]

Floats = NDArray[np.float64]

_RIGHT, _GOLD, _LABELLED, _SECONDS_RIGHT, _SECONDS_GOLD, _SECONDS_LABELLED = range(6)
_COLUMNS = 6

_ON_DIFFICULT = 0.5
"""A label that belongs to nothing else and lies on difficult gold with so much of its time is set aside."""


def review_segments(
    labels: LabelSet, gold: Gold, rubric: SegmentRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the stretches of ``items``.

    A label on ``difficult`` gold is neither rewarded nor punished.

    Args:
        labels: What the learner marked. Items that are not in ``items`` are ignored; a label that cannot be judged is
            told and left out.
        gold: Must hold every item in ``items``.
        rubric: How to judge; its scheme decides what counts.
        items: Which items count; one without any label counts as all missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. With nothing to mark and nothing marked the score is 1.

    Raises:
        GoldError: An item has no gold, or its gold cannot be judged by.
    """
    if rubric.scheme == "speakers":
        return review_speakers(labels, gold, rubric, items=items, classes=classes)
    tallies = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    for row, item in enumerate(items):
        true = gold_segments(gold, item, classes)
        reporter = SoundReporter(item, rubric)
        reviews[item.id], counts[row] = _review_item(reporter, labels.of(item.id), true, classes, tallies)
    return reviewed(
        "segments",
        labels,
        gold,
        rubric,
        counts=counts,
        score=partial(_f1, first=_RIGHT),
        measures=_measures(counts, rubric),
        items=reviews,
        decisions=counts[:, _GOLD].sum(),
        classes=tallies.rows(classes),
        confusion=tallies.confusion(classes),
    )


def _f1(counts: Floats, first: int) -> Floats:
    """F1 of counts ``(..., 6)``, by event or by second."""
    return f1(counts[..., first], counts[..., first + 1], counts[..., first + 2])


def _measures(counts: Floats, rubric: SegmentRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    right, gold, labelled = total[_RIGHT], total[_GOLD], total[_LABELLED]
    figures: list[Figure] = [
        (
            "f1",
            f"Event F1: the right class, the start within {rubric.collar:g} s, and the end near",
            float(_f1(total, _RIGHT)),
            spread(counts, partial(_f1, first=_RIGHT)),
        ),
        *found_and_right(right, gold, labelled, things="sounds", yours="stretches"),
        (
            "seconds_f1",
            "F1 second by second: is the class heard in it?",
            float(_f1(total, _SECONDS_RIGHT)),
            spread(counts, partial(_f1, first=_SECONDS_RIGHT)),
        ),
    ]
    return measured(figures, rubric)


def _review_item(
    reporter: SoundReporter, labelled: ItemLabels, gold: Sequence[Segment], classes: Sequence[str], tallies: Tallies
) -> tuple[ItemReview, Floats]:
    """Judge one item; adds to ``tallies`` and returns the review with its row of counts."""
    findings: list[Finding] = []
    yours = usable_segments(labelled.annotations, reporter.item, classes, findings, task="segments")
    true = [one for one in gold if not one.difficult]
    difficult = [one for one in gold if one.difficult]
    fitting = metrics.fits(
        _events(yours), _events(true), collar=reporter.rubric.collar, offset_share=reporter.rubric.offset_share
    )
    right = dict(metrics.match_events(fitting))
    overlap = temporal_iou([(one.start, one.end) for one in yours], [(one.start, one.end) for one in true])
    near = _near(yours, true, overlap, right)
    covered = {
        k
        for k, mine in enumerate(yours)
        if k not in right and k not in near and inside(mine, difficult) >= _ON_DIFFICULT
    }
    pairs = []
    for k, j in sorted((right | near).items()):
        mine, one = yours[k], true[j]
        same = mine.label == one.label
        pairs.append(Pair(mine.id, one.id, float(overlap[k, j]), same))
        tallies.gold[one.label] += 1
        tallies.found[one.label] += k in right
        tallies.confused[one.label] += not same
        tallies.called[one.label, mine.label] += 1
        if k in near:
            findings += reporter.pair(mine, one)
    findings += [
        reporter.surplus(mine, true)
        for k, mine in enumerate(yours)
        if k not in right and k not in near and k not in covered
    ]
    met = {*right.values(), *near.values()}
    missed = [one for j, one in enumerate(true) if j not in met]
    tallies.gold.update(one.label for one in missed)
    tallies.called.update((one.label, NOT_MARKED) for one in missed)
    tallies.labelled.update(one.label for k, one in enumerate(yours) if k not in covered)
    if labelled.labelled:
        findings += [reporter.missing(one) for one in missed]
    elif true:
        findings.append(reporter.unlabelled())
    judged = [one for k, one in enumerate(yours) if k not in covered]
    seconds = metrics.count_seconds(_events(judged), _events(true))
    row = np.array([len(right), len(true), len(judged), *seconds], dtype=np.float64)
    review = ItemReview(
        item=reporter.item.id,
        score=float(_f1(row, _RIGHT)),
        labelled=labelled.labelled,
        pairs=tuple(pairs),
        covered=tuple(yours[k].id for k in sorted(covered)),
        findings=tuple(sorted(findings, key=lambda one: one.seconds or (0.0, 0.0))),
    )
    return review, row


def _events(segments: Sequence[Segment]) -> list[Event]:
    return [Event(one.start, one.end, one.label) for one in segments]


def _near(yours: Sequence[Segment], gold: Sequence[Segment], overlap: Floats, right: dict[int, int]) -> dict[int, int]:
    """What is not right in pairs as it was probably meant: the same class first, then the most time in common."""
    free = overlap.copy()
    free[list(right)] = 0
    free[:, list(right.values())] = 0
    if not free.any():
        return {}
    same = np.array([[mine.label == true.label for true in gold] for mine in yours], dtype=bool)
    return dict(assign(free, np.zeros(free.shape, dtype=bool), same))
