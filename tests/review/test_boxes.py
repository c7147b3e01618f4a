"""The review of boxes: every kind of finding with its sentence, and what the score must never do.

The picture is 300 x 200; gold is an apple, a pear and a lemon:

      0        100        200       300
    0 +---------------------------------+
      | [apple]                         |      apple (10, 10, 70, 70)
      |            [pear ]              |      pear  (110, 60, 170, 140)
      |                      [lemon]    |      lemon (220, 120, 290, 180)
  200 +---------------------------------+
"""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Box, Gold, Item, ItemGold, ItemLabels, LabelSet
from goldlabel.review import BoxRubric, Review, review
from goldlabel.review.findings import Finding

CLASSES = ("apple", "lemon", "pear")
APPLE = Box("g1", "apple", (10.0, 10.0, 70.0, 70.0))
PEAR = Box("g2", "pear", (110.0, 60.0, 170.0, 140.0))
LEMON = Box("g3", "lemon", (220.0, 120.0, 290.0, 180.0))
HIDDEN = Box("g4", "pear", (100.0, 10.0, 120.0, 30.0), {"difficult": True, "visibility": 0.1})
RULES = {"missing": "R1", "extra": "R6", "mismatching_label": "R7", "low_overlap": "R3"}
RUBRIC = BoxRubric(rules=RULES, measure_bars={"f1": 0.9, "mean_iou": 0.8})


def item(name: str = "one") -> Item:
    return Item(name, "x.jpg", 300, 200, "practice", "rendered", "CC-BY-4.0", "", "easy")


def judge(*boxes: Box, gold=(APPLE, PEAR, LEMON), done: bool = True, rubric: BoxRubric = RUBRIC) -> Review:
    labels = LabelSet(exercise="e", items={"one": ItemLabels(tuple(boxes), done=done)})
    right = Gold(dataset="d", pool="practice", version="1", made="", agreement="", items={"one": ItemGold(tuple(gold))})
    return review(labels, right, rubric, items=[item()], classes=CLASSES)


def yours(gold: Box, name: str = "a1", **changes) -> Box:
    return msgspec.structs.replace(gold, id=name, attributes={}, **changes)


ALL = (yours(APPLE, "a1"), yours(PEAR, "a2"), yours(LEMON, "a3"))


def only(judged: Review) -> Finding:
    (finding,) = judged.findings
    return finding


class TestFindings:
    def test_perfect(self) -> None:
        judged = judge(*ALL)
        assert judged.score == 1
        assert judged.level == "production"
        assert judged.findings == ()
        assert judged.decisions == 3

    def test_missing(self) -> None:
        finding = only(judge(*ALL[:2]))
        assert (finding.kind, finding.severity, finding.rule, finding.gold) == ("missing", "error", "R1", "g3")
        assert finding.message == "You missed a lemon at the bottom right."

    def test_missing_says_what_made_it_hard(self) -> None:
        hard = msgspec.structs.replace(LEMON, attributes={"truncated": True, "occluded": True, "visibility": 0.4})
        finding = only(judge(*ALL[:2], gold=(APPLE, PEAR, hard)))
        assert finding.message == (
            "You missed a lemon at the bottom right (cut by the edge of the picture; partly hidden, about 40 % of it "
            "can be seen)."
        )

    def test_extra(self) -> None:
        finding = only(judge(*ALL, Box("a4", "apple", (150.0, 5.0, 180.0, 25.0))))
        assert (finding.kind, finding.rule, finding.label) == ("extra", "R6", "a4")
        assert finding.message == "Your apple box at the top has nothing in it that should be boxed."

    def test_twice(self) -> None:
        finding = only(judge(*ALL, yours(APPLE, "a4", xyxy=(12.0, 12.0, 72.0, 72.0))))
        assert finding.kind == "extra"
        assert finding.message == "The apple at the top left has two boxes; one object gets one box."

    def test_beside_the_object(self) -> None:
        finding = only(judge(*ALL, Box("a4", "apple", (40.0, 10.0, 100.0, 70.0))))
        assert finding.message == (
            "Your apple box at the top left fits no object: the nearest, an apple, overlaps 0.33."
        )

    def test_wrong_class(self) -> None:
        judged = judge(ALL[0], ALL[1], yours(LEMON, "a3", label="pear"))
        finding = only(judged)
        assert (finding.kind, finding.rule, finding.classes) == ("mismatching_label", "R7", ("pear", "lemon"))
        assert finding.message == "You called it a pear; it is a lemon, at the bottom right."
        assert {row.label: row.confused for row in judged.classes} == {"apple": 0, "lemon": 1, "pear": 0}

    def test_loose(self) -> None:
        judged = judge(yours(APPLE, xyxy=(2.0, 10.0, 90.0, 70.0)), ALL[1], ALL[2])
        finding = only(judged)
        assert (finding.kind, finding.severity, finding.rule) == ("low_overlap", "warning", "R3")
        assert finding.value == pytest.approx(60 / 88)
        assert finding.message == (
            "The box on the apple at the top left is not tight: the right side leaves 20 px of air and the left side "
            "leaves 8 px of air (overlap 0.68)."
        )
        assert judged.classes[0].found == 1

    def test_too_loose_to_count(self) -> None:
        """Overlap 0.45: the same object, but neither found nor a stray box."""
        judged = judge(yours(APPLE, xyxy=(10.0, 10.0, 70.0, 37.0)), ALL[1], ALL[2])
        finding = only(judged)
        assert (finding.kind, finding.severity) == ("low_overlap", "error")
        assert "too far off to count: the bottom cuts 33 px off" in finding.message
        assert judged.classes[0].found == 0
        assert {measure.name: measure.value for measure in judged.measures}["f1"] == pytest.approx(4 / 6)

    def test_not_labelled(self) -> None:
        finding = only(judge(done=False))
        assert finding.kind == "unlabelled"
        assert judge(done=False).score == 0

    def test_done_and_empty_is_a_statement(self) -> None:
        assert [finding.kind for finding in judge(done=True).findings] == ["missing"] * 3
        assert judge(done=True, gold=()).score == 1

    @pytest.mark.parametrize(
        ("box", "words"),
        [
            (Box("bad", "durian", (1.0, 1.0, 9.0, 9.0)), "has the class 'durian', which this exercise does not know"),
            (Box("bad", "apple", (9.0, 9.0, 1.0, 1.0)), "has no area, or its corners are swapped"),
            (Box("bad", "apple", (400.0, 10.0, 420.0, 30.0)), "lies outside the picture of 300 x 200 pixels"),
            (Box("bad", "apple", (math.nan, 1.0, 2.0, 3.0)), "has a coordinate that is not a number"),
            (Box("bad", "apple", (1.0, 1.0, math.inf, 3.0)), "has a coordinate that is not a number"),
        ],
    )
    def test_unreadable_is_no_labelling_error(self, box, words) -> None:
        judged = judge(*ALL, box)
        assert judged.score == 1
        finding = only(judged)
        assert (finding.kind, finding.severity) == ("invalid", "format")
        assert finding.message == f"The box bad {words}; it was left out."

    def test_a_hand_that_slips_over_the_edge_means_the_edge(self) -> None:
        corner = Box("g1", "apple", (0.0, 0.0, 60.0, 60.0))
        assert judge(yours(corner, xyxy=(-9.0, -9.0, 60.0, 60.0)), gold=(corner,)).score == 1


class TestDifficultGold:
    @pytest.mark.parametrize("extra", [(), (yours(HIDDEN, "a4"),)])
    def test_neither_rewarded_nor_punished(self, extra) -> None:
        judged = judge(*ALL, *extra, gold=(APPLE, PEAR, LEMON, HIDDEN))
        assert judged.score == 1
        assert judged.decisions == 3
        assert judged.findings == ()
        assert judged.items["one"].covered == tuple(box.id for box in extra)

    def test_takes_no_label_away_from_scored_gold(self) -> None:
        twin = msgspec.structs.replace(APPLE, id="g9", attributes={"difficult": True})
        assert judge(*ALL, gold=(twin, APPLE, PEAR, LEMON)).score == 1


class TestScore:
    def test_tight_boxes_on_a_third_of_the_work(self) -> None:
        """F1 = 2 / (2 + 2) = 0.5; tightness 1, times a third of the objects: 0.75 * 0.5 + 0.25 / 3."""
        assert judge(ALL[0]).score == pytest.approx(0.375 + 0.25 / 3)

    def test_production_asks_for_every_measure(self) -> None:
        strict = msgspec.structs.replace(RUBRIC, measure_bars={"mean_iou": 0.99})
        boxes = [
            yours(gold, gold.id, xyxy=(x1, y1, x2, y2 + 4))
            for gold in (APPLE, PEAR, LEMON)
            for x1, y1, x2, y2 in [gold.xyxy]
        ]
        assert judge(*boxes).level == "production"
        assert judge(*boxes, rubric=strict).level == "good"

    def test_interval_needs_five_pictures(self) -> None:
        def many(count: int) -> Review:
            names = [f"i{number}" for number in range(count)]
            labels = LabelSet(exercise="e", items={name: ItemLabels(ALL[:2], done=True) for name in names})
            gold = Gold(
                dataset="d", pool="p", version="1", made="", agreement="",
                items={name: ItemGold((APPLE, PEAR, LEMON)) for name in names},
            )  # fmt: skip
            return review(labels, gold, RUBRIC, items=[item(name) for name in names], classes=CLASSES)

        assert many(4).interval is None
        assert many(5).interval is not None

    def test_no_item_no_fault(self) -> None:
        gold = Gold(dataset="d", pool="p", version="1", made="", agreement="", items={})
        assert review(LabelSet(exercise="e"), gold, RUBRIC, items=[], classes=CLASSES).score == 1

    subsets = st.lists(st.sampled_from(range(3)), unique=True, max_size=3)

    @given(subsets, st.sampled_from(range(3)))
    def test_taking_a_right_box_away_never_helps(self, kept, gone) -> None:
        fewer = [ALL[k] for k in kept if k != gone]
        assert judge(*fewer).score <= judge(*fewer, ALL[gone]).score

    @given(subsets)
    def test_a_stray_box_never_helps(self, kept) -> None:
        boxes = [ALL[k] for k in kept]
        assert judge(*boxes, Box("s", "apple", (180.0, 5.0, 200.0, 25.0))).score <= judge(*boxes).score

    @given(st.permutations(range(3)))
    def test_order_changes_nothing(self, order) -> None:
        loose = (yours(APPLE, "a1", xyxy=(5.0, 5.0, 80.0, 80.0)), *ALL[1:])
        assert judge(*[loose[k] for k in order]).score == pytest.approx(judge(*loose).score)


class TestHints:
    def test_at_most_three_and_never_where(self) -> None:
        judged = judge(
            yours(APPLE, "a1", xyxy=(2.0, 2.0, 80.0, 80.0)),
            yours(LEMON, "a3", label="pear"),
            Box("s", "apple", (180.0, 5.0, 200.0, 25.0)),
        )
        hints = judged.hints()
        assert len(hints) == 3
        possible = {
            "Missing: pear",
            "Extra: apple",
            "Confused classes: lemon and pear",
            "Boxes that are too loose or cut the object",
        }
        assert set(hints) <= possible
