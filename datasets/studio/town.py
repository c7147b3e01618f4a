"""A street scene of the toy town from a recipe: light, ground, houses, trees, furniture, traffic and people."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import Any, Protocol

import bpy

from . import street_furniture as furniture
from . import traffic, trees
from .gold import box_annotations
from .idpass import instance_ids, solo_areas
from .rendering import RenderSettings, add_camera, start_scene
from .sky import SKIES, Sky, light_outdoors
from .street_view import Sight
from .streets import PAVED, REACH, ROAD, SIDE_STREET, SQUARE, ZEBRA, lay_ground, raise_houses

Point = tuple[float, float, float]

# Where the camera stands, what it looks at, its lens in millimetres, and the nearest that anything is put.
CAMERAS: dict[str, tuple[Point, Point, float, float]] = {
    "cctv": ((-21.0, 2.2, 7.4), (0.0, -0.2, 0.2), 31, 11.0),
    "cctv-right": ((-19.0, -7.6, 6.4), (1.0, 0.3, 0.2), 30, 10.0),
    "pavement": ((-15.0, -7.1, 1.62), (6.0, -1.6, 1.15), 30, 5.0),
    "pavement-left": ((-13.0, 7.3, 1.62), (7.0, 1.2, 1.1), 30, 5.0),
    "window": ((-12.0, 8.3, 5.3), (3.0, -2.6, 0.4), 27, 8.0),
    "dash": ((-16.0, -1.65, 1.38), (10.0, -1.0, 1.05), 32, 9.0),
    "close": ((-10.5, -5.0, 1.50), (0.0, 0.4, 0.85), 40, 5.0),
    "back": ((30.0, 6.4, 3.6), (6.0, -0.6, 0.6), 31, 9.0),
}
FAR = 46.0
SUN_STRAY = 0.25
NEARBY = 12.0
"""How far (metres) a surface's surroundings matter for the light that reaches it by a bounce."""


@dataclass(frozen=True)
class Recipe:
    """One scene.

    `counts` says how many of each class are put in view, as long as there is room that the camera sees (a
    bicycle's rider is one more person); `crowd` is "stop", "market" or "" for none; `sun` is where the sunlight
    comes from (radians, 0 is ahead, along +x); `cut` says how many more are put where an edge of the picture cuts them.
    """

    id: str
    pool: str
    seed: int
    light: str
    camera: str
    place: str
    counts: dict[str, int] = field(default_factory=dict)
    crowd: str = ""
    sun: float = 2.0
    cut: int = 0
    difficulty: str = "medium"
    alt: str = "A street of a toy town."


def make_scene(recipe: Recipe, settings: RenderSettings) -> tuple[bpy.types.Scene, list[bpy.types.Object]]:
    """The scene of a recipe and all that gets gold, in a fixed order.

    Raises:
        traffic.NoPlaceError: The crowd finds no open place; choose another seed.
    """
    rng = random.Random(recipe.seed)
    scene, sky = start_street(recipe, settings, rng)
    sight = _stand(scene, recipe, rng)
    things: list[bpy.types.Object] = []
    if recipe.crowd:
        things += traffic.add_crowd(recipe.crowd, recipe.place, sight, rng)
    _furnish(recipe.place, sight, rng, sky.lamps)
    _plant(recipe.place, sight, rng)
    bpy.context.view_layer.update()
    things += _populate(recipe, sight, rng, sky.lamps)
    for number, thing in enumerate(things):
        thing.name = f"{thing['label']} {number}"
    return scene, things


class Street(Protocol):
    """What a recipe says of the street itself."""

    @property
    def seed(self) -> int:
        """Of the houses, trees and small differences."""

    @property
    def light(self) -> str:
        """A sky of sky.SKIES."""

    @property
    def camera(self) -> str:
        """A name of CAMERAS."""

    @property
    def place(self) -> str:
        """A place of streets.PLACES."""

    @property
    def sun(self) -> float:
        """Where the sunlight comes from, radians."""


def start_street(recipe: Street, settings: RenderSettings, rng: random.Random) -> tuple[bpy.types.Scene, Sky]:
    """A scene with its light, ground, houses and hills, and its sky."""
    scene = start_scene(settings, recipe.seed)
    _hurry(scene)
    sky = SKIES[recipe.light]
    light_outdoors(scene, sky, recipe.sun + rng.uniform(-SUN_STRAY, SUN_STRAY))
    scene.world.light_settings.distance = NEARBY
    lay_ground(recipe.place, sky.wet)
    raise_houses(recipe.place, rng, sky.lamps)
    furniture.hills(rng)
    return scene, sky


def dress_street(recipe: Street, settings: RenderSettings, rng: random.Random) -> bpy.types.Scene:
    """A street without anybody in it, seen by its camera."""
    scene, sky = start_street(recipe, settings, rng)
    sight = _stand(scene, recipe, rng)
    _furnish(recipe.place, sight, rng, sky.lamps)
    _plant(recipe.place, sight, rng)
    bpy.context.view_layer.update()
    return scene


def read_gold(scene: bpy.types.Scene, things: list[bpy.types.Object]) -> list[dict[str, Any]]:
    """Boxes round what can be seen; a crowd is one box with the flag `crowd`. The light is gone afterwards."""
    labels = [("crowd" if thing.get("crowd") else thing["label"]) for thing in things]
    found = box_annotations(instance_ids(scene, things), labels, solo_areas(scene, things))
    for one in found:
        if one["label"] == "crowd":
            one["label"] = "person"
            one["attributes"]["crowd"] = True
    return found


def _hurry(scene: bpy.types.Scene) -> None:
    """Half the time of the usual settings, for a small loss: light that bounced once is guessed from what is near."""
    cycles = scene.cycles
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 3, 2, 2
    cycles.use_fast_gi, cycles.fast_gi_method, cycles.ao_bounces_render = True, "REPLACE", 1
    cycles.denoising_quality, cycles.denoising_prefilter = "BALANCED", "FAST"


def _stand(scene: bpy.types.Scene, recipe: Street, rng: random.Random) -> Sight:
    """Put the camera up, a little elsewhere for each seed."""
    at, toward, lens, near = CAMERAS[recipe.camera]
    here = (at[0] + rng.uniform(-1.5, 1.5), at[1] + rng.uniform(-0.25, 0.25), at[2] * rng.uniform(0.95, 1.07))
    there = (toward[0], toward[1] + rng.uniform(-0.5, 0.5), toward[2])
    add_camera(scene, here, there, lens * rng.uniform(0.96, 1.06), 16.0)
    bpy.context.view_layer.update()
    return Sight(scene, near, FAR, [])


def _furnish(place: str, sight: Sight, rng: random.Random, lit: bool) -> None:
    """Lamps, bollards at the crossing, bins, and stalls on the square."""
    for side in (1, -1):
        x = REACH[0] + (3.0 if side > 0 else 10.0)
        while x < REACH[1]:
            if (
                not (place == "crossing" and SIDE_STREET[0] - 0.5 < x < SIDE_STREET[1] + 0.5)
                and abs(x - sight.at.x) > 3
            ):
                furniture.lamp_post(x, side * (ROAD + 0.45), side, lit and -30 < x < 50)
                sight.taken.append((x, side * (ROAD + 0.45), 0.2, 0.2))
            x += 15.5
        for x in (ZEBRA[0] - 0.8, ZEBRA[1] + 0.8):
            if abs(x - sight.at.x) > 2.5:
                furniture.bollard(x, side * (ROAD + 0.4))
                sight.taken.append((x, side * (ROAD + 0.4), 0.1, 0.1))
        x = rng.uniform(2, 9)
        furniture.bin_(x, side * (ROAD + 0.55))
        sight.taken.append((x, side * (ROAD + 0.55), 0.3, 0.3))
    if place == "square":
        for row in range(2):
            for column in range(4):
                x, y = SQUARE[0] + 8 + column * 7 + rng.uniform(-0.6, 0.6), ROAD + 10 + row * 8
                if abs(x - sight.at.x) > 4 or abs(y - sight.at.y) > 4:
                    furniture.stall(x, y, rng.choice((0.0, math.pi)), rng)
                    sight.taken.append((x, y, 1.5, 1.1))


def _plant(place: str, sight: Sight, rng: random.Random) -> None:
    """Trees along the street in two or three kinds, a wood behind the houses' ends, hedges at the corners."""
    kinds = rng.sample(sorted(trees.TONES), 2)
    meshes = [trees.tree_mesh(kind, rng.randrange(10_000)) for kind in kinds]
    for side in (1, -1):
        x = REACH[0] + rng.uniform(0, 6)
        while x < REACH[1]:
            y = side * (ROAD + 1.05)
            clear = not (ZEBRA[0] - 3.5 < x < ZEBRA[1] + 3.5)
            if place == "crossing":
                clear &= not SIDE_STREET[0] - 2.5 < x < SIDE_STREET[1] + 2.5
            clear &= math.hypot(x - sight.at.x, y - sight.at.y) > 10
            if clear and sight.is_free(x, y, 0.7, 0.7, 0.0):
                trees.plant(rng.choice(meshes), x, y, rng.uniform(0, 6.28), rng.uniform(0.82, 1.12), 0.13)
                furniture.planter(x, y)
                sight.taken.append((x, y, 0.7, 0.7))
            x += rng.uniform(8.5, 15.0)
    for number in range(14):
        trees.plant(
            meshes[number % 2],
            REACH[1] + rng.uniform(8, 20),
            rng.uniform(-32, 32),
            rng.uniform(0, 6.28),
            rng.uniform(1.1, 1.7),
        )
    if place == "square":
        for x in (SQUARE[0] + 2, SQUARE[1] - 2):
            for y in (ROAD + 8, ROAD + 16):
                trees.plant(rng.choice(meshes), x, y, rng.uniform(0, 6.28), 1.05, 0.13)
                sight.taken.append((x, y, 0.7, 0.7))
    if place == "crossing":
        hedge = trees.hedge_mesh(5.0, rng.randrange(10_000))
        for side in (1, -1):
            trees.plant(hedge, SIDE_STREET[1] + 4.0, side * (PAVED + 0.6 + 0.0), 0.0, 1.0, 0.1)


def _populate(recipe: Recipe, sight: Sight, rng: random.Random, lit: bool) -> list[bpy.types.Object]:
    """Large things first, so that the small ones find their places between them."""
    things: list[bpy.types.Object] = []
    for label in ("bus", "truck", "car"):
        for _ in range(recipe.counts.get(label, 0)):
            things += traffic.add_vehicle(label, recipe.place, sight, rng, lit)
            bpy.context.view_layer.update()
    for _ in range(recipe.counts.get("bicycle", 0)):
        things += traffic.add_bicycle(recipe.place, sight, rng)
    left = recipe.counts.get("person", 0)
    if left >= 4 and rng.random() < 0.7:
        group = rng.choice((2, 2, 3))
        things += traffic.add_talkers(recipe.place, sight, rng, group)
        left -= group
    if left >= 3 and rng.random() < 0.5:
        group = rng.choice((1, 2))
        things += traffic.add_sitters(recipe.place, sight, rng, group)
        left -= group
    for _ in range(left):
        things += traffic.add_person(recipe.place, sight, rng)
    for _ in range(recipe.cut):
        bpy.context.view_layer.update()
        things += traffic.add_cut(recipe.place, sight, rng, lit)
    return things
