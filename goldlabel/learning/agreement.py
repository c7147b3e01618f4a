"""Percent agreement and kappa to play with: two passes over a hundred items and two classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldlabel.learning.figures import BLUE, ORANGE
from goldlabel.metrics.choices import accuracy, cohen_kappa

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["TOTAL", "kappa_explorer", "two_passes"]

TOTAL = 100
Matrix = tuple[tuple[int, int], tuple[int, int]]


def two_passes(bruised: int, kept: int, added: int) -> Matrix:
    """Counts of two passes, first pass in rows, *bruised* before *sound*.

    Args:
        bruised: How many of the hundred were called bruised in the first pass.
        kept: How many of those are called so again; at most ``bruised``.
        added: How many that were sound are bruised the second time; at most the rest.

    Example:
        >>> two_passes(10, 5, 5)
        ((5, 5), (5, 85))
    """
    kept, added = min(kept, bruised), min(added, TOTAL - bruised)
    return ((kept, bruised - kept), (added, TOTAL - bruised - added))


def kappa_explorer() -> VBox:
    """Sliders for two passes; the table, the agreement and kappa follow."""
    from ipywidgets import HTML, IntSlider, Layout, VBox

    wide, style = Layout(width="560px", max_width="100%"), {"description_width": "290px"}
    bruised = IntSlider(40, 1, 60, 1, description="first pass: called bruised, of 100", layout=wide, style=style)
    kept = IntSlider(36, 0, 60, 1, description="of these, bruised again", layout=wide, style=style)
    added = IntSlider(4, 0, 60, 1, description="sound at first, bruised the second time", layout=wide, style=style)
    view = HTML()

    def draw(_change: object = None) -> None:
        view.value = _passes_html(two_passes(bruised.value, kept.value, added.value))

    for slider in (bruised, kept, added):
        slider.observe(draw, names="value")
    draw()
    return VBox([bruised, kept, added, view])


def _passes_html(matrix: Matrix) -> str:
    percent, kappa = float(accuracy(matrix)), float(cohen_kappa(matrix))
    cell = "padding:6px 16px;text-align:right;border:1px solid rgba(128,128,128,.5)"
    rows = "".join(
        f'<tr style="background:none"><th scope="row" style="{cell}">{name} at first</th>'
        + "".join(
            f'<td style="{cell};{"font-weight:700" if row == column else ""}">{matrix[row][column]}</td>'
            for column in range(2)
        )
        + "</tr>"
        for row, name in enumerate(("bruised", "sound"))
    )
    bars = "".join(
        f'<text x="0" y="{17 + 30 * k}" font-size="14" fill="currentColor">{name}</text>'
        f'<rect x="140" y="{4 + 30 * k}" width="240" height="18" rx="4" fill="currentColor" fill-opacity=".12"/>'
        f'<rect x="140" y="{4 + 30 * k}" width="{240 * max(0.0, value):.0f}" height="18" rx="4" fill="{color}"/>'
        f'<text x="390" y="{17 + 30 * k}" font-size="14" fill="currentColor">{value:.2f}</text>'
        for k, (name, value, color) in enumerate((("agreement", percent, BLUE), ("kappa", kappa, ORANGE)))
    )
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:12px 40px;align-items:center">'
        f'<table style="border-collapse:collapse;font-size:14px"><thead><tr><th style="{cell}"></th>'
        f'<th scope="col" style="{cell}">bruised again</th>'
        f'<th scope="col" style="{cell}">sound the second time</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
        f'<svg viewBox="0 0 440 62" width="440" style="max-width:100%" role="img" '
        f'aria-label="Agreement {percent:.2f}, kappa {kappa:.2f}">{bars}</svg></div>'
    )
