"""The gallery of kinds, the life of a data set, and bias: they show what they say."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from goldlabel.annotations import Keypoints, Polygon
from goldlabel.data import load_items
from goldlabel.learning import bias, kinds, lifecycle


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_sound_sketch(kind) -> None:
    drawing = ET.fromstring(kind.sketch)
    assert drawing.get("aria-label")
    assert len(list(drawing)) > 1


def test_the_gallery_shows_all_kinds_once() -> None:
    html = kinds.gallery().html
    assert html.count("<svg") == len(kinds.KINDS) == 11
    for kind in kinds.KINDS:
        assert html.count(f"<b>{kind.name}</b>") == 1


def test_boxes_are_shown_on_a_picture_of_the_course() -> None:
    (box,) = [kind for kind in kinds.KINDS if kind.exercise == "w2-boxes"]
    assert "data:image/jpeg" in kinds.gallery([box]).html


def test_without_data_sets_the_sketches_stand(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path))
    assert "data:image" not in kinds.gallery().html


def test_published_seconds() -> None:
    assert "every pixel, a whole picture: 239.7 s" in kinds.seconds_plot().text


def test_the_life_of_a_data_set_goes_round() -> None:
    picture = lifecycle.life_of_a_data_set()
    drawing = ET.fromstring(picture.html[: picture.html.index("</svg>") + 6])
    # Seven arrows from station to station, one back to the start, one back from the pilot.
    assert len(drawing.findall("polygon")) == 9
    for name, what, _annotators in lifecycle.STATIONS:
        assert name in picture.text
        assert what in picture.html


def test_apples_are_red_or_green() -> None:
    data = bias.fruit()
    assert len(data.apple) == len(data.features) == len(data.crops)
    hues = data.features[:, -6]
    assert data.green[data.apple].sum() >= 5
    assert hues[data.apple & data.green].min() > 0.12
    assert not np.isnan(data.features).any()


def test_green_apples_are_lost_when_none_were_shown() -> None:
    fair, unfair = bias.tried(without_green=False), bias.tried(without_green=True)
    assert (fair.green, fair.red, fair.all) == (unfair.green, unfair.red, unfair.all)
    assert fair.green_found / fair.green > 0.8
    assert unfair.green_found / unfair.green < 0.2
    assert fair.right / fair.all - unfair.right / unfair.all < 0.08, "the average hardly shows it"


def test_the_table_counts_what_was_tried() -> None:
    unfair = bias.tried(without_green=True)
    assert f"{unfair.green_found} of {unfair.green} (" in bias.apples_table().html
    assert bias.apple_sheet(4).html.count("<img") == 4


def test_a_rare_digit_is_read_badly_and_the_average_hides_it() -> None:
    few, many = bias.with_few(10, seeds=range(3)), bias.with_few(80, seeds=range(3))
    assert few[0] < 0.2 < 0.7 < many[0]
    assert many[1] - few[1] < 0.12
    assert "10 8s: " in bias.digits_plot((10, 80)).text


def test_a_card_shows_the_largest_region() -> None:
    item = load_items("fruit-kitchen")[0]
    joints = {"head": (700.0, 500.0, 2), "foot": (740.0, 600.0, 1), "hand": (0.0, 0.0, 0)}
    person = Keypoints(id="a", label="person", points=joints)
    assert kinds.frame_of(person) == (700, 500, 740, 600)
    assert kinds.frame_of(Keypoints(id="a", label="person", points={"hand": (0.0, 0.0, 0)})) == (0, 0, 0, 0)
    assert kinds.window(item, [person]) == "432 288 528 352"
    whole = Polygon(id="b", label="leaf", rings=(((10.0, 10.0), (950.0, 20.0), (400.0, 630.0)),))
    assert kinds.window(item, [person, whole]) == f"0 0 {item.width} {item.height}"
    assert kinds.window(item, []) == f"0 0 {item.width} {item.height}"
