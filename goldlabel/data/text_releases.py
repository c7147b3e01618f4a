"""Reads the files in which collections of texts are released, and plans which texts become items.

One rule for all, so that nobody picks what suits them: texts of a usable length without an unfit word
(:mod:`goldlabel.data.unfit`), in the order of a SHA-256 of their name.

Formats: the ``README`` of Maas and others (2011), ``aclImdb/train/pos/123_9.txt`` for review 123 with 9 of 10 stars;
and Universal NER's IOB2 with the sentence in a comment.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from goldlabel.annotations import Annotation, Choice, Span
from goldlabel.data.catalogue import RemoteSet
from goldlabel.data.unfit import is_fit
from goldlabel.errors import DataError
from goldlabel.files import tar_members

__all__ = ["PlannedText", "plan_texts"]

REVIEW = re.compile(r"aclImdb/train/(pos|neg)/(\d{1,6})_(\d{1,2})\.txt")
REVIEW_LENGTH = (200, 900)
"""Characters: long enough to hold an opinion, short enough to be read in half a minute."""

SENTENCE_LENGTH = (50, 260)

MOST_FAULTS = 0.02
"""Share of sentences that may break the format's rules; released files hold a slip here and there."""

_BREAK = re.compile(r"(?:<br\s*/?>\s*)+")


class PlannedText(msgspec.Struct, frozen=True):
    """One text that becomes an item.

    Attributes:
        id: Of the item; gives nothing away.
        text: What the learner reads.
        annotations: The source's labels, in the classes of the exercise.
        source: Where in the release it stands.
    """

    id: str
    text: str
    annotations: tuple[Annotation, ...]
    source: str


def plan_texts(remote: RemoteSet, folder: Path) -> tuple[PlannedText, ...]:
    """Which texts become items, from the files of ``remote`` in ``folder``; sorted by id.

    Raises:
        DataError: A file is not what the format promises, or too few texts fit.
    """
    path = folder / remote.files[0].name
    try:
        chosen = list(_READERS[remote.format](remote, path))
    except OSError as error:
        raise _wrong(remote, path, error.strerror or str(error)) from None
    except (UnicodeDecodeError, ValueError) as error:
        raise _wrong(remote, path, str(error)) from None
    if len(chosen) < remote.sample:
        raise DataError(
            f"Only {len(chosen)} of {remote.sample} texts could be found",
            where=remote.name,
            todo="Tell whoever looks after the course: the file at its address has changed.",
        )
    return tuple(sorted(chosen, key=lambda one: one.id))


def _reviews(remote: RemoteSet, path: Path) -> Iterator[PlannedText]:
    """As many reviews of each class, the first ones by hash."""
    kept: dict[str, dict[str, PlannedText]] = {one.name: {} for one in remote.classes}
    each = remote.sample // len(remote.classes)
    for name, data in tar_members(path, lambda name: bool(REVIEW.fullmatch(name)), most=remote.most_member_bytes):
        match = REVIEW.fullmatch(name)
        label = remote.class_of.get(match[1]) if match else None
        if not match or label is None:
            continue
        rank = _rank(remote, name)
        best = kept[label]
        if len(best) >= each and rank > max(best):
            continue
        text = _BREAK.sub("\n\n", html.unescape(data.decode("utf-8"))).strip()
        if REVIEW_LENGTH[0] <= len(text) <= REVIEW_LENGTH[1] and is_fit(text):
            why = f"The reviewer gave the film {match[3]} of 10 stars."
            gold = Choice("class", label, attributes={"rule": "R1", "why": why})
            best[rank] = PlannedText(f"imdb-{rank[:10]}", text, (gold,), name)
            if len(best) > each:
                del best[max(best)]
    for best in kept.values():
        yield from best.values()


def _sentences(remote: RemoteSet, path: Path) -> Iterator[PlannedText]:
    """The first sentences by hash that hold a name; a faulty sentence is left out, a faulty file refused."""
    from goldlabel.formats import conll

    usable: list[PlannedText] = []
    faults: list[ValueError] = []
    found: list[conll.Sentence] = []
    blocks = [block for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    for block in blocks:
        try:
            found += conll.read(block, token=1, tag=2)
        except ValueError as error:
            faults.append(error)
    if len(faults) > MOST_FAULTS * len(blocks):
        raise faults[0]
    for one in found:
        spans = tuple(
            Span(span.id, remote.class_of[span.label], span.start, span.end, attributes={"rule": "R1"})
            for span in one.spans
            if span.label in remote.class_of
        )
        if spans and SENTENCE_LENGTH[0] <= len(one.text) <= SENTENCE_LENGTH[1] and is_fit(one.text):
            usable.append(PlannedText(f"uner-{one.id}", one.text, spans, one.id))
    yield from sorted(usable, key=lambda one: _rank(remote, one.id))[: remote.sample]


_READERS: dict[str, Callable[[RemoteSet, Path], Iterator[PlannedText]]] = {"aclimdb": _reviews, "uner": _sentences}


def _rank(remote: RemoteSet, name: str) -> str:
    return hashlib.sha256(f"{remote.name}:{name}".encode()).hexdigest()


def _wrong(remote: RemoteSet, path: Path, why: str) -> DataError:
    return DataError(
        f"The texts of {remote.name} are not in the expected form: {why}",
        where=path.name,
        todo="Fetch it again with --again; if it happens twice, the file at its address has changed.",
    )
