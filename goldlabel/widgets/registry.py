"""Which widget labels which task: the one place to look when a task type joins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from goldlabel.annotations import Item
from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec
from goldlabel.store import LabelStore
from goldlabel.widgets.base import Labeller
from goldlabel.widgets.boxes import BoxLabeller
from goldlabel.widgets.choices import ChoiceLabeller
from goldlabel.widgets.events import EventLabeller
from goldlabel.widgets.keypoints import KeypointLabeller
from goldlabel.widgets.masks import MaskLabeller
from goldlabel.widgets.polygons import PolygonLabeller
from goldlabel.widgets.relations import RelationLabeller
from goldlabel.widgets.rotated import RotatedBoxLabeller
from goldlabel.widgets.segments import SegmentLabeller, TranscriptLabeller
from goldlabel.widgets.spans import SpanLabeller
from goldlabel.widgets.summaries import SummaryLabeller
from goldlabel.widgets.tracks import TrackLabeller
from goldlabel.widgets.word_boxes import WordBoxLabeller

__all__ = ["LABELLERS", "make_labeller"]

LABELLERS: Mapping[str, type[Labeller]] = {
    "boxes": BoxLabeller,
    "choice": ChoiceLabeller,
    "events": EventLabeller,
    "keypoints": KeypointLabeller,
    "masks": MaskLabeller,
    "polygons": PolygonLabeller,
    "relations": RelationLabeller,
    "rotated_boxes": RotatedBoxLabeller,
    "segments": SegmentLabeller,
    "spans": SpanLabeller,
    "summary": SummaryLabeller,
    "tracks": TrackLabeller,
    "transcript": TranscriptLabeller,
    "word_boxes": WordBoxLabeller,
}
"""By :attr:`goldlabel.exercises.ExerciseSpec.task`."""


def make_labeller(
    spec: ExerciseSpec,
    items: Sequence[Item],
    store: LabelStore,
    *,
    check: Callable[[str], str] | None = None,
) -> Labeller:
    """The widget for an exercise; see :class:`~goldlabel.widgets.base.Labeller` for the arguments.

    Raises:
        ExerciseError: No widget labels this task.
    """
    if spec.task not in LABELLERS:
        raise ExerciseError(
            f"There is no widget for the task {spec.task!r}",
            where=spec.id,
            todo=f"Use one of: {', '.join(LABELLERS)}.",
        )
    return LABELLERS[spec.task](spec, items, store, check=check)
