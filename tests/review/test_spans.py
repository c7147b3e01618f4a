"""Review of spans under the exact scheme: figures worked out by hand, every sentence, what gold may allow."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Box, Choice, Gold, ItemGold, ItemLabels, LabelSet, Span
from goldlabel.errors import GoldError
from goldlabel.metrics import spans as metrics
from goldlabel.review import SpanRubric, review
from tests.review.texts import CLASSES, case, item, judge_many, measure, messages, only

RUBRIC = SpanRubric(
    measure_bars={"boundary_f1": 0.9},
    rules={"missing": "R1", "extra": "R2", "boundary": "R3", "mismatching_label": "R4"},
    boundary_rule={"organisation": "R5"},
    confusion_rules={"organisation>place": "R6"},
)
LIND = case("[Anna Lind|person] plays for the [Elmsford Rovers|organisation].")


def test_all_right() -> None:
    cases = [case("[Anna|person] is in [Elmsford|place].", f"t{n}") for n in range(6)]
    judged = judge_many({one.item.id: one.gold for one in cases}, cases, RUBRIC)
    assert (judged.task, judged.score, judged.level, judged.findings) == ("spans", 1.0, "production", ())
    assert judged.decisions == 12
    assert judged.interval is None, "all items are alike"
    assert [(row.label, row.gold, row.labelled, row.found, row.f1) for row in judged.classes] == [
        ("person", 6, 6, 6, 1.0),
        ("place", 6, 6, 6, 1.0),
        ("organisation", 0, 0, 0, 1.0),
    ]


def test_figures_of_four_spans() -> None:
    # gold    Anna Lind/person   Elmsford Rovers/organisation   Oakton/place   Bea/person
    # label   Anna Lind/person   the Elmsford Rovers/org.       Oakton/person  -             Monday/place
    text = case(
        "[Anna Lind|person] left the [Elmsford Rovers|organisation] in [Oakton|place] to [Bea|person] on Monday."
    )
    judged = text.judge(
        text.span("Anna Lind"),
        text.span("the Elmsford Rovers", "organisation"),
        text.span("Oakton"),
        text.span("Monday", "place"),
        rubric=RUBRIC,
    )
    assert judged.score == measure(judged, "f1") == pytest.approx(2 * 1 / (4 + 4))
    assert measure(judged, "precision") == measure(judged, "recall") == 0.25
    assert measure(judged, "boundary_f1") == pytest.approx(2 * 2 / 8)
    assert measure(judged, "type_f1") == pytest.approx(2 * 2 / 8)
    assert measure(judged, "partial_f1") == pytest.approx(2 * 2.5 / 8)
    assert [(row.label, row.gold, row.labelled, row.found, row.confused) for row in judged.classes] == [
        ("person", 2, 2, 1, 0),
        ("place", 1, 1, 0, 1),
        ("organisation", 1, 1, 0, 0),
    ]
    assert judged.confusion is not None
    assert judged.confusion.labels == (*CLASSES, "not marked")
    assert judged.confusion.counts == ((1, 0, 0, 1), (1, 0, 0, 0), (0, 0, 1, 0)), "by what overlaps, wherever it ends"
    assert [pair.same_class for pair in judged.items["t1"].pairs] == [True, True, False]
    assert {finding.kind for finding in judged.findings} == {"boundary", "mismatching_label", "extra", "missing"}
    assert judged.hints() == (
        "Spans whose ends are not where the guideline wants them",
        "Confused classes: person and place",
        "Extra: place",
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("the Elmsford Rovers", "You marked 'the Elmsford Rovers'; 'the' does not belong to it."),
        ("Elmsford", "You marked 'Elmsford'; 'Rovers' belongs to it, too."),
        (
            "for the Elmsford",
            "You marked 'for the Elmsford'; 'for the' does not belong to it, and 'Rovers' belongs to it.",
        ),
        ("the Elmsford Rovers.", "You marked 'the Elmsford Rovers.'; 'the' and '.' do not belong to it."),
        ("ford Rove", "You marked 'ford Rove'; 'Elms' and 'rs' belong to it, too."),
    ],
)
def test_ends_that_are_off(words: str, message: str) -> None:
    finding = only(LIND.judge(LIND.span("Anna Lind"), LIND.span(words, "organisation"), rubric=RUBRIC))
    assert (finding.kind, finding.severity, finding.rule) == ("boundary", "error", "R5")
    assert finding.message == message


def test_a_wrong_class_and_a_span_that_was_missed() -> None:
    judged = LIND.judge(LIND.span("Elmsford Rovers", "place"), rubric=RUBRIC)
    assert messages(judged) == [
        "You called 'Elmsford Rovers' a place; it is an organisation.",
        "'Anna Lind' is not marked; it is a person.",
    ]
    assert [finding.rule for finding in judged.findings] == ["R6", "R1"]
    assert judged.findings[0].classes == ("place", "organisation")


def test_gold_names_the_rule_and_the_reason() -> None:
    text = case("The [Rovers|organisation] won.", rule="R9", why="A team is an organisation.")
    judged = text.judge(text.span("Rovers", "place"), rubric=RUBRIC)
    assert only(judged).message == "You called 'Rovers' a place; it is an organisation: A team is an organisation."
    assert only(judged).rule == "R9"
    assert only(text.judge(rubric=RUBRIC)).message.endswith("it is an organisation: A team is an organisation.")
    wide = only(text.judge(text.span("The Rovers", "organisation"), rubric=RUBRIC))
    assert wide.message == "You marked 'The Rovers'; 'The' does not belong to it: A team is an organisation."
    assert wide.rule == "R9", "the rule of the class comes second"


def test_nested_spans() -> None:
    text = case("The [University of [Elmsford|place]|organisation] is old.")
    outer, inner = text.span("University of Elmsford", "organisation"), text.span("Elmsford", "place")
    assert text.judge(outer, inner, rubric=RUBRIC).score == 1
    assert only(text.judge(outer, rubric=RUBRIC)).message == (
        "'Elmsford' inside 'University of Elmsford' is not marked; it is a place, too."
    )
    assert only(text.judge(inner, rubric=RUBRIC)).message == (
        "'University of Elmsford' is not marked; it is an organisation."
    )


def test_surplus_spans() -> None:
    name, club = LIND.span("Anna Lind"), LIND.span("Elmsford Rovers", "organisation")
    for extra, message in (
        (LIND.span("plays", "place"), "You marked 'plays' as a place; it should not be marked."),
        (
            LIND.span("Elmsford", "place"),
            "'Elmsford' is part of 'Elmsford Rovers', an organisation, and is not marked on its own.",
        ),
        (LIND.span("Anna Lind", "place"), "'Anna Lind' is marked twice; one name gets one span of one class."),
        (LIND.span("Lind plays"), "You marked 'Lind plays', but 'Anna Lind' in it has a span of its own already."),
    ):
        finding = only(LIND.judge(name, club, extra, rubric=RUBRIC))
        assert (finding.kind, finding.rule, finding.message) == ("extra", "R2", message)


def test_the_same_words_are_told_apart() -> None:
    text = case("[Lind|person] met Lindgren, then [Lind|person] left, and [Lind|person] slept.")
    judged = text.judge(text.span("Lind"), text.span("Lind", nth=4), rubric=RUBRIC)
    assert only(judged).message == "The second 'Lind' is not marked; it is a person."


def test_what_nobody_counts_has_no_article() -> None:
    text = case("It cost [£9|money].")
    true = Gold(
        dataset="d",
        pool="practice",
        version="1",
        made="written",
        agreement="none",
        items={"t1": ItemGold(text.gold)},
    )
    labels = LabelSet(exercise="e", items={"t1": ItemLabels(done=True)})
    judged = review(labels, true, RUBRIC, items=[text.item], classes=["money"])
    assert only(judged).message == "'£9' is not marked; it is money."


def test_a_long_span_is_quoted_short() -> None:
    long = " ".join(["word"] * 40)
    text = case(f"[Anna|person] {long}")
    message = only(text.judge(text.span(f"Anna {long}"), rubric=RUBRIC)).message
    assert " ... " in message
    assert len(message) < 200


def test_other_classes_and_extents_that_count() -> None:
    text = case("[the [Courier|organisation/place]|~] of [Dr [Anna Lind|~]|person].")
    for labels in (
        (text.span("Courier", "organisation"), text.span("Dr Anna Lind")),
        (text.span("the Courier", "place"), text.span("Anna Lind")),
    ):
        judged = text.judge(*labels, rubric=RUBRIC)
        assert (judged.score, judged.findings) == (1.0, ())
    assert [(row.label, row.gold, row.found) for row in judged.classes] == [
        ("person", 1, 1),
        ("place", 1, 1),
        ("organisation", 0, 0),
    ], "what gold accepts counts as the class that it was called"
    off = only(text.judge(text.span("Courier", "place"), text.span("Anna"), rubric=RUBRIC))
    assert off.message == "You marked 'Anna'; 'Lind' belongs to it, too.", "the nearest extent is told"
    wrong = only(text.judge(text.span("Courier"), text.span("Anna Lind"), rubric=RUBRIC))
    assert "it is an organisation (place would count, too)." in wrong.message


def test_difficult_gold_is_set_aside() -> None:
    text = case("[Anna|person] saw [Bob|person?] in [Elmsford|place].")
    right = (text.span("Anna"), text.span("Elmsford", "place"))
    assert text.judge(*right, rubric=RUBRIC).score == 1
    for mine in (text.span("Bob"), text.span("Bob", "place"), text.span("saw Bob")):
        judged = text.judge(*right, mine, rubric=RUBRIC)
        assert (judged.score, judged.findings, judged.items["t1"].covered) == (1.0, (), (mine.id,))
        assert sum(row.labelled for row in judged.classes) == judged.decisions == 2


def test_a_label_that_fits_difficult_gold_does_not_spoil_its_neighbour() -> None:
    text = case("The [University of [Elmsford|place?]|organisation].")
    judged = text.judge(text.span("Elmsford", "place"), rubric=RUBRIC)
    assert messages(judged) == ["'University of Elmsford' is not marked; it is an organisation."]


def test_white_space_at_the_edges_does_not_count() -> None:
    text = case("[Anna Lind|person] left.")
    assert text.judge(text.span("Anna Lind "), rubric=RUBRIC).score == 1


def test_texts_are_measured_in_code_points() -> None:
    # An emoji of four code points, an e with a combining accent, and Hebrew, which runs from right to left.
    text = case("👩‍💻🎉 [Zoe\u0301 Lind|person] met [דנה|person] in [Elmsford|place] 🏟️.")
    first, second = (text.span(words) for words in ("Zoe\u0301 Lind", "דנה"))
    assert (first.start, second.start) == (5, 19)
    assert text.judge(first, second, text.span("Elmsford", "place"), rubric=RUBRIC).score == 1
    # One code point less leaves the accent alone.
    cut = Span("b", "person", first.start, first.start + 3)
    assert "belongs to it, too" in messages(text.judge(cut, rubric=RUBRIC))[0]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        (Span("x", "person", 5, 99), "lies from 5 to 99, but the text has 40 characters"),
        (Span("x", "person", -3, 4), "lies from -3 to 4"),
        (Span("x", "person", 4, 4), "is empty: it starts at 4 and ends at 4"),
        (Span("x", "person", 9, 4), "is empty: it starts at 9 and ends at 4"),
        (Span("x", "person", 9, 10), "marks nothing but white space"),
        (Span("x", "rotten", 0, 4), "has the class 'rotten', which this exercise does not know"),
        (Span("x", "person", 0, 9), "marks 'Anna Lind' as a person a second time"),
        (Span("a", "place", 0, 4), "has an id that another span of this text has"),
        (Box("x", "person", (0, 0, 9, 9)), "is no span but a box"),
        (Choice("x", "person"), "is no span but a choice"),
    ],
)
def test_what_cannot_be_judged_is_a_format_finding(label, words: str) -> None:
    right = (Span("a", "person", 0, 9), LIND.span("Elmsford Rovers", "organisation"))
    judged = LIND.judge(*right, label, rubric=RUBRIC)
    assert judged.score == 1
    assert (only(judged).kind, only(judged).severity) == ("invalid", "format")
    assert words in only(judged).message
    assert only(judged).message.endswith("; it was left out.")


def test_a_text_without_any_label() -> None:
    judged = judge_many({}, [LIND], RUBRIC)
    assert (judged.score, only(judged).kind, only(judged).message) == (0, "unlabelled", "This text has no label yet.")
    assert measure(judged, "recall") == measure(judged, "precision") == 0
    empty = LIND.judge(rubric=RUBRIC)
    assert [finding.kind for finding in empty.findings] == ["missing", "missing"], "done says: nothing is there"


def test_nothing_to_mark_is_nothing_wrong() -> None:
    text = case("Nobody is here.")
    assert (text.judge(rubric=RUBRIC).score, text.judge(rubric=RUBRIC).findings) == (1, ())
    assert text.judge(text.span("Nobody"), rubric=RUBRIC).score == 0


def test_gold_that_cannot_be_judged_by_is_our_fault() -> None:
    text = case("[Anna|person] left.")
    for wrong in (Span("s", "person", 0, 99), Span("s", "person", 0, 4, alternatives=((3, 3),)), Span("s", "x", 0, 4)):
        with pytest.raises(GoldError):
            judge_many({}, [type(text)(text.item, (wrong,))], RUBRIC)


def test_production_asks_for_the_bars_of_measures() -> None:
    # 19 of 20 right, and one whose ends are off: F1 0.95, but the bar of the ends is higher.
    text = case(" ".join(["[Anna|person]"] * 19) + " the [Bea|person]")
    labels = [text.span("Anna", nth=n) for n in range(1, 20)]
    strict = SpanRubric(measure_bars={"boundary_f1": 0.96})
    judged = text.judge(*labels, text.span("the Bea"), rubric=strict)
    assert judged.score == pytest.approx(0.95)
    assert judged.level == "good"


def test_a_bar_that_nobody_measures_is_refused() -> None:
    with pytest.raises(ValueError, match="does not measure f2"):
        SpanRubric(measure_bars={"f2": 0.9})
    with pytest.raises(ValueError, match="does not measure f1"):
        SpanRubric(scheme="redaction", measure_bars={"f1": 0.9})


def test_the_interval_is_over_texts() -> None:
    cases = [case("[Anna|person] left.", f"t{n}") for n in range(8)]
    labels = {f"t{n}": cases[n].gold if n < 6 else () for n in range(8)}
    judged = judge_many(labels, cases, RUBRIC)
    assert judged.score == pytest.approx(2 * 6 / 14)
    assert judged.interval is not None
    assert judged.interval.low < judged.score <= judged.interval.high


TEXT = "Anna Lind 🎉 of the Rovers, in Elmsford."
stretches = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted).filter(lambda s: s[0] < s[1])
spans = st.lists(st.tuples(stretches, st.sampled_from(CLASSES)), max_size=8, unique_by=str)


def _trimmed(marks) -> list[metrics.Marked]:
    found = []
    for (start, end), label in marks:
        words = TEXT[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start < end and metrics.Marked(start, end, label) not in found:
            found.append(metrics.Marked(start, end, label))
    return found


@settings(deadline=None)
@given(spans, spans)
def test_the_measures_are_those_of_the_schemes(mine, true) -> None:
    labels, gold = _trimmed(mine), _trimmed(true)
    text = type(LIND)(item(TEXT), tuple(Span(f"s{k}", one.label, *one[:2]) for k, one in enumerate(gold)))
    judged = text.judge(*(Span(f"b{k}", one.label, *one[:2]) for k, one in enumerate(labels)), rubric=RUBRIC)
    tallies = metrics.compare(labels, gold)
    for name, scheme in (("f1", "strict"), ("boundary_f1", "exact"), ("type_f1", "type"), ("partial_f1", "partial")):
        assert measure(judged, name) == pytest.approx(tallies[scheme].f1), name
    wrong = [finding for finding in judged.findings if finding.severity == "error"]
    assert (judged.score == 1) == (not wrong)


hostile = st.builds(
    Span,
    id=st.sampled_from("abcde"),
    label=st.sampled_from([*CLASSES, "", "<script>"]),
    start=st.integers(-(10**12), 10**12) | st.integers(-3, 50),
    end=st.integers(-(10**12), 10**12) | st.integers(-3, 50),
    accepted=st.just(("x",)),
    alternatives=st.lists(st.tuples(st.integers(-9, 99), st.integers(-9, 99)), max_size=2).map(tuple),
)


@pytest.mark.parametrize("scheme", ["exact", "redaction"])
@settings(deadline=None, max_examples=200)
@given(labels=st.lists(hostile, max_size=8), done=st.booleans())
def test_hostile_labels_are_findings_never_a_crash(scheme, labels, done: bool) -> None:
    judged = LIND.judge(*labels, rubric=SpanRubric(scheme=scheme), done=done)
    assert 0 <= judged.score <= 1
    assert all(finding.message and finding.item == "t1" for finding in judged.findings)
