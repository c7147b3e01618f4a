"""Small things that lie beside a paper on a table: coins, a pen, keys, a book. Metres, linear RGB.

All of them rest on z = 0.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace

import bpy
import numpy as np

from .nodes import Colour
from .paints import plain
from .shapes import Part, build, lathe, moved, soften, tube
from .stages import slab

BRASS: Colour = (0.52, 0.34, 0.11)
SILVER: Colour = (0.55, 0.55, 0.53)
COPPER: Colour = (0.46, 0.20, 0.10)
COVERS: tuple[Colour, ...] = ((0.05, 0.13, 0.20), (0.30, 0.05, 0.05), (0.06, 0.16, 0.09))
SMALL_COIN = 0.0088
"""Radius of the coin that hides a word."""


def coin(radius: float, colour: Colour) -> bpy.types.Object:
    """A coin with a raised rim and a smaller ring on its face."""
    return build("coin", _coin(radius, colour))


def _coin(radius: float, colour: Colour) -> list[Part]:
    """The pieces of a coin; each has its own edges, so that flat stays flat."""
    metal = plain("coin " + " ".join(f"{part:.2f}" for part in colour), colour, 0.38, 1.0)
    high, face = 0.0018, 0.0015
    side = [(0.0, 0.0), (radius, 0.0), (radius, 0.9 * high), (0.985 * radius, high)]
    rim = [(0.985 * radius, high), (0.89 * radius, high)]
    flat = [(0.88 * radius, face), (0.0, face)]
    ring = [(0.62 * radius, face), (0.61 * radius, high), (0.54 * radius, high), (0.53 * radius, face)]
    slope = [(0.89 * radius, high), (0.88 * radius, face)]
    return [lathe(profile, metal, 56) for profile in (side, rim, slope, flat, ring)]


def coins(rng: random.Random) -> bpy.types.Object:
    """Three coins side by side, the middle one at the origin."""
    parts: list[Part] = []
    for number, (radius, colour) in enumerate(((0.0105, COPPER), (0.0118, BRASS), (0.0112, SILVER))):
        at = ((number - 1) * 0.025, rng.uniform(-0.005, 0.005), 0.0)
        parts += [moved(part, at) for part in _coin(radius, colour)]
    return build("coins", parts)


def pen(rng: random.Random) -> bpy.types.Object:
    """A ball-point pen along x, 14 cm long."""
    colour = rng.choice(COVERS)
    body, steel = plain(f"pen {colour[0]:.2f}", colour, 0.25, coat=0.4), plain("pen steel", SILVER, 0.25, 1.0)
    profile = [(0.0, -0.058), (0.0042, -0.058), (0.0046, -0.05), (0.0046, 0.062), (0.0038, 0.066), (0.0, 0.066)]
    tip = [(0.0, -0.073), (0.0006, -0.072), (0.0040, -0.058), (0.0, -0.058)]
    button = [(0.0, 0.066), (0.0026, 0.066), (0.0026, 0.074), (0.0, 0.074)]
    parts = [lathe(profile, body, 32), lathe(tip, steel, 32), lathe(button, steel, 24)]
    # Laid down: z becomes x.
    laid = [
        Part(part.vertices[:, [2, 1, 0]] * (1, 1, -1) + (0, 0, 0.0048), part.faces, part.material) for part in parts
    ]
    laid.append(slab((0.040, 0.0024, 0.0012), steel, (0.042, 0, 0.0104)))
    return build("pen", laid)


def keys(rng: random.Random) -> bpy.types.Object:
    """Two keys on a ring."""
    parts: list[Part] = []
    turn = np.linspace(0, 2 * math.pi, 40)
    ring = np.stack([0.012 * np.cos(turn), 0.012 * np.sin(turn), 0 * turn + 0.0030], axis=1)
    parts.append(tube(ring, [0.0009] * len(turn), plain("ring", SILVER, 0.25, 1.0), 10))
    for angle, colour in ((rng.uniform(-0.5, -0.2), BRASS), (rng.uniform(0.3, 0.6), SILVER)):
        metal = plain(f"key {colour[0]:.2f}", colour, 0.35, 1.0)
        bow = lathe([(0.004, 0.0), (0.011, 0.0), (0.011, 0.0022), (0.004, 0.0022), (0.004, 0.0)], metal, 36)
        pieces = [replace(bow, smooth=False), slab((0.032, 0.0068, 0.0022), metal, (0.025, 0, 0))]
        for notch in range(4):
            size = (0.0035, 0.003 + 0.0012 * rng.random(), 0.0022)
            pieces.append(slab(size, metal, (0.022 + 0.0055 * notch, -0.0042, 0)))
        at = (0.019 * math.cos(angle), 0.019 * math.sin(angle), 0.0 if angle < 0 else 0.0024)
        parts += [moved(piece, at, angle) for piece in pieces]
    return build("keys", parts)


def book(rng: random.Random) -> bpy.types.Object:
    """A closed book, 13 by 19 cm, 2.2 cm thick."""
    colour = rng.choice(COVERS)
    cover, paper = plain(f"cover {colour[0]:.2f}", colour, 0.55), plain("book block", (0.62, 0.58, 0.48), 0.9)
    parts = [
        slab((0.130, 0.190, 0.002), cover, (0, 0, 0)),
        slab((0.124, 0.184, 0.018), paper, (-0.002, 0, 0.002)),
        slab((0.130, 0.190, 0.002), cover, (0, 0, 0.020)),
        slab((0.002, 0.190, 0.022), cover, (-0.065, 0, 0)),
    ]
    thing = build("book", parts)
    soften(thing, 0.0006)
    return thing
