"""The house's own rules, checked by the tools that know them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

CHECKS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "goldlabel", "autograder", "tests", "setup", "start.py", "datasets/studio"],
    "types": ["mypy", "goldlabel", "autograder"],
    "floors": ["lint-imports"],
    "spelling": [
        "codespell",
        "goldlabel",
        "autograder",
        "course",
        "source",
        "datasets",
        "README.md",
        "CONTRIBUTING.md",
    ],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_tools_are_content(name: str) -> None:
    program, *arguments = CHECKS[name]
    path = shutil.which(program, path=str(Path(sys.executable).parent)) or shutil.which(program)
    assert path, f"{program} is not installed: run python3 start.py test"
    done = subprocess.run([path, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]


def test_media_stay_small() -> None:
    sizes = {path: path.stat().st_size for path in tracked() if path.exists()}
    assert max(sizes.values()) <= 5_000_000, max(sizes, key=lambda path: sizes[path])
    media = {".jpg", ".jpeg", ".png", ".webm", ".opus", ".flac", ".webp"}
    assert sum(size for path, size in sizes.items() if path.suffix in media) <= 60_000_000


def test_no_exam_gold_where_learners_get_it() -> None:
    for path in tracked():
        if path.relative_to(ROOT).parts[0] in ("datasets", "course", "release", "source", "goldlabel"):
            assert not path.name.startswith("exam."), path
