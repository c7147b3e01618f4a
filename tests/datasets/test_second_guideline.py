"""The packing line's pictures under a second guideline, and in a second pass."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from goldlabel.annotations import Choice
from goldlabel.data import practice_gold
from goldlabel.exercises import find_exercise
from goldlabel.learning.consistency import compare, first_pass, second_pass

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.juice_gold import juiced  # noqa: E402


def test_the_factorys_gold_is_derived_from_the_packers() -> None:
    folder = ROOT / "datasets/sorting-line/gold"
    packer = json.loads((folder / "practice.json").read_text(encoding="utf-8"))
    assert juiced(packer) == json.loads((folder / "juice.json").read_text(encoding="utf-8"))


def test_only_bruises_and_wormholes_change() -> None:
    packer, factory = practice_gold("sorting-line"), practice_gold("sorting-line", "juice")
    spec = find_exercise("w1-tags-juice")
    assert {item.id for item in spec.pool()} == set(factory.items)
    changes = set()
    for name in factory.items:
        (before,), (after,) = packer.of(name).annotations, factory.of(name).annotations
        assert isinstance(before, Choice)
        assert isinstance(after, Choice)
        assert after.label in spec.class_names
        assert after.attributes["rule"] in spec.rules
        if before.label != after.label:
            changes.add((before.label, after.label))
    assert changes == {("bruised", "sound"), ("wormhole", "rotten")}


def test_the_ten_pictures_ask_what_differs() -> None:
    packer, factory = practice_gold("sorting-line"), practice_gold("sorting-line", "juice")
    drawn = [item.id for item in find_exercise("w1-tags-juice").items()]
    labels = [factory.of(name).annotations[0].label for name in drawn]
    assert len(drawn) == 10
    assert set(labels) == {"sound", "rotten", "not_fruit"}
    assert sum(packer.of(name).annotations[0].label != label for name, label in zip(drawn, labels, strict=True)) >= 3


def test_both_passes_hold_the_same_twelve_that_the_first_practice_did_not(tmp_path) -> None:
    first, second = first_pass(tmp_path), second_pass(tmp_path)
    names = [item.id for item in first.items]
    assert len(names) == 12
    assert sorted(names) == sorted(item.id for item in second.items)
    assert names != [item.id for item in second.items]
    assert not set(names) & {item.id for item in find_exercise("w1-tags").items()}
    assert not first.spec.instant
    assert not second.spec.instant
    assert "Nothing is labelled yet" in repr(compare(first, second))
