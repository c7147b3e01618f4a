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
from .recipes import FOLDER, Entry, PictureSet, load_set

WORK = Path(__file__).parent / "work"
ROOT = Path(__file__).resolve().parents[2]
FLAGS = ("crowd", "occluded", "truncated")
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


def doubtful(name: str) -> set[tuple[str, str]]:
    """Pairs of item and annotation that somebody looked at and found no person could tell: set aside."""
    path = FOLDER / f"{name}.aside.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    words = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {(item, annotation) for item, annotation, *_ in words}


def publish(name: str) -> None:
    """Write everything of the data set anew from the work folder."""
    pictures = load_set(name)
    folder = ROOT / "datasets" / pictures.dataset
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    refused, aside = dropped(name), doubtful(name)
    made: dict[str, dict[str, Any]] = {}
    for item in sorted(pictures.items):
        path = WORK / f"{item}.json"
        if path.exists() and item not in refused:
            made[item] = json.loads(path.read_text(encoding="utf-8"))
            for one in made[item]["annotations"]:
                if (item, one["id"]) in aside:
                    one["attributes"]["difficult"] = True
            shutil.copyfile(path.with_suffix(".jpg"), media / f"{item}.jpg")
    for stray in media.glob("*.jpg"):
        if stray.stem not in made:
            stray.unlink()
    lines = [json.dumps(_item(pictures.items[item], media), ensure_ascii=False) for item in made]
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for pool in ("practice", "exam"):
        chosen = {item: one["annotations"] for item, one in made.items() if pictures.items[item].pool == pool}
        _write_pool(pictures, pool, chosen, media)
    sheet_path = folder / "datasheet.md"
    if sheet_path.exists():
        table = _numbers(pictures, made)
        text = NUMBERS.sub(lambda match: f"{match[1]}{table}{match[2]}", sheet_path.read_text(encoding="utf-8"))
        sheet_path.write_text(text, encoding="utf-8")
    print(f"{len(made)} items in {folder}")


def _item(entry: Entry, media: Path) -> dict[str, Any]:
    line = {
        "id": entry.id,
        "media": f"media/{entry.id}.jpg",
        "width": entry.width,
        "height": entry.height,
        "pool": entry.pool,
        "origin": "rendered",
        "licence": "CC-BY-4.0",
        "sha256": hashlib.sha256((media / f"{entry.id}.jpg").read_bytes()).hexdigest(),
        "difficulty": entry.difficulty,
        "alt": entry.alt,
        "source": f"studio recipe {entry.id}, seed {entry.seed}",
    }
    return {**line, "group": entry.group} if entry.group else line


def _write_pool(pictures: PictureSet, pool: str, chosen: dict[str, list[dict[str, Any]]], media: Path) -> None:
    path = gold_path(pictures.dataset, pool)
    path.parent.mkdir(parents=True, exist_ok=True)
    gold = {
        "schema": 1,
        "dataset": pictures.dataset,
        "pool": pool,
        "version": pictures.version,
        "made": pictures.made,
        "agreement": pictures.agreement,
        "items": {item: {"annotations": annotations} for item, annotations in chosen.items()},
    }
    path.write_text(json.dumps(gold, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    # Items of one group have one size and one kind of gold, so each group has its own sheet.
    for group in sorted({pictures.items[item].group for item in chosen}):
        names = [item for item in chosen if pictures.items[item].group == group]
        drawn = [(item, with_gold(media / f"{item}.jpg", chosen[item])) for item in names]
        contact = (
            path.parent if pool == "exam" else media.parent
        ) / f"{'_'.join(filter(None, ('contact', pool, group)))}.jpg"
        sheet(drawn, columns=3 if drawn[0][1].width > 400 else 4, width=min(560, drawn[0][1].width)).save(
            contact, quality=82, progressive=True
        )


def _numbers(pictures: PictureSet, made: dict[str, dict[str, Any]]) -> str:
    """A Markdown table: pictures and annotations a pool, a class and a flag."""
    columns: dict[str, Counter[str]] = {"practice": Counter(), "exam": Counter()}
    labels: set[str] = set()
    flags: set[str] = set()
    for item, one in made.items():
        counts = columns[pictures.items[item].pool]
        counts["pictures"] += 1
        for annotation in one["annotations"]:
            attributes = annotation.get("attributes", {})
            if attributes.get("difficult"):
                counts["difficult (set aside)"] += 1
                continue
            counts["scored annotations"] += 1
            counts[annotation["label"]] += 1
            labels.add(annotation["label"])
            for flag in FLAGS:
                counts[flag] += bool(attributes.get(flag))
                flags |= {flag} if attributes.get(flag) else set()
    names = ["pictures", "scored annotations", *sorted(labels), *sorted(flags), "difficult (set aside)"]
    rows = [f"| {name} | {columns['practice'][name]} | {columns['exam'][name]} |" for name in names]
    return "| | practice | exam |\n|---|---|---|\n" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="name of a file in recipes/, for instance fruit_kitchen")
    publish(parser.parse_args().dataset)
