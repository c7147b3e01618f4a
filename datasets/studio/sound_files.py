"""Sound files of the data sets: Ogg Opus, one channel. Written with libsndfile, in the studio's environment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from .rooms import Samples

WORK = Path(__file__).parent / "work"
PEAK = 0.8
"""Largest sample of a file, full scale at 1."""


def resampled(sound: Samples, rate: int, into: int) -> Samples:
    """The sound at another number of samples a second."""
    return sound if rate == into else resample_poly(sound, into, rate)


def full(sound: Samples) -> Samples:
    """The sound as loud as a file may be."""
    return sound * PEAK / np.abs(sound).max()


def write(path: Path, sound: Samples, rate: int, kilobits: float) -> None:
    """Write Opus at about so many thousand bits a second."""
    import soundfile

    path.parent.mkdir(parents=True, exist_ok=True)
    # libsndfile maps its level 0 to 256 and 1 to 6 thousand bits a second of a channel.
    level = (256 - kilobits) / 250
    soundfile.write(path, sound.astype(np.float32), rate, format="OGG", subtype="OPUS", compression_level=level)


def read(path: Path) -> tuple[Samples, int]:
    """Samples and rate of a sound file."""
    import soundfile

    return soundfile.read(path, dtype="float64")


def loudness(sound: Samples, rate: int, step: float = 0.01) -> Samples:
    """Root mean square of every `step` seconds."""
    size = int(step * rate)
    whole = sound[: len(sound) // size * size].reshape(-1, size)
    return np.sqrt((whole**2).mean(axis=1))


def sounding(sound: Samples, rate: int, below: float = 38.0) -> tuple[float, float]:
    """First and last moment, in seconds, that is at most `below` dB under the loudest hundredth of a second."""
    loud = loudness(sound, rate)
    heard = np.flatnonzero(loud > loud.max() * 10 ** (-below / 20))
    return heard[0] * 0.01, (heard[-1] + 1) * 0.01
