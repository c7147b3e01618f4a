"""What happens to a printed page: ink that fades, blots, and the scanner. Imports without Blender."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

from .paper_print import Box, Colour, Page, Placed

Corners = tuple[tuple[float, float], ...]

BLOT: Colour = (30, 32, 58)
LID: Colour = (206, 208, 210)
"""The inside of the scanner's lid, round the page."""
NOISE = 2.0
"""Standard deviation of the scanner's noise, of 255."""


def blotted(page: Page, texts: Sequence[str], seed: int) -> Page:
    """The page with a blot of ink over each word of `texts`, which cannot be read any more.

    Raises:
        ValueError: The page has no such word, or a blot would reach another word.
    """
    rng = np.random.default_rng(seed)
    spots = np.zeros_like(page.inks[0][0])
    words = list(page.words)
    for text in texts:
        index = [placed.word.text for placed in words].index(text)
        blot = _blot(page.size, words[index].box, rng)
        if any(_touches(blot, other.box) for other in words if other is not words[index]):
            raise ValueError(f"the blot over {text!r} reaches another word")
        spots = np.maximum(spots, blot)
        words[index] = replace(words[index], hidden=True)
    return replace(page, inks=(*page.inks, (spots, BLOT)), words=tuple(words))


def _blot(size: tuple[int, int], box: Box, rng: np.random.Generator) -> np.ndarray:
    x1, y1, x2, y2 = box
    plate = Image.new("L", size, 0)
    draw = ImageDraw.Draw(plate)
    high = y2 - y1
    for x in np.arange(x1 + 0.2 * high, x2 - 0.1 * high, 0.25 * high):
        radius = rng.uniform(0.42, 0.62) * high
        y = (y1 + y2) / 2 + rng.uniform(-0.1, 0.1) * high
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(plate.filter(ImageFilter.GaussianBlur(1.2)), dtype=np.float32) / 255


def _touches(blot: np.ndarray, box: Box) -> bool:
    x1, y1, x2, y2 = (round(side) for side in box)
    return bool((blot[y1:y2, x1:x2] > 0.1).any())


def developed(page: Page, seed: int) -> np.ndarray:
    """The page as a picture (height, width, 3), 0 to 255: ink on paper, faded as its kind of printer does it."""
    rng = np.random.default_rng(seed)
    width, height = page.size
    fade = _fade(width, height, page.faded, rng)
    fibres = ndimage.gaussian_filter(rng.normal(size=(height, width)), 1.1)
    picture = np.array(page.sheet, dtype=np.float32) + 5.0 * fibres[..., None]
    for coverage, colour in page.inks:
        kept = coverage if colour == BLOT else coverage * fade
        picture += kept[..., None] * (np.array(colour, dtype=np.float32) - picture)
    return np.clip(picture, 0, 255)


def _fade(width: int, height: int, amount: float, rng: np.random.Generator) -> np.ndarray:
    """How much of the ink is there (height, width): bands across the page, one paler side, pinholes."""
    bands = ndimage.gaussian_filter1d(rng.normal(size=height), 5)
    bands = (bands - bands.min()) / np.ptp(bands)
    side = np.linspace(0, 1, width) if rng.random() < 0.5 else np.linspace(1, 0, width)
    loss = amount * (0.55 * bands[:, None] + 0.45 * side[None, :] ** 2)
    holes = ndimage.gaussian_filter(rng.normal(size=(height, width)), 0.8)
    return (1 - loss) * (1 - 0.6 * amount * (holes > 0.55))


def scanned(
    page: Page, size: tuple[int, int], skew: float, seed: int
) -> tuple[Image.Image, list[tuple[Placed, Corners]]]:
    """The page on a scanner's glass, `skew` degrees clockwise, and its words with their corners in the scan.

    Raises:
        ValueError: The page does not fit.
    """
    rng = np.random.default_rng(seed + 1)
    width, height = page.size
    if width > size[0] or height > size[1]:
        raise ValueError(f"the page of {width} x {height} does not fit on the glass")
    # Never quite in the middle.
    centre = np.array(size) / 2 + rng.uniform(-0.3, 0.3, 2) * (np.array(size) - page.size)
    angle = math.radians(skew)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    middle = np.array([width, height]) / 2
    back = turn.T
    shift = middle - back @ centre
    table = (*back[0], shift[0], *back[1], shift[1])
    whole = Image.fromarray(developed(page, seed).astype(np.uint8))
    sheet = whole.transform(size, Image.Transform.AFFINE, table, Image.Resampling.BICUBIC)
    cover = Image.new("L", page.size, 255).transform(size, Image.Transform.AFFINE, table, Image.Resampling.BICUBIC)
    shade = cover.filter(ImageFilter.GaussianBlur(7))
    shadow = Image.new("RGB", size, (LID[0] - 40, LID[1] - 40, LID[2] - 40))
    glass = Image.composite(shadow, Image.new("RGB", size, LID), shade)
    picture = np.asarray(Image.composite(sheet, glass, cover).filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
    picture = picture + rng.normal(scale=NOISE, size=picture.shape[:2])[..., None]
    words = [(placed, _moved(placed.box, turn, middle, centre)) for placed in page.words]
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)), words


def _moved(box: Box, turn: np.ndarray, middle: np.ndarray, centre: np.ndarray) -> Corners:
    x1, y1, x2, y2 = box
    corners = np.array([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])
    return tuple((float(x), float(y)) for x, y in (corners - middle) @ turn.T + centre)
