"""Descriptions of exercises: read, extended, and refused with the reason."""

from __future__ import annotations

import pytest

from goldlabel.errors import ExerciseError
from goldlabel.exercises import find_exercise, known_exercises, parse_rules


def test_practice(shapes) -> None:
    spec = find_exercise("shapes-boxes")
    assert spec.class_names == ("disc", "block")
    assert not spec.exam
    assert [item.id for item in spec.items()] != [item.id for item in spec.items(turn=2)]
    assert spec.rules["R1"].title == "Box everything"
    assert spec.rules["R1"].text == "Really <everything>."
    assert spec.rubric.rules["low_overlap"] == "R2"


def test_an_exam_names_only_what_differs(shapes) -> None:
    practice, exam = find_exercise("shapes-boxes"), find_exercise("shapes-exam")
    assert exam.exam
    assert exam.id == "shapes-exam"
    assert (exam.draw.pool, exam.draw.count, exam.draw.seed) == ("exam", 2, 5)
    assert exam.rubric == practice.rubric
    assert exam.guideline == practice.guideline
    assert {item.pool for item in exam.items()} == {"exam"}


def test_an_exam_has_one_turn(shapes) -> None:
    with pytest.raises(ExerciseError, match="one set of items"):
        find_exercise("shapes-exam").items(turn=2)


def test_unknown_names_the_known_ones(shapes) -> None:
    with pytest.raises(ExerciseError) as caught:
        find_exercise("shape-box")
    assert caught.value.todo == "Use one of: shapes-boxes, shapes-exam."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = ", "cannot be read"),
        ('title = "x"', "cannot be read"),
        ('extends = "shapes-boxes"\nweek = "two"', "Expected `int`, got `str` - at `$.week`"),
        ('extends = "nothing"', "extends 'nothing', which does not exist"),
        ('extends = "shapes-exam"', "which does not exist"),
        ('extends = "shapes-boxes"\ncolour = 1', "unknown field `colour`"),
        ('extends = "shapes-boxes"\n[rubric]\nmatch_iou = 7', "lie in 0 to 1"),
        ('extends = "shapes-boxes"\ntask = "dance"', "dance"),
    ],
)
def test_wrong_descriptions(shapes, text, words) -> None:
    file = shapes / "exercises" / "shapes-exam" / "exercise.toml"
    file.write_text(text)
    with pytest.raises(ExerciseError) as caught:
        find_exercise("shapes-exam")
    assert words in caught.value.what
    assert str(file.parent) in caught.value.where


def test_no_guideline(shapes) -> None:
    (shapes / "exercises" / "shapes-boxes" / "guideline.md").unlink()
    with pytest.raises(ExerciseError, match="guideline cannot be read"):
        find_exercise("shapes-boxes")


def test_one_name_one_exercise(shapes) -> None:
    twin = shapes.parent / "other" / "exercises" / "shapes-boxes"
    twin.mkdir(parents=True)
    (twin / "exercise.toml").write_text("")
    with pytest.raises(ExerciseError, match="Two exercises"):
        known_exercises()


def test_an_empty_pool_is_told(shapes) -> None:
    (shapes / "items.jsonl").write_text("")
    with pytest.raises(ExerciseError, match="has no items"):
        find_exercise("shapes-boxes").items()


def test_a_heading_that_is_no_rule() -> None:
    assert parse_rules("# R1. no\n## Rules\n## R2 no dot\n") == ()


class TestTheCourse:
    """What ships."""

    @pytest.mark.parametrize("name", ["w2-boxes", "w2-boxes-exam"])
    def test_every_kind_of_finding_has_its_rule(self, name) -> None:
        spec = find_exercise(name)
        assert set(spec.rubric.rules.values()) <= set(spec.rules)
        for rule in spec.rules.values():
            assert "**Right:**" in rule.text, rule.id
            assert "**Wrong:**" in rule.text, rule.id

    def test_pools_do_not_meet(self) -> None:
        practice, exam = find_exercise("w2-boxes"), find_exercise("w2-boxes-exam")
        seen = {item.id for turn in (1, 2, 3) for item in practice.items(turn=turn)}
        assert not seen & {item.id for item in exam.items()}
