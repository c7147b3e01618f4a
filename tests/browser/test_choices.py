"""Choosing a class in a real JupyterLab: by mouse, by keyboard alone, and again tomorrow."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.lab import PATIENCE, SCREENSHOTS, Desk, opening, use_theme
from tests.browser.looks import keeps_its_keys
from tests.browser.test_surroundings import CELLS, JUPYTERS_KEYS, serious_faults

MakeDesk = Callable[..., Desk]
TAGS, CASES = opening("tiny-tags"), opening("tiny-cases")


def answers(desk: Desk) -> dict[str, str]:
    """The answers on disk, by item."""
    labels = desk.notebook.labels()
    return {name: one["annotations"][0]["label"] for name, one in labels.items() if one["annotations"]}


def settled(desk: Desk, item: str) -> None:
    """Wait until another item than ``item`` is shown whole."""
    expect(desk.gl).not_to_have_attribute("data-item", item)
    desk.ready()


def test_by_mouse_an_answer_is_saved_and_the_next_item_comes(desk: MakeDesk) -> None:
    one = desk(TAGS).start()
    first = one.item
    expect(one.message).to_contain_text("Is it sound?")
    one.button(re.compile("not sound")).click()
    seconds = one.notebook.wait_for(lambda: answers(one) == {first: "not_sound"})
    print(f"on disk after {seconds * 1000:.0f} ms")
    assert seconds < 0.3
    settled(one, first)
    assert one.notebook.labels()[first]["done"]
    expect(one.gl.locator(".gl-place")).to_contain_text("Picture 2 of 4 · 1 done")
    # Without the switch the picture stays, so that a check can follow.
    one.gl.get_by_label("Go on after each answer").uncheck()
    second = one.item
    one.button(re.compile("^ ?sound")).click()
    one.notebook.wait_for(lambda: answers(one).get(second) == "sound")
    one.page.wait_for_timeout(300)
    assert one.item == second
    expect(one.button(re.compile("^ ?sound"))).to_have_attribute("aria-pressed", "true")
    one.button("Check this picture").click()
    expect(one.gl.locator(".gl-feedback")).to_contain_text("Nothing is wrong with it.")
    one.shot("choices-mouse")
    one.button("Next").click()
    settled(one, second)


def test_a_whole_exercise_by_keyboard_alone(desk: MakeDesk) -> None:
    one = desk(TAGS, "after = 1").start()
    keys, seen = one.page.keyboard, []
    for _ in range(80):
        keys.press("Tab")
        if one.page.evaluate("document.activeElement.matches('.gl .gl-picture')"):
            break
    else:
        pytest.fail("Tab does not reach the picture")
    for key in "1231":
        seen.append(one.item)
        keys.press(key)
        if len(seen) < 4:
            settled(one, seen[-1])
    one.notebook.wait_for(lambda: len(answers(one)) == 4)
    assert [answers(one)[name] for name in seen] == ["sound", "not_sound", "other", "sound"]
    expect(one.message).to_contain_text("Every picture is done")
    # Back with an arrow, clear, not sure with a note, answer anew.
    keys.press("ArrowLeft")
    settled(one, seen[3])
    keys.press("Backspace")
    one.notebook.wait_for(lambda: seen[2] not in answers(one))
    assert not one.notebook.labels()[seen[2]]["done"]
    keys.press("n")
    keys.type("leaf or fruit?")
    keys.press("Enter")
    one.notebook.wait_for(lambda: one.notebook.labels()[seen[2]]["flag"] == "leaf or fruit?")
    keys.press("2")
    one.notebook.wait_for(lambda: answers(one).get(seen[2]) == "not_sound")
    keys.press("?")
    expect(one.gl.get_by_role("dialog")).to_be_visible()
    one.shot("choices-help")
    keys.press("Escape")
    # Nobody is caught in the widget.
    for _ in range(40):
        keys.press("Tab")
        if not one.page.evaluate("document.querySelector('.gl').contains(document.activeElement)"):
            break
    else:
        pytest.fail("Tab does not leave the widget")


def test_undo_goes_back_to_the_answer_given_last(desk: MakeDesk) -> None:
    one = desk(TAGS).start()
    first, keys = one.item, one.page.keyboard
    one.button(re.compile("not sound")).click()
    settled(one, first)
    keys.press("Control+z")
    expect(one.gl).to_have_attribute("data-item", first)
    one.ready()
    expect(one.button(re.compile("not sound"))).to_have_attribute("aria-pressed", "true")
    keys.press("Control+z")
    one.notebook.wait_for(lambda: answers(one) == {} and not one.notebook.labels()[first]["done"])
    keys.press("Control+Shift+z")
    one.notebook.wait_for(lambda: answers(one) == {first: "not_sound"})


def test_a_key_pressed_too_early_answers_nothing(desk: MakeDesk) -> None:
    one = desk(TAGS).start()
    first = one.item
    one.button(re.compile("not sound")).focus()
    one.page.evaluate(
        """() => ['Digit1', 'Digit2', 'Digit3'].forEach((code) => document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', { code, key: code[5], bubbles: true, cancelable: true })))"""
    )
    settled(one, first)
    one.notebook.wait_for(lambda: answers(one) == {first: "sound"})


def test_tomorrow_the_answers_are_back(desk: MakeDesk) -> None:
    one = desk(CASES).start()
    first = one.item
    one.page.keyboard.press("Tab")
    one.button(re.compile("other")).click()
    settled(one, first)
    second = one.item
    one.button(re.compile("^ ?sound")).click()
    one.notebook.wait_for(lambda: answers(one) == {first: "other", second: "sound"})
    one.page.keyboard.press("Control+s")
    one.notebook.wait_for(lambda: "of 4 texts answered" in one.notebook.path.read_text(encoding="utf-8"))
    one.notebook.kill_kernel()
    one.page.reload()
    one.open()
    one.page.wait_for_timeout(1500)
    one.shot("choices-tomorrow")
    one.run()
    one.ready()
    expect(one.gl.locator(".gl-place")).to_contain_text("Text 3 of 4 · 2 done")
    one.gl.get_by_role("button", name="Text 1: done").click()
    expect(one.gl).to_have_attribute("data-item", first)
    expect(one.button(re.compile("other"))).to_have_attribute("aria-pressed", "true")
    one.button("Undo").click()
    one.notebook.wait_for(lambda: answers(one) == {second: "sound"})


@pytest.mark.parametrize("exercise", ["tags", "cases"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(desk: MakeDesk, exercise: str, dark: bool) -> None:
    one = desk(opening(f"tiny-{exercise}"))
    use_theme(one.page.context, dark=dark)
    one.start()
    one.gl.get_by_label("Go on after each answer").uncheck()
    one.button(re.compile("not sound")).click()
    one.saved()
    name = f"choices-{exercise}-{'dark' if dark else 'light'}"
    one.shot(name)
    assert serious_faults(one.page, ".gl") == []
    one.page.keyboard.press("g")
    one.button(re.compile("^Check this")).click()
    expect(one.gl.locator(".gl-feedback table")).to_be_visible(timeout=PATIENCE)
    expect(one.gl.locator(".gl-feedback")).to_contain_text('You called it "not sound"; it is sound')
    one.page.wait_for_timeout(600)
    one.gl.screenshot(path=SCREENSHOTS / f"{name}-open.png")
    assert serious_faults(one.page, ".gl") == []
    one.page.keyboard.press("?")
    assert serious_faults(one.page, ".gl-help") == []
    keeps_its_keys(one)


def test_a_text_is_shown_as_it_is_written(desk: MakeDesk) -> None:
    one = desk(CASES).start()
    for number in range(1, 5):
        one.gl.get_by_role("button", name=f"Text {number}:").click()
        one.page.wait_for_timeout(300)
        if "<b>" in one.gl.locator(".gl-reading").inner_text():
            break
    else:
        pytest.fail("the markup of the text was not shown as text")
    paragraph = one.gl.locator(".gl-reading p").first
    assert paragraph.evaluate("(node) => getComputedStyle(node).fontSize") == "16px"
    assert one.gl.locator(".gl-reading p").count() == 2
    expect(one.gl.get_by_role("button", name="Zoom in")).to_have_count(0)


def test_no_key_reaches_notebook_7(desk: MakeDesk) -> None:
    one = desk(TAGS, "second = 2", "third = 3", classic=True).start()
    before = one.page.evaluate(CELLS)
    for place in (".gl-picture", ".gl-answer", ".gl-item", ".gl-tools button:enabled"):
        one.gl.locator(place).first.focus()
        for key in JUPYTERS_KEYS:
            if key not in ("Control+Enter", "Enter"):
                one.page.keyboard.press(key)
        one.page.keyboard.press("Escape")
    one.page.wait_for_timeout(300)
    assert one.page.evaluate(CELLS) == before
    one.button(re.compile("not sound")).click()
    one.notebook.wait_for(lambda: "not_sound" in answers(one).values())
    one.shot("choices-notebook7")
