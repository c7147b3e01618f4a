"""From relations to a small knowledge base: facts of texts, their graph, a question, and what one wrong fact does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import Relation, Span, only
from goldlabel.exercises import find_exercise
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import Picture
from goldlabel.review.html import text_table
from goldlabel.review.wording import plain

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["TEXTS", "WRONG", "Fact", "Wrong", "facts", "knowledge_base", "pair_table", "working_for"]

EXERCISE = "w3-relations"

TEXTS = ("nw-210", "nw-219", "nw-223")
"""Three practice texts about firms of one man, in which the knowledge base looks."""

ROOT = "Aurel Stoica"
"""The man; the question of :func:`knowledge_base` is who works for what is his."""


class Fact(msgspec.Struct, frozen=True):
    """A relation between two names, apart from its text.

    Attributes:
        head: Name of the head, as the text has it.
        label: Class of the relation.
        tail: Name of the tail.
        item: The text.
        head_class: What the head is.
        tail_class: What the tail is.
    """

    head: str
    label: str
    tail: str
    item: str
    head_class: str = ""
    tail_class: str = ""


class Wrong(msgspec.Struct, frozen=True):
    """A fact that a hurried annotator would add.

    Attributes:
        fact: What no text states.
        why: What the text says instead.
    """

    fact: Fact
    why: str


WRONG = (
    Wrong(
        Fact("Moira Klint", "works_for", "Spoonful", "nw-223"),
        "she denies it; the text says that her husband does",
    ),
    Wrong(
        Fact("Prakash Lee", "works_for", "Daily Loaf", "nw-219"),
        "he has just left",
    ),
    Wrong(
        Fact("Daily Loaf", "owns", "Institute of Crusts", "nw-219"),
        "the text says nothing of an owner; the two only stand in one sentence",
    ),
)
"""Of :data:`TEXTS`; a test sees that gold has none of them."""


def facts(item_ids: Sequence[str]) -> tuple[Fact, ...]:
    """What gold says of practice texts, in the order of the texts; what is set aside is left out.

    Raises:
        ExerciseError: There is no such practice text.
    """
    found = []
    for item_id in item_ids:
        spec, item = practice_item(EXERCISE, item_id)
        names = {one.id: (item.text[one.start : one.end], one.label) for one in only(item.given, Span)}
        for one in only(gold_of(spec).of(item_id).scored, Relation):
            (head, head_class), (tail, tail_class) = names[one.head], names[one.tail]
            found.append(Fact(head, one.label, tail, item_id, head_class, tail_class))
    return tuple(found)


def working_for(known: Iterable[Fact], owner: str) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Who works for a firm that belongs to ``owner``, be it through other firms.

    Returns:
        Each person with the facts that lead from the owner to it, in the order in which they were found.
    """
    known = tuple(known)
    # Walks the owners down, the nearest first; firms that own each other in a ring are visited once.
    ways: dict[str, tuple[Fact, ...]] = {owner: ()}
    queue = [owner]
    for name in queue:
        for fact in known:
            if fact.label == "owns" and fact.head == name and fact.tail not in ways:
                ways[fact.tail] = (*ways[name], fact)
                queue.append(fact.tail)
    found: dict[str, tuple[Fact, ...]] = {}
    for name, way in ways.items():
        for fact in known:
            if fact.label == "works_for" and fact.tail == name and name != owner:
                found.setdefault(fact.head, (*way, fact))
    return tuple(found.items())


def knowledge_base() -> VBox:
    """Tick wrong facts, or a missing one; the answer to one question follows."""
    from ipywidgets import HTML, Checkbox, Layout, VBox

    gold = facts(TEXTS)
    lost = next(fact for fact in gold if fact.label == "owns" and fact.tail == "Spoonful")
    wide = Layout(width="auto", max_width="100%")
    boxes = [Checkbox(value=False, description=f"add: {_said(one.fact)}", indent=False, layout=wide) for one in WRONG]
    left_out = Checkbox(value=False, description=f"leave out: {_said(lost)}", indent=False, layout=wide)
    view = HTML()

    def draw(_change: object = None) -> None:
        added = [one for one, box in zip(WRONG, boxes, strict=True) if box.value]
        known = [fact for fact in gold if not (left_out.value and fact == lost)]
        view.value = _answer_html([*known, *(one.fact for one in added)], added, gold)

    for box in (*boxes, left_out):
        box.observe(draw, names="value")
    draw()
    return VBox([*boxes, left_out, view])


def _said(fact: Fact) -> str:
    return f"{fact.head} → {plain(fact.label)} → {fact.tail}"


def _answer_html(known: Sequence[Fact], added: Sequence[Wrong], gold: Sequence[Fact]) -> str:
    right = {name for name, _ in working_for(gold, ROOT)}
    answers = working_for(known, ROOT)
    rows = []
    for name, way in answers:
        verdict = "✔" if name in right else "✖ no text says so"
        through = "; ".join(f"{fact.head} {plain(fact.label)} {fact.tail}" for fact in way)
        rows.append((name, through, verdict))
    missing = sorted(right - {name for name, _ in answers})
    rows += [(name, "", "✖ not found") for name in missing]
    table = text_table(("Answer", "Because", "Right?"), rows)
    whys = "".join(f"<li>{escape(_said(one.fact))}: {escape(one.why)}.</li>" for one in added)
    note = f'<p style="margin:6px 0 0">What the texts say:</p><ul style="margin:2px 0">{whys}</ul>' if whys else ""
    return f"<p><b>Who works for a firm that belongs to {ROOT}?</b></p>{table}{note}"


def pair_table(item_ids: Sequence[str]) -> Picture:
    """Of practice texts: how many names, how many ordered pairs, how many of these a class may join, how many are."""
    spec = find_exercise(EXERCISE)
    rows, said = [], []
    for item_id in item_ids:
        _, item = practice_item(EXERCISE, item_id)
        names = only(item.given, Span)
        pairs = [(head.label, tail.label) for head in names for tail in names if head.id != tail.id]
        allowed = sum(any(head in one.heads and tail in one.tails for one in spec.classes) for head, tail in pairs)
        related = len({(fact.head, fact.tail) for fact in facts([item_id])})
        rows.append((item_id, str(len(names)), str(len(pairs)), str(allowed), str(related)))
        said.append(f"{item_id}: {len(names)} names, {len(pairs)} pairs, {related} related")
    heads = ("text", "names", "pairs, with direction", "that a class may join", "related, as the text says")
    return Picture(text_table(heads, rows), "; ".join(said))
