"""Wooden figures posing on a stage, from a recipe, large in the picture: for joints."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import bpy

from .furniture import make_furniture
from .gold import LEAST_PIXELS, flags, without_specks
from .idpass import instance_ids, solo_areas
from .joints import STATURE, named_pose
from .people import CLOTHES, HAIR, WOOD_SHADES, Outfit, figure_parts
from .rendering import AreaLight, LightPreset, RenderSettings, SunLight, add_camera, light_scene, start_scene
from .shapes import build, face_names
from .sight import VISIBLE, Figure, seen_joints
from .stages import make_stage

Point = tuple[float, float, float]

SCORED_JOINTS = 5
"""A figure with fewer visible joints is `difficult`."""
LIGHTS = {
    "sun": LightPreset("courtyard", 0.7, -0.35, (), SunLight((math.radians(48), 0.0, math.radians(28)), 3.2)),
    "low sun": LightPreset(
        "sunset", 0.5, 0.0, (), SunLight((math.radians(66), 0.0, math.radians(-48)), 2.8, (1.0, 0.80, 0.58))
    ),
    "overcast": LightPreset("courtyard", 1.1, -0.1, (AreaLight((0, -3, 6), 6, 6, 260, (0.92, 0.96, 1.0)),)),
    "hall": LightPreset(
        "interior",
        0.55,
        -0.1,
        (AreaLight((-1.5, -1.5, 4.6), 3.0, 1.2, 210), AreaLight((2.5, -3.5, 4.4), 2.0, 1.2, 150)),
    ),
    "window": LightPreset(
        "interior",
        0.5,
        0.0,
        (AreaLight((-4.2, -1.6, 2.2), 2.2, 2.0, 300, (0.95, 0.97, 1.0), (0, 0, 1.0)), AreaLight((2, -4, 3), 2, 2, 50)),
    ),
    "lamp": LightPreset(
        "interior",
        0.25,
        0.15,
        (
            AreaLight((0.6, -0.8, 3.2), 0.6, 0.6, 120, (1.0, 0.76, 0.50)),
            AreaLight((-3, -4, 3), 2, 2, 40, (0.8, 0.86, 1.0)),
        ),
    ),
}
# Where the camera stands, what it looks at, and its lens in millimetres.
CAMERAS: dict[str, tuple[Point, Point, float]] = {
    "eye": ((0.0, -4.3, 1.50), (0.0, 0.0, 0.93), 48),
    "near": ((0.0, -3.6, 1.40), (0.0, 0.0, 0.95), 48),
    "low": ((0.35, -3.9, 0.50), (0.0, 0.0, 0.98), 46),
    "high": ((-0.6, -3.7, 2.70), (0.0, 0.0, 0.82), 46),
    "left": ((-2.2, -3.7, 1.45), (0.0, 0.0, 0.93), 47),
    "right": ((2.2, -3.7, 1.60), (0.0, 0.0, 0.92), 47),
}


@dataclass(frozen=True)
class Recipe:
    """One scene.

    `figures` are tables: `pose`, and where they are needed `x`, `y` (metres), `heading` (degrees; 0 toward the camera,
    90 toward the right edge, 180 away), `phase`, `turn` of the head (degrees, to the figure's left), `height`, `lift`.
    `furniture` are tables: `kind`, `x`, `y`, `z`, `heading`.
    """

    id: str
    pool: str
    seed: int
    stage: str
    light: str
    camera: str
    figures: tuple[Mapping[str, Any], ...]
    furniture: tuple[Mapping[str, Any], ...] = ()
    colour: str = "blue"
    turn: float = 0.0
    difficulty: str = "medium"
    alt: str = "A wooden figure."


def make_scene(recipe: Recipe, settings: RenderSettings) -> tuple[bpy.types.Scene, list[Figure]]:
    """The scene of a recipe and its figures, in the recipe's order."""
    rng = random.Random(recipe.seed)
    scene = start_scene(settings, recipe.seed)
    light_scene(scene, LIGHTS[recipe.light], recipe.turn)
    make_stage(recipe.stage, recipe.colour)
    for table in recipe.furniture:
        piece = make_furniture(table["kind"])
        _place(piece, table)
    clothes = rng.sample(sorted(CLOTHES), 2 * len(recipe.figures))
    figures = []
    for number, table in enumerate(recipe.figures):
        outfit = Outfit(
            top=clothes[2 * number],
            trousers=clothes[2 * number + 1],
            sleeves=rng.choice(("long", "short")),
            hair=rng.choice(HAIR) if rng.random() < 0.85 else None,
            wood=rng.choice(WOOD_SHADES),
        )
        turn = math.radians(table.get("turn", 0.0))
        pose = named_pose(table["pose"], table.get("phase", 1.0), turn)
        height = table.get("height", STATURE + rng.uniform(-0.08, 0.08))
        parts, joints = figure_parts(pose, outfit, height)
        thing = build("person", parts)
        _place(thing, table)
        thing.location.z = table.get("lift", 0.0)
        figures.append(Figure(thing, joints, face_names(parts)))
    at, toward, lens = CAMERAS[recipe.camera]
    shake = tuple(part + rng.uniform(-0.08, 0.08) for part in at)
    add_camera(scene, shake, toward, lens, 5.6)
    bpy.context.view_layer.update()
    return scene, figures


def _place(thing: bpy.types.Object, table: Mapping[str, Any]) -> None:
    thing.location = (table.get("x", 0.0), table.get("y", 0.0), table.get("z", 0.0))
    thing.rotation_euler[2] = math.radians(table.get("heading", 0.0) - 90.0)


def read_gold(scene: bpy.types.Scene, figures: list[Figure]) -> list[dict[str, Any]]:
    """The joints of the figures that can be seen, in the recipe's order; the scene's light is gone afterwards."""
    size = (scene.render.resolution_x, scene.render.resolution_y)
    points = [seen_joints(scene, figure, size) for figure in figures]
    things = [figure.thing for figure in figures]
    areas = solo_areas(scene, things)
    ids = instance_ids(scene, things)
    found = []
    for number, (joints, (whole, inside)) in enumerate(zip(points, areas, strict=True), start=1):
        seen = int(without_specks(ids == number).sum())
        if whole == 0 or seen < LEAST_PIXELS:
            continue
        few = sum(state == VISIBLE for _, _, state in joints.values()) < SCORED_JOINTS
        attributes = flags(seen, whole, inside, difficult=few)
        found.append(
            {"type": "keypoints", "label": "person", "points": joints, "area": float(seen), "attributes": attributes}
        )
    return [{"id": f"g{number:02d}", **one} for number, one in enumerate(found, start=1)]
