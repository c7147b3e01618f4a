"""Picture labels as the files that clients receive: one box in three formats, and what a mix-up does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import Box, Item, only
from goldlabel.data import data_uri
from goldlabel.exercises import ExerciseSpec
from goldlabel.formats.coco import to_coco
from goldlabel.formats.voc import corners_of, to_voc
from goldlabel.formats.yolo import line_of
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import Picture
from goldlabel.review.overlay import plain_overlay
from goldlabel.workbench import Exercise

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["files_html", "misread", "mixed_up", "own_labels", "three_files"]

_PANE = (
    "margin:0;padding:10px;border:1px solid #8885;border-radius:6px;overflow:auto;max-height:330px;"
    "font-size:12px;line-height:1.45;white-space:pre"
)

_MARK = 'style="background:#E69F0055;color:inherit;border-radius:3px"'


def three_files(exercise_id: str, item_id: str) -> VBox:
    """A picture with one object picked out, and the same box in COCO, YOLO and PASCAL VOC."""
    from ipywidgets import HTML, Dropdown, Layout, VBox

    spec, item = practice_item(exercise_id, item_id)
    boxes = only(gold_of(spec).of(item.id).scored, Box)
    options = [(f"{number}. {box.label}", number - 1) for number, box in enumerate(boxes, start=1)]
    chooser = Dropdown(options=options, description="Object", layout=Layout(width="320px"))
    view = HTML()
    picture = data_uri(spec.dataset, item)

    def draw(_change: object = None) -> None:
        box = boxes[chooser.value]
        view.value = (
            f'<div style="max-width:620px">{plain_overlay(item, [box], spec.colors, picture=picture)}</div>'
            f"{files_html(spec, item, boxes, chosen=box)}"
        )

    chooser.observe(draw, names="value")
    draw()
    return VBox([chooser, view])


def files_html(spec: ExerciseSpec, item: Item, boxes: Sequence[Box], chosen: Box | None = None) -> str:
    """The three files of one picture, side by side; the lines of ``chosen`` stand out."""
    classes = spec.class_names
    coco = to_coco([item], {item.id: boxes}, classes)
    index = boxes.index(chosen) if chosen is not None else -1
    rows = [
        (json.dumps({key: row[key] for key in ("id", "image_id", "category_id", "bbox", "area")}), number == index)
        for number, row in enumerate(coco["annotations"])
    ]
    names = [(json.dumps(one), False) for one in coco["categories"]]
    images = [(json.dumps(one), False) for one in coco["images"]]
    coco_lines = [
        ('{"images": [', False),
        *_indented(images),
        ('], "annotations": [', False),
        *_indented(rows),
        ('], "categories": [', False),
        *_indented(names),
        ("]}", False),
    ]
    yolo_lines = [(line_of(box, item, classes), number == index) for number, box in enumerate(boxes)]
    names_lines = [("names:", False), *((f"  {number}: {name}", False) for number, name in enumerate(classes))]
    panes = (
        ("COCO, one file for all pictures", "annotations.json", coco_lines),
        ("YOLO, one file a picture", f"{item.id}.txt", yolo_lines),
        ("... and its list of names", "data.yaml", names_lines),
        ("PASCAL VOC, one file a picture", f"{item.id}.xml", _voc_lines(item, boxes, index)),
    )
    body = "".join(_pane(title, name, lines) for title, name, lines in panes)
    return f'<div style="display:grid;grid-template-columns:1fr 1fr;gap:12px;margin-top:10px">{body}</div>'


def _indented(lines: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    return [
        (f"  {text}{',' if number < len(lines) else ''}", marked)
        for number, (text, marked) in enumerate(lines, start=1)
    ]


def _voc_lines(item: Item, boxes: Sequence[Box], chosen: int) -> list[tuple[str, bool]]:
    lines: list[tuple[str, bool]] = []
    number, inside = -1, False
    for line in to_voc(item, boxes).splitlines():
        if line.strip() == "<object>":
            number, inside = number + 1, True
        lines.append((line, inside and number == chosen))
        inside = inside and line.strip() != "</object>"
    return lines


def _pane(title: str, name: str, lines: Sequence[tuple[str, bool]]) -> str:
    body = "\n".join(f"<mark {_MARK}>{escape(text)}</mark>" if marked else escape(text) for text, marked in lines)
    head = f"<b>{escape(title)}</b> <small>{escape(name)}</small>"
    return f'<div style="min-width:0">{head}<pre style="{_PANE}">{body}</pre></div>'


def misread(box: Box, how: str) -> Box:
    """``box`` as a program sees it that mixes formats up.

    Args:
        box: The right one.
        how: ``size as corner`` (COCO's width and height taken for VOC's lower right corner),
            ``corner as size`` (VOC's corner taken for COCO's size), ``from 0`` (VOC's pixels not counted from 1) or
            ``centre as corner`` (YOLO's centre taken for the upper left corner).

    Raises:
        ValueError: Another word.
    """
    x1, y1, x2, y2 = box.xyxy
    xmin, ymin, xmax, ymax = corners_of(box.xyxy)
    wrong = {
        "size as corner": (x1, y1, box.width, box.height),
        "corner as size": (x1, y1, x1 + x2, y1 + y2),
        "from 0": (float(xmin), float(ymin), float(xmax + 1), float(ymax + 1)),
        "centre as corner": ((x1 + x2) / 2, (y1 + y2) / 2, (x1 + x2) / 2 + box.width, (y1 + y2) / 2 + box.height),
    }
    if how not in wrong:
        raise ValueError(f"no mix-up is called {how!r}; there are {', '.join(wrong)}")
    return msgspec.structs.replace(box, xyxy=wrong[how])


def mixed_up(exercise_id: str, item_id: str) -> VBox:
    """The picture with its boxes read in a wrong way, to be chosen; "right" shows how it should be."""
    from ipywidgets import HTML, ToggleButtons, VBox

    spec, item = practice_item(exercise_id, item_id)
    boxes = only(gold_of(spec).of(item.id).scored, Box)
    picture = data_uri(spec.dataset, item)
    ways = {
        "mystery A": "corner as size",
        "mystery B": "centre as corner",
        "mystery C": "from 0",
        "right": "",
    }
    told = {
        "mystery A": "The boxes grow towards the lower right: VOC's corner was taken for COCO's width and height.",
        "mystery B": "Every box begins in the middle of its fruit: YOLO's centre was taken for the corner.",
        "mystery C": "Look closely: every box is one pixel too far to the lower right. VOC counts from 1.",
        "right": "As it should be.",
    }
    chooser = ToggleButtons(options=list(ways), value="mystery A")
    view = HTML()

    def draw(_change: object = None) -> None:
        how = ways[chooser.value]
        shown = [misread(box, how) if how else box for box in boxes]
        drawn = plain_overlay(item, shown, spec.colors, picture=picture)
        view.value = (
            f'<div style="max-width:640px">{drawn}</div>'
            f"<details><summary>What happened?</summary>{escape(told[chooser.value])}</details>"
        )

    chooser.observe(draw, names="value")
    draw()
    return VBox([chooser, view])


def own_labels(exercise_id: str, folder: str | None = None) -> Picture:
    """The learner's own boxes on the first picture that has some, as files."""
    exercise = Exercise.open(exercise_id, folder=folder)
    labels = exercise.labels
    for item in exercise.spec.pool():
        boxes = only(labels.of(item.id).annotations, Box)
        if boxes:
            return Picture(files_html(exercise.spec, item, boxes), f"{item.id}: {len(boxes)} boxes in three formats")
    text = "You have not drawn a box yet. Label a picture in the lesson on bounding boxes, then run this cell again."
    return Picture(f"<p>{escape(text)}</p>", text)
