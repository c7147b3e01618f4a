"""Simulated hands draw every label type: a perfect one as gold is, a careless one worse, but never unreadably."""

from __future__ import annotations

import math
from random import Random

import msgspec
import pytest

from autograder.hands import Habit, redrawn
from autograder.simulated import PERFECT, SLOPPY
from goldlabel.annotations import Annotation, Choice, WordBox
from goldlabel.review import (
    BoxRubric,
    KeypointRubric,
    MaskRubric,
    PolygonRubric,
    RegionRubric,
    RotatedBoxRubric,
    WordBoxRubric,
)
from tests.review.figures import FRONT, GOLD_FIGURE, figure, judge_regions, mask, polygon, square, turned
from tests.review.small import box, picture

CIRCLE = [(300 + 80 * math.cos(k / 20), 300 + 80 * math.sin(k / 20)) for k in range(125)]  # a point every 4 pixels
POINTS = KeypointRubric(sigmas=dict.fromkeys(FRONT, 0.08))
GOLD: dict[str, tuple[RegionRubric, list[Annotation]]] = {
    "boxes": (BoxRubric(), [box("g1", 50, 50, 250, 200), box("g2", 350, 350, 500, 560)]),
    "rotated boxes": (
        RotatedBoxRubric(),
        [turned("g1", (200, 200), (180, 80), 30), turned("g2", (430, 400), (90, 160), -20)],
    ),
    "polygons": (
        PolygonRubric(),
        [polygon("g1", CIRCLE), polygon("g2", square(10, 10, 90, 90), square(120, 10, 160, 90))],
    ),
    "masks": (MaskRubric(), [mask("g1", (50, 50, 250, 200)), mask("g2", (350, 350, 500, 560), (300, 300, 340, 340))]),
    "keypoints": (POINTS, [GOLD_FIGURE]),
    "word boxes": (
        WordBoxRubric(),
        [
            WordBox("g1", "apple", ((50, 60), (80, 58), (81, 74), (51, 76)), "5th"),
            WordBox("g2", "apple", ((300, 300), (324, 300), (324, 316), (300, 316)), "10"),
        ],
    ),
}
every_type = pytest.mark.parametrize("task", GOLD)


def labelled(task: str, habit: Habit, seed: int) -> list[Annotation]:
    random = Random(seed)
    return [redrawn(one, habit, picture(), random) for one in GOLD[task][1]]


@every_type
def test_a_perfect_hand_draws_gold(task: str) -> None:
    rubric, gold = GOLD[task]
    judged = judge_regions(rubric, labelled(task, PERFECT, 1), gold)
    assert (judged.score, judged.findings) == (pytest.approx(1.0, abs=0.001), ())


@every_type
def test_a_careless_hand_is_worse_but_readable(task: str) -> None:
    rubric, gold = GOLD[task]
    scores = []
    for seed in range(6):
        judged = judge_regions(rubric, labelled(task, SLOPPY, seed), gold)
        assert not [one for one in judged.findings if one.kind == "invalid"]
        scores.append(judged.score)
    assert sum(scores) / len(scores) < 0.9


@every_type
def test_the_seed_decides(task: str) -> None:
    assert labelled(task, SLOPPY, 3) == labelled(task, SLOPPY, 3)


def test_left_and_right_and_visibility() -> None:
    swapping = Habit(name="mirror", swaps=1.0, forgets=1.0)
    (mine,) = [redrawn(figure("g1", area=40_000), swapping, picture(), Random(1))]
    assert mine.points["left_hand"] == (200, 260, 2)
    assert mine.points["right_hand"] == (400, 260, 2)
    assert mine.area == 0.0


def test_a_choice_does_not_tell_what_else_would_do() -> None:
    assert redrawn(Choice("class", "apple", accepted=("pear",)), PERFECT, picture(), Random(1)) == Choice(
        "class", "apple"
    )


@every_type
def test_at_the_edge_of_the_picture_labels_stay_on_it(task: str) -> None:
    rubric, gold = GOLD[task]
    wide = msgspec.structs.replace(SLOPPY, air=1.0, shake=20.0)
    judged = judge_regions(rubric, labelled(task, wide, 5), gold)
    assert not [one for one in judged.findings if one.kind == "invalid"]
