"""Measures of a summary beside its source: facts told, words copied, numbers and names that are new.

They are transparent approximations: they look for words, they do not understand. A fact told in words that nobody
thought of is not found; a false sentence made of the source's own words is not noticed, unless somebody listed it as a
contradiction. Whoever judges summaries for a living reads both texts; so should you, whenever a figure surprises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from goldlabel.metrics.wording import Token, find, pattern, tokens

__all__ = ["Copied", "Told", "copied_share", "longest_copied", "novel_names", "novel_numbers", "rouge_1", "tell"]

_NEW_SENTENCE = re.compile(r"(?:^|[.!?:\n][\"'\u2019\u201d)]*\s*[\"'\u2018\u201c(]*)$")


class Told(NamedTuple):
    """Whether a fact is told.

    Attributes:
        told: Every group of phrases has one that occurs.
        where: ``(start, end)`` in code points of the phrases that were found; of the contradiction, if there is one.
        contradiction: The words of the summary that tell it wrongly, or an empty string.
    """

    told: bool
    where: tuple[tuple[int, int], ...] = ()
    contradiction: str = ""


class Copied(NamedTuple):
    """The longest run of words in a row that stand in the source, too.

    Attributes:
        words: How many.
        start: Code points of the summary before it.
        end: Code points up to and with its last one.
    """

    words: int
    start: int
    end: int


def tell(summary: str, groups: Sequence[Sequence[str]], contradictions: Sequence[str] = ()) -> Told:
    """Whether a summary tells a fact.

    The words of contradictions are covered first. If the fact is still told by what is left, a contradiction was only
    named ("114, not 140 as first said"); else it makes the fact wrong.

    Args:
        summary: The text.
        groups: Groups of phrases, see :func:`goldlabel.metrics.wording.pattern`; one of each must occur.
        contradictions: Phrases that tell it wrongly.
    """
    read = tokens(summary)
    words = [one.word for one in read]
    wrong = [place for phrase in contradictions for place in find(pattern(phrase), words)]
    covered = {at for first, past in wrong for at in range(first, past)}
    open_words = ["" if at in covered else word for at, word in enumerate(words)]
    found = [next((place for phrase in group for place in find(pattern(phrase), open_words)), None) for group in groups]
    if found and all(found):
        return Told(told=True, where=tuple(_stretch(read, *place) for place in found if place))
    if wrong:
        start, end = _stretch(read, *max(wrong, key=lambda place: place[1] - place[0]))
        return Told(told=False, where=((start, end),), contradiction=summary[start:end])
    return Told(told=False)


def longest_copied(summary: str, source: str) -> Copied:
    """The longest run of words of the summary that stand in the source in the same order, without a word between."""
    read = tokens(summary)
    ends = _runs([one.word for one in read], [one.word for one in tokens(source)])
    if not ends or not max(ends):
        return Copied(0, 0, 0)
    length = max(ends)
    last = ends.index(length)
    return Copied(length, read[last - length + 1].start, read[last].end)


def copied_share(summary: str, source: str, *, at_least: int) -> float:
    """Share of the summary's words that stand in copied runs of ``at_least`` words or more, 0 to 1; 0 when empty."""
    words = [one.word for one in tokens(summary)]
    taken: set[int] = set()
    for last, length in enumerate(_runs(words, [one.word for one in tokens(source)])):
        if length >= at_least:
            taken.update(range(last - length + 1, last + 1))
    return len(taken) / len(words) if words else 0.0


def novel_numbers(summary: str, source: str) -> tuple[Token, ...]:
    """Numbers of the summary that the source does not have; a lone "one" is a word rather than a number."""
    known = {one.word for one in tokens(source)}
    return tuple(
        one
        for one in tokens(summary)
        if one.number and one.word not in known and summary[one.start : one.end].casefold() != "one"
    )


def novel_names(summary: str, source: str) -> tuple[Token, ...]:
    """Words with a capital inside a sentence that the source does not have in any form.

    The first word of a sentence has a capital anyhow, so nothing can be said of it. An s at the end makes no new name.
    """
    known = {_without_s(one.word) for one in tokens(source)}
    return tuple(
        one
        for one in tokens(summary)
        if summary[one.start].isupper()
        and _without_s(one.word) not in known
        and one.word != "i"
        and not one.number
        and not _NEW_SENTENCE.search(summary[: one.start])
    )


def rouge_1(summary: str, reference: str) -> float:
    """ROUGE-1 F1: overlap of single words, each counted as often as it stands in both (Lin 2004), 0 to 1.

    Shown in lessons as what not to trust: it does not see a "not". 0 when one of the texts has no words, 1 when
    neither has.
    """
    mine, other = (Counter(one.word for one in tokens(text)) for text in (summary, reference))
    if not mine and not other:
        return 1.0
    shared = (mine & other).total()
    return 2 * shared / (mine.total() + other.total())


def _without_s(word: str) -> str:
    return word.removesuffix("'").removesuffix("s")


def _runs(words: Sequence[str], source: Sequence[str]) -> list[int]:
    """For every word of a summary, how long the longest copied run is that ends there."""
    before = [0] * (len(source) + 1)
    longest: list[int] = []
    for word in words:
        now = [0, *(before[at] + 1 if word == other else 0 for at, other in enumerate(source))]
        longest.append(max(now))
        before = now
    return longest


def _stretch(read: Sequence[Token], first: int, past: int) -> tuple[int, int]:
    return read[first].start, read[past - 1].end
