"""What goes wrong in real life: nothing is lost, and the learner sees what happened."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, expect

from goldlabel.annotations import Box
from goldlabel.store import LabelStore
from tests.browser.lab import OPEN, PATIENCE, Desk, Lab
from tests.browser.lag import LagProxy
from tests.widgets.tiny import BLOCK, DISC

MakeDesk = Callable[..., Desk]

BREAK = """\
import errno, os, tempfile
real = tempfile.mkstemp
def refuse(*words, **options):
    raise OSError({error}, os.strerror({error}))
tempfile.mkstemp = refuse
"""
MEND = "tempfile.mkstemp = real"


def count(desk: Desk, item: str) -> int:
    return len(desk.notebook.boxes(item))


def dismiss(desk: Desk) -> None:
    """Close JupyterLab's own dialog about a dead kernel."""
    desk.page.locator(".jp-Dialog .jp-mod-accept").click(timeout=PATIENCE)
    expect(desk.page.locator(".jp-Dialog")).to_have_count(0)


def test_a_full_disk_and_a_read_only_folder(desk: MakeDesk) -> None:
    one = desk(OPEN, BREAK.format(error="errno.ENOSPC"), BREAK.format(error="errno.EROFS"), MEND).start()
    item = one.item
    one.run(1)
    one.drag(*DISC)
    expect(one.message).to_contain_text("No space left on device")
    expect(one.message).to_contain_text("Your labels are kept in this browser")
    expect(one.status).to_have_text("NOT SAVED")
    one.shot("disk-full")
    one.run(3).run(2)
    one.drag(*BLOCK)
    expect(one.message).to_contain_text("Read-only file system")
    assert count(one, item) == 0
    one.run(3)
    one.button("Try again").click()
    one.notebook.wait_for(lambda: count(one, item) == 2)
    one.saved()


def test_a_kernel_killed_while_drawing(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.drag(*DISC)
    one.notebook.wait_for(lambda: count(one, item) == 1)
    one.saved()
    one.drag(*BLOCK, release=False)
    one.notebook.kill_kernel()
    one.page.mouse.up()
    expect(one.message).to_contain_text("NOT SAVED: run this cell again; your labels are kept in this browser")
    dismiss(one)
    one.shot("kernel-killed")
    assert one.drawn() == 2
    assert count(one, item) == 1
    one.wait_idle()
    one.run()
    one.notebook.wait_for(lambda: count(one, item) == 2)
    one.ready()
    one.saved()
    assert one.drawn() == 2
    assert one.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('goldlabel:draft'))") == []


def test_a_draft_that_no_longer_fits_asks(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.notebook.kill_kernel()
    one.drag(*DISC)
    expect(one.message).to_contain_text("NOT SAVED")
    LabelStore(one.notebook.labels_path, "tiny-boxes").save(
        item, [Box("other", "block", BLOCK)], base_rev=0, action="draw", tool="elsewhere"
    )
    dismiss(one)
    one.wait_idle()
    one.run()
    one.ready()
    expect(one.message).to_contain_text("were found in this browser")
    one.shot("conflict")
    one.button("Use mine").click()
    one.notebook.wait_for(lambda: [box["label"] for box in one.notebook.boxes(item)] == ["disc"])
    one.saved()


def test_another_notebook_changed_the_picture(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    LabelStore(one.notebook.labels_path, "tiny-boxes").save(
        item, [Box("other", "block", BLOCK)], base_rev=0, action="draw", tool="elsewhere"
    )
    one.drag(*DISC)
    expect(one.message).to_contain_text("changed in another tab or notebook")
    one.button("Keep saved").click()
    expect(one.gl.locator("svg text:not([filter])")).to_have_text("block")
    one.button("Undo").click()  # mine is not gone: one step back
    one.notebook.wait_for(lambda: [box["label"] for box in one.notebook.boxes(item)] == ["disc"])


def test_two_tabs_follow_each_other(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.page.keyboard.press("Control+s")
    one.surface.focus()
    one.page.keyboard.press("Control+s")
    one.notebook.wait_for(lambda: "widget-view" in one.notebook.path.read_text())
    two = desk(notebook=one.notebook).open()
    two.ready()
    one.drag(*DISC)
    expect(two.gl.locator("svg > g")).to_have_count(1)
    two.drag(*BLOCK)
    two.notebook.wait_for(lambda: count(two, item) == 2)
    expect(one.gl.locator("svg > g")).to_have_count(2)
    expect(one.gl.locator(".gl-message")).to_have_attribute("data-kind", "hint")
    two.saved()


def test_a_slow_line_loses_and_spoils_nothing(context: BrowserContext, lab: Lab) -> None:
    proxy = LagProxy(int(urlsplit(lab.url).port or 0))
    slow = Lab(f"http://127.0.0.1:{proxy.port}", lab.folder)
    one = Desk(context.new_page(), slow.course("slow")).start()
    proxy.lag = 0.15  # 300 ms there and back
    item = one.item
    wanted = [(40 + 90 * n, 30 + 40 * n, 100 + 90 * n, 90 + 40 * n) for n in range(6)]
    for n, box in enumerate(wanted):
        one.page.keyboard.press(str(n % 3 + 1))
        one.drag(*box)
    one.page.keyboard.press("Control+z")
    one.page.keyboard.press("Control+Shift+z")
    one.notebook.wait_for(lambda: count(one, item) == 6)
    one.saved()
    boxes = one.notebook.boxes(item)
    assert [box["label"] for box in boxes] == ["disc", "block", "star"] * 2
    for box, (x1, y1, x2, y2) in zip(boxes, wanted, strict=True):
        assert all(abs(a - b) <= 2 for a, b in zip(box["xyxy"], (x1, y1, x2, y2), strict=True)), boxes
    one.page.keyboard.press("f")
    one.notebook.wait_for(lambda: one.notebook.labels()[item]["done"])
    one.page.keyboard.press("f")  # pressed again before the next picture is there: it must not be marked unseen
    expect(one.gl).not_to_have_attribute("data-item", item)
    one.page.wait_for_timeout(500)
    assert sum(labels["done"] for labels in one.notebook.labels().values()) == 1
    proxy.lag = 0
    one.notebook.shut_down()
    proxy.close()


def test_a_damaged_picture_is_a_sentence(desk: MakeDesk, lab: Lab) -> None:
    one = desk()
    path = lab.folder.parent / "datasets" / "tiny" / "media" / "shape-3.jpg"
    whole = path.read_bytes()
    try:
        path.write_bytes(b"no picture at all")
        one.open().run()
        expect(one.gl.locator(".gl-notice")).to_contain_text("damaged and cannot be shown")
        one.shot("damaged")
        one.button("Picture 2: to do").click()
        one.ready()
    finally:
        path.write_bytes(whole)
    one.drag(*DISC)
    one.notebook.wait_for(lambda: count(one, one.item) == 1)
    assert isinstance(path, Path)
    assert json.loads(one.notebook.labels_path.read_bytes())["exercise"] == "tiny-boxes"
