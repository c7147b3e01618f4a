"""Put clips into their data set: frames, items.jsonl, gold of both pools, contact sheets, the numbers of the datasheet.

    python -m studio.publish_clips street_clips [--work FOLDER]

Imports without Blender. A clip goes in when all of its frames and its record are made and no name in
``recipes/<set>.dropped.txt`` forbids it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldlabel.data.media import clip_digest, frame_name

from .clip_gold import annotations
from .contact_sheet import sheet, with_gold
from .publish import NUMBERS, ROOT, WORK, dropped, gold_path
from .recipes import Entry, PictureSet, load_set

MOST_BYTES = 22_000_000
"""Of all frames of a set: every learner downloads them."""
KEYFRAME = re.compile(r'\{\s+"frame".*?\}', re.DOTALL)
LOOKS = 6
"""Frames of a clip on the contact sheet."""


def complete(work: Path, name: str) -> dict[str, Any] | None:
    """The record of a clip whose frames are all there, or None."""
    path = work / f"{name}.json"
    if not path.exists():
        return None
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    frames = range(record["recipe"]["frames"])
    return record if all((work / name / frame_name(n)).exists() for n in frames) else None


def publish(name: str, work: Path = WORK) -> None:
    """Write everything of the data set anew from the work folder."""
    clips = load_set(name)
    folder = ROOT / "datasets" / clips.dataset
    refused = dropped(name)
    records = {
        item: record
        for item in sorted(clips.items)
        if item not in refused and (record := complete(work, item)) is not None
    }
    sizes = {item: sum(path.stat().st_size for path in (work / item).glob("*.jpg")) for item in records}
    if sum(sizes.values()) > MOST_BYTES:
        raise SystemExit(f"{sum(sizes.values()) / 1e6:.1f} MB of frames; a set has {MOST_BYTES / 1e6:.0f} MB at most")
    media = folder / "media"
    if media.exists():
        shutil.rmtree(media)
    for item, record in records.items():
        (media / item).mkdir(parents=True)
        for n in range(record["recipe"]["frames"]):
            shutil.copyfile(work / item / frame_name(n), media / item / frame_name(n))
    lines = [
        json.dumps(_item(clips.items[item], record, media), ensure_ascii=False) for item, record in records.items()
    ]
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    gold = {item: annotations(record) for item, record in records.items()}
    for pool in ("practice", "exam"):
        _write_pool(clips, pool, {item: one for item, one in gold.items() if clips.items[item].pool == pool}, media)
    sheet_path = folder / "datasheet.md"
    if sheet_path.exists():
        table = _numbers(clips, gold, records)
        text = NUMBERS.sub(lambda match: f"{match[1]}{table}{match[2]}", sheet_path.read_text(encoding="utf-8"))
        sheet_path.write_text(text, encoding="utf-8")
    left = ", ".join(sorted(set(clips.items) - set(records))) or "none"
    print(f"{len(records)} clips in {folder}, {sum(sizes.values()) / 1e6:.1f} MB; not complete: {left}")


def _item(entry: Entry, record: Mapping[str, Any], media: Path) -> dict[str, Any]:
    frames = record["recipe"]["frames"]
    return {
        "id": entry.id,
        "media": f"media/{entry.id}",
        "width": entry.width,
        "height": entry.height,
        "pool": entry.pool,
        "origin": "rendered",
        "licence": "CC-BY-4.0",
        "sha256": clip_digest(media / entry.id, frames),
        "difficulty": entry.difficulty,
        "alt": entry.alt,
        "source": f"studio recipe {entry.id}, seed {entry.seed}",
        "seconds": frames / record["recipe"]["fps"],
        "frames": frames,
    }


def _write_pool(clips: PictureSet, pool: str, chosen: Mapping[str, list[dict[str, Any]]], media: Path) -> None:
    path = gold_path(clips.dataset, pool)
    path.parent.mkdir(parents=True, exist_ok=True)
    gold = {
        "schema": 1,
        "dataset": clips.dataset,
        "pool": pool,
        "version": clips.version,
        "made": clips.made,
        "agreement": clips.agreement,
        "items": {item: {"annotations": one} for item, one in chosen.items()},
    }
    text = json.dumps(gold, indent=1, ensure_ascii=False)
    # A keyframe a line: short, and git shows which frame has changed.
    text = KEYFRAME.sub(lambda match: " ".join(match[0].split()), text)
    path.write_text(text + "\n", encoding="utf-8")
    drawn = [
        (f"{item} frame {frame}", with_gold(media / item / frame_name(frame), boxes_in(one, frame)))
        for item, one in chosen.items()
        for frame in looks(len(list((media / item).glob("*.jpg"))))
    ]
    if drawn:
        contact = (path.parent if pool == "exam" else media.parent) / f"contact_{pool}.jpg"
        sheet(drawn, columns=3, width=480).save(contact, quality=82, progressive=True)


def looks(frames: int) -> list[int]:
    """Frames for the contact sheet, evenly from the first to the last."""
    return [round(k * (frames - 1) / (LOOKS - 1)) for k in range(LOOKS)]


def boxes_in(gold: list[dict[str, Any]], frame: int) -> list[dict[str, Any]]:
    """The boxes of all tracks in a frame, as annotations that a contact sheet can draw."""
    return [
        {
            "type": "box",
            "label": f"{one['id']} {one['label']}",
            "xyxy": state["xyxy"],
            "attributes": {"visibility": state["visibility"], "difficult": state["visibility"] < 0.25},
        }
        for one in gold
        if one["type"] == "track"
        for state in one["keyframes"]
        if state["frame"] == frame and not state["outside"]
    ]


def _numbers(clips: PictureSet, gold: Mapping[str, list[dict[str, Any]]], records: Mapping[str, Any]) -> str:
    """A Markdown table: clips, frames, tracks and events a pool."""
    columns: dict[str, Counter[str]] = {"practice": Counter(), "exam": Counter()}
    rows = {"clips", "frames", "tracks", "boxes that count", "boxes set aside", "events"}
    for item, annotated in gold.items():
        counts = columns[clips.items[item].pool]
        counts["clips"] += 1
        counts["frames"] += records[item]["recipe"]["frames"]
        for one in annotated:
            kind = "tracks" if one["type"] == "track" else "events"
            counts[kind] += 1
            counts[f"{kind}: {one['label']}"] += 1
            rows.add(f"{kind}: {one['label']}")
            for state in one.get("keyframes", ()):
                if not state["outside"]:
                    counts["boxes that count" if state["visibility"] >= 0.25 else "boxes set aside"] += 1
    first = ["clips", "frames", "tracks"]
    order = [*first, *sorted(row for row in rows if row.startswith("tracks:")), "boxes that count", "boxes set aside"]
    order += ["events", *sorted(row for row in rows if row.startswith("events:"))]
    lines = [f"| {name} | {columns['practice'][name]} | {columns['exam'][name]} |" for name in order]
    return "| | practice | exam |\n|---|---|---|\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="name of a file in recipes/, for instance street_clips")
    parser.add_argument("--work", type=Path, default=WORK, help="where film.py wrote frames and records")
    options = parser.parse_args()
    publish(options.dataset, options.work)
