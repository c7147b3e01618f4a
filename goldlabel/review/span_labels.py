"""Spans made ready to be judged: those that can be are trimmed, of the others a finding says why not."""

from __future__ import annotations

from collections.abc import Sequence, Set

import msgspec

from goldlabel.annotations import Annotation, Gold, Item, Span, Stretch, only
from goldlabel.errors import GoldError
from goldlabel.review.findings import Finding
from goldlabel.review.quotes import quoted, trimmed
from goldlabel.review.reasons import refused
from goldlabel.review.wording import article

__all__ = ["Marking", "gold_spans", "marking", "usable_spans"]


class Marking(msgspec.Struct, frozen=True):
    """A span with where it lies once white space at its edges is taken off.

    Attributes:
        label: As it was made.
        extents: Its stretch; in gold the other ones that count as right follow.
    """

    label: Span
    extents: tuple[Stretch, ...]

    @property
    def stretch(self) -> Stretch:
        """Where it lies."""
        return self.extents[0]

    def names(self, other: str) -> bool:
        """Whether the class ``other`` is right for it, as gold."""
        return other == self.label.label or other in self.label.accepted


def marking(span: Span, text: str) -> Marking:
    """A span that lies on the text, made ready."""
    return Marking(span, tuple(trimmed(text, extent) for extent in (span.stretch, *span.alternatives)))


def gold_spans(gold: Gold, item: Item, classes: Sequence[str]) -> list[Marking]:
    """The gold spans of an item; annotations of other types belong to other exercises on the same items.

    Raises:
        GoldError: There is no gold, or a span of it is not on the text or of an unknown class.
    """
    found = []
    for one in only(gold.of(item.id).annotations, Span):
        extents = (one.stretch, *one.alternatives)
        if not all(0 <= start < end <= len(item.text) for start, end in extents):
            raise GoldError(
                f"The gold {one.id} does not lie on the text",
                where=item.id,
                todo="Restore the gold file from the repository.",
            )
        if one.label not in classes:
            raise GoldError(f"The gold has the class {one.label!r}, which this exercise does not know", where=item.id)
        found.append(marking(one, item.text))
    return found


def usable_spans(
    labels: Sequence[Annotation], item: Item, classes: Sequence[str], findings: list[Finding]
) -> list[Marking]:
    """The labels that can be judged; of the others ``findings`` get to know why, as format faults."""
    usable: dict[str, Marking] = {}
    ids: set[str] = set()
    taken: set[tuple[Stretch, str]] = set()
    for one in labels:
        problem = _problem(one, item, classes, ids)
        if isinstance(one, Span) and not problem:
            stretch = trimmed(item.text, one.stretch)
            if stretch[0] == stretch[1]:
                problem = "marks nothing but white space"
            elif (stretch, one.label) in taken:
                problem = f"marks {quoted(item.text, stretch)} as {article(one.label)} a second time"
            else:
                taken.add((stretch, one.label))
                usable[one.id] = Marking(one, (stretch,))
        if problem:
            findings.append(refused("spans", item, one.id, problem))
        ids.add(one.id)
    return list(usable.values())


def _problem(one: Annotation, item: Item, classes: Sequence[str], ids: Set[str]) -> str:
    """Why a label cannot be judged; empty where it can."""
    if one.id in ids:
        return "has an id that another span of this text has"
    if not isinstance(one, Span):
        return f"is no span but {article(str(one.__struct_config__.tag).replace('_', ' '))}"
    if one.label not in classes:
        return f"has the class {one.label!r}, which this exercise does not know"
    length = len(item.text)
    if one.start >= one.end:
        return f"is empty: it starts at {one.start} and ends at {one.end}"
    if one.start < 0 or one.end > length:
        return f"lies from {one.start} to {one.end}, but the text has {length} characters"
    return ""
