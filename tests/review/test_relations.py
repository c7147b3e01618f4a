"""Review of relations: direction, class, pairs without one, and what cannot be judged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Relation, Span
from goldlabel.errors import GoldError
from goldlabel.review import RelationRubric
from tests.review.texts import LINKS, Case, item, judge_many, linked, measure, messages, only

RUBRIC = RelationRubric(
    symmetric=("knows",),
    rules={"missing": "R1", "extra": "R2", "direction": "R3", "mismatching_label": "R4"},
    confusion_rules={"works_for>lives_in": "R5"},
)
TEXT = (
    "[Anna Lind|person:a] works for the [Rovers|organisation:r], knows [Bea|person:b] and lives in [Elmsford|place:e]."
)
GOLD = (
    Relation("g1", "works_for", "a", "r"),
    Relation("g2", "lives_in", "a", "e"),
    Relation("g3", "knows", "a", "b"),
)
NEWS = linked(TEXT, *GOLD)


def said(label: str, head: str, tail: str, name: str = "") -> Relation:
    return Relation(name or f"{label}-{head}-{tail}", label, head, tail)


RIGHT = (said("works_for", "a", "r"), said("lives_in", "a", "e"), said("knows", "b", "a"))


def test_all_right_in_whatever_direction_where_it_does_not_matter() -> None:
    judged = NEWS.judge(*RIGHT, rubric=RUBRIC)
    assert (judged.task, judged.score, judged.level, judged.findings) == ("relations", 1.0, "production", ())
    assert [(row.label, row.gold, row.labelled, row.found) for row in judged.classes] == [
        (name, 1, 1, 1) for name in LINKS
    ]


def test_figures_of_three_relations() -> None:
    # right, reversed, missed, and one too many: F1 2 * 1 / (3 + 3); pairs 2 * 2 / 6
    judged = NEWS.judge(RIGHT[0], said("lives_in", "e", "a"), said("knows", "b", "r"), rubric=RUBRIC)
    assert judged.score == measure(judged, "f1") == pytest.approx(1 / 3)
    assert measure(judged, "precision") == measure(judged, "recall") == pytest.approx(1 / 3)
    assert measure(judged, "pairs_f1") == pytest.approx(2 / 3)
    assert [(finding.kind, finding.rule) for finding in judged.findings] == [
        ("direction", "R3"),
        ("extra", "R2"),
        ("missing", "R1"),
    ]
    assert messages(judged) == [
        "The wrong way round. It is: 'Anna Lind' → lives in → 'Elmsford'.",
        "'Bea' and 'Rovers' have no relation that the text states. You said: 'Bea' → knows → 'Rovers'.",
        "Not linked: 'Anna Lind' → knows → 'Bea'.",
    ]
    assert judged.hints() == ("Relations that point the wrong way", "Extra: knows", "Missing: knows")


def test_a_wrong_class_says_what_it_is() -> None:
    for mine in (said("lives_in", "a", "r"), said("lives_in", "r", "a")):
        finding = only(NEWS.judge(mine, *RIGHT[1:], rubric=RUBRIC))
        assert (finding.kind, finding.rule, finding.classes) == ("mismatching_label", "R5", ("lives_in", "works_for"))
        assert finding.message.endswith("It is: 'Anna Lind' → works for → 'Rovers'.")


def test_gold_names_the_rule_the_reason_and_other_classes() -> None:
    gold = Relation("g", "works_for", "a", "r", ("knows",), attributes={"rule": "R9", "why": "She has a contract."})
    text = linked(TEXT, gold)
    assert text.judge(said("knows", "a", "r"), rubric=RUBRIC).score == 1
    finding = only(text.judge(said("lives_in", "a", "r"), rubric=RUBRIC))
    assert finding.rule == "R9"
    assert finding.message == (
        "You said: 'Anna Lind' → lives in → 'Rovers'. It is: 'Anna Lind' → works for → 'Rovers' (knows would count, "
        "too): She has a contract."
    )


def test_a_second_relation_between_the_same_two() -> None:
    judged = NEWS.judge(*RIGHT, said("lives_in", "r", "a"), rubric=RUBRIC)
    assert only(judged).message == (
        "You also said: 'Rovers' → lives in → 'Anna Lind'. These two have one relation only, another one."
    )
    both = linked(TEXT, GOLD[0], Relation("g4", "knows", "r", "a"))
    assert both.judge(said("knows", "a", "r"), said("works_for", "a", "r"), rubric=RUBRIC).score == 1
    assert only(both.judge(said("works_for", "a", "r"), rubric=RUBRIC)).kind == "missing"


def test_difficult_gold_is_set_aside() -> None:
    text = linked(TEXT, GOLD[0], Relation("g2", "lives_in", "a", "e", attributes={"difficult": True}))
    for extra in ((), (RIGHT[1],), (said("knows", "e", "a"),), (RIGHT[1], said("knows", "e", "a"))):
        judged = text.judge(RIGHT[0], *extra, rubric=RUBRIC)
        assert (judged.score, judged.findings, judged.decisions) == (1.0, (), 1)
        assert len(judged.items["t1"].covered) == len(extra)


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (said("works_for", "a", "zz"), "joins 'zz', which is no entity of this text"),
        (said("works_for", "a", "a"), "joins an entity with itself"),
        (said("owns", "a", "r"), "has the class 'owns', which this exercise does not know"),
        (said("works_for", "a", "r", "again"), "says a second time: 'Anna Lind' → works for → 'Rovers'"),
        (said("knows", "a", "b", "again"), "says a second time: 'Anna Lind' → knows → 'Bea'"),
        (said("lives_in", "a", "b", RIGHT[0].id), "has an id that another relation of this text has"),
        (Span("s", "works_for", 0, 4), "is no relation but a span"),
    ],
)
def test_what_cannot_be_judged_is_a_format_finding(label, words: str) -> None:
    judged = NEWS.judge(*RIGHT, label, rubric=RUBRIC)
    assert judged.score == 1
    assert (only(judged).kind, only(judged).severity) == ("invalid", "format")
    assert words in only(judged).message


def test_without_labels_and_without_gold() -> None:
    judged = judge_many({}, [NEWS], RUBRIC)
    assert (judged.score, [finding.kind for finding in judged.findings]) == (0, ["unlabelled"])
    assert linked(TEXT).judge(rubric=RUBRIC).score == 1
    assert linked(TEXT).judge(RIGHT[0], rubric=RUBRIC).score == 0


@pytest.mark.parametrize("wrong", [said("owns", "a", "r"), said("knows", "a", "zz"), said("knows", "a", "a")])
def test_gold_that_cannot_be_judged_by_is_our_fault(wrong: Relation) -> None:
    with pytest.raises(GoldError):
        linked(TEXT, wrong).judge(rubric=RUBRIC)


def test_the_interval_is_over_texts() -> None:
    cases = [linked(TEXT, *GOLD, name=f"t{n}") for n in range(8)]
    judged = judge_many({f"t{n}": RIGHT if n < 6 else RIGHT[:1] for n in range(8)}, cases, RUBRIC)
    assert judged.interval is not None
    assert judged.interval.low < judged.score < judged.interval.high


links = st.builds(
    Relation,
    id=st.sampled_from("abcdefgh"),
    label=st.sampled_from([*LINKS, "<b>"]),
    head=st.sampled_from(["a", "r", "b", "e", "", "zz"]),
    tail=st.sampled_from(["a", "r", "b", "e", "nowhere"]),
)


@settings(deadline=None, max_examples=200)
@given(st.lists(links, max_size=8), st.permutations(range(3)))
def test_hostile_labels_are_findings_never_a_crash(labels, order) -> None:
    judged = NEWS.judge(*labels, rubric=RUBRIC)
    assert 0 <= judged.score <= 1
    mixed = Case(item(NEWS.item.text, given=NEWS.item.given), tuple(GOLD[k] for k in order))
    assert mixed.judge(*labels, rubric=RUBRIC).score == judged.score, "the order of gold does not matter"
