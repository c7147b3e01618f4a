"""Make the lock files: pinned, with hashes, for every system, and without the address of any package index.

python3 start.py lock             after a change of the dependencies in pyproject.toml
python3 start.py lock --upgrade   to take newer versions of everything
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from setup.install import BOOTSTRAP_LOCK, Tools, Uv
from setup.machine import Layout
from setup.talk import SetupError, step

HEADER = "# Made from pyproject.toml by:  python3 start.py lock  (what still fits keeps its version)\n"
FLAGS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate")


@dataclass(frozen=True)
class Lock:
    """One lock file and the arguments of `uv pip compile` that make it."""

    name: str
    sources: tuple[str, ...]


BOOTSTRAP_NEEDS = "uv>=0.9\n"
LEARNER = Lock("requirements.lock", ("pyproject.toml",))
TEST = Lock("requirements-test.lock", ("pyproject.toml", "--extra", "test", "--constraint", LEARNER.name))


def parser() -> argparse.ArgumentParser:
    """The options of `start.py lock`."""
    options = argparse.ArgumentParser(prog="start.py lock", description="Make the lock files again.")
    options.add_argument("--upgrade", action="store_true", help="take newer versions of everything")
    return options


def make(layout: Layout, environ: Mapping[str, str], *, upgrade: bool) -> None:
    """Write the three lock files; each is replaced only once the new one is whole."""
    tools = Tools(layout, environ)
    with tempfile.TemporaryDirectory() as folder, tools.borrowed_uv() as uv:
        if uv is None:
            raise SetupError("uv, which makes the locks, cannot be had here.", "make them on another computer.")
        bootstrap = Path(folder, "bootstrap.in")
        bootstrap.write_text(BOOTSTRAP_NEEDS, "utf-8")
        for lock in (Lock(BOOTSTRAP_LOCK, (str(bootstrap),)), LEARNER, TEST):
            with step(f"Resolving {lock.name}"):
                _compile(layout.root / lock.name, lock, uv, upgrade=upgrade)


def _compile(path: Path, lock: Lock, uv: Uv, *, upgrade: bool) -> None:
    draft = path.with_suffix(".draft")
    try:
        if path.exists() and not upgrade:  # uv keeps the versions that its output file already names
            draft.write_text(path.read_text("utf-8"), "utf-8")
        flags = (*FLAGS, "--upgrade") if upgrade else FLAGS
        uv("pip", "compile", *flags, *lock.sources, "--output-file", draft)
        text = HEADER + draft.read_text("utf-8")
        if "://" in text:
            raise SetupError(f"{lock.name} would hold an address.", "pin packages by name, not by address.")
        draft.write_text(text, "utf-8", newline="\n")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
