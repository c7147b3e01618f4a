"""Receipts and small forms: the same kinds of paper, laid on a scanner or photographed on a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
from PIL import Image

from .paper_photo import CLEAR, PRINT_SCALE, Photo, read_words, take
from .paper_print import PAPERS, Placed, print_page
from .paper_text import read_lines
from .paper_wear import Corners, blotted, scanned
from .rendering import RenderSettings, render_png


@dataclass(frozen=True)
class Recipe:
    """One page: `text` as paper_text.py reads it on a `paper` of paper_print.PAPERS, tinted or not.

    A scan has a `skew` (degrees clockwise) and `blots` (words that ink hides). A photograph has a `table`, and all that
    paper_photo.take asks for.
    """

    id: str
    pool: str
    seed: int
    paper: str
    text: str
    tint: str = ""
    skew: float = 0.0
    blots: tuple[str, ...] = ()
    table: str = ""
    light: str = "window"
    tilt: float = 0.0
    side: float = 0.0
    turn: float = 0.0
    bend: str = "curl"
    props: tuple[str, ...] = ()
    cover: str = ""
    difficulty: str = "medium"
    alt: str = "A printed paper."


Scan = tuple[Image.Image, list[tuple[Placed, Corners]]]


def make_scene(recipe: Recipe, settings: RenderSettings) -> tuple[bpy.types.Scene | Image.Image, Photo | list]:
    """A scan is finished here; of a photograph, the scene is.

    Raises:
        ValueError: A line is too long for its paper, or a blot or a bend is impossible.
    """
    scale = PRINT_SCALE if recipe.table else 1.0
    page = print_page(read_lines(recipe.text), PAPERS[recipe.paper], recipe.tint, scale)
    page = blotted(page, recipe.blots, recipe.seed)
    if not recipe.table:
        return scanned(page, (settings.width, settings.height), recipe.skew, recipe.seed)
    return take(
        page,
        settings,
        table=recipe.table,
        light=recipe.light,
        tilt=recipe.tilt,
        side=recipe.side,
        turn=recipe.turn,
        bend=recipe.bend,
        things=recipe.props,
        cover=recipe.cover,
        seed=recipe.seed,
    )


def save_picture(scene: bpy.types.Scene | Image.Image, path: Path) -> None:
    """Write the picture as a PNG."""
    if isinstance(scene, Image.Image):
        scene.save(path)
    else:
        render_png(scene, path)


def read_gold(scene: bpy.types.Scene | Image.Image, things: Photo | list) -> list[dict[str, Any]]:
    """A word box for every word, in reading order; words that nobody can read are difficult."""
    if isinstance(scene, Image.Image):
        return [
            _annotation(number, placed, corners, 0.0 if placed.hidden else 1.0)
            for number, (placed, corners) in enumerate(things, start=1)
        ]
    words = things.page.words
    return [_annotation(index + 1, words[index], corners, seen) for index, corners, seen in read_words(scene, things)]


def _annotation(number: int, placed: Placed, corners: Corners, visibility: float) -> dict[str, Any]:
    return {
        "id": f"g{number:02d}",
        "type": "word_box",
        "label": placed.word.field,
        "corners": [[round(x, 1), round(y, 1)] for x, y in corners],
        "text": placed.word.text,
        "attributes": {"visibility": round(visibility, 3), "difficult": visibility < CLEAR},
    }
