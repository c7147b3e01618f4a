"""A data set of small sounds made with the standard library, and exercises on them."""

from __future__ import annotations

import array
import hashlib
import io
import json
import math
import random
import wave
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from goldlabel.annotations import Choice, Gold, ItemGold, Segment, encode
from tests.widgets.tiny import GUIDELINE

SECONDS = 4.0
RATE = 16_000
SOUNDS = ((0.5, 1.2, 440.0), (1.8, 2.6, 880.0), (2.4, 3.4, 0.0))
"""Start, end and pitch of what is heard in every clip; pitch 0 is noise. The last two overlap."""

EXERCISE = """\
title = "Tiny {title}"
task = "{task}"
week = 5
mode = "practice"
dataset = "tiny-sound-set"
{more}

[[classes]]
name = "{first}"
color = "#0072B2"

[[classes]]
name = "{second}"
color = "#D55E00"

[draw]
pool = "practice"
count = 3
seed = 1
{rubric}"""

TASKS = {
    "tiny-clips": {"task": "choice", "first": "tone", "second": "noise", "more": 'question = "What is heard?"'},
    "tiny-events": {"task": "segments", "first": "tone", "second": "noise", "more": 'gold = "events"'},
    "tiny-turns": {
        "task": "segments",
        "first": "Ann",
        "second": "Bo",
        "more": 'gold = "talk"',
        "rubric": '\n[rubric]\nscheme = "speakers"\n',
    },
    "tiny-talk": {"task": "transcript", "first": "Ann", "second": "Bo", "more": 'gold = "talk"'},
}
HEARD = (("tone", ""), ("tone", ""), ("noise", ""))
SAID = (("Ann", "one two"), ("Ann", "three"), ("Bo", "four five"))


@lru_cache
def sound_file(seed: int, seconds: float = SECONDS) -> bytes:
    """A WAV file, mono, 16 bit, with tones and noise at the times of :data:`SOUNDS`."""
    chance = random.Random(seed)
    samples = array.array("h")
    for n in range(round(seconds * RATE)):
        time, value = n / RATE, 60 * chance.uniform(-1, 1)
        for start, end, pitch in SOUNDS:
            if start <= time < end:
                edge = min(1.0, (time - start) / 0.02, (end - time) / 0.02)
                value += 9000 * edge * (math.sin(2 * math.pi * pitch * time) if pitch else chance.uniform(-1, 1))
        samples.append(round(value))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file.getvalue()


def make_sounds(folder: Path) -> Path:
    """Write the data set ``tiny-sound-set`` with its exercises under ``folder`` and return ``folder``."""
    base = folder / "tiny-sound-set"
    (base / "media").mkdir(parents=True)
    (base / "gold").mkdir()
    lines = []
    for n in (1, 2, 3):
        path = base / "media" / f"clip-{n}.wav"
        path.write_bytes(sound_file(n))
        head = {"id": f"clip-{n}", "media": f"media/clip-{n}.wav", "width": 0, "height": 0, "pool": "practice"}
        more = {"origin": "synthesised", "licence": "CC0-1.0", "difficulty": "easy", "seconds": SECONDS}
        more |= {"alt": f"A sound of 4 seconds, number {n}", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        lines.append(json.dumps({**head, **more}))
    (base / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, one in TASKS.items():
        home = base / "exercises" / name
        home.mkdir(parents=True)
        text = EXERCISE.format(title=name.removeprefix("tiny-"), **{"rubric": "", **one})
        (home / "exercise.toml").write_text(text, encoding="utf-8")
        (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    answer = Choice("class", "tone", attributes={"rule": "R1", "why": "It has a pitch."})
    for name, right in (("practice", (answer,)), ("events", segments(HEARD)), ("talk", segments(SAID))):
        items = {f"clip-{n}": ItemGold(right) for n in (1, 2, 3)}
        story = {"version": "1.0.0", "made": "by construction", "agreement": "exact"}
        gold = Gold(dataset=base.name, pool="practice", items=items, **story)
        (base / "gold" / f"{name}.json").write_bytes(encode(gold))
    return folder


def segments(heard: Sequence[tuple[str, str]]) -> tuple[Segment, ...]:
    """The stretches of :data:`SOUNDS`, each with its label and its text."""
    return tuple(
        Segment(f"g{n}", label, start, end, text)
        for n, ((start, end, _), (label, text)) in enumerate(zip(SOUNDS, heard, strict=True))
    )
