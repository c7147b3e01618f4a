"""Tracks and events: what their labellers save, mend and refuse, how frames reach the browser, and that both languages
read the same keyframes alike."""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Box, Segment, Track, TrackedBox, export_frames, only
from goldlabel.data import practice_gold
from goldlabel.errors import DataError, StoreError
from goldlabel.exercises import find_exercise
from goldlabel.review import review
from goldlabel.store import LabelStore
from goldlabel.widgets.clips import MOST_FRAMES, ClipLabeller, frame_path
from goldlabel.widgets.play import play
from goldlabel.widgets.registry import make_labeller
from goldlabel.widgets.served import address_of
from goldlabel.workbench import Exercise
from tests.widgets.film import FRAMES, HEIGHT, WIDTH, make_film

NAN = float("nan")
SOURCES = Path(__file__).resolve().parents[2] / "goldlabel" / "widgets" / "src"


def key(frame: int, x: float = 10.0, *, outside: bool = False) -> TrackedBox:
    return TrackedBox(frame=frame, xyxy=(x, 20.0, x + 50, 60.0), outside=outside)


def track(*keyframes: TrackedBox, name: str = "t1", label: str = "car") -> Track:
    return Track(name, label, keyframes)


def event(start: float, end: float, name: str = "e1") -> Segment:
    return Segment(name, "wave", start, end)


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, task: str) -> ClipLabeller:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(make_film(folder / "datasets")))
    spec = find_exercise(f"tiny-film-{task}")
    made = make_labeller(spec, spec.items(), LabelStore(folder / "labels" / f"{spec.id}.json", spec.id))
    assert isinstance(made, ClipLabeller)
    return made


@pytest.fixture
def labeller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClipLabeller:
    return opened(tmp_path, monkeypatch, "tracks")


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClipLabeller:
    return opened(tmp_path, monkeypatch, "events")


def test_a_track_is_saved_as_it_is(labeller: ClipLabeller) -> None:
    one = track(key(0), key(9, 90), key(20, outside=True))
    play(labeller, {"clip-1": [one]})
    assert labeller.annotations("clip-1") == (one,)
    html = labeller._repr_mimebundle_()[0]["text/html"]
    assert "car t1" in html
    assert html.count("<rect") == 2  # from 0 to 9, from 9 to 20; then it is outside
    assert labeller.exercise["thing"] == "clip"
    assert (labeller.item["frames"], labeller.item["seconds_long"]) == (FRAMES, 4.0)


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        (track(key(9), key(2)), track(key(2), key(9))),
        (track(key(0, -30)), track(TrackedBox(frame=0, xyxy=(0.0, 20.0, 20.0, 60.0)))),
        (
            track(TrackedBox(frame=0, xyxy=(60, 400, 10, -5))),
            track(TrackedBox(frame=0, xyxy=(10.0, 0.0, 60.0, float(HEIGHT)))),
        ),
    ],
)
def test_what_can_be_mended_is(labeller: ClipLabeller, drawn: Track, kept: Track) -> None:
    play(labeller, {"clip-1": [drawn]})
    assert labeller.annotations("clip-1") == (kept,)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        ([Box("a", "car", (1, 1, 5, 5))], "not a track"),
        ([track(key(0), label="ghost")], "ghost"),
        ([track(key(0)), track(key(3))], "same id"),
        ([track(key(0), key(FRAMES))], f"keyframe in frame {FRAMES}"),
        ([track(key(-1))], "keyframe in frame -1"),
        ([track(key(4), key(4, 30))], "two keyframes in frame 4"),
        ([track()], "seen nowhere"),
        ([track(key(4, outside=True))], "seen nowhere"),
        ([track(key(0, NAN))], "not a number"),
        ([track(key(0, WIDTH + 5.0))], "does not lie in the picture"),
    ],
)
def test_what_cannot_be_saved_is_a_sentence(labeller: ClipLabeller, drawn: list[Any], says: str) -> None:
    with pytest.raises(StoreError, match=says):
        play(labeller, {"clip-1": drawn})
    assert labeller.annotations("clip-1") == ()


def test_events_lie_inside_their_clip(events: ClipLabeller) -> None:
    play(events, {"clip-1": [event(-1, 1.5), event(3, 9, "e2")]})
    assert events.annotations("clip-1") == (event(0, 1.5), event(3, 4, "e2"))
    for bad, says in [
        (event(2, 2), "end comes after its start"),
        (event(3, 1), "from 3 to 1 s"),
        (event(NAN, 1), "not a number"),
        (event(0, math.inf), "not a number"),
        (event(8, 9), "inside the 4 s"),
        (track(key(0)), "not an event"),
    ]:
        with pytest.raises(StoreError, match=says):
            play(events, {"clip-2": [bad]})
    assert "on a timeline" in events._repr_mimebundle_()[0]["text/html"]


NUMBERS = st.one_of(st.floats(-20, 700), st.sampled_from([NAN, math.inf, -math.inf, 1e308, -0.0]))
KEYS = st.builds(TrackedBox, frame=st.integers(-2, FRAMES + 2), xyxy=st.tuples(*[NUMBERS] * 4), outside=st.booleans())


@given(st.lists(KEYS, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_tracks_are_saved_sound_or_refused(labeller: ClipLabeller, keyframes: list[TrackedBox]) -> None:
    try:
        play(labeller, {"clip-1": [track(*keyframes)]})
    except StoreError:
        return
    (saved,) = labeller.annotations("clip-1")
    assert isinstance(saved, Track)
    frames = [one.frame for one in saved.keyframes]
    assert frames == sorted(set(frames))
    for one in saved.keyframes:
        x1, y1, x2, y2 = one.xyxy
        assert 0 <= x1 < x2 <= WIDTH
        assert 0 <= y1 < y2 <= HEIGHT


# --- frames ------------------------------------------------------------------------------------------


def asked(labeller: ClipLabeller, **message: Any) -> tuple[dict[str, Any], list[bytes]]:
    sent: list[tuple[dict[str, Any], list[bytes]]] = []
    labeller.send = lambda content, buffers=None: sent.append((content, list(buffers or ())))
    labeller._handle_custom_msg({"type": "frames", "item": "clip-1", **message}, [])
    return sent[0] if sent else ({}, [])


def test_the_kernel_sends_frames_in_batches(labeller: ClipLabeller) -> None:
    folder = frame_path("film", labeller._items["clip-1"], 0).parent
    message, pictures = asked(labeller, **{"from": 3, "count": 4})
    assert message == {"type": "frames", "item": "clip-1", "from": 3, "faults": ["", "", "", ""]}
    assert pictures == [(folder / f"{n:03d}.jpg").read_bytes() for n in range(3, 7)]
    assert len(asked(labeller, **{"from": 0, "count": 10**9})[1]) == MOST_FRAMES
    assert asked(labeller, **{"from": FRAMES - 1, "count": 9})[1] == [(folder / f"{FRAMES - 1:03d}.jpg").read_bytes()]
    assert asked(labeller, **{"from": "0", "count": 1}) == ({}, [])
    assert asked(labeller, item="ghost", **{"from": 0, "count": 1}) == ({}, [])
    (folder / "005.jpg").unlink()
    message, pictures = asked(labeller, **{"from": 4, "count": 3})
    assert [bool(one) for one in pictures] == [True, False, True]
    assert message["faults"][1].startswith("Frame 5 is not there: ")


def test_a_clip_has_no_frame_past_its_end(labeller: ClipLabeller) -> None:
    with pytest.raises(DataError, match="frames are 0 to 39"):
        frame_path("film", labeller._items["clip-1"], FRAMES)


def test_a_clip_without_its_first_frame_says_so(labeller: ClipLabeller) -> None:
    frame_path("film", labeller._items["clip-2"], 0).unlink()
    labeller.set_state({"goto": {"client": "c", "item": "clip-2", "turn": 1}})
    assert "missing" in labeller.item["problem"]
    assert labeller.item["address"] == ""


def test_addresses_are_those_of_the_kernels_own_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime, root = tmp_path / "runtime", tmp_path / "my course"
    inside = root / "data sets" / "clip"
    for folder in (runtime, inside, root / ".hidden"):
        folder.mkdir(parents=True)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(runtime))
    monkeypatch.delenv("JPY_PARENT_PID", raising=False)
    assert address_of(inside) == ""  # no server started this process
    monkeypatch.setenv("JPY_PARENT_PID", "4321")
    assert address_of(inside) == ""  # it left no note
    note = runtime / "jpserver-4321.json"
    note.write_text(json.dumps({"root_dir": str(root), "base_url": "/user/anna/", "pid": 4321}), encoding="utf-8")
    assert address_of(inside) == "/user/anna/files/data%20sets/clip"
    assert address_of(tmp_path / "elsewhere") == ""
    assert address_of(root / ".hidden") == ""
    note.write_text(json.dumps({"root_dir": str(root), "base_url": "/"}), encoding="utf-8")
    assert address_of(inside / "000.jpg") == "/files/data%20sets/clip/000.jpg"
    for broken in ("", "[]", "{}", '{"root_dir": 1, "base_url": 2}'):
        note.write_text(broken, encoding="utf-8")
        assert address_of(inside) == ""
    # On Windows the variable is a handle; the parent's own number is tried as well.
    monkeypatch.setenv("JPY_PARENT_PID", "7")
    other = runtime / f"jpserver-{os.getppid()}.json"
    other.write_text(json.dumps({"root_dir": str(root), "base_url": "/x/"}), encoding="utf-8")
    assert address_of(inside) == "/x/files/data%20sets/clip"


# --- the same meaning in both languages ---------------------------------------------------------------


def test_both_languages_read_keyframes_alike() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: learners need none")
    draw = random.Random(4)
    tracks = []
    for n in range(60):
        frames = sorted(draw.sample(range(30), draw.randint(1, 7)))
        keys = []
        for frame in frames:
            x, y = draw.uniform(0, 500), draw.uniform(0, 250)
            corners = (x, y, x + draw.uniform(5, 90), y + draw.uniform(5, 90))
            hidden = {"outside": draw.random() < 0.35, "occluded": draw.random() < 0.3}
            keys.append(TrackedBox(frame=frame, xyxy=corners, **hidden))
        tracks.append(track(*keys, name=f"t{n}"))
    script = (
        f'import {{ exported }} from "{(SOURCES / "tracking.js").as_uri()}";'
        'import { readFileSync } from "node:fs";'
        "const rows = JSON.parse(readFileSync(0)).map((one) => exported(one, 25).map((at) =>"
        " [at.frame, at.xyxy, at.keyframe, at.outside, at.occluded]));"
        "console.log(JSON.stringify(rows));"
    )
    done = subprocess.run(
        [node, "--input-type=module", "--eval", script],
        input=msgspec.json.encode(tracks),
        capture_output=True,
        timeout=60,
        check=True,
    )
    for mine, true in zip(json.loads(done.stdout), (export_frames(one, 25) for one in tracks), strict=True):
        flags = [(one.frame, one.keyframe, one.outside, one.occluded) for one in true]
        assert [(row[0], *row[2:]) for row in mine] == flags
        for row, one in zip(mine, true, strict=True):
            assert row[1] == pytest.approx(one.xyxy)


@pytest.mark.parametrize("task", ["tracks", "events"])
def test_gold_played_is_a_full_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str) -> None:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(make_film(tmp_path / "datasets")))
    exercise = Exercise.open(f"tiny-film-{task}", folder=tmp_path)
    kind = Track if task == "tracks" else Segment
    spec, gold = exercise.spec, practice_gold("film")
    play(exercise.label(), {name: only(one.annotations, kind) for name, one in gold.items.items()})
    mine = exercise.store.refresh()
    judged = review(mine, gold, spec.rubric, items=exercise.items, classes=spec.class_names)
    assert judged.score == pytest.approx(1)
