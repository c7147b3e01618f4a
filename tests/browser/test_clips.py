"""Clips in a real JupyterLab: tracks and events by mouse and by keyboard, and the right frame under every label."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.lab import Desk, opening
from tests.browser.looks import fits, keeps_its_keys, opens_its_help, reads_well
from tests.browser.test_drawing import near, press, tab_to_picture
from tests.browser.test_surroundings import CELLS, JUPYTERS_KEYS, serious_faults
from tests.widgets.film import FRAMES, HEIGHT, WIDTH, make_film, number_in, square

MakeDesk = Callable[..., Desk]
SIZE = (WIDTH, HEIGHT)
TRACKS = opening("tiny-film-tracks")
EVENTS = opening("tiny-film-events")
INSIDE = 'import os\nos.environ["GOLDLABEL_DATASETS"] = "data"\n'
"""Puts the clips where the server has them: its folder is the course folder, and the data lie beside the notebook."""


def keys(one: Desk, item: str, n: int = 0) -> list[dict[str, Any]]:
    """The keyframes of a track as they are on disk."""
    tracks = one.notebook.annotations(item)
    return tracks[n]["keyframes"] if n < len(tracks) else []


def frames(one: Desk, item: str, n: int = 0) -> list[int]:
    return [key["frame"] for key in keys(one, item, n)]


def wait_until(one: Desk, what: Callable[[], object]) -> None:
    one.notebook.wait_for(what, seconds=10)


def shows(one: Desk, frame: int) -> None:
    expect(one.surface).to_have_attribute("data-frame", str(frame))


def number_shown(one: Desk) -> int:
    """The number of the frame that is really to be seen, read from a screenshot."""
    return number_in(Image.open(io.BytesIO(one.gl.locator(".gl-frame").screenshot())))


def drag(one: Desk, *places: float) -> None:
    mouse = one.page.mouse
    x1, y1, x2, y2 = places
    mouse.move(*one.at(x1, y1, size=SIZE))
    mouse.down()
    mouse.move(*one.at((x1 + x2) / 2, (y1 + y2) / 2, size=SIZE))
    mouse.move(*one.at(x2, y2, size=SIZE))
    mouse.up()


def in_time(one: Desk, frame: float, lane: int = -1) -> tuple[float, float]:
    """A place of the timeline, in the page: on the ruler, or on a lane."""
    where = one.gl.locator(".gl-ruler") if lane < 0 else one.gl.locator(".gl-lane-area").nth(lane)
    where.scroll_into_view_if_needed()
    frame_box = where.bounding_box()
    assert frame_box
    return frame_box["x"] + frame_box["width"] * frame / FRAMES, frame_box["y"] + frame_box["height"] / 2


def test_a_track_by_mouse_and_again_tomorrow(desk: MakeDesk) -> None:
    one = desk(TRACKS).start()
    item = one.item
    drag(one, *square(0))
    wait_until(one, lambda: frames(one, item) == [0])
    one.page.mouse.click(*in_time(one, 20.5))
    shows(one, 20)
    x1, y1, x2, y2 = square(20)
    drag(one, 70, 190, x1 + 30, 190)  # the box stands where it was: put in place, it is a keyframe here
    wait_until(one, lambda: frames(one, item) == [0, 20])
    assert near(keys(one, item)[1]["xyxy"], [x1, y1, x2, y2], by=2)
    press(one, "Shift+BracketLeft")  # ten back, between the two: the box went along by itself
    shows(one, 10)
    between = one.gl.locator("[data-shape] .gl-area").bounding_box()
    assert between
    left, top = one.at(square(10)[0], 150, size=SIZE)
    assert near([between["x"], between["y"]], [left, top], by=3)
    one.gl.get_by_role("button", name="On ten frames").click()
    one.gl.get_by_role("button", name="On ten frames").click()
    shows(one, 30)
    one.button(re.compile("^Outside")).click()
    wait_until(one, lambda: frames(one, item) == [0, 20, 30])
    assert keys(one, item)[2]["outside"]
    expect(one.message).to_contain_text("is outside here")
    one.shot("tracks-mouse")
    assert one.gl.locator(".gl-mark").count() == 3
    one.gl.locator(".gl-mark").nth(1).click()
    shows(one, 20)
    one.saved()
    kept = one.notebook.annotations(item)
    one.notebook.kill_kernel()
    one.page.reload()
    one.open().run()
    one.ready()
    assert (one.item, one.drawn(), one.notebook.annotations(item)) == (item, 1, kept)
    one.button("Undo").click()
    wait_until(one, lambda: frames(one, item) == [0, 20])
    one.button("Redo").click()
    wait_until(one, lambda: one.notebook.annotations(item) == kept)


def test_tracks_by_keyboard_alone_and_axe(desk: MakeDesk) -> None:
    one = desk(TRACKS).start()
    item = one.item
    tab_to_picture(one)
    press(one, "2", "n")
    wait_until(one, lambda: frames(one, item) == [0])
    first = keys(one, item)[0]["xyxy"]
    press(one, "Shift+BracketRight")
    shows(one, 10)
    press(one, "Shift+ArrowRight", "e", "r", "r")
    wait_until(one, lambda: len(frames(one, item)) == 2 and keys(one, item)[1]["xyxy"][1] == first[1] - 2)
    moved = [first[0] + 9, first[1] - 2, first[2] + 11, first[3] + 2]
    assert near(keys(one, item)[1]["xyxy"], moved, by=0.1)
    press(one, "Alt+ArrowRight", "Alt+ArrowRight", "q")
    wait_until(one, lambda: frames(one, item) == [0, 10, 12])
    assert keys(one, item)[2]["occluded"]
    press(one, "k")  # the keyframe is taken away again
    wait_until(one, lambda: frames(one, item) == [0, 10])
    press(one, "Comma")
    shows(one, 10)
    press(one, "Home", "BracketRight", "BracketRight", "BracketRight", "BracketRight", "x")
    wait_until(one, lambda: [frames(one, item), frames(one, item, 1)] == [[0, 4], [4, 10]])
    press(one, "Shift+Tab", "m", "Tab", "Enter")  # together again
    wait_until(one, lambda: len(one.notebook.annotations(item)) == 1)
    assert frames(one, item) == [0, 4, 10]
    press(one, "o", "End", "o")  # gone from here on, and back in the last frame
    wait_until(one, lambda: frames(one, item) == [0, 4, 10, FRAMES - 1])
    assert [key["outside"] for key in keys(one, item)] == [False, True, False, True]
    press(one, "Control+z", "Control+z")
    wait_until(one, lambda: frames(one, item) == [0, 4, 10])
    press(one, "Home", " ")
    one.page.wait_for_timeout(600)
    press(one, " ")
    played = int(one.surface.get_attribute("data-frame") or 0)
    assert 1 <= played <= 12
    assert number_shown(one) == played
    one.gl.locator("summary").click()
    cell = one.gl.get_by_label("frame in frame 10 of track 1", exact=True)
    cell.fill("15")
    cell.press("Enter")
    wait_until(one, lambda: frames(one, item) == [0, 4, 15])
    cell = one.gl.get_by_label("frame in frame 15 of track 1", exact=True)
    cell.fill("4")
    cell.press("Enter")
    expect(one.gl.locator(".gl-complaint")).to_contain_text("keyframe in frame 4 already")
    keeps_its_keys(one)
    reads_well(one, "tracks")
    fits(one)
    opens_its_help(one, "tracks")
    press(one, "f")
    wait_until(one, lambda: one.notebook.labels()[item]["done"])


@pytest.mark.parametrize("way", ["address", "kernel"])
def test_the_frame_shown_is_the_frame_labelled(desk: MakeDesk, way: str) -> None:
    one = desk((INSIDE if way == "address" else "") + TRACKS)
    if way == "address":
        make_film(one.notebook.path.parent / "data")
    fetched: list[str] = []
    one.page.on("request", lambda request: "/files/" in request.url and fetched.append(request.url))
    one.start()
    item = one.item
    one.surface.focus()
    draw = random.Random(7)
    press(one, "n")
    wait_until(one, lambda: frames(one, item) == [0])
    wanted = {0}
    at = 0
    for _ in range(6):
        # Quicker than frames can come: what is labelled waits for the frame that was asked for.
        by = draw.choice([1, 10, 11, 12, -1, -10])
        step = ["Shift+BracketRight", "BracketRight"] if by > 0 else ["Shift+BracketLeft", "BracketLeft"]
        presses = [step[0]] * (abs(by) // 10) + [step[1]] * (abs(by) % 10)
        press(one, *presses, "ArrowRight")
        at = min(max(at + by, 0), FRAMES - 1)
        wanted.add(at)
        shows(one, at)
        assert number_shown(one) == at
        wait_until(one, lambda: frames(one, item) == sorted(wanted))
    assert bool(fetched) == (way == "address")
    if way == "address":
        expect(one.gl.locator(".gl-clip-loaded")).to_be_empty()
        assert sorted(set(fetched)) == sorted(fetched)  # none twice


def test_events_on_the_timeline_in_notebook_7(desk: MakeDesk) -> None:
    one = desk(EVENTS, classic=True).start()
    item = one.item

    def times() -> list[tuple[str, float, float]]:
        return [(each["label"], each["start"], each["end"]) for each in one.notebook.annotations(item)]

    mouse = one.page.mouse
    mouse.move(*in_time(one, 5.5, 1))
    mouse.down()
    mouse.move(*in_time(one, 9, 1))
    mouse.move(*in_time(one, 14.5, 1))
    mouse.up()
    wait_until(one, lambda: times() == [("stop", 0.5, 1.5)])
    mouse.move(*in_time(one, 14.9, 1))  # its end
    mouse.down()
    mouse.move(*in_time(one, 18, 1))
    mouse.move(*in_time(one, 20, 1))
    mouse.up()
    wait_until(one, lambda: times() == [("stop", 0.5, 2.0)])
    shows(one, 19)
    press(one, "Escape", "1", "Home", "n", "Shift+BracketRight")
    expect(one.message).to_contain_text("wave began in frame 0")
    press(one, "n")
    wait_until(one, lambda: times()[1:] == [("wave", 0.0, 1.1)])
    press(one, "BracketRight", "BracketRight", "o", "BracketLeft", "ArrowRight")
    wait_until(one, lambda: times()[1:] == [("wave", 0.1, 1.4)])
    one.shot("events")
    press(one, "End", "i")
    expect(one.message).to_contain_text("before it begins")
    press(one, "Escape", "n", "Control+z")  # what was begun is given up, and nothing else
    assert len(times()) == 2
    assert serious_faults(one.page, ".gl") == []
    press(one, "Control+z")
    wait_until(one, lambda: times()[1:] == [("wave", 0.0, 1.3)])
    before = one.page.evaluate(CELLS)
    for place in (".gl-canvas", ".gl-ruler", ".gl-transport button"):
        one.gl.locator(place).first.focus()
        press(one, *(key for key in JUPYTERS_KEYS if key not in ("Control+Enter", "Enter")))
    one.page.wait_for_timeout(200)
    assert one.page.evaluate(CELLS) == before
    assert one.gl.is_visible()


MANY = """\
from goldlabel.annotations import Track, TrackedBox
from goldlabel.widgets.play import play
from goldlabel.workbench import Exercise
widget = Exercise.open("tiny-long-tracks").label()
at = lambda n, f: (20 + 28 * n, 30 + (f * (n + 3)) % 250, 50 + 28 * n, 60 + (f * (n + 3)) % 250)
path = lambda n: tuple(TrackedBox(frame=f, xyxy=at(n, f), outside=f % 90 == 60) for f in range(n, 600, 30))
tracks = [Track(f"t{n}", "car", path(n)) for n in range(20)]
play(widget, {widget.item["id"]: tracks}, done=False)
widget
"""

SCRUB = """
async ([x, y, width]) => {
  const ruler = document.querySelector(".gl-ruler");
  const place = (share) => ({ bubbles: true, clientX: x + width * share, clientY: y, button: 0, pointerId: 1 });
  const seen = new Set();
  const times = [];
  ruler.closest(".gl-time-inner").setPointerCapture = () => {};
  ruler.dispatchEvent(new PointerEvent("pointerdown", place(0)));
  let last = performance.now();
  for (let n = 1; n <= 240; n++) {
    ruler.dispatchEvent(new PointerEvent("pointermove", place(n / 241)));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
    seen.add(document.querySelector(".gl-canvas").dataset.frame);
  }
  ruler.dispatchEvent(new PointerEvent("pointerup", place(1)));
  times.sort((a, b) => a - b);
  return { median: times[120], p95: times[228], longest: times[239], seen: seen.size };
}
"""


def test_six_hundred_frames_with_twenty_tracks_scrub_smoothly(desk: MakeDesk) -> None:
    one = desk(INSIDE + MANY)
    make_film(one.notebook.path.parent / "data", name="long", clips=1, frames=600)
    one.start()
    expect(one.gl.locator(".gl-clip-loaded")).to_be_empty(timeout=60_000)
    box = one.gl.locator(".gl-ruler").bounding_box()
    assert box
    found = one.page.evaluate(SCRUB, [box["x"], box["y"] + 8, box["width"]])
    print("scrubbing 600 frames with 20 tracks:", {name: round(value, 1) for name, value in found.items()})
    one.shot("tracks-many")
    # Of 240 places most were shown at once; the rest were passed by.
    assert found["seen"] > 120
    assert found["median"] < 50
