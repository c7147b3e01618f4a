"""The ends of a span: one mark moved letter by letter under four schemes, and why kappa says little of marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goldlabel.annotations import Span
from goldlabel.learning.figures import BLUE, GREY, VERMILION, Picture, plot_html
from goldlabel.metrics.choices import cohen_kappa
from goldlabel.metrics.spans import Marked, compare, f1
from goldlabel.review.overlay.text_marks import marked_text
from goldlabel.review.overlay.text_spans import entity_marks

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["GOLD", "TEXT", "ends_explorer", "figures", "kappa_of_marks", "kappa_plot"]

TEXT = "Dr Ada Lund joined the Brass Owls' board in May."
"""What :func:`ends_explorer` marks; written for it."""

GOLD = (Marked(3, 11, "person"), Marked(23, 33, "organisation"), Marked(44, 47, "date"))
"""Its names: Ada Lund, Brass Owls, May."""

_MOVED = 1  # the mark that the sliders move
_COLORS = {"person": "#0072B2", "organisation": "#D55E00", "place": "#009E73", "date": "#CC79A7"}
_SCHEMES = {
    "strict": ("exact F1: both ends and the class", "this course's score; tools call it strict"),
    "exact": ("the ends alone, whatever the class", "tools call it exact, or boundary"),
    "type": ("the class alone, wherever the ends are", "tools call it type"),
    "partial": ("half a point for a mere overlap", "tools call it partial"),
}


def figures(mark: Marked | None) -> dict[str, float]:
    """F1 of the text under each scheme, when the organisation is marked so (or not at all) and the rest is right."""
    labels = [one for k, one in enumerate(GOLD) if k != _MOVED]
    labels += [mark] if mark else []
    return {name: tally.f1 for name, tally in compare(labels, GOLD).items()}


def ends_explorer() -> VBox:
    """Sliders for the ends of one mark and its class; the text and four figures follow."""
    from ipywidgets import HTML, Checkbox, Dropdown, IntSlider, Layout, VBox

    wide, style = Layout(width="560px", max_width="100%"), {"description_width": "190px"}
    start = IntSlider(
        GOLD[_MOVED].start - 4, 12, 32, 1, description="letters before the mark", layout=wide, style=style
    )
    end = IntSlider(GOLD[_MOVED].end, 24, 43, 1, description="letters up to its end", layout=wide, style=style)
    label = Dropdown(options=list(_COLORS), value="organisation", description="class", layout=wide, style=style)
    none = Checkbox(value=False, description="leave this mark out", indent=True, layout=wide, style=style)
    view = HTML()

    def draw(_change: object = None) -> None:
        first, last = start.value, max(end.value, start.value + 1)
        mark = None if none.value else Marked(first, last, label.value)
        for control in (start, end, label):
            control.disabled = none.value
        view.value = _html(mark)

    for control in (start, end, label, none):
        control.observe(draw, names="value")
    draw()
    return VBox([start, end, label, none, view])


def _html(mark: Marked | None) -> str:
    labels = [one for k, one in enumerate(GOLD) if k != _MOVED or mark]
    labels = [mark if mark and one == GOLD[_MOVED] else one for one in labels]
    spans = [Span(f"s{k}", one.label, one.start, one.end) for k, one in enumerate(labels)]
    values = figures(mark)
    bars = "".join(_bar(*said, values[name]) for name, said in _SCHEMES.items())
    true = GOLD[_MOVED]
    said = "No mark: one name is missed."
    if mark:
        said = f"Your mark: <code>{TEXT[mark.start : mark.end].replace(' ', '&nbsp;')}</code>. "
        said += "Ends and class are right." if mark == true else _fault(mark, true)
    return f'{marked_text(TEXT, entity_marks(spans, _COLORS))}<p style="margin:6px 0">{said}</p>{bars}'


def _fault(mark: Marked, true: Marked) -> str:
    wrong = [
        *(["where it begins"] if mark.start != true.start else []),
        *(["where it ends"] if mark.end != true.end else []),
        *(["the class"] if mark.label != true.label else []),
    ]
    return f"Wrong: <b>{' and '.join(wrong)}</b>."


def _bar(title: str, note: str, value: float) -> str:
    color = BLUE if value > 0.995 else VERMILION
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:2px 12px;align-items:center;margin:5px 0;line-height:1.3">'
        f'<span style="width:270px">{title}<br><small style="opacity:.8">{note}</small></span>'
        '<span style="width:220px;height:14px;border-radius:4px;background:rgba(127,127,127,.22);overflow:hidden">'
        f'<span style="display:block;width:{100 * value:.0f}%;height:14px;background:{color}"></span></span>'
        f"<b>{value:.2f}</b></div>"
    )


BOTH, FIRST_ONLY, SECOND_ONLY = 80, 10, 14
"""Marks of two made-up annotators: the same, only of the first, only of the second."""


def kappa_of_marks(neither: int) -> float:
    """Cohen's kappa of the two, if somebody counts so many stretches that neither has marked, -1 to 1."""
    return float(cohen_kappa([[BOTH, FIRST_ONLY], [SECOND_ONLY, neither]]))


def kappa_plot() -> Picture:
    """Kappa of two annotators over the count of what neither marked: it can be nearly anything, up to their F1."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import StrMethodFormatter

    limit = float(f1(BOTH, BOTH + FIRST_ONLY, BOTH + SECOND_ONLY))
    figure = Figure(figsize=(7.2, 3.4), layout="constrained")
    axes = figure.subplots()
    counts = [round(10 ** (k / 20)) for k in range(81)]
    axes.plot(counts, [kappa_of_marks(count) for count in counts], color=VERMILION, linewidth=2.2, label="kappa")
    axes.axhline(limit, color=BLUE, linestyle="--", linewidth=2, label=f"F1 of the two: {limit:.2f}")
    axes.set(xscale="log", xlabel="stretches that neither marked (whoever counts them chooses)", xlim=(1, 10_000))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set(ylim=(min(0.0, kappa_of_marks(1) - 0.05), 1))
    axes.grid(color=GREY, alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower right", frameon=False)
    shown = {count: f"{kappa_of_marks(count):.2f}" for count in (10, 100, 10_000)}
    alt = f"Kappa is {shown[10]} with 10 unmarked stretches, {shown[100]} with 100, {shown[10_000]} with 10,000."
    return Picture(plot_html(figure, alt), f"{alt} F1 is {limit:.2f} throughout.")
