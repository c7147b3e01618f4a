"""Articles to summarise and summaries to judge: sound gold, planted faults that are there, the datasheet's figures."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import articles, cues, written  # noqa: E402

from autograder.simulated import PERFECT, SLOPPY, Habit, label_by_habit  # noqa: E402
from goldlabel.annotations import ItemLabels, KeyFact, LabelSet, Written, decode_labels, only  # noqa: E402
from goldlabel.data import load_items, practice_gold  # noqa: E402
from goldlabel.exercises import find_exercise  # noqa: E402
from goldlabel.metrics.summaries import longest_copied, novel_names, novel_numbers, tell  # noqa: E402
from goldlabel.metrics.wording import pattern, word_count  # noqa: E402
from goldlabel.review import Review, SummaryRubric, review  # noqa: E402
from goldlabel.review.summaries import judge_summary  # noqa: E402

SOURCE = articles.load()
RUBRIC = SummaryRubric()
SHEET = (ROOT / "datasets" / "articles" / "datasheet.md").read_text(encoding="utf-8")
JUDGED = [(one, summary) for one in SOURCE.of("judge") for summary in one.judged]


def facts_of(article: articles.Article) -> tuple[KeyFact, ...]:
    return only(article.gold().annotations, KeyFact)


def test_what_is_committed_is_what_the_source_says() -> None:
    for path, data in articles.files().items():
        assert path.read_bytes() == data, f"run: python -m studio.articles ({path})"


def test_articles_are_as_long_as_the_datasheet_says() -> None:
    lengths = [word_count(one.text) for one in SOURCE.articles if one.group != "example"]
    assert 250 <= min(lengths) <= max(lengths) <= 400
    (example,) = SOURCE.of("example")
    assert f"{min(lengths)} to {max(lengths)} words" in SHEET
    assert f"the lesson's example has {word_count(example.text)}" in SHEET
    for group in ("write", "judge", "example"):
        assert f"| {group} | {len(SOURCE.of(group))} |" in SHEET


def test_no_two_articles_share_a_passage() -> None:
    texts = [cues.words(one.text) for one in SOURCE.articles]
    for n, one in enumerate(texts):
        for other in texts[:n]:
            assert cues.longest_run(one, other) < 7


@pytest.mark.parametrize("article", SOURCE.articles, ids=lambda one: one.id)
def test_facts_are_sound(article: articles.Article) -> None:
    assert 4 <= len(article.facts) <= 6
    for fact in article.facts:
        assert fact.evidence in article.text
        for phrase in (*(phrase for group in fact.phrases for phrase in group), *fact.contradictions):
            assert pattern(phrase), phrase
        for phrase in fact.contradictions:
            told = tell(phrase.replace("*", "").replace("...", ""), fact.phrases, [phrase.replace("...", "")])
            assert not told.told, f"{article.id}: {phrase!r} tells and contradicts {fact.fact!r}"
        if fact.rule:
            assert fact.rule in find_exercise("w3-summaries").rules


@pytest.mark.parametrize("article", [one for one in SOURCE.articles if one.summary], ids=lambda one: one.id)
def test_the_good_summary_passes_every_check(article: articles.Article) -> None:
    judged = judge_summary(article.summary, article.text, facts_of(article), RUBRIC)
    assert judged.score == 1, [
        fact.fact for fact, told in zip(article.facts, judged.facts, strict=True) if not told.told
    ]
    assert 45 <= judged.words <= 60


@pytest.mark.parametrize(("article", "summary"), JUDGED, ids=lambda one: one.id)
def test_the_planted_fault_is_there_and_no_other_that_can_be_counted(
    article: articles.Article, summary: articles.Summary
) -> None:
    spec = find_exercise("w3-summary-judging")
    assert summary.label in spec.class_names
    assert summary.rule in spec.rules
    assert summary.why.endswith(".")
    assert (word_count(summary.text) > 60) == (summary.label == "too_long")
    assert (longest_copied(summary.text, article.text).words >= 10) == (summary.label == "copied")
    judged = judge_summary(summary.text, article.text, facts_of(article), RUBRIC)
    told = sum(one.told for one in judged.facts) / len(judged.facts)
    if summary.label == "incomplete":
        assert told <= 0.5
    elif summary.label == "good":
        assert judged.score == 1
    else:
        assert told >= 0.5, "a summary with another fault tells the main facts"


def test_class_and_length_do_not_give_each_other_away() -> None:
    short = {
        label: [word_count(one.text) for _, one in JUDGED if one.label == label] for label in ("good", "unfaithful")
    }
    assert abs(sum(short["good"]) / len(short["good"]) - sum(short["unfaithful"]) / len(short["unfaithful"])) < 5
    counts = Counter(one.label for _, one in JUDGED)
    assert sum(counts.values()) >= 24
    for label, count in counts.items():
        assert f"| {label} | {count} |" in SHEET
    spec = find_exercise("w3-summary-judging")
    gold = practice_gold("articles", "judging")
    for turn in (1, 2):
        labels = {gold.of(item.id).annotations[0].label for item in spec.items(turn=turn)}
        assert labels == set(spec.class_names), "each turn has every class"


def test_the_second_pass_is_as_published() -> None:
    looked, same, kappa = written.agreed(SOURCE.judged)
    assert looked >= 8
    assert f"{same} of {looked}, Cohen's kappa {kappa:.2f}" in SHEET
    again = [one for one in SOURCE.articles if one.second]
    assert len(again) >= 0.25 * len(SOURCE.of("write"))
    for one in again:
        judged = judge_summary(one.second, one.text, facts_of(one), RUBRIC)
        told = sum(fact.told for fact in judged.facts)
        assert f"| {one.id} | {judged.words} | {told} of {len(judged.facts)} | {judged.score:.2f} |" in SHEET


def test_how_many_false_summaries_the_check_sees_is_as_published() -> None:
    false = [(article, one) for article, one in JUDGED if one.label == "unfaithful"]
    seen = [
        one.id
        for article, one in false
        if judge_summary(one.text, article.text, facts_of(article), RUBRIC).faithful < 1
    ]
    alone = [
        one.id for article, one in false if novel_numbers(one.text, article.text) or novel_names(one.text, article.text)
    ]
    assert f"{len(seen)} of {len(false)} unfaithful summaries" in SHEET
    assert f"{len(alone)} of them by numbers and names" in SHEET


def test_gold_is_production_and_nothing_written_is_not() -> None:
    spec, gold = find_exercise("w3-summaries"), practice_gold("articles")
    items = spec.pool()
    labels = {item.id: ItemLabels(only(gold.of(item.id).annotations, Written)) for item in items}
    judged = review(LabelSet(exercise=spec.id, items=labels), gold, spec.rubric, items=items, classes=spec.class_names)
    assert (judged.score, judged.level) == (1, "production")
    copied = {
        item.id: ItemLabels((Written(id="summary", label="summary", text=" ".join(item.text.split()[:60])),))
        for item in items
    }
    for lazy in ({}, copied):
        judged = review(
            LabelSet(exercise=spec.id, items=lazy), gold, spec.rubric, items=items, classes=spec.class_names
        )
        assert judged.level == "below"


def test_two_turns_have_other_articles() -> None:
    spec = find_exercise("w3-summaries")
    turns = [{item.id for item in spec.items(turn=turn)} for turn in (1, 2)]
    assert [len(turn) for turn in turns] == [4, 4]
    assert not turns[0] & turns[1]
    groups = {item.id: item.group for item in load_items("articles")}
    assert {groups[name] for name in turns[0] | turns[1]} == {"write"}


@pytest.mark.parametrize("name", ["w3-summaries", "w3-summary-judging"])
def test_the_guidelines_show_right_and_wrong(name: str) -> None:
    rules = find_exercise(name).rules
    assert list(rules) == [f"R{number}" for number in range(1, len(rules) + 1)]
    for rule in rules.values():
        assert "**Right:**" in rule.text, rule.id
        assert "**Wrong:**" in rule.text, rule.id


def test_the_labels_of_the_second_pass_can_be_read() -> None:
    for name in ("judging", "summaries"):
        path = ROOT / "datasets" / "articles" / f"second_pass_{name}.json"
        assert decode_labels(path.read_bytes(), where=name).items


def test_careful_and_careless_through_the_review(tmp_path: Path) -> None:
    spec, gold = find_exercise("w3-summaries"), practice_gold("articles")

    def judged(habit: Habit) -> Review:
        path = label_by_habit(habit, spec, spec.pool(), gold, folder=tmp_path / habit.name)
        labels = decode_labels(path.read_bytes(), where="simulated")
        return review(labels, gold, spec.rubric, items=spec.pool(), classes=spec.class_names)

    perfect, sloppy = judged(PERFECT), judged(SLOPPY)
    assert (perfect.score, perfect.level, perfect.findings) == (1.0, "production", ())
    assert (sloppy.level, len(sloppy.findings) > 8) == ("below", True)
