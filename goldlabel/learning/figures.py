"""What every figure of a lesson is made of: drawings, plots as pictures, rows of small pictures, tables."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

__all__ = ["BLUE", "GREEN", "GREY", "ORANGE", "VERMILION", "Picture", "pixels_uri", "plot_html", "sheet", "table_html"]

BLUE, GREEN, ORANGE, VERMILION, GREY = "#0072B2", "#009E73", "#E69F00", "#D55E00", "#777777"
"""Okabe and Ito's palette, told apart by colour-blind people too."""


class Picture(msgspec.Struct, frozen=True):
    """Something drawn, shown by a notebook as HTML.

    Attributes:
        html: The drawing.
        text: What it shows, for terminals.
    """

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def plot_html(figure: Figure, alt: str) -> str:
    """A plot as a picture: a Figure made without pyplot is shown by no notebook on its own."""
    page = io.BytesIO()
    figure.savefig(page, format="png", dpi=160)
    data = base64.b64encode(page.getvalue()).decode()
    style = "width:100%;max-width:800px;border-radius:6px"
    return f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}" style="{style}">'


def pixels_uri(pixels: ArrayLike, *, size: int) -> str:
    """A small picture, blown up, as a ``data:`` address.

    Args:
        pixels: Shape ``(H, W)`` (0 to 1, 1 is white) or ``(H, W, 3)`` (0 to 255).
        size: Width of the result in pixels; the height follows.
    """
    import numpy as np
    from PIL import Image

    values = np.asarray(pixels)
    if values.ndim == 2:
        values = np.clip(255 * values, 0, 255)
    picture = Image.fromarray(values.astype(np.uint8))
    picture = picture.resize((size, round(size * picture.height / picture.width)), Image.Resampling.BICUBIC)
    page = io.BytesIO()
    picture.save(page, format="png")
    return f"data:image/png;base64,{base64.b64encode(page.getvalue()).decode()}"


def sheet(pictures: Sequence[str], captions: Sequence[str], alts: Sequence[str], *, size: int = 72) -> str:
    """Small pictures side by side, each with a caption under it.

    Args:
        pictures: Addresses.
        captions: HTML; escape what is not yours.
        alts: What each picture shows, for screen readers.
        size: Width of one in pixels.
    """
    cards = "".join(
        f'<figure style="margin:0;width:{size + 12}px;text-align:center;font-size:13px">'
        f'<img src="{picture}" alt="{escape(alt)}" width="{size}" style="border-radius:4px">'
        f'<figcaption style="line-height:1.35">{caption}</figcaption></figure>'
        for picture, caption, alt in zip(pictures, captions, alts, strict=True)
    )
    # Ten in a row, fewer where the page is narrow.
    style = f"display:flex;flex-wrap:wrap;gap:8px 6px;margin:8px 0;max-width:{10 * (size + 18)}px"
    return f'<div style="{style}">{cards}</div>'


def table_html(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table of text; everything is escaped. Columns after the first are set flush right."""
    cell = "padding:4px 18px 4px 0;vertical-align:top;border:0"
    align = ["left", *["right"] * (len(heads) - 1)]
    head = "".join(
        f'<th scope="col" style="{cell};text-align:{side};font-weight:600">{escape(text)}</th>'
        for text, side in zip(heads, align, strict=True)
    )
    body = "".join(
        '<tr style="background:none">'
        + "".join(
            f'<td style="{cell};text-align:{side}">{escape(text)}</td>' for text, side in zip(row, align, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse;margin:6px 0;font-size:14px">'
        f'<thead><tr style="border-bottom:1px solid currentColor">{head}</tr></thead><tbody>{body}</tbody></table>'
    )
