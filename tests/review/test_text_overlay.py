"""Texts with their marks as HTML: well formed, escaped, the words unchanged, every verdict told by sign and line."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import ItemGold, Relation, Span
from goldlabel.review import RelationRubric, SpanRubric
from goldlabel.review.overlay import plain_overlay, redaction_overlay, relations_overlay, spans_overlay
from goldlabel.review.overlay.text_marks import VERDICTS, Look, Mark, marked_text, text_legend
from tests.review.texts import CLASSES, Case, case, item, linked

COLORS = {"person": "#0072B2", "place": "#009E73", "organisation": "#D55E00"}
REDACTION = SpanRubric(scheme="redaction")


def page(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def words(html: str) -> str:
    """The text of the first text block, without tags."""
    block = next(one for one in page(html).iter("div") if one.get("dir") == "auto")

    def told(one: ElementTree.Element) -> str:
        return (one.text or "") + "".join(("" if k.tag == "bdi" else told(k)) + (k.tail or "") for k in one)

    return told(block)


def tags(html: str) -> list[str]:
    return ["".join(one.itertext()) for one in page(html).iter("bdi") if "font-size:11px" in (one.get("style") or "")]


def drawn(text: Case, *labels: Span | Relation, rubric: SpanRubric | RelationRubric) -> str:
    overlay = (
        relations_overlay
        if isinstance(rubric, RelationRubric)
        else redaction_overlay
        if rubric.scheme == "redaction"
        else spans_overlay
    )
    judged = text.judge(*labels, rubric=rubric).items["t1"]
    return overlay(text.item, labels, ItemGold(text.gold), judged, colors=COLORS)


marks = st.lists(st.tuples(st.integers(-2, 14), st.integers(-2, 14)), max_size=7)


@settings(deadline=None)
@given(st.text("ab <&\"'\n🎉\u0301א", min_size=1, max_size=12), marks)
def test_the_words_stay_as_they_are(text: str, stretches) -> None:
    html = marked_text(text, [Mark(a, b, Look("#009E73", "solid"), "<bdi>x</bdi>") for a, b in stretches])
    assert words(html) == text
    usable = [(a, b) for a, b in stretches if 0 <= a < b <= len(text)]
    assert html.count("<bdi>x</bdi>") == len(usable), "one tag a mark, however many pieces it has"


def test_the_line_of_an_outer_mark_is_further_down() -> None:
    inner, outer = Mark(2, 4, VERDICTS["right"]), Mark(0, 9, VERDICTS["missed"])
    html = marked_text("abcdefghi", [inner, outer])
    first, second = (one.get("style") or "" for one in page(html).iter("span"))
    assert "dashed" in first
    assert "1px 1px 6px" in first
    assert "1px 1px 1px" in second


def test_every_verdict_of_a_span() -> None:
    text = case(
        "Dr [Anna Lind|person] of [University of [Elmsford|place]|organisation], [Bob|person?], [Oakton|place], "
        "[Lake Mire|place], [Bea|person] on Monday <b>"
    )
    html = drawn(
        text,
        text.span("Dr Anna Lind"),
        text.span("University of Elmsford", "organisation"),
        text.span("Oakton"),
        text.span("Lake", "organisation"),
        text.span("Monday", "place"),
        rubric=SpanRubric(),
    )
    assert words(html) == text.item.text
    assert tags(html) == [
        "↔ person",
        "⊕ place: missed",
        "✔ organisation",
        "○ person",
        "✖ person → place",
        "↔ ✖ organisation → place",
        "⊕ person: missed",
        "⊖ place: extra",
    ]
    assert html.count("text-decoration:line-through") == 2, "the title, and the sample in the legend"


def test_a_label_on_difficult_gold_is_drawn_once() -> None:
    text = case("[Bob|person?] left.")
    assert tags(drawn(text, text.span("Bob", "place"), rubric=SpanRubric())) == ["○ place"]


def test_what_cannot_be_judged_is_not_drawn() -> None:
    text = case("[Bob|person] left.")
    labels = (Span("a", "person", 0, 3), Span("a", "place", 4, 6), Span("b", "x", 4, 6), Span("c", "place", 4, 999))
    assert tags(drawn(text, *labels, rubric=SpanRubric())) == ["✔ person"]


def test_a_redaction_shows_what_leaks_and_what_is_left() -> None:
    text = case("Call [Anna Lind|person] at [Mill House|place] or [Bea|person], not [Bob|person?] now.")
    labels = (text.span("Anna"), text.span("at Mill House", "person"), text.span("now"))
    html = drawn(text, *labels, rubric=REDACTION)
    assert words(html) == text.item.text
    assert tags(html) == [
        "⚠ person: can be read in part",
        "✔ person → place",
        "⊕ person: not hidden",
        "○ person",
        "⊖ need not be hidden",
    ]
    details = page(html).find(".//details")
    assert details is not None
    assert details.get("open") is not None
    left = "".join(details.itertext())
    assert "Lind █████████████ or Bea" in left
    assert "Anna" not in left
    done = drawn(text, text.span("Anna Lind"), text.span("Mill House"), text.span("Bea"), rubric=REDACTION)
    assert "<details><summary" in done, "where nothing leaks it is folded"


def test_every_verdict_of_a_relation() -> None:
    text = linked(
        "[Anna|person:a] [Rovers|organisation:r] [Elmsford|place:e] [<Bea>|person:b]",
        Relation("g1", "works_for", "a", "r"),
        Relation("g2", "lives_in", "a", "e"),
        Relation("g3", "knows", "a", "b"),
        Relation("g4", "works_for", "b", "r"),
        Relation("g5", "lives_in", "b", "e", attributes={"difficult": True}),
    )
    html = drawn(
        text,
        Relation("1", "works_for", "a", "r"),
        Relation("2", "lives_in", "e", "a"),
        Relation("3", "knows", "b", "r"),
        Relation("4", "knows", "r", "e"),
        Relation("5", "knows", "zz", "e"),
        rubric=RelationRubric(),
    )
    assert words(html) == text.item.text
    rows = ["".join(one.itertext()) for one in page(html).iter("div") if "border-left:6px" in (one.get("style") or "")]
    assert rows == [
        "✔1 Anna─ works for ─▶2 Rovers",
        "⇄1 Anna─ lives in ─▶3 Elmsford(you said: 3 lives in 1)",
        "⊕1 Anna─ knows ─▶4 <Bea>(missed)",
        "✖4 <Bea>─ works for ─▶2 Rovers(you said: 4 knows 2)",
        "○4 <Bea>─ lives in ─▶3 Elmsford(does not count, whatever you say)",
        "⊖2 Rovers─ knows ─▶3 Elmsford(extra: the text does not state it)",
    ]


def test_plain_texts() -> None:
    text = case("[Anna|person] in [Elmsford|place].")
    html = plain_overlay(text.item, text.gold, COLORS)
    assert words(html) == text.item.text
    assert tags(html) == ["person", "place"]
    assert COLORS["person"] in html
    news = linked("[Anna|person:a] in [Elmsford|place:e].", Relation("g", "lives_in", "a", "e"))
    html = plain_overlay(news.item, news.gold, COLORS)
    assert tags(html) == ["1 person", "2 place"]
    assert "lives in" in html
    assert "No relation." in plain_overlay(news.item, (), COLORS)


def test_the_legend_names_every_sign() -> None:
    told = "".join(page(text_legend(tuple(VERDICTS), VERDICTS.values())).itertext())
    assert all(look.sign in told and look.meaning in told for look in VERDICTS.values())
    few = "".join(page(text_legend(tuple(VERDICTS), [VERDICTS["leak"]])).itertext())
    assert few == "⚠can still be read", "only what was used"


hostile = st.builds(
    Span,
    id=st.sampled_from("abc"),
    label=st.sampled_from([*CLASSES, "<script>"]),
    start=st.integers(-3, 30),
    end=st.integers(-3, 30),
)


@pytest.mark.parametrize("rubric", [SpanRubric(), REDACTION])
@settings(deadline=None, max_examples=60)
@given(labels=st.lists(hostile, max_size=7), gold=st.lists(hostile, max_size=4, unique_by=lambda one: one.id))
def test_whatever_was_marked_is_drawn(rubric: SpanRubric, labels, gold) -> None:
    text = "Anna 🎉 <b> of\nדנה & Co."
    usable = [one for one in gold if 0 <= one.start < one.end <= len(text) and one.label in CLASSES]
    scene = Case(item(text), tuple(one for one in usable if text[one.start : one.end].strip()))
    assert words(drawn(scene, *labels, rubric=rubric)) == text
