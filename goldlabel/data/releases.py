"""Reads the files in which COCO and Open Images are released, and plans which pictures become items.

Both plans follow one rule, so that nobody picks what suits them: pictures in the order of their ids, with a licence
that allows teaching, with :data:`FEWEST` to :data:`MOST` objects of the exercise's classes that count, and at least one
of them no person.

Formats: cocodataset.org/#format-data (boxes are x, y, width, height in pixels) and the Open Images "Download" page
(boxes are XMin, XMax, YMin, YMax as shares of the picture).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from goldlabel.annotations import AttributeValue
from goldlabel.data.catalogue import RemoteSet
from goldlabel.errors import DataError
from goldlabel.files import unpack

__all__ = ["FEWEST", "MOST", "Planned", "PlannedBox", "plan"]

FEWEST, MOST = 2, 15

COCO_LICENCES = {
    "creativecommons.org/licenses/by/2.0": "CC-BY-2.0",
    "creativecommons.org/licenses/by-sa/2.0": "CC-BY-SA-2.0",
    "flickr.com/commons/usage": "LicenseRef-no-known-restrictions",
    "www.usa.gov/copyright.shtml": "LicenseRef-US-government-work",
}
"""SPDX identifiers of the licences that are taken, by address; those that forbid derivatives or commerce are not."""


class PlannedBox(msgspec.Struct, frozen=True):
    """One box as the source has it.

    Attributes:
        label: Class of the exercise.
        xyxy: In pixels, or in shares of the picture (0 to 1) when the plan says ``relative``.
        attributes: ``crowd``, ``occluded``, ``truncated`` where the source tells, ``difficult`` for what is set aside.
    """

    label: str
    xyxy: tuple[float, float, float, float]
    attributes: Mapping[str, AttributeValue] = {}


class Planned(msgspec.Struct, frozen=True):
    """One picture that becomes an item.

    Attributes:
        id: Of the item.
        file: Name under the catalogue's address of pictures, without folders.
        licence: SPDX identifier.
        credit: Author and page, as far as the source tells.
        boxes: The source's boxes of the exercise's classes.
        relative: Whether boxes are shares of the picture.
    """

    id: str
    file: str
    licence: str
    credit: str
    boxes: tuple[PlannedBox, ...]
    relative: bool = False


def plan(remote: RemoteSet, folder: Path) -> tuple[Planned, ...]:
    """Which pictures to download, from the files of ``remote`` in ``folder``.

    Raises:
        DataError: A file is not what the format promises, or too few pictures fit.
    """
    candidates = _coco(remote, folder) if remote.format == "coco" else _open_images(remote, folder)
    chosen = [one for one in candidates if _fits(one.boxes)][: remote.count]
    if len(chosen) < remote.count:
        raise DataError(
            f"Only {len(chosen)} of {remote.count} pictures could be found in the annotations",
            where=remote.name,
            todo="Tell whoever looks after the course: the files at their addresses have changed.",
        )
    return tuple(chosen)


def _fits(boxes: Sequence[PlannedBox]) -> bool:
    counted = [box for box in boxes if not box.attributes.get("difficult")]
    return FEWEST <= len(counted) <= MOST and any(box.label != "person" for box in counted)


# --- COCO ------------------------------------------------------------------------------------------------


class _Licence(msgspec.Struct, frozen=True):
    id: int
    url: str


class _Image(msgspec.Struct, frozen=True):
    id: int
    file_name: str
    license: int
    flickr_url: str = ""


class _Category(msgspec.Struct, frozen=True):
    id: int
    name: str


class _Object(msgspec.Struct, frozen=True):
    image_id: int
    category_id: int
    bbox: tuple[float, float, float, float]
    iscrowd: int = 0


class _Instances(msgspec.Struct, frozen=True):
    licenses: tuple[_Licence, ...]
    images: tuple[_Image, ...]
    categories: tuple[_Category, ...]
    annotations: tuple[_Object, ...]


def _coco(remote: RemoteSet, folder: Path) -> Iterable[Planned]:
    archive = folder / remote.files[0].name
    try:
        # Only this one member is read, into memory and up to a cap: no path in the archive is ever followed.
        data = unpack(archive, [remote.member], limit=remote.most_member_bytes).get(remote.member)
        if data is None:
            raise _wrong(remote, archive, f"there is no {remote.member} in it")
        table = msgspec.json.decode(data, type=_Instances)
    except OSError as error:
        raise _wrong(remote, archive, error.strerror or str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(remote, archive, str(error)) from None
    names = {one.id: remote.class_of.get(one.name) for one in table.categories}
    licences = {one.id: COCO_LICENCES.get(one.url.partition("://")[2].rstrip("/")) for one in table.licenses}
    boxes: dict[int, list[PlannedBox]] = defaultdict(list)
    for one in table.annotations:
        label = names.get(one.category_id)
        if label:
            x, y, width, height = one.bbox
            marks = {"crowd": True, "difficult": True} if one.iscrowd else {"crowd": False}
            boxes[one.image_id].append(PlannedBox(label, (x, y, x + width, y + height), marks))
    for image in sorted(table.images, key=lambda image: image.id):
        licence = licences.get(image.license)
        if licence and image.id in boxes:
            yield Planned(
                id=f"coco-{image.id:012d}",
                file=_plain(remote, archive, image.file_name),
                licence=licence,
                credit=image.flickr_url,
                boxes=tuple(boxes[image.id]),
            )


# --- Open Images -----------------------------------------------------------------------------------------


def _open_images(remote: RemoteSet, folder: Path) -> Iterable[Planned]:
    paths = {Path(file.name).stem: folder / file.name for file in remote.files}
    try:
        path = paths["classes"]
        with path.open(encoding="utf-8", newline="") as file:
            names = {row[0]: remote.class_of[row[1]] for row in csv.reader(file) if row[1] in remote.class_of}
        path = paths["boxes"]
        boxes: dict[str, list[PlannedBox]] = defaultdict(list)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["LabelName"] in names:
                    boxes[row["ImageID"]].append(_open_images_box(row, names[row["LabelName"]]))
        path = paths["images"]
        with path.open(encoding="utf-8", newline="") as file:
            usable = [row for row in csv.DictReader(file) if _usable(row) and row["ImageID"] in boxes]
        people = {row["ImageID"]: f"{row['Author']}, {row['OriginalLandingURL']}" for row in usable}
    except (KeyError, IndexError, TypeError, ValueError, csv.Error) as error:
        raise _wrong(remote, path, f"{type(error).__name__} {error}") from None
    for name, credit in sorted(people.items()):
        yield Planned(
            id=f"oi-{_plain(remote, path, name)}",
            file=f"{name}.jpg",
            licence="CC-BY-2.0",
            credit=credit,
            boxes=tuple(boxes[name]),
            relative=True,
        )


def _open_images_box(row: Mapping[str, str], label: str) -> PlannedBox:
    left, right, top, bottom = (float(row[name]) for name in ("XMin", "XMax", "YMin", "YMax"))
    # 1 yes, 0 no, -1 nobody said.
    flags = {name: row[f"Is{word}"] == "1" for name, word in _FLAGS.items()}
    marks: dict[str, AttributeValue] = {name: flags[name] for name in ("truncated", "occluded", "crowd")}
    if flags["crowd"] or flags["depiction"]:
        marks["difficult"] = True
    return PlannedBox(label, (left, top, right, bottom), marks)


_FLAGS = {"truncated": "Truncated", "occluded": "Occluded", "crowd": "GroupOf", "depiction": "Depiction"}


def _usable(row: Mapping[str, str]) -> bool:
    """CC BY, and not turned: a browser might turn it back, and the boxes would lie elsewhere."""
    return "/licenses/by/2.0" in row["License"] and row["Rotation"] in ("", "0", "0.0")


# --- both ------------------------------------------------------------------------------------------------


def _plain(remote: RemoteSet, path: Path, name: str) -> str:
    """``name``, which becomes part of an address and of a path.

    Raises:
        DataError: It is more than a plain file name.
    """
    letters = name.replace(".", "").replace("_", "").replace("-", "")
    if len(name) > 80 or not (letters.isascii() and letters.isalnum()):
        raise _wrong(remote, path, f"{name[:80]!r} is no plain name of a picture")
    return name


def _wrong(remote: RemoteSet, path: Path, why: str) -> DataError:
    return DataError(
        f"The annotations of {remote.name} are not in the expected form: {why}",
        where=path.name,
        todo="Fetch it again with --again; if it happens twice, the file at its address has changed.",
    )
