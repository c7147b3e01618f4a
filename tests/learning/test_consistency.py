"""Two passes by one annotator: what is missing, where minds were changed, and what gold says to both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldlabel.annotations import Choice
from goldlabel.exercises import find_exercise
from goldlabel.learning.agreement import kappa_explorer, two_passes
from goldlabel.learning.consistency import compare
from goldlabel.metrics.choices import cohen_kappa
from goldlabel.workbench import Exercise

TAGS = """
title = "Tags"
task = "choice"
week = 1
mode = "practice"
dataset = "shapes"
question = "What is it?"
instant = false

[[classes]]
name = "disc"
color = "#D55E00"

[[classes]]
name = "block"
color = "#0072B2"

[draw]
pool = "practice"
count = 4
seed = 5
"""
AGAIN = 'extends = "tags"\ntitle = "Again"\n[draw]\nshuffle = "again"\n'


@pytest.fixture
def passes(shapes: Path, tmp_path: Path) -> tuple[Exercise, Exercise]:
    for name, text in (("tags", TAGS), ("tags-again", AGAIN)):
        folder = shapes / "exercises" / name
        folder.mkdir()
        (folder / "exercise.toml").write_text(text, encoding="utf-8")
        (folder / "guideline.md").write_text("# G\n\n## R1. Look\n\nLook.\n", encoding="utf-8")
    gold = json.loads((shapes / "gold/practice.json").read_text(encoding="utf-8"))
    right = {"annotations": [{"type": "choice", "id": "class", "label": "disc"}]}
    gold["items"] = dict.fromkeys(gold["items"], right)
    (shapes / "gold/practice.json").write_text(json.dumps(gold), encoding="utf-8")
    return Exercise.open("tags", folder=tmp_path), Exercise.open("tags-again", folder=tmp_path)


def say(exercise: Exercise, item: str, label: str) -> None:
    rev = exercise.labels.of(item).rev
    exercise.store.save(
        item, (Choice("class", label),), base_rev=rev, action="choose", tool="play", done=True, seconds=30
    )


def test_the_second_pass_has_the_same_items_in_another_order_and_a_file_of_its_own(passes) -> None:
    first, second = passes
    assert {item.id for item in first.items} == {item.id for item in second.items}
    assert [item.id for item in first.items] != [item.id for item in second.items]
    assert first.store.path != second.store.path
    assert not find_exercise("tags-again").instant


def test_what_is_missing_is_said_and_nothing_is_raised(passes) -> None:
    first, second = passes
    assert repr(compare(first, second)) == "Nothing is labelled yet. Do the first pass above: 4 pictures."
    say(first, first.items[0].id, "disc")
    assert "In the first pass 3 of 4 pictures have no class yet" in compare(first, second)._repr_html_()
    for item in first.items:
        say(first, item.id, "disc")
    comparison = compare(first, second)
    assert "In the second pass 4 of 4 pictures have no class yet" in repr(comparison)
    assert "In the second pass" in comparison.beside(first.gold()).html


def test_changes_are_shown_with_their_pictures(passes) -> None:
    first, second = passes
    names = [item.id for item in first.items]
    for name, before, after in zip(
        names, ("disc", "disc", "block", "block"), ("disc", "block", "block", "disc"), strict=True
    ):
        say(first, name, before)
        say(second, name, after)
    comparison = compare(first, second)
    assert comparison.changed == (names[1], names[3])
    assert comparison.agreement == 0.5
    assert comparison.kappa == pytest.approx(0.0)
    html = comparison._repr_html_()
    assert html.count("data:image/png;base64,") == 2
    assert f"{names[1]}: first <b>disc</b>, then <b>block</b>" in html
    assert "2.0 and 2.0" in html
    beside = comparison.beside(first.gold()).text
    assert beside == (
        "the same twice, and right: 1; the same twice, and wrong: 1; changed, right at first: 1; "
        "changed, right at last: 1; changed, never right: 0"
    )


def test_perfect_agreement(passes) -> None:
    first, second = passes
    for item in first.items:
        say(first, item.id, "disc")
        say(second, item.id, "disc")
    comparison = compare(first, second)
    assert comparison.agreement == comparison.kappa == 1
    assert "You changed your mind nowhere" in comparison._repr_html_()


def test_other_items_are_refused(passes, tmp_path) -> None:
    with pytest.raises(ValueError, match="different items"):
        compare(passes[0], Exercise.open("tags", turn=2, folder=tmp_path / "other"))


def test_the_sliders_show_a_high_agreement_with_a_low_kappa() -> None:
    assert two_passes(10, 5, 5) == ((5, 5), (5, 85))
    assert two_passes(3, 60, 0) == ((3, 0), (0, 97))
    bruised, kept, added, view = kappa_explorer().children
    bruised.value, kept.value, added.value = 10, 5, 5
    kappa = float(cohen_kappa(two_passes(10, 5, 5)))
    assert kappa < 0.5
    assert f"Agreement 0.90, kappa {kappa:.2f}" in view.value
