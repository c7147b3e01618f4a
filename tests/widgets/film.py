"""A data set of drawn clips whose frames carry their own number, so that a screenshot tells which frame is shown."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from goldlabel.annotations import Gold, ItemGold, Segment, Track, TrackedBox, encode

EXERCISE = """\
title = "{title}"
task = "{task}"
week = 4
mode = "practice"
dataset = "{dataset}"

[[classes]]
name = "{first}"
color = "#D55E00"
hint = "{hint}"

[[classes]]
name = "{second}"
color = "#0072B2"

[draw]
pool = "practice"
count = {count}
seed = 1
"""

GUIDELINE = """\
# Guideline: a square and a disc

Follow what moves.

## R1. One track an object

It keeps its number.
"""

WIDTH, HEIGHT, FRAMES, RATE = 640, 360, 40, 10
BITS, CELL = 10, 24
"""The number stands in the top left corner as ten black or white cells, the highest bit first."""


def square(frame: int, frames: int = FRAMES) -> tuple[float, float, float, float]:
    """Where the square is; it moves evenly to the right."""
    x = 40 + 440 * frame / max(frames - 1, 1)
    return x, 150.0, x + 80, 230.0


def number_in(picture: Image.Image) -> int:
    """The number that a frame carries, read from a picture of it in any size."""
    grey = picture.convert("L").resize((WIDTH, HEIGHT))
    return sum((grey.getpixel((CELL * n + CELL // 2, CELL // 2)) > 127) << (BITS - 1 - n) for n in range(BITS))


def make_film(folder: Path, *, name: str = "film", clips: int = 2, frames: int = FRAMES) -> Path:
    """Write the data set ``name`` with the exercises ``tiny-<name>-tracks`` and ``tiny-<name>-events``."""
    base = folder / name
    (base / "gold").mkdir(parents=True)
    for task, first, second, hint in (("tracks", "car", "bus", "The square."), ("events", "wave", "stop", "An arm.")):
        home = base / "exercises" / f"tiny-{name}-{task}"
        home.mkdir(parents=True)
        words = {"title": f"Tiny {task}", "task": task, "dataset": name, "first": first, "second": second}
        text = EXERCISE.format(**words, hint=hint, count=clips)
        (home / "exercise.toml").write_text(text, encoding="utf-8")
        (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    lines, items = [], {}
    for n in range(1, clips + 1):
        media = f"media/clip-{n}"
        data = _frames(base / media, frames)
        item = {"id": f"clip-{n}", "media": media, "width": WIDTH, "height": HEIGHT, "pool": "practice"}
        item |= {"origin": "rendered", "licence": "CC0-1.0", "difficulty": "easy", "alt": f"A street, clip {n}"}
        item |= {"sha256": hashlib.sha256(data).hexdigest(), "seconds": frames / RATE, "frames": frames}
        lines.append(json.dumps(item))
        path = tuple(TrackedBox(frame=frame, xyxy=square(frame, frames)) for frame in (0, frames - 1))
        items[f"clip-{n}"] = ItemGold((Track("g1", "car", path), Segment("e1", "wave", 1.0, 2.0)))
    (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    story = {"version": "1.0.0", "made": "drawn", "agreement": "exact"}
    gold = Gold(dataset=name, pool="practice", items=items, **story)
    (base / "gold" / "practice.json").write_bytes(encode(gold))
    return folder


def _frames(folder: Path, frames: int) -> bytes:
    """Draw a clip; all of its frames one after the other, as their digest is made."""
    folder.mkdir(parents=True)
    font = ImageFont.load_default(size=40)
    for frame in range(frames):
        picture = Image.new("RGB", (WIDTH, HEIGHT), (150, 160, 165))
        draw = ImageDraw.Draw(picture)
        for n in range(BITS):
            white = frame >> (BITS - 1 - n) & 1
            draw.rectangle((CELL * n, 0, CELL * (n + 1) - 1, CELL - 1), fill=(255,) * 3 if white else (0,) * 3)
        draw.rectangle((0, 250, WIDTH, 290), fill=(95, 95, 100))
        draw.rectangle(square(frame, frames), fill=(60, 90, 180))
        draw.text((540, 10), str(frame), font=font, fill=(30, 30, 30))
        picture.save(folder / f"{frame:03d}.jpg", quality=88)
    return b"".join((folder / f"{frame:03d}.jpg").read_bytes() for frame in range(frames))
