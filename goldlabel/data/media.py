"""The media files of items."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from goldlabel.annotations import Item
from goldlabel.data.items import datasets_folder
from goldlabel.data.packaged import is_packaged, load_file
from goldlabel.errors import DataError

__all__ = ["clip_digest", "data_uri", "frame_item", "frame_name", "media_path"]


def frame_name(frame: int) -> str:
    """The file of a frame in its clip's folder: ``000.jpg`` and so on."""
    return f"{frame:03d}.jpg"


def frame_item(item: Item, frame: int) -> Item:
    """One frame of a clip as a picture of its own.

    Raises:
        DataError: The clip has no such frame.
    """
    if not 0 <= frame < item.frames:
        raise DataError(
            f"The clip {item.id!r} has no frame {frame}",
            where=item.media,
            todo=f"Its frames are 0 to {item.frames - 1}." if item.frames else "It is no clip.",
        )
    media = f"{item.media.rstrip('/')}/{frame_name(frame)}"
    return msgspec.structs.replace(item, id=f"{item.id} frame {frame}", media=media, frames=0, seconds=0.0)


def clip_digest(folder: Path, frames: int) -> str:
    """SHA-256 of the frames of a clip, one after the other, hexadecimal: what stands in the item list.

    Raises:
        OSError: A frame is missing or cannot be read.
    """
    digest = hashlib.sha256()
    for frame in range(frames):
        digest.update((folder / frame_name(frame)).read_bytes())
    return digest.hexdigest()


def media_path(dataset: str, item: Item) -> Path:
    """The media file of ``item``. One that an installed package holds is loaded when it is missing.

    Raises:
        DataError: It is not there, empty, or outside the data set's folder.
    """
    folder = (datasets_folder() / dataset).resolve()
    try:
        path = (folder / item.media).resolve()
        sound = path.is_file() and path.stat().st_size > 0
    except (OSError, ValueError):  # ValueError: a name that no file can have
        path, sound = folder / "media", False
    if not sound and is_packaged(folder, item.media):
        load_file(folder, item)
        sound = True
    if not path.is_relative_to(folder):
        raise DataError(f"The item {item.id!r} points outside its data set", where=item.media)
    if not sound:
        raise DataError(
            f"The file of the item {item.id!r} is missing or empty",
            where=str(path),
            todo="Get the course folder again; the other items can still be labelled.",
        )
    return path


_KINDS: Mapping[str, str] = {
    ".png": "image/png",
    ".flac": "audio/flac",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".webm": "audio/webm",
}
"""Media type by ending; a picture is a JPEG unless its name says otherwise."""


def data_uri(dataset: str, item: Item) -> str:
    """The picture or the sound of ``item`` as a ``data:`` address, for HTML that must stand on its own.

    Raises:
        DataError: The file is missing, empty, unreadable or outside the data set.
    """
    path = media_path(dataset, item)
    kind = _KINDS.get(path.suffix.lower(), "image/jpeg")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The file of the item {item.id!r} cannot be read: {error.strerror}",
            where=str(path),
            todo="Check that the course folder is yours and may be read.",
        ) from None
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
