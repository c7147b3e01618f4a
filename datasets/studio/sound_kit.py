"""Parts that synthesised sounds are made of: decaying partials, glides, bursts, and putting one sound into another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .rooms import Samples, band

RATE = 24000
"""Samples a second of everything in the set `sounds`."""


def silence(seconds: float) -> Samples:
    """Nothing, for so long."""
    return np.zeros(int(seconds * RATE))


def times(seconds: float) -> Samples:
    """The moments of a sound in seconds."""
    return np.arange(int(seconds * RATE)) / RATE


def struck(partials: Sequence[tuple[float, float, float]], seconds: float, chance: np.random.Generator) -> Samples:
    """What rings when it is struck: (frequency in Hz, decay to 1/e in seconds, strength) of each partial."""
    at = times(seconds)
    return sum(
        strength * np.exp(-at / decay) * np.sin(2 * np.pi * hertz * at + chance.uniform(0, 6.28))
        for hertz, decay, strength in partials
        if hertz < RATE * 0.45
    )


def glide(hertz: Samples) -> Samples:
    """The phase of a tone whose frequency changes, for np.sin."""
    return 2 * np.pi * np.cumsum(hertz) / RATE


def burst(seconds: float, decay: float, low: float, high: float, chance: np.random.Generator) -> Samples:
    """Noise between two frequencies that dies away."""
    noise = band(chance.normal(size=int(seconds * RATE)), low, high, RATE)
    return noise * np.exp(-times(seconds) / decay)


def put(into: Samples, sound: Samples, at: float, strength: float = 1.0) -> None:
    """Add a sound at a moment in seconds; what reaches beyond the end is cut."""
    first = int(at * RATE)
    rest = into[first : first + len(sound)]
    rest += strength * sound[: len(rest)]


def soft_ends(sound: Samples, seconds: float = 0.01) -> Samples:
    """The sound without a click where it begins and ends."""
    ramp = np.minimum(1, np.arange(len(sound)) / max(1, seconds * RATE))
    return sound * ramp * ramp[::-1]
