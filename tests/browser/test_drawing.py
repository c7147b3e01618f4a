"""Polygons, masks, keypoints, rotated boxes and flags in a real JupyterLab: by mouse, by keyboard, again tomorrow."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, expect

from goldlabel.metrics.masks import decode_rle
from tests.browser.lab import Desk, Lab, opening
from tests.browser.lag import LagProxy
from tests.browser.looks import fits, keeps_its_keys, opens_its_help, reads_well
from tests.browser.test_surroundings import CELLS, JUPYTERS_KEYS
from tests.widgets.tiny import JOINTS

MakeDesk = Callable[..., Desk]
TASKS = ("tiny-polygons", "tiny-masks", "tiny-keypoints", "tiny-rotated")

CORNERS = [(360, 180), (520, 180), (520, 330), (360, 330)]


def mouse(one: Desk, exercise: str) -> None:
    """Draw one thing with the mouse, round or on the block."""
    if exercise == "tiny-polygons":
        for corner in [*CORNERS, CORNERS[0]]:
            one.click(*corner)
    elif exercise == "tiny-keypoints":
        one.click(*CORNERS[0])
    else:
        one.drag(*CORNERS[0], *CORNERS[2])


def drawn_by_mouse(exercise: str, label: dict[str, Any]) -> bool:
    """Whether the label is what :func:`mouse` meant, to 2 pixels."""
    if exercise == "tiny-polygons":
        return near(flat(label["rings"][0]), flat(CORNERS))
    if exercise == "tiny-keypoints":
        return list(label["points"]) == ["nose"] and near(label["points"]["nose"], [360, 180, 2])
    if exercise == "tiny-rotated":
        return near([*label["center"], *label["size"], label["rotation"]], [440, 255, 160, 150, 0])
    mask = decode_rle(label["counts"], tuple(label["size"]))
    # A line of 219 pixels with a round brush of 24.
    return bool(mask[180, 360] and mask[255, 440] and mask[329, 519]) and abs(mask.sum() - 5716) < 200


def flat(points: Iterable[Iterable[float]]) -> list[float]:
    return list(chain.from_iterable(points))


def near(found: list[float], wanted: list[float], *, by: float = 2.0) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def pixels(mask: dict[str, Any]) -> int:
    return int(decode_rle(mask["counts"], tuple(mask["size"])).sum())


def count(one: Desk, item: str) -> int:
    return len(one.notebook.annotations(item))


def tab_to_picture(one: Desk) -> None:
    for _ in range(80):
        one.page.keyboard.press("Tab")
        if one.page.evaluate("document.activeElement.matches('.gl-canvas')"):
            return
    pytest.fail("Tab does not reach the picture")


def press(one: Desk, *keys: str) -> None:
    for key in keys:
        one.page.keyboard.press(key)


@pytest.mark.parametrize("exercise", TASKS)
def test_by_mouse_and_again_tomorrow(desk: MakeDesk, exercise: str) -> None:
    one = desk(opening(exercise)).start()
    item = one.item
    mouse(one, exercise)
    first = one.notebook.wait_for(lambda: count(one, item) == 1)
    one.button("Undo").click()
    second = one.notebook.wait_for(lambda: count(one, item) == 0)
    one.button("Redo").click()
    third = one.notebook.wait_for(lambda: count(one, item) == 1)
    took = [round(1000 * each) for each in (first, second, third)]
    print("on disk after", took, "ms")
    assert min(took) < 300, took
    assert drawn_by_mouse(exercise, one.notebook.annotations(item)[0]), one.notebook.annotations(item)
    one.saved()
    one.shot(f"{exercise}-mouse")
    one.notebook.kill_kernel()
    one.page.reload()
    one.open().run()
    one.ready()
    assert one.item == item
    assert one.drawn() == 1
    one.button("Undo").click()
    one.notebook.wait_for(lambda: count(one, item) == 0)
    one.button("Redo").click()
    one.notebook.wait_for(lambda: count(one, item) == 1)
    assert drawn_by_mouse(exercise, one.notebook.annotations(item)[0])


def by_keyboard(one: Desk, exercise: str) -> None:
    """Draw two things with keys alone; the focus is in the picture, whose middle is at 320, 210."""
    if exercise == "tiny-polygons":
        press(one, "n", "Space", *["Shift+ArrowRight"] * 3, "Space", *["Shift+ArrowDown"] * 2, "Space", "Enter")
        press(one, "u", ".", "ArrowLeft", "2", "n", "ArrowUp", "Space", *["Shift+ArrowUp"] * 3, "Space")
        press(one, *["Shift+ArrowLeft"] * 3, "Space", "Enter", "Escape")
    elif exercise == "tiny-masks":
        press(one, "n", "Space", "]", "2", "n", *["Shift+ArrowRight"] * 8)
        one.page.keyboard.down("Space")
        press(one, *["Shift+ArrowDown"] * 3)
        one.page.keyboard.up("Space")
        press(one, "u")
    elif exercise == "tiny-keypoints":
        press(one, "n", "Space", "Shift+ArrowUp", "Space", "ArrowRight", "v", "o")  # the right eye is outside
        press(one, "v", "Space", "v", "Space", "Backspace")  # an ear goes down as hidden, and is visible after all
        press(one, "2", "n", "Shift+ArrowLeft", "Shift+Space")
    else:
        press(one, "n", "Shift+e", "e", "q", "r", "Shift+ArrowLeft", "2", "n", "]", ".", ",", "Shift+ArrowRight")


SET = {"nose": [320, 200, 2], "left_eye": [321, 200, 1], "right_eye": [0, 0, 0], "left_ear": [321, 200, 2]}


def drawn_by_keyboard(exercise: str, labels: list[dict[str, Any]]) -> bool:
    first, second = labels
    if (first["label"], second["label"]) != ("disc", "block"):
        return False
    if exercise == "tiny-polygons":
        flags = (first["attributes"], second["attributes"]) == ({"truncated": True}, {})
        rings = first["rings"] == [[[319, 210], [350, 210], [350, 230]]]
        return flags and rings and second["rings"] == [[[320, 209], [320, 179], [290, 179]]]
    if exercise == "tiny-masks":
        one, two = (decode_rle(label["counts"], tuple(label["size"])) for label in labels)
        # A dab of 24 pixels across; then one of 29 drawn down over 30 pixels.
        return abs(one.sum() - 452) < 12 and abs(two.sum() - (661 + 29 * 30)) < 25 and bool(two[240, 400])
    if exercise == "tiny-keypoints":
        return (first["points"], second["points"]) == (SET, {"nose": [311, 200, 1]})
    one, two = ([*label["center"], *label["size"], label["rotation"]] for label in labels)
    return one == [310, 210, 120, 62, 10] and two == [330, 210, 122, 60, 0]


TYPED = [[10, 10], [50, 10], [50, 420]]
TABLES = {
    "tiny-polygons": (
        "points of part 1 of polygon 1",
        "10,10 50,10 50,900",
        "rings",
        [[[10, 10], [50, 10], [50, 420]]],
    ),
    "tiny-keypoints": ("x of nose of figure 1", "33", "points", SET | {"nose": [33, 200, 2]}),
    "tiny-rotated": ("degrees of box 1", "-45", "rotation", -45),
}
"""What is typed in the table, and what the label's field is then."""


@pytest.mark.parametrize("exercise", TASKS)
def test_by_keyboard_alone_and_axe(desk: MakeDesk, exercise: str) -> None:
    one = desk(opening(exercise)).start()
    item = one.item
    tab_to_picture(one)
    by_keyboard(one, exercise)
    one.notebook.wait_for(lambda: count(one, item) == 2)
    one.saved()
    wait_until(one, lambda: drawn_by_keyboard(exercise, one.notebook.annotations(item)))
    one.gl.locator("summary").click()
    if exercise in TABLES:
        name, typed, field, wanted = TABLES[exercise]
        cell = one.gl.get_by_label(name, exact=True)
        cell.fill(typed)
        cell.press("Enter")
        wait_until(one, lambda: one.notebook.annotations(item)[0][field] == wanted)
        one.gl.get_by_label(name, exact=True).fill("x" if field == "rings" else "")
        one.gl.get_by_label(name, exact=True).press("Enter")
        expect(one.gl.locator(".gl-complaint")).to_contain_text("Write")
    keeps_its_keys(one)
    reads_well(one, exercise)
    fits(one)
    opens_its_help(one, exercise)
    press(one, "f")
    one.notebook.wait_for(lambda: one.notebook.labels()[item]["done"])


def wait_until(one: Desk, what: Callable[[], bool]) -> None:
    one.notebook.wait_for(what, seconds=8)


@pytest.mark.parametrize("exercise", TASKS)
def test_a_slow_line_in_notebook_7_loses_nothing_and_its_keys_stay_with_us(
    context: BrowserContext, lab: Lab, exercise: str
) -> None:
    proxy = LagProxy(int(urlsplit(lab.url).port or 0))
    slow = Lab(f"http://127.0.0.1:{proxy.port}", lab.folder)
    book = slow.course(f"slow-{exercise}", opening(exercise), "second = 2")
    one = Desk(context.new_page(), book, classic=True).start()
    item = one.item
    proxy.lag = 0.15  # 300 ms there and back
    mouse(one, exercise)
    press(one, "2", "n")
    if exercise == "tiny-rotated":
        press(one, "Control+z")
    if exercise == "tiny-polygons":
        circle(one, 140, 150, 50)
    else:
        one.drag(90, 90, 190, 200)
    press(one, "Control+z", "Control+Shift+z")
    one.notebook.wait_for(lambda: count(one, item) == 2)
    one.saved()
    first, second = one.notebook.annotations(item)
    assert drawn_by_mouse(exercise, first)
    assert (first["label"], second["label"]) == ("disc", "block")
    proxy.lag = 0
    before = one.page.evaluate(CELLS)
    for place in (".gl-canvas", ".gl-taskbar button:enabled"):
        one.gl.locator(place).first.focus()
        press(one, *(key for key in JUPYTERS_KEYS if key != "Control+Enter"))
    one.page.wait_for_timeout(200)
    assert one.page.evaluate(CELLS) == before
    assert one.gl.is_visible()
    one.notebook.shut_down()
    proxy.close()


# --- what each task has of its own ------------------------------------------------------------------------------


def test_polygons_are_mended_point_by_point(desk: MakeDesk) -> None:
    one = desk(opening("tiny-polygons")).start()
    item = one.item

    def rings() -> list[list[list[float]]]:
        return [ring for label in one.notebook.annotations(item) for ring in label["rings"]]

    for corner in CORNERS[:3]:
        one.click(*corner)
    one.click(400, 250)
    press(one, "Backspace", "Control+z")  # the last two points go
    one.click(*CORNERS[2])
    one.page.mouse.dblclick(*one.at(*CORNERS[3]))
    wait_until(one, lambda: len(rings()) == 1)
    assert near(flat(rings()[0]), flat(CORNERS))
    one.drag(440, 180, 440, 120)  # a side's middle becomes a point
    wait_until(one, lambda: len(rings()[0]) == 5)
    assert near(rings()[0][1], [440, 120])
    one.drag(440, 120, 440, 400)  # across the other side
    expect(one.message).to_contain_text("crosses itself")
    assert one.gl.locator(".gl-fault").count() > 0
    one.shot("polygons-crossed")
    wait_until(one, lambda: near(rings()[0][1], [440, 400]))
    press(one, "Delete")  # the point, not the polygon
    wait_until(one, lambda: len(rings()[0]) == 4)
    expect(one.message).not_to_contain_text("crosses itself")
    one.drag(440, 255, 500, 255)
    wait_until(one, lambda: near(rings()[0][0], [420, 180]))
    one.page.keyboard.down("Shift")
    for corner in [(100, 100), (160, 100), (130, 160)]:
        one.click(*corner)
    one.page.keyboard.up("Shift")
    press(one, "Enter")
    wait_until(one, lambda: len(rings()) == 2 and count(one, item) == 1)
    press(one, "Escape")
    circle(one, 250, 320, 60)  # freehand, a new polygon; released where it began it is closed
    wait_until(one, lambda: count(one, item) == 2)
    assert 10 < len(rings()[2]) < 60
    press(one, "Escape")
    one.click(60, 380)
    expect(one.message).to_contain_text("1 point.")
    press(one, "Escape")  # a begun outline is given up
    expect(one.message).not_to_contain_text("1 point.")
    assert count(one, item) == 2
    one.shot("polygons-parts")


def circle(one: Desk, x: float, y: float, radius: float) -> None:
    """Drag once round, as a hand would."""
    places = [(x + radius * math.sin(n / 30 * math.pi), y - radius * math.cos(n / 30 * math.pi)) for n in range(61)]
    one.page.mouse.move(*one.at(*places[0]))
    one.page.mouse.down()
    for place in places[1:]:
        one.page.mouse.move(*one.at(*place))
    one.page.mouse.up()


def test_masks_are_painted_erased_and_filled(desk: MakeDesk) -> None:
    one = desk(opening("tiny-masks")).start()
    item = one.item

    def area(which: int = 0) -> int:
        labels = one.notebook.annotations(item)
        return (
            int(decode_rle(labels[which]["counts"], tuple(labels[which]["size"])).sum()) if len(labels) > which else 0
        )

    circle(one, 140, 150, 50)
    wait_until(one, lambda: area() > 0)
    ring = area()
    assert abs(ring - 2 * 3.14159 * 50 * 24) < 250
    press(one, "h")
    wait_until(one, lambda: area() > ring)
    disc = area()
    assert abs(disc - 3.14159 * 62**2) < 150
    press(one, "e", *["]"] * 4)
    one.drag(60, 150, 220, 150)
    wait_until(one, lambda: area() < disc - 3000)
    one.shot("masks-erased")
    press(one, "Control+z")  # one stroke, one step
    wait_until(one, lambda: area() == disc)
    press(one, "n", "2", "o")
    for corner in CORNERS:
        one.click(*corner)
    press(one, "Enter")
    wait_until(one, lambda: area(1) == 160 * 150 or abs(area(1) - 160 * 150) < 400)
    press(one, "v")
    one.click(140, 150)
    expect(one.message).to_contain_text("Click a mask")
    press(one, "k")
    wait_until(one, lambda: one.notebook.annotations(item)[0]["attributes"] == {"occluded": True})
    one.gl.get_by_label("Opacity").fill("80")
    press(one, "b")
    one.surface.focus()
    for _ in range(6):
        press(one, "+")
    one.page.wait_for_timeout(200)
    one.shot("masks-zoomed")
    assert one.notebook.labels_path.parent.joinpath("tiny-masks.json").stat().st_size < 12_000
    press(one, "Control+0", "e", *["]"] * 10)
    one.drag(60, 90, 220, 90)
    one.drag(60, 200, 220, 200)
    one.drag(60, 150, 220, 150)
    wait_until(one, lambda: count(one, item) == 1)  # nothing is left of the first


def test_joints_hidden_outside_swapped_and_dragged(desk: MakeDesk) -> None:
    one = desk(opening("tiny-keypoints")).start()
    item = one.item

    def points(which: int = 0) -> dict[str, list[float]]:
        labels = one.notebook.annotations(item)
        return labels[which]["points"] if len(labels) > which else {}

    expect(one.message).to_contain_text("Click the nose")
    one.click(140, 100)
    expect(one.message).to_contain_text("DISC's own left eye")
    expect(one.gl.locator(".gl-joint[aria-current=true]")).to_contain_text("left eye")
    one.page.keyboard.down("Shift")
    one.click(160, 90)
    one.page.keyboard.up("Shift")
    one.button("Not labelled").click()
    wait_until(one, lambda: len(points()) == 3)
    assert [points()[name][2] for name in JOINTS[:3]] == [2, 1, 0]
    one.click(180, 100)
    one.drag(180, 100, 190, 110)
    wait_until(one, lambda: near(points().get("left_ear", []), [190, 110, 2]))
    one.button("Swap left, right").click()
    wait_until(one, lambda: "right_ear" in points() and points()["left_eye"][2] == 0)
    one.gl.locator(".gl-joint", has_text="left knee").click()
    one.click(150, 300)
    wait_until(one, lambda: near(points().get("left_knee", []), [150, 300, 2]))
    expect(one.gl.locator(".gl-joint[aria-current=true]")).to_contain_text("right knee")
    press(one, "v")
    wait_until(one, lambda: points()["left_knee"][2] == 1)
    press(one, "n")
    one.click(420, 120)
    wait_until(one, lambda: count(one, item) == 2 and list(points(1)) == ["nose"])
    one.shot("keypoints-two")
    one.click(140, 100)
    press(one, "Delete")  # nothing of the first is chosen by that click but the figure
    wait_until(one, lambda: count(one, item) == 1)


def test_boxes_turn_by_clicks_and_by_handle(desk: MakeDesk) -> None:
    one = desk(opening("tiny-rotated")).start()
    item = one.item
    for corner in [(100, 100), (180, 160), (150, 200)]:
        one.click(*corner)
    wait_until(one, lambda: count(one, item) == 1)
    box = one.notebook.annotations(item)[0]
    assert near([*box["size"], box["rotation"]], [100, 50, 36.87], by=1)
    one.drag(360, 180, 520, 330)
    wait_until(one, lambda: count(one, item) == 2)
    scale = one.surface.bounding_box()["width"] / 640
    one.drag(440, 180 - 26 / scale, 560, 255)  # the round handle, to the right
    wait_until(one, lambda: abs(one.notebook.annotations(item)[1]["rotation"] - 90) < 1)
    one.shot("rotated-handle")
    one.drag(440, 255, 460, 245)
    wait_until(one, lambda: near(one.notebook.annotations(item)[1]["center"], [460, 245]))


def test_flags_of_boxes_stay_when_the_box_is_moved(desk: MakeDesk) -> None:
    one = desk(opening("tiny-flags")).start()
    item = one.item
    expect(one.button(re.compile("^truncated"))).to_be_disabled()
    one.drag(80, 90, 200, 210)
    wait_until(one, lambda: count(one, item) == 1)
    name = one.notebook.annotations(item)[0]["id"]
    press(one, "u")
    one.button(re.compile("^occluded")).click()
    wait_until(one, lambda: one.notebook.annotations(item)[0]["attributes"] == {"truncated": True, "occluded": True})
    one.drag(140, 150, 180, 180)
    wait_until(one, lambda: near(one.notebook.annotations(item)[0]["xyxy"], [120, 120, 240, 240], by=3))
    one.surface.focus()
    press(one, "u")
    wait_until(one, lambda: one.notebook.annotations(item)[0]["attributes"] == {"occluded": True})
    assert one.notebook.annotations(item)[0]["id"] == name
    one.shot("flags")
    press(one, "Control+z")
    expect(one.button(re.compile("^truncated"))).to_have_attribute("aria-pressed", "true")
    one.gl.locator("summary").click()
    one.gl.get_by_label("occluded: box 1").uncheck()
    wait_until(one, lambda: one.notebook.annotations(item)[0]["attributes"] == {"truncated": True})


def test_fingers_paint(desk: MakeDesk) -> None:
    one = desk(opening("tiny-masks")).start()
    item = one.item
    places = [one.at(x, 150) for x in (100, 140, 180)]
    devtools = one.page.context.new_cdp_session(one.page)
    kinds = ["touchStart", "touchMove", "touchMove"]
    for kind, (x, y) in zip(kinds, places, strict=True):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_until(one, lambda: count(one, item) == 1)
    label = one.notebook.annotations(item)[0]
    assert abs(pixels(label) - (80 * 24 + 452)) < 40
