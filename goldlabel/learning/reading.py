"""Experiments on reading: what was typed beside what is printed, and how soon a small error rate spoils a number."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from goldlabel.learning.figures import BLUE, GREY, ORANGE, VERMILION, Picture, plot_html
from goldlabel.metrics.reading import aligned, edits, error_rate, normalised
from goldlabel.review.wording import counted

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["PRINTED", "alignment_html", "number_plot", "reading_lab", "whole_right"]

PRINTED = ("TOTAL 10.50", "D-3356", "Lindqvist", "lena@fenmail.test", "06.11.2026")
"""Texts to copy in :func:`reading_lab`: each holds signs that are taken for others."""

FIRST_TRY = "T0TAL 1O,5"
"""What stands in the field at first: figure and letter mistaken both ways, a comma for a point, a sign left out."""

RATES = ((0.01, BLUE, "-"), (0.03, ORANGE, "-."), (0.05, VERMILION, "--"))
"""Character error rates of :func:`number_plot`, each with its line."""

_LOOKS = {
    "substituted": (VERMILION, "solid", "substituted"),
    "deleted": (BLUE, "dashed", "deleted (left out)"),
    "inserted": (ORANGE, "dotted", "inserted (put in)"),
}
"""Colour, line and name by kind of edit: told apart without colour, too."""


def whole_right(rate: float, length: int) -> float:
    """Chance that all ``length`` characters of a number are right at the character error rate ``rate``.

    It takes each character to be wrong independently with the chance ``rate``. In truth errors come in heaps (a faded
    line), so that more numbers are right than this says, and the wrong ones are worse.

    Raises:
        ValueError: ``rate`` lies outside 0 to 1, or ``length`` is negative.
    """
    if not 0 <= rate <= 1 or length < 0:
        raise ValueError("a rate lies in 0 to 1, and a number has no fewer than no characters")
    return float((1 - rate) ** length)


def number_plot(most: int = 20) -> Picture:
    """Share of the numbers that are wholly right, by their length, at three character error rates."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    figure = Figure(figsize=(7.2, 3.6), layout="constrained")
    axes = figure.subplots()
    lengths = range(1, most + 1)
    for rate, color, style in RATES:
        shares = [whole_right(rate, length) for length in lengths]
        axes.plot(lengths, shares, style, color=color, linewidth=2)
        at = whole_right(rate, 10)
        axes.plot([10], [at], "o", color=color)
        axes.annotate(f"{at:.0%}", (10, at), xytext=(5, 6), textcoords="offset points", color=color)
        axes.annotate(
            f"CER {rate:.0%}", (most, shares[-1]), xytext=(6, 0), textcoords="offset points", va="center", color=color
        )
    axes.set(xlabel="characters of the number", ylabel="numbers wholly right", xlim=(1, most * 1.17), ylim=(0, 1.03))
    axes.set_xticks([1, 5, 10, 15, 20])
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(color=GREY, alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    told = ", ".join(f"{whole_right(rate, 10):.0%} at a CER of {rate:.0%}" for rate, _, _ in RATES)
    alt = f"Numbers of 10 characters that are wholly right: {told}."
    return Picture(plot_html(figure, alt), alt)


def alignment_html(true: str, said: str) -> str:
    """What is printed above what was typed, sign by sign; each edit has a colour, a line and, below it, a letter."""
    cells = []
    for wanted, got in aligned(true, said):
        kind = "" if wanted == got else "deleted" if not got else "inserted" if not wanted else "substituted"
        color, line, name = _LOOKS.get(kind, ("transparent", "solid", ""))
        rows = "".join(f'<div style="height:1.5em">{_sign(one)}</div>' for one in (wanted, got))
        cells.append(
            f'<div title="{name}" style="min-width:1.1em;text-align:center;border:2px {line} {color};border-radius:4px;'
            f'padding:1px 2px">{rows}<div style="height:1.2em;font-size:12px;font-weight:700">'
            f"{name[:1].upper()}</div></div>"
        )
    heads = "".join(f'<div style="height:1.5em">{text}</div>' for text in ("printed", "typed"))
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:2px;font:17px/1.5 ui-monospace,monospace;margin:6px 0">'
        f'<div style="font:13px/1.85 system-ui,sans-serif;margin-right:10px;padding-top:3px">{heads}</div>'
        f"{''.join(cells)}</div>"
    )


def _sign(one: str) -> str:
    return "&#9251;" if one == " " else escape(one) or '<span style="opacity:.4">&ndash;</span>'


def _verdict(true: str, said: str) -> str:
    """The alignment, a legend and the sum."""
    found = edits(true, said)
    legend = " ".join(
        f'<span style="border:2px {line} {color};border-radius:4px;padding:0 6px;margin-right:8px">'
        f"<b>{name[0].upper()}</b> {name}: {count}</span>"
        for (color, line, name), count in zip(_LOOKS.values(), found, strict=True)
    )
    rate = error_rate(found.total, len(true))
    return (
        f'{alignment_html(true, said)}<div style="font-size:14px;line-height:2.2">{legend}</div>'
        f'<div style="font-size:18px;margin-top:4px"><b>CER</b> = {counted(found.total, "edit")} / '
        f"{counted(len(true), 'character')} = <b>{rate:.0%}</b></div>"
    )


def reading_lab(printed: Sequence[str] = PRINTED, typed: str = FIRST_TRY) -> VBox:
    """Choose what is printed, type what you like below it, and see the edits and their rate live."""
    from ipywidgets import HTML, Dropdown, Layout, Text, VBox

    style = {"description_width": "70px"}
    wide = Layout(width="420px", max_width="100%")
    choice = Dropdown(options=list(printed), description="printed", layout=wide, style=style)
    line = Text(value=typed, description="typed", layout=wide, style=style)
    view = HTML()

    def draw(_change: object = None) -> None:
        view.value = _verdict(normalised(choice.value), normalised(line.value))

    def begin(_change: object) -> None:
        # What was typed for another text is no reading of this one.
        line.value = ""
        draw()

    line.observe(draw, names="value")
    choice.observe(begin, names="value")
    draw()
    return VBox([choice, line, view])
