"""Toy cars in six models, and the paint, glass, lamps and wheels that all vehicles share. Lengths are metres.

A vehicle is one object that faces +x, its wheels on z = 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import bpy
import numpy as np

from .blocks import block
from .nodes import Colour, MaterialGraph
from .paints import glowing, known, plain
from .shapes import Part, build, lathe, ring_faces

PAINTS: dict[str, Colour] = {
    "red": (0.46, 0.02, 0.02),
    "blue": (0.02, 0.10, 0.38),
    "white": (0.74, 0.74, 0.72),
    "yellow": (0.74, 0.46, 0.015),
    "green": (0.03, 0.20, 0.08),
    "black": (0.022, 0.022, 0.026),
    "silver": (0.42, 0.44, 0.46),
    "orange": (0.72, 0.18, 0.012),
    "teal": (0.01, 0.25, 0.28),
    "sand": (0.48, 0.40, 0.27),
    "sky": (0.20, 0.42, 0.62),
    "maroon": (0.17, 0.012, 0.03),
    "grey": (0.13, 0.14, 0.15),
}
METALLIC = frozenset({"silver", "grey", "sand"})


@dataclass(frozen=True)
class Model:
    """A car's measures.

    Heights are metres above the road; stations along the car run from -1 (rear end) to 1 (front end).

    Attributes:
        length, width, height: Of the whole car.
        belt: Lower edge of the windows.
        hood, boot: Height of the bonnet and of the boot lid; a hatchback's boot is as high as its belt.
        cabin: Stations where the windows begin at the rear and end at the front, at the belt.
        roof: The same at the roof.
        blind: Rearward of this station the upper body is sheet metal (a van); -1 for windows all round.
    """

    length: float
    width: float
    height: float
    belt: float
    hood: float
    boot: float
    cabin: tuple[float, float]
    roof: tuple[float, float]
    blind: float = -1.0


MODELS: dict[str, Model] = {
    "hatchback": Model(3.80, 1.72, 1.49, 0.92, 0.86, 0.92, (-0.95, 0.40), (-0.76, 0.06)),
    "saloon": Model(4.50, 1.80, 1.43, 0.90, 0.83, 0.88, (-0.70, 0.36), (-0.40, 0.05)),
    "estate": Model(4.60, 1.80, 1.48, 0.91, 0.84, 0.91, (-0.96, 0.38), (-0.85, 0.07)),
    "off-roader": Model(4.40, 1.90, 1.74, 1.06, 1.02, 1.06, (-0.95, 0.36), (-0.86, 0.10)),
    "mini": Model(3.20, 1.62, 1.50, 0.90, 0.84, 0.90, (-0.92, 0.52), (-0.70, 0.18)),
    "van": Model(4.90, 1.96, 2.12, 1.10, 1.02, 1.10, (-0.985, 0.66), (-0.96, 0.40), blind=0.02),
}
RING = 32


def paint(colour: str) -> bpy.types.Material:
    """Car paint under a clear coat."""
    name = f"car paint {colour}"
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    graph.surface(Base_Color=PAINTS[colour], Roughness=0.34, Coat_Weight=0.8, Coat_Roughness=0.05)
    graph.surface(Metallic=0.5 if colour in METALLIC else 0.0)
    return graph.material


def glass() -> bpy.types.Material:
    """Dark, glossy window glass."""
    return plain("car glass", (0.014, 0.018, 0.022), 0.06, coat=0.4)


def lamps(lit: bool) -> tuple[bpy.types.Material, bpy.types.Material]:
    """The glass of the front and of the rear lamps."""
    if lit:
        return glowing("headlamp lit", (1.0, 0.93, 0.78), 9.0), glowing("tail lamp lit", (1.0, 0.03, 0.02), 3.0)
    return plain("headlamp", (0.85, 0.85, 0.80), 0.1), plain("tail lamp", (0.36, 0.01, 0.01), 0.15)


def wheel(x: float, y: float, radius: float = 0.33, width: float = 0.21) -> list[Part]:
    """A tyre on a light rim, its axle along y."""
    tyre = plain("tyre", (0.022, 0.022, 0.022), 0.75)
    rim = plain("rim", (0.52, 0.52, 0.54), 0.3, 0.9)
    w = width / 2
    outer = [
        (0.62, -w * 0.9),
        (0.70, -w),
        (0.94, -w),
        (1.0, -w * 0.7),
        (1.0, w * 0.7),
        (0.94, w),
        (0.70, w),
        (0.62, w * 0.9),
    ]
    inner = [(0.0, -w * 0.8), (0.18, -w * 0.85), (0.30, -w * 0.55), (0.62, -w * 0.9)]
    parts = [lathe([(r * radius, h) for r, h in outer], tyre, 28)]
    parts += [lathe([(r * radius, mirror * h) for r, h in inner], rim, 28) for mirror in (1, -1)]
    axle = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])
    at = np.array([x, y, radius])
    return [Part(part.vertices @ axle + at, part.faces, part.material) for part in parts]


def arch(x: float, side: float, width: float, radius: float) -> Part:
    """The dark opening round a wheel, a hair's breadth outside the body."""
    angles = np.linspace(0, 2 * math.pi, 28, endpoint=False)
    reach = radius + 0.055
    ring = np.stack(
        [x + reach * np.cos(angles), np.full(28, side * (width / 2 + 0.004)), radius + reach * np.sin(angles)], 1
    )
    keep = ring[:, 2].clip(min=0.17)
    ring[:, 2] = keep
    face = tuple(range(28)) if side < 0 else tuple(reversed(range(28)))
    return Part(ring, [face], plain("arch", (0.012, 0.012, 0.012), 0.9), smooth=False)


def finished(label: str, parts: list[Part], size: tuple[float, float, float]) -> bpy.types.Object:
    thing = build(label, parts)
    thing["label"], thing["size"] = label, size
    return thing


def _superellipse(exponent: float, count: int) -> np.ndarray:
    angles = np.arange(count) * 2 * math.pi / count
    c, s = np.cos(angles), np.sin(angles)
    return np.stack([np.sign(c) * np.abs(c) ** (2 / exponent), np.sign(s) * np.abs(s) ** (2 / exponent)], axis=1)


def _hull(model: Model, body: bpy.types.Material) -> Part:
    """The lower body: superelliptic sections along the car, rounded at both ends."""
    ring = _superellipse(5.0, RING)
    stations = np.sin(np.linspace(-math.pi / 2, math.pi / 2, 41))
    sections = []
    for station in stations:
        rear, front = model.cabin
        if station < rear:
            top = model.boot + (model.belt - model.boot) * max(0.0, 1 - (rear - station) / 0.06)
        elif station > front:
            top = model.belt + (model.hood - model.belt) * min(1.0, (station - front) / 0.12)
        else:
            top = model.belt
        top -= 0.09 * max(0.0, (station - 0.55) / 0.45) ** 2 + 0.04 * max(0.0, (-station - 0.75) / 0.25) ** 2
        bottom = 0.21 + 0.05 * max(0.0, (abs(station) - 0.8) / 0.2)
        end = (1 - min(1.0, abs(station)) ** 9) ** 0.45 if abs(station) < 1 else 0.0
        half_width = model.width / 2 * (1 - 0.06 * abs(station) ** 3) * (0.80 + 0.20 * end)
        centre, half_height = (top + bottom) / 2, (top - bottom) / 2 * (0.72 + 0.28 * end)
        x = np.full(RING, station * model.length / 2)
        sections.append(np.stack([x, ring[:, 0] * half_width, centre + ring[:, 1] * half_height], axis=1))
    last = (len(stations) - 1) * RING
    caps = [tuple(reversed(range(RING))), tuple(range(last, last + RING))]
    return Part(np.concatenate(sections), ring_faces(len(stations), RING) + caps, body)


def _cabin(model: Model, body: bpy.types.Material) -> list[Part]:
    """The upper body: windows between pillars, under a roof."""
    count, levels = 48, 11
    outline = _superellipse(6.0, count)
    layers = []
    for level in range(levels):
        q = level / (levels - 1)
        rise = q if q < 0.85 else 0.85 + 0.15 * math.sin((q - 0.85) / 0.15 * math.pi / 2)
        z = model.belt - 0.07 + (model.height - model.belt + 0.07) * rise
        shrink = 1 - 0.06 * max(0.0, (q - 0.78) / 0.22) ** 2
        rear = (model.cabin[0] + (model.roof[0] - model.cabin[0]) * q) * model.length / 2
        front = (model.cabin[1] + (model.roof[1] - model.cabin[1]) * q) * model.length / 2
        half_width = (model.width / 2 * 0.93 - 0.15 * q * model.height / 1.5) * shrink
        centre, half = (rear + front) / 2, (front - rear) / 2 * shrink
        layers.append(np.stack([centre + outline[:, 0] * half, outline[:, 1] * half_width, np.full(count, z)], axis=1))
    vertices = np.concatenate(layers)
    roof = tuple(range((levels - 1) * count, levels * count))
    sheet, window = [roof], []
    middle = 0.02 if model.cabin[0] < -0.8 else -0.10
    for number, face in enumerate(ring_faces(levels, count)):
        level, at = divmod(number, count)
        a = (outline[at] + outline[(at + 1) % count]) / 2
        pillar = abs(a[0]) > 0.86 and abs(a[1]) > 0.80
        post = abs(a[1]) > 0.5 and (abs(a[0] - middle) < 0.06 or (model.length > 4.3 and abs(a[0] + 0.62) < 0.045))
        station = (vertices[face[0], 0] + vertices[face[1], 0]) / model.length
        blind = model.blind > -1 and station < model.blind
        solid = level >= levels - 3 or level == 0 or pillar or post or blind
        (sheet if solid else window).append(face)
    return [Part(vertices, sheet, body), Part(vertices, window, glass())]


def make_car(model_name: str, colour: str, lit: bool = False) -> bpy.types.Object:
    """A car of one of MODELS in one of PAINTS; `lit` switches its lamps on."""
    model, body = MODELS[model_name], paint(colour)
    length, width = model.length, model.width
    head, tail = lamps(lit)
    black = plain("bumper", (0.035, 0.035, 0.035), 0.6)
    parts = [_hull(model, body), *_cabin(model, body)]
    radius = 0.36 if model_name in ("off-roader", "van") else 0.31
    for x in (0.63 * length / 2, -0.60 * length / 2):
        for side in (1, -1):
            parts.append(arch(x, side, width, radius))
            parts += wheel(x, side * (width / 2 - 0.075), radius)
    nose, stern = length / 2, -length / 2
    grille = model.hood - 0.24
    for side in (1, -1):
        parts.append(block((nose - 0.07, side * (width / 2 - 0.33), grille + 0.03), (0.13, 0.32, 0.15), head))
        parts.append(block((stern + 0.06, side * (width / 2 - 0.24), model.boot - 0.20), (0.11, 0.24, 0.22), tail))
        mirror_x = model.cabin[1] * length / 2 * 0.80
        parts.append(block((mirror_x, side * (width / 2 + 0.05), model.belt + 0.07), (0.13, 0.18, 0.12), body))
        parts.append(
            block((-0.02 * length, side * (width / 2 - 0.005), model.belt - 0.16), (0.20, 0.025, 0.035), black, 0.008)
        )
    parts += [
        block((nose - 0.05, 0, 0.36), (0.12, width * 0.82, 0.17), black, 0.04),
        block((stern + 0.05, 0, 0.38), (0.12, width * 0.82, 0.17), black, 0.04),
        block((nose + 0.01, 0, 0.40), (0.03, 0.46, 0.11), plain("plate", (0.72, 0.72, 0.68), 0.5), 0.008),
        block((stern - 0.01, 0, 0.52), (0.03, 0.46, 0.11), plain("rear plate", (0.72, 0.58, 0.10), 0.5), 0.008),
        block((nose - 0.045, 0, grille), (0.09, width * 0.40, 0.10), black, 0.02),
    ]
    return finished("car", parts, (length, width, model.height))
