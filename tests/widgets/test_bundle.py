"""The committed JavaScript is what its sources make."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "goldlabel" / "widgets" / "src"


def npm(*words: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("npm")
    if program is None:
        pytest.skip("npm is not installed: learners need no Node")
    if not (ROOT / "node_modules" / "esbuild").is_dir():
        pytest.skip("node_modules is not there: run npm ci")
    return subprocess.run([program, *words], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_the_bundle_is_fresh() -> None:
    done = npm("run", "build", "--", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_bundle_is_built() -> None:
    named = (ROOT / "goldlabel/widgets/build.mjs").read_text(encoding="utf-8")
    bundles = sorted(path.stem for path in (ROOT / "goldlabel/widgets/static").glob("*.js"))
    assert bundles
    assert [name for name in bundles if f'"{name}"' not in named] == []


def test_the_types_hold() -> None:
    done = npm("run", "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_sources_stay_readable() -> None:
    for path in SOURCES.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// @ts-check"), path.name
        assert len(text.splitlines()) <= 350, path.name


def test_the_lock_names_no_host() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_the_modules_by_themselves() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: learners need none")
    tests = [str(path) for path in sorted(Path(__file__).parent.glob("*.test.mjs"))]
    done = subprocess.run([node, "--test", *tests], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
