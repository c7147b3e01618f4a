"""One picture, two guidelines: boxes and classes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldlabel.annotations import Box, only
from goldlabel.data import practice_gold
from goldlabel.errors import ExerciseError
from goldlabel.learning import guidelines
from goldlabel.metrics.boxes import iou

TAGS = """
title = "Packer"
task = "choice"
week = 1
mode = "practice"
dataset = "shapes"
classes = [{ name = "disc", color = "#D55E00" }, { name = "not_disc", color = "#0072B2" }]
draw = { pool = "practice", count = 3 }
"""


@pytest.fixture
def sorting(shapes: Path) -> Path:
    for name, text in (("sort", TAGS), ("sort-juice", 'extends = "sort"\ntitle = "Juice"\ngold = "juice"\n')):
        (shapes / "exercises" / name).mkdir()
        (shapes / "exercises" / name / "exercise.toml").write_text(text, encoding="utf-8")
    (shapes / "exercises/sort/guideline.md").write_text("# G\n", encoding="utf-8")
    gold = json.loads((shapes / "gold/practice.json").read_text(encoding="utf-8"))
    for name, labels in (("practice", ("disc", "not_disc", "disc")), ("juice", ("disc", "disc", "not_disc"))):
        gold["items"] = {
            f"s{k}": {"annotations": [{"type": "choice", "id": "class", "label": label}]}
            for k, label in enumerate(labels)
        }
        (shapes / f"gold/{name}.json").write_text(json.dumps(gold), encoding="utf-8")
    return shapes


def test_whole_boxes_hold_the_visible_ones_and_overlap_as_the_lesson_says() -> None:
    boxes = {box.id: box for box in only(practice_gold("fruit-kitchen").of("fk-012").annotations, Box)}
    for name, (x1, y1, x2, y2) in guidelines.WHOLE.items():
        seen = boxes[name].xyxy
        assert x1 <= seen[0] < seen[2] <= x2
        assert y1 <= seen[1] < seen[3] < y2
        assert boxes[name].attributes["occluded"]
    overlap = iou([boxes["g03"].xyxy], [guidelines.WHOLE["g03"]])[0, 0]
    assert f"{overlap:.2f}" == "0.69", "the quiz of the lesson quotes it"
    assert "apple 0.69, orange 0.81" in guidelines.two_boxes().text


def test_pictures_with_another_gold(sorting) -> None:
    picture = guidelines.two_golds("sort", "sort-juice")
    assert picture.text == "2 of 6 pictures have another gold under the other guideline"
    assert "Packer: <b>not disc</b><br>Juice: <b>disc</b>" in picture.html
    assert "belt: <b>" in guidelines.two_golds("sort", "sort-juice", names=("belt", "press")).html
    assert guidelines.two_golds("sort", "sort-juice", most=1).html.count("<img") == 1


def test_an_exercise_that_does_not_exist(sorting) -> None:
    with pytest.raises(ExerciseError, match="no exercise called"):
        guidelines.two_golds("sort", "sort-wine")
