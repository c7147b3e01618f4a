"""The data set `emotion`: sentences "by construction", read by a voice whose melody, pace and force are then changed.

    GOLDLABEL_STUDIO_MODELS=... speech-env/bin/python -m studio.emotion      # run from the folder datasets

Nobody felt anything and nobody rated anything: the recipe of each emotion is below, from what phonetics textbooks say
of acted speech, and the raters are simulated by ``simulated_raters.py``. What came of it waits in
``work/emotion`` until ``studio.sound_publish emotion`` puts it in its place.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from . import rooms, sound_files, voice
from .simulated_raters import EMOTIONS, RATERS, Heard, votes
from .speech import error_rate, recognised

RATE = 16000
KILOBITS = 36.0


@dataclass(frozen=True)
class Manner:
    """How full intensity changes a neutral reading.

    Attributes:
        pitch: Factor of the mean pitch.
        melody: Factor of the pitch's range around its mean, in the logarithm.
        pace: Factor of the speed.
        force: Decibels louder.
        tilt: Decibels from the lowest to the highest frequency: bright above 0, dull below.
        breath: Share of noise added to the voice at the highest frequency.
    """

    pitch: float
    melody: float
    pace: float
    force: float
    tilt: float
    breath: float


MANNERS = {
    "neutral": Manner(1.0, 1.0, 1.0, 0.0, 0.0, 0.0),
    "happy": Manner(1.28, 1.75, 1.1, 3.0, 4.0, 0.0),
    "sad": Manner(0.88, 0.4, 0.76, -7.0, -9.0, 0.3),
    "angry": Manner(1.12, 1.35, 1.18, 7.0, 10.0, 0.0),
}
INTENSITY = {1: 0.45, 2: 0.75, 3: 1.1}
"""Share of the manner that an intensity uses; neutral has intensity 0."""
SENTENCES = {
    "practice": (
        "The parcel is on the kitchen table.",
        "They moved the meeting to Friday.",
        "There is a letter from your sister.",
        "I saw him at the station this morning.",
    ),
    "exam": (
        "The neighbours have bought a new car.",
        "You left the window open again.",
        "The doctor called an hour ago.",
        "We are having soup for dinner.",
    ),
}
VOICES = {"practice": ("af_heart", "am_michael", "bf_emma"), "exam": ("af_bella", "am_fenrir", "bm_fable")}
FIRST = {"practice": 1, "exam": 101}


@lru_cache(maxsize=32)
def neutral(text: str, speaker: str) -> tuple[Any, Any, Any]:
    """The plain reading that all manners of a sentence start from: pitch, spectral envelope and noise every 5 ms."""
    import pyworld

    sound = voice.say(text, speaker)
    pitch, moments = pyworld.harvest(sound, voice.RATE, f0_floor=65, f0_ceil=500)
    envelope = pyworld.cheaptrick(sound, pitch, moments, voice.RATE)
    return pitch, envelope, pyworld.d4c(sound, pitch, moments, voice.RATE)


def coloured(text: str, speaker: str, emotion: str, intensity: int) -> tuple[rooms.Samples, Heard]:
    """A sentence in a manner, at the model's rate, and what a listener can measure in it against a neutral reading."""
    import pyworld

    manner, share = MANNERS[emotion], INTENSITY.get(intensity, 0.0)
    pitch, envelope, noise = neutral(text, speaker)
    pitch = pitch.copy()
    voiced = pitch > 0
    middle = np.log(pitch[voiced]).mean()
    curve = np.log(pitch[voiced]) - middle
    pitch[voiced] = np.exp(middle + share * np.log(manner.pitch) + curve * manner.melody**share)
    ramp = np.linspace(0, 1, envelope.shape[1])[None]
    envelope = envelope * 10 ** (share * manner.tilt * ramp / 10)
    noise = np.clip(noise + share * manner.breath * ramp, 0, 1)
    pace = manner.pace**share
    made = pyworld.synthesize(pitch, envelope, noise, voice.RATE, frame_period=5.0 / pace)
    made = made / rooms.level(made) * 0.1 * 10 ** (share * manner.force / 20)
    heard = Heard(
        pitch=12 * share * float(np.log2(manner.pitch)),
        melody=float(manner.melody**share),
        pace=float(pace),
        force=share * manner.force,
        tilt=share * manner.tilt,
    )
    return made, heard


def clip(name: str, pool: str, text: str, speaker: str, emotion: str, intensity: int) -> dict[str, Any]:
    """Make one clip, its gold and its simulated ratings."""
    made, heard = coloured(text, speaker, emotion, intensity)
    chance = np.random.default_rng(zlib.crc32(name.encode()))
    whole = np.concatenate([np.zeros(voice.RATE // 4), made, np.zeros(voice.RATE // 4)])
    sound = rooms.clean(sound_files.resampled(whole, voice.RATE, RATE), RATE, chance)
    # Not all equally loud: force is part of the manner. Nothing is cut off at full scale.
    sound = np.tanh(sound * 2.2) * sound_files.PEAK
    path = sound_files.WORK / "emotion" / f"{name}.ogg"
    sound_files.write(path, sound, RATE, KILOBITS)
    counts, strengths = votes(heard, chance)
    item = {
        "id": name,
        "pool": pool,
        "difficulty": {0: "easy", 1: "hard", 2: "medium", 3: "easy"}[intensity],
        "alt": f"One sentence, spoken: {text}",
        "source": f"studio.emotion {name}, Kokoro-82M and WORLD",
        "seconds": round(len(sound) / RATE, 3),
    }
    answer = {
        "type": "choice",
        "id": "emotion",
        "label": emotion,
        "attributes": {
            "intensity": intensity,
            "raters": RATERS,
            **{f"votes_{which}": count for which, count in zip(EMOTIONS, counts, strict=True)},
            "rated_intensity": round(strengths, 2),
        },
    }
    read, _ = sound_files.read(path)
    said = recognised(read)
    record = {
        "item": item,
        "annotations": [answer],
        "voice": speaker,
        "recognised": said,
        "wer": round(error_rate(said, text), 3),
    }
    path.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return record


def main() -> None:
    """Make all of it: every voice says two sentences in every emotion; the intensities go round."""
    for pool, first in FIRST.items():
        plan = [
            (
                SENTENCES[pool][(at + 2 * turn + which) % 4],
                speaker,
                emotion,
                0 if emotion == "neutral" else (at + which + turn) % 3 + 1,
            )
            for at, speaker in enumerate(VOICES[pool])
            for turn in range(2)
            for which, emotion in enumerate(EMOTIONS)
        ]
        order = np.random.default_rng(zlib.crc32(pool.encode())).permutation(len(plan))
        for at, which in enumerate(order):
            record = clip(f"em-{first + at:03}", pool, *plan[which])
            print(record["item"]["id"], record["wer"], record["voice"], record["annotations"][0], flush=True)


if __name__ == "__main__":
    main()
