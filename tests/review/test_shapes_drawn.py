"""Overlays of polygons, masks, keypoints and rotated boxes: what is agreed, too much, too little, off or hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays
from shapely import Polygon as Outline
from shapely import box as rectangle
from shapely import make_valid

from goldlabel.annotations import Annotation
from goldlabel.metrics.masks import as_runs
from goldlabel.review import KeypointRubric, MaskRubric, PolygonRubric, RegionRubric, RotatedBoxRubric
from goldlabel.review.overlay import LEGEND, legend_html, plain_overlay, regions_overlay
from goldlabel.review.overlay.paths import geometry_path, runs_path
from tests.review.figures import BONES, FRONT, figure, judge_regions, mask, polygon, square, turned
from tests.review.small import picture

SVG = "{http://www.w3.org/2000/svg}"
POINTS = KeypointRubric(sigmas=dict.fromkeys(FRONT, 0.08))


def overlay(rubric: RegionRubric, labels: Sequence[Annotation], gold: Sequence[Annotation]) -> ElementTree.Element:
    judged = judge_regions(rubric, labels, gold).items["pic-1"]
    drawn = regions_overlay(picture(), labels, gold, judged, picture="x", rubric=rubric, edges=BONES)
    return ElementTree.fromstring(drawn)


def texts(svg: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in svg.iter(f"{SVG}text")]


def strokes(svg: ElementTree.Element, verdict: str, tag: str = "path") -> int:
    """How many elements are drawn in the line of a verdict."""
    look = LEGEND[verdict].color, LEGEND[verdict].dash
    return sum((node.get("stroke"), node.get("stroke-dasharray")) == look for node in svg.iter(f"{SVG}{tag}"))


def patches(svg: ElementTree.Element) -> list[str]:
    """The kinds of hatched patches, in order."""
    fills = (node.get("fill", "") for node in svg.iter(f"{SVG}path"))
    return [found[1] for fill in fills if (found := re.match(r"url\(#(too-[a-z]+)-", fill))]


@pytest.mark.parametrize(
    ("rubric", "mine", "gold"),
    [
        (PolygonRubric(), polygon("b", square(100, 100, 300, 300)), polygon("g", square(100, 100, 300, 300))),
        (MaskRubric(), mask("b", (100, 100, 300, 300)), mask("g", (100, 100, 300, 300))),
        (RotatedBoxRubric(), turned("b", (300, 300), (100, 50), 20), turned("g", (300, 300), (100, 50), 20)),
    ],
    ids=["polygon", "mask", "rotated box"],
)
def test_verdicts_are_lines(rubric: RegionRubric, mine: Annotation, gold: Annotation) -> None:
    assert (strokes(right := overlay(rubric, [mine], [gold]), "right"), texts(right)) == (1, ["apple"])
    assert (strokes(missed := overlay(rubric, [], [gold]), "missed"), texts(missed)) == (1, ["missed: apple"])
    assert (strokes(extra := overlay(rubric, [mine], []), "extra"), texts(extra)) == (1, ["extra: apple"])
    assert patches(right) == patches(missed) == patches(extra) == []


def test_a_loose_polygon_shows_air_and_what_is_cut() -> None:
    gold = [polygon("g", square(200, 200, 400, 400))]
    svg = overlay(PolygonRubric(), [polygon("b", square(240, 200, 430, 400))], gold)
    assert patches(svg) == ["too-much", "too-little"]
    assert (strokes(svg, "loose"), strokes(svg, "gold"), texts(svg)) == (1, 1, ["apple 0.69"])
    # every pattern that is used is there
    assert {node.get("id") for node in svg.iter(f"{SVG}pattern")} == {
        node.get("fill", "")[5:-1] for node in svg.iter(f"{SVG}path") if node.get("fill", "").startswith("url")
    }


def test_a_mask_shows_what_is_agreed_too_much_and_too_little() -> None:
    svg = overlay(MaskRubric(), [mask("b", (240, 200, 440, 400))], [mask("g", (200, 200, 400, 400))])
    paths = [node.get("d") for node in svg.iter(f"{SVG}path") if node.get("fill") != "none"]
    assert paths == ["M240 200h160v200h-160z", "M400 200h40v200h-40z", "M200 200h40v200h-40z"]
    assert patches(svg) == ["too-much", "too-little"]


def test_hidden_points_are_hollow_and_points_off_have_an_arrow() -> None:
    moved = figure("b", {**FRONT, "left_knee": (330, 500, 2), "nose": (0, 0, 0)})
    svg = overlay(POINTS, [moved], [figure("g", area=40_000)])
    dots = [node for node in svg.iter(f"{SVG}circle") if node.get("fill") not in (None, "none")]
    assert len(dots) == 5  # six of seven are labelled, one of them hidden
    arrow = next(node for node in svg.iter(f"{SVG}line") if node.get("stroke") == LEGEND["gold"].color)
    assert [arrow.get(key) for key in ("x1", "y1", "x2", "y2")] == ["330.0", "500.0", "330.0", "420.0"]
    assert strokes(svg, "missed", "circle") == 0
    left_out = [node for node in svg.iter(f"{SVG}circle") if node.get("stroke") == LEGEND["missed"].color]
    assert [(node.get("cx"), node.get("cy")) for node in left_out] == [("300.0", "100.0")]


def test_only_bones_with_both_ends_are_drawn() -> None:
    svg = ElementTree.fromstring(
        plain_overlay(picture(), [figure("b", {"left_shoulder": (10, 10, 2)})], {}, picture="x", edges=BONES)
    )
    assert list(svg.iter(f"{SVG}path")) == []
    assert len(list(svg.iter(f"{SVG}circle"))) == 1


@pytest.mark.parametrize("task", ["boxes", "rotated_boxes", "polygons", "masks", "keypoints"])
def test_each_legend_names_what_its_overlay_draws(task: str) -> None:
    words = "".join(ElementTree.fromstring(legend_html(task)).itertext())
    assert ("too much" in words) is (task in ("polygons", "masks"))
    assert ("hidden" in words) is (task == "keypoints")


@settings(deadline=None, max_examples=60)
@given(arrays.arrays(np.bool_, arrays.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=12)))
def test_the_outline_of_a_mask_is_its_pixels(pixels: np.ndarray) -> None:
    path = runs_path(as_runs(pixels))
    if not pixels.any():
        assert path == ""
        return
    area = Outline()
    for loop in re.findall(r"M[^z]+", path):
        x, y = map(int, re.match(r"M(\d+) (\d+)", loop).groups())
        points = [(x, y)]
        for way, by in re.findall(r"([hv])(-?\d+)", loop):
            x, y = (x + int(by), y) if way == "h" else (x, y + int(by))
            points.append((x, y))
        area = area.symmetric_difference(make_valid(Outline(points)))
    expected = Outline()
    for row, column in np.argwhere(pixels).tolist():
        expected = expected.union(rectangle(column, row, column + 1, row + 1))
    assert area.symmetric_difference(expected).area == pytest.approx(0, abs=1e-9)


def test_holes_are_drawn() -> None:
    ring = rectangle(0, 0, 10, 10).difference(rectangle(3, 3, 6, 6))
    assert geometry_path(ring).count("M") == 2
    assert geometry_path(Outline()) == ""
