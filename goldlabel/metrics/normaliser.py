"""The normaliser of transcripts: what is made alike before words are compared, step by step.

A word error rate without its normaliser says little: "Mr. Lind paid 20 pounds" and "mister lind paid twenty pounds" are
one transcript or four errors. Every step here has a name and can be left out, and :func:`stages` shows a text after
each. Whoever tells a rate tells the steps with it.

The steps are fixed rules for English, no dictionary and no model. They treat both sides alike, so a rule that is too
simple ("she's" may be "she has") makes no error by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from goldlabel.metrics.reading import normalised
from goldlabel.metrics.wording import Token, in_digits

__all__ = ["FILLERS", "STEPS", "Stage", "is_cut", "is_filler", "normalise", "stages", "words"]

FILLERS = frozenset({"ah", "eh", "er", "erm", "hm", "hmm", "mhm", "mm", "mmm", "uh", "uhm", "um", "umm"})
"""Sounds of hesitation, as they are spelt."""

_CONTRACTED: Mapping[str, str] = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "let's": "let us",
    **{
        f"{one}'s": f"{one} is"
        for one in ("he", "she", "it", "that", "this", "there", "here", "what", "where", "who", "how", "when")
    },
}
_ENDINGS = (("n't", " not"), ("'re", " are"), ("'ll", " will"), ("'ve", " have"), ("'m", " am"), ("'d", " would"))

_SPELT: Mapping[str, str] = {
    "ok": "okay",
    "alright": "all right",
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "gray": "grey",
    "color": "colour",
    "center": "centre",
    "favorite": "favourite",
    "theater": "theatre",
    "meter": "metre",
    "meters": "metres",
    **{
        f"{n}{'th' if n > 3 else ('st', 'nd', 'rd')[n - 1]}": name
        for n, name in enumerate(
            ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), start=1
        )
    },
}

_MARK = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|\([^()]*\)")
_PARTS = re.compile(r"\d++(?:[.,:]\d++)*+(?![^\W\d_])|%|[^\W_]+(?:[\u0300-\u036f]|['\u2019][^\W_]+|[^\W_])*")
_WORD = re.compile(r"\S+")
_BARE = re.compile(r"^\W+|\W+$")


class Stage(NamedTuple):
    """A text after one more step.

    Attributes:
        step: Name of the step; empty for the text as it was typed.
        title: What the step does, for people.
        text: The words that are left, joined by spaces.
    """

    step: str
    title: str
    text: str


def words(text: str) -> tuple[Token, ...]:
    """The words of ``text`` as they were typed: what stands between spaces, without characters that nobody sees."""
    found = (Token(normalised(one[0]), one.start(), one.end()) for one in _WORD.finditer(text))
    return tuple(one for one in found if one.word)


def is_filler(word: str) -> bool:
    """Whether a word is a sound of hesitation, punctuation aside: "Um," is one."""
    return _bare(word) in FILLERS


def is_cut(word: str) -> bool:
    """Whether a word was broken off, which is written with a dash at its end: "tomo-"."""
    plain = word.rstrip(".,;:!?\"'")
    return len(plain) > 1 and plain[-1] in "-\u2013\u2014" and plain[-2].isalnum()


def normalise(text: str, steps: Collection[str] | None = None) -> tuple[Token, ...]:
    """The words of ``text`` as they are compared, each with its place in it.

    Args:
        text: A transcript.
        steps: Names of the steps to take, from :data:`STEPS`; all of them when None, none when empty. Their order is
            always that of :data:`STEPS`.

    Raises:
        ValueError: A step is unknown.

    >>> [one.word for one in normalise("Um, it's twenty-four per cent.", ["case", "punctuation", "numbers"])]
    ['um', "it's", '24', 'percent']
    >>> [one.word for one in normalise("Um, it's twenty-four.", [])]
    ['Um,', "it's", 'twenty-four.']
    """
    found: Sequence[Token] = words(_unmarked(text, steps))
    for name in _chosen(steps):
        found = STEPS[name].apply(found)
    return tuple(found)


def stages(text: str, steps: Collection[str] | None = None) -> tuple[Stage, ...]:
    """``text`` as it was typed and after every step that changes something.

    Raises:
        ValueError: A step is unknown.

    >>> [one.text for one in stages("Um, OK.", ["case", "punctuation", "fillers"])]
    ['Um, OK.', 'um, ok.', 'um ok', 'ok']
    """
    shown = [Stage("", "As it was typed", " ".join(one.word for one in words(text)))]
    chosen = _chosen(steps)
    for count, name in enumerate(chosen, start=1):
        after = " ".join(one.word for one in normalise(text, chosen[:count]))
        if after != shown[-1].text:
            shown.append(Stage(name, STEPS[name].title, after))
    return tuple(shown)


def _chosen(steps: Collection[str] | None) -> list[str]:
    if steps is None:
        return list(STEPS)
    if unknown := set(steps) - set(STEPS):
        raise ValueError(f"the normaliser has no step {', '.join(sorted(unknown))}; it knows {', '.join(STEPS)}")
    return [name for name in STEPS if name in steps]


def _unmarked(text: str, steps: Collection[str] | None) -> str:
    """The text with spaces in place of marks, which may hold several words; places stay as they are."""
    if steps is not None and "marks" not in steps:
        return text
    return _MARK.sub(lambda mark: " " * len(mark[0]), text)


def _bare(word: str) -> str:
    return _BARE.sub("", word).casefold().replace("\u2019", "'")


def _same(found: Sequence[Token]) -> Sequence[Token]:
    return found


def _no_cut_words(found: Sequence[Token]) -> Sequence[Token]:
    return [one for one in found if not is_cut(one.word)]


def _small(found: Sequence[Token]) -> Sequence[Token]:
    return [one._replace(word=unicodedata.normalize("NFC", one.word.casefold())) for one in found]


def _no_punctuation(found: Sequence[Token]) -> Sequence[Token]:
    """Runs of letters and digits, so hyphens part words; apostrophes within words and points within numbers stay."""
    return [
        Token("percent" if part[0] == "%" else part[0], one.start, one.end)
        for one in found
        for part in _PARTS.finditer(one.word)
    ]


def _written_out(found: Sequence[Token]) -> Sequence[Token]:
    return _respelt(found, _long_form)


def _long_form(word: str) -> str:
    if word in _CONTRACTED:
        return _CONTRACTED[word]
    return next((word.removesuffix(end) + long for end, long in _ENDINGS if word.endswith(end) and word != end), word)


def _one_spelling(found: Sequence[Token]) -> Sequence[Token]:
    return _respelt(found, lambda word: _SPELT.get(word, word))


def _respelt(found: Sequence[Token], rule: Callable[[str], str]) -> Sequence[Token]:
    """Words that the rule changes, in its spelling; punctuation at their ends stays where it was not taken off yet."""
    respelt = []
    for one in found:
        bare = _bare(one.word)
        new = rule(bare)
        if new == bare:
            respelt.append(one)
            continue
        at = one.word.casefold().replace("\u2019", "'").find(bare)
        head, tail = one.word[:at], one.word[at + len(bare) :]
        respelt += [Token(part, one.start, one.end) for part in f"{head}{new}{tail}".split()]
    return respelt


def _no_fillers(found: Sequence[Token]) -> Sequence[Token]:
    return [one for one in found if not is_filler(one.word)]


class _Step(NamedTuple):
    title: str
    apply: Callable[[Sequence[Token]], Sequence[Token]]


STEPS: Mapping[str, _Step] = {
    "marks": _Step("Marks such as [laughs] are taken out", _same),
    "cut_words": _Step("Words that break off, such as tomo-, are taken out", _no_cut_words),
    "case": _Step("Capitals become small letters", _small),
    "punctuation": _Step("Punctuation is taken off; hyphens part words", _no_punctuation),
    "contractions": _Step("Short forms are written out: it's is it is", _written_out),
    "spelling": _Step("One spelling each: OK is okay, Mr is mister", _one_spelling),
    "fillers": _Step("Fillers such as um are taken out", _no_fillers),
    "numbers": _Step("Numbers become digits: twenty-four is 24", in_digits),
}
"""The steps by name, in the order in which they are taken. Marks go first, before the text falls into words."""
