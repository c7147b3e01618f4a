"""The catalogue of data sets that can be downloaded: ``catalogue.toml``.

A school with a mirror of its own names another file of the same form in ``GOLDLABEL_CATALOGUE``.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from goldlabel.errors import DataError

__all__ = ["CATALOGUE_VARIABLE", "Pictures", "RemoteClass", "RemoteFile", "RemoteSet", "read_catalogue", "remote_set"]

CATALOGUE_VARIABLE = "GOLDLABEL_CATALOGUE"

TEXT_FORMATS = ("aclimdb", "uner")
"""Formats whose sets are texts; the others are pictures."""

SPARE = 1.5
"""A file may be this much larger than the catalogue says, since servers pack and revise."""

_Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
_Address = Annotated[str, msgspec.Meta(pattern=r"^https?://")]
_Count = Annotated[int, msgspec.Meta(ge=1)]


class RemoteFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file to download.

    Attributes:
        name: What it is called here.
        address: Where it is.
        bytes: About how large it is.
        checksum: ``md5:...`` or ``sha256:...``; empty where nobody publishes one.
    """

    name: _Name
    address: _Address
    bytes: _Count
    checksum: Annotated[str, msgspec.Meta(pattern=r"^((md5:[0-9a-f]{32})|(sha256:[0-9a-f]{64}))?$")] = ""

    @property
    def most(self) -> int:
        """Bytes over which the download is stopped."""
        return int(self.bytes * SPARE) + 1000


class Pictures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pictures to download once the annotations are here.

    Attributes:
        address: With ``{name}`` for the file name of a picture.
        count: How many.
        typical_bytes: Of one, about.
        most_bytes: Over which one is refused.
    """

    address: _Address
    count: _Count
    typical_bytes: _Count
    most_bytes: _Count


class RemoteClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class of the exercise, and what the source calls it."""

    name: str
    source: tuple[str, ...]


class RemoteSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One data set of the catalogue.

    Attributes:
        name: Its folder under ``datasets/``.
        title: For people.
        exercise: Id of the practice exercise that comes with it.
        format: Which reader understands its files.
        licence: In plain words; shown before anything is downloaded.
        terms: Where the terms of use are.
        limits: What is known to be wrong with its gold.
        files: What is downloaded first.
        pictures: What is downloaded then, where the set is one of pictures.
        sample: How many texts are kept, where it is one of texts.
        spdx: Licence of each text, as an SPDX identifier; of pictures the files themselves tell.
        classes: The ontology, in the order of the digit keys.
        member: The file inside the archive, where only one is read.
        most_member_bytes: Over which that file is not unpacked; of texts, all files together.
    """

    name: _Name
    title: str
    exercise: _Name
    format: Literal["coco", "open-images", "aclimdb", "uner"]
    licence: str
    terms: _Address
    limits: str
    files: Annotated[tuple[RemoteFile, ...], msgspec.Meta(min_length=1)]
    pictures: Pictures | None = None
    sample: Annotated[int, msgspec.Meta(ge=0)] = 0
    spdx: str = ""
    classes: Annotated[tuple[RemoteClass, ...], msgspec.Meta(min_length=1)]
    member: str = ""
    most_member_bytes: int = 0

    def __post_init__(self) -> None:
        """Refuse a set that is of pictures and of texts, or of neither."""
        if (self.format in TEXT_FORMATS) != (self.pictures is None) or (self.pictures is None) != bool(self.sample):
            raise ValueError("a set has either pictures or, in the formats of texts, a sample")

    @property
    def count(self) -> int:
        """How many items it has in the end."""
        return self.pictures.count if self.pictures else self.sample

    @property
    def bytes(self) -> int:
        """About how much is downloaded."""
        pictures = self.pictures.count * self.pictures.typical_bytes if self.pictures else 0
        return sum(file.bytes for file in self.files) + pictures

    @property
    def class_of(self) -> dict[str, str]:
        """Class of the exercise by the source's class."""
        return {source: one.name for one in self.classes for source in one.source}


def read_catalogue() -> dict[str, RemoteSet]:
    """The data sets that can be downloaded, by name.

    Raises:
        DataError: The catalogue cannot be read.
    """
    named = os.environ.get(CATALOGUE_VARIABLE)
    path = Path(named) if named else Path(__file__).with_name("catalogue.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        sets = msgspec.convert(table.get("sets"), tuple[RemoteSet, ...])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(
            f"The catalogue of data sets cannot be read: {error}",
            where=str(path),
            todo=f"Correct or unset {CATALOGUE_VARIABLE}." if named else "Get the course again.",
        ) from None
    return {one.name: one for one in sets}


def remote_set(name: str) -> RemoteSet:
    """The data set of this name.

    Raises:
        DataError: The catalogue has none, or cannot be read.
    """
    catalogue = read_catalogue()
    if name not in catalogue:
        raise DataError(
            f"No data set called {name!r} can be downloaded",
            where="the catalogue",
            todo=f"Use one of: {', '.join(sorted(catalogue))}.",
        )
    return catalogue[name]
