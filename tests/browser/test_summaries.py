"""Writing summaries in a real JupyterLab: by mouse, by keyboard alone, through a killed kernel, and again tomorrow."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import PATIENCE, SCREENSHOTS, Desk, opening, use_theme
from tests.browser.test_surroundings import CELLS, JUPYTERS_KEYS, serious_faults
from tests.widgets.tiny_writing import SUMMARY

MakeDesk = Callable[..., Desk]
WRITE, JUDGE = opening("tiny-summary"), opening("tiny-judging")


def area(desk: Desk) -> Locator:
    return desk.gl.get_by_role("textbox", name="Your summary")


def written(desk: Desk) -> dict[str, str]:
    """The texts on disk, by item."""
    labels = desk.notebook.labels()
    return {name: one["annotations"][0]["text"] for name, one in labels.items() if one["annotations"]}


def settled(desk: Desk, item: str) -> None:
    expect(desk.gl).not_to_have_attribute("data-item", item)
    desk.ready()


def test_by_mouse_typing_is_saved_after_a_pause(desk: MakeDesk) -> None:
    one = desk(WRITE).start()
    first = one.item
    expect(one.message).to_contain_text("at most 12 words")
    area(one).click()
    one.page.keyboard.type("A mill closes")
    expect(one.gl.locator(".gl-length")).to_have_text("3 of 12 words")
    seconds = one.notebook.wait_for(lambda: written(one) == {first: "A mill closes"})
    print(f"on disk {seconds * 1000:.0f} ms after the count was read")
    assert not one.notebook.labels()[first]["done"]
    # Nothing that is typed is lost by going on at once. (In one piece: on a busy machine, typing has pauses.)
    one.page.keyboard.insert_text(" for a week")
    one.button("Done, next").click()
    settled(one, first)
    one.notebook.wait_for(lambda: written(one) == {first: "A mill closes for a week"})
    assert one.notebook.labels()[first]["done"]
    expect(area(one)).to_have_value("")
    # Text of the source can be selected, and nothing happens.
    one.gl.locator(".gl-reading p").last.dblclick()
    assert one.page.evaluate("getSelection().toString().trim().length") > 0
    assert written(one) == {first: "A mill closes for a week"}
    one.gl.get_by_role("button", name="Text 1: done").click()
    expect(area(one)).to_have_value("A mill closes for a week")
    # A pause in typing is a step of undo, across items.
    one.button("Undo").click()
    expect(area(one)).to_have_value("A mill closes")
    one.notebook.wait_for(lambda: written(one)[first] == "A mill closes")
    one.button("Redo").click()
    expect(area(one)).to_have_value("A mill closes for a week")


def test_all_keys_write_and_the_keyboard_alone_suffices(desk: MakeDesk) -> None:
    one = desk(WRITE, "second = 2", "third = 3").start()
    before, first, keys = one.page.evaluate(CELLS), one.item, one.page.keyboard
    for _ in range(80):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.matches('.gl textarea')"):
            break
    else:
        pytest.fail("Tab does not reach the field")
    # Letters and digits that are commands elsewhere, of the widget as of Jupyter.
    text = "fbgnc 123 dd xx ?! M A 0 + - y z"
    keys.type(text)
    keys.press("Backspace")
    one.notebook.wait_for(lambda: written(one) == {first: text[:-1]})
    assert one.item == first
    assert one.page.evaluate(CELLS) == before
    # Ctrl+Z takes back typing, in the field's own way.
    keys.press("Control+a")
    keys.type("Mill shut")
    keys.press("Control+Enter")
    settled(one, first)
    one.notebook.wait_for(lambda: one.notebook.labels()[first]["done"])
    assert written(one) == {first: "Mill shut"}
    # The next text is waiting with the field in focus; Esc leaves it, and then keys are commands again.
    second = one.item
    expect(area(one)).to_be_focused()
    keys.type("Bus")
    keys.press("Escape")
    keys.press("b")
    expect(one.gl).to_have_attribute("data-item", first)
    one.notebook.wait_for(lambda: written(one).get(second) == "Bus")
    one.ready()
    keys.press("Escape")
    keys.press("Control+z")
    expect(area(one)).to_have_value(text[:-1])
    keys.press("n")
    expect(area(one)).to_be_focused()
    keys.press("Escape")
    keys.press("?")
    expect(one.gl.get_by_role("dialog")).to_contain_text("out of the text")
    one.shot("summary-help")


def test_a_killed_kernel_and_a_reload_lose_nothing(desk: MakeDesk) -> None:
    one = desk(WRITE).start()
    first = one.item
    area(one).fill("The mill")
    one.notebook.wait_for(lambda: written(one) == {first: "The mill"})
    one.notebook.kill_kernel()
    area(one).click()
    one.page.keyboard.press("End")
    # Reloaded in the middle of a word, with nobody there to save it.
    one.page.keyboard.type(" of Ard clo")
    one.page.on("dialog", lambda dialog: dialog.accept())
    one.page.reload()
    one.open().run()
    one.ready()
    expect(area(one)).to_have_value("The mill of Ard clo", timeout=PATIENCE)
    one.notebook.wait_for(lambda: written(one) == {first: "The mill of Ard clo"})
    one.button("Undo").click()
    one.notebook.wait_for(lambda: written(one) == {first: "The mill"})


def test_tomorrow_what_was_written_can_be_read_without_a_kernel(desk: MakeDesk) -> None:
    one = desk(WRITE).start()
    area(one).fill("The mill <b>of</b> Ard")
    one.saved()
    area(one).blur()
    one.page.keyboard.press("Control+s")
    one.notebook.wait_for(lambda: "still picture of what was written" in one.notebook.path.read_text(encoding="utf-8"))
    assert "<b>of</b>" not in one.notebook.path.read_text(encoding="utf-8").replace('\\"', '"')


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(desk: MakeDesk, dark: bool) -> None:
    one = desk(WRITE)
    use_theme(one.page.context, dark=dark)
    one.start()
    name = f"summary-{'dark' if dark else 'light'}"
    area(one).fill(f"{SUMMARY} And more, far more than twelve words, which is too many.")
    expect(one.message).to_contain_text("too many: the limit is 12")
    one.saved()
    one.shot(name)
    assert serious_faults(one.page, ".gl") == []
    one.button("Check this text").click()
    expect(one.gl.locator(".gl-feedback table")).to_be_visible(timeout=PATIENCE)
    one.button("Guideline").click()
    one.page.wait_for_timeout(600)
    one.gl.screenshot(path=SCREENSHOTS / f"{name}-open.png")
    assert serious_faults(one.page, ".gl") == []
    one.page.set_viewport_size({"width": 620, "height": 900})
    one.page.wait_for_timeout(400)
    one.gl.screenshot(path=SCREENSHOTS / f"{name}-narrow.png")
    boxes = [one.gl.locator(".gl-column").nth(n).bounding_box() for n in (0, 1)]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1, "stacked where it is narrow"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_source_stands_beside_what_is_judged(desk: MakeDesk, dark: bool) -> None:
    one = desk(JUDGE)
    use_theme(one.page.context, dark=dark)
    one.start()
    first = one.item
    assert one.gl.locator(".gl-reading").count() == 2
    expect(one.gl.locator(".gl-column-title").last).to_have_text(re.compile(r"The text to judge: \d+ words"))
    assert serious_faults(one.page, ".gl") == []
    one.shot(f"summary-judging-{'dark' if dark else 'light'}")
    one.gl.locator(".gl-reading").last.focus()
    one.page.keyboard.press("2")
    settled(one, first)
    one.notebook.wait_for(lambda: one.notebook.labels()[first]["annotations"][0]["label"] == "unfaithful")


def test_no_key_reaches_notebook_7(desk: MakeDesk) -> None:
    one = desk(WRITE, "second = 2", "third = 3", classic=True).start()
    before = one.page.evaluate(CELLS)
    for place in ("textarea", ".gl-reading", ".gl-item"):
        one.gl.locator(place).first.focus()
        for key in JUPYTERS_KEYS:
            if key not in ("Control+Enter", "Enter"):
                one.page.keyboard.press(key)
    assert one.page.evaluate(CELLS) == before
