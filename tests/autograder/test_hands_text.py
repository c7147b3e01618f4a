"""Simulated hands on texts: a perfect one marks what gold has, a careless one less well, but never unreadably."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.hands import Habit, redrawn
from autograder.hands_text import shifted
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


def test_a_title_or_an_article_is_taken_along() -> None:
    text = NAMES.item.text
    for words, wide in (("Anna Lind", "Dr Anna Lind"), ("University of Elmsford", "the University of Elmsford")):
        start = text.index(words)
        moved = shifted((start, start + len(words)), text, Random(1))
        assert text[slice(*moved)] == wide


def test_relations_are_turned_round() -> None:
    turned = labelled(LINKS, Habit(name="mirror", swaps=1.0), 1)
    assert [(one.head, one.tail) for one in turned if isinstance(one, Relation)] == [("r", "a"), ("e", "a")]


@given(st.text(min_size=1, max_size=20), st.data())
def test_an_end_that_is_off_stays_on_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = shifted((start, end), text, Random(1))
    assert 0 <= first < last <= len(text)
