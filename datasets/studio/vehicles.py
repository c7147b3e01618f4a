"""Toy buses, lorries and bicycles: one object each, facing +x, wheels on z = 0. Lengths are metres."""

from __future__ import annotations

import math
import random

import bpy
import numpy as np

from .blocks import block
from .cars import MODELS, PAINTS, arch, finished, glass, lamps, make_car, paint, wheel
from .paints import glowing, plain
from .shapes import Part, tube


def make_bus(colour: str, lit: bool = False) -> bpy.types.Object:
    """A single-deck town bus, 9.4 m long."""
    length, width = 9.4, 2.5
    body, black, pale = (
        paint(colour),
        plain("bumper", (0.035, 0.035, 0.035), 0.6),
        plain("stripe", (0.72, 0.70, 0.64), 0.4),
    )
    head, tail = lamps(lit)
    window = glowing("bus light", (1.0, 0.84, 0.58), 1.2) if lit else glass()
    parts = [
        block((0, 0, 1.68), (length, width, 2.66), body, 0.16),
        block((0, 0, 0.98), (length + 0.02, width + 0.02, 0.13), pale, 0.01),
        block((0.2, 0, 3.05), (length * 0.55, 1.5, 0.18), pale, 0.05),
    ]
    for number in range(6):
        x = -length / 2 + 1.0 + number * 1.33
        for side in (1, -1):
            if number == 5 and side < 0:
                continue
            parts.append(block((x, side * width / 2, 2.08), (1.20, 0.05, 0.98), window, 0.02))
    for x in (length / 2 - 0.75, -0.1):
        parts.append(block((x, -width / 2, 1.52), (1.05, 0.06, 2.10), glass(), 0.02))
        parts.append(block((x, -width / 2 - 0.02, 1.52), (0.06, 0.06, 2.10), black, 0.01))
    parts += [
        block((length / 2, 0, 1.92), (0.06, width * 0.88, 1.35), glass(), 0.03),
        block((-length / 2, 0, 2.16), (0.06, width * 0.78, 0.90), window, 0.03),
        block((length / 2 + 0.01, 0, 2.78), (0.06, 1.5, 0.26), black, 0.01),
        block((length / 2, 0, 0.50), (0.10, width * 0.92, 0.28), black, 0.03),
        block((-length / 2, 0, 0.50), (0.10, width * 0.92, 0.28), black, 0.03),
    ]
    for side in (1, -1):
        parts.append(block((length / 2 + 0.01, side * 0.90, 0.80), (0.06, 0.36, 0.20), head))
        parts.append(block((-length / 2 - 0.01, side * 1.02, 0.95), (0.06, 0.20, 0.34), tail))
        parts.append(block((length / 2 + 0.18, side * 1.28, 2.15), (0.10, 0.20, 0.42), black))
        for x in (length * 0.31, -length * 0.27):
            parts.append(arch(x, side, width, 0.46))
            parts += wheel(x, side * (width / 2 - 0.12), 0.46, 0.28)
    return finished("bus", parts, (length, width, 3.1))


TRUCK_BODIES = ("box", "tipper", "flatbed")


def make_truck(body: str, colour: str, load: str, lit: bool = False) -> bpy.types.Object:
    """A lorry whose load space is apart from its cab: `body` is one of TRUCK_BODIES, `load` a paint for it."""
    cab, black = paint(colour), plain("bumper", (0.035, 0.035, 0.035), 0.6)
    head, tail = lamps(lit)
    length, width = 6.6, 2.25
    parts = [
        block((2.40, 0, 1.48), (1.75, 2.05, 1.90), cab, 0.16),
        block((3.27, 0, 1.86), (0.06, 1.76, 0.78), glass(), 0.03),
        block((0.0, 0, 0.66), (6.3, 0.95, 0.22), black, 0.02),
        block((3.28, 0, 0.66), (0.14, 2.05, 0.30), black, 0.04),
        block((3.29, 0, 1.18), (0.05, 1.20, 0.26), black, 0.02),
        block((-3.22, 0, 0.62), (0.08, 2.0, 0.14), black, 0.02),
    ]
    for side in (1, -1):
        parts.append(block((2.50, side * 1.025, 1.88), (0.85, 0.05, 0.64), glass(), 0.02))
        parts.append(block((3.30, side * 0.78, 0.92), (0.06, 0.30, 0.18), head))
        parts.append(block((-3.25, side * 0.80, 0.72), (0.06, 0.30, 0.14), tail))
        parts.append(block((3.22, side * 1.20, 1.80), (0.10, 0.20, 0.36), black))
        for x in (2.25, -1.75):
            parts += wheel(x, side * (width / 2 - 0.17), 0.46, 0.28)
            parts.append(block((x, side * (width / 2 - 0.17), 0.99), (1.05, 0.32, 0.05), black, 0.015))
    shell = plain(f"load {load}", PAINTS[load], 0.5)
    if body == "box":
        parts.append(block((-0.92, 0, 2.10), (4.60, width, 2.45), shell, 0.04))
        parts += [block((-3.24, side * 0.02, 2.10), (0.02, 0.03, 2.2), black, 0.005) for side in (1,)]
    else:
        deck = plain("deck", (0.26, 0.17, 0.09), 0.7)
        parts.append(block((-0.92, 0, 1.02), (4.60, width, 0.10), deck, 0.01))
        wall = 0.85 if body == "tipper" else 0.38
        for side in (1, -1):
            parts.append(block((-0.92, side * (width / 2 - 0.03), 1.05 + wall / 2), (4.60, 0.06, wall), shell, 0.015))
        for x in (-3.19, 1.35):
            rise = wall + (0.55 if x > 0 else 0.0)
            parts.append(block((x, 0, 1.05 + rise / 2), (0.06, width, rise), shell, 0.015))
        if body == "tipper":
            parts.append(_heap(-0.92, 4.3, width - 0.25, 1.55))
        else:
            for number, x in enumerate((-2.5, -1.5, -0.3, 0.7)):
                parts.append(block((x, 0.25 * (-1) ** number, 1.07 + 0.4), (0.85, 1.0, 0.8), deck, 0.02))
    return finished("truck", parts, (length, width, 3.3 if body == "box" else 2.5))


def _heap(x: float, length: float, width: float, z: float) -> Part:
    """A heap of sand on a lorry."""
    rows, columns = 9, 19
    u, v = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    height = 0.65 * (1 - u**2) * (1 - v**2) + 0.05 * np.sin(9 * u + 3 * v)
    vertices = np.stack([x + u * length / 2, v * width / 2, z + height], axis=-1).reshape(-1, 3)
    faces = [
        (a, a + 1, a + columns + 1, a + columns)
        for row in range(rows - 1)
        for a in range(row * columns, row * columns + columns - 1)
    ]
    return Part(vertices, faces, plain("sand", (0.44, 0.33, 0.19), 0.95))


SADDLE = (-0.22, 0.0, 0.93)


def make_bicycle(colour: str) -> bpy.types.Object:
    """An upright bicycle, 1.75 m long; a rider's pelvis belongs over SADDLE."""
    frame, dark, bright = (
        paint(colour),
        plain("tyre", (0.022, 0.022, 0.022), 0.75),
        plain("rim", (0.52, 0.52, 0.54), 0.3, 0.9),
    )
    parts = []
    rear, front, radius = -0.53, 0.55, 0.335
    for x in (rear, front):
        for ring, thick, material in ((radius - 0.018, 0.022, dark), (radius - 0.05, 0.012, bright)):
            angles = np.linspace(0, 2 * math.pi, 33)
            path = np.stack([x + ring * np.cos(angles), np.zeros(33), radius + ring * np.sin(angles)], axis=1)
            parts.append(tube(path, [thick] * 33, material, 8))
        for number in range(12):
            a = number * math.pi / 6
            end = (x + (radius - 0.05) * math.cos(a), 0.0, radius + (radius - 0.05) * math.sin(a))
            parts.append(_rod((x, 0.0, radius), end, 0.0035, bright))
    crank, seat, head = (-0.10, 0.0, 0.30), (-0.20, 0.0, 0.82), (0.36, 0.0, 0.85)
    bar = (0.30, 0.0, 1.02)
    for start, end in ((crank, seat), (crank, (0.38, 0.0, 0.72)), ((-0.19, 0.0, 0.76), head)):
        parts.append(_rod(start, end, 0.020, frame))
    for side in (1, -1):
        parts.append(_rod((rear, side * 0.05, radius), (-0.19, side * 0.02, 0.76), 0.011, frame))
        parts.append(_rod((rear, side * 0.05, radius), (-0.10, side * 0.03, 0.30), 0.011, frame))
        parts.append(_rod((front, side * 0.05, radius), (0.385, side * 0.03, 0.72), 0.013, frame))
        parts.append(_rod(bar, (0.20, side * 0.29, 1.03), 0.013, bright))
        parts.append(_rod((0.24, side * 0.19, 1.027), (0.12, side * 0.31, 1.03), 0.019, dark))
        pedal = (crank[0] + side * 0.12, side * 0.12, crank[2] - side * 0.10)
        parts.append(_rod(crank, (pedal[0], side * 0.05, pedal[2]), 0.012, bright))
        parts.append(block(pedal, (0.10, 0.09, 0.025), dark, 0.006))
    parts += [
        _rod((0.385, 0.0, 0.70), bar, 0.018, frame),
        _rod(seat, SADDLE, 0.014, bright),
        block((SADDLE[0] - 0.02, 0.0, SADDLE[2]), (0.26, 0.15, 0.06), dark, 0.025),
        block((rear + 0.02, 0.0, 0.74), (0.34, 0.12, 0.02), bright, 0.005),
    ]
    return finished("bicycle", parts, (1.75, 0.6, 1.05))


def _rod(start: tuple[float, ...], end: tuple[float, ...], radius: float, material: bpy.types.Material) -> Part:
    return tube(np.array([start, end]), [radius, radius], material, 8)


def random_vehicle(label: str, rng: random.Random, lit: bool) -> bpy.types.Object:
    """A car, bus, truck or bicycle with a model and colours of its own."""
    colours = sorted(PAINTS)
    if label == "car":
        return make_car(rng.choice(sorted(MODELS)), rng.choice(colours), lit)
    if label == "bus":
        return make_bus(rng.choice(("red", "teal", "yellow", "sky", "green")), lit)
    if label == "truck":
        body = rng.choice(TRUCK_BODIES)
        return make_truck(
            body, rng.choice(colours), rng.choice(("white", "silver", "blue", "red", "orange", "green")), lit
        )
    return make_bicycle(rng.choice(colours))
