"""``goldlabel data fetch``: a data set of the catalogue becomes a folder under ``datasets/`` like any other.

Everything arrives in ``datasets/.fetching/<name>/`` first, where an interrupted download waits to go on. The finished
folder is moved into place in one step, so a data set is there whole or not at all. git ignores both.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from goldlabel.data.building import build
from goldlabel.data.catalogue import RemoteSet
from goldlabel.data.downloading import TIMEOUT, DownloadError, download
from goldlabel.data.items import datasets_folder, load_items
from goldlabel.data.releases import plan
from goldlabel.data.text_building import build_texts
from goldlabel.data.text_releases import plan_texts
from goldlabel.errors import DataError

__all__ = ["CHECKSUMS", "Fetched", "fetch", "fetched_already", "recorded_checksums", "unverified"]

CHECKSUMS = "checksums.toml"
"""Beside the data: the SHA-256 of everything that was downloaded, by address."""

WORKSHOP = ".fetching"


class Fetched(msgspec.Struct, frozen=True):
    """What a fetch did.

    Attributes:
        folder: The data set.
        items: How many items it has.
        new: False when it was there already.
        first_seen: Addresses whose checksum was unknown and is recorded now.
    """

    folder: Path
    items: int
    new: bool
    first_seen: tuple[str, ...] = ()


def fetch(
    remote: RemoteSet,
    *,
    again: bool = False,
    say: Callable[[str], None] = print,
    timeout: float = TIMEOUT,
    pause: float = 1.0,
) -> Fetched:
    """Download ``remote`` and make it a data set.

    Args:
        remote: From the catalogue.
        again: Download everything anew even though it is there; checksums that were recorded must match.
        say: Told one line a step.
        timeout: Seconds of silence that end a try.
        pause: Seconds before a broken connection is taken up again.

    Raises:
        DataError: In one sentence; the data set is then not there, or as it was before.
    """
    target = datasets_folder() / remote.name
    work = datasets_folder() / WORKSHOP / remote.name
    if not again and (there := fetched_already(remote)):
        return there
    with _alone(work):
        known = recorded_checksums(target) | recorded_checksums(work)
        if again:
            shutil.rmtree(work / "downloads", ignore_errors=True)
        seen: dict[str, str] = {}
        try:
            first = _download_all(remote, work, known, seen, say, timeout=timeout, pause=pause)
            say("Making the data set")
            _assemble(remote, work, target, seen)
        except OSError as error:
            raise DataError(
                f"The data set cannot be written: {error.strerror or error}",
                where=str(work),
                todo="Check that the course folder is yours and the disk has room, then run the same command again.",
            ) from None
    shutil.rmtree(work, ignore_errors=True)
    return Fetched(target, remote.count, new=True, first_seen=first)


def fetched_already(remote: RemoteSet) -> Fetched | None:
    """The data set where it is here, whole as it was moved into place; else None.

    Raises:
        DataError: Its item list is damaged.
    """
    folder = datasets_folder() / remote.name
    return Fetched(folder, len(load_items(remote.name)), new=False) if folder.exists() else None


def unverified(remote: RemoteSet) -> int:
    """How many files have a checksum that nobody publishes and that no earlier download recorded."""
    known = recorded_checksums(datasets_folder() / remote.name)
    files = sum(1 for file in remote.files if not file.checksum and file.address not in known)
    pictures = remote.pictures.count if remote.pictures else 0
    return files if known else files + pictures  # pictures change only when their list does


def recorded_checksums(folder: Path) -> dict[str, str]:
    """``sha256:...`` by address, as an earlier download recorded them; empty when there was none.

    Raises:
        DataError: The record is damaged: without it nobody could tell a changed file.
    """
    path = folder / CHECKSUMS
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(table.get("sha256"), dict[str, str])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DataError(
            f"The record of checksums cannot be read: {error}",
            where=str(path),
            todo=f"Delete the folder {folder}, then fetch the data set anew.",
        ) from None


def _download_all(
    remote: RemoteSet,
    work: Path,
    known: dict[str, str],
    seen: dict[str, str],
    say: Callable[[str], None],
    *,
    timeout: float,
    pause: float,
) -> tuple[str, ...]:
    """What is downloaded first, then the pictures that it leads to; checksums land in ``seen``."""
    first: list[str] = []

    def one(address: str, path: Path, checksum: str, most: int) -> None:
        expected = checksum or known.get(address, "")
        found = f"sha256:{download(address, path, checksum=expected, most=most, timeout=timeout, pause=pause)}"
        if known.get(address, found) != found:
            path.unlink(missing_ok=True)
            raise DownloadError(
                "The file is another one than at the first download, so it was thrown away",
                where=address,
                todo="Keep the data set that you have, or delete its folder and fetch it anew.",
            )
        if not expected:
            first.append(address)
        seen[address] = known[address] = found
        _record(work, seen)

    for file in remote.files:
        say(f"Downloading {file.name} (about {file.bytes / 1e6:.1f} MB)")
        one(file.address, work / "downloads" / file.name, file.checksum, file.most)
    if not remote.pictures:
        return tuple(first)
    planned = plan(remote, work / "downloads")
    say(f"Downloading {len(planned)} pictures")
    for picture in planned:
        address = remote.pictures.address.format(name=picture.file)
        one(address, work / "downloads" / "pictures" / picture.file, "", remote.pictures.most_bytes)
    return tuple(first)


def _assemble(remote: RemoteSet, work: Path, target: Path, seen: dict[str, str]) -> None:
    """Build the folder beside the downloads, then put it in its place."""
    built, old = work / "built", work / "old"
    for left in (built, old):
        shutil.rmtree(left, ignore_errors=True)
    if remote.pictures:
        build(remote, plan(remote, work / "downloads"), work / "downloads" / "pictures", built)
    else:
        build_texts(remote, plan_texts(remote, work / "downloads"), built)
    _record(built, seen)
    if target.exists():
        target.rename(old)
    try:
        built.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise


def _record(folder: Path, seen: dict[str, str]) -> None:
    """Write ``checksums.toml``; JSON strings are TOML strings and keys as well."""
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    lines = [
        f"# What `goldlabel data fetch` downloaded, last on {day}. Later downloads must match it.",
        "[sha256]",
        *(f"{json.dumps(address, ensure_ascii=False)} = {json.dumps(value)}" for address, value in seen.items()),
    ]
    (folder / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


@contextlib.contextmanager
def _alone(work: Path) -> Iterator[None]:
    """Hold the workshop of one data set.

    Raises:
        DataError: Another fetch of it is running, or the folder cannot be made.
    """
    lock = FileLock(work.with_name(f"{work.name}.lock"), timeout=0)
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise DataError(
            "This data set is being fetched already", where=str(work), todo="Wait until the other command is done."
        ) from None
    except OSError as error:
        raise DataError(
            f"The folder for downloads cannot be made: {error.strerror}",
            where=str(work),
            todo="Check that the course folder is yours and the disk has room.",
        ) from None
    try:
        yield
    finally:
        lock.release()
