"""Review of spans by F1: a span is right when both ends and the class are (CoNLL's and SemEval's strict scheme).

Redaction, where hiding counts and not the class, is judged in :mod:`goldlabel.review.redaction`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet
from goldlabel.metrics import spans as metrics
from goldlabel.review.figures import NOT_MARKED, Figure, Tallies, found_and_right, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.redaction import review_redaction
from goldlabel.review.rubric import SpanRubric
from goldlabel.review.span_labels import Marking, gold_spans, usable_spans
from goldlabel.review.span_sentences import SpanReporter

__all__ = ["review_spans"]

Floats = NDArray[np.float64]

_GOLD, _LABELLED, _STRICT, _ENDS, _CLASS, _PARTIAL = range(6)
_COLUMNS = 6

_ON_DIFFICULT = 1 / 3
"""A label that belongs to nothing else and overlaps difficult gold by so much lies on it; its ends may be off."""


def review_spans(
    labels: LabelSet, gold: Gold, rubric: SpanRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the spans of ``items``.

    White space at the edges of a span does not count. A label on ``difficult`` gold is neither rewarded nor punished.

    Args:
        labels: What the learner marked. Items that are not in ``items`` are ignored; a label that cannot be judged is
            told and left out.
        gold: Must hold every item in ``items``.
        rubric: How to judge; its scheme decides what counts.
        items: Which items count; an item without any label counts as all missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. With nothing to mark and nothing marked the score is 1.

    Raises:
        GoldError: An item has no gold, or its gold cannot be judged by.
    """
    if rubric.scheme == "redaction":
        return review_redaction(labels, gold, rubric, items=items, classes=classes)
    tallies = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    for row, item in enumerate(items):
        true = gold_spans(gold, item, classes)
        reporter = SpanReporter(item, rubric)
        reviews[item.id], counts[row] = _review_item(reporter, labels.of(item.id), true, classes, tallies)
    return reviewed(
        "spans",
        labels,
        gold,
        rubric,
        counts=counts,
        score=partial(_f1, credit=_STRICT),
        measures=_measures(counts, rubric),
        items=reviews,
        decisions=counts[:, _GOLD].sum(),
        classes=tallies.rows(classes),
        confusion=tallies.confusion(classes),
    )


def _f1(counts: Floats, credit: int) -> Floats:
    """F1 of counts ``(..., 6)`` with the credit that stands in one of their columns."""
    return metrics.f1(counts[..., credit], counts[..., _GOLD], counts[..., _LABELLED])


def _measures(counts: Floats, rubric: SpanRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    right, gold, labelled = total[_STRICT], total[_GOLD], total[_LABELLED]
    titles = (
        ("f1", "Exact F1: both ends and the class are right", _STRICT),
        ("boundary_f1", "F1 of the ends alone, whatever the class", _ENDS),
        ("type_f1", "F1 of the class alone, wherever the ends are", _CLASS),
        ("partial_f1", "F1 where a mere overlap counts half", _PARTIAL),
    )
    figures: list[Figure] = [
        (name, title, float(_f1(total, column)), spread(counts, partial(_f1, credit=column)))
        for name, title, column in titles
    ]
    figures[1:1] = found_and_right(right, gold, labelled, things="spans", yours="spans")
    return measured(figures, rubric)


def _review_item(
    reporter: SpanReporter, labelled: ItemLabels, gold: Sequence[Marking], classes: Sequence[str], tallies: Tallies
) -> tuple[ItemReview, Floats]:
    """Judge one item; adds to ``tallies`` and returns the review with its row of counts."""
    findings: list[Finding] = []
    yours = usable_spans(labelled.annotations, reporter.item, classes, findings)
    matches, covered = _matched(yours, gold)
    scored = [one for one in gold if not one.label.difficult]
    row = np.zeros(_COLUMNS)
    pairs = []
    for label_at, gold_at, overlap in matches:
        mine, true = yours[label_at], gold[gold_at]
        ends, named = mine.stretch in true.extents, true.names(mine.label.label)
        pairs.append(Pair(mine.label.id, true.label.id, overlap, named))
        row += (0, 0, ends and named, ends, named, 1 if ends else 0.5)
        # What gold accepts counts as the class that it was called.
        tallies.gold[mine.label.label if ends and named else true.label.label] += 1
        tallies.found[mine.label.label] += ends and named
        tallies.confused[true.label.label] += not named
        tallies.called[mine.label.label if named else true.label.label, mine.label.label] += 1
        findings += reporter.pair(mine, true, ends=ends, named=named)
    paired, met = {match[0] for match in matches}, {match[1] for match in matches}
    findings += [
        reporter.surplus(mine, [gold[match[1]] for match in matches])
        for k, mine in enumerate(yours)
        if k not in paired and k not in covered
    ]
    missed = [true for k, true in enumerate(gold) if k not in met and not true.label.difficult]
    tallies.gold.update(true.label.label for true in missed)
    tallies.called.update((true.label.label, NOT_MARKED) for true in missed)
    tallies.labelled.update(one.label.label for k, one in enumerate(yours) if k not in covered)
    if labelled.labelled:
        findings += [reporter.missing(true, gold) for true in missed]
    elif scored:
        findings.append(reporter.unlabelled())
    row[_GOLD], row[_LABELLED] = len(scored), len(yours) - len(covered)
    review = ItemReview(
        item=reporter.item.id,
        score=float(_f1(row, _STRICT)),
        labelled=labelled.labelled,
        pairs=tuple(pairs),
        covered=tuple(yours[k].label.id for k in sorted(covered)),
        findings=tuple(findings),
    )
    return review, row


def _matched(yours: Sequence[Marking], gold: Sequence[Marking]) -> tuple[list[tuple[int, int, float]], set[int]]:
    """Pairs of a label and scored gold with their overlap, and the labels that lie on difficult gold."""
    if not yours or not gold:
        return [], set()
    overlap, exact, same = _compared(yours, gold)
    difficult = np.array([one.label.difficult for one in gold])
    # Difficult gold takes what lies on it exactly; what only overlaps belongs to gold that counts, if it can.
    offered = np.where(difficult & ~exact, 0.0, overlap)
    assigned = metrics.assign(offered, exact, same)
    matches = [(i, j, float(overlap[i, j])) for i, j in assigned if not difficult[j]]
    covered = {i for i, j in assigned if difficult[j]}
    free = set(range(len(yours))) - covered - {i for i, _, _ in matches}
    covered |= {i for i in free if (overlap[i] * difficult).max() >= _ON_DIFFICULT}
    return matches, covered


def _compared(yours: Sequence[Marking], gold: Sequence[Marking]) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """Overlap with the best extent, whether an extent is met exactly, whether the class is right where they overlap."""
    extents = [(k, extent) for k, one in enumerate(gold) for extent in one.extents]
    each = metrics.overlaps([one.stretch for one in yours], [extent for _, extent in extents])
    starts = [n for n, (k, _) in enumerate(extents) if n == 0 or extents[n - 1][0] != k]
    overlap = np.maximum.reduceat(each, starts, axis=1)
    same = np.zeros(overlap.shape, dtype=bool)
    for i, j in np.argwhere(overlap > 0).tolist():
        same[i, j] = gold[j].names(yours[i].label.label)
    return overlap, overlap == 1.0, same
