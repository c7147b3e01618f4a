"""Contact sheets: pictures with their gold drawn on, to be looked at by a person. Imports without Blender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

COLOURS = {
    "apple": "#D55E00",
    "banana": "#F0E442",
    "lemon": "#009E73",
    "orange": "#0072B2",
    "pear": "#CC79A7",
}


def with_gold(picture: Path, annotations: Sequence[Mapping[str, Any]]) -> Image.Image:
    """The picture with its boxes; difficult ones are thin and grey."""
    image = Image.open(picture).convert("RGB")
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=15)
    for one in annotations:
        difficult = one["attributes"]["difficult"]
        colour = "#BBBBBB" if difficult else COLOURS.get(one["label"], "#FFFFFF")
        x1, y1, x2, y2 = one["xyxy"]
        # A box ends on the pixel before its continuous edge.
        draw.rectangle((x1, y1, x2 - 1, y2 - 1), outline=colour, width=1 if difficult else 3)
        flags = "".join(name[0] for name in ("truncated", "occluded", "difficult") if one["attributes"][name])
        text = f"{one['label']} {one['attributes']['visibility']:.2f}{' ' + flags if flags else ''}"
        draw.text((x1 + 4, y1 + 2), text, fill=colour, font=font, stroke_width=2, stroke_fill="#000000")
    return image


def sheet(pictures: Sequence[tuple[str, Image.Image]], columns: int, width: int) -> Image.Image:
    """Pictures in a grid, each `width` pixels wide, with its name below."""
    height = round(width * 2 / 3)
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * (width + 8) + 8, rows * (height + 28) + 8), "#202020")
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=16)
    for number, (name, image) in enumerate(pictures):
        x = 8 + number % columns * (width + 8)
        y = 8 + number // columns * (height + 28)
        page.paste(image.resize((width, height), Image.Resampling.LANCZOS), (x, y))
        draw.text((x + 2, y + height + 3), name, fill="#EEEEEE", font=font)
    return page
