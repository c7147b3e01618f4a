"""A sheet of paper on a table, photographed: table, light, things at its edge, and a camera that holds all of it.

Lengths are metres, angles degrees where a recipe gives them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix, Vector

from . import desk_things, props
from .idpass import material_ids
from .paper_print import Page
from .paper_sheet import INK, METRES_A_PIXEL, Sheet, numbered
from .paper_wear import Corners, developed
from .rendering import AreaLight, LightPreset, RenderSettings, add_camera, light_scene, start_scene
from .view import View

PRINT_SCALE = 1.5
"""Pixels of the texture for one of the page."""
LENS, FSTOP = 50.0, 22.0
EDGE = 0.05
"""So much of the picture stays free round the sheet, of its width or height."""
CLEAR = 0.97
"""A word of which less can be seen is set aside."""

LIGHTS = {
    "window": LightPreset(
        "interior", 0.55, 0.35, (AreaLight((-0.55, 0.30, 0.50), 0.35, 0.35, 5.0, (0.95, 0.97, 1.0)),)
    ),
    "lamp": LightPreset("interior", 0.30, 0.35, (AreaLight((0.40, 0.45, 0.55), 0.12, 0.12, 5.5, (1.0, 0.84, 0.64)),)),
    "overcast": LightPreset("courtyard", 0.75, 0.25, (AreaLight((0.1, 0.6, 0.9), 0.9, 0.9, 7.0, (0.92, 0.96, 1.0)),)),
}


class Photo:
    """The scene of one page; `sheet` is its surface, `things` are the objects that may hide a part of it."""

    def __init__(self, page: Page, sheet: Sheet, thing: bpy.types.Object, view: View) -> None:
        self.page, self.sheet, self.thing, self.view = page, sheet, thing, view

    def corners(self, box: tuple[float, float, float, float]) -> Corners:
        """Where in the picture the corners of a box of the page are seen, pixels."""
        seen = np.array([self.view.place(tuple(point)) for point in self.sheet.corners(box)]) * self.view.size
        return tuple((float(x), float(y)) for x, y in seen)


def take(
    page: Page,
    settings: RenderSettings,
    *,
    table: str,
    light: str,
    tilt: float,
    side: float,
    turn: float,
    bend: str,
    things: Sequence[str],
    cover: str,
    seed: int,
) -> tuple[bpy.types.Scene, Photo]:
    """Lay the page on a table and put a camera above it.

    Args:
        page: Printed at PRINT_SCALE.
        settings: Of the picture.
        table: A wood of props.WOODS.
        light: A name of LIGHTS.
        tilt: How far from upright the camera looks down, degrees.
        side: From which side of the page it looks, degrees: 0 from its foot, 90 from its right.
        turn: Of the sheet on the table, degrees anticlockwise.
        bend: See Sheet.
        things: Names of what lies about, see `_lay_things`.
        cover: The word on which the coin of the thing "coin_on" lies.
        seed: Of the bends, the wear and the things.
    """
    scene = start_scene(settings, seed)
    rng = random.Random(seed)
    light_scene(scene, LIGHTS[light], rng.uniform(0, 2 * math.pi))
    props.table(table).location = (rng.uniform(-0.3, 0.3), rng.uniform(-0.2, 0.2), 0.0)
    sheet = Sheet(page.size, PRINT_SCALE, bend, math.radians(turn), seed)
    thing = sheet.build(developed(page, seed))
    _lay_things(page, sheet, things, cover, rng)
    view = _aim(scene, settings, sheet, math.radians(tilt), math.radians(side))
    return scene, Photo(page, sheet, thing, view)


def _lay_things(page: Page, sheet: Sheet, things: Sequence[str], cover: str, rng: random.Random) -> None:
    """Things above and below the sheet, partly out of the picture; `coin_on` lies on the word `cover`."""
    half_w, half_l = sheet.width / 2, sheet.length / 2
    high, low = half_l + 0.005, -half_l - 0.005
    for name in things:
        if name == "coin_on":
            thing = desk_things.coin(desk_things.SMALL_COIN, desk_things.COPPER)
            box = next(placed.box for placed in page.words if placed.word.text == cover)
            corners = sheet.corners(box)
            thing.location = (*corners.mean(axis=0)[:2], corners[:, 2].max() + 0.0004)
            continue
        if name == "mug":
            thing = props.mug(rng.choice(sorted(props.GLAZES)))
            x, y, turn = half_w - 0.01, high + 0.055, rng.uniform(0.2, 1.2)
        elif name == "book":
            thing = desk_things.book(rng)
            x, y, turn = -half_w - 0.01, high + 0.106, rng.uniform(-0.12, 0.02)
        elif name == "pen":
            thing = desk_things.pen(rng)
            x, y, turn = 0.02, low - 0.012, rng.uniform(-0.08, 0.06)
        elif name == "keys":
            thing = desk_things.keys(rng)
            x, y, turn = -0.3 * half_w, high + 0.020, rng.uniform(-0.5, 0.2)
        else:
            thing = desk_things.coins(rng)
            x, y, turn = 0.45 * half_w, high + 0.016, rng.uniform(-0.25, 0.15)
        c, s = math.cos(sheet.turn), math.sin(sheet.turn)
        thing.location = (c * x - s * y, s * x + c * y, 0.0)
        thing.rotation_euler[2] = turn + sheet.turn


def _aim(scene: bpy.types.Scene, settings: RenderSettings, sheet: Sheet, tilt: float, side: float) -> View:
    """A camera that shows the whole sheet with the page's top up, as near as it can be."""
    camera = add_camera(scene, (0, 0, 1), (0, 0, 0), LENS, FSTOP)
    camera.data.sensor_fit = "HORIZONTAL"
    camera.data.clip_start = 0.01
    away = Vector((math.sin(tilt) * math.sin(side), -math.sin(tilt) * math.cos(side), math.cos(tilt)))
    right = Vector((0, 1, 0)).cross(away).normalized()
    turn = Matrix((right, away.cross(right), away)).transposed().to_4x4()
    toward, distance = Vector((0, 0, 0)), 0.3
    outline = sheet.outline()
    for _ in range(30):
        camera.matrix_world = Matrix.Translation(toward + distance * away) @ turn
        bpy.context.view_layer.update()
        view = View(camera, settings.width, settings.height)
        seen = np.array([view.place(tuple(point)) for point in outline])
        low, high = seen.min(axis=0), seen.max(axis=0)
        toward += Vector((*(np.array(view.floor(*((low + high) / 2))) - np.array(view.floor(0.5, 0.5))), 0))
        distance *= float((high - low).max()) / (1 - 2 * EDGE)
    camera.data.dof.focus_distance = distance
    return view


def read_words(scene: bpy.types.Scene, photo: Photo) -> list[tuple[int, Corners, float]]:
    """For each word its number, its corners in the picture and how much of it can be seen, 0 to 1.

    The exact pass proves the corners: it shows where the ink of each word is.

    Raises:
        ValueError: Ink of a word lies outside of its corners.
    """
    page = photo.page
    inked = np.maximum.reduce([coverage for coverage, _ in page.inks[:2]]) > 0.5
    boxes = [placed.box for placed in page.words]
    ids = material_ids(scene, {photo.thing.name: [numbered(page.size, boxes, inked)]})
    found = []
    for index, placed in enumerate(page.words):
        corners = photo.corners(placed.box)
        number = index + 1
        ink = np.argwhere(ids == INK + number)[:, ::-1] + 0.5
        out = _outside(ink, np.array(corners))
        if len(out) and out.max() > 1.5:
            raise ValueError(f"the ink of {placed.word.text!r} lies {out.max():.1f} pixels outside of its corners")
        seen = len(ink) + int((ids == number).sum())
        found.append((index, corners, min(1.0, seen / _area(np.array(corners)))))
    return found


def _area(corners: np.ndarray) -> float:
    x, y = corners.T
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)


def _outside(points: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """How far points lie outside a convex quadrilateral that runs clockwise on the screen, pixels; 0 inside."""
    gaps = []
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (b - a) / np.linalg.norm(b - a)
        gaps.append(along[1] * (points[:, 0] - a[0]) - along[0] * (points[:, 1] - a[1]))
    return np.maximum(0, np.max(gaps, axis=0)) if len(points) else np.zeros(0)


__all__ = ["CLEAR", "METRES_A_PIXEL", "PRINT_SCALE", "Photo", "read_words", "take"]
