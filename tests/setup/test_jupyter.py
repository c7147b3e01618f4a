"""JupyterLab as a learner and an instructor get it."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from setup import jupyter
from setup.machine import Layout
from setup.talk import SetupError

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "jupyter"
SHARE = Path(sys.prefix, "share", "jupyter")
NBGRADER = {f"nbgrader.server_extensions.{name}" for name in ("formgrader", "course_list", "validate_assignment")}


def settings(side: str, name: str) -> dict:
    """One committed settings file."""
    return json.loads((CONFIG / side / name).read_text("utf-8"))


def test_a_taken_port_is_refused_and_another_one_found():
    with socket.socket() as other:
        other.bind((jupyter.HOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(SetupError, match=f"Port {taken} cannot be used"):
            jupyter.free_port(taken)
    assert jupyter.free_port(taken) == taken
    assert jupyter.FIRST_PORT <= jupyter.free_port(None) < jupyter.FIRST_PORT + jupyter.PORTS_TRIED


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_does_not_exist_is_refused(port):
    with pytest.raises(SetupError):
        jupyter.free_port(port)


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_is_allowed_only_where_it_is_root(monkeypatch, layout, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    line = jupyter.command(layout, 8888, browser=False)
    assert ("--ServerApp.allow_root=True" in line) is allowed


def test_the_command_line_holds_no_token(layout):
    surroundings = jupyter.surroundings(layout, {}, "sesame", instructor=False)
    assert surroundings["JUPYTER_TOKEN"] == "sesame"
    assert not any("sesame" in part or "token" in part for part in jupyter.command(layout, 8888, browser=True))


@pytest.mark.parametrize(("instructor", "side"), [(False, "learner"), (True, "instructor")])
def test_each_side_has_its_settings(instructor, side):
    path = jupyter.surroundings(Layout(ROOT), {}, "", instructor=instructor)["JUPYTER_CONFIG_PATH"]
    assert path.split(os.pathsep) == [str(CONFIG / side), str(CONFIG / "common")]
    assert all(Path(folder).is_dir() for folder in path.split(os.pathsep))
    extensions = settings(side, "jupyter_server_config.json")["ServerApp"]["jpserver_extensions"]
    assert {name: extensions[name] for name in NBGRADER} == dict.fromkeys(NBGRADER, instructor)


def schema(plugin: str) -> dict:
    """The schema of a JupyterLab plug-in's settings, from the installed JupyterLab or an extension."""
    package, _, name = plugin.partition(":")
    for folder in (SHARE / "lab" / "schemas", *SHARE.glob(f"labextensions/{package}/schemas")):
        if (folder / package / f"{name}.json").is_file():
            return json.loads((folder / package / f"{name}.json").read_text("utf-8"))
    raise AssertionError(f"{plugin} has no settings")


def test_every_setting_that_is_overridden_exists():
    for plugin, overrides in settings("common", "labconfig/default_setting_overrides.json").items():
        assert set(overrides) <= set(schema(plugin)["properties"]), plugin


@pytest.mark.parametrize("side", ["common", "learner"])
def test_every_extension_that_is_disabled_exists(side):
    known = " ".join(path.read_text("utf-8", "ignore") for path in (SHARE / "lab" / "static").glob("*.js"))
    for name in settings(side, "labconfig/page_config.json")["disabledExtensions"]:
        package = name.partition(":")[0]
        assert (SHARE / "labextensions" / package).is_dir() or name in known, name


PLAYED = """
import os, sys
sys.path.insert(0, {root!r})
from pathlib import Path
from setup.jupyter import serve
from setup.machine import Layout, clean_surroundings
layout = Layout(Path({root!r}))
sys.exit(serve(layout, clean_surroundings(layout, os.environ), None, browser=False, instructor={instructor}))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals work in another way there")
@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="needs the environment that start.py made")
@pytest.mark.parametrize(("instructor", "stop"), [(False, signal.SIGINT), (True, signal.SIGTERM)])
def test_jupyterlab_starts_on_the_course_and_stops_at_once(tmp_path, instructor, stop):
    process = subprocess.Popen(
        [sys.executable, "-c", PLAYED.format(root=str(ROOT), instructor=instructor)],
        env={**os.environ, "HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = next(found[0] for line in process.stdout if (found := re.findall(r"http://\S+", line)))
        assert "/lab/tree/course/start.ipynb?token=" in address
        token = address.partition("token=")[2]
        with urllib.request.urlopen(f"{address.partition('/lab')[0]}/lab?token={token}", timeout=20) as answer:
            page = json.loads(
                re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', answer.read().decode(), re.DOTALL)[1]
            )
        assert ("@jupyter/nbgrader" in page["disabledExtensions"]) is not instructor
        assert "@jupyterlab/apputils-extension:announcements" in page["disabledExtensions"]
        for _ in range(2):  # twice, as a terminal or an impatient person does
            process.send_signal(stop)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.stdout.close()
