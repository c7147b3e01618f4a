"""Pictures for the browser: the file as it is, or made smaller when it is wider than a screen."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec

from goldlabel.annotations import Item
from goldlabel.data import media_path
from goldlabel.errors import DataError

__all__ = ["MAX_WIDTH", "Picture", "load_picture"]

MAX_WIDTH = 1600
"""Pixels. A wider picture costs 200 to 300 ms through the kernel and shows no more on a screen."""


class Picture(msgspec.Struct, frozen=True):
    """A picture ready to send.

    Attributes:
        data: The encoded file.
        scale: Pixels of the item per pixel sent (1 unless the picture was made smaller).
    """

    data: bytes
    scale: float = 1.0


def load_picture(dataset: str, item: Item) -> Picture:
    """The picture of ``item``, at most :data:`MAX_WIDTH` wide.

    Raises:
        DataError: The file is missing, empty, outside the data set or no picture.
    """
    path = media_path(dataset, item)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"The picture cannot be read: {error.strerror}", where=str(path)) from None
    return Picture(data) if item.width <= MAX_WIDTH else _smaller(data, item, path)


def _smaller(data: bytes, item: Item, path: Path) -> Picture:
    # Pillow is imported here alone: where pictures are small (JupyterLite) it need not exist.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            height = round(picture.height * MAX_WIDTH / picture.width)
            small = picture.convert("RGB").resize((MAX_WIDTH, height), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise DataError(
            f"The picture of the item {item.id!r} is damaged: {error}",
            where=str(path),
            todo="Get the course folder again; the other items can still be labelled.",
        ) from None
    out = io.BytesIO()
    small.save(out, "JPEG", quality=90)
    return Picture(out.getvalue(), item.width / MAX_WIDTH)
