"""The widget in its surroundings: Jupyter's own shortcuts, screen readers, light and dark."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import OPEN, PATIENCE, ROOT, Desk, use_theme
from tests.widgets.tiny import BLOCK, DISC

MakeDesk = Callable[..., Desk]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

JUPYTERS_KEYS = ["d", "d", "m", "r", "x", "a", "b", "Enter", "o", "0", "0", "z", "y", "1", "Shift+m", "Control+Enter"]
"""In command mode these delete, cut, join, convert, run or clear cells."""


CELLS = """[...document.querySelectorAll('.jp-Notebook .jp-Cell')]
  .map((cell) => [cell.className.match(/jp-\\w+Cell/)[0], cell.querySelector('.cm-content')?.innerText])"""


def serious_faults(page: Page, where: str) -> list[str]:
    """What axe finds inside ``where``, serious or critical."""
    if not AXE.exists():
        pytest.skip("axe-core is not there: run npm ci")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("(where) => axe.run(where)", where)
    return [
        f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(desk: MakeDesk, dark: bool) -> None:
    one = desk()
    use_theme(one.page.context, dark=dark)
    one.start()
    one.drag(DISC[0], DISC[1], DISC[2] + 50, DISC[3] + 30)
    one.page.keyboard.press("2")
    one.drag(*BLOCK)
    one.saved()
    name = "dark" if dark else "light"
    one.shot(f"whole-{name}")
    assert serious_faults(one.page, ".gl") == []
    one.page.keyboard.press("g")
    one.gl.locator("summary").click()
    one.button("Check this picture").click()
    expect(one.gl.locator(".gl-feedback table")).to_be_visible(timeout=PATIENCE)
    one.page.wait_for_timeout(600)
    one.shot(f"open-{name}")
    one.gl.screenshot(path=Path(ROOT / "screenshots" / f"widget-{name}.png"))
    assert serious_faults(one.page, ".gl") == []
    one.page.keyboard.press("?")
    assert serious_faults(one.page, ".gl-help") == []
    one.shot(f"help-{name}")


@pytest.mark.parametrize("classic", [False, True], ids=["lab", "notebook7"])
def test_no_key_reaches_the_notebook(desk: MakeDesk, classic: bool) -> None:
    one = desk(OPEN, "second = 2", "third = 3", classic=classic).start()
    item = one.item

    def cells() -> list[tuple[str, str]]:
        return one.page.evaluate(CELLS)

    before = cells()
    one.drag(*DISC)
    one.notebook.wait_for(lambda: len(one.notebook.boxes(item)) == 1)
    for place in ("picture", "class", "item", "tool", "root"):
        focus(one, place)
        for key in JUPYTERS_KEYS:
            if key in ("Control+Enter", "Enter") and place != "picture":
                continue
            one.page.keyboard.press(key)
    one.page.wait_for_timeout(300)
    assert cells() == before
    assert one.gl.is_visible()
    one.shot(f"keys-{'notebook7' if classic else 'lab'}")


def focus(desk: Desk, place: str) -> None:
    """Bring the focus to one part of the widget, as a click or Tab would."""
    desk.page.wait_for_selector(".gl .image > svg")
    if place == "picture":
        desk.click(300, 40)
    elif place == "root":
        desk.gl.locator(".gl-title").click()
    else:
        part = {"class": ".gl-class", "item": ".gl-item", "tool": ".gl-tools button:enabled"}[place]
        desk.gl.locator(part).first.focus()
    assert desk.page.evaluate("document.querySelector('.gl').contains(document.activeElement)")


def test_everything_that_takes_the_focus_keeps_its_keys(desk: MakeDesk) -> None:
    one = desk().start()
    one.gl.locator("summary").click()
    one.button("Add a box").click()
    one.button("Check this picture").click()
    expect(one.gl.locator(".gl-feedback table")).to_be_visible(timeout=PATIENCE)
    bare = one.page.evaluate(
        """[...document.querySelectorAll('.gl :is(a, button, input, select, summary, textarea, iframe, [tabindex])')]
        .filter((node) => node.getAttribute('data-lm-suppress-shortcuts') !== 'true')
        .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert json.dumps(bare) == "[]"
