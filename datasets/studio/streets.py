"""The ground and the houses of the toy town: a street along x with pavements, perhaps a side street or a square.

Lengths are metres. Traffic keeps to the right: it goes towards +x where y < 0.
"""

from __future__ import annotations

import math
import random

import numpy as np

from .blocks import block
from .nodes import Colour
from .paints import glowing, painted_wood, plain
from .shapes import Part, build
from .street_skins import asphalt, grass, paving, road_paint, tiles, wall

ROAD = 5.4
"""Half the width of the road: a lane and a strip for parking on each side."""
LANE, PARKING, CYCLING = 1.65, 4.28, 3.0
"""Distance of their middle lines from the road's."""
PAVED = 8.9
"""Where the pavement ends and the houses begin."""
KERB = 0.13
SIDE_STREET = (12.0, 19.5)
ZEBRA = (-2.6, 0.4)
SQUARE = (-8.0, 30.0)
"""Where the square opens on the left (y > 0) in the place called "square"."""
SQUARE_DEPTH = 26.0
REACH = (-45.0, 95.0)
"""How far the street goes."""

PLACES = ("crossing", "avenue", "square")
WALLS: tuple[tuple[str, Colour], ...] = (
    ("plaster", (0.66, 0.50, 0.30)),
    ("plaster", (0.34, 0.46, 0.55)),
    ("plaster", (0.72, 0.66, 0.55)),
    ("plaster", (0.60, 0.33, 0.26)),
    ("plaster", (0.44, 0.52, 0.36)),
    ("plaster", (0.74, 0.73, 0.70)),
    ("plaster", (0.66, 0.44, 0.44)),
    ("brick", (0.36, 0.13, 0.085)),
    ("brick", (0.42, 0.27, 0.17)),
)
ROOFS: tuple[Colour, ...] = ((0.34, 0.11, 0.065), (0.17, 0.17, 0.19), (0.36, 0.20, 0.11), (0.26, 0.09, 0.06))
DOORS: tuple[Colour, ...] = (
    (0.28, 0.06, 0.04),
    (0.04, 0.14, 0.22),
    (0.09, 0.18, 0.08),
    (0.30, 0.20, 0.10),
    (0.45, 0.42, 0.36),
)
AWNINGS: tuple[Colour, ...] = ((0.50, 0.07, 0.05), (0.06, 0.26, 0.16), (0.07, 0.18, 0.40), (0.62, 0.42, 0.08))


def _sheet(x0: float, x1: float, y0: float, y1: float, z: float, material: object) -> Part:
    corners = np.array([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], dtype=float)
    return Part(corners, [(0, 1, 2, 3)], material, smooth=False)


def lay_ground(place: str, wet: bool) -> None:
    """Meadow, road, pavements, kerbs and lines."""
    road, slab, line = asphalt(wet), paving(wet), road_paint()
    kerb = plain("kerb", (0.42, 0.41, 0.39), 0.8)
    start, end = REACH
    build("meadow", [_sheet(-260, 260, -260, 260, -0.10, grass())])
    parts = [_sheet(start - 100, end + 60, -ROAD, ROAD, 0.0, road)]
    gaps = [SIDE_STREET] if place == "crossing" else []
    if gaps:
        parts.append(_sheet(*SIDE_STREET, -90, -ROAD, 0.0, road))
        parts.append(_sheet(*SIDE_STREET, ROAD, 90, 0.0, road))
    build("road", parts)
    stretches = [(start, SIDE_STREET[0]), (SIDE_STREET[1], end)] if gaps else [(start, end)]
    pavements = []
    for side in (1, -1):
        for a, b in stretches:
            outer = side * (PAVED + 1.0)
            pavements.append(_sheet(a, b, min(side * ROAD, outer), max(side * ROAD, outer), KERB, slab))
            pavements.append(block(((a + b) / 2, side * (ROAD + 0.06), 0.045), (b - a, 0.26, 0.19), kerb, 0.03))
        corners = SIDE_STREET if gaps else ()
        pavements += [block((x, side * (ROAD + 12), 0.045), (0.26, 24.0, 0.19), kerb, 0.03) for x in corners]
    if place == "square":
        pavements.append(_sheet(*SQUARE, ROAD, ROAD + SQUARE_DEPTH, KERB + 0.002, slab))
    build("pavement", pavements)
    build("lines", _lines(place, line))


def _lines(place: str, line: object) -> list[Part]:
    z = 0.005
    parts = []
    crossing = SIDE_STREET if place == "crossing" else (0.0, 0.0)
    x = REACH[0]
    while x < REACH[1]:
        clear = ZEBRA[1] + 1.6 < x or x + 2 < ZEBRA[0] - 1.6
        if clear and not crossing[0] - 2.5 < x < crossing[1] + 0.5:
            parts.append(_sheet(x, x + 2.0, -0.07, 0.07, z, line))
        x += 4.4
    bars = 10
    for number in range(bars):
        y = -ROAD + 0.35 + number * (2 * ROAD - 0.7) / (bars - 0.5)
        parts.append(_sheet(*ZEBRA, y, y + 0.52, z, line))
    parts.append(_sheet(ZEBRA[0] - 1.3, ZEBRA[0] - 1.0, -3.2, -0.1, z, line))
    parts.append(_sheet(ZEBRA[1] + 1.0, ZEBRA[1] + 1.3, 0.1, 3.2, z, line))
    x = REACH[0]
    while x < REACH[1]:
        near_zebra = ZEBRA[0] - 5.5 < x < ZEBRA[1] + 5.5
        if not near_zebra and not crossing[0] - 3 < x < crossing[1] + 3:
            bays = [sorted((side * 3.35, side * (ROAD - 0.1))) for side in (1, -1)]
            parts += [_sheet(x, x + 0.09, *bay, z, line) for bay in bays]
        x += 5.6
    return parts


def raise_houses(place: str, rng: random.Random, lit: bool) -> None:
    """Rows of houses on both sides and across the far end of the street."""
    for side in (1, -1):
        x = REACH[0]
        while x < REACH[1] - 4:
            width = rng.choice((6.0, 7.4, 8.6, 10.0))
            if place == "crossing" and x + width > SIDE_STREET[0] - 0.9 and x < SIDE_STREET[1] + 0.9:
                gap = SIDE_STREET[0] - 0.9 - x
                if gap >= 4.5:
                    _house(x + gap / 2, side * PAVED, gap - 0.1, 0.0 if side < 0 else math.pi, rng, lit)
                x = SIDE_STREET[1] + 0.9
                continue
            inside = place == "square" and side > 0 and x + width > SQUARE[0] and x < SQUARE[1]
            depth = ROAD + SQUARE_DEPTH if inside else PAVED
            _house(x + width / 2, side * depth, width - 0.1, 0.0 if side < 0 else math.pi, rng, lit)
            x += width
    for number in range(7):
        # The street bends away behind these.
        _house(REACH[1] + 26, -30 + number * 10.0, 9.8, math.pi / 2, rng, lit)


def _house(x: float, y: float, width: float, facing: float, rng: random.Random, lit: bool) -> None:
    """A house whose front is `width` wide, has its middle at (x, y), and looks towards +y turned by `facing`."""
    floors = rng.choice((2, 2, 3, 3))
    height, depth = 2.9 * floors + 0.5, 8.0
    kind, colour = rng.choice(WALLS)
    skin = wall(kind, colour)
    frame = plain("window frame", (0.70, 0.68, 0.62), 0.5)
    parts = [block((0, -depth / 2, height / 2), (width, depth, height), skin, 0.05)]
    columns = max(2, int(width / 2.3))
    shop = rng.random() < 0.35
    door_at = rng.randrange(columns)
    for floor in range(floors):
        for column in range(columns):
            wx = -width / 2 + width * (column + 0.5) / columns
            z = 1.75 + floor * 2.9
            if floor == 0 and column == door_at:
                door = painted_wood(rng.choice(DOORS))
                parts += [
                    block((wx, 0.0, 1.10), (1.16, 0.16, 2.24), frame, 0.02),
                    block((wx, 0.04, 1.06), (0.96, 0.14, 2.06), door, 0.02),
                ]
                continue
            if floor == 0 and shop:
                parts += _window(wx, 1.40, width / columns * 0.86, 2.1, rng, lit, frame, bars=False)
            else:
                parts += _window(wx, z, 1.05, 1.45, rng, lit, frame, bars=True)
    if shop:
        parts += _awning(width * 0.94, rng)
    parts += _roof(width, depth, height, rng)
    thing = build("house", parts)
    thing.location, thing.rotation_euler[2] = (x, y, 0.0), facing


def _window(
    x: float, z: float, width: float, height: float, rng: random.Random, lit: bool, frame: object, bars: bool
) -> list[Part]:
    pane = plain("window", (0.06, 0.075, 0.09), 0.07, coat=0.4)
    if lit and rng.random() < 0.45:
        pane = glowing(f"window lit {rng.randrange(3)}", rng.choice(((1.0, 0.72, 0.38), (1.0, 0.80, 0.52))), 1.6)
    parts = [
        block((x, 0.0, z), (width + 0.16, 0.12, height + 0.16), frame, 0.02),
        block((x, 0.03, z), (width, 0.10, height), pane, 0.01),
        block((x, 0.06, z - height / 2 - 0.10), (width + 0.3, 0.28, 0.07), frame, 0.01),
    ]
    if bars:
        parts.append(block((x, 0.06, z), (0.06, 0.08, height), frame, 0.005))
        parts.append(block((x, 0.06, z + height * 0.12), (width, 0.08, 0.05), frame, 0.005))
    return parts


def _awning(width: float, rng: random.Random) -> list[Part]:
    """Striped cloth over a shop window, 1.3 m deep and high enough to walk under."""
    cloth, pale = painted_wood(rng.choice(AWNINGS), 0.1), plain("awning pale", (0.72, 0.70, 0.64), 0.8)
    stripes = max(6, int(width / 0.5))
    parts = []
    for number in range(stripes):
        x0, x1 = (-width / 2 + width * (number + end) / stripes for end in (0, 1))
        corners = [(x0, 0.05, 3.0), (x1, 0.05, 3.0), (x1, 1.3, 2.5), (x0, 1.3, 2.5), (x0, 1.3, 2.3), (x1, 1.3, 2.3)]
        parts.append(Part(np.array(corners), [(0, 3, 2, 1), (3, 4, 5, 2)], pale if number % 2 else cloth, smooth=False))
    return parts


def _roof(width: float, depth: float, height: float, rng: random.Random) -> list[Part]:
    skin = tiles(rng.choice(ROOFS))
    rise, over = rng.uniform(2.0, 3.0), 0.35
    front, back, middle = over, -depth - over, -depth / 2
    w = width / 2
    corners = [
        (-w, front, height - 0.1),
        (w, front, height - 0.1),
        (w, back, height - 0.1),
        (-w, back, height - 0.1),
        (-w, middle, height + rise),
        (w, middle, height + rise),
    ]
    faces = [(0, 1, 5, 4), (2, 3, 4, 5), (3, 0, 4), (1, 2, 5), (0, 3, 2, 1)]
    parts = [Part(np.array(corners), faces, skin, smooth=False)]
    brick = wall("brick", (0.30, 0.12, 0.08))
    x = rng.uniform(-0.35, 0.35) * width
    parts.append(block((x, middle + 0.6, height + rise * 0.9), (0.7, 0.6, 1.8), brick, 0.02))
    return parts
