"""Review of choices: every finding with its sentence, accepted alternatives, the degenerate cases, the figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Annotation, Box, Choice, Gold, Item, ItemGold, ItemLabels, LabelSet
from goldlabel.errors import GoldError
from goldlabel.review import ChoiceRubric, Finding, Review, review
from goldlabel.review.choice_overlay import choice_line, choice_overlay
from goldlabel.review.confusion import confusion_table, worst_confusion

CLASSES = ("sound", "bruised", "not_fruit")
RUBRIC = ChoiceRubric(
    measure_bars={"accuracy": 0.9}, confusion_rules={"bruised>sound": "R3"}, rules={"mismatching_label": "R1"}
)


def item(name: str, text: str = "") -> Item:
    return Item(
        name, "" if text else f"{name}.jpg", 600, 600, "practice", "rendered", "CC0-1.0", "0", "easy", text=text
    )


def said(label: str, name: str = "class") -> Choice:
    return Choice(name, label)


def true(label: str, *accepted: str, **attributes: bool | float | str) -> Choice:
    return Choice("class", label, accepted, attributes=attributes)


def judge(
    labels: Mapping[str, Sequence[Annotation]],
    gold: Mapping[str, Sequence[Choice]],
    *,
    rubric: ChoiceRubric = RUBRIC,
    items: Sequence[Item] = (),
) -> Review:
    known = Gold(
        dataset="d",
        pool="practice",
        version="1.0.0",
        made="by hand",
        agreement="none",
        items={name: ItemGold(tuple(one)) for name, one in gold.items()},
    )
    mine = LabelSet(exercise="e", items={name: ItemLabels(tuple(one)) for name, one in labels.items()})
    return review(mine, known, rubric, items=items or [item(name) for name in gold], classes=CLASSES)


def only(judged: Review) -> Finding:
    assert len(judged.findings) == 1, [finding.message for finding in judged.findings]
    return judged.findings[0]


def measure(judged: Review, name: str) -> float:
    return next(one.value for one in judged.measures if one.name == name)


def test_all_right() -> None:
    gold = {f"i{n}": [true(CLASSES[n % 3])] for n in range(6)}
    judged = judge({name: [said(one[0].label)] for name, one in gold.items()}, gold)
    assert (judged.score, judged.level, judged.findings, judged.decisions) == (1.0, "production", (), 6)
    assert [measure(judged, name) for name in ("accuracy", "macro_f1", "kappa")] == [1, 1, 1]


def test_figures_of_four_decisions() -> None:
    # gold   sound  sound    bruised  not_fruit
    # said   sound  bruised  bruised  -
    # accuracy 2/4; F1: sound 2/3, bruised 2/3, not_fruit 0; macro 4/9
    # kappa: expected (2 * 1 + 1 * 2 + 1 * 0 + 0 * 1) / 16 = 1/4; (1/2 - 1/4) / (3/4) = 1/3
    gold = {"a": [true("sound")], "b": [true("sound")], "c": [true("bruised")], "d": [true("not_fruit")]}
    judged = judge({"a": [said("sound")], "b": [said("bruised")], "c": [said("bruised")]}, gold)
    assert judged.score == measure(judged, "accuracy") == 0.5
    assert measure(judged, "macro_f1") == pytest.approx(4 / 9)
    assert measure(judged, "kappa") == pytest.approx(1 / 3)
    assert [(row.gold, row.labelled, row.found, row.confused) for row in judged.classes] == [
        (2, 1, 1, 1),
        (1, 2, 1, 0),
        (1, 0, 0, 0),
    ]
    assert judged.confusion is not None
    assert judged.confusion.labels == (*CLASSES, "no answer")
    assert judged.confusion.counts == ((1, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1))
    assert judged.interval is None, "four decisions say too little"


def test_54_of_60_says_80_to_95() -> None:
    gold = {f"i{n}": [true(CLASSES[n % 3])] for n in range(60)}
    labels = {name: [said(one[0].label)] for name, one in gold.items()}
    for n in range(6):
        labels[f"i{n}"] = [said(CLASSES[(n + 1) % 3])]
    judged = judge(labels, gold)
    assert (judged.score, judged.level, str(judged.interval)) == (0.9, "production", "80 to 95 %")
    labels["i7"] = [said("sound")]
    judged = judge(labels, gold)
    assert judged.level == "good"
    assert not judged.measures[0].reached


def test_production_asks_for_the_bars_of_measures() -> None:
    gold = {f"i{n}": [true("sound")] for n in range(19)} | {"rare": [true("bruised")]}
    judged = judge({name: [said("sound")] for name in gold}, gold, rubric=ChoiceRubric(measure_bars={"macro_f1": 0.9}))
    assert judged.score == 0.95
    assert judged.level == "good", "a rare class that is never named must show"


def test_the_f1_of_the_class_that_is_looked_for() -> None:
    # bruised: 3 in gold, 2 found, 1 cried for nothing: F1 = 2 * 2 / (3 + 3)
    gold = {f"i{n}": [true("bruised" if n < 3 else "sound")] for n in range(8)}
    labels = {name: [said("bruised" if name in ("i0", "i1", "i7") else "sound")] for name in gold}
    rubric = ChoiceRubric(target="bruised", measure_bars={"f1": 0.6})
    judged = judge(labels, gold, rubric=rubric)
    assert measure(judged, "f1") == pytest.approx(2 / 3)
    (f1,) = (one for one in judged.measures if one.name == "f1")
    assert (f1.bar, f1.reached) == (0.6, True)
    assert f1.title.startswith("F1 of bruised")
    assert f1.interval is not None
    assert f1.interval.low < 2 / 3 < f1.interval.high
    assert "f1" not in [one.name for one in judge(labels, gold).measures], "without a target there is none"
    labels = {name: [said("sound")] for name in gold}
    assert measure(judge(labels, gold, rubric=rubric), "f1") == 0


def test_a_target_must_be_a_class_and_a_bar_needs_a_target() -> None:
    with pytest.raises(ValueError, match="names no target"):
        ChoiceRubric(measure_bars={"f1": 0.9})
    with pytest.raises(ValueError, match="'spam' is no class"):
        judge({}, {"a": [true("sound")]}, rubric=ChoiceRubric(target="spam"))


@pytest.mark.parametrize(
    ("attributes", "message", "rule"),
    [
        ({}, "You called it sound; it is bruised.", "R3"),
        (
            {"why": "There is a dark, soft spot."},
            "You called it sound; it is bruised: There is a dark, soft spot.",
            "R3",
        ),
        ({"rule": "R7"}, "You called it sound; it is bruised.", "R7"),
    ],
)
def test_a_wrong_answer(attributes: dict[str, str], message: str, rule: str) -> None:
    finding = only(judge({"a": [said("sound")]}, {"a": [true("bruised", **attributes)]}))
    assert (finding.kind, finding.severity, finding.message, finding.rule) == (
        "mismatching_label",
        "error",
        message,
        rule,
    )
    assert finding.classes == ("sound", "bruised")


def test_the_rule_of_any_other_confusion() -> None:
    finding = only(judge({"a": [said("not_fruit")]}, {"a": [true("bruised", "sound")]}))
    assert finding.rule == "R1"
    assert finding.message == 'You called it "not fruit"; it is bruised (sound would count, too).'


def test_an_accepted_answer_is_right() -> None:
    judged = judge({"a": [said("sound")]}, {"a": [true("bruised", "sound")]})
    assert (judged.score, judged.findings) == (1.0, ())
    assert judged.confusion is not None
    assert judged.confusion.counts[0][0] == 1


def test_difficult_gold_is_set_aside() -> None:
    gold = {"a": [true("bruised", difficult=True)], "b": [true("sound")]}
    judged = judge({"a": [said("sound")], "b": [said("sound")]}, gold)
    assert (judged.score, judged.decisions, judged.items["a"].covered) == (1.0, 1, ("class",))
    assert judge({"b": [said("sound")]}, gold).findings == ()


@pytest.mark.parametrize(("text", "thing"), [("", "picture"), ("A case.", "text")])
def test_no_answer(text: str, thing: str) -> None:
    judged = judge({}, {"a": [true("sound")]}, items=[item("a", text)])
    assert only(judged).message == f"This {thing} has no answer yet."
    assert (judged.score, only(judged).kind, judged.items["a"].labelled) == (0.0, "unlabelled", False)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (said("rotten"), "has the class 'rotten', which this exercise does not know"),
        (said("bruised"), "is a second answer to one question; the first, 'sound', counts"),
        (said("sound", "colour"), "answers a question that is not asked"),
        (Box("b1", "sound", (0, 0, 9, 9)), "is no choice of a class"),
    ],
)
def test_what_cannot_be_judged_is_a_format_finding(extra: Annotation, words: str) -> None:
    judged = judge({"a": [said("sound"), extra]}, {"a": [true("sound")]})
    finding = only(judged)
    assert (finding.kind, finding.severity) == ("invalid", "format")
    assert words in finding.message
    assert judged.score == 1.0


def test_two_questions_an_item() -> None:
    gold = {"a": [Choice("colour", "sound"), Choice("shape", "bruised")]}
    judged = judge({"a": [said("sound", "colour")]}, gold)
    assert (judged.score, judged.decisions) == (0.5, 2)
    assert only(judged).message == "The question shape has no answer yet."


def test_nothing_asked_is_nothing_wrong() -> None:
    judged = judge({}, {"a": []})
    assert (judged.score, judged.decisions, judged.findings) == (1.0, 0, ())


def test_gold_of_another_ontology_is_our_fault() -> None:
    with pytest.raises(GoldError, match="rotten"):
        judge({}, {"a": [true("rotten")]})


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CLASSES), st.sampled_from([*CLASSES, ""])), min_size=1, max_size=20))
def test_the_score_is_the_share_of_right_answers(pairs: list[tuple[str, str]]) -> None:
    gold = {f"i{n}": [true(right)] for n, (right, _) in enumerate(pairs)}
    labels = {f"i{n}": [said(mine)] for n, (_, mine) in enumerate(pairs) if mine}
    judged = judge(labels, gold)
    assert judged.score == pytest.approx(sum(right == mine for right, mine in pairs) / len(pairs))
    assert len(judged.findings) == sum(right != mine for right, mine in pairs)
    shuffled = dict(reversed(gold.items()))
    assert [one.value for one in judge(labels, shuffled).measures] == [one.value for one in judged.measures]


def test_the_matrix_names_rows_and_columns() -> None:
    gold = {"a": [true("sound")], "b": [true("bruised")], "c": [true("bruised")]}
    judged = judge({"a": [said("not_fruit")], "b": [said("sound")], "c": [said("sound")]}, gold)
    assert judged.confusion is not None
    page = ElementTree.fromstring(f"<div>{confusion_table(judged.confusion)}</div>")
    assert [cell.text for cell in page.iterfind(".//th[@scope='row']")] == ["sound", "bruised", "not fruit"]
    assert [cell.text for cell in page.iterfind(".//thead//th[@scope='col']")] == [
        "it is",
        "sound",
        "bruised",
        "not fruit",
    ]
    assert [[cell.text for cell in row.iterfind("td")] for row in page.iterfind(".//tbody/tr")] == [
        ["·", "·", "1"],
        ["2", "·", "·"],
        ["·", "·", "·"],
    ]
    assert worst_confusion(judged.confusion) == "Your commonest confusion: bruised called sound, 2 times."


def test_no_confusion_is_said_too() -> None:
    judged = judge({}, {"a": [true("sound")]})
    assert judged.confusion is not None
    assert worst_confusion(judged.confusion) == "You took no class for another."
    judged = judge({"a": [said("bruised")]}, {"a": [true("sound")]})
    assert judged.confusion is not None
    assert worst_confusion(judged.confusion) == "No confusion came up more than once."


@pytest.mark.parametrize(
    ("mine", "gold", "words"),
    [
        (
            "sound",
            true("bruised", why="Soft & dark."),
            ("your answer, not right", "★ the right answer", "Soft & dark."),
        ),
        ("bruised", true("bruised"), ("✔ your answer",)),
        ("sound", true("bruised", "sound"), ("✔ your answer", "★ the right answer")),
        ("", true("bruised"), ("no answer that counts",)),
        ("sound", true("bruised", difficult=True), ("set aside",)),
    ],
)
def test_overlay(mine: str, gold: Choice, words: tuple[str, ...]) -> None:
    case = item("a", "Do you <b>look</b>?")
    labels = [said(mine)] if mine else []
    judged = judge({"a": labels}, {"a": [gold]}, items=[case])
    html = choice_overlay(case, labels, [gold], judged.items["a"], colors={"sound": "#000000"})
    page = "".join(ElementTree.fromstring(html).itertext())
    assert all(word in page for word in words)
    assert "Do you <b>look</b>?" in page


def test_a_right_answer_as_one_line() -> None:
    line = choice_line(item("a"), [said("not_fruit")], [true("not_fruit", why="It is a <mug>.")])
    assert "".join(ElementTree.fromstring(line).itertext()) == "a: not fruit It is a <mug>."
