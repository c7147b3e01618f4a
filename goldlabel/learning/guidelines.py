"""One picture, two guidelines, two golds: what is right depends on the rules that the client gave."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from goldlabel.annotations import Box, Choice, Item, only
from goldlabel.data import data_uri, load_items, practice_gold
from goldlabel.errors import ExerciseError
from goldlabel.exercises import find_exercise
from goldlabel.learning.figures import BLUE, ORANGE, Picture
from goldlabel.review.wording import plain

__all__ = ["WHOLE", "two_boxes", "two_golds"]

_SCENE = "fk-012"
_WINDOW = (190, 90, 440, 290)  # the bowl: x, y, width, height in pixels

WHOLE = {"g03": (290.0, 161.0, 409.0, 266.0), "g05": (382.0, 201.0, 526.0, 338.0)}
"""Two half-hidden pieces of fruit of that picture, boxed whole: drawn by hand, by guessing the hidden part."""


def two_boxes() -> Picture:
    """Two pieces of fruit in a bowl, each boxed by two conventions, and how far the boxes agree."""
    from goldlabel.metrics.boxes import iou

    item = _item("fruit-kitchen", _SCENE)
    boxes = {box.id: box for box in only(practice_gold("fruit-kitchen").of(_SCENE).annotations, Box)}
    shapes, said = [], []
    for name, whole in WHOLE.items():
        visible = boxes[name]
        overlap = float(iou([visible.xyxy], [whole])[0, 0])
        shapes += [_rectangle(whole, ORANGE, "9 6"), _rectangle(visible.xyxy, BLUE, "")]
        said.append(f"{visible.label} {overlap:.2f}")
    x, y, width, height = _WINDOW
    text = f"Overlap (IoU) of the two boxes: {', '.join(said)}"
    picture = data_uri("fruit-kitchen", item)
    html = (
        f'<svg viewBox="{x} {y} {width} {height}" role="img" aria-label="Fruit in a bowl. {text}" '
        'style="display:block;width:100%;max-width:760px;height:auto;border-radius:6px">'
        f'<image href="{picture}" width="{item.width}" height="{item.height}"/>{"".join(shapes)}</svg>'
        f"<div>{_sample(BLUE, '')} the part that can be seen &nbsp; {_sample(ORANGE, '9 6')} the whole thing, "
        f"the hidden part guessed<br>{text}. 1 would be the same box.</div>"
    )
    return Picture(html, text)


def two_golds(first: str, second: str, *, names: tuple[str, str] | None = None, most: int = 6) -> Picture:
    """Practice pictures that two exercises call by different names.

    Args:
        first: Id of an exercise.
        second: Id of another one on the same pictures, with a guideline and gold of its own.
        names: Of the two clients; the titles of the exercises unless told.
        most: How many pictures.
    """
    one, two = find_exercise(first), find_exercise(second)
    clients = names or (one.title, two.title)
    gold = practice_gold(one.dataset, one.gold or "practice"), practice_gold(two.dataset, two.gold or "practice")
    chosen: list[tuple[Item, Choice, Choice]] = []
    for item in one.pool():
        if item.id not in gold[0].items or item.id not in gold[1].items:
            continue
        left, right = (only(side.of(item.id).annotations, Choice) for side in gold)
        if left and right and left[0].label != right[0].label:
            chosen.append((item, left[0], right[0]))
    cards = "".join(
        f'<figure style="margin:0;width:230px"><img src="{data_uri(one.dataset, item)}" alt="{escape(item.alt)}" '
        'style="width:100%;border-radius:6px">'
        f'<figcaption style="font-size:13px;line-height:1.4">{_said(clients[0], left)}<br>{_said(clients[1], right)}'
        "</figcaption></figure>"
        for item, left, right in _varied(chosen, most)
    )
    text = f"{len(chosen)} of {len(one.pool())} pictures have another gold under the other guideline"
    return Picture(f'<div style="display:flex;flex-wrap:wrap;gap:14px">{cards}</div><p>{text}.</p>', text)


def _varied(chosen: Sequence[tuple[Item, Choice, Choice]], most: int) -> list[tuple[Item, Choice, Choice]]:
    """At most ``most``, the pairs of names in turn."""
    groups: dict[tuple[str, str], list[tuple[Item, Choice, Choice]]] = {}
    for row in chosen:
        groups.setdefault((row[1].label, row[2].label), []).append(row)
    longest = max((len(group) for group in groups.values()), default=0)
    return [group[k] for k in range(longest) for group in groups.values() if k < len(group)][:most]


def _said(title: str, choice: Choice) -> str:
    """Who calls it what: the part of the title before a colon is the client."""
    return f"{escape(title.split(':', maxsplit=1)[0])}: <b>{escape(plain(choice.label))}</b>"


def _item(dataset: str, item_id: str) -> Item:
    for item in load_items(dataset):
        if item.id == item_id:
            return item
    raise ExerciseError(f"There is no picture {item_id!r}", where=dataset, todo="Get the course again.")


def _rectangle(xyxy: tuple[float, float, float, float], color: str, dash: str) -> str:
    x1, y1, x2, y2 = xyxy
    frame = f'x="{x1}" y="{y1}" width="{x2 - x1}" height="{y2 - y1}" fill="none"'
    casing = f'<rect {frame} stroke="#fff" stroke-width="5" stroke-opacity=".8"/>'
    return f'{casing}<rect {frame} stroke="{color}" stroke-width="2.6" stroke-dasharray="{dash}"/>'


def _sample(color: str, dash: str) -> str:
    return (
        f'<svg width="34" height="10" aria-hidden="true"><line x1="0" y1="5" x2="34" y2="5" stroke="{color}" '
        f'stroke-width="4" stroke-dasharray="{dash}"/></svg>'
    )
