"""The data set `sounds`: short clips of one sound each, and scenes of many with exact starts and ends.

    speech-env/bin/python -m studio.sounds       # run from the folder datasets; a minute or two

Everything is computed from a seed that is made from the item's id. What came of it waits in ``work/sounds`` until
``studio.sound_publish sounds`` puts it in its place.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy.signal import ShortTimeFFT, fftconvolve

from . import rooms, sound_files
from .sound_kit import RATE, put, silence
from .sounds_struck import applause, doorbell, footsteps, glass_break, knock, rain
from .sounds_tones import bird_song, car_horn, phone_ring, siren

KILOBITS = 40.0
CLASSES: Mapping[str, Callable[[np.random.Generator], rooms.Samples]] = {
    "applause": applause,
    "bird song": bird_song,
    "car horn": car_horn,
    "doorbell": doorbell,
    "footsteps": footsteps,
    "glass breaking": glass_break,
    "knocking": knock,
    "rain": rain,
    "siren": siren,
    "telephone": phone_ring,
}
PER_CLASS = {"practice": 4, "exam": 3}
FIRST = {"practice": 1, "exam": 101}
SCENES = {"practice": 6, "exam": 6}
PLACES: Mapping[str, tuple[str, ...]] = {
    "hallway": ("doorbell", "knocking", "footsteps", "telephone", "glass breaking"),
    "street": ("siren", "car horn", "footsteps", "bird song", "rain"),
    "hall": ("applause", "telephone", "footsteps", "knocking", "glass breaking"),
    "park": ("bird song", "rain", "car horn", "footsteps", "siren"),
    "flat": ("telephone", "doorbell", "rain", "glass breaking", "siren", "knocking"),
    "square": ("applause", "bird song", "car horn", "siren", "footsteps"),
}
ECHOES = {"hallway": 0.5, "hall": 0.9, "flat": 0.3}
NOISE = {"easy": -30.0, "medium": -22.0, "hard": -17.0}
"""Of a scene's background against its loudest sounds, in dB."""
APART = 1.4
"""Seconds between two sounds of one class: from one second on the rules see two."""
AUDIBLE = 30.0
"""A sound begins and ends where it is so many dB below its loudest hundredth of a second."""
FRAME = 0.02
"""Seconds of a frame in which it is asked whether a sound can be heard."""
LEAST_HEARD = 0.6
"""Share of a sound that must be heard among the others; one that is drowned does not go into the mix ..."""
LATE = 0.15
"""... nor does one whose first so many seconds are drowned, since nobody could say where it begins."""


def _chance(name: str) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(name.encode()))


def _write(item: dict[str, Any], annotations: list[dict[str, Any]], sound: rooms.Samples, **more: Any) -> None:
    path = sound_files.WORK / "sounds" / f"{item['id']}.ogg"
    sound_files.write(path, sound_files.full(sound), RATE, KILOBITS)
    record = {"item": item | {"seconds": round(len(sound) / RATE, 3)}, "annotations": annotations, **more}
    path.with_suffix(".json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def clip(name: str, pool: str, label: str, difficulty: str) -> None:
    """One sound, in silence (easy), in a room (medium) or before traffic (hard)."""
    chance = _chance(name)
    sound = CLASSES[label](chance)
    whole = silence(len(sound) / RATE + 0.6)
    put(whole, sound / np.abs(sound).max(), 0.3)
    place = {"easy": "clean", "medium": "room", "hard": "street"}[difficulty]
    heard = rooms.PLACES[place](whole, RATE, chance)
    item = {
        "id": name,
        "pool": pool,
        "difficulty": difficulty,
        "alt": "A short recording of one kind of sound.",
        "source": f"studio.sounds {name}",
        "group": "clip",
    }
    answer = {"type": "choice", "id": "class", "label": label, "attributes": {"noise": place}}
    _write(item, [answer], heard)


def _fits(label: str, start: float, end: float, taken: list[tuple[str, float, float]]) -> bool:
    """Whether a sound may lie there: apart from its own kind, and at most two at once."""
    if any(label == other and start < last + APART and first < end + APART for other, first, last in taken):
        return False
    moments = [first for _, first, _ in taken if start <= first < end] + [start]
    return all(sum(first <= at < last for _, first, last in taken) <= 1 for at in moments)


def audible(sound: rooms.Samples, rest: rooms.Samples) -> tuple[rooms.Samples, rooms.Samples]:
    """In which frames of :data:`FRAME` seconds something sounds, and in which of them it can be heard among the rest.

    It sounds when it is at most :data:`AUDIBLE` dB below its own loudest frame; it is heard when it is then stronger
    than the rest in at least one band of a third of an octave.
    """
    transform = ShortTimeFFT(np.hanning(int(2 * FRAME * RATE)), int(FRAME * RATE), RATE)
    edges = 100 * 2 ** (np.arange(23) / 3)
    bands = np.searchsorted(edges, transform.f)
    mine, other = (
        np.stack([power[bands == at].sum(axis=0) for at in range(1, len(edges))])
        for power in (transform.spectrogram(sound), transform.spectrogram(rest))
    )
    whole = mine.sum(axis=0)
    # A band with next to nothing of the sound proves nothing.
    heard = (mine > other) & (mine > 0.02 * whole)
    sounds = whole > whole.max() * 10 ** (-AUDIBLE / 10)
    return sounds, sounds & heard.any(axis=0)


def _placed(place: str, seconds: float, chance: np.random.Generator) -> list[tuple[str, float, rooms.Samples]]:
    """Sounds that fit into a scene: class, start in seconds, samples."""
    labels = list(chance.permutation(PLACES[place])) + list(chance.choice(PLACES[place], size=3))
    echo = rooms.echo(RATE, ECHOES.get(place, 0.1), 1.2, chance)
    taken: list[tuple[str, float, float]] = []
    made = []
    for label in map(str, labels):
        dry = CLASSES[label](chance)
        sound = fftconvolve(dry / np.abs(dry).max(), echo)
        first, last = sound_files.sounding(sound, RATE, AUDIBLE)
        strength = chance.uniform(0.5, 1.0) * 0.1 / rooms.level(sound[int(first * RATE) : int(last * RATE)])
        for _ in range(60):
            start = chance.uniform(0.5, seconds - (last - first) - 0.4)
            if _fits(label, start, start + last - first, taken):
                taken.append((label, start, start + last - first))
                made.append((label, start, strength * sound[int(first * RATE) :]))
                break
    return sorted(made, key=lambda one: one[1])


def _track(seconds: float, start: float, sound: rooms.Samples) -> rooms.Samples:
    track = silence(seconds)
    put(track, sound, start)
    return track


def scene(name: str, pool: str, place: str, difficulty: str) -> None:
    """A place in which several things sound; some at the same time, but none that another one drowns."""
    chance = _chance(name)
    seconds = chance.uniform(17, 24)
    made = _placed(place, seconds, chance)
    count = int(seconds * RATE)
    noise = rooms.traffic(count, RATE, chance) if place in ("street", "square") else rooms.pink(count, chance)
    noise *= 0.1 * 10 ** (NOISE[difficulty] / 20)
    tracks = [_track(seconds, start, sound) for _, start, sound in made]
    annotations: list[dict[str, Any]] = []
    kept = noise.copy()
    for at, (label, start, _) in enumerate(made):
        others = noise + sum((track for which, track in enumerate(tracks) if which != at), silence(seconds))
        sounds, in_the_mix = audible(tracks[at], others)
        heard = np.flatnonzero(in_the_mix) * FRAME
        if len(heard) < LEAST_HEARD * sounds.sum() or abs(heard[0] - start) > LATE:
            continue
        kept += tracks[at]
        times = {"start": round(start, 3), "end": round(float(heard[-1]), 3)}
        annotations.append({"type": "segment", "id": f"e{len(annotations) + 1:02}", "label": label, **times})
    item = {
        "id": name,
        "pool": pool,
        "difficulty": difficulty,
        "alt": f"A recording of several sounds, {seconds:.0f} seconds.",
        "source": f"studio.sounds {name}",
        "group": "scene",
    }
    _write(item, annotations, kept, place=place)


def main() -> None:
    """Make all of it."""
    for pool, first in FIRST.items():
        # Shuffled, so that an id says nothing of the class.
        labels = [label for label in CLASSES for _ in range(PER_CLASS[pool])]
        levels = [("easy", "medium", "hard", "medium")[at % PER_CLASS[pool]] for at in range(len(labels))]
        order = _chance(f"order {pool}").permutation(len(labels))
        for at, which in enumerate(order):
            clip(f"so-{first + at:03}", pool, labels[which], levels[which])
        for at, place in enumerate(PLACES):
            scene(f"sc-{first + at:03}", pool, place, ("easy", "medium", "hard")[at % 3])
    print("sounds made")


if __name__ == "__main__":
    main()
