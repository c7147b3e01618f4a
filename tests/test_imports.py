"""What an import may bring along: looked up in sys.modules of a fresh Python, never timed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {"matplotlib", "pandas", "scipy", "ipywidgets", "IPython", "nbgrader"}


def brought_along(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize("module", ["goldlabel", "goldlabel.cli"])
def test_the_package_is_light(module) -> None:
    assert not brought_along(module) & HEAVY


@pytest.mark.parametrize(
    "module", ["goldlabel", "goldlabel.annotations", "goldlabel.exercises", "goldlabel.store", "goldlabel.widgets.base"]
)
def test_labels_need_no_numpy(module) -> None:
    """A browser's Python has none: labels, store and widgets must import there."""
    assert "numpy" not in brought_along(module)


def test_exercise_is_found_when_it_is_asked_for() -> None:
    import goldlabel

    assert goldlabel.Exercise.__module__ == "goldlabel.workbench"
    with pytest.raises(AttributeError, match="no attribute 'Exercize'"):
        _ = goldlabel.Exercize


def test_the_floors_hold() -> None:
    """import-linter's contracts: each floor imports only those below it, and never the instructor's side."""
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "2 kept, 0 broken" in done.stdout
