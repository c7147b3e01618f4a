"""Facts told, words copied, numbers and names that are new; and why word overlap is not to be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.summaries import (
    copied_share,
    longest_copied,
    novel_names,
    novel_numbers,
    rouge_1,
    tell,
)

SOURCE = "The old mill at Ard will not close. Anna Lind first spoke of 140 guests; the right number is 114."

sentences = st.lists(
    st.sampled_from(["the", "old", "mill", "will", "not", "close", "114", "140", "guests", "Anna"]), max_size=14
).map(" ".join)


def test_a_fact_is_told_when_every_group_is_there() -> None:
    groups = [["mill"], ["stay* open", "not ... close"]]
    told = tell("Ard's mill stays open.", groups)
    assert told.told
    assert ["Ard's mill stays open."[start:end] for start, end in told.where] == ["mill", "stays open"]
    assert not tell("The mill is old.", groups).told
    assert not tell("", groups).told


def test_a_contradiction_makes_it_wrong_unless_the_fact_is_told_beside_it() -> None:
    groups, wrong = [["114"]], ["140 guests", "140 ... came"]
    assert tell("114, not 140 guests as first said", groups, wrong) == (True, ((0, 3),), "")
    told = tell("140 guests were there", groups, wrong)
    assert (told.told, told.contradiction) == (False, "140 guests")
    # The words of the contradiction are no proof of the fact.
    told = tell("They did not approve it", [["approv*"]], ["not approv*"])
    assert (told.told, told.contradiction) == (False, "not approve")
    assert tell("They approved it", [["approv*"]], ["not approv*"]).told


def test_the_longest_copied_run() -> None:
    summary = "It is said that the old mill at Ard will go on."
    run = longest_copied(summary, SOURCE)
    assert (run.words, summary[run.start : run.end]) == (6, "the old mill at Ard will")
    assert longest_copied("", SOURCE) == (0, 0, 0)
    assert longest_copied("Nothing alike here", SOURCE).words == 0
    assert longest_copied(SOURCE, "") == (0, 0, 0)


def test_the_share_of_copied_words() -> None:
    assert copied_share(SOURCE, SOURCE, at_least=5) == 1
    assert copied_share("the old mill is nice", SOURCE, at_least=3) == pytest.approx(3 / 5)
    assert copied_share("the old mill is nice", SOURCE, at_least=4) == 0
    assert copied_share("", SOURCE, at_least=2) == 0


def test_new_numbers() -> None:
    assert [one.word for one in novel_numbers("114 of 150, one by one, a hundred and forty", SOURCE)] == ["150"]
    assert not novel_numbers("One of them came", SOURCE), "a lone one is a word"


def test_new_names() -> None:
    text = "Mill news: Anna Lind met Bob at Ards. Carl left. I saw 'Dora' there, too."
    assert [text[one.start : one.end] for one in novel_names(text, SOURCE)] == ["Bob", "Dora"]


def test_a_false_summary_can_overlap_more_than_a_true_one() -> None:
    good = "The old mill stays open; it had 114 guests, according to Anna Lind."
    true, false = "Nothing ends at Ard: 114 people visited.", "The old mill stays not open; it had 140 guests."
    assert rouge_1(false, good) > rouge_1(true, good)


def test_rouge_by_hand_and_at_its_ends() -> None:
    # Four words and three; "the" and "cat" are in both: 2 * 2 / 7.
    assert rouge_1("the cat sat down", "the cat slept") == pytest.approx(4 / 7)
    assert (rouge_1("", ""), rouge_1("a", ""), rouge_1("a b", "a b")) == (1, 0, 1)


@given(sentences, sentences)
def test_bounds_and_symmetry(one: str, other: str) -> None:
    assert 0 <= rouge_1(one, other) <= 1
    assert rouge_1(one, other) == pytest.approx(rouge_1(other, one))
    assert rouge_1(one, one) == 1
    run = longest_copied(one, other)
    assert run.words == longest_copied(other, one).words
    assert 0 <= copied_share(one, other, at_least=3) <= 1
    assert (copied_share(one, other, at_least=3) > 0) == (run.words >= 3)
    assert not novel_numbers(one, one)
    assert not novel_names(one, one)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_can_be_measured(summary: str, source: str) -> None:
    run = longest_copied(summary, source)
    assert 0 <= run.start <= run.end <= len(summary)
    assert all(0 <= one.start < one.end <= len(summary) for one in novel_names(summary, source))
    assert tell(summary, [[source]], [source]).told is False
