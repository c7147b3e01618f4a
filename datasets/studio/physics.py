"""Let fruit fall and settle, with Bullet, on convex stand-ins of the fruit.

Colliding the render meshes took 330 s a scene; convex hulls of about 70 faces take a few seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

import bmesh
import bpy
import numpy as np
from mathutils import Matrix

FRUIT_MASS = 0.15  # kilograms
MARGIN = 0.0003  # metres that Bullet keeps between shapes
HULL_POINTS = 90


class NotSettledError(RuntimeError):
    """A fruit fell off the table or was still moving at the end."""


def convex_proxy(thing: bpy.types.Object, points: int = HULL_POINTS) -> bpy.types.Object:
    """An object with the convex hull of about `points` of the thing's vertices, in the same place.

    The vertices taken are the furthest ones in evenly spread directions, so that the hull touches the surface.
    """
    vertices = np.empty(len(thing.data.vertices) * 3, dtype=np.float32)
    thing.data.vertices.foreach_get("co", vertices)
    vertices = vertices.reshape(-1, 3)
    furthest = np.unique(np.argmax(vertices @ _directions(points).T, axis=0))
    shape = bmesh.new()
    for index in furthest:
        shape.verts.new(vertices[index].tolist())
    bmesh.ops.convex_hull(shape, input=shape.verts)
    mesh = bpy.data.meshes.new("proxy")
    shape.to_mesh(mesh)
    shape.free()
    proxy = bpy.data.objects.new("proxy", mesh)
    bpy.context.scene.collection.objects.link(proxy)
    proxy.hide_render = True
    proxy.matrix_world = thing.matrix_world.copy()
    return proxy


def _directions(count: int) -> np.ndarray:
    """`count` unit vectors spread evenly over the sphere (a Fibonacci lattice), shape (count, 3)."""
    index = np.arange(count) + 0.5
    height = 1 - 2 * index / count
    turn = np.pi * (1 + 5**0.5) * index
    ring = np.sqrt(1 - height**2)
    return np.stack([ring * np.cos(turn), ring * np.sin(turn), height], axis=1)


def _add_body(thing: bpy.types.Object, kind: str, shape: str) -> None:
    """Make a thing a rigid body: kind ACTIVE falls, PASSIVE stays; shape is CONVEX_HULL or MESH."""
    with bpy.context.temp_override(object=thing, active_object=thing, selected_objects=[thing]):
        bpy.ops.rigidbody.object_add(type=kind)
    body = thing.rigid_body
    body.collision_shape = shape
    body.friction = 0.75
    body.restitution = 0.02
    body.use_margin = True
    body.collision_margin = MARGIN
    if kind == "ACTIVE":
        body.mass = FRUIT_MASS
        body.linear_damping = 0.12
        body.angular_damping = 0.75


def drop(
    fruit: Sequence[bpy.types.Object],
    solid: Sequence[bpy.types.Object],
    hollow: Sequence[bpy.types.Object],
    frames: int = 110,
) -> None:
    """Let the fruit fall for `frames` 24ths of a second and leave them where they come to rest.

    `solid` things collide by their convex hull, `hollow` ones (table, bowl) by their mesh. Raises `NotSettledError` if
    a fruit ends below the table (z < 0) or still moves more than half a millimetre in the last two frames.
    """
    scene = bpy.context.scene
    bpy.context.view_layer.update()
    bpy.ops.rigidbody.world_add()
    world = scene.rigidbody_world
    world.substeps_per_frame = 12
    world.solver_iterations = 24
    world.point_cache.frame_end = frames
    scene.frame_start, scene.frame_end = 1, frames
    moving = [convex_proxy(thing) for thing in fruit]
    still = [convex_proxy(thing) for thing in solid]
    bpy.context.view_layer.update()
    for thing in moving:
        _add_body(thing, "ACTIVE", "CONVEX_HULL")
    for thing in still:
        _add_body(thing, "PASSIVE", "CONVEX_HULL")
    for thing in hollow:
        _add_body(thing, "PASSIVE", "MESH")
    poses: list[list[Matrix]] = []
    for frame in range(1, frames + 1):
        scene.frame_set(frame)
        if frame > frames - 3:
            graph = bpy.context.evaluated_depsgraph_get()
            poses.append([thing.evaluated_get(graph).matrix_world.copy() for thing in moving])
    bpy.ops.rigidbody.world_remove()
    for thing in moving + still:
        bpy.data.objects.remove(thing)
    scene.frame_set(1)
    _check_rest(fruit, poses)
    for thing, pose in zip(fruit, poses[-1], strict=True):
        thing.matrix_world = pose
    bpy.context.view_layer.update()


def _check_rest(fruit: Sequence[bpy.types.Object], poses: list[list[Matrix]]) -> None:
    for index, thing in enumerate(fruit):
        before, after = poses[0][index].translation, poses[-1][index].translation
        if after.z < 0:
            raise NotSettledError(f"{thing.name} fell off the table")
        if (after - before).length > 0.002:
            raise NotSettledError(f"{thing.name} still moves {(after - before).length * 1000:.1f} mm in two frames")
