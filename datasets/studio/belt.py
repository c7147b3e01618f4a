"""A conveyor belt with its rails, and the lamps of an inspection booth. Metres, linear RGB."""

from __future__ import annotations

import random

import bpy
import numpy as np

from .nodes import Colour, MaterialGraph
from .rendering import AreaLight
from .shapes import Part, box, build, soften

BELT_COLOURS: dict[str, tuple[Colour, Colour]] = {
    "green": ((0.030, 0.130, 0.085), (0.045, 0.170, 0.110)),
    "blue": ((0.035, 0.120, 0.270), (0.050, 0.160, 0.330)),
    "grey": ((0.190, 0.200, 0.205), (0.250, 0.260, 0.260)),
    "white": ((0.560, 0.560, 0.530), (0.640, 0.640, 0.610)),
}
HALF_WIDTH = 0.16
RAIL = 0.03


def belt(kind: str, seed: int) -> bpy.types.Object:
    """The moving surface at z = 0, along x; blue belts are of plastic slats, the others of woven rubber."""
    rng = random.Random(seed)
    dark, light = BELT_COLOURS[kind]
    graph = MaterialGraph(f"belt {kind}")
    x, y, _ = graph.split()
    shift = (rng.uniform(0, 9), rng.uniform(0, 9), 0.0)
    colour = graph.mix(graph.noise(24, 3, at=graph.mapped(shift=shift)), dark, light)
    # Rubs run along the belt.
    rubs = graph.noise(9, 4, 0.6, at=graph.mapped((1.0, 14.0, 1.0), shift=shift))
    colour = graph.mix(graph.ramp(rubs, [(0.58, 0.0), (0.74, 0.25)]), colour, tuple(0.5 * part for part in dark))
    if kind == "blue":
        along = graph.math("FRACT", graph.math("DIVIDE", graph.math("ADD", x, rng.uniform(0, 0.05) + 5.0), 0.05))
        joint = graph.ramp(graph.math("ABSOLUTE", graph.math("SUBTRACT", along, 0.5)), [(0.455, 1.0), (0.48, 0.0)])
        colour = graph.mix(joint, (0.006, 0.014, 0.030), colour)
        relief = graph.bump(joint, 0.6, 0.002)
    else:
        across = graph.math("SINE", graph.math("MULTIPLY", y, 2300.0))
        weave = graph.math("MULTIPLY", graph.math("SINE", graph.math("MULTIPLY", x, 2300.0)), across)
        relief = graph.bump(weave, 0.25, 0.0006)
    graph.surface(Base_Color=colour, Roughness=0.55, Normal=relief)
    corners = np.array([(-0.6, -HALF_WIDTH, 0), (0.6, -HALF_WIDTH, 0), (0.6, HALF_WIDTH, 0), (-0.6, HALF_WIDTH, 0)])
    return build("belt", [Part(corners.astype(float), [(0, 1, 2, 3)], graph.material)], smooth=False)


def rails() -> list[bpy.types.Object]:
    """A steel rail on either side of the belt, and the dark floor below."""
    steel = MaterialGraph("steel")
    brushed = steel.noise(40, 3, at=steel.mapped((1.0, 40.0, 40.0)))
    rough = steel.ramp(brushed, [(0.3, 0.30), (0.7, 0.45)])
    steel.surface(Base_Color=(0.55, 0.56, 0.57), Metallic=1.0, Roughness=rough)
    things = []
    for side in (-1, 1):
        rail = build("rail", [box((1.2, RAIL, 0.022), steel.material)], smooth=False)
        soften(rail, 0.003)
        rail.location = (0.0, side * (HALF_WIDTH + RAIL / 2 + 0.002), -0.004)
        things.append(rail)
    dark = MaterialGraph("floor")
    dark.surface(Base_Color=(0.03, 0.03, 0.033), Roughness=0.9)
    corners = np.array([(-1, -1, -0.3), (1, -1, -0.3), (1, 1, -0.3), (-1, 1, -0.3)], dtype=float)
    return [*things, build("floor", [Part(corners, [(0, 1, 2, 3)], dark.material)], smooth=False)]


def booth_lamps(rng: random.Random) -> tuple[AreaLight, ...]:
    """Two long lamps over the belt: how strong, how warm and from where differs a little from picture to picture."""
    side = rng.choice((-1, 1))
    warm = rng.uniform(0.0, 0.10)
    near, far = rng.uniform(4.2, 5.6), rng.uniform(1.6, 3.0)
    return (
        AreaLight((side * 0.32, -0.06, 0.50), 0.07, 0.46, near, (1.0, 0.98 - warm / 2, 0.95 - warm)),
        AreaLight((-side * 0.36, 0.12, 0.46), 0.07, 0.46, far, (0.92, 0.96, 1.0)),
    )


def even_light(scene: bpy.types.Scene, strength: float) -> None:
    """White walls all round: the same soft light from everywhere."""
    background = scene.world.node_tree.nodes["Background"]
    background.inputs[0].default_value = (0.93, 0.96, 1.0, 1.0)
    background.inputs[1].default_value = strength
