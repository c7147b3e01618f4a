"""How quick a review of texts is: spans beside nervaluate in the same run, then a redaction and relations.

    python benchmarks/review_texts.py                       # 60 texts with 20 names each
    python benchmarks/review_texts.py --texts 5 --names 500  # a few very long ones

Each is timed in turn, several rounds over, and the best round counts. The work is alike, not the same: a review
pairs one to one, writes findings in sentences and computes intervals; nervaluate counts under SemEval's schemes.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.review import ROUNDS, best_of, peak
from goldlabel.annotations import Gold, Item, ItemGold, ItemLabels, LabelSet, Relation, Span
from goldlabel.review import RelationRubric, SpanRubric, review

CLASSES = ("person", "organisation", "place", "date")
LINKS = ("works_for", "lives_in", "owns")
WORDS = 12
"""Words a name, the name included; so many a sentence."""

Data = tuple[LabelSet, Gold, list[Item]]


def gold_of(items: dict[str, ItemGold]) -> Gold:
    """Gold of made-up texts."""
    return Gold(dataset="d", pool="practice", version="1", made="random", agreement="exact", items=items)


def make(texts: int, names: int) -> Data:
    """A name of two words in every dozen words, and a learner who is off by a word, confuses, misses and adds some."""
    random = np.random.default_rng(1)
    items, labels, gold = [], {}, {}
    for n in range(texts):
        words = [f"word{k}" for k in range(WORDS * names)]
        starts = np.cumsum([0, *(len(word) + 1 for word in words)])
        true, mine = [], []
        for k in range(names):
            at = WORDS * k + 4
            name = CLASSES[random.integers(len(CLASSES))]
            true.append(Span(f"g{k}", name, int(starts[at]), int(starts[at + 2]) - 1))
            off, said = int(random.uniform() < 0.15), name if random.uniform() < 0.9 else CLASSES[0]
            if random.uniform() < 0.9:
                mine.append(Span(f"b{k}", said, int(starts[at - off]), int(starts[at + 2]) - 1))
            if random.uniform() < 0.05:
                mine.append(Span(f"x{k}", said, int(starts[at + 4]), int(starts[at + 5]) - 1))
        items.append(Item(f"t{n}", "", 0, 0, "practice", "written", "CC0-1.0", "", "easy", text=" ".join(words)))
        gold[f"t{n}"], labels[f"t{n}"] = ItemGold(tuple(true)), ItemLabels(tuple(mine), done=True)
    return LabelSet(exercise="e", items=labels), gold_of(gold), items


def linked(data: Data) -> Data:
    """The names as given entities; each has a relation to the next one, every seventh turned round."""
    _, gold, items = data
    given = [
        Item(one.id, "", 0, 0, "practice", "written", "CC0-1.0", "", "easy", text=one.text, given=tuple(spans))
        for one in items
        if (spans := gold.of(one.id).annotations)
    ]
    true, mine = {}, {}
    for item in given:
        ids = [one.id for one in item.given]
        pairs = list(pairwise(ids))
        links = [Relation(f"r{k}", LINKS[k % 3], a, b) for k, (a, b) in enumerate(pairs)]
        true[item.id] = ItemGold(tuple(links))
        mine[item.id] = ItemLabels(
            tuple(Relation(f"r{k}", LINKS[k % 3], *((a, b) if k % 7 else (b, a))) for k, (a, b) in enumerate(pairs)),
            done=True,
        )
    return LabelSet(exercise="e", items=mine), gold_of(true), given


def programs(data: Data) -> dict[str, Callable[[], object]]:
    """What is timed, by name: whatever is installed."""
    labels, gold, items = data
    said, true, given = linked(data)
    runs: dict[str, Callable[[], object]] = {
        "review of spans": lambda: review(labels, gold, SpanRubric(), items=items, classes=CLASSES),
        "review, redaction": lambda: review(labels, gold, SpanRubric(scheme="redaction"), items=items, classes=CLASSES),
        "review of relations": lambda: review(said, true, RelationRubric(), items=given, classes=LINKS),
    }
    with contextlib.suppress(ImportError):
        from nervaluate import Evaluator

        sides = [
            [
                [{"label": one.label, "start": one.start, "end": one.end - 1} for one in side.of(item.id).annotations]
                for item in items
            ]
            for side in (gold, labels)
        ]
        runs["nervaluate"] = lambda: Evaluator(*sides, tags=list(CLASSES), loader="dict").evaluate()
    return runs


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--names", type=int, default=20)
    options = parser.parse_args()
    runs = programs(make(options.texts, options.names))
    seconds = best_of(runs)
    first = next(iter(runs))
    print(f"{options.texts} texts with {options.names} names each, best of {ROUNDS} rounds\n")
    print(f"{'':<20} {'ms':>8} {'times ours':>11} {'MB':>8}")
    for name, run in runs.items():
        print(f"{name:<20} {1000 * seconds[name]:>8.1f} {seconds[name] / seconds[first]:>11.2f} {peak(run):>8.1f}")


if __name__ == "__main__":
    main()
