"""Things that get onto a packing line and are no fruit: ball, stone, cap, leaf, twig, glove finger, toy, paper."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import bmesh
import bpy
import numpy as np

from .nodes import Colour, MaterialGraph
from .on_fruit import leaf_mesh
from .shapes import Part, box, build, lathe, soften, tube, wobble

PLASTICS: tuple[Colour, ...] = ((0.55, 0.02, 0.02), (0.02, 0.12, 0.50), (0.75, 0.48, 0.02), (0.03, 0.30, 0.08))


def make_oddment(kind: str, seed: int) -> bpy.types.Object:
    """One thing that is no fruit; its lowest point need not be at z = 0."""
    if kind not in MAKERS:
        raise ValueError(f"nothing is called {kind!r}; there are {', '.join(MAKERS)}")
    return MAKERS[kind](seed)


def _plastic(colour: Colour, rough: float = 0.3) -> bpy.types.Material:
    graph = MaterialGraph("plastic")
    graph.surface(Base_Color=colour, Roughness=rough)
    return graph.material


def _crystal(material: bpy.types.Material, finest: int, deform: Callable[[np.ndarray], np.ndarray]) -> Part:
    """An icosphere of radius 1, its vertices moved by `deform`."""
    shape = bmesh.new()
    bmesh.ops.create_icosphere(shape, subdivisions=finest, radius=1.0)
    vertices = np.array([vertex.co[:] for vertex in shape.verts])
    faces = [tuple(vertex.index for vertex in face.verts) for face in shape.faces]
    shape.free()
    return Part(deform(vertices), faces, material)


def ball(seed: int) -> bpy.types.Object:
    """A tennis ball with its white seam, or a rubber ball with a stripe."""
    rng = random.Random(seed)
    graph = MaterialGraph("ball")
    radius = rng.uniform(0.030, 0.034)
    x, y, z = graph.split(graph.mapped((1 / radius,) * 3))
    if rng.random() < 0.5:
        # The seam: where x2 - y2 balances z on the unit sphere.
        saddle = graph.math("SUBTRACT", graph.math("MULTIPLY", x, x), graph.math("MULTIPLY", y, y))
        gap = graph.math("ABSOLUTE", graph.math("SUBTRACT", saddle, graph.math("MULTIPLY", z, 0.9)))
        felt = graph.mix(graph.noise(500, 2), (0.42, 0.55, 0.04), (0.58, 0.70, 0.10))
        colour = graph.mix(graph.ramp(gap, [(0.06, 1.0), (0.10, 0.0)]), felt, (0.72, 0.74, 0.66))
        graph.surface(Base_Color=colour, Roughness=1.0, Normal=graph.bump(graph.noise(700, 2), 0.7, 0.001))
    else:
        band = graph.ramp(graph.math("ABSOLUTE", z), [(0.22, 1.0), (0.235, 0.0)])
        colour = graph.mix(band, rng.choice(PLASTICS[:3]), (0.80, 0.80, 0.78))
        graph.surface(Base_Color=colour, Roughness=0.35)
    turn = np.linspace(-math.pi / 2, math.pi / 2, 33)
    return build("ball", [lathe(np.stack([np.cos(turn), np.sin(turn)], axis=1) * radius, graph.material, 48)])


def stone(seed: int) -> bpy.types.Object:
    """A grey or brown pebble with flat places."""
    rng = np.random.default_rng(seed)
    graph = MaterialGraph("stone")
    warm = rng.uniform(0.75, 1.0)
    grains = graph.noise(900, 3, 0.7)
    colour = graph.ramp(
        grains, [(0.35, (0.10, 0.10 * warm, 0.10 * warm**2)), (0.7, (0.32, 0.31 * warm, 0.30 * warm**2))]
    )
    relief = graph.bump(graph.noise(130, 5, 0.65), 0.7, 0.004)
    graph.surface(Base_Color=colour, Roughness=0.9, Normal=relief)
    size = rng.uniform(0.022, 0.034, size=3) * (1.15, 0.9, 0.75)
    cuts = rng.normal(size=(7, 3))
    cuts /= np.linalg.norm(cuts, axis=1, keepdims=True)
    depths = rng.uniform(0.72, 0.9, size=7)
    uneven = wobble(seed, 0.25, 1.3)

    def chipped(vertices: np.ndarray) -> np.ndarray:
        for cut, depth in zip(cuts, depths, strict=True):
            vertices = vertices - 0.85 * np.maximum(0, vertices @ cut - depth)[:, None] * cut
        return uneven(vertices) * size

    return build("stone", [_crystal(graph.material, 5, chipped)])


def cap(seed: int) -> bpy.types.Object:
    """A screw cap with a ribbed side, top up."""
    rng = random.Random(seed)
    profile = [
        (0.0, 0.015), (0.013, 0.015), (0.0150, 0.0146), (0.0158, 0.0135), (0.0160, 0.0), (0.0148, 0.0),
        (0.0145, 0.0128), (0.0, 0.0128),
    ]  # fmt: skip

    def ribbed(vertices: np.ndarray) -> np.ndarray:
        angle = np.arctan2(vertices[:, 1], vertices[:, 0])
        ridge = 1 + 0.035 * np.sign(np.sin(40 * angle)) * (np.hypot(vertices[:, 0], vertices[:, 1]) > 0.0155)
        return vertices * np.stack([ridge, ridge, np.ones_like(ridge)], axis=1) * 1.5

    thing = build("cap", [lathe(profile[::-1], _plastic(rng.choice(PLASTICS)), 160, ribbed)])
    thing["flat"] = True
    return thing


def leaf(seed: int) -> bpy.types.Object:
    """A fallen leaf, fresh or dry."""
    rng = random.Random(seed)
    part = leaf_mesh(seed, rng.uniform(0.075, 0.095), rng.uniform(0.036, 0.048), dry=rng.random() < 0.5)
    thing = build("leaf", [Part(part.vertices - (0.04, 0.0, 0.0), part.faces, part.material)])
    thing["flat"] = True
    return thing


def twig(seed: int) -> bpy.types.Object:
    """A dry twig with two side shoots, lying."""
    rng = np.random.default_rng(seed)
    graph = MaterialGraph("bark")
    colour = graph.ramp(graph.noise(300, 4, 0.7), [(0.3, (0.055, 0.032, 0.018)), (0.75, (0.24, 0.16, 0.095))])
    graph.surface(Base_Color=colour, Roughness=0.95, Normal=graph.bump(graph.noise(400, 3), 0.6, 0.001))
    t = np.linspace(0, 1, 16)
    path = np.stack([0.10 * (t - 0.5), 0.010 * np.sin(3.5 * t) + 0.002 * rng.normal(size=16), 0.0 * t], axis=1)
    parts = [tube(path, 0.0040 - 0.0018 * t, graph.material, 9)]
    for start, side in ((5, 1), (10, -1)):
        reach = np.linspace(0, 1, 8)[:, None]
        way = np.array([0.022, side * 0.020, 0.006]) * rng.uniform(0.8, 1.3)
        parts.append(tube(path[start] + reach * way, 0.0024 - 0.0012 * reach[:, 0], graph.material, 7))
    thing = build("twig", parts)
    thing["flat"] = True
    return thing


def glove(seed: int) -> bpy.types.Object:
    """A torn-off finger of a blue rubber glove."""
    rng = random.Random(seed)
    t = np.linspace(0, 1, 22)
    path = np.stack([0.072 * (t - 0.5), rng.uniform(0.006, 0.012) * np.sin(2.6 * t), 0.0 * t], axis=1)
    radii = 0.0105 * np.sqrt(np.clip(1 - ((t - 0.86) / 0.14).clip(0) ** 2, 0.02, 1)) * (1.12 - 0.18 * t)
    part = tube(path, radii, _plastic((0.03, 0.22, 0.50), 0.42), 28)
    wrinkled = wobble(seed, 0.0013, 0.011)(wobble(seed + 1, 0.0035, 0.035)(part.vertices))
    # The far end is open: without the first cap of the tube the dark inside shows.
    faces = [face for face in part.faces if not (len(face) == 28 and 0 in face)]
    thing = build("glove", [Part(wrinkled * (1.0, 1.15, 0.8), faces, part.material)])
    thing["flat"] = True
    return thing


def toy(seed: int) -> bpy.types.Object:
    """A building brick with two rows of studs."""
    rng = random.Random(seed)
    material = _plastic(rng.choice(PLASTICS), 0.25)
    brick = build("toy", [box((0.064, 0.032, 0.022), material)], smooth=False)
    soften(brick, 0.001)
    for x in (-0.024, -0.008, 0.008, 0.024):
        for y in (-0.008, 0.008):
            stud = build("stud", [lathe([(0.0049, 0.0), (0.0049, 0.0040), (0.0, 0.0040)], material, 24)], smooth=False)
            stud.location = (x, y, 0.022)
            stud.parent = brick
    brick["flat"] = True
    return brick


def paper(seed: int) -> bpy.types.Object:
    """A sheet of paper crumpled into a ball: flat facets, sharp folds."""
    rng = np.random.default_rng(seed)
    graph = MaterialGraph("paper")
    graph.surface(Base_Color=(0.78, 0.77, 0.72), Roughness=0.95)
    heads = rng.normal(size=(90, 3))
    heads /= np.linalg.norm(heads, axis=1, keepdims=True)
    depths = rng.uniform(0.60, 1.0, size=90)

    def folded(vertices: np.ndarray) -> np.ndarray:
        # Each vertex goes where the nearest of many random planes cuts its ray; creases run where planes meet.
        cosine = np.maximum(vertices @ heads.T, 0.05)
        reach = np.partition(depths / cosine, 1, axis=1)[:, :2].mean(axis=1)
        ridges = 0.86 + 0.24 * np.abs(np.sin(6 * vertices @ heads[:3].T)).mean(axis=1)
        return vertices * (np.minimum(reach, 1.25) * ridges)[:, None] * 0.030

    return build("paper", [_crystal(graph.material, 5, folded)], smooth=False)


MAKERS: dict[str, Callable[[int], bpy.types.Object]] = {
    "ball": ball,
    "stone": stone,
    "cap": cap,
    "leaf": leaf,
    "twig": twig,
    "glove": glove,
    "toy": toy,
    "paper": paper,
}
