"""How quick the labelling widgets are in a real JupyterLab, beside bare jupyter-bbox-widget in the same run.

    python benchmarks/widgets.py [task ...]

Prints a table. Numbers depend on the machine and on what else runs on it; compare columns, not days.
"""

from __future__ import annotations

import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldlabel.annotations import Annotation, Box, Keypoints, Mask, Polygon, RotatedBox
from goldlabel.metrics.masks import encode_rle
from goldlabel.store import LabelStore
from tests.browser.lab import DRAWING, PATIENCE, Desk, Lab, opening, running_lab
from tests.chromium import FLAGS
from tests.widgets.tiny import HEIGHT, JOINTS, WIDTH, make_dataset

STROKES = 10

BARE = """\
from pathlib import Path
from jupyter_bbox_widget import BBoxWidget
picture = Path("../../datasets/tiny/media/shape-3.jpg").read_bytes()
boxes = [dict(x=20 + n % 20 * 28, y=20 + n // 20 * 36, width=20, height=24, label="disc") for n in range({count})]
BBoxWidget(image_bytes=picture, classes=["disc"], bboxes=boxes)
"""

FRAMES = """async () => {
  const times = [];
  let last = performance.now(), on = true;
  const tick = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  window.stopFrames = () => { on = false; return times.slice(2); };
}"""

SHAPES = ":is(.image > svg > g, [data-shape])"


def drag(desk: Desk, n: int) -> None:
    """One stroke along the lower edge."""
    desk.drag(30 + 40 * n, 380, 60 + 40 * n, 410)


def triangle(desk: Desk, n: int) -> None:
    """Three clicks and Enter."""
    for x, y in ((30, 380), (60, 380), (45, 410)):
        desk.click(x + 40 * n, y)
    desk.page.keyboard.press("Enter")


def joint(desk: Desk, n: int) -> None:
    """One joint of a figure."""
    desk.click(40 + 40 * n, 390)


@dataclass(frozen=True)
class Widget:
    """One row of the table: an exercise, a label by number and place, and a stroke."""

    exercise: str
    label: Callable[[int, float, float], Annotation]
    counts: tuple[int, ...]
    stroke: Callable[[Desk, int], None] = drag


def polygon(n: int, x: float, y: float) -> Polygon:
    """Twelve points round a place."""
    turns = (k / 6 * math.pi for k in range(12))
    ring = tuple((x + 10 + 10 * math.sin(turn), y + 12 - 10 * math.cos(turn)) for turn in turns)
    return Polygon(f"b{n}", "disc", (ring,))


def mask(n: int, x: float, y: float) -> Mask:
    """A disc of 18 pixels across."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return Mask(f"b{n}", "disc", (HEIGHT, WIDTH), encode_rle(np.hypot(columns - x - 10, rows - y - 10) < 9))


def figure(n: int, x: float, y: float) -> Keypoints:
    """Seventeen joints on a small grid."""
    return Keypoints(f"b{n}", "disc", {name: (x + k % 5 * 4.0, y + k // 5 * 7.0, 2) for k, name in enumerate(JOINTS)})


WIDGETS = {
    "boxes": Widget("tiny-boxes", lambda n, x, y: Box(f"b{n}", "disc", (x, y, x + 20, y + 24)), (0, 200)),
    "polygons": Widget("tiny-polygons", polygon, (0, 200), triangle),
    "masks": Widget("tiny-masks", mask, (0, 200)),
    "keypoints": Widget("tiny-keypoints", figure, (0, 20), joint),
    "rotated": Widget(
        "tiny-rotated", lambda n, x, y: RotatedBox(f"b{n}", "disc", (x + 10, y + 12), (20.0, 16.0), 20.0), (0, 200)
    ),
}


def first_paint(desk: Desk, count: int) -> float:
    """Milliseconds from pressing Ctrl+Enter to all shapes on the picture."""
    page = desk.page
    desk.open()
    code = page.locator(".jp-CodeCell").first
    code.locator(".cm-content").click()
    page.keyboard.type("")  # the editor has the focus now
    prompt = code.locator(".jp-InputPrompt")
    before = prompt.text_content()
    for _ in range(6):
        start = time.perf_counter()
        page.keyboard.press("Control+Enter")
        with suppress(AssertionError):  # pressed before the kernel is there: it is lost, so press again
            expect(prompt).not_to_have_text(before or "", timeout=3000)
            break
    page.wait_for_function(
        "([shapes, drawing, count]) => document.querySelectorAll(shapes).length >= count"
        " && document.querySelector(drawing)",
        arg=[SHAPES, DRAWING, count],
        timeout=PATIENCE,
    )
    return (time.perf_counter() - start) * 1000


def strokes_to_disk(desk: Desk, widget: Widget) -> list[float]:
    """Milliseconds from the end of each stroke to the changed labels file."""
    took = []
    for n in range(STROKES):
        before = desk.notebook.annotations("shape-3")
        widget.stroke(desk, n)
        took.append(desk.notebook.wait_for(lambda before=before: desk.notebook.annotations("shape-3") != before) * 1000)
        if desk.gl.locator(".gl-canvas").count() and widget.exercise != "tiny-keypoints":
            desk.page.keyboard.press("Escape")
    return took


def worst_frame(desk: Desk) -> float:
    """The slowest of the frames in which a stroke grows, in milliseconds (95th percentile)."""
    page = desk.page
    page.mouse.move(*desk.at(10, 10))
    page.mouse.down()
    page.evaluate(FRAMES)
    for n in range(40):
        page.mouse.move(*desk.at(20 + 10 * n, 20 + 8 * n))
    times = page.evaluate("stopFrames()")
    page.keyboard.press("Escape")
    page.mouse.up()
    return statistics.quantiles(times, n=20)[-1]


def measure(page: Page, lab: Lab, task: str, count: int) -> None:
    """Print one row: a picture with ``count`` shapes."""
    widget = WIDGETS[task]
    ours = Desk(page, lab.course(f"{task}-{count}", opening(widget.exercise)))
    if count:
        labels = [widget.label(n, 20 + n % 20 * 28, 20 + n // 20 * 36) for n in range(count)]
        store = LabelStore(ours.notebook.path.parent / "labels" / f"{widget.exercise}.json", widget.exercise)
        store.save("shape-3", labels, base_rev=0, action="import", tool="benchmark")
    paint = first_paint(ours, count)
    ours.ready()
    disk = strokes_to_disk(ours, widget)
    frame = worst_frame(ours)
    print(
        f"{task:10}{count:4} shapes | first paint {paint:5.0f} ms | stroke to disk median "
        f"{statistics.median(disk):3.0f}, worst {max(disk):3.0f} ms | frame while drawing, 95 % {frame:3.0f} ms",
        flush=True,
    )
    ours.notebook.shut_down()


def main() -> None:
    """Start JupyterLab and Chromium and print the table."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not installed.")
    tasks = sys.argv[1:] or list(WIDGETS)
    if unknown := set(tasks) - set(WIDGETS):
        sys.exit(f"There is no widget {', '.join(unknown)}; use {', '.join(WIDGETS)}.")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "course"
        folder.mkdir()
        datasets = make_dataset(Path(name) / "datasets")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        with running_lab(folder, datasets) as lab:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            for count in (0, 200):
                bare = Desk(page, lab.course(f"bare-{count}", BARE.format(count=count)))
                print(f"{'bare bbox':10}{count:4} shapes | first paint {first_paint(bare, count):5.0f} ms", flush=True)
                bare.notebook.shut_down()
            for task in tasks:
                for count in WIDGETS[task].counts:
                    measure(page, lab, task, count)
        browser.close()


if __name__ == "__main__":
    main()
