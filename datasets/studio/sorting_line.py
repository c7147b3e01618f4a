"""The fruit-packing plant's camera above its conveyor belt: scenes and gold of the set ``sorting_line``."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import Any

import bpy
import numpy as np
from mathutils import Euler, Matrix, Vector

from . import belt, on_fruit
from .defects import Spot, numbered, paint
from .fruit import make_fruit
from .idpass import material_ids
from .line_gold import Look, NotAsPlannedError, look, mask_annotations, tag, tag_annotation
from .oddments import make_oddment
from .rendering import RenderSettings, add_area, add_camera, start_scene

TRIES = 60
MARGIN = 110
"""Pixels round a picture in the exact pass, so that a fruit half out of it is measured whole."""
EXTRA = {"leaf": 240, "drops": 241, "dirt": 242}
"""Numbers of what lies on the fruit; fruit and their marks count from 1."""
LEAST_EXTRA = {"leaf": 500, "drops": 250, "dirt": 200}
CAMERA_AT = (0.0, -0.13, 0.56)
PLANE = 0.03
"""Height above the belt at which the picture's width is measured, in metres."""
VIEW = {"close": 0.164, "wide": 0.262}
# How far from the camera's direction a mark may lie, in degrees.
CONE = 38
TYPES = (("apple", 52), ("pear", 24), ("lemon", 12), ("orange", 12))


@dataclass(frozen=True)
class Recipe:
    """One picture: `fruit` lists the marks of each fruit; `thing` lies there instead of a fruit.

    `extras` are leaf, drops and dirt; `cut` moves the fruit half out of the picture, with its mark ("defect") or
    without it ("plain"); `framing` is close (one thing) or wide (several).
    """

    id: str
    pool: str
    seed: int
    difficulty: str
    alt: str
    case: str
    framing: str
    fruit: tuple[list[str], ...]
    thing: str = ""
    extras: tuple[str, ...] = ()
    cut: str = ""


@dataclass
class OnBelt:
    """A fruit with its number, and its marks with theirs."""

    thing: bpy.types.Object
    label: str
    width: float
    number: int
    spots: list[tuple[int, str, Spot]] = field(default_factory=list)


@dataclass
class Line:
    """What the gold of a scene is read from."""

    recipe: Recipe
    fruit: list[OnBelt]
    extras: dict[str, list[bpy.types.Object]]


def make_scene(recipe: Recipe, settings: RenderSettings) -> tuple[bpy.types.Scene, Line]:
    """The scene of a recipe, thrown again until the camera sees what the recipe asks for.

    Raises:
        NotAsPlannedError: It does not in many tries; choose another seed.
    """
    for attempt in range(TRIES):
        try:
            _check(recipe, *_build(recipe, settings, attempt))
            # The check took the light away; the same throw builds the same scene.
            return _build(recipe, settings, attempt)
        except NotAsPlannedError as error:
            reason = error
    raise NotAsPlannedError(f"{recipe.id} ({recipe.case}) does not come out with the seed {recipe.seed}: {reason}")


def read_gold(scene: bpy.types.Scene, line: Line) -> list[dict[str, Any]]:
    """The class of a close picture, or the masks of a wide one."""
    recipe = line.recipe
    if recipe.thing:
        why = f"A {THINGS[recipe.thing]} is no fruit."
        return [tag_annotation("not_fruit", "R1", why, case=recipe.case)]
    ids = _numbers(scene, line)
    if recipe.framing == "wide":
        marks = [(number, kind, one.label) for one in line.fruit for number, kind, _ in one.spots]
        return mask_annotations(ids[MARGIN:-MARGIN, MARGIN:-MARGIN], marks)
    one = line.fruit[0]
    seen = _look(ids, one)
    label, rule, why = tag(seen, one.label, half=bool(recipe.cut), extras=recipe.extras)
    facts: dict[str, bool | float | str] = {"case": recipe.case, "fruit": one.label}
    facts["defect_share"] = round(seen.defect_share, 3)
    facts["in_picture"] = round(seen.inside, 2)
    if bruises := seen.seen("bruise"):
        facts["bruise_width"] = round(max(map(seen.size, bruises)), 3)
    return [tag_annotation(label, rule, why, **facts)]


THINGS = {
    "ball": "ball",
    "stone": "stone",
    "cap": "bottle cap",
    "leaf": "leaf on its own",
    "twig": "twig",
    "glove": "finger of a glove",
    "toy": "toy brick",
    "paper": "ball of paper",
}


# ---- building ------------------------------------------------------------------------------------------------------


def _build(recipe: Recipe, settings: RenderSettings, attempt: int) -> tuple[bpy.types.Scene, Line]:
    rng = random.Random(f"{recipe.seed}/{attempt}")
    scene = start_scene(settings, recipe.seed)
    _cheaper(scene)
    # What all throws of a recipe share: the belt and the light.
    steady = random.Random(recipe.seed)
    belt.even_light(scene, steady.uniform(0.32, 0.45))
    for lamp in belt.booth_lamps(steady):
        add_area(scene, lamp)
    scene.view_settings.exposure = steady.uniform(-0.75, -0.45)
    belt.belt(steady.choice(sorted(belt.BELT_COLOURS)), recipe.seed)
    belt.rails()
    distance = math.dist(CAMERA_AT, (0.0, 0.0, PLANE))
    zoom = steady.uniform(0.93, 1.04) if recipe.framing == "close" else 1.0
    add_camera(scene, CAMERA_AT, (0.0, 0.0, PLANE), 36 * zoom * distance / VIEW[recipe.framing], 64.0)
    line = Line(recipe, [], {})
    if recipe.thing:
        thing = make_oddment(recipe.thing, recipe.seed)
        turn = Euler((0.0, 0.0, rng.uniform(0, 2 * math.pi)))
        if "flat" not in thing:
            turn = Euler([rng.uniform(0, 2 * math.pi) for _ in range(3)])
        _rest(thing, turn, rng.uniform(-0.015, 0.015), rng.uniform(-0.010, 0.010))
        return scene, line
    places = _places(recipe, rng)
    number = 1
    for marks, (x, y) in zip(recipe.fruit, places, strict=True):
        one = _fruit(recipe, steady if recipe.framing == "close" else rng, number)
        _rest(one.thing, _pose(one.label, rng, up="leaf" in recipe.extras), x, y)
        _mark(recipe, one, marks, rng)
        number += 1 + len(marks)
        line.fruit.append(one)
    for extra in recipe.extras:
        line.extras[extra] = _extra(extra, line.fruit[0], rng)
    bpy.context.view_layer.update()
    return scene, line


def _cheaper(scene: bpy.types.Scene) -> None:
    """Half the time of a kitchen picture: in this open booth light hardly bounces, and its guides need no denoising."""
    cycles = scene.cycles
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 3, 2, 2
    cycles.denoising_prefilter = "FAST"


def _places(recipe: Recipe, rng: random.Random) -> list[tuple[float, float]]:
    """Where each fruit lies, in metres."""
    half = VIEW[recipe.framing] / 2
    if recipe.framing == "close" and not recipe.cut:
        return [(rng.uniform(-0.012, 0.012), rng.uniform(-0.006, 0.006))]
    if recipe.framing == "close":
        if rng.random() < 0.6:
            return [(rng.choice((-1, 1)) * half * rng.uniform(0.93, 1.08), rng.uniform(-0.012, 0.012))]
        return [(rng.uniform(-0.03, 0.03), rng.choice((-1, 1)) * half * 0.75 * rng.uniform(0.93, 1.08))]
    taken: list[tuple[float, float]] = []
    for _ in range(3000):
        x, y = rng.uniform(-0.64, 0.64) * half, rng.uniform(-0.42, 0.40) * half
        if all(math.hypot(x - a, y - b) > 0.094 for a, b in taken):
            taken.append((x, y))
        if len(taken) == len(recipe.fruit):
            return taken
    raise NotAsPlannedError("the fruit do not fit into the picture")


def _fruit(recipe: Recipe, rng: random.Random, number: int) -> OnBelt:
    labels = [label for label, _ in TYPES]
    shares = [share for _, share in TYPES]
    label = rng.choices(labels, shares)[0]
    if "leaf" in recipe.extras and label in ("lemon", "pear"):
        # A lemon has no stalk, and that of a lying pear points out of the picture.
        label = "apple"
    kind = rng.choice(("red", "gala", "gala", "green")) if label == "apple" else ""
    thing = make_fruit(label, rng.randrange(1_000_000), kind, flawless=True)
    thing.name = f"fruit {number}"
    vertices = _vertices(thing)
    width = 2 * float(np.percentile(np.hypot(vertices[:, 0], vertices[:, 1]), 96))
    return OnBelt(thing, label, width, number)


def _pose(label: str, rng: random.Random, *, up: bool) -> Euler:
    """Apples and oranges lie any way round, lemons and pears on their side; `up` shows the stalk to the camera."""
    turn = rng.uniform(0, 2 * math.pi)
    if label == "pear":
        # Belly and neck touch the belt: the axis dips a little toward the neck.
        return (Matrix.Rotation(turn, 3, "Z") @ Matrix.Rotation(math.radians(rng.uniform(96, 104)), 3, "Y")).to_euler()
    if label == "lemon":
        return (Matrix.Rotation(turn, 3, "Z") @ Matrix.Rotation(math.radians(rng.uniform(84, 96)), 3, "Y")).to_euler()
    tilt = math.radians(rng.uniform(5, 45) if up else rng.uniform(0, 115))
    spin = Matrix.Rotation(rng.uniform(0, 2 * math.pi), 3, "Z")
    return (Matrix.Rotation(turn, 3, "Z") @ Matrix.Rotation(tilt, 3, "X") @ spin).to_euler()


def _vertices(thing: bpy.types.Object) -> np.ndarray:
    flat = np.empty(len(thing.data.vertices) * 3)
    thing.data.vertices.foreach_get("co", flat)
    return flat.reshape(-1, 3)


def _rest(thing: bpy.types.Object, turn: Euler, x: float, y: float) -> None:
    """Turn a thing and set it down on the belt with its lowest point."""
    lowest = float((_vertices(thing) @ np.array(turn.to_matrix()).T)[:, 2].min())
    thing.rotation_euler = turn
    thing.location = (x, y, -lowest)
    bpy.context.view_layer.update()


# ---- marks and extras ----------------------------------------------------------------------------------------------


def _mark(recipe: Recipe, one: OnBelt, marks: list[str], rng: random.Random) -> None:
    """Put marks on the side of the fruit that the camera sees, apart from each other, and paint them."""
    close = recipe.framing == "close"
    for index, mark in enumerate(marks):
        radius, soft, bend = _shape(mark, one.width, close, len(marks) > 1, rng)
        kind = "bruise" if mark == "small" else mark
        for _ in range(60):
            at, _normal = _surface_point(one.thing, rng, 75 if recipe.cut else CONE if len(marks) == 1 else 48)
            local = one.thing.matrix_world.inverted() @ at
            off_axis = math.hypot(local.x, local.y) > 0.27 * one.width or one.label in ("lemon", "pear")
            apart = all(math.dist(local, spot.at) > 1.22 * (radius + spot.radius) for _, _, spot in one.spots)
            if apart and off_axis:
                spot = Spot(kind, tuple(local), radius, rng.randrange(100_000), soft, bend)
                one.spots.append((one.number + index + 1, kind, spot))
                break
        else:
            raise NotAsPlannedError(f"no room for a {mark}")
    paint(one.thing.data.materials[0], [spot for _, _, spot in one.spots])


def _shape(mark: str, width: float, close: bool, several: bool, rng: random.Random) -> tuple[float, float, float]:
    """Radius in metres, softness and bend of a mark."""
    if mark == "small":
        return width * rng.uniform(0.036, 0.046), 0.30, 0.12
    if mark == "wormhole":
        return rng.uniform(0.0034, 0.0042), 0.12, 0.10
    if mark == "sticker":
        return rng.uniform(0.0085, 0.0100), 0.02, 0.0
    if close:
        share = rng.uniform(0.225, 0.27) if several else rng.uniform(0.24, 0.31)
        return width * share, 0.20 if mark == "bruise" else 0.10, 0.22
    share = rng.uniform(0.15, 0.20) if several else rng.uniform(0.15, 0.29)
    return width * share, 0.06, 0.26


def _surface_point(thing: bpy.types.Object, rng: random.Random, cone: float) -> on_fruit.Place:
    """A point of a fruit's body within `cone` degrees of the camera's direction, and the normal there."""
    centre = thing.matrix_world.translation
    to_camera = (Vector(CAMERA_AT) - centre).normalized()
    frame = to_camera.to_track_quat("Z", "Y")
    inverse = thing.matrix_world.inverted()
    for _ in range(40):
        # Even over the cap of the sphere.
        cosine = rng.uniform(math.cos(math.radians(cone)), 1.0)
        sine, turn = math.sqrt(1 - cosine**2), rng.uniform(0, 2 * math.pi)
        direction = frame @ Vector((sine * math.cos(turn), sine * math.sin(turn), cosine))
        start = inverse @ (centre + 0.2 * direction)
        hit, at, normal, face = thing.ray_cast(start, (inverse.to_3x3() @ -direction).normalized())
        if hit and thing.data.polygons[face].material_index == 0:
            world = thing.matrix_world
            return world @ at, (world.to_3x3() @ normal).normalized()
    raise NotAsPlannedError("no free place on the fruit")


def _extra(extra: str, one: OnBelt, rng: random.Random) -> list[bpy.types.Object]:
    seed = rng.randrange(100_000)
    if extra == "leaf":
        stalk = {i for face in one.thing.data.polygons if face.material_index for i in face.vertices}
        heights = _vertices(one.thing)[sorted(stalk), 2]
        foot = float(np.percentile(heights, 55))
        things = [on_fruit.fruit_leaf(one.thing, foot, seed)]
    elif extra == "drops":
        things = on_fruit.drops(_free_places(one, 16, 0.005, rng), seed)
    else:
        places = []
        for at, normal in _free_places(one, 4, 0.010, rng):
            places += _around(one, at, normal, 16, rng)
        things = [on_fruit.dirt(places, seed)]
    for count, thing in enumerate(things):
        thing.name = f"{extra} {count}"
    return things


def _free_places(one: OnBelt, count: int, clear: float, rng: random.Random) -> list[on_fruit.Place]:
    """Places that the camera sees, at least `clear` metres from every mark."""
    places: list[on_fruit.Place] = []
    for _ in range(20 * count):
        at, normal = _surface_point(one.thing, rng, 62)
        local = one.thing.matrix_world.inverted() @ at
        free = all(math.dist(local, spot.at) > 1.15 * spot.radius + clear for _, _, spot in one.spots)
        if free and all((at - other).length > clear for other, _ in places):
            places.append((at, normal))
        if len(places) == count:
            return places
    if len(places) < count / 2:
        raise NotAsPlannedError("no room beside the marks")
    return places


def _around(one: OnBelt, at: Vector, normal: Vector, count: int, rng: random.Random) -> list[on_fruit.Place]:
    """Places scattered over the skin round a point, most of them near it."""
    inverse = one.thing.matrix_world.inverted()
    places = []
    for _ in range(count):
        away = Vector([rng.gauss(0, 0.0045) for _ in range(3)])
        start = at + 0.02 * normal + away - away.dot(normal) * normal
        hit, spot, spot_normal, _ = one.thing.ray_cast(inverse @ start, (inverse.to_3x3() @ -normal).normalized())
        if hit and all(math.dist(spot, mark.at) > 1.15 * mark.radius + 0.003 for _, _, mark in one.spots):
            world = one.thing.matrix_world
            places.append((world @ spot, (world.to_3x3() @ spot_normal).normalized()))
    return places


# ---- what the camera sees --------------------------------------------------------------------------------------------


def _numbers(scene: bpy.types.Scene, line: Line) -> np.ndarray:
    materials: dict[str, list[bpy.types.Material]] = {}
    for one in line.fruit:
        body = numbered(one.number, [(number, spot) for number, _, spot in one.spots])
        plain = numbered(one.number, [])
        materials[one.thing.name] = [body] + [plain] * (len(one.thing.material_slots) - 1)
    for extra, things in line.extras.items():
        for thing in things:
            materials[thing.name] = [numbered(EXTRA[extra], [])] * len(thing.material_slots)
    return material_ids(scene, materials, MARGIN)


def _look(ids: np.ndarray, one: OnBelt) -> Look:
    return look(ids, MARGIN, one.number, [(number, kind) for number, kind, _ in one.spots])


def _check(recipe: Recipe, scene: bpy.types.Scene, line: Line) -> None:
    """Raise `NotAsPlannedError` unless the camera sees what the recipe asks for, clearly."""
    if recipe.thing:
        return
    ids = _numbers(scene, line)
    for extra in recipe.extras:
        shown = int((ids[MARGIN:-MARGIN, MARGIN:-MARGIN] == EXTRA[extra]).sum())
        _demand(shown >= LEAST_EXTRA[extra], f"too little {extra}")
    for one, marks in zip(line.fruit, recipe.fruit, strict=True):
        seen = _look(ids, one)
        if recipe.cut:
            _demand(0.38 <= seen.inside <= 0.62, f"{seen.inside:.2f} of the fruit in the picture")
        else:
            _demand(seen.inside >= 0.985, "the fruit is cut by the edge")
        for mark, kind in zip(seen.marks, marks, strict=True):
            _check_mark(recipe, seen, mark, kind)


def _check_mark(recipe: Recipe, seen: Look, mark: Any, kind: str) -> None:
    size = seen.size(mark)
    if recipe.cut == "defect":
        _demand(mark.pixels == 0 and mark.beyond > 800, "the mark is not out of the picture")
    elif recipe.framing == "wide" and kind in ("bruise", "rot"):
        _demand(1600 <= mark.pixels <= 14500, f"a {kind} of {mark.pixels} pixels")
        _demand(mark.breadth >= 0.55 * mark.length, f"a {kind} seen too much from the side")
        _demand(mark.pieces == 1, f"a {kind} in {mark.pieces} pieces")
    elif kind == "bruise":
        _demand(size >= 0.42, f"a bruise of {size:.2f} widths")
    elif kind == "small":
        _demand(0.055 <= size <= 0.095, f"a small bruise of {size:.3f} widths")
    elif kind == "rot":
        _demand(size >= 0.38 and mark.breadth >= 0.5 * mark.length, f"rot of {size:.2f} widths")
    elif kind == "wormhole":
        _demand(mark.breadth >= 12 and mark.breadth >= 0.7 * mark.length, "a wormhole seen from the side")
    elif kind == "sticker":
        _demand(mark.breadth >= 0.6 * mark.length, "a sticker seen from the side")


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise NotAsPlannedError(otherwise)
