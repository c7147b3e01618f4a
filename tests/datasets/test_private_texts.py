"""The texts with personal data: compiled from their sources, every mention marked, nobody real, the pools apart."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import annotated, marked_texts  # noqa: E402

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet, Span, decode_gold, only  # noqa: E402
from goldlabel.data import load_items  # noqa: E402
from goldlabel.exercises import find_exercise  # noqa: E402
from goldlabel.review import Review, review  # noqa: E402

NAME = "private-texts"
CLASSES = {"name", "address", "phone", "email", "id_number", "birth_date"}
OTHER_USES = {("pt-034", "Ada"), ("pt-132", "Will"), ("pt-132", "April")}
"""Words that stand for a private person here and for something else there, in one text."""
FOLDERS = {"practice": ROOT / "datasets" / NAME, "exam": ROOT / "autograder" / "gold" / NAME}


@pytest.fixture(scope="module")
def items() -> dict[str, Item]:
    return {item.id: item for item in load_items(NAME)}


def gold_of(pool: str) -> Gold:
    folder = FOLDERS[pool] / "gold" if pool == "practice" else FOLDERS[pool]
    path = folder / "spans.json"
    return decode_gold(path.read_bytes(), where=str(path))


def marks(pool: str) -> list[tuple[str, Span]]:
    return [(item, span) for item, one in gold_of(pool).items.items() for span in only(one.annotations, Span)]


def test_what_is_committed_is_what_the_sources_make() -> None:
    for path, data in annotated.files(NAME).items():
        assert path.read_bytes() == data, f"run: python -m studio.annotated {NAME} ({path})"


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestGold:
    def test_every_span_is_of_a_known_class_and_says_why(self, pool: str) -> None:
        rules = find_exercise("w1-pii").rules
        for item, span in marks(pool):
            assert span.label in CLASSES, item
            assert span.attributes["rule"] in rules, item
            assert str(span.attributes["why"]).endswith("."), item

    def test_every_class_occurs(self, pool: str) -> None:
        assert {span.label for _, span in marks(pool)} == CLASSES

    def test_a_thing_that_is_marked_once_is_marked_wherever_it_stands(self, pool: str, items: dict[str, Item]) -> None:
        for item, span in marks(pool):
            text, others = items[item].text, only(gold_of(pool).of(item).annotations, Span)
            words = text[span.start : span.end]
            if (item, words) in OTHER_USES:
                continue
            for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                assert any(one.start <= found.start() and found.end() <= one.end for one in others), (item, words)

    def test_addresses_and_telephones_belong_to_nobody(self, pool: str, items: dict[str, Item]) -> None:
        for name in gold_of(pool).items:
            text = items[name].text
            assert all(domain.endswith(".test") for domain in re.findall(r"\w@([\w.-]+\.\w+)", text)), name
            # Ofcom keeps 01632 960xxx and 07700 900xxx free for drama; 0800 555 01xx follows the North American custom.
            for number in re.findall(r"\b0[1-9][\d ]{8,}\d", text):
                assert re.match(r"01632 ?960|07700 ?900|0800 555 01", number), (name, number)


def test_pools_share_no_text_and_no_full_name(items: dict[str, Item]) -> None:
    texts, names = {}, {}
    for pool in ("practice", "exam"):
        texts[pool] = {item.text for item in items.values() if item.pool == pool}
        names[pool] = {
            items[item].text[span.start : span.end]
            for item, span in marks(pool)
            if span.label == "name" and " " in items[item].text[span.start : span.end]
        }
    assert not texts["practice"] & texts["exam"]
    assert not names["practice"] & names["exam"]


def test_what_learners_get_says_nothing_of_gold(items: dict[str, Item]) -> None:
    assert all(item.given == () and not set("[]|") & set(item.text) for item in items.values())


def test_the_guideline_quotes_no_exam_text(items: dict[str, Item]) -> None:
    guideline = find_exercise("w1-pii").guideline
    for item, span in marks("exam"):
        words = items[item].text[span.start : span.end]
        if len(words) > 8:
            assert words not in guideline, (item, words)


def test_a_quarter_was_labelled_a_second_time_and_the_datasheet_says_how_well(items: dict[str, Item]) -> None:
    practice, exam = marked_texts.load(NAME)
    found = annotated.agreement((practice, exam), practice.tasks[0])
    assert found.texts >= len(items) / 4
    sheet = (FOLDERS["practice"] / "datasheet.md").read_text(encoding="utf-8")
    assert f"{found.same} of {found.first} and {found.second} spans, F1 {found.value:.2f}" in sheet


def judged(labels: LabelSet, pool: str, items: dict[str, Item]) -> Review:
    spec = find_exercise("w1-pii")
    chosen = [items[name] for name in labels.items]
    return review(labels, gold_of(pool), spec.rubric, items=chosen, classes=spec.class_names)


def test_patterns_alone_do_not_reach_the_bar(items: dict[str, Item]) -> None:
    """The baseline of the datasheet: every capitalised word inside a sentence, every long number, every address."""
    pattern = re.compile(r"(?<=[a-z,;:] )[A-Z]\w+(?: [A-Z]\w+)*|\S+@\S+\w|\b\d[\d ]{5,}\d\b")
    result = {}
    for pool in ("practice", "exam"):
        spans = {
            item.id: tuple(
                Span(f"b{n}", "name", found.start(), found.end())
                for n, found in enumerate(pattern.finditer(item.text), start=1)
            )
            for item in items.values()
            if item.pool == pool
        }
        labels = LabelSet(exercise="w1-pii", items={name: ItemLabels(one, done=True) for name, one in spans.items()})
        result[pool] = judged(labels, pool, items)
    sheet = (FOLDERS["practice"] / "datasheet.md").read_text(encoding="utf-8")
    for pool, one in result.items():
        figures = {measure.name: measure.value for measure in one.measures}
        assert figures["recall"] < 0.8
        assert f"| {pool} | {figures['recall']:.2f} | {figures['precision']:.2f} | {one.score:.2f} |" in sheet
