"""What nbgrader needs around it to work from any shell and beside other programs."""

from __future__ import annotations

import os
import sqlite3
import sys
import warnings
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SAWarning

__all__ = ["LOCK_SECONDS", "prepare"]

LOCK_SECONDS = 60
"""How long a locked gradebook is waited for. SQLite's own 5 s are over quickly while the formgrader is busy, and
then nbgrader stops grading the whole class."""


def prepare() -> None:
    """Put this environment's programs on PATH, make SQLite wait for a locked gradebook, and keep nbgrader quiet.

    nbgrader calls a bare ``alembic`` when it makes a gradebook; it must be ours, and be found at all.
    Calling this again changes nothing.
    """
    # Not resolved: a virtual environment's Python is a link, and its programs lie beside the link.
    programs = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    if programs not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, (programs, path)))
    # Three warnings for each submission, about objects that nbgrader adds to the gradebook a moment later.
    warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\..*")
    if not event.contains(Engine, "connect", _wait_for_locks):
        event.listen(Engine, "connect", _wait_for_locks)


def _wait_for_locks(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {1000 * LOCK_SECONDS:d}")
