"""Words of a text as they are compared: small letters, one way to write a number, no punctuation.

"Twenty-four per cent" and "24%" become the same words, so that nobody is judged by how a figure is written. It is a
simple reading by fixed rules: no dictionary, no model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

__all__ = ["GAP", "MOST_BETWEEN", "Pattern", "Token", "find", "in_digits", "pattern", "tokens", "word_count"]

GAP = "..."
"""In a phrase: up to :data:`MOST_BETWEEN` words may stand here."""

MOST_BETWEEN = 3

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_PIECE = re.compile(rf"\d+(?:[.,:]\d+)*|{_LETTERS}(?:['\u2019]{_LETTERS})*|[^\W_]+|%")
_ORDINAL = re.compile(r"(?:st|[nr]d|th)\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {name: value for value, name in enumerate(_UNITS)} | {name: 10 * n for n, name in enumerate(_TENS, start=2)}
_LARGE = {"hundred": 100, "thousand": 1000}


class Token(NamedTuple):
    """One word of a text.

    Attributes:
        word: As it is compared: small letters, NFC, numbers as digits.
        start: Code points of the text before it.
        end: Code points up to and with its last one. A number of several words is one token.
    """

    word: str
    start: int
    end: int

    @property
    def number(self) -> bool:
        """Whether it is a number."""
        return self.word[:1].isdecimal()


Pattern = tuple[str, ...]
"""The words of a phrase; one may be :data:`GAP`, and one that ends in ``*`` stands for all words that begin so."""


def word_count(text: str) -> int:
    """How many words a text has, as word processors count: runs between spaces with a letter or a digit in them.

    "A 24-hour day" is three words, a dash between spaces is none.
    """
    return sum(any(map(str.isalnum, part)) for part in text.split())


def tokens(text: str) -> tuple[Token, ...]:
    """The words of ``text`` in order.

    Hyphens part words, a possessive 's is dropped, ``%`` is read as "percent", and numbers are written in digits
    without commas: "2,400", "2400" and "two thousand four hundred" are one word, and so are "7:30" and "7.30".
    """
    plain: list[Token] = []
    at = 0
    while piece := _PIECE.search(text, at):
        at = piece.end()
        word = piece[0]
        if word[0].isdecimal():
            ending = _ORDINAL.match(text, at)
            at = ending.end() if ending else at
            plain.append(Token(_figure(word), piece.start(), at))
        else:
            plain.append(Token(_word(word), piece.start(), at))
    return tuple(_with_numbers(_one_percent(plain)))


def in_digits(words: Iterable[Token]) -> list[Token]:
    """``words`` with every number in digits and in one way of writing; of words, those in small letters are known.

    >>> [one.word for one in in_digits([Token("two", 0, 3), Token("hundred", 4, 11), Token("2,400", 12, 17)])]
    ['200', '2400']
    """
    figures = (one._replace(word=_figure(one.word)) if _FIGURE.fullmatch(one.word) else one for one in words)
    return _with_numbers(_one_percent(figures))


def pattern(phrase: str) -> Pattern:
    """A phrase as :func:`find` wants it: read like a text; ``...`` is a gap, ``*`` after letters any end of a word."""
    parts: list[str] = []
    for number, stretch in enumerate(phrase.split(GAP)):
        if number:
            parts.append(GAP)
        marked = re.sub(r"(\w)\*", r"\1STEM", unicodedata.normalize("NFC", stretch))
        parts += [f"{one.word[:-4]}*" if one.word.endswith("stem") else one.word for one in tokens(marked)]
    return tuple(parts)


def find(wanted: Pattern, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where a phrase occurs: ``(first, past the last)`` places in ``words``, one a starting word."""
    if not any(part != GAP for part in wanted):
        return []
    return [(at, end) for at in range(len(words)) for end in [_match(wanted, words, at)] if end is not None]


def _match(wanted: Pattern, words: Sequence[str], at: int) -> int | None:
    """Where the phrase ends that begins at ``at``, or None."""
    for number, part in enumerate(wanted):
        if part == GAP:
            rest = wanted[number + 1 :]
            ends = (_match(rest, words, at + skip) for skip in range(MOST_BETWEEN + 1) if at + skip <= len(words))
            return next((end for end in ends if end is not None), None)
        if at >= len(words) or not (words[at].startswith(part[:-1]) if part.endswith("*") else words[at] == part):
            return None
        at += 1
    return at


def _figure(digits: str) -> str:
    """A number in one way of writing: no commas between thousands, no zeros at the end of a fraction."""
    plain = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else re.sub("[,:]", ".", digits)
    if plain.count(".") > 1:
        return plain
    return format(Decimal(plain).normalize(), "f")


def _word(word: str) -> str:
    plain = unicodedata.normalize("NFC", word).casefold().replace("\u2019", "'")
    return "percent" if plain == "%" else plain.removesuffix("'s")


def _one_percent(plain: Iterable[Token]) -> list[Token]:
    """Join the two words of "per cent"."""
    joined: list[Token] = []
    for one in plain:
        if one.word == "cent" and joined and joined[-1].word == "per":
            joined[-1] = Token("percent", joined[-1].start, one.end)
        else:
            joined.append(one)
    return joined


def _with_numbers(plain: Sequence[Token]) -> list[Token]:
    """Numbers in words become numbers in digits: "two hundred and five" is 205."""
    read: list[Token] = []
    at = 0
    while at < len(plain):
        value, end = _number(plain, at)
        if end == at:
            read.append(plain[at])
            at += 1
        else:
            read.append(Token(str(value), plain[at].start, plain[end - 1].end))
            at = end
    return read


def _number(plain: Sequence[Token], at: int) -> tuple[int, int]:
    """The value of the number in words that begins at ``at``, and where it ends; it ends at ``at`` if there is none."""
    total, part, last, end = 0, 0, "", at
    for place in range(at, len(plain)):
        word = plain[place].word
        if word in _SMALL and _fits(last, word):
            part += _SMALL[word]
        elif word in _LARGE and word != last:
            part = max(part, 1) * _LARGE[word]
            if word == "thousand":
                total, part = total + part, 0
        elif word == "and" and last in _LARGE and place + 1 < len(plain) and plain[place + 1].word in _SMALL:
            continue
        else:
            break
        last, end = word, place + 1
    return total + part, end


def _fits(last: str, word: str) -> bool:
    """Whether a small number may follow: after nothing, after "hundred", or units after "twenty"."""
    return not last or last in _LARGE or (last in _TENS and 1 <= _SMALL[word] <= 9)
