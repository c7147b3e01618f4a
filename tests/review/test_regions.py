"""Review of polygons, masks, keypoints and rotated boxes: every finding with its sentence, and laws that all share."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Annotation, Box, Choice, Keypoints, Mask, Polygon, RotatedBox
from goldlabel.errors import GoldError
from goldlabel.metrics.keypoints import COCO_SIGMAS
from goldlabel.review import (
    BoxRubric,
    Finding,
    KeypointRubric,
    MaskRubric,
    PolygonRubric,
    RegionRubric,
    Review,
    RotatedBoxRubric,
)
from goldlabel.review.overlay import plain_overlay, regions_overlay
from tests.review.figures import BONES, FRONT, GOLD_FIGURE, RULES, figure, judge_regions, mask, polygon, square, turned
from tests.review.small import CLASSES, box, picture

POLYGONS, MASKS = PolygonRubric(rules=RULES), MaskRubric(rules=RULES)
POINTS = KeypointRubric(rules=RULES, sigmas={name: COCO_SIGMAS.get(name, 0.09) for name in FRONT})
TURNED, BOXES = RotatedBoxRubric(rules=RULES), BoxRubric(rules=RULES)

GOLD: dict[str, tuple[RegionRubric, list[Annotation]]] = {
    "boxes": (BOXES, [box("g1", 20, 20, 120, 120), box("g2", 250, 250, 350, 350, label="banana")]),
    "rotated_boxes": (
        TURNED,
        [turned("g1", (90, 90), (100, 40), 30), turned("g2", (300, 300), (90, 90), 10, "banana")],
    ),
    "polygons": (
        POLYGONS,
        [polygon("g1", square(20, 20, 120, 120)), polygon("g2", square(250, 250, 350, 350), label="banana")],
    ),
    "masks": (MASKS, [mask("g1", (20, 20, 120, 120)), mask("g2", (250, 250, 350, 350), label="banana")]),
    "keypoints": (
        POINTS,
        [GOLD_FIGURE, figure("g2", {"nose": (60, 60, 2), "left_knee": (90, 160, 2)}, area=4000, label="banana")],
    ),
}
every_type = pytest.mark.parametrize("task", GOLD)


def messages(judged: Review) -> list[str]:
    return [finding.message for finding in judged.findings]


def only(judged: Review) -> Finding:
    """The one finding of a review."""
    assert len(judged.findings) == 1, messages(judged)
    return judged.findings[0]


def measure(judged: Review, name: str) -> float:
    return next(one.value for one in judged.measures if one.name == name)


def renamed(gold: Sequence[Annotation]) -> list[Annotation]:
    return [msgspec.structs.replace(one, id=one.id.replace("g", "b")) for one in gold]


# --- what all types share ---------------------------------------------------------------------------------


@every_type
def test_perfect_labels_score_one(task: str) -> None:
    rubric, gold = GOLD[task]
    judged = judge_regions(rubric, renamed(gold), gold)
    assert (judged.score, judged.level, judged.findings, judged.task) == (1.0, "production", (), task)
    assert [one.value for one in judged.measures] == pytest.approx([1.0] * len(judged.measures))
    assert judged.decisions == 2


@every_type
def test_missing_extra_wrong_class_and_twice(task: str) -> None:
    rubric, gold = GOLD[task]
    mine = renamed(gold)
    assert (
        only(judge_regions(rubric, mine[:1], gold)).message
        == f"You missed a banana {'in the middle' if task != 'keypoints' else 'at the top left'}."
    )
    assert only(judge_regions(rubric, mine, gold[:1])).kind == "extra"
    assert "has nothing in it" in only(judge_regions(rubric, mine, gold[:1])).message
    wrong = msgspec.structs.replace(mine[1], label="lemon")
    assert only(judge_regions(rubric, [mine[0], wrong], gold)).kind == "mismatching_label"
    again = msgspec.structs.replace(mine[1], id="x")
    assert "has two" in only(judge_regions(rubric, [*mine, again], gold)).message


@every_type
def test_nothing_labelled_and_nothing_there(task: str) -> None:
    rubric, gold = GOLD[task]
    assert judge_regions(rubric, [], []).score == 1.0
    assert judge_regions(rubric, [], gold).score == 0.0
    assert only(judge_regions(rubric, [], gold, done=False)).kind == "unlabelled"
    assert judge_regions(rubric, renamed(gold), []).score == 0.0


@every_type
def test_difficult_gold_is_neither_rewarded_nor_punished(task: str) -> None:
    rubric, gold = GOLD[task]
    hard = [gold[0], msgspec.structs.replace(gold[1], attributes={"difficult": True})]
    for labels in (renamed(gold), renamed(gold)[:1]):
        judged = judge_regions(rubric, labels, hard)
        assert (judged.score, judged.findings, judged.decisions) == (1.0, (), 1)
    assert judge_regions(rubric, renamed(gold), hard).items["pic-1"].covered == ("b2",)


@every_type
def test_labels_of_another_type_are_told_and_left_out(task: str) -> None:
    rubric, gold = GOLD[task]
    strangers = [one[1][0] for name, one in GOLD.items() if name != task] + [Choice("class", "apple")]
    strangers = [msgspec.structs.replace(one, id=f"s{k}") for k, one in enumerate(strangers)]
    judged = judge_regions(rubric, [*strangers, *renamed(gold)], gold)
    assert judged.score == 1.0
    assert [(one.kind, one.severity) for one in judged.findings] == [("invalid", "format")] * 5
    assert all(" is no " in one.message for one in judged.findings)


@every_type
def test_unknown_classes_and_twin_ids(task: str) -> None:
    rubric, gold = GOLD[task]
    mine = renamed(gold)
    assert (
        "'plum'"
        in only(judge_regions(rubric, [*mine, msgspec.structs.replace(mine[0], id="x", label="plum")], gold)).message
    )
    assert "has an id that another" in only(judge_regions(rubric, [*mine, mine[0]], gold)).message


@every_type
def test_attributes_of_found_objects_are_judged(task: str) -> None:
    plain, gold = GOLD[task]
    rubric = msgspec.structs.replace(plain, judged_attributes=("occluded", "truncated"))
    gold = [msgspec.structs.replace(gold[0], attributes={"occluded": True}), gold[1]]
    mine = renamed(gold)
    assert judge_regions(rubric, mine, gold).findings == ()
    bare = [msgspec.structs.replace(mine[0], attributes={"truncated": True}), mine[1]]
    judged = judge_regions(rubric, bare, gold)
    where = "at the top left" if task != "keypoints" else "in the middle"
    assert messages(judged) == [
        f'Set "occluded" for the apple {where}.',
        f'"truncated" does not hold for the apple {where}: take it off.',
    ]
    assert {(one.kind, one.severity, one.rule) for one in judged.findings} == {
        ("mismatching_attribute", "warning", "R8")
    }
    assert (judged.score, measure(judged, "attributes")) == (1.0, 0.5)
    # Of what was not found nothing is asked.
    assert measure(judge_regions(rubric, [], gold), "attributes") == 1.0


@every_type
def test_a_review_can_be_written(task: str) -> None:
    rubric, gold = GOLD[task]
    judged = judge_regions(rubric, renamed(gold)[:1], gold)
    assert msgspec.json.decode(msgspec.json.encode(judged), type=Review) == judged


# --- crowds -----------------------------------------------------------------------------------------------

#   +-------------------+    a crowd of apples, 400 x 100, with two boxes of single apples inside
#   | +--+      +--+    |
#   | +--+      +--+    |
#   +-------------------+
CROWD = box("g1", 100, 100, 500, 200, crowd=True)
SINGLE = [box("s1", 120, 120, 160, 170), box("s2", 300, 120, 340, 170)]


def test_a_crowd_is_labelled_as_one() -> None:
    mine = box("b1", 100, 100, 500, 200, crowd=True)
    for labels in ([mine], [mine, *SINGLE]):
        judged = judge_regions(BOXES, labels, [CROWD])
        assert (judged.score, judged.findings) == (1.0, ())
    assert judge_regions(BOXES, [mine, *SINGLE], [CROWD]).items["pic-1"].covered == ("s1", "s2")


def test_single_labels_in_a_crowd_are_set_aside_but_the_crowd_is_missed() -> None:
    judged = judge_regions(BOXES, SINGLE, [CROWD])
    assert messages(judged) == ["You missed a crowd: apple, at the top."]
    assert judged.score == 0.0


def test_in_a_crowd_only_labels_of_its_class_are_set_aside() -> None:
    mine = box("b1", 100, 100, 500, 200, crowd=True)
    stranger = box("x", 120, 120, 160, 170, label="lemon")
    outside = box("y", 20, 120, 110, 170)
    for label in (stranger, outside):
        assert only(judge_regions(BOXES, [mine, label], [CROWD])).label == label.id
    second = box("z", 120, 100, 480, 200, crowd=True)
    assert only(judge_regions(BOXES, [mine, second], [CROWD])).label == "z"


def test_a_label_that_stands_for_one_of_the_crowd_is_no_bad_crowd() -> None:
    # 0.45 of the crowd: it would be matched, and be too far off to count
    judged = judge_regions(BOXES, [box("b", 100, 100, 280, 200)], [CROWD])
    assert [one.kind for one in judged.findings] == ["missing"]
    assert judged.items["pic-1"].covered == ("b",)


def test_the_crowd_flag_is_an_attribute() -> None:
    rubric = msgspec.structs.replace(BOXES, judged_attributes=("crowd", "occluded"))
    judged = judge_regions(rubric, [box("b", 100, 100, 500, 200, occluded=True)], [CROWD])
    assert messages(judged) == ['Set "crowd" for the apple at the top.']
    assert measure(judged, "attributes") == 0.0


# --- polygons ---------------------------------------------------------------------------------------------


def test_a_polygon_that_cuts_and_leaves_air() -> None:
    # gold 200..400; mine leaves out the left quarter and takes 40 px too much at the bottom
    gold = [polygon("g1", square(200, 200, 400, 400))]
    finding = only(judge_regions(POLYGONS, [polygon("b1", square(250, 200, 400, 440))], gold))
    assert finding.message == (
        "The polygon on the apple in the middle is not tight: it cuts off 25 % of the object, most of it on the left, "
        "and it leaves air of 15 % of the object, most of it at the bottom (overlap 0.65)."
    )
    assert (finding.kind, finding.severity, finding.rule) == ("low_overlap", "warning", "R3")


def test_an_object_in_two_parts() -> None:
    gold = [polygon("g1", square(100, 100, 200, 200), square(300, 100, 400, 200))]
    judged = judge_regions(POLYGONS, [polygon("b1", square(100, 100, 200, 200), square(300, 100, 400, 200))], gold)
    assert judged.score == 1.0
    one_part = only(judge_regions(POLYGONS, [polygon("b1", square(100, 100, 200, 200))], gold))
    assert "cuts off 50 % of the object, most of it on the right" in one_part.message


@pytest.mark.parametrize(
    ("rings", "problem"),
    [
        ((), "has no ring"),
        (([(1, 1), (5, 5)],), "has a ring of 2 points; an outline needs three or more"),
        (([(10, 10), (90, 90), (90, 10), (10, 90)],), "crosses or touches itself near x 50, y 50"),
        (([(float("nan"), 10), (90, 90), (90, 10)],), "has a coordinate that is not a number"),
        (([(1e300, 10), (90, 90), (90, 10)],), "has a point far away from the picture"),
        (([(10, 10), (20, 20), (30, 30)],), "has a ring without area"),
        ((square(700, 10, 750, 50),), "lies outside the picture of 600 x 600 pixels"),
    ],
)
def test_polygons_that_cannot_be_judged(rings: tuple, problem: str) -> None:
    gold = GOLD["polygons"][1]
    finding = only(judge_regions(POLYGONS, [*renamed(gold), polygon("x", *rings)], gold))
    assert finding.message == f"The polygon x {problem}; it was left out."
    assert (finding.kind, finding.severity) == ("invalid", "format")


def test_a_polygon_over_the_edge_means_the_edge() -> None:
    gold = [polygon("g1", square(500, 0, 600, 100))]
    assert judge_regions(POLYGONS, [polygon("b1", square(500, -40, 640, 100))], gold).score == 1.0


# --- masks ------------------------------------------------------------------------------------------------


def test_a_mask_with_too_much_and_too_little() -> None:
    gold = [mask("g1", (200, 200, 400, 400))]
    finding = only(judge_regions(MASKS, [mask("b1", (200, 260, 460, 400))], gold))
    assert finding.message == (
        "The mask on the apple in the middle is not tight: 12,000 of its 40,000 pixels are not painted, most of it "
        "at the top, and 8,400 pixels too many are painted, most of it on the right (overlap 0.73)."
    )
    assert (finding.kind, finding.severity, finding.value) == ("low_overlap", "warning", pytest.approx(56 / 76.4))


def test_a_mask_that_is_too_large_all_around() -> None:
    gold = [mask("g1", (200, 200, 400, 400))]
    finding = only(judge_regions(MASKS, [mask("b1", (160, 160, 440, 440))], gold))
    assert "38,400 pixels too many are painted, all around (overlap 0.67)" in finding.message


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        (Mask("x", "apple", (600, 600), "abc"), "is damaged:"),
        (Mask("x", "apple", (600, 600), ""), "is damaged:"),
        (Mask("x", "apple", (600, 600), "\u00fc"), "is damaged:"),
        (Mask("x", "apple", (300, 600), "0"), "is for a picture of 600 x 300 pixels; this one has 600 x 600"),
        (Mask("x", "apple", (-1, 10**18), "0"), "is for a picture of"),
        (mask("x"), "is empty: no pixel is painted"),
    ],
)
def test_masks_that_cannot_be_judged(label: Mask, problem: str) -> None:
    gold = GOLD["masks"][1]
    finding = only(judge_regions(MASKS, [*renamed(gold), label], gold))
    assert problem in finding.message
    assert finding.message.startswith("The mask x ")
    assert (finding.kind, finding.severity) == ("invalid", "format")


# --- keypoints --------------------------------------------------------------------------------------------


def moved(**points: tuple[float, float, int] | None) -> Keypoints:
    """The figure with some points changed; None leaves a point out."""
    changed = {**FRONT, **points}
    return figure("b1", {name: point for name, point in changed.items() if point is not None})


def test_a_point_that_is_off() -> None:
    finding = only(judge_regions(POINTS, [moved(left_knee=(330, 480, 2))], [GOLD_FIGURE]))
    assert finding.message == "On the apple in the middle the left knee is 60 px off, too low."
    assert (finding.kind, finding.severity, finding.rule, finding.value) == ("point_off", "warning", "R2", 60.0)
    both_ways = only(judge_regions(POINTS, [moved(left_knee=(370, 380, 2))], [GOLD_FIGURE]))
    assert both_ways.message.endswith("the left knee is 57 px off, too far right and too high.")


def test_left_and_right_swapped() -> None:
    other = {"left": "right", "right": "left"}
    swapped = {"_".join(other.get(part, part) for part in name.split("_")): point for name, point in FRONT.items()}
    judged = judge_regions(POINTS, [figure("b1", swapped)], [GOLD_FIGURE])
    # Its similarity is too small to match, but it is plain what was meant.
    assert judged.items["pic-1"].pairs[0].overlap < POINTS.match_at
    finding = next(one for one in judged.findings if one.kind == "left_right_swapped")
    assert finding.message == (
        "Left and right are swapped on the apple in the middle: left is the side that they themselves would call left."
    )
    assert finding.value > 0.3
    assert {one.kind for one in judged.findings} == {"left_right_swapped", "low_overlap"}


def test_one_pair_swapped_is_named() -> None:
    judged = judge_regions(POINTS, [moved(left_hand=(200, 260, 1), right_hand=(400, 260, 2))], [GOLD_FIGURE])
    finding = only(judged)
    assert finding.message == "Left and right are swapped at the hands of the apple in the middle."
    assert (finding.kind, finding.rule) == ("left_right_swapped", "R5")
    assert finding.value == pytest.approx(2 / 7, abs=0.01)
    assert measure(judged, "visibility") == 1.0


def test_missing_and_surplus_points() -> None:
    left_out = only(judge_regions(POINTS, [moved(left_hand=None, left_knee=(0, 0, 0))], [GOLD_FIGURE]))
    assert left_out.message == "You left out the left hand and the left knee of the apple in the middle."
    assert left_out.kind == "missing_point"
    gold = [figure("g1", {**FRONT, "left_knee": (0, 0, 0)}, area=40_000)]
    surplus = only(judge_regions(POINTS, [moved()], gold))
    assert surplus.message == "The left knee of the apple in the middle is not to be labelled."
    assert (surplus.kind, surplus.severity) == ("extra_point", "warning")


def test_wrong_visibility() -> None:
    judged = judge_regions(POINTS, [moved(right_hand=(200, 260, 2), nose=(300, 100, 1))], [GOLD_FIGURE])
    assert messages(judged) == [
        "The right hand of the apple in the middle is hidden, you said visible.",
        "The nose of the apple in the middle is visible, you said hidden.",
    ]
    assert {one.kind for one in judged.findings} == {"visibility"}
    assert measure(judged, "visibility") == pytest.approx(5 / 7)
    assert judged.score == 1.0


def test_a_figure_too_far_off_to_count() -> None:
    away = {name: (x + 38, y, v) for name, (x, y, v) in FRONT.items()}
    judged = judge_regions(POINTS, [figure("b1", away)], [GOLD_FIGURE])
    kinds = {one.kind: one.severity for one in judged.findings}
    assert kinds.get("low_overlap", "error") == "error"
    assert judged.score < 0.5


@pytest.mark.parametrize(
    ("points", "problem"),
    [
        ({"tail": (10.0, 10.0, 2)}, "has a point 'tail', which this exercise does not know; that point was left out."),
        ({"nose": (-30.0, 10.0, 2)}, "has its nose off the picture of 600 x 600 pixels; that point was left out."),
        ({"nose": (float("nan"), 10.0, 2)}, "has a nose whose place is not a number; that point was left out."),
        ({"nose": (float("inf"), 10.0, 1)}, "has a nose whose place is not a number; that point was left out."),
    ],
)
def test_points_that_cannot_be_judged(points: dict, problem: str) -> None:
    judged = judge_regions(POINTS, [figure("b1", {**FRONT, **points})], [GOLD_FIGURE])
    assert f"The skeleton b1 {problem}" in messages(judged)
    assert judged.score > 0.9
    empty = judge_regions(POINTS, [figure("b1", points)], [GOLD_FIGURE])
    assert "The skeleton b1 has no point; it was left out." in messages(empty)


def test_a_point_a_hair_over_the_edge_means_the_edge() -> None:
    gold = figure("g1", {"nose": (0.0, 300.0, 2), "tail": (40, 300, 2)}, area=4000)
    assert judge_regions(POINTS, [figure("b1", {"nose": (-0.6, 300.0, 2), "tail": (40, 300, 2)})], [gold]).score == 1.0


@pytest.mark.parametrize("gold", [figure("g1", area=0.0), figure("g1", {}, area=50.0)])
def test_gold_that_cannot_be_judged_by_is_our_fault(gold: Keypoints) -> None:
    with pytest.raises(GoldError, match="The gold g1"):
        judge_regions(POINTS, [], [gold])


# --- rotated boxes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "words"),
    [
        (((300, 300), (200, 60), 50), "it is turned 20° too far clockwise"),
        (((300, 300), (60, 200), 110), "it is turned 10° too far anticlockwise"),
        (((300, 300), (200, 100), 30), "it is 40 px too high"),
        (((300, 300), (260, 60), 30), "it is 60 px too wide"),
        (((300, 325), (200, 60), 30), "its centre is 25 px off"),
    ],
)
def test_what_is_wrong_with_a_rotated_box(mine: tuple, words: str) -> None:
    finding = only(judge_regions(TURNED, [turned("b1", *mine)], [turned("g1", (300, 300), (200, 60), 30)]))
    assert words in finding.message
    assert finding.kind == "low_overlap"


def test_the_same_rotated_box_said_otherwise() -> None:
    gold = [turned("g1", (300, 300), (200, 60), 30)]
    for mine in (((300, 300), (200, 60), 210), ((300, 300), (60, 200), 120), ((300, 300), (60, 200), -60)):
        assert judge_regions(TURNED, [turned("b1", *mine)], gold).score == 1.0


@pytest.mark.parametrize(
    ("mine", "problem"),
    [
        (((300, 300), (0, 60), 30), "has no area"),
        (((300, 300), (-5, 60), 30), "has no area"),
        (((300, float("nan")), (50, 60), 30), "not finite"),
        (((300, 300), (50, 60), float("inf")), "not finite"),
        (((300, 300), (1e200, 60), 30), "far larger"),
        (((900, 300), (50, 60), 30), "lies outside the picture"),
    ],
)
def test_rotated_boxes_that_cannot_be_judged(mine: tuple, problem: str) -> None:
    gold = GOLD["rotated_boxes"][1]
    finding = only(judge_regions(TURNED, [*renamed(gold), turned("x", *mine)], gold))
    assert problem in finding.message
    assert finding.kind == "invalid"


# --- whatever is labelled ---------------------------------------------------------------------------------

any_number = st.floats() | st.sampled_from([0.0, 300.0, 600.0, -0.0, 1e308, -1e308, 5e-324]) | st.floats(0, 600)
any_point = st.tuples(any_number, any_number)
any_name = st.sampled_from([*FRONT, "tail", "", "<b>"])
any_attributes = st.dictionaries(
    st.sampled_from(["crowd", "occluded", "x"]), st.booleans() | st.text(max_size=3) | st.floats()
)
common = {
    "id": st.sampled_from(["b1", "b2", "b3"]),
    "label": st.sampled_from([*CLASSES, "plum", "<b>", ""]),
    "attributes": any_attributes,
}
any_label = st.one_of(
    st.builds(Box, **common, xyxy=st.tuples(any_number, any_number, any_number, any_number)),
    st.builds(RotatedBox, **common, center=any_point, size=any_point, rotation=any_number),
    st.builds(Polygon, **common, rings=st.lists(st.lists(any_point, max_size=6).map(tuple), max_size=3).map(tuple)),
    st.builds(
        Mask,
        **common,
        size=st.just((600, 600)) | st.tuples(st.integers(), st.integers()),
        counts=st.text(st.characters(min_codepoint=40, max_codepoint=120), max_size=30)
        | st.text(max_size=9)
        | st.just(mask("m", (0, 0, 300, 300)).counts),
    ),
    st.builds(
        Keypoints,
        **common,
        points=st.dictionaries(any_name, st.tuples(any_number, any_number, st.sampled_from([0, 1, 2]))),
    ),
    st.builds(Choice, **common),
)


@every_type
@settings(deadline=None, max_examples=60)
@given(st.lists(any_label, max_size=4), st.booleans())
def test_whatever_is_labelled_is_judged_and_drawn(task: str, labels: list[Annotation], crowd: bool) -> None:
    plain, gold = GOLD[task]
    rubric = msgspec.structs.replace(plain, judged_attributes=("crowd", "occluded"))
    hidden = msgspec.structs.replace(gold[1], attributes={"difficult": True, "crowd": crowd})
    true = [msgspec.structs.replace(gold[0], attributes={"crowd": crowd}), hidden]
    judged = judge_regions(rubric, labels, true)
    assert 0 <= judged.score <= 1
    told = [pair.label for pair in judged.items["pic-1"].pairs] + list(judged.items["pic-1"].covered)
    told += [one.label for one in judged.findings if one.kind == "extra"]
    told += [one.label for one in judged.findings if one.kind == "invalid" and "; it was left out" in one.message]
    assert sorted(told) == sorted(one.id for one in labels)
    assert len(judged.hints()) <= 3
    msgspec.json.decode(msgspec.json.encode(judged), type=Review)
    svg = regions_overlay(picture(), labels, true, judged.items["pic-1"], picture="x", rubric=rubric, edges=BONES)
    assert len(ElementTree.fromstring(svg)) > 1
    ElementTree.fromstring(plain_overlay(picture(), labels, {}, picture="x", edges=BONES))


def test_many_small_masks_of_a_large_picture_take_little_memory() -> None:
    import tracemalloc

    full = mask("x", (0, 0, 600, 600))
    labels = [msgspec.structs.replace(full, id=f"b{k}") for k in range(5000)]
    tracemalloc.start()
    judged = judge_regions(MASKS, labels, GOLD["masks"][1])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(judged.findings) >= 5000
    assert most < 50e6  # decoded they would take 1,800 MB
