"""Examples from the practice pools: pictures labelled well, flags shown side by side, faults to spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from goldlabel.annotations import Annotation, Box, Gold, Item, ItemLabels, LabelSet, Relation, Span, only
from goldlabel.data import data_uri, load_items, media_path, practice_gold
from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec, find_exercise
from goldlabel.feedback import judged_picture
from goldlabel.learning.faults import plant_faults
from goldlabel.learning.figures import Picture, pixels_uri
from goldlabel.review import ItemReview, review
from goldlabel.review.html import text_table
from goldlabel.review.overlay import names_html, plain_overlay
from goldlabel.review.wording import plain

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["flag_examples", "gold_of", "practice_item", "spot_the_faults", "spot_the_relations", "worked_example"]

CROP = 180
"""Longer side of a cut-out, in pixels."""

_NUMBERS = ("no", "one", "two", "three", "four", "five")


def practice_item(exercise_id: str, item_id: str) -> tuple[ExerciseSpec, Item]:
    """An exercise and a practice item of its data set, a picture or a text.

    Raises:
        ExerciseError: There is no such exercise, or no such practice item.
    """
    spec = find_exercise(exercise_id)
    for item in load_items(spec.dataset):
        if item.id == item_id and item.pool == "practice":
            return spec, item
    raise ExerciseError(f"There is no practice item {item_id!r}", where=spec.dataset, todo="Get the course again.")


def gold_of(spec: ExerciseSpec) -> Gold:
    """The practice gold of an exercise; also of an exam's data set, whose practice pool is open to all."""
    return practice_gold(spec.dataset, spec.gold or "practice")


def worked_example(exercise_id: str, item_id: str) -> Picture:
    """One practice picture or text, labelled as the guideline asks; beside each label of a text its rule."""
    spec, item = practice_item(exercise_id, item_id)
    scored = gold_of(spec).of(item.id).scored
    html = _drawn(spec, item, scored)
    html += _reasons(spec, item, scored)
    return Picture(html, f"{item.id}: {len(scored)} labels, as the guideline asks")


def spot_the_faults(exercise_id: str, item_id: str, seed: int = 1) -> VBox:
    """A picture or a text labelled with planted faults, and a button that reveals them."""
    spec, item = practice_item(exercise_id, item_id)
    planted = plant_faults(gold_of(spec).of(item.id).scored, item, spec.class_names, seed, spec.rubric)
    return _spotting(spec, item, planted.annotations, len(planted.faults))


def spot_the_relations(exercise_id: str, item_id: str, said: Sequence[tuple[str, str, str]]) -> VBox:
    """A text with the relations that somebody gave it, and a button that reveals what is wrong or missing.

    Args:
        exercise_id: A practice exercise on relations.
        item_id: A text of it.
        said: Head, class and tail; the names in the words of the text.

    Raises:
        ExerciseError: There is no such exercise or practice text, or no such name is given in it.
    """
    spec, item = practice_item(exercise_id, item_id)
    names = {item.text[one.start : one.end]: one.id for one in only(item.given, Span)}
    unknown = [name for head, _, tail in said for name in (head, tail) if name not in names]
    if unknown:
        raise ExerciseError(f"No name {unknown[0]!r} is given", where=item_id, todo=f"Take one of {', '.join(names)}.")
    made = [Relation(f"r{k}", label, names[head], names[tail]) for k, (head, label, tail) in enumerate(said, start=1)]
    return _spotting(spec, item, made, len(_judged(spec, item, made).findings))


def _spotting(spec: ExerciseSpec, item: Item, labels: Sequence[Annotation], faults: int) -> VBox:
    from ipywidgets import HTML, Button, Layout, VBox

    view = HTML(_drawn(spec, item, labels))
    button = Button(
        description=f"Show the {f'{_NUMBERS[faults]} faults' if faults > 1 else 'fault'}",
        layout=Layout(width="220px"),
        button_style="primary",
    )

    def reveal(_button: Button) -> None:
        judged, true = _judged(spec, item, labels), gold_of(spec).of(item.id)
        view.value = judged_picture(spec, item, labels, true, judged, picture=_picture(spec, item))
        button.disabled = True

    button.on_click(reveal)
    return VBox([view, button])


def _judged(spec: ExerciseSpec, item: Item, labels: Sequence[Annotation]) -> ItemReview:
    made = LabelSet(exercise=spec.id, annotator="planted faults", items={item.id: ItemLabels(tuple(labels), done=True)})
    return review(made, gold_of(spec), spec.rubric, items=[item], classes=spec.class_names).items[item.id]


def _drawn(spec: ExerciseSpec, item: Item, labels: Sequence[Annotation]) -> str:
    """The item with labels, and what their colours mean where no names stand beside them."""
    drawn = plain_overlay(item, labels, spec.all_colors, picture=_picture(spec, item), edges=_edges(spec))
    return drawn + (names_html(spec.colors) if spec.task == "word_boxes" else "")


def _picture(spec: ExerciseSpec, item: Item) -> str:
    """Address of the item's picture; empty for a text."""
    return data_uri(spec.dataset, item) if item.media else ""


def _reasons(spec: ExerciseSpec, item: Item, scored: Sequence[Annotation]) -> str:
    """What gold says of each label of a text: the rule that decides, and why."""
    titles = spec.rule_titles
    entities = {one.id: item.text[one.start : one.end] for one in only(item.given, Span)}
    spans = [(item.text[one.start : one.end], plain(one.label), *_rule(one, titles)) for one in only(scored, Span)]
    if any(row[2:] != ("", "") for row in spans):
        return text_table(("Label", "Class", "Rule", "Why"), spans)
    links = [
        (
            f"{entities.get(one.head, one.head)} → {plain(one.label)} → {entities.get(one.tail, one.tail)}",
            *_rule(one, titles),
        )
        for one in only(scored, Relation)
    ]
    return text_table(("Relation", "Rule", "Why"), links) if any(row[1:] != ("", "") for row in links) else ""


def _rule(one: Annotation, titles: Mapping[str, str]) -> tuple[str, str]:
    rule = str(one.attributes.get("rule", ""))
    return f"{rule} {titles.get(rule, '')}".strip(), str(one.attributes.get("why", ""))


def _edges(spec: ExerciseSpec) -> Sequence[tuple[str, str]]:
    return spec.skeleton.edges if spec.skeleton else ()


def flag_examples(exercise_id: str, count: int = 4) -> Picture:
    """Cut-outs of the practice pool: so many for each flag of the exercise, and so many without any."""
    spec = find_exercise(exercise_id)
    gold = gold_of(spec)
    names = [one.name for one in spec.attributes]
    items = {item.id: item for item in spec.pool()}
    found: dict[str, list[tuple[Item, Box]]] = {name: [] for name in (*names, "")}
    for item in items.values():
        for box in only(gold.of(item.id).scored, Box):
            flags = [name for name in names if box.attributes.get(name)]
            # One flag alone shows best what it means.
            if len(flags) < 2:
                found[flags[0] if flags else ""].append((item, box))
    rows = []
    for name, candidates in found.items():
        # The largest ones, but of different pictures where there are enough.
        largest = sorted(candidates, key=lambda pair: -pair[1].width * pair[1].height)
        first: dict[str, tuple[Item, Box]] = {}
        for item, box in largest:
            first.setdefault(item.id, (item, box))
        chosen = [*first.values(), *(pair for pair in largest if pair not in first.values())][:count]
        crops = "".join(_crop(spec, item, box) for item, box in chosen)
        rows.append(
            f'<div style="margin:10px 0"><b>{escape(name or "no flag")}</b>'
            f'<div style="display:flex;flex-wrap:wrap;gap:10px;margin-top:4px">{crops}</div></div>'
        )
    return Picture("".join(rows), "cut-outs with each flag, and without")


def _crop(spec: ExerciseSpec, item: Item, box: Box) -> str:
    """The surroundings of a box, as far as the picture reaches, with the box on them."""
    import numpy as np
    from PIL import Image

    x1, y1, x2, y2 = box.xyxy
    margin = 0.25 * max(box.width, box.height)
    left, top = max(0, round(x1 - margin)), max(0, round(y1 - margin))
    right, bottom = min(item.width, round(x2 + margin)), min(item.height, round(y2 + margin))
    with Image.open(media_path(spec.dataset, item)) as picture:
        pixels = np.asarray(picture.convert("RGB").crop((left, top, right, bottom)))
    scale = CROP / max(right - left, bottom - top)
    width, height = scale * (right - left), scale * (bottom - top)
    frame = " ".join(
        f'{name}="{scale * value:.1f}"'
        for name, value in (("x", x1 - left), ("y", y1 - top), ("width", box.width), ("height", box.height))
    )
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="img" '
        f'aria-label="{escape(box.label)}" style="border-radius:6px">'
        f'<image href="{pixels_uri(pixels, size=round(width))}" width="{width:.0f}" height="{height:.0f}"/>'
        f'<rect {frame} fill="none" stroke="#000" stroke-opacity=".5" stroke-width="4"/>'
        f'<rect {frame} fill="none" stroke="#fff" stroke-width="2"/></svg>'
    )
