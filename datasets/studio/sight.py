"""Which joints of a figure the camera sees: rays from the camera to each joint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Vector

from .view import View

VISIBLE, HIDDEN, OUTSIDE = 2, 1, 0
RAYS = 9
"""Rays to a joint: one to its middle, the others round it. It is visible when most of them meet the figure there."""

# A joint: the parts of the figure whose surface shows it, how near the joint that surface must be, and how far round
# the middle the rays go; metres at a stature of 1.72 m. A hip lies deep in the pelvis, an eye on the face.
SHOWN_BY: dict[str, tuple[tuple[str, ...], float, float]] = {
    "nose": (("nose", "head"), 0.035, 0.008),
    "eye": (("{side}_eye",), 0.035, 0.008),
    "ear": (("{side}_ear",), 0.035, 0.012),
    "shoulder": (("{side}_shoulder", "{side}_upper_arm", "chest"), 0.090, 0.030),
    "elbow": (("{side}_elbow", "{side}_upper_arm", "{side}_forearm"), 0.070, 0.020),
    "wrist": (("{side}_wrist", "{side}_forearm", "{side}_hand"), 0.060, 0.015),
    "hip": (("{side}_thigh", "pelvis", "belly"), 0.165, 0.035),
    "knee": (("{side}_knee", "{side}_thigh", "{side}_shin"), 0.085, 0.025),
    "ankle": (("{side}_shin", "{side}_foot"), 0.075, 0.020),
}


@dataclass(frozen=True)
class Figure:
    """A posed figure: its object, its joints in the object's coordinates, and the part of each of its faces."""

    thing: bpy.types.Object
    joints: Mapping[str, np.ndarray]
    faces: Sequence[str]


def seen_joints(scene: bpy.types.Scene, figure: Figure, size: tuple[int, int]) -> dict[str, list[float]]:
    """Each joint as [x, y, v], pixels; v as in COCO: 2 visible, 1 in the picture but hidden, 0 outside (x = y = 0)."""
    width, height = size
    view = View(scene.camera, width, height)
    points: dict[str, list[float]] = {}
    for name, place in figure.joints.items():
        point = figure.thing.matrix_world @ Vector(place)
        u, v = view.place(tuple(point))
        if not (0 <= u < 1 and 0 <= v < 1):
            points[name] = [0.0, 0.0, OUTSIDE]
            continue
        state = VISIBLE if is_seen(scene, figure, name, point) else HIDDEN
        points[name] = [round(u * width, 1), round(v * height, 1), state]
    return points


def is_seen(scene: bpy.types.Scene, figure: Figure, name: str, point: Vector) -> bool:
    """Whether most of the rays to a joint end on the part of the figure that shows it."""
    side, _, kind = name.rpartition("_")
    parts, depth, spread = SHOWN_BY[kind]
    allowed = {part.format(side=side) for part in parts}
    graph = bpy.context.evaluated_depsgraph_get()
    eye = scene.camera.matrix_world.translation
    turn = scene.camera.matrix_world.to_quaternion()
    angles = np.arange(RAYS - 1) * 2 * np.pi / (RAYS - 1)
    offsets = [(0.0, 0.0), *((spread * float(np.cos(a)), spread * float(np.sin(a))) for a in angles)]
    hits = 0
    for across, up in offsets:
        target = point + turn @ Vector((across, up, 0.0))
        way = target - eye
        hit, place, _, face, thing, _ = scene.ray_cast(graph, eye, way.normalized())
        if hit and thing.name == figure.thing.name and figure.faces[face] in allowed:
            hits += (place - point).length <= depth + spread
    return hits > RAYS / 2
