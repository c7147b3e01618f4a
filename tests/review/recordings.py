"""Small recordings for the tests of what is heard: turns and sounds as tuples, judged against each other."""

from __future__ import annotations

from goldlabel.annotations import Annotation, Gold, Item, ItemGold, ItemLabels, LabelSet, Segment
from goldlabel.review import Review, Rubric, review

SECONDS = 20.0
Said = tuple[float, float, str] | tuple[float, float, str, str]


def item(name: str = "a1", seconds: float = SECONDS) -> Item:
    return Item(name, f"{name}.opus", 0, 0, "practice", "synthesised", "CC0-1.0", "", "easy", seconds=seconds)


def segments(*said: Said, prefix: str = "b", **attributes: str | bool) -> tuple[Segment, ...]:
    """Segments from ``(start, end, class)`` or ``(start, end, speaker, text)``."""
    return tuple(
        Segment(
            id=f"{prefix}{n}",
            start=one[0],
            end=one[1],
            label=one[2],
            text=one[3] if len(one) > 3 else "",
            attributes=attributes,
        )
        for n, one in enumerate(said, start=1)
    )


def judge(
    mine: tuple[Annotation, ...],
    true: tuple[Annotation, ...],
    rubric: Rubric,
    classes: tuple[str, ...],
    *,
    done: bool = True,
) -> Review:
    """One recording, judged."""
    return judge_many([(mine, true)], rubric, classes, done=done)


def judge_many(
    cases: list[tuple[tuple[Annotation, ...], tuple[Annotation, ...]]],
    rubric: Rubric,
    classes: tuple[str, ...],
    *,
    done: bool = True,
) -> Review:
    """Several recordings, named ``a1``, ``a2`` ..., judged."""
    items = [item(f"a{n}") for n in range(1, len(cases) + 1)]
    gold = {one.id: ItemGold(true) for one, (_, true) in zip(items, cases, strict=True)}
    labels = {one.id: ItemLabels(mine, done=done) for one, (mine, _) in zip(items, cases, strict=True)}
    return review(
        LabelSet(exercise="e", items=labels),
        Gold(dataset="d", pool="practice", version="1", made="by hand", agreement="exact", items=gold),
        rubric,
        items=items,
        classes=classes,
    )


def measure(judged: Review, name: str) -> float:
    """The value of one measure."""
    return next(one.value for one in judged.measures if one.name == name)


def messages(judged: Review) -> list[str]:
    return [finding.message for finding in judged.findings]
