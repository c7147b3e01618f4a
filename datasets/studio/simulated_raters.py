"""Simulated raters of emotion: they measure a clip with ears of their own and name the nearest of four prototypes.

Nobody was asked. Each rater is given the five changes by which the clip differs from the same voice's neutral reading
(not the name of the emotion that the studio meant), mishears each a little, has a leaning towards some answers, and
votes for the emotion whose prototype is nearest. The votes are therefore spread widest where a clip lies between two
prototypes.
"""

from __future__ import annotations

import zlib
from dataclasses import astuple, dataclass

import numpy as np

EMOTIONS = ("angry", "happy", "neutral", "sad")
RATERS = 12


@dataclass(frozen=True)
class Heard:
    """By what a clip differs from a neutral reading by the same voice.

    Attributes:
        pitch: Semitones of the mean pitch.
        melody: Ratio of the pitch's spread.
        pace: Ratio of the speed.
        force: Decibels of loudness.
        tilt: Decibels from low to high frequencies.
    """

    pitch: float
    melody: float
    pace: float
    force: float
    tilt: float


PROTOTYPES = {
    "angry": Heard(1.6, 1.25, 1.13, 5.5, 8.0),
    "happy": Heard(3.6, 1.55, 1.08, 2.5, 3.5),
    "neutral": Heard(0.0, 1.0, 1.0, 0.0, 0.0),
    "sad": Heard(-1.8, 0.55, 0.83, -5.0, -6.5),
}
"""What a rater expects; milder than the studio's full manners, as everyday speech is."""
UNITS = np.array([2.0, 0.4, 0.1, 4.0, 5.0])
"""How much of each measure counts as one step."""
MISHEARING = 0.8
"""Standard deviation of a rater's hearing, in steps, for each measure of each clip."""
STEPS_EACH = 1.4
"""Steps from neutral for each degree of intensity."""
LEANING = 0.35
"""Standard deviation of a rater's leaning towards an answer, in steps."""


def _leanings() -> np.ndarray:
    """The same raters rate every clip: one leaning for each rater and answer."""
    chance = np.random.default_rng(zlib.crc32(b"simulated raters of emotion"))
    return chance.normal(scale=LEANING, size=(RATERS, len(EMOTIONS)))


def _steps(heard: Heard) -> np.ndarray:
    measures = np.array(astuple(heard))
    return (measures - np.array(astuple(PROTOTYPES["neutral"]))) / UNITS


def votes(heard: Heard, chance: np.random.Generator) -> tuple[tuple[int, ...], float]:
    """Votes for each of :data:`EMOTIONS`, and the mean intensity from 1 (weak) to 3 (strong) that was given.

    A rater's intensity is how far the clip lies from neutral, in degrees of :data:`STEPS_EACH`.
    """
    prototypes = np.array([_steps(PROTOTYPES[name]) for name in EMOTIONS])
    counts = [0] * len(EMOTIONS)
    strengths = []
    for leaning in _leanings():
        sensed = _steps(heard) + chance.normal(scale=MISHEARING, size=len(UNITS))
        distances = np.linalg.norm(prototypes - sensed, axis=1) - leaning
        counts[int(np.argmin(distances))] += 1
        strengths.append(float(np.clip(np.round(np.linalg.norm(sensed) / STEPS_EACH), 1, 3)))
    return tuple(counts), float(np.mean(strengths))
