"""Two exercises on short texts: ``tiny-summary``, in which one writes, and ``tiny-judging``, with a source beside."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from goldlabel.annotations import Choice, Gold, ItemGold, KeyFact, Written, encode
from tests.widgets.tiny import GUIDELINE

SOURCES = (
    "Mill closes for a week\n\nThe mill at Ard closes on 3 May for seven days. <b>The shop</b> stays open.",
    "New bus to Ard\n\nFrom June a bus goes to Ard every hour. It costs 2. Dogs may not ride.",
    "Fair at Ard moved\n\nThe fair does not take place on Saturday but on Sunday, because of rain.",
)
SUMMARY = "Ard's mill shuts for a week from 3 May, but not its shop."
"""A good summary of the first source."""

WRITING = """\
title = "Tiny summaries"
task = "summary"
week = 3
mode = "practice"
dataset = "tiny-summary-set"
question = "Summarise the text in at most 12 words."

[[classes]]
name = "summary"
color = "#0072B2"

[draw]
pool = "practice"
count = 3
seed = 1

[rubric]
most_words = 12
most_copied = 6

[rubric.rules]
fact_missing = "R1"
too_long = "R2"
"""

JUDGING = """\
title = "Tiny judging"
task = "choice"
week = 3
mode = "practice"
dataset = "tiny-judging-set"
question = "Is it a good summary?"

[[classes]]
name = "good"
color = "#009E73"

[[classes]]
name = "unfaithful"
color = "#D55E00"

[draw]
pool = "practice"
count = 3
seed = 1
"""


def make_writing(folder: Path) -> Path:
    """Write both exercises under ``folder`` and return ``folder``."""
    fact = KeyFact(id="f1", label="summary", fact="It is at Ard.", phrases=(("Ard",),))
    gold = {f"summary-{n}": (Written("summary", "summary", SUMMARY), fact) for n in (1, 2, 3)}
    _write(folder, "summary", WRITING, [{"text": source} for source in SOURCES], gold)
    answer = Choice("class", "good", attributes={"rule": "R1", "why": "It says so."})
    short = [{"text": source.split("\n\n")[0], "beside": source} for source in SOURCES]
    _write(folder, "judging", JUDGING, short, {f"judging-{n}": (answer,) for n in (1, 2, 3)})
    return folder


def _write(folder: Path, kind: str, exercise: str, texts: list[dict[str, str]], gold: dict[str, tuple]) -> None:  # type: ignore[type-arg]
    base = folder / f"tiny-{kind}-set"
    home = base / "exercises" / f"tiny-{kind}"
    home.mkdir(parents=True)
    (base / "gold").mkdir()
    (home / "exercise.toml").write_text(exercise, encoding="utf-8")
    (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    head = {"media": "", "width": 0, "height": 0, "pool": "practice", "origin": "written", "licence": "CC0-1.0"}
    lines = [
        json.dumps(
            {"id": f"{kind}-{n}", **head, "difficulty": "easy"}
            | {"sha256": hashlib.sha256(text["text"].encode()).hexdigest(), **text}
        )
        for n, text in enumerate(texts, start=1)
    ]
    (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    story = {"version": "1.0.0", "made": "by hand", "agreement": "none", "pool": "practice"}
    whole = Gold(dataset=base.name, items={name: ItemGold(one) for name, one in gold.items()}, **story)
    (base / "gold" / "practice.json").write_bytes(encode(whole))
