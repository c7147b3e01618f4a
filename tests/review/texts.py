"""What tests of text reviews share: texts with their gold marked inline, and short ways to label and judge them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from goldlabel.annotations import Annotation, Gold, Item, ItemGold, ItemLabels, LabelSet, Relation, Span
from goldlabel.review import Finding, RelationRubric, Review, SpanRubric, review

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))

from studio.marked import compiled

CLASSES = ("person", "place", "organisation")
LINKS = ("works_for", "lives_in", "knows")


class Case(msgspec.Struct, frozen=True):
    """One text with its gold."""

    item: Item
    gold: tuple[Annotation, ...]

    def span(self, words: str, label: str = "person", name: str = "", nth: int = 1) -> Span:
        """A span on the ``nth`` occurrence of ``words``."""
        start = -1
        for _ in range(nth):
            start = self.item.text.index(words, start + 1)
        return Span(name or f"b{start}-{len(words)}-{label}", label, start, start + len(words))

    def judge(self, *labels: Annotation, rubric: SpanRubric | RelationRubric, done: bool = True) -> Review:
        return judge_many({self.item.id: labels}, [self], rubric, done=done)


def case(marked: str, name: str = "t1", **attributes: bool | float | str) -> Case:
    """A text with spans marked inline; ``attributes`` are set on every gold span."""
    text, spans = compiled(marked, where=name)
    gold = tuple(msgspec.structs.replace(one, attributes={**one.attributes, **attributes}) for one in spans)
    return Case(item(text, name), gold)


def item(text: str, name: str = "t1", given: tuple[Annotation, ...] = ()) -> Item:
    return Item(name, "", 0, 0, "practice", "written", "CC0-1.0", "0" * 64, "easy", text=text, given=given)


def linked(marked: str, *gold: Relation, name: str = "t1") -> Case:
    """A text with given entities and gold relations between them."""
    text, spans = compiled(marked, where=name)
    return Case(item(text, name, spans), gold)


def judge_many(
    labels: Mapping[str, Sequence[Annotation]],
    cases: Sequence[Case],
    rubric: SpanRubric | RelationRubric,
    *,
    done: bool = True,
) -> Review:
    true = Gold(
        dataset="d",
        pool="practice",
        version="1.0.0",
        made="written",
        agreement="none",
        items={one.item.id: ItemGold(one.gold) for one in cases},
    )
    mine = LabelSet(exercise="e", items={name: ItemLabels(tuple(one), done=done) for name, one in labels.items()})
    classes = LINKS if isinstance(rubric, RelationRubric) else CLASSES
    return review(mine, true, rubric, items=[one.item for one in cases], classes=classes)


def messages(judged: Review) -> list[str]:
    return [finding.message for finding in judged.findings]


def only(judged: Review) -> Finding:
    assert len(judged.findings) == 1, messages(judged)
    return judged.findings[0]


def measure(judged: Review, name: str) -> float:
    return next(one.value for one in judged.measures if one.name == name)
