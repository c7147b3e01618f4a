"""Make or remake pictures and gold: run from the folder ``datasets`` in the studio's own environment.

python -m studio.make fruit_kitchen --item fk-007       one item
python -m studio.make fruit_kitchen --all [--part 1/2]  all that are not made yet, or every second of them
python -m studio.make fruit_kitchen --item fk-007 --gold-only   read the gold again, keep the picture
"""

from __future__ import annotations

import argparse
import importlib
import json
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from PIL import Image

from .recipes import Entry, load_set
from .rendering import RenderSettings, render_png

WORK = Path(__file__).parent / "work"
"""What was made, before publish.py puts it in its place: a JPEG and a JSON file an item. Not committed."""
JPEG_QUALITY = 88


def make_item(entry: Entry, module: ModuleType, *, threads: int = 1, keep_picture: bool = False) -> dict[str, Any]:
    """Render one item (or keep its picture) and read its gold; both land in the work folder.

    `module` makes the scenes of the data set. It has

    - `Recipe`, a frozen dataclass of what stands in an item's table,
    - `make_scene(recipe, settings)`, which returns the scene and whatever its gold is read from,
    - `read_gold(scene, things)`, which returns the annotations as they stand in a gold file. It is called last.
    - perhaps `save_picture(scene, path)`, which writes the PNG where Blender does not render it.
    """
    started = time.process_time()
    recipe, settings = _recipe(entry, module), _settings(entry, threads)
    scene, things = module.make_scene(recipe, settings)
    WORK.mkdir(exist_ok=True)
    if not keep_picture:
        with TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.png"
            getattr(module, "save_picture", render_png)(scene, raw)
            picture = Image.open(raw).convert("RGB")
            picture.save(WORK / f"{entry.id}.jpg", quality=JPEG_QUALITY, progressive=True, optimize=True)
    annotations = module.read_gold(scene, things)
    record = WORK / f"{entry.id}.json"
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


def _recipe(entry: Entry, module: ModuleType) -> Any:
    frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.recipe.items()}
    return module.Recipe(**frozen)


def _settings(entry: Entry, threads: int) -> RenderSettings:
    return RenderSettings(entry.width, entry.height, entry.samples, threads)


def is_made(entry: Entry, module: ModuleType) -> bool:
    """Whether the work folder holds this item, made from this very recipe and these settings."""
    path = WORK / f"{entry.id}.json"
    if not path.exists() or not path.with_suffix(".jpg").exists():
        return False
    made = json.loads(path.read_text(encoding="utf-8"))
    # A field that recipes gained since then counts with its default, threads do not count: the scene is the same.
    before = [asdict(module.Recipe(**made["recipe"])), {**made["settings"], "threads": 1}]
    return json.dumps(before) == json.dumps([asdict(_recipe(entry, module)), asdict(_settings(entry, 1))])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="name of a file in recipes/, for instance fruit_kitchen")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--item", action="append", help="item id; may be given several times")
    which.add_argument("--all", action="store_true")
    parser.add_argument("--part", default="1/1", help="K/N: only every N-th item, from the K-th (to share the work)")
    parser.add_argument("--gold-only", action="store_true", help="keep the picture and read its gold again")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    pictures = load_set(options.dataset)
    module = importlib.import_module(f".{pictures.scene}", __package__)
    if options.item:
        chosen = [pictures.items[name] for name in options.item]
    else:
        part, parts = map(int, options.part.split("/"))
        chosen = [entry for entry in list(pictures.items.values())[part - 1 :: parts] if not is_made(entry, module)]
    for entry in chosen:
        made = make_item(entry, module, threads=options.threads, keep_picture=options.gold_only)
        print(f"{entry.id}: {len(made['annotations'])} annotations, {made['cpu_seconds']} CPU s", flush=True)


if __name__ == "__main__":
    main()
