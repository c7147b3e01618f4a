"""The five fruit, each from a seed, at natural size (metres). The long axis lies along z; a banana lies along x."""

from __future__ import annotations

import math
import random

import bpy
import numpy as np

from .shapes import Part, build, lathe, smooth_curve, tube, wobble
from .skins import apple_skin, banana_skin, calyx_skin, citrus_skin, pear_skin, stem_skin

CLASSES = ("apple", "banana", "lemon", "orange", "pear")

# Half a pear, as (radius, height) in units of its greatest radius.
PEAR_PROFILE = [
    (0.0, -1.00),
    (0.33, -1.05),
    (0.70, -0.95),
    (0.93, -0.66),
    (1.0, -0.28),
    (0.93, 0.12),
    (0.77, 0.50),
    (0.60, 0.84),
    (0.48, 1.12),
    (0.40, 1.36),
    (0.29, 1.53),
    (0.12, 1.59),
    (0.0, 1.55),
]


def make_fruit(label: str, seed: int, kind: str = "", flawless: bool = False) -> bpy.types.Object:
    """One fruit of a class; `kind` chooses an apple's variety (red, gala, green).

    A flawless one has no natural blemish that looks like a defect (bananas always have their specks).
    """
    if label == "apple":
        fruit = apple(seed, kind or "gala", flawless)
    elif label == "banana":
        fruit = banana(seed)
    elif label in CLASSES:
        fruit = {"lemon": lemon, "orange": orange, "pear": pear}[label](seed, flawless)
    else:
        raise ValueError(f"no fruit is called {label!r}; the classes are {', '.join(CLASSES)}")
    fruit["label"] = label
    return fruit


def _stem(path: np.ndarray, radius: float) -> Part:
    """A stalk that is thicker at both ends."""
    along = np.linspace(-1, 1, len(path))
    return tube(path, radius * (0.68 + 0.32 * along**2), stem_skin(), sides=8)


def apple(seed: int, kind: str, flawless: bool = False) -> bpy.types.Object:
    """Five soft ridges below, a dimple at each end, a stalk in the upper one."""
    rng = random.Random(seed)
    radius = rng.uniform(0.034, 0.041)
    squat = rng.uniform(0.86, 0.98)
    latitude = np.linspace(-math.pi / 2, math.pi / 2, 45)
    ring = np.cos(latitude) * (1 + 0.06 * np.sin(latitude))
    height = np.sin(latitude) * squat
    top = 0.34 * np.exp(-((ring / 0.24) ** 2)) * (latitude > 0)
    bottom = 0.20 * np.exp(-((ring / 0.20) ** 2)) * (latitude < 0)
    profile = np.stack([ring, height - top + bottom], axis=1) * radius
    uneven = wobble(seed, 0.05 * radius, 0.10)
    phase = rng.uniform(0, 2 * math.pi)

    def ridged(vertices: np.ndarray) -> np.ndarray:
        angle = np.arctan2(vertices[:, 1], vertices[:, 0])
        ridge = 0.035 * np.cos(5 * angle + phase) * np.maximum(0, -vertices[:, 2] / radius)
        ridge += 0.02 * np.cos(2 * angle + phase)
        return uneven(vertices * np.stack([1 + ridge, 1 + ridge, np.ones_like(ridge)], axis=1))

    body = lathe(profile, apple_skin(seed, kind, flawless), 56, ridged)
    lean, length = rng.uniform(0, 2 * math.pi), rng.uniform(0.45, 0.75) * radius
    t = np.linspace(0, 1, 9)
    bend = 0.22 * radius * t**2
    foot = profile[-1, 1] - 0.05 * radius
    path = np.stack([bend * math.cos(lean), bend * math.sin(lean), foot + length * t], axis=1)
    return build("apple", [body, _stem(path, 0.055 * radius)])


def orange(seed: int, flawless: bool = False) -> bpy.types.Object:
    """Nearly round, slightly flattened, a small calyx on top."""
    rng = random.Random(seed)
    radius = rng.uniform(0.036, 0.042)
    latitude = np.linspace(-math.pi / 2, math.pi / 2, 41)
    ring = np.cos(latitude)
    dimple = 0.035 * np.exp(-((ring / 0.13) ** 2)) * np.where(latitude > 0, 1.0, -0.6)
    profile = np.stack([ring, np.sin(latitude) * 0.95 - dimple], axis=1) * radius
    body = lathe(profile, citrus_skin(seed, "orange", flawless), 56, wobble(seed, 0.04 * radius, 0.08))
    top = profile[-1, 1]
    path = np.array([(0, 0, top - 0.004 * radius), (0, 0, top + 0.035 * radius), (0, 0, top + 0.05 * radius)])
    calyx = tube(path, [0.10 * radius, 0.09 * radius, 0.03 * radius], calyx_skin(), 15, _star)
    return build("orange", [body, calyx])


def _star(angles: np.ndarray) -> np.ndarray:
    """A five-pointed cross-section."""
    return 1 + 0.25 * np.cos(5 * angles)


def lemon(seed: int, flawless: bool = False) -> bpy.types.Object:
    """Longer than wide, with a clear nipple at one end and a blunt neck at the other."""
    rng = random.Random(seed)
    radius = rng.uniform(0.033, 0.036)
    slim = rng.uniform(0.74, 0.80)
    latitude = np.linspace(-math.pi / 2, math.pi / 2, 53)
    ring = np.cos(latitude)
    tip = np.exp(-((ring / 0.24) ** 2)) * np.where(latitude > 0, 0.30, -0.16)
    profile = np.stack([ring**0.95 * slim, np.sin(latitude) * 1.04 + tip], axis=1) * radius
    body = lathe(profile, citrus_skin(seed, "lemon", flawless), 56, wobble(seed, 0.05 * radius, 0.08))
    return build("lemon", [body])


def pear(seed: int, flawless: bool = False) -> bpy.types.Object:
    """A Williams pear, leaning a little, with a stalk."""
    rng = random.Random(seed)
    radius = rng.uniform(0.031, 0.035)
    bend = rng.uniform(-0.14, 0.14)
    profile = smooth_curve(PEAR_PROFILE, 5) * radius
    uneven = wobble(seed, 0.08 * radius, 0.09)

    def leaning(vertices: np.ndarray) -> np.ndarray:
        leaned = vertices.copy()
        leaned[:, 0] += bend * radius * np.maximum(0, vertices[:, 2] / radius) ** 2 * 0.5
        return uneven(leaned)

    body = lathe(profile, pear_skin(seed, flawless), 56, leaning)
    t = np.arange(7)
    path = np.stack([bend * radius * 1.2 + 0.006 * radius * t**2, 0 * t, radius * (1.48 + 0.09 * t)], axis=1)
    return build("pear", [body, _stem(path, 0.062 * radius)])


def banana(seed: int) -> bpy.types.Object:
    """A bent five-sided fruit in the xz plane, its ends up, its middle at the origin."""
    rng = random.Random(seed)
    length = rng.uniform(0.155, 0.185)
    thick = rng.uniform(0.0165, 0.0185)
    arc = rng.uniform(1.05, 1.45)
    ripeness = rng.uniform(0.1, 0.9)
    sides = 30
    along = np.linspace(0, 1, 61)
    angle = arc * (along - 0.5)
    bend = length / arc
    path = np.stack([bend * np.sin(angle), np.zeros_like(along), bend * (1 - np.cos(angle))], axis=1)
    phase = rng.uniform(0, 0.6)

    def five_sided(angles: np.ndarray) -> np.ndarray:
        return 1 + 0.05 * np.cos(5 * (angles + phase))

    part = tube(path, thick * _banana_width(along), banana_skin(seed, ripeness), sides, five_sided)
    part = Part(wobble(seed, 0.05 * thick, 0.07)(part.vertices), part.faces, part.material)
    fruit = build("banana", [part])
    attribute = fruit.data.attributes.new("along", "FLOAT", "POINT")
    attribute.data.foreach_set("value", np.repeat(along, sides))
    return fruit


def _banana_width(along: np.ndarray) -> np.ndarray:
    """Relative radius from the stem (0) over shoulder, body and taper to the blunt tip (1)."""
    shoulder = np.clip((along - 0.10) / 0.14, 0, 1)
    stem = 0.36 + 0.12 * np.clip(along / 0.10, 0, 1) ** 2
    width = stem + 0.52 * (3 * shoulder**2 - 2 * shoulder**3)
    taper = np.clip((along - 0.78) / 0.185, 0, 1)
    width = width * (1 - 0.66 * taper**1.7)
    return width - 0.12 * np.clip((along - 0.965) / 0.035, 0, 1)
