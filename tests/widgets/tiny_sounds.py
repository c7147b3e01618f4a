"""A data set of small sounds made with the standard library, and an exercise on them."""

from __future__ import annotations

import array
import hashlib
import io
import json
import math
import random
import wave
from functools import lru_cache
from pathlib import Path

import msgspec

from goldlabel.annotations import Choice, Gold, ItemGold, encode
from goldlabel.exercises import ExerciseSpec, OntologyClass, find_exercise
from tests.widgets.tiny import GUIDELINE

SECONDS = 4.0
COLORS = ("#0072B2", "#D55E00", "#009E73")
RATE = 16_000
SOUNDS = ((0.5, 1.2, 440.0), (1.8, 2.6, 880.0), (2.4, 3.4, 0.0))
"""Start, end and pitch of what is heard in every clip; pitch 0 is noise. The last two overlap."""

EXERCISE = """\
title = "Tiny clips"
task = "choice"
week = 5
mode = "practice"
dataset = "tiny-sound-set"
question = "What is heard?"

[[classes]]
name = "tone"
color = "#0072B2"
hint = "It has a pitch."

[[classes]]
name = "noise"
color = "#D55E00"

[draw]
pool = "practice"
count = 3
seed = 1
"""

OPEN_AS = """\
import msgspec
from goldlabel.exercises import OntologyClass, find_exercise
from goldlabel.store import LabelStore
from goldlabel.widgets.registry import make_labeller
task, names = {task!r}, {names!r}
classes = tuple(OntologyClass(name, color) for name, color in zip(names, ("#0072B2", "#D55E00", "#009E73")))
spec = msgspec.structs.replace(find_exercise("tiny-clips"), id="tiny-" + task, task=task, question="", classes=classes)
make_labeller(spec, spec.items(), LabelStore("labels/tiny-" + task + ".json", spec.id))
"""
"""A cell that shows the clips in the widget of a task that needs no gold."""

SPEAKERS = ("Ann", "Bo")
EVENTS = ("tone", "noise", "dog_bark")


def sound_spec(task: str, names: tuple[str, ...]) -> ExerciseSpec:
    """The exercise ``tiny-clips`` as one of another task."""
    classes = tuple(OntologyClass(name, color) for name, color in zip(names, COLORS, strict=False))
    return msgspec.structs.replace(find_exercise("tiny-clips"), id=f"tiny-{task}", task=task, classes=classes)


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
    """Write the data set ``tiny-sound-set`` with its exercise ``tiny-clips`` under ``folder`` and return ``folder``."""
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
    home = base / "exercises" / "tiny-clips"
    home.mkdir(parents=True)
    (home / "exercise.toml").write_text(EXERCISE, encoding="utf-8")
    (home / "guideline.md").write_text(GUIDELINE, encoding="utf-8")
    answer = Choice("class", "tone", attributes={"rule": "R1", "why": "It has a pitch."})
    items = {f"clip-{n}": ItemGold((answer,)) for n in (1, 2, 3)}
    story = {"version": "1.0.0", "made": "by construction", "agreement": "exact"}
    gold = Gold(dataset=base.name, pool="practice", items=items, **story)
    (base / "gold" / "practice.json").write_bytes(encode(gold))
    return folder
