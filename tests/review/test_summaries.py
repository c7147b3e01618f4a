"""The review of summaries on one small text that can be judged by eye."""

from __future__ import annotations

import pytest

from goldlabel.annotations import Choice, Gold, Item, ItemGold, ItemLabels, KeyFact, LabelSet, Written
from goldlabel.errors import GoldError
from goldlabel.review import Review, SummaryRubric, review
from goldlabel.review.rubric import Bars
from goldlabel.review.summary_overlay import summary_overlay

SOURCE = (
    "The mill at Ard closes for a week from 3 May. Its shop stays open. Tom Lind, the miller, first spoke of two "
    "weeks; his sister Eva Lind, who keeps the books, put it right. Whether the new dam is to blame for the "
    "low water is open."
)
FACTS = (
    KeyFact(
        id="f1",
        label="summary",
        fact="The mill closes for a week.",
        phrases=(("mill",), ("week", "7 days")),
        contradictions=("two weeks",),
        attributes={"evidence": "closes for a week", "rule": "R3"},
    ),
    KeyFact(id="f2", label="summary", fact="The shop stays open.", phrases=(("shop",), ("open", "not ... clos*"))),
)
GOOD = "From 3 May, Ard's mill shuts for a week; the shop remains open."
RUBRIC = SummaryRubric(most_words=20, most_copied=6, rules={"fact_missing": "R1", "too_long": "R7", "copied": "R8"})


def item(name: str) -> Item:
    return Item(name, "", 0, 0, "practice", "written", "CC0-1.0", "", "easy", text=SOURCE)


def judged(*texts: str | tuple[object, ...], rubric: SummaryRubric = RUBRIC) -> Review:
    items = [item(f"t{n}") for n in range(len(texts))]
    gold = Gold(
        dataset="d", pool="practice", version="1", made="by hand", agreement="none",
        items={one.id: ItemGold((Written(id="summary", label="summary", text=GOOD), *FACTS)) for one in items},
    )  # fmt: skip
    labels = LabelSet(
        exercise="e",
        items={
            one.id: ItemLabels((Written(id="summary", label="summary", text=text),) if isinstance(text, str) else text)  # type: ignore[arg-type]
            for one, text in zip(items, texts, strict=True)
        },
    )
    return review(labels, gold, rubric, items=items, classes=["summary"])


def parts(found: Review) -> dict[str, float]:
    return {one.name: one.value for one in found.measures}


def kinds(found: Review) -> list[str]:
    return [one.kind for one in found.findings]


def test_a_good_summary_has_nothing_to_complain_of() -> None:
    found = judged(GOOD)
    assert (found.score, found.level, found.findings, found.decisions) == (1.0, "production", (), 2)
    assert parts(found) == {"complete": 1, "faithful": 1, "short": 1, "own_words": 1}


def test_half_of_the_facts_is_half_of_the_score() -> None:
    found = judged("Ard's mill shuts for a week.")
    assert (found.score, kinds(found)) == (0.5, ["fact_missing"])
    assert "The shop stays open." in found.findings[0].message
    assert found.findings[0].rule == "R1"


def test_a_fact_told_wrongly_makes_it_worthless() -> None:
    found = judged("The mill shuts for two weeks, the shop is open.")
    assert (found.score, kinds(found)) == (0, ["contradicted"])
    (finding,) = found.findings
    assert finding.message == 'You write "two weeks". The source says: The mill closes for a week.'
    assert finding.rule == "R3", "gold's own rule comes first"


def test_what_the_source_does_not_have_takes_half() -> None:
    found = judged("The mill shuts for a week; the shop in Brill is open.")
    assert (found.score, kinds(found)) == (0.5, ["not_in_source"])
    assert '"Brill" does not stand in the source' in found.findings[0].message
    found = judged("The mill shuts for a week; the shop in Brill is open from 9.")
    assert (found.score, kinds(found)) == (0, ["not_in_source"])
    assert '"Brill" and "9" do not stand' in found.findings[0].message


def test_too_many_words() -> None:
    found = judged(GOOD + " That is all that there is to say about it here, and no more than that.")
    words = 13 + 16
    assert found.score == pytest.approx(20 / words)
    assert found.findings[0].message == f"{words} words, {words - 20} over the limit of 20."


def test_copied_words() -> None:
    text = "The mill at Ard closes for a week; one can still shop, it is open."
    found = judged(text)
    assert kinds(found) == ["copied"]
    assert '8 words in a row are the source\'s own: "The mill at Ard closes for a week"' in found.findings[0].message
    assert found.score == pytest.approx(1 - 8 / 15)


def test_nothing_written_and_what_is_no_summary() -> None:
    found = judged(())
    assert (found.score, kinds(found), set(parts(found).values())) == (0, ["unlabelled"], {0.0})
    assert judged("   ").findings[0].kind == "unlabelled"
    one = Written(id="summary", label="summary", text=GOOD)
    found = judged((Choice("class", "summary"), one, one, Written(id="x", label="poem", text="o")))
    assert [one.severity for one in found.findings] == ["format"] * 3
    assert found.score == 1


def test_ends_and_intervals() -> None:
    assert judged().score == 1
    found = judged(GOOD, GOOD, GOOD, "Ard's mill shuts for a week.", "")
    assert found.score == pytest.approx(0.7)
    assert found.interval is not None
    assert found.interval.low < 0.7 < found.interval.high
    bars = SummaryRubric(most_words=20, most_copied=6, measure_bars={"complete": 0.99}, bars=Bars(0.1, 0.2, 0.3))
    assert judged("Ard's mill shuts for a week.", rubric=bars).level == "good", "production asks every measure"
    assert "Key facts that are left out" in found.hints()


def test_gold_without_facts_is_no_gold() -> None:
    gold = Gold(dataset="d", pool="practice", version="1", made="m", agreement="a", items={"t": ItemGold()})
    with pytest.raises(GoldError, match="no key fact"):
        review(LabelSet(exercise="e"), gold, RUBRIC, items=[item("t")], classes=["summary"])


@pytest.mark.parametrize("bad", [{"most_words": 0}, {"most_copied": 1}, {"novel_costs": 1.5}])
def test_rubrics_that_nobody_can_meet_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"summary|novel_costs"):
        SummaryRubric(**bad)  # type: ignore[arg-type]


def test_the_overlay_shows_evidence_and_escapes_what_was_written() -> None:
    text = "The mill <b>there closes for a week in Brill."
    html = summary_overlay(item("t"), [Written(id="summary", label="summary", text=text)], FACTS, [], RUBRIC)
    assert "&lt;b&gt;" in html
    assert "<b>there" not in html
    assert 'closes for a week</span><sup style="font-weight:700">1</sup>' in html
    assert "✖ <b>not found</b>: The shop stays open." in html
    assert "does not understand" in html.replace("\n", " ")
    assert "copied from the source" not in html, "five words in a row are no copy"
    assert "Nothing is written yet." in summary_overlay(item("t"), [], FACTS, [], RUBRIC)
