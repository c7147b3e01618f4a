"""Every notebook that a learner or an instructor opens: tidy in git, and runs with nothing labelled."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("course", "source", "release")
NOTEBOOKS = sorted(
    path for folder in FOLDERS for path in (ROOT / folder).rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts
)
MOST_LINES = 12


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_there_are_notebooks() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in NOTEBOOKS} == set(FOLDERS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=names(NOTEBOOKS))
class TestTidy:
    def test_valid_and_named(self, path: Path) -> None:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert notebook.metadata.kernelspec.name == "python3", "another kernel name opens a dialog at the learner's"
        # From the file itself: nbformat gives a second cell of one id another one while it reads.
        ids = [cell["id"] for cell in json.loads(path.read_bytes())["cells"]]
        assert len(set(ids)) == len(ids)

    def test_no_outputs_no_counts(self, path: Path) -> None:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                assert cell["outputs"] == []
                assert cell["execution_count"] is None

    def test_code_cells_are_short(self, path: Path) -> None:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert len(cell.source.splitlines()) <= MOST_LINES, f"{cell.id}: move this into the library"
                assert "____" not in cell.source

    def test_dollars_are_no_formula(self, path: Path) -> None:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                text = re.sub(r"`[^`]*`", "", cell.source)
                # Escaped ones, too: seen set as a formula in JupyterLab 4.6.
                assert "$" not in text, f"{cell.id}: write 5 dollars, or JupyterLab sets the text as a formula"

    def test_links_and_pictures_exist(self, path: Path) -> None:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "markdown":
                continue
            for target in re.findall(r"\]\(([^)#\s]+)", cell.source):
                if "://" not in target and not target.startswith("mailto:"):
                    assert (path.parent / target).exists(), f"{cell.id} links to {target}"


@pytest.mark.slow
def test_every_notebook_runs_with_nothing_labelled(tmp_path: Path) -> None:
    """nbval runs every code cell in a real kernel; an exception in any of them fails.

    The folders are copied, so that running leaves no labels in the checkout, and run serially: parallel kernels
    lose a port now and then.
    """
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "labels"))
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    done = subprocess.run(
        [*command, f"--rootdir={tmp_path}", *FOLDERS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"\d+ passed", done.stdout)
