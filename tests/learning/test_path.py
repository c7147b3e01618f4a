"""The map of the course shows what there is, and how far a learner is."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldlabel.errors import ExerciseError
from goldlabel.exercises import find_exercise
from goldlabel.learning.path import course_map
from goldlabel.store import LabelStore
from goldlabel.workbench import Exercise

COURSE = Path(__file__).resolve().parents[2] / "course"
MAP = """
[[weeks]]
number = 1
title = "Shapes & signs"
able = "box shapes"
hours = "2"
lessons = [{ path = "week1/lesson.ipynb", title = "Shapes", minutes = 5 }]
practice = ["shapes-boxes"]
graded = [{ path = "../release/hand/hand.ipynb", title = "Hand in", exercises = ["shapes-exam"], minutes = 9 }]

[[weeks]]
number = 2
title = "Later"
able = "do more"
"""


@pytest.fixture
def course(tmp_path: Path, shapes: Path) -> Path:
    folder = tmp_path / "course"
    (folder / "week1").mkdir(parents=True)
    (folder / "week1" / "lesson.ipynb").write_text("{}", encoding="utf-8")
    (folder / "course.toml").write_text(MAP, encoding="utf-8")
    return folder


def test_nothing_done_yet(course: Path) -> None:
    shown = course_map(course)
    assert "Boxes on shapes: not begun" in repr(shown)
    html = shown._repr_html_()
    assert 'href="week1/lesson.ipynb"' in html
    assert "Shapes &amp; signs" in html
    assert "being written" in html
    assert "Hand in (not in this edition)" in html


def test_practice_shows_its_score_and_an_exam_only_what_is_done(course: Path) -> None:
    exercise = Exercise.open("shapes-boxes", folder=course / "week1")
    first = exercise.items[0].id
    gold = exercise.gold().of(first).annotations
    exercise.store.save(first, gold, base_rev=0, action="draw", tool="play", done=True)
    exam = find_exercise("shapes-exam")
    # nbgrader fetches an assignment into the folder above the course's own.
    store = LabelStore(course.parent / "hand" / "labels" / "shapes-exam.json", "shapes-exam")
    store.save(exam.items()[0].id, (), base_rev=0, action="done", tool="play", done=True)
    progress = course_map(course).progress
    assert progress["shapes-boxes"].sentence == "1 of 2 done, score 1.00 (production)"
    assert progress["shapes-exam"].sentence == "1 of 2 done"
    assert progress["shapes-exam"].score is None


def test_more_turns_than_one_fill_the_bar_and_no_more(course: Path) -> None:
    for turn in (1, 2):
        exercise = Exercise.open("shapes-boxes", turn=turn, folder=course / "week1")
        for item in exercise.items:
            exercise.store.save(item.id, (), base_rev=0, action="done", tool="play", done=True)
    one = course_map(course).progress["shapes-boxes"]
    assert (one.share, one.score) == (1.0, 0.0)
    assert one.sentence.startswith("4 done, score 0.00")


def test_damaged_labels_do_not_hide_the_map(course: Path) -> None:
    (course / "week1" / "labels").mkdir()
    (course / "week1" / "labels" / "shapes-boxes.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in course_map(course).progress["shapes-boxes"].sentence


def test_a_missing_or_wrong_map_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="cannot be read"):
        course_map(tmp_path)
    (tmp_path / "course.toml").write_text("[[weeks]]\nnumber = 9\n", encoding="utf-8")
    with pytest.raises(ExerciseError, match="is wrong"):
        course_map(tmp_path)


def test_the_map_of_the_course_has_eight_weeks_and_names_what_exists() -> None:
    shown = course_map(COURSE)
    assert [week.number for week in shown.weeks] == list(range(1, 9))
    notebooks = {str(path.relative_to(COURSE)) for path in COURSE.glob("week*/*.ipynb")}
    named = {lesson.path for week in shown.weeks for lesson in week.lessons}
    assert {Path(path).as_posix() for path in notebooks} <= named


def test_the_opening_page_of_a_week_shows_that_week_with_links_from_its_own_folder(course: Path, monkeypatch) -> None:
    monkeypatch.chdir(course / "week1")
    shown = course_map("..", only=1)
    assert [week.number for week in shown.weeks] == [1]
    html = shown._repr_html_()
    assert 'href="../week1/lesson.ipynb"' in html
    assert "being written" not in html
