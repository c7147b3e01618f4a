"""Words that are easily taken for each other, because they sound alike or nearly so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["SOUNDALIKES", "heard_as", "sound_alike"]

SOUNDALIKES: Sequence[tuple[str, ...]] = (
    ("there", "their", "they're"),
    ("to", "too", "two"),
    ("for", "four"),
    ("your", "you're"),
    ("its", "it's"),
    ("here", "hear"),
    ("right", "write"),
    ("know", "no"),
    ("knew", "new"),
    ("by", "buy", "bye"),
    ("one", "won"),
    ("eight", "ate"),
    ("week", "weak"),
    ("wait", "weight"),
    ("would", "wood"),
    ("meet", "meat"),
    ("see", "sea"),
    ("son", "sun"),
    ("our", "hour"),
    ("then", "than"),
    ("of", "off"),
    ("whole", "hole"),
    ("which", "witch"),
    ("where", "wear"),
    ("break", "brake"),
    ("peace", "piece"),
    ("plane", "plain"),
    ("road", "rode"),
    ("sale", "sail"),
    ("weather", "whether"),
    ("can", "can't"),
    ("thirteen", "thirty"),
    ("fourteen", "forty"),
    ("fifteen", "fifty"),
    ("sixteen", "sixty"),
    ("seventeen", "seventy"),
    ("eighteen", "eighty"),
    ("nineteen", "ninety"),
    ("ship", "sheep"),
    ("leave", "live"),
    ("walk", "work"),
    ("hat", "head"),
    ("back", "bag"),
    ("price", "prize"),
)
"""Groups of words. The last groups do not sound the same, but are often confused: teens and tens, short vowels."""

_DIGITS: Mapping[str, str] = {
    "2": "two",
    "4": "four",
    "1": "one",
    "8": "eight",
    **dict(zip(map(str, range(13, 20)), (group[0] for group in SOUNDALIKES if group[0].endswith("teen")), strict=True)),
    **dict(
        zip(map(str, range(30, 100, 10)), (group[1] for group in SOUNDALIKES if group[0].endswith("teen")), strict=True)
    ),
}
"""The same words as the normaliser writes them."""


def heard_as(word: str) -> tuple[str, ...]:
    """What ``word``, in small letters, is easily taken for.

    >>> heard_as("there"), heard_as("tree")
    (('their', "they're"), ())
    """
    return tuple(other for group in SOUNDALIKES if word in group for other in group if other != word)


def sound_alike(one: str, other: str) -> bool:
    """Whether two words are easily taken for each other; numbers may stand in digits."""
    first, second = (_DIGITS.get(word.casefold(), word.casefold()) for word in (one, other))
    return second in heard_as(first)
