"""The feedback on an exam of texts: it speaks of texts, and quotes none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.feedback import exam_feedback
from autograder.gold import exam_gold
from autograder.rounds import repository
from autograder.scoring import score_labels
from autograder.simulated import PERFECT, SLOPPY, label_by_habit
from goldlabel.annotations import Gold, Span, only
from goldlabel.exercises import ExerciseSpec, find_exercise


@pytest.mark.parametrize(("exercise", "things"), [("w3-entities-exam", "spans"), ("w3-relations-exam", "relations")])
def test_a_careless_and_a_perfect_learner(
    exercise: str, things: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real sets in place of the tiny course.
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(repository() / "datasets"))
    monkeypatch.delenv("GOLDLABEL_GOLD")
    spec: ExerciseSpec = find_exercise(exercise)
    gold: Gold = exam_gold(spec)
    pages = []
    for habit in (SLOPPY, PERFECT):
        path = label_by_habit(habit, spec, spec.items(), gold, folder=tmp_path / habit.learner)
        scored = score_labels(path.read_bytes(), spec=spec, items=spec.items(), gold=gold)
        pages.append(exam_feedback(scored, spec, earned=10 * scored.fraction, most=10.0))
    careless, perfect = (re.sub(r"<[^>]+>", " ", page) for page in pages)
    assert re.search(rf"You were judged on \d+ {things} in \d+ texts\.", careless)
    assert "costs tightness" not in careless
    assert f'Exercise.open("{exercise.removesuffix("-exam")}", turn=2)' in careless.replace("&quot;", '"')
    assert re.search(r"Read rule R\d+ again: \w", careless)
    assert "Nothing to complain of" in perfect
    names = {
        item.text[one.start : one.end]
        for item in spec.items()
        for one in (*only(gold.of(item.id).annotations, Span), *only(item.given, Span))
        if " " in item.text[one.start : one.end]
    }
    assert names
    assert not [name for name in names if name in careless], "an exam never says where"
