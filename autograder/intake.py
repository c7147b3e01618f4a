"""Intake: makes an orderly folder of whatever was handed in, before anything else looks at it.

Only ordinary files are copied, no link is followed, sizes and numbers are capped, notebooks are rebuilt from the
release copy, labels stay byte for byte. What is broken or hostile becomes a submission like any other, with a
note for learner and instructor; it never stops the class.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import parse_utc

from autograder.notebooks import read_notebook, write_notebook
from autograder.reading import read_submitted
from autograder.rebuild import rebuild, with_notes
from goldlabel.errors import GoldlabelError, LabelsFileError

__all__ = ["IntakeError", "Limits", "read_release", "rebuilt_notebook", "take_in"]

TIMESTAMP = "timestamp.txt"
SECRET = "submission_secret.txt"  # noqa: S105  (the name of nbgrader's file)

_WEB_PAGES = {".html", ".htm", ".xhtml", ".svg"}
"""nbgrader publishes every page that lies beside its feedback, so a page that was handed in goes no further."""

_LONGEST_PATH = 200
"""Bytes of a path in a submission: under the deeper folder of the course, a longer one might not fit the system."""


class IntakeError(GoldlabelError):
    """A trouble on the instructor's side: nothing was taken in, nobody was graded."""


class Limits(msgspec.Struct, frozen=True):
    """What is taken of one submission.

    Attributes:
        notebook: Bytes of a notebook.
        file: Bytes of any other file.
        files: Number of files.
        total: Bytes of all files that are copied.
    """

    notebook: int = 20_000_000
    file: int = 10_000_000
    files: int = 500
    total: int = 100_000_000


def take_in(
    source: Path, target: Path, release: Path, *, fallback_time: str, limits: Limits | None = None
) -> tuple[str, ...]:
    """Copy one submission.

    Args:
        source: The folder as it was handed in; not changed.
        target: The folder to make; must not exist.
        release: The folder with the assignment as it was given out.
        fallback_time: Time of the hand-in, for a submission whose own timestamp cannot be read.
        limits: What is taken.

    Returns:
        One sentence for everything that was not as it should be; they also stand in the rebuilt notebooks.

    Raises:
        IntakeError: The release copy is missing.
        OSError: The target cannot be written.
    """
    limits = limits or Limits()
    released = _release_notebooks(release)
    target.mkdir(parents=True)
    notes: list[str] = []
    room = limits.total
    for relative in _files(source, limits, notes):
        if relative in {TIMESTAMP, SECRET, *released}:
            continue
        if not _is_welcome(relative, {TIMESTAMP, SECRET, *released}):
            notes.append(f"{_shown(relative)} is not part of the assignment and was left out.")
            continue
        try:
            data = read_submitted(source, relative, most=min(limits.file, room))
        except LabelsFileError as error:
            notes.append(f"{_shown(relative)} was left out. {error.what}.")
            continue
        room -= len(data)
        path = target / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    _write_time_and_secret(source, target, fallback_time, notes)
    for name, notebook in released.items():
        rebuilt, more = rebuilt_notebook(source, name, notebook, most=limits.notebook)
        write_notebook(with_notes(rebuilt, [*notes, *more]), target / name)
        notes += more
    return tuple(dict.fromkeys(notes))


def rebuilt_notebook(
    folder: Path, name: str, release: NotebookNode, *, most: int
) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook ``name`` of a submission, rebuilt, and what was not as it should be."""
    unreadable: tuple[str, ...] = ()
    raw: bytes | None = None
    try:
        raw = read_submitted(folder, name, most=most)
    except LabelsFileError as error:
        unreadable = (f"{name}: {error.what}.",)
    notebook, notes = rebuild(raw, release)
    return notebook, (*unreadable, *notes)


def read_release(path: Path) -> NotebookNode:
    """A notebook as it was given out.

    Raises:
        IntakeError: It is missing or damaged.
    """
    try:
        return read_notebook(path)
    except (OSError, ValueError) as error:
        raise IntakeError(
            f"The notebook as it was given out cannot be read: {error}",
            where=str(path),
            todo="Run `nbgrader generate_assignment` for this assignment again.",
        ) from None


def _release_notebooks(release: Path) -> dict[str, NotebookNode]:
    paths = sorted(release.glob("*.ipynb"))
    if not paths:
        raise IntakeError(
            "The assignment as it was given out is not there",
            where=str(release),
            todo="Run `nbgrader generate_assignment` for this assignment first.",
        )
    return {path.name: read_release(path) for path in paths}


def _files(source: Path, limits: Limits, notes: list[str]) -> Iterator[str]:
    """Paths of the ordinary files below ``source``, in order, with forward slashes; links are never entered.

    What a path leads to may change before it is read: :func:`read_submitted` looks again.
    """
    if _kind(source) != "folder":
        notes.append("The submission is not a folder of its own, so nothing of it was read.")
        return
    count = 0
    for folder, names, files in os.walk(source, followlinks=False):
        for name in sorted([*names, *files]):
            path = Path(folder, name)
            relative = path.relative_to(source).as_posix()
            kind = _kind(path)
            if kind == "folder":
                continue
            if kind != "file":
                notes.append(f"{_shown(relative)} is {kind} and was left out.")
            elif count == limits.files:
                notes.append(f"There are more than {limits.files} files; the rest was left out.")
                return
            else:
                count += 1
                yield relative
        names[:] = sorted(name for name in names if name != ".ipynb_checkpoints")


def _is_welcome(relative: str, ours: set[str]) -> bool:
    """Whether a file may go on: no page or notebook, no name that we write ourselves, no endless path."""
    parts = PurePosixPath(relative).parts
    kinds = {PurePosixPath(part).suffix.lower() for part in parts}
    return not kinds & {*_WEB_PAGES, ".ipynb"} and parts[0] not in ours and len(os.fsencode(relative)) <= _LONGEST_PATH


def _shown(relative: str) -> str:
    """A learner's file name, fit for one line of a note: names may hold line breaks and bytes that are no text."""
    text = relative.encode("utf-8", "replace").decode()
    line = "".join(letter if letter.isprintable() else "?" for letter in text)
    return line if len(line) <= 80 else f"{line[:80]}..."


def _kind(path: Path) -> str:
    """What lies at ``path``: ``folder``, ``file``, or words for a note on anything else."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"not readable ({error.strerror})"
    if stat.S_ISDIR(mode):
        return "folder"
    if stat.S_ISREG(mode):
        return "file"
    return "a link" if stat.S_ISLNK(mode) else "not an ordinary file"


def _write_time_and_secret(source: Path, target: Path, fallback_time: str, notes: list[str]) -> None:
    """Write nbgrader's two small files; it stops the class over one that is missing or cannot be read."""
    stamp = _small_text(source, TIMESTAMP)
    if not _is_time(stamp):
        notes.append("The time of the hand-in could not be read; the time at which it arrived stands in for it.")
        stamp = fallback_time
    (target / TIMESTAMP).write_text(stamp, encoding="ascii")
    secret = _small_text(source, SECRET)
    if not secret:
        notes.append("The receipt of the hand-in is missing, so the feedback cannot be fetched; ask your instructor.")
        secret = secrets.token_hex(64)
    (target / SECRET).write_text(secret, encoding="ascii")


def _small_text(source: Path, name: str) -> str:
    try:
        return read_submitted(source, name, most=1000).decode("ascii").strip()
    except (LabelsFileError, UnicodeDecodeError):
        return ""


def _is_time(stamp: str) -> bool:
    if not stamp:
        return False
    try:
        parse_utc(stamp)
    except (ValueError, OverflowError):
        return False
    return True
