"""Simulated learners are named as such, seeded, and leave files like a person's."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.simulated import CLASS, HALF_DONE, PERFECT, SLOPPY, Habit, label_by_habit
from goldlabel.annotations import Gold, decode_labels
from goldlabel.exercises import ExerciseSpec
from goldlabel.journal import read_journal
from tests.autograder.tiny import Label


@pytest.mark.parametrize("habit", CLASS, ids=lambda habit: habit.name)
def test_they_say_that_they_are_simulated(habit: Habit, label: Label, tmp_path: Path) -> None:
    labels = decode_labels(label(habit, tmp_path).read_bytes(), where="")
    assert labels.annotator == f"simulated: {habit.name}"
    assert habit.learner.startswith("simulated-")
    assert {event.tool for event in read_journal(tmp_path / "labels" / "w2-boxes-exam.journal.jsonl")} == {"simulated"}


def test_perfect_is_the_gold_without_the_difficult(
    spec: ExerciseSpec, gold: Gold, label: Label, tmp_path: Path
) -> None:
    labels = decode_labels(label(PERFECT, tmp_path).read_bytes(), where="")
    for item in spec.items():
        true = [(box.label, box.xyxy) for box in gold.of(item.id).annotations if not box.difficult]
        assert [(box.label, box.xyxy) for box in labels.of(item.id).annotations] == true
        assert labels.of(item.id).done


def test_half_done_leaves_half(spec: ExerciseSpec, label: Label, tmp_path: Path) -> None:
    labels = decode_labels(label(HALF_DONE, tmp_path).read_bytes(), where="")
    assert [labels.of(item.id).done for item in spec.items()] == [True] * 4 + [False] * 4


def test_the_seed_decides(spec: ExerciseSpec, gold: Gold, tmp_path: Path) -> None:
    def boxes(folder: str, seed: int) -> object:
        path = label_by_habit(SLOPPY, spec, spec.items(), gold, folder=tmp_path / folder, seed=seed)
        return {name: item.annotations for name, item in decode_labels(path.read_bytes(), where="").items.items()}

    assert boxes("a", 1) == boxes("b", 1) != boxes("c", 2)


def test_sloppy_boxes_stay_on_the_picture(spec: ExerciseSpec, label: Label, tmp_path: Path) -> None:
    labels = decode_labels(label(SLOPPY, tmp_path).read_bytes(), where="")
    sizes = {item.id: (item.width, item.height) for item in spec.items()}
    for name, item in labels.items.items():
        for box in item.annotations:
            assert 0 <= box.xyxy[0] < box.xyxy[2] <= sizes[name][0]
            assert 0 <= box.xyxy[1] < box.xyxy[3] <= sizes[name][1]
