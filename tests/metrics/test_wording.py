"""Words as they are compared, and phrases that are looked for in them."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.wording import MOST_BETWEEN, find, pattern, tokens, word_count


def words(text: str) -> list[str]:
    return [one.word for one in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Twenty-four per cent", "24%"),
        ("2,400", "two thousand four hundred"),
        ("two hundred and five", "205"),
        ("0-2", "nought-2".replace("nought", "0")),
        ("at 7.30", "at 7:30"),
        ("the 3rd of May", "the 3 of may"),
        ("5.50", "5.5"),
        ("the town\u2019s well-known pool", "the town well known pool"),
        ("seven hundred thousand", "700,000"),
        ("caf\u00e9", "CAFE\u0301"),
    ],
)
def test_two_ways_to_write_one_thing(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("-- ... !", []),
        ("twenty twenty", ["20", "20"]),
        ("two three", ["2", "3"]),
        ("one hundred and cold", ["100", "and", "cold"]),
        ("hundreds of thousands", ["hundreds", "of", "thousands"]),
        ("1.10.2026", ["1.10.2026"]),
        ("don't", ["don't"]),
        ("fourteen thirty", ["14", "30"]),
    ],
)
def test_what_becomes_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_number_of_several_words_is_one_stretch() -> None:
    text = "Some two hundred and five people"
    (number,) = (one for one in tokens(text) if one.number)
    assert text[number.start : number.end] == "two hundred and five"


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("A 24-hour day", 3), ("one - two", 2), ("three\n\nwords here", 3), ("5.50!", 1)]
)
def test_words_are_counted_as_word_processors_do(text: str, count: int) -> None:
    assert word_count(text) == count


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("pool", "The pools", False),
        ("pool*", "The pools", True),
        ("Pool", "the POOL.", True),
        ("not ... clos*", "It will not, they say, be closed", True),
        ("not ... clos*", "It will not after all that was said be closed", False),
        ("24 hours", "twenty-four hours", True),
        ("a b", "a-b", True),
        ("...", "anything", False),
        ("", "anything", False),
        ("longer than the text", "longer", False),
    ],
)
def test_phrases(phrase: str, text: str, found: bool) -> None:
    assert bool(find(pattern(phrase), words(text))) is found


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    read = tokens(text)
    assert all(0 <= one.start < one.end <= len(text) for one in read)
    assert all(one.end <= other.start for one, other in pairwise(read)), "in order, without overlap"
    assert all(one.word == unicodedata.normalize("NFC", one.word) for one in read)
    assert 0 <= word_count(text) <= len(text)


@given(st.lists(st.sampled_from(["cat", "dog", "seven", "40", "well"]), min_size=1, max_size=6))
def test_every_text_holds_itself(parts: list[str]) -> None:
    text = " ".join(parts)
    assert (0, len(words(text))) in find(pattern(text), words(text))


@given(st.integers(0, MOST_BETWEEN + 2))
def test_a_gap_has_its_limit(between: int) -> None:
    text = " ".join(["not", *["x"] * between, "closed"])
    assert bool(find(pattern("not ... closed"), words(text))) is (between <= MOST_BETWEEN)
