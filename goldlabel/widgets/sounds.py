"""Sounds for the browser: the file as it is, with its media type."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from goldlabel.annotations import Item
from goldlabel.data import media_path
from goldlabel.errors import DataError

__all__ = ["MEDIA_TYPES", "MOST_BYTES", "load_sound", "media_type"]

MEDIA_TYPES: Mapping[str, str] = {
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
"""By ending of the file's name: what Chromium, Firefox and Safari play."""

MOST_BYTES = 16_000_000
"""A sound goes to the browser whole, so that it can be drawn and sought in exactly; a clip has half a megabyte."""


def media_type(item: Item) -> str:
    """The media type of a sound; empty when ``item`` is none or of a kind that browsers do not play."""
    return MEDIA_TYPES.get(PurePath(item.media).suffix.lower(), "") if item.sound else ""


def load_sound(dataset: str, item: Item) -> bytes:
    """The file of the sound ``item``.

    Raises:
        DataError: It is missing, empty, outside the data set, too large, or of a kind that browsers do not play.
    """
    path = media_path(dataset, item)
    if not media_type(item):
        raise DataError(
            f"A sound of the kind {path.suffix or path.name!r} cannot be played",
            where=str(path),
            todo=f"Use one of: {', '.join(MEDIA_TYPES)}.",
        )
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError(
                f"The sound has more than {MOST_BYTES // 1_000_000} MB", where=str(path), todo="Cut it into clips."
            )
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"The sound cannot be read: {error.strerror}", where=str(path)) from None
