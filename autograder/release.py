"""Makes ``release/`` from ``source/``: what learners get, committed so that everybody can read it.

    python -m autograder.release            # write release/
    python -m autograder.release --check    # say whether release/ is up to date

nbgrader's own command would write into a gradebook too; this uses a course and a gradebook that are thrown away.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.rounds import Round, make_course, repository
from goldlabel.errors import GoldlabelError

__all__ = ["fresh_release", "main", "release_differences"]


def fresh_release(folder: Path) -> Path:
    """Generate every assignment of ``source/`` into a new course in ``folder``; returns its ``release`` folder."""
    course = make_course(folder)
    for source in sorted((course / "source").iterdir()):
        if source.is_dir():
            Round(course, folder / "homes", source.name).generate()
    return course / "release"


def release_differences(made: Path, committed: Path) -> tuple[str, ...]:
    """Files that differ between two release folders, or lie in one only; relative paths, sorted."""
    names = {path.relative_to(root).as_posix() for root in (made, committed) for path in _files(root)}
    return tuple(sorted(name for name in names if _bytes(made / name) != _bytes(committed / name)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check ``release/``; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m autograder.release", description="Make release/ from source/.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if release/ is out of date")
    options = parser.parse_args(arguments)
    committed = repository() / "release"
    with tempfile.TemporaryDirectory(prefix="goldlabel-release-") as folder:
        made = fresh_release(Path(folder))
        differences = release_differences(made, committed)
        if not differences:
            print("release/ is up to date.")
            return 0
        if options.check:
            print(f"release/ is out of date: {', '.join(differences)}\nRun: python -m autograder.release")
            return 1
        for assignment in sorted(made.iterdir()):
            shutil.rmtree(committed / assignment.name, ignore_errors=True)
            shutil.copytree(assignment, committed / assignment.name)
    print(f"Written: {', '.join(differences)}")
    return 0


def _files(root: Path) -> list[Path]:
    found = root.rglob("*") if root.is_dir() else ()
    # A learner may have opened the release copy: what that leaves behind is no difference.
    return [path for path in found if path.is_file() and not {".ipynb_checkpoints", "labels"} & set(path.parts)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    try:
        sys.exit(main())
    except GoldlabelError as error:
        sys.exit(str(error))
