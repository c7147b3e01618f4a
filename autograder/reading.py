"""Reads files that a learner handed in, without ever leaving the folder that was handed in.

What lies in a submission was made by somebody else: a name may be a link to the gradebook, a pipe that never
ends, or a second name of another person's file. Only plain, small files with one name are read. Where the
system can, the path is walked part by part from an open folder (openat), so that nothing can be swapped for a
link between the check and the reading.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath

from goldlabel.errors import LabelsFileError

__all__ = ["read_submitted"]

_WALKS = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
"""Whether the system opens relative to an open folder and can refuse links (Linux and macOS, not Windows)."""

_REPARSE_POINT = 0x400
"""Windows' mark of links and junctions (``stat.FILE_ATTRIBUTE_REPARSE_POINT``)."""

_HAND_IN = "Hand in the whole folder of the assignment, with the labels folder as the exercise wrote it."


def read_submitted(root: str | os.PathLike[str], relative: str, *, most: int) -> bytes:
    """The bytes of one file of a submission.

    Args:
        root: The folder that was handed in.
        relative: The file inside it, with forward slashes.
        most: Largest size that is read, in bytes.

    Raises:
        LabelsFileError: It is missing, a link, no ordinary file, has several names, is too large, or cannot be read.
            The sentences are fit for the learner's eyes: they name no path outside the submission.
        ValueError: ``relative`` does not point inside ``root``; a fault of the caller.
    """
    parts = PurePosixPath(relative).parts
    if not parts or relative.startswith("/") or ".." in parts:
        raise ValueError(f"{relative!r} is not a path inside a submission")
    try:
        handle = _open_walking(Path(root), parts) if _WALKS else _open_checking(Path(root), parts)
        try:
            _check_plain(os.fstat(handle), relative, most)
            with os.fdopen(handle, "rb", closefd=False) as file:
                data = file.read(most + 1)
        finally:
            # Ours to close in any case: fdopen refuses a folder and would leave the handle open.
            os.close(handle)
    except OSError as error:
        raise _explained(error, relative) from None
    if len(data) > most:
        # It grew between the check and the reading.
        raise _too_large(relative, most)
    return data


def _open_walking(root: Path, parts: tuple[str, ...]) -> int:
    """Open the file from folder to folder; a link anywhere on the way makes the system refuse."""
    into = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
    folder = os.open(root, into)
    try:
        for part in parts[:-1]:
            deeper = os.open(part, into, dir_fd=folder)
            os.close(folder)
            folder = deeper
        # Without O_NONBLOCK, opening a pipe would wait for somebody who writes into it.
        return os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    finally:
        os.close(folder)


def _open_checking(root: Path, parts: tuple[str, ...]) -> int:
    """The next best where the system cannot walk: look at every part, open, and look again at what was opened."""
    path = root
    for part in ("", *parts):
        path /= part
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode) or getattr(status, "st_file_attributes", 0) & _REPARSE_POINT:
            raise OSError(errno.ELOOP, "a link")
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file")
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    opened = os.fstat(handle)
    if (opened.st_dev, opened.st_ino) != (status.st_dev, status.st_ino):
        os.close(handle)
        raise OSError(errno.ELOOP, "swapped while it was opened")
    return handle


def _check_plain(status: os.stat_result, relative: str, most: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file")
    if status.st_nlink != 1:
        # A hard link is another file's second name: reading it could hand out what belongs to somebody else.
        raise OSError(errno.EMLINK, "several names")
    if status.st_size > most:
        raise _too_large(relative, most)


def _too_large(relative: str, most: int) -> LabelsFileError:
    return LabelsFileError(
        f"The file is larger than {most / 1e6:g} MB, so it was not read", where=relative, todo=_HAND_IN
    )


def _explained(error: OSError, relative: str) -> LabelsFileError:
    match error.errno:
        case errno.ENOENT:
            what = "There is no such file in what was handed in"
        case errno.ELOOP | errno.ENOTDIR:
            # Linux says ENOTDIR, macOS ELOOP, when a folder on the way is a link.
            what = "The file, or a folder on the way to it, is a link; links are not followed"
        case errno.EMLINK:
            what = "The file is a hard link; only a file of its own is read"
        case errno.EINVAL | errno.ENXIO | errno.EISDIR:
            what = "This is not an ordinary file"
        case _:
            what = f"The file cannot be read: {error.strerror}"
    return LabelsFileError(what, where=relative, todo=_HAND_IN)
