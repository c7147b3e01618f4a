"""Drills are drawn from what a learner's own practice shows to be weak."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from goldlabel.annotations import Box
from goldlabel.errors import ExerciseError
from goldlabel.learning.drills import LEAST_FAULTS, Drill, drill, weaknesses
from goldlabel.workbench import Exercise

Hand = Callable[[Box], Box | None]
"""Draws one gold box as a learner would; None: overlooks it."""


def practise(folder: Path, hand: Hand, *, turns: int = 1) -> Exercise:
    """Label whole turns of the kitchen by ``hand``."""
    exercise = Exercise.open("w2-boxes", folder=folder)
    gold = exercise.gold()
    for turn in range(1, turns + 1):
        exercise = Exercise.open("w2-boxes", turn=turn, folder=folder)
        for item in exercise.items:
            boxes = [box for true in gold.of(item.id).scored if (box := hand(true)) is not None]
            rev = exercise.labels.of(item.id).rev
            exercise.store.save(item.id, boxes, base_rev=rev, action="draw", tool="play", done=True)
    return exercise


def calls_lemons_pears(true: Box) -> Box:
    return msgspec.structs.replace(true, label="pear" if true.label == "lemon" else true.label)


def overlooks_hidden(true: Box) -> Box | None:
    return None if true.attributes["occluded"] else true


def draws_all_loose(true: Box) -> Box:
    x1, y1, x2, y2 = true.xyxy
    air = 0.12 * true.width
    return msgspec.structs.replace(true, xyxy=(x1 - air, y1 - air, x2 + air, y2 + air))


def labels_in(one: Drill, exercise: Exercise) -> list[list[str]]:
    assert one.exercise is not None
    return [[box.label for box in exercise.gold().of(item.id).scored] for item in one.exercise.items]


def test_a_confused_pair_draws_new_items_with_both_classes(tmp_path: Path) -> None:
    practice = practise(tmp_path, calls_lemons_pears)
    one = drill("w2-boxes", folder=tmp_path)
    assert one.exercise is not None
    assert "lemon and pear: confused" in one.reason
    assert one.exercise.spec.title == "Drill: lemon and pear"
    assert not {item.id for item in one.exercise.items} & {item.id for item in practice.items}
    assert all({"lemon", "pear"} <= set(labels) for labels in labels_in(one, practice))


def test_what_was_overlooked_is_named_by_its_trait(tmp_path: Path) -> None:
    practice = practise(tmp_path, overlooks_hidden)
    one = drill("w2-boxes", folder=tmp_path)
    assert one.exercise is not None
    assert "partly hidden objects" in one.exercise.spec.title
    hidden = [
        sum(bool(box.attributes["occluded"]) for box in practice.gold().of(item.id).scored)
        for item in one.exercise.items
    ]
    assert min(hidden) >= 2
    assert hidden[0] == max(hidden)


def test_a_fault_that_is_everywhere_alike_is_drilled_as_such(tmp_path: Path) -> None:
    practise(tmp_path, draws_all_loose, turns=2)
    one = drill("w2-boxes", folder=tmp_path)
    assert one.exercise is not None
    assert one.exercise.spec.title == "Drill: drawing tight"
    assert "loose or cut off" in one.reason
    perfect = drill("w2-boxes", folder=_perfect(tmp_path / "perfect"))
    assert perfect.exercise is None
    assert "Nothing went wrong in the 6 items" in perfect.reason
    assert perfect.label() is None
    assert perfect.check() is None


def _perfect(folder: Path) -> Path:
    folder.mkdir()
    practise(folder, lambda true: true)
    return folder


def test_without_practice_there_is_no_drill_but_a_sentence(tmp_path: Path) -> None:
    one = drill("w2-boxes", folder=tmp_path)
    assert one.exercise is None
    assert "label and check a turn of practice first" in repr(one)


def test_the_drill_stays_the_same_until_there_is_new_practice(tmp_path: Path) -> None:
    practise(tmp_path, calls_lemons_pears)
    first, again = (drill("w2-boxes", folder=tmp_path).exercise for _ in range(2))
    second = drill("w2-boxes", turn=2, folder=tmp_path).exercise
    assert first is not None
    assert again is not None
    assert second is not None
    assert first.items == again.items
    assert not set(second.items) & set(first.items)


def test_its_labels_are_kept_apart_and_can_be_checked(tmp_path: Path) -> None:
    practice = practise(tmp_path, calls_lemons_pears)
    one = drill("w2-boxes", folder=tmp_path)
    assert one.exercise is not None
    item = one.exercise.items[0]
    one.exercise.store.save(
        item.id, practice.gold().of(item.id).scored, base_rev=0, action="draw", tool="play", done=True
    )
    assert (tmp_path / "labels" / "w2-boxes-drill.json").exists()
    assert not practice.labels.of(item.id).labelled
    assert "Score 1.00" in repr(one.check())


def test_one_slip_is_no_weakness(tmp_path: Path) -> None:
    slips = iter([True])

    def slips_once(true: Box) -> Box:
        return calls_lemons_pears(true) if true.label == "lemon" and next(slips, False) else true

    practice = practise(tmp_path, slips_once)
    judged = practice.review()
    assert len(judged.findings) == 1 < LEAST_FAULTS
    assert weaknesses(judged, practice.gold()) == ()


def test_an_exam_gives_no_drill(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="gold stays hidden"):
        drill("w2-boxes-exam", folder=tmp_path)
