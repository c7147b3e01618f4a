"""Word boxes in a real JupyterLab: draw, type, name the field; by mouse, by keyboard, again tomorrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.lab import Desk, opening
from tests.browser.looks import fits, keeps_its_keys, opens_its_help, reads_well
from tests.browser.test_drawing import near, press, tab_to_picture
from tests.widgets.pages import HEIGHT, WIDTH

MakeDesk = Callable[..., Desk]
EXERCISE = opening("tiny-words")


def words(one: Desk, item: str) -> list[tuple[str, str]]:
    """Text and field of every box, as they are on disk."""
    return [(label["text"], label["label"]) for label in one.notebook.annotations(item)]


def corners(label: dict[str, Any]) -> list[float]:
    return [number for point in label["corners"] for number in point]


def field(one: Desk) -> Any:
    return one.gl.get_by_label("Text of the selected word")


def wait_until(one: Desk, what: Callable[[], bool]) -> None:
    one.notebook.wait_for(what, seconds=8)


def draw(one: Desk, x1: float, y1: float, x2: float, y2: float, text: str) -> None:
    one.drag(x1, y1, x2, y2)
    expect(field(one)).to_be_focused()
    one.page.keyboard.type(text)


def test_by_mouse_and_again_tomorrow(desk: MakeDesk) -> None:
    one = desk(EXERCISE).start()
    item = one.item
    draw(one, 198, 30, 290, 60, "Corner")
    expect(one.gl.locator(".gl-word-left")).to_be_empty()  # what is being typed is no reproach
    one.shot("words-typing")
    press(one, "Enter")
    expect(one.surface).to_be_focused()
    wait_until(one, lambda: words(one, item) == [("Corner", "shop")])
    assert near(corners(one.notebook.annotations(item)[0]), [198, 30, 290, 30, 290, 60, 198, 60])
    draw(one, 488, 250, 545, 278, "5.25")  # digits are typed, they choose no class
    press(one, "Alt+3", "Enter")
    wait_until(one, lambda: words(one, item) == [("Corner", "shop"), ("5.25", "total")])
    draw(one, 296, 30, 360, 60, "Shop")  # the next word is in the same field as the last; then it is not
    press(one, "Escape", "1", "Escape")
    wait_until(one, lambda: words(one, item)[-1] == ("Shop", "shop"))
    one.click(516, 264)  # a click selects, a side and a corner are dragged, the whole is moved
    one.drag(488, 264, 478, 264)
    wait_until(one, lambda: near(corners(one.notebook.annotations(item)[1])[:2], [478, 250]))
    one.drag(545, 278, 550, 290)
    wait_until(one, lambda: near(corners(one.notebook.annotations(item)[1]), [478, 250, 550, 250, 550, 290, 478, 290]))
    one.page.keyboard.down("Shift")
    one.drag(550, 290, 556, 280)
    one.page.keyboard.up("Shift")
    wait_until(one, lambda: near(corners(one.notebook.annotations(item)[1])[4:6], [556, 280]))
    assert near(corners(one.notebook.annotations(item)[1])[6:], [478, 290])
    one.saved()
    one.shot("words-mouse")
    press(one, "Control+z", "Control+z", "Control+z")
    wait_until(one, lambda: near(corners(one.notebook.annotations(item)[1])[:2], [488, 250]))
    kept = one.notebook.annotations(item)
    one.notebook.kill_kernel()
    one.page.reload()
    one.open().run()
    one.ready()
    assert one.item == item
    assert (one.drawn(), one.notebook.annotations(item)) == (3, kept)
    one.button("Undo").click()
    wait_until(one, lambda: one.notebook.annotations(item) != kept)
    one.button("Redo").click()
    wait_until(one, lambda: one.notebook.annotations(item) == kept)


def test_by_keyboard_alone_and_axe(desk: MakeDesk) -> None:
    one = desk(EXERCISE).start()
    item = one.item
    tab_to_picture(one)
    press(one, "2", "n")
    wait_until(one, lambda: len(words(one, item)) == 1)
    first = corners(one.notebook.annotations(item)[0])
    press(one, "Shift+ArrowLeft", "ArrowUp", "Alt+ArrowRight", "Alt+Shift+ArrowDown", "Enter")
    expect(field(one)).to_be_focused()
    one.page.keyboard.type("Milk")
    press(one, "Enter", "n")  # the next one stands right of it
    wait_until(one, lambda: len(words(one, item)) == 2)
    moved, beside = (corners(label) for label in one.notebook.annotations(item))
    assert near(moved, [a + b for a, b in zip(first, [-10, -1, -9, -1, -9, 9, -10, 9], strict=True)], by=0.1)
    assert beside[0] > moved[2]
    assert beside[1::2] == moved[1::2]
    press(one, "n", "n")
    press(one, "Enter")
    one.page.keyboard.type("2l")
    expect(one.gl.locator(".gl-word-left")).to_have_text("2 other boxes have no text yet")
    press(one, "ArrowUp")  # to the text of the one before
    one.page.keyboard.type("1O.85")
    press(one, "Alt+4", "Escape", "f")
    expect(one.message).to_contain_text("One box has no text yet")
    assert not one.notebook.labels()[item]["done"]
    press(one, "Enter")  # what waits is selected
    one.page.keyboard.type("l")
    press(one, "Enter")
    wait_until(one, lambda: words(one, item) == [("Milk", "item"), ("l", "item"), ("1O.85", "other"), ("2l", "item")])
    press(one, "Shift+N")  # where the line below begins; then it is taken back
    wait_until(one, lambda: len(words(one, item)) == 5)
    head, below = (corners(one.notebook.annotations(item)[n]) for n in (0, 4))
    assert below[0] == head[0]
    assert below[1] > head[7]
    press(one, "Control+z")
    wait_until(one, lambda: len(words(one, item)) == 4)
    press(one, "t")
    expect(one.gl.locator(".gl-word-name")).to_have_count(0)
    press(one, "t")
    expect(one.gl.locator(".gl-word-name")).to_have_count(4)
    one.gl.locator("summary").click()
    text, place = (one.gl.get_by_label(f"{name} of word 1", exact=True) for name in ("text", "corners"))
    text.fill("  Milch\u0301 ")
    text.press("Enter")
    place.fill("60,130 110,130 112,158 60,158")
    place.press("Enter")
    wait_until(one, lambda: one.notebook.annotations(item)[0]["corners"][2] == [112, 158])
    assert words(one, item)[0][0] == "Milch\u0301"
    place.fill("60,130 110,158 110,130 60,158")
    place.press("Enter")
    expect(one.gl.locator(".gl-complaint")).to_contain_text("clockwise")
    keeps_its_keys(one)
    one.click(86, 144)
    reads_well(one, "words")
    fits(one)
    opens_its_help(one, "words")
    press(one, "f")
    wait_until(one, lambda: one.notebook.labels()[item]["done"])


def test_a_page_that_lies_aslant(desk: MakeDesk) -> None:
    one = desk(EXERCISE).start()
    item = one.item
    one.drag(200, 30, 280, 60)
    press(one, "Escape", "q")  # corners move one by one
    one.drag(280, 30, 280, 22)
    one.drag(280, 60, 281, 52)
    leaning = [200, 30, 280, 22, 281, 52, 200, 60]
    wait_until(one, lambda: near(corners(one.notebook.annotations(item)[0]), leaning))
    one.drag(200, 30, 281, 90)  # across: that would be no box
    press(one, "Escape")
    assert near(corners(one.notebook.annotations(item)[0]), leaning)
    one.drag(300, 30, 380, 50)  # the next one leans as its neighbour does
    wait_until(one, lambda: len(words(one, item)) == 2)
    found = corners(one.notebook.annotations(item)[1])
    assert found[1] > found[3] + 4
    assert near(found[:2], [300, 30], by=4)
    press(one, "Escape", "Escape")  # from the text to the picture, then nothing is selected
    for corner in [(60, 140), (300, 300)]:
        one.click(*corner)
    expect(one.message).to_contain_text("side opposite")
    press(one, "Control+z")  # the last click is taken back, not a box
    expect(one.message).to_contain_text("other end")
    press(one, "Escape")
    for corner in [(60, 140), (108, 130), (90, 165)]:  # both ends of the upper side, then the lower one
        one.click(*corner)
    expect(field(one)).to_be_focused()
    one.page.keyboard.type("Milk")
    press(one, "Enter")
    wait_until(one, lambda: len(words(one, item)) == 3 and words(one, item)[2][0] == "Milk")
    clicked = corners(one.notebook.annotations(item)[2])
    assert near(clicked[:4], [60, 140, 108, 130])
    assert abs((clicked[5] - clicked[7]) - (clicked[3] - clicked[1])) < 0.1
    one.shot("words-aslant")


def test_what_is_typed_is_not_lost(desk: MakeDesk) -> None:
    one = desk(EXERCISE).start()
    item = one.item
    draw(one, 60, 130, 108, 158, "Milk")
    one.page.wait_for_timeout(200)
    wait_until(one, lambda: words(one, item) == [("Milk", "shop")])  # after a pause, without Enter
    one.page.keyboard.type("y")
    press(one, "Control+Enter")  # done while typing: the text goes along
    one.notebook.wait_for(lambda: one.notebook.labels()[item]["done"])
    assert words(one, item) == [("Milky", "shop")]
    assert (WIDTH, HEIGHT) == (640, 420)  # what Desk.at measures by


MANY = """\
from goldlabel.annotations import WordBox
from goldlabel.widgets.play import play
from goldlabel.workbench import Exercise
widget = Exercise.open("tiny-words").label()
places = [(8 + 31 * (n % 20), 8 + 40 * (n // 20)) for n in range(200)]
quads = [((x, y), (x + 26, y), (x + 26, y + 14), (x, y + 14)) for x, y in places]
words = [WordBox(f"w{n}", "item", quad, f"t{n}") for n, quad in enumerate(quads)]
play(widget, {widget.item["id"]: words}, done=False)
widget
"""

FRAMES = """
() => { window.frames = []; let last = performance.now();
  const tick = (now) => { window.frames.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick); }
"""


def test_two_hundred_words_stay_smooth(desk: MakeDesk) -> None:
    one = desk(MANY).start()
    assert one.drawn() == 200
    one.page.evaluate(FRAMES)
    one.page.mouse.move(*one.at(20, 410))
    one.page.mouse.down()
    for n in range(40):
        one.page.mouse.move(*one.at(20 + 2 * n, 410 - n / 4))
    one.page.mouse.up()
    frames = sorted(one.page.evaluate("window.frames"))
    print("frames with 200 words: median", round(frames[len(frames) // 2]), "longest", round(frames[-1]), "ms")
    one.page.keyboard.type("last")
    press(one, "Enter")
    wait_until(one, lambda: len(words(one, one.item)) == 201 and words(one, one.item)[-1][0] == "last")
    one.shot("words-many")
