"""A real JupyterLab with the repository's settings, and a notebook in a real Chromium."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.chromium import stop

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "screenshots"
DRAWING = ":is(.image > svg, .gl-drawing, .gl-picture, .gl-reading, .gl-lines, .gl-wave)"
"""What a surface shows: jupyter-bbox-widget's drawing or our own, or a thing that is only looked at."""

PATIENCE = 30_000  # milliseconds; the machine may be busy


def opening(exercise: str) -> str:
    """The cell that shows an exercise's widget."""
    return f'from goldlabel.workbench import Exercise\nexercise = Exercise.open("{exercise}")\nexercise.label()\n'


OPEN = opening("tiny-boxes")


@dataclass
class Lab:
    """A running server."""

    url: str
    folder: Path

    def course(self, name: str, *cells: str) -> Notebook:
        """A new folder with one notebook of ``cells``."""
        folder = self.folder / name
        folder.mkdir()
        return self.notebook(folder, *cells)

    def notebook(self, folder: Path, *cells: str, name: str = "exercise") -> Notebook:
        path = folder / f"{name}.ipynb"
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells or (OPEN,)],
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        )
        nbformat.write(book, path)
        return Notebook(self, path)

    def api(self, path: str, method: str = "GET") -> Any:
        request = urllib.request.Request(self.url + path, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            data = answer.read()
        return json.loads(data) if data else None


@dataclass
class Notebook:
    """A notebook file of the server, and what it makes."""

    lab: Lab
    path: Path

    @property
    def relative(self) -> str:
        return self.path.relative_to(self.lab.folder).as_posix()

    @property
    def labels_path(self) -> Path:
        return self.path.parent / "labels" / "tiny-boxes.json"

    def labels(self) -> dict[str, Any]:
        """The items of the labels file; a notebook of these tests has one exercise."""
        for path in (self.path.parent / "labels").glob("tiny-*.json"):
            return json.loads(path.read_bytes())["items"]
        return {}

    def annotations(self, item: str) -> list[dict[str, Any]]:
        return self.labels().get(item, {}).get("annotations", [])

    boxes = annotations

    def wait_for(self, what: Callable[[], object], *, seconds: float = 30) -> float:
        """Wait until ``what()`` is true; how long that took."""
        start = time.monotonic()
        while not what():
            assert time.monotonic() - start < seconds, f"waited in vain; labels are {self.labels()}"
            time.sleep(0.01)
        return time.monotonic() - start

    def kill_kernel(self) -> None:
        """As the system does when memory runs out: the kernel's process is killed."""
        kernels = [one["kernel"]["id"] for one in self.lab.api("/api/sessions") if one["path"] == self.relative]
        assert len(kernels) == 1
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    words = (entry / "cmdline").read_bytes()
                except OSError:
                    continue
                if kernels[0].encode() in words:
                    os.kill(int(entry.name), signal.SIGKILL)

    def shut_down(self) -> None:
        for one in self.lab.api("/api/sessions"):
            if one["path"] == self.relative:
                self.lab.api(f"/api/sessions/{one['id']}", "DELETE")


class Desk:
    """A page that shows a notebook with the widget in it."""

    def __init__(self, page: Page, notebook: Notebook, *, classic: bool = False) -> None:
        self.page = page
        self.notebook = notebook
        self.classic = classic

    # --- the notebook ----------------------------------------------------------------------------

    def open(self) -> Desk:
        where = "notebooks" if self.classic else "doc/tree"
        self.page.goto(f"{self.notebook.lab.url}/{where}/{self.notebook.relative}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
        self.wait_idle()
        return self

    def wait_idle(self) -> None:
        # Run pressed before the kernel is idle is lost.
        self.page.wait_for_function(
            "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'", timeout=PATIENCE
        )

    def run(self, cell: int = 0) -> Desk:
        """Run a cell; press again when the first press was lost, as it is before the kernel is there."""
        code = self.page.locator(".jp-Notebook .jp-CodeCell").nth(cell)
        prompt = code.locator(".jp-InputPrompt")
        before = prompt.text_content()
        for _ in range(6):
            code.locator(".cm-content").click()
            self.page.keyboard.press("Control+Enter")
            for _ in range(30):
                if prompt.text_content() != before:
                    return self
                self.page.wait_for_timeout(100)
        raise AssertionError("the cell does not run")

    def start(self) -> Desk:
        self.open().run()
        self.ready()
        return self

    def ready(self) -> None:
        self.page.wait_for_selector(f".gl {DRAWING}", timeout=PATIENCE)
        self.gl.scroll_into_view_if_needed()
        self.page.wait_for_timeout(150)

    # --- the widget ------------------------------------------------------------------------------

    @property
    def gl(self) -> Locator:
        return self.page.locator(".gl").first

    @property
    def surface(self) -> Locator:
        return self.gl.locator(".gl-surface [role=application]")

    @property
    def item(self) -> str:
        """Id of the item that is shown, from the place that its picture's number names."""
        return self.page.evaluate("document.querySelector('.gl').dataset.item")

    @property
    def message(self) -> Locator:
        return self.gl.locator(".gl-message")

    @property
    def status(self) -> Locator:
        return self.gl.locator(".gl-status")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.gl.get_by_role("button", name=name)

    def at(self, x: float, y: float, *, size: tuple[int, int] = (640, 420)) -> tuple[float, float]:
        """A point of the picture, in the page."""
        self.surface.scroll_into_view_if_needed()
        frame = self.gl.locator(".gl-surface img").bounding_box()
        assert frame
        return frame["x"] + x * frame["width"] / size[0], frame["y"] + y * frame["height"] / size[1]

    def drag(self, x1: float, y1: float, x2: float, y2: float, *, release: bool = True) -> None:
        mouse = self.page.mouse
        mouse.move(*self.at(x1, y1))
        mouse.down()
        mouse.move(*self.at((x1 + x2) / 2, (y1 + y2) / 2))
        mouse.move(*self.at(x2, y2))
        if release:
            mouse.up()

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(*self.at(x, y))

    def drawn(self) -> int:
        return self.gl.locator(".image > svg > g, [data-shape]").count()

    def saved(self) -> None:
        expect(self.status).to_contain_text("Saved", timeout=PATIENCE)

    def shot(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_lab(folder: Path, datasets: Path) -> Iterator[Lab]:
    """Start JupyterLab in ``folder`` with the repository's settings, no token, on a free port."""
    port = free_port()
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(str(ROOT / "jupyter" / name) for name in ("learner", "common")),
        "JUPYTER_CONFIG_DIR": str(folder.parent / "config"),
        "JUPYTER_DATA_DIR": str(folder.parent / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder.parent / "runtime"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "GOLDLABEL_DATASETS": str(datasets),
        "IPYTHONDIR": str(folder.parent / "ipython"),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    with (folder.parent / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            lab = Lab(f"http://127.0.0.1:{port}", folder)
            _wait_until_up(lab, process)
            yield lab
        finally:
            stop(process)


def _wait_until_up(lab: Lab, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        assert process.poll() is None, "JupyterLab ended at once"
        try:
            lab.api("/api")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("JupyterLab did not start")


def use_theme(context: BrowserContext, *, dark: bool) -> None:
    """JupyterLab follows the system (adaptive theme), so the system is set."""
    for page in context.pages:
        page.emulate_media(color_scheme="dark" if dark else "light")
