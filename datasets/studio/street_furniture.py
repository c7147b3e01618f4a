"""What stands on the pavements of the toy town: lamps, benches, bollards, bins, a bus shelter, market stalls, a sign.

Every piece is one object, placed by the caller's (x, y) in metres; the pavement's height is added here.
"""

from __future__ import annotations

import math
import random

import bpy
import numpy as np

from .blocks import block
from .nodes import Colour
from .paints import glowing, painted_wood, plain
from .shapes import Part, build, ellipsoid, lathe, tube
from .streets import AWNINGS, KERB

LAMP_HEIGHT = 5.0
SEAT = 0.50


def _iron() -> bpy.types.Material:
    return plain("iron", (0.04, 0.045, 0.05), 0.4, 0.6)


def _placed(name: str, parts: list[Part], x: float, y: float, yaw: float = 0.0) -> bpy.types.Object:
    thing = build(name, parts)
    thing.location, thing.rotation_euler[2] = (x, y, KERB), yaw
    return thing


def lamp_post(x: float, y: float, side: int, lit: bool) -> None:
    """A street lamp whose arm reaches over the road; lit, it carries a light of its own."""
    reach = -side * 1.5
    path = np.array([(0, 0, 0), (0, 0, 1.2), (0, 0, 4.4), (0, reach * 0.25, 4.85), (0, reach, LAMP_HEIGHT)])
    bulb = glowing("bulb", (1.0, 0.80, 0.50), 14.0) if lit else plain("bulb off", (0.8, 0.8, 0.76), 0.2)
    parts = [
        tube(path, [0.085, 0.065, 0.05, 0.04, 0.035], _iron(), 10),
        lathe([(0.13, 0.0), (0.13, 0.22), (0.08, 0.34)], _iron(), 12),
        ellipsoid((0, reach * 1.1, LAMP_HEIGHT), (0.15, 0.32, 0.09), _iron(), 16),
        ellipsoid((0, reach * 1.1, LAMP_HEIGHT - 0.05), (0.11, 0.25, 0.07), bulb, 16),
    ]
    _placed("lamp", parts, x, y)
    if lit:
        data = bpy.data.lights.new("lamp light", "SPOT")
        data.energy, data.color = 900.0, (1.0, 0.78, 0.48)
        data.spot_size, data.spot_blend, data.shadow_soft_size = math.radians(150), 0.6, 0.15
        light = bpy.data.objects.new("lamp light", data)
        bpy.context.scene.collection.objects.link(light)
        light.location = (x, y + reach * 1.1, KERB + LAMP_HEIGHT - 0.16)


def bench(x: float, y: float, yaw: float) -> None:
    """A wooden bench 1.8 m long that looks towards +x turned by `yaw`; its seat is SEAT high."""
    plank = painted_wood((0.34, 0.20, 0.09))
    parts = [block((0.06 + 0.13 * number, 0, SEAT - 0.02), (0.11, 1.8, 0.04), plank, 0.01) for number in range(3)]
    parts += [
        block((-0.06 - 0.02 * number, 0, SEAT + 0.20 + 0.16 * number), (0.04, 1.8, 0.11), plank, 0.01)
        for number in range(2)
    ]
    for end in (-0.75, 0.75):
        parts.append(block((0.18, end, SEAT / 2 - 0.02), (0.40, 0.07, SEAT - 0.04), _iron(), 0.01))
        parts.append(block((-0.06, end, SEAT * 0.8), (0.05, 0.07, SEAT * 1.5), _iron(), 0.01))
    _placed("bench", parts, x, y, yaw)


def bollard(x: float, y: float) -> None:
    _placed("bollard", [lathe([(0.08, 0), (0.075, 0.85), (0.09, 0.88), (0.085, 0.96), (0.0, 1.0)], _iron(), 14)], x, y)


def bin_(x: float, y: float) -> None:
    """A litter bin."""
    green = plain("bin", (0.06, 0.17, 0.11), 0.5)
    _placed("bin", [lathe([(0.22, 0.1), (0.25, 0.85), (0.27, 0.87), (0.24, 0.9), (0.0, 0.95)], green, 18)], x, y)


def bike_rack(x: float, y: float, yaw: float) -> None:
    """A steel hoop."""
    path = [(-0.4, 0, 0), (-0.4, 0, 0.6), (-0.3, 0, 0.75), (0.3, 0, 0.75), (0.4, 0, 0.6), (0.4, 0, 0)]
    _placed(
        "rack",
        [tube(np.array(path, dtype=float), [0.025] * 6, plain("rim", (0.52, 0.52, 0.54), 0.3, 0.9), 8)],
        x,
        y,
        yaw,
    )


def planter(x: float, y: float) -> None:
    """The frame round a tree's foot."""
    _placed("planter", [block((0, 0, 0.05), (1.3, 1.3, 0.16), painted_wood((0.30, 0.20, 0.12)), 0.03)], x, y)


def shelter(x: float, y: float, side: int) -> None:
    """A bus shelter 4.4 m long along x, open towards the road, with a sign beside it."""
    iron, pane = _iron(), plain("shelter pane", (0.34, 0.42, 0.44), 0.1)
    back = side * 0.75
    parts = [block((0, 0, 2.45), (4.6, 1.7, 0.12), painted_wood((0.08, 0.24, 0.32), 0.1), 0.03)]
    parts += [block((end, back, 1.2), (0.09, 0.09, 2.4), iron, 0.01) for end in (-2.2, 0.0, 2.2)]
    parts += [block((middle, back, 0.55), (2.0, 0.03, 0.6), pane, 0.005) for middle in (-1.1, 1.1)]
    parts.append(block((0, back - side * 0.25, 0.48), (3.6, 0.36, 0.06), painted_wood((0.34, 0.20, 0.09)), 0.01))
    parts.append(tube(np.array([(3.0, -side * 0.5, 0.0), (3.0, -side * 0.5, 2.7)]), [0.04, 0.04], iron, 8))
    parts.append(block((3.0, -side * 0.5, 2.6), (0.5, 0.05, 0.5), plain("sign", (0.75, 0.60, 0.05), 0.4), 0.01))
    _placed("shelter", parts, x, y)


def stall(x: float, y: float, yaw: float, rng: random.Random) -> None:
    """A market stall under a striped roof, 2.6 m long; its goods lie towards +y turned by `yaw`."""
    wood = painted_wood((0.38, 0.25, 0.13))
    cloth, pale = painted_wood(rng.choice(AWNINGS), 0.1), plain("awning pale", (0.72, 0.70, 0.64), 0.8)
    parts = [block((0, 0, 0.45), (2.4, 0.9, 0.9), wood, 0.02)]
    goods: tuple[Colour, ...] = ((0.62, 0.20, 0.03), (0.20, 0.36, 0.06), (0.60, 0.05, 0.04), (0.70, 0.52, 0.06))
    for number in range(4):
        tone = rng.choice(goods)
        heap = plain("goods " + " ".join(map(str, tone)), tone, 0.6)
        parts.append(ellipsoid((-0.9 + 0.6 * number, 0.1, 0.92), (0.26, 0.30, 0.16), heap, 14))
    for px in (-1.2, 1.2):
        parts += [block((px, py, 1.15), (0.06, 0.06, 2.3), wood, 0.01) for py in (-0.75, 0.75)]
    for number in range(10):
        x0, x1 = (-1.4 + 2.8 * (number + end) / 10 for end in (0, 1))
        corners = [(x0, -1.0, 2.2), (x1, -1.0, 2.2), (x1, 0, 2.7), (x0, 0, 2.7), (x1, 1.0, 2.2), (x0, 1.0, 2.2)]
        faces = [(0, 1, 2, 3), (3, 2, 4, 5)]
        parts.append(Part(np.array(corners), faces, pale if number % 2 else cloth, smooth=False))
    _placed("stall", parts, x, y, yaw)


def hills(rng: random.Random) -> None:
    """Low wooded hills all round, so that the street does not end in the sky."""
    green = plain("hill", (0.11, 0.19, 0.07), 0.95)
    parts = []
    for number in range(26):
        angle = 2 * math.pi * number / 26 + rng.uniform(-0.08, 0.08)
        away = rng.uniform(150, 200)
        size = (rng.uniform(28, 45), rng.uniform(28, 45), rng.uniform(7, 17))
        parts.append(ellipsoid((25 + away * math.cos(angle), away * math.sin(angle), -2.0), size, green, 24))
    build("hills", parts)
