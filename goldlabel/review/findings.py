"""What a review says: findings, measures, rows a class, and the score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from goldlabel.metrics.intervals import Interval
from goldlabel.review.wording import WORDS, plain, shown, shown_rate

__all__ = ["KINDS", "ClassRow", "Confusion", "Finding", "ItemReview", "Measure", "Pair", "Review"]

KINDS: Mapping[str, str] = {
    "missing": "Missing",
    "extra": "Extra",
    "mismatching_label": "Wrong class",
    "identity_switch": "Identity switch",
    "lost": "Lost",
    "runs_on": "Runs on without its object",
    "boundary": "Ends off",
    "leak": "Still readable",
    "direction": "Wrong direction",
    "low_overlap": "Loose or far off",
    "misread": "Misread",
    "two_words": "Several words in one box",
    "half_word": "Part of a word",
    "misheard": "Misheard",
    "word_missing": "Word left out",
    "word_extra": "Word too many",
    "filler": "Filler left out",
    "cut_word": "Broken-off word",
    "speaker": "Wrong speaker",
    "overlap": "Overlap missed",
    "overlapping_turns": "Turns that overlap",
    "left_right_swapped": "Left and right swapped",
    "point_off": "Point off",
    "missing_point": "Point left out",
    "extra_point": "Point too many",
    "visibility": "Visible or hidden",
    "mismatching_attribute": "Wrong attribute",
    "fact_missing": "Fact left out",
    "contradicted": "Told wrongly",
    "not_in_source": "Not in the source",
    "too_long": "Too long",
    "copied": "Copied",
    "unlabelled": "Not labelled",
    "invalid": "Unreadable label",
}
"""Kinds of findings and their titles. Missing, extra, mismatching label, direction, attribute and low overlap are
CVAT's names."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that a quality reviewer would say.

    Attributes:
        kind: A key of :data:`KINDS`.
        severity: ``error`` costs score, ``warning`` costs tightness or a measure of its own, ``format`` is no labelling
            error.
        item: Item id.
        message: One sentence that a beginner understands.
        rule: Id of the guideline's rule, or an empty string.
        label: Id of the learner's annotation, or an empty string.
        gold: Id of the gold annotation, or an empty string.
        value: What was measured (an overlap, for instance), or None.
        classes: The classes concerned, the learner's first.
        seconds: The stretch of time that it speaks of, ``(start, end)``, so that it can be played; None where it speaks
            of the whole item, or the item has no time.
    """

    kind: str
    severity: str
    item: str
    message: str
    rule: str = ""
    label: str = ""
    gold: str = ""
    value: float | None = None
    classes: tuple[str, ...] = ()
    seconds: tuple[float, float] | None = None


class Pair(msgspec.Struct, frozen=True):
    """A label with the gold it was matched to.

    Attributes:
        label: Annotation id.
        gold: Annotation id.
        overlap: Their overlap, 0 to 1.
        same_class: Whether their classes agree.
    """

    label: str
    gold: str
    overlap: float
    same_class: bool


class Measure(msgspec.Struct, frozen=True):
    """One measured figure beside the bar that it should reach.

    Attributes:
        name: Key, as in the rubric's ``measure_bars``.
        title: For people.
        value: 0 to 1.
        bar: The bar, or None when there is none.
        interval: 95 % interval, or None where too little was measured for one.
        at_most: Whether it is a measure of error, whose bar is reached from above. An error rate may pass 1.
    """

    name: str
    title: str
    value: float
    bar: float | None = None
    interval: Interval | None = None
    at_most: bool = False

    @property
    def reached(self) -> bool:
        """Whether the value reaches its bar (always, where there is none)."""
        if self.bar is None:
            return True
        value = round(self.value, 4)
        return value <= self.bar if self.at_most else value >= self.bar

    @property
    def text(self) -> str:
        """The value for people."""
        return shown_rate(self.value) if self.at_most else shown(self.value)

    @property
    def verdict(self) -> str:
        """The bar and whether it is reached, "below 0.90"; empty where there is none."""
        if self.bar is None:
            return ""
        words = ("at most", "above") if self.at_most else ("reaches", "below")
        return f"{words[0] if self.reached else words[1]} {self.bar:.2f}"


class ClassRow(msgspec.Struct, frozen=True):
    """Figures of one class.

    Attributes:
        label: Class name.
        gold: How many there are.
        labelled: How many the learner labelled as this class.
        found: How many of them are right.
        confused: How many were boxed but called something else.
        precision, recall, f1: 0 to 1.
    """

    label: str
    gold: int
    labelled: int
    found: int
    confused: int
    precision: float
    recall: float
    f1: float


class Confusion(msgspec.Struct, frozen=True):
    """How often gold of one class was called another.

    Attributes:
        gold: Names of the rows.
        labels: Names of the columns; the last one stands for "no answer" or "not marked" where something is missing.
        counts: One row a name of ``gold``.
    """

    gold: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class ItemReview(msgspec.Struct, frozen=True):
    """The review of one item.

    Attributes:
        item: Item id.
        score: 0 to 1.
        labelled: Whether the learner labelled it at all.
        pairs: Matched labels and gold.
        covered: Ids of labels on ``difficult`` gold: neither rewarded nor punished.
        findings: Of this item.
    """

    item: str
    score: float
    labelled: bool
    pairs: tuple[Pair, ...]
    covered: tuple[str, ...]
    findings: tuple[Finding, ...]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Labels of one exercise, judged against gold under a rubric.

    Attributes:
        task: Task type: ``boxes``, ``masks``, ``choice`` ...
        exercise: Id of the exercise.
        annotator: Who labelled.
        score: 0 to 1.
        level: ``production``, ``good``, ``pass`` or ``below``: the highest bar reached.
        interval: 95 % interval of the score over items; None with fewer than five items, or when all are alike.
        measures: Single figures with their bars.
        classes: Rows a class.
        items: Reviews by item id, in the order judged.
        decisions: How many gold annotations were judged.
        gold_version: Version of the gold.
        confusion: Which classes were taken for which, for choices, spans and relations.
    """

    task: str
    exercise: str
    annotator: str
    score: float
    level: str
    interval: Interval | None
    measures: tuple[Measure, ...]
    classes: tuple[ClassRow, ...]
    items: Mapping[str, ItemReview]
    decisions: int
    gold_version: str
    confusion: Confusion | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, item by item."""
        return tuple(finding for item in self.items.values() for finding in item.findings)

    def hints(self, most: int = 3) -> tuple[str, ...]:
        """Coarse hints for an exam: what kind of fault, never where (CVAT shows at most three).

        Returns:
            At most ``most`` sentences, the commonest fault first.
        """
        return tuple(text for text, _ in Counter(_hint(one, self.task) for one in self.findings).most_common(most))

    def __repr__(self) -> str:
        return f"<Review of {self.exercise}: score {shown(self.score)} ({self.level}), {len(self.findings)} findings>"


_HINTS: Mapping[str, str] = {
    "identity_switch": "Tracks that change over to another object, or objects that change their track",
    "lost": "Objects that are not followed in every frame in which they can be seen",
    "runs_on": "Tracks that go on where their object is not to be seen: outside was forgotten",
    "leak": "Hidden in part only: something can still be read",
    "direction": "Relations that point the wrong way",
    "misread": "Words that were read wrongly: signs that look alike, or something left out",
    "misheard": "Words that were heard wrongly: listen to the piece again, slowly",
    "word_missing": "Words that were left out",
    "word_extra": "Words that nobody says",
    "filler": "Fillers that were left out",
    "cut_word": "Words that break off and were made whole, or left out",
    "speaker": "Speech that was given to the wrong speaker",
    "overlap": "Two who speak at once, of whom only one was marked",
    "overlapping_turns": "Turns of one speaker that overlap each other",
    "two_words": "Boxes that hold more than one word",
    "half_word": "Boxes that hold a part of a word",
    "left_right_swapped": "Left and right swapped",
    "point_off": "Points that lie off their place",
    "missing_point": "Points that were left out",
    "extra_point": "Points that are not to be labelled",
    "visibility": "Points called visible or hidden wrongly",
    "mismatching_attribute": "Wrong attributes",
    "fact_missing": "Key facts that are left out",
    "contradicted": "Key facts that are told wrongly",
    "not_in_source": "Numbers or names that the source does not have",
    "too_long": "Summaries over the word limit",
    "copied": "Long runs of words copied from the source",
    "unlabelled": "Items without any label",
}


def _hint(finding: Finding, task: str) -> str:
    names = finding.classes
    match finding.kind:
        case "missing":
            return f"Missing: {plain(names[0])}"
        case "extra":
            return f"Extra: {plain(names[0])}"
        case "mismatching_label":
            return "Confused classes: {} and {}".format(*sorted(plain(name) for name in names))
        case "low_overlap" | "boundary":
            return WORDS[task].loose
        case kind:
            return _HINTS.get(kind, "Labels that could not be read")
