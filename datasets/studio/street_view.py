"""What a camera would see of a point or a thing, before anything is rendered: used to place things in view."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import bpy
from bpy_extras.object_utils import world_to_camera_view
from mathutils import Vector

SENSOR = 36.0
"""Width of the camera's sensor in millimetres, as rendering.add_camera sets it."""


@dataclass
class Sight:
    """A view of the scene; `taken` holds the places that are in use, as (x, y, half length, half width)."""

    scene: bpy.types.Scene
    near: float
    far: float
    taken: list[tuple[float, float, float, float]]

    @property
    def at(self) -> Vector:
        """Where the camera stands."""
        return self.scene.camera.location

    @property
    def focal(self) -> float:
        """Pixels that a metre covers at a distance of a metre."""
        return self.scene.render.resolution_x * self.scene.camera.data.lens / SENSOR

    def pixel(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """Where a point comes to lie: across and down as shares of the picture, and its distance ahead in metres."""
        across, up, ahead = world_to_camera_view(self.scene, self.scene.camera, Vector((x, y, z)))
        return across, 1 - up, ahead

    def somewhere(self, rng: random.Random) -> tuple[float, float]:
        """A point on the ground within the view's width; near and far are equally likely (log of the distance)."""
        distance = math.exp(rng.uniform(math.log(self.near), math.log(self.far)))
        look = self.scene.camera.matrix_world.to_3x3() @ Vector((0, 0, -1))
        half = math.atan(SENSOR / 2 / self.scene.camera.data.lens)
        angle = math.atan2(look.y, look.x) + rng.uniform(-half, half)
        return self.at.x + distance * math.cos(angle), self.at.y + distance * math.sin(angle)

    def by_the_edge(self, rng: random.Random) -> tuple[float, float]:
        """A point on the ground at a side of the view, nearer than `somewhere` gives."""
        distance = math.exp(rng.uniform(math.log(self.near * 0.6), math.log(self.near * 2.0)))
        look = self.scene.camera.matrix_world.to_3x3() @ Vector((0, 0, -1))
        half = math.atan(SENSOR / 2 / self.scene.camera.data.lens)
        angle = math.atan2(look.y, look.x) + rng.choice((1, -1)) * half * rng.uniform(0.7, 1.25)
        return self.at.x + distance * math.cos(angle), self.at.y + distance * math.sin(angle)

    def is_cut(self, x: float, y: float, width: float, height: float) -> bool:
        """Whether the left or right edge cuts an upright thing about `width` metres wide, with most of it in view."""
        across, down, ahead = self.pixel(x, y, height / 2)
        if ahead < self.near * 0.5 or not 0.05 < down < 0.95:
            return False
        wide = self.focal * width / ahead / self.scene.render.resolution_x
        outside = max(wide / 2 - across, across + wide / 2 - 1) / wide
        return 0.2 < outside < 0.6 and self.open_share(x, y, (0.6 * height, 0.9 * height)) >= 0.5

    def is_free(self, x: float, y: float, half_length: float, half_width: float, gap: float) -> bool:
        """Whether a rectangle along x and y keeps `gap` metres clear of every other and 2.2 m clear of the camera."""
        if abs(x - self.at.x) < half_length + 2.2 and abs(y - self.at.y) < half_width + 2.2:
            return False
        return all(
            abs(x - ox) >= half_length + ol + gap or abs(y - oy) >= half_width + ow + gap
            for ox, oy, ol, ow in self.taken
        )

    def is_seen(self, x: float, y: float, height: float, margin: float = 0.0, least_pixels: float = 17.0) -> bool:
        """Whether the middle of an upright thing lies in the picture, is tall enough there, and is not all hidden.

        `least_pixels` is meant for a picture 960 pixels wide.
        """
        across, down, ahead = self.pixel(x, y, height / 2)
        if ahead < self.near or not (-margin < across < 1 + margin and -margin < down < 1 + margin):
            return False
        if self.focal * height / ahead < least_pixels * self.scene.render.resolution_x / 960:
            return False
        return self.open_share(x, y, (0.35 * height, 0.6 * height, 0.9 * height)) >= 0.5

    def open_share(self, x: float, y: float, heights: tuple[float, ...], slack: float = 1.2) -> float:
        """The share of points above (x, y) with a free line of sight; the last `slack` metres do not count."""
        graph = bpy.context.evaluated_depsgraph_get()
        seen = 0
        for z in heights:
            way = Vector((x, y, z)) - self.at
            hit, *_ = self.scene.ray_cast(graph, self.at, way.normalized(), distance=max(0.1, way.length - slack))
            seen += not hit
        return seen / len(heights)
