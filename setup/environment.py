"""The environment `.venv`: when it is right, when it has to be made, and how it is never left half made.

An environment holds absolute paths, so it cannot be made elsewhere and moved into place. Instead the one
that worked is moved aside, the new one is made where it belongs, and its stamp is written last. Where a step
fails, the old one is moved back; after a power cut or a `kill -9` the next start does that.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from setup import machine
from setup.install import BOOTSTRAP_LOCK, Tools
from setup.machine import Layout
from setup.talk import SetupError, say

LEARNER_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
PACKAGES = ("goldlabel", "autograder")

Stamp = dict[str, str]


class Need(Enum):
    """What an environment lacks."""

    NOTHING = "nothing"
    PROJECT = "only the project's own metadata changed"
    EVERYTHING = "it must be made anew"


def expected_stamp(layout: Layout, lock: str) -> Stamp:
    """Return the stamp of an environment that fits the clone as it is now."""
    locks = [layout.root / name for name in (BOOTSTRAP_LOCK, lock)]
    # An editable install knows only the packages that were there when it was made.
    present = " ".join(name for name in PACKAGES if (layout.root / name / "__init__.py").is_file())
    version = ".".join(map(str, sys.version_info[:2]))
    return {
        "python": f"{sys.implementation.name} {version} {machine.base_python()}",
        "root": str(layout.root),
        "lock": lock,
        "packages": _sha256(*locks),
        "project": f"{_sha256(layout.root / 'pyproject.toml')} {present}",
    }


def need(layout: Layout, lock: str) -> Need:
    """Compare the stamp of `.venv` with the one that it should have.

    An environment with the test packages holds everything that a learner needs, so it serves both.
    """
    stamp = read_stamp(layout.stamp)
    if stamp is None or not layout.python.is_file():
        return Need.EVERYTHING
    served = stamp.get("lock", "")
    if served not in {lock, TEST_LOCK}:
        return Need.EVERYTHING
    wanted = expected_stamp(layout, served)
    differing = {key for key in wanted if stamp.get(key) != wanted[key]}
    if not differing:
        return Need.NOTHING
    return Need.PROJECT if differing == {"project"} else Need.EVERYTHING


def ensure(layout: Layout, lock: str, environ: Mapping[str, str]) -> None:
    """Make `.venv` fit `lock`, whatever state it is in; do nothing where it does.

    Raises:
        SetupError: Where that cannot be done; then what was there before is there again.
    """
    if need(layout, lock) is Need.NOTHING and not layout.backup.exists():
        return
    machine.check_writable(layout.root)
    with only_one(layout.lock_file) as held:
        recover(layout)
        needed = need(layout, lock)  # asked again: another start may have done the work while we waited
        tools = Tools(layout, environ, held)
        if needed is Need.PROJECT:
            served = (read_stamp(layout.stamp) or {})["lock"]
            tools.install_project()
            write_stamp(layout.stamp, expected_stamp(layout, served))
        elif needed is Need.EVERYTHING:
            _make(layout, lock, tools)


def _make(layout: Layout, lock: str, tools: Tools) -> None:
    """Make the environment anew, with the old one kept until the new one is whole."""
    machine.check_python_parts()
    machine.check_space(layout.root)
    _explain(layout, lock)
    with contextlib.suppress(FileNotFoundError):
        layout.log.unlink()
    if read_stamp(layout.stamp) is not None:
        move(layout.venv, layout.backup)
    else:
        discard(layout.venv, layout)
    try:
        tools.make_venv(machine.base_python())
        tools.install_lock(lock)
        tools.install_project()
        write_stamp(layout.stamp, expected_stamp(layout, lock))
    except BaseException:
        discard(layout.venv, layout)
        recover(layout)
        raise
    discard(layout.backup, layout)


def _explain(layout: Layout, lock: str) -> None:
    """Say why something is about to be made."""
    stamp = read_stamp(layout.stamp)
    if stamp is None and layout.venv.exists():
        say("The last set-up did not finish, so it is done again from the beginning.")
    elif stamp is None:
        say("First start: setting up the course. This happens once.")
    elif stamp.get("root") != str(layout.root):
        say("The folder was moved, so the set-up is done again.")
    elif stamp.get("lock") != lock:
        say("Setting up the course with the packages that the tests need.")
    else:
        say("The course's packages (or this computer's Python) changed, so the set-up is done again.")


def recover(layout: Layout) -> None:
    """Undo what an interrupted set-up left behind: a whole previous environment comes back, half ones go."""
    if layout.backup.exists():
        if read_stamp(layout.stamp) is None:
            discard(layout.venv, layout)
            move(layout.backup, layout.venv)
        else:  # the new one was whole, only the old one had not been deleted yet
            discard(layout.backup, layout)
    if layout.discarded.exists():
        shutil.rmtree(layout.discarded, ignore_errors=True)


def discard(folder: Path, layout: Layout) -> None:
    """Delete an environment; moved away first, so that none is ever half deleted in its place."""
    if not folder.exists():
        return
    ours = (folder / "pyvenv.cfg").exists() or not any(folder.iterdir())
    if not ours:
        raise SetupError(
            f"There is a folder {folder.name} here that is not a Python environment, so it is left alone.",
            f"move or delete {folder}, then start again.",
        )
    shutil.rmtree(layout.discarded, ignore_errors=True)
    move(folder, layout.discarded)
    shutil.rmtree(layout.discarded, ignore_errors=True)


def move(source: Path, target: Path) -> None:
    """Rename an environment, and say in plain words why it cannot be done (on Windows: it is in use)."""
    try:
        source.replace(target)
    except OSError as error:
        raise SetupError(
            f"The environment {source} is in use or cannot be moved ({error.strerror or error}).",
            "close every JupyterLab and terminal that uses it, then start again.",
        ) from error


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp in `path`, or None where there is none that can be read."""
    try:
        stamp = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return stamp if isinstance(stamp, dict) else None


def write_stamp(path: Path, stamp: Stamp) -> None:
    """Write the stamp so that it is there whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(stamp, indent=2) + "\n", "utf-8")
    draft.replace(path)


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[int]:
    """Hold `path` for this process alone; a second set-up in the same folder waits. Gives its descriptor.

    The system lets go of it when the process ends, however it ends.
    """
    with path.open("ab") as handle:
        if not _try_lock(handle):
            say("Another set-up is running in this folder. Waiting for it ...")
            while not _try_lock(handle):
                time.sleep(0.5)
        yield handle.fileno()


def _try_lock(handle: BinaryIO) -> bool:
    """Lock an open file without waiting; False where somebody else has it."""
    try:
        if sys.platform == "win32":
            import msvcrt  # each system has only one of the two

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sha256(*paths: Path) -> str:
    """Return one SHA-256 over the files' contents, line ends aside (git changes them on Windows)."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
