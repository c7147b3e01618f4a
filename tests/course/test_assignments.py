"""Every graded assignment through nbgrader's round: a perfect learner and a careless one, both simulated."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import nbformat
import pytest

from autograder.feedback import exam_feedback
from autograder.gold import exam_gold
from autograder.rounds import Round, make_course
from autograder.scoring import score_labels
from autograder.simulated import PERFECT, SLOPPY, label_by_habit
from goldlabel.exercises import find_exercise

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
CARELESS = msgspec.structs.replace(SLOPPY, name="careless", confuses=0.4)
LABELS = re.compile(r"labels-(.+)")
FEWEST = {
    "boxes": 60,
    "choice": 20,
    "polygons": 25,
    "masks": 16,
    "keypoints": 6,
    "spans": 60,
    "relations": 60,
    "word_boxes": 60,
}
"""Decisions of one exam by task: annotations that are judged."""


def exercises_of(assignment: str) -> list[str]:
    """Ids of the exercises that the master's grade cells name."""
    book = nbformat.read(ROOT / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    names = [cell.metadata.get("nbgrader", {}).get("grade_id", "") for cell in book.cells]
    return [match[1] for match in map(LABELS.fullmatch, names) if match]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_perfect_learner_passes_and_a_careless_one_does_not(assignment: str, tmp_path: Path) -> None:
    played = Round(make_course(tmp_path / "course"), tmp_path / "homes", assignment)
    played.generate()
    played.release()
    exercises = exercises_of(assignment)
    assert exercises
    for habit in (PERFECT, CARELESS):
        played.enrol(habit.learner, habit.annotator)
        folder = played.fetch(habit.learner)
        for name in exercises:
            spec = find_exercise(name)
            label_by_habit(habit, spec, spec.items(), exam_gold(spec), folder=folder)
        played.submit(habit.learner)
    played.collect()
    played.autograde()
    played.feedback()
    entries = {entry.learner: entry for entry in played.entries()}
    perfect, careless = entries[PERFECT.learner], entries[CARELESS.learner]
    assert perfect.points == perfect.most > 0
    assert careless.points < 0.7 * careless.most
    for habit in (PERFECT, CARELESS):
        (page,) = played.fetch_feedback(habit.learner)
        text = page.read_text(encoding="utf-8")
        places = {item.id for name in exercises for item in find_exercise(name).items()}
        assert not [place for place in places if place in text], "feedback on an exam must not say where"


@pytest.mark.parametrize("name", sorted({name for assignment in ASSIGNMENTS for name in exercises_of(assignment)}))
def test_an_exam_holds_enough_decisions_and_its_pool_is_larger_than_a_draw(name: str) -> None:
    spec = find_exercise(name)
    gold = exam_gold(spec)
    pool = spec.pool()
    counts = sorted(len(gold.of(item.id).scored) for item in pool)
    assert sum(counts[: spec.draw.count]) >= FEWEST[spec.task]
    assert len(pool) >= 1.25 * spec.draw.count


@pytest.mark.parametrize("name", sorted({name for assignment in ASSIGNMENTS for name in exercises_of(assignment)}))
def test_labels_that_cannot_be_used_are_told_and_the_rest_is_judged(name: str, tmp_path: Path) -> None:
    spec = find_exercise(name)
    items, gold = spec.items(), exam_gold(spec)
    path = label_by_habit(PERFECT, spec, items, gold, folder=tmp_path)
    labels = msgspec.json.decode(path.read_bytes())
    spoilt = next(entry for entry in labels["items"].values() if entry["annotations"])["annotations"][0]
    spoilt["label"] = "durian"
    scored = score_labels(msgspec.json.encode(labels), spec=spec, items=items, gold=gold)
    assert 0.7 < scored.fraction < 1
    assert sum("could not be used" in note for note in scored.notes) == 1
    page = exam_feedback(scored, spec, earned=1.0, most=10.0)
    assert "could not be used" in page
    assert "durian" not in page
