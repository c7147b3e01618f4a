"""Puzzle animals of painted plywood, and the wooden toys that lie about: metres, linear RGB."""

from __future__ import annotations

import math
import random

import bpy
import numpy as np
from mathutils import Vector
from mathutils.geometry import delaunay_2d_cdt

from .nodes import Colour, MaterialGraph
from .outlines import SHAPES, closed_curve, inset
from .shapes import Part, box, build, lathe, ring_faces, soften

PAINTS: dict[str, Colour] = {
    "red": (0.55, 0.045, 0.03),
    "orange": (0.72, 0.22, 0.03),
    "yellow": (0.80, 0.52, 0.05),
    "green": (0.09, 0.27, 0.07),
    "mint": (0.30, 0.55, 0.40),
    "blue": (0.05, 0.16, 0.42),
    "sky": (0.25, 0.47, 0.66),
    "pink": (0.72, 0.26, 0.30),
    "violet": (0.25, 0.13, 0.36),
    "grey": (0.30, 0.31, 0.33),
    "cream": (0.74, 0.66, 0.50),
    "bare": (0.58, 0.38, 0.20),
}
DARK: Colour = (0.025, 0.022, 0.02)
LIGHT: Colour = (0.78, 0.68, 0.50)
BEVEL = 0.0016
BEVEL_STEPS = 4
PAINT_LIFT = 0.00015
"""How far a painted shape lies above the face, so that the two do not flicker."""


def paint(colour: Colour, seed: int) -> bpy.types.Material:
    """Thin paint: the grain of the wood shows a little, and it is rubbed here and there."""
    rng = random.Random(seed)
    graph = MaterialGraph("paint")
    shift = tuple(rng.uniform(0, 9) for _ in range(3))
    grain = graph.noise(14, 6, 0.6, 0.4, at=graph.mapped((1.0, 9.0, 9.0), shift=shift))
    tone = graph.mix(
        graph.ramp(grain, [(0.35, 0.0), (0.7, 1.0)]), colour, tuple(min(1.0, 1.35 * part) for part in colour)
    )
    rubs = graph.noise(55, 5, 0.7, at=graph.mapped(shift=shift))
    tone = graph.mix(graph.ramp(rubs, [(0.70, 0.0), (0.76, 0.35)]), tone, LIGHT)
    graph.surface(Base_Color=tone, Roughness=0.42, Coat_Weight=0.15, Normal=graph.bump(grain, 0.06, 0.001))
    return graph.material


def plywood_edge() -> bpy.types.Material:
    """The sawn edge of plywood: light and dark layers 1.6 mm thick, along z."""
    graph = MaterialGraph("plywood edge")
    _, _, z = graph.split()
    layer = graph.math("FRACT", graph.math("DIVIDE", z, 0.0032))
    colour = graph.ramp(layer, [(0.44, (0.60, 0.42, 0.24)), (0.52, (0.36, 0.21, 0.10))])
    colour = graph.mix(graph.noise(240, 4), colour, (0.48, 0.31, 0.16))
    graph.surface(Base_Color=colour, Roughness=0.75)
    return graph.material


def plan(label: str, scale: float, flip: bool) -> np.ndarray:
    """The outline of an animal in metres, anticlockwise, its middle at the origin; shape (M, 2)."""
    curve = closed_curve(SHAPES[label].outline)
    return _placed(curve, label, scale, flip)


def _placed(curve: np.ndarray, label: str, scale: float, flip: bool) -> np.ndarray:
    """Drawing units to metres about the middle of the animal's outline, mirrored if `flip`."""
    outline = closed_curve(SHAPES[label].outline)
    middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
    moved = (curve - middle) * scale / 1000.0
    return (moved * (-1.0, 1.0))[::-1] if flip else moved


def make_animal(label: str, colour: str, seed: int, scale: float, thick: float, flip: bool) -> bpy.types.Object:
    """One animal lying on z = 0, its painted face up.

    Args:
        label: A class of outlines.SHAPES.
        colour: A name of PAINTS.
        seed: For the grain.
        scale: 1 is the size that it was drawn at, about 12 cm.
        thick: Thickness of the plywood, metres.
        flip: Whether it looks to the right.
    """
    outline = plan(label, scale, flip)
    base = PAINTS[colour]
    pale = sum(base) > 1.2
    face = paint(base, seed)
    # A light belly on a light animal would not show.
    paints = {"dark": DARK, "light": (0.45, 0.24, 0.10) if pale else LIGHT, "tone": tuple(0.45 * part for part in base)}
    turn = np.linspace(0, math.pi / 2, BEVEL_STEPS)
    rings = [(BEVEL * (1 - math.sin(angle)), BEVEL * (1 - math.cos(angle))) for angle in turn]
    side = [_ring(outline, depth, height) for depth, height in rings] + [_ring(outline, 0.0, thick - BEVEL)]
    upper = [_ring(outline, depth, thick - height) for depth, height in reversed(rings)]
    count = len(outline)
    parts = [
        Part(np.concatenate(side), ring_faces(len(side), count), plywood_edge()),
        Part(np.concatenate(upper), ring_faces(len(upper), count), face),
        _sheet(inset(outline, BEVEL), thick, face),
        _sheet(inset(outline, BEVEL), 0.0, face),
    ]
    for decoration in SHAPES[label].decorations:
        curve = _placed(closed_curve(decoration.points), label, scale, flip)
        material = paint(paints[decoration.paint], seed + 1)
        parts.append(_sheet(curve, thick + PAINT_LIFT, material))
    animal = build(label, parts)
    animal["label"] = label
    return animal


def _ring(outline: np.ndarray, depth: float, height: float) -> np.ndarray:
    """The outline moved inward, at a height: (M, 3)."""
    moved = inset(outline, depth) if depth else outline
    return np.column_stack([moved, np.full(len(moved), height)])


def _sheet(outline: np.ndarray, height: float, material: bpy.types.Material) -> Part:
    """A flat face in triangles: Blender's own cutting of a face with many corners fills bays of the outline."""
    corners = [Vector(point) for point in outline.tolist()]
    points, _, faces, *_ = delaunay_2d_cdt(corners, [], [list(range(len(corners)))], 1, 1e-7)
    vertices = np.array([(point.x, point.y, height) for point in points])
    return Part(vertices, [tuple(face) for face in faces], material)


def block(colour: str, seed: int, size: tuple[float, float, float]) -> bpy.types.Object:
    """A building block with rounded edges, standing on z = 0."""
    thing = build("block", [box(size, paint(PAINTS[colour], seed))], smooth=False)
    soften(thing, 0.002)
    return thing


def ball(colour: str, seed: int, radius: float) -> bpy.types.Object:
    """A ball in two colours, resting on z = 0."""
    angle = np.linspace(-math.pi / 2, math.pi / 2, 33)
    profile = np.stack([radius * np.cos(angle), radius + radius * np.sin(angle)], axis=1)
    graph = MaterialGraph("ball")
    _, _, z = graph.split()
    stripe = graph.ramp(graph.math("DIVIDE", z, 2 * radius), [(0.38, 0.0), (0.39, 1.0), (0.61, 1.0), (0.62, 0.0)])
    graph.surface(Base_Color=graph.mix(stripe, PAINTS[colour], LIGHT), Roughness=0.35, Coat_Weight=0.3)
    thing = build("ball", [lathe(profile, graph.material, 40)])
    thing.name = f"ball {seed}"
    return thing
