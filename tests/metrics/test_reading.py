"""Character error rate: worked by hand, equal to jiwer's, and its bounds."""

from __future__ import annotations

import unicodedata

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.reading import (
    Edits,
    Segment,
    aligned,
    cer,
    differences,
    edit_distance,
    edits,
    error_rate,
    normalised,
)

TEXTS = st.text(st.sampled_from("ab0O.,lI1m rné\u0301\U0001f600"), max_size=12)


@pytest.mark.parametrize(
    ("true", "said", "expected"),
    [
        ("kitten", "sitting", Edits(2, 0, 1)),  # Wagner and Fischer's, as every textbook works it
        ("10.50", "1O.50", Edits(1, 0, 0)),
        ("10.50", "10,5", Edits(1, 1, 0)),
        ("milk", "", Edits(0, 4, 0)),
        ("", "milk", Edits(0, 0, 4)),
        ("", "", Edits()),
    ],
)
def test_edits_worked_by_hand(true: str, said: str, expected: Edits) -> None:
    assert edits(true, said) == expected
    assert edit_distance(true, said) == expected.total


def test_words_are_counted_like_characters() -> None:
    assert edits(["the", "cat", "sat"], ["the", "bat", "sat", "down"]) == Edits(1, 0, 1)


@pytest.mark.parametrize(
    ("true", "said", "expected"),
    [
        ("10.50", "1O.50", [Segment("0", "O", 1)]),
        ("corner", "comer", [Segment("rn", "m", 2)]),
        ("total", "total", []),
        ("1.250,00", "1,250.00", [Segment(".", ",", 1), Segment(",", ".", 5)]),
        ("milk", "", [Segment("milk", "", 0)]),
        ("see", "seen", [Segment("", "n", 3)]),
    ],
)
def test_places_that_differ(true: str, said: str, expected: list[Segment]) -> None:
    assert differences(true, said) == expected


def test_the_rate_is_over_characters_not_over_words() -> None:
    # 1 of 5 and 4 of 4: 5 of 9, not the mean of 0.2 and 1.
    assert cer(["10.50", "milk"], ["1O.50", ""]) == pytest.approx(5 / 9)
    assert cer(["ab"], ["abcdef"]) == 2.0
    assert cer([], []) == cer([""], [""]) == 0.0
    assert cer([""], ["x"]) == 1.0
    assert error_rate(3, 0) == 1.0
    with pytest.raises(ValueError, match="shorter"):
        cer(["a", "b"], ["a"])


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Café", "Cafe\u0301"),
        ("it\u2019s", "it's"),
        ("\u201ctea\u201d", '"tea"'),
        ("12\u201314", "12-14"),
        ("2\u00a0kg", " 2   kg\n"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\x00b", "ab"),
        ("3 \u00d7 2", "3 x 2"),
    ],
)
def test_what_a_keyboard_cannot_tell_apart_is_no_error(printed: str, typed: str) -> None:
    assert normalised(printed) == normalised(typed)
    assert cer([printed], [typed]) == 0


def test_case_and_points_count_unless_told() -> None:
    assert cer(["Total"], ["total"]) == pytest.approx(0.2)
    assert cer(["Total"], ["tOTAL"], ignore_case=True) == 0
    assert cer(["10.50"], ["10,50"]) == pytest.approx(0.2)


@given(TEXTS, TEXTS)
def test_equal_to_jiwer(true: str, said: str) -> None:
    first, second = normalised(true), normalised(said)
    counted = edits(first, second)
    if first:
        theirs = jiwer.process_characters(first, second)
        assert counted.total == theirs.substitutions + theirs.deletions + theirs.insertions
        assert cer([true], [said]) == pytest.approx(theirs.cer)
    assert counted.total == edit_distance(first, second)


@given(st.lists(st.tuples(TEXTS.filter(lambda text: normalised(text) != ""), TEXTS), min_size=1, max_size=6))
def test_a_page_is_equal_to_jiwer(pairs: list[tuple[str, str]]) -> None:
    true, said = ([normalised(pair[side]) for pair in pairs] for side in (0, 1))
    assert cer(true, said) == pytest.approx(jiwer.cer(true, said))


@given(TEXTS, TEXTS)
def test_distance_is_a_metric(first: str, second: str) -> None:
    distance = edit_distance(first, second)
    assert distance == edit_distance(second, first)
    assert (distance == 0) == (first == second)
    assert abs(len(first) - len(second)) <= distance <= max(len(first), len(second))


@given(TEXTS, TEXTS)
def test_the_places_rebuild_what_was_said(true: str, said: str) -> None:
    rebuilt, at = "", 0
    for place in differences(true, said):
        rebuilt += true[at : place.at] + place.said
        at = place.at + len(place.true)
    assert rebuilt + true[at:] == said


@given(TEXTS, TEXTS)
def test_the_alignment_holds_both_texts_and_as_many_edits_as_are_counted(true: str, said: str) -> None:
    pairs = aligned(true, said)
    assert ("".join(wanted for wanted, _ in pairs), "".join(got for _, got in pairs)) == (true, said)
    assert ("", "") not in pairs
    assert sum(wanted != got for wanted, got in pairs) == edits(true, said).total


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert unicodedata.is_normalized("NFC", once)
