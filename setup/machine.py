"""What the set-up asks of the machine, and the surroundings it gives to the programs that it starts."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from setup.talk import SetupProblem

MEGABYTE = 1_000_000
SPACE_NEEDED = 1_500 * MEGABYTE
"""The environment (some 600 MB), a second one beside it while an update is made, and room to work."""

STALE_PREFIXES = ("CONDA_", "JPY_", "JUPYTER", "PIP_", "PYTHON", "UV_", "VIRTUAL_ENV")
"""Variables that a shell may still hold from another project, and that would lead our programs astray."""

STALE_NAMES = frozenset({"MPLBACKEND", "__PYVENV_LAUNCHER__"})

KEPT = frozenset(
    {f"PIP_{name}" for name in ("CACHE_DIR", "CERT", "CLIENT_CERT", "CONFIG_FILE", "DEFAULT_TIMEOUT", "EXTRA_INDEX_URL")}
    | {f"PIP_{name}" for name in ("FIND_LINKS", "INDEX_URL", "KEYRING_PROVIDER", "NO_CACHE_DIR", "NO_INDEX", "PROXY")}
    | {f"PIP_{name}" for name in ("RETRIES", "TIMEOUT", "TRUSTED_HOST", "USE_FEATURE")}
    | {f"UV_{name}" for name in ("CACHE_DIR", "CONFIG_FILE", "DEFAULT_INDEX", "EXTRA_INDEX_URL", "FIND_LINKS", "INDEX")}
    | {f"UV_{name}" for name in ("INDEX_STRATEGY", "INDEX_URL", "INSECURE_HOST", "HTTP_TIMEOUT", "KEYRING_PROVIDER")}
    | {f"UV_{name}" for name in ("LINK_MODE", "NATIVE_TLS", "NO_CACHE", "OFFLINE", "SYSTEM_CERTS")}
    | {"PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONUTF8"}
)
"""The exceptions: where this machine gets its packages from, and how it prints."""

KEPT_PREFIXES = ("UV_INDEX_",)
"""uv's user names and passwords for named indexes."""


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
    if name in KEPT or name.startswith(KEPT_PREFIXES):
        return False
    return name in STALE_NAMES or name.startswith(STALE_PREFIXES)


def check_python_parts(find: Iterable[str] = ("venv", "ensurepip")) -> None:
    """Raise a SetupProblem where the system has split `venv` or `ensurepip` off into a package of their own."""
    if all(importlib.util.find_spec(name) for name in find):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    raise SetupProblem(
        "This Python came without the parts that make environments (Debian and Ubuntu keep them apart).",
        f"install them with  sudo apt install {package}  (or python3-venv), then start again.",
    )


def check_space(folder: Path, needed: int = SPACE_NEEDED) -> None:
    """Raise a SetupProblem where `folder` has less than `needed` bytes of room."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise SetupProblem(
            f"The disk is too full: {free // MEGABYTE:,} MB free, and the set-up needs {needed // MEGABYTE:,} MB.",
            "make room on the disk that holds this folder, then start again.",
        )


def check_writable(folder: Path) -> None:
    """Raise a SetupProblem where no file can be made in `folder`."""
    probe = folder / ".venv.probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SetupProblem(
            f"The folder {folder} cannot be written ({error.strerror or error}).",
            "move the course into a folder of your own, for example in your home folder, and start again there.",
        ) from error


def base_python() -> Path:
    """The Python below any environment: the one that new environments are made from."""
    return Path(getattr(sys, "_base_executable", None) or sys.executable)
