"""Review of regions (boxes, rotated boxes, polygons, masks, keypoints, words): match, count, find, score.

One engine for all of them; what differs is the geometry (:mod:`goldlabel.review.shapes`). Every item is judged on its
own and summed afterwards, so that the time grows with the number of items only.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Annotation, Gold, Item, ItemLabels, LabelSet
from goldlabel.errors import GoldError
from goldlabel.metrics import detection as metrics
from goldlabel.metrics.intervals import Interval, wilson
from goldlabel.review.figures import Figure, Tallies, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.matching import Region, Scene, is_crowd, match_scene
from goldlabel.review.rubric import KeypointRubric, RegionRubric, WordBoxRubric
from goldlabel.review.sentences import Reporter
from goldlabel.review.shapes import Geometry, UnusableError, geometry_for
from goldlabel.review.wording import WORDS, article
from goldlabel.review.words import FIELDS, FIELDS_RIGHT, WordReporter, error_rates, read_page

__all__ = ["review_regions"]

Floats = NDArray[np.float64]

# Columns after those of `metrics.detection`.
_ATTRIBUTES_RIGHT = 5
_ATTRIBUTES = 6
_VISIBILITY_RIGHT = 7
_VISIBILITY = 8
_COLUMNS = 13
"""With the four of :mod:`goldlabel.review.words`."""


def review_regions(
    labels: LabelSet, gold: Gold, rubric: RegionRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the regions of ``items``.

    Args:
        labels: What the learner drew. Items that are not in ``items`` are ignored; a label that is not of the type
            that the task asks for is told and left out.
        gold: Must hold every item in ``items``.
        rubric: How to judge; its type decides the geometry.
        items: Which items count; an item without any label counts as all missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. With no item at all the score is 1: nothing was asked, nothing is wrong.

    Raises:
        GoldError: An item has no gold, or its gold cannot be judged by.
    """
    geometry = geometry_for(rubric, gold)
    tally = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    for row, item in enumerate(items):
        true = _gold_regions(gold.of(item.id).annotations, item, geometry)
        reporter = (WordReporter if isinstance(rubric, WordBoxRubric) else Reporter)(item, geometry, rubric)
        reviews[item.id], counts[row] = _review_item(reporter, labels.of(item.id), true, frozenset(classes), tally)
    return reviewed(
        geometry.task,
        labels,
        gold,
        rubric,
        counts=counts,
        score=lambda sums: _score(sums, rubric),
        measures=_measures(counts, rubric, geometry),
        items=reviews,
        decisions=sum(tally.gold.values()),
        classes=tally.rows(classes),
    )


def _score(counts: Floats, rubric: RegionRubric) -> Floats:
    """Score of counts ``(..., 13)``, in 0 to 1: the weighted mean of F1, of tightness over all objects, of reading."""
    span = rubric.tight_full - rubric.tight_from
    tightness = np.clip((metrics.mean_overlap(counts) - rubric.tight_from) / span, 0, 1)
    # Tight labels on half of the objects are half of the work.
    tightness = tightness * metrics.coverage(counts)
    score, rest = rubric.f1_weight * metrics.f1(counts), 1 - rubric.f1_weight
    if isinstance(rubric, WordBoxRubric):
        score = score + rubric.reading_weight * np.clip(1 - error_rates(counts) / rubric.worst_cer, 0, 1)
        rest -= rubric.reading_weight
    return score + rest * tightness


def _measures(counts: Floats, rubric: RegionRubric, geometry: Geometry[Any, Any]) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    found, wrong, missed = total[metrics.FOUND], total[metrics.WRONG], total[metrics.MISSED]
    name, labels = geometry.measure, WORDS[geometry.task].many
    things = "words" if isinstance(rubric, WordBoxRubric) else "objects"
    # Each label is a decision of its own, so recall, precision and shares of flags are proportions.
    figures: list[Figure] = [
        (
            "f1",
            f"{things.capitalize()} found, F1 at {name} {rubric.count_at:g}",
            float(metrics.f1(total)),
            spread(counts, metrics.f1),
        ),
        (
            "mean_overlap",
            f"Tightness, mean {name} of matched {labels}",
            float(metrics.mean_overlap(total)),
            spread(counts, metrics.mean_overlap),
        ),
        ("recall", f"Recall: {things} that you found", float(metrics.recall(total)), wilson(found, found + missed)),
        (
            "precision",
            f"Precision: {labels} of yours that are right",
            float(metrics.precision(total)),
            wilson(found, found + wrong),
        ),
    ]
    if rubric.judged_attributes:
        right, asked = total[_ATTRIBUTES_RIGHT], total[_ATTRIBUTES]
        figures.append(("attributes", "Attributes of found objects that are right", *_share(right, asked)))
    if isinstance(rubric, KeypointRubric):
        right, asked = total[_VISIBILITY_RIGHT], total[_VISIBILITY]
        figures.append(("visibility", "Points rightly called visible or hidden", *_share(right, asked)))
    if isinstance(rubric, WordBoxRubric):
        rate = float(error_rates(total)), spread(counts, error_rates)
        figures.insert(1, ("cer", "Character error rate: lower is better", *rate))
        right, asked = total[FIELDS_RIGHT], total[FIELDS]
        figures.append(("fields", "Found words that are in the right field", *_share(right, asked)))
    return measured(figures, rubric)


def _share(right: float, asked: float) -> tuple[float, Interval]:
    """A share with its interval; 1 where nothing was asked."""
    return float(right / asked) if asked else 1.0, wilson(right, asked)


def _review_item(
    reporter: Reporter, labelled: ItemLabels, gold: Sequence[Region], classes: frozenset[str], tally: Tallies
) -> tuple[ItemReview, Floats]:
    """Judge one item; adds to ``tally`` and returns the review with its row of counts."""
    findings: list[Finding] = []
    yours = _usable(labelled.annotations, reporter, classes, findings)
    scene = match_scene(yours, gold, reporter.geometry, reporter.rubric)
    row = np.zeros(_COLUMNS)
    pairs = []
    for label_at, gold_at, overlap in zip(*scene.matches, strict=True):
        mine, true = yours[label_at], scene.scored[gold_at]
        pair = Pair(mine.label.id, true.label.id, float(overlap), mine.label.label == true.label.label)
        pairs.append(pair)
        findings += _judge_pair(mine, true, pair, reporter, row, tally)
    findings += _unmatched(scene, reporter, labelled)
    if isinstance(reporter, WordReporter):
        findings = read_page(scene, reporter, row, findings)

    judged = len(yours) - len(scene.covered)
    found = row[metrics.FOUND]
    row[metrics.WRONG], row[metrics.MISSED] = judged - found, len(scene.scored) - found
    row[metrics.OVERLAP], row[metrics.MATCHED] = scene.matches.overlap.sum(), len(pairs)
    tally.gold.update(one.label.label for one in scene.scored)
    tally.labelled.update(one.label.label for k, one in enumerate(yours) if k not in scene.covered)
    review = ItemReview(
        item=reporter.item.id,
        score=float(_score(row, reporter.rubric)),
        labelled=labelled.labelled,
        pairs=tuple(pairs),
        covered=tuple(yours[k].label.id for k in sorted(scene.covered)),
        findings=tuple(findings),
    )
    return review, row


def _judge_pair(
    mine: Region, true: Region, pair: Pair, reporter: Reporter, row: Floats, tally: Tallies
) -> list[Finding]:
    """Everything about a label and the gold it was matched to; counts go into ``row`` and ``tally``."""
    findings, rubric, geometry = [], reporter.rubric, reporter.geometry
    name = true.label.label
    counts = pair.overlap >= rubric.count_at
    if not pair.same_class:
        tally.confused[name] += 1
        findings.append(reporter.confused(mine, true))
    details = (
        geometry.details(mine.shape, true.shape, f"the {name} {reporter.place(true)}") if geometry.detailed else ()
    )
    # A fault that has a name of its own need not be told as a loose fit, too.
    if pair.overlap < rubric.low_overlap and not (counts and any(one.costs for one in details)):
        findings.append(reporter.loose(mine, true, pair.overlap))
    findings += [reporter.detail(one, mine, true, counts=counts) for one in details]
    if not (counts and pair.same_class):
        return findings
    row[metrics.FOUND] += 1
    tally.found[name] += 1
    if rubric.judged_attributes:
        wrong = [one for one in _asked(rubric, true) if _attribute(mine, one) != _attribute(true, one)]
        asked = len(_asked(rubric, true))
        row[_ATTRIBUTES_RIGHT] += asked - len(wrong)
        row[_ATTRIBUTES] += asked
        findings += [reporter.attribute(one, mine, true) for one in wrong]
    if geometry.detailed:
        right, compared = geometry.visibility(mine.shape, true.shape)
        row[_VISIBILITY_RIGHT] += right
        row[_VISIBILITY] += compared
    return findings


def _asked(rubric: RegionRubric, true: Region) -> tuple[str, ...]:
    """The attributes that are judged: of a crowd only that it is one."""
    return tuple(one for one in rubric.judged_attributes if one == "crowd" or not is_crowd(true.label))


def _attribute(region: Region, name: str) -> Any:  # noqa: ANN401  (an attribute is true, false, a number or a word)
    return region.label.attributes.get(name, False)


def _unmatched(scene: Scene, reporter: Reporter, labelled: ItemLabels) -> list[Finding]:
    """Labels that belong to nothing, and gold that nobody labelled."""
    matched = set(scene.matches.labels.tolist())
    findings = []
    for k, mine in enumerate(scene.yours):
        if k in matched or k in scene.covered:
            continue
        best = int(scene.overlaps[k].argmax()) if scene.scored else -1
        nearest = scene.scored[best] if best >= 0 else None
        findings.append(reporter.surplus(mine, nearest, float(scene.overlaps[k, best]) if nearest else 0.0))
    if labelled.labelled:
        found = set(scene.matches.gold.tolist())
        findings += [reporter.missing(true) for k, true in enumerate(scene.scored) if k not in found]
    elif scene.scored:
        findings.append(Finding("unlabelled", "error", reporter.item.id, "This picture has no label yet."))
    return findings


def _gold_regions(gold: Sequence[Annotation], item: Item, geometry: Geometry[Any, Any]) -> list[Region]:
    """Gold made ready; that of other types belongs to other exercises on the same items."""
    regions = []
    for one in gold:
        if not isinstance(one, geometry.kind):
            continue
        try:
            regions.append(Region(one, geometry.shape(one, item, gold=True, complain=_refuse)))
        except UnusableError as error:
            raise GoldError(
                f"The gold {one.id} {error}", where=item.id, todo="Restore the gold file from the repository."
            ) from None
    return regions


def _refuse(problem: str) -> None:
    raise UnusableError(problem)


def _usable(
    labels: Sequence[Annotation], reporter: Reporter, classes: frozenset[str], findings: list[Finding]
) -> list[Region]:
    """The labels that can be judged; of the others, ``findings`` get to know why, as format faults."""
    usable: dict[str, Region] = {}
    ids: set[str] = set()
    for one in labels:
        parts: list[str] = []
        try:
            _check(one, ids, reporter, classes)
            shape = reporter.geometry.shape(one, reporter.item, gold=False, complain=parts.append)
        except UnusableError as error:
            findings.append(reporter.invalid(one.id, str(error)))
        else:
            findings += [reporter.invalid(one.id, part, left_out="that point") for part in parts]
            usable[one.id] = Region(one, shape)
        ids.add(one.id)
    return list(usable.values())


def _check(one: Annotation, ids: Set[str], reporter: Reporter, classes: frozenset[str]) -> None:
    """Refuse what no geometry can mend.

    Raises:
        UnusableError: Another label has its id, it is of another type, or of no known class.
    """
    word = WORDS[reporter.geometry.task].one
    if one.id in ids:
        raise UnusableError(f"has an id that another {word} of this picture has")
    if not isinstance(one, reporter.geometry.kind):
        kind = str(one.__struct_config__.tag).replace("_", " ")
        raise UnusableError(f"is no {word} but {article(kind)}")
    if one.label not in classes:
        raise UnusableError(f"has the class {one.label!r}, which this exercise does not know")
