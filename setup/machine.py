"""What the set-up asks of the machine, and the surroundings it gives to the programs that it starts."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from setup.talk import SetupError

MEGABYTE = 1_000_000
SPACE_NEEDED = 1_500 * MEGABYTE
"""The environment (some 600 MB), a second one beside it while an update is made, and room to work."""

STALE_PREFIXES = ("CONDA_", "JPY_", "JUPYTER", "PIP_", "PYTHON", "UV_", "VIRTUAL_ENV")
"""What a shell may still hold from another project, and what would lead our programs astray."""

STALE_NAMES = frozenset({"MPLBACKEND", "__PYVENV_LAUNCHER__"})

KEPT = re.compile(
    r"PIP_(CACHE_DIR|CERT|CLIENT_CERT|CONFIG_FILE|DEFAULT_TIMEOUT|TIMEOUT|RETRIES|PROXY|TRUSTED_HOST"
    r"|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|NO_INDEX|KEYRING_PROVIDER|NO_CACHE_DIR)"
    r"|UV_(CACHE_DIR|CONFIG_FILE|DEFAULT_INDEX|INDEX(_\w+)?|EXTRA_INDEX_URL|FIND_LINKS|INSECURE_HOST"
    r"|HTTP_TIMEOUT|KEYRING_PROVIDER|LINK_MODE|NATIVE_TLS|SYSTEM_CERTS|NO_CACHE|OFFLINE)"
    r"|PYTHON(IOENCODING|UNBUFFERED|UTF8)"
)
"""The exceptions: where this machine gets its packages from, and how it prints."""


@dataclass(frozen=True)
class Layout:
    """Where things lie in one clone of the project.

    Attributes:
        root: The project's folder.
        windows: Whether the layout is that of Windows.
    """

    root: Path
    windows: bool = os.name == "nt"

    @property
    def venv(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def backup(self) -> Path:
        """Where the previous environment waits while a new one is made."""
        return self.root / ".venv.previous"

    @property
    def discarded(self) -> Path:
        """Where an environment is moved before it is deleted, so that no half-deleted one is ever in use."""
        return self.root / ".venv.discarded"

    @property
    def stamp(self) -> Path:
        """The file that is written last: an environment without it is not whole."""
        return self.venv / "goldlabel-setup.json"

    @property
    def log(self) -> Path:
        """Everything that pip and uv said in the last set-up."""
        return self.root / ".venv.log"

    @property
    def lock_file(self) -> Path:
        """The file that keeps two set-ups from working in one folder."""
        return self.root / ".venv.lock"

    @property
    def programs(self) -> Path:
        """The folder with the environment's programs."""
        return self.venv / ("Scripts" if self.windows else "bin")

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.program("python")

    def program(self, name: str) -> Path:
        """The path of one of the environment's programs."""
        return self.programs / (f"{name}.exe" if self.windows else name)


def clean_surroundings(layout: Layout, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables for the programs that we start: nothing stale, our programs first on PATH.

    nbgrader calls a bare `alembic`, and lessons may call a bare `python`: both must be the environment's own.

    Args:
        layout: The clone whose environment is used.
        environ: The variables of the person's shell; not changed.
    """
    cleaned = {name: value for name, value in environ.items() if not _is_stale(name.upper())}
    separator = ";" if layout.windows else ":"
    cleaned["PATH"] = separator.join(filter(None, (str(layout.programs), environ.get("PATH", ""))))
    cleaned["VIRTUAL_ENV"] = str(layout.venv)
    return cleaned


def _is_stale(name: str) -> bool:
    if KEPT.fullmatch(name):
        return False
    return name in STALE_NAMES or name.startswith(STALE_PREFIXES)


def check_python_parts(find: Iterable[str] = ("venv", "ensurepip")) -> None:
    """Raise a SetupError where the system has split `venv` or `ensurepip` off into a package of their own."""
    if all(importlib.util.find_spec(name) for name in find):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    raise SetupError(
        "This Python came without the parts that make environments (Debian and Ubuntu keep them apart).",
        f"install them with  sudo apt install {package}  (or python3-venv), then start again.",
    )


def check_space(folder: Path, needed: int = SPACE_NEEDED) -> None:
    """Raise a SetupError where `folder` has less than `needed` bytes of room."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SetupError(
            f"The disk is too full: {needed // MEGABYTE:,} MB are needed, {free // MEGABYTE:,} MB are free.",
            "make room on the disk that holds this folder, then start again.",
        )


def check_writable(folder: Path) -> None:
    """Raise a SetupError where no file can be made in `folder`."""
    probe = folder / ".venv.probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SetupError(
            f"The folder {folder} cannot be written ({error.strerror or error}).",
            "move the course into a folder of your own, for example below your home folder, and start there.",
        ) from error


def base_python() -> Path:
    """The Python below any environment: the one that new environments are made from."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable)
