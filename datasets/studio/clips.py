"""Clips of the toy town: a camera that stands still, a street, parked cars, and movers with a script."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Any

import bpy

from .cars import PAINTS
from .movers import Does, Mover
from .people import make_person, random_outfit
from .rendering import RenderSettings
from .sky import SKIES
from .streets import KERB, PARKING, ROAD
from .town import dress_street
from .vehicles import SADDLE, make_bicycle, random_vehicle

Things = list[bpy.types.Object]


@dataclass(frozen=True)
class Recipe:
    """One clip.

    Attributes:
        id, pool, difficulty, alt: As in other sets.
        seed: Of the street and of small differences.
        light, camera, place, sun: As in town.Recipe.
        frames: How many.
        fps: Frames a second.
        movers: Tables of movers.Mover, ``does`` as lists ``[what, start, end]``.
        parked: Where cars stand all the time, ``[x, side]``; nobody labels them.
    """

    id: str
    pool: str
    seed: int
    light: str
    camera: str
    place: str
    movers: tuple[dict[str, Any], ...]
    parked: tuple[tuple[float, float], ...] = ()
    frames: int = 60
    fps: float = 10.0
    sun: float = 2.0
    difficulty: str = "medium"
    alt: str = "A clip of a street in a toy town."

    def cast(self) -> tuple[Mover, ...]:
        """The movers."""
        return tuple(
            Mover(
                **{
                    **table,
                    "way": tuple(map(tuple, table["way"])),
                    "does": tuple(Does(*one) for one in table.get("does", ())),
                }
            )
            for table in self.movers
        )


class Stage:
    """The scene of a clip at one moment.

    Attributes:
        scene: Blender's.
        cast: The movers, in the order of their numbers in an id pass.
    """

    def __init__(self, recipe: Recipe, settings: RenderSettings) -> None:
        rng = random.Random(recipe.seed)
        self.scene = dress_street(recipe, settings, rng)
        self.cast = recipe.cast()
        self._lit = SKIES[recipe.light].lamps
        for number, (x, side) in enumerate(recipe.parked):
            car = random_vehicle("car", random.Random(recipe.seed + number), self._lit)
            car.location, car.rotation_euler = (x, side * PARKING, 0.0), (0.0, 0.0, 0.0 if side < 0 else math.pi)
        self._vehicles = {one.name: _vehicle(one, self._lit) for one in self.cast if one.kind != "person"}
        self._figures: Things = []

    def at(self, time: float) -> list[Things]:
        """Put everything where it is at ``time``; the objects of each mover, in the order of the cast."""
        for figure in self._figures:
            mesh = figure.data
            bpy.data.objects.remove(figure)
            bpy.data.meshes.remove(mesh)
        self._figures = []
        things = [self._put(one, time) for one in self.cast]
        bpy.context.view_layer.update()
        return things

    def _put(self, one: Mover, time: float) -> Things:
        (x, y), yaw = one.place(time), one.yaw(time)
        if one.kind == "person":
            rng = random.Random(one.seed)
            figure, _ = make_person(one.pose(time), random_outfit(rng), rng.uniform(1.58, 1.86))
            self._figures.append(figure)
            figure.location = (x, y, 0.0 if abs(y) < ROAD else KERB)
            figure.rotation_euler = (0.0, 0.0, yaw)
            return [figure]
        vehicle = self._vehicles[one.name]
        vehicle.location, vehicle.rotation_euler = (x, y, 0.0), (0.0, 0.0, yaw)
        if one.kind != "bicycle":
            return [vehicle]
        rng = random.Random(one.seed)
        rider, joints = make_person(one.pose(time), random_outfit(rng), rng.uniform(1.66, 1.82))
        self._figures.append(rider)
        hips = (joints["left_hip"] + joints["right_hip"]) / 2
        back = SADDLE[0] - hips[0]
        rider.location = (x + back * math.cos(yaw), y + back * math.sin(yaw), SADDLE[2] + 0.09 - hips[2])
        rider.rotation_euler = (0.0, 0.0, yaw)
        return [vehicle, rider]


def _vehicle(one: Mover, lit: bool) -> bpy.types.Object:
    rng = random.Random(one.seed)
    if one.kind == "bicycle":
        return make_bicycle(one.colour or rng.choice(sorted(PAINTS)))
    return random_vehicle(one.kind, rng, lit)
