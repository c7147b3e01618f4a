"""Review of relations between given entities: right when both ends, the direction and the class are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import partial

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Annotation, Gold, Item, ItemLabels, LabelSet, Relation, Span, only
from goldlabel.errors import GoldError
from goldlabel.metrics.spans import assign, f1
from goldlabel.review.figures import NOT_MARKED, Figure, Tallies, found_and_right, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.reasons import refused
from goldlabel.review.relation_sentences import RelationReporter
from goldlabel.review.rubric import RelationRubric
from goldlabel.review.wording import article, plain

__all__ = ["review_relations"]

Floats = NDArray[np.float64]

_GOLD, _LABELLED, _RIGHT, _PAIRS = range(4)
_COLUMNS = 4


def review_relations(
    labels: LabelSet, gold: Gold, rubric: RelationRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the relations of ``items``.

    Args:
        labels: What the learner linked. Items that are not in ``items`` are ignored; a label that cannot be judged is
            told and left out.
        gold: Must hold every item in ``items``.
        rubric: How to judge.
        items: Which items count, with the entities that they are given with; one without any label counts as all
            missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review. With nothing to link and nothing linked the score is 1.

    Raises:
        GoldError: An item has no gold, or its gold cannot be judged by.
    """
    tallies = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    for row, item in enumerate(items):
        entities = {one.id: one for one in only(item.given, Span)}
        true = _gold_relations(gold, item, entities, classes)
        reporter = RelationReporter(item, rubric, entities)
        reviews[item.id], counts[row] = _review_item(reporter, labels.of(item.id), true, classes, tallies)
    return reviewed(
        "relations",
        labels,
        gold,
        rubric,
        counts=counts,
        score=partial(_f1, credit=_RIGHT),
        measures=_measures(counts, rubric),
        items=reviews,
        decisions=counts[:, _GOLD].sum(),
        classes=tallies.rows(classes),
        confusion=tallies.confusion(classes),
    )


def _f1(counts: Floats, credit: int) -> Floats:
    return f1(counts[..., credit], counts[..., _GOLD], counts[..., _LABELLED])


def _measures(counts: Floats, rubric: RelationRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    right, gold, labelled = total[_RIGHT], total[_GOLD], total[_LABELLED]
    figures: list[Figure] = [
        (
            "f1",
            "F1: both ends, the direction and the class are right",
            float(_f1(total, _RIGHT)),
            spread(counts, partial(_f1, credit=_RIGHT)),
        ),
        *found_and_right(right, gold, labelled, things="relations", yours="relations"),
        (
            "pairs_f1",
            "F1 of the pairs alone, whatever direction and class",
            float(_f1(total, _PAIRS)),
            spread(counts, partial(_f1, credit=_PAIRS)),
        ),
    ]
    return measured(figures, rubric)


def _review_item(
    reporter: RelationReporter, labelled: ItemLabels, gold: Sequence[Relation], classes: Sequence[str], tallies: Tallies
) -> tuple[ItemReview, Floats]:
    """Judge one item; adds to ``tallies`` and returns the review with its row of counts."""
    findings: list[Finding] = []
    yours = _usable(labelled.annotations, reporter, classes, findings)
    matches = _matched(yours, gold, reporter.rubric)
    covered = {i for i, j in matches if gold[j].difficult}
    counted = [(yours[i], gold[j]) for i, j in matches if not gold[j].difficult]
    # Of a pair that is set aside, every relation is.
    aside = {frozenset((one.head, one.tail)) for one in gold if one.difficult}
    paired = {i for i, _ in matches}
    covered |= {k for k, one in enumerate(yours) if k not in paired and frozenset((one.head, one.tail)) in aside}
    row = np.zeros(_COLUMNS)
    pairs = []
    for mine, true in counted:
        named = _named(mine, true)
        turned = not _along(mine, true, reporter.rubric)
        right = named and not turned
        pairs.append(Pair(mine.id, true.id, 1.0, named))
        row += (0, 0, right, 1)
        tallies.gold[mine.label if right else true.label] += 1
        tallies.found[mine.label] += right
        tallies.confused[true.label] += not named
        tallies.called[mine.label if named else true.label, mine.label] += 1
        if not named:
            findings.append(reporter.confused(mine, true))
        elif turned:
            findings.append(reporter.turned(mine, true))
    findings += [reporter.surplus(mine, gold) for k, mine in enumerate(yours) if k not in paired and k not in covered]
    met = {j for _, j in matches}
    missed = [true for j, true in enumerate(gold) if j not in met and not true.difficult]
    tallies.gold.update(true.label for true in missed)
    tallies.called.update((true.label, NOT_MARKED) for true in missed)
    tallies.labelled.update(one.label for k, one in enumerate(yours) if k not in covered)
    scored = sum(not one.difficult for one in gold)
    if labelled.labelled:
        findings += [reporter.missing(true) for true in missed]
    elif scored:
        findings.append(reporter.unlabelled())
    row[_GOLD], row[_LABELLED] = scored, len(yours) - len(covered)
    review = ItemReview(
        item=reporter.item.id,
        score=float(_f1(row, _RIGHT)),
        labelled=labelled.labelled,
        pairs=tuple(pairs),
        covered=tuple(yours[k].id for k in sorted(covered)),
        findings=tuple(findings),
    )
    return review, row


def _named(mine: Relation, true: Relation) -> bool:
    return mine.label == true.label or mine.label in true.accepted


def _along(mine: Relation, true: Relation, rubric: RelationRubric) -> bool:
    """Whether the direction is right, or does not matter."""
    return mine.head == true.head or true.label in rubric.symmetric or mine.label in rubric.symmetric


def _matched(
    yours: Sequence[Relation], gold: Sequence[Relation], rubric: RelationRubric
) -> tuple[tuple[int, int], ...]:
    """Relations between the same two entities, one to one: wholly right ones first, then those of the right class."""
    if not yours or not gold:
        return ()
    pairs: dict[frozenset[str], int] = {}
    first, second = (
        np.array([pairs.setdefault(frozenset((one.head, one.tail)), len(pairs)) for one in side])
        for side in (yours, gold)
    )
    joined = first[:, None] == second[None, :]
    named, along = np.zeros_like(joined), np.zeros_like(joined)
    for i, j in np.argwhere(joined).tolist():
        named[i, j], along[i, j] = _named(yours[i], gold[j]), _along(yours[i], gold[j], rubric)
    # Gold that counts comes before gold that is set aside.
    counts = np.array([not one.difficult for one in gold])
    nearly = joined * (0.5 + 0.25 * along + 0.2 * counts)
    return assign(nearly, joined & named, along)


def _gold_relations(
    gold: Gold, item: Item, entities: Mapping[str, Span], classes: Sequence[str]
) -> tuple[Relation, ...]:
    found = only(gold.of(item.id).annotations, Relation)
    for one in found:
        if problem := _unjoined(one, entities) or _unknown(one, classes):
            raise GoldError(
                f"The gold {one.id} {problem}", where=item.id, todo="Restore the gold file from the repository."
            )
    return found


def _usable(
    labels: Sequence[Annotation], reporter: RelationReporter, classes: Sequence[str], findings: list[Finding]
) -> list[Relation]:
    """The labels that can be judged; of the others ``findings`` get to know why, as format faults."""
    usable: list[Relation] = []
    ids: set[str] = set()
    taken: set[tuple[str, str, str]] = set()
    for one in labels:
        problem = _problem(one, reporter, classes, ids)
        if isinstance(one, Relation) and not problem:
            ends = sorted((one.head, one.tail)) if one.label in reporter.rubric.symmetric else (one.head, one.tail)
            if (one.label, *ends) in taken:
                problem = f"says a second time: {reporter.said(one)}"
            else:
                taken.add((one.label, ends[0], ends[1]))
                usable.append(one)
        if problem:
            findings.append(refused("relations", reporter.item, one.id, problem))
        ids.add(one.id)
    return usable


def _problem(one: Annotation, reporter: RelationReporter, classes: Sequence[str], ids: Set[str]) -> str:
    """Why a label cannot be judged; empty where it can."""
    if one.id in ids:
        return "has an id that another relation of this text has"
    if not isinstance(one, Relation):
        return f"is no relation but {article(plain(str(one.__struct_config__.tag)))}"
    return _unknown(one, classes) or _unjoined(one, reporter.entities)


def _unknown(one: Relation, classes: Sequence[str]) -> str:
    return "" if one.label in classes else f"has the class {one.label!r}, which this exercise does not know"


def _unjoined(one: Relation, entities: Mapping[str, Span]) -> str:
    """Why a relation does not join two entities of the text; empty where it does."""
    for end in (one.head, one.tail):
        if end not in entities:
            return f"joins {end!r}, which is no entity of this text"
    if one.head == one.tail:
        return "joins an entity with itself"
    return ""
