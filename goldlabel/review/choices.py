"""Review of choices: one class a question, right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Choice, Gold, Item, ItemLabels, LabelSet, only
from goldlabel.errors import GoldError
from goldlabel.metrics import choices as metrics
from goldlabel.metrics.intervals import Interval, wilson
from goldlabel.review.figures import Figure, level_of, measured, spread
from goldlabel.review.findings import ClassRow, Confusion, Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.reasons import reason, rule_of
from goldlabel.review.rubric import ChoiceRubric
from goldlabel.review.wording import spoken

__all__ = ["NO_ANSWER", "review_choices"]

Floats = NDArray[np.float64]

NO_ANSWER = "no answer"
"""Name of the confusion matrix's column for questions without an answer."""

_FEWEST_FOR_INTERVAL = 5
"""With fewer decisions an interval is so wide that it only confuses."""


def review_choices(
    labels: LabelSet, gold: Gold, rubric: ChoiceRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge one answer a question.

    The score is the accuracy over all questions. A question without an answer is a wrong one. An answer that gold
    names as ``accepted`` is right; it counts as that class in the table of classes and in the confusion matrix.

    Args:
        labels: What the learner chose. Items that are not in ``items`` are ignored.
        gold: Must hold every item in ``items``.
        rubric: How to judge.
        items: Which items count, answered or not.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. Without any question the score is 1: nothing was asked, nothing is wrong.

    Raises:
        GoldError: An item has no gold, or its gold is a class that the exercise does not know.
        ValueError: The rubric's target is a class that the exercise does not know.
    """
    if rubric.target and rubric.target not in classes:
        raise ValueError(f"the rubric's target {rubric.target!r} is no class of the exercise")
    index = {name: n for n, name in enumerate([*classes, NO_ANSWER])}
    size = len(index)
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), size, size))
    for row, item in enumerate(items):
        true = only(gold.of(item.id).annotations, Choice)
        if unknown := next((one.label for one in true if one.label not in classes), None):
            raise GoldError(f"The gold has the class {unknown!r}, which this exercise does not know", where=item.id)
        reviews[item.id], decided = _review_item(item, labels.of(item.id), true, rubric, frozenset(classes))
        for right, said in decided:
            counts[row, index[right], index[said]] += 1
    total = counts.sum(axis=0)
    decisions = int(total.sum())
    score = float(metrics.accuracy(total))
    interval = wilson(np.trace(total), decisions) if decisions >= _FEWEST_FOR_INTERVAL else None
    measures = _measures(counts, rubric, interval, classes)
    return Review(
        task="choice",
        exercise=labels.exercise,
        annotator=labels.annotator,
        score=score,
        level=level_of(score, measures, rubric),
        interval=interval,
        measures=measures,
        classes=_class_rows(total, classes),
        items=reviews,
        decisions=decisions,
        gold_version=gold.version,
        confusion=_confusion(total, classes),
    )


def _measures(
    counts: Floats, rubric: ChoiceRubric, interval: Interval | None, classes: Sequence[str]
) -> tuple[Measure, ...]:
    size = counts.shape[-1]

    def macro_f1(matrices: Floats) -> Floats:
        return metrics.macro_f1(matrices, first=size - 1)

    def sure(statistic: Callable[[Floats], Floats]) -> Interval | None:
        rows = counts.reshape(len(counts), size * size)
        return spread(rows, lambda sums: statistic(sums.reshape(-1, size, size)))

    def target_f1(matrices: Floats) -> Floats:
        found: Floats = metrics.f1(matrices)[..., classes.index(rubric.target)]
        return found

    total = counts.sum(axis=0)
    figures: list[Figure] = [
        ("accuracy", "Accuracy: share of right answers", float(metrics.accuracy(total)), interval),
        ("macro_f1", "Macro F1: every class counts the same", float(macro_f1(total)), sure(macro_f1)),
        (
            "kappa",
            "Cohen's kappa: agreement with gold beyond chance",
            float(metrics.cohen_kappa(total)),
            sure(metrics.cohen_kappa),
        ),
    ]
    if rubric.target:
        title = f"F1 of {spoken(rubric.target)}: found, and not cried for nothing"
        figures.append(("f1", title, float(target_f1(total)), sure(target_f1)))
    return measured(figures, rubric)


def _class_rows(total: Floats, classes: Sequence[str]) -> tuple[ClassRow, ...]:
    precision, recall, f1 = metrics.precision(total), metrics.recall(total), metrics.f1(total)
    gold, labelled, unanswered = total.sum(axis=1), total.sum(axis=0), total[:, len(classes)]
    return tuple(
        ClassRow(
            label=name,
            gold=int(gold[n]),
            labelled=int(labelled[n]),
            found=int(total[n, n]),
            confused=int(gold[n] - total[n, n] - unanswered[n]),
            precision=float(precision[n]),
            recall=float(recall[n]),
            f1=float(f1[n]),
        )
        for n, name in enumerate(classes)
    )


def _confusion(total: Floats, classes: Sequence[str]) -> Confusion:
    known = len(classes)
    shown = known + 1 if total[:, known].any() else known
    return Confusion(
        gold=tuple(classes),
        labels=(*classes, NO_ANSWER)[:shown],
        counts=tuple(tuple(int(count) for count in row[:shown]) for row in total[:known]),
    )


def _review_item(
    item: Item, labelled: ItemLabels, gold: Sequence[Choice], rubric: ChoiceRubric, classes: frozenset[str]
) -> tuple[ItemReview, list[tuple[str, str]]]:
    """Judge one item; returns the review and ``(right class, class that was said)`` of every question."""
    findings: list[Finding] = []
    answers = _usable(labelled, item, classes, {one.id for one in gold}, findings)
    pairs, decided = [], []
    for true in gold:
        if true.difficult:
            continue
        answer = answers.get(true.id)
        if answer is None:
            decided.append((true.label, NO_ANSWER))
            findings.append(_unanswered(item, true, several=len(gold) > 1))
            continue
        right = answer.label == true.label or answer.label in true.accepted
        decided.append((answer.label if right else true.label, answer.label))
        pairs.append(Pair(answer.id, true.id, 1.0, right))
        if not right:
            findings.append(_wrong(item, answer, true, rubric))
    hits = sum(pair.same_class for pair in pairs)
    return (
        ItemReview(
            item=item.id,
            score=hits / len(decided) if decided else 1.0,
            labelled=labelled.labelled,
            pairs=tuple(pairs),
            covered=tuple(one.id for one in gold if one.difficult and one.id in answers),
            findings=tuple(findings),
        ),
        decided,
    )


def _usable(
    labelled: ItemLabels, item: Item, classes: frozenset[str], questions: set[str], findings: list[Finding]
) -> dict[str, Choice]:
    """The answers that can be judged, by question; of the others ``findings`` get to know why, as format faults."""
    usable: dict[str, Choice] = {}
    for one in labelled.annotations:
        if not isinstance(one, Choice):
            problem = "is no choice of a class"
        elif one.label not in classes:
            problem = f"has the class {one.label!r}, which this exercise does not know"
        elif one.id not in questions:
            problem = "answers a question that is not asked"
        elif one.id in usable:
            problem = f"is a second answer to one question; the first, {usable[one.id].label!r}, counts"
        else:
            usable[one.id] = one
            continue
        message = f"The label {one.id} {problem}; it was left out."
        findings.append(Finding("invalid", "format", item.id, message, label=one.id))
    return usable


def _unanswered(item: Item, true: Choice, *, several: bool) -> Finding:
    thing = "text" if item.text else "picture"
    what = f"The question {true.id} has no answer yet." if several else f"This {thing} has no answer yet."
    return Finding("unlabelled", "error", item.id, what, gold=true.id, classes=(true.label,))


def _wrong(item: Item, answer: Choice, true: Choice, rubric: ChoiceRubric) -> Finding:
    also = f" ({', '.join(map(spoken, true.accepted))} would count, too)" if true.accepted else ""
    fallback = rubric.confusion_rules.get(f"{true.label}>{answer.label}", "")
    rule = rule_of(true, rubric, "mismatching_label", fallback)
    return Finding(
        "mismatching_label",
        "error",
        item.id,
        f"You called it {spoken(answer.label)}; it is {spoken(true.label)}{also}{reason(true)}",
        rule,
        answer.id,
        true.id,
        classes=(answer.label, true.label),
    )
