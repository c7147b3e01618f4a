"""Words on a page for the review engine: four corners, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from goldlabel.annotations import Item, Point, WordBox
from goldlabel.metrics import polygons as metrics
from goldlabel.metrics.reading import normalised
from goldlabel.review.shapes.base import Floats, Geometry, UnusableError
from goldlabel.review.shapes.boxes import side_report
from goldlabel.review.shapes.polygons import PlaneGeometry, PolygonGeometry, on_picture
from goldlabel.review.wording import Corners

__all__ = ["LONGEST", "ReadWord", "WordBoxGeometry"]

LONGEST = 200
"""Characters. A longer text is no word, and comparing it would take long."""

_LEAST_TURN = 1e-6
"""Square pixels; with less the corners lie on one line."""

_UPRIGHT = 0.9
"""A shape that fills this share of the upright box around it has a left side, a top, and so on."""


class ReadWord(msgspec.Struct, frozen=True):
    """A word with its outline on the picture and its text as it is compared."""

    outline: BaseGeometry
    text: str


class WordBoxGeometry(Geometry[WordBox, ReadWord]):
    """A word is the quadrilateral of its corners (ICDAR); a box drawn upright is one, too.

    Args:
        ignore_case: Whether capitals are read like small letters.
    """

    kind = WordBox
    task = "word_boxes"
    _plane = PlaneGeometry()

    def __init__(self, *, ignore_case: bool = False) -> None:
        self._ignore_case = ignore_case

    def shape(self, label: WordBox, item: Item, *, gold: bool, complain: Callable[[str], None]) -> ReadWord:  # noqa: ARG002
        """The outline on the picture and the text."""
        if len(label.text) > LONGEST:
            raise UnusableError(f"has a text of {len(label.text):,} characters; a word has {LONGEST} at most")
        text = normalised(label.text, ignore_case=self._ignore_case)
        if gold and not text and not label.difficult:
            raise UnusableError("has no text")
        if _is_plain(label.corners, item):
            return ReadWord(Polygon(label.corners), text)
        if wrong := metrics.problem([label.corners]):
            raise UnusableError(wrong)
        outline = metrics.as_shape([label.corners])
        return ReadWord(outline if gold else on_picture(outline, item), text)

    def overlap(self, labels: Sequence[ReadWord], gold: Sequence[ReadWord]) -> Floats:
        """IoU."""
        return self._plane.overlap(_outlines(labels), _outlines(gold))

    def intersection(self, labels: Sequence[ReadWord], gold: Sequence[ReadWord]) -> Floats:
        """Shared area."""
        return self._plane.intersection(_outlines(labels), _outlines(gold))

    def area(self, shapes: Sequence[ReadWord]) -> Floats:
        """Areas."""
        return self._plane.area(_outlines(shapes))

    def bounds(self, shape: ReadWord) -> Corners:
        """The upright box around it."""
        return self._plane.bounds(shape.outline)

    def loose(self, mine: ReadWord, true: ReadWord) -> str:
        """The sides that are off, in pixels; of words that lie aslant, what is cut off and what is air."""
        frames = [self.bounds(one) for one in (mine, true)]
        if all(_fills(one.outline, frame) for one, frame in zip((mine, true), frames, strict=True)):
            return side_report(frames[0], frames[1])
        return PolygonGeometry().loose(mine.outline, true.outline).replace("of the object", "of the word")


def _is_plain(corners: Sequence[Point], item: Item) -> bool:
    """Whether a word lies on the picture and turns clockwise at every corner: nothing is wrong with it then.

    Nearly every word does, and the questions that the others are asked take a hundred times as long.
    """
    if not all(0 <= x <= item.width and 0 <= y <= item.height for x, y in corners):
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    turns = (
        (bx - ax) * (cy - by) - (by - ay) * (cx - bx),
        (cx - bx) * (dy - cy) - (cy - by) * (dx - cx),
        (dx - cx) * (ay - dy) - (dy - cy) * (ax - dx),
        (ax - dx) * (by - ay) - (ay - dy) * (bx - ax),
    )
    return min(turns) > _LEAST_TURN


def _fills(outline: BaseGeometry, frame: Corners) -> bool:
    x1, y1, x2, y2 = frame
    return bool(outline.area >= _UPRIGHT * (x2 - x1) * (y2 - y1))


def _outlines(shapes: Sequence[ReadWord]) -> list[BaseGeometry]:
    return [shape.outline for shape in shapes]
