"""Transcripts: which word was said for which, word and character error rates, several speakers.

A word error rate is the fewest words that must be changed, taken out and put in, by the number of words that were
really said (NIST's SCTK). It may pass 1. All rates are summed over everything that is compared, not averaged over
texts, as in jiwer. The normaliser's steps are part of the measure, see :mod:`goldlabel.metrics.normaliser`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from goldlabel.metrics import reading
from goldlabel.metrics.normaliser import normalise
from goldlabel.metrics.reading import Edits
from goldlabel.metrics.wording import Token

__all__ = ["Heard", "align", "cer", "character_edits", "counted", "paired_speakers", "wer"]


_MOST_COMPARED = 400
"""So many pairs of words are compared letter by letter where several ways to lay them side by side are as short."""


class Heard(NamedTuple):
    """One place of two transcripts that were laid side by side.

    Attributes:
        true: The word that was said; None where there was none.
        said: The word that was written; None where it was left out.
    """

    true: Token | None
    said: Token | None

    @property
    def same(self) -> bool:
        """Whether the word is right."""
        return self.true is not None and self.said is not None and self.true.word == self.said.word


def align(true: Sequence[Token], said: Sequence[Token]) -> tuple[Heard, ...]:
    """Two transcripts side by side, with as few differences as possible; of these ways, one that pairs words alike.

    >>> from goldlabel.metrics.normaliser import words
    >>> [(h.true and h.true.word, h.said and h.said.word) for h in align(words("over there now"), words("over their"))]
    [('over', 'over'), ('there', 'their'), ('now', None)]
    """
    first, second = iter(true), iter(said)
    pairs = reading.aligned([one.word for one in true], [one.word for one in said])
    laid = [Heard(next(first) if wanted else None, next(second) if got else None) for wanted, got in pairs]
    places: list[Heard] = []
    for same, run in groupby(laid, key=lambda place: place.same):
        here = list(run)
        wanted = [one.true for one in here if one.true is not None]
        got = [one.said for one in here if one.said is not None]
        places += here if same else _likely(wanted, got)
    return tuple(places)


def _likely(true: Sequence[Token], said: Sequence[Token]) -> list[Heard]:
    """Words that all differ, in pairs: of the ways with equally many edits the one whose words are most alike."""
    if len(true) > len(said):
        return [Heard(one.said, one.true) for one in _likely(said, true)]
    spare = len(said) - len(true)
    if spare * len(true) > _MOST_COMPARED:
        return [*map(Heard, true, said), *(Heard(None, one) for one in said[len(true) :])]
    # best[n][k]: likeness of the first n words of the shorter side when k of the longer side have no partner so far.
    best = [[0.0] * (spare + 1)]
    for n, wanted in enumerate(true):
        row: list[float] = []
        for k in range(spare + 1):
            paired = best[n][k] + _alike(wanted.word, said[n + k].word)
            row.append(max(paired, row[-1]) if row else paired)
        best.append(row)
    places: list[Heard] = []
    n, k = len(true), spare
    while n or k:
        if k and (not n or best[n][k - 1] >= best[n][k]):
            k -= 1
            places.append(Heard(None, said[n + k]))
        else:
            n -= 1
            places.append(Heard(true[n], said[n + k]))
    return places[::-1]


def _alike(one: str, other: str) -> float:
    """Share of the characters that two words have in common, 0 to 1."""
    return 1 - reading.edit_distance(one, other) / max(len(one), len(other), 1)


def counted(places: Iterable[Heard]) -> Edits:
    """How many words were changed, left out and put in."""
    substituted = deleted = inserted = 0
    for one in places:
        deleted += one.said is None
        inserted += one.true is None
        substituted += one.true is not None and one.said is not None and not one.same
    return Edits(substituted, deleted, inserted)


def wer(true: Iterable[str], said: Iterable[str], steps: Collection[str] | None = None) -> float:
    """Word error rate of texts in pairs, at least 0.

    Args:
        true: What was said.
        said: What was written, in the same order; an empty text where nothing was.
        steps: Of the normaliser; all of them when None, none when empty.

    Returns:
        Edits by words that were said; where none was said 0 without edits, else 1.

    Raises:
        ValueError: There are not as many of one as of the other, or a step is unknown.

    >>> wer(["It is twenty past two."], ["it's 20 past to"])
    0.2
    """
    errors = length = 0
    for wanted, got in zip(true, said, strict=True):
        first, second = ([one.word for one in normalise(text, steps)] for text in (wanted, got))
        errors += reading.edit_distance(first, second)
        length += len(first)
    return reading.error_rate(errors, length)


def cer(true: Iterable[str], said: Iterable[str], steps: Collection[str] | None = None) -> float:
    """Character error rate of texts in pairs; one space between two words counts as a character. See :func:`wer`.

    >>> cer(["Over there"], ["over their"])
    0.2
    """
    errors = length = 0
    for wanted, got in zip(true, said, strict=True):
        first, second = (normalise(text, steps) for text in (wanted, got))
        errors += character_edits(first, second)
        length += len(_line(first))
    return reading.error_rate(errors, length)


def character_edits(true: Sequence[Token], said: Sequence[Token]) -> int:
    """The fewest characters to change, take out and put in between two rows of words."""
    return reading.edit_distance(_line(true), _line(said))


def paired_speakers(
    true: Mapping[str, Sequence[Token]], said: Mapping[str, Sequence[Token]]
) -> dict[str | None, str | None]:
    """Whose words are whose, when names of speakers mean nothing: the pairing with the fewest word errors.

    Every speaker's words are one text, in order of time. The word error rate under this pairing is known as cpWER
    (Watanabe et al. 2020, CHiME-6).

    Returns:
        Speakers of ``said`` with their speaker of ``true``; None stands for nobody.

    >>> from goldlabel.metrics.normaliser import words
    >>> paired_speakers({"Ann": words("good day"), "Bo": words("yes")}, {"1": words("yes"), "2": words("good day")})
    {'1': 'Bo', '2': 'Ann'}
    """
    from scipy.optimize import linear_sum_assignment

    names: list[str | None] = list(true)
    hands: list[str | None] = list(said)
    texts = [[one.word for one in true[name]] for name in true]
    written = [[one.word for one in said[hand]] for hand in said]
    size = max(len(texts), len(written))
    # A speaker too few on one side is somebody who says nothing.
    names += [None] * (size - len(names))
    hands += [None] * (size - len(hands))
    texts += [[]] * (size - len(texts))
    written += [[]] * (size - len(written))
    costs = np.array([[reading.edit_distance(one, other) for one in texts] for other in written]).reshape(size, size)
    rows, columns = linear_sum_assignment(costs)
    return {hands[row]: names[column] for row, column in zip(rows.tolist(), columns.tolist(), strict=True)}


def _line(found: Sequence[Token]) -> str:
    return " ".join(one.word for one in found)
