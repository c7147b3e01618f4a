"""The pictures of the lesson on why raters differ; each says what is missing where the texts are not here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from html import escape
from statistics import pstdev
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from goldlabel.data.ratings import MOST, Rated
from goldlabel.data.released import CLASSES, shares
from goldlabel.learning.figures import BLUE, GREY, ORANGE, VERMILION, Picture, plot_html, table_html
from goldlabel.learning.raters import STEPS, Ratings, growth, juries

if TYPE_CHECKING:
    from ipywidgets import VBox
    from matplotlib.axes import Axes

__all__ = [
    "MISSING",
    "agreement_table",
    "card",
    "cards",
    "contents",
    "growth_plot",
    "habits_plot",
    "histogram",
    "jury",
    "majority",
    "same_mean",
    "spread_map",
    "with_and_without",
]

_P = ParamSpec("_P")

COLORS = (VERMILION, ORANGE, "#999999", "#56B4E9", BLUE)
"""Of the five classes, as in the exercise."""

KINDS = {"post": "posts", "film": "film reviews", "product": "product reviews", "editorial": "editorials"}

ODD = 1.25
"""Steps by which a rater's mean must lie off the others' to be printed bold."""

MISSING = Picture(
    "<p><b>The rated texts are not on this computer yet.</b> They belong to other people, so the course does not "
    "contain them; it loads them from a public package. Open a terminal (File, New, Terminal), run "
    "<code>goldlabel data get real-ratings</code> with internet, then run this notebook again. You can read on without "
    "them.</p>",
    "The rated texts are not on this computer yet. With internet, run: goldlabel data get real-ratings",
)
"""What stands in place of a figure."""


def _needs_texts(draw: Callable[Concatenate[Ratings, _P], Picture]) -> Callable[Concatenate[Ratings, _P], Picture]:
    @wraps(draw)
    def drawn(_ratings: Ratings, /, *more: _P.args, **named: _P.kwargs) -> Picture:
        return draw(_ratings, *more, **named) if _ratings.texts else MISSING

    return drawn


@_needs_texts
def contents(ratings: Ratings) -> Picture:
    """How many texts and ratings there are, by kind."""
    rows = []
    for kind, name in KINDS.items():
        texts = [one for one in ratings.texts.values() if one.kind == kind]
        raters = [len(one.ratings) for one in texts]
        rows.append((name, str(len(texts)), f"{min(raters)} to {max(raters)}", f"{sum(raters):,}"))
    total = sum(len(one.ratings) for one in ratings.texts.values())
    rows.append(("together", str(len(ratings.texts)), "", f"{total:,}"))
    heads = ("", "texts", "raters a text", "ratings")
    return Picture(table_html(heads, rows), f"{len(ratings.texts)} texts with {total:,} ratings are here.")


@_needs_texts
def cards(ratings: Ratings, *names: str) -> Picture:
    """Texts with how many raters gave each step."""
    known = [ratings.texts[name] for name in names]
    html = f'<div style="display:flex;flex-wrap:wrap;gap:14px">{"".join(map(_card, known))}</div>'
    return Picture(html, "; ".join(f"{one.id}: mean {one.mean:.1f}" for one in known))


@_needs_texts
def same_mean(ratings: Ratings, *, count: int = 3) -> Picture:
    """Texts whose mean is about 0, for two reasons: nobody feels anything, or two camps feel the opposite."""
    flat, camps = (cards(ratings, *names[:count]) for names in (ratings.flat, ratings.camps))
    html = (
        f"<p><b>Mean about 0: nearly everybody says 0</b> ({len(ratings.flat)} such texts)</p>{flat.html}"
        f"<p><b>Mean near 0: a quarter or more on each side</b> ({len(ratings.camps)} such texts)</p>{camps.html}"
    )
    return Picture(html, f"{len(ratings.flat)} flat texts, {len(ratings.camps)} with two camps")


@_needs_texts
def spread_map(ratings: Ratings) -> Picture:
    """Every text: how positive the raters find it, and how far they differ."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4), layout="constrained")
    axes: Axes = figure.subplots()
    said = []
    for (kind, name), color, mark in zip(KINDS.items(), (BLUE, ORANGE, "#009E73", GREY), "o^sD", strict=True):
        texts = [one for one in ratings.texts.values() if one.kind == kind]
        spread = [pstdev(one.ratings) for one in texts]
        axes.scatter([one.mean for one in texts], spread, s=30, color=color, marker=mark, alpha=0.75, label=name)
        said.append(f"{name}: mean spread {sum(spread) / len(spread):.2f}")
    axes.set(
        xlabel="mean rating of a text (-4 to 4)", ylabel="spread: standard deviation", xlim=(-4.2, 4.2), ylim=(0, 2.3)
    )
    axes.legend(frameon=False, ncols=4, loc="upper center", fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    text = "; ".join(said)
    return Picture(plot_html(figure, text), text)


@_needs_texts
def habits_plot(ratings: Ratings, panel: str) -> Picture:
    """How each person of a panel used the scale: share of each class, and their mean; bold where it is far off."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    people = ratings.panels[panel]
    texts = [one for one in ratings.texts.values() if one.panel == panel]
    figure = Figure(figsize=(8, 0.9 + 0.25 * len(people)), layout="constrained")
    axes: Axes = figure.subplots()
    for row, person in enumerate(people):
        left = 0.0
        share = shares([one.ratings[person.number - 1] for one in texts])
        for part, color in zip(share.values(), COLORS, strict=True):
            axes.barh(row, 100 * part, left=left, color=color, height=0.8)
            left += 100 * part
        odd = abs(person.apart) >= ODD
        axes.text(
            102, row, _signed(round(person.mean, 1)), va="center", fontsize=9, fontweight="bold" if odd else "normal"
        )
    axes.set(xlim=(0, 112), xlabel=f"% of their {len(texts)} ratings; at the right: their mean rating")
    axes.set_yticks(range(len(people)), [f"rater {one.number}" for one in people], fontsize=8)
    axes.set_xticks(range(0, 101, 20))
    handles = [Patch(color=color) for color in COLORS]
    figure.legend(handles, list(CLASSES), loc="outside upper center", ncols=5, frameon=False, fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    first, last = people[0], people[-1]
    text = f"share of extreme ratings by rater: {100 * first.extreme:.0f} % to {100 * last.extreme:.0f} %"
    return Picture(plot_html(figure, text), text)


@_needs_texts
def with_and_without(ratings: Ratings, panel: str, *numbers: int) -> Picture:
    """Agreement of a panel with all its raters, and without those of the given numbers."""
    rows = []
    for name, some in (("all raters", ratings.without(panel)), ("without them", ratings.without(panel, *numbers))):
        same, _ = some.agreement(3)
        raters = len(next(iter(some.texts.values())).ratings)
        rows.append((name, str(raters), f"{100 * same:.0f} %", str(len(some.camps))))
    heads = ("", "raters", "two of them are on the same side", "texts with two camps")
    text = "; ".join(f"{row[0]}: same side {row[2]}, {row[3]} texts with two camps" for row in rows)
    return Picture(table_html(heads, rows), text)


@_needs_texts
def majority(ratings: Ratings) -> Picture:
    """What is lost when each text keeps only its most frequent class."""
    table = ratings.counts(5)
    most, every = table.max(axis=1), table.sum(axis=1)
    rows = [
        ("texts on which all raters chose one class", str(int((most == every).sum()))),
        ("texts on which no class has half of the raters", str(int((2 * most <= every).sum()))),
        ("ratings that the majority label drops", f"{100 * ratings.thrown_away():.0f} %"),
    ]
    text = "; ".join(f"{name}: {value}" for name, value in rows)
    return Picture(table_html(("five classes, 200 texts", ""), rows), text)


@_needs_texts
def agreement_table(ratings: Ratings) -> Picture:
    """The same ratings read on scales of nine, five and three steps."""
    rows = []
    for kind, name in (("", "all texts"), *KINDS.items()):
        found = [ratings.agreement(steps, kind=kind) for steps in STEPS.values()]
        rows.append((name, *(f"{100 * same:.0f} %" for same, _ in found), *(f"{alpha:.2f}" for _, alpha in found)))
    heads = ("", *(f"same, {name}" for name in STEPS), *(f"alpha, {name}" for name in STEPS))
    text = f"two raters say the same, {', '.join(STEPS)}: {', '.join(rows[0][1:4])}; alpha {', '.join(rows[0][4:])}"
    return Picture(table_html(heads, rows), text)


@_needs_texts
def growth_plot(ratings: Ratings) -> Picture:
    """Agreement of two separate groups of raters, by their size."""
    from matplotlib.figure import Figure

    found = growth(ratings)
    sizes = [one.raters for one in found]
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    panels: Sequence[tuple[Axes, str, list[float], list[tuple[float, float]], str]] = (
        (
            left,
            "same majority, in % of the texts",
            [one.same for one in found],
            [one.same_range for one in found],
            BLUE,
        ),
        (
            right,
            "correlation of the mean ratings",
            [one.together for one in found],
            [one.together_range for one in found],
            VERMILION,
        ),
    )
    for axes, title, values, ranges, color in panels:
        scale = 100 if axes is left else 1
        axes.fill_between(
            sizes, [scale * low for low, _ in ranges], [scale * high for _, high in ranges], color=color, alpha=0.18
        )
        axes.plot(sizes, [scale * value for value in values], color=color, marker="o", linewidth=2.2)
        axes.set(title=title, xlabel="raters in each of two groups", ylim=(0.6 * scale, scale))
        axes.spines[["top", "right"]].set_visible(False)
    text = "; ".join(f"{one.raters} raters: {100 * one.same:.0f} %, {one.together:.2f}" for one in found)
    return Picture(plot_html(figure, f"Two groups agree, {text}"), text)


def jury(ratings: Ratings) -> VBox | Picture:
    """Choose a text and the size of a jury; see which label it would have got, from 2,000 juries."""
    if not ratings.texts:
        return MISSING
    from ipywidgets import HTML, Dropdown, IntSlider, Layout, VBox

    wide, style = Layout(width="620px", max_width="100%"), {"description_width": "110px"}
    names = [*ratings.camps[:6], *ratings.by_spread[-4:], *ratings.by_spread[60:62]]
    options = [(f"{ratings.texts[name].text[:70]} ...", name) for name in dict.fromkeys(names)]
    text = Dropdown(options=options, description="text", layout=wide, style=style)
    size = IntSlider(3, 1, 15, 1, description="raters a jury", layout=wide, style=style)
    view = HTML()

    def draw(_change: object = None) -> None:
        one = ratings.texts[text.value]
        share = juries(one.ratings, size.value)
        rows = "".join(_bar(name, part, color) for (name, part), color in zip(share.items(), COLORS, strict=True))
        view.value = f'<p style="max-width:620px">{escape(one.text)}</p><div style="font-size:14px">{rows}</div>'

    for control in (text, size):
        control.observe(draw, names="value")
    draw()
    return VBox([text, size, view])


def _bar(name: str, part: float, color: str) -> str:
    return (
        '<div style="display:flex;align-items:center;gap:8px;margin:3px 0">'
        f'<span style="width:110px">{escape(name)}</span>'
        '<span style="width:300px;background:rgba(128,128,128,.2);border-radius:4px">'
        f'<span style="display:block;height:16px;width:{100 * part:.1f}%;background:{color};border-radius:4px"></span>'
        f"</span><span>{100 * part:.0f} % of juries</span></div>"
    )


def _card(one: Rated) -> str:
    counts = [one.ratings.count(step) for step in range(-MOST, MOST + 1)]
    caption = f"{escape(KINDS[one.kind])}; {len(one.ratings)} raters, mean {_signed(round(one.mean, 1))}"
    return card(one.text, histogram(counts), caption)


def _signed(number: float) -> str:
    """With its sign, but for zero."""
    return f"{number:+}" if number else "0"


def card(text: str, figure: str, caption: str) -> str:
    """A text with a drawing below it.

    Args:
        text: As it is; escaped here.
        figure: HTML.
        caption: HTML.
    """
    style = "margin:0;width:300px;padding:10px 12px;border:1px solid rgba(128,128,128,.45);border-radius:8px"
    return (
        f'<figure style="{style}">'
        f'<div style="min-height:62px;font-size:14px;line-height:1.4">{escape(text)}</div>{figure}'
        f'<figcaption style="font-size:13px">{caption}</figcaption></figure>'
    )


def histogram(counts: Sequence[int], *, mark: str = "") -> str:
    """Bars of the nine steps; the columns of the class called ``mark`` are underlined as yours."""
    most, colors = max(counts), [COLORS[k] for k in (0, 0, 1, 1, 2, 3, 3, 4, 4)]
    spans = dict(zip(CLASSES, ((0, 2), (2, 4), (4, 5), (5, 7), (7, 9)), strict=True))
    bars = "".join(
        f'<rect x="{4 + 30 * k}" y="{58 - 50 * count / most:.1f}" width="24" '
        f'height="{50 * count / most:.1f}" fill="{color}"/>'
        f'<text x="{16 + 30 * k}" y="72" font-size="11" text-anchor="middle" fill="currentColor">'
        f"{_signed(k - MOST)}</text>"
        for k, (count, color) in enumerate(zip(counts, colors, strict=True))
    )
    yours = ""
    if mark in spans:
        begin, end = spans[mark]
        yours = (
            f'<rect x="{2 + 30 * begin}" y="77" width="{30 * (end - begin) - 2}" height="4" fill="currentColor"/>'
            f'<text x="{15 * (begin + end) + 1}" y="94" font-size="12" text-anchor="middle" fill="currentColor">'
            "you</text>"
        )
    said = ", ".join(f"{count} gave {k - MOST}" for k, count in enumerate(counts) if count)
    label = escape(f"{said}{f'; you said {mark}' if mark else ''}")
    height = 98 if mark else 76
    return f'<svg viewBox="0 0 276 {height}" width="276" role="img" aria-label="{label}">{bars}{yours}</svg>'
