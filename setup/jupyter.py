"""Start JupyterLab on the course, say where it is, and stop it properly."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from setup.machine import Layout
from setup.talk import SetupProblem, say

HOST = "127.0.0.1"
FIRST_PORT = 8888
PORTS_TRIED = 50
FIRST_PAGE = "lab/tree/course/start.ipynb"
PATIENCE = 90.0
"""Seconds that JupyterLab may take to answer for the first time."""


def free_port(wanted: int | None) -> int:
    """Return a port that nobody listens on: the wanted one, or the first free one from 8888 on.

    Raises:
        SetupProblem: Where the wanted one is taken.
    """
    if wanted is not None:
        if _is_free(wanted):
            return wanted
        raise SetupProblem(
            f"Port {wanted} is in use by another program.", "choose another one, for example  --port 8899"
        )
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if _is_free(port):
            return port
    raise SetupProblem(
        f"The ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all in use.",
        "close some of the JupyterLabs that run on this computer, or choose a port with  --port",
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":  # there, the option means something else and would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def command(layout: Layout, port: int, *, browser: bool) -> list[str]:
    """Return the command line of JupyterLab for this clone."""
    options = [
        f"--ServerApp.root_dir={layout.root}",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",  # the printed address must be true
        f"--ServerApp.open_browser={browser}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--ServerApp.allow_root=True")
    return [str(layout.python), "-m", "jupyterlab", *options]


def surroundings(layout: Layout, environ: Mapping[str, str], token: str, *, instructor: bool) -> dict[str, str]:
    """Return the variables for JupyterLab: our settings first, and the environment's own kernel `python3`."""
    folders = [layout.root / "jupyter" / "learner"]
    if instructor:
        folders.insert(0, layout.root / "jupyter" / "instructor")
    separator = ";" if layout.windows else ":"
    return {
        **environ,
        "JUPYTER_CONFIG_PATH": separator.join(map(str, folders)),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_TOKEN": token,  # in a variable: a command line can be read by every user of the computer
    }


def serve(layout: Layout, environ: Mapping[str, str], port: int | None, *, browser: bool, instructor: bool) -> int:
    """Run JupyterLab until it ends or a person stops it; return the exit code."""
    chosen = free_port(port)
    token = secrets.token_hex(24)
    say("Starting JupyterLab ...")
    begun = time.monotonic()
    process = subprocess.Popen(
        command(layout, chosen, browser=browser),
        cwd=layout.root,
        env=surroundings(layout, environ, token, instructor=instructor),
    )
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        _await_answer(process, f"http://{HOST}:{chosen}/api")
        say(f"    ready in {time.monotonic() - begun:.1f} s")
        say(f"Goldlabel is open at  http://{HOST}:{chosen}/{FIRST_PAGE}?token={token}")
        say("Leave this window open while you work. To stop, press Ctrl+C here; your labels are saved.")
        return process.wait()
    except KeyboardInterrupt:
        say("Stopping JupyterLab ...")
        return 0
    finally:
        _stop(process)


def _as_interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _await_answer(process: subprocess.Popen[bytes], address: str) -> None:
    """Return once the server answers.

    Raises:
        SetupProblem: Where it ends instead, or stays silent for too long.
    """
    deadline = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy has no business with 127.0.0.1
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with opener.open(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SetupProblem(
        "JupyterLab did not start.", "read the lines above; they say why. If they do not help, delete .venv and start again."
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End JupyterLab and its kernels: asked first, then made to."""
    try:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=15)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()
