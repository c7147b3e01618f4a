"""Make or remake pictures and gold: run from the folder ``datasets`` in the studio's own environment.

python -m studio.make fruit_kitchen --item fk-007       one item
python -m studio.make fruit_kitchen --all [--part 1/2]  all that are not made yet, or every second of them
python -m studio.make fruit_kitchen --item fk-007 --gold-only   read the gold again, keep the picture
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from .gold import box_annotations
from .idpass import instance_ids, solo_areas
from .kitchen import make_kitchen
from .recipes import Recipe, load_recipes
from .rendering import RenderSettings, render_png

WORK = Path(__file__).parent / "work"
"""What was made, before publish.py puts it in its place: a JPEG and a JSON file an item. Not committed."""
JPEG_QUALITY = 88


def make_item(recipe: Recipe, settings: RenderSettings, keep_picture: bool = False) -> dict[str, object]:
    """Render one item (or keep its picture) and read its gold; both land in the work folder."""
    started = time.process_time()
    scene, fruit = make_kitchen(recipe, settings)
    WORK.mkdir(exist_ok=True)
    if not keep_picture:
        with TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.png"
            render_png(scene, raw)
            picture = Image.open(raw).convert("RGB")
            picture.save(WORK / f"{recipe.id}.jpg", quality=JPEG_QUALITY, progressive=True, optimize=True)
    ids = instance_ids(scene, fruit)
    annotations = box_annotations(ids, [thing["label"] for thing in fruit], solo_areas(scene, fruit))
    record = WORK / f"{recipe.id}.json"
    seconds = round(time.process_time() - started, 1)
    if keep_picture and record.exists():
        seconds = json.loads(record.read_text(encoding="utf-8"))["cpu_seconds"]
    made = {
        "recipe": asdict(recipe),
        "settings": asdict(settings),
        "annotations": annotations,
        "cpu_seconds": seconds,
    }
    record.write_text(json.dumps(made, indent=1), encoding="utf-8")
    return made


def is_made(recipe: Recipe, settings: RenderSettings) -> bool:
    """Whether the work folder holds this item, made from this very recipe and these settings."""
    path = WORK / f"{recipe.id}.json"
    if not path.exists() or not path.with_suffix(".jpg").exists():
        return False
    made = json.loads(path.read_text(encoding="utf-8"))
    # A field that recipes gained since then counts with its default: the scene is the same.
    before = [asdict(Recipe(**made["recipe"])), asdict(RenderSettings(**made["settings"]))]
    return json.dumps(before) == json.dumps([asdict(recipe), asdict(settings)])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="name of a file in recipes/, for instance fruit_kitchen")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--item", action="append", help="item id; may be given several times")
    which.add_argument("--all", action="store_true")
    parser.add_argument("--part", default="1/1", help="K/N: only every N-th item, from the K-th (to share the work)")
    parser.add_argument("--gold-only", action="store_true", help="keep the picture and read its gold again")
    parser.add_argument("--samples", type=int, default=RenderSettings.samples)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    recipes = load_recipes(options.dataset)
    settings = RenderSettings(samples=options.samples, threads=options.threads)
    if options.item:
        chosen = [recipes[name] for name in options.item]
    else:
        part, parts = map(int, options.part.split("/"))
        chosen = [recipe for recipe in list(recipes.values())[part - 1 :: parts] if not is_made(recipe, settings)]
    for recipe in chosen:
        made = make_item(recipe, settings, keep_picture=options.gold_only)
        print(f"{recipe.id}: {len(made['annotations'])} boxes, {made['cpu_seconds']} CPU s", flush=True)


if __name__ == "__main__":
    main()
