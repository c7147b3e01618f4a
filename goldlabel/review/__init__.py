"""Compares a label set with gold under a rubric, as a quality team would: matching, findings, score."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goldlabel.annotations import Gold, Item, LabelSet
from goldlabel.errors import GoldlabelError
from goldlabel.review.findings import Finding, ItemReview, Measure, Review
from goldlabel.review.rubric import (
    Bars,
    BoxRubric,
    ChoiceRubric,
    EventRubric,
    KeypointRubric,
    MaskRubric,
    PolygonRubric,
    RegionRubric,
    RelationRubric,
    RotatedBoxRubric,
    Rubric,
    SegmentRubric,
    SpanRubric,
    SummaryRubric,
    TrackRubric,
    TranscriptRubric,
    WordBoxRubric,
)

__all__ = [
    "Bars",
    "BoxRubric",
    "ChoiceRubric",
    "EventRubric",
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
    "SegmentRubric",
    "SpanRubric",
    "SummaryRubric",
    "TrackRubric",
    "TranscriptRubric",
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
    engine = _engine(rubric)
    return engine(labels, gold, rubric, items=items, classes=classes)


def _engine(rubric: Rubric) -> Callable[..., Review]:  # noqa: PLR0911  (one a task)
    """What judges by a rubric; only that much is imported."""
    match rubric:
        case RegionRubric():
            from goldlabel.review.regions import review_regions

            return review_regions
        case ChoiceRubric():
            from goldlabel.review.choices import review_choices

            return review_choices
        case SpanRubric():
            from goldlabel.review.spans import review_spans

            return review_spans
        case RelationRubric():
            from goldlabel.review.relations import review_relations

            return review_relations
        case SummaryRubric():
            from goldlabel.review.summaries import review_summaries

            return review_summaries
        case TrackRubric():
            from goldlabel.review.tracks import review_tracks

            return review_tracks
        case EventRubric():
            from goldlabel.review.events import review_events

            return review_events
        case SegmentRubric():
            from goldlabel.review.segments import review_segments

            return review_segments
        case TranscriptRubric():
            from goldlabel.review.transcripts import review_transcripts

            return review_transcripts
        case _:
            raise GoldlabelError(f"No review is known for {type(rubric).__name__}")
