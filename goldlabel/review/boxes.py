"""Review of boxes: match, count, find, score.

Every item is judged on its own and summed afterwards, so that the time grows with the number of items only.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Box, Gold, Item, ItemLabels, LabelSet, only
from goldlabel.metrics import boxes as metrics
from goldlabel.metrics.intervals import Interval, bootstrap, wilson
from goldlabel.review.findings import ClassRow, Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.rubric import BoxRubric
from goldlabel.review.wording import Corners, article, place, shown, side_report

__all__ = ["review_boxes"]

Floats = NDArray[np.float64]

_FEWEST_FOR_INTERVAL = 5
"""With fewer items a bootstrap over items says nothing; nor does it when all items are alike."""

_COVERED_SHARE = 0.5
"""An unmatched label that covers this share of a difficult gold box is set aside with it ..."""

_COVERED_IOU = 0.05
"""... unless it is so large (twenty times) that it says nothing about what is hidden there."""


class _Tally:
    """Counts by class name, over all items."""

    def __init__(self) -> None:
        self.gold: Counter[str] = Counter()
        self.labelled: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.confused: Counter[str] = Counter()


def review_boxes(
    labels: LabelSet, gold: Gold, rubric: BoxRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the boxes of ``items``.

    Args:
        labels: What the learner drew. Items that are not in ``items`` are ignored.
        gold: Must hold every item in ``items``.
        rubric: How to judge.
        items: Which items count; an item without any label counts as all missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. With no item at all the score is 1: nothing was asked, nothing is wrong.

    Raises:
        GoldError: An item has no gold.
    """
    tally = _Tally()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), 5))
    for row, item in enumerate(items):
        reviews[item.id], counts[row] = _review_item(
            item, labels.of(item.id), only(gold.of(item.id).annotations, Box), rubric, frozenset(classes), tally
        )
    total = counts.sum(axis=0)
    score = float(_score(total, rubric))
    measures = _measures(counts, rubric)
    return Review(
        exercise=labels.exercise,
        annotator=labels.annotator,
        score=score,
        level=_level(score, measures, rubric),
        interval=_spread(counts, lambda sums: _score(sums, rubric)),
        measures=measures,
        classes=tuple(_class_row(name, tally) for name in classes),
        items=reviews,
        decisions=int(sum(tally.gold.values())),
        gold_version=gold.version,
    )


def _score(counts: Floats, rubric: BoxRubric) -> Floats:
    """Score of counts ``(..., 5)``, in 0 to 1: the weighted mean of F1 and of tightness over all objects."""
    span = rubric.tight_full - rubric.tight_from
    tightness = np.clip((metrics.mean_overlap(counts) - rubric.tight_from) / span, 0, 1)
    # Tight boxes on half of the objects are half of the work.
    tightness = tightness * metrics.coverage(counts)
    return rubric.f1_weight * metrics.f1(counts) + (1 - rubric.f1_weight) * tightness


def _spread(counts: Floats, statistic: Callable[[Floats], Floats]) -> Interval | None:
    """Interval over items; None where they are too few or too alike to show one."""
    if len(counts) < _FEWEST_FOR_INTERVAL:
        return None
    interval = bootstrap(counts, statistic)
    return interval if interval.high - interval.low > 1e-9 else None


def _level(score: float, measures: Sequence[Measure], rubric: BoxRubric) -> str:
    """The bar that ``score`` reaches; production asks that every single measure reaches its own bar, too."""
    level = rubric.bars.level(score)
    if level == "production" and not all(measure.reached for measure in measures):
        return "good"
    return level


def _measures(counts: Floats, rubric: BoxRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    found, wrong, missed = total[metrics.FOUND], total[metrics.WRONG], total[metrics.MISSED]
    by_items = {
        "f1": _spread(counts, metrics.f1),
        "mean_overlap": _spread(counts, metrics.mean_overlap),
        # Each box is a decision of its own, so these two are proportions.
        "recall": wilson(found, found + missed),
        "precision": wilson(found, found + wrong),
    }
    titles = {
        "f1": f"Objects found, F1 at IoU {rubric.count_at:g}",
        "mean_overlap": "Tightness, mean IoU of matched boxes",
        "recall": "Recall: objects that you found",
        "precision": "Precision: boxes of yours that are right",
    }
    values = {
        "f1": metrics.f1(total),
        "mean_overlap": metrics.mean_overlap(total),
        "recall": metrics.recall(total),
        "precision": metrics.precision(total),
    }
    return tuple(
        Measure(name, titles[name], float(values[name]), rubric.measure_bars.get(name), by_items[name])
        for name in titles
    )


def _class_row(name: str, tally: _Tally) -> ClassRow:
    gold, labelled, found = tally.gold[name], tally.labelled[name], tally.found[name]
    counts = [found, labelled - found, gold - found, 0, 0]
    return ClassRow(
        label=name,
        gold=gold,
        labelled=labelled,
        found=found,
        confused=tally.confused[name],
        precision=float(metrics.precision(counts)),
        recall=float(metrics.recall(counts)),
        f1=float(metrics.f1(counts)),
    )


def _review_item(
    item: Item,
    labelled: ItemLabels,
    gold: Sequence[Box],
    rubric: BoxRubric,
    classes: frozenset[str],
    tally: _Tally,
) -> tuple[ItemReview, Floats]:
    """Judge one item; adds to ``tally`` and returns the review with its row of counts."""
    findings: list[Finding] = []
    yours = _usable(only(labelled.annotations, Box), item, classes, findings)
    scored = [box for box in gold if not box.difficult]
    set_aside = [box for box in gold if box.difficult]

    corners = [_clipped(box, item) for box in yours]
    overlaps = metrics.iou(corners, [box.xyxy for box in scored])
    matches = _matched(yours, corners, scored, overlaps, set_aside, rubric)
    covered = _covered(corners, overlaps, set(matches.labels.tolist()), set_aside, rubric)
    pairs = []
    found = 0
    for label_at, gold_at, overlap in zip(matches.labels, matches.gold, matches.iou, strict=True):
        box, true = yours[label_at], scored[gold_at]
        same = box.label == true.label
        pairs.append(Pair(box.id, true.id, float(overlap), same))
        if same and overlap >= rubric.count_at:
            found += 1
            tally.found[true.label] += 1
        if not same:
            tally.confused[true.label] += 1
            findings.append(_confused(item, box, true, rubric))
        if overlap < rubric.low_overlap:
            findings.append(_loose(item, box, true, float(overlap), rubric))

    matched_labels = set(matches.labels.tolist())
    extra = [k for k in range(len(yours)) if k not in matched_labels and k not in covered]
    findings += [_extra(item, yours[k], overlaps[k], scored, rubric) for k in extra]
    missed = [box for k, box in enumerate(scored) if k not in set(matches.gold.tolist())]
    if labelled.labelled:
        findings += [_missing(item, box, rubric) for box in missed]
    elif scored:
        findings.append(Finding("unlabelled", "error", item.id, "This picture has no label yet."))

    tally.gold.update(box.label for box in scored)
    tally.labelled.update(box.label for k, box in enumerate(yours) if k not in covered)
    judged = len(yours) - len(covered)
    row = np.array([found, judged - found, len(scored) - found, matches.iou.sum(), len(pairs)])
    review = ItemReview(
        item=item.id,
        score=float(_score(row, rubric)),
        labelled=labelled.labelled,
        pairs=tuple(pairs),
        covered=tuple(yours[k].id for k in sorted(covered)),
        findings=tuple(findings),
    )
    return review, row


def _clipped(box: Box, item: Item) -> Corners:
    """The part of ``box`` on the picture: a hand that slips over the edge means the edge."""
    x1, y1, x2, y2 = box.xyxy
    return max(0.0, x1), max(0.0, y1), min(float(item.width), x2), min(float(item.height), y2)


def _usable(boxes: Sequence[Box], item: Item, classes: frozenset[str], findings: list[Finding]) -> list[Box]:
    """The boxes that can be judged; of the others, ``findings`` get to know why, as format faults."""
    usable: dict[str, Box] = {}
    ids: set[str] = set()
    for box in boxes:
        problem = _problem(box, item, classes)
        if box.id in ids:
            problem = "has an id that another box of this picture has"
        ids.add(box.id)
        if problem:
            message = f"The box {box.id} {problem}; it was left out."
            findings.append(Finding("invalid", "format", item.id, message, label=box.id))
        else:
            usable[box.id] = box
    return list(usable.values())


def _problem(box: Box, item: Item, classes: frozenset[str]) -> str:
    """Why ``box`` cannot be judged; an empty string when it can."""
    x1, y1, x2, y2 = _clipped(box, item)
    if not all(map(math.isfinite, box.xyxy)):
        return "has a coordinate that is not a number"
    if box.label not in classes:
        return f"has the class {box.label!r}, which this exercise does not know"
    if box.width <= 0 or box.height <= 0:
        return "has no area, or its corners are swapped"
    if x2 <= x1 or y2 <= y1:
        return f"lies outside the picture of {item.width} x {item.height} pixels"
    return ""


def _matched(
    yours: Sequence[Box],
    corners: Sequence[Corners],
    scored: Sequence[Box],
    overlaps: Floats,
    set_aside: Sequence[Box],
    rubric: BoxRubric,
) -> metrics.Matches:
    """Labels paired with scored gold, blind to the class but where boxes are equal.

    A pair that finds nothing is given up when its label sits better on difficult gold: that is what was meant.
    """
    names = np.array([box.label for box in yours], dtype=object)[:, None]
    same = names == np.array([box.label for box in scored], dtype=object)[None, :]
    left = overlaps.copy()
    matches = metrics.match_one_to_one(left, rubric.match_at, prefer=same)
    if not set_aside or not matches.labels.size:
        return matches
    gold = [box.xyxy for box in set_aside]
    covers = metrics.intersection(corners, gold) >= _COVERED_SHARE * metrics.area(gold)[None, :]
    hidden = np.where(covers, metrics.iou(corners, gold), 0.0).max(axis=1)
    while True:
        nothing = ~same[matches.labels, matches.gold] | (matches.iou < rubric.count_at)
        given_up = matches.labels[nothing & (hidden[matches.labels] > matches.iou)]
        if not given_up.size:
            return matches
        left[given_up] = 0.0
        matches = metrics.match_one_to_one(left, rubric.match_at, prefer=same)


def _covered(
    corners: Sequence[Corners],
    overlaps: Floats,
    matched: set[int],
    set_aside: Sequence[Box],
    rubric: BoxRubric,
) -> set[int]:
    """Indices of unmatched labels that sit on difficult gold, and are not a second box on a scored object."""
    free = [k for k in range(len(corners)) if k not in matched]
    if not free or not set_aside:
        return set()
    gold = [box.xyxy for box in set_aside]
    boxes = [corners[k] for k in free]
    covers = metrics.intersection(boxes, gold) >= _COVERED_SHARE * metrics.area(gold)[None, :]
    # What is hidden peeks out behind something: a second box on that something covers it, too.
    nearest = overlaps[free].max(axis=1, initial=0)[:, None]
    overlaps_hidden = metrics.iou(boxes, gold)
    second = (nearest >= rubric.match_at) & (nearest > overlaps_hidden)
    on_difficult = np.any(covers & (overlaps_hidden >= _COVERED_IOU) & ~second, axis=1).tolist()
    return {k for k, on in zip(free, on_difficult, strict=True) if on}


def _confused(item: Item, box: Box, true: Box, rubric: BoxRubric) -> Finding:
    message = f"You called it {article(box.label)}; it is {article(true.label)}, {place(true, item)}."
    return Finding(
        "mismatching_label",
        "error",
        item.id,
        message,
        rubric.rules.get("mismatching_label", ""),
        box.id,
        true.id,
        classes=(box.label, true.label),
    )


def _loose(item: Item, box: Box, true: Box, overlap: float, rubric: BoxRubric) -> Finding:
    too_far = overlap < rubric.count_at
    verdict = "too far off to count" if too_far else "not tight"
    sides = side_report(_clipped(box, item), true.xyxy)
    message = f"The box on the {true.label} {place(true, item)} is {verdict}: {sides} (overlap {shown(overlap)})."
    return Finding(
        "low_overlap",
        "error" if too_far else "warning",
        item.id,
        message,
        rubric.rules.get("low_overlap", ""),
        box.id,
        true.id,
        overlap,
        (box.label, true.label),
    )


def _missing(item: Item, true: Box, rubric: BoxRubric) -> Finding:
    details = []
    if true.attributes.get("truncated"):
        details.append("cut by the edge of the picture")
    visibility = true.attributes.get("visibility")
    if true.attributes.get("occluded") and isinstance(visibility, float):
        details.append(f"partly hidden, about {100 * visibility:.0f} % of it can be seen")
    extra = f" ({'; '.join(details)})" if details else ""
    message = f"You missed {article(true.label)} {place(true, item)}{extra}."
    return Finding(
        "missing", "error", item.id, message, rubric.rules.get("missing", ""), gold=true.id, classes=(true.label,)
    )


def _extra(item: Item, box: Box, overlaps: Floats, scored: Sequence[Box], rubric: BoxRubric) -> Finding:
    best = int(overlaps.argmax()) if len(scored) else -1
    value = float(overlaps[best]) if best >= 0 else 0.0
    where = place(box, item)
    if value >= rubric.match_at:
        # It would have matched, had the object not been matched by a better box.
        message = f"The {scored[best].label} {where} has two boxes; one object gets one box."
    elif value > 0.1:
        nearest = article(scored[best].label)
        message = f"Your {box.label} box {where} fits no object: the nearest, {nearest}, overlaps {shown(value)}."
    else:
        message = f"Your {box.label} box {where} has nothing in it that should be boxed."
    return Finding(
        "extra", "error", item.id, message, rubric.rules.get("extra", ""), box.id, value=value, classes=(box.label,)
    )
