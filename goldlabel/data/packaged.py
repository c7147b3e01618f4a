"""Media that an installed package holds: copied into a data set's ``media/`` at set-up, offline, and checked.

The data set commits ``packaged.toml``, which names package and file for each medium; ``items.jsonl`` holds their
SHA-256. A file that is there and right is left alone, so loading again costs milliseconds.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib.util import find_spec
from pathlib import Path

import msgspec

from goldlabel.annotations import Item
from goldlabel.data.items import datasets_folder, load_items
from goldlabel.errors import DataError
from goldlabel.files import write_atomically

__all__ = ["PACKAGED", "is_packaged", "load_file", "load_packaged", "packaged_sets"]

PACKAGED = "packaged.toml"


class _Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Import name of the package, and path of the file inside it."""

    package: str
    file: str


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``packaged.toml``: sources by the medium's path in the data set."""

    files: dict[str, _Source]


def packaged_sets() -> tuple[str, ...]:
    """Names of the data sets whose media come from packages, sorted."""
    return tuple(sorted(path.parent.name for path in datasets_folder().glob(f"*/{PACKAGED}")))


def is_packaged(folder: Path, media: str) -> bool:
    """Whether a package holds this medium of the data set in ``folder``."""
    return (folder / PACKAGED).is_file() and media in _table(folder).files


def load_packaged(dataset: str) -> tuple[str, ...]:
    """Load all media of ``dataset`` that are missing or wrong; returns their paths in the data set.

    Raises:
        DataError: This is no such data set, a package is missing or holds another file, or nothing can be written.
    """
    folder = datasets_folder() / dataset
    if dataset not in packaged_sets():
        raise DataError(
            f"The data set {dataset!r} does not come from a package",
            where=str(folder),
            todo=f"Use one of: {', '.join(packaged_sets()) or 'there is none here'}.",
        )
    known = _table(folder).files
    return tuple(item.media for item in load_items(dataset) if item.media in known and load_file(folder, item))


def load_file(folder: Path, item: Item) -> bool:
    """Copy the medium of ``item`` from its package; whether that was needed.

    Args:
        folder: The data set's folder.
        item: One for which :func:`is_packaged` holds.

    Raises:
        DataError: The package is missing or holds another file, or the copy cannot be written.
    """
    target = folder / item.media
    try:
        if target.is_file() and _sha256(target.read_bytes()) == item.sha256:
            return False
    except OSError:
        pass  # it cannot be read, so it is replaced
    source = _table(folder).files[item.media]
    data = _packaged_bytes(source)
    if _sha256(data) != item.sha256:
        raise DataError(
            f"The package {source.package} holds another {Path(source.file).name} than the one that gold was drawn on",
            where=source.file,
            todo="Install the versions that the course pins: run `python3 start.py`.",
        )
    try:
        target.parent.mkdir(exist_ok=True)
        write_atomically(target, data)
    except OSError as error:
        raise DataError(
            f"The picture of {item.id!r} cannot be written: {error.strerror}",
            where=str(target),
            todo="Check that the course folder is yours and the disk has room.",
        ) from None
    return True


def _packaged_bytes(source: _Source) -> bytes:
    """The file in the package, which is found but not imported (that would take seconds).

    Raises:
        DataError: There is no such package or file.
    """
    found = find_spec(source.package)
    places = list(found.submodule_search_locations or ()) if found else []
    if not places:
        raise DataError(
            f"The package {source.package} is not installed; it holds pictures of this data set",
            where=source.package,
            todo="Run `python3 start.py`, which installs it.",
        )
    path = Path(places[0]) / source.file
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The package {source.package} does not hold its picture: {error.strerror}",
            where=str(path),
            todo="Install the versions that the course pins: run `python3 start.py`.",
        ) from None


def _table(folder: Path) -> _Table:
    path = folder / PACKAGED
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(
            f"The list of packaged media cannot be read: {error}", where=str(path), todo="Get the course again."
        ) from None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
