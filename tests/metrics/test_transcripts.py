"""The normaliser step by step; word and character error rates beside jiwer; speakers without names."""

from __future__ import annotations

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics import transcripts
from goldlabel.metrics.normaliser import STEPS, is_cut, is_filler, normalise, stages, words
from goldlabel.metrics.reading import Edits, edit_distance, edits

VOCABULARY = ("their", "there", "twenty", "four", "24", "um", "It's", "it", "is", "tomo-", "won't", "OK,", "café", "-")
SENTENCES = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)


def said(text: str, *steps: str) -> str:
    return " ".join(one.word for one in normalise(text, steps))


@pytest.mark.parametrize(
    ("steps", "text", "after"),
    [
        (["case"], "Anna LEFT", "anna left"),
        (["punctuation"], 'Well, "yes" - half-past 3.30!', "Well yes half past 3.30"),
        (["punctuation"], "24% of the 3rd, at £5", "24 percent of the 3rd at 5"),
        (["punctuation"], "don't, O\u2019Brien's", "don't O'Brien's"),
        (["numbers"], "twenty four of two hundred and five", "24 of 205"),
        (["numbers"], "2,400 or 2400", "2400 or 2400"),
        (["punctuation", "numbers"], "Twenty-four", "Twenty 4"),
        (["case", "punctuation", "numbers"], "Twenty-four per cent", "24 percent"),
        (["fillers"], "Um, I er think", "I think"),
        (["cut_words"], "to- tomorrow, tomo-, not well-known -", "tomorrow, not well-known -"),
        (["contractions"], "It's, can't we won't I'd", "it is, can not we will not i would"),
        (["contractions"], "the dog's 'm", "the dog's 'm"),
        (["spelling"], "OK, Mr Lind is 3rd", "okay, mister Lind is third"),
        (["marks"], "yes [long laugh] no <noise> (unclear)", "yes no"),
        ([], "  Um,\u00a0 yes\u200b ", "Um, yes"),
    ],
)
def test_each_step_by_itself(steps: list[str], text: str, after: str) -> None:
    assert said(text, *steps) == after


def test_all_steps_and_what_they_show() -> None:
    typed = "Um, it's twen- twenty-four [cough] OK?"
    assert [(one.step, one.text) for one in stages(typed)] == [
        ("", "Um, it's twen- twenty-four [cough] OK?"),
        ("marks", "Um, it's twen- twenty-four OK?"),
        ("cut_words", "Um, it's twenty-four OK?"),
        ("case", "um, it's twenty-four ok?"),
        ("punctuation", "um it's twenty four ok"),
        ("contractions", "um it is twenty four ok"),
        ("spelling", "um it is twenty four okay"),
        ("fillers", "it is twenty four okay"),
        ("numbers", "it is 24 okay"),
    ]
    assert all(one.title for one in stages(typed))
    assert [one.step for one in stages("yes")] == [""], "steps that change nothing are not shown"


def test_words_know_where_they_stand() -> None:
    text = "Um, it's [cough] twenty-four"
    assert [(one.word, text[one.start : one.end]) for one in normalise(text)] == [
        ("it", "it's"),
        ("is", "it's"),
        ("24", "twenty-four"),
    ]


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(ValueError, match="no step loud; it knows marks, cut_words, case"):
        normalise("a", ["case", "loud"])


def test_fillers_and_cut_words() -> None:
    assert is_filler("Um,")
    assert not is_filler("umbrella")
    assert is_cut("tomo-,")
    assert not any(map(is_cut, ("-", "well-known", "no")))


@given(st.text(max_size=60), st.sets(st.sampled_from(list(STEPS))))
def test_any_text_can_be_normalised(text: str, steps: set[str]) -> None:
    found = normalise(text, steps)
    assert all(one.word and 0 <= one.start < one.end <= len(text) for one in found)
    assert stages(text, steps)[-1].text == " ".join(one.word for one in found)


def test_words_side_by_side() -> None:
    places = transcripts.align(words("we went over there right now"), words("we over their now now"))
    assert [(one.true and one.true.word, one.said and one.said.word) for one in places] == [
        ("we", "we"),
        ("went", None),
        ("over", "over"),
        ("there", "their"),
        ("right", "now"),
        ("now", "now"),
    ]
    assert transcripts.counted(places) == Edits(substituted=2, deleted=1, inserted=0)


def test_of_words_that_all_differ_those_that_are_alike_belong_together() -> None:
    places = transcripts.align(words("so there now"), words("so um their well"))
    assert [(one.true and one.true.word, one.said and one.said.word) for one in places[1:]] == [
        (None, "um"),
        ("there", "their"),
        ("now", "well"),
    ]
    one, two = transcripts.align(words("over there"), words("their"))
    assert (one.said, two.true and two.true.word, two.said and two.said.word) == (None, "there", "their")


@given(SENTENCES, SENTENCES)
def test_the_alignment_keeps_both_texts_and_is_as_short_as_can_be(true: str, mine: str) -> None:
    first, second = normalise(true, ["case"]), normalise(mine, ["case"])
    places = transcripts.align(first, second)
    assert tuple(one.true for one in places if one.true) == first
    assert tuple(one.said for one in places if one.said) == second
    assert transcripts.counted(places).total == edit_distance([a.word for a in first], [a.word for a in second])


@given(st.lists(st.tuples(SENTENCES.filter(bool), SENTENCES), min_size=1, max_size=4))
def test_rates_are_those_of_jiwer(pairs: list[tuple[str, str]]) -> None:
    true, mine = [one for one, _ in pairs], [one for _, one in pairs]
    assert transcripts.wer(true, mine, []) == pytest.approx(jiwer.wer(true, mine), abs=1e-12)
    assert transcripts.cer(true, mine, []) == pytest.approx(jiwer.cer(true, mine), abs=1e-12)
    # With the normaliser: what it makes of the texts, judged by jiwer.
    first, second = ([said(text, *STEPS) for text in side] for side in (true, mine))
    if all(first):
        assert transcripts.wer(true, mine) == pytest.approx(jiwer.wer(first, second), abs=1e-12)
        assert transcripts.cer(true, mine) == pytest.approx(jiwer.cer(first, second), abs=1e-12)


@given(st.text(alphabet="abc", min_size=60, max_size=120), st.text(alphabet="abc", min_size=60, max_size=120))
def test_long_texts_are_compared_in_the_same_way(true: str, mine: str) -> None:
    assert (
        edit_distance(true, mine)
        == edits(true, mine).total
        == jiwer.process_characters(true, mine).substitutions
        + (jiwer.process_characters(true, mine).deletions + jiwer.process_characters(true, mine).insertions)
    )


def test_nothing_said() -> None:
    assert transcripts.wer([""], [""]) == transcripts.cer([], []) == 0
    assert transcripts.wer([""], ["hello"]) == transcripts.cer(["um"], ["hello"]) == 1
    assert transcripts.wer(["one"], ["two three four"]) == 3, "an error rate may pass 1"
    with pytest.raises(ValueError, match="shorter"):
        transcripts.wer(["a"], [])


def test_speakers_need_no_names() -> None:
    true = {"Ann": words("good day to you"), "Bo": words("yes"), "Cy": words("no")}
    assert transcripts.paired_speakers(true, {"1": words("yes"), "2": words("good day")}) == {
        "1": "Bo",
        "2": "Ann",
        None: "Cy",
    }
    assert transcripts.paired_speakers({}, {"1": words("yes")}) == {"1": None}
    assert transcripts.paired_speakers({}, {}) == {}
