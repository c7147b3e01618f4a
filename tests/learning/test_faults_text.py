"""Faults planted into texts are what they are said to be: each makes the review complain of just that."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import ItemLabels, LabelSet, Relation, Span
from goldlabel.data import practice_gold
from goldlabel.exercises import find_exercise
from goldlabel.learning import examples
from goldlabel.learning.faults import plant_faults
from goldlabel.learning.faults_text import shifts
from goldlabel.review import RelationRubric, SpanRubric, review
from tests.review.texts import CLASSES, LINKS, case, linked

NAMES = case(
    "Dr [Anna Lind|person] of the [University of [Elmsford|place]|organisation] met [Bob|person] in [Oakton|place]."
)
PRIVATE = case("Call [Anna Lind|person], who lives at [12 Mill Road|place].")
NEWS = linked(
    "[Anna|person:a] [Rovers|organisation:r] [Elmsford|place:e] [Bea|person:b]",
    Relation("g1", "works_for", "a", "r"),
    Relation("g2", "lives_in", "a", "e"),
    Relation("g3", "knows", "a", "b"),
)
REDACTION = SpanRubric(scheme="redaction")


@pytest.mark.parametrize("seed", range(10))
def test_each_fault_is_found_and_nothing_else(seed: int) -> None:
    for text, rubric, classes, kinds in (
        (NAMES, SpanRubric(), CLASSES, ["boundary", "mismatching_label", "missing"]),
        (PRIVATE, REDACTION, CLASSES, ["leak", "missing"]),
        (NEWS, RelationRubric(symmetric=("knows",)), LINKS, ["direction", "mismatching_label", "missing"]),
    ):
        planted = plant_faults(text.gold, text.item, classes, seed, rubric)
        found = Counter(finding.kind for finding in text.judge(*planted.annotations, rubric=rubric).findings)
        assert sorted(found.elements()) == kinds
        assert len(planted.faults) == len(kinds)
        assert planted == plant_faults(text.gold, text.item, classes, seed, rubric), "the seed decides"


@pytest.mark.parametrize("exercise", ["w3-entities", "w3-relations"])
def test_in_the_news_too(exercise: str) -> None:
    spec = find_exercise(exercise)
    gold = practice_gold(spec.dataset, spec.gold)
    kind = Span if spec.task == "spans" else Relation
    tried = 0
    for item in spec.pool():
        scored = [one for one in gold.of(item.id).scored if isinstance(one, kind)]
        if len(scored) < 4:
            continue
        tried += 1
        planted = plant_faults(scored, item, spec.class_names, tried, spec.rubric)
        labels = LabelSet(exercise=spec.id, items={item.id: ItemLabels(planted.annotations, done=True)})
        judged = review(labels, gold, spec.rubric, items=[item], classes=spec.class_names)
        assert len(judged.findings) == len(planted.faults), (item.id, judged.findings)
    assert tried > 5


def test_too_little_to_plant_into() -> None:
    text = case("[Anna|person]")
    with pytest.raises(ValueError, match="no span whose end"):
        plant_faults(text.gold, text.item, CLASSES, 1)
    with pytest.raises(ValueError, match="hidden in part"):
        plant_faults(text.gold, text.item, CLASSES, 1, REDACTION)
    with pytest.raises(ValueError, match="direction matters"):
        plant_faults(NEWS.gold[2:], NEWS.item, LINKS, 1, RelationRubric(symmetric=("knows",)))
    two = case("the [Anna|person] saw [Bob|person]")
    assert plant_faults(two.gold, two.item, CLASSES, 1).faults == (
        "one span begins or ends in the wrong place",
        "one name is not marked",
    )


def test_a_title_or_an_article_is_taken_along() -> None:
    text = NAMES.item.text
    for words, wide in (("Anna Lind", "Dr Anna Lind"), ("University of Elmsford", "the University of Elmsford")):
        start = text.index(words)
        assert [text[slice(*one)] for one in shifts((start, start + len(words)), text)] == [wide]
    start = text.index("Bob")
    assert [text[slice(*one)] for one in shifts((start, start + 3), text)] == ["met Bob", "Bob in"]
    for words, text, moved in (
        ("Bob", "Anna left. Bob, too, slept.", []),
        ("Lind", "Ask Dr. Lind.", ["Dr. Lind"]),
        ("Bob", "Here is Bob's hat.", ["is Bob", "Bob's"]),
        ("Bob Lee", "Bob Lee", ["Lee", "Bob"]),
    ):
        start = text.index(words)
        assert [text[slice(*one)] for one in shifts((start, start + len(words)), text)] == moved


@given(st.text(min_size=1, max_size=20), st.data())
def test_an_end_that_is_off_stays_on_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for first, last in shifts((start, end), text):
        assert 0 <= first < last <= len(text)
        assert first < end
        assert start < last
        assert (first, last) != (start, end)


def test_worked_examples_and_faults_to_spot() -> None:
    for exercise in ("w3-entities", "w3-relations"):
        spec = find_exercise(exercise)
        gold = practice_gold(spec.dataset, spec.gold)
        item = max(spec.pool(), key=lambda one: len(gold.of(one.id).scored))
        shown = examples.worked_example(exercise, item.id)
        assert f"{len(gold.of(item.id).scored)} labels" in shown.text
        assert "Why" in shown.html, "beside each label stands the rule that decides it"
        view, button = examples.spot_the_faults(exercise, item.id, seed=2).children
        assert "missed" not in view.value
        assert button.description == "Show the three faults"
        button.click()
        assert "missed" in view.value
        assert "Wrong class" in view.value
        assert button.disabled
