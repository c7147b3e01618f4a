"""What every test in a real browser shares: how Chromium is started, and how a server is stopped."""

from __future__ import annotations

import subprocess

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Headless, and silent: nothing but the page itself goes over the network."""


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server, with force when it does not listen."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
