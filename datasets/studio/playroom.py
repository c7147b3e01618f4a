"""Puzzle animals on a floor, from a recipe: lying, standing, touching, leaning, cut by the picture's edge.

A thing of a recipe is `label` or `label:how`: nothing (lies free), `touch` (edge to edge with the one before it),
`lean` (one end on the one before it), `edge` (cut by the picture's edge), `stand` (on its feet). A toy is `block`,
`ball`, `cup` or `plank`; `on` puts it upon the animal before it.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector

from . import plywood, props
from .grounds import ground
from .idpass import instance_ids, solo_areas
from .kitchen import LIGHTS
from .outlines import SHAPES
from .plane import gap, lean, overlap, slide_to_touch, turned
from .rendering import RenderSettings, add_camera, light_scene, start_scene
from .rings import polygon_annotations
from .view import View

Point = tuple[float, float, float]

# Where the camera stands, what it looks at, and its lens in millimetres.
CAMERAS: dict[str, tuple[Point, Point, float]] = {
    "top": ((0.0, -0.12, 0.70), (0.0, 0.0, 0.0), 45),
    "three-quarter": ((0.06, -0.46, 0.50), (0.0, 0.0, 0.0), 45),
    "side": ((-0.36, -0.34, 0.47), (0.0, 0.0, 0.0), 45),
    "low": ((0.06, -0.60, 0.26), (0.0, -0.03, 0.02), 44),
    "close": ((0.04, -0.34, 0.40), (0.0, 0.0, 0.0), 42),
}
CLEAR = 0.012
"""Least room between things that do not touch, metres."""
STEEPEST = 0.42
LEAST_SIDE = 88.0
"""A lying animal shows at least so many pixels on its smaller side, unless the picture's edge cuts it."""
CUT = (0.2, 0.6)
"""How much of the outline of an animal that the picture's edge cuts lies outside."""
TRIES = 900
FIRST_TOUCH = 0.0008
DARKER = -0.75
"""Stops by which the kitchen's light is exposed less here."""


class NoRoomError(RuntimeError):
    """The things of a recipe found no place; choose another seed."""


@dataclass(frozen=True)
class Placed:
    """A thing that has its place: its object, its outline on the floor, its height there, and whether it lies flat."""

    thing: bpy.types.Object
    outline: np.ndarray
    height: float
    flat: bool


@dataclass(frozen=True)
class Recipe:
    """One scene.

    `things` are words as above; `colours` names the paint of the first things (the rest get others by chance);
    `turn` turns the panorama (radians).
    """

    id: str
    pool: str
    seed: int
    light: str
    camera: str
    ground: str
    things: tuple[str, ...]
    colours: tuple[str, ...] = ()
    turn: float = 0.0
    difficulty: str = "medium"
    alt: str = "Wooden toys on the floor."


def make_scene(recipe: Recipe, settings: RenderSettings) -> tuple[bpy.types.Scene, list[bpy.types.Object]]:
    """The scene of a recipe and its animals, in the recipe's order.

    Raises:
        NoRoomError: It did not fit in several tries.
    """
    for attempt in range(12):
        try:
            return _build(recipe, settings, random.Random(f"{recipe.seed}/{attempt}"))
        except NoRoomError as error:
            print(f"{recipe.id}: {error}; once more", flush=True)
    raise NoRoomError(f"{recipe.id} finds no places with the seed {recipe.seed}")


def read_gold(scene: bpy.types.Scene, animals: list[bpy.types.Object]) -> list[dict[str, Any]]:
    """Outlines of the animals that can be seen; the scene's light is gone afterwards."""
    labels = [str(animal["label"]) for animal in animals]
    return polygon_annotations(instance_ids(scene, animals), labels, solo_areas(scene, animals))


def _build(
    recipe: Recipe, settings: RenderSettings, rng: random.Random
) -> tuple[bpy.types.Scene, list[bpy.types.Object]]:
    scene = start_scene(settings, recipe.seed)
    preset = LIGHTS[recipe.light]
    # Paint is brighter than fruit and has no wall around it.
    light_scene(scene, replace(preset, exposure=preset.exposure + DARKER), recipe.turn)
    ground(recipe.ground)
    at, toward, lens = CAMERAS[recipe.camera]
    shake = tuple(part + rng.uniform(-0.025, 0.025) for part in at)
    camera = add_camera(scene, shake, toward, lens, 16.0)
    bpy.context.view_layer.update()
    view = View(camera, settings.width, settings.height)
    colours = list(plywood.PAINTS)
    rng.shuffle(colours)
    animals: list[Placed] = []
    toys: list[Placed] = []
    for number, word in enumerate(recipe.things):
        label, _, how = word.partition(":")
        colour = recipe.colours[number] if number < len(recipe.colours) else colours[number % len(colours)]
        others = animals + toys
        if label in SHAPES:
            animals.append(_place_animal(label, how, colour, view, others, animals, rng))
        else:
            toys.append(_place_toy(label, how, colour, view, others, animals, rng))
    bpy.context.view_layer.update()
    return scene, [one.thing for one in animals]


def _place_animal(
    label: str, how: str, colour: str, view: View, others: list[Placed], animals: list[Placed], rng: random.Random
) -> Placed:
    scale, thick, flip = rng.uniform(1.0, 1.3), rng.uniform(0.009, 0.014), rng.random() < 0.5
    if how == "stand":
        return _stand(label, colour, scale, view, others, flip, rng)
    flat = plywood.plan(label, scale, flip)
    previous = animals[-1] if animals else None
    if how in ("touch", "lean") and (previous is None or not previous.flat):
        raise ValueError(f"{label}:{how} needs a lying animal before it")
    for _ in range(TRIES):
        angle = rng.choice((0.0, 0.0, math.pi)) + rng.uniform(-0.9, 0.9)
        tilt: Matrix | None = Matrix.Identity(4)
        if how in ("touch", "lean"):
            outline = _beside(turned(flat, angle, (0.0, 0.0)), previous, how == "lean", rng)
            if outline is not None and how == "lean":
                tilt = _tilt(outline, previous)
        else:
            outline = turned(flat, angle, _anywhere(view, how == "edge", rng))
        if outline is None or tilt is None or not _fits(outline, how, view):
            continue
        near = [one for one in others if not (how in ("touch", "lean") and one is previous)]
        if any(gap(outline, one.outline) < CLEAR for one in near):
            continue
        thing = plywood.make_animal(label, colour, rng.randrange(10**6), scale, thick, flip)
        at = outline.mean(axis=0) - turned(flat, angle, (0.0, 0.0)).mean(axis=0)
        thing.matrix_world = tilt @ Matrix.Translation((*at, 0.0002)) @ Matrix.Rotation(angle, 4, "Z")
        return Placed(thing, outline, thick, how != "lean")
    raise NoRoomError(f"no room for {label}:{how}")


def _fits(outline: np.ndarray, how: str, view: View) -> bool:
    """Whether a lying animal is in the picture and large enough, or is cut by the picture's edge as asked."""
    if how == "edge":
        return CUT[0] < view.outside(outline) < CUT[1]
    return view.holds(outline) and view.large(outline, LEAST_SIDE)


def _beside(shape: np.ndarray, previous: Placed, over: bool, rng: random.Random) -> np.ndarray | None:
    """The shape slid against the animal before it from a random side, and a little `over` it; None if it passes by."""
    away = rng.uniform(0, 2 * math.pi)
    direction = np.array([math.cos(away), math.sin(away)])
    start = shape + previous.outline.mean(axis=0) + 0.35 * direction
    try:
        moved = slide_to_touch(start, previous.outline, -direction, FIRST_TOUCH)
    except ValueError:
        return None
    if over:
        moved += rng.uniform(0.016, 0.034)
    return start - direction * moved


def _tilt(outline: np.ndarray, lower: Placed) -> Matrix | None:
    """The turn that lays a flat shape with one end on a lying animal; None when it would be too steep."""
    if not len(overlap(outline, lower.outline)):
        return None
    slope, uphill, foot = lean(outline, lower.outline, lower.height)
    if slope > STEEPEST:
        return None
    pivot = Matrix.Translation((*foot, 0.0))
    axis = Vector((-uphill[1], uphill[0], 0.0))
    return pivot @ Matrix.Rotation(-math.atan(slope), 4, axis) @ pivot.inverted()


def _stand(
    label: str, colour: str, scale: float, view: View, others: list[Placed], flip: bool, rng: random.Random
) -> Placed:
    """An animal on its feet, its face turned roughly to the camera; its ground plan is a thin rectangle."""
    if not SHAPES[label].stands:
        raise ValueError(f"a {label} does not stand")
    thick = 0.018
    flat = plywood.plan(label, scale, flip)
    half, low, high = np.abs(flat[:, 0]).max(), flat[:, 1].min(), flat[:, 1].max()
    footprint = _dense([(-half, -0.02), (half, -0.02), (half, 0.02), (-half, 0.02)])
    eye = view.camera.matrix_world.translation
    for _ in range(TRIES):
        x, y = view.floor(rng.uniform(0.15, 0.85), rng.uniform(0.35, 0.90))
        toward = math.atan2(eye.y - y, eye.x - x) + math.pi / 2
        angle = toward + rng.uniform(-0.6, 0.6)
        outline = turned(footprint, angle, (x, y))
        # What is far from the camera shows its head higher in the picture.
        top = view.place((x, y, high - low))[1]
        if not view.holds(outline) or top < 0.02 or any(gap(outline, one.outline) < 0.5 * CLEAR for one in others):
            continue
        thing = plywood.make_animal(label, colour, rng.randrange(10**6), scale, thick, flip)
        thing.matrix_world = (
            Matrix.Translation((x, y, -low + 0.0002))
            @ Matrix.Rotation(angle, 4, "Z")
            @ Matrix.Rotation(math.pi / 2, 4, "X")
            @ Matrix.Translation((0.0, 0.0, -thick / 2))
        )
        return Placed(thing, outline, high - low, False)
    raise NoRoomError(f"no room for a standing {label}")


def _place_toy(
    label: str, how: str, colour: str, view: View, others: list[Placed], animals: list[Placed], rng: random.Random
) -> Placed:
    seed, height = rng.randrange(10**6), 0.0
    if label == "block":
        side = rng.uniform(0.030, 0.042)
        thing, plan = plywood.block(colour, seed, (side, side, side)), _dense(_rectangle(side, side))
    elif label == "plank":
        thing, plan = plywood.block(colour, seed, (0.15, 0.024, 0.012)), _dense(_rectangle(0.15, 0.024))
    elif label == "ball":
        thing, plan = plywood.ball(colour, seed, 0.026), _circle(0.026)
    else:
        thing, plan = props.mug(rng.choice(sorted(props.GLAZES))), _circle(0.046)
    for _ in range(TRIES):
        angle = rng.uniform(0, 2 * math.pi)
        if how == "on":
            under = animals[-1]
            height = under.height
            middle = (under.outline.min(axis=0) + under.outline.max(axis=0)) / 2
            at = (middle[0] + rng.uniform(-0.02, 0.02), middle[1] + rng.uniform(-0.015, 0.015))
            angle = rng.uniform(0.9, 2.2)
        else:
            at = _anywhere(view, rng.random() < 0.3, rng)
        outline = turned(plan, angle, at)
        if how != "on" and any(gap(outline, one.outline) < CLEAR for one in others):
            continue
        near = [one for one in others if not (how == "on" and one is animals[-1])]
        if any(gap(outline, one.outline) < 0.003 for one in near):
            continue
        thing.matrix_world = Matrix.Translation((*at, height + 0.0003)) @ Matrix.Rotation(angle, 4, "Z")
        return Placed(thing, outline, 0.04, False)
    raise NoRoomError(f"no room for a {label}")


def _anywhere(view: View, cut: bool, rng: random.Random) -> tuple[float, float]:
    """A place on the floor that the picture shows; near its edge when the thing shall be `cut`."""
    if not cut:
        return view.floor(rng.uniform(0.10, 0.90), rng.uniform(0.12, 0.90))
    u, v = rng.uniform(0.05, 0.95), rng.uniform(0.1, 0.95)
    near = rng.uniform(-0.03, 0.05)
    return view.floor(*rng.choice(((near, v), (1 - near, v), (u, 1 - near), (u, near))))


def _rectangle(width: float, depth: float) -> list[tuple[float, float]]:
    x, y = width / 2, depth / 2
    return [(-x, -y), (x, -y), (x, y), (-x, y)]


def _dense(corners: list[tuple[float, float]]) -> np.ndarray:
    """A polygon's edge with a point about every 2 mm."""
    points = []
    given = np.asarray(corners)
    for a, b in zip(given, np.roll(given, -1, axis=0), strict=True):
        count = max(2, round(float(np.linalg.norm(b - a)) / 0.002))
        points.append(a + np.linspace(0, 1, count, endpoint=False)[:, None] * (b - a))
    return np.concatenate(points)


def _circle(radius: float) -> np.ndarray:
    angle = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    return radius * np.column_stack([np.cos(angle), np.sin(angle)])
