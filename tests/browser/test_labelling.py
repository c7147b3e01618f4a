"""Labelling in a real JupyterLab: by mouse, by keyboard, by table, and again tomorrow."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.lab import OPEN, Desk
from tests.widgets.tiny import BLOCK, DISC

MakeDesk = Callable[..., Desk]


def near(found: list[float], wanted: tuple[float, ...], *, by: float = 2.0) -> bool:
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def test_two_boxes_by_mouse_are_on_disk(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.drag(*DISC)
    first = one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    one.page.keyboard.press("2")
    one.drag(*BLOCK)
    second = one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 2)
    one.saved()
    one.shot("mouse")
    disc, block = one.notebook.boxes(item)
    assert (disc["label"], block["label"]) == ("disc", "block")
    assert near(disc["xyxy"], DISC)
    assert near(block["xyxy"], BLOCK)
    print(f"on disk after {first * 1000:.0f} and {second * 1000:.0f} ms")
    assert min(first, second) < 0.3
    one.button(re.compile("Done, next")).click()
    expect(one.gl.locator(".gl-place")).to_contain_text("Picture 2 of 4 · 1 done")
    assert one.notebook.labels()[item]["done"]


def test_strokes_that_the_bare_surface_gets_wrong(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.click(300, 60)  # it would store a box of no size
    one.drag(500, 300, 900, 700)  # a release outside would stick to the pointer
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    assert near(one.notebook.boxes(item)[0]["xyxy"], (500, 300, 640, 420))
    one.page.mouse.move(*one.at(100, 100))
    assert one.drawn() == 1
    # Moved against the edge a box keeps its size; keys do not push it out either.
    one.drag(560, 350, 630, 410)
    for _ in range(3):
        one.page.keyboard.press("Shift+d")
    one.page.wait_for_timeout(300)
    assert near(one.notebook.boxes(item)[0]["xyxy"], (500, 300, 640, 420))
    # A stroke that begins inside another box draws; a click there selects the smallest.
    one.page.keyboard.press("Escape")
    one.drag(520, 320, 600, 400)
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 2)
    one.page.keyboard.press("Escape")
    one.click(560, 360)
    one.page.keyboard.press("Delete")
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    assert near(one.notebook.boxes(item)[0]["xyxy"], (500, 300, 640, 420))
    # Esc stops a stroke.
    one.drag(100, 100, 200, 200, release=False)
    one.page.keyboard.press("Escape")
    one.page.mouse.up()
    one.page.wait_for_timeout(300)
    assert len(one.notebook.boxes(item)) == one.drawn() == 1


def test_one_item_by_keyboard_alone(desk: MakeDesk) -> None:
    one = desk(OPEN, "after = 1").start()
    item, keys = one.item, one.page.keyboard
    for _ in range(80):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.matches('.gl .wrapper')"):
            break
    else:
        pytest.fail("Tab does not reach the picture")
    keys.press("2")
    keys.press("n")
    keys.press("Shift+ArrowLeft")
    keys.press("w")
    keys.press("Shift+e")
    keys.press("t")
    keys.press("1")
    keys.press("n")
    keys.press("3")
    keys.press("c")
    one.notebook.wait_for(lambda: [box["label"] for box in one.notebook.boxes(item)] == ["block", "star"])
    # 60 by 60 in the middle (290 180 350 240), 10 left, 1 up, 10 wider on both sides, 1 less tall on both.
    assert one.notebook.boxes(item)[0]["xyxy"] == [270, 180, 350, 238]
    # Tab goes from box to box, then out of the picture; nobody is caught in it.
    keys.press("Escape")
    keys.press("Tab")
    expect(one.message).to_contain_text("Drag the box")
    keys.press("Tab")
    keys.press("Tab")
    assert not one.page.evaluate("document.activeElement.matches('.gl .wrapper')")
    keys.press("Shift+Tab")
    keys.press("Control+Enter")
    one.notebook.wait_for(lambda: one.notebook.labels()[item]["done"])
    expect(one.gl).not_to_have_attribute("data-item", item)
    # The focus is still in the picture, though it is another one.
    one.page.wait_for_selector(".gl .image > svg")
    keys.press("n")
    one.notebook.wait_for(lambda: len(one.notebook.boxes(one.item)) == 1)
    keys.press("?")
    expect(one.gl.get_by_role("dialog")).to_be_visible()
    one.shot("help")
    keys.press("Escape")
    expect(one.gl.get_by_role("dialog")).to_be_hidden()


def test_the_table_does_all_that_the_mouse_does(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.gl.locator("summary").click()
    one.button("Add a box").click()
    side = one.gl.get_by_label("x1 of box 1")
    side.fill("12")
    side.press("Enter")
    one.notebook.wait_for(lambda: [box["xyxy"][0] for box in one.notebook.boxes(item)] == [12])
    one.gl.get_by_label("Class of box 1").select_option("star")
    one.notebook.wait_for(lambda: one.notebook.boxes(item)[0]["label"] == "star")
    side = one.gl.get_by_label("x1 of box 1")
    side.fill("600")
    side.press("Enter")
    expect(one.gl.locator(".gl-complaint")).to_contain_text("left of x2")
    one.shot("table")
    one.button("Delete box 1").click()
    one.notebook.wait_for(lambda: one.notebook.boxes(item) == [])


def test_tomorrow_the_boxes_are_back_and_can_be_undone(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.drag(*DISC)
    one.drag(*BLOCK)
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 2)
    one.saved()
    one.page.keyboard.press("Control+s")
    one.notebook.wait_for(lambda: "still picture" in one.notebook.path.read_text(encoding="utf-8"))
    one.notebook.kill_kernel()
    one.page.reload()
    one.open()
    one.page.wait_for_timeout(1500)
    one.shot("tomorrow")
    one.run()
    one.ready()
    assert one.item == item
    assert one.drawn() == 2
    one.button("Undo").click()
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    one.button("Undo").click()
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 0)
    expect(one.button("Undo")).to_be_disabled()
    one.button("Redo").click()
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)


def test_ctrl_s_in_the_picture_saves_the_notebook(desk: MakeDesk) -> None:
    one = desk().start()
    before = one.notebook.path.stat().st_mtime_ns
    one.surface.focus()
    one.page.keyboard.press("Control+s")
    one.notebook.wait_for(lambda: one.notebook.path.stat().st_mtime_ns != before)


def test_check_skip_flag_and_guideline(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.drag(DISC[0], DISC[1], DISC[2] + 60, DISC[3] + 60)
    one.button("Check this picture").click()
    feedback = one.gl.locator(".gl-feedback")
    expect(feedback).to_contain_text("R2")
    one.shot("feedback")
    feedback.get_by_role("button", name=re.compile("^R2")).first.click()
    expect(one.gl.get_by_role("heading", name=re.compile("^R2"))).to_be_focused()
    one.shot("guideline")
    one.drag(*BLOCK)
    expect(feedback).to_be_hidden()
    one.button("Flag").click()
    one.gl.get_by_label("Note to the lead").fill("a disc or a plate?")
    one.page.keyboard.press("Enter")
    one.notebook.wait_for(lambda: one.notebook.labels()[item]["flag"] == "a disc or a plate?")
    one.button("Skip").click()
    one.notebook.wait_for(lambda: one.notebook.labels()[item]["skipped"])
    expect(one.gl.locator(".gl-place")).to_contain_text("Picture 2")
    one.page.keyboard.press("b")
    expect(one.gl.locator(".gl-place")).to_contain_text("Picture 1")


def test_zoom_keeps_coordinates_true(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    one.surface.focus()
    for _ in range(4):
        one.page.keyboard.press("+")
    expect(one.gl.locator(".gl-zoom")).to_have_text("244 %")
    viewport = one.gl.locator(".gl-viewport").bounding_box()
    assert viewport
    x, y = viewport["x"] + viewport["width"] / 2, viewport["y"] + viewport["height"] / 2
    one.page.keyboard.down(" ")
    one.page.mouse.move(x, y)
    one.page.mouse.down()
    one.page.mouse.move(x + 120, y + 60)
    one.page.mouse.up()
    one.page.keyboard.up(" ")
    assert one.drawn() == 0
    start = one.page.evaluate(PLACE, [x, y])
    end = one.page.evaluate(PLACE, [x + 100, y + 100])
    one.page.mouse.move(x, y)
    one.page.mouse.down()
    one.page.mouse.move(x + 100, y + 100)
    one.page.mouse.up()
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    one.shot("zoomed")
    assert near(one.notebook.boxes(item)[0]["xyxy"], (*start, *end), by=1)
    one.page.keyboard.press("Control+0")
    expect(one.gl.locator(".gl-zoom")).to_have_text("fit")


PLACE = """([x, y]) => {
  const frame = document.querySelector('.gl-surface img').getBoundingClientRect();
  return [((x - frame.left) / frame.width) * 640, ((y - frame.top) / frame.height) * 420];
}"""


def test_fingers_draw(desk: MakeDesk) -> None:
    one = desk().start()
    item = one.item
    (x1, y1), (x2, y2) = one.at(*DISC[:2]), one.at(*DISC[2:])
    devtools = one.page.context.new_cdp_session(one.page)
    for kind, points in (
        ("touchStart", [{"x": x1, "y": y1}]),
        ("touchMove", [{"x": (x1 + x2) / 2, "y": (y1 + y2) / 2}]),
        ("touchMove", [{"x": x2, "y": y2}]),
        ("touchEnd", []),
    ):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    assert near(one.notebook.boxes(item)[0]["xyxy"], DISC)
