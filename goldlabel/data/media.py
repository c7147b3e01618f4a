"""The media files of items."""

from __future__ import annotations

import base64
from pathlib import Path

from goldlabel.annotations import Item
from goldlabel.data.items import datasets_folder
from goldlabel.data.packaged import is_packaged, load_file
from goldlabel.errors import DataError

__all__ = ["data_uri", "media_path"]


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


def data_uri(dataset: str, item: Item) -> str:
    """The picture of ``item`` as a ``data:`` address, for HTML that must stand on its own.

    Raises:
        DataError: The file is missing, empty, unreadable or outside the data set.
    """
    path = media_path(dataset, item)
    kind = "png" if path.suffix.lower() == ".png" else "jpeg"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The file of the item {item.id!r} cannot be read: {error.strerror}",
            where=str(path),
            todo="Check that the course folder is yours and may be read.",
        ) from None
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
