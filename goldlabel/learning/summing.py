"""Live figures of the lesson on summaries: a summary judged, why word overlap misleads, and what a check cannot see."""

from __future__ import annotations

from html import escape

import msgspec

from goldlabel.annotations import Choice, Gold, Item, ItemLabels, KeyFact, LabelSet, Written, only
from goldlabel.data import load_items, practice_gold
from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec, find_exercise
from goldlabel.feedback import judged_picture
from goldlabel.learning.figures import Picture
from goldlabel.metrics.summaries import novel_names, novel_numbers, rouge_1
from goldlabel.review import SummaryRubric, review
from goldlabel.review.html import text_table
from goldlabel.review.summaries import judge_summary
from goldlabel.review.wording import counted, shown

__all__ = ["FALSE", "HASTY", "TRUE", "checked_summaries", "judged_summary", "overlap_table"]

_WRITING, _JUDGING = "w3-summaries", "w3-summary-judging"
EXAMPLE = "ar-15"
"""The article of the lesson; nobody is asked to summarise it."""

HASTY = (
    "The town library of Hallow is now open on Sundays for good, as 300 people had asked for it. A guard and machines "
    "help the readers. Librarians are angry."
)
"""A bad summary of it: a trial made permanent, a number that was taken back, and an opinion blown up."""

TRUE = (
    "Hallow's readers can borrow books on Sundays from 4 May, as a test that runs until 27 July. 230 of them had "
    "wished for this. Nobody sits at the desk, to the annoyance of the union. What comes then is up to the council."
)
"""Right in every point, in fresh words."""

FALSE = (
    "From 4 May Hallow's library is open on Sunday afternoons for good. There will be librarians, but no guard and no "
    "machines, which their union criticises; the children's corner stays open. In a survey 300 readers had asked for "
    "it."
)
"""Wrong in five points, in the words of the good summary."""


class _Example(msgspec.Struct, frozen=True):
    """The lesson's article with its gold."""

    spec: ExerciseSpec
    rubric: SummaryRubric
    item: Item
    gold: Gold

    @property
    def good(self) -> str:
        """Its good summary."""
        return only(self.gold.of(self.item.id).annotations, Written)[0].text

    @property
    def facts(self) -> tuple[KeyFact, ...]:
        """Its key facts."""
        return only(self.gold.of(self.item.id).annotations, KeyFact)


def judged_summary(text: str = "") -> Picture:
    """The lesson's article beside a summary of it, judged as in the exercise.

    Args:
        text: The summary; gold's good one when empty.
    """
    one = _example()
    mine = Written(id="summary", label=one.spec.class_names[0], text=text or one.good)
    labels = LabelSet(exercise=one.spec.id, items={one.item.id: ItemLabels((mine,))})
    found = review(labels, one.gold, one.rubric, items=[one.item], classes=one.spec.class_names)
    gold = one.gold.of(one.item.id)
    html = judged_picture(one.spec, one.item, (mine,), gold, found.items[one.item.id], picture="")
    said = f"Score {shown(found.score)}, {counted(len(found.findings), 'finding')}"
    return Picture(f"<p><b>{said}.</b></p>{html}", said)


def overlap_table() -> Picture:
    """ROUGE-1 with the good summary, of one that is true and of one that is false, beside the key facts."""
    one = _example()
    rows = []
    for name, text in (("true, in fresh words", TRUE), ("false, in the same words", FALSE)):
        judged = judge_summary(text, one.item.text, one.facts, one.rubric)
        told = sum(fact.told for fact in judged.facts)
        wrong = sum(bool(fact.contradiction) for fact in judged.facts)
        facts = f"{told} of {len(judged.facts)} told" + (f", {wrong} told wrongly" if wrong else "")
        rows.append((name, text, f"{rouge_1(text, one.good):.2f}", facts))
    said = "; ".join(f"{name}: ROUGE-1 {overlap}, {facts}" for name, _, overlap, facts in rows)
    return Picture(text_table(("This summary is", "Text", "ROUGE-1 with the good one", "Key facts"), rows), said)


def checked_summaries() -> Picture:
    """What the automatic check finds in the unfaithful summaries of the judging exercise: counts, and no answers.

    Two ways of looking: for numbers and names that are new, and with the contradictions that somebody listed.
    """
    rubric = _rubric()
    gold = practice_gold("articles", "judging")
    false = [
        item
        for item in load_items("articles")
        if item.group == "judge" and only(gold.of(item.id).annotations, Choice)[0].label == "unfaithful"
    ]
    fresh = sum(bool(novel_numbers(one.text, one.beside) or novel_names(one.text, one.beside)) for one in false)
    copies = sum(judge_summary(one.text, one.beside, (), rubric).own_words < 1 for one in false)
    rows = [
        ("a number or name that the source does not have", str(fresh)),
        ("ten copied words in a row", str(copies)),
    ]
    said = (
        f"Of {counted(len(false), 'unfaithful summary', 'unfaithful summaries')}, numbers and names give away {fresh}"
    )
    return Picture(f"<p>{escape(said)}.</p>" + text_table(("Looking for", "finds, of " + str(len(false))), rows), said)


def _example() -> _Example:
    item = next((one for one in load_items("articles") if one.id == EXAMPLE), None)
    if item is None:
        raise ExerciseError(f"The article {EXAMPLE} is missing", where="articles", todo="Get the course again.")
    return _Example(find_exercise(_WRITING), _rubric(), item, practice_gold("articles"))


def _rubric() -> SummaryRubric:
    rubric = find_exercise(_WRITING).rubric
    if not isinstance(rubric, SummaryRubric):
        raise ExerciseError("Its rubric judges no summaries", where=_WRITING, todo="Get the course again.")
    return rubric
