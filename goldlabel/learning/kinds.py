"""The kinds of labels at a glance: one card a kind, with a figure, the question it answers, and where it is paid for.

Where a data set of the course holds that kind, the figure is one of its pictures with its gold; else it is drawn here.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from goldlabel.annotations import Annotation, Choice, Item, Keypoints
from goldlabel.data import data_uri, practice_gold
from goldlabel.errors import GoldlabelError
from goldlabel.exercises import find_exercise, known_exercises
from goldlabel.learning import sketches
from goldlabel.learning.figures import BLUE, GREEN, Picture, plot_html
from goldlabel.review.overlay import plain_overlay
from goldlabel.review.overlay.paths import bounds_of

__all__ = ["KINDS", "Kind", "frame_of", "gallery", "seconds_plot", "window"]


class Kind(msgspec.Struct, frozen=True):
    """One kind of label.

    Attributes:
        name: As the course calls it.
        question: What it answers.
        paid: Who pays for it, with a public data set that is labelled so.
        week: Where the course teaches it.
        sketch: A drawing, ``<svg>``.
        exercise: Id of an exercise whose practice items show it; empty where the sketch is all there is.
    """

    name: str
    question: str
    paid: str
    week: int
    sketch: str
    exercise: str = ""


KINDS: tuple[Kind, ...] = (
    Kind(
        "Class (tag)",
        "What is this picture, text or sound, as a whole?",
        "Factories sort good from bad parts (NEU surface defects: six faults of steel). Clinics sort photographs of "
        "skin (ISIC Archive).",
        1,
        sketches.tag(),
        "w1-tags",
    ),
    Kind(
        "Bounding box",
        "What is where?",
        "Cars and people for driving (BDD100K); goods on shelves (SKU-110K); everyday things (COCO).",
        2,
        sketches.box(),
        "w2-boxes",
    ),
    Kind(
        "Polygon",
        "What is its outline?",
        "Streets for driving (Cityscapes: polygons on 5,000 pictures); buildings and fields seen from above.",
        2,
        sketches.polygon(),
        "w2-polygons",
    ),
    Kind(
        "Mask",
        "Which pixels belong to it?",
        "Faults on products (MVTec AD); tumours in scans of the head (BraTS).",
        2,
        sketches.mask(),
        "w2-masks",
    ),
    Kind(
        "Keypoints",
        "Where are its named points?",
        "Joints of a person for sport, games and safety at work (COCO keypoints).",
        2,
        sketches.keypoints(),
        "w2-keypoints",
    ),
    Kind(
        "Span",
        "Which words name something?",
        "Names and places in news (CoNLL-2003); what must be hidden in clinical notes (i2b2 2014).",
        3,
        sketches.spans(),
    ),
    Kind(
        "Relation",
        "How do two spans belong together?",
        "Which medicine caused which harm (n2c2 2018).",
        3,
        sketches.relation(),
    ),
    Kind(
        "Transcript segment",
        "Who said what, from when to when?",
        "Meetings (AMI corpus); calls, interviews, subtitles.",
        5,
        sketches.transcript(),
    ),
    Kind(
        "Track",
        "Where does the same thing go, picture after picture?",
        "People and cars in video (MOT16, BDD100K).",
        4,
        sketches.track(),
    ),
    Kind(
        "Cuboid",
        "Where does it stand in space, how large, facing where?",
        "Laser scans from cars (KITTI, nuScenes, Waymo Open Dataset).",
        6,
        sketches.cuboid(),
    ),
    Kind(
        "Ranking",
        "Which answer is better, and by how much?",
        "Chat assistants are tuned on it (the InstructGPT and Llama 2 papers say how).",
        6,
        sketches.ranking(),
    ),
)


def gallery(kinds: Sequence[Kind] = KINDS) -> Picture:
    """All kinds as cards."""
    cards = "".join(_card(kind) for kind in kinds)
    html = f'<div style="display:grid;grid-template-columns:repeat(auto-fill,minmax(270px,1fr));gap:18px">{cards}</div>'
    return Picture(html, f"{len(kinds)} kinds of labels: {', '.join(kind.name for kind in kinds)}")


def _card(kind: Kind) -> str:
    return (
        '<div style="border:1px solid rgba(128,128,128,.45);border-radius:8px;padding:10px 12px">'
        f'<div style="font-size:16px"><b>{escape(kind.name)}</b> <small>week {kind.week}</small></div>'
        f'<div style="margin:2px 0 8px">{escape(kind.question)}</div>{_figure(kind)}'
        f'<div style="font-size:13px;line-height:1.4;margin-top:8px">{escape(kind.paid)}</div></div>'
    )


def _figure(kind: Kind) -> str:
    """A picture of the course with its gold, or the sketch while the course has none."""
    if kind.exercise not in known_exercises():
        return kind.sketch
    try:
        spec = find_exercise(kind.exercise)
        item = spec.items()[0]
        annotations = practice_gold(spec.dataset, spec.gold or "practice").of(item.id).scored
        picture = data_uri(spec.dataset, item)
    except GoldlabelError:
        return kind.sketch
    regions = [one for one in annotations if not isinstance(one, Choice)]
    edges = spec.skeleton.edges if spec.skeleton else ()
    drawn = plain_overlay(item, regions, spec.colors, picture=picture, edges=edges)
    drawn = drawn.replace(f'viewBox="0 0 {item.width} {item.height}"', f'viewBox="{window(item, regions)}"')
    said = " ".join(one.label for one in annotations if isinstance(one, Choice))
    caption = f'<div style="text-align:center;padding:3px">{escape(said)}</div>' if said else ""
    return f"{drawn}{caption}"


def window(item: Item, regions: Sequence[Annotation]) -> str:
    """The part of the picture that a card shows: half of it, round the largest region, so that labels can be read."""
    if not regions:
        return f"0 0 {item.width} {item.height}"
    frames = [frame_of(one) for one in regions]
    x1, y1, x2, y2 = max(frames, key=lambda frame: (frame[2] - frame[0]) * (frame[3] - frame[1]))
    # A large region is shown whole, with some room.
    share = min(1.0, max(0.55, 1.15 * (x2 - x1) / item.width, 1.15 * (y2 - y1) / item.height))
    width, height = item.width * share, item.height * share
    x = min(max(0.0, (x1 + x2 - width) / 2), item.width - width)
    y = min(max(0.0, (y1 + y2 - height) / 2), item.height - height)
    return f"{x:.0f} {y:.0f} {width:.0f} {height:.0f}"


def frame_of(one: Annotation) -> tuple[float, float, float, float]:
    """The box round a region, ``xyxy`` pixels; all 0 for keypoints of which none is labelled."""
    if isinstance(one, Keypoints):
        points = [(x, y) for x, y, seen in one.points.values() if seen] or [(0.0, 0.0)]
        xs, ys = zip(*points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)
    return bounds_of(one)


def seconds_plot() -> Picture:
    """How long one label takes, as published: the finer the label, the dearer it is."""
    from matplotlib.figure import Figure

    rows = (
        ("box, by its four outermost points", 7, 7, "Papadopoulos 2017"),
        ("box, drawn and checked", 35, 35, "Su 2012, for ImageNet"),
        ("outline of one object", 54, 79, "quoted by Bearman 2016"),
        ("a point on each class, a whole picture", 22.1, 22.1, "Bearman 2016"),
        ("every pixel, a whole picture", 239.7, 239.7, "Bearman 2016"),
    )
    figure = Figure(figsize=(8, 2.9), layout="constrained")
    axes = figure.subplots()
    for place, (_name, low, high, source) in enumerate(rows):
        color = BLUE if place < 3 else GREEN
        axes.barh(place, low, color=color, height=0.62)
        if high > low:
            axes.barh(place, high - low, left=low, color=color, alpha=0.45, height=0.62)
        seconds = f"{low:g} s" if low == high else f"{low:g} to {high:g} s"
        axes.text(high + 3, place, f"{seconds}  ({source})", va="center", fontsize=9)
    axes.set(yticks=range(len(rows)), yticklabels=[row[0] for row in rows], xlabel="seconds", xlim=(0, 340))
    axes.invert_yaxis()
    axes.spines[["top", "right"]].set_visible(False)
    text = "; ".join(f"{name}: {high:g} s" for name, _low, high, _source in rows)
    return Picture(plot_html(figure, text), text)
