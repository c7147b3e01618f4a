"""The real `start.py` in a copy of its own, with a package index that is not there or never answers."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from setup.machine import Layout

ROOT = Path(__file__).parents[2]
PARTS = ("start.py", "setup", "pyproject.toml", *(path.name for path in ROOT.glob("requirements*.lock")))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals work in another way there")


@pytest.fixture
def copy(tmp_path: Path) -> Layout:
    """A copy of what a set-up needs, in a folder with a name that scripts tend to break on."""
    root = tmp_path / "Ada's Übung"
    root.mkdir()
    for name in PARTS:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    return Layout(root)


@pytest.fixture
def silent_index() -> Iterator[str]:
    """The address of an index that takes calls and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def start(layout: Layout, index: str, home: Path) -> subprocess.Popen[str]:
    """Start start.py as a person would, with only this index."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environ |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index, "HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(
        [Path(sys.base_prefix, "bin", "python3"), "start.py", "--no-browser"],
        cwd=layout.root,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def left(layout: Layout) -> set[str]:
    """What a set-up left behind, its log and its lock aside."""
    return {path.name for path in layout.root.glob(".venv*")} - {".venv.lock", ".venv.log"}


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Read the output up to the line that holds `text`."""
    assert process.stdout
    seen = ""
    for line in process.stdout:
        seen += line
        if text in line:
            return seen
    raise AssertionError(f"{text!r} never came: {seen}")


def test_without_a_network_it_says_so_and_leaves_nothing(copy, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    output, _ = start(copy, f"http://127.0.0.1:{closed}/", tmp_path).communicate(timeout=120)
    assert "the package index cannot be reached" in output
    assert "What to do: check the internet connection" in output
    assert "Traceback" not in output
    assert left(copy) == set()


def test_ctrl_c_leaves_nothing(copy, tmp_path, silent_index):
    process = start(copy, silent_index, tmp_path)
    read_until(process, "Fetching the installer")
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped. Nothing is broken" in output
    assert "Traceback" not in output
    assert left(copy) == set()


def test_a_polite_kill_leaves_nothing_either(copy, tmp_path, silent_index):
    process = start(copy, silent_index, tmp_path)
    read_until(process, "Fetching the installer")
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert left(copy) == set()


def test_after_a_hard_kill_the_next_start_begins_again(copy, tmp_path, silent_index):
    process = start(copy, silent_index, tmp_path)
    read_until(process, "Fetching the installer")
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert left(copy) == {".venv"}
    assert not copy.stamp.exists()
    process = start(copy, silent_index, tmp_path)
    assert "The last set-up did not finish" in read_until(process, "Fetching the installer")
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert left(copy) == set()
