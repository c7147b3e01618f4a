"""Compares a label set with gold under a rubric, as a quality team would: matching, findings, score."""

from __future__ import annotations

from collections.abc import Sequence

from goldlabel.annotations import Gold, Item, LabelSet
from goldlabel.errors import GoldlabelError
from goldlabel.review.findings import Finding, ItemReview, Measure, Review
from goldlabel.review.rubric import (
    Bars,
    BoxRubric,
    ChoiceRubric,
    KeypointRubric,
    MaskRubric,
    PolygonRubric,
    RegionRubric,
    RelationRubric,
    RotatedBoxRubric,
    Rubric,
    SpanRubric,
    SummaryRubric,
    WordBoxRubric,
)

__all__ = [
    "Bars",
    "BoxRubric",
    "ChoiceRubric",
    "Finding",
    "ItemReview",
    "KeypointRubric",
    "MaskRubric",
    "Measure",
    "PolygonRubric",
    "RegionRubric",
    "RelationRubric",
    "Review",
    "RotatedBoxRubric",
    "Rubric",
    "SpanRubric",
    "SummaryRubric",
    "WordBoxRubric",
    "review",
]


def review(labels: LabelSet, gold: Gold, rubric: Rubric, *, items: Sequence[Item], classes: Sequence[str]) -> Review:
    """Judge ``labels`` against ``gold``.

    Args:
        labels: What the learner labelled.
        gold: What is right; must hold every item of ``items``.
        rubric: How to judge; its type decides which comparison runs.
        items: The items that count, labelled or not.
        classes: Class names of the ontology, in its order.

    Raises:
        GoldError: An item has no gold.
    """
    match rubric:
        case RegionRubric():
            from goldlabel.review.regions import review_regions

            return review_regions(labels, gold, rubric, items=items, classes=classes)
        case ChoiceRubric():
            from goldlabel.review.choices import review_choices

            return review_choices(labels, gold, rubric, items=items, classes=classes)
        case SpanRubric():
            from goldlabel.review.spans import review_spans

            return review_spans(labels, gold, rubric, items=items, classes=classes)
        case RelationRubric():
            from goldlabel.review.relations import review_relations

            return review_relations(labels, gold, rubric, items=items, classes=classes)
        case SummaryRubric():
            from goldlabel.review.summaries import review_summaries

            return review_summaries(labels, gold, rubric, items=items, classes=classes)
        case _:
            raise GoldlabelError(f"No review is known for {type(rubric).__name__}")
