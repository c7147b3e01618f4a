"""A filter for real texts: what holds a word that has no place in a lesson is left out.

Slurs, curses, sexual and hateful words, and words of violence, death and faith: the course trains nobody on them by
surprise. The words themselves are not in the course, only the first 16 hexadecimal digits of each one's SHA-256
(``unfit.txt``), so that no learner stumbles over a list of insults. The filter errs on the side of leaving out: it
refuses "a dead battery", too. It knows English only, and no program sees what a harmless word can do in a sentence.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

__all__ = ["digest", "is_fit"]

ENDINGS = ("", "s", "es", "ed", "d", "ing", "er", "ers", "y", "in", "ish")
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = re.compile(r"[@#]\w+|\$\d")
_MASKED = re.compile(r"\w[*#$%@!]+\w")
_DOUBLED = re.compile(r"(.)\1(ing|ed|er)$")


def is_fit(text: str) -> bool:
    """Whether ``text`` holds none of the words, neither plain nor with a common ending nor masked ("d*g").

    Example:
        >>> is_fit("The kettle boils fast."), is_fit("What a k*ttle")
        (True, False)
    """
    if _MASKED.search(_NAMES.sub("", text)):
        return False
    unfit = _digests()
    return not any(digest(form) in unfit for word in _WORD.findall(text.casefold()) for form in _forms(word))


def digest(word: str) -> str:
    """How ``word`` stands in ``unfit.txt``; to refuse another word, add the line that this returns."""
    return hashlib.sha256(word.casefold().encode()).hexdigest()[:16]


def _forms(word: str) -> set[str]:
    """The word, and what is left without a common ending: "kettles", "kettle"."""
    return {word.removesuffix(ending) for ending in ENDINGS} | {_DOUBLED.sub(r"\1", word)}


@lru_cache(maxsize=1)
def _digests() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("unfit.txt").read_text(encoding="ascii").split())
