"""The written ethics cases: sound gold, no leak between the pools, and the agreement that the datasheet publishes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from goldlabel.annotations import Choice, Gold, decode_gold, decode_labels
from goldlabel.data import load_items, practice_gold
from goldlabel.exercises import find_exercise
from goldlabel.metrics.choices import accuracy, cohen_kappa, confusion_matrix

ROOT = Path(__file__).resolve().parents[2]
NAME = "ethics-cases"
ITEMS = load_items(NAME)
SHEET = (ROOT / "datasets" / NAME / "datasheet.md").read_text(encoding="utf-8")
EXAM = ROOT / "autograder" / "gold" / NAME


def gold_of(pool: str) -> Gold:
    return practice_gold(NAME) if pool == "practice" else decode_gold((EXAM / "exam.json").read_bytes(), where="exam")


def choices(pool: str) -> dict[str, Choice]:
    gold = gold_of(pool)
    return {name: one for name, item in gold.items.items() for one in item.annotations if isinstance(one, Choice)}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_a_case_is_what_its_line_says(item) -> None:
    assert hashlib.sha256(item.text.encode()).hexdigest() == item.sha256
    assert (item.media, item.origin) == ("", "written")
    assert 40 <= len(item.text.split()) <= 110
    addresses = re.findall(r"\b[\w.-]+\.(?:com|org|net|test)\b", item.text)
    assert all(address.endswith(".test") for address in addresses)


@pytest.mark.parametrize("pool", ["practice", "exam"])
def test_gold_says_what_and_why(pool: str) -> None:
    spec = find_exercise("w1-ethics" if pool == "practice" else "w1-ethics-exam")
    gold = choices(pool)
    assert set(gold) == {item.id for item in ITEMS if item.pool == pool} == set(gold_of(pool).items)
    for name, one in gold.items():
        assert one.attributes["rule"] in spec.rules, name
        assert str(one.attributes["why"]).endswith("."), name
        assert {one.label, *one.accepted} <= set(spec.class_names), name
        assert one.label not in one.accepted, name
    counts = Counter(one.label for one in gold.values())
    for label in spec.class_names:
        practice, exam = (
            Counter(one.label for one in choices(which).values())[label] for which in ("practice", "exam")
        )
        assert f"| {label} | {practice} | {exam} |" in SHEET
        assert counts[label] >= 7


def test_the_second_pass_is_as_published() -> None:
    classes = find_exercise("w1-ethics").class_names
    first, second = [], []
    for pool, path in (("practice", ROOT / "datasets" / NAME), ("exam", EXAM)):
        labels = decode_labels((path / "second_pass.json").read_bytes(), where="second pass")
        for name, one in choices(pool).items():
            (said,) = labels.of(name).annotations
            first.append(classes.index(one.label))
            second.append(classes.index(said.label))
            assert said.label in (one.label, *one.accepted), f"{name}: not adjudicated"
    matrix = confusion_matrix(first, second, len(classes))
    same = round(60 * float(accuracy(matrix)))
    assert f"{same} of 60, Cohen's kappa {float(cohen_kappa(matrix)):.2f}" in SHEET


def test_every_turn_of_practice_is_a_new_one() -> None:
    spec = find_exercise("w1-ethics")
    turns = [{item.id for item in spec.items(turn=turn)} for turn in (1, 2, 3)]
    assert [len(turn) for turn in turns] == [10, 10, 10]
    assert len(set.union(*turns)) == 30
    assert len(find_exercise("w1-ethics-exam").items()) == 20
