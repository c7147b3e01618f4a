"""Drills of text tasks: classes that were confused or missed, and habits that show on everything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from goldlabel.annotations import Annotation, Relation, Span
from goldlabel.learning.drills import Drill, drill
from goldlabel.workbench import Exercise

Hand = Callable[[Annotation, str], Annotation | None]
"""Labels one gold annotation of a text as a learner would; None: overlooks it."""


def practise(exercise_id: str, folder: Path, hand: Hand) -> Exercise:
    exercise = Exercise.open(exercise_id, folder=folder)
    gold = exercise.gold()
    for item in exercise.items:
        labels = [one for true in gold.of(item.id).scored if (one := hand(true, item.text)) is not None]
        exercise.store.save(item.id, labels, base_rev=0, action="draw", tool="play", done=True)
    return exercise


def calls_places_organisations(true: Annotation, _text: str) -> Annotation:
    assert isinstance(true, Span)
    return msgspec.structs.replace(true, label="organisation" if true.label == "place" else true.label, accepted=())


def overlooks_dates(true: Annotation, _text: str) -> Annotation | None:
    return None if true.label == "date" else true


def ends_off(true: Annotation, _text: str) -> Annotation:
    assert isinstance(true, Span)
    return msgspec.structs.replace(true, end=true.end - 1)


def turns_round(true: Annotation, _text: str) -> Annotation:
    assert isinstance(true, Relation)
    return msgspec.structs.replace(true, head=true.tail, tail=true.head)


@pytest.mark.parametrize(
    ("exercise", "hand", "told"),
    [
        ("w3-entities", calls_places_organisations, "organisation and place: confused"),
        ("w3-entities", overlooks_dates, "date: "),
        ("w3-entities", ends_off, "where a span begins and ends: "),
        ("w3-relations", turns_round, "which way a relation points: "),
    ],
)
def test_what_went_wrong_is_drilled_with_new_texts(exercise: str, hand: Hand, told: str, tmp_path: Path) -> None:
    practice = practise(exercise, tmp_path, hand)
    one: Drill = drill(exercise, folder=tmp_path)
    assert told in one.reason, one.reason
    assert one.exercise is not None
    assert not {item.id for item in one.exercise.items} & {item.id for item in practice.items}


def test_nothing_went_wrong(tmp_path: Path) -> None:
    practise("w3-entities", tmp_path, lambda true, _text: true)
    assert drill("w3-entities", folder=tmp_path).exercise is None
