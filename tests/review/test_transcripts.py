"""Review of transcripts: figures by hand, every sentence with its moment, what is forgiven, hostile text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.metrics.transcripts import wer
from goldlabel.review import Review, TranscriptRubric
from goldlabel.review.mishearings import SOUNDALIKES, heard_as, sound_alike
from tests.review.recordings import judge, measure, messages, segments

A, B = SPEAKERS = ("speaker 1", "speaker 2")
RULES = {"misheard": "R1", "word_missing": "R2", "filler": "R3", "cut_word": "R4", "speaker": "R5", "missing": "R6"}
RUBRIC = TranscriptRubric(rules=RULES, measure_bars={"wer": 0.10})
TEXT = "Um, I left it over there, twenty-four of them."


def said(text: str, gold: str = TEXT, rubric: TranscriptRubric = RUBRIC) -> Review:
    """One speaker from 2 to 12 s."""
    return judge(segments((2, 12, A, text)), segments((2, 12, A, gold), prefix="g"), rubric, SPEAKERS)


@pytest.mark.parametrize(
    "text", [TEXT, "um i left it over there 24 of them", "UM - I left it over there: twenty four of them [cough]"]
)
def test_what_the_normaliser_forgives(text: str) -> None:
    judged = said(text)
    assert (judged.score, judged.level, judged.findings) == (1, "production", ())
    assert measure(judged, "wer_typed") == pytest.approx(wer([TEXT], [text], []))


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (
            "um i left it over their 24 of them",
            "misheard",
            "At 6.1 s you wrote 'their'; one hears 'there' (they sound alike: the sense decides).",
        ),
        (
            "um i left it over there 25 of them",
            "misheard",
            "At 7.7 s you wrote '25'; one hears 'twenty-four': play it again for the number.",
        ),
        ("um i lost it over there 24 of them", "misheard", "At 3.3 s you wrote 'lost'; one hears 'left'."),
        (
            "i left it over there 24 of them",
            "filler",
            "At 2.0 s 'Um' is left out; the guideline wants fillers written down.",
        ),
        ("um i left it over there 24", "word_missing", "At 10.3 s 'of them' is left out."),
        ("um i left it right over there 24 of them", "word_extra", "At 5.2 s you wrote 'right'; nobody says it there."),
    ],
)
def test_one_word_wrong(text: str, kind: str, message: str) -> None:
    judged = said(text)
    assert messages(judged) == [message]
    finding = judged.findings[0]
    assert (finding.kind, finding.severity, finding.rule) == (kind, "error", RULES.get(kind, ""))
    assert finding.seconds is not None
    start, end = finding.seconds
    at = float(message.split()[1])
    assert 2 - 0.81 <= start <= at <= end <= 12.81


def test_words_that_break_off() -> None:
    gold = "See you tomo- on Friday"
    assert messages(said("See you tomorrow on Friday", gold)) == [
        "At 5.5 s one hears 'tomo-', a word that breaks off; you wrote 'tomorrow'."
    ]
    assert messages(said("See you on Friday", gold)) == [
        "At 5.5 s one hears 'tomo-', a word that breaks off; it is left out."
    ]
    clean = TranscriptRubric(steps=("case", "cut_words", "fillers"))
    assert said("um see you on friday", gold, clean).score == 1


def test_many_wrong_words_are_told_together() -> None:
    judged = said("one two three four five", "Anna Bea Cleo Dora Emma")
    assert messages(judged) == ["At 2.0 s you wrote 'one two three four five'; one hears 'Anna Bea Cleo Dora Emma'."]
    few = said("one two", "Anna Bea")
    assert len(few.findings) == 2


def test_figures_by_hand() -> None:
    # true  um i left it over there 24 of them     9 words, 34 characters
    # said  -  i left it over their 24 of them
    judged = said("I left it over their 24 of them")
    assert measure(judged, "wer") == pytest.approx(2 / 9)
    assert measure(judged, "cer") == pytest.approx((3 + 2) / len("um i left it over there 24 of them"))
    assert measure(judged, "wer_typed") == pytest.approx(4 / 9), "Um, is left out; there, twenty-four and them. differ"
    assert measure(judged, "der") == 0
    assert (judged.score, judged.level, judged.decisions) == (pytest.approx(7 / 9), "pass", 9)


def test_words_that_count_as_one() -> None:
    alike = TranscriptRubric(alike=(("Anne", "Ann"), ("Jon", "John")))
    assert said("ann met john", "Anne met Jon.", alike).score == 1
    assert said("ann met john", "Anne met Jon.").score == pytest.approx(1 / 3)


GOLD = (
    (0.5, 4, A, "I think we left it over there."),
    (4.2, 7, B, "No, it is at home."),
    (8, 9, A, "All right then."),
)


def test_speakers_need_no_names() -> None:
    mine = [(start, end, {A: B, B: A}[who], text) for start, end, who, text in GOLD]
    assert judge(segments(*mine), segments(*GOLD, prefix="g"), RUBRIC, SPEAKERS).score == 1
    one = [(0.5, 9, A, " ".join(text for *_, text in GOLD))]
    assert judge(segments(*one), segments(*GOLD, prefix="g"), RUBRIC, SPEAKERS).score < 1


def test_a_turn_of_the_wrong_speaker() -> None:
    mine = [(start, end, A if start == 8 else {A: B, B: A}[who], text) for start, end, who, text in GOLD]
    judged = judge(segments(*mine), segments(*GOLD, prefix="g"), RUBRIC, SPEAKERS)
    assert messages(judged) == [
        "From 8.0 to 9.0 s you gave 'All right then.' to speaker 1; it is speaker 2 who says it."
    ]
    assert judged.findings[0].rule == "R5"
    assert measure(judged, "wer") == pytest.approx(6 / 15), "three words are left out here and put in there"


def test_a_turn_of_which_nothing_is_written() -> None:
    judged = judge(segments(*GOLD[:2]), segments(*GOLD, prefix="g"), RUBRIC, SPEAKERS)
    assert messages(judged) == ["From 8.0 to 9.0 s nothing is written; one hears 'All right then.'."]
    with_der = TranscriptRubric(measure_bars={"der": 0.15})
    both = judge(segments(*GOLD[:2]), segments(*GOLD, prefix="g"), with_der, SPEAKERS)
    assert [one.severity for one in both.findings] == ["error", "warning"], "times cost a measure of their own"
    assert both.level == "good"


def test_nothing_written_and_nothing_said() -> None:
    true = segments(*GOLD, prefix="g")
    assert messages(judge((), true, RUBRIC, SPEAKERS, done=False)) == ["This recording has no transcript yet."]
    assert judge((), true, RUBRIC, SPEAKERS).score == 0
    assert judge((), (), RUBRIC, SPEAKERS).score == 1
    assert judge(segments((1, 2, A, "hello")), (), RUBRIC, SPEAKERS).score == 0


def test_difficult_speech_is_set_aside() -> None:
    true = (*segments(GOLD[0], prefix="g"), *segments((5, 9, B, "(unclear)"), prefix="d", difficult=True))
    mine = segments(GOLD[0], (5, 8, B, "whatever they say"))
    judged = judge(mine, true, RUBRIC, SPEAKERS)
    assert (judged.score, judged.items["a1"].covered) == (1, ("b2",))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_judged_as_the_metric_does(mine: str, true: str) -> None:
    judged = said(mine, true)
    assert judged.score == pytest.approx(max(0, 1 - wer([true], [mine], RUBRIC.steps)))
    assert bool(judged.findings) == (measure(judged, "wer") > 0)
    assert all(one.seconds and one.seconds[0] < one.seconds[1] for one in judged.findings)


def test_ten_thousand_segments_and_a_text_without_end() -> None:
    mine = segments(*((k / 1000, k / 1000 + 0.5, A, "so\x00 it\u202e is") for k in range(10_000)))
    judged = judge(mine, segments(*GOLD, prefix="g"), RUBRIC, SPEAKERS)
    assert judged.score == 0
    assert sum(one.kind == "invalid" for one in judged.findings) > 9_000, "more words than anyone can say"


@pytest.mark.parametrize("bad", [{"steps": ("loud",)}, {"collar": -1}, {"measure_bars": {"f1": 0.9}}])
def test_rubrics_that_mean_nothing(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no step|lies in|unknown measures"):
        TranscriptRubric(**bad)  # type: ignore[arg-type]


def test_words_that_sound_alike() -> None:
    assert sound_alike("there", "Their")
    assert sound_alike("13", "30")
    assert sound_alike("to", "2")
    assert not sound_alike("there", "here")
    assert heard_as("hear") == ("here",)
    assert all(len(group) == len(set(group)) > 1 for group in SOUNDALIKES)
