"""What moves in a clip, and how: where it is at a time, which way it faces, what it does. No Blender.

A mover follows waypoints ``(seconds, x, y)``; between them it speeds up and slows down without a jolt (PCHIP, which
never overshoots). Lengths are metres, angles radians.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from .joints import Limb, Pose, named_pose

STRIDE = 1.45
"""Metres that a walking figure covers in one stride (two steps)."""
PEDAL = 3.4
"""Metres that a bicycle covers in one turn of its pedals."""
STILL = 0.25
"""Slower than this, in metres a second, a figure stands."""
_STEP = 0.05
"""Seconds over which a speed is measured."""
_WAVES = 1.7
"""Waves of a hand in a second."""

KINDS = ("person", "car", "bus", "truck", "bicycle")


@dataclass(frozen=True)
class Does:
    """Something that a figure does while it stands.

    Attributes:
        what: A pose of joints.py: wave, phone, point.
        start: Seconds.
        end: Seconds.
    """

    what: str
    start: float
    end: float


@dataclass(frozen=True)
class Mover:
    """One thing that moves.

    Attributes:
        name: Its identity through the whole clip.
        kind: One of KINDS; a bicycle has a rider, who is a part of it.
        way: Waypoints by time.
        seed: Of its looks.
        does: What a figure does while it stands.
        faces: Where it looks while it stands, before it has moved at all.
        colour: Of a vehicle's paint; empty for any.
    """

    name: str
    kind: str
    way: tuple[tuple[float, float, float], ...]
    seed: int
    does: tuple[Does, ...] = ()
    faces: float | None = None
    colour: str = ""
    _path: PchipInterpolator = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a way that runs back in time."""
        times = [time for time, _, _ in self.way]
        if self.kind not in KINDS or len(times) < 2 or any(b <= a for a, b in itertools.pairwise(times)):
            raise ValueError(f"{self.name}: an unknown kind, or a way whose times do not ascend")
        object.__setattr__(self, "_path", PchipInterpolator(times, np.array([point[1:] for point in self.way])))

    def place(self, time: float) -> tuple[float, float]:
        """Where it is; before its first and after its last waypoint it stays there."""
        x, y = self._path(min(max(time, self.way[0][0]), self.way[-1][0]))
        return float(x), float(y)

    def speed(self, time: float) -> float:
        """Metres a second."""
        return math.dist(self.place(time - _STEP), self.place(time + _STEP)) / (2 * _STEP)

    def covered(self, time: float) -> float:
        """Metres gone since the beginning of the clip."""
        times = np.arange(0.0, max(time, 0.0) + 1e-9, _STEP)
        places = np.array([self.place(float(one)) for one in times])
        return float(np.linalg.norm(np.diff(places, axis=0), axis=1).sum()) if len(places) > 1 else 0.0

    def yaw(self, time: float) -> float:
        """Which way it faces: where it goes, or where it went last."""
        for back in np.arange(time, -_STEP, -_STEP):
            heading = self._heading(float(back))
            if heading is not None:
                return heading
        if self.faces is not None:
            return self.faces
        ahead = (self._heading(float(one)) for one in np.arange(time, self.way[-1][0], _STEP))
        return next((heading for heading in ahead if heading is not None), 0.0)

    def _heading(self, time: float) -> float | None:
        if self.speed(time) < STILL:
            return None
        (x1, y1), (x2, y2) = self.place(time - _STEP), self.place(time + _STEP)
        return math.atan2(y2 - y1, x2 - x1)

    def doing(self, time: float) -> str:
        """``walk``, ``stand``, or what it was told to do."""
        for one in self.does:
            if one.start <= time < one.end:
                return one.what
        return "walk" if self.speed(time) >= STILL else "stand"

    def pose(self, time: float) -> Pose:
        """Of a figure, or of a bicycle's rider."""
        if self.kind == "bicycle":
            return named_pose("ride", 2 * math.pi * self.covered(time) / PEDAL)
        doing = self.doing(time)
        if doing == "walk":
            return named_pose("walk", 2 * math.pi * self.covered(time) / STRIDE + self.seed)
        pose = named_pose(doing, float(self.seed), 0.15 * math.sin(time + self.seed))
        if doing == "wave":
            pose = replace(pose, right_arm=Limb(2.3, 2.9 + 0.35 * math.sin(2 * math.pi * _WAVES * time), 0.55))
        return pose


def moments(frames: int, fps: float) -> Sequence[float]:
    """The time of each frame in seconds."""
    return [frame / fps for frame in range(frames)]
