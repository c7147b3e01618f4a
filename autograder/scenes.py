"""New exam scenes from the picture studio: recipes of the exam pool with fresh seeds, rendered and added to the pool.

A new scene keeps the place, the light and the camera of an exam scene and lets the seed decide the rest: where things
lie, how they are turned, which hide which. The pictures join the data set; their gold goes into the instructor's
private folder and nowhere else.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from autograder.gold import GOLD_VARIABLE, gold_path
from goldlabel.annotations import Annotation, Gold, Item, ItemGold, decode_gold, encode
from goldlabel.data import datasets_folder, load_items
from goldlabel.errors import GoldlabelError
from goldlabel.exercises import find_exercise, known_exercises
from goldlabel.files import write_atomically

__all__ = ["STUDIO_VARIABLE", "SceneError", "fresh_recipes", "new_scenes", "recipe_text"]

STUDIO_VARIABLE = "GOLDLABEL_STUDIO"
"""Names the Python of the studio's own environment, the one that Blender is installed in."""

MINUTES_A_SCENE = 2


class SceneError(GoldlabelError):
    """New scenes cannot be made here."""


def new_scenes(week: int, seed: str, count: int, *, say: Callable[[str], None]) -> tuple[str, ...]:
    """Render ``count`` scenes for each data set that an exam of the week draws from and the studio makes.

    Returns:
        Ids of the new items, which are in the exam pool now.

    Raises:
        SceneError: The studio or the private gold folder is not named, no set can be varied, or rendering failed.
    """
    python = os.environ.get(STUDIO_VARIABLE, "")
    if not shutil.which(python):
        raise SceneError(
            "New scenes need the picture studio (Blender), which is not named here",
            where=STUDIO_VARIABLE,
            todo=f"Make its environment as datasets/studio/README.md says, set {STUDIO_VARIABLE} to its Python, "
            "or leave out --scenes: a new draw of the pool needs no studio.",
        )
    if not os.environ.get(GOLD_VARIABLE):
        raise SceneError(
            "The gold of new scenes needs a private folder",
            where=GOLD_VARIABLE,
            todo=f"Make a folder that only you may open (chmod 700) and set {GOLD_VARIABLE} to it.",
        )
    if count < 1:
        raise SceneError("At least one scene must be made", where="--scenes", todo="Name a number from 1.")
    specs = [find_exercise(name) for name in known_exercises()]
    names = sorted({spec.dataset for spec in specs if spec.exam and spec.week == week})
    recipes = {name: made for name in names if (made := _varied(name, seed, count, say))}
    if not recipes:
        raise SceneError(
            f"The studio can vary no data set that an exam of week {week} draws from",
            where=str(datasets_folder() / "studio" / "recipes"),
            todo="Write new recipes by hand, or leave out --scenes.",
        )
    added: list[str] = []
    for name, tables in recipes.items():
        minutes = count * MINUTES_A_SCENE
        say(f"Rendering {count} scenes for {name}, about {minutes} minutes on one processor ...")
        records = _render(name, seed, tables, python)
        added += _add(name, tables, records)
        say(f"{name}: {', '.join(table['id'] for table in tables)} joined the exam pool.")
    say("Look at every new picture with its gold before you hand it out: goldlabel cannot see what looks wrong.")
    return tuple(added)


def fresh_recipes(items: Sequence[Mapping[str, Any]], seed: str, count: int) -> list[dict[str, Any]]:
    """``count`` recipes made from those of the exam pool, each with an id and a seed of its own.

    Args:
        items: The tables of a recipe file.
        seed: The same seed gives the same recipes.
        count: How many; templates are used again when there are fewer.
    """
    exam = [one for one in items if one.get("pool") == "exam" and isinstance(one.get("seed"), int)]
    ranked = sorted(exam, key=lambda one: _number(seed, one["id"]))
    tag = f"{_number(seed, 'tag') % 16**6:06x}"
    taken = {one.get("seed") for one in items}
    made = []
    for place in range(count if ranked else 0):
        template = ranked[place % len(ranked)]
        fresh = 1_000_000 + _number(seed, f"{place} {template['id']}") % 1_000_000
        while fresh in taken:
            fresh += 1
        taken.add(fresh)
        prefix = str(template["id"]).partition("-")[0]
        made.append({**template, "id": f"{prefix}-{tag}-{place + 1:02d}", "seed": fresh})
    return made


def recipe_text(about: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> str:
    """A recipe file."""
    tables = [("[set]", about), *(("[[items]]", one) for one in items)]
    return "\n".join(
        "\n".join([head, *(f"{name} = {_toml(value)}" for name, value in table.items()), ""]) for head, table in tables
    )


def _varied(dataset: str, seed: str, count: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Fresh recipes, or none with a word why."""
    path = _recipes(dataset)
    if not path.is_file():
        say(f"{dataset}: not made by the studio; it keeps its pool.")
        return []
    made = fresh_recipes(tomllib.loads(path.read_text(encoding="utf-8")).get("items", []), seed, count)
    if not made:
        say(f"{dataset}: its recipes come from a plan of cases, which a seed cannot vary; it keeps its pool.")
    return made


def _render(dataset: str, seed: str, tables: Sequence[Mapping[str, Any]], python: str) -> dict[str, Any]:
    """Run the studio; returns what it recorded, by item.

    Raises:
        SceneError: It failed, or what it made is what the template had.
    """
    studio = datasets_folder() / "studio"
    own = _recipes(f"{dataset}-exam-{_number(seed, 'tag') % 16**6:06x}")
    about = tomllib.loads(_recipes(dataset).read_text(encoding="utf-8"))["set"]
    own.write_text(recipe_text(about, tables), encoding="utf-8")
    try:
        done = subprocess.run(
            [python, "-m", "studio.make", own.stem, "--all"],
            cwd=studio.parent,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    finally:
        own.unlink(missing_ok=True)
    records = {str(table["id"]): studio / "work" / f"{table['id']}.json" for table in tables}
    if done.returncode or not all(path.is_file() for path in records.values()):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise SceneError(
            f"The studio could not make the scenes: {last[:200]}",
            where=dataset,
            todo="Run its command by hand to see everything: see datasets/studio/README.md.",
        )
    return {name: json.loads(path.read_bytes()) for name, path in records.items()}


def _add(dataset: str, tables: Sequence[Mapping[str, Any]], made: Mapping[str, Any]) -> list[str]:
    """Put pictures, gold and items in their places, in this order: what is in the pool must have gold."""
    folder, work = datasets_folder() / dataset, datasets_folder() / "studio" / "work"
    path = gold_path(dataset)
    gold = decode_gold(path.read_bytes(), where=str(path))
    fresh = {name: ItemGold(msgspec.convert(one["annotations"], tuple[Annotation, ...])) for name, one in made.items()}
    for name, one in fresh.items():
        if any(one == other for known, other in gold.items.items() if known != name):
            raise SceneError(
                "A new scene came out like an old one: the recipes of this set leave nothing to the seed",
                where=f"{dataset}, {name}",
                todo="Write new recipes by hand; nothing was added.",
            )
    known = {item.id for item in load_items(dataset)}
    lines = [(folder / "items.jsonl").read_bytes().rstrip(b"\n")]
    for table in tables:
        picture = work / f"{table['id']}.jpg"
        shutil.copyfile(picture, folder / "media" / picture.name)
        if table["id"] not in known:
            lines.append(msgspec.json.encode(_item(table, picture)))
    merged = msgspec.structs.replace(
        gold, items={**gold.items, **fresh}, made=f"{gold.made} Scenes of this term were rendered in the same way."
    )
    _write_gold(dataset, merged)
    write_atomically(folder / "items.jsonl", b"\n".join(lines) + b"\n")
    return list(fresh)


def _item(table: Mapping[str, Any], picture: Path) -> Item:
    with Image.open(picture) as image:
        width, height = image.size
    return Item(
        id=table["id"],
        media=f"media/{picture.name}",
        width=width,
        height=height,
        pool="exam",
        origin="rendered",
        licence="CC-BY-4.0",
        sha256=hashlib.sha256(picture.read_bytes()).hexdigest(),
        difficulty=table.get("difficulty", "medium"),
        alt=table["alt"],
        source=f"studio, made by goldlabel exam new, seed {table['seed']}",
        group=table.get("group", ""),
    )


def _write_gold(dataset: str, gold: Gold) -> None:
    folder = Path(os.environ[GOLD_VARIABLE]) / dataset
    folder.mkdir(mode=0o700, exist_ok=True)
    write_atomically(folder / "exam.json", encode(gold))


def _recipes(dataset: str) -> Path:
    return datasets_folder() / "studio" / "recipes" / f"{dataset.replace('-', '_')}.toml"


def _number(seed: str, word: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed}:{word}".encode()).digest()[:8], "big")


def _toml(value: Any) -> str:  # noqa: ANN401  (whatever a recipe holds)
    """One TOML value on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(name)} = {_toml(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # JSON's true, numbers and strings are TOML's.
    return json.dumps(value, ensure_ascii=False)
