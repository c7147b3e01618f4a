"""A data set whose texts a published source archive holds: loaded at set-up, never committed.

The data set commits ``released.toml``: which archive, with its checksum, and which texts of it by id and SHA-256.
:func:`load_released` writes items, gold and ratings beside it, where git ignores them; a set whose item list is there
and right is left alone. Gold is what the raters said: the class that most of them chose, and each other class that a
good share of them chose is accepted, too.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from goldlabel.annotations import Choice, Gold, Item, ItemGold, encode
from goldlabel.data.items import RELEASED, datasets_folder, load_items
from goldlabel.data.ratings import DATASET, RATINGS, Rated, load_ratings, parse_ratings, source_files
from goldlabel.data.sdists import Sdist, sdist_bytes
from goldlabel.errors import DataError
from goldlabel.files import tar_members, write_atomically

__all__ = ["CLASSES", "GOOD_SHARE", "class_of", "is_loaded", "load_released", "released_sets", "shares"]

CLASSES = ("very negative", "negative", "neutral", "positive", "very positive")
"""The raters' nine steps, two by two, with 0 on its own."""

GOOD_SHARE = 0.25
"""A class that at least this share of the raters chose is accepted."""

_ORIGINS = {
    "post": "short post",
    "film": "film review",
    "product": "product review",
    "editorial": "newspaper editorial",
}


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The content of ``released.toml``.

    Attributes:
        archive: Where to get it.
        inner: Name of the archive inside the archive.
        folder: Folder of the files inside that.
        most_unpacked: Bytes over which nothing is unpacked.
        texts: SHA-256 of the chosen texts, by item id.
    """

    archive: Sdist
    inner: str
    folder: str
    most_unpacked: Annotated[int, msgspec.Meta(ge=1)]
    texts: Annotated[dict[str, str], msgspec.Meta(min_length=1)]


def class_of(rating: int) -> str:
    """Class of a rating from -4 to 4.

    Example:
        >>> class_of(-3), class_of(0), class_of(2)
        ('very negative', 'neutral', 'positive')
    """
    step = (abs(rating) + 1) // 2
    return CLASSES[2 + step] if rating > 0 else CLASSES[2 - step]


def shares(ratings: Sequence[int]) -> dict[str, float]:
    """Share of the raters in each class, 0 to 1, in the order of :data:`CLASSES`."""
    counted = Counter(map(class_of, ratings))
    return {name: counted[name] / len(ratings) for name in CLASSES}


def released_sets() -> tuple[str, ...]:
    """Names of the data sets that come from a source archive, sorted."""
    return tuple(sorted(path.parent.name for path in datasets_folder().glob(f"*/{RELEASED}")))


def is_loaded(dataset: str) -> bool:
    """Whether the chosen texts, their ratings and their gold are here and are those that were chosen."""
    folder = datasets_folder() / dataset
    try:
        items, rated = load_items(dataset), load_ratings()
    except DataError:
        return False
    known = _table(folder).texts
    hashes = {item.id: _sha256(item.text) for item in items}, {one.id: _sha256(one.text) for one in rated.values()}
    return all(found == known for found in hashes) and (folder / "gold/practice.json").is_file()


def load_released(dataset: str = DATASET) -> tuple[str, ...]:
    """Load the texts of ``dataset`` unless they are here; returns the ids of what was loaded.

    Raises:
        DataError: The archive cannot be had, holds other texts, or nothing can be written.
    """
    folder = datasets_folder() / dataset
    if is_loaded(dataset):
        return ()
    table = _table(folder)
    rated = _chosen(table, _read(table))
    items = [_item(one, table) for one in rated]
    made = Gold(
        dataset=dataset,
        pool="practice",
        version="1.0.0",
        made="Computed from the ratings that Hutto and Gilbert (2014) published: the class that most raters chose.",
        agreement="The ratings are the agreement: lesson 8 of week 3 measures it.",
        items={one.id: ItemGold((_gold(one),)) for one in rated},
    )
    try:
        (folder / "gold").mkdir(exist_ok=True)
        write_atomically(folder / RATINGS, msgspec.json.encode(rated))
        write_atomically(folder / "gold" / "practice.json", encode(made))
        # Last: with its item list, the set is here.
        write_atomically(folder / "items.jsonl", b"\n".join(map(msgspec.json.encode, items)) + b"\n")
    except OSError as error:
        raise DataError(
            f"The texts of {dataset} cannot be written: {error.strerror}",
            where=str(folder),
            todo="Check that the course folder is yours and the disk has room.",
        ) from None
    return tuple(one.id for one in rated)


def _read(table: _Table) -> Iterable[Rated]:
    """Every text of the archive."""
    files = source_files(table.folder)
    wanted = {name for pair in files.values() for name in pair}
    try:
        whole = tar_members(sdist_bytes(table.archive), lambda name: name == table.inner, most=table.most_unpacked)
        inner = dict(whole).get(table.inner, b"")
        found = dict(tar_members(inner, wanted.__contains__, most=table.most_unpacked))
    except OSError as error:
        raise _changed(table, error.strerror or str(error)) from None
    if lacking := sorted(wanted - set(found)):
        raise _changed(table, f"there is no {lacking[0]} in it")
    return (one for kind, pair in files.items() for one in parse_ratings(kind, *(found[name] for name in pair)))


def _chosen(table: _Table, every: Iterable[Rated]) -> list[Rated]:
    by_id = {one.id: one for one in every if one.id in table.texts}
    for name, sha256 in table.texts.items():
        if name not in by_id or _sha256(by_id[name].text) != sha256:
            raise _changed(table, f"the text {name} is not the one that was chosen")
    return [by_id[name] for name in table.texts]


def _item(one: Rated, table: _Table) -> Item:
    top = max(shares(one.ratings).values())
    return Item(
        id=one.id,
        media="",
        width=0,
        height=0,
        pool="practice",
        origin="written",
        licence="MIT",
        sha256=_sha256(one.text),
        difficulty="easy" if top >= 0.75 else "medium" if top >= 0.5 else "hard",
        source=f"{table.archive.project} {table.archive.version}, {_ORIGINS[one.kind]}",
        text=one.text,
        group=one.kind,
    )


def _gold(one: Rated) -> Choice:
    share = shares(one.ratings)
    # Where two classes were chosen equally often, the one nearer to the mean comes first.
    label = max(CLASSES, key=lambda name: (share[name], -abs(CLASSES.index(name) - 2 - one.mean / 2)))
    accepted = tuple(name for name in CLASSES if name != label and share[name] >= GOOD_SHARE)
    return Choice("class", label, accepted, attributes={"rule": "R1", "why": _why(share, len(one.ratings))})


def _why(share: Mapping[str, float], raters: int) -> str:
    said = [f"{round(part * raters)} {name}" for name, part in share.items() if part]
    return f"Of {raters} raters: {', '.join(said)}."


def _table(folder: Path) -> _Table:
    path = folder / RELEASED
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(
            f"The list of chosen texts cannot be read: {error}", where=str(path), todo="Get the course again."
        ) from None


def _changed(table: _Table, why: str) -> DataError:
    return DataError(
        f"The archive of {table.archive.project} is not what the course was made with: {why}",
        where=table.archive.project,
        todo="Get the course again; if that does not help, tell whoever gave it to you.",
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
