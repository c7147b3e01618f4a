"""The command line on texts: reviews of spans and relations, and the agreement of two annotators."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldlabel import cli
from goldlabel.annotations import Choice, Gold, ItemLabels, LabelSet, Span, encode
from goldlabel.data import datasets_folder, practice_gold
from goldlabel.exercises import find_exercise


def gold_of(exercise: str) -> Gold:
    spec = find_exercise(exercise)
    return practice_gold(spec.dataset, spec.gold or "practice")


def labels(exercise: str, path: Path, *, drop: int = 0, annotator: str = "me") -> Path:
    """Gold of the first turn as labels; the first ``drop`` annotations of each item are missing."""
    spec, gold = find_exercise(exercise), gold_of(exercise)
    items = {item.id: ItemLabels(gold.of(item.id).scored[drop:], done=True) for item in spec.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(LabelSet(exercise=exercise, annotator=annotator, items=items)))
    return path


@pytest.mark.parametrize(
    ("exercise", "word"), [("w3-entities", "is not marked; it is"), ("w3-relations", "Not linked: '")]
)
def test_review(exercise: str, word: str, tmp_path: Path, capsys) -> None:
    spec = find_exercise(exercise)
    gold = datasets_folder() / spec.dataset / "gold" / f"{spec.gold}.json"
    call = ["review", "--exercise", exercise, "--gold", str(gold), "--labels"]
    assert cli.main([*call, str(labels(exercise, tmp_path / "right.json"))]) == 0
    assert capsys.readouterr().out.startswith("Score 1.00 (production)")
    missed = str(labels(exercise, tmp_path / "missed.json", drop=1))
    assert cli.main([*call, missed]) == 0
    assert word in capsys.readouterr().out
    assert cli.main([*call, missed, "--json"]) == 0
    judged = json.loads(capsys.readouterr().out)
    assert judged["task"] == spec.task
    found = [finding["kind"] for item in judged["items"].values() for finding in item["findings"]]
    assert set(found) == {"missing"}


@pytest.mark.parametrize("exercise", ["w3-entities", "w3-relations", "w3-sentiment"])
def test_agreement_is_the_same_both_ways(exercise: str, tmp_path: Path, capsys) -> None:
    one = labels(exercise, tmp_path / "a" / "one.json", annotator="Ada")
    other = labels(exercise, tmp_path / "b" / "other.json", drop=exercise != "w3-sentiment", annotator="Bo")
    figures = []
    for first, second in ((one, other), (other, one)):
        call = ["agreement", "--exercise", exercise, "--first", str(first), "--second", str(second)]
        assert cli.main([*call, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        figures.append({measure["name"]: measure["value"] for measure in found["measures"]})
        assert not {"precision", "recall"} & set(figures[-1])
        assert cli.main(call) == 0
        assert "items labelled by both" in capsys.readouterr().out
    assert figures[0] == pytest.approx(figures[1])
    assert all(value == 1 for value in figures[0].values()) == (exercise == "w3-sentiment")


def test_f1_of_the_agreement_is_worked_out_by_hand(tmp_path: Path, capsys) -> None:
    one, other = (labels("w3-entities", tmp_path / f"{k}.json", drop=k, annotator=str(k)) for k in range(2))
    assert (
        cli.main(["agreement", "--exercise", "w3-entities", "--first", str(one), "--second", str(other), "--json"]) == 0
    )
    found = json.loads(capsys.readouterr().out)
    first, second = found["annotations"]
    assert found["annotators"] == ["0", "1"]
    f1 = next(measure["value"] for measure in found["measures"] if measure["name"] == "f1")
    assert first > second
    assert f1 == pytest.approx(2 * second / (first + second))


def test_what_cannot_be_compared_is_told_in_two_lines(tmp_path: Path, capsys) -> None:
    one = labels("w3-entities", tmp_path / "one.json")
    spec = find_exercise("w3-entities")
    name = spec.items()[0].id
    empty = tmp_path / "empty.json"
    empty.write_bytes(encode(LabelSet(exercise="w3-entities", annotator="Bo")))
    broken = tmp_path / "broken.json"
    far = ItemLabels((Span("s", "person", 0, 99_999),), done=True)
    broken.write_bytes(encode(LabelSet(exercise="w3-entities", annotator="Bo", items={name: far})))
    for second, words in (
        (empty, "no labelled item in common"),
        (broken, "The label of Bo s does not lie on the text"),
    ):
        call = ["agreement", "--exercise", "w3-entities", "--first", str(one), "--second", str(second)]
        assert cli.main(call) == 1
        printed = capsys.readouterr()
        assert words in printed.err.splitlines()[0]
        assert printed.err.splitlines()[1].startswith("What to do: ")


def test_kappa_of_choices(tmp_path: Path, capsys) -> None:
    one = labels("w3-sentiment", tmp_path / "one.json")
    spec = find_exercise("w3-sentiment")
    turned = LabelSet(
        exercise=spec.id,
        annotator="Bo",
        items={item.id: ItemLabels((Choice("class", spec.class_names[0]),), done=True) for item in spec.items()},
    )
    other = tmp_path / "other.json"
    other.write_bytes(encode(turned))
    assert cli.main(["agreement", "--exercise", spec.id, "--first", str(one), "--second", str(other)]) == 0
    out = capsys.readouterr().out
    assert "Percent agreement: share of the same answers" in out
    assert "Cohen's kappa: agreement beyond chance" in out
