"""The findings of a span review: one sentence each, which quotes the text and which a beginner understands."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Item, Stretch
from goldlabel.metrics.spans import overlaps
from goldlabel.review.findings import Finding
from goldlabel.review.quotes import capital, cut, quoted, trimmed
from goldlabel.review.reasons import reason, rule_of
from goldlabel.review.rubric import SpanRubric
from goldlabel.review.span_labels import Marking
from goldlabel.review.wording import article, listed, plain, spoken

__all__ = ["SpanReporter", "named", "nearest", "pieces"]


_WITHOUT_ARTICLE = frozenset({"money", "time", "work", "contact data", "health"})
"""Classes that nobody counts."""


def named(label: str) -> str:
    """A class with its article: "an organisation", but "money"."""
    return plain(label) if plain(label) in _WITHOUT_ARTICLE else article(plain(label))


def nearest(mine: Stretch, true: Marking) -> Stretch:
    """The extent of ``true`` that a stretch overlaps most."""
    return true.extents[int(overlaps([mine], true.extents)[0].argmax())]


def pieces(text: str, whole: Stretch, part: Stretch) -> list[Stretch]:
    """What ``whole`` has before and behind ``part``, without white space at the edges; empty pieces are left out."""
    ends = (whole[0], min(whole[1], part[0])), (max(whole[0], part[1]), whole[1])
    found = [trimmed(text, piece) for piece in ends if piece[0] < piece[1]]
    return [piece for piece in found if piece[0] < piece[1]]


class SpanReporter(msgspec.Struct, frozen=True):
    """Says what was found in one text."""

    item: Item
    rubric: SpanRubric

    def quote(self, stretch: Stretch) -> str:
        """The words of a stretch."""
        return quoted(self.item.text, stretch)

    def pair(self, mine: Marking, true: Marking, *, ends: bool, named: bool) -> list[Finding]:
        """What is wrong with a label that was matched to gold; nothing when both its ends and its class are right."""
        findings = []
        if not ends:
            findings.append(self.boundary(mine, true))
        if not named:
            findings.append(self.confused(mine, true))
        return findings

    def boundary(self, mine: Marking, true: Marking) -> Finding:
        """Ends that are off: which words are too many, which are missing."""
        text, right = self.item.text, nearest(mine.stretch, true)
        many, few = pieces(text, mine.stretch, right), pieces(text, right, mine.stretch)
        parts = []
        if many:
            words = listed([cut(text, piece) for piece in many])
            parts.append(f"{words} {'does' if len(many) == 1 else 'do'} not belong to it")
        if few:
            words = listed([cut(text, piece) for piece in few])
            parts.append(f"{words} {'belongs' if len(few) == 1 else 'belong'} to it{', too' if not many else ''}")
        message = f"You marked {self.quote(mine.stretch)}; {', and '.join(parts)}{reason(true.label)}"
        fallback = self.rubric.boundary_rule.get(true.label.label, "")
        return self._pair("boundary", "error", message, mine, true, fallback)

    def confused(self, mine: Marking, true: Marking, *, costs: bool = True) -> Finding:
        """A wrong class. Where it costs nothing, the span may hide more than this gold, so gold is quoted."""
        quote = self.quote(mine.stretch if costs else true.stretch)
        said, right = mine.label.label, true.label.label
        also = f" ({', '.join(map(spoken, true.label.accepted))} would count, too)" if true.label.accepted else ""
        message = f"You called {quote} {named(said)}; it is {named(right)}{also}{reason(true.label)}"
        fallback = self.rubric.confusion_rules.get(f"{right}>{said}", "")
        return self._pair("mismatching_label", "error" if costs else "warning", message, mine, true, fallback)

    def missing(self, true: Marking, gold: Sequence[Marking], *, done: str = "marked") -> Finding:
        """Gold that nobody marked; inside other gold, that is said, too."""
        start, end = true.stretch
        around = [one.stretch for one in gold if one.stretch[0] <= start and end <= one.stretch[1] and one is not true]
        outer = min(around, key=lambda one: one[1] - one[0], default=None)
        nested = outer is not None and outer != true.stretch
        inside = f" inside {cut(self.item.text, outer)}" if nested and outer is not None else ""
        too = ", too" if inside else ""
        what = f"it is {named(true.label.label)}{too}{reason(true.label)}"
        message = f"{self.quote(true.stretch)}{inside} is not {done}; {what}"
        return Finding(
            "missing",
            "error",
            self.item.id,
            capital(message),
            rule_of(true.label, self.rubric, "missing"),
            gold=true.label.id,
            classes=(true.label.label,),
        )

    def surplus(self, mine: Marking, matched: Sequence[Marking]) -> Finding:
        """A label that belongs to nothing."""
        words, start, end = self.quote(mine.stretch), *mine.stretch
        around = [one for one in matched if any(a <= start and end <= b for a, b in one.extents)]
        touched = [one for one in matched if any(a < end and start < b for a, b in one.extents)]
        if any(mine.stretch in one.extents for one in around):
            message = f"{words} is marked twice; one name gets one span of one class."
        elif around:
            outer = around[0]
            message = (
                f"{words} is part of {cut(self.item.text, outer.stretch)}, {named(outer.label.label)}, "
                "and is not marked on its own."
            )
        elif touched:
            other = cut(self.item.text, touched[0].stretch)
            message = f"You marked {words}, but {other} in it has a span of its own already."
        else:
            message = f"You marked {words} as {named(mine.label.label)}; it should not be marked."
        rule = self.rubric.rules.get("extra", "")
        label = mine.label
        return Finding("extra", "error", self.item.id, capital(message), rule, label.id, classes=(label.label,))

    def unlabelled(self) -> Finding:
        """A text that was never opened."""
        return Finding("unlabelled", "error", self.item.id, "This text has no label yet.")

    def _pair(
        self, kind: str, severity: str, message: str, mine: Marking, true: Marking, fallback: str = ""
    ) -> Finding:
        return Finding(
            kind,
            severity,
            self.item.id,
            message,
            rule_of(true.label, self.rubric, kind, fallback),
            mine.label.id,
            true.label.id,
            classes=(mine.label.label, true.label.label),
        )
