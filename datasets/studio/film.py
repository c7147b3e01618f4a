"""Make the frames of a clip and read its tracks: run from the folder ``datasets`` in the studio's own environment.

python -m studio.film street_clips --clip sc-001             every frame that is not made yet, then the tracks
python -m studio.film street_clips --clip sc-001 --look 10   every tenth frame, quarter size, to try a script out
python -m studio.film street_clips --all [--part 1/2]        all clips, or every second of them
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from .clips import Recipe, Stage
from .gold import LEAST_PIXELS, visible_box, without_specks
from .idpass import instance_ids, solo_areas
from .make import WORK
from .movers import moments
from .recipes import Entry, load_set
from .rendering import RenderSettings, render_png

QUALITY = 82
"""Of the JPEG frames: a clip of 60 takes about 2 MB."""


def shoot(entry: Entry, *, every: int = 1, scale: float = 1.0, samples: int = 0, folder: Path) -> None:
    """Render the frames that are missing in ``folder``: 000.jpg, 001.jpg ..."""
    recipe = Recipe(**entry.recipe)
    size = round(entry.width * scale), round(entry.height * scale)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [n for n in range(0, recipe.frames, every) if not (folder / f"{n:03d}.jpg").exists()]
    if not wanted:
        return
    stage = Stage(recipe, RenderSettings(*size, samples or entry.samples, 1))
    stage.scene.render.use_persistent_data = True
    for number in wanted:
        stage.at(moments(recipe.frames, recipe.fps)[number])
        with TemporaryDirectory() as scratch:
            raw = Path(scratch) / "raw.png"
            seconds = render_png(stage.scene, raw)
            Image.open(raw).convert("RGB").save(folder / f"{number:03d}.jpg", quality=QUALITY, optimize=True)
        print(f"{entry.id} {number:03d}: {seconds:.1f} CPU s", flush=True)


def tracks(entry: Entry, *, every: int = 1) -> dict[str, Any]:
    """Where every mover is in every frame, exactly: the box round its visible pixels, and how much of it is seen.

    Returns:
        A record with one list of states a mover; a state is ``frame``, ``xyxy`` (pixels, None where nothing is seen),
        ``seen``, ``whole`` and ``inside`` (pixels: visible; in all, and inside the picture, if nothing hid it),
        ``speed`` (metres a second) and ``doing``.
    """
    recipe = Recipe(**entry.recipe)
    stage = Stage(recipe, RenderSettings(entry.width, entry.height, 1, 1))
    states: list[list[dict[str, Any]]] = [[] for _ in stage.cast]
    times = moments(recipe.frames, recipe.fps)
    for number in range(0, recipe.frames, every):
        groups = stage.at(times[number])
        flat = [thing for group in groups for thing in group]
        owner = [n for n, group in enumerate(groups) for _ in group]
        ids, solo = instance_ids(stage.scene, flat), solo_areas(stage.scene, flat)
        for n, mover in enumerate(stage.cast):
            own = [k for k, of in enumerate(owner) if of == n]
            mask = without_specks(sum((ids == k + 1) for k in own) > 0)
            seen = int(mask.sum())
            states[n].append(
                {
                    "frame": number,
                    "xyxy": visible_box(mask) if seen >= LEAST_PIXELS else None,
                    "seen": seen,
                    # The parts of a bicycle hide a little of each other: their sum is a little too much.
                    "whole": sum(solo[k][0] for k in own),
                    "inside": sum(solo[k][1] for k in own),
                    "speed": round(mover.speed(times[number]), 2),
                    "doing": mover.doing(times[number]) if mover.kind == "person" else "",
                }
            )
    return {
        "recipe": asdict(recipe),
        "size": [entry.width, entry.height],
        "tracks": [
            {"id": mover.name, "label": mover.kind, "states": one}
            for mover, one in zip(stage.cast, states, strict=True)
        ],
    }


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="name of a file in recipes/")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--clip", action="append", help="clip id; may be given several times")
    which.add_argument("--all", action="store_true")
    parser.add_argument("--part", default="1/1", help="K/N: only every N-th clip, from the K-th")
    parser.add_argument("--look", type=int, default=0, help="try out: only every N-th frame, small and coarse")
    options = parser.parse_args()
    clips = load_set(options.dataset).items
    part, parts = map(int, options.part.split("/"))
    chosen = [clips[name] for name in options.clip] if options.clip else list(clips.values())[part - 1 :: parts]
    for entry in chosen:
        if options.look:
            shoot(entry, every=options.look, scale=0.5, samples=1, folder=WORK / "look" / entry.id)
            continue
        shoot(entry, folder=WORK / entry.id)
        record = WORK / f"{entry.id}.json"
        if not record.exists():
            started = time.process_time()
            record.write_text(json.dumps(tracks(entry), indent=1), encoding="utf-8")
            print(f"{entry.id}: tracks in {time.process_time() - started:.0f} CPU s", flush=True)


if __name__ == "__main__":
    main()
