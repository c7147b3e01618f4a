"""Contact sheets: pictures with their gold drawn on, to be looked at by a person. Imports without Blender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from .paper_text import FIELDS

COLOURS = ("#D55E00", "#F0E442", "#009E73", "#56B4E9", "#CC79A7", "#E69F00", "#0072B2", "#FFFFFF")
ASIDE = "#BBBBBB"
INKS = dict(
    zip(FIELDS, ("#B34700", "#8A5A00", "#00704F", "#004C80", "#A0407A", "#3B3BC4", "#6A1B9A", "#505050"), strict=True)
)
"""Of the fields of a paper."""
VISIBLE, HIDDEN = 2, 1
SIDES = {"left": "#009E73", "right": "#E69F00"}


def with_gold(picture: Path, annotations: Sequence[Mapping[str, Any]]) -> Image.Image:
    """The picture with its gold of any type; what is `difficult` is thin and grey."""
    image = Image.open(picture).convert("RGB")
    draw = ImageDraw.Draw(image)
    labels = sorted({one["label"] for one in annotations})
    for one in annotations:
        difficult = one.get("attributes", {}).get("difficult", False)
        colour = ASIDE if difficult else COLOURS[labels.index(one["label"]) % len(COLOURS)]
        _DRAWERS[one["type"]](draw, one, colour, 1 if difficult else 3)
    return image


def _text(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> None:
    font = ImageFont.load_default(size=15)
    draw.text(at, text, fill=colour, font=font, stroke_width=2, stroke_fill="#000000")


def _caption(one: Mapping[str, Any]) -> str:
    attributes = one.get("attributes", {})
    flags = "".join(name[0] for name in ("truncated", "occluded", "difficult", "crowd") if attributes.get(name))
    visibility = f"{attributes['visibility']:.2f}" if "visibility" in attributes else ""
    return " ".join(filter(None, (one["label"], visibility, flags)))


def _draw_box(draw: ImageDraw.ImageDraw, one: Mapping[str, Any], colour: str, width: int) -> None:
    x1, y1, x2, y2 = one["xyxy"]
    # A box ends on the pixel before its continuous edge.
    draw.rectangle((x1, y1, x2 - 1, y2 - 1), outline=colour, width=width)
    _text(draw, (x1 + 4, y1 + 2), _caption(one), colour)


def _draw_polygon(draw: ImageDraw.ImageDraw, one: Mapping[str, Any], colour: str, width: int) -> None:
    for ring in one["rings"]:
        draw.line([*map(tuple, ring), tuple(ring[0])], fill=colour, width=min(width, 2))
    _text(draw, tuple(one["rings"][0][0]), _caption(one), colour)


def _draw_keypoints(draw: ImageDraw.ImageDraw, one: Mapping[str, Any], colour: str, width: int) -> None:
    """Visible points as discs, hidden ones as rings; the figure's left and right differ, so that a swap is seen."""
    for name, (x, y, visibility) in one["points"].items():
        if visibility not in (VISIBLE, HIDDEN):
            continue
        side = name.partition("_")[0]
        shade = colour if colour == ASIDE else SIDES.get(side, colour)
        draw.ellipse((x - 6, y - 6, x + 6, y + 6), outline="#000000")
        disc = (x - 5, y - 5, x + 5, y + 5)
        draw.ellipse(disc, outline=shade, width=min(width, 2), fill=shade if visibility == VISIBLE else None)


def _draw_mask(draw: ImageDraw.ImageDraw, one: Mapping[str, Any], colour: str, _width: int) -> None:
    from goldlabel.metrics.masks import decode_rle

    mask = decode_rle(one["counts"], tuple(one["size"]))
    edge = mask & ~ndimage.binary_erosion(mask)
    draw.point([(int(x), int(y)) for y, x in np.argwhere(edge)], fill=colour)
    y, x = np.argwhere(mask)[0]
    _text(draw, (float(x), float(y)), _caption(one), colour)


def _draw_word_box(draw: ImageDraw.ImageDraw, one: Mapping[str, Any], colour: str, _width: int) -> None:
    """The corners with the text above the first one, in a colour that shows on paper and is the same on every page."""
    corners = [tuple(corner) for corner in one["corners"]]
    shade = "#FF0000" if colour == ASIDE else INKS.get(one["label"], "#000000")
    draw.line([*corners, corners[0]], fill=shade, width=2)
    draw.text((corners[0][0], corners[0][1] - 3), one["text"], fill=shade, font=ImageFont.load_default(18), anchor="ls")


def _draw_choice(draw: ImageDraw.ImageDraw, one: Mapping[str, Any], colour: str, _width: int) -> None:
    _text(draw, (4, 4), _caption(one), colour)


_DRAWERS = {
    "box": _draw_box,
    "polygon": _draw_polygon,
    "keypoints": _draw_keypoints,
    "mask": _draw_mask,
    "choice": _draw_choice,
    "word_box": _draw_word_box,
}


def sheet(pictures: Sequence[tuple[str, Image.Image]], columns: int, width: int) -> Image.Image:
    """Pictures in a grid, each `width` pixels wide, with its name below."""
    height = round(width * pictures[0][1].height / pictures[0][1].width)
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
