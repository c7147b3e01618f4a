"""From the cases of ``recipes/sorting_line.toml`` to one recipe an item. Imports without Blender."""

from __future__ import annotations

import random
from typing import Any

POOLS = ("practice", "exam")
ALT = {
    "tag": "One thing on a conveyor belt, seen by the camera above it.",
    "mask": "Fruit on a conveyor belt, seen by the camera above it.",
}
FEATURES = ("thing", "extras", "cut")
"""What a case may say and an item takes over as it stands."""


def expand(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The items of a recipe file that lists cases.

    Args:
        table: The parsed file. `groups` says for each group its size, samples, first number and first seed in each
            pool; `cases` what is in a picture, and how many of it each pool has; `seeds` changes the seed of an item.

    Returns:
        One table an item. In each pool and group the cases are shuffled, so that an item's number tells nothing.
    """
    items: list[dict[str, Any]] = []
    for group, settings in table["groups"].items():
        for pool in POOLS:
            cases = [
                case
                for case in table["cases"]
                if case.get("group", "tag") == group
                for _ in range(case["count"].get(pool, 0))
            ]
            seed = settings["seed"][pool]
            random.Random(seed).shuffle(cases)
            for number, case in enumerate(cases):
                name = f"sl-{settings['first'][pool] + number:03d}"
                item = {
                    "id": name,
                    "pool": pool,
                    "group": group,
                    "seed": table["seeds"].get(name, seed + number),
                    "difficulty": case["difficulty"],
                    "alt": ALT[group],
                    "case": case["name"],
                    "framing": settings["framing"],
                    "fruit": case.get("fruit", [case.get("marks", [])]),
                    "width": settings["width"],
                    "height": settings["height"],
                    "samples": settings["samples"],
                }
                items.append(item | {name: case[name] for name in FEATURES if name in case})
    return items
