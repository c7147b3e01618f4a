"""Review of events in time: is every one found, called by its name, and does it begin and end when it should?"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Annotation, Gold, Item, ItemLabels, LabelSet, Segment, only
from goldlabel.errors import GoldError
from goldlabel.metrics import detection
from goldlabel.metrics.events import Event, mean_average_precision, temporal_iou
from goldlabel.metrics.intervals import wilson
from goldlabel.review.figures import NOT_MARKED, Figure, Tallies, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.reasons import refused
from goldlabel.review.rubric import EventRubric
from goldlabel.review.wording import WORDS, article, spoken

__all__ = ["review_events", "usable_segments"]

Floats = NDArray[np.float64]

_OFF = 5
"""Column after those of :mod:`goldlabel.metrics.detection`: sum of the errors of starts and ends in seconds."""
_COLUMNS = 6

_LATE = 0.05
"""Seconds by which a label may reach over the end of its clip: a time is rounded when it is shown."""


def review_events(
    labels: LabelSet, gold: Gold, rubric: EventRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the events of ``items``.

    A label on a ``difficult`` event is neither rewarded nor punished.

    Args:
        labels: What the learner marked. Items that are not in ``items`` are ignored; a label that cannot be judged is
            told and left out.
        gold: Must hold every item in ``items``.
        rubric: How to judge.
        items: Which items count; an item without any label counts as all missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. With nothing to mark and nothing marked the score is 1.

    Raises:
        GoldError: An item has no gold, or its gold is of a class that the exercise does not know.
    """
    tallies = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    sides: tuple[list[list[Event]], list[list[Event]]] = [], []
    for row, item in enumerate(items):
        true = only(gold.of(item.id).annotations, Segment)
        if unknown := next((one.label for one in true if one.label not in classes), None):
            raise GoldError(f"The gold has the class {unknown!r}, which this exercise does not know", where=item.id)
        judge = _Judge(item, rubric, true, tallies)
        reviews[item.id], counts[row], yours = judge.review(labels.of(item.id), classes)
        sides[0].append([_event(one) for one in yours])
        sides[1].append([_event(one) for one in true if not one.difficult])
    return reviewed(
        "events",
        labels,
        gold,
        rubric,
        counts=counts,
        score=lambda sums: _score(sums, rubric),
        measures=_measures(counts, mean_average_precision(*sides, rubric.map_at), rubric),
        items=reviews,
        decisions=sum(tallies.gold.values()),
        classes=tallies.rows(classes),
        confusion=tallies.confusion(classes),
    )


def _event(one: Segment) -> Event:
    return Event(one.start, one.end, one.label)


def _score(counts: Floats, rubric: EventRubric) -> Floats:
    """Score of counts ``(..., 6)``, in 0 to 1: the weighted mean of F1 and of tightness over all events."""
    span = rubric.tight_full - rubric.tight_from
    tightness = np.clip((detection.mean_overlap(counts) - rubric.tight_from) / span, 0, 1)
    score: Floats = rubric.f1_weight * detection.f1(counts)
    return score + (1 - rubric.f1_weight) * tightness * detection.coverage(counts)


def _boundary(counts: Floats) -> Floats:
    """Mean error of a start or an end, in seconds, over the matched pairs; 0 without any."""
    ends = 2 * counts[..., detection.MATCHED]
    result: Floats = np.divide(counts[..., _OFF], ends, out=np.zeros(np.shape(ends)), where=ends > 0)
    return result


def _measures(counts: Floats, precise: float, rubric: EventRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    found, wrong, missed = total[detection.FOUND], total[detection.WRONG], total[detection.MISSED]
    figures: list[Figure] = [
        (
            "f1",
            f"Events found, F1 at a temporal IoU of {rubric.count_at:g}",
            float(detection.f1(total)),
            spread(counts, detection.f1),
        ),
        (
            "mean_overlap",
            "Tightness, mean temporal IoU of matched events",
            float(detection.mean_overlap(total)),
            spread(counts, detection.mean_overlap),
        ),
        (
            "boundary",
            "Mean error of a beginning or an end in seconds: lower is better",
            float(_boundary(total)),
            spread(counts, _boundary),
        ),
        (
            "map",
            f"Mean average precision at temporal IoUs of {min(rubric.map_at):g} to {max(rubric.map_at):g}",
            precise,
            None,
        ),
        ("recall", "Recall: events that you found", float(detection.recall(total)), wilson(found, found + missed)),
        (
            "precision",
            "Precision: events of yours that are right",
            float(detection.precision(total)),
            wilson(found, found + wrong),
        ),
    ]
    return measured(figures, rubric)


class _Judge(msgspec.Struct, frozen=True):
    """Judges one item; adds to ``tallies``."""

    item: Item
    rubric: EventRubric
    gold: Sequence[Segment]
    tallies: Tallies

    def review(self, labelled: ItemLabels, classes: Sequence[str]) -> tuple[ItemReview, Floats, list[Segment]]:
        """The review, its row of counts, and the labels that counted."""
        findings: list[Finding] = []
        usable = usable_segments(labelled.annotations, self.item, classes, findings, task="events")
        scored = [one for one in self.gold if not one.difficult]
        matches = self._matched(usable, scored)
        covered = self._covered(usable, matches)
        yours = [one for k, one in enumerate(usable) if k not in covered]
        row = np.zeros(_COLUMNS)
        pairs = []
        for k, (number, overlap) in matches.items():
            mine, true = usable[k], scored[number]
            same = mine.label == true.label
            pairs.append(Pair(mine.id, true.id, overlap, same))
            self.tallies.called[true.label, mine.label] += 1
            self.tallies.confused[true.label] += not same
            row[detection.OVERLAP] += overlap
            row[detection.MATCHED] += 1
            row[_OFF] += abs(mine.start - true.start) + abs(mine.end - true.end)
            if same and overlap >= self.rubric.count_at:
                row[detection.FOUND] += 1
                self.tallies.found[true.label] += 1
            findings += self._pair(mine, true, overlap)
        row[detection.WRONG] = len(yours) - row[detection.FOUND]
        row[detection.MISSED] = len(scored) - row[detection.FOUND]
        findings += [
            self._surplus(one, [scored[number] for number, _ in matches.values()])
            for k, one in enumerate(usable)
            if k not in matches and k not in covered
        ]
        findings += self._missing(scored, {number for number, _ in matches.values()}, labelled)
        self.tallies.gold.update(one.label for one in scored)
        self.tallies.labelled.update(one.label for one in yours)
        review = ItemReview(
            item=self.item.id,
            score=float(_score(row, self.rubric)),
            labelled=labelled.labelled,
            pairs=tuple(pairs),
            covered=tuple(usable[k].id for k in sorted(covered)),
            findings=tuple(sorted(findings, key=lambda one: one.seconds or (0.0, 0.0))),
        )
        return review, row, yours

    def _matched(self, yours: Sequence[Segment], gold: Sequence[Segment]) -> dict[int, tuple[int, float]]:
        """Of each label that is an event of gold, which one and their temporal IoU; those of one class come first."""
        overlaps = _overlaps(yours, gold)
        same = np.array([[mine.label == true.label for true in gold] for mine in yours], dtype=bool)
        matches: dict[int, tuple[int, float]] = {}
        # A wrong name for an event is told only where the time is right: another event may go on beside it.
        for allowed, at in ((same.reshape(overlaps.shape), self.rubric.match_at), (True, self.rubric.count_at)):
            left = np.where(allowed, overlaps, 0.0)
            left[list(matches)] = 0.0
            left[:, [number for number, _ in matches.values()]] = 0.0
            for k, number, overlap in zip(*detection.match_one_to_one(left, at), strict=True):
                matches[int(k)] = int(number), float(overlap)
        return dict(sorted(matches.items()))

    def _covered(self, yours: Sequence[Segment], matches: dict[int, tuple[int, float]]) -> set[int]:
        """Labels that lie on difficult gold."""
        aside = [one for one in self.gold if one.difficult]
        if not aside:
            return set()
        near = _overlaps(yours, aside).max(axis=1)
        return {k for k in range(len(yours)) if k not in matches and near[k] >= self.rubric.match_at}

    def _pair(self, mine: Segment, true: Segment, overlap: float) -> list[Finding]:
        found = []
        if mine.label != true.label:
            message = f"You called it {spoken(mine.label)} {_when(mine)}; it is {spoken(true.label)}."
            found.append(self._finding("mismatching_label", message, mine, true))
        begins, ends = mine.start - true.start, mine.end - true.end
        sides = [
            f"{verb} {abs(off):.1f} s too {'early' if off < 0 else 'late'}"
            for verb, off in (("begins", begins), ("ends", ends))
            if abs(off) > self.rubric.tolerance
        ]
        counts = overlap >= self.rubric.count_at
        if sides or not counts:
            # An event that is so short that a small error is too large for it.
            what = " and ".join(sides) or "is too far off for so short an event"
            verdict = "" if counts else ", too far off to count"
            message = (
                f"{spoken(mine.label).capitalize()} {_when(mine)} {what}{verdict}: "
                f"it goes {_when(true)} (overlap in time {100 * overlap:.0f} %)."
            )
            found.append(self._finding("boundary", message, mine, true, value=overlap, error=not counts))
        return found

    def _surplus(self, mine: Segment, matched: Sequence[Segment]) -> Finding:
        near = max(matched, key=lambda one: _overlaps([mine], [one])[0, 0], default=None)
        if near is not None and _overlaps([mine], [near])[0, 0] >= self.rubric.match_at:
            message = f"{spoken(mine.label).capitalize()} {_when(mine)} is a second label on one event."
        else:
            message = f"Nothing that is to be marked happens {_when(mine)}, where you have {spoken(mine.label)}."
        return self._finding("extra", message, mine, None)

    def _missing(self, gold: Sequence[Segment], found: set[int], labelled: ItemLabels) -> list[Finding]:
        missed = [one for number, one in enumerate(gold) if number not in found]
        self.tallies.called.update((one.label, NOT_MARKED) for one in missed)
        if not labelled.labelled:
            return [Finding("unlabelled", "error", self.item.id, "Nothing is marked here yet.")] if gold else []
        return [self._finding("missing", f"You missed {spoken(one.label)} {_when(one)}.", None, one) for one in missed]

    def _finding(
        self,
        kind: str,
        message: str,
        mine: Segment | None,
        true: Segment | None,
        *,
        value: float | None = None,
        error: bool = True,
    ) -> Finding:
        both = [one for one in (mine, true) if one is not None]
        return Finding(
            kind,
            "error" if error else "warning",
            self.item.id,
            message,
            self.rubric.rules.get(kind, ""),
            mine.id if mine else "",
            true.id if true else "",
            value,
            tuple(one.label for one in both),
            (min(one.start for one in both), max(one.end for one in both)),
        )


def _overlaps(first: Sequence[Segment], second: Sequence[Segment]) -> Floats:
    return temporal_iou([(one.start, one.end) for one in first], [(one.start, one.end) for one in second])


def _when(one: Segment) -> str:
    return f"from {one.start:.1f} s to {one.end:.1f} s"


def usable_segments(
    labels: Sequence[Annotation], item: Item, classes: Sequence[str], findings: list[Finding], *, task: str
) -> list[Segment]:
    """The segments that can be judged, in order; of the others ``findings`` get to know why, as format faults."""
    usable: list[Segment] = []
    ids: set[str] = set()
    for one in labels:
        problem = f"has an id that another {WORDS[task].one} here has" if one.id in ids else ""
        problem = problem or _problem(one, item, classes, task)
        ids.add(one.id)
        if problem or not isinstance(one, Segment):
            findings.append(refused(task, item, one.id, problem))
        else:
            usable.append(one)
    return usable


def _problem(one: Annotation, item: Item, classes: Sequence[str], task: str) -> str:
    """Why a label cannot be judged; empty where it can."""
    if not isinstance(one, Segment):
        kind = str(one.__struct_config__.tag).replace("_", " ")
        return f"is no {WORDS[task].one} but {article(kind)}"
    if one.label not in classes:
        return f"has the class {one.label!r}, which this exercise does not know"
    if not (math.isfinite(one.start) and math.isfinite(one.end)):
        return "has a time that is not a number"
    if one.start >= one.end:
        return f"is empty: it begins at {one.start:g} s and ends at {one.end:g} s"
    if one.start < -_LATE or one.end > item.seconds + _LATE:
        return f"lies from {one.start:g} s to {one.end:g} s, but there are {item.seconds:g} s in all"
    return ""
