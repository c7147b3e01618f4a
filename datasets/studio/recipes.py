"""Recipes: a file ``recipes/<set>.toml`` describes a data set and how each of its scenes is made.

``[set]`` says what holds for all of it, ``[[items]]`` is one table a scene. Imports without Blender: what a
table means is known to the set's own scene module alone (see make.py). A set of many small scenes may instead name
a `plan`: a module whose function `expand(table)` returns the item tables.
"""

from __future__ import annotations

import importlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "recipes"

OF_THE_SET = ("width", "height", "samples")
"""Settings that ``[set]`` gives and an item may change."""


@dataclass(frozen=True)
class Entry:
    """One item: what every set knows of it, and the table that only its scene module understands."""

    id: str
    pool: str
    seed: int
    difficulty: str
    alt: str
    group: str
    width: int
    height: int
    samples: int
    recipe: dict[str, Any]


@dataclass(frozen=True)
class PictureSet:
    """A data set of pictures.

    `scene` names the module that makes its scenes; `version`, `made` and `agreement` go into its gold files.
    """

    name: str
    scene: str
    version: str
    made: str
    agreement: str
    items: dict[str, Entry]

    @property
    def dataset(self) -> str:
        """The folder under ``datasets/``."""
        return self.name.replace("_", "-")


def load_set(name: str) -> PictureSet:
    """The data set with all its recipes by item id, in file order.

    Raises:
        ValueError: Two recipes share an id or a seed.
    """
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    about = table["set"]
    common = {key: about[key] for key in OF_THE_SET}
    items: dict[str, Entry] = {}
    plan = importlib.import_module(f".{about['plan']}", __package__) if "plan" in about else None
    for recipe in plan.expand(table) if plan else table["items"]:
        entry = Entry(
            id=recipe["id"],
            pool=recipe["pool"],
            seed=recipe["seed"],
            difficulty=recipe.get("difficulty", "medium"),
            alt=recipe["alt"],
            group=recipe.get("group", ""),
            **{**common, **{key: recipe[key] for key in OF_THE_SET if key in recipe}},
            recipe={key: value for key, value in recipe.items() if key not in (*OF_THE_SET, "group")},
        )
        if entry.id in items or entry.seed in {other.seed for other in items.values()}:
            raise ValueError(f"the recipe {entry.id} shares its id or its seed with another")
        items[entry.id] = entry
    return PictureSet(name, about["scene"], about["version"], about["made"], about["agreement"], items)
