"""Review of summaries: complete, faithful, short, in words of one's own.

Everything is counted openly, nothing is guessed by a model, and all of it is an approximation:

- *complete* is the share of gold's key facts that are told. A fact counts as told when its phrases occur; one told in
  words that gold does not list is missed by the check, not by you.
- *faithful* is 0 when a key fact is told wrongly (gold lists how), and loses ``novel_costs`` for every number and every
  name that the source does not have. A false sentence made of the source's own words passes unseen.
- *short* is 1 within the limit, and limit by words above it.
- *own words* is 1 less the share of words that stand in runs of ``most_copied`` or more taken from the source.

The score of a summary is the product of the four: whatever one of them lacks, no other makes good. Language, style and
the order of the facts are not judged at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean

import msgspec
import numpy as np

from goldlabel.annotations import Gold, Item, ItemLabels, KeyFact, LabelSet, Written, only
from goldlabel.errors import GoldError
from goldlabel.metrics import summaries as metrics
from goldlabel.metrics.intervals import Interval
from goldlabel.metrics.wording import word_count
from goldlabel.review.figures import level_of, measured, spread
from goldlabel.review.findings import Finding, ItemReview, Pair, Review
from goldlabel.review.rubric import SummaryRubric
from goldlabel.review.wording import counted, listed

__all__ = ["Judged", "judge_summary", "review_summaries"]

_TITLES = {
    "complete": "Complete: share of key facts that were found",
    "faithful": "Faithful: nothing told wrongly, no number or name that is new",
    "short": "Short: within the word limit",
    "own_words": "Own words: share that is not in a copied run",
}


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What the checks see in one summary.

    Attributes:
        words: How many it has.
        facts: The verdict on each key fact, in gold's order.
        novel: ``(start, end)`` in code points of numbers and names that the source does not have.
        copied: The longest run of words taken from the source.
        complete, faithful, short, own_words: 0 to 1.
    """

    words: int
    facts: tuple[metrics.Told, ...]
    novel: tuple[tuple[int, int], ...]
    copied: metrics.Copied
    complete: float
    faithful: float
    short: float
    own_words: float

    @property
    def score(self) -> float:
        """The product of the four parts."""
        return self.complete * self.faithful * self.short * self.own_words


def judge_summary(text: str, source: str, facts: Sequence[KeyFact], rubric: SummaryRubric) -> Judged:
    """Check one summary against its source and the key facts; an empty one is worth nothing in every part."""
    words = word_count(text)
    told = tuple(metrics.tell(text, one.phrases, one.contradictions) for one in facts)
    fresh = (*metrics.novel_numbers(text, source), *metrics.novel_names(text, source))
    if not words:
        return Judged(
            words=0,
            facts=told,
            novel=(),
            copied=metrics.Copied(0, 0, 0),
            complete=0.0,
            faithful=0.0,
            short=0.0,
            own_words=0.0,
        )
    return Judged(
        words=words,
        facts=told,
        novel=tuple(sorted((one.start, one.end) for one in fresh)),
        copied=metrics.longest_copied(text, source),
        complete=fmean(one.told for one in told) if told else 1.0,
        faithful=0.0 if any(one.contradiction for one in told) else max(0.0, 1 - rubric.novel_costs * len(fresh)),
        short=min(1.0, rubric.most_words / words),
        own_words=1 - metrics.copied_share(text, source, at_least=rubric.most_copied),
    )


def review_summaries(
    labels: LabelSet, gold: Gold, rubric: SummaryRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge one summary an item; the score is the mean over the items.

    Args:
        labels: What the learner wrote. Items that are not in ``items`` are ignored.
        gold: Must hold every item in ``items``.
        rubric: How to judge.
        items: Which items count, written or not; an item without a summary scores 0.
        classes: Class names of the ontology; a text of another class is left out.

    Returns:
        The review. Without any item the score is 1: nothing was asked, nothing is wrong.

    Raises:
        GoldError: An item has no gold, or gold without a key fact.
    """
    judged: dict[str, Judged] = {}
    reviews: dict[str, ItemReview] = {}
    for item in items:
        facts = only(gold.of(item.id).annotations, KeyFact)
        if not facts:
            raise GoldError("The gold of a summary names no key fact", where=item.id)
        findings: list[Finding] = []
        mine = _usable(labels.of(item.id), item, classes, findings)
        judged[item.id] = judge_summary(mine.text if mine else "", item.text, facts, rubric)
        findings += _findings(item, mine, facts, judged[item.id], rubric)
        reviews[item.id] = ItemReview(
            item=item.id,
            score=judged[item.id].score,
            labelled=labels.of(item.id).labelled,
            pairs=tuple(
                Pair(mine.id, fact.id, 1.0, one.told)
                for fact, one in zip(facts, judged[item.id].facts, strict=True)
                if mine and (one.told or one.contradiction)
            ),
            covered=(),
            findings=tuple(findings),
        )
    scores = [one.score for one in judged.values()]
    score = fmean(scores) if scores else 1.0
    figures = []
    for name in SummaryRubric.measures:
        values = [getattr(one, name) for one in judged.values()]
        figures.append((name, _TITLES[name], fmean(values) if values else 1.0, _interval(values)))
    measures = measured(figures, rubric)
    return Review(
        task="summary",
        exercise=labels.exercise,
        annotator=labels.annotator,
        score=score,
        level=level_of(score, measures, rubric),
        interval=_interval(scores),
        measures=measures,
        classes=(),
        items=reviews,
        decisions=sum(len(one.facts) for one in judged.values()),
        gold_version=gold.version,
    )


def _interval(values: Sequence[float]) -> Interval | None:
    """95 % interval of a mean over items."""
    rows = np.column_stack([np.asarray(values, dtype=np.float64), np.ones(len(values))])
    return spread(rows, lambda sums: sums[..., 0] / sums[..., 1])


def _usable(labelled: ItemLabels, item: Item, classes: Sequence[str], findings: list[Finding]) -> Written | None:
    """The summary that can be judged; of anything else ``findings`` get to know why, as format faults."""
    usable: Written | None = None
    for one in labelled.annotations:
        if not isinstance(one, Written):
            problem = "is no written text"
        elif one.label not in classes:
            problem = f"has the class {one.label!r}, which this exercise does not know"
        elif usable is not None:
            problem = "is a second summary of one text; the first counts"
        else:
            usable = one
            continue
        message = f"The label {one.id} {problem}; it was left out."
        findings.append(Finding("invalid", "format", item.id, message, label=one.id))
    return usable


def _findings(
    item: Item, mine: Written | None, facts: Sequence[KeyFact], judged: Judged, rubric: SummaryRubric
) -> Iterable[Finding]:
    if mine is None or not judged.words:
        yield Finding(
            "unlabelled", "error", item.id, "This text has no summary yet.", rubric.rules.get("unlabelled", "")
        )
        return

    def finding(kind: str, severity: str, message: str, *, gold: str = "", value: float | None = None) -> Finding:
        rule = str(next((one.attributes.get("rule", "") for one in facts if one.id == gold), ""))
        return Finding(kind, severity, item.id, message, rule or rubric.rules.get(kind, ""), mine.id, gold, value)

    for fact, told in zip(facts, judged.facts, strict=True):
        if told.contradiction:
            message = f'You write "{told.contradiction}". The source says: {fact.fact}'
            yield finding("contradicted", "error", message, gold=fact.id)
        elif not told.told:
            evidence = str(fact.attributes.get("evidence", ""))
            place = f' The source: "{evidence}"' if evidence else ""
            message = f"Not found in your summary: {fact.fact}{place}"
            yield finding("fact_missing", "error", message, gold=fact.id)
    if judged.novel:
        quoted = listed([f'"{mine.text[start:end]}"' for start, end in judged.novel])
        verb = "does" if len(judged.novel) == 1 else "do"
        message = f"{quoted} {verb} not stand in the source: an error, or something that you added?"
        yield finding("not_in_source", "error", message, value=len(judged.novel))
    if judged.words > rubric.most_words:
        over = judged.words - rubric.most_words
        message = f"{counted(judged.words, 'word')}, {over} over the limit of {rubric.most_words}."
        yield finding("too_long", "error", message, value=judged.words)
    if judged.copied.words >= rubric.most_copied:
        quote = mine.text[judged.copied.start : judged.copied.end]
        message = f'{judged.copied.words} words in a row are the source\'s own: "{quote}". Say it in words of your own.'
        yield finding("copied", "error", message, value=judged.copied.words)
