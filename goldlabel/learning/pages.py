"""Pictures of pages: words, lines, blocks, the order of reading, fields as a table, upright boxes on slanted lines."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from statistics import fmean

import msgspec
from shapely import MultiPoint

from goldlabel.annotations import Item, WordBox, only
from goldlabel.data import data_uri
from goldlabel.exercises import ExerciseSpec
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import BLUE, GREEN, VERMILION, Picture, table_html
from goldlabel.metrics import polygons as metrics
from goldlabel.review.html import text_table
from goldlabel.review.overlay.paths import geometry_path, path_of
from goldlabel.review.overlay.style import cased, svg
from goldlabel.review.wording import plain, shown

__all__ = ["blacked_out", "blocks", "levels", "lines", "reading_order", "record", "slant_table", "upright", "uprights"]

EXERCISE = "w3-documents"

BLOCK_GAP = 1.35
"""A step to the next line that is so much larger than the smallest one of the page begins a block."""

Line = tuple[WordBox, ...]


def _page(item_id: str) -> tuple[ExerciseSpec, Item, tuple[WordBox, ...]]:
    """Exercise, page and the words on it that count, in reading order: gold is written down in it."""
    spec, item = practice_item(EXERCISE, item_id)
    return spec, item, only(gold_of(spec).of(item.id).scored, WordBox)


def lines(words: Sequence[WordBox]) -> tuple[Line, ...]:
    """Words in reading order, parted into lines: a line ends where the next word begins left of its last word's end."""
    made: list[list[WordBox]] = []
    for word in words:
        if made and word.corners[0][0] >= made[-1][-1].corners[1][0]:
            made[-1].append(word)
        else:
            made.append([word])
    return tuple(map(tuple, made))


def blocks(parts: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """Lines that stand close together; a block ends at a step well above the smallest one."""
    if not parts:
        return ()
    heights = [fmean(_middle(word)[1] for word in part) for part in parts]
    steps = [below - above for above, below in pairwise(heights)]
    made = [[parts[0]]]
    for step, part in zip(steps, parts[1:], strict=True):
        if step > BLOCK_GAP * min(steps):
            made.append([])
        made[-1].append(part)
    return tuple(map(tuple, made))


def _around(words: Sequence[WordBox], room: float, look: str) -> str:
    """A line around words, with so many pixels of room; paper is light, so it needs no casing."""
    hull = MultiPoint([corner for word in words for corner in word.corners]).convex_hull
    return f"<{geometry_path(hull.buffer(room))} {look}/>"


def levels(item_id: str) -> Picture:
    """A page with its words, its lines and its blocks drawn around."""
    spec, item, words = _page(item_id)
    parts = lines(words)
    whole = blocks(parts)
    green = f'fill="{GREEN}" fill-opacity=".16" stroke="{GREEN}" stroke-width="3" stroke-dasharray="2 6"'
    shapes = [_around([word for part in block for word in part], 14, green) for block in whole]
    orange = f'fill="none" stroke="{VERMILION}" stroke-width="2.5" stroke-dasharray="12 6"'
    shapes += [_around(part, 6, orange) for part in parts]
    shapes += [f'<{path_of(word)} fill="none" stroke="{BLUE}" stroke-width="2.5"/>' for word in words]
    counts = f"{len(words)} words (solid), {len(parts)} lines (dashed), {len(whole)} blocks (dotted)"
    return Picture(f"{_narrow(svg(item, data_uri(spec.dataset, item), shapes))}<p>{counts}</p>", counts)


def _narrow(*pictures: str) -> str:
    """Pages side by side where there is room; a page alone is not as wide as the notebook."""
    cards = "".join(f'<div style="flex:1 1 320px;max-width:520px">{picture}</div>' for picture in pictures)
    return f'<div style="display:flex;flex-wrap:wrap;gap:14px;margin:6px 0">{cards}</div>'


def reading_order(item_id: str) -> Picture:
    """A page with two ways through its words: by the height of each box on the picture, and line by line."""
    spec, item, words = _page(item_id)
    picture = data_uri(spec.dataset, item)
    by_height = sorted(words, key=lambda word: (word.corners[0][1], word.corners[0][0]))
    cards, said = [], []
    ways = (("Sorted by height on the picture", by_height, VERMILION), ("Line by line", list(words), BLUE))
    for title, way, color in ways:
        points = " ".join(f"{x:.0f},{y:.0f}" for x, y in map(_middle, way))
        drawn = svg(item, picture, [cased(f'polyline points="{points}"', color)])
        text = " ".join(word.text for word in way[:16])
        cards.append(f"<b>{title}</b>{drawn}<p><code>{escape(text)} …</code></p>")
        said.append(f"{title}: {text} ...")
    return Picture(_narrow(*cards), "\n".join(said))


def _middle(word: WordBox) -> tuple[float, float]:
    return fmean(x for x, _ in word.corners), fmean(y for _, y in word.corners)


def upright(word: WordBox) -> WordBox:
    """The smallest box with level sides around a word."""
    columns, rows = ([corner[axis] for corner in word.corners] for axis in (0, 1))
    left, right, top, foot = min(columns), max(columns), min(rows), max(rows)
    return msgspec.structs.replace(word, corners=((left, top), (right, top), (right, foot), (left, foot)))


def _overlaps(words: Sequence[WordBox]) -> list[float]:
    """IoU of each word's upright box with its four corners."""
    outlines = [(metrics.as_shape([word.corners]), metrics.as_shape([upright(word).corners])) for word in words]
    return [float(metrics.iou([true], [level])[0, 0]) for true, level in outlines]


def uprights(item_id: str) -> Picture:
    """A page with both boxes of every word: four corners, and upright; above the upright one its IoU."""
    spec, item, words = _page(item_id)
    overlaps = _overlaps(words)
    shapes = []
    for word, overlap in zip(words, overlaps, strict=True):
        level = upright(word)
        shapes += [cased(path_of(level), VERMILION, "7 4"), cased(path_of(word), BLUE)]
        left, top = level.corners[0]
        shapes.append(
            f'<text x="{left:.0f}" y="{top - 5:.0f}" font-family="system-ui" font-size="16" font-weight="600" '
            f'fill="#fff" stroke="#000" stroke-width="3" paint-order="stroke">{shown(overlap)}</text>'
        )
    worst = min(range(len(words)), key=overlaps.__getitem__)
    text = (
        f"Upright boxes (dashed) reach a mean IoU of {shown(fmean(overlaps))} with the four corners (solid), "
        f'and {shown(overlaps[worst])} on "{words[worst].text}".'
    )
    drawn = svg(item, data_uri(spec.dataset, item), shapes)
    return Picture(f'<div style="max-width:760px">{drawn}</div><p>{escape(text)}</p>', text)


def slant_table(item_ids: Sequence[str]) -> Picture:
    """What upright boxes reach at best: mean and smallest IoU, and how many words fall under 0.8 and 0.5."""
    rows = []
    for item_id in item_ids:
        _, item, words = _page(item_id)
        overlaps = _overlaps(words)
        low, lost = (f"{sum(one < bar for one in overlaps)} of {len(words)}" for bar in (0.8, 0.5))
        rows.append((item.alt.rstrip("."), shown(fmean(overlaps)), shown(min(overlaps)), low, lost))
    heads = ("page", "mean IoU", "smallest", "under 0.80", "under 0.50")
    return Picture(table_html(heads, rows), "; ".join(f"{row[0]}: mean IoU {row[1]}" for row in rows))


def record(item_id: str, *, fields: Sequence[str] = ()) -> Picture:
    """A page as the client's table has it: what was read, by field; without ``fields``, all but *other*."""
    spec, _, words = _page(item_id)
    rows = []
    for name in fields or [one for one in spec.class_names if one != "other"]:
        said = [" ".join(word.text for word in part if word.label == name) for part in lines(words)]
        rows.append((plain(name), " / ".join(filter(None, said)) or "-"))
    return Picture(text_table(("field", "what it says"), rows), "; ".join(f"{row[0]}: {row[1]}" for row in rows))


def blacked_out(item_id: str, fields: Sequence[str]) -> Picture:
    """A page on which the words of ``fields`` are black, and what stands there still."""
    spec, item, words = _page(item_id)
    shapes = [
        f'<{path_of(word)} fill="#000" stroke="#000" stroke-width="4"/>' for word in words if word.label in fields
    ]
    left = " ".join(word.text for word in words if word.label not in fields)
    drawn = _narrow(svg(item, data_uri(spec.dataset, item), shapes))
    return Picture(f"{drawn}<p>Still to be read: <code>{escape(left)}</code></p>", f"Still to be read: {left}")
