"""What is wrong with a reading, in words: which sign was taken for which, and whether the two look alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldlabel.metrics.reading import Segment, differences

__all__ = ["LOOKALIKES", "misreading", "quoted", "shortened", "taken_for"]

LOOKALIKES: Mapping[str, Sequence[str]] = {
    "0": ("O", "o", "Q", "D"),
    "1": ("l", "I", "i", "|", "7"),
    "2": ("Z", "z"),
    "5": ("S", "s"),
    "6": ("G", "b"),
    "8": ("B", "3"),
    "9": ("g", "q"),
    "I": ("l", "|"),
    "l": ("|", "i", "t"),
    "m": ("rn", "nn"),
    "d": ("cl",),
    "w": ("vv",),
    "u": ("v", "ii"),
    "e": ("c",),
    "h": ("b",),
    ".": (",",),
    ":": (";", "."),
    "'": ("`", ","),
}
"""Signs that small or bad print makes alike; each pair stands once and holds both ways."""

_NAMES: Mapping[str, str] = {
    " ": "a space",
    ",": "a comma",
    "-": "a hyphen",
    "'": "an apostrophe",
    '"': "a quotation mark",
    ":": "a colon",
    ";": "a semicolon",
    "/": "a slash",
    "|": "an upright stroke",
}

_MOST_PLACES = 3
"""With more places the two words themselves say it better."""

_MOST_SHOWN = 40


def quoted(text: str) -> str:
    """A word in quotation marks, cut where it is very long."""
    return f'"{shortened(text)}"'


def shortened(text: str) -> str:
    """A word, cut where it is very long; signs that cannot be shown are left out."""
    seen = "".join(each for each in text if each.isprintable())
    return seen if len(seen) <= _MOST_SHOWN else f"{seen[: _MOST_SHOWN - 1]}…"


def misreading(true: str, said: str) -> str:
    """What is wrong with ``said``, as the end of a sentence; empty where the two words show it best themselves.

    >>> misreading("10.50", "1O.50")
    'the letter O for the digit 0 (they look alike: zoom in)'
    >>> misreading("modern", "rnodern"), misreading("12.50", "12,50"), misreading("milk", "butter")
    ('"rn" for "m" (they look alike: zoom in)', 'a comma for a point (they look alike: zoom in)', '')
    """
    places = differences(true, said)
    changed = sum(max(len(place.true), len(place.said)) for place in places)
    if true.casefold() == said.casefold() and changed > 1:
        return "small and capital letters count"
    if not places or len(places) > _MOST_PLACES or changed > max(2, len(true) / 2):
        return ""
    clauses = [_clause(place, true) for place in places]
    alike = any(_alike(place) for place in places)
    return ", ".join(dict.fromkeys(clauses)) + (" (they look alike: zoom in)" if alike else "")


def taken_for(sign: str) -> list[str]:
    """What ``sign`` is easily taken for, of one or two signs."""
    return [*LOOKALIKES.get(sign, ()), *(one for one, others in LOOKALIKES.items() if sign in others)]


def _alike(place: Segment) -> bool:
    return place.said in LOOKALIKES.get(place.true, ()) or place.true in LOOKALIKES.get(place.said, ())


def _clause(place: Segment, true: str) -> str:
    if not place.said:
        return f"{_named(place.true, place, true)} {'is' if len(place.true) == 1 else 'are'} missing"
    if not place.true:
        return f"{_named(place.said, place, true)} {'is' if len(place.said) == 1 else 'are'} too many"
    if max(len(place.true), len(place.said)) > 1:
        return f'"{place.said}" for "{place.true}"'
    return f"{_named(place.said, place, true)} for {_named(place.true, place, true)}"


def _named(sign: str, place: Segment, true: str) -> str:
    """What a sign is called; where two letters are told apart, whether it is a small or a capital one."""
    if len(sign) > 1:
        return f'"{sign}"'
    if sign == ".":
        around = true[place.at - 1 : place.at] + true[place.at + len(place.true) :][:1]
        return "a point" if len(around) == 2 and around.isdigit() else "a full stop"
    if sign in _NAMES:
        return _NAMES[sign]
    if sign.isdigit():
        return f"the digit {sign}"
    if sign.isalpha() and len(place.true) == len(place.said) == 1 and (place.true + place.said).isalpha():
        return f"the {'capital' if sign.isupper() else 'small'} letter {sign}"
    return f"the letter {sign}" if sign.isalpha() else f'"{sign}"'
