"""Where the Jupyter server of this notebook has a file, so that the browser can fetch it without the kernel.

A kernel that a Jupyter server started knows the server's process (``JPY_PARENT_PID``; it is also the kernel's own
parent), and every server notes its folder and its address in Jupyter's runtime folder (``jpserver-<pid>.json``). A
file below the server's folder is served at ``<base_url>files/<path>``. Where any of this is missing (VS Code,
JupyterLite, Colab, a kernel on another machine, data outside the server's folder) there is no address, and what the
browser needs goes through the kernel.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

__all__ = ["address_of"]


def address_of(path: Path) -> str:
    """The address of ``path`` on this kernel's own Jupyter server, beginning with a slash; empty where it has none."""
    for server in _servers():
        root, base = server.get("root_dir"), server.get("base_url")
        if not isinstance(root, str) or not isinstance(base, str) or not root:
            continue
        try:
            parts = path.resolve().relative_to(Path(root).resolve()).parts
        except (OSError, ValueError):
            continue
        if any(part.startswith(".") for part in parts):
            continue  # a server does not show hidden files
        return f"/{base.strip('/')}/files/".replace("//", "/") + "/".join(quote(part) for part in parts)
    return ""


def _servers() -> Iterator[dict[str, object]]:
    """What the server that started this kernel says of itself; nothing where none did."""
    named = os.environ.get("JPY_PARENT_PID", "")
    if not named:
        return
    try:
        from jupyter_core.paths import jupyter_runtime_dir
    except ImportError:
        return
    # On Windows the variable is a handle and no process.
    for process in dict.fromkeys((named, str(os.getppid()))):
        note = Path(jupyter_runtime_dir()) / f"jpserver-{process}.json"
        try:
            server = json.loads(note.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(server, dict):
            yield server
