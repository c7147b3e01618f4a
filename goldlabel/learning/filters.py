"""A small spam filter on the practice mails, and its threshold to play with: precision, recall, the cost of errors."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from goldlabel.annotations import Choice, only
from goldlabel.data import load_items, practice_gold
from goldlabel.exercises import find_exercise
from goldlabel.learning.addresses import parts
from goldlabel.learning.figures import BLUE, GREEN, ORANGE, table_html
from goldlabel.metrics.choices import f1, precision, recall

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["Counts", "Scored", "counts_at", "knows", "spam_scores", "threshold_explorer"]

_DOMAIN = re.compile(r"`([\w.-]+\.test)`")
_OPEN_TO_ALL = frozenset({"mailnest.test", "poppymail.test"})


class Scored(NamedTuple):
    """A mail, how much like spam the filter thinks it is (0 to 1), and whether it is."""

    item: str
    score: float
    spam: bool


class Counts(msgspec.Struct, frozen=True):
    """What a filter does with mails at one threshold.

    Attributes:
        caught: Spam in the spam folder.
        missed: Spam in the inbox.
        lost: Wanted mail in the spam folder.
        passed: Wanted mail in the inbox.
    """

    caught: int
    missed: int
    lost: int
    passed: int

    @property
    def matrix(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """The confusion matrix, spam first, gold in rows."""
        return ((self.caught, self.missed), (self.lost, self.passed))

    @property
    def figures(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of spam."""
        return tuple(float(measure(self.matrix)[0]) for measure in (precision, recall, f1))  # type: ignore[return-value]

    def cost(self, lost: float, missed: float) -> float:
        """What the errors cost, when a lost wanted mail costs ``lost`` and a missed spam ``missed``."""
        return self.lost * lost + self.missed * missed


@lru_cache(maxsize=1)
def spam_scores() -> tuple[Scored, ...]:
    """The score of each practice mail, given by a filter that learned from the other nine tenths of them.

    The filter sees which words and pairs of words occur, and whether the sender's domain stands in the guideline's
    table of Jonna's own senders (tf-idf and logistic regression, ten folds, seeded).
    """
    import numpy as np
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    gold = practice_gold("mailbox")
    items = [item for item in load_items("mailbox") if item.pool == "practice"]
    texts = np.array([item.text for item in items], dtype=object)
    spam = np.array([only(gold.of(item.id).annotations, Choice)[0].label == "spam" for item in items])
    known = csr_matrix(np.array([[float(knows(item.text))] for item in items]))
    scores = np.zeros(len(items))
    folds = StratifiedKFold(n_splits=10, shuffle=True, random_state=1)
    for learn, ask in folds.split(texts, spam):
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True).fit(texts[learn])
        model = LogisticRegression(C=10, max_iter=1000)
        model.fit(hstack([words.transform(texts[learn]), known[learn]]), spam[learn])
        scores[ask] = model.predict_proba(hstack([words.transform(texts[ask]), known[ask]]))[:, 1]
    return tuple(Scored(item.id, float(score), bool(one)) for item, score, one in zip(items, scores, spam, strict=True))


def knows(mail: str) -> bool:
    """Whether a mail's sender has a domain of the guideline's table; where anybody can open an address counts not."""
    table = find_exercise("w3-spam").guideline.split("## R1.", maxsplit=1)[0]
    domains = set(_DOMAIN.findall(table)) - _OPEN_TO_ALL
    return parts(mail.split("\n", maxsplit=1)[0].removeprefix("From:")).owner in domains


def counts_at(scored: tuple[Scored, ...], threshold: float) -> Counts:
    """What happens when mails with a score of at least ``threshold`` are put into the spam folder."""
    caught = sum(one.spam and one.score >= threshold for one in scored)
    lost = sum(not one.spam and one.score >= threshold for one in scored)
    spam = sum(one.spam for one in scored)
    return Counts(caught, spam - caught, lost, len(scored) - spam - lost)


def threshold_explorer() -> VBox:
    """Sliders for the threshold and for what each kind of error costs; counts, measures and cost follow."""
    from ipywidgets import HTML, FloatSlider, IntSlider, Layout, VBox

    wide, style = Layout(width="560px", max_width="100%"), {"description_width": "290px"}
    threshold = FloatSlider(
        value=0.5, min=0.05, max=0.95, step=0.01, description="spam folder from a score of", layout=wide, style=style
    )
    lost = IntSlider(10, 0, 50, 1, description="a wanted mail lost costs", layout=wide, style=style)
    missed = IntSlider(1, 0, 50, 1, description="a spam mail let through costs", layout=wide, style=style)
    view = HTML()
    scored = spam_scores()
    steps = [k / 100 for k in range(5, 96)]

    def draw(_change: object = None) -> None:
        here = counts_at(scored, threshold.value)
        costs = {at: counts_at(scored, at).cost(lost.value, missed.value) for at in steps}
        best = min(steps, key=lambda at: (costs[at], abs(at - 0.5)))
        rows = (
            ("spam", f"{here.caught}", f"{here.missed}"),
            ("wanted", f"{here.lost}", f"{here.passed}"),
        )
        view.value = (
            _strip(scored, threshold.value)
            + table_html((f"{len(scored)} mails", "to the spam folder", "to the inbox"), rows)
            + _bars(here.figures)
            + f"<b>These errors cost {here.cost(lost.value, missed.value):,.0f}.</b> "
            f"The cheapest threshold is {best:.2f}, at {costs[best]:,.0f}."
        )

    for slider in (threshold, lost, missed):
        slider.observe(draw, names="value")
    draw()
    return VBox([threshold, lost, missed, view])


def _strip(scored: tuple[Scored, ...], threshold: float) -> str:
    """All mails along the score: spam above as filled dots, wanted mail below as rings, the threshold as a line."""
    width, left, step, columns = 560, 70, 10, 50
    stacks = {True: [0] * (columns + 1), False: [0] * (columns + 1)}
    middle = 14 + step * _highest(scored, spam=True, columns=columns)
    bottom = middle + 14 + step * _highest(scored, spam=False, columns=columns)
    dots = []
    for one in sorted(scored, key=lambda each: each.score):
        column = round(one.score * columns)
        stacks[one.spam][column] += 1
        x, away = left + width * column / columns, step * stacks[one.spam][column] - 2
        y = middle - away if one.spam else middle + away
        paint = f'fill="{ORANGE}"' if one.spam else f'fill="none" stroke="{BLUE}" stroke-width="2"'
        dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {paint}/>')
    at = left + width * threshold
    text = 'font-size="13" fill="currentColor"'
    return (
        f'<svg viewBox="0 0 {width + left + 40} {bottom + 28}" width="{width + left + 40}" '
        'style="max-width:100%;display:block;margin:8px 0" '
        f'role="img" aria-label="Scores of {len(scored)} mails; threshold {threshold:.2f}">'
        f'<text x="0" y="{middle - 10}" {text}>spam</text><text x="0" y="{middle + 20}" {text}>wanted</text>'
        f'<line x1="{left}" x2="{left + width}" y1="{middle}" y2="{middle}" stroke="currentColor" stroke-opacity=".4"/>'
        f"{''.join(dots)}"
        f'<line x1="{at:.1f}" x2="{at:.1f}" y1="2" y2="{bottom}" stroke="currentColor" stroke-width="2" '
        'stroke-dasharray="5 4"/>'
        f'<text x="{left}" y="{bottom + 20}" {text}>0: wanted, says the filter</text>'
        f'<text x="{left + width}" y="{bottom + 20}" text-anchor="end" {text}>1: spam, says the filter</text></svg>'
    )


def _highest(scored: tuple[Scored, ...], *, spam: bool, columns: int) -> int:
    """How many dots the highest stack has."""
    counts = Counter(round(one.score * columns) for one in scored if one.spam is spam)
    return max(counts.values(), default=0)


def _bars(figures: tuple[float, float, float]) -> str:
    named = zip(("precision", "recall", "F1"), figures, (BLUE, ORANGE, GREEN), strict=True)
    bars = "".join(
        f'<text x="0" y="{17 + 28 * k}" font-size="14" fill="currentColor">{name}</text>'
        f'<rect x="80" y="{4 + 28 * k}" width="300" height="18" rx="4" fill="currentColor" fill-opacity=".12"/>'
        f'<rect x="80" y="{4 + 28 * k}" width="{300 * value:.0f}" height="18" rx="4" fill="{color}"/>'
        f'<text x="390" y="{17 + 28 * k}" font-size="14" fill="currentColor">{value:.2f}</text>'
        for k, (name, value, color) in enumerate(named)
    )
    label = ", ".join(f"{name} {value:.2f}" for name, value in zip(("precision", "recall", "F1"), figures, strict=True))
    return (
        f'<svg viewBox="0 0 440 88" width="440" style="max-width:100%;display:block" role="img" '
        f'aria-label="{label}">{bars}</svg>'
    )
