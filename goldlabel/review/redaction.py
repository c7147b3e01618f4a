"""Review of a redaction: what must be hidden is hidden, whatever it was called, and little else is.

A secret counts as hidden when spans, of whatever class and however many, cover all of its letters and digits. A span
counts as right when at least half of the letters and digits that it hides are secret: one long span over a whole text
would hide everything, and leave nothing to read. The score is F2, as in the evaluation of Presidio: a leak cannot be
taken back, a word too many can.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet
from goldlabel.metrics.intervals import wilson
from goldlabel.metrics.redaction import cover, hidden_share, letters, readable, telling
from goldlabel.metrics.spans import f_beta
from goldlabel.review.figures import Figure, Tallies, measured, reviewed, spread
from goldlabel.review.findings import ClassRow, Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.quotes import cut
from goldlabel.review.reasons import reason, rule_of
from goldlabel.review.rubric import SpanRubric
from goldlabel.review.span_labels import Marking, gold_spans, usable_spans
from goldlabel.review.span_sentences import SpanReporter, named
from goldlabel.review.wording import listed

__all__ = ["review_redaction"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BETA = 2.0
"""Recall counts four times as much as precision."""

_MOSTLY = 0.5
"""A span is right from this share of secret letters and digits on."""

_GOLD, _LABELLED, _HIDDEN, _RIGHT, _LETTERS, _LETTERS_HIDDEN, _NAMED = range(7)
_COLUMNS = 7


def review_redaction(
    labels: LabelSet, gold: Gold, rubric: SpanRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge what is hidden in ``items``; see :func:`goldlabel.review.spans.review_spans`."""
    tallies = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    for row, item in enumerate(items):
        scene = _Scene(SpanReporter(item, rubric), gold_spans(gold, item, classes))
        reviews[item.id], counts[row] = scene.judged(labels.of(item.id), classes, tallies)
    return reviewed(
        "spans",
        labels,
        gold,
        rubric,
        counts=counts,
        score=_f2,
        measures=_measures(counts, rubric),
        items=reviews,
        decisions=counts[:, _GOLD].sum(),
        classes=tuple(_class_row(name, tallies) for name in classes),
    )


def _class_row(name: str, tallies: Tallies) -> ClassRow:
    """The row of one class: recall of what must be hidden, precision of the spans called so."""
    gold, labelled, found = tallies.gold[name], tallies.labelled[name], tallies.found[name]
    precision = tallies.right[name] / labelled if labelled else 1.0
    recall = found / gold if gold else 1.0
    f1 = float(f_beta(precision, recall, 1)) if gold else precision
    return ClassRow(name, gold, labelled, found, tallies.confused[name], precision, recall, f1)


def _share(counts: Floats, part: int, whole: int) -> Floats:
    """A share of counts; 1 where nothing was asked."""
    below = counts[..., whole]
    result: Floats = np.divide(counts[..., part], below, out=np.ones(np.shape(below)), where=below > 0)
    return result


def _precision(counts: Floats) -> Floats:
    # Who hides nothing where something is to be hidden was not precise.
    idle = (counts[..., _LABELLED] == 0) & (counts[..., _GOLD] > 0)
    return np.where(idle, 0.0, _share(counts, _RIGHT, _LABELLED))


def _f2(counts: Floats) -> Floats:
    return f_beta(_precision(counts), _share(counts, _HIDDEN, _GOLD), BETA)


def _measures(counts: Floats, rubric: SpanRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    figures: list[Figure] = [
        ("f2", "F2: what is hidden, and little else", float(_f2(total)), spread(counts, _f2)),
        (
            "recall",
            "Recall: what must be hidden and wholly is",
            float(_share(total, _HIDDEN, _GOLD)),
            wilson(total[_HIDDEN], total[_GOLD]),
        ),
        (
            "precision",
            "Precision: spans of yours that had to be hidden",
            float(_precision(total)),
            wilson(total[_RIGHT], total[_LABELLED]),
        ),
        (
            "hidden",
            "Letters and digits that had to be hidden and are",
            float(_share(total, _LETTERS_HIDDEN, _LETTERS)),
            spread(counts, lambda sums: _share(sums, _LETTERS_HIDDEN, _LETTERS)),
        ),
    ]
    # Where nothing is hidden, nothing was called anything: a perfect share would praise it.
    if total[_HIDDEN]:
        named = float(_share(total, _NAMED, _HIDDEN))
        sure = wilson(total[_NAMED], total[_HIDDEN])
        figures.append(("classes", "Right class, of what is wholly hidden", named, sure))
    return measured(figures, rubric)


class _Scene:
    """One text with what must be hidden in it."""

    def __init__(self, reporter: SpanReporter, gold: Sequence[Marking]) -> None:
        self.reporter = reporter
        self.text = reporter.item.text
        self.scored = [one for one in gold if not one.label.difficult]
        self.gold = gold
        self.secret = telling(self.text, [extent for one in self.scored for extent in one.extents])
        aside = telling(self.text, [extent for one in gold if one.label.difficult for extent in one.extents])
        self.aside = aside & ~self.secret

    def judged(self, labelled: ItemLabels, classes: Sequence[str], tallies: Tallies) -> tuple[ItemReview, Floats]:
        """The review of this text with its row of counts; adds to ``tallies``."""
        reporter = self.reporter
        findings: list[Finding] = []
        yours = usable_spans(labelled.annotations, reporter.item, classes, findings)
        hidden = cover([one.stretch for one in yours], len(self.text))
        ends = np.array([one.stretch for one in yours]).reshape(-1, 2)
        row = np.zeros(_COLUMNS)
        pairs = []
        for true in self.scored:
            start, end = min(one[0] for one in true.extents), max(one[1] for one in true.extents)
            near = [yours[k] for k in np.flatnonzero((ends[:, 0] < end) & (ends[:, 1] > start))]
            pair, found = self._secret(true, near, hidden, row, tallies)
            pairs += pair
            # Of a text that was never opened, one sentence says everything.
            findings += found if labelled.labelled else []
        if self.scored and not labelled.labelled:
            findings.append(reporter.unlabelled())
        covered = []
        for mine in yours:
            verdict, found = self._label(mine)
            findings += found
            if verdict == "aside":
                covered.append(mine.label.id)
                continue
            tallies.labelled[mine.label.label] += 1
            row[_LABELLED] += 1
            row[_RIGHT] += verdict == "right"
            tallies.right[mine.label.label] += verdict == "right"
        review = ItemReview(
            item=reporter.item.id,
            score=float(_f2(row)),
            labelled=labelled.labelled,
            pairs=tuple(pairs),
            covered=tuple(covered),
            findings=tuple(findings),
        )
        return review, row

    def _secret(
        self, true: Marking, yours: Sequence[Marking], hidden: Flags, row: Floats, tallies: Tallies
    ) -> tuple[list[Pair], list[Finding]]:
        """Whether one thing is hidden, and what can still be read of it."""
        shares = [hidden_share(self.text, hidden, extent) for extent in true.extents]
        share = max(shares)
        extent = true.extents[shares.index(share)]
        whole = letters(self.text, extent)
        # By the letters of this secret alone, so that a long span over two names belongs to both.
        over = [(letters(self.text, extent, mine.stretch), mine) for mine in yours]
        over = sorted((one for one in over if one[0]), key=lambda one: (not true.names(one[1].label.label), -one[0]))
        row[_GOLD] += 1
        row[_LETTERS] += whole
        row[_LETTERS_HIDDEN] += round(share * whole)
        tallies.gold[true.label.label] += 1
        if not over:
            return [], [self.reporter.missing(true, self.gold, done="hidden")]
        mine = over[0][1]
        named = true.names(mine.label.label)
        pair = Pair(mine.label.id, true.label.id, share, named)
        if share < 1:
            return [pair], [self._leak(true, mine, readable(self.text, hidden, extent), share)]
        row[_HIDDEN] += 1
        row[_NAMED] += named
        tallies.found[true.label.label] += 1
        if named:
            return [pair], []
        tallies.confused[true.label.label] += 1
        return [pair], [self.reporter.confused(mine, true, costs=False)]

    def _label(self, mine: Marking) -> tuple[str, list[Finding]]:
        """Whether a span is ``right``, on something set ``aside``, or ``needless``; and what there is to say."""
        place = slice(*mine.stretch)
        told = telling(self.text[place], [(0, mine.stretch[1] - mine.stretch[0])])
        whole = max(1, int(told.sum()))
        secret, aside = int((told & self.secret[place]).sum()), int((told & self.aside[place]).sum())
        if secret >= _MOSTLY * whole:
            extra = readable(self.text, self.secret | self.aside, mine.stretch)
            return "right", [self._wide(mine, extra)] if extra else []
        if secret + aside >= _MOSTLY * whole:
            return "aside", []
        return "needless", [self._needless(mine, secret)]

    def _leak(self, true: Marking, mine: Marking, parts: Sequence[tuple[int, int]], share: float) -> Finding:
        words = listed([cut(self.text, part) for part in parts])
        whole, name = cut(self.text, true.stretch), true.label
        message = f"One can still read {words} of {whole}, {named(name.label)}{reason(true.label)}"
        return self._finding("leak", "error", message, mine, true, share)

    def _wide(self, mine: Marking, extra: Sequence[tuple[int, int]]) -> Finding:
        words = listed([cut(self.text, part) for part in extra], 3)
        verb = "does" if len(extra) == 1 else "do"
        message = f"You hid {cut(self.text, mine.stretch)}; {words} {verb} not have to be hidden."
        return self._finding("boundary", "warning", message, mine)

    def _needless(self, mine: Marking, secret: int) -> Finding:
        quote = self.reporter.quote(mine.stretch)
        message = (
            f"You hid {quote}: most of it does not have to be hidden."
            if secret
            else f"You hid {quote}; it does not have to be hidden."
        )
        return self._finding("extra", "error", message, mine)

    def _finding(
        self,
        kind: str,
        severity: str,
        message: str,
        mine: Marking,
        true: Marking | None = None,
        value: float | None = None,
    ) -> Finding:
        rubric = self.reporter.rubric
        classes = (mine.label.label,) if true is None else (mine.label.label, true.label.label)
        rule = rule_of(true.label, rubric, kind) if true else rubric.rules.get(kind, "")
        return Finding(
            kind,
            severity,
            self.reporter.item.id,
            message,
            rule,
            mine.label.id,
            true.label.id if true else "",
            value,
            classes,
        )
