"""Review of tracks: every fault that an annotator makes, with the sentence that tells it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Box, Track, TrackedBox, boxes_of
from goldlabel.errors import GoldError
from goldlabel.metrics.tracking import clear_mot, moments
from goldlabel.review import Review, TrackRubric
from tests.review.clips import CLASSES, CLIP, FRAMES, by_hand, drive, exact, judge

LAST = FRAMES - 1


def low(frame: int) -> tuple[float, float, float, float]:
    """The lower lane, in the other direction."""
    return (400.0 - 10 * frame, 500.0, 480.0 - 10 * frame, 540.0)


def kinds(review: Review) -> list[str]:
    return [finding.kind for finding in review.findings]


def message(review: Review) -> str:
    (finding,) = review.findings
    return finding.message


def value(review: Review, name: str) -> float:
    return next(one.value for one in review.measures if one.name == name)


def test_two_keyframes_are_enough_for_what_goes_evenly() -> None:
    result = judge([by_hand("t1", 0, LAST)], [exact("g1")])
    assert result.score == 1.0
    assert result.findings == ()
    assert result.level == "production"
    assert {name: value(result, name) for name in ("idf1", "mota", "motp", "hota", "switches", "fragments")} == {
        "idf1": 1.0,
        "mota": 1.0,
        "motp": pytest.approx(1.0),
        "hota": pytest.approx(1.0),
        "switches": 0.0,
        "fragments": 0.0,
    }
    assert result.decisions == 1
    assert result.items["clip-1"].pairs[0].label == "t1"


def test_an_object_that_nobody_followed() -> None:
    result = judge([by_hand("t1", 0, LAST)], [exact("g1"), exact("g2", low, range(4, 20), label="person")])
    assert message(result) == ("You missed a person: it can be seen from frame 4 to 19, first at the bottom right.")
    assert result.findings[0].seconds == pytest.approx((0.4, 2.0))
    row = next(one for one in result.classes if one.label == "person")
    assert (row.gold, row.labelled, row.found) == (1, 0, 0)


def test_an_identity_switch_of_one_object() -> None:
    result = judge([by_hand("t1", 0, 17, outside=18), by_hand("t2", 18, LAST)], [exact("g1", label="car")])
    assert message(result) == (
        "From frame 18 on, t2 follows the car at the top that t1 followed before. "
        "It is one object, so it is one track: merge t1 and t2."
    )
    assert value(result, "switches") == 1.0
    # Only the longer part keeps its identity; every box is found.
    assert value(result, "idf1") == pytest.approx(2 * 18 / 60)
    assert value(result, "recall") == 1.0
    assert result.score < 0.85


def test_two_people_who_change_places() -> None:
    def near(frame: int) -> tuple[float, float, float, float]:
        return (20.0 + 10 * frame, 60.0, 100.0 + 10 * frame, 130.0)

    gold = [exact("g1", label="person"), exact("g2", low, label="person")]
    swapped = [
        Track(
            id=name,
            label="person",
            keyframes=tuple(TrackedBox(frame=f, xyxy=(first if f < 15 else second)(f)) for f in (0, 14, 15, LAST)),
        )
        for name, first, second in (("t1", drive, low), ("t2", low, drive))
    ]
    result = judge(swapped, gold)
    assert kinds(result) == ["identity_switch", "identity_switch"]
    assert result.findings[0].message == (
        "From frame 15 on, t2 follows the person at the top whom t1 followed before. "
        "t1 and t2 have changed places: every track keeps to its own object."
    )
    assert value(result, "mota") == pytest.approx(1 - 2 / 60)
    assert value(result, "idf1") == pytest.approx(0.5)


def test_outside_was_forgotten() -> None:
    gold = [exact("g1", frames=range(20))]
    result = judge([by_hand("t1", 0, 19)], gold)
    assert message(result) == (
        "t1 runs on from frame 20 to 29 after the car at the top, though it is not to be seen any more: "
        "set it outside at frame 20."
    )
    assert kinds(result) == ["runs_on"]
    assert judge([by_hand("t1", 0, 19, outside=20)], gold).findings == ()


def test_a_track_that_begins_too_early_or_goes_on_behind_the_bus() -> None:
    early = judge([by_hand("t1", 0, LAST)], [exact("g1", frames=range(8, FRAMES))])
    assert message(early) == (
        "t1 is there from frame 0 to 7, but the car at the top left can only be seen from frame 8 on."
    )
    behind = judge([by_hand("t1", 0, LAST)], [exact("g1", frames=[*range(10), *range(16, FRAMES)])])
    assert message(behind) == (
        "t1 runs on from frame 10 to 15 after the car at the top left, while it is out of sight: "
        "set it outside at frame 10."
    )


def test_nothing_follows_it_for_a_while() -> None:
    late = judge([by_hand("t1", 6, LAST)], [exact("g1")])
    assert message(late) == ("Nothing follows the car at the top left from frame 0 to 5, though it can be seen there.")
    assert kinds(late) == ["lost"]
    assert value(late, "fragments") == 0.0
    gap = judge([by_hand("t1", 0, 9, outside=10), by_hand("t2", 15, LAST)], [exact("g1")])
    assert kinds(gap) == ["lost", "identity_switch"]
    assert value(gap, "fragments") == 1.0


def test_a_box_that_drifts_off_between_two_keyframes() -> None:
    def curve(frame: int) -> tuple[float, float, float, float]:
        # It stops in the middle of the clip: two keyframes are not enough.
        return drive(min(frame, 15))

    result = judge([by_hand("t1", 0, LAST, place=curve)], [exact("g1", curve)])
    drift = next(one for one in result.findings if one.severity == "error")
    assert drift.kind == "low_overlap"
    assert drift.message == (
        "The box of t1 is off the car at the top left from frame 6 to 23, most in frame 15, between the keyframes "
        "0 and 29 (overlap 0.04): set a keyframe there."
    )
    assert judge([by_hand("t1", 0, 15, LAST, place=curve)], [exact("g1", curve)]).findings == ()


def test_loose_boxes_are_told_once_with_the_worst_frame() -> None:
    def loose(frame: int) -> tuple[float, float, float, float]:
        x1, y1, x2, y2 = drive(frame)
        return (x1 - 10, y1, x2 + 30, y2)

    result = judge([by_hand("t1", 0, LAST, place=loose)], [exact("g1")])
    assert kinds(result) == ["low_overlap"]
    assert "is not tight on the car" in message(result)
    assert "in 30 frames, worst in frame 0, a keyframe: the right side leaves 30 px of air" in message(result)
    assert result.findings[0].severity == "warning"
    assert value(result, "idf1") == 1.0
    assert 0.8 < result.score < 0.95


def test_a_wrong_class() -> None:
    result = judge([by_hand("t1", 0, LAST, label="person")], [exact("g1")])
    assert message(result) == "You called t1 a person; it is a car, at the top left when it comes into sight."
    assert value(result, "idf1") == 0.0
    assert value(result, "mota") == -1.0
    assert result.score == 0.0
    row = next(one for one in result.classes if one.label == "car")
    assert (row.gold, row.found, row.confused) == (1, 0, 1)


def test_tracks_of_nothing_and_second_tracks() -> None:
    extra = judge([by_hand("t1", 0, LAST), by_hand("t2", 3, LAST, place=low)], [exact("g1")])
    assert message(extra) == "t2, at the bottom right, follows nothing that is to be followed from frame 3 to 29."
    second = judge([by_hand("t1", 0, LAST), by_hand("t2", 3, LAST)], [exact("g1")])
    assert message(second) == (
        "t2 is a second box on the car at the top left, from frame 3 to 29; t1 follows it already."
    )
    assert kinds(extra) == kinds(second) == ["extra"]


# --- what does not count -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "labels",
    [
        [by_hand("t1", 0, LAST)],
        # Set outside while it is hidden.
        [
            Track(
                id="t1",
                label="car",
                keyframes=(
                    TrackedBox(frame=0, xyxy=drive(0)),
                    TrackedBox(frame=10, xyxy=drive(10), outside=True),
                    TrackedBox(frame=16, xyxy=drive(16)),
                    TrackedBox(frame=LAST, xyxy=drive(LAST)),
                ),
            )
        ],
        # Left standing at the corner of the bus.
        [
            Track(
                id="t1",
                label="car",
                keyframes=tuple(
                    TrackedBox(frame=f, xyxy=drive(at)) for f, at in ((0, 0), (9, 9), (15, 9), (16, 16), (29, 29))
                ),
            )
        ],
    ],
)
def test_frames_in_which_it_is_hidden_are_set_aside(labels: list[Track]) -> None:
    result = judge(labels, [exact("g1", hidden=range(10, 16))])
    assert result.findings == ()
    assert result.score == 1.0


def test_an_object_that_is_never_seen_well_enough() -> None:
    gold = [exact("g1"), exact("g2", low, hidden=range(FRAMES))]
    with_it = judge([by_hand("t1", 0, LAST), by_hand("t2", 0, LAST, place=low)], gold)
    without = judge([by_hand("t1", 0, LAST)], gold)
    assert with_it.score == without.score == 1.0
    assert with_it.findings == without.findings == ()
    assert with_it.items["clip-1"].covered == ("t2",)
    assert with_it.decisions == 1


def test_a_new_identity_after_it_was_hidden_is_a_switch() -> None:
    result = judge([by_hand("t1", 0, 9, outside=10), by_hand("t2", 16, LAST)], [exact("g1", hidden=range(10, 16))])
    assert kinds(result) == ["identity_switch"]


# --- bad input and nothing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        (Track(id="t1", label="car", keyframes=()), "has no keyframe"),
        (by_hand("t1", 4, 4), "has keyframes that do not follow one another in time"),
        (by_hand("t1", 4, 2), "has keyframes that do not follow one another in time"),
        (by_hand("t1", 0, 30), "has a keyframe at 30, but the frames of the clip are 0 to 29"),
        (by_hand("t1", -1, 3), "has a keyframe at -1"),
        (by_hand("t1", 0, label="tram"), "has the class 'tram', which this exercise does not know"),
        (by_hand("t1", 0, place=lambda frame: (9, 9, 9, 20)), "has a box without area at frame 0"),
        (by_hand("t1", 0, place=lambda frame: (9, 9, float("nan"), 20)), "that is not a number"),
        (Box("t1", "car", (0, 0, 5, 5)), "is no track but a box"),
    ],
)
def test_what_cannot_be_judged_is_told_and_left_out(label, problem: str) -> None:
    result = judge([label, by_hand("t2", 0, LAST)], [exact("g1")])
    assert kinds(result) == ["invalid"]
    assert problem in message(result)
    assert result.findings[0].severity == "format"
    assert result.score == 1.0


def test_two_tracks_of_one_id() -> None:
    result = judge([by_hand("t1", 0, LAST), by_hand("t1", 0, place=low)], [exact("g1")])
    assert message(result) == "The track t1 has an id that another track of this clip has; it was left out."


def test_nothing() -> None:
    assert judge([], []).score == 1.0
    assert judge([], [exact("g1")]).score == 0.0
    assert kinds(judge([], [exact("g1")])) == ["missing"]
    unopened = judge([], [exact("g1")], done=False)
    assert message(unopened) == "This clip has no label yet."
    assert judge([by_hand("t1", 0)], []).score == 0.0
    assert unopened.hints() == ("Items without any label",)


def test_damaged_gold_is_an_error_of_ours() -> None:
    with pytest.raises(GoldError, match="g1 has no keyframe"):
        judge([], [Track(id="g1", label="car", keyframes=())])
    with pytest.raises(GoldError, match="'tram'"):
        judge([], [exact("g1", label="tram")])


def test_bars_of_switches_are_reached_from_above() -> None:
    rubric = TrackRubric(measure_bars={"switches": 0.1, "idf1": 0.8}, rules={"identity_switch": "R4"})
    result = judge([by_hand("t1", 0, 27, outside=28), by_hand("t2", 28, LAST)], [exact("g1")], rubric, clips=6)
    measure = next(one for one in result.measures if one.name == "switches")
    assert not measure.reached
    assert measure.verdict == "above 0.10"
    assert result.findings[0].rule == "R4"
    assert result.level == "good"
    assert result.interval is None  # six times the same


@given(st.integers(0, 5_000))
@settings(max_examples=30, deadline=None)
def test_any_tracks_are_judged(seed: int) -> None:
    """Whatever is labelled: no crash, a score in 0 to 1, and the figures of the metrics themselves."""
    from random import Random

    random = Random(seed)

    def some(name: str) -> Track:
        frames = sorted(random.sample(range(FRAMES), random.randint(1, 6)))
        corner = [random.uniform(-50, 620) for _ in range(2)]
        return Track(
            id=name,
            label=random.choice(CLASSES),
            keyframes=tuple(
                TrackedBox(
                    frame=frame,
                    xyxy=(corner[0] + frame, corner[1], corner[0] + frame + 90, corner[1] + 70),
                    outside=random.random() < 0.3,
                )
                for frame in frames
            ),
        )

    gold = [exact("g1"), exact("g2", low, hidden=range(4, 9))]
    labels = [some(f"t{n}") for n in range(random.randint(0, 5))] + [by_hand("t9", 0, LAST)] * random.randint(0, 1)
    result = judge(labels, gold)
    assert 0 <= result.score <= 1
    assert all(finding.seconds is not None for finding in result.findings if finding.kind != "invalid")
    assert judge(gold, gold).score == 1.0
    assert judge(gold, gold).findings == ()


def test_the_figures_are_those_of_the_metrics() -> None:
    labels = [by_hand("t1", 0, 12, outside=13), by_hand("t2", 15, LAST)]
    result = judge(labels, [exact("g1")])
    boxes = [{frame: box.xyxy for frame, box in boxes_of(one, FRAMES).items()} for one in (*labels, exact("g1"))]
    counts = clear_mot(moments(boxes[:2], boxes[2:], range(CLIP.frames)))
    assert value(result, "mota") == pytest.approx(counts.mota)
    assert value(result, "motp") == pytest.approx(counts.motp)
