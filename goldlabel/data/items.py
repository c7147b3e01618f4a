"""Data sets on disk: where they are, their items, a draw of them, their practice gold."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from goldlabel.annotations import Gold, Item, decode_gold
from goldlabel.errors import DataError, GoldError

__all__ = ["RELEASED", "datasets_folder", "draw", "load_items", "practice_gold"]

RELEASED = "released.toml"
"""In the folder of a data set whose texts are loaded from a published archive (:mod:`goldlabel.data.released`)."""

_ITEM = msgspec.json.Decoder(Item)


def datasets_folder() -> Path:
    """The folder that holds the data sets.

    The environment variable ``GOLDLABEL_DATASETS`` wins; else it lies beside the installed library (the
    course installs itself in place).

    Raises:
        DataError: Neither exists.
    """
    named = os.environ.get("GOLDLABEL_DATASETS")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "datasets"
    if not folder.is_dir():
        raise DataError(
            "The folder with the data sets is not there",
            where=str(folder),
            todo="Run `python3 start.py` in the course folder, or set GOLDLABEL_DATASETS to the right folder.",
        )
    return folder


def load_items(dataset: str) -> tuple[Item, ...]:
    """All items of ``dataset`` in file order.

    Raises:
        DataError: The data set or its item list is missing, a line of it is wrong, or two items have one id.
    """
    path = datasets_folder() / dataset / "items.jsonl"
    try:
        # The stamp makes a changed file a new cache entry, so a long-lived kernel sees new items. The size is part
        # of it: a copy may keep the time of the file that it was made from.
        there = path.stat()
        return _parse_items(path, (there.st_mtime_ns, there.st_size))
    except OSError as error:
        if (path.parent / RELEASED).exists():
            raise DataError(
                f"The texts of the data set {dataset!r} are not here yet; the course does not contain them",
                where=str(path.parent),
                todo=f"Once, with internet, run: goldlabel data get {dataset}",
            ) from None
        raise DataError(
            f"The item list of the data set {dataset!r} cannot be read: {error.strerror}",
            where=str(path),
            todo="Get the course folder again, or check the name of the data set.",
        ) from None


@lru_cache(maxsize=32)
def _parse_items(path: Path, _stamp: tuple[int, int]) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        where, todo = f"{path}, line {number}", "Restore the file from the repository."
        try:
            item = _ITEM.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise DataError(f"The item list has a line that cannot be read: {error}", where=where, todo=todo) from None
        if item.id in items:
            raise DataError(f"The item list has two items called {item.id!r}", where=where, todo=todo)
        items[item.id] = item
    return tuple(items.values())


def draw(items: Sequence[Item], *, count: int, seed: int | str, turn: int = 1) -> tuple[Item, ...]:
    """A seeded sample, the same on every machine and Python version.

    Items are ranked by SHA-256 of seed and id. Turn 1 takes the first ``count``, turn 2 the next, and so on
    round the items, so that a retry shows new items as long as there are any.

    Args:
        items: What may be drawn.
        count: How many; all of them if there are fewer.
        seed: Anything; a learner's own seed makes a draw of their own.
        turn: From 1.
    """
    ranked = sorted(
        items,
        key=lambda item: hashlib.sha256(f"{seed}:{item.id}".encode()).digest(),
    )
    count = min(count, len(ranked))
    start = (turn - 1) * count
    return tuple(ranked[(start + k) % len(ranked)] for k in range(count))


def practice_gold(dataset: str, name: str = "practice") -> Gold:
    """The practice gold that ships with ``dataset``.

    Args:
        dataset: Folder under ``datasets/``.
        name: Which gold, where a second guideline has gold of its own.

    Raises:
        GoldError: There is none, or it cannot be read.
    """
    path = datasets_folder() / dataset / "gold" / f"{name}.json"
    try:
        return decode_gold(path.read_bytes(), where=str(path))
    except OSError as error:
        raise GoldError(f"The practice gold cannot be read: {error.strerror}", where=str(path)) from None
