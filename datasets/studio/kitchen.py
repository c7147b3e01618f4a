"""A kitchen scene from a recipe: light, table, props, and fruit that has fallen and come to rest."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import Any

import bpy

from . import props
from .fruit import make_fruit
from .gold import box_annotations
from .idpass import instance_ids, solo_areas
from .physics import NotSettledError, drop
from .rendering import AreaLight, LightPreset, RenderSettings, SunLight, add_camera, light_scene, start_scene

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Recipe:
    """One scene.

    `counts` says how many fruit of each class; `props` names things of props.py; `bowl` is a glaze or "" for none;
    `spread` scales the area over which the fruit lie; `turn` turns the panorama (radians);
    `board_at` puts the board elsewhere (x, y in metres) where its usual place would run into the bowl.
    """

    id: str
    pool: str
    seed: int
    light: str
    camera: str
    table: str
    wall: str
    counts: dict[str, int]
    bowl: str = ""
    props: tuple[str, ...] = ()
    spread: float = 1.0
    turn: float = 0.0
    difficulty: str = "medium"
    alt: str = "Fruit on a kitchen table."
    board_at: tuple[float, ...] = ()


BOWL_AT = (-0.09, 0.09)
BOWL_RADIUS = 0.15
# How near the bowl's axis a prop may come: a flat one reaches under the rim, a tall one stays clear of it.
CLEAR_LOW, CLEAR_HIGH = 0.118, 0.146
TRIES = 6

LIGHTS = {
    "daylight": LightPreset(
        "interior",
        1.0,
        -0.25,
        (
            AreaLight((-1.1, 0.25, 0.95), 0.9, 0.7, 26, (1.0, 0.96, 0.90)),
            AreaLight((1.3, -0.9, 1.3), 1.2, 1.2, 5, (0.85, 0.92, 1.0)),
        ),
    ),
    "evening": LightPreset(
        "interior",
        0.45,
        0.05,
        (
            AreaLight((0.75, 0.35, 0.9), 0.35, 0.35, 20, (1.0, 0.70, 0.42)),
            AreaLight((-1.2, -0.8, 1.2), 1.0, 1.0, 4, (0.75, 0.82, 1.0)),
        ),
    ),
    "overcast": LightPreset("courtyard", 0.9, -0.1, (AreaLight((-0.4, -0.6, 1.8), 2.0, 2.0, 22, (0.90, 0.95, 1.0)),)),
    "dim": LightPreset(
        "interior",
        0.5,
        0.35,
        (AreaLight((-1.2, 0.5, 0.7), 0.6, 0.6, 9, (0.95, 0.95, 1.0)),),
    ),
    "sun": LightPreset(
        "interior",
        0.9,
        -0.35,
        (AreaLight((1.3, -0.9, 1.3), 1.2, 1.2, 5, (0.85, 0.92, 1.0)),),
        SunLight((math.radians(52), 0.0, math.radians(-118)), 2.6),
    ),
}
# Where the camera stands, what it looks at, and its lens in millimetres.
CAMERAS: dict[str, tuple[Point, Point, float]] = {
    "three-quarter": ((0.10, -0.78, 0.44), (-0.01, 0.03, 0.03), 45),
    "low": ((-0.35, -0.66, 0.26), (0.0, 0.02, 0.035), 42),
    "right": ((0.58, -0.58, 0.40), (0.0, 0.02, 0.02), 44),
    "top": ((0.02, -0.14, 0.98), (0.0, 0.02, 0.0), 45),
    "close": ((0.06, -0.56, 0.34), (-0.02, 0.02, 0.03), 46),
}
# Half of the space that a fruit needs on the table, in metres.
ROOM = {"banana": 0.075}
USUAL_ROOM = 0.042


def make_scene(recipe: Recipe, settings: RenderSettings) -> tuple[bpy.types.Scene, list[bpy.types.Object]]:
    """The scene of a recipe and its fruit, in a fixed order.

    Fruit that will not settle is thrown again, by a sequence of seeds that follows from the recipe's.

    Raises:
        NotSettledError: It did not settle in several tries; choose another seed.
    """
    for attempt in range(TRIES):
        try:
            return _build(recipe, settings, random.Random(f"{recipe.seed}/{attempt}"))
        except NotSettledError as error:
            print(f"{recipe.id}: {error}; once more", flush=True)
    raise NotSettledError(f"{recipe.id} does not settle with the seed {recipe.seed}")


def read_gold(scene: bpy.types.Scene, fruit: list[bpy.types.Object]) -> list[dict[str, Any]]:
    """Boxes round the fruit that can be seen; the scene's light is gone afterwards."""
    labels = [thing.name.split()[0] for thing in fruit]
    return box_annotations(instance_ids(scene, fruit), labels, solo_areas(scene, fruit))


def _build(recipe: Recipe, settings: RenderSettings, rng: random.Random) -> tuple[bpy.types.Scene, list]:
    scene = start_scene(settings, recipe.seed)
    light_scene(scene, LIGHTS[recipe.light], recipe.turn)
    table = props.table(recipe.table)
    props.wall(recipe.wall)
    solid, hollow, keep_out = _place_props(recipe, rng)
    fruit = []
    for label in sorted(recipe.counts):
        for number in range(recipe.counts[label]):
            seed = rng.randrange(1_000_000)
            kind = rng.choice(("red", "gala", "gala", "green")) if label == "apple" else ""
            thing = make_fruit(label, seed, kind)
            thing.name = f"{label} {number}"
            fruit.append(thing)
    _scatter(fruit, recipe, keep_out, rng)
    drop(fruit, solid, [table, *hollow])
    at, toward, lens = CAMERAS[recipe.camera]
    shake = tuple(part + rng.uniform(-0.025, 0.025) for part in at)
    add_camera(scene, shake, toward, lens, 8.0)
    return scene, fruit


def _place_props(recipe: Recipe, rng: random.Random) -> tuple[list, list, list[tuple[float, float, float]]]:
    """Props on the table: solid ones, hollow ones, and the circles (x, y, radius) that fruit stay out of."""
    solid, hollow, keep_out = [], [], []
    if recipe.bowl:
        thing = props.bowl(recipe.bowl)
        thing.location = (*BOWL_AT, 0.0)
        hollow.append(thing)
        keep_out.append((*BOWL_AT, BOWL_RADIUS))
    for name in recipe.props:
        if name == "board":
            thing = props.board()
            usual = (rng.uniform(0.04, 0.12), rng.uniform(-0.10, -0.04))
            thing.location = (*(recipe.board_at or usual), 0.0)
            thing.rotation_euler[2] = rng.uniform(-0.4, 0.4)
            if recipe.bowl:
                _clear_of_bowl(thing, props.BOARD_SIZE[0] / 2, props.BOARD_SIZE[1] / 2, CLEAR_LOW)
            solid.append(thing)
        elif name == "cloth":
            thing = props.cloth(rng.randrange(1000))
            thing.location = (rng.uniform(-0.24, -0.16), rng.uniform(-0.16, -0.10), 0.0)
            thing.rotation_euler[2] = rng.uniform(-0.5, 0.5)
            hollow.append(thing)
        else:
            thing = props.mug(rng.choice(sorted(props.GLAZES))) if name == "mug" else props.jar()
            x, y = (
                (rng.uniform(0.18, 0.28), rng.uniform(0.14, 0.24))
                if name == "mug"
                else (rng.uniform(0.02, 0.14), rng.uniform(-0.06, 0.10))
            )
            thing.location = (x, y, 0.02 if "board" in recipe.props and name == "jar" else 0.0)
            thing.rotation_euler[2] = rng.uniform(-1, 1)
            if recipe.bowl:
                _clear_of_bowl(thing, 0.0, 0.0, CLEAR_HIGH + props.JAR_RADIUS)
            solid.append(thing)
            keep_out.append((thing.location.x, thing.location.y, 0.055))
    bpy.context.view_layer.update()
    return solid, hollow, keep_out


def _clear_of_bowl(thing: bpy.types.Object, half_width: float, half_depth: float, clear: float) -> None:
    """Move a prop straight away from the bowl until its rectangle is at least `clear` metres from the bowl's axis."""
    away = math.atan2(thing.location.y - BOWL_AT[1], thing.location.x - BOWL_AT[0])
    turn = thing.rotation_euler[2]
    while True:
        x, y = BOWL_AT[0] - thing.location.x, BOWL_AT[1] - thing.location.y
        along, across = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
        if math.hypot(max(0.0, abs(along) - half_width), max(0.0, abs(across) - half_depth)) >= clear:
            return
        thing.location.x += 0.004 * math.cos(away)
        thing.location.y += 0.004 * math.sin(away)


def _scatter(fruit: list, recipe: Recipe, keep_out: list[tuple[float, float, float]], rng: random.Random) -> None:
    """Hold the fruit above the table, or above the bowl, without overlap, each turned at random."""
    round_ones = [thing for thing in fruit if thing["label"] != "banana"]
    rng.shuffle(round_ones)
    in_bowl = round_ones[: min(5, len(fruit) // 2)] if recipe.bowl else []
    for number, thing in enumerate(in_bowl):
        angle = 2 * math.pi * (number + rng.random() * 0.5) / max(1, min(4, len(in_bowl)))
        reach = 0.055 if number < 4 else 0.0
        height = 0.13 if number < 4 else 0.21
        thing.location = (BOWL_AT[0] + reach * math.cos(angle), BOWL_AT[1] + reach * math.sin(angle), height)
        _turn(thing, rng)
    taken = list(keep_out)
    rest = [thing for thing in fruit if thing not in in_bowl]
    for thing in sorted(rest, key=lambda thing: thing["label"] != "banana"):
        room = ROOM.get(thing["label"], USUAL_ROOM)
        x, y = _free_place(taken, room, recipe.spread, rng)
        taken.append((x, y, room))
        thing.location = (x, y, 0.10)
        _turn(thing, rng)
    bpy.context.view_layer.update()


def _free_place(
    taken: list[tuple[float, float, float]], room: float, spread: float, rng: random.Random
) -> tuple[float, float]:
    """A place on the table that keeps clear of `taken`; a crowded table lets fruit come a little closer."""
    for crowding in (1.0, 0.9, 0.8):
        for _ in range(400):
            x, y = rng.uniform(-0.30, 0.32) * spread, rng.uniform(-0.24, 0.20) * spread
            if all(math.hypot(x - a, y - b) > crowding * (room + r) for a, b, r in taken):
                return x, y
    raise NotSettledError("the table is too full")


def _turn(thing: bpy.types.Object, rng: random.Random) -> None:
    if thing["label"] == "banana":
        side = math.pi / 2 * rng.choice((1, -1)) + rng.uniform(-0.2, 0.2)
        thing.rotation_euler = (side, 0.0, rng.uniform(0, 2 * math.pi))
    elif rng.random() < 0.6:
        thing.rotation_euler = (rng.uniform(-0.4, 0.4), rng.uniform(-0.4, 0.4), rng.uniform(0, 2 * math.pi))
    else:
        thing.rotation_euler = tuple(rng.uniform(0, 2 * math.pi) for _ in range(3))
