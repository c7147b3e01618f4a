"""What a recording does to a sound: a room, a street, a telephone line. All from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

Samples = Any
"""Samples of a sound: a float array, full scale at 1."""


def band(sound: Samples, low: float, high: float, rate: int, order: int = 2) -> Samples:
    """Only what lies between two frequencies in Hz; low 0 or a high beyond the rate's half leaves that end open."""
    if low <= 0:
        return sosfilt(butter(order, high, "low", fs=rate, output="sos"), sound)
    if high >= rate / 2:
        return sosfilt(butter(order, low, "high", fs=rate, output="sos"), sound)
    return sosfilt(butter(order, [low, high], "band", fs=rate, output="sos"), sound)


def pink(count: int, chance: np.random.Generator) -> Samples:
    """Noise with as much power in every octave, at a root mean square of 1."""
    spectrum = np.fft.rfft(chance.normal(size=count))
    spectrum /= np.sqrt(np.maximum(1, np.arange(len(spectrum))))
    spectrum[0] = 0
    noise = np.fft.irfft(spectrum, count)
    return noise / noise.std()


def level(sound: Samples) -> float:
    """Root mean square of the loud tenth of a second out of ten: how loud speech with pauses is."""
    pieces = np.array_split(sound**2, max(1, len(sound) // 800))
    return float(np.sqrt(np.quantile([piece.mean() for piece in pieces], 0.9)))


def echo(rate: int, seconds: float, strength: float, chance: np.random.Generator) -> Samples:
    """What a room answers to a click: the click, then reflections that die away by 60 dB in `seconds`."""
    response = np.zeros(int(seconds * rate))
    at = np.arange(len(response)) / rate
    response += chance.normal(size=len(response)) * np.exp(-6.9 * at / seconds) * strength / np.sqrt(rate * seconds)
    response[: int(0.004 * rate)] = 0
    response[0] = 1
    return response


def clean(sound: Samples, _rate: int, chance: np.random.Generator) -> Samples:
    """A studio: nothing but the faint hiss of the microphone, 55 dB below the voice."""
    return sound + pink(len(sound), chance) * level(sound) * 10 ** (-55 / 20)


def room(sound: Samples, rate: int, chance: np.random.Generator) -> Samples:
    """An office: reverberation of a third of a second and a ventilation 26 dB below the voice."""
    heard = fftconvolve(sound, echo(rate, chance.uniform(0.3, 0.4), 1.6, chance))[: len(sound)]
    fan = band(pink(len(sound), chance), 0, 900, rate)
    return heard + fan / fan.std() * level(heard) * 10 ** (-26 / 20)


def traffic(count: int, rate: int, chance: np.random.Generator) -> Samples:
    """A road: low rumble and two cars that pass; root mean square 1."""
    at = np.arange(count) / rate
    rumble = band(pink(count, chance), 30, 600, rate)
    hiss = band(pink(count, chance), 300, 3000, rate)
    cars = sum(
        chance.uniform(0.6, 1.1) / (1 + ((at - chance.uniform(0, at[-1])) / chance.uniform(0.8, 1.4)) ** 2)
        for _ in range(2)
    )
    noise = rumble / rumble.std() * 0.6 + hiss / hiss.std() * cars
    return noise / noise.std()


def street(sound: Samples, rate: int, chance: np.random.Generator) -> Samples:
    """A road (:func:`traffic`), 13 dB below the voice."""
    return sound + traffic(len(sound), rate, chance) * level(sound) * 10 ** (-13 / 20)


def telephone(sound: Samples, rate: int, chance: np.random.Generator) -> Samples:
    """A telephone line: 300 to 3,400 Hz, steps of mu-law at 8 bits, a hiss 24 dB below the voice."""
    narrow = band(sound, 300, 3400, rate, order=4)
    narrow = narrow + band(pink(len(sound), chance), 300, 3400, rate) * level(narrow) * 10 ** (-24 / 20)
    loud = narrow / max(1e-9, np.abs(narrow).max())
    steps = np.round(np.sign(loud) * np.log1p(255 * np.abs(loud)) / np.log1p(255) * 127) / 127
    back = np.sign(steps) * np.expm1(np.abs(steps) * np.log1p(255)) / 255
    return band(back, 250, 3600, rate, order=4)


PLACES: Mapping[str, Callable[[Samples, int, np.random.Generator], Samples]] = {
    "clean": clean,
    "room": room,
    "street": street,
    "telephone": telephone,
}
