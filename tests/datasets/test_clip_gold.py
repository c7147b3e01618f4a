"""Gold of clips: from what the camera saw to tracks, from what movers do to events."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))

from studio import clip_gold
from studio.clip_gold import events, track

FRAMES, FPS = 40, 10.0


def state(frame: int, *, seen: int = 400, whole: int = 400, inside: int = 400) -> dict[str, Any]:
    box = [10.0 * frame, 0.0, 10.0 * frame + 20, 40.0] if seen >= 60 else None
    return {"frame": frame, "xyxy": box, "seen": seen, "whole": whole, "inside": inside, "speed": 1.0, "doing": "walk"}


def mover(*states: dict[str, Any]) -> dict[str, Any]:
    return {"id": "t1", "label": "person", "states": list(states)}


def test_a_keyframe_a_frame_with_what_is_seen() -> None:
    gold = track(mover(state(0), state(1, seen=300), state(2, seen=80)))
    assert gold is not None
    assert [one["visibility"] for one in gold["keyframes"]] == [1.0, 0.75, 0.2]
    assert [one["occluded"] for one in gold["keyframes"]] == [False, True, True]
    assert not any(one["outside"] for one in gold["keyframes"])


def test_behind_a_bus_the_track_lives_on_and_is_set_aside() -> None:
    gold = track(mover(state(0), state(1, seen=0), state(2, seen=20), state(3)))
    assert gold is not None
    assert [one["visibility"] for one in gold["keyframes"]] == [1.0, 0.0, 0.0, 1.0]
    # Evenly between the frames in which it is seen.
    assert [one["xyxy"][0] for one in gold["keyframes"]] == [0.0, 10.0, 20.0, 30.0]
    assert [one["outside"] for one in gold["keyframes"]] == [False] * 4


def test_out_of_the_picture_it_is_outside() -> None:
    gone = {"seen": 0, "inside": 0}
    gold = track(mover(state(0, **gone), state(1, seen=70, inside=70), state(2), state(3, **gone), state(4, **gone)))
    assert gold is not None
    assert [(one["frame"], one["outside"]) for one in gold["keyframes"]] == [(1, False), (2, False), (3, True)]
    back = track(mover(state(0), state(1, **gone), state(2)))
    assert back is not None
    assert [one["outside"] for one in back["keyframes"]] == [False, True, False]


def test_what_is_never_seen_has_no_track() -> None:
    assert track(mover(state(0, seen=0), state(1, seen=30))) is None


def record(way: list[list[float]], kind: str = "person", does: list[Any] | None = None, **seen: int) -> dict[str, Any]:
    return {
        "recipe": {
            "frames": FRAMES,
            "fps": FPS,
            "movers": [{"name": "t1", "kind": kind, "seed": 1, "way": way, "does": does or []}],
        },
        "tracks": [{"id": "t1", "label": kind, "states": [state(n, **seen) for n in range(FRAMES)]}],
    }


def test_crossing_lasts_from_kerb_to_kerb() -> None:
    (event,) = events(record([[0.0, 0.0, 6.4], [4.0, 0.0, -6.4]]))
    assert event["label"] == "crossing"
    assert event["attributes"] == {"who": "t1"}
    # PCHIP with two points is a straight line: 3.2 m/s, 5.4 m from the middle on either side.
    assert abs(event["start"] - 1.0 / 3.2) <= 0.06
    assert abs(event["end"] - 11.8 / 3.2) <= 0.06


def test_a_wave_and_a_car_that_waits() -> None:
    (wave,) = events(record([[0.0, 0.0, 7.0], [4.0, 0.1, 7.0]], does=[["wave", 1.0, 2.5]]))
    assert (wave["label"], wave["start"], wave["end"]) == ("waving", 1.0, 2.5)
    way = [[0.0, -12.0, -1.6], [1.5, -6.0, -1.6], [4.0, -6.0, -1.6]]
    (wait,) = events(record(way, "car"))
    assert wait["label"] == "waiting"
    assert 1.3 <= wait["start"] <= 1.6
    assert wait["end"] == 4.0
    assert events(record([[0.0, -12.0, -1.6], [4.0, 12.0, -1.6]], "car")) == []


def test_what_nobody_sees_is_no_event() -> None:
    assert events(record([[0.0, 0.0, 6.4], [4.0, 0.0, -6.4]], seen=20)) == []


def test_the_road_is_as_wide_as_the_towns() -> None:
    source = Path(clip_gold.__file__).with_name("streets.py").read_text(encoding="utf-8")
    assert float(re.search(r"^ROAD = ([\d.]+)$", source, re.MULTILINE)[1]) == clip_gold.ROAD
