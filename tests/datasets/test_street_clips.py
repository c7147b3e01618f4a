"""The clips of the toy town: every frame is there, and tracks and events are sound."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from goldlabel.annotations import Gold, Item, Segment, Track, boxes_of, decode_gold, only
from goldlabel.data import datasets_folder, load_items, media_path, practice_gold
from goldlabel.data.media import frame_item
from goldlabel.errors import DataError
from goldlabel.inventory import inventory, verify

ROOT = Path(__file__).resolve().parents[2]
NAME = "street-clips"
ITEMS = load_items(NAME)
CLASSES = ("bicycle", "bus", "car", "person", "truck")
EVENTS = ("crossing", "waving", "phoning", "waiting")


def gold_of(item: Item) -> Gold:
    if item.pool == "practice":
        return practice_gold(NAME)
    path = ROOT / "autograder" / "gold" / NAME / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


def test_every_frame_is_what_was_published() -> None:
    assert {item.pool for item in ITEMS} == {"practice", "exam"}
    assert verify(NAME) == ()


def test_the_set_is_light() -> None:
    frames = list((datasets_folder() / NAME / "media").rglob("*.jpg"))
    assert len(frames) == sum(item.frames for item in ITEMS)
    assert sum(path.stat().st_size for path in frames) < 22_000_000


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_gold_is_sound(item: Item) -> None:
    gold = gold_of(item).of(item.id).annotations
    tracks, events = only(gold, Track), only(gold, Segment)
    assert len(tracks) + len(events) == len(gold)
    assert len(tracks) >= 3
    assert len({one.id for one in gold}) == len(gold)
    assert item.seconds == item.frames / 10
    for one in tracks:
        assert one.label in CLASSES
        boxes = boxes_of(one, item.frames)
        # A keyframe a frame: nothing is interpolated, so that every box is exact.
        assert all(box.keyframe for box in boxes.values())
        assert any(box.visibility >= 0.25 for box in boxes.values())
        for box in boxes.values():
            x1, y1, x2, y2 = box.xyxy
            assert 0 <= x1 < x2 <= item.width
            assert 0 <= y1 < y2 <= item.height
            assert 0 <= box.visibility <= 1
    for event in events:
        assert event.label in EVENTS
        assert 0 <= event.start < event.end <= item.seconds
        assert event.attributes["who"] in {one.id for one in tracks}


def test_no_description_gives_the_labels_away() -> None:
    assert all(item.alt and not any(char.isdigit() for char in item.alt) for item in ITEMS)


def test_a_damaged_clip_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(datasets_folder() / NAME, tmp_path / NAME)
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path))
    first = ITEMS[0]
    frame = media_path(NAME, frame_item(first, 7))
    assert frame.name == "007.jpg"
    data = frame.read_bytes()
    frame.write_bytes(data + b"x")
    (fault,) = verify(NAME)
    assert fault.what.startswith(f"{first.id}: its frames are not those that were published")
    frame.unlink()
    (fault,) = verify(NAME)
    assert f"1 of its {first.frames} frames are missing, the first is 7" in fault.what
    row = next(one for one in inventory() if one.name == NAME)
    assert f"1 of {sum(item.frames for item in ITEMS)} files are missing" in row.state
    with pytest.raises(DataError, match="has no frame 999"):
        frame_item(first, 999)
