"""The environment: made once, made again when it must be, and whole or not there at all."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import threading

import pytest

from setup import environment
from setup.environment import LEARNER_LOCK, TEST_LOCK, Need, ensure, need
from setup.machine import Layout
from setup.talk import SetupError


def changed(layout: Layout, name: str) -> None:
    """Change one file of the clone."""
    (layout.root / name).write_text(f"# another {name}\n")


def leftovers(layout: Layout) -> set[str]:
    """What lies beside the environment and should not, once a set-up is over."""
    return {path.name for path in layout.root.glob(".venv*")} - {".venv", ".venv.lock", ".venv.log"}


def test_the_first_start_makes_everything_and_the_second_nothing(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    assert tools.done == ["venv", "install", "project"]
    ensure(layout, LEARNER_LOCK, {})
    assert tools.done == ["venv", "install", "project"]
    assert leftovers(layout) == set()


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("requirements.lock", Need.EVERYTHING),
        ("requirements-bootstrap.lock", Need.EVERYTHING),
        ("requirements-test.lock", Need.NOTHING),
        ("pyproject.toml", Need.PROJECT),
        ("README.md", Need.NOTHING),
    ],
)
def test_what_a_change_costs(layout, tools, name, needed):
    ensure(layout, LEARNER_LOCK, {})
    changed(layout, name)
    assert need(layout, LEARNER_LOCK) is needed


def test_windows_line_ends_are_no_change(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    lock = layout.root / LEARNER_LOCK
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert need(layout, LEARNER_LOCK) is Need.NOTHING


def test_new_metadata_only_adds_the_library_again(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    changed(layout, "pyproject.toml")
    ensure(layout, LEARNER_LOCK, {})
    assert tools.done[3:] == ["project"]
    assert need(layout, LEARNER_LOCK) is Need.NOTHING


def test_a_package_that_appears_is_added(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    (layout.root / "autograder").mkdir()
    (layout.root / "autograder" / "__init__.py").touch()
    assert need(layout, LEARNER_LOCK) is Need.PROJECT


def test_a_moved_folder_is_set_up_again(layout, tools, tmp_path_factory):
    ensure(layout, LEARNER_LOCK, {})
    moved = Layout(tmp_path_factory.mktemp("moved") / "course")
    shutil.move(layout.root, moved.root)
    assert need(moved, LEARNER_LOCK) is Need.EVERYTHING


def test_another_python_is_set_up_again(layout, tools, monkeypatch):
    ensure(layout, LEARNER_LOCK, {})
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert need(layout, LEARNER_LOCK) is Need.EVERYTHING


def test_a_python_that_was_removed_is_noticed(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    layout.python.unlink()
    assert need(layout, LEARNER_LOCK) is Need.EVERYTHING


def test_the_test_environment_serves_learners_too_but_not_the_reverse(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    assert need(layout, TEST_LOCK) is Need.EVERYTHING
    ensure(layout, TEST_LOCK, {})
    assert need(layout, LEARNER_LOCK) is Need.NOTHING
    changed(layout, TEST_LOCK)
    assert need(layout, LEARNER_LOCK) is Need.EVERYTHING


@pytest.mark.parametrize("step", ["venv", "install", "project"])
@pytest.mark.parametrize("how", ["no network", "Ctrl+C"])
def test_a_first_set_up_that_fails_leaves_nothing(layout, tools, no_network, step, how):
    tools.fail_at[step] = no_network if how == "no network" else KeyboardInterrupt()
    with pytest.raises((SetupError, KeyboardInterrupt)):
        ensure(layout, LEARNER_LOCK, {})
    assert not layout.venv.exists()
    assert leftovers(layout) == set()
    tools.fail_at.clear()
    ensure(layout, LEARNER_LOCK, {})
    assert need(layout, LEARNER_LOCK) is Need.NOTHING


@pytest.mark.parametrize("step", ["venv", "install", "project"])
def test_an_update_that_fails_gives_the_old_environment_back(layout, tools, no_network, step):
    ensure(layout, LEARNER_LOCK, {})
    tools.fail_at[step] = no_network
    with pytest.raises(SetupError):
        ensure(layout, TEST_LOCK, {})
    assert (layout.venv / "installed").read_text() == LEARNER_LOCK
    assert need(layout, LEARNER_LOCK) is Need.NOTHING
    assert leftovers(layout) == set()


def test_a_killed_first_set_up_is_done_again(layout, tools, capsys):
    layout.programs.mkdir(parents=True)  # what a `kill -9` leaves: no stamp
    (layout.venv / "pyvenv.cfg").touch()
    (layout.venv / "half a package").touch()
    ensure(layout, LEARNER_LOCK, {})
    assert "did not finish" in capsys.readouterr().out
    assert not (layout.venv / "half a package").exists()
    assert need(layout, LEARNER_LOCK) is Need.NOTHING


def test_a_killed_update_is_undone_without_a_network(layout, tools, no_network):
    ensure(layout, LEARNER_LOCK, {})
    layout.venv.rename(layout.backup)
    layout.venv.mkdir()
    (layout.venv / "pyvenv.cfg").touch()
    for step in ("venv", "install", "project"):
        tools.fail_at[step] = no_network
    ensure(layout, LEARNER_LOCK, {})
    assert (layout.venv / "installed").read_text() == LEARNER_LOCK
    assert leftovers(layout) == set()


def test_killed_after_the_stamp_and_before_the_old_one_is_deleted(layout, tools):
    ensure(layout, LEARNER_LOCK, {})
    shutil.copytree(layout.venv, layout.backup)
    (layout.backup / "installed").write_text("the old one")
    ensure(layout, LEARNER_LOCK, {})
    assert (layout.venv / "installed").read_text() == LEARNER_LOCK
    assert leftovers(layout) == set()


def test_half_a_deletion_is_finished(layout, tools):
    layout.discarded.mkdir()
    (layout.discarded / "rest").touch()
    ensure(layout, LEARNER_LOCK, {})
    assert leftovers(layout) == set()


@pytest.mark.parametrize("damage", ["", "{", "[]", "\0"])
def test_a_damaged_stamp_counts_as_none(layout, tools, damage):
    ensure(layout, LEARNER_LOCK, {})
    layout.stamp.write_text(damage)
    assert need(layout, LEARNER_LOCK) is Need.EVERYTHING
    ensure(layout, LEARNER_LOCK, {})
    assert need(layout, LEARNER_LOCK) is Need.NOTHING


def test_a_folder_that_is_no_environment_is_left_alone(layout, tools):
    layout.venv.mkdir()
    (layout.venv / "thesis.txt").touch()
    with pytest.raises(SetupError, match="not a Python environment"):
        ensure(layout, LEARNER_LOCK, {})
    assert (layout.venv / "thesis.txt").exists()


def test_an_environment_in_use_is_named(layout, tools, monkeypatch):
    ensure(layout, LEARNER_LOCK, {})
    changed(layout, LEARNER_LOCK)

    def in_use(self: object, target: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr("pathlib.Path.replace", in_use)
    with pytest.raises(SetupError, match="in use") as caught:
        ensure(layout, LEARNER_LOCK, {})
    assert "JupyterLab" in caught.value.remedy


def _hold(path: object, held: object, let_go: object) -> None:
    """Hold the lock in another process until told to let go."""
    with environment.only_one(path):
        held.set()
        let_go.wait(20)


def test_a_second_set_up_waits_for_the_first(layout, tools, capsys):
    context = multiprocessing.get_context("spawn")
    held, let_go = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(layout.lock_file, held, let_go))
    other.start()
    try:
        assert held.wait(20)
        threading.Timer(0.3, let_go.set).start()
        ensure(layout, LEARNER_LOCK, {})
    finally:
        let_go.set()
        other.join(20)
    assert "Another set-up is running" in capsys.readouterr().out
    assert tools.done == ["venv", "install", "project"]
