"""What stands in a kitchen beside the fruit: table, wall, bowl, board, mug, jar, cloth. Metres, linear RGB."""

from __future__ import annotations

import math

import bpy
import numpy as np

from .nodes import Colour, MaterialGraph
from .shapes import Part, box, build, grid_faces, lathe, soften, tube

WOODS: dict[str, tuple[Colour, Colour, Colour]] = {
    "walnut": ((0.10, 0.050, 0.026), (0.18, 0.095, 0.048), (0.27, 0.155, 0.085)),
    "oak": ((0.30, 0.19, 0.10), (0.42, 0.28, 0.16), (0.54, 0.38, 0.23)),
    "white": ((0.60, 0.57, 0.52), (0.68, 0.65, 0.60), (0.74, 0.71, 0.66)),
}
TILES: dict[str, tuple[Colour, Colour]] = {
    "sage": ((0.30, 0.40, 0.36), (0.36, 0.45, 0.41)),
    "cream": ((0.62, 0.60, 0.55), (0.70, 0.68, 0.62)),
    "blue": ((0.16, 0.24, 0.34), (0.20, 0.28, 0.38)),
    "brick": ((0.34, 0.14, 0.09), (0.42, 0.19, 0.12)),
}
BOARD_SIZE = (0.34, 0.21, 0.018)
JAR_RADIUS = 0.048
GLAZES: dict[str, Colour] = {
    "stone": (0.60, 0.63, 0.62),
    "navy": (0.05, 0.11, 0.20),
    "rust": (0.34, 0.09, 0.045),
    "moss": (0.09, 0.19, 0.11),
}


def wood(name: str, plank: float) -> bpy.types.Material:
    """Oiled planks along x, `plank` metres wide, with soft grain and dark seams."""
    dark, middle, light = WOODS[name]
    graph = MaterialGraph(f"wood {name}")
    x, y, _ = graph.split()
    row = graph.math("FLOOR", graph.math("DIVIDE", y, plank))
    # Every plank shows another part of the grain.
    shifted = graph.joined(graph.math("ADD", x, graph.math("MULTIPLY", row, 3.7)), y, graph.math("MULTIPLY", row, 1.9))
    grain = graph.noise(2.0, 4, 0.5, 0.5, at=graph.mapped((1.0, 11.0, 5.0), at=shifted))
    fine = graph.noise(9, 6, 0.6, at=graph.mapped((1.0, 45.0, 20.0), at=shifted))
    tone = graph.math("ADD", graph.math("MULTIPLY", grain, 0.8), graph.math("MULTIPLY", fine, 0.2))
    colour = graph.ramp(tone, [(0.32, dark), (0.52, middle), (0.74, light)])
    edge = graph.math("ABSOLUTE", graph.math("SUBTRACT", graph.math("FRACT", graph.math("DIVIDE", y, plank)), 0.5))
    seam = graph.ramp(edge, [(0.488, 0.0), (0.497, 0.75)])
    colour = graph.mix(seam, colour, (0.02, 0.012, 0.008))
    rough = graph.ramp(fine, [(0.3, 0.52), (0.7, 0.36)])
    graph.surface(Base_Color=colour, Roughness=rough, Normal=graph.bump(fine, 0.10, 0.002))
    return graph.material


def glaze(name: str, colour: Colour, rough: float = 0.24) -> bpy.types.Material:
    """Glazed pottery."""
    graph = MaterialGraph(name)
    tone = graph.mix(graph.noise(30, 3), colour, tuple(min(1.0, 1.12 * part) for part in colour))
    graph.surface(Base_Color=tone, Roughness=rough, Coat_Weight=0.5, Coat_Roughness=0.10)
    return graph.material


def table(kind: str) -> bpy.types.Object:
    """A table top, 3.2 m wide, its surface at z = 0."""
    material = wood(kind, 0.14)
    corners = np.array([(-1.6, -0.9, 0.0), (1.6, -0.9, 0.0), (1.6, 0.85, 0.0), (-1.6, 0.85, 0.0)])
    return build("table", [Part(corners, [(0, 1, 2, 3)], material)], smooth=False)


def wall(kind: str) -> bpy.types.Object:
    """A tiled wall behind the table, at y = 0.86."""
    first, second = TILES[kind]
    graph = MaterialGraph(f"tiles {kind}")
    bricks = graph.node("ShaderNodeTexBrick")
    settings = {"Scale": 4.2, "Mortar Size": 0.012, "Brick Width": 0.8, "Row Height": 0.36, "Bias": 0.0}
    for name, value in settings.items():
        bricks.inputs[name].default_value = value
    for name, colour in (("Color1", first), ("Color2", second), ("Mortar", (0.50, 0.48, 0.45))):
        graph.feed(colour, bricks.inputs[name])
    graph.feed(graph.mapped(turn=(math.pi / 2, 0.0, 0.0)), bricks.inputs["Vector"])
    relief = graph.bump(graph.math("SUBTRACT", 1.0, bricks.outputs[1]), 0.6, 0.006)
    graph.surface(Base_Color=bricks.outputs[0], Roughness=0.2, Coat_Weight=0.3, Normal=relief)
    corners = np.array([(-3, 0.86, -1.0), (3, 0.86, -1.0), (3, 0.86, 2.2), (-3, 0.86, 2.2)], dtype=float)
    return build("wall", [Part(corners, [(0, 1, 2, 3)], graph.material)], smooth=False)


def bowl(colour: str, radius: float = 0.135, height: float = 0.055) -> bpy.types.Object:
    """A shallow bowl with walls 6 mm thick, standing on z = 0."""
    turn = np.linspace(0.0, math.pi / 2, 22)
    inner_r = 0.045 + (radius - 0.045) * np.sin(turn) ** 0.9
    inner_z = height * (1 - np.cos(turn)) + 0.007
    outside = [(0.0, 0.0), (0.044, 0.0), *zip(inner_r[2:] + 0.006, inner_z[2:] - 0.005, strict=True)]
    rim = [(radius + 0.005, height + 0.008), (radius + 0.001, height + 0.009)]
    inside = [*zip(inner_r[::-1], inner_z[::-1], strict=True), (0.0, 0.007)]
    return build("bowl", [lathe([*outside, *rim, *inside], glaze("bowl", GLAZES[colour]), 72)])


def board() -> bpy.types.Object:
    """A cutting board, 34 by 21 cm, 1.8 cm high."""
    thing = build("board", [box(BOARD_SIZE, wood("oak", 0.052))], smooth=False)
    soften(thing, 0.004)
    return thing


def mug(colour: str) -> bpy.types.Object:
    """A mug with a handle, 9 cm high."""
    radius, height = 0.041, 0.092
    profile = [
        (0.0, 0.0), (0.034, 0.0), (0.037, 0.004), (radius, 0.02), (radius, height - 0.004), (radius - 0.001, height),
        (radius - 0.004, height), (radius - 0.005, height - 0.004), (radius - 0.005, 0.012), (0.0, 0.008),
    ]  # fmt: skip
    material = glaze("mug", GLAZES[colour])
    turn = np.linspace(0.15, math.pi - 0.15, 20)
    ring = np.stack([radius - 0.003 + 0.03 * np.sin(turn), 0 * turn, height * 0.52 + 0.03 * np.cos(turn)], axis=1)
    return build("mug", [lathe(profile, material, 56), tube(ring, [0.0055] * 20, material, 12)])


def jar() -> bpy.types.Object:
    """A storage jar with a wooden lid, 15 cm high: something to hide behind."""
    body = [(0.0, 0.0), (0.044, 0.0), (JAR_RADIUS, 0.006), (JAR_RADIUS, 0.12), (0.042, 0.128), (0.0, 0.128)]
    lid = [(0.0, 0.128), (0.046, 0.128), (0.047, 0.132), (0.047, 0.144), (0.044, 0.148), (0.0, 0.148)]
    return build("jar", [lathe(body, glaze("jar", (0.66, 0.64, 0.58)), 56), lathe(lid, wood("oak", 0.05), 40)])


def cloth(seed: int, width: float = 0.34, depth: float = 0.24) -> bpy.types.Object:
    """A chequered tea towel lying on the table with three low folds."""
    rng = np.random.default_rng(seed)
    count = 90
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, count), np.linspace(-0.5, 0.5, count))
    lift = np.full_like(u, 0.0016)
    for _ in range(3):
        angle, shift = rng.uniform(0, math.pi), rng.uniform(-0.3, 0.3)
        distance = math.cos(angle) * u + math.sin(angle) * v - shift + 0.02 * np.sin(7 * u + 5 * v)
        lift += 0.006 * np.exp(-((distance / 0.05) ** 2))
    vertices = np.stack([u * width, v * depth, lift], axis=-1).reshape(-1, 3)
    return build("cloth", [Part(vertices, grid_faces(count, count), _checks(width, depth))])


def _checks(width: float, depth: float) -> bpy.types.Material:
    graph = MaterialGraph("checks")
    x, y, _ = graph.split()
    across = graph.math("LESS_THAN", graph.math("FRACT", graph.math("MULTIPLY", x, 9 / width)), 0.3)
    along = graph.math("LESS_THAN", graph.math("FRACT", graph.math("MULTIPLY", y, 7 / depth)), 0.3)
    dark = graph.math("MULTIPLY", graph.math("ADD", across, along), 0.5)
    weave = graph.noise(420, 2)
    colour = graph.mix(dark, (0.70, 0.67, 0.60), (0.07, 0.14, 0.25))
    colour = graph.mix(graph.math("MULTIPLY", weave, 0.25), colour, (0.30, 0.28, 0.25))
    graph.surface(Base_Color=colour, Roughness=0.95, Normal=graph.bump(weave, 0.4, 0.001))
    return graph.material


__all__ = [
    "BOARD_SIZE",
    "GLAZES",
    "JAR_RADIUS",
    "TILES",
    "WOODS",
    "board",
    "bowl",
    "cloth",
    "jar",
    "mug",
    "table",
    "wall",
]
