"""Review of boxes: every finding with its sentence, the degenerate cases, and the laws of the score."""

from __future__ import annotations

import copy
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Box, Gold, ItemGold, ItemLabels, LabelSet
from goldlabel.errors import GoldError
from goldlabel.review import Bars, BoxRubric, Finding, review
from goldlabel.review.findings import Measure, Review
from goldlabel.review.html import measures_table, score_bar
from goldlabel.review.overlay import regions_overlay
from goldlabel.review.wording import article, shown
from tests.review.small import CLASSES, RUBRIC, box, judge, judge_many, picture

GOLD = (
    box("g1", 20, 20, 120, 120),
    box("g2", 250, 250, 350, 350, label="banana"),
    box("g3", 450, 450, 550, 550, label="lemon"),
)


def mine(gold: Box, name: str = "") -> Box:
    return msgspec.structs.replace(gold, id=name or gold.id.replace("g", "b"))


PERFECT = tuple(mine(one) for one in GOLD)


def only(judged: Review) -> Finding:
    """The one finding of a review."""
    assert len(judged.findings) == 1, [finding.message for finding in judged.findings]
    return judged.findings[0]


def measure(judged: Review, name: str) -> float:
    return next(one.value for one in judged.measures if one.name == name)


# --- the score --------------------------------------------------------------------------------------------


def test_perfect_labels_score_one() -> None:
    judged = judge(PERFECT, GOLD)
    assert judged.score == 1.0
    assert judged.level == "production"
    assert judged.findings == ()
    assert [measure(judged, name) for name in ("f1", "mean_overlap", "recall", "precision")] == [1.0] * 4
    assert (judged.decisions, judged.gold_version, judged.exercise) == (3, "1.2.0", "e")


def test_score_of_a_drawing() -> None:
    #    g1 +------+         b1 is right and exact           (IoU 1)
    #       +------+
    #    g2 +------+         b2 is exact, but called apple   (IoU 1)
    #       +------+
    #    g3 +------+         nobody saw it
    #       +------+
    # found 1, wrong 1, missed 2: F1 = 2 / (2 + 1 + 2) = 0.4
    # matched 2 of 3, mean overlap 1: tightness 1 x 2/3
    # 0.75 x 0.4 + 0.25 x 2/3 = 0.4667
    labels = [PERFECT[0], msgspec.structs.replace(PERFECT[1], label="apple")]
    judged = judge(labels, GOLD)
    assert judged.score == pytest.approx(0.75 * 0.4 + 0.25 * 2 / 3)
    assert judged.level == "below"
    assert measure(judged, "f1") == pytest.approx(0.4)
    assert measure(judged, "recall") == pytest.approx(1 / 3)
    assert measure(judged, "precision") == 0.5
    assert measure(judged, "mean_overlap") == 1.0


def test_tightness_is_linear_between_its_two_ends() -> None:
    #   gold 100 wide, the box the same but `share` as wide: IoU = share
    #   tightness 0 at 0.5, 1/2 at 0.7, 1 at 0.9 and above
    gold = [box("g1", 0, 0, 100, 100)]
    scores = [judge([box("b1", 0, 0, 100 * share, 100)], gold).score for share in (0.5, 0.7, 0.9, 1.0)]
    assert scores == pytest.approx([0.75, 0.875, 1.0, 1.0])


def test_each_class_has_its_row() -> None:
    labels = [PERFECT[0], msgspec.structs.replace(PERFECT[1], label="apple")]
    rows = {row.label: row for row in judge(labels, GOLD).classes}
    assert tuple(rows) == CLASSES
    #                gold  labelled  found  confused
    expected = {"apple": (1, 2, 1, 0), "banana": (1, 0, 0, 1), "lemon": (1, 0, 0, 0)}
    assert {name: (row.gold, row.labelled, row.found, row.confused) for name, row in rows.items()} == expected
    assert (rows["apple"].precision, rows["apple"].recall) == (0.5, 1.0)
    assert rows["apple"].f1 == pytest.approx(2 / 3)
    assert rows["banana"].f1 == 0.0


@pytest.mark.parametrize(
    ("score", "level"),
    [(0.69994, "below"), (0.69996, "pass"), (0.70, "pass"), (0.80, "good"), (0.89, "good"), (0.90, "production")],
)
def test_bars(score: float, level: str) -> None:
    assert Bars().level(score) == level


def test_production_asks_for_every_measure() -> None:
    #   ten objects, each with an exact box, and two boxes too many:
    #   F1 = 20 / 22 = 0.909 reaches 0.90; three too many: 20 / 23 = 0.870 does not,
    #   though the score 0.75 x 0.870 + 0.25 = 0.902 reaches production
    gold = [box(f"g{n}", 55 * n, 0, 55 * n + 50, 50) for n in range(10)]
    right = [mine(one) for one in gold]
    extra = [box(f"x{n}", 55 * n, 300, 55 * n + 50, 350) for n in range(3)]
    two, three = judge(right + extra[:2], gold), judge(right + extra, gold)
    assert three.score > 0.9
    assert (two.level, three.level) == ("production", "good")


# --- one test a finding -----------------------------------------------------------------------------------


def test_missing() -> None:
    finding = only(judge(PERFECT[:2], GOLD))
    assert finding.message == "You missed a lemon at the bottom right."
    assert (finding.kind, finding.severity, finding.rule) == ("missing", "error", "R1")
    assert (finding.item, finding.label, finding.gold, finding.classes) == ("pic-1", "", "g3", ("lemon",))


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"truncated": True}, " (cut by the edge of the picture)"),
        ({"occluded": True, "visibility": 0.4}, " (partly hidden, about 40 % of it can be seen)"),
        (
            {"truncated": True, "occluded": True, "visibility": 0.25},
            " (cut by the edge of the picture; partly hidden, about 25 % of it can be seen)",
        ),
        ({"occluded": False, "visibility": 1.0}, ""),
    ],
)
def test_missing_says_why_it_was_hard_to_see(attributes: dict, words: str) -> None:
    finding = only(judge([], [box("g1", 0, 250, 60, 350, **attributes)]))
    assert finding.message == f"You missed an apple on the left{words}."


def test_extra() -> None:
    finding = only(judge([*PERFECT, box("x", 450, 30, 550, 130)], GOLD))
    assert finding.message == "Your apple box at the top right has nothing in it that should be boxed."
    assert (finding.kind, finding.severity, finding.rule) == ("extra", "error", "R6")
    assert (finding.label, finding.gold, finding.value, finding.classes) == ("x", "", 0.0, ("apple",))


def test_extra_near_an_object() -> None:
    #   g1 20..120 (100 x 100), x the same moved right by 50: 5000 / 15000 = 0.33
    finding = only(judge([*PERFECT, box("x", 70, 20, 170, 120)], GOLD))
    assert finding.message == "Your apple box at the top left fits no object: the nearest, an apple, overlaps 0.33."
    assert finding.value == pytest.approx(1 / 3)


def test_a_second_box_on_the_same_object() -> None:
    finding = only(judge([*PERFECT, box("x", 22, 20, 122, 120)], GOLD))
    assert finding.message == "The apple at the top left has two boxes; one object gets one box."
    assert (finding.kind, finding.label) == ("extra", "x")


def test_not_a_second_box_when_the_object_has_none() -> None:
    """With a stricter matching, a box that overlaps 0.45 fits nothing; the object is missed, not boxed twice."""
    strict = msgspec.structs.replace(RUBRIC, match_at=0.5)
    judged = judge([box("x", 0, 0, 45, 100)], [box("g1", 0, 0, 100, 100)], rubric=strict)
    assert [finding.message for finding in judged.findings] == [
        "Your apple box at the top left fits no object: the nearest, an apple, overlaps 0.45.",
        "You missed an apple at the top left.",
    ]


def test_the_better_of_two_boxes_is_the_one_that_counts() -> None:
    judged = judge([box("loose", 10, 10, 130, 130), box("tight", 20, 20, 120, 120)], GOLD[:1])
    assert [pair.label for pair in judged.items["pic-1"].pairs] == ["tight"]
    assert only(judged).label == "loose"


def test_order_decides_nothing_between_equal_boxes() -> None:
    """Two boxes on one place, one of each class: it must not depend on which was drawn first."""
    twins = [box("right", 20, 20, 120, 120), box("wrong", 20, 20, 120, 120, label="lemon")]
    for labels in (twins, twins[::-1]):
        judged = judge(labels, GOLD[:1])
        assert judged.score == pytest.approx(0.75 * 2 / 3 + 0.25)
        assert (only(judged).kind, only(judged).label) == ("extra", "wrong")


def test_order_decides_nothing_between_equal_gold() -> None:
    """An apple that hides a lemon of the same outline; the learner saw one of them."""
    gold = [box("g1", 20, 20, 120, 120, label="lemon"), box("g2", 20, 20, 120, 120)]
    for true in (gold, gold[::-1]):
        finding = only(judge([box("b", 20, 20, 120, 120)], true))
        assert (finding.kind, finding.gold) == ("missing", "g1")


def test_wrong_class() -> None:
    labels = [PERFECT[0], msgspec.structs.replace(PERFECT[1], label="apple"), PERFECT[2]]
    finding = only(judge(labels, GOLD))
    assert finding.message == "You called it an apple; it is a banana, in the middle."
    assert (finding.kind, finding.severity, finding.rule) == ("mismatching_label", "error", "R7")
    assert (finding.label, finding.gold, finding.classes) == ("b2", "g2", ("apple", "banana"))


def test_loose_box() -> None:
    #   gold 250..350; the box leaves 20 on the left and cuts 10 at the top:
    #   shared 100 x 90, box 120 x 90, gold 100 x 100: 9000 / 11800 = 0.763
    labels = [PERFECT[0], box("b2", 230, 260, 350, 350, label="banana"), PERFECT[2]]
    finding = only(judge(labels, GOLD))
    assert finding.message == (
        "The box on the banana in the middle is not tight: "
        "the left side leaves 20 px of air and the top cuts 10 px off (overlap 0.76)."
    )
    assert (finding.kind, finding.severity, finding.rule) == ("low_overlap", "warning", "R3")
    assert finding.value == pytest.approx(9000 / 11800)


@pytest.mark.parametrize(("share", "kinds"), [(0.8, []), (0.79, ["low_overlap"])])
def test_at_the_bar_a_box_is_tight_enough(share: float, kinds: list[str]) -> None:
    judged = judge([box("b1", 0, 0, 100 * share, 100)], [box("g1", 0, 0, 100, 100)])
    assert [finding.kind for finding in judged.findings] == kinds


def test_a_single_bad_side_is_named_alone() -> None:
    labels = [PERFECT[0], box("b2", 220, 252, 350, 350, label="banana"), PERFECT[2]]
    assert only(judge(labels, GOLD)).message == (
        "The box on the banana in the middle is not tight: the left side leaves 30 px of air (overlap 0.75)."
    )


def test_a_box_too_loose_to_count_is_missed_and_wrong() -> None:
    #   half as high and a little narrower: 0.45, matched at 0.4 but under 0.5
    judged = judge([box("b1", 20, 20, 110, 70)], GOLD[:1])
    finding = only(judged)
    assert finding.message == (
        "The box on the apple at the top left is too far off to count: the bottom cuts 50 px off (overlap 0.45)."
    )
    assert (finding.kind, finding.severity) == ("low_overlap", "error")
    row = next(row for row in judged.classes if row.label == "apple")
    assert (row.gold, row.labelled, row.found) == (1, 1, 0)
    assert (measure(judged, "recall"), measure(judged, "precision")) == (0.0, 0.0)
    assert judged.score == 0.0


def test_wrong_class_and_loose_are_two_findings() -> None:
    judged = judge([box("b1", 0, 20, 120, 120, label="lemon"), *PERFECT[1:]], [*GOLD[:1], *GOLD[1:]])
    assert [finding.kind for finding in judged.findings] == ["mismatching_label"]
    judged = judge([box("b1", 0, 0, 120, 120, label="lemon"), *PERFECT[1:]], GOLD)
    assert [finding.kind for finding in judged.findings] == ["mismatching_label", "low_overlap"]


def test_unlabelled_item() -> None:
    judged = judge([], GOLD, done=False)
    finding = only(judged)
    assert finding.message == "This picture has no label yet."
    assert (finding.kind, finding.severity) == ("unlabelled", "error")
    assert judged.score == 0.0
    assert not judged.items["pic-1"].labelled


def test_an_item_that_is_absent_from_the_labels_is_unlabelled() -> None:
    judged = judge_many({}, {"pic-1": GOLD})
    assert (only(judged).kind, judged.score) == ("unlabelled", 0.0)


def test_done_and_empty_says_that_nothing_is_there() -> None:
    right, wrong = judge([], []), judge([], GOLD)
    assert (right.score, right.findings) == (1.0, ())
    assert wrong.score == 0.0
    assert [finding.kind for finding in wrong.findings] == ["missing"] * 3
    assert wrong.items["pic-1"].labelled


def test_boxes_where_nothing_is() -> None:
    judged = judge([box("x", 0, 0, 50, 50)], [])
    assert (judged.score, only(judged).kind) == (0.0, "extra")


def test_no_items_at_all() -> None:
    judged = judge_many({"pic-9": ItemLabels(PERFECT)}, {})
    assert (judged.score, judged.decisions, judged.items) == (1.0, 0, {})


def test_items_that_were_not_asked_are_ignored() -> None:
    extra = {"pic-1": ItemLabels(PERFECT), "pic-2": ItemLabels((box("x", 0, 0, 50, 50),))}
    assert judge_many(extra, {"pic-1": GOLD}) == judge_many({"pic-1": ItemLabels(PERFECT)}, {"pic-1": GOLD})


def test_an_item_without_gold_is_an_error() -> None:
    gold = Gold(dataset="d", pool="p", version="1", made="m", agreement="a", items={"pic-2": ItemGold()})
    with pytest.raises(GoldError, match="pic-1"):
        review(LabelSet(exercise="e"), gold, RUBRIC, items=[picture()], classes=CLASSES)


# --- difficult gold ---------------------------------------------------------------------------------------

HIDDEN = box("h1", 20, 300, 60, 360, label="lemon", difficult=True)


@pytest.mark.parametrize(
    "more",
    [
        [],
        [box("x", 20, 300, 60, 360, label="lemon")],
        [box("x", 20, 300, 60, 360, label="banana")],
        [box("x", 20, 300, 60, 335, label="lemon")],
        [box("x", 0, 280, 90, 390, label="lemon")],
        [box("x", 20, 300, 60, 360, label="lemon"), box("y", 18, 300, 60, 360, label="lemon")],
    ],
    ids=["not labelled", "labelled", "wrong class", "in part", "as a whole", "twice"],
)
def test_difficult_gold_is_neither_rewarded_nor_punished(more: list[Box]) -> None:
    for labels, gold in ((PERFECT, GOLD), (PERFECT[:1], GOLD), ((), GOLD)):
        plain, hard = judge(labels, gold), judge([*labels, *more], [*gold, HIDDEN])
        assert hard.score == plain.score
        assert hard.findings == plain.findings
        assert hard.classes == plain.classes
        assert hard.decisions == plain.decisions
        assert hard.items["pic-1"].covered == tuple(one.id for one in more)


def test_difficult_gold_takes_no_label_away_from_scored_gold() -> None:
    twin = msgspec.structs.replace(GOLD[0], id="h2", attributes={"difficult": True})
    assert judge(PERFECT, [twin, *GOLD]).score == 1.0


@pytest.mark.parametrize("label", ["lemon", "apple"])
def test_a_box_on_difficult_gold_is_not_taken_for_the_object_beside_it(label: str) -> None:
    #   g +----+------+    the difficult h is the left 45 of the 100 that g is wide: h overlaps g 0.45. A box on h,
    #     | h  |      |    drawn by somebody who missed g, is no bad box on g.
    #     +----+------+
    gold = [box("g", 100, 100, 200, 200), box("h", 100, 100, 145, 200, label="lemon", difficult=True)]
    on_hidden = box("x", 100, 100, 145, 200, label=label)
    judged = judge([on_hidden], gold)
    assert [finding.message for finding in judged.findings] == ["You missed an apple at the top left."]
    assert judged.items["pic-1"].covered == ("x",)
    assert (judged.score, measure(judged, "precision")) == (0.0, 0.0)
    # Whoever found g as well, well or badly, is judged as if h and the box on it were not there.
    for mine_on_g in (box("b", 100, 100, 200, 200), box("b", 100, 100, 200, 160, label="banana")):
        with_hidden, without = judge([mine_on_g, on_hidden], gold), judge([mine_on_g], gold)
        assert with_hidden.findings == without.findings
        assert with_hidden.score == without.score


def test_a_right_box_counts_even_if_something_hidden_has_nearly_the_same_outline() -> None:
    gold = [box("g", 100, 100, 200, 200), box("h", 100, 100, 200, 170, label="apple", difficult=True)]
    assert [pair.gold for pair in judge([box("b", 100, 100, 200, 172)], gold).items["pic-1"].pairs] == ["g"]


def test_a_box_beside_difficult_gold_is_extra() -> None:
    judged = judge([*PERFECT, box("x", 45, 300, 100, 360, label="lemon")], [*GOLD, HIDDEN])
    assert only(judged).kind == "extra"


def test_a_box_on_everything_is_not_forgiven_for_what_it_also_covers() -> None:
    judged = judge([*PERFECT, box("x", 0, 0, 600, 600, label="lemon")], [*GOLD, HIDDEN])
    assert only(judged).label == "x"


def test_a_second_box_is_not_forgiven_for_what_hides_behind_the_object() -> None:
    #   g1 +---------+
    #      |      +--|    the difficult one peeks out behind g1 and lies mostly in g1's box; a second box on g1
    #      |      |h |    covers it, too, but is a second box on g1
    #      +------+--+
    behind = box("h1", 90, 90, 125, 120, label="lemon", difficult=True)
    judged = judge([*PERFECT, box("x", 18, 20, 120, 120)], [*GOLD, behind])
    assert only(judged).message == "The apple at the top left has two boxes; one object gets one box."
    honest = judge([*PERFECT, box("x", 88, 88, 125, 120, label="lemon")], [*GOLD, behind])
    assert honest.findings == ()


# --- labels that cannot be judged -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (box("x", 10, 10, 50, 50, label="plum"), "has the class 'plum', which this exercise does not know"),
        (box("x", 50, 50, 10, 10), "has no area, or its corners are swapped"),
        (box("x", 50, 10, 10, 50), "has no area, or its corners are swapped"),
        (box("x", 10, 10, 10, 50), "has no area, or its corners are swapped"),
        (box("x", 700, 10, 750, 50), "lies outside the picture of 600 x 600 pixels"),
        (box("x", -50, 10, 0, 50), "lies outside the picture of 600 x 600 pixels"),
        (box("x", float("nan"), 10, 50, 50), "has a coordinate that is not a number"),
        (box("x", 10, 10, float("inf"), 50), "has a coordinate that is not a number"),
        (box("x", float("-inf"), float("nan"), 0, 0), "has a coordinate that is not a number"),
    ],
)
def test_a_label_that_cannot_be_judged_is_left_out_and_told(wrong: Box, problem: str) -> None:
    finding = only(judge([*PERFECT, wrong], GOLD))
    assert finding.message == f"The box x {problem}; it was left out."
    assert (finding.kind, finding.severity, finding.label) == ("invalid", "format", "x")
    assert judge([*PERFECT, wrong], GOLD).score == 1.0


def test_two_labels_of_one_id_cannot_be_told_apart() -> None:
    twin = msgspec.structs.replace(PERFECT[1], id="b1")
    judged = judge([PERFECT[0], twin, PERFECT[2]], GOLD)
    assert [finding.message for finding in judged.findings] == [
        "The box b1 has an id that another box of this picture has; it was left out.",
        "You missed a banana in the middle.",
    ]


@pytest.mark.parametrize(
    "corners", [(0, 0, 1.7e308, 1.7e308), (-1.7e308, -1.7e308, 1.7e308, 1.7e308), (590, 590, 1e308, 1e308)]
)
@pytest.mark.parametrize("gold", [GOLD, (), (HIDDEN,)])
def test_boxes_of_any_size_are_judged(corners: tuple, gold: tuple) -> None:
    judged = judge([Box("x", "apple", corners)], gold)
    assert 0 <= judged.score <= 1


any_number = st.floats() | st.sampled_from([0.0, 300.0, 600.0, -0.0, 1e308, -1e308, 5e-324])
any_box = st.builds(
    Box,
    st.sampled_from(["b1", "b2", "b3"]),
    st.sampled_from([*CLASSES, "plum", "<b>", ""]),
    st.tuples(any_number, any_number, any_number, any_number),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(any_box, max_size=4), st.booleans())
def test_whatever_is_labelled_is_judged_and_drawn(labels: list[Box], done: bool) -> None:
    gold = [*GOLD, HIDDEN]
    judged = judge(labels, gold, done=done)
    assert 0 <= judged.score <= 1
    told = [pair.label for pair in judged.items["pic-1"].pairs] + list(judged.items["pic-1"].covered)
    told += [finding.label for finding in judged.findings if finding.kind in ("extra", "invalid")]
    assert sorted(told) == sorted(one.id for one in labels)
    svg = regions_overlay(picture(), labels, gold, judged.items["pic-1"], picture="x", rubric=RUBRIC)
    assert len(ElementTree.fromstring(svg)) > 1
    msgspec.json.decode(msgspec.json.encode(judged), type=Review)


def test_what_reaches_over_the_edge_is_cut_at_the_edge() -> None:
    gold = [box("g1", 500, 0, 600, 100)]
    assert judge([box("b1", 500, -40, 640, 100)], gold).score == 1.0


@pytest.mark.parametrize(("value", "reached"), [(0.8, True), (0.79996, True), (0.79994, False), (0.9, True)])
def test_a_measure_reaches_its_bar_as_it_is_shown(value: float, reached: bool) -> None:
    assert Measure("f1", "F1", value, 0.8).reached is reached
    assert Measure("f1", "F1", value).reached


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0.00"),
        (0.7996, "0.79"),
        (0.79996, "0.80"),
        (0.8, "0.80"),
        (0.29, "0.29"),  # 100 x 0.29 is 28.999999999999996
        (0.9999, "0.99"),
        (1.0, "1.00"),
    ],
)
def test_figures_are_never_shown_as_a_bar_that_they_miss(value: float, words: str) -> None:
    assert shown(value) == words


def test_no_sentence_shows_the_bar_that_was_missed() -> None:
    loose, off = (judge([box("b1", 0, 0, width, 100)], [box("g1", 0, 0, 100, 100)]) for width in (79.6, 49.7))
    assert only(loose).message.endswith("is not tight: the right side cuts 20 px off (overlap 0.79).")
    assert only(off).message.endswith("is too far off to count: the right side cuts 50 px off (overlap 0.49).")
    table = measures_table([Measure("f1", "F1", 0.7971, 0.8)])
    assert "0.79" in table
    assert "below 0.80" in table
    assert "0.89" in score_bar(0.8961, "good", Bars())
    assert ">0.90<" not in score_bar(0.8961, "good", Bars())


@pytest.mark.parametrize("noun", ["an apple", "an egg", "an iris", "an orange", "an umbrella", "a pear", "an Apple"])
def test_articles(noun: str) -> None:
    assert article(noun.split()[1]) == noun


# --- hints ------------------------------------------------------------------------------------------------


def test_hints_are_coarse_and_few() -> None:
    labels = [
        msgspec.structs.replace(PERFECT[0], label="lemon"),
        box("b2", 230, 230, 360, 360, label="banana"),
        box("x", 450, 30, 550, 130),
        box("u", 10, 10, 50, 50, label="plum"),
    ]
    judged = judge_many({"pic-1": ItemLabels(tuple(labels))}, {"pic-1": GOLD, "pic-2": GOLD})
    hints = judged.hints()
    assert len({finding.kind for finding in judged.findings}) == 6
    assert len(hints) == 3
    allowed = {
        "Confused classes: apple and lemon",
        "Boxes that are too loose or cut the object",
        "Extra: apple",
        "Missing: lemon",
        "Labels that could not be read",
        "Items without any label",
    }
    assert set(judged.hints(most=99)) == allowed
    assert set(hints) < allowed


def test_the_commonest_fault_comes_first() -> None:
    judged = judge([], [*GOLD, box("g4", 250, 20, 350, 120, label="lemon")])
    assert judged.hints() == ("Missing: lemon", "Missing: apple", "Missing: banana")
    assert judge(PERFECT, GOLD).hints() == ()


# --- intervals --------------------------------------------------------------------------------------------


def test_an_interval_needs_five_items() -> None:
    gold = {f"pic-{n}": GOLD for n in range(5)}
    labels = {name: ItemLabels(PERFECT[: 1 + n % 3]) for n, name in enumerate(gold)}
    four = judge_many(labels, dict(list(gold.items())[:4]))
    five = judge_many(labels, gold)
    assert four.interval is None
    assert five.interval is not None
    assert 0 <= five.interval.low <= five.score <= five.interval.high <= 1
    by_name = {one.name: one.interval for one in four.measures}
    assert by_name["f1"] is None
    assert by_name["mean_overlap"] is None
    assert by_name["recall"] is not None  # a share of objects, not of items


def test_no_interval_where_all_items_are_alike() -> None:
    """Six perfect pictures are no proof of perfection: "95 % sure between 100 and 100 %" would be a lie."""
    gold = {f"pic-{n}": GOLD for n in range(6)}
    judged = judge_many({name: ItemLabels(PERFECT) for name in gold}, gold)
    assert judged.score == 1.0
    assert judged.interval is None
    by_name = {one.name: one.interval for one in judged.measures}
    assert (by_name["f1"], by_name["mean_overlap"]) == (None, None)
    assert str(by_name["recall"]) == "82 to 100 %"  # 18 of 18 objects


# --- laws -------------------------------------------------------------------------------------------------

# Objects stand on a grid of their own, 100 px apart and 60 px wide; the learner's boxes wobble round them.
slots = st.lists(st.integers(0, 19), unique=True, max_size=6)
wobble = st.tuples(*[st.integers(-14, 14)] * 4)
labelled = st.lists(st.tuples(st.integers(0, 19), wobble, st.sampled_from(CLASSES)), max_size=7)


def grid(slot: int) -> tuple[float, float, float, float]:
    x, y = 20 + 110 * (slot % 5), 20 + 110 * (slot // 5)
    return x, y, x + 60, y + 60


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[Box], list[Box]]:
    gold = [
        box(f"g{slot}", *grid(slot), label=CLASSES[slot % 3], difficult=draw(st.booleans()) and slot % 4 == 0)
        for slot in draw(slots)
    ]
    labels = [
        box(f"b{n}", *(at + by for at, by in zip(grid(slot), moved, strict=True)), label=label)
        for n, (slot, moved, label) in enumerate(draw(labelled))
    ]
    return labels, gold


@settings(deadline=None, max_examples=80)
@given(scenes(), st.randoms())
def test_order_of_labels_and_of_gold_does_not_matter(scene: tuple, random: object) -> None:
    labels, gold = scene
    before = judge(labels, gold)
    labels, gold = labels.copy(), gold.copy()
    random.shuffle(labels)
    random.shuffle(gold)
    after = judge(labels, gold)
    assert after.score == pytest.approx(before.score)
    assert len(after.findings) == len(before.findings)
    assert 0 <= before.score <= 1


@settings(deadline=None, max_examples=80)
@given(scenes())
def test_far_extra_boxes_and_lost_right_boxes_never_raise_the_score(scene: tuple) -> None:
    labels, gold = scene
    # One box an object, so that a box taken away leaves no second one to step in.
    labels = list({(one.xyxy[0] // 110, one.xyxy[1] // 110): one for one in labels}.values())
    judged = judge(labels, gold)
    far = box("far", 20, 500, 80, 560)  # below the grid
    assert judge([*labels, far], gold).score <= judged.score + 1e-12
    for pair in judged.items["pic-1"].pairs:
        if pair.same_class and pair.overlap >= RUBRIC.count_at:
            fewer = [one for one in labels if one.id != pair.label]
            assert judge(fewer, gold).score <= judged.score + 1e-12


@settings(deadline=None, max_examples=80)
@given(scenes())
def test_exactly_the_gold_scores_one(scene: tuple) -> None:
    _, gold = scene
    judged = judge([mine(one) for one in gold], gold)
    assert judged.score == 1.0
    assert judged.findings == ()


@settings(deadline=None, max_examples=40)
@given(scenes())
def test_every_label_and_every_object_is_accounted_for_once(scene: tuple) -> None:
    labels, gold = scene
    judged = judge(labels, gold).items["pic-1"]
    told = [pair.label for pair in judged.pairs] + list(judged.covered)
    told += [finding.label for finding in judged.findings if finding.kind in ("extra", "invalid")]
    assert sorted(told) == sorted(one.id for one in labels)
    seen = [pair.gold for pair in judged.pairs]
    seen += [finding.gold for finding in judged.findings if finding.kind == "missing"]
    assert sorted(seen) == sorted(one.id for one in gold if not one.difficult)


def test_review_changes_nothing_that_it_is_given() -> None:
    labels = LabelSet(exercise="e", items={"pic-1": ItemLabels((*PERFECT, box("x", 50, 50, 10, 10)))})
    gold = Gold(dataset="d", pool="p", version="1", made="m", agreement="a", items={"pic-1": ItemGold((*GOLD, HIDDEN))})
    before = copy.deepcopy((labels, gold, RUBRIC))
    first = review(labels, gold, RUBRIC, items=[picture()], classes=CLASSES)
    assert (labels, gold, RUBRIC) == before
    assert review(labels, gold, RUBRIC, items=[picture()], classes=CLASSES) == first


# --- rubrics ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"match_at": 1.5}, "0 to 1"),
        ({"f1_weight": -0.1}, "0 to 1"),
        ({"low_overlap": float("nan")}, "0 to 1"),
        ({"tight_from": 0.9, "tight_full": 0.9}, "smaller"),
        ({"bars": {"pass": 0.9, "good": 0.8}}, "ascend"),
        ({"bars": {"production": 90}}, "0 to 1"),
        ({"measure_bars": {"mean_IoU": 0.8}}, "mean_IoU"),
        ({"measure_bars": {"f1": 90}}, "0 to 1"),
    ],
)
def test_a_rubric_that_makes_no_sense_is_refused(table: dict, words: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=words):
        msgspec.convert({"task": "boxes", **table}, BoxRubric)
