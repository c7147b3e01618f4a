"""Sounds with a pitch: sirens, telephones, birds, car horns. No two are alike."""

from __future__ import annotations

import numpy as np

from .rooms import Samples, band
from .sound_kit import RATE, burst, glide, put, silence, soft_ends, struck, times


def siren(chance: np.random.Generator) -> Samples:
    """An ambulance or a police car that comes nearer or drives off: two tones, a wail or a yelp."""
    seconds = chance.uniform(3.6, 5.0)
    at = times(seconds)
    kind = chance.choice(["two tones", "wail", "yelp"])
    if kind == "two tones":
        low = chance.uniform(380, 470)
        hertz = np.where(np.mod(at + chance.uniform(0, 1), 1.1) < 0.55, low, low * 4 / 3)
    else:
        period = chance.uniform(2.4, 3.4) if kind == "wail" else chance.uniform(0.3, 0.42)
        swing = np.arcsin(np.sin(2 * np.pi * at / period + chance.uniform(0, 6.28))) * 2 / np.pi
        hertz = chance.uniform(850, 1000) + 380 * swing
    hertz = hertz * (1 + np.linspace(0.015, -0.015, len(at)) * chance.choice([-1, 1]))  # it drives past
    phase = glide(hertz)
    horn = np.tanh(2.2 * np.sin(phase)) + 0.35 * np.sin(2 * phase) + 0.15 * np.sin(3 * phase)
    ends = chance.permutation([chance.uniform(0.35, 0.6), 1.0])
    return soft_ends(band(horn, 350, 5000, RATE) * np.linspace(ends[0], ends[1], len(at)), 0.12)


def phone_ring(chance: np.random.Generator) -> Samples:
    """A bell with a hammer, or an electronic ringer, two or three times."""
    old = chance.random() < 0.5
    ring, pause = chance.uniform(0.6, 1.0), chance.uniform(0.35, 0.75)
    rings = int(chance.integers(2, 4))
    sound = silence(rings * (ring + pause))
    one = _hammered(ring, chance) if old else _warbled(ring, chance)
    for at in range(rings):
        put(sound, one, 0.01 + at * (ring + pause))
    return sound


def _hammered(seconds: float, chance: np.random.Generator) -> Samples:
    rate, gong = chance.uniform(19, 25), chance.uniform(1100, 1500)
    sound = silence(seconds + 0.3)
    for blow in range(int(seconds * rate)):
        hertz = gong if blow % 2 else gong * 1.19
        bell = struck([(hertz, 0.12, 1), (hertz * 2.3, 0.08, 0.6), (hertz * 4.1, 0.04, 0.35)], 0.35, chance)
        put(sound, bell + burst(0.35, 0.002, 2000, 8000, chance) * 0.5, blow / rate, chance.uniform(0.85, 1))
    return sound


def _warbled(seconds: float, chance: np.random.Generator) -> Samples:
    at = times(seconds)
    low, high, rate = chance.uniform(800, 1300), chance.uniform(1.18, 1.33), chance.uniform(11, 18)
    phase = glide(np.where(np.sin(2 * np.pi * rate * at) > 0, low, low * high))
    tone = np.sin(phase) + 0.3 * np.sin(3 * phase) + 0.12 * np.sin(5 * phase)
    return soft_ends(tone, 0.012)


def bird_song(chance: np.random.Generator) -> Samples:
    """Two to four phrases: whistles that slide, trills, chirps."""
    sound = silence(6)
    when = 0.02
    for _ in range(int(chance.integers(2, 5))):
        kind = chance.choice(["chirps", "trill", "whistle"])
        start, end = chance.uniform(2800, 5200), chance.uniform(3000, 6200)
        notes = {"chirps": chance.integers(2, 5), "trill": chance.integers(7, 13), "whistle": 1}[str(kind)]
        long = {"chirps": 0.1, "trill": 0.045, "whistle": 0.32}[str(kind)] * chance.uniform(0.8, 1.3)
        apart = long + {"chirps": 0.08, "trill": 0.02, "whistle": 0.1}[str(kind)]
        for _ in range(int(notes)):
            at = times(long)
            hertz = start + (end - start) * (at / long) ** 1.4 + 120 * np.sin(2 * np.pi * 32 * at)
            phase = glide(hertz * chance.uniform(0.98, 1.02))
            tone = (np.sin(phase) + 0.12 * np.sin(2 * phase)) * np.hanning(len(at))
            put(sound, tone, when, chance.uniform(0.6, 1))
            when += apart
        when += chance.uniform(0.1, 0.4)
    return sound[: int((when + 0.1) * RATE)]


def car_horn(chance: np.random.Generator) -> Samples:
    """Two horns a third apart, pressed once, twice or three times."""
    low = chance.uniform(310, 420)
    presses = int(chance.integers(1, 4))
    long = [chance.uniform(0.9, 1.6)] if presses == 1 else chance.uniform(0.16, 0.45, size=presses)
    sound = silence(sum(long) + 0.25 * presses + 0.2)
    when = 0.02
    for seconds in long:
        at = times(seconds)
        tone = sum(np.tanh(3 * np.sin(2 * np.pi * low * ratio * at + 0.4)) for ratio in (1, chance.uniform(1.2, 1.26)))
        buzz = band(tone + 0.06 * chance.normal(size=len(at)), 280, 5500, RATE)
        put(sound, soft_ends(buzz * (1 - 0.12 * np.exp(-at / 0.05)), 0.025), when)
        when += seconds + chance.uniform(0.12, 0.25)
    return sound
