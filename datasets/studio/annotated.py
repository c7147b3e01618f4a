"""Written data sets with spans and relations, compiled to items, gold and second pass like those of ``written.py``.

    cd datasets
    ../.venv/bin/python -m studio.annotated news

What stands in their source files, ``marked_texts.py`` says.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from goldlabel.annotations import Annotation, Choice, Gold, ItemGold, ItemLabels, LabelSet, Relation, Span, encode

from .marked_texts import Source, Task, Text, answers, exercise, items, load, relations, spans
from .written import ROOT, kappa, lines, publish


def first_answers(task: Task, one: Text) -> tuple[Annotation, ...]:
    """What the first pass had answered before the second one was seen."""
    if task.asks == "spans":
        return spans(one.first or one.text, one.id)[1]
    if task.asks == "relations":
        return relations(one, one.first_relations or one.relations)
    return (Choice("class", one.topic),)


def second_answers(task: Task, one: Text) -> tuple[Annotation, ...] | None:
    """What the second pass answered; None where it did not look."""
    if task.asks == "spans":
        return spans(one.second, one.id)[1] if one.second else None
    if not one.second_topic:
        return None
    if task.asks == "relations":
        return relations(one, one.second_relations)
    return (Choice("class", one.second_topic),)


class Agreement(msgspec.Struct, frozen=True):
    """How well the two passes agree on a task.

    Attributes:
        texts: On which both looked.
        first: Answers of the first pass.
        second: Answers of the second one.
        same: Answers that are equal in every respect: ends, class, direction.
        value: F1 of the answers; Cohen's kappa where there is one answer a text.
    """

    texts: int
    first: int
    second: int
    same: int
    value: float

    def sentence(self, task: Task) -> str:
        """In one sentence, for gold and datasheet."""
        if task.asks == "topic":
            return f"{self.same} of {self.texts} texts alike, Cohen's kappa {self.value:.2f}"
        return (
            f"{self.first} {task.asks} in the first pass and {self.second} in the second over {self.texts} texts, "
            f"{self.same} of them alike: F1 {self.value:.3f}"
        )


def agreement(sources: Sequence[Source], task: Task, only: Callable[[Text], bool] = lambda _: True) -> Agreement:
    """How well the passes agreed before anything was adjudicated: accepted classes and extents do not count."""
    pairs = [
        (first_answers(task, one), second)
        for source in sources
        for one in source.asked(task)
        if only(one) and (second := second_answers(task, one)) is not None
    ]
    sides = [({key(answer) for answer in one}, {key(answer) for answer in other}) for one, other in pairs]
    first, last = sum(len(one) for one, _ in sides), sum(len(other) for _, other in sides)
    same = sum(len(one & other) for one, other in sides)
    if task.asks == "topic":
        value = kappa([(one[0].label, other[0].label) for one, other in pairs])
    else:
        value = 2 * same / (first + last) if first + last else 1.0
    return Agreement(len(pairs), first, last, same, value)


def gold(source: Source, sources: Sequence[Source], task: Task) -> Gold:
    """Gold of one task and pool; what it says of agreement is that of the whole set."""
    return Gold(
        dataset=source.dataset,
        pool=source.pool,
        version=source.version,
        made="Written for this course by an AI model together with the texts: marks, rules, reasons.",
        agreement=f"A second pass, shuffled and without gold: {agreement(sources, task).sentence(task)}. Both passes "
        "were made by one AI model, which had written the texts.",
        items={one.id: ItemGold(answers(source, task, one)) for one in source.asked(task)},
    )


def second_pass(source: Source, task: Task) -> LabelSet:
    """The labels of the second pass, as a learner's file."""
    return LabelSet(
        exercise=exercise(source, task),
        annotator="second pass: an AI model, blind to gold",
        items={
            one.id: ItemLabels(said, done=True)
            for one in source.asked(task)
            if (said := second_answers(task, one)) is not None
        },
    )


def files(dataset: str) -> dict[Path, bytes]:
    """Everything that is compiled from the sources of a data set, by path."""
    sources = load(dataset)
    folder, private = ROOT / "datasets" / dataset, ROOT / "autograder" / "gold" / dataset
    made = {folder / "items.jsonl": lines(items(sources))}
    for source, gold_folder, pass_folder in zip(
        sources, (folder / "gold", private), (folder / "second_pass", private / "second_pass"), strict=True
    ):
        for task in source.tasks:
            made[gold_folder / f"{task.name}.json"] = encode(gold(source, sources, task))
            made[pass_folder / f"{task.name}.json"] = encode(second_pass(source, task))
    return made


def key(answer: Annotation) -> tuple[str, ...]:
    """What two equal answers have in common."""
    if isinstance(answer, Span):
        return str(answer.start), str(answer.end), answer.label
    if isinstance(answer, Relation):
        return answer.head, answer.label, answer.tail
    return (answer.label,)


def main() -> None:
    """Compile the named data sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("datasets", nargs="+", help="for instance news")
    for dataset in parser.parse_args().datasets:
        publish(files(dataset))
        sources = load(dataset)
        for task in sources[0].tasks:
            print(f"{task.name}: {agreement(sources, task).sentence(task)}")


if __name__ == "__main__":
    main()
