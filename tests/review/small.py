"""What review tests share: a picture of 600 x 600 pixels and short ways to say boxes, gold and labels.

The picture is divided into thirds, so that places are easy to name:

       0       200      400      600
     0  +--------+--------+--------+
        | top    | top    | top    |
        | left   |        | right  |
   200  +--------+--------+--------+
        | left   | middle | right  |
   400  +--------+--------+--------+
        | bottom | bottom | bottom |
        | left   |        | right  |
   600  +--------+--------+--------+
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldlabel.annotations import Box, Gold, Item, ItemGold, ItemLabels, LabelSet
from goldlabel.review import BoxRubric, Review, review

CLASSES = ("apple", "banana", "lemon")
RUBRIC = BoxRubric(
    measure_bars={"f1": 0.9, "mean_overlap": 0.8},
    rules={"missing": "R1", "extra": "R6", "mismatching_label": "R7", "low_overlap": "R3"},
)


def picture(name: str = "pic-1") -> Item:
    return Item(name, f"{name}.jpg", 600, 600, "practice", "rendered", "CC0-1.0", "0" * 64, "easy")


def box(name: str, *xyxy: float, label: str = "apple", **attributes: bool | float | str) -> Box:
    return Box(name, label, xyxy, attributes=attributes)


def judge_many(
    labels: Mapping[str, ItemLabels], gold: Mapping[str, Sequence[Box]], rubric: BoxRubric = RUBRIC
) -> Review:
    """Judge ``labels`` against ``gold``; every item that has gold counts."""
    true = Gold(
        dataset="d",
        pool="practice",
        version="1.2.0",
        made="drawn",
        agreement="exact",
        items={name: ItemGold(tuple(boxes)) for name, boxes in gold.items()},
    )
    mine = LabelSet(exercise="e", items=dict(labels))
    return review(mine, true, rubric, items=[picture(name) for name in gold], classes=CLASSES)


def judge(labels: Sequence[Box], gold: Sequence[Box], *, done: bool = True, rubric: BoxRubric = RUBRIC) -> Review:
    """Judge the labels of one picture."""
    return judge_many({"pic-1": ItemLabels(tuple(labels), done=done)}, {"pic-1": gold}, rubric)
