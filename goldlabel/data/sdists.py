"""The source archive of a published package, fetched by pip from wherever this computer gets its packages.

pip knows the index, its certificate, its password and its mirrors; the course names none of them. pip compares the
archive with the pinned SHA-256 before it looks inside. Then it asks the archive's own ``setup.py`` for its name, as it
does for every source archive: with the checksum pinned, that is the very file that was read before it was pinned.
Nothing is installed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import msgspec

from goldlabel.errors import DataError

__all__ = ["Sdist", "sdist_bytes"]

PATIENCE = 300.0
"""Seconds after which pip is given up."""

QUIETLY = ("--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1", "--timeout", "20")


class Sdist(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source archive on a package index.

    Attributes:
        project: Name of the package there.
        version: Exactly.
        sha256: Of the archive.
        most_bytes: Over which it is not read.
    """

    project: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9][A-Za-z0-9.]*$")]
    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
    most_bytes: Annotated[int, msgspec.Meta(ge=1)]


def sdist_bytes(sdist: Sdist) -> bytes:
    """Download the archive and give its content; nothing stays on the disk.

    Raises:
        DataError: It cannot be had, or is another one than pinned.
    """
    with tempfile.TemporaryDirectory(prefix="goldlabel-") as name:
        folder = Path(name)
        wish = folder / "wish.txt"
        wish.write_text(f"{sdist.project}=={sdist.version} --hash=sha256:{sdist.sha256}\n", encoding="utf-8")
        target = folder / "got"
        command = [
            *(sys.executable, "-m", "pip", "download", *QUIETLY, "--no-deps", "--no-build-isolation"),
            *("--require-hashes", "--no-binary", sdist.project, "--dest", str(target), "--requirement", str(wish)),
        ]
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(sdist, str(error)) from None
        if done.returncode:
            raise _failed(sdist, done.stderr or done.stdout)
        found = sorted(target.glob("*.tar.gz"))
        if len(found) != 1 or found[0].stat().st_size > sdist.most_bytes:
            raise _failed(sdist, "pip brought no archive of the expected kind")
        data = found[0].read_bytes()
    if hashlib.sha256(data).hexdigest() != sdist.sha256:
        raise _failed(sdist, "hashes: it is another file")
    return data


def _failed(sdist: Sdist, output: str) -> DataError:
    """The failure in one sentence; its last line is kept for whoever is asked for help."""
    name = f"{sdist.project} {sdist.version}"
    if "HASHES" in output.upper():
        return DataError(
            f"The source archive of {name} is another one than the course was made with, so it was thrown away",
            where=name,
            todo="Try again; if it happens twice, tell whoever gave you the course.",
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last = lines[-1][:200] if lines else "pip said nothing"
    return DataError(
        f"The source archive of {name} cannot be downloaded: {last}",
        where=name,
        todo="Check the internet connection, then run: goldlabel data get. The rest of the course works without it.",
    )
