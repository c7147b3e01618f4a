"""Texts with spans and relations as they are written: what stands in a source file, and how it is read.

A text carries its spans inline (see ``marked.py``), a reason for each that needs one, its relations and its topic:

    text = '''[Merrin|place:town]-based [Lantern|organisation:firm] will move.'''
    relations = ["firm based_in town (R2): 'Merrin-based'."]
    [texts.notes]
    "Merrin" = "R2: Only the name is marked, not '-based'."

A relation reads ``head class tail``, the rule that decides in brackets where it is not the class's own, and why.
After the class may stand ``/other``, another class that counts, too, and ``?``: set aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

from goldlabel.annotations import Annotation, Choice, Item, Relation, Span

from .marked import compiled
from .written import Piece, Pool, item, read

_RELATION = re.compile(r"(\w+) (\w+(?:/\w+)*)(\?)? (\w+)(?: \((R\d+)\))?(?:: (.+))?")
_NOTE = re.compile(r"(R\d+): (.+)")


class SourceError(ValueError):
    """A relation or a note of a source file is wrong; says which text and where."""


class Text(Piece, frozen=True, kw_only=True):
    """A text with spans.

    Attributes:
        notes: Rule and reason (``R3: why.``) by the words of a span; they hold for every span of these words.
        relations: What joins the spans, see the module.
        traps: Pairs that look related and are not, written as relations are, with the reason.
        topic: What the text is about; empty where nobody asks.
        topics_accepted: Other topics that count as right.
        topic_note: Rule and reason of the topic, where it is not the plain one.
        second: The text as the second, blind pass marked it; empty where it did not look.
        second_relations: What the second pass joined, without reasons; it did so where ``second_topic`` is set.
        second_topic: Topic that the second pass chose; empty where it did not look.
        first: The text as it was marked before the second pass showed a mistake in it; empty where nothing was mended.
        first_relations: The same of relations; ``("",)`` where there had been none.
    """

    notes: Mapping[str, str] = {}
    relations: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    topic: str = ""
    topics_accepted: tuple[str, ...] = ()
    topic_note: str = ""
    second: str = ""
    second_relations: tuple[str, ...] = ()
    second_topic: str = ""
    first: str = ""
    first_relations: tuple[str, ...] = ()


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of the texts, and where the answers lie.

    Attributes:
        name: Of the gold file.
        asks: For spans, relations or the topic.
        exercise: Its practice exercise; the exam's adds ``-exam``.
        group: Texts of this group only; of all groups when empty. Texts that are asked for relations come with spans.
    """

    name: str
    asks: Literal["spans", "relations", "topic"]
    exercise: str
    group: str = ""


class Source(Pool[Text], frozen=True, kw_only=True):
    """A pool of texts with spans.

    Attributes:
        tasks: The same in both pools.
        defaults: Rule and reason (``R3: why.``) by class, where a text has no note of its own.
    """

    tasks: tuple[Task, ...]
    defaults: Mapping[str, str]

    def asked(self, task: Task) -> list[Text]:
        """The texts of a task, by id."""
        return sorted((one for one in self.texts if task.group in ("", one.group)), key=lambda one: one.id)


def load(dataset: str) -> tuple[Source, Source]:
    """Both pools of a data set, practice first.

    Raises:
        ValueError: As :func:`written.read`; or the pools differ in tasks or defaults.
        SourceError: A second pass has changed the words of a text.
        MarkError: Marks are wrong.
    """
    practice, exam = read(dataset, Source)
    if (practice.tasks, practice.defaults) != (exam.tasks, exam.defaults):
        raise SourceError(f"{dataset}: the pools differ in their tasks or defaults")
    for one in (*practice.texts, *exam.texts):
        plain, _ = spans(one.text, one.id)
        for other in filter(None, (one.second, one.first)):
            if spans(other, one.id)[0] != plain:
                raise SourceError(f"{one.id}: the second or the first pass has other words than the text")
    return practice, exam


@cache
def spans(text: str, where: str) -> tuple[str, tuple[Span, ...]]:
    """As :func:`marked.compiled`, but all ids are ``s1``, ``s2`` ...: the names of a source ("seat") say too much."""
    plain, named = compiled(text, where=where)
    return plain, tuple(msgspec.structs.replace(s, id=f"s{number}") for number, s in enumerate(named, start=1))


@cache
def ids(text: str, where: str) -> Mapping[str, str]:
    """Ids of the spans by the names that the source gives them."""
    return {s.id: f"s{number}" for number, s in enumerate(compiled(text, where=where)[1], start=1)}


def given(one: Text) -> tuple[Span, ...]:
    """The spans that a text comes with where relations are asked for: nothing but id, class and place."""
    return tuple(Span(id=s.id, label=s.label, start=s.start, end=s.end) for s in spans(one.text, one.id)[1])


def items(sources: Sequence[Source]) -> list[Item]:
    """The items of both pools, by id. Only texts that are asked for relations come with their spans."""
    made = []
    for source in sources:
        joined = {one.id for task in source.tasks if task.asks == "relations" for one in source.asked(task)}
        for one in source.texts:
            plain, _ = spans(one.text, one.id)
            made.append(item(one, source.pool, plain, given(one) if one.id in joined else ()))
    return sorted(made, key=lambda item: item.id)


def gold_spans(source: Source, one: Text) -> tuple[Span, ...]:
    """The spans of a text with kind, rule and reason.

    Raises:
        SourceError: A note belongs to no span, or is no ``R3: why.``
    """
    plain, found = spans(one.text, one.id)
    if lost := set(one.notes) - {plain[s.start : s.end] for s in found}:
        raise SourceError(f"{one.id}: notes on what is no span: {', '.join(sorted(lost))}")
    return tuple(
        msgspec.structs.replace(
            s,
            attributes={
                **s.attributes,
                **_noted(one.id, one.kind, one.notes.get(plain[s.start : s.end], source.defaults[s.label])),
            },
        )
        for s in found
    )


def relations(
    one: Text, written: Iterable[str], kind: str = "", defaults: Mapping[str, str] | None = None
) -> tuple[Relation, ...]:
    """Relations as they stand in a source.

    Args:
        one: The text whose spans they join.
        written: See the module.
        kind: Of the text, for the attributes of gold; none are made without ``defaults``.
        defaults: Rule and reason by class.

    Raises:
        SourceError: One cannot be read, or joins what is not there or one thing with itself.
    """
    known = ids(one.text, one.id)
    made = []
    for number, line in enumerate(filter(None, written), start=1):
        match = _RELATION.fullmatch(line)
        if not match or match[1] == match[4] or not {match[1], match[4]} <= set(known):
            raise SourceError(f"{one.id}: this is no relation between two of its spans: {line!r}")
        head, classes, aside, tail, rule, why = match.groups()
        label, *accepted = classes.split("/")
        attributes: dict[str, bool | float | str] = {"difficult": True} if aside else {}
        if defaults is not None:
            plain_rule, plain_why = _note(one.id, defaults[label])
            attributes |= {"kind": kind, "rule": rule or plain_rule, "why": why or plain_why}
        made.append(
            Relation(
                id=f"r{number}",
                label=label,
                head=known[head],
                tail=known[tail],
                accepted=tuple(accepted),
                attributes=attributes,
            )
        )
    return tuple(made)


def answers(source: Source, task: Task, one: Text) -> tuple[Annotation, ...]:
    """What a perfect annotator answers to a task."""
    if task.asks == "spans":
        return gold_spans(source, one)
    if task.asks == "relations":
        return relations(one, one.relations, one.kind, source.defaults)
    note = one.topic_note or source.defaults[one.topic]
    return (Choice("class", one.topic, one.topics_accepted, attributes=_noted(one.id, one.kind, note)),)


def exercise(source: Source, task: Task) -> str:
    """Id of the exercise that asks the task of this pool."""
    return task.exercise if source.pool == "practice" else f"{task.exercise}-exam"


def _note(where: str, note: str) -> tuple[str, str]:
    match = _NOTE.fullmatch(note)
    if not match:
        raise SourceError(f"{where}: a note reads 'R3: why.', not {note!r}")
    return match[1], match[2]


def _noted(where: str, kind: str, note: str) -> dict[str, str]:
    rule, why = _note(where, note)
    return {"kind": kind, "rule": rule, "why": why}
