"""How quick the box widget is in a real JupyterLab, beside bare jupyter-bbox-widget in the same run.

    python benchmarks/widgets.py

Prints a table. Numbers depend on the machine and on what else runs on it; compare columns, not days.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser.conftest import FLAGS
from tests.browser.lab import OPEN, PATIENCE, Desk, Lab, running_lab
from tests.widgets.tiny import make_dataset

COUNTS = (0, 200)
STROKES = 10

BARE = """\
from pathlib import Path
from jupyter_bbox_widget import BBoxWidget
picture = Path("../../datasets/tiny/media/shape-3.jpg").read_bytes()
boxes = [dict(x=20 + n % 20 * 28, y=20 + n // 20 * 36, width=20, height=24, label="disc") for n in range({count})]
BBoxWidget(image_bytes=picture, classes=["disc"], bboxes=boxes)
"""

FILLED = """\
from goldlabel.annotations import Box
from goldlabel.workbench import Exercise
exercise = Exercise.open("tiny-boxes")
corners = [(20 + n % 20 * 28, 20 + n // 20 * 36) for n in range({count})]
boxes = [Box(f"b{{n}}", "disc", (x, y, x + 20, y + 24)) for n, (x, y) in enumerate(corners)]
exercise.store.save("shape-3", boxes, base_rev=0, action="import", tool="benchmark")
exercise.label()
"""

FRAMES = """async () => {
  const times = [];
  let last = performance.now(), on = true;
  const tick = (now) => { times.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  window.stopFrames = () => { on = false; return times.slice(2); };
}"""


def first_paint(page: Page, desk: Desk, count: int) -> float:
    """Milliseconds from pressing Ctrl+Enter to all boxes on the picture."""
    desk.open()
    code = page.locator(".jp-CodeCell").first
    code.locator(".cm-content").click()
    page.keyboard.type("")  # the editor has the focus now
    start = time.perf_counter()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        f"document.querySelectorAll('.image > svg > g').length >= {count} && document.querySelector('.image > svg')",
        timeout=PATIENCE,
    )
    return (time.perf_counter() - start) * 1000


def strokes_to_disk(desk: Desk, count: int) -> list[float]:
    """Milliseconds from the release of each stroke to the box in the labels file."""
    took = []
    for n in range(STROKES):
        desk.drag(30 + 40 * n, 380, 60 + 40 * n, 410)
        wanted = count + n + 1
        took.append(desk.notebook.wait_for(lambda wanted=wanted: len(desk.notebook.boxes("shape-3")) == wanted) * 1000)
    return took


def worst_frame(desk: Desk) -> float:
    """The slowest of 20 frames in which a box grows, in milliseconds (95th percentile)."""
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


def measure(page: Page, lab: Lab, count: int) -> None:
    """Print one row: a picture with ``count`` boxes."""
    bare = Desk(page, lab.course(f"bare-{count}", BARE.format(count=count)))
    bare_paint = first_paint(page, bare, count)
    bare.notebook.shut_down()
    ours = Desk(page, lab.course(f"ours-{count}", FILLED.format(count=count) if count else OPEN))
    paint = first_paint(page, ours, count)
    ours.ready()
    disk = strokes_to_disk(ours, count)
    frame = worst_frame(ours)
    print(
        f"{count:5} boxes | first paint {paint:5.0f} ms (bare {bare_paint:5.0f}) | stroke to disk median "
        f"{statistics.median(disk):3.0f}, worst {max(disk):3.0f} ms | frame while drawing, 95 % {frame:3.0f} ms"
    )
    ours.notebook.shut_down()


def main() -> None:
    """Start JupyterLab and Chromium and print the table."""
    program = shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "course"
        folder.mkdir()
        datasets = make_dataset(Path(name) / "datasets")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        with running_lab(folder, datasets) as lab:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            for count in COUNTS:
                measure(page, lab, count)
        browser.close()


if __name__ == "__main__":
    main()
