"""A data set of a few drawn pictures, so that widget tests depend on no real one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from goldlabel.annotations import Box, Choice, Gold, ItemGold, Span, encode

EXERCISE = """\
title = "Shapes on a table"
task = "{task}"
week = 2
mode = "{mode}"
dataset = "tiny"

[[classes]]
name = "disc"
color = "#D55E00"
hint = "Round."

[[classes]]
name = "block"
color = "#0072B2"
hint = "With corners."

[[classes]]
name = "star"
color = "#F0E442"

[draw]
pool = "practice"
count = 4
seed = 1

[rubric.rules]
missing = "R1"
low_overlap = "R2"
{more}"""

JOINTS = (
    *("nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow"),
    *("right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee"),
    *("left_ankle", "right_ankle"),
)
"""COCO's, in COCO's order."""

EDGES = (
    *(("left_shoulder", "right_shoulder"), ("left_hip", "right_hip"), ("nose", "left_eye"), ("nose", "right_eye")),
    *(("left_eye", "left_ear"), ("right_eye", "right_ear")),
    *(
        (f"{side}_{a}", f"{side}_{b}")
        for side in ("left", "right")
        for a, b in (
            *(("shoulder", "elbow"), ("elbow", "wrist"), ("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle")),
        )
    ),
)

SKELETON = f"[skeleton]\npoints = {json.dumps(JOINTS)}\nedges = {json.dumps(EDGES)}\n"

FLAGS = """
[[attributes]]
name = "truncated"
hint = "Cut by the edge of the picture."
key = "u"

[[attributes]]
name = "occluded"
hint = "Something stands in front of it."
key = "k"
"""

TASKS = {
    "tiny-boxes": ("boxes", ""),
    "tiny-flags": ("boxes", FLAGS),
    "tiny-polygons": ("polygons", FLAGS),
    "tiny-masks": ("masks", FLAGS),
    "tiny-keypoints": ("keypoints", SKELETON),
    "tiny-rotated": ("rotated_boxes", ""),
}
"""Exercises by id: task, and what it has of its own."""

GUIDELINE = """\
# Guideline: shapes

Draw **one box around every shape**.

## R1. Box every shape

Large or small.

- **Right:** two shapes, two boxes.
- **Wrong:** one shape forgotten.

## R2. Draw tight

No air, no cuts. <script>alert("no")</script>
"""

WIDTH, HEIGHT = 640, 420
DISC = (80.0, 90.0, 200.0, 210.0)
BLOCK = (360.0, 180.0, 520.0, 330.0)


def make_dataset(folder: Path, *, pictures: int = 4, mode: str = "practice", width: int = WIDTH) -> Path:
    """Write the data set ``tiny`` with the exercises of :data:`TASKS` under ``folder`` and return ``folder``."""
    base = folder / "tiny"
    (base / "media").mkdir(parents=True)
    (base / "gold").mkdir()
    for name, (task, more) in TASKS.items():
        home = base / "exercises" / name
        home.mkdir(parents=True)
        (home / "exercise.toml").write_text(EXERCISE.format(mode=mode, task=task, more=more), encoding="utf-8")
        (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    lines = []
    for n in range(1, pictures + 1):
        data = _picture(base / "media" / f"shape-{n}.jpg", n, width)
        lines.append(
            json.dumps(
                {
                    "id": f"shape-{n}",
                    "media": f"media/shape-{n}.jpg",
                    "width": width,
                    "height": HEIGHT * width // WIDTH,
                    "pool": "practice",
                    "origin": "rendered",
                    "licence": "CC0-1.0",
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "difficulty": "easy",
                    "alt": f"Shapes on a grey table, picture {n}",
                }
            )
        )
    (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    true = ItemGold((Box("g1", "disc", DISC), Box("g2", "block", BLOCK)))
    gold = Gold(
        dataset="tiny",
        pool="practice",
        version="1.0.0",
        made="drawn",
        agreement="exact",
        items={f"shape-{n}": true for n in range(1, pictures + 1)},
    )
    (base / "gold" / "practice.json").write_bytes(encode(gold))
    return folder


def _picture(path: Path, n: int, width: int) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (150 + 10 * n, 160, 165))
    draw = ImageDraw.Draw(picture)
    draw.ellipse(DISC, fill=(210, 80, 40))
    draw.rectangle(BLOCK, fill=(60, 90, 180))
    draw.text((20, 20), f"picture {n}", fill=(40, 40, 40))
    picture.resize((width, HEIGHT * width // WIDTH)).save(path, quality=88)
    return path.read_bytes()


CHOICES = """\
title = "{title}"
task = "choice"
week = 1
mode = "practice"
dataset = "{dataset}"
question = "{question}"

[[classes]]
name = "sound"
color = "#009E73"
hint = "Nothing wrong with it."

[[classes]]
name = "not_sound"
color = "#D55E00"
hint = "Something is wrong."

[[classes]]
name = "other"
color = "#0072B2"

[draw]
pool = "practice"
count = 4
seed = 1

[rubric.rules]
mismatching_label = "R1"
"""

TEXTS = (
    "The batch is late. You are asked to mark it as done.\n\nNobody has looked at it. <b>Nobody</b> will.",
    "A dog looks into the camera. The brief is about cars.",
    "You cannot tell what the picture shows.",
    "Everything is as the guideline says, and your pause begins in a quarter of an hour.",
)


def make_choices(folder: Path) -> Path:
    """Write two exercises of choices under ``folder``: ``tiny-tags`` on pictures, ``tiny-cases`` on texts."""
    for kind, question in (("tags", "Is it sound?"), ("cases", "")):
        base = folder / f"tiny-{kind}-set"
        home = base / "exercises" / f"tiny-{kind}"
        home.mkdir(parents=True)
        (base / "media").mkdir()
        (base / "gold").mkdir()
        head = {"title": f"Tiny {kind}", "dataset": base.name, "question": question}
        (home / "exercise.toml").write_text(CHOICES.format(**head), encoding="utf-8")
        (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
        lines, golds = [], {}
        for n, text in enumerate(TEXTS, start=1):
            item = {"id": f"{kind}-{n}", "pool": "practice", "origin": "written", "licence": "CC0-1.0"}
            item |= {"difficulty": "easy", "media": "", "width": 0, "height": 0}
            if kind == "tags":
                data = _picture(base / "media" / f"{n}.jpg", n, WIDTH)
                item |= {"media": f"media/{n}.jpg", "width": WIDTH, "height": HEIGHT, "alt": f"Shapes, picture {n}"}
            else:
                data = text.encode()
                item |= {"text": text}
            lines.append(json.dumps(item | {"sha256": hashlib.sha256(data).hexdigest()}))
            right = Choice("class", "sound", attributes={"rule": "R2", "why": "Nothing is wrong with it."})
            golds[item["id"]] = ItemGold((right,))
        (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        story = {"version": "1.0.0", "made": "by hand", "agreement": "none"}
        gold = Gold(dataset=base.name, pool="practice", items=golds, **story)
        (base / "gold" / "practice.json").write_bytes(encode(gold))
    return folder


MARKED = """\
title = "Tiny {kind}"
task = "{task}"
week = 3
mode = "practice"
dataset = "tiny-texts-set"

{classes}
[draw]
pool = "practice"
count = 9
seed = 1
group = "{group}"

[rubric]
{rubric}
"""

COLORS = {"person": "#0072B2", "organisation": "#D55E00", "place": "#009E73", "phone": "#F0E442"}
JOINS = {
    "works_for": ("#0072B2", ("person",), ("organisation",)),
    "based_in": ("#D55E00", ("organisation",), ("place",)),
    "born_in": ("#009E73", ("person",), ("place",)),
    "knows": ("#CC79A7", ("person",), ("person",)),
}
"""Relations of ``tiny-relations``: colour, heads, tails."""

STORIES = (
    "Dr Anna Lind joined Elmsford Water Ltd. in May.\n\nShe was born in Elmsford, and calls +49 555 0100 at noon.",
    "\U0001f469\U0001f3fd\u200d\U0001f52c Zoe\u0308 Okafor \u2764\ufe0f No\u0301rd.\nThe \U0001f1f8\U0001f1ea waits.",
    "\u05d0\u05e0\u05d4 \u05dc\u05d9\u05e0\u05d3 \u05d2\u05e8\u05d4.\n\u0644\u064a\u0646\u0627 \u0647\u0646\u0627.",
)
"""Texts of ``tiny-spans``: plain ones, emoji with accents written apart, Hebrew and Arabic."""

NEWS = (
    "Anna Lind has worked for Elmsford Water since 2019. The firm is based in Northaven, a small town on the coast, "
    "where her friend Tom Okafor was born. He left for Redbridge Rail last winter; its office stands in Redbridge. "
    "Both firms are rivals, and neither Lind nor Okafor talks about work when they meet."
)
NAMES = (
    *(("n1", "person", "Anna Lind"), ("n2", "organisation", "Elmsford Water"), ("n3", "place", "Northaven")),
    *(("n4", "person", "Tom Okafor"), ("n5", "organisation", "Redbridge Rail"), ("n6", "place", "Redbridge.")),
)
"""The entities of ``tiny-relations``: id, class, words."""


def make_texts(folder: Path) -> Path:
    """Write exercises on texts: ``tiny-spans``, ``tiny-private`` (redaction) and ``tiny-relations``."""
    base = folder / "tiny-texts-set"
    (base / "gold").mkdir(parents=True)
    kinds = "".join(f'[[classes]]\nname = "{name}"\ncolor = "{color}"\n\n' for name, color in COLORS.items())
    joins = "".join(
        f'[[classes]]\nname = "{name}"\ncolor = "{color}"\nheads = {json.dumps(heads)}\ntails = {json.dumps(tails)}\n\n'
        for name, (color, heads, tails) in JOINS.items()
    )
    exercises = {
        "tiny-spans": ("spans", "stories", kinds, ""),
        "tiny-private": ("spans", "stories", kinds, 'scheme = "redaction"'),
        "tiny-relations": ("relations", "news", joins + kinds.replace("classes", "given"), 'symmetric = ["knows"]'),
    }
    for name, (task, group, classes, rubric) in exercises.items():
        home = base / "exercises" / name
        home.mkdir(parents=True)
        text = MARKED.format(kind=name.split("-")[1], task=task, classes=classes, group=group, rubric=rubric)
        (home / "exercise.toml").write_text(text, encoding="utf-8")
        (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    places = [(name, kind, NEWS.index(words), len(words.rstrip("."))) for name, kind, words in NAMES]
    given = [Span(name, kind, start, start + length) for name, kind, start, length in places]
    shared = {"media": "", "width": 0, "height": 0, "pool": "practice", "origin": "written", "licence": "CC0-1.0"}
    lines = []
    for n, text in enumerate((*STORIES, NEWS), start=1):
        item = {"id": f"text-{n}", **shared, "difficulty": "easy", "text": text, "group": "stories"}
        if text == NEWS:
            item |= {"group": "news", "given": msgspec.to_builtins(given)}
        lines.append(json.dumps(item | {"sha256": hashlib.sha256(text.encode()).hexdigest()}))
    (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    story = {"version": "1.0.0", "made": "by hand", "agreement": "none"}
    golds = {f"text-{n}": ItemGold(()) for n in range(1, len(STORIES) + 2)}
    (base / "gold" / "practice.json").write_bytes(
        encode(Gold(dataset=base.name, pool="practice", items=golds, **story))
    )
    return folder
