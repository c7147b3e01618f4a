"""What data is here, and whether it is whole: the functions behind ``goldlabel data list`` and ``verify``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from goldlabel.annotations import Gold, Item
from goldlabel.data import datasets_folder, load_items, practice_gold
from goldlabel.data.catalogue import read_catalogue
from goldlabel.data.items import RELEASED
from goldlabel.data.media import clip_digest, frame_item, frame_name
from goldlabel.data.packaged import PACKAGED, is_packaged
from goldlabel.data.released import released_sets
from goldlabel.errors import DataError, GoldlabelError
from goldlabel.exercises import ExerciseSpec, find_exercise, known_exercises

__all__ = ["DataSet", "Fault", "inventory", "verify"]

COURSE = "comes with the course"


class DataSet(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list.

    Attributes:
        name: Folder under ``datasets/``.
        practice: Items of the practice pool.
        exam: Items of the exam pool.
        bytes: Of the media that are here; of what is not here yet, about how much is downloaded.
        licences: SPDX identifiers, sorted.
        state: In plain words.
    """

    name: str
    practice: int = 0
    exam: int = 0
    bytes: int = 0
    licences: tuple[str, ...] = ()
    state: str


class Fault(msgspec.Struct, frozen=True):
    """Something that is wrong with a data set.

    Attributes:
        dataset: Which.
        what: What is wrong, one sentence with what to do.
    """

    dataset: str
    what: str


def inventory() -> tuple[DataSet, ...]:
    """Every data set: those that are here by name, those that a package's archive holds, those to download.

    Raises:
        DataError: There is no folder with data sets, or the catalogue cannot be read.
    """
    here = installed()
    rows = [_row(name) for name in here]
    rows += [
        DataSet(name=name, state=f"not here; get it with: goldlabel data get {name}")
        for name in released_sets()
        if name not in here
    ]
    remote = read_catalogue()
    rows += [
        DataSet(
            name=one.name,
            practice=one.count,
            bytes=one.bytes,
            licences=("see its terms",),
            state=f"not here; get it with: goldlabel data fetch {one.name}",
        )
        for one in remote.values()
        if one.name not in here
    ]
    return tuple(rows)


def installed() -> tuple[str, ...]:
    """Names of the data sets that have an item list, sorted.

    Raises:
        DataError: There is no folder with data sets.
    """
    return tuple(sorted(path.parent.name for path in datasets_folder().glob("*/items.jsonl")))


def verify(dataset: str) -> tuple[Fault, ...]:
    """Everything that is wrong with one data set; empty when it is whole.

    Every medium or text is compared with its SHA-256 and its size in pixels; practice gold must cover what each
    practice exercise draws from, hold no item of the exam pool, and name this data set.

    Raises:
        DataError: There is no such data set.
    """
    if dataset not in installed():
        todo = f"Get it with: goldlabel data fetch {dataset}" if dataset in read_catalogue() else _known()
        if dataset in released_sets():
            todo = f"Get it with: goldlabel data get {dataset}"
        raise DataError(f"The data set {dataset!r} is not here", where=str(datasets_folder()), todo=todo)
    try:
        items = load_items(dataset)
    except DataError as error:
        return (Fault(dataset, _sentence(error)),)
    faults = [fault for item in items if (fault := _item_fault(dataset, item))]
    faults += _gold_faults(dataset, items)
    return tuple(Fault(dataset, what) for what in faults)


def _known() -> str:
    return f"Use one of: {', '.join(installed())}."


def _row(name: str) -> DataSet:
    folder = datasets_folder() / name
    try:
        items = load_items(name)
    except DataError as error:
        return DataSet(name=name, state=f"damaged: {error.what}")
    media = [folder / name for item in items for name in _files(item)]
    there = [path for path in media if path.is_file()]
    missing = len(media) - len(there)
    if (folder / PACKAGED).is_file():
        state = "from installed packages"
        todo = f"goldlabel data get {name}"
    elif (folder / RELEASED).is_file():
        state = "from a package's source archive"
        todo = f"goldlabel data get {name}"
    elif name in read_catalogue():
        state, todo = "downloaded", f"goldlabel data fetch {name} --again"
    else:
        state, todo = COURSE, "get the course again"
    if missing:
        state += f"; {missing} of {len(media)} files are missing: {todo}"
    return DataSet(
        name=name,
        practice=sum(item.pool == "practice" for item in items),
        exam=sum(item.pool == "exam" for item in items),
        bytes=sum(path.stat().st_size for path in there) + sum(len(item.text.encode()) for item in items),
        licences=tuple(sorted({item.licence for item in items})),
        state=state,
    )


def _files(item: Item) -> list[str]:
    """The media files of an item: one, or of a clip all frames."""
    if item.frames:
        return [frame_item(item, frame).media for frame in range(item.frames)]
    return [item.media] if item.media else []


def _item_fault(dataset: str, item: Item) -> str:
    """What is wrong with one item, or an empty string."""
    folder = datasets_folder() / dataset
    if item.frames:
        what = _clip_fault(folder, item)
    else:
        what = _media_fault(folder, item) if item.media else _changed(item.text.encode(), item, "its text")
    return f"{item.id}: {what}. {_remedy(dataset, folder, item)}" if what else ""


def _media_fault(folder: Path, item: Item) -> str:
    path = folder / item.media
    name = f"its file {item.media}"
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return f"{name} lies outside the data set"
        data = path.read_bytes()
    except FileNotFoundError:
        return f"{name} is missing"
    except (OSError, ValueError) as error:
        return f"{name} cannot be read ({getattr(error, 'strerror', None) or error})"
    if not (what := _changed(data, item, name)) and item.width and (size := _size(path)) != (item.width, item.height):
        seen = f"{size[0]} x {size[1]} pixels" if size else "no picture"
        what = f"{name} is {seen}, the list says {item.width} x {item.height}"
    return what


def _clip_fault(folder: Path, item: Item) -> str:
    place = folder / item.media
    if not place.resolve().is_relative_to(folder.resolve()):
        return f"its folder {item.media} lies outside the data set"
    missing = [frame for frame in range(item.frames) if not (place / frame_name(frame)).is_file()]
    if missing:
        return f"{len(missing)} of its {item.frames} frames are missing, the first is {missing[0]}"
    try:
        digest = clip_digest(place, item.frames)
    except OSError as error:
        return f"its frames cannot be read ({error.strerror or error})"
    if digest != item.sha256:
        return "its frames are not those that were published"
    sizes = {_size(place / frame_name(frame)) for frame in range(item.frames)}
    if sizes != {(item.width, item.height)}:
        return f"not all of its frames are {item.width} x {item.height} pixels, as the list says"
    return ""


def _changed(data: bytes, item: Item, name: str) -> str:
    return "" if hashlib.sha256(data).hexdigest() == item.sha256 else f"{name} is not the one that was published"


def _remedy(dataset: str, folder: Path, item: Item) -> str:
    """What to do about a medium that is missing or wrong."""
    if (folder / RELEASED).is_file() or (item.media and is_packaged(folder, item.media)):
        return f"Run: goldlabel data get {dataset}"
    if dataset in read_catalogue():
        return f"Run: goldlabel data fetch {dataset} --again"
    return f"Restore it: git checkout -- datasets/{dataset}"


def _size(path: Path) -> tuple[int, int] | None:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            return picture.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _gold_faults(dataset: str, items: tuple[Item, ...]) -> Iterator[str]:
    pools = {item.id: item.pool for item in items}
    for path in sorted((datasets_folder() / dataset / "gold").glob("*.json")):
        try:
            gold = practice_gold(dataset, path.stem)
        except GoldlabelError as error:
            yield _sentence(error)
            continue
        if (gold.dataset, gold.pool) != (dataset, "practice"):
            yield f"gold/{path.name} says that it is of {gold.dataset}, pool {gold.pool}. Put the right gold there."
        if unknown := sorted(set(gold.items) - set(pools)):
            yield f"gold/{path.name} has items that are not in the list: {_some(unknown)}. Correct one of the two."
        if secret := sorted(name for name in gold.items if pools.get(name) == "exam"):
            yield f"gold/{path.name} holds exam items, which learners would see: {_some(secret)}. Take them out."
    for spec in _practice(dataset):
        name = spec.gold or "practice"
        try:
            missing = _uncovered(spec, items, practice_gold(dataset, name))
        except GoldlabelError as error:
            if not (datasets_folder() / dataset / "gold" / f"{name}.json").exists():
                yield f"{spec.id} has no gold. {_sentence(error)}"
            continue
        if missing:
            yield f"{spec.id}: gold/{name}.json has nothing for {_some(missing)}. Restore the gold file."


def _practice(dataset: str) -> Iterator[ExerciseSpec]:
    for name, folder in known_exercises().items():
        if folder.parents[1].name == dataset:
            spec = find_exercise(name)
            if not spec.exam and spec.dataset == dataset:
                yield spec


def _uncovered(spec: ExerciseSpec, items: tuple[Item, ...], gold: Gold) -> list[str]:
    drawn = [item for item in items if item.pool == spec.draw.pool and spec.draw.group in ("", item.group)]
    return sorted(item.id for item in drawn if item.id not in gold.items)


def _some(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _sentence(error: GoldlabelError) -> str:
    place = f" ({error.where})" if error.where else ""
    return f"{error.what}{place}. {error.todo}".strip()
