"""Where the wooden figures pose: a street, a gym, a kitchen, a park. Metres, linear RGB.

A stage has its floor at z = 0 and its back wall 1.9 m behind the middle; the camera looks along +y from the front.
"""

from __future__ import annotations

import math

import bpy
import numpy as np

from .nodes import Colour, MaterialGraph
from .paints import painted_wood, plain
from .props import wood
from .shapes import Part, box, build, ellipsoid, moved, soften, tube

BACK = 1.9
SIDE = 9.0
FRONT = -7.0
STREETS: dict[str, Colour] = {"blue": (0.07, 0.16, 0.24), "terracotta": (0.44, 0.19, 0.09), "sand": (0.52, 0.44, 0.30)}


def make_stage(kind: str, colour: str) -> None:
    """Build the stage of a kind: street, gym, kitchen, park. `colour` is a name of STREETS, for a street's house.

    Raises:
        ValueError: There is no such stage.
    """
    makers = {"street": lambda: street(colour), "gym": gym, "kitchen": kitchen, "park": park}
    if kind not in makers:
        raise ValueError(f"no stage is called {kind!r}; there are {', '.join(makers)}")
    makers[kind]()


def slab(size: tuple[float, float, float], material: bpy.types.Material, at: tuple[float, float, float]) -> Part:
    """A box with flat sides whose bottom is centred at `at`."""
    part = moved(box(size, material), at)
    return Part(part.vertices, part.faces, part.material, smooth=False)


def floor(material: bpy.types.Material, y0: float = FRONT, y1: float = BACK) -> None:
    """A floor at z = 0 from `y0` to `y1`."""
    corners = np.array([(-SIDE, y0, 0.0), (SIDE, y0, 0.0), (SIDE, y1, 0.0), (-SIDE, y1, 0.0)])
    build("floor", [Part(corners, [(0, 1, 2, 3)], material)], smooth=False)


def wall(material: bpy.types.Material, z0: float = 0.0, z1: float = 4.5, y: float = BACK) -> None:
    """A wall across the back from height `z0` to `z1`."""
    corners = np.array([(-SIDE, y, z0), (SIDE, y, z0), (SIDE, y, z1), (-SIDE, y, z1)])
    build("wall", [Part(corners, [(0, 1, 2, 3)], material)], smooth=False)


def tiles(
    name: str, first: Colour, second: Colour, mortar: Colour, size: tuple[float, float], upright: bool = False
) -> bpy.types.Material:
    """Rectangular tiles or stones of `size` (width and height, metres) with joints."""
    graph = MaterialGraph(name)
    bricks = graph.node("ShaderNodeTexBrick")
    width, height = size
    settings = {"Scale": 1.0, "Mortar Size": 0.004, "Brick Width": width, "Row Height": height, "Bias": 0.0}
    for key, value in settings.items():
        bricks.inputs[key].default_value = value
    for key, colour in (("Color1", first), ("Color2", second), ("Mortar", mortar)):
        graph.feed(colour, bricks.inputs[key])
    turn = (math.pi / 2, 0.0, 0.0) if upright else (0.0, 0.0, 0.0)
    graph.feed(graph.mapped(turn=turn), bricks.inputs["Vector"])
    worn = graph.mix(graph.math("MULTIPLY", graph.noise(7, 3), 0.35), bricks.outputs[0], tuple(0.5 * c for c in first))
    graph.surface(Base_Color=worn, Roughness=0.7)
    return graph.material


def plaster(name: str, colour: Colour, streak: float = 0.35) -> bpy.types.Material:
    """Painted render, a little uneven."""
    graph = MaterialGraph(name)
    cloud = graph.math("MULTIPLY", graph.ramp(graph.noise(1.6, 4, 0.6), [(0.35, 0.0), (0.7, 1.0)]), streak)
    graph.surface(Base_Color=graph.mix(cloud, colour, tuple(0.72 * part for part in colour)), Roughness=0.85)
    return graph.material


def street(colour: str) -> None:
    """A house front with a door and two windows, behind a pavement and a kerb."""
    floor(tiles("paving", (0.30, 0.28, 0.26), (0.36, 0.34, 0.31), (0.12, 0.11, 0.10), (0.6, 0.4)), -1.6)
    floor(plain("asphalt", (0.055, 0.056, 0.06), 0.9), FRONT, -1.75)
    wall(plaster("house", STREETS[colour]))
    frame, glass = plain("frame", (0.62, 0.60, 0.55), 0.5), plain("glass", (0.03, 0.045, 0.06), 0.08, coat=0.4)
    kerb = plain("kerb", (0.34, 0.33, 0.31), 0.8)
    parts = [slab((2 * SIDE, 0.15, 0.004), kerb, (0, -1.675, 0)), slab((2 * SIDE, 0.06, 0.35), kerb, (0, BACK, 0))]
    door = painted_wood((0.05, 0.16, 0.10) if colour != "blue" else (0.36, 0.06, 0.04))
    parts += [slab((1.16, 0.10, 2.2), frame, (-0.35, BACK, 0)), slab((0.96, 0.14, 2.1), door, (-0.35, BACK, 0))]
    for z in (0.25, 1.15):
        parts.append(slab((0.62, 0.17, 0.7), door, (-0.35, BACK, z)))
    for x in (-3.0, 2.1):
        parts += [slab((1.5, 0.12, 1.4), frame, (x, BACK, 1.0)), slab((1.7, 0.3, 0.07), frame, (x, BACK, 0.93))]
        for shift in (-0.35, 0.35):
            parts.append(slab((0.6, 0.15, 1.2), glass, (x + shift, BACK, 1.1)))
    build("house front", parts)


def gym() -> None:
    """A hall: a wooden floor with lines, a blue and cream wall, wall bars and a mat."""
    floor(wood("oak", 0.12))
    wall(plaster("blue wall", (0.05, 0.13, 0.22), 0.1), 0.0, 1.5)
    wall(plaster("cream wall", (0.58, 0.53, 0.42), 0.1), 1.5, 5.0)
    ash, line = painted_wood((0.50, 0.32, 0.15)), plain("line", (0.60, 0.60, 0.56), 0.5)
    red = plain("red line", (0.42, 0.03, 0.03), 0.5)
    parts = [slab((2 * SIDE, 0.05, 0.002), line, (0, -0.9, 0)), slab((0.05, 8.0, 0.002), red, (1.45, -2.5, 0))]
    for left in (-2.6, 0.5):
        parts += [slab((0.05, 0.14, 2.5), ash, (x, BACK - 0.09, 0)) for x in (left, left + 1.0)]
        rungs = np.arange(0.2, 2.45, 0.17)
        parts += [slab((1.0, 0.035, 0.035), ash, (left + 0.5, BACK - 0.13, float(z))) for z in rungs]
    build("wall bars", parts)
    mat = build("mat", [slab((2.2, 1.1, 0.06), plain("mat", (0.02, 0.12, 0.20), 0.7), (2.6, 0.9, 0))])
    soften(mat, 0.015)


def kitchen() -> None:
    """A room: floor tiles, a cream wall, a door, a counter with cupboards and a shelf."""
    floor(tiles("floor tiles", (0.36, 0.30, 0.24), (0.42, 0.36, 0.29), (0.20, 0.18, 0.16), (0.5, 0.5)))
    wall(plaster("kitchen wall", (0.60, 0.56, 0.46), 0.12))
    white, green = plain("door paint", (0.56, 0.55, 0.52), 0.4), painted_wood((0.16, 0.26, 0.22))
    top, steel = wood("walnut", 0.3), plain("steel", (0.5, 0.5, 0.5), 0.25, 1.0)
    parts = [
        slab((1.10, 0.10, 2.15), white, (-1.2, BACK, 0)),
        slab((0.92, 0.13, 2.05), wood("oak", 0.2), (-1.2, BACK, 0)),
    ]
    parts.append(slab((0.12, 0.20, 0.03), steel, (-0.86, BACK, 1.02)))
    for x in (0.55, 1.17, 1.79, 2.41):
        parts += [
            slab((0.58, 0.60, 0.80), green, (x, BACK - 0.3, 0.08)),
            slab((0.20, 0.64, 0.02), steel, (x, BACK - 0.3, 0.74)),
        ]
    parts += [
        slab((2.6, 0.66, 0.04), top, (1.48, BACK - 0.32, 0.88)),
        slab((1.8, 0.26, 0.035), top, (1.5, BACK - 0.13, 1.55)),
    ]
    tile = tiles("splash", (0.30, 0.40, 0.40), (0.36, 0.45, 0.44), (0.55, 0.54, 0.50), (0.2, 0.1), upright=True)
    parts.append(slab((2.6, 0.02, 0.55), tile, (1.48, BACK, 0.92)))
    jars = ((0.45, 0.12, 0.08), (0.50, 0.45, 0.36), (0.10, 0.20, 0.26), (0.46, 0.30, 0.08))
    for number, colour in enumerate(jars):
        at = (0.95 + 0.32 * number, BACK - 0.13, 1.59 + 0.09)
        parts.append(ellipsoid(at, (0.07, 0.07, 0.10), plain(f"jar {number}", colour, 0.3), 20))
    build("kitchen", parts)


def park() -> None:
    """Grass with a gravel path, a hedge and two trees."""
    graph = MaterialGraph("grass")
    blades = graph.noise(90, 6, 0.75, 0.8)
    colour = graph.ramp(blades, [(0.3, (0.05, 0.12, 0.015)), (0.7, (0.20, 0.30, 0.06))])
    patch = graph.ramp(graph.noise(1.4, 3), [(0.4, 0.0), (0.7, 0.4)])
    graph.surface(Base_Color=graph.mix(patch, colour, (0.22, 0.26, 0.08)), Roughness=0.9)
    floor(graph.material, FRONT, 16.0)
    gravel = MaterialGraph("gravel")
    grain = gravel.ramp(gravel.cells(55), [(0.0, (0.50, 0.45, 0.36)), (0.7, (0.30, 0.26, 0.20))])
    gravel.surface(Base_Color=grain, Roughness=0.95)
    leaf = MaterialGraph("leaf")
    clump = leaf.noise(16, 6, 0.75)
    leaf.surface(Base_Color=leaf.ramp(clump, [(0.35, (0.02, 0.06, 0.01)), (0.7, (0.12, 0.22, 0.04))]), Roughness=0.8)
    leaf.surface(Normal=leaf.bump(clump, 1.0, 0.10))
    bark = MaterialGraph("bark")
    ridge = bark.noise(9, 6, 0.7, at=bark.mapped((3.0, 3.0, 0.5)))
    bark.surface(Base_Color=bark.ramp(ridge, [(0.3, (0.05, 0.03, 0.02)), (0.7, (0.20, 0.13, 0.08))]), Roughness=0.95)
    bark.surface(Normal=bark.bump(ridge, 0.9, 0.03))
    rng = np.random.default_rng(7)
    parts = [slab((2 * SIDE, 1.5, 0.006), gravel.material, (0, -0.2, 0))]
    for x in np.arange(-SIDE, SIDE, 0.55):
        jitter = rng.uniform(-0.08, 0.08, 3)
        parts.append(ellipsoid((x, 3.4 + jitter[0], 0.75), (0.55, 0.6, 0.95 + jitter[1]), leaf.material, 24))
    for x, y in ((-2.3, 2.4), (3.1, 2.9)):
        path = np.array([(x, y, 0.0), (x + 0.02, y, 0.4), (x + 0.06, y, 1.6), (x, y + 0.05, 3.2)])
        parts.append(tube(path, [0.26, 0.18, 0.15, 0.12], bark.material, 18))
        for _ in range(9):
            middle = np.array([x, y, 3.3]) + rng.uniform(-0.9, 0.9, 3) * [1, 1, 0.6]
            parts.append(ellipsoid(middle, rng.uniform(0.5, 0.8, 3), leaf.material, 24))
    build("park", parts)
