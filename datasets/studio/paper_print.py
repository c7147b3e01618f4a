"""Papers as they leave the printer: lines of words laid out and drawn, with the exact extent of each word's ink.

Imports without Blender. Lengths are pixels of the page at `scale` 1; fonts are free ones of Debian's packages, see
requirements.txt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .paper_text import CENTRED, HEADLINE, HUGE, PLAIN, RULE, Line, Word

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]

FONTS = Path("/usr/share/fonts")
INK_FROM = 80
"""Of 255: a pixel that the ink covers less than that does not count to the extent of a word."""
GREY: Colour = (96, 98, 104)


@dataclass(frozen=True)
class Paper:
    """How one kind of paper looks: fonts of headlines, of captions and of entries; sizes and colours.

    `faded` is how much ink a thermal printer leaves out, 0 to 1; `ruled` draws a line under each entry of a form.
    """

    width: int
    margin: int
    pitch: int
    head: str
    caption: str
    entry: str
    size: int
    ink: Colour
    entry_ink: Colour
    sheet: Colour = (250, 249, 246)
    faded: float = 0.0
    ruled: bool = False


INCONSOLATA = "truetype/inconsolata/Inconsolata.otf"
LIBERATION = "truetype/liberation/Liberation{}.ttf"
PRIME = "opentype/courier-prime/Courier Prime{}.otf"
BLACK, BLUE, VIOLET = (28, 28, 32), (24, 36, 92), (52, 34, 66)

PAPERS: dict[str, Paper] = {
    "thermal": Paper(
        640, 36, 66, INCONSOLATA, INCONSOLATA, INCONSOLATA, 43, (44, 42, 54), (44, 42, 54), (247, 248, 250), 0.34
    ),
    "till": Paper(
        680, 40, 64, LIBERATION.format("Mono-Bold"), LIBERATION.format("Mono-Regular"),
        LIBERATION.format("Mono-Regular"), 35, VIOLET, VIOLET, (252, 250, 244), 0.20,
    ),
    "ticket": Paper(
        720, 48, 74, LIBERATION.format("Serif-Bold"), LIBERATION.format("SansNarrow-Regular"),
        LIBERATION.format("SansNarrow-Bold"), 43, BLACK, BLACK, (252, 236, 176), 0.08,
    ),
    "form": Paper(
        780, 56, 78, LIBERATION.format("Serif-Bold"), LIBERATION.format("Sans-Regular"), PRIME.format(" Bold"), 37,
        GREY, BLUE, (251, 251, 249), 0.0, True,
    ),
    "typed": Paper(
        780, 60, 70, PRIME.format(" Bold"), PRIME.format(""), PRIME.format(""), 39, BLACK, BLACK, (249, 246, 238), 0.12
    ),
}  # fmt: skip
TINTS: dict[str, Colour] = {
    "": (250, 249, 246),
    "yellow": (252, 236, 176),
    "blue": (204, 226, 240),
    "pink": (248, 214, 216),
    "green": (212, 234, 206),
}
HEAD_GROWTH, HUGE_GROWTH = 1.3, 3.0
MIDDLE = 0.36
"""Where the second column of a form starts, of the width between the margins."""


@dataclass(frozen=True)
class Placed:
    """A word on the page: the extent of its ink, xyxy, continuous; `hidden` when a blot covers it."""

    word: Word
    box: Box
    hidden: bool = False


@dataclass(frozen=True)
class Page:
    """A printed page: coverage of each ink (height, width, 0 to 1) with its colour, the sheet, and the words."""

    inks: tuple[tuple[np.ndarray, Colour], ...]
    sheet: Colour
    faded: float
    words: tuple[Placed, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        height, width = self.inks[0][0].shape
        return width, height


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / path), size)


class _Printer:
    """Draws words on two plates, the form's ink and the entries' ink, and remembers where their ink lies."""

    def __init__(self, paper: Paper, size: tuple[int, int], scale: float) -> None:
        self.paper, self.scale = paper, scale
        self.plates = [Image.new("L", size, 0), Image.new("L", size, 0)]
        self.placed: list[Placed] = []

    def run(
        self, words: tuple[Word, ...], x: float, baseline: float, font: ImageFont.FreeTypeFont | None, filled: bool
    ) -> None:
        """Print words from `x` on; without a `font`, each in that of its part. `filled`: all were filled in."""
        for word in words:
            own = font or self.font_of(word, filled)
            left, base = round(x), round(baseline)
            plate = self.plates[int(font is None and self.is_entry(word, filled))]
            ImageDraw.Draw(plate).text((left, base), word.text, fill=255, font=own, anchor="ls")
            self.placed.append(Placed(word, _ink(word.text, own, left, base)))
            x += own.getlength(word.text) + self.space(own)

    def length(self, words: tuple[Word, ...], font: ImageFont.FreeTypeFont | None, filled: bool = False) -> float:
        """How wide words are with the spaces between them."""
        fonts = [font or self.font_of(word, filled) for word in words]
        widths = [own.getlength(word.text) for own, word in zip(fonts, words, strict=True)]
        return sum(widths) + sum(self.space(own) for own in fonts[:-1])

    def is_entry(self, word: Word, filled: bool) -> bool:
        """Whether it was filled in, and is no caption of the form."""
        return filled or word.field not in ("other", "issuer")

    def font_of(self, word: Word, filled: bool) -> ImageFont.FreeTypeFont:
        """The usual font of a word in a plain line."""
        return _font(self.paper.entry if self.is_entry(word, filled) else self.paper.caption, self.sized(1.0))

    def sized(self, growth: float) -> int:
        """A font size in pixels."""
        return round(self.paper.size * growth * self.scale)

    @staticmethod
    def space(font: ImageFont.FreeTypeFont) -> float:
        """The gap between two words; never so small that two words look like one."""
        return max(font.getlength(" "), 0.42 * font.size)


def _ink(text: str, font: ImageFont.FreeTypeFont, left: int, base: int) -> Box:
    """The extent of the ink of a text whose baseline starts at (left, base)."""
    pad = font.size
    plate = Image.new("L", (round(font.getlength(text)) + 2 * pad, 3 * pad), 0)
    ImageDraw.Draw(plate).text((pad, 2 * pad), text, fill=255, font=font, anchor="ls")
    inked = np.asarray(plate) >= INK_FROM
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    x, y = left - pad, base - 2 * pad
    return float(x + columns[0]), float(y + rows[0]), float(x + columns[-1] + 1), float(y + rows[-1] + 1)


def print_page(lines: tuple[Line, ...], paper: Paper, tint: str, scale: float) -> Page:
    """Lay the lines out and print them, `scale` pixels for one of the usual size.

    Raises:
        ValueError: A line is too long for the paper.
    """
    heights = [_height(line, paper) for line in lines]
    size = round(paper.width * scale), round((sum(heights) + 2.0 * paper.margin) * scale)
    printer = _Printer(paper, size, scale)
    y = float(paper.margin)
    for line, height in zip(lines, heights, strict=True):
        _print_line(printer, line, (y + 0.72 * height) * scale)
        y += height
    inks = [np.asarray(plate, dtype=np.float32) / 255 for plate in printer.plates]
    colours = (paper.ink, paper.entry_ink)
    sheet = TINTS[tint] if tint else paper.sheet
    return Page(tuple(zip(inks, colours, strict=True)), sheet, paper.faded, tuple(printer.placed))


def _height(line: Line, paper: Paper) -> float:
    if line.style == RULE:
        return 0.55 * paper.pitch
    if not line.words:
        return 0.5 * paper.pitch
    return {HEADLINE: 1.35, HUGE: 2.4}.get(line.style, 1.0) * paper.pitch


def _print_line(printer: _Printer, line: Line, baseline: float) -> None:
    paper, scale = printer.paper, printer.scale
    left, right = paper.margin * scale, (paper.width - paper.margin) * scale
    if line.style == RULE:
        _rule(printer, left, right, baseline)
        return
    if line.style in (HEADLINE, HUGE, CENTRED):
        font = None
        if line.style != CENTRED:
            growth = HEAD_GROWTH if line.style == HEADLINE else HUGE_GROWTH
            font = _font(paper.head, printer.sized(growth))
            # A long headline is set smaller.
            while printer.length(line.words, font) > right - left:
                growth *= 0.97
                font = _font(paper.head, printer.sized(growth))
        printer.run(line.words, (left + right - printer.length(line.words, font)) / 2, baseline, font, False)
        return
    middle = left + MIDDLE * (right - left)
    starts = ((line.left, left), (line.middle, middle), (line.right, right - printer.length(line.right, None)))
    end = left
    for words, x in starts:
        if words and x < end:
            raise ValueError(f"too long a line: {' '.join(word.text for word in line.words)!r}")
        # The second column of a form is what somebody filled in.
        filled = words is line.middle
        printer.run(words, x, baseline, None, filled)
        end = x + printer.length(words, None, filled) + 0.4 * paper.size * scale
    if end > right + 0.5 * paper.size * scale:
        raise ValueError(f"too long a line: {' '.join(word.text for word in line.words)!r}")
    if paper.ruled and line.style == PLAIN and line.middle:
        under = round(baseline + 0.36 * paper.size * scale)
        ImageDraw.Draw(printer.plates[0]).line((middle, under, right, under), fill=120, width=max(1, round(scale)))


def _rule(printer: _Printer, left: float, right: float, y: float) -> None:
    draw = ImageDraw.Draw(printer.plates[0])
    dash, width = 12 * printer.scale, max(2, round(2 * printer.scale))
    x, y = left, y - 0.2 * printer.paper.pitch * printer.scale
    while x < right:
        draw.line((x, y, min(right, x + dash), y), fill=200, width=width)
        x += 1.7 * dash
