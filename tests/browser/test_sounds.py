"""Sounds in a real JupyterLab: segments by mouse and by keyboard, texts typed while it plays, again tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.lab import PATIENCE, Desk, opening
from tests.browser.looks import keeps_its_keys, reads_well
from tests.browser.test_drawing import near, press
from tests.browser.test_surroundings import serious_faults
from tests.widgets.tiny_sounds import SECONDS

MakeDesk = Callable[..., Desk]
TALK, EVENTS, CLIPS = opening("tiny-talk"), opening("tiny-events"), opening("tiny-clips")
WAVE, FIRST_LANE, SECOND_LANE = 60, 249, 279
"""Heights on the sound, in pixels from its top."""

PLAYER = """(() => { const one = document.querySelector('.gl-audio');
  return { time: one.currentTime, rate: one.playbackRate, pitch: one.preservesPitch, loop: one.loop,
    plays: !one.paused } })()"""


def player(one: Desk) -> dict[str, Any]:
    return one.page.evaluate(PLAYER)


def drag(one: Desk, start: float, end: float, y: float = WAVE) -> None:
    """Drag from a time to another, in seconds."""
    frame = one.gl.locator(".gl-wave-inner").bounding_box()
    assert frame
    mouse, (from_x, to_x) = one.page.mouse, (frame["x"] + at * frame["width"] / SECONDS for at in (start, end))
    mouse.move(from_x, frame["y"] + y)
    mouse.down()
    mouse.move((from_x + to_x) / 2, frame["y"] + y)
    mouse.move(to_x, frame["y"] + y)
    mouse.up()


def turns(one: Desk, item: str) -> list[tuple[str, str]]:
    return [(label["label"], label["text"]) for label in one.notebook.annotations(item)]


def times(one: Desk, item: str) -> list[float]:
    return [at for label in one.notebook.annotations(item) for at in (label["start"], label["end"])]


def text(one: Desk) -> Locator:
    return one.gl.locator(".gl-turn.gl-selected textarea")


def test_talk_by_mouse_and_again_tomorrow(desk: MakeDesk) -> None:
    one = desk(TALK).start()
    item = one.item
    drag(one, 0.5, 1.2)
    expect(text(one)).to_be_focused()  # what is said is typed at once
    one.page.keyboard.type("one 2 fnb")  # commands elsewhere
    drag(one, 2.4, 3.4, SECOND_LANE)  # in the lane of the other speaker
    one.page.keyboard.type("four")
    drag(one, 1.8, 2.6, FIRST_LANE)  # two speakers may overlap
    one.notebook.wait_for(lambda: turns(one, item) == [("Ann", "one 2 fnb"), ("Ann", ""), ("Bo", "four")])
    assert near(times(one, item), [0.5, 1.2, 1.8, 2.6, 2.4, 3.4], by=0.02)
    drag(one, 1.4, 2.2, FIRST_LANE)  # one speaker never does: it ends where the next one begins
    expect(one.message).to_contain_text("do not overlap")
    one.notebook.wait_for(lambda: len(turns(one, item)) == 4)
    assert near(times(one, item)[2:6], [1.4, 1.8, 1.8, 2.6], by=0.02)
    drag(one, 3.4, 3.8, SECOND_LANE)  # an edge
    one.notebook.wait_for(lambda: near(times(one, item)[6:], [2.4, 3.8], by=0.02))
    one.gl.locator(".gl-turn").first.locator("textarea").click()
    press(one, "Alt+2")
    one.notebook.wait_for(lambda: turns(one, item)[0] == ("Bo", "one 2 fnb"))
    one.saved()
    one.shot("sounds-talk")
    one.notebook.kill_kernel()
    text(one).press("End")
    one.page.keyboard.type(" more")
    one.page.wait_for_timeout(700)
    one.page.on("dialog", lambda dialog: dialog.accept())
    one.page.reload()
    one.open().run()
    one.ready()
    one.notebook.wait_for(lambda: turns(one, item)[0] == ("Bo", "one 2 fnb more"))
    expect(one.gl.locator(".gl-turn textarea").first).to_have_value("one 2 fnb more", timeout=PATIENCE)
    one.button("Undo").click()
    one.notebook.wait_for(lambda: turns(one, item)[0] == ("Bo", "one 2 fnb"))


def test_talk_by_keyboard_alone(desk: MakeDesk) -> None:
    one = desk(TALK).start()
    item = one.item
    for _ in range(80):
        press(one, "Tab")
        if one.page.evaluate("document.activeElement.matches('.gl-wave-scroll')"):
            break
    press(*(one, *["ArrowRight"] * 5), "n")  # a segment of a second at 0.5, then its ends
    one.notebook.wait_for(lambda: times(one, item) == [0.5, 1.5])
    press(one, "Shift+Q", "Shift+Q", "Shift+Q", "a", "e")
    one.notebook.wait_for(lambda: times(one, item) == [0.49, 1.21])
    press(one, "Enter")
    expect(text(one)).to_be_focused()
    one.page.keyboard.type("so  well ")
    press(one, "Tab")  # plays while one types
    one.notebook.wait_for(lambda: player(one)["plays"])
    press(one, "Alt+ArrowDown", "Alt+ArrowDown")
    one.notebook.wait_for(lambda: player(one)["rate"] == 0.5)
    assert player(one)["pitch"]
    press(one, "Alt+l")  # the segment again and again, not the whole
    seen = [player(one)["time"] for _ in range(150) if one.page.wait_for_timeout(20) is None]
    assert not player(one)["loop"]
    assert max(seen) < 1.3
    assert any(after < before - 0.3 for before, after in pairwise(seen)), "it began again"
    press(one, "Alt+l", "Control+Space")
    one.notebook.wait_for(lambda: not player(one)["plays"])
    press(one, "Enter")  # past the last text, back to the sound
    expect(one.gl.locator(".gl-wave-scroll")).to_be_focused()
    press(one, "Home", *["Shift+ArrowRight"] * 2, "i")  # behind the selected one the next begins
    one.notebook.wait_for(lambda: times(one, item) == [0.49, 1.21, 2, 3])
    assert turns(one, item) == [("Ann", "so well"), ("Ann", "")]
    press(one, "2", *["ArrowRight"] * 6, "o")
    one.notebook.wait_for(lambda: times(one, item)[2:] == [2, 2.6] and turns(one, item)[1][0] == "Bo")
    press(one, "f")  # one has no text: told once
    expect(one.message).to_contain_text("One segment has no text yet")
    one.gl.locator("summary").focus()
    press(one, "Enter")
    end = one.gl.get_by_label("end of segment 1")
    end.fill("1.234")
    end.press("Enter")
    one.notebook.wait_for(lambda: times(one, item)[:2] == [0.49, 1.234])
    end.fill("9")
    end.press("Enter")
    expect(one.gl.locator(".gl-complaint")).to_contain_text("from 0 to 4")
    keeps_its_keys(one)
    reads_well(one, "sounds")


def test_events_and_clips(desk: MakeDesk) -> None:
    one = desk(EVENTS).start()
    item = one.item
    drag(one, 1.8, 2.6)
    press(one, "Escape", "2")
    drag(one, 2.4, 3.4)
    press(one, "+", "+")
    one.notebook.wait_for(lambda: [label for label, _ in turns(one, item)] == ["tone", "noise"])
    assert near(times(one, item), [1.8, 2.6, 2.4, 3.4], by=0.02)
    assert one.gl.locator(".gl-wave-scroll").evaluate("(one) => one.scrollWidth > 2 * one.clientWidth")
    assert serious_faults(one.page, ".gl") == []
    one.shot("sounds-events")
    two = desk(CLIPS).start()
    first = two.item
    two.gl.locator(".gl-wave-scroll").focus()
    press(two, "l", "Alt+ArrowDown")
    two.notebook.wait_for(lambda: player(two)["plays"])
    assert (player(two)["loop"], player(two)["rate"], player(two)["pitch"]) == (True, 0.75, True)
    assert serious_faults(two.page, ".gl") == []
    two.shot("sounds-clip")
    press(two, "2")
    expect(two.gl).not_to_have_attribute("data-item", first)
    two.notebook.wait_for(lambda: two.notebook.annotations(first)[0]["label"] == "noise")
