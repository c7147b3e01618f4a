"""The findings of a region review: one sentence each, which a beginner understands."""

from __future__ import annotations

from typing import Any

import msgspec

from goldlabel.annotations import AttributeValue, Item
from goldlabel.review.findings import Finding
from goldlabel.review.matching import Region, is_crowd
from goldlabel.review.reasons import refused
from goldlabel.review.rubric import RegionRubric
from goldlabel.review.shapes import Detail, Geometry
from goldlabel.review.wording import WORDS, article, place, plain, shown

__all__ = ["Reporter"]


class Reporter(msgspec.Struct, frozen=True):
    """Says what was found on one picture."""

    item: Item
    geometry: Geometry[Any, Any]
    rubric: RegionRubric

    def place(self, region: Region) -> str:
        """Where a label or gold lies on the picture."""
        return place(self.geometry.bounds(region.shape), self.item)

    def confused(self, mine: Region, true: Region) -> Finding:
        """A wrong class."""
        where = self.place(true)
        message = f"You called it {article(mine.label.label)}; it is {article(true.label.label)}, {where}."
        return self._pair("mismatching_label", "error", message, mine, true, None)

    def loose(self, mine: Region, true: Region, overlap: float) -> Finding:
        """A label that lies loosely on its object, or too far off to count."""
        too_far = overlap < self.rubric.count_at
        verdict = "too far off to count" if too_far else "not tight"
        what = self.geometry.loose(mine.shape, true.shape)
        thing = f"{WORDS[self.geometry.task].one} on the {true.label.label} {self.place(true)}"
        message = f"The {thing} is {verdict}: {what} ({self._measure} {shown(overlap)})."
        return self._pair("low_overlap", "error" if too_far else "warning", message, mine, true, overlap)

    def detail(self, detail: Detail, mine: Region, true: Region, *, counts: bool) -> Finding:
        """A fault that the geometry knows of; an error where it cost the object."""
        severity = "error" if detail.costs and not counts else "warning"
        return self._pair(detail.kind, severity, detail.message, mine, true, detail.value)

    def attribute(self, name: str, mine: Region, true: Region) -> Finding:
        """A wrong attribute."""
        said, right = (one.label.attributes.get(name, False) for one in (mine, true))
        thing = f"the {true.label.label} {self.place(true)}"
        message = _attribute_sentence(plain(name), said, right, thing)
        return self._pair("mismatching_attribute", "warning", message, mine, true, None)

    def missing(self, true: Region) -> Finding:
        """Gold that nobody labelled."""
        attributes = true.label.attributes
        details = []
        if attributes.get("truncated"):
            details.append("cut by the edge of the picture")
        visibility = attributes.get("visibility")
        if attributes.get("occluded") and isinstance(visibility, float):
            details.append(f"partly hidden, about {100 * visibility:.0f} % of it can be seen")
        extra = f" ({'; '.join(details)})" if details else ""
        name = f"a crowd: {true.label.label}," if is_crowd(true.label) else article(true.label.label)
        message = f"You missed {name} {self.place(true)}{extra}."
        rule = self.rubric.rules.get("missing", "")
        return Finding("missing", "error", self.item.id, message, rule, gold=true.label.id, classes=(true.label.label,))

    def surplus(self, mine: Region, nearest: Region | None, overlap: float) -> Finding:
        """A label that belongs to nothing.

        Args:
            mine: The label.
            nearest: The gold that it overlaps most, if there is gold.
            overlap: With that gold.
        """
        word, where, label = WORDS[self.geometry.task], self.place(mine), mine.label.label
        if nearest is not None and overlap >= self.rubric.match_at:
            # It would have matched, had the object not been matched by a better label.
            message = f"The {nearest.label.label} {where} has two {word.many}; one object gets one {word.one}."
        elif nearest is not None and overlap > 0.1:
            verb = "overlaps" if self._measure == "overlap" else f"has {article(self._measure)} of"
            gold = article(nearest.label.label)
            message = f"Your {label} {word.one} {where} fits no object: the nearest, {gold}, {verb} {shown(overlap)}."
        else:
            message = f"Your {label} {word.one} {where} has nothing in it that should be {word.done}."
        rule = self.rubric.rules.get("extra", "")
        return Finding("extra", "error", self.item.id, message, rule, mine.label.id, value=overlap, classes=(label,))

    def invalid(self, name: str, problem: str, *, left_out: str = "it") -> Finding:
        """A label, or a part of one, that cannot be judged."""
        return refused(self.geometry.task, self.item, name, problem, left_out=left_out)

    @property
    def _measure(self) -> str:
        return "OKS" if self.geometry.measure == "OKS" else "overlap"

    def _pair(self, kind: str, severity: str, message: str, mine: Region, true: Region, value: float | None) -> Finding:
        return Finding(
            kind,
            severity,
            self.item.id,
            message,
            self.rubric.rules.get(kind, ""),
            mine.label.id,
            true.label.id,
            value,
            (mine.label.label, true.label.label),
        )


def _attribute_sentence(name: str, said: AttributeValue, right: AttributeValue, thing: str) -> str:
    if right is True:
        return f'Set "{name}" for {thing}.'
    if right is False:
        return f'"{name}" does not hold for {thing}: take it off.'
    return f'"{name}" of {thing} is "{right}", not "{said}".' if said else f'"{name}" of {thing} is "{right}".'
