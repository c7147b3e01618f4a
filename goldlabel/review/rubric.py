"""Rubrics: how labels of a task type are judged. Data from ``exercise.toml``; one struct a task type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from goldlabel.review.rubric_base import Bars, TaskRubric
from goldlabel.review.rubric_sound import SegmentRubric, TranscriptRubric
from goldlabel.review.rubric_time import EventRubric, TrackRubric

__all__ = [
    "Bars",
    "BoxRubric",
    "ChoiceRubric",
    "EventRubric",
    "KeypointRubric",
    "MaskRubric",
    "PolygonRubric",
    "RegionRubric",
    "RelationRubric",
    "RotatedBoxRubric",
    "Rubric",
    "SegmentRubric",
    "SpanRubric",
    "SummaryRubric",
    "TrackRubric",
    "TranscriptRubric",
    "WordBoxRubric",
]


class RegionRubric(TaskRubric, frozen=True, kw_only=True):
    """How annotations are judged that each mark one object of a picture.

    Labels and gold are paired one to one, blind to the class, at an overlap of ``match_at`` (CVAT's quality control
    uses an IoU of 0.4). A pair counts as found when the class is right and the overlap is at least ``count_at``.
    The score is a weighted mean of F1 and tightness. Tightness grows linearly from 0 at a mean overlap of
    ``tight_from`` to 1 at ``tight_full``, and is multiplied by the share of the objects that were matched at all:
    tight labels on half of the objects are half of the work.

    What overlap means, the task says: IoU of boxes and polygons, Dice of masks, object keypoint similarity.

    Attributes:
        match_at: Overlap from which a label and a gold annotation are the same object.
        count_at: Overlap from which the object counts as found.
        low_overlap: Below it a label is called loose (CVAT: 0.8).
        tight_from: Mean overlap that earns no tightness.
        tight_full: Mean overlap that earns full tightness: what a careful person reaches with a mouse.
        f1_weight: Share of F1 in the score; tightness has the rest.
        judged_attributes: Attributes that the learner sets; those of found objects are compared with gold.
    """

    match_at: float = 0.4
    count_at: float = 0.5
    low_overlap: float = 0.8
    tight_from: float = 0.5
    tight_full: float = 0.9
    f1_weight: float = 0.75
    judged_attributes: tuple[str, ...] = ()

    measures: ClassVar[tuple[str, ...]] = ("f1", "mean_overlap", "recall", "precision", "attributes")

    def __post_init__(self) -> None:
        """Refuse numbers that would make the score meaningless."""
        super().__post_init__()
        shares = (self.match_at, self.count_at, self.low_overlap, self.tight_from, self.tight_full, self.f1_weight)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("the thresholds and weights of a rubric lie in 0 to 1")
        if not self.tight_from < self.tight_full:
            raise ValueError("tight_from must be smaller than tight_full")


class BoxRubric(RegionRubric, frozen=True, kw_only=True, tag="boxes"):
    """Boxes, by IoU."""


class RotatedBoxRubric(RegionRubric, frozen=True, kw_only=True, tag="rotated_boxes"):
    """Rotated boxes, by IoU."""


class PolygonRubric(RegionRubric, frozen=True, kw_only=True, tag="polygons"):
    """Outlines, by IoU."""

    f1_weight: float = 0.5


class MaskRubric(RegionRubric, frozen=True, kw_only=True, tag="masks"):
    """Masks, by Dice. A Dice of 0.57 is an IoU of 0.4, and 0.67 one of 0.5."""

    match_at: float = 0.5
    count_at: float = 0.6
    f1_weight: float = 0.5
    tight_full: float = 0.92


class KeypointRubric(RegionRubric, frozen=True, kw_only=True, tag="keypoints"):
    """Keypoints, by object keypoint similarity (COCO).

    Attributes:
        sigmas: Falloff by name of the point, as a share of the object's scale; COCO's for its 17 joints unless told.
    """

    f1_weight: float = 0.5
    sigmas: Mapping[str, float] = {}

    measures: ClassVar[tuple[str, ...]] = (*RegionRubric.measures, "visibility")


class WordBoxRubric(RegionRubric, frozen=True, kw_only=True, tag="word_boxes"):
    """Words on a page, by IoU of their corners, and by what was read.

    The score has a third part, reading. It falls linearly from 1 at a character error rate of 0 to nothing at
    ``worst_cer``; a word that was not found counts as all of its characters deleted. F1 asks for the right field, too.

    Attributes:
        reading_weight: Share of reading in the score; tightness has what ``f1_weight`` and this leave.
        worst_cer: Character error rate that earns no reading: more than every third sign is wrong.
        ignore_case: Whether capitals are read like small letters.
    """

    f1_weight: float = 0.5
    reading_weight: float = 0.4
    worst_cer: float = 0.4
    low_overlap: float = 0.6
    tight_full: float = 0.8
    ignore_case: bool = False

    measures: ClassVar[tuple[str, ...]] = ("f1", "cer", "mean_overlap", "recall", "precision", "fields")
    ceilings: ClassVar[frozenset[str]] = frozenset({"cer"})

    def __post_init__(self) -> None:
        """Refuse weights that sum to more than the whole."""
        super().__post_init__()
        if not 0 <= self.reading_weight <= 1 - self.f1_weight:
            raise ValueError("f1_weight and reading_weight are shares of one score")
        if not 0 < self.worst_cer <= 1:
            raise ValueError("worst_cer lies above 0, and 1 at most")


class SpanRubric(TaskRubric, frozen=True, kw_only=True, tag="spans"):
    """Stretches of a text.

    Attributes:
        scheme: ``exact`` (names): a span counts when both ends and the class are right (CoNLL's and SemEval's strict
            scheme), and the score is its F1. ``redaction`` (what must be hidden): a gold span counts when spans of
            whatever class cover all of its letters and digits, a span of yours when at least half of what it hides
            had to be hidden, and the score is F2, which counts recall four times as much as precision.
        boundary_rule: Rule of the guideline that a span with wrong ends breaks, by class; gold that names its own
            ``rule`` comes first.
        confusion_rules: Rule that a confusion breaks, by ``gold>label``.
    """

    scheme: Literal["exact", "redaction"] = "exact"
    boundary_rule: Mapping[str, str] = {}
    confusion_rules: Mapping[str, str] = {}

    measures: ClassVar[tuple[str, ...]] = (
        "f1",
        "precision",
        "recall",
        "boundary_f1",
        "type_f1",
        "partial_f1",
        "f2",
        "hidden",
        "classes",
    )
    redaction: ClassVar[frozenset[str]] = frozenset({"f2", "precision", "recall", "hidden", "classes"})
    """The measures of the scheme ``redaction``."""

    def __post_init__(self) -> None:
        """Refuse bars of measures that the scheme does not compute: nobody could miss them."""
        super().__post_init__()
        own = self.redaction if self.scheme == "redaction" else set(self.measures) - {"f2", "hidden", "classes"}
        if foreign := set(self.measure_bars) - own:
            raise ValueError(f"the scheme {self.scheme!r} does not measure {', '.join(sorted(foreign))}")


class RelationRubric(TaskRubric, frozen=True, kw_only=True, tag="relations"):
    """Relations between the given entities of a text, by F1: both ends, the direction and the class are right.

    Attributes:
        symmetric: Classes whose direction does not matter.
        confusion_rules: Rule of the guideline that a confusion breaks, by ``gold>label``.
    """

    symmetric: tuple[str, ...] = ()
    confusion_rules: Mapping[str, str] = {}

    measures: ClassVar[tuple[str, ...]] = ("f1", "precision", "recall", "pairs_f1")


class SummaryRubric(TaskRubric, frozen=True, kw_only=True, tag="summary"):
    """Summaries: faithful, complete, short, in words of one's own (see :mod:`goldlabel.review.summaries`).

    Attributes:
        most_words: A longer summary is too long.
        most_copied: So many words in a row, taken from the source, are a copy.
        novel_costs: What every number and every name costs that the source does not have, as a share of faithfulness.
    """

    most_words: int = 60
    most_copied: int = 10
    novel_costs: float = 0.5

    measures: ClassVar[tuple[str, ...]] = ("complete", "faithful", "short", "own_words")

    def __post_init__(self) -> None:
        """Refuse limits that no summary can keep."""
        super().__post_init__()
        if self.most_words < 1 or self.most_copied < 2:
            raise ValueError("a summary may have one word at least, and a run of copied words two")
        if not 0 <= self.novel_costs <= 1:
            raise ValueError("novel_costs lies in 0 to 1")


class ChoiceRubric(TaskRubric, frozen=True, kw_only=True, tag="choice"):
    """One class an item, by accuracy.

    The score is the accuracy over all items; an item without an answer is a wrong one.

    Attributes:
        confusion_rules: Rule of the guideline that a confusion breaks, by ``gold>label``; gold that names its own
            ``rule`` comes first.
        target: The one class that is looked for ("spam"); its F1 becomes a measure, ``f1``. Empty for none.
    """

    confusion_rules: Mapping[str, str] = {}
    target: str = ""

    measures: ClassVar[tuple[str, ...]] = ("accuracy", "macro_f1", "kappa", "f1")

    def __post_init__(self) -> None:
        """Refuse a bar for the F1 of no class."""
        super().__post_init__()
        if "f1" in self.measure_bars and not self.target:
            raise ValueError("measure_bars has f1, but the rubric names no target class")


Rubric = (
    ChoiceRubric
    | BoxRubric
    | RotatedBoxRubric
    | PolygonRubric
    | MaskRubric
    | KeypointRubric
    | WordBoxRubric
    | SpanRubric
    | RelationRubric
    | SummaryRubric
    | TrackRubric
    | EventRubric
    | SegmentRubric
    | TranscriptRubric
)
"""Any rubric; its tag is the task type."""
