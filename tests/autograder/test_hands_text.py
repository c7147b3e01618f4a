"""Simulated hands on texts: a perfect one marks what gold has, a careless one less well, but never unreadably."""

from __future__ import annotations

from random import Random

import pytest

from autograder.hands import Habit, redrawn
from autograder.simulated import PERFECT, SLOPPY
from goldlabel.annotations import Annotation, Relation, Span
from goldlabel.review import RelationRubric, Review, SpanRubric
from tests.review.texts import Case, case, linked

NAMES = case(
    "🎉 Dr [Anna Lind|person] of the [University of [Elmsford|place]|organisation] "
    "met [the [Courier|organisation/place]|~]."
)
PRIVATE = case("Call [Anna Lind|person], who lives at [12 Mill Road|place].")
LINKS = linked(
    "[Anna Lind|person:a] of the [Rovers|organisation:r] lives in [Elmsford|place:e].",
    Relation("g1", "works_for", "a", "r", ("knows",)),
    Relation("g2", "lives_in", "a", "e"),
)
TASKS: dict[str, tuple[Case, SpanRubric | RelationRubric]] = {
    "spans": (NAMES, SpanRubric()),
    "redaction": (PRIVATE, SpanRubric(scheme="redaction")),
    "relations": (LINKS, RelationRubric()),
}
every_task = pytest.mark.parametrize("task", TASKS)


def labelled(text: Case, habit: Habit, seed: int) -> list[Annotation]:
    random = Random(seed)
    return [redrawn(one, habit, text.item, random) for one in text.gold]


def judged(task: str, habit: Habit, seed: int) -> Review:
    text, rubric = TASKS[task]
    return text.judge(*labelled(text, habit, seed), rubric=rubric)


@every_task
def test_a_perfect_hand_marks_gold(task: str) -> None:
    assert (judged(task, PERFECT, 1).score, judged(task, PERFECT, 1).findings) == (1, ())


@every_task
def test_a_careless_hand_is_worse_but_readable(task: str) -> None:
    reviews = [judged(task, SLOPPY, seed) for seed in range(12)]
    assert not [one for review in reviews for one in review.findings if one.kind == "invalid"]
    assert sum(review.score for review in reviews) / len(reviews) < 0.95
    assert labelled(TASKS[task][0], SLOPPY, 3) == labelled(TASKS[task][0], SLOPPY, 3), "the seed decides"


@every_task
def test_labels_do_not_tell_what_else_would_do(task: str) -> None:
    for one in labelled(TASKS[task][0], PERFECT, 1):
        assert isinstance(one, Span | Relation)
        assert not one.accepted
        assert not isinstance(one, Span) or not one.alternatives


def test_relations_are_turned_round() -> None:
    turned = labelled(LINKS, Habit(name="mirror", swaps=1.0), 1)
    assert [(one.head, one.tail) for one in turned if isinstance(one, Relation)] == [("r", "a"), ("e", "a")]
