"""Files that survive: replaced whole or not at all, set aside instead of lost, packed and unpacked with care.

Nothing here knows what is in a file. Errors are the system's own (``OSError``).
"""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

__all__ = ["copy_aside", "move_aside", "pack", "sweep", "tar_members", "unpack", "write_atomically"]

_TEMPORARY = ".tmp"


def write_atomically(path: Path, data: bytes) -> None:
    """Make ``data`` the content of ``path``: a reader sees the old content or the new one, never a part.

    Raises:
        OSError: It cannot be written; the old content is untouched and nothing is left over.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_TEMPORARY)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        # mkstemp makes a private file; a hand-in must be readable by whoever may read the notebook.
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        # Still there when something went wrong, an interrupt included.
        with suppress(OSError):
            temporary.unlink()


def sweep(path: Path) -> None:
    """Remove what killed programs left of :func:`write_atomically`; only for who holds the lock of ``path``."""
    with suppress(OSError):
        for left in path.parent.iterdir():
            if left.name.startswith(f".{path.name}.") and left.suffix == _TEMPORARY:
                left.unlink()


def move_aside(path: Path, why: str) -> Path:
    """Give ``path`` a new name beside it that says when and why, and return it."""
    return path.replace(_aside(path, why))


def copy_aside(path: Path, why: str) -> None:
    """Copy ``path`` to a new name beside it that says when and why."""
    aside = _aside(path, why)
    try:
        shutil.copyfile(path, aside)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise


def _aside(path: Path, why: str) -> Path:
    return path.with_name(f"{path.stem}.{why}-{time.strftime('%Y%m%d-%H%M%S')}-{uuid4().hex[:4]}{path.suffix}")


def pack(archive: Path, paths: Iterable[Path]) -> None:
    """Copy those of ``paths`` that exist into a new ``.zip``.

    Raises:
        FileExistsError: The archive exists already.
        OSError: It cannot be written; no half of it is left.
    """
    # Made in memory: a zip that runs out of disk while it is closed would leave half an archive behind.
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as out:
        for path in paths:
            if path.exists():
                out.write(path, path.name)
    with archive.open("xb") as file:
        try:
            file.write(content.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            # Half an archive would be taken for a backup, and stand in the way of the next one.
            with suppress(OSError):
                archive.unlink()
            raise


def unpack(archive: Path, names: Sequence[str], *, limit: int) -> dict[str, bytes]:
    """The members ``names`` of ``archive``, those that are there; nothing is written to disk.

    Args:
        archive: A ``.zip``.
        names: Exact names.
        limit: In bytes; a member that claims to be larger is refused unread.

    Raises:
        OSError: The archive cannot be read, or a member is too large.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            there = [packed.getinfo(name) for name in names if name in packed.namelist()]
            for member in there:
                if member.file_size > limit:
                    raise OSError(27, "the file inside is too large")
            # zipfile stops at the size that a member claims.
            return {member.filename: packed.read(member) for member in there}
    except (EOFError, RuntimeError, ValueError, zlib.error, zipfile.BadZipFile) as error:
        # Damaged, encrypted, or packed in a way that zipfile does not know.
        raise OSError(22, str(error)) from None


def tar_members(archive: Path | bytes, wanted: Callable[[str], bool], *, most: int) -> Iterator[tuple[str, bytes]]:
    """Name and content of the plain files in a packed ``.tar.gz`` that are ``wanted``, in the archive's order.

    Nothing is written to disk and no path inside is followed: links, folders and devices are passed over.

    Args:
        archive: The file, or its bytes.
        wanted: Told the full name of a member.
        most: Bytes that all members together may have when unpacked; a packed bomb is stopped there.

    Raises:
        OSError: The archive cannot be read, or is larger than ``most``.
    """
    source = io.BytesIO(archive) if isinstance(archive, bytes) else archive.open("rb")
    seen = 0
    try:
        # A stream is read once from front to back, so that what has passed takes no memory.
        with source, tarfile.open(fileobj=source, mode="r|gz") as packed:
            for member in packed:
                seen += member.size
                if seen > most:
                    raise OSError(27, "the archive is too large when unpacked")
                if member.isreg() and wanted(member.name):
                    content = packed.extractfile(member)
                    yield member.name, content.read() if content else b""
                packed.members.clear()  # type: ignore[attr-defined]  # 100,000 headers would stay in memory
    except (EOFError, ValueError, zlib.error, tarfile.TarError) as error:
        raise OSError(22, str(error)) from None
