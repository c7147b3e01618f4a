"""What a notebook shows of an exercise: its guideline, its status, and the feedback on practice items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import msgspec

from goldlabel.annotations import Annotation, Choice, Gold, Item, ItemGold, KeyFact, LabelSet, Written, only
from goldlabel.exercises import ExerciseSpec
from goldlabel.review import (
    ItemReview,
    RegionRubric,
    RelationRubric,
    Review,
    SegmentRubric,
    SpanRubric,
    SummaryRubric,
    TranscriptRubric,
)
from goldlabel.review.choice_overlay import choice_line, choice_overlay
from goldlabel.review.confusion import confusion_table
from goldlabel.review.html import classes_table, findings_table, measures_table, score_bar
from goldlabel.review.listening import heard_findings, player
from goldlabel.review.overlay import (
    legend_html,
    redaction_overlay,
    regions_overlay,
    relations_overlay,
    segments_overlay,
    spans_overlay,
    transcript_overlay,
)
from goldlabel.review.summary_overlay import summary_overlay
from goldlabel.review.wording import article, counted, noun, shown, thing

__all__ = ["Feedback", "Guideline", "Status", "judged_picture"]

_LEVELS_WITH_PACE = ("good", "production")
"""Accuracy comes first: pace is shown from this level on."""


class Guideline(msgspec.Struct, frozen=True):
    """A guideline to read.

    Attributes:
        title: Of the exercise.
        text: Markdown.
    """

    title: str
    text: str

    def _repr_markdown_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Guideline: {self.title}>"


class Status(msgspec.Struct, frozen=True):
    """How far an exercise is."""

    spec: ExerciseSpec
    items: tuple[Item, ...]
    labels: LabelSet

    def state(self, item: str) -> str:
        """``done``, ``skipped`` (left out on purpose), ``begun`` (labels, but not finished) or ``to do``."""
        labels = self.labels.of(item)
        if labels.done:
            return "done"
        if labels.skipped:
            return "skipped"
        return "begun" if labels.annotations else "to do"

    def count(self, state: str) -> int:
        """How many items are in a state."""
        return sum(self.state(item.id) == state for item in self.items)

    @property
    def done(self) -> tuple[str, ...]:
        """Ids of the items that are finished."""
        return tuple(item.id for item in self.items if self.state(item.id) == "done")

    @property
    def annotations(self) -> int:
        """How many annotations there are on the items of this turn."""
        return sum(len(self.labels.of(item.id).annotations) for item in self.items)

    @property
    def sentence(self) -> str:
        """What is left to do, in one or two sentences."""
        total, done, begun, skipped = len(self.items), *map(self.count, ("done", "begun", "skipped"))
        things = counted(total, thing(self.items))
        labels = counted(self.annotations, noun(self.spec.task), noun(self.spec.task, 2))
        if done == total:
            advice = "Hand it in when you are content." if self.spec.exam else "Run the check to see how you did."
            whole = f"All {things} are" if total > 1 else f"The {thing(self.items)} is"
            return f"{whole} done, with {labels}. {advice}"
        if not (done or begun or skipped):
            return f"Nothing is labelled yet: {things} wait{'s' * (total == 1)} in the widget above."
        unfinished = f", {begun} begun but not marked as done" if begun else ""
        left_out = f", {skipped} skipped" if skipped else ""
        return f"{done} of {things} {'are' if total > 1 else 'is'} done{unfinished}{left_out}, with {labels} so far."

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        marks = []
        for number, item in enumerate(self.items, start=1):
            state = self.state(item.id)
            mark = {"done": "✔", "begun": "…", "skipped": "↷", "to do": "·"}[state]
            marks.append(
                f'<span title="{escape(item.id)}: {state}" style="display:inline-block;min-width:44px;padding:3px 6px;'
                f"margin:2px;border:1px solid currentColor;border-radius:5px;text-align:center;"
                f'opacity:{1 if state != "to do" else 0.55}">{number} {mark}</span>'
            )
        return f"<div>{''.join(marks)}</div><p>{escape(self.sentence)}</p>"


def judged_picture(
    spec: ExerciseSpec,
    item: Item,
    labels: Sequence[Annotation],
    gold: ItemGold,
    judged: ItemReview,
    *,
    picture: str,
) -> str:
    """One judged item as HTML: the overlay, its legend, and the findings with the rules that they broke."""
    if spec.task == "choice":
        answers, true = only(labels, Choice), only(gold.annotations, Choice)
        figure = choice_overlay(item, answers, true, judged, colors=spec.colors, picture=picture)
        return figure + findings_table(judged.findings, spec.rule_titles)
    if isinstance(spec.rubric, SummaryRubric):
        texts, good = only(labels, Written), only(gold.annotations, Written)
        figure = summary_overlay(item, texts, only(gold.annotations, KeyFact), good, spec.rubric)
        return figure + findings_table(judged.findings, spec.rule_titles)
    if overlay := _judged_recording(spec, item, labels, gold, judged):
        whole = f"<div>{player(picture)}</div>" if picture else ""
        return f"{whole}{overlay}{heard_findings(judged.findings, spec.rule_titles, picture)}"
    if overlay := _judged_text(spec, item, labels, gold, judged):
        return overlay + findings_table(judged.findings, spec.rule_titles)
    if not isinstance(spec.rubric, RegionRubric):
        raise TypeError(f"no picture is known for {type(spec.rubric).__name__}")
    edges = spec.skeleton.edges if spec.skeleton else ()
    overlay = regions_overlay(item, labels, gold.annotations, judged, picture=picture, rubric=spec.rubric, edges=edges)
    return f"{overlay}{legend_html(spec.task)}{findings_table(judged.findings, spec.rule_titles)}"


def _judged_recording(
    spec: ExerciseSpec, item: Item, labels: Sequence[Annotation], gold: ItemGold, judged: ItemReview
) -> str:
    """The judged recording of a task on sounds; empty for other tasks."""
    match spec.rubric:
        case SegmentRubric():
            return segments_overlay(item, labels, gold, judged, rubric=spec.rubric, colors=spec.colors)
        case TranscriptRubric():
            return transcript_overlay(item, labels, gold, rubric=spec.rubric, colors=spec.colors)
        case _:
            return ""


def _judged_text(
    spec: ExerciseSpec, item: Item, labels: Sequence[Annotation], gold: ItemGold, judged: ItemReview
) -> str:
    """The judged text of a task on texts; empty for other tasks."""
    match spec.rubric:
        case SpanRubric(scheme="redaction"):
            overlay = redaction_overlay
        case SpanRubric():
            overlay = spans_overlay
        case RelationRubric():
            overlay = relations_overlay
        case _:
            return ""
    return overlay(item, labels, gold, judged, colors=spec.all_colors)


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """The review of practice items, with pictures.

    Attributes:
        spec: The exercise.
        review: The verdicts.
        items: The items judged.
        labels: The learner's labels.
        gold: Practice gold.
        pictures: Address of each picture that is shown whole; a text has none.
        waiting: How many items of the turn have no label yet.
        pace: Active seconds by item; items without any are left out.
    """

    spec: ExerciseSpec
    review: Review
    items: tuple[Item, ...]
    labels: LabelSet
    gold: Gold
    pictures: Mapping[str, str]
    waiting: int
    pace: Mapping[str, float]

    def item_html(self, item_id: str) -> str:
        """Overlay and findings of one item."""
        item = next(one for one in self.items if one.id == item_id)
        judged = self.review.items[item_id]
        drawn = self.labels.of(item_id).annotations
        picture = self.pictures.get(item_id, "")
        body = judged_picture(self.spec, item, drawn, self.gold.of(item_id), judged, picture=picture)
        return (
            f'<div style="margin:10px 0 18px"><p style="margin:0 0 6px"><b>{escape(item_id)}</b>: '
            f"score {shown(judged.score)}</p>{body}</div>"
        )

    def _repr_html_(self) -> str:
        if not self.items:
            return f"<p>{escape(self._nothing())}</p>"
        review = self.review
        waiting = (
            f"<p>{counted(self.waiting, thing(self.items))} of this turn without any label: not judged.</p>"
            if self.waiting
            else ""
        )
        return (
            score_bar(review.score, review.level, self.spec.rubric.bars, review.interval)
            + waiting
            + measures_table(review.measures)
            + (confusion_table(review.confusion) if review.confusion else "")
            + (classes_table(review) if review.classes else "")
            + self._pace_html()
            + "".join(self.item_html(item.id) for item in self.items if not self._folded(item))
            + self._folded_html()
        )

    def _folded(self, item: Item) -> bool:
        """Whether one line is enough: choices that are right, of which there may be sixty."""
        return self.spec.task == "choice" and not self.review.items[item.id].findings

    def _folded_html(self) -> str:
        lines = [
            choice_line(
                item,
                only(self.labels.of(item.id).annotations, Choice),
                only(self.gold.of(item.id).annotations, Choice),
            )
            for item in self.items
            if self._folded(item)
        ]
        if not lines:
            return ""
        return (
            f'<details><summary style="cursor:pointer">{len(lines)} right answers, and why they are right</summary>'
            f'<ul style="margin:6px 0 8px 18px">{"".join(lines)}</ul></details>'
        )

    def _nothing(self) -> str:
        # No item is judged, so what the items are is asked of the exercise.
        things = counted(self.waiting, thing(self.spec.pool()))
        return f"Nothing to check yet: label one of the {things} above, then run this cell again."

    def _pace_html(self) -> str:
        labels = sum(len(self.labels.of(item).annotations) for item in self.pace)
        if not labels:
            return ""
        if self.review.level not in _LEVELS_WITH_PACE:
            return "<p><small>Your pace is shown once your score is good. Accuracy comes first.</small></p>"
        each, one = sum(self.pace.values()) / labels, noun(self.spec.task)
        many = counted(labels, one, noun(self.spec.task, 2))
        return f"<p>Your pace: {each:.1f} s {article(one)}, idle time left out ({many}).</p>"

    def __repr__(self) -> str:
        if not self.items:
            return self._nothing()
        judged = f"{shown(self.review.score)} ({self.review.level}) on {counted(len(self.items), thing(self.items))}"
        return f"Score {judged}, {counted(len(self.review.findings), 'finding')}"
