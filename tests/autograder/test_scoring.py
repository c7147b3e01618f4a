"""Bytes in, verdict out: never an exception for what a learner handed in, never a number nbgrader misreads."""

from __future__ import annotations

import json
import math
import pickle
from pathlib import Path

import pytest

from autograder.feedback import exam_feedback
from autograder.scoring import points, score_labels
from autograder.simulated import HALF_DONE, PERFECT, SLOPPY
from goldlabel.annotations import Gold
from goldlabel.errors import GoldError
from goldlabel.exercises import ExerciseSpec
from tests.autograder.tiny import EXERCISE, Label

BOX = {"type": "box", "id": "b1", "label": "apple", "xyxy": [20, 40, 120, 140]}


def labels_file(*, exercise: str = EXERCISE, **item: object) -> bytes:
    return json.dumps({"exercise": exercise, "items": {"tiny-exam-0": item}}).encode()


BROKEN = {
    "empty": b"",
    "blank": b" \n ",
    "cut off": labels_file(annotations=[BOX])[:-20],
    "not JSON": b"PK\x03\x04 this is a zip",
    "not text": b"\xff\xfe\x00\x01",
    "deeply nested": b"[" * 500_000,
    "deeply nested inside": labels_file(annotations=[{**BOX, "attributes": {}}]).replace(
        b'"attributes": {}', b'"attributes": ' + b'{"a":' * 100_000
    ),
    "a list": b"[]",
    "a number": b"1e999",
    "another exercise": labels_file(exercise="w9-other"),
    "an exercise with a page in it": labels_file(exercise="<script>alert(1)</script>"),
    "an endless exercise": labels_file(exercise="x" * 1_000_000),
    "a lone surrogate": labels_file(exercise="\ud800"),
    "another version": json.dumps({"exercise": EXERCISE, "schema": 99}).encode(),
    "unknown field": json.dumps({"exercise": EXERCISE, "score": 1.0}).encode(),
    "not a number": labels_file(annotations=[{**BOX, "xyxy": [0, 0, math.nan, 5]}]),
    "infinity": labels_file(annotations=[BOX]).replace(b"140", b"1e999"),
    "three corners": labels_file(annotations=[{**BOX, "xyxy": [0, 0, 5]}]),
    "another kind of label": labels_file(annotations=[{**BOX, "type": "polygon"}]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_earns_nothing_and_a_sentence(name: str, spec: ExerciseSpec, gold: Gold) -> None:
    scored = score_labels(BROKEN[name], spec=spec, items=spec.items(), gold=gold)
    assert scored.fraction == 0
    assert scored.review is None
    assert "labels file" in scored.problem
    assert len(scored.problem) < 400
    page = exam_feedback(scored, spec, earned=0.0, most=10.0)
    page.encode("utf-8")
    assert "could not be judged" in page
    assert "<script>" not in page
    assert "Traceback" not in page


ODD = {
    "nothing labelled": labels_file(),
    "an unknown class": labels_file(annotations=[{**BOX, "label": "<b>durian</b>"}]),
    "swapped corners": labels_file(annotations=[{**BOX, "xyxy": [120, 140, 20, 40]}]),
    "no area": labels_file(annotations=[{**BOX, "xyxy": [20, 40, 20, 40]}]),
    "far away": labels_file(annotations=[{**BOX, "xyxy": [1e300, 1e300, 1.5e300, 1.5e300]}]),
    "everywhere": labels_file(annotations=[{**BOX, "xyxy": [-1e308, -1e308, 1e308, 1e308]}]),
    "five thousand boxes": labels_file(annotations=[{**BOX, "id": f"b{k}"} for k in range(5000)]),
    "the same id twice": labels_file(annotations=[BOX, BOX]),
    "foreign pictures": json.dumps({"exercise": EXERCISE, "items": {"../../etc": {"done": True}}}).encode(),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_labels_are_judged(name: str, spec: ExerciseSpec, gold: Gold) -> None:
    scored = score_labels(ODD[name], spec=spec, items=spec.items(), gold=gold)
    assert scored.review is not None
    # One tight box of forty: F1 gives 0.04, tightness its whole quarter.
    assert 0 <= scored.fraction < 0.3
    page = exam_feedback(scored, spec, earned=0.0, most=10.0)
    assert "durian" not in page
    assert "../" not in page
    assert scored.notes


def test_known_habits(spec: ExerciseSpec, gold: Gold, label: Label, tmp_path: Path) -> None:
    fractions = {}
    for habit in (PERFECT, SLOPPY, HALF_DONE):
        data = label(habit, tmp_path / habit.learner).read_bytes()
        fractions[habit.name] = score_labels(data, spec=spec, items=spec.items(), gold=gold).fraction
    assert fractions["perfect"] == 1
    assert fractions["sloppy"] < 0.7
    assert fractions["half done"] == pytest.approx(0.625, abs=0.03)


def test_half_done_is_told_so(spec: ExerciseSpec, gold: Gold, label: Label, tmp_path: Path) -> None:
    scored = score_labels(label(HALF_DONE, tmp_path).read_bytes(), spec=spec, items=spec.items(), gold=gold)
    assert scored.notes == ("4 of 8 pictures have no label; everything on them counts as missed.",)


def test_a_fault_on_our_side_is_no_zero(spec: ExerciseSpec, gold: Gold) -> None:
    lacking = Gold(dataset="d", pool="exam", version="1", made="", agreement="", items={})
    with pytest.raises(GoldError):
        score_labels(labels_file(annotations=[BOX]), spec=spec, items=spec.items(), gold=lacking)


def test_everything_travels_between_processes(spec: ExerciseSpec, gold: Gold) -> None:
    """As on many machines: what goes in and what comes out survive pickling."""
    job = {"spec": spec, "items": spec.items(), "gold": gold}
    data = labels_file(annotations=[BOX])
    here = score_labels(data, **job)
    assert pickle.loads(pickle.dumps(here)) == here
    assert score_labels(data, **pickle.loads(pickle.dumps(job))) == here


@pytest.mark.parametrize(
    ("fraction", "most", "expected"),
    [
        (0.0, 10.0, 0.0),
        (1.0, 10.0, 10.0),
        (0.7499, 10.0, 7.5),
        (-0.5, 10.0, 0.0),
        (1.0000001, 10.0, 10.0),
        (math.nan, 10.0, 0.0),
        (math.inf, 10.0, 0.0),
        (1.0, 0.335, 0.335),  # rounding up must not pass the maximum
        (0.5, 0.0, 0.0),
    ],
)
def test_points(fraction: float, most: float, expected: float) -> None:
    earned = points(fraction, most)
    assert type(earned) is float
    assert earned == expected


@pytest.mark.parametrize("most", [math.nan, math.inf, -1.0])
def test_points_of_a_senseless_master(most: float) -> None:
    with pytest.raises(ValueError, match="worth"):
        points(0.5, most)
