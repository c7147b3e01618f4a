"""Experiments on privacy: how few facts single a person out, how redaction is judged, how soon a text leaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import ItemLabels, LabelSet, Span, only
from goldlabel.feedback import judged_picture
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import BLUE, GREY, ORANGE, VERMILION, Picture, plot_html, table_html
from goldlabel.review import review
from goldlabel.review.wording import shown

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = [
    "COLUMNS",
    "Visit",
    "attempts",
    "leak_plot",
    "leaks",
    "register",
    "register_explorer",
    "smallest_group",
    "unique",
]

COLUMNS = ("town", "sex", "birth year", "birthday", "job")
"""What the register says of a person beside the illness; none of it is a name."""

_TOWNS = ("Elmsford", "Elmsford", "Northgate", "Harrow Bay")
_JOBS = ("teacher", "nurse", "driver", "cook", "clerk", "farmer", "electrician", "student")
_ILLNESSES = ("asthma", "migraine", "diabetes", "back pain", "depression", "hay fever", "none")
_SEXES = ("woman", "man")

PEOPLE = 60
"""In the register."""

SHOWN = 6
"""So many rows of it are printed."""


class Visit(msgspec.Struct, frozen=True):
    """A row of a made-up register of a clinic, from which the names were taken out.

    Attributes:
        facts: Values by the names in :data:`COLUMNS`.
        illness: What nobody else should learn.
    """

    facts: dict[str, str]
    illness: str


def register(people: int = PEOPLE, seed: int = 3) -> tuple[Visit, ...]:
    """Made-up visits; the same seed makes the same ones."""
    random = Random(seed)
    return tuple(
        Visit(
            {
                "town": random.choice(_TOWNS),
                "sex": random.choice(_SEXES),
                "birth year": str(random.randint(1950, 2005)),
                "birthday": f"{random.randint(1, 28)}.{random.randint(1, 12)}.",
                "job": random.choice(_JOBS),
            },
            random.choice(_ILLNESSES),
        )
        for _ in range(people)
    )


def unique(visits: Sequence[Visit], known: Sequence[str]) -> int:
    """How many visits are the only ones with their values in the columns ``known``."""
    return sum(count == 1 for count in _groups(visits, known).values())


def smallest_group(visits: Sequence[Visit], known: Sequence[str]) -> int:
    """Size of the smallest group that shares its values in ``known``: the *k* of k-anonymity (Sweeney, 2002).

    0 without visits.
    """
    return min(_groups(visits, known).values(), default=0)


def _groups(visits: Sequence[Visit], known: Sequence[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(visit.facts[name] for name in known) for visit in visits)


def register_explorer() -> VBox:
    """Tick what a stranger knows; see how many of the people in the register stand alone."""
    from ipywidgets import HTML, Checkbox, HBox, Layout, VBox

    visits = register()
    boxes = [Checkbox(value=False, description=name, indent=False, layout=Layout(width="130px")) for name in COLUMNS]
    view = HTML()

    def draw(_change: object = None) -> None:
        known = [box.description for box in boxes if box.value]
        view.value = _register_html(visits, known)

    for box in boxes:
        box.observe(draw, names="value")
    draw()
    row = HBox(boxes, layout=Layout(flex_flow="row wrap"))
    return VBox([HTML("<b>What does the stranger know already?</b>"), row, view])


def _register_html(visits: Sequence[Visit], known: Sequence[str]) -> str:
    alone, least = unique(visits, known), smallest_group(visits, known)
    rows = [
        (*(visit.facts[name] if name in known else "·" for name in COLUMNS), visit.illness) for visit in visits[:SHOWN]
    ]
    width = round(400 * alone / len(visits))
    said = (
        f"<b>{alone} of {len(visits)}</b> people stand alone: whoever knows this much about them reads their illness. "
        f"The smallest group has {least} {'person' if least == 1 else 'people'}."
    )
    bar = (
        f'<svg viewBox="0 0 400 16" width="400" height="16" role="img" aria-label="{alone} of {len(visits)} alone">'
        '<rect width="400" height="16" rx="4" fill="currentColor" fill-opacity=".12"/>'
        f'<rect width="{width}" height="16" rx="4" fill="{VERMILION if alone else BLUE}"/></svg>'
    )
    return f"{table_html((*COLUMNS, 'illness'), rows)}<p>… and {len(visits) - SHOWN} more.</p>{bar}<p>{said}</p>"


ATTEMPTED = "pt-028"
"""The practice text that :func:`attempts` redacts: a form with a name, an address and a telephone number."""


def attempts() -> Picture:
    """One practice text redacted in three ways, each judged like a learner's own work."""
    spec, item = practice_item("w1-pii", ATTEMPTED)
    gold = gold_of(spec)
    right = only(gold.of(item.id).scored, Span)
    everything = msgspec.structs.replace(right[0], id="all", start=0, end=len(item.text))
    sections, rows = [], []
    for title, spans in (
        ("Careful", right),
        ("In a hurry: the last one is left", right[:-1]),
        ("To be on the safe side: all of it black", (everything,)),
    ):
        labels = LabelSet(exercise=spec.id, annotator=title, items={item.id: ItemLabels(spans, done=True)})
        judged = review(labels, gold, spec.rubric, items=[item], classes=spec.class_names)
        figures = {one.name: shown(one.value) for one in judged.measures}
        rows.append((title, figures["recall"], figures["precision"], figures["f2"]))
        drawn = judged_picture(spec, item, spans, gold.of(item.id), judged.items[item.id], picture="")
        sections.append(f"<h4>{title}</h4>{drawn}")
    table = table_html(("", "recall", "precision", "F2"), rows)
    return Picture("".join([*sections, table]), "; ".join(f"{row[0]}: F2 {row[3]}" for row in rows))


def leaks(recall: float, mentions: int) -> float:
    """Chance that at least one of ``mentions`` is left in a text, when each is found with the chance ``recall``.

    It takes the misses as independent. In truth they come in heaps (a hard name is missed twice), which makes some
    texts worse and others better.

    Raises:
        ValueError: ``recall`` lies outside 0 to 1, or ``mentions`` is negative.
    """
    if not 0 <= recall <= 1 or mentions < 0:
        raise ValueError("recall lies in 0 to 1, and there cannot be fewer than no mentions")
    return float(1 - recall**mentions)


def leak_plot() -> Picture:
    """Share of the texts that still give somebody away, by the number of mentions, for three annotators."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter

    figure = Figure(figsize=(7.2, 3.6), layout="constrained")
    axes = figure.subplots()
    mentions = range(1, 21)
    lines = ((0.90, VERMILION, "--"), (0.95, ORANGE, "-."), (0.99, BLUE, "-"))
    for recall, color, style in lines:
        shares = [leaks(recall, count) for count in mentions]
        axes.plot(mentions, shares, style, color=color, linewidth=2)
        axes.annotate(
            f"finds {recall:.0%}", (20, shares[-1]), xytext=(6, 0), textcoords="offset points", va="center", color=color
        )
    axes.set(xlabel="personal data in a text", ylabel="texts that leak", xlim=(1, 23.5), ylim=(0, 1))
    axes.set_xticks([1, 5, 10, 15, 20])
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(color=GREY, alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
    five, twenty = leaks(0.95, 5), leaks(0.95, 20)
    alt = (
        f"Who finds 95 % leaves something in {five:.0%} of the texts with 5 personal data "
        f"and in {twenty:.0%} of those with 20."
    )
    return Picture(plot_html(figure, alt), alt)
