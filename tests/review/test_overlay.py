"""Overlays and tables: sound XML with every verdict in it, and nothing that a learner wrote as markup."""

from __future__ import annotations

from xml.etree import ElementTree

import msgspec
import pytest

from goldlabel.annotations import Box
from goldlabel.metrics.intervals import Interval
from goldlabel.review import Bars
from goldlabel.review.findings import KINDS, Finding, ItemReview
from goldlabel.review.html import findings_table, score_bar
from goldlabel.review.overlay import LEGEND, legend_html, plain_overlay, regions_overlay
from tests.review.small import RUBRIC, box, judge, picture

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<b>&\"'</b>"

GOLD = [
    box("g1", 20, 20, 120, 120),
    box("g2", 250, 250, 350, 350, label="banana"),
    box("g3", 450, 450, 550, 550, label="lemon"),
    box("g4", 250, 20, 350, 120, label="lemon"),
    box("h1", 20, 300, 60, 360, label="lemon", difficult=True),
]
LABELS = [
    box("b1", 20, 20, 120, 120),  # right
    box("b2", 250, 250, 330, 330, label="banana"),  # loose, 0.64
    box("b3", 450, 450, 550, 550, label="apple"),  # wrong class
    box("b4", 450, 30, 550, 130),  # extra
    box("b5", 22, 300, 60, 360, label="banana"),  # on what is too hidden to count
    box("b6", 50, 50, 10, 10),  # cannot be judged; g4 is missed
]


def overlay(labels: list[Box], gold: list[Box]) -> ElementTree.Element:
    judged = judge(labels, gold).items["pic-1"]
    drawn = regions_overlay(picture(), labels, gold, judged, picture="data:,x&y", rubric=RUBRIC)
    return ElementTree.fromstring(drawn)


def texts(svg: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in svg.iter(f"{SVG}text")]


def frames(svg: ElementTree.Element, verdict: str) -> list[tuple[float, float]]:
    """Top left corners of the boxes that are drawn as ``verdict``."""
    stroke = LEGEND[verdict]
    return [
        (float(node.attrib["x"]), float(node.attrib["y"]))
        for node in svg.iter(f"{SVG}rect")
        if node.attrib.get("stroke") == stroke.color and node.attrib.get("stroke-dasharray") == stroke.dash
    ]


def test_every_verdict_is_drawn_in_its_own_line() -> None:
    svg = overlay(LABELS, GOLD)
    assert {verdict: frames(svg, verdict) for verdict in LEGEND if verdict != "misread"} == {
        "right": [(20, 20)],
        "loose": [(250, 250)],
        "confused": [(450, 450)],
        "extra": [(450, 30)],
        "missed": [(250, 20)],
        "gold": [(250, 250)],
        "aside": [(20, 300), (22, 300)],
    }
    assert sorted(texts(svg)) == ["apple", "apple: is lemon", "banana 0.64", "extra: apple", "missed: lemon"]
    assert svg.attrib["viewBox"] == "0 0 600 600"
    assert svg.find(f"{SVG}image").attrib["href"] == "data:,x&y"


def test_colours_and_lines_tell_the_verdicts_apart() -> None:
    assert len({stroke.color for stroke in LEGEND.values()}) == len(LEGEND)
    assert len({stroke.dash for stroke in LEGEND.values()}) >= 5


@pytest.mark.parametrize("labels", [[], LABELS[:1], LABELS])
@pytest.mark.parametrize("gold", [[], GOLD[:1], GOLD])
def test_empty_sides_are_drawn_too(labels: list[Box], gold: list[Box]) -> None:
    drawn = sum(len(frames(overlay(labels, gold), verdict)) for verdict in LEGEND)
    assert drawn >= max(len([one for one in labels if one.id != "b6"]), len(gold))


def test_of_two_labels_with_one_id_the_judged_one_is_drawn() -> None:
    labels = [box("b", 20, 20, 120, 120), box("b", 400, 400, 450, 450)]
    svg = overlay(labels, GOLD[:1])
    assert frames(svg, "right") == [(20, 20)]
    svg = overlay([box("b", 50, 50, 10, 10), box("b", 20, 20, 120, 120)], GOLD[:1])
    assert frames(svg, "missed") == [(20, 20)]
    assert frames(svg, "right") == []


def test_boxes_beyond_the_picture_and_huge_numbers_stay_sound() -> None:
    overlay([box("b", -1e300, -5, 1e300, 700)], GOLD)


def test_class_names_and_descriptions_are_text_not_markup() -> None:
    item = msgspec.structs.replace(picture(), alt=NASTY)
    boxes = [box("b1", 20, 20, 120, 120, label=NASTY)]
    svg = ElementTree.fromstring(plain_overlay(item, boxes, {}, picture="x"))
    assert texts(svg) == [NASTY]
    assert svg.attrib["aria-label"] == NASTY
    judged = ItemReview("pic-1", 1.0, True, (), (), ())
    svg = ElementTree.fromstring(regions_overlay(item, boxes, [], judged, picture="x", rubric=RUBRIC))
    assert texts(svg) == [f"extra: {NASTY}"]


def test_tables_are_sound_and_hold_text_only() -> None:
    findings = [
        Finding(kind, severity, "pic-1", f"{kind} {NASTY}", "R1")
        for kind, severity in {
            "missing": "warning",
            "extra": "error",
            "mismatching_label": "error",
            "low_overlap": "warning",
            "unlabelled": "error",
            "invalid": "format",
        }.items()
    ]
    table = ElementTree.fromstring(findings_table(findings, {"R1": NASTY}))
    cells = [[cell.text for cell in row] for row in table.iter("tr")][1:]
    assert cells[0] == [f"✖ {KINDS['extra']}", f"extra {NASTY}", f"R1 {NASTY}"]
    # Errors first, then what could not be read, then warnings.
    assert [row[0][0] for row in cells] == ["✖"] * 3 + ["?"] + ["▲"] * 2
    assert "✔" in ElementTree.fromstring(findings_table([])).text


@pytest.mark.parametrize("level", ["production", "good", "pass", "below"])
@pytest.mark.parametrize("interval", [None, Interval(0.0, 1.0), Interval(0.6, 0.8)])
def test_score_bar_is_sound(level: str, interval: Interval | None) -> None:
    bar = ElementTree.fromstring(score_bar(0.75, level, Bars(), interval))
    label = bar.find("svg").attrib["aria-label"]
    assert label.startswith("Score 0.75")
    assert (str(interval) in label) is (interval is not None)


def test_legend_is_sound_and_whole() -> None:
    words = "".join(ElementTree.fromstring(legend_html("word_boxes")).itertext())
    assert all(stroke.meaning in words for stroke in LEGEND.values())
