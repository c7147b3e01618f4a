"""The written texts of week 3: compiled from their sources, sound gold, no leak, and the figures of the datasheets."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import cues, written  # noqa: E402

from goldlabel.annotations import Choice, Gold, ItemLabels, LabelSet, decode_gold, decode_labels  # noqa: E402
from goldlabel.data import load_items, practice_gold  # noqa: E402
from goldlabel.exercises import find_exercise  # noqa: E402
from goldlabel.review import review  # noqa: E402

SETS = {"product-reviews": "w3-sentiment", "mailbox": "w3-spam"}
KINDS = {
    "product-reviews": {"clear": 90, "factual": 40, "mixed": 30, "ironic": 20, "wrong_target": 10, "noisy": 10},
    "mailbox": {"ham": 68, "advert": 30, "phishing": 30, "borderline": 22},
}
both = pytest.mark.parametrize("name", SETS)
pools = pytest.mark.parametrize(("name", "pool"), list(product(SETS, ("practice", "exam"))))


def sheet(name: str) -> str:
    return (ROOT / "datasets" / name / "datasheet.md").read_text(encoding="utf-8")


def gold_of(name: str, pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(name)
    return decode_gold((ROOT / "autograder" / "gold" / name / "exam.json").read_bytes(), where="exam")


def choices(name: str, pool: str) -> dict[str, Choice]:
    gold = gold_of(name, pool)
    return {key: one for key, item in gold.items.items() for one in item.annotations if isinstance(one, Choice)}


@both
def test_what_is_committed_is_what_the_sources_say(name: str) -> None:
    for path, data in written.files(name).items():
        assert path.read_bytes() == data, f"run: python -m studio.written {name} ({path})"


@both
def test_items_are_texts_of_their_own(name: str) -> None:
    items = load_items(name)
    assert len({item.text for item in items}) == len(items)
    for item in items:
        assert hashlib.sha256(item.text.encode()).hexdigest() == item.sha256
        assert (item.media, item.origin) == ("", "written")
        assert item.text == item.text.strip()
        addresses = re.findall(r"[\w-]+\.(?:com|org|net|info|biz|co|io|de|uk)\b", item.text)
        assert not addresses, f"{item.id}: {addresses}"


@pools
def test_gold_says_what_and_why(name: str, pool: str) -> None:
    spec = find_exercise(SETS[name] if pool == "practice" else f"{SETS[name]}-exam")
    gold = choices(name, pool)
    assert set(gold) == {item.id for item in spec.pool()} == set(gold_of(name, pool).items)
    for key, one in gold.items():
        assert one.attributes["rule"] in spec.rules, key
        assert str(one.attributes["why"]).endswith("."), key
        assert {one.label, *one.accepted} <= set(spec.class_names), key
        assert one.label not in one.accepted, key
    assert {one.attributes["rule"] for one in gold.values()} == set(spec.rules), "each rule is needed in each pool"
    assert {one.label for one in gold.values()} == set(spec.class_names)


@both
def test_the_guideline_shows_right_and_wrong(name: str) -> None:
    rules = find_exercise(SETS[name]).rules
    assert list(rules) == [f"R{number}" for number in range(1, len(rules) + 1)]
    for rule in rules.values():
        assert "**Right:**" in rule.text, rule.id
        assert "**Wrong:**" in rule.text, rule.id


@both
def test_the_guideline_answers_no_text_of_the_exam(name: str) -> None:
    rules = find_exercise(SETS[name]).guideline.split("## R1.")[1]
    for item in load_items(name):
        if item.pool == "exam":
            body = re.sub(r"^From:.*\n", "", item.text)
            assert cues.longest_run(cues.words(body), cues.words(rules)) < 5, item.id
    for key in choices(name, "exam"):
        assert key not in sheet(name), "a datasheet that names an exam text says something about it"


@both
def test_the_datasheet_counts_right(name: str) -> None:
    text = sheet(name)
    practice, exam = choices(name, "practice"), choices(name, "exam")
    for label in find_exercise(SETS[name]).class_names:
        counts = [sum(one.label == label for one in pool.values()) for pool in (practice, exam)]
        assert f"| {label} | {counts[0]} | {counts[1]} |" in text
    kinds = Counter(one.attributes["kind"] for one in (*practice.values(), *exam.values()))
    assert kinds == KINDS[name]
    for kind, count in kinds.items():
        assert f"| {kind} | {count} |" in text
    for group, count in Counter(item.group for item in load_items(name)).items():
        assert f"| {group} | {count} |" in text
    lengths = [len(item.text.split()) for item in load_items(name)]
    assert f"{min(lengths)} to {max(lengths)} words" in text


@both
def test_the_second_pass_is_as_published(name: str) -> None:
    sources = written.load(name)
    looked, same, kappa = written.agreement(sources)
    assert f"{same} of {looked}, Cohen's kappa {kappa:.2f}" in sheet(name)
    hard, same_hard, kappa_hard = written.agreement(sources, hard_only=True)
    assert f"{same_hard} of {hard}, Cohen's kappa {kappa_hard:.2f}" in sheet(name)
    texts = [one for source in sources for one in source.texts]
    assert looked >= len(texts) / 4
    assert sum(one.difficulty == "hard" and not one.second for one in texts) <= 1
    for one in texts:
        assert one.second in ("", one.label, *one.accepted), f"{one.id}: not adjudicated"
    for folder, pool in ((ROOT / "datasets" / name, "practice"), (ROOT / "autograder" / "gold" / name, "exam")):
        labels = decode_labels((folder / "second_pass.json").read_bytes(), where="second pass")
        assert set(labels.items) <= set(choices(name, pool)), "a pool's pass lies with its gold"


@both
def test_words_alone_do_not_give_the_class_away(name: str) -> None:
    texts = [one for source in written.load(name) for one in source.texts]
    found = cues.accuracies([one.text for one in texts], [one.label for one in texts], only=("words",))
    published = dict(re.findall(r"^\| (always|which words)[^|]*\| ([\d.]+) \|$", sheet(name), re.MULTILINE))
    assert f"{found['majority']:.2f}" == published["always"]
    assert found["words"] == pytest.approx(float(published["which words"]), abs=0.03)


@both
def test_no_text_of_the_exam_resembles_one_of_the_practice(name: str) -> None:
    assert cues.worst_pair(name, cues.alike)[0] < 0.35
    assert cues.worst_pair(name, cues.longest_run)[0] < 9


def test_resemblance() -> None:
    one, other = cues.words("The old kettle leaks, and I am cross!"), cues.words("My OLD kettle leaks and hisses")
    assert cues.longest_run(one, other) == 4
    assert cues.alike(one, other) == pytest.approx(2 / 4)
    assert (cues.alike([], []), cues.longest_run([], one)) == (0, 0)


@both
def test_turns_and_exams(name: str) -> None:
    spec, exam = find_exercise(SETS[name]), find_exercise(f"{SETS[name]}-exam")
    turns = [{item.id for item in spec.items(turn=turn)} for turn in (1, 2, 3)]
    assert {len(turn) for turn in turns} == {spec.draw.count}
    assert len(set.union(*turns)) == 3 * spec.draw.count
    assert len(exam.items()) == 60
    assert not set.union(*turns) & {item.id for item in exam.items()}


@both
def test_gold_passes_and_one_answer_for_all_does_not(name: str) -> None:
    spec = find_exercise(f"{SETS[name]}-exam")
    gold = gold_of(name, "exam")
    labels = {key: ItemLabels((Choice("class", one.label),)) for key, one in choices(name, "exam").items()}
    judged = review(
        LabelSet(exercise=spec.id, items=labels), gold, spec.rubric, items=spec.items(), classes=spec.class_names
    )
    assert (judged.score, judged.level) == (1.0, "production")
    assert all(one.reached for one in judged.measures)
    for label in spec.class_names:
        lazy = {key: ItemLabels((Choice("class", label),)) for key in gold.items}
        judged = review(
            LabelSet(exercise=spec.id, items=lazy), gold, spec.rubric, items=spec.items(), classes=spec.class_names
        )
        assert judged.level == "below"
        assert not all(one.reached for one in judged.measures)


@both
def test_names_and_sources_of_a_set_agree(name: str) -> None:
    practice, exam = written.load(name)
    assert (practice.dataset, practice.pool, practice.exercise) == (name, "practice", SETS[name])
    assert (exam.dataset, exam.pool, exam.exercise) == (name, "exam", f"{SETS[name]}-exam")


def test_every_mail_has_a_sender_a_subject_and_a_body() -> None:
    for item in load_items("mailbox"):
        head, subject, empty, *body = item.text.split("\n")
        assert re.fullmatch(r"From: .+ <[\w.-]+@[\w.-]+\.test>", head), item.id
        assert subject.startswith("Subject: "), item.id
        assert not empty, item.id
        assert all(body), item.id
        assert all(address.endswith(".test") for address in re.findall(r"@([\w.-]+\w)", item.text)), item.id


def test_the_table_of_known_senders_holds_for_gold() -> None:
    # Rules R3 and R6: what comes from a domain of the table is no spam, and no phishing comes from there.
    table = find_exercise("w3-spam").guideline.split("## R1.")[0]
    known = set(re.findall(r"`([\w.-]+\.test)`", table)) - {"mailnest.test", "poppymail.test"}
    senders = {item.id: item.text.split(">")[0].rpartition("@")[2] for item in load_items("mailbox")}
    gold = choices("mailbox", "practice") | choices("mailbox", "exam")
    from_known = {key for key, domain in senders.items() if domain in known}
    assert {gold[key].label for key in from_known} == {"not_spam"}
    share = sum((key in from_known) == (one.label == "not_spam") for key, one in gold.items()) / len(gold)
    assert f"| sender in the guideline's table or not | {share:.2f} |" in sheet("mailbox")


def test_the_exam_on_spam_bars_the_f1_of_spam() -> None:
    spec = find_exercise("w3-spam-exam")
    gold = choices("mailbox", "exam")
    drawn = [item.id for item in spec.items()]
    spam = [name for name in drawn if gold[name].label == "spam"]
    for missed, reached in ((2, True), (4, False)):
        said = {name: gold[name].label for name in drawn} | dict.fromkeys(spam[:missed], "not_spam")
        labels = {name: ItemLabels((Choice("class", label),)) for name, label in said.items()}
        judged = review(
            LabelSet(exercise=spec.id, items=labels),
            gold_of("mailbox", "exam"),
            spec.rubric,
            items=spec.items(),
            classes=spec.class_names,
        )
        (f1,) = (one for one in judged.measures if one.name == "f1")
        assert f1.value == pytest.approx(2 * (len(spam) - missed) / (2 * len(spam) - missed))
        assert (f1.bar, f1.reached) == (0.95, reached)
