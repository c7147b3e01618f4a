"""Start JupyterLab on the course, say where it is, and stop it properly."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from setup.machine import Layout
from setup.processes import STEP, StopSignals, end, wait_or_stop
from setup.talk import SetupError, say

HOST = "127.0.0.1"
FIRST_PORT = 8888
PORTS_TRIED = 50
FIRST_PAGE = "lab/tree/course/start.ipynb"
PATIENCE = 90.0
"""Seconds that JupyterLab may take to answer for the first time."""


def free_port(wanted: int | None) -> int:
    """Return a port that nobody listens on: the wanted one, or else the first free one from 8888 on.

    Raises:
        SetupError: Where the wanted one is taken.
    """
    if wanted is not None:
        if _is_free(wanted):
            return wanted
        raise SetupError(
            f"Port {wanted} cannot be used: another program has it, or the system keeps it.",
            "choose another one, for example  --port 8899",
        )
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        if _is_free(port):
            return port
    raise SetupError(
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
    folders = [layout.root / "jupyter" / name for name in ("instructor" if instructor else "learner", "common")]
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
    with StopSignals() as stop:
        process = subprocess.Popen(
            command(layout, chosen, browser=browser),
            cwd=layout.root,
            env=surroundings(layout, environ, token, instructor=instructor),
            start_new_session=os.name != "nt",  # Ctrl+C comes to us alone, and we stop JupyterLab once
        )
        try:
            if _answers(process, f"http://{HOST}:{chosen}/api", stop):
                say(f"    ready in {time.monotonic() - begun:.1f} s")
                say(f"Goldlabel is open at  http://{HOST}:{chosen}/{FIRST_PAGE}?token={token}")
                say("Leave this window open while you work. Ctrl+C stops it; your labels are saved.")
            code = wait_or_stop(process, stop)
            if code is None:
                say("Stopping JupyterLab ...")
        finally:
            end(process)
    return code or 0


def _answers(process: subprocess.Popen[bytes], address: str, stop: StopSignals) -> bool:
    """Wait until the server answers; False where we are asked to stop before that.

    Raises:
        SetupError: Where it ends instead, or stays silent for too long.
    """
    deadline = time.monotonic() + PATIENCE
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy between us and ourselves
    while process.poll() is None and time.monotonic() < deadline:
        if stop.received:
            return False
        try:
            with opener.open(address, timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(STEP)
    raise SetupError(
        "JupyterLab did not start.",
        "read the lines above; if they do not help, delete the folder .venv and start again.",
    )
