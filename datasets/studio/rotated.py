"""Gold of rotated boxes from the exact outlines of a data set: the smallest rotated rectangle round each.

    python -m studio.rotated wooden-animals        (in the course's own environment, run from `datasets/`)

The outlines are gold already, so nothing is rendered. Written beside the practice gold as `practice_rotated.json`.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import msgspec
from shapely import MultiPoint, minimum_rotated_rectangle

from goldlabel.annotations import Gold, ItemGold, Polygon, RotatedBox, decode_gold, encode, only

ROOT = Path(__file__).resolve().parents[2]


def rotated_box(outline: Polygon) -> RotatedBox:
    """The smallest rotated rectangle round `outline`, its width the longer side, turned by -90 to 90 degrees."""
    points = [point for ring in outline.rings for point in ring]
    corners = list(minimum_rotated_rectangle(MultiPoint(points)).exterior.coords)[:4]
    first, second = math.dist(corners[0], corners[1]), math.dist(corners[1], corners[2])
    start, end = (corners[0], corners[1]) if first >= second else (corners[1], corners[2])
    degrees = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
    # Half a turn gives the same box; the y axis points down, so this angle is clockwise on the screen.
    degrees = (degrees + 90) % 180 - 90
    return RotatedBox(
        outline.id,
        outline.label,
        center=(round(sum(x for x, _ in corners) / 4, 2), round(sum(y for _, y in corners) / 4, 2)),
        size=(round(max(first, second), 2), round(min(first, second), 2)),
        rotation=round(degrees, 2),
        attributes=outline.attributes,
    )


def convert(gold: Gold) -> Gold:
    """The same gold with rotated boxes in place of outlines."""
    items = {
        name: ItemGold(tuple(rotated_box(one) for one in only(item.annotations, Polygon)))
        for name, item in gold.items.items()
    }
    made = "The smallest rotated rectangle round the exact outline (see the gold of the outlines)."
    return msgspec.structs.replace(gold, items=items, made=made)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", help="folder under datasets/, for instance wooden-animals")
    folder = ROOT / "datasets" / parser.parse_args().dataset / "gold"
    source = folder / "practice.json"
    gold = convert(decode_gold(source.read_bytes(), where=str(source)))
    (folder / "practice_rotated.json").write_bytes(encode(gold))
    print(f"{sum(len(item.annotations) for item in gold.items.values())} boxes in {folder / 'practice_rotated.json'}")


if __name__ == "__main__":
    main()
