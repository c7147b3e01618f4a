"""Review of redactions: what leaks, what is hidden for nothing, and that classes cost nothing."""

from __future__ import annotations

import pytest

from goldlabel.annotations import Span
from goldlabel.review import SpanRubric
from tests.review.texts import case, judge_many, measure, messages, only

RUBRIC = SpanRubric(scheme="redaction", rules={"leak": "R1", "missing": "R2", "extra": "R3", "boundary": "R4"})
LIND = case("Call [Anna Lind|person] at [12 Mill-Road|place], please.")


def test_hidden_by_whatever_spans() -> None:
    # The comma, the spaces and the hyphen tell nothing; two spans may hide one thing.
    judged = LIND.judge(
        LIND.span("Anna"), LIND.span("Lind"), LIND.span("12 Mill", "place"), LIND.span("Road", "place"), rubric=RUBRIC
    )
    assert (judged.score, judged.level, judged.findings) == (1.0, "production", ())
    assert [measure(judged, name) for name in ("f2", "recall", "precision", "hidden", "classes")] == [1] * 5


def test_what_can_still_be_read() -> None:
    judged = LIND.judge(LIND.span("Lind"), LIND.span("Mill-Road", "place"), rubric=RUBRIC)
    assert messages(judged) == [
        "One can still read 'Anna' of 'Anna Lind', a person.",
        "One can still read '12' of '12 Mill-Road', a place.",
    ]
    assert {(finding.kind, finding.severity, finding.rule) for finding in judged.findings} == {("leak", "error", "R1")}
    assert [finding.value for finding in judged.findings] == [0.5, 0.8]
    assert measure(judged, "hidden") == pytest.approx((4 + 8) / (8 + 10))
    assert (judged.score, measure(judged, "recall"), measure(judged, "precision")) == (0, 0, 1)
    assert judged.hints() == ("Hidden in part only: something can still be read",)


def test_f2_counts_recall_four_times() -> None:
    # One of two hidden, one needless span beside it: P 1/2, R 1/2. Then all hidden, and two needless: P 1/2, R 1.
    name, road, noise = LIND.span("Anna Lind"), LIND.span("12 Mill-Road", "place"), LIND.span("please")
    assert LIND.judge(name, noise, rubric=RUBRIC).score == pytest.approx(0.5)
    judged = LIND.judge(name, road, noise, LIND.span("Call"), rubric=RUBRIC)
    assert judged.score == pytest.approx(5 * 0.5 * 1 / (4 * 0.5 + 1))
    assert [(finding.kind, finding.severity) for finding in judged.findings] == [("extra", "error")] * 2
    assert messages(judged)[0] == "You hid 'please'; it does not have to be hidden."
    only_recall = LIND.judge(name, rubric=RUBRIC)
    assert only_recall.score == pytest.approx(5 * 1 * 0.5 / (4 * 1 + 0.5))
    assert only(only_recall).message == "'12 Mill-Road' is not hidden; it is a place."


def test_one_long_span_over_a_text_is_no_redaction() -> None:
    text = case("Dear all, the meeting with [Anna|person] is at nine o'clock, in the large room upstairs. Best wishes")
    judged = text.judge(Span("b", "person", 0, len(text.item.text)), rubric=RUBRIC)
    assert (judged.score, measure(judged, "recall"), measure(judged, "precision")) == (0, 1, 0)
    assert only(judged).message.endswith("most of it does not have to be hidden.")


def test_a_wide_span_is_a_warning() -> None:
    judged = LIND.judge(LIND.span("Anna Lind at 12 Mill-Road", "place"), rubric=RUBRIC)
    assert judged.score == 1
    assert [(finding.kind, finding.severity) for finding in judged.findings] == [
        ("mismatching_label", "warning"),
        ("boundary", "warning"),
    ]
    assert messages(judged) == [
        "You called 'Anna Lind' a place; it is a person.",
        "You hid 'Anna Lind at 12 Mill-Road'; 'at' does not have to be hidden.",
    ]
    assert measure(judged, "classes") == 0.5


def test_difficult_gold_is_set_aside() -> None:
    text = case("[Anna|person] works at [Mill House|place?].")
    for labels in ((text.span("Anna"),), (text.span("Anna"), text.span("at Mill House", "place"))):
        judged = text.judge(*labels, rubric=RUBRIC)
        assert (judged.score, judged.findings, judged.decisions) == (1.0, (), 1)
    assert judged.items["t1"].covered == (labels[1].id,)


def test_another_extent_counts() -> None:
    text = case("Ask [Dr [Anna Lind|~]|person].", why="A title says nothing about one person.")
    assert text.judge(text.span("Anna Lind"), rubric=RUBRIC).score == 1
    assert text.judge(text.span("Dr Anna Lind"), rubric=RUBRIC).findings == ()
    finding = only(text.judge(text.span("Anna"), rubric=RUBRIC))
    assert finding.message == (
        "One can still read 'Lind' of 'Dr Anna Lind', a person: A title says nothing about one person."
    )


def test_a_secret_without_letters() -> None:
    text = case("Meet [🎉🏟️|person] and Bob.")
    hidden = text.judge(text.span("🎉🏟️ and"), rubric=RUBRIC)
    assert measure(hidden, "recall") == 1
    assert "missing" not in [finding.kind for finding in hidden.findings]
    assert only(text.judge(text.span("🎉"), rubric=RUBRIC)).kind == "leak"


def test_nothing_hidden_and_nothing_to_hide() -> None:
    assert judge_many({}, [LIND], RUBRIC).score == 0
    assert [finding.kind for finding in judge_many({}, [LIND], RUBRIC).findings] == ["unlabelled"]
    empty = case("Nothing is private here.")
    assert empty.judge(rubric=RUBRIC).score == 1
    assert empty.judge(empty.span("private"), rubric=RUBRIC).score == 0


def test_classes_are_counted_by_what_they_are() -> None:
    judged = LIND.judge(LIND.span("Anna Lind", "place"), LIND.span("12 Mill-Road", "place"), rubric=RUBRIC)
    assert [(row.label, row.gold, row.labelled, row.found, row.confused) for row in judged.classes] == [
        ("person", 1, 0, 1, 1),
        ("place", 1, 2, 1, 0),
        ("organisation", 0, 0, 0, 0),
    ]
    assert [row.f1 for row in judged.classes] == [1, 1, 1], "hidden is hidden, whatever it was called"
    text = case("[Anna|person] and [Bob|person] and [Bea|person] live here, at number seven.")
    for labels, f1 in (
        ((text.span("Anna and Bob and Bea"),), 1.0),
        ((text.span("Anna"), text.span("Bob"), text.span("live")), 2 / 3),
    ):
        row = text.judge(*labels, rubric=RUBRIC).classes[0]
        assert row.f1 == pytest.approx(f1)
        assert max(row.precision, row.recall, row.f1) <= 1
