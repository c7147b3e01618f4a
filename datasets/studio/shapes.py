"""Meshes from profiles and paths, as plain arrays, joined into one Blender object without operators.

All lengths are metres. A `Part` is a piece of surface with one material; `build` joins parts into an object. (Joining
with `bpy.ops.object.join` costs about forty times as much.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import bpy
import numpy as np

Deform = Callable[[np.ndarray], np.ndarray]
Face = tuple[int, ...]
POLE = 1e-4  # the radius that stands for zero, so that no face is degenerate


@dataclass(frozen=True)
class Part:
    """Vertices of shape (V, 3), faces as vertex indices, the material on them, and whether it looks rounded.

    With a `name`, the faces can be told from those of other parts after `build` (see `face_names`).
    """

    vertices: np.ndarray
    faces: list[Face]
    material: bpy.types.Material
    smooth: bool = True
    name: str = ""


def ring_faces(rings: int, segments: int) -> list[Face]:
    """Quads between `rings` closed rings of `segments` vertices each."""
    faces = []
    for ring in range(rings - 1):
        for segment in range(segments):
            a = ring * segments + segment
            b = ring * segments + (segment + 1) % segments
            faces.append((a, b, b + segments, a + segments))
    return faces


def grid_faces(columns: int, rows: int) -> list[Face]:
    """Quads of an open grid of `columns` x `rows` vertices stored row by row."""
    faces = []
    for row in range(rows - 1):
        for column in range(columns - 1):
            a = row * columns + column
            faces.append((a, a + 1, a + columns + 1, a + columns))
    return faces


def lathe(
    profile: Sequence[tuple[float, float]],
    material: bpy.types.Material,
    segments: int = 48,
    deform: Deform | None = None,
) -> Part:
    """A surface of revolution about z; `profile` lists (radius, height) from bottom to top, outside before inside."""
    angles = np.arange(segments) * (2 * math.pi / segments)
    radii, heights = np.asarray(profile, dtype=float).T
    radii = np.maximum(radii, POLE)
    x = radii[:, None] * np.cos(angles)
    y = radii[:, None] * np.sin(angles)
    z = np.broadcast_to(heights[:, None], x.shape)
    vertices = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    if deform is not None:
        vertices = deform(vertices)
    return Part(vertices, ring_faces(len(profile), segments), material)


def tube(
    path: np.ndarray,
    radii: Sequence[float],
    material: bpy.types.Material,
    sides: int = 12,
    section: Callable[[np.ndarray], np.ndarray] | None = None,
) -> Part:
    """A closed tube along `path` (N, 3) with one radius a point; `section` scales the radius by angle (radians)."""
    path = np.asarray(path, dtype=float)
    angles = np.arange(sides) * (2 * math.pi / sides)
    scale = np.ones(sides) if section is None else section(angles)
    tangents = np.gradient(path, axis=0)
    tangents /= np.linalg.norm(tangents, axis=1, keepdims=True)
    normal = _any_normal(tangents[0])
    rings = []
    for point, tangent, radius in zip(path, tangents, radii, strict=True):
        normal = normal - tangent * normal.dot(tangent)
        normal /= np.linalg.norm(normal)
        side = np.cross(tangent, normal)
        offsets = np.cos(angles)[:, None] * normal + np.sin(angles)[:, None] * side
        rings.append(point + radius * scale[:, None] * offsets)
    faces = ring_faces(len(path), sides)
    last = (len(path) - 1) * sides
    faces.append(tuple(reversed(range(sides))))
    faces.append(tuple(range(last, last + sides)))
    return Part(np.concatenate(rings), faces, material)


def _any_normal(direction: np.ndarray) -> np.ndarray:
    """A unit vector at right angles to `direction`."""
    helper = np.array([0.0, 0.0, 1.0]) if abs(direction[2]) < 0.9 else np.array([1.0, 0.0, 0.0])
    normal = np.cross(direction, helper)
    return normal / np.linalg.norm(normal)


def box(size: tuple[float, float, float], material: bpy.types.Material) -> Part:
    """A box standing on z = 0, centred on the z axis."""
    width, depth, height = size
    corners = [(x, y, z) for z in (0.0, height) for y in (-depth / 2, depth / 2) for x in (-width / 2, width / 2)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (1, 3, 7, 5), (3, 2, 6, 7), (2, 0, 4, 6)]
    return Part(np.array(corners), faces, material)


def ellipsoid(
    centre: Sequence[float],
    radii: Sequence[float],
    material: bpy.types.Material,
    segments: int = 18,
    name: str = "",
) -> Part:
    """An ellipsoid with its axes along x, y and z."""
    angles = np.linspace(-math.pi / 2, math.pi / 2, segments // 2 + 1)
    unit = lathe(list(zip(np.cos(angles), np.sin(angles), strict=True)), material, segments)
    return Part(unit.vertices * np.asarray(radii) + np.asarray(centre), unit.faces, material, name=name)


def moved(part: Part, to: Sequence[float], yaw: float = 0.0) -> Part:
    """A copy of the part turned about z by `yaw` radians and then shifted."""
    c, s = math.cos(yaw), math.sin(yaw)
    turned = part.vertices @ np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
    return replace(part, vertices=turned + np.asarray(to))


def wobble(seed: int, amount: float, wavelength: float) -> Deform:
    """A gentle, smooth irregularity: vertices move by about `amount` metres over `wavelength` metres."""
    rng = np.random.default_rng(seed)
    waves = rng.normal(size=(6, 3))
    waves *= (2 * math.pi / wavelength) / np.linalg.norm(waves, axis=1, keepdims=True)
    phases = rng.uniform(0, 2 * math.pi, size=6)
    moves = rng.normal(size=(6, 3)) * amount / 3

    def deform(vertices: np.ndarray) -> np.ndarray:
        return vertices + np.sin(vertices @ waves.T + phases) @ moves

    return deform


def smooth_curve(points: Sequence[tuple[float, float]], steps: int) -> np.ndarray:
    """A Catmull-Rom curve through 2-D points, `steps` samples a stretch; shape (M, 2)."""
    given = np.asarray(points, dtype=float)
    padded = np.concatenate([given[:1], given, given[-1:]])
    curve = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for t in np.linspace(0, 1, steps, endpoint=False):
            curve.append(0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2))
            curve[-1] += 0.5 * (3 * p1 - p0 - 3 * p2 + p3) * t**3
    curve.append(given[-1])
    return np.array(curve)


def build(name: str, parts: Sequence[Part], smooth: bool = True) -> bpy.types.Object:
    """One object in the scene from several parts, each with its own material."""
    mesh = bpy.data.meshes.new(name)
    faces: list[Face] = []
    material_of_face: list[int] = []
    smooth_faces: list[bool] = []
    materials = list(dict.fromkeys(part.material for part in parts))
    for material in materials:
        mesh.materials.append(material)
    start = 0
    for part in parts:
        faces.extend(tuple(start + index for index in face) for face in part.faces)
        material_of_face.extend([materials.index(part.material)] * len(part.faces))
        smooth_faces.extend([smooth and part.smooth] * len(part.faces))
        start += len(part.vertices)
    mesh.from_pydata(np.concatenate([part.vertices for part in parts]).tolist(), [], faces)
    mesh.polygons.foreach_set("material_index", material_of_face)
    mesh.polygons.foreach_set("use_smooth", smooth_faces)
    mesh.update()
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def face_names(parts: Sequence[Part]) -> list[str]:
    """For each face of an object that `build` makes of these parts, the name of its part."""
    return [part.name for part in parts for _ in part.faces]


def soften(thing: bpy.types.Object, width: float, segments: int = 3) -> None:
    """Round the sharp edges of an object by `width` metres."""
    bevel = thing.modifiers.new("soften", "BEVEL")
    bevel.width = width
    bevel.segments = segments
    bevel.limit_method = "ANGLE"
