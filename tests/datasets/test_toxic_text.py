"""The practice comments on toxic text: compiled, sound, masked, in twins that say one thing twice, as published."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import cues, written  # noqa: E402

from goldlabel.annotations import Choice, ItemLabels, LabelSet, decode_labels  # noqa: E402
from goldlabel.data import load_items, practice_gold  # noqa: E402
from goldlabel.exercises import find_exercise  # noqa: E402
from goldlabel.learning.toxicity import comments  # noqa: E402
from goldlabel.review import review  # noqa: E402

NAME = "toxic-text"
SHEET = (ROOT / "datasets" / NAME / "datasheet.md").read_text(encoding="utf-8")
(SOURCE,) = written.load(NAME)
SPEC = find_exercise("w3-toxic")
MASKS = {"slur", "insult", "swear", "group", "body part", "address", "school", "phone"}


def test_what_is_committed_is_what_the_source_says() -> None:
    for path, data in written.files(NAME).items():
        assert path.read_bytes() == data, f"run: python -m studio.written {NAME} ({path})"


def test_there_is_practice_only() -> None:
    assert (SOURCE.dataset, SOURCE.pool, SOURCE.exercise) == (NAME, "practice", SPEC.id)
    assert {item.pool for item in load_items(NAME)} == {"practice"}
    assert not written.source_path(NAME, "exam").exists()


def test_gold_says_what_and_why() -> None:
    for one in SOURCE.texts:
        assert one.rule in SPEC.rules, one.id
        assert one.why.endswith("."), one.id
        assert {one.label, *one.accepted} <= set(SPEC.class_names), one.id
        assert one.label not in one.accepted, one.id
        assert one.second in (one.label, *one.accepted), f"{one.id}: not adjudicated"
    assert {one.rule for one in SOURCE.texts} == set(SPEC.rules)


def test_every_rule_shows_right_and_wrong() -> None:
    for rule in SPEC.rules.values():
        assert "**Right:**" in rule.text, rule.id
        assert "**Wrong:**" in rule.text, rule.id


def test_comments_stand_in_a_thread_and_only_known_masks_are_used() -> None:
    for item in load_items(NAME):
        assert re.match(r"Thread: [^\n]+\n\n\S", item.text), item.id
        assert set(re.findall(r"\[([^\]]*)\]", item.text)) <= MASKS, item.id
    for mask in MASKS:
        assert f"`[{mask}]`" in SPEC.guideline, "the guideline explains each mask"


def test_a_mask_is_no_verdict() -> None:
    for mask in ("[slur]", "[insult]", "[group]"):
        assert {one.label for one in SOURCE.texts if mask in one.text} >= {"toxic", "not_toxic"}


def test_twins_come_in_pairs_of_one_thread() -> None:
    threads = {
        kind: sorted(one.text.partition("\n\n")[0] for one in SOURCE.texts if one.kind == kind)
        for kind in ("dialect", "plain_twin")
    }
    assert threads["dialect"] == threads["plain_twin"]
    assert len(set(threads["dialect"])) == 8


def test_the_datasheet_counts_right() -> None:
    for kind, count in Counter((one.kind, one.label) for one in SOURCE.texts).items():
        assert f"| {kind[0]} | {count} | {kind[1]} |" in SHEET
    for label, count in Counter(one.label for one in SOURCE.texts).items():
        assert f"| {label} | {count} |" in SHEET
    for group, count in Counter(one.group for one in SOURCE.texts).items():
        assert f"| {group} | {count} |" in SHEET
    lengths = [len(one.text.split()) for one in SOURCE.texts]
    assert f"{min(lengths)} to {max(lengths)} words" in SHEET
    assert f"{len(SOURCE.texts)} comments" in SHEET


def test_the_second_pass_is_as_published() -> None:
    for hard_only in (False, True):
        looked, same, kappa = written.agreement([SOURCE], hard_only=hard_only)
        assert f"{same} of {looked}, Cohen's kappa {kappa:.2f}" in SHEET
    labels = decode_labels((ROOT / "datasets" / NAME / "second_pass.json").read_bytes(), where="second pass")
    assert set(labels.items) == {one.item for one in comments()}


def test_words_alone_do_not_give_the_class_away() -> None:
    found = cues.accuracies([one.text for one in SOURCE.texts], [one.label for one in SOURCE.texts], only=("words",))
    published = dict(re.findall(r"^\| (always|which words)[^|]*\| ([\d.]+) \|$", SHEET, re.MULTILINE))
    assert f"{found['majority']:.2f}" == published["always"]
    assert found["words"] == pytest.approx(float(published["which words"]), abs=0.03)


def test_two_turns_without_a_repeat() -> None:
    turns = [{item.id for item in SPEC.items(turn=turn)} for turn in (1, 2)]
    assert [len(turn) for turn in turns] == [24, 24]
    assert not turns[0] & turns[1]


def test_a_score_can_pass_that_overlooks_all_who_are_in_danger_but_not_its_own_bar() -> None:
    items = SPEC.items()
    gold = {one.item: one.label for one in comments()}
    said = {item.id: gold[item.id].replace("escalate", "not_toxic") for item in items}
    labels = {key: ItemLabels((Choice("class", label),)) for key, label in said.items()}
    judged = review(
        LabelSet(exercise=SPEC.id, items=labels),
        practice_gold(NAME),
        SPEC.rubric,
        items=items,
        classes=SPEC.class_names,
    )
    assert sum(gold[item.id] == "escalate" for item in items) == 5, "the lesson says five"
    assert f"{judged.score:.2f}" == "0.79", "the lesson says 0.79"
    assert judged.level == "pass"
    assert {one.name for one in judged.measures if one.bar is not None and not one.reached} == {"f1", "kappa"}
