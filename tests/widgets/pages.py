"""A data set of two drawn receipts, so that the tests of word boxes depend on no real one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from goldlabel.annotations import Gold, ItemGold, WordBox, encode

EXERCISE = """\
title = "Receipts of a corner shop"
task = "word_boxes"
week = 3
mode = "practice"
dataset = "pages"

[[classes]]
name = "shop"
color = "#0072B2"
hint = "Words of the shop's name."

[[classes]]
name = "item"
color = "#009E73"
hint = "Words of what was bought."

[[classes]]
name = "total"
color = "#D55E00"
hint = "The sum, without the word before it."

[[classes]]
name = "other"
color = "#7A7A7A"
hint = "Everything else."

[draw]
pool = "practice"
count = 2
seed = 1

[rubric]
measure_bars = { cer = 0.03, f1 = 0.9 }

[rubric.rules]
missing = "R1"
misread = "R2"
"""

GUIDELINE = """\
# Guideline: receipts

Box every printed word and type what it says.

## R1. Box every word

Between two spaces stands one word.

## R2. Type what is printed

Also where it is misspelt.
"""

WIDTH, HEIGHT = 640, 420
LINES = (
    ("Corner Shop", "shop", 200, 30),
    ("Milk 2l", "item", 60, 130),
    ("1.85", "item", 490, 130),
    ("Brown bread", "item", 60, 175),
    ("3.40", "item", 490, 175),
    ("TOTAL", "other", 60, 250),
    ("5.25", "total", 490, 250),
    ("Thank you", "other", 220, 340),
)


def draw_page(path: Path) -> list[WordBox]:
    """Draw a receipt; the words that stand on it."""
    font = ImageFont.load_default(size=24)
    picture = Image.new("RGB", (WIDTH, HEIGHT), (244, 241, 232))
    draw = ImageDraw.Draw(picture)
    gold = []
    for line, field, left, y in LINES:
        x: float = left
        for text in line.split():
            draw.text((x, y), text, font=font, fill=(30, 30, 30))
            x1, y1, x2, y2 = draw.textbbox((x, y), text, font=font)
            corners = ((x1 - 2, y1 - 2), (x2 + 2, y1 - 2), (x2 + 2, y2 + 2), (x1 - 2, y2 + 2))
            gold.append(WordBox(f"g{len(gold) + 1}", field, corners, text))
            x = x2 + 12
    picture.save(path, quality=92)
    return gold


def make_pages(folder: Path) -> Path:
    """Write the data set ``pages`` with the exercise ``tiny-words`` under ``folder`` and return ``folder``."""
    base = folder / "pages"
    home = base / "exercises" / "tiny-words"
    for needed in (home, base / "media", base / "gold"):
        needed.mkdir(parents=True)
    (home / "exercise.toml").write_text(EXERCISE, encoding="utf-8")
    (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    lines, items = [], {}
    for n in (1, 2):
        path = base / "media" / f"page-{n}.jpg"
        items[f"page-{n}"] = ItemGold(tuple(draw_page(path)))
        lines.append(
            json.dumps(
                {
                    "id": f"page-{n}",
                    "media": f"media/page-{n}.jpg",
                    "width": WIDTH,
                    "height": HEIGHT,
                    "pool": "practice",
                    "origin": "rendered",
                    "licence": "CC0-1.0",
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                    "difficulty": "easy",
                    "alt": f"A receipt, page {n}",
                }
            )
        )
    (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    story = {"version": "1.0.0", "made": "drawn", "agreement": "exact"}
    (base / "gold" / "practice.json").write_bytes(encode(Gold(dataset="pages", pool="practice", items=items, **story)))
    return folder
