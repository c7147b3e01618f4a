"""Do capitals, patterns or mere nearness give names and relations away? Labellers that do not read, and their F1.

cd datasets
../.venv/bin/python -m studio.name_cues news
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from goldlabel.annotations import Annotation, Gold, Item, Relation, Span, decode_gold, only
from goldlabel.data import load_items
from goldlabel.exercises import ExerciseSpec, find_exercise

from .marked_texts import Source, Task, load
from .written import ROOT

Stretch = tuple[int, int]

_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)*")
_SMALL = re.compile(r"(?:'s|-based)$")
_MONEY = re.compile(
    r"[£$€][\d.,]*\d(?:m\b| million\b| billion\b)?|\d[\d.,]*(?: million)? (?:euros|dollars|pounds|kroner|cents)\b"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"(?:\d{{1,2}} )?(?:{_MONTHS})(?: \d{{4}})?\b|\b(?:1[5-9]|20)\d\d\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


def capitals(text: str, *, tidy: bool) -> list[Stretch]:
    """Runs of words with a capital.

    Args:
        text: Any.
        tidy: Without 's and "-based", and without single words that only open a sentence.
    """
    found = []
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        if tidy:
            end -= len(text[start:end]) - len(_SMALL.sub("", text[start:end]))
            before = text[:start].rstrip(' "')
            if " " not in text[start:end] and (not before or before[-1] in ".?!:"):
                continue
        found.append((start, end))
    return found


def by_pattern(text: str) -> dict[Stretch, str]:
    """Money and dates that patterns find, by their ends."""
    return {m.span(): name for name, pattern in (("money", _MONEY), ("date", _DATE)) for m in pattern.finditer(text)}


def unread(text: str, gold: Iterable[Span], *, told: bool) -> set[tuple[int, int, str]]:
    """What somebody marks who only sees capitals, currencies and months.

    Args:
        text: Of the item.
        gold: Its gold.
        told: Whether a helper who knows gold tells the class of each run of capitals; else all are called places, the
            commonest class of the set.
    """
    sure = by_pattern(text)
    made = {(*stretch, name) for stretch, name in sure.items()}
    for start, end in capitals(text, tidy=True):
        if any(s < end and start < e for s, e in sure):
            continue
        names = Counter(one.label for one in gold if one.start < end and start < one.end)
        exact = [one.label for one in gold if one.stretch == (start, end)]
        made.add(
            (start, end, (exact or [*(name for name, _ in names.most_common(1)), "place"])[0] if told else "place")
        )
    return made


def f1(pairs: Iterable[tuple[set[tuple[object, ...]], set[tuple[object, ...]]]]) -> float:
    """F1 of what was said against gold, over all texts together."""
    found = list(pairs)
    said, true = sum(len(one) for one, _ in found), sum(len(other) for _, other in found)
    return 2 * sum(len(one & other) for one, other in found) / (said + true)


def golds(sources: Iterable[Source], task: Task) -> dict[str, tuple[Annotation, ...]]:
    """Gold of both pools by item."""
    made: dict[str, tuple[Annotation, ...]] = {}
    for source in sources:
        folder = ROOT / "datasets" / source.dataset / "gold"
        if source.pool == "exam":
            folder = ROOT / "autograder" / "gold" / source.dataset
        path = folder / f"{task.name}.json"
        gold: Gold = decode_gold(path.read_bytes(), where=str(path))
        made |= {name: item.scored for name, item in gold.items.items()}
    return made


def names(dataset: str) -> dict[str, float]:
    """F1 of labellers of names that do not read, by what they do."""
    sources = load(dataset)
    (task,) = (one for one in sources[0].tasks if one.asks == "spans")
    gold = {name: only(found, Span) for name, found in golds(sources, task).items()}
    text = {item.id: item.text for item in load_items(dataset)}
    true = {name: {(one.start, one.end, one.label) for one in found} for name, found in gold.items()}
    raw = {name: {(*stretch, "place") for stretch in capitals(text[name], tidy=False)} for name in gold}
    return {
        "every run of capitals, all called places": _against(raw, true),
        "capitals, 's and first words of sentences left out, patterns for money and dates": _against(
            {name: unread(text[name], gold[name], told=False) for name in gold}, true
        ),
        "the same, and somebody tells the class of each run": _against(
            {name: unread(text[name], gold[name], told=True) for name in gold}, true
        ),
    }


def joins(dataset: str) -> dict[str, float]:
    """F1 of labellers of relations that do not read, by what they do."""
    sources = load(dataset)
    (task,) = (one for one in sources[0].tasks if one.asks == "relations")
    spec = find_exercise(task.exercise)
    true = {
        name: {(one.head, one.label, one.tail) for one in only(found, Relation)}
        for name, found in golds(sources, task).items()
    }
    known = {item.id: item for item in load_items(dataset)}
    return {
        "every pair whose classes fit": _against({name: fitting(known[name], spec) for name in true}, true),
        "each head and the nearest tail that fits": _against(
            {name: fitting(known[name], spec, nearest=True) for name in true}, true
        ),
    }


def fitting(item: Item, spec: ExerciseSpec, *, nearest: bool = False) -> set[tuple[str, str, str]]:
    """Relations between the given spans that the ontology allows: all, or for each head and class the nearest one."""
    spans = only(item.given, Span)
    made = set()
    for kind in spec.classes:
        for head in (one for one in spans if one.label in kind.heads):
            tails = [one for one in spans if one.label in kind.tails and one.id != head.id]
            tails.sort(key=lambda one: max(one.start - head.end, head.start - one.end))
            made |= {(head.id, kind.name, tail.id) for tail in (tails[:1] if nearest else tails)}
    return made


def _against(said: Mapping[str, set], true: Mapping[str, set]) -> float:  # type: ignore[type-arg]  # of any tuples
    return f1((said[name], true[name]) for name in true)


def openings(dataset: str, group: str) -> float:
    """Share of the texts of a group that begin with a name, 0 to 1."""
    sources = load(dataset)
    (task,) = (one for one in sources[0].tasks if one.asks == "spans" and one.group == group)
    gold = golds(sources, task)
    return sum(any(one.start == 0 for one in only(found, Span)) for found in gold.values()) / len(gold)


def main() -> None:
    """Print the tables of the datasheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset")
    dataset = parser.parse_args().dataset
    for name, value in (names(dataset) | joins(dataset)).items():
        print(f"| {name} | {value:.2f} |")
    print(f"begin with a name: {openings(dataset, 'entities'):.2f}")


if __name__ == "__main__":
    main()
