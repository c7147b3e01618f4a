"""Reading: how far what was typed is from what is printed, as a character error rate.

The distance is Levenshtein's (1965): the fewest substitutions, deletions and insertions that turn one sequence into
the other. Everything here works on strings and on lists of words alike. A character is a Unicode code point after
:func:`normalised`, whose rules are the only ones applied; whoever names a rate names them with it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

__all__ = ["Edits", "Segment", "aligned", "cer", "differences", "edit_distance", "edits", "error_rate", "normalised"]

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        "\u2044": "/",
        "\u00d7": "x",
    }
)
"""Printed signs for which a keyboard has one key: quotation marks, dashes, the slash of fractions, the times sign."""


Text = TypeVar("Text", str, list[str])
"""A string, or a list of words."""


class Edits(NamedTuple):
    """How many edits of each kind turn what is true into what was said."""

    substituted: int = 0
    deleted: int = 0
    inserted: int = 0

    @property
    def total(self) -> int:
        """Their sum: Levenshtein's distance."""
        return self.substituted + self.deleted + self.inserted


class Segment(NamedTuple):
    """One place where two strings differ.

    Attributes:
        true: What stands there; empty where something was put in.
        said: What was said instead; empty where something was left out.
        at: Place in the true string, in code points.
    """

    true: str
    said: str
    at: int


def normalised(text: str, *, ignore_case: bool = False) -> str:
    """``text`` as it is compared.

    Unicode NFC; typographic quotation marks, dashes and the times sign as a keyboard writes them; white space of any
    kind as one space, none at the ends; control and format characters dropped. With ``ignore_case`` also case-folded.

    >>> normalised(" 2   kg "), normalised("Tea", ignore_case=True)
    ('2 kg', 'tea')
    """
    spaced = " ".join(text.translate(_ALIKE).split())
    kept = "".join(each for each in spaced if unicodedata.category(each) not in {"Cc", "Cf"})
    if ignore_case:
        kept = kept.casefold()
    # Last: what was dropped may have kept a letter from its accent.
    return unicodedata.normalize("NFC", " ".join(kept.split()))


_LARGE = 4096
"""A table of more cells is filled row by row by NumPy, a smaller one is quicker without."""


def _table(true: Sequence[Hashable], said: Sequence[Hashable]) -> Sequence[Sequence[int]]:
    """Distances of all beginnings, ``(len(true) + 1) x (len(said) + 1)`` (Wagner and Fischer 1974)."""
    if len(true) * len(said) > _LARGE:
        return _large_table(true, said)
    rows = [list(range(len(said) + 1))]
    for n, wanted in enumerate(true, start=1):
        above, row = rows[-1], [n]
        for m, got in enumerate(said, start=1):
            row.append(min(above[m - 1] + (wanted != got), above[m] + 1, row[m - 1] + 1))
        rows.append(row)
    return rows


def _large_table(true: Sequence[Hashable], said: Sequence[Hashable]) -> Sequence[Sequence[int]]:
    """The same table: with the columns taken off, what insertions cost is a running minimum."""
    import numpy as np

    codes: dict[Hashable, int] = {}
    first = [codes.setdefault(one, len(codes)) for one in true]
    second = np.array([codes.setdefault(one, len(codes)) for one in said], dtype=np.int32)
    columns = np.arange(len(said) + 1, dtype=np.int32)
    table = np.empty((len(true) + 1, len(said) + 1), dtype=np.int32)
    table[0] = columns
    for n, wanted in enumerate(first, start=1):
        above, row = table[n - 1], table[n]
        row[0] = n
        np.minimum(above[:-1] + (second != wanted), above[1:] + 1, out=row[1:])
        row -= columns
        np.minimum.accumulate(row, out=row)
        row += columns
    lists: list[list[int]] = table.tolist()
    return lists


def edit_distance(true: Sequence[Hashable], said: Sequence[Hashable]) -> int:
    """Levenshtein's distance, 0 to the longer length.

    >>> edit_distance("kitten", "sitting"), edit_distance(["a", "b"], [])
    (3, 2)
    """
    # Most words are read rightly.
    return 0 if true == said else _table(true, said)[-1][-1]


def _steps(true: Sequence[Hashable], said: Sequence[Hashable]) -> list[tuple[int, int]]:
    """A shortest way through the table, from its end: what each step takes of ``true`` and of ``said`` (0 or 1)."""
    rows = _table(true, said)
    n, m = len(true), len(said)
    steps = []
    while n or m:
        if n and m and rows[n][m] == rows[n - 1][m - 1] + (true[n - 1] != said[m - 1]):
            step = (1, 1)
        elif n and rows[n][m] == rows[n - 1][m] + 1:
            step = (1, 0)
        else:
            step = (0, 1)
        steps.append(step)
        n, m = n - step[0], m - step[1]
    return steps[::-1]


def edits(true: Sequence[Hashable], said: Sequence[Hashable]) -> Edits:
    """The edits by kind; of several shortest ways, the one with the most substitutions towards the end.

    >>> edits("10.50", "1O.5")
    Edits(substituted=1, deleted=1, inserted=0)
    """
    substituted = deleted = inserted = n = m = 0
    for of_true, of_said in _steps(true, said):
        if of_true and of_said:
            substituted += true[n] != said[m]
        deleted += of_true > of_said
        inserted += of_said > of_true
        n, m = n + of_true, m + of_said
    return Edits(substituted, deleted, inserted)


def aligned(true: Text, said: Text) -> list[tuple[Text, Text]]:
    """Two strings side by side, character by character: what is true and what was said; empty where one lacks it.

    Two lists of words are laid side by side word by word, every word in a list of its own.

    It is the alignment that :func:`edits` counts.

    >>> aligned("10.5", "10,")
    [('1', '1'), ('0', '0'), ('.', ''), ('5', ',')]
    """
    pairs, n, m = [], 0, 0
    for of_true, of_said in _steps(true, said):
        pairs.append((true[n : n + of_true], said[m : m + of_said]))
        n, m = n + of_true, m + of_said
    return pairs


def differences(true: str, said: str) -> list[Segment]:
    """Where two strings differ; edits side by side are one place, so that "rn" for "m" is one.

    >>> differences("corner 10", "comer 1O")
    [Segment(true='rn', said='m', at=2), Segment(true='0', said='O', at=8)]
    """
    found: list[Segment] = []
    n = m = 0
    open_place = False
    for of_true, of_said in _steps(true, said):
        wanted, got = true[n : n + of_true], said[m : m + of_said]
        if wanted == got:
            open_place = False
        elif open_place:
            last = found[-1]
            found[-1] = Segment(last.true + wanted, last.said + got, last.at)
        else:
            found.append(Segment(wanted, got, n))
            open_place = True
        n, m = n + of_true, m + of_said
    return found


def error_rate(errors: float, length: float) -> float:
    """Errors by length of what is true; may pass 1. Where nothing is true: 0 without errors, else 1."""
    if length > 0:
        return errors / length
    return 1.0 if errors else 0.0


def cer(true: Iterable[str], said: Iterable[str], *, ignore_case: bool = False) -> float:
    """Character error rate of texts in pairs: the edits of all of them by the characters of all that is true.

    It is the mean over characters, not over texts (as in NIST's SCTK and in jiwer). At least 0, and above 1 where more
    was put in than is there.

    Args:
        true: What is printed.
        said: What was read, in the same order; an empty text for what was not read.
        ignore_case: See :func:`normalised`.

    Raises:
        ValueError: There are not as many of one as of the other.

    >>> cer(["10.50", "milk"], ["1O.50", ""])
    0.5555555555555556
    """
    errors = length = 0
    for wanted, got in zip(true, said, strict=True):
        first, second = (normalised(text, ignore_case=ignore_case) for text in (wanted, got))
        errors += edit_distance(first, second)
        length += len(first)
    return error_rate(errors, length)
