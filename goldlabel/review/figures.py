"""What every review computes in the same way: the interval over items, the level, measures beside their bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, LabelSet
from goldlabel.metrics.intervals import Interval, bootstrap, wilson
from goldlabel.metrics.spans import f1
from goldlabel.review.findings import ClassRow, Confusion, ItemReview, Measure, Review
from goldlabel.review.rubric import RegionRubric, Rubric

__all__ = ["NOT_MARKED", "Figure", "Tallies", "found_and_right", "level_of", "measured", "reviewed", "spread"]

Floats = NDArray[np.float64]

NOT_MARKED = "not marked"
"""Name of the confusion matrix's column for gold that no label was matched to."""

Figure = tuple[str, str, float, Interval | None]
"""Name of a measure, its title, its value and its interval."""

_FEWEST_FOR_INTERVAL = 5
"""With fewer items a bootstrap over items says nothing; nor does it when all items are alike."""


class Tallies(msgspec.Struct):
    """Counts by class name, over all items.

    Attributes:
        gold: What there is.
        labelled: What the learner labelled.
        found: What of gold was found.
        confused: What of gold was called something else.
        right: What of the labels is right, where one label may find several things and several may find one.
        called: How often gold of one class was called another, as ``(gold, label)``.
    """

    gold: Counter[str] = msgspec.field(default_factory=Counter)
    labelled: Counter[str] = msgspec.field(default_factory=Counter)
    found: Counter[str] = msgspec.field(default_factory=Counter)
    confused: Counter[str] = msgspec.field(default_factory=Counter)
    right: Counter[str] = msgspec.field(default_factory=Counter)
    called: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)

    def row(self, name: str) -> ClassRow:
        """The row of one class; precision, recall and F1 are 1 where it occurs on neither side."""
        gold, labelled, found = self.gold[name], self.labelled[name], self.found[name]
        return ClassRow(
            label=name,
            gold=gold,
            labelled=labelled,
            found=found,
            confused=self.confused[name],
            precision=found / labelled if labelled else float(not gold),
            recall=found / gold if gold else float(not labelled),
            f1=float(f1(found, gold, labelled)),
        )

    def rows(self, classes: Sequence[str]) -> tuple[ClassRow, ...]:
        """The rows of all classes."""
        return tuple(map(self.row, classes))

    def confusion(self, classes: Sequence[str]) -> Confusion:
        """Which classes were taken for which; gold that nobody marked is counted in a column of its own."""
        shown = (*classes, NOT_MARKED) if any(said == NOT_MARKED for _, said in self.called) else tuple(classes)
        counts = tuple(tuple(self.called[name, said] for said in shown) for name in classes)
        return Confusion(tuple(classes), shown, counts)


def spread(counts: Floats, statistic: Callable[[Floats], Floats]) -> Interval | None:
    """Interval over items (rows of ``counts``); None where they are too few or too alike to show one."""
    if len(counts) < _FEWEST_FOR_INTERVAL:
        return None
    interval = bootstrap(counts, statistic)
    return interval if interval.high - interval.low > 1e-9 else None


def measured(figures: Sequence[Figure], rubric: Rubric | RegionRubric) -> tuple[Measure, ...]:
    """Figures beside the bars that the rubric sets."""
    return tuple(
        Measure(name, title, value, rubric.measure_bars.get(name), interval, name in rubric.ceilings)
        for name, title, value, interval in figures
    )


def found_and_right(right: float, gold: float, labelled: float, *, things: str, yours: str) -> list[Figure]:
    """Precision and recall of counts; each label and each gold annotation is a decision of its own.

    Args:
        right: Labels that are right.
        gold: What there is.
        labelled: What the learner labelled.
        things: What is found, for the title: "names".
        yours: What the learner makes, for the title: "spans".
    """
    precision = float(right / labelled) if labelled else float(not gold)
    recall = float(right / gold) if gold else float(not labelled)
    return [
        ("precision", f"Precision: {yours} of yours that are right", precision, wilson(right, labelled)),
        ("recall", f"Recall: {things} that you found", recall, wilson(right, gold)),
    ]


def reviewed(
    task: str,
    labels: LabelSet,
    gold: Gold,
    rubric: Rubric | RegionRubric,
    *,
    counts: Floats,
    score: Callable[[Floats], Floats],
    measures: tuple[Measure, ...],
    items: Mapping[str, ItemReview],
    decisions: float,
    classes: tuple[ClassRow, ...] = (),
    confusion: Confusion | None = None,
) -> Review:
    """The review of labels that were counted item by item.

    Args:
        task: Task type.
        labels: What was judged.
        gold: Against what.
        rubric: How.
        counts: One row an item.
        score: The score of summed counts, shape ``(..., columns)``.
        measures: Single figures with their bars.
        items: Reviews by item.
        decisions: How many gold annotations were judged.
        classes: Rows a class.
        confusion: Which classes were taken for which.
    """
    value = float(score(counts.sum(axis=0)))
    return Review(
        task=task,
        exercise=labels.exercise,
        annotator=labels.annotator,
        score=value,
        level=level_of(value, measures, rubric),
        interval=spread(counts, score),
        measures=measures,
        classes=classes,
        items=items,
        decisions=int(decisions),
        gold_version=gold.version,
        confusion=confusion,
    )


def level_of(score: float, measures: Sequence[Measure], rubric: Rubric | RegionRubric) -> str:
    """The bar that ``score`` reaches; production asks that every single measure reaches its own bar, too."""
    level = rubric.bars.level(score)
    if level == "production" and not all(measure.reached for measure in measures):
        return "good"
    return level
