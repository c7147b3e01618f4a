"""A clone in a folder of its own, with a set-up whose slow parts are played."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from setup import environment
from setup.install import BOOTSTRAP_LOCK, ToolError
from setup.machine import Layout


class PlayedTools:
    """Does in a moment what pip and uv do, notes it, and fails where it is told to.

    Attributes:
        done: What was done, in order.
        fail_at: The step that fails, and with what.
    """

    done: list[str]
    fail_at: dict[str, BaseException]

    def __init__(self, layout: Layout, environ, held=None) -> None:
        self.layout = layout
        self.held = held

    def make_venv(self, python: Path) -> None:
        assert not self.layout.venv.exists(), "an environment must not be made over another"
        self.layout.programs.mkdir(parents=True)
        (self.layout.venv / "pyvenv.cfg").touch()
        self.layout.python.touch()
        self._note("venv")

    def install_lock(self, lock: str) -> None:
        (self.layout.venv / "installed").write_text(lock)
        self._note("install")

    def install_project(self) -> None:
        assert not environment.read_stamp(self.layout.stamp) or self.layout.venv.exists()
        self._note("project")

    def _note(self, step: str) -> None:
        if step in self.fail_at:
            raise self.fail_at[step]
        self.done.append(step)


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A clone with locks, metadata and one package."""
    for name in (BOOTSTRAP_LOCK, environment.LEARNER_LOCK, environment.TEST_LOCK, "pyproject.toml"):
        (tmp_path / name).write_text(f"# {name}\n")
    (tmp_path / "goldlabel").mkdir()
    (tmp_path / "goldlabel" / "__init__.py").touch()
    return Layout(tmp_path)


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> type[PlayedTools]:
    """The played tools, in the place of the real ones."""
    monkeypatch.setattr(PlayedTools, "done", [], raising=False)
    monkeypatch.setattr(PlayedTools, "fail_at", {}, raising=False)
    monkeypatch.setattr(environment, "Tools", PlayedTools)
    monkeypatch.setattr(environment.machine, "check_space", lambda folder: None)
    return PlayedTools


@pytest.fixture
def no_network() -> ToolError:
    """What pip's failure looks like without a network."""
    return ToolError("Fetching uv", "NewConnectionError('...'): Temporary failure in name resolution")


def stamp_of(layout: Layout) -> dict[str, str]:
    """The stamp as it lies on the disk."""
    return json.loads(layout.stamp.read_text())
