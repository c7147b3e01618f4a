"""What lies on a fruit and is no defect: water drops, crumbs of earth, its own leaf. Metres."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix, Vector

from .nodes import MaterialGraph
from .shapes import Part, build, grid_faces, lathe

Place = tuple[Vector, Vector]
"""A point of a surface and the surface's normal there, in the world."""


def leaf_mesh(seed: int, length: float, width: float, dry: bool = False) -> Part:
    """A pointed leaf along x from the origin, folded along its midrib, its tip bent down."""
    rng = random.Random(seed)
    u, v = np.meshgrid(np.linspace(0, 1, 25), np.linspace(-1, 1, 11))
    half = width / 2 * np.sin(math.pi * u**0.8) ** 0.8
    wave = rng.uniform(0.4, 1.0) * 0.03 * length * np.sin(9 * u + rng.uniform(0, 6)) * v
    height = 0.25 * np.abs(v) * half + wave - 0.10 * length * u**2
    vertices = np.stack([u * length, v * half, height], axis=-1).reshape(-1, 3)
    graph = MaterialGraph("leaf")
    x, y, _ = graph.split()
    fresh = ((0.035, 0.105, 0.018), (0.075, 0.19, 0.035))
    old = ((0.16, 0.085, 0.028), (0.30, 0.17, 0.05))
    dark, light = old if dry else fresh
    colour = graph.mix(graph.noise(70, 4), dark, light)
    slant = graph.math("SUBTRACT", x, graph.math("MULTIPLY", graph.math("ABSOLUTE", y), 0.8))
    vein = graph.math(
        "ABSOLUTE", graph.math("SUBTRACT", graph.math("FRACT", graph.math("MULTIPLY", slant, 130.0)), 0.5)
    )
    colour = graph.mix(graph.ramp(vein, [(0.03, 0.5), (0.09, 0.0)]), colour, light)
    midrib = graph.ramp(graph.math("MULTIPLY", graph.math("ABSOLUTE", y), 100.0), [(0.05, 0.8), (0.09, 0.0)])
    colour = graph.mix(midrib, colour, tuple(min(1.0, 1.7 * part) for part in light))
    graph.surface(Base_Color=colour, Roughness=0.5)
    return Part(vertices, grid_faces(25, 11), graph.material)


def fruit_leaf(fruit: bpy.types.Object, foot: float, seed: int) -> bpy.types.Object:
    """A leaf that grows from the stalk at height `foot` of the fruit's own axis and lies over its shoulder."""
    rng = random.Random(seed)
    leaf = build("leaf", [leaf_mesh(seed, rng.uniform(0.034, 0.042), rng.uniform(0.017, 0.022))])
    tilt = Matrix.Rotation(rng.uniform(0.0, 2 * math.pi), 4, "Z") @ Matrix.Rotation(rng.uniform(-0.35, -0.1), 4, "Y")
    leaf.matrix_world = fruit.matrix_world @ Matrix.Translation((0.0, 0.0, foot)) @ tilt
    return leaf


def _water() -> bpy.types.Material:
    """Clear water as the camera sees it: the skin shines through, the rim mirrors the lamps.

    Light that is truly bent would need far more samples, and without them the drops would be black.
    """
    graph = MaterialGraph("water")
    clear = graph.node("ShaderNodeBsdfTransparent")
    facing = graph.node("ShaderNodeLayerWeight")
    facing.inputs["Blend"].default_value = 0.35
    graph.feed(
        graph.ramp(facing.outputs["Facing"], [(0.25, (0.97, 0.97, 0.97)), (0.85, (0.50, 0.50, 0.50))]), clear.inputs[0]
    )
    mirror = graph.node("ShaderNodeBsdfGlossy")
    mirror.inputs["Roughness"].default_value = 0.04
    both = graph.node("ShaderNodeMixShader")
    share = graph.ramp(facing.outputs["Fresnel"], [(0.0, 0.10), (0.6, 0.55)])
    graph.feed(share, both.inputs[0])
    graph.tree.links.new(clear.outputs[0], both.inputs[1])
    graph.tree.links.new(mirror.outputs[0], both.inputs[2])
    output = next(node for node in graph.tree.nodes if node.bl_idname == "ShaderNodeOutputMaterial")
    graph.tree.links.new(both.outputs[0], output.inputs["Surface"])
    return graph.material


def drops(places: Sequence[Place], seed: int) -> list[bpy.types.Object]:
    """A flattened drop of clear water, 3 to 8 mm wide, on each place."""
    rng = random.Random(seed)
    water = _water()
    # Half an ellipse turned about z: from the rim to the top.
    turn = np.linspace(0.0, math.pi / 2, 9)
    profile = [(0.0, -0.08), *zip(np.cos(turn), 0.5 * np.sin(turn), strict=True)]
    things = []
    for at, normal in places:
        radius = rng.uniform(0.0015, 0.0040)
        drop = build("drop", [lathe(np.array(profile) * radius, water, 20)])
        stretch = Matrix.Diagonal((rng.uniform(0.8, 1.2), rng.uniform(0.8, 1.2), 1.0, 1.0))
        drop.matrix_world = _on(at, normal, rng) @ stretch
        things.append(drop)
    return things


def dirt(places: Sequence[Place], seed: int) -> bpy.types.Object:
    """Dry earth: lumps of 1 to 4 mm that stand out from the skin, one on each place."""
    rng = random.Random(seed)
    graph = MaterialGraph("earth")
    colour = graph.mix(graph.noise(600, 3), (0.19, 0.125, 0.070), (0.40, 0.29, 0.18))
    graph.surface(Base_Color=colour, Roughness=1.0, Normal=graph.bump(graph.noise(900, 2), 0.8, 0.001))
    parts = []
    for number, (at, normal) in enumerate(places):
        radius = rng.uniform(0.0005, 0.0013) if number % 4 else rng.uniform(0.0013, 0.0024)
        parts.append(_lump(at, normal, radius, graph.material, rng))
    return build("earth", parts)


def _lump(at: Vector, normal: Vector, radius: float, material: bpy.types.Material, rng: random.Random) -> Part:
    turn = np.linspace(-math.pi / 2, math.pi / 2, 6)
    lump = lathe(np.stack([np.cos(turn), np.sin(turn)], axis=1), material, 7)
    bumps = np.array([rng.uniform(0.65, 1.25) for _ in range(len(lump.vertices))])[:, None]
    size = np.array([rng.uniform(0.7, 1.3), rng.uniform(0.7, 1.3), 0.75]) * radius
    frame = np.array(_on(at + 0.2 * radius * normal, normal, rng))
    placed = (lump.vertices * bumps * size) @ frame[:3, :3].T + frame[:3, 3]
    return Part(placed, lump.faces, material)


def _on(at: Vector, normal: Vector, rng: random.Random) -> Matrix:
    """Stands a thing on a surface: z along the normal, turned about it by chance."""
    upright = normal.to_track_quat("Z", "Y").to_matrix().to_4x4()
    return Matrix.Translation(at) @ upright @ Matrix.Rotation(rng.uniform(0, 2 * math.pi), 4, "Z")
