"""Keyframes mean what they mean in CVAT; splitting, merging and renumbering change no box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Track, TrackedBox, boxes_of, export_frames, merged, renumbered, split_at, stretches

FRAMES = 24


def key(frame: int, base: float = 0.0, *, outside: bool = False, occluded: bool = False) -> TrackedBox:
    return TrackedBox(frame=frame, xyxy=(1 + base, 2 + base, 3 + base, 4 + base), outside=outside, occluded=occluded)


def track(*keyframes: TrackedBox, name: str = "t1") -> Track:
    return Track(id=name, label="car", keyframes=keyframes)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    frames = draw(st.sets(st.integers(0, FRAMES - 1), min_size=1, max_size=6))
    coordinates = st.floats(-50, 700, allow_nan=False)
    return track(
        *(
            TrackedBox(
                frame=frame,
                xyxy=draw(st.tuples(coordinates, coordinates, coordinates, coordinates)),
                outside=draw(st.booleans()),
                occluded=draw(st.booleans()),
            )
            for frame in sorted(frames)
        )
    )


def test_cvats_own_unit_test_of_interpolation() -> None:
    written = export_frames(track(key(0), key(2, 2, outside=True), key(4, 4)), 7)
    assert [(one.frame, one.keyframe, one.outside) for one in written] == [
        (0, True, False),
        (1, False, False),
        (2, True, True),
        # frame 3 is outside, and no keyframe: it is not written
        (4, True, False),
        (5, False, False),
        (6, False, False),
    ]


def test_cvats_own_unit_test_of_two_outside_keyframes() -> None:
    written = export_frames(track(key(0), key(2, 2, outside=True), key(4, 4, outside=True)), 5)
    assert [one.frame for one in written] == [0, 1, 2, 4]


def test_a_box_moves_towards_the_keyframe_that_ends_it() -> None:
    # CVAT's test_bbox_interpolation, without the rotation.
    written = export_frames(track(key(0), key(4, 4, outside=True)), 6)
    assert [one.xyxy for one in written] == [(1 + n, 2 + n, 3 + n, 4 + n) for n in range(5)]
    assert [one.outside for one in written] == [False] * 4 + [True]


def test_the_last_visible_keyframe_runs_to_the_end() -> None:
    boxes = boxes_of(track(key(2, 5)), 6)
    assert list(boxes) == [2, 3, 4, 5]
    assert {one.xyxy for one in boxes.values()} == {(6, 7, 8, 9)}


def test_occluded_carries_on_until_the_next_keyframe() -> None:
    boxes = boxes_of(track(key(0, occluded=True), key(3), key(5, occluded=True)), 8)
    assert [one.occluded for one in boxes.values()] == [True, True, True, False, False, True, True, True]


def test_keyframes_past_the_end_only_pull() -> None:
    boxes = boxes_of(track(key(0), key(10, 10)), 3)
    assert [one.xyxy[0] for one in boxes.values()] == [1, 2, 3]
    assert boxes_of(track(), 3) == {}


@given(tracks())
def test_a_box_lies_between_its_keyframes(one: Track) -> None:
    keyframes = {state.frame: state for state in one.keyframes}
    for frame, box in boxes_of(one, FRAMES).items():
        before = keyframes[max(k for k in keyframes if k <= frame)]
        after = keyframes.get(min((k for k in keyframes if k >= frame), default=before.frame), before)
        assert not before.outside
        for at, a, b in zip(box.xyxy, before.xyxy, after.xyxy, strict=True):
            assert min(a, b) - 1e-9 <= at <= max(a, b) + 1e-9


@given(tracks(), st.integers(0, FRAMES))
def test_a_split_changes_no_box(one: Track, frame: int) -> None:
    whole = boxes_of(one, FRAMES)
    try:
        first, second = split_at(one, frame, "t2")
    except ValueError:
        # Nothing on one of the sides.
        assert all(k.frame >= frame for k in one.keyframes) or not any(at >= frame for at in whole)
        return
    before, after = boxes_of(first, FRAMES), boxes_of(second, FRAMES)
    assert all(at < frame for at in before)
    assert all(at >= frame for at in after)
    assert sorted({**before, **after}) == sorted(whole)
    for at, box in {**before, **after}.items():
        assert box.xyxy == pytest.approx(whole[at].xyxy, abs=1e-6)
        assert box.occluded == whole[at].occluded
    # Merged again, it is as before.
    again = boxes_of(merged(first, second), FRAMES)
    assert sorted(again) == sorted(whole)
    assert all(again[at].xyxy == pytest.approx(whole[at].xyxy, abs=1e-6) for at in whole)


def test_a_split_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="t1 begins at frame 3: it cannot be split at frame 3"):
        split_at(track(key(3)), 3, "t2")
    with pytest.raises(ValueError, match="t1 has ended before frame 6"):
        split_at(track(key(0), key(4, outside=True)), 6, "t2")


def test_merging_keeps_the_gap() -> None:
    behind_the_bus = merged(track(key(0), key(4, outside=True)), track(key(8, 3), name="t7"))
    assert behind_the_bus.id == "t1"
    assert list(boxes_of(behind_the_bus, 11)) == [0, 1, 2, 3, 8, 9, 10]


def test_what_is_in_two_places_at_once_is_not_merged() -> None:
    with pytest.raises(ValueError, match="t1 and t2 both have a box in frame 4"):
        merged(track(key(0), key(4, 1)), track(key(4, 9), name="t2"))
    # A keyframe that only ends one of them gives way.
    assert merged(track(key(0), key(4, outside=True)), track(key(4, 9), name="t2")).keyframes == (key(0), key(4, 9))
    assert merged(track(key(0), key(4, 9)), track(key(2), key(4, outside=True), name="t2")).keyframes[-1] == key(4, 9)


def test_renumbering_goes_by_the_first_frame() -> None:
    ones = [track(key(7), name="b"), track(key(0), name="z"), track(key(7, 1), name="a")]
    assert [(one.id, one.keyframes[0].frame) for one in renumbered(ones)] == [("t1", 0), ("t2", 7), ("t3", 7)]
    assert renumbered(ones)[2].keyframes[0].xyxy[0] == 2


def test_stretches() -> None:
    assert stretches([9, 3, 4, 5, 5]) == [(3, 5), (9, 9)]
    assert stretches([]) == []
