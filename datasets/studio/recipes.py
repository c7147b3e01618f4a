"""Recipes: one table an item in ``recipes/*.toml`` says how its scene is made. Imports without Blender."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "recipes"


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


def load_recipes(name: str) -> dict[str, Recipe]:
    """All recipes of a data set by item id.

    Raises:
        ValueError: Two recipes share an id or a seed.
    """
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    recipes = {}
    for entry in table["items"]:
        recipe = Recipe(
            **{**entry, "props": tuple(entry.get("props", ())), "board_at": tuple(entry.get("board_at", ()))}
        )
        if recipe.id in recipes or recipe.seed in {other.seed for other in recipes.values()}:
            raise ValueError(f"the recipe {recipe.id} shares its id or its seed with another")
        recipes[recipe.id] = recipe
    return recipes
