"""A second, independent reading of a set of word boxes: Tesseract reads each word from its corners alone.

    ../.venv/bin/python -m studio.second_reading paperwork

Run from ``datasets`` in the course's own environment, on a computer that has the program tesseract with its English
data. It proves that each box holds the word that gold says, not that a person would find it. Words that are set aside
are left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image

from goldlabel.annotations import WordBox, decode_gold, only
from goldlabel.data import load_items, media_path
from goldlabel.metrics.reading import edit_distance

from .publish import gold_path

AIR = 0.30
"""Paper left round a word, of its height."""
HIGH = 64
"""Pixels that a word is made high before it is read."""


def flat(picture: Image.Image, word: WordBox) -> Image.Image:
    """The word turned upright and stretched to a rectangle, in grey, with white paper round it."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = word.corners
    wide = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    high = ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5
    size = max(1, round(wide / high * HIGH)), HIGH
    quad = (ax, ay, dx, dy, cx, cy, bx, by)
    cut = picture.convert("L").transform(size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)
    air = round(AIR * HIGH)
    page = Image.new("L", (size[0] + 2 * air, size[1] + 2 * air), cut.getextrema()[1])
    page.paste(cut, (air, air))
    return page


def read(word: Image.Image) -> str:
    """What Tesseract reads, taken as one word."""
    raw = BytesIO()
    word.save(raw, "PNG")
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "--psm", "8", "-l", "eng"],
        input=raw.getvalue(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return "".join(done.stdout.decode("utf-8").split())


def main() -> None:
    """Print what was read otherwise, then the agreement a pool and a group."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset")
    name = parser.parse_args().dataset
    items = load_items(name)
    for pool, group in sorted({(item.pool, item.group) for item in items}):
        path = Path(gold_path(name, pool))
        gold = decode_gold(path.read_bytes(), where=str(path))
        words = same = characters = wrong = 0
        for item in (one for one in items if (one.pool, one.group) == (pool, group)):
            picture = Image.open(media_path(name, item))
            for word in only(gold.of(item.id).scored, WordBox):
                seen = read(flat(picture, word))
                words, same = words + 1, same + (seen == word.text)
                characters, wrong = characters + len(word.text), wrong + edit_distance(word.text, seen)
                if seen != word.text:
                    print(f"{item.id} {word.id}: {word.text!r} was read as {seen!r}", flush=True)
        print(f"{pool}, {group}: {same} of {words} words alike; {wrong} of {characters} characters differ", flush=True)


if __name__ == "__main__":
    main()
