"""Written data sets: texts with their class, written by hand in TOML, compiled to items, gold and the second pass.

What all written sets share stands here, too; texts with spans and relations are compiled by ``annotated.py``.

    cd datasets
    ../.venv/bin/python -m studio.written product-reviews

Sources: ``studio/texts/<set>.toml`` holds the practice pool, ``autograder/gold/<set>/texts.toml`` the exam pool, since
an exam text with its class is exam gold; a set that is only practised has none. Ids, hashes, pools and gold all come
from these files and cannot drift.
"""

from __future__ import annotations

import argparse
import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Generic, Literal, TypeVar

import msgspec

from goldlabel.annotations import Annotation, Choice, Gold, Item, ItemGold, ItemLabels, LabelSet, encode
from goldlabel.metrics.choices import cohen_kappa, confusion_matrix

ROOT = Path(__file__).resolve().parents[2]
POOLS = ("practice", "exam")


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every text of a source file has.

    Attributes:
        id: Unique within the data set.
        difficulty: How hard it is to label.
        kind: What makes it what it is: clear, ironic ...; goes into the gold, since it would give the answer away.
        group: What it is about, or where it comes from; says nothing about the answer.
        text: What the learner reads.
    """

    id: str
    difficulty: Literal["easy", "medium", "hard"]
    kind: str
    group: str
    text: str


PieceT = TypeVar("PieceT", bound=Piece)


class Pool(msgspec.Struct, Generic[PieceT], frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One source file: a pool of a data set.

    Attributes:
        dataset: Folder name under ``datasets/``.
        pool: practice or exam.
        version: Of the gold.
        texts: In any order.
    """

    dataset: str
    pool: Literal["practice", "exam"]
    version: str
    texts: tuple[PieceT, ...]


class Text(Piece, frozen=True, kw_only=True):
    """A text that has one right class.

    Attributes:
        label: The right class.
        accepted: Other classes that count as right after adjudication.
        rule: Rule of the guideline that decides.
        second: What the second, blind pass said; empty where it did not look.
        why: The reason in one sentence, for the learner.
    """

    label: str
    rule: str
    why: str
    accepted: tuple[str, ...] = ()
    second: str = ""


class Source(Pool[Text], frozen=True, kw_only=True):
    """A pool of texts with one class each.

    Attributes:
        exercise: Exercise that the second pass answers.
    """

    exercise: str


PoolT = TypeVar("PoolT", bound=Pool)  # type: ignore[type-arg]  # of whatever pieces


def source_path(dataset: str, pool: str) -> Path:
    """Where the texts of a pool are written; those of the exam are the instructor's."""
    if pool == "exam":
        return ROOT / "autograder" / "gold" / dataset / "texts.toml"
    return ROOT / "datasets" / "studio" / "texts" / f"{dataset}.toml"


def read(dataset: str, kind: type[PoolT]) -> tuple[PoolT, ...]:
    """The pools of a data set, practice first; practice alone where no exam is written.

    Raises:
        msgspec.ValidationError: A field is missing, wrong or unknown.
        ValueError: Two texts have one id.
    """
    paths = [source_path(dataset, pool) for pool in POOLS]
    written = [path for path in paths if path.exists() or path is paths[0]]
    sources = tuple(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind) for path in written)
    ids = [one.id for source in sources for one in source.texts]
    if len(set(ids)) < len(ids):
        raise ValueError(f"{dataset}: two texts have one id")
    return sources


def load(dataset: str) -> tuple[Source, ...]:
    """The pools of a data set of texts with one class each; raises as :func:`read`."""
    return read(dataset, Source)


def item(
    piece: Piece,
    pool: Literal["practice", "exam"],
    text: str,
    given: tuple[Annotation, ...] = (),
    beside: str = "",
) -> Item:
    """A line of ``items.jsonl``: nothing in it says what is right.

    Args:
        piece: The text as it was written.
        pool: Where it belongs.
        text: What the learner reads.
        given: Annotations that the learner sees and does not make.
        beside: A text that is shown next to it.
    """
    return Item(
        piece.id,
        "",
        0,
        0,
        pool,
        "written",
        "CC-BY-4.0",
        hashlib.sha256(text.encode()).hexdigest(),
        piece.difficulty,
        source="written for the course",
        text=text,
        group=piece.group,
        given=given,
        beside=beside,
    )


def items(sources: Sequence[Source]) -> list[Item]:
    """The items of all pools, by id."""
    made = [item(one, source.pool, one.text) for source in sources for one in source.texts]
    return sorted(made, key=lambda item: item.id)


def lines(made: Iterable[Item]) -> bytes:
    """The content of ``items.jsonl``."""
    return b"".join(msgspec.json.encode(one) + b"\n" for one in made)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's kappa of two passes, from what each said of every text."""
    names = sorted({name for pair in pairs for name in pair})
    matrix = confusion_matrix(
        [names.index(first) for first, _ in pairs], [names.index(second) for _, second in pairs], len(names)
    )
    return float(cohen_kappa(matrix))


def agreement(sources: Sequence[Source], *, hard_only: bool = False) -> tuple[int, int, float]:
    """How many texts the second pass labelled, on how many it agreed with the first, and Cohen's kappa."""
    return agreed([one for source in sources for one in source.texts if one.difficulty == "hard" or not hard_only])


def agreed(texts: Iterable[Text]) -> tuple[int, int, float]:
    """Like :func:`agreement`, of some texts."""
    both = [(one.label, one.second) for one in texts if one.second]
    return len(both), sum(first == second for first, second in both), kappa(both)


def gold(source: Source, sources: Sequence[Source]) -> Gold:
    """Gold of one pool; what it says of agreement is that of the whole set."""
    looked, same, value = agreement(sources)
    return Gold(
        dataset=source.dataset,
        pool=source.pool,
        version=source.version,
        made="Written for this course by an AI model together with the texts: class, rule, reason, accepted classes.",
        agreement=f"A second pass over {looked} texts, shuffled and without gold, agreed in {same} (Cohen's kappa "
        f"{value:.2f}); both passes were made by one AI model, which had written the texts. Where they differed, both "
        "classes count.",
        items=choice_gold(source.texts),
    )


def choice_gold(texts: Iterable[Text]) -> dict[str, ItemGold]:
    """Gold of texts that have a class: the class, what else counts, and why."""
    return {
        one.id: ItemGold(
            (Choice("class", one.label, one.accepted, attributes={"kind": one.kind, "rule": one.rule, "why": one.why}),)
        )
        for one in sorted(texts, key=lambda one: one.id)
    }


def second_pass(source: Source) -> LabelSet:
    """The labels of the second pass, as a learner's file."""
    return second_labels(source.exercise, source.texts)


def second_labels(exercise: str, texts: Iterable[Text]) -> LabelSet:
    """What the second pass said of some texts."""
    return LabelSet(
        exercise=exercise,
        annotator="second pass: an AI model, blind to gold",
        items={
            one.id: ItemLabels((Choice("class", one.second),), done=True)
            for one in sorted(texts, key=lambda one: one.id)
            if one.second
        },
    )


def files(dataset: str) -> dict[Path, bytes]:
    """Everything that is compiled from the sources of a data set, by path."""
    sources = load(dataset)
    folder, private = ROOT / "datasets" / dataset, ROOT / "autograder" / "gold" / dataset
    made = {folder / "items.jsonl": lines(items(sources))}
    for source in sources:
        exam = source.pool == "exam"
        made[private / "exam.json" if exam else folder / "gold" / "practice.json"] = encode(gold(source, sources))
        made[(private if exam else folder) / "second_pass.json"] = encode(second_pass(source))
    return made


def publish(made: Mapping[Path, bytes]) -> None:
    """Write compiled files and name each."""
    for path, data in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(path.relative_to(ROOT))


def main() -> None:
    """Compile the named data sets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("datasets", nargs="+", help="for instance product-reviews")
    for dataset in parser.parse_args().datasets:
        publish(files(dataset))
        looked, same, value = agreement(load(dataset))
        print(f"second pass: {same} of {looked}, Cohen's kappa {value:.2f}")


if __name__ == "__main__":
    main()
