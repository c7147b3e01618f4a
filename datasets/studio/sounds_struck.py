"""Sounds of things that are struck: doorbells, knocks, breaking glass, footsteps, applause. No two are alike."""

from __future__ import annotations

import numpy as np

from .rooms import Samples, band
from .sound_kit import RATE, burst, put, silence, soft_ends, struck, times


def doorbell(chance: np.random.Generator) -> Samples:
    """A chime of two or three falling notes on metal bars."""
    high = chance.uniform(560, 800)
    notes = [1, 4 / 5] if chance.random() < 0.7 else [1, 5 / 6, 2 / 3]
    apart = chance.uniform(0.42, 0.7)
    ring = chance.uniform(0.5, 0.95)
    sound = silence(apart * len(notes) + 1.6)
    for at, note in enumerate(notes):
        hertz = high * note
        partials = [(hertz, ring, 1), (2 * hertz, ring * 0.6, 0.25), (2.76 * hertz, ring * 0.35, 0.3)]
        bar = struck([*partials, (5.4 * hertz, 0.1, 0.12)], 1.9, chance)
        put(sound, bar + burst(1.9, 0.004, 1500, 6000, chance) * 0.3, 0.01 + at * apart, 1 - 0.1 * at)
    return sound


def knock(chance: np.random.Generator) -> Samples:
    """Knuckles on a door: three to six dull blows."""
    size = chance.uniform(0.8, 1.3)
    apart = chance.uniform(0.16, 0.3)
    blows = int(chance.integers(3, 7))
    sound = silence(apart * blows + 0.4)
    for at in range(blows):
        wobble = chance.uniform(0.96, 1.04)
        door = struck(
            [
                (118 * size * wobble, 0.05, 1),
                (196 * size * wobble, 0.04, 0.8),
                (318 * size, 0.025, 0.55),
                (540 * size, 0.016, 0.35),
                (910 * size, 0.01, 0.25),
            ],
            0.3,
            chance,
        )
        blow = door + burst(0.3, 0.006, 300, 4000, chance) * 1.2
        put(sound, blow, 0.01 + at * apart + chance.normal() * 0.008 * (at > 0), chance.uniform(0.7, 1))
    return sound


def glass_break(chance: np.random.Generator) -> Samples:
    """A pane or a tumbler: the blow, a splash of shards, single shards that fall after it."""
    seconds = chance.uniform(1.5, 2.3)
    sound = silence(seconds)
    put(sound, burst(0.4, 0.018, 200, 3000, chance) * 1.1 + burst(0.4, 0.035, 2000, 10500, chance) * 1.4, 0.02)
    spread = chance.uniform(0.16, 0.34)
    for _ in range(int(chance.integers(70, 140))):
        at = 0.02 + abs(chance.normal()) * spread
        hertz = chance.uniform(2200, 9500)
        shard = struck([(hertz, chance.uniform(0.01, 0.07), 1), (hertz * 1.53, 0.02, 0.5)], 0.3, chance)
        put(sound, shard, at, chance.uniform(0.05, 0.4) * np.exp(-at / 0.45))
    for _ in range(int(chance.integers(4, 10))):
        hertz, at = chance.uniform(3000, 8000), chance.uniform(0.5, seconds - 0.35)
        late = struck([(hertz, 0.06, 1), (hertz * 1.41, 0.04, 0.6), (hertz * 2.1, 0.02, 0.4)], 0.3, chance)
        put(sound, late, at, chance.uniform(0.04, 0.12))
    return soft_ends(sound, 0.003)


def footsteps(chance: np.random.Generator) -> Samples:
    """Somebody walks: heel and toe, on wood, stone or gravel."""
    floor = chance.choice(["wood", "stone", "gravel"])
    pace = chance.uniform(0.42, 0.62)
    steps = int(chance.integers(5, 9))
    sound = silence(pace * steps + 0.3)
    pitch = chance.uniform(0.85, 1.2)
    for at in range(steps):
        when = 0.02 + at * pace + chance.normal() * 0.012 * (at > 0)
        _step(sound, when, str(floor), pitch, chance)
    return soft_ends(sound, 0.005)


def _step(sound: Samples, when: float, floor: str, pitch: float, chance: np.random.Generator) -> None:
    strength = chance.uniform(0.75, 1.1)
    if floor == "gravel":
        for _ in range(26):
            grain = burst(0.03, 0.004, 1200, 7000, chance)
            put(sound, grain, when + chance.beta(1.5, 2.5) * 0.2, chance.uniform(0.2, 0.9) * strength)
        put(sound, burst(0.1, 0.02, 80, 500, chance), when, 0.6 * strength)
        return
    if floor == "wood":
        heel = struck([(95 * pitch, 0.05, 1.2), (170 * pitch, 0.04, 0.9), (290, 0.02, 0.5)], 0.2, chance)
        heel = heel + burst(0.2, 0.008, 200, 2500, chance) * 0.9
    else:
        heel = burst(0.2, 0.006, 700, 6000, chance) * 1.4 + struck([(210 * pitch, 0.012, 0.5)], 0.2, chance)
    put(sound, heel, when, strength)
    put(sound, burst(0.12, 0.018, 700, 4500, chance), when + chance.uniform(0.07, 0.1), 0.35 * strength)


def applause(chance: np.random.Generator) -> Samples:
    """Many hands: claps at random, thick in the middle, thin at the end."""
    seconds = chance.uniform(3.0, 4.6)
    sound = silence(seconds)
    people = int(chance.integers(9, 40))
    for _ in range(people):
        rate = chance.uniform(3.2, 5)
        centre, width = chance.uniform(900, 1900), chance.uniform(1.4, 2.2)
        first, last = chance.uniform(0, 0.5), chance.uniform(seconds * 0.7, seconds - 0.1)
        near = chance.uniform(0.2, 1)
        when = first
        while when < last:
            clap = burst(0.06, chance.uniform(0.005, 0.011), centre / width, centre * width, chance)
            put(sound, clap, when, near * chance.uniform(0.6, 1))
            when += max(0.09, 1 / rate + chance.normal() * 0.02)
    at = times(seconds)[: len(sound)]
    return soft_ends(sound * np.minimum(1, 0.35 + at / 0.7), 0.02)


def rain(chance: np.random.Generator) -> Samples:
    """A steady hiss and drops: on a street or, harder, on a roof."""
    seconds = chance.uniform(3.5, 5.0)
    hiss = band(chance.normal(size=int(seconds * RATE)), 900, 9000, RATE)
    low = band(chance.normal(size=len(hiss)), 100, 500, RATE)
    sound = hiss * chance.uniform(0.25, 0.5) + low / low.std() * hiss.std() * chance.uniform(0.1, 0.25)
    for _ in range(int(seconds * chance.uniform(60, 220))):
        hertz = chance.uniform(1500, 5500)
        drop = struck([(hertz, 0.004, 1), (hertz * 0.55, 0.006, 0.5)], 0.03, chance)
        put(sound, drop, chance.uniform(0, seconds - 0.04), chance.exponential(0.5))
    return soft_ends(sound, 0.35)
