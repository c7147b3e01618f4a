"""What the review of word boxes adds to that of regions: what was read, and sentences that name the words.

The character error rate is that of :func:`goldlabel.metrics.reading.cer`, over all words that count: the edits between
what was typed and what is printed, by the characters printed. Every word is read by the box that it was matched to,
whatever the field. A word without a box counts as all of its characters deleted, and a box without a word as all of
its characters inserted, so that neither leaving out nor inventing pays. (ICDAR's end-to-end protocols judge a page
word by word in the same way; there a word is right or wrong as a whole.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.metrics.reading import edit_distance
from goldlabel.review.findings import Finding
from goldlabel.review.matching import Region, Scene
from goldlabel.review.misreadings import misreading, quoted
from goldlabel.review.sentences import Reporter
from goldlabel.review.wording import listed, plain, shown

__all__ = ["CHARACTERS", "EDITS", "FIELDS", "FIELDS_RIGHT", "WordReporter", "error_rates", "read_page"]

Floats = NDArray[np.float64]

# Columns of the engine's table of counts.
EDITS = 9
CHARACTERS = 10
FIELDS_RIGHT = 11
FIELDS = 12

_HELD = 0.6
"""A box holds a word when it covers this share of it."""

_PART = 0.8
"""A box that covers less of a word than this may be a box on a part of it."""

_EXPLAINED = frozenset({"missing", "extra", "low_overlap", "misread"})
"""Findings that say no more once it is told that a box holds two words, or a part of one."""


class WordReporter(Reporter, frozen=True):
    """Says what was found on one page; words are named by what is printed."""

    def word(self, region: Region) -> str:
        """A word of gold with its place: 'the word "10.50" at the top'."""
        return f"the word {quoted(region.label.text)} {self.place(region)}"

    def confused(self, mine: Region, true: Region) -> Finding:
        """The wrong field."""
        said, right = (plain(one.label.label) for one in (mine, true))
        message = f'You put {self.word(true)} into the field "{said}"; it belongs to "{right}".'
        return self._pair("mismatching_label", "error", message, mine, true, None)

    def loose(self, mine: Region, true: Region, overlap: float) -> Finding:
        """A box that lies loosely on its word, or too far off to count."""
        too_far = overlap < self.rubric.count_at
        verdict = "too far off to count" if too_far else "not tight"
        what = self.geometry.loose(mine.shape, true.shape)
        message = f"The box on {self.word(true)} is {verdict}: {what} (overlap {shown(overlap)})."
        return self._pair("low_overlap", "error" if too_far else "warning", message, mine, true, overlap)

    def missing(self, true: Region) -> Finding:
        """A word without a box."""
        label = true.label.label
        message = f"You missed {self.word(true)} (field: {plain(label)})."
        rule = self.rubric.rules.get("missing", "")
        return Finding("missing", "error", self.item.id, message, rule, gold=true.label.id, classes=(label,))

    def surplus(self, mine: Region, nearest: Region | None, overlap: float) -> Finding:
        """A box without a word of its own."""
        where, label = self.place(mine), mine.label.label
        typed = f" {quoted(mine.label.text)}" if mine.label.text else ""
        if nearest is not None and overlap >= self.rubric.match_at:
            message = f"{self.word(nearest).capitalize()} has two boxes; one word gets one box."
        elif nearest is not None and overlap > 0.1:
            word = quoted(nearest.label.text)
            message = (
                f"Your box{typed} {where} fits no word: on the nearest, {word}, its overlap is {shown(overlap)} only."
            )
        else:
            message = f"Your box{typed} {where} has no word in it that is to be boxed."
        rule = self.rubric.rules.get("extra", "")
        return Finding("extra", "error", self.item.id, message, rule, mine.label.id, value=overlap, classes=(label,))

    def misread(self, mine: Region, true: Region, edits: int) -> Finding:
        """Another text than the one printed."""
        if not mine.shape.text:
            message = f"You typed nothing for {self.word(true)}."
        else:
            why = misreading(true.shape.text, mine.shape.text)
            message = (
                f"You typed {quoted(mine.label.text)}; the page says {quoted(true.label.text)}"
                f"{f': {why}' if why else f', {self.place(true)}'}."
            )
        return self._pair("misread", "error", message, mine, true, float(edits))

    def two_words(self, mine: Region, words: Sequence[Region]) -> Finding:
        """One box round several words."""
        told = listed([quoted(one.label.text) for one in words], 4)
        typed = f" {quoted(mine.label.text)}" if mine.label.text else ""
        message = (
            f"Your box{typed} {self.place(mine)} holds {_count(len(words))} words, {told}: each word gets its own box."
        )
        return self._pair("two_words", "error", message, mine, words[0], float(len(words)))

    def half_word(self, mine: Region, true: Region) -> Finding:
        """A box round a part of a word."""
        message = (
            f"Your box {quoted(mine.label.text)} {self.place(mine)} holds a part of the word "
            f"{quoted(true.label.text)}: one box goes round the whole word."
        )
        return self._pair("half_word", "error", message, mine, true, None)


def _count(number: int) -> str:
    return {2: "two", 3: "three", 4: "four"}.get(number, str(number))


def error_rates(counts: Floats) -> Floats:
    """Character error rate of counts ``(..., 13)``, 0 or more; with nothing printed 0 without edits, else 1."""
    c = np.asarray(counts, dtype=np.float64)
    empty = np.asarray(c[..., EDITS] > 0, dtype=np.float64)
    rates: Floats = np.divide(c[..., EDITS], c[..., CHARACTERS], out=empty, where=c[..., CHARACTERS] > 0)
    return rates


def read_page(scene: Scene, reporter: WordReporter, row: Floats, findings: Sequence[Finding]) -> list[Finding]:
    """Judge what was read on one page.

    Args:
        scene: The page, matched.
        reporter: Says what was found.
        row: Counts of the page; those of reading and of fields are added.
        findings: What the regions' review found; what is told better here is left out.
    """
    misread = []
    partner: dict[int, int] = {}
    for label_at, gold_at, overlap in zip(*scene.matches, strict=True):
        partner[int(gold_at)] = int(label_at)
        mine, true = scene.yours[label_at], scene.scored[gold_at]
        edits = edit_distance(true.shape.text, mine.shape.text)
        row[EDITS] += edits
        if edits:
            misread.append(reporter.misread(mine, true, edits))
        if overlap >= reporter.rubric.count_at:
            row[FIELDS] += 1
            row[FIELDS_RIGHT] += mine.label.label == true.label.label
    row[CHARACTERS] += sum(len(true.shape.text) for true in scene.scored)
    row[EDITS] += sum(len(true.shape.text) for k, true in enumerate(scene.scored) if k not in partner)
    idle = set(range(len(scene.yours))) - set(partner.values()) - scene.covered
    row[EDITS] += sum(len(scene.yours[k].shape.text) for k in idle)
    of_gold, of_label = _shares(scene, reporter)
    told = [*_lumped(scene, reporter, partner, of_gold), *_parts(scene, reporter, partner, of_gold, of_label)]
    labels = {one.label for one, _ in told}
    gold = {name for _, names in told for name in names}
    kept = [
        one
        for one in (*findings, *misread)
        if not (one.kind in _EXPLAINED and (one.label in labels or (one.gold in gold and not one.label)))
    ]
    return kept + [one for one, _ in told]


def _lumped(
    scene: Scene, reporter: WordReporter, partner: dict[int, int], of_gold: Floats
) -> list[tuple[Finding, list[str]]]:
    """Boxes that hold several words which have no other box, with the ids of those words."""
    told = []
    held = of_gold >= _HELD
    for k in range(len(scene.yours)):
        if k in scene.covered:
            continue
        words = [n for n in np.flatnonzero(held[k]).tolist() if partner.get(n, k) == k]
        if len(words) > 1:
            regions = [scene.scored[n] for n in words]
            told.append((reporter.two_words(scene.yours[k], regions), [one.label.id for one in regions]))
    return told


def _parts(
    scene: Scene, reporter: WordReporter, partner: dict[int, int], of_gold: Floats, of_label: Floats
) -> list[tuple[Finding, list[str]]]:
    """Boxes on a part of a word, by what was typed and by where they lie, with the id of the word."""
    part = np.zeros(of_gold.shape, dtype=bool)
    for k, n in np.argwhere((of_label >= _HELD) & (of_gold < _PART)).tolist():
        mine, true = scene.yours[k].shape.text, scene.scored[n].shape.text
        part[k, n] = k not in scene.covered and 0 < len(mine) < len(true) and mine in true
    told = []
    for k, n in np.argwhere(part).tolist():
        # Where a better box is on the word, this one is a second box.
        if n not in partner or part[partner[n], n]:
            told.append((reporter.half_word(scene.yours[k], scene.scored[n]), [scene.scored[n].label.id]))
    return told


def _shares(scene: Scene, reporter: WordReporter) -> tuple[Floats, Floats]:
    """Shared area of every pair as a share of the gold's area, and of the label's; each ``(N, M)``."""
    yours, gold = ([one.shape for one in side] for side in (scene.yours, scene.scored))
    shared = reporter.geometry.intersection(yours, gold)
    areas = reporter.geometry.area(gold)[None, :], reporter.geometry.area(yours)[:, None]
    of_gold, of_label = (np.divide(shared, area, out=np.zeros_like(shared), where=area > 0) for area in areas)
    return of_gold, of_label
