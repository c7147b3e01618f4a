"""What toys lie on: floors, mats and cloth, each a large plane at z = 0. Metres, linear RGB."""

from __future__ import annotations

import bpy
import numpy as np

from .nodes import Colour, MaterialGraph
from .props import wood
from .shapes import Part, build

HALF = 4.0
FELTS: dict[str, Colour] = {"felt": (0.17, 0.19, 0.23), "teal felt": (0.03, 0.16, 0.17)}
MAT_SQUARE = 0.16
MAT_COLOURS: tuple[Colour, ...] = ((0.46, 0.10, 0.07), (0.62, 0.45, 0.10), (0.10, 0.25, 0.40), (0.16, 0.32, 0.16))


def ground(kind: str) -> bpy.types.Object:
    """The plane of a kind: oak, walnut, white, mat, carpet, or a felt."""
    makers = {
        "oak": lambda: wood("oak", 0.11),
        "walnut": lambda: wood("walnut", 0.13),
        "white": white_table,
        "mat": play_mat,
        "carpet": carpet,
    }
    material = felt(kind) if kind in FELTS else makers[kind]()
    corners = np.array([(-HALF, -HALF, 0.0), (HALF, -HALF, 0.0), (HALF, HALF, 0.0), (-HALF, HALF, 0.0)])
    return build("ground", [Part(corners, [(0, 1, 2, 3)], material)], smooth=False)


def white_table() -> bpy.types.Material:
    """A white lacquered table top."""
    graph = MaterialGraph("white table")
    colour = graph.mix(graph.noise(6, 4), (0.66, 0.65, 0.62), (0.74, 0.73, 0.70))
    graph.surface(Base_Color=colour, Roughness=0.32)
    return graph.material


def felt(kind: str) -> bpy.types.Material:
    """Matted wool: short fibres in all directions."""
    colour = FELTS[kind]
    graph = MaterialGraph(kind)
    fibre = graph.noise(700, 5, 0.75, 1.5)
    cloud = graph.noise(12, 4)
    tone = graph.mix(graph.ramp(fibre, [(0.35, 0.0), (0.68, 1.0)]), tuple(0.7 * part for part in colour), colour)
    tone = graph.mix(graph.ramp(cloud, [(0.4, 0.0), (0.7, 0.4)]), tone, tuple(1.5 * part for part in colour))
    graph.surface(Base_Color=tone, Roughness=0.95, Sheen_Weight=0.3, Normal=graph.bump(fibre, 0.5, 0.001))
    return graph.material


def carpet() -> bpy.types.Material:
    """Grass-green looped carpet."""
    graph = MaterialGraph("carpet")
    loops = graph.cells(260)
    patch = graph.noise(9, 4, 0.6)
    colour = graph.ramp(loops, [(0.0, (0.17, 0.30, 0.06)), (0.55, (0.05, 0.12, 0.02))])
    colour = graph.mix(graph.ramp(patch, [(0.35, 0.0), (0.7, 0.5)]), colour, (0.15, 0.24, 0.07))
    height = graph.ramp(loops, [(0.0, 1.0), (0.6, 0.0)])
    graph.surface(Base_Color=colour, Roughness=0.95, Sheen_Weight=0.2, Normal=graph.bump(height, 0.9, 0.004))
    return graph.material


def play_mat() -> bpy.types.Material:
    """Foam squares in four colours with dark joints."""
    graph = MaterialGraph("play mat")
    x, y, _ = graph.split()
    column, row = graph.math("DIVIDE", x, MAT_SQUARE), graph.math("DIVIDE", y, MAT_SQUARE)
    across, down = (graph.math("FLOOR", part) for part in (column, row))
    # 0, 1, 2, 3 by column and row parity: a square never has a neighbour of its own colour.
    number = graph.math(
        "ADD",
        graph.math("FLOORED_MODULO", across, 2.0),
        graph.math("MULTIPLY", graph.math("FLOORED_MODULO", down, 2.0), 2.0),
    )
    colour = MAT_COLOURS[0]
    for index, other in enumerate(MAT_COLOURS[1:], start=1):
        here = graph.math("COMPARE", number, float(index))
        colour = graph.mix(here, colour, other)
    grain = graph.noise(420, 3)
    colour = graph.mix(graph.ramp(grain, [(0.4, 0.0), (0.7, 0.25)]), colour, (0.5, 0.45, 0.4))
    joint: bpy.types.NodeSocket | float = 0.0
    for part in (column, row):
        off = graph.math("ABSOLUTE", graph.math("SUBTRACT", graph.math("FRACT", part), 0.5))
        joint = graph.math("MAXIMUM", joint, graph.math("GREATER_THAN", off, 0.493))
    colour = graph.mix(joint, colour, (0.02, 0.02, 0.02))
    graph.surface(Base_Color=colour, Roughness=0.75, Normal=graph.bump(grain, 0.2, 0.001))
    return graph.material
