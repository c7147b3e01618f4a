"""Trees and hedges: a trunk, branches, and thousands of single leaves in clumps. Lengths are metres.

A kind of tree is built once for a scene; every tree of that kind shares its mesh.
"""

from __future__ import annotations

import math

import bpy
import numpy as np

from .nodes import Colour, MaterialGraph
from .paints import known
from .shapes import Part, build, tube
from .street_skins import leaves

TONES: dict[str, Colour] = {
    "lime": (0.20, 0.36, 0.055),
    "maple": (0.13, 0.29, 0.05),
    "birch": (0.27, 0.38, 0.08),
    "willow": (0.24, 0.40, 0.10),
}
LEAF = 0.17
"""Length of a leaf: large, as a toy tree's would be, so that few of them fill a crown."""


def _bark() -> bpy.types.Material:
    if (made := known("bark")) is not None:
        return made
    graph = MaterialGraph("bark")
    figure = graph.noise(9, 3, 0.6, at=graph.mapped(scale=(3, 3, 0.5)))
    graph.surface(
        Base_Color=graph.ramp(figure, [(0.35, (0.10, 0.065, 0.04)), (0.7, (0.22, 0.16, 0.11))]), Roughness=0.9
    )
    return graph.material


def _leaf_part(centres: np.ndarray, outward: np.ndarray, tone: Colour, rng: np.random.Generator, size: float) -> Part:
    """One kite-shaped leaf at each centre, roughly facing outward; both arrays are (N, 3)."""
    count = len(centres)
    normal = outward + rng.normal(scale=0.55, size=(count, 3)) + np.array([0.0, 0.0, 0.35])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    along = np.cross(normal, rng.normal(size=(count, 3)))
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(normal, along)
    length = size * rng.uniform(0.7, 1.3, size=(count, 1))
    kite = ((0.0, -0.5), (0.32, -0.05), (0.0, 0.5), (-0.32, -0.05))
    corners = [centres + across * (a * length) + along * (b * length) for a, b in kite]
    vertices = np.stack(corners, axis=1).reshape(-1, 3)
    faces = [(4 * leaf, 4 * leaf + 1, 4 * leaf + 2, 4 * leaf + 3) for leaf in range(count)]
    return Part(vertices, faces, leaves(tone), smooth=False)


def _tinted(thing: bpy.types.Object, tints: np.ndarray) -> None:
    """Write `tint` on the vertices; those before the leaves (the wood) get 0."""
    values = np.zeros(len(thing.data.vertices), dtype=np.float32)
    values[len(values) - len(tints) :] = tints
    thing.data.attributes.new("tint", "FLOAT", "POINT").data.foreach_set("value", values)


def tree_mesh(kind: str, seed: int, height: float = 5.2, leaf_count: int = 5200) -> bpy.types.Mesh:
    """The mesh of a tree that stands on z = 0; not yet in the scene. Its crown is about 0.5 `height` wide."""
    rng = np.random.default_rng(seed)
    tone, bark = TONES[kind], _bark()
    crown = np.array([0.27, 0.27, 0.29]) * height
    middle = np.array([0.0, 0.0, height - crown[2]])
    top = middle + np.array([0.05, 0.03, 0.4 * crown[2]])
    bend = rng.normal(scale=0.06, size=3) * [1, 1, 0]
    stem = np.array([[0, 0, 0], bend + np.array([0, 0, 0.3 * height]), middle + bend, top])
    parts = [tube(stem, [0.035 * height, 0.026 * height, 0.019 * height, 0.008 * height], bark, 10)]
    clumps = []
    for number in range(19):
        # Spread over a ball by the golden angle, pushed outward, none straight below.
        up = 1 - 1.75 * (number + 0.5) / 19
        angle = number * math.pi * (3 - math.sqrt(5)) + rng.uniform(-0.4, 0.4)
        flat = math.sqrt(max(0.0, 1 - up * up))
        direction = np.array([flat * math.cos(angle), flat * math.sin(angle), up])
        clumps.append(middle + direction * crown * rng.uniform(0.55, 0.82))
    for clump in clumps[::2]:
        start = stem[1] + (stem[3] - stem[1]) * rng.uniform(0.35, 0.8)
        parts.append(tube(np.array([start, (start + clump) / 2 + [0, 0, 0.06], clump]), [0.045, 0.03, 0.012], bark, 6))
    per_clump = leaf_count // len(clumps)
    centres, outward, tints = [], [], []
    for clump in clumps:
        radius = crown.mean() * rng.uniform(0.36, 0.50)
        direction = rng.normal(size=(per_clump, 3))
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        reach = radius * rng.uniform(0.62, 1.08, size=(per_clump, 1))
        place = clump + direction * reach * np.array([1.1, 1.1, 0.85])
        centres.append(place)
        outward.append(direction)
        # A clump has its own shade; leaves above and outside are younger and paler.
        tint = 0.45 + rng.normal(scale=0.10) + 0.22 * direction[:, 2] + rng.normal(scale=0.13, size=per_clump)
        tints.append(np.repeat(tint.clip(0, 1), 4))
    parts.append(_leaf_part(np.concatenate(centres), np.concatenate(outward), tone, rng, LEAF * height / 5.2))
    return _mesh_only(f"tree {kind}", parts, np.concatenate(tints))


def hedge_mesh(length: float, seed: int) -> bpy.types.Mesh:
    """A clipped hedge `length` metres along x, 0.7 m deep and 1 m high."""
    rng = np.random.default_rng(seed)
    count = round(900 * length)
    place = rng.uniform(-1, 1, size=(count, 3))
    axis = rng.choice([1, 1, 2], size=count)
    place[np.arange(count), axis] = np.sign(place[np.arange(count), axis]) * rng.uniform(0.8, 1.0, size=count)
    place[axis == 2, 2] = np.abs(place[axis == 2, 2])
    outward = np.zeros((count, 3))
    outward[np.arange(count), axis] = np.sign(place[np.arange(count), axis])
    centres = place * [length / 2, 0.35, 0.5] + [0, 0, 0.5]
    part = _leaf_part(centres, outward, TONES["maple"], rng, 0.11)
    tints = np.repeat((0.45 + rng.normal(scale=0.15, size=count)).clip(0, 1), 4)
    return _mesh_only("hedge", [part], tints)


def _mesh_only(name: str, parts: list[Part], tints: np.ndarray) -> bpy.types.Mesh:
    thing = build(name, parts)
    _tinted(thing, tints)
    mesh = thing.data
    bpy.data.objects.remove(thing)
    return mesh


def plant(mesh: bpy.types.Mesh, x: float, y: float, yaw: float, scale: float = 1.0, z: float = 0.0) -> bpy.types.Object:
    """A tree or hedge of this mesh in the scene."""
    thing = bpy.data.objects.new(mesh.name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    thing.location, thing.rotation_euler[2] = (x, y, z), yaw
    thing.scale = (scale, scale, scale)
    return thing
