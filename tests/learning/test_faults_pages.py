"""Faults planted into pages: on every practice page the review tells just the three of them."""

from __future__ import annotations

import random

import pytest

from goldlabel.annotations import Item, ItemLabels, LabelSet, WordBox
from goldlabel.data import load_items, practice_gold
from goldlabel.exercises import find_exercise
from goldlabel.learning.faults import plant_faults
from goldlabel.learning.faults_pages import in_pages
from goldlabel.review import review

PAGES = [item for item in load_items("paperwork") if item.pool == "practice"]


def words(*texts: str) -> list[WordBox]:
    """Words of one line, with gaps as wide as half a letter is high."""
    placed, x = [], 10.0
    for n, text in enumerate(texts):
        right = x + 12 * len(text)
        placed.append(WordBox(f"g{n}", "other", ((x, 10), (right, 10), (right, 30), (x, 30)), text))
        x = right + 10
    return placed


@pytest.mark.parametrize("page", PAGES, ids=lambda item: item.id)
@pytest.mark.parametrize("seed", range(4))
def test_every_page_gets_three_faults_of_three_kinds(page: Item, seed: int) -> None:
    spec, gold = find_exercise("w3-documents"), practice_gold("paperwork")
    planted = plant_faults(gold.of(page.id).scored, page, spec.class_names, seed, spec.rubric)
    assert len(planted.faults) == 3
    labels = LabelSet(exercise=spec.id, items={page.id: ItemLabels(planted.annotations, done=True)})
    judged = review(labels, gold, spec.rubric, items=[page], classes=spec.class_names)
    assert sorted(one.kind for one in judged.findings) == ["mismatching_label", "misread", "two_words"]
    assert planted == plant_faults(gold.of(page.id).scored, page, spec.class_names, seed, spec.rubric)


def test_a_figure_is_misread_before_a_letter() -> None:
    for seed in range(8):
        labels, _ = in_pages(words("Oslo", "50", "ay", "ay"), ("other", "price"), random.Random(seed))
        texts = {one.id: one.text for one in labels}
        if len(texts.get("g1", "")) == 2 and texts["g1"] != "50":
            assert texts["g1"][0] in "Ss0" or texts["g1"][1] in "OoQD"


def test_a_page_without_room_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="side by side"):
        in_pages(words("Oslo"), ("other", "price"), random.Random(1))
    with pytest.raises(ValueError, match="three faults"):
        in_pages(words("Oslo", "50"), ("other", "price"), random.Random(1))
    with pytest.raises(ValueError, match="three faults"):
        in_pages(words("Oslo", "50", "15"), ("other",), random.Random(1))
