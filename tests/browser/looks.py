"""What every widget must hold: its keys stay its own, it is readable in light and dark, its help opens."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import SCREENSHOTS, Desk, use_theme
from tests.browser.test_surroundings import serious_faults

__all__ = ["fits", "keeps_its_keys", "opens_its_help", "reads_well"]


def keeps_its_keys(one: Desk) -> None:
    """Whatever can have the focus tells JupyterLab to leave its keys alone."""
    bare = one.page.evaluate(
        """[...document.querySelectorAll('.gl :is(a, button, input, select, summary, textarea, [tabindex])')]
        .filter((node) => node.getAttribute('data-lm-suppress-shortcuts') !== 'true').map((node) => node.outerHTML)"""
    )
    assert bare == []


def reads_well(one: Desk, name: str) -> None:
    """Axe finds nothing serious in light and in dark; a picture of each is kept."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for dark in (False, True):
        use_theme(one.page.context, dark=dark)
        expect(one.page.locator("body")).to_have_attribute("data-jp-theme-light", "false" if dark else "true")
        one.page.wait_for_timeout(300)
        assert serious_faults(one.page, ".gl") == []
        one.gl.scroll_into_view_if_needed()
        one.gl.screenshot(path=SCREENSHOTS / f"{name}-{'dark' if dark else 'light'}.png")


def fits(one: Desk) -> None:
    """Nothing is wider than the widget."""
    assert not one.page.evaluate(
        "document.querySelector('.gl').scrollWidth > document.querySelector('.gl').clientWidth"
    )


def opens_its_help(one: Desk, name: str) -> None:
    """``?`` opens the help, in which axe finds nothing serious; Escape closes it."""
    one.surface.focus()
    one.page.keyboard.press("?")
    expect(one.gl.get_by_role("dialog")).to_be_visible()
    assert serious_faults(one.page, ".gl-help") == []
    one.shot(f"{name}-help")
    one.page.keyboard.press("Escape")
