"""Rubrics of what happens in time: objects that are followed through a clip, events with a beginning and an end."""

from __future__ import annotations

from typing import ClassVar

from goldlabel.review.rubric_base import TaskRubric

__all__ = ["EventRubric", "TrackRubric"]


def _check_shares(*shares: float) -> None:
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError("the thresholds and weights of a rubric lie in 0 to 1")


def _check_tightness(start: float, full: float) -> None:
    if not start < full:
        raise ValueError("tight_from must be smaller than tight_full")


class TrackRubric(TaskRubric, frozen=True, kw_only=True, tag="tracks"):
    """Tracks of a clip, frame by frame, by IoU.

    The score is a weighted mean of three figures: IDF1 (does every track keep to one object?), MOTA (is every object
    boxed in every frame, and nothing else? A figure below 0 counts as 0), and tightness, which grows linearly from 0
    at a mean overlap of ``tight_from`` to 1 at ``tight_full`` and is multiplied by the share of the gold boxes that
    were followed. In all of them a box follows an object when their overlap is at least ``match_at`` and the track
    has the object's class.

    Frames in which less than ``visible_from`` of an object can be seen are set aside: a box on it is neither rewarded
    nor punished, and none is asked for.

    Attributes:
        match_at: Overlap from which a box follows an object (MOT16: 0.5).
        low_overlap: Below it a box is called loose.
        visible_from: Share of an object that must be seen for a frame to count.
        tight_from: Mean overlap that earns no tightness.
        tight_full: Mean overlap that earns full tightness.
        identity_weight: Share of IDF1 in the score.
        boxes_weight: Share of MOTA in the score; tightness has the rest.
        tolerance: A fault is told from so many frames in a row on; shorter ones only count.
    """

    match_at: float = 0.5
    low_overlap: float = 0.7
    visible_from: float = 0.25
    tight_from: float = 0.5
    tight_full: float = 0.85
    identity_weight: float = 0.5
    boxes_weight: float = 0.3
    tolerance: int = 2

    measures: ClassVar[tuple[str, ...]] = (
        "idf1",
        "mota",
        "hota",
        "motp",
        "recall",
        "precision",
        "switches",
        "fragments",
    )
    ceilings: ClassVar[frozenset[str]] = frozenset({"switches", "fragments"})

    def __post_init__(self) -> None:
        """Refuse numbers that would make the score meaningless."""
        super().__post_init__()
        _check_shares(self.match_at, self.low_overlap, self.visible_from, self.tight_from, self.tight_full)
        _check_tightness(self.tight_from, self.tight_full)
        _check_shares(self.identity_weight, self.boxes_weight)
        if self.identity_weight + self.boxes_weight > 1:
            raise ValueError("identity_weight and boxes_weight are shares of one score")
        if self.tolerance < 1:
            raise ValueError("tolerance is 1 frame at least")


class EventRubric(TaskRubric, frozen=True, kw_only=True, tag="events"):
    """Events of a clip, by temporal IoU: the time that both share by the time that either takes.

    Labels and gold of one class are paired one to one at a temporal IoU of ``match_at``; what is left, whatever its
    class, at ``count_at``. A pair counts as found when the class is right and the temporal IoU is at least
    ``count_at``. The score is a weighted mean of F1
    and tightness, as for boxes: tightness grows from 0 at a mean temporal IoU of ``tight_from`` to 1 at
    ``tight_full``, and is multiplied by the share of the events that were matched at all.

    Attributes:
        match_at: Temporal IoU from which a label and a gold event of its class are the same event.
        count_at: Temporal IoU from which the event counts as found.
        tolerance: Seconds by which a boundary may be off before it is told.
        tight_from: Mean temporal IoU that earns no tightness.
        tight_full: Mean temporal IoU that earns full tightness.
        f1_weight: Share of F1 in the score; tightness has the rest.
        map_at: Temporal IoUs over which mean average precision is taken.
    """

    match_at: float = 0.1
    count_at: float = 0.5
    tolerance: float = 0.3
    tight_from: float = 0.4
    tight_full: float = 0.85
    f1_weight: float = 0.75
    map_at: tuple[float, ...] = (0.3, 0.4, 0.5, 0.6, 0.7)

    measures: ClassVar[tuple[str, ...]] = ("f1", "map", "mean_overlap", "recall", "precision", "boundary")
    ceilings: ClassVar[frozenset[str]] = frozenset({"boundary"})

    def __post_init__(self) -> None:
        """Refuse numbers that would make the score meaningless."""
        super().__post_init__()
        _check_shares(self.match_at, self.count_at, self.tight_from, self.tight_full, self.f1_weight, *self.map_at)
        _check_tightness(self.tight_from, self.tight_full)
        if self.tolerance < 0 or not self.map_at:
            raise ValueError("tolerance is 0 s at least, and map_at names one temporal IoU at least")
