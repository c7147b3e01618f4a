"""Articles to summarise and summaries to judge, compiled to items, gold and the second pass.

    cd datasets
    ../.venv/bin/python -m studio.articles

Source: ``studio/texts/articles.toml``. An article is used for one thing only: to be summarised (``write``), as the
source of summaries that are judged (``judge``), or as the example of the lesson (``example``).
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from goldlabel.annotations import Gold, Item, ItemGold, ItemLabels, KeyFact, LabelSet, Written, encode

from .written import ROOT, Piece, Text, agreed, choice_gold, item, lines, second_labels, source_path

DATASET = "articles"
WRITING, JUDGING = "w3-summaries", "w3-summary-judging"


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One key fact.

    Attributes:
        fact: One sentence for people.
        evidence: A quotation of the article, word by word, that tells it.
        phrases: Groups of phrases; see :class:`goldlabel.annotations.KeyFact`.
        contradictions: Phrases that tell it wrongly.
        rule: Rule of the guideline that a summary without it breaks.
    """

    fact: str
    evidence: str
    phrases: tuple[tuple[str, ...], ...]
    contradictions: tuple[str, ...] = ()
    rule: str = ""


class Summary(Text, frozen=True, kw_only=True):
    """A summary to judge."""

    group: str = "judge"


class Article(Piece, frozen=True, kw_only=True):
    """One article. Its group says what it is used for, its kind what summaries of it get wrong.

    Attributes:
        facts: What a good summary tells.
        summary: One good summary of many; empty where there is none.
        second: The summary of the second, blind pass; empty where it did not write one.
        judged: Summaries to judge.
    """

    group: Literal["write", "judge", "example"]
    facts: tuple[Fact, ...]
    summary: str = ""
    second: str = ""
    judged: tuple[Summary, ...] = ()

    def gold(self) -> ItemGold:
        """The key facts and, where there is one, the good summary."""
        facts = tuple(
            KeyFact(
                id=f"f{number}",
                label="summary",
                fact=one.fact,
                phrases=one.phrases,
                contradictions=one.contradictions,
                attributes={"evidence": one.evidence} | ({"rule": one.rule} if one.rule else {}),
            )
            for number, one in enumerate(self.facts, start=1)
        )
        return ItemGold((*_written(self.summary), *facts))


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The source file."""

    dataset: str
    version: str
    articles: tuple[Article, ...]

    def of(self, group: str) -> tuple[Article, ...]:
        """The articles of one group, by id."""
        return tuple(sorted((one for one in self.articles if one.group == group), key=lambda one: one.id))

    @property
    def judged(self) -> tuple[Summary, ...]:
        """All summaries to judge, by id."""
        return tuple(sorted((text for one in self.articles for text in one.judged), key=lambda text: text.id))


def load() -> Source:
    """The source.

    Raises:
        msgspec.ValidationError: A field is missing, wrong or unknown.
        ValueError: Two texts have one id, a quotation does not stand in its article, or an article has what its group
            does not allow.
    """
    source = msgspec.convert(tomllib.loads(source_path(DATASET, "practice").read_text(encoding="utf-8")), Source)
    ids = [name for one in source.articles for name in (one.id, *(text.id for text in one.judged))]
    if len(set(ids)) < len(ids):
        raise ValueError("two texts have one id")
    for one in source.articles:
        if bool(one.judged) != (one.group == "judge") or bool(one.summary) == (one.group == "judge"):
            raise ValueError(f"{one.id}: summaries to judge, or a good one, are not what {one.group!r} needs")
        for fact in one.facts:
            if fact.evidence not in one.text:
                raise ValueError(f"{one.id}: the article does not say {fact.evidence!r}")
    return source


def items(source: Source) -> list[Item]:
    """The lines of ``items.jsonl``, by id: nothing in them says what is right."""
    articles = [item(one, "practice", one.text) for one in source.articles if one.group != "judge"]
    summaries = [item(text, "practice", text.text, beside=one.text) for one in source.articles for text in one.judged]
    return sorted([*articles, *summaries], key=lambda one: one.id)


def facts_gold(source: Source) -> Gold:
    """Key facts and good summaries of the articles to summarise."""
    articles = (*source.of("write"), *source.of("example"))
    again = sum(bool(one.second) for one in articles)
    return Gold(
        dataset=source.dataset,
        pool="practice",
        version=source.version,
        made="Key facts, their phrases and one good summary an article: written for this course by an AI model, "
        "together with the articles.",
        agreement=f"{again} articles were summarised a second time without a look at facts or phrases, by the same AI "
        "model; what the checks said of these summaries stands in the datasheet.",
        items={one.id: one.gold() for one in articles},
    )


def judging_gold(source: Source) -> Gold:
    """Classes of the summaries to judge."""
    looked, same, kappa = agreed(source.judged)
    return Gold(
        dataset=source.dataset,
        pool="practice",
        version=source.version,
        made="Written for this course by an AI model: each summary with its planted fault, class, rule and reason.",
        agreement=f"A second pass over {looked} summaries, shuffled and without gold, agreed in {same} (Cohen's kappa "
        f"{kappa:.2f}); both passes were made by one AI model, which had written the texts.",
        items=choice_gold(source.judged),
    )


def second_summaries(source: Source) -> LabelSet:
    """The summaries of the second pass, as a learner's file."""
    return LabelSet(
        exercise=WRITING,
        annotator="second pass: an AI model, blind to gold",
        items={one.id: ItemLabels(_written(one.second), done=True) for one in source.articles if one.second},
    )


def files() -> dict[Path, bytes]:
    """Everything that is compiled from the source, by path."""
    source = load()
    folder = ROOT / "datasets" / DATASET
    return {
        folder / "items.jsonl": lines(items(source)),
        folder / "gold" / "practice.json": encode(facts_gold(source)),
        folder / "gold" / "judging.json": encode(judging_gold(source)),
        folder / "second_pass_summaries.json": encode(second_summaries(source)),
        folder / "second_pass_judging.json": encode(second_labels(JUDGING, source.judged)),
    }


def _written(text: str) -> tuple[Written, ...]:
    return (Written(id="summary", label="summary", text=text),) if text else ()


def main() -> None:
    """Compile the data set."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    for path, data in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(path.relative_to(ROOT))
    looked, same, kappa = agreed(load().judged)
    print(f"second pass over the judging: {same} of {looked}, Cohen's kappa {kappa:.2f}")


if __name__ == "__main__":
    main()
