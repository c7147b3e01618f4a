"""Turns planned texts into a data set like any other: items, gold, exercise, datasheet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from goldlabel.annotations import Choice, Gold, Item, ItemGold, Span
from goldlabel.data.building import COLORS, toml_string, write_set
from goldlabel.data.catalogue import RemoteSet
from goldlabel.data.text_releases import PlannedText

__all__ = ["build_texts"]

DRAWN = 12


class _Kind(msgspec.Struct, frozen=True):
    """What the exercise of a format is like."""

    task: str
    title: str
    guideline: str
    more: str = ""
    rules: str = 'mismatching_label = "R1"\nunlabelled = "R1"\n'


KINDS = {
    "aclimdb": _Kind("choice", "Sentiment", "films.md", 'question = "What does the reviewer think of the film?"\n'),
    "uner": _Kind(
        "spans", "Names in sentences", "names.md", rules='missing = "R1"\nextra = "R2"\nmismatching_label = "R3"\n'
    ),
}


def build_texts(remote: RemoteSet, planned: Sequence[PlannedText], folder: Path) -> None:
    """Write the data set into ``folder``, which must be new.

    Raises:
        OSError: Something cannot be written.
    """
    folder.mkdir(parents=True)
    items = [
        Item(
            id=one.id,
            media="",
            width=0,
            height=0,
            pool="practice",
            origin="written",
            licence=remote.spdx,
            sha256=hashlib.sha256(one.text.encode()).hexdigest(),
            difficulty="medium",
            source=f"{remote.title}; {one.source}",
            text=one.text,
        )
        for one in planned
    ]
    gold = Gold(
        dataset=remote.name,
        pool="practice",
        version="1.0.0",
        made=f"Packaged: the labels of {remote.title}.",
        agreement="Not measured by the course; the datasheet says what the source tells.",
        items={one.id: ItemGold(one.annotations) for one in planned},
    )
    kind = KINDS[remote.format]
    write_set(
        remote,
        folder,
        items,
        gold,
        description=_exercise(remote, kind),
        guideline=kind.guideline,
        datasheet=_datasheet(remote, planned),
    )


def _exercise(remote: RemoteSet, kind: _Kind) -> str:
    """The content of ``exercise.toml``."""
    classes = "".join(
        f"[[classes]]\nname = {toml_string(one.name)}\ncolor = {toml_string(color)}\n\n"
        for one, color in zip(remote.classes, COLORS, strict=False)
    )
    return (
        f"# Made by: goldlabel data fetch {remote.name}\n"
        f"title = {toml_string(f'{kind.title}: {remote.title}')}\n"
        f'task = "{kind.task}"\nweek = 3\nmode = "practice"\ndataset = {toml_string(remote.name)}\n{kind.more}\n'
        f'{classes}[draw]\npool = "practice"\ncount = {min(DRAWN, remote.count)}\nseed = 1\n\n'
        f"[rubric.rules]\n{kind.rules}"
    )


def _datasheet(remote: RemoteSet, planned: Sequence[PlannedText]) -> str:
    labels = Counter(note.label for one in planned for note in one.annotations if isinstance(note, Choice | Span))
    counted = ", ".join(f"{count} {name}" for name, count in labels.most_common())
    addresses = "\n".join(f"- {file.address}" for file in remote.files)
    return f"""# Data set: {remote.name}

{remote.title}. Downloaded by `goldlabel data fetch {remote.name}`. It is no part of the course, which passes none of it
on.

## Licence

{remote.licence.strip()}

Terms: {remote.terms}

## Where it comes from

{addresses}

What arrived is recorded with its SHA-256 in `checksums.toml`. {len(planned)} texts were kept, by rule and not by hand:
those of a usable length without a word of the course's list of unfit words, in the order of a hash of their names.
Nobody of the course has read them: a text may still hold something unpleasant.

## Gold

The source's own labels: {counted}.

{remote.limits.strip()}
"""
