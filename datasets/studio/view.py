"""Between the picture and the floor: what a camera shows of the plane z = 0."""

from __future__ import annotations

import bpy
import numpy as np
from mathutils import Vector

SENSOR = 36.0
"""Width of the camera's sensor, millimetres."""
USUAL_WIDTH = 960
MARGIN = 0.03


class View:
    """A camera whose place in the scene is final. Places in the picture run from (0, 0) top left to (1, 1)."""

    def __init__(self, camera: bpy.types.Object, width: int, height: int) -> None:
        self.camera = camera
        self.half = SENSOR / 2 / camera.data.lens
        self.size = np.array([width, height])
        self.aspect = width / height
        self._back = camera.matrix_world.inverted()

    def floor(self, u: float, v: float) -> tuple[float, float]:
        """The point of the floor that a place in the picture shows, metres."""
        ray = Vector(((2 * u - 1) * self.half, (1 - 2 * v) * self.half / self.aspect, -1.0))
        origin = self.camera.matrix_world.translation
        direction = self.camera.matrix_world.to_quaternion() @ ray
        point = origin - direction * (origin.z / direction.z)
        return point.x, point.y

    def place(self, point: tuple[float, float, float]) -> tuple[float, float]:
        """Where in the picture a point in front of the camera is seen."""
        seen = self._back @ Vector(point)
        u = 0.5 + seen.x / -seen.z / self.half / 2
        return u, 0.5 - seen.y / -seen.z / self.half * self.aspect / 2

    def picture(self, points: np.ndarray) -> np.ndarray:
        """Places in the picture of points on the floor (N, 2)."""
        return np.array([self.place((x, y, 0.0)) for x, y in points])

    def holds(self, outline: np.ndarray) -> bool:
        """Whether a shape on the floor is wholly in the picture, with a little margin."""
        seen = self.picture(outline)
        return bool((seen > MARGIN).all() and (seen < 1 - MARGIN).all())

    def outside(self, outline: np.ndarray) -> float:
        """Which part of a shape's edge lies outside the picture, 0 to 1."""
        seen = self.picture(outline)
        return float(((seen < 0) | (seen > 1)).any(axis=1).mean())

    def large(self, outline: np.ndarray, least: float) -> bool:
        """Whether a shape on the floor shows `least` pixels on its smaller side in a picture of the usual width."""
        side = (np.ptp(self.picture(outline), axis=0) * self.size).min()
        return bool(side >= least * self.size[0] / USUAL_WIDTH)
