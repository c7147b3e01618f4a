"""Put what was made into its data set: pictures, items.jsonl, gold, contact sheets, and the numbers of the datasheet.

    python -m studio.publish fruit_kitchen

Imports without Blender. An item goes in when it was made and no name in ``recipes/<set>.dropped.txt`` forbids it:
that file says which pictures somebody looked at and refused, and why.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from .contact_sheet import sheet, with_gold
from .recipes import FOLDER, load_recipes

WORK = Path(__file__).parent / "work"
ROOT = Path(__file__).resolve().parents[2]
VERSION = "1.0.0"
MADE = (
    "Exact by construction: the same camera renders the number of every fruit into its pixels; a box is the extent of "
    "the visible pixels, flags follow from the fruit rendered alone."
)
AGREEMENT = "Not applicable, since no person labelled it; every picture was looked at with its gold drawn over it."
NUMBERS = re.compile(r"(<!-- numbers -->\n).*?(<!-- /numbers -->)", re.DOTALL)


def gold_path(dataset: str, pool: str) -> Path:
    """Where the gold of a pool lies; exam gold is the instructor's and never under datasets/."""
    if pool == "exam":
        return ROOT / "autograder" / "gold" / dataset / "exam.json"
    return ROOT / "datasets" / dataset / "gold" / f"{pool}.json"


def dropped(name: str) -> set[str]:
    """Ids that somebody refused: the first word of each line that is no comment."""
    path = FOLDER / f"{name}.dropped.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


def publish(name: str) -> None:
    """Write everything of the data set anew from the work folder."""
    dataset = name.replace("_", "-")
    folder = ROOT / "datasets" / dataset
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    refused = dropped(name)
    made: dict[str, dict[str, Any]] = {}
    for item in sorted(load_recipes(name)):
        path = WORK / f"{item}.json"
        if path.exists() and item not in refused:
            made[item] = json.loads(path.read_text(encoding="utf-8"))
            shutil.copyfile(path.with_suffix(".jpg"), media / f"{item}.jpg")
    for stray in media.glob("*.jpg"):
        if stray.stem not in made:
            stray.unlink()
    lines = [json.dumps(_item(item, one, media), ensure_ascii=False) for item, one in made.items()]
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for pool in ("practice", "exam"):
        chosen = {item: one["annotations"] for item, one in made.items() if one["recipe"]["pool"] == pool}
        _write_pool(dataset, pool, chosen, media)
    sheet_path = folder / "datasheet.md"
    if sheet_path.exists():
        table = _numbers(made)
        text = NUMBERS.sub(lambda match: f"{match[1]}{table}{match[2]}", sheet_path.read_text(encoding="utf-8"))
        sheet_path.write_text(text, encoding="utf-8")
    print(f"{len(made)} items in {folder}")


def _item(item: str, made: dict[str, Any], media: Path) -> dict[str, Any]:
    recipe, settings = made["recipe"], made["settings"]
    return {
        "id": item,
        "media": f"media/{item}.jpg",
        "width": settings["width"],
        "height": settings["height"],
        "pool": recipe["pool"],
        "origin": "rendered",
        "licence": "CC-BY-4.0",
        "sha256": hashlib.sha256((media / f"{item}.jpg").read_bytes()).hexdigest(),
        "difficulty": recipe["difficulty"],
        "alt": recipe["alt"],
        "source": f"studio recipe {item}, seed {recipe['seed']}",
    }


def _write_pool(dataset: str, pool: str, chosen: dict[str, list[dict[str, Any]]], media: Path) -> None:
    path = gold_path(dataset, pool)
    path.parent.mkdir(parents=True, exist_ok=True)
    gold = {
        "schema": 1,
        "dataset": dataset,
        "pool": pool,
        "version": VERSION,
        "made": MADE,
        "agreement": AGREEMENT,
        "items": {item: {"annotations": annotations} for item, annotations in chosen.items()},
    }
    path.write_text(json.dumps(gold, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if chosen:
        pictures = [(item, with_gold(media / f"{item}.jpg", boxes)) for item, boxes in chosen.items()]
        contact = (path.parent if pool == "exam" else media.parent) / f"contact_{pool}.jpg"
        sheet(pictures, columns=3, width=560).save(contact, quality=82, progressive=True)


def _numbers(made: dict[str, dict[str, Any]]) -> str:
    """A Markdown table: pictures and boxes a pool, a class and a flag."""
    columns: dict[str, Counter[str]] = {"practice": Counter(), "exam": Counter()}
    for one in made.values():
        counts = columns[one["recipe"]["pool"]]
        counts["pictures"] += 1
        for box in one["annotations"]:
            flags = box["attributes"]
            if flags["difficult"]:
                counts["difficult boxes (set aside)"] += 1
                continue
            counts["scored boxes"] += 1
            counts[box["label"]] += 1
            for flag in ("truncated", "occluded"):
                counts[flag] += flags[flag]
    names = ["pictures", "scored boxes", "apple", "banana", "lemon", "orange", "pear", "occluded", "truncated"]
    rows = [f"| {name} | {columns['practice'][name]} | {columns['exam'][name]} |" for name in names]
    aside = "difficult boxes (set aside)"
    rows.append(f"| {aside} | {columns['practice'][aside]} | {columns['exam'][aside]} |")
    return "| | practice | exam |\n|---|---|---|\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="name of a file in recipes/, for instance fruit_kitchen")
    publish(parser.parse_args().dataset)
