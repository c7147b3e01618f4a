"""Descriptions of exercises: read, extended, and refused with the reason."""

from __future__ import annotations

import msgspec
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
        ('extends = "shapes-boxes"\n[rubric]\nmatch_at = 7', "lie in 0 to 1"),
        ('extends = "shapes-boxes"\ntask = "dance"', "dance"),
        ('extends = "shapes-boxes"\nmode = "exm"', "exm"),  # not an exam: its gold would be shown
        ('extends = "shapes-boxes"\nweek = 9', "week"),
        ('extends = "shapes-boxes"\nrubric = 3', "rubric"),
        ('extends = "shapes-boxes"\nclasses = []', "classes"),
        ('extends = "shapes-boxes"\n[draw]\npool = "exams"', "exams"),
        ('extends = "shapes-boxes"\n[draw]\ncount = 0', "count"),
        (
            'extends = "shapes-boxes"\nclasses = [{name = "a", color = "#000000"}, {name = "a", color = "#111111"}]',
            "one name",
        ),
        ('extends = ["shapes-boxes"]', "does not exist"),
        ('extends = "shapes-boxes"\n[rubric.bars]\npass = 0.95', "ascend"),
        ('extends = "shapes-boxes"\n[rubric.measure_bars]\nmean_IoU = 0.9', "mean_IoU"),
    ],
)
def test_wrong_descriptions(shapes, text, words) -> None:
    file = shapes / "exercises" / "shapes-exam" / "exercise.toml"
    file.write_text(text)
    with pytest.raises(ExerciseError) as caught:
        find_exercise("shapes-exam")
    assert words in caught.value.what
    assert str(file.parent) in caught.value.where


def test_a_rubric_looks_for_a_class_that_exists(shapes) -> None:
    folder = shapes / "exercises" / "shapes-spam"
    folder.mkdir()
    (folder / "guideline.md").write_text("# G\n")
    (folder / "exercise.toml").write_text(
        """
        title = "t"
        task = "choice"
        week = 3
        mode = "practice"
        dataset = "shapes"
        classes = [{ name = "ham", color = "#000000" }]
        draw = { pool = "practice", count = 1 }
        rubric = { target = "spam" }
        """
    )
    with pytest.raises(ExerciseError, match="target is no class of the ontology: spam"):
        find_exercise("shapes-spam")


def test_tables_are_merged_and_lists_are_replaced(shapes) -> None:
    (shapes / "exercises/shapes-exam/exercise.toml").write_text(
        'extends = "shapes-boxes"\n[[classes]]\nname = "star"\ncolor = "#000000"\n'
        '[draw]\nseed = "ada"\n[rubric]\nmatch_at = 0.3\n[rubric.rules]\nextra = "R1"\n'
    )
    base, merged = find_exercise("shapes-boxes"), find_exercise("shapes-exam")
    assert merged.class_names == ("star",)
    assert (merged.draw.pool, merged.draw.count, merged.draw.seed) == ("practice", 2, "ada")
    assert (merged.rubric.match_at, merged.rubric.count_at) == (0.3, base.rubric.count_at)
    assert merged.rubric.rules == {"missing": "R1", "low_overlap": "R2", "extra": "R1"}
    assert merged.folder.endswith("shapes-exam")


def test_an_exam_may_have_a_guideline_of_its_own(shapes) -> None:
    (shapes / "exercises/shapes-exam/guideline.md").write_text("## R9. Other\n\nText.\n")
    assert list(find_exercise("shapes-exam").rules) == ["R9"]


def test_a_description_that_is_no_text(shapes) -> None:
    (shapes / "exercises/shapes-exam/exercise.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(ExerciseError, match="cannot be read"):
        find_exercise("shapes-exam")


def test_the_base_is_named_when_the_base_is_wrong(shapes) -> None:
    (shapes / "exercises/shapes-boxes/exercise.toml").write_text("title = ")
    with pytest.raises(ExerciseError) as caught:
        find_exercise("shapes-exam")
    assert "shapes-boxes" in caught.value.where


def test_a_guideline_that_is_no_text(shapes) -> None:
    (shapes / "exercises/shapes-boxes/guideline.md").write_bytes(b"\xff")
    with pytest.raises(ExerciseError, match="guideline cannot be read"):
        find_exercise("shapes-boxes")


@pytest.mark.parametrize("turn", [0, -1])
def test_turns_start_at_one(shapes, turn) -> None:
    with pytest.raises(ExerciseError, match="first turn is 1"):
        find_exercise("shapes-boxes").items(turn=turn)


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


def test_an_exercise_draws_from_its_pool_and_its_group_only(shapes) -> None:
    lines = (shapes / "items.jsonl").read_text(encoding="utf-8").splitlines()
    grouped = [
        line.replace('"alt"', '"group": "odd", "alt"') if number % 2 else line for number, line in enumerate(lines)
    ]
    (shapes / "items.jsonl").write_text("\n".join(grouped) + "\n", encoding="utf-8")
    spec = find_exercise("shapes-boxes")
    assert [item.id for item in spec.pool()] == ["s0", "s1", "s2", "s3", "s4", "s5"]
    odd = msgspec.structs.replace(spec, draw=msgspec.structs.replace(spec.draw, group="odd", count=9))
    assert [item.id for item in odd.pool()] == ["s1", "s3", "s5"]
    assert {item.id for item in odd.items()} == {"s1", "s3", "s5"}
