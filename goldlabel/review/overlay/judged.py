"""Labels over gold, each with its verdict."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from goldlabel.annotations import Annotation, Item, Keypoints, Mask, Polygon, WordBox
from goldlabel.metrics import masks, polygons
from goldlabel.metrics.keypoints import COCO_SIGMAS, DEFAULT_SIGMA, similarities
from goldlabel.metrics.reading import normalised
from goldlabel.review.findings import ItemReview, Pair
from goldlabel.review.misreadings import shortened
from goldlabel.review.overlay.figures import Edges, corrections, figure, figure_bounds
from goldlabel.review.overlay.paths import bounds_of, geometry_path, path_of, runs_path
from goldlabel.review.overlay.style import LEGEND, hatched, line, svg, tab
from goldlabel.review.rubric import KeypointRubric, RegionRubric, WordBoxRubric
from goldlabel.review.wording import shown

__all__ = ["regions_overlay"]

_POINT_OFF = 0.5
"""A point is drawn as off under the similarity at which the review tells it."""


def regions_overlay(
    item: Item,
    labels: Sequence[Annotation],
    gold: Sequence[Annotation],
    review: ItemReview,
    *,
    picture: str,
    rubric: RegionRubric,
    edges: Edges = (),
) -> str:
    """The picture with every label of both sides and its verdict.

    Args:
        item: The item; its size sets the coordinates.
        labels: The learner's labels.
        gold: All gold of the item.
        review: The verdicts.
        picture: Address of the picture, for instance a ``data:`` URI.
        rubric: Below its ``low_overlap`` a label is drawn as not tight, with gold beside it.
        edges: Pairs of keypoints that are joined.

    Returns:
        An ``<svg>`` element.
    """
    pen = _Pen(item, rubric, tuple(edges))
    # Of labels that share an id, the first is the one that was judged.
    yours = {one.id: one for one in reversed(labels)}
    true = {one.id: one for one in gold}
    drawn = [pen.pair(yours[pair.label], true[pair.gold], pair) for pair in review.pairs]
    matched = {pair.gold for pair in review.pairs}
    drawn += [
        pen.one(one, "aside", "") if one.difficult else pen.one(one, "missed", _missed(one))
        for one in gold
        if one.id not in matched
    ]
    drawn += [pen.one(yours[name], "aside", "") for name in review.covered]
    settled = {pair.label for pair in review.pairs} | set(review.covered)
    settled |= {finding.label for finding in review.findings if finding.kind == "invalid"} - settled
    drawn += [pen.one(one, "extra", f"extra: {_name(one)}") for one in labels if one.id not in settled]
    # Tabs last: no line runs over a text.
    return svg(item, picture, [*(shape for shape, _ in drawn), *(text for _, text in drawn)])


def _name(label: Annotation) -> str:
    """What a label is called beside it: a word by its text, anything else by its class."""
    return shortened(label.text) if isinstance(label, WordBox) and label.text else label.label


def _missed(label: Annotation) -> str:
    """What stands beside gold that nobody labelled; a word can be read where it is."""
    return "" if isinstance(label, WordBox) else f"missed: {label.label}"


class _Pen(msgspec.Struct, frozen=True):
    """Draws single labels and pairs; each comes as its shape and the tab with its text."""

    item: Item
    rubric: RegionRubric
    edges: tuple[tuple[str, str], ...]

    def one(self, label: Annotation, verdict: str, text: str) -> tuple[str, str]:
        """A label in the line of its verdict."""
        stroke = LEGEND[verdict]
        if isinstance(label, Keypoints):
            drawn = figure(label, stroke.color, stroke.dash, self.item, self.edges)
            return drawn, tab(figure_bounds(label, self.item), stroke.color, text, self.item) if drawn else ""
        path = path_of(label)
        if not path:
            return "", ""
        fill = stroke.color if isinstance(label, Mask) else "none"
        words = tab(bounds_of(label), stroke.color, text, self.item, printed=isinstance(label, WordBox))
        return line(path, verdict, fill=fill), words

    def pair(self, mine: Annotation, true: Annotation, pair: Pair) -> tuple[str, str]:
        """A label over the gold that it was matched to."""
        loose = pair.overlap < self.rubric.low_overlap
        if isinstance(mine, WordBox) and isinstance(true, WordBox):
            return self._word_pair(mine, true, pair, loose=loose)
        if not pair.same_class:
            verdict, text = "confused", f"{mine.label}: is {true.label}"
        elif loose:
            verdict, text = "loose", f"{mine.label} {shown(pair.overlap)}"
        else:
            verdict, text = "right", mine.label
        match mine, true:
            case Mask(), Mask():
                return self._mask_pair(mine, true, verdict, text, loose=loose)
            case Keypoints(), Keypoints():
                drawn, label = self.one(mine, verdict, text)
                return drawn + corrections(mine, true, self._off(mine, true), self.item), label
        drawn, label = self.one(mine, verdict, text)
        if not loose:
            return drawn, label
        patches = self._patches(mine, true) if isinstance(mine, Polygon) and isinstance(true, Polygon) else ""
        return patches + self.one(true, "gold", "")[0] + drawn, label

    def _word_pair(self, mine: WordBox, true: WordBox, pair: Pair, *, loose: bool) -> tuple[str, str]:
        """A word: its box in the line of its worst fault, and beside it whatever differs.

        What is right says nothing: a page has forty words.
        """
        ignore_case = isinstance(self.rubric, WordBoxRubric) and self.rubric.ignore_case
        read, printed = (normalised(one.text, ignore_case=ignore_case) for one in (mine, true))
        told, verdict = [], "loose" if loose else "right"
        if read != printed:
            verdict = "misread"
            told.append(f"{shortened(mine.text) or 'nothing'} → {shortened(true.text)}")
        if not pair.same_class:
            verdict = "confused"
            told.append(f"{mine.label} → {true.label}")
        if loose and not told:
            told.append(shown(pair.overlap))
        drawn, label = self.one(mine, verdict, ", ".join(told))
        return (self.one(true, "gold", "")[0] if loose else "") + drawn, label

    def _patches(self, mine: Polygon, true: Polygon) -> str:
        """What a loose polygon leaves as air, and what it cuts off."""
        first, second = polygons.as_shape(mine.rings), polygons.as_shape(true.rings)
        air, cut = geometry_path(first.difference(second)), geometry_path(second.difference(first))
        return "".join(
            hatched(path, patch, self.item) for path, patch in ((air, "too-much"), (cut, "too-little")) if path
        )

    def _mask_pair(self, mine: Mask, true: Mask, verdict: str, text: str, *, loose: bool) -> tuple[str, str]:
        """What both painted in the colour of the verdict; too much and too little hatched."""
        first, second = masks.decode_runs(mine.counts, mine.size), masks.decode_runs(true.counts, true.size)
        too_much, too_little = masks.difference(first, second), masks.difference(second, first)
        both = masks.difference(first, too_much)
        drawn = line(path, verdict, fill=LEGEND[verdict].color) if (path := runs_path(both)) else ""
        for runs, patch in ((too_much, "too-much"), (too_little, "too-little")):
            if path := runs_path(runs):
                drawn += hatched(path, patch, self.item, edge=loose)
        return drawn, tab(bounds_of(mine), LEGEND[verdict].color, text, self.item)

    def _off(self, mine: Keypoints, true: Keypoints) -> list[str]:
        """Points whose similarity is low."""
        sigmas = self.rubric.sigmas if isinstance(self.rubric, KeypointRubric) else {}
        names = [name for name in true.points if name in mine.points]
        if not names:
            return []
        fall = [sigmas.get(name, COCO_SIGMAS.get(name, DEFAULT_SIGMA)) for name in names]
        first, second = ([np.nan_to_num(np.array([one.points[name] for name in names]))] for one in (mine, true))
        found = similarities(first, second, [true.area], fall)[0, 0]
        return [
            name
            for name, likeness in zip(names, found.tolist(), strict=True)
            if likeness < _POINT_OFF and mine.points[name][2] > 0 and true.points[name][2] > 0
        ]
