"""The data set `speech`: read, placed in time, recorded in a room, and recognised as a check.

    GOLDLABEL_STUDIO_MODELS=... speech-env/bin/python -m studio.speech --all       # run from the folder datasets
    speech-env/bin/python -m studio.speech --item sp-007

Gold is exact: starts and ends are those of each voice alone, before it is mixed. What every clip became waits in
``work/speech`` until ``studio.sound_publish speech`` puts it in its place.
"""

from __future__ import annotations

import argparse
import json
import zlib
from functools import lru_cache
from typing import Any

import numpy as np

from . import rooms, sound_files, talk, voice
from .sound_models import models

RATE = 16000
LEAD = 0.4
"""Seconds of quiet before the first word and after the last one."""
LONGEST_PAUSE = 0.38
"""Seconds; a longer silence within a line is shortened, since from half a second on the rules begin a new segment."""
KILOBITS = 36.0


def tightened(sound: rooms.Samples) -> rooms.Samples:
    """The sound with no silence longer than :data:`LONGEST_PAUSE`."""
    step = voice.RATE // 100
    quiet = sound_files.loudness(sound, voice.RATE) < 0.012 * np.abs(sound).max()
    kept: list[rooms.Samples] = []
    run = 0
    for at, silent in enumerate(quiet):
        run = run + 1 if silent else 0
        if run <= LONGEST_PAUSE * 100:
            kept.append(sound[at * step : (at + 1) * step])
    return np.concatenate(kept)


def line(clip: talk.Clip, turn: talk.Line) -> rooms.Samples:
    """One line read aloud, at the level of all lines, the ends softened."""
    seed = zlib.crc32(f"{clip.id} {clip.voices[turn.who]} {turn.text}".encode())
    kept = sound_files.WORK / "lines" / f"{seed:08x}.npy"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        speed = np.random.default_rng(seed).uniform(0.94, 1.08)
        np.save(kept, voice.say(talk.spoken(turn.text), clip.voices[turn.who], speed=speed).astype(np.float32))
    sound = tightened(np.load(kept).astype(np.float64))
    fade = np.minimum(1, np.arange(len(sound)) / (0.008 * voice.RATE))
    sound = sound * fade * fade[::-1]
    quieter = 0.75 if turn.who == "B" else 1.0
    return sound / rooms.level(sound) * 0.1 * quieter


def mixed(clip: talk.Clip) -> tuple[rooms.Samples, list[tuple[float, float]]]:
    """The dry mix at the voices' rate, and start and end of every line in seconds."""
    placed, spans = [], []
    latest = LEAD
    for at, turn in enumerate(clip.turns):
        sound = line(clip, turn)
        first, last = sound_files.sounding(sound, voice.RATE)
        start = latest + (turn.gap if at else 0.0)
        spans.append((start, start + last - first))
        placed.append((start - first, sound))
        latest = max(latest, spans[-1][1])
    whole = np.zeros(int((latest + LEAD) * voice.RATE) + voice.RATE // 2)
    for begin, sound in placed:
        at = max(0, round(begin * voice.RATE))
        whole[at : at + len(sound)] += sound
    return whole[: int((latest + LEAD) * voice.RATE)], spans


@lru_cache(maxsize=1)
def _recogniser() -> tuple[Any, list[int]]:
    from faster_whisper import WhisperModel

    model = WhisperModel(str(models() / "whisper"), device="cpu", compute_type="int8", cpu_threads=1)
    # Without figures it writes numbers as they are said, as the rules of transcription ask.
    figures = [at for at in range(50257) if any(sign in "0123456789%$£€" for sign in model.hf_tokenizer.decode([at]))]
    return model, [-1, *figures]


def recognised(sound: rooms.Samples) -> str:
    """What the offline recogniser (Whisper base, 8 bits) makes of a recording at 16 kHz."""
    model, refused = _recogniser()
    said, _ = model.transcribe(
        sound.astype(np.float32), language="en", beam_size=5, suppress_tokens=refused, condition_on_previous_text=False
    )
    return " ".join(one.text.strip() for one in said)


def error_rate(said: str, gold: str) -> float:
    """Word error rate of `said` against `gold`, both normalised by :func:`talk.words`."""
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.distance(talk.words(said), talk.words(gold)) / len(talk.words(gold)))


def _alone(clip: talk.Clip) -> float:
    """Word error rate over the lines of a talk when each is recognised by itself: is what overlaps intelligible?"""
    gold = [talk.verbatim(turn.text) for turn in clip.turns]
    said = [recognised(sound_files.resampled(line(clip, turn), voice.RATE, RATE)) for turn in clip.turns]
    return round(error_rate(" ".join(said), " ".join(gold)), 3)


def make(clip: talk.Clip, pool: str) -> dict[str, Any]:
    """Make one clip: sound, gold, and what the recogniser heard."""
    dry, spans = mixed(clip)
    dry = sound_files.resampled(dry, voice.RATE, RATE)
    chance = np.random.default_rng(zlib.crc32(clip.id.encode()))
    path = sound_files.WORK / "speech" / f"{clip.id}.ogg"
    sound_files.write(path, sound_files.full(rooms.PLACES[clip.noise](dry, RATE, chance)), RATE, KILOBITS)
    heard, _ = sound_files.read(path)
    said = recognised(heard)
    order = sorted(range(len(spans)), key=lambda at: spans[at])
    turns = [clip.turns[at] for at in order]
    seconds = round(len(dry) / RATE, 3)
    place = {"clean": "with little noise", "room": "in a room", "street": "outdoors", "telephone": "over the telephone"}
    record = {
        "item": {
            "id": clip.id,
            "pool": pool,
            "difficulty": clip.difficulty,
            "alt": f"Speech recorded {place[clip.noise]}, {seconds:.0f} seconds.",
            "source": f"studio script {clip.id}, Kokoro-82M",
            "group": clip.group,
            "seconds": seconds,
        },
        "annotations": [
            {
                "type": "segment",
                "id": f"t{number:02}",
                "label": turn.who,
                "start": round(spans[at][0], 3),
                "end": round(spans[at][1], 3),
                "text": talk.verbatim(turn.text),
                "attributes": {"clean": talk.clean(turn.text)},
            }
            for number, (at, turn) in enumerate(zip(order, turns, strict=True), 1)
        ],
        "noise": clip.noise,
        "treats": clip.treats,
        "voices": clip.voices,
        "overlap": round(talk.overlaps(spans), 2),
        "recognised": said,
        "wer_alone": _alone(clip) if clip.group == "talk" else None,
        "wer_verbatim": round(error_rate(said, " ".join(talk.verbatim(turn.text) for turn in turns)), 3),
        "wer_clean": round(error_rate(said, " ".join(talk.clean(turn.text) for turn in turns)), 3),
    }
    path.with_suffix(".json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return record


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--item", action="append", help="clip id; may be given several times")
    which.add_argument("--all", action="store_true", help="what is not made yet")
    options = parser.parse_args()
    for script in talk.scripts():
        for clip in script.clips:
            made = (sound_files.WORK / "speech" / f"{clip.id}.json").exists()
            if (options.all and not made) or clip.id in (options.item or ()):
                record = make(clip, script.pool)
                print(
                    f"{clip.id} {record['item']['seconds']:.1f} s, overlap {record['overlap']} s, WER clean "
                    f"{record['wer_clean']}, verbatim {record['wer_verbatim']}: {record['recognised']}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
