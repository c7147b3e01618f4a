"""Review of sounds and of speakers in time: figures by hand, every sentence, hostile labels."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Box, Segment
from goldlabel.errors import GoldError
from goldlabel.metrics.diarization import Turn, der
from goldlabel.metrics.events import Event
from goldlabel.metrics.sounds import count_events
from goldlabel.review import Review, SegmentRubric
from goldlabel.review.moments import after, around, from_to
from tests.review.recordings import item, judge, judge_many, measure, messages, segments

SOUNDS = ("dog", "horn", "siren")
A, B, C = SPEAKERS = ("speaker 1", "speaker 2", "speaker 3")
RULES = {"missing": "R1", "extra": "R2", "boundary": "R3", "mismatching_label": "R4", "speaker": "R5", "overlap": "R6"}
SOUND = SegmentRubric(rules=RULES, confusion_rules={"horn>siren": "R7"}, measure_bars={"f1": 0.85})
TALK = SegmentRubric(scheme="speakers", rules=RULES, measure_bars={"der": 0.15})

TIMES = st.integers(0, 200).map(lambda tenth: tenth / 10)
STRETCHES = st.lists(
    st.tuples(TIMES, TIMES, st.integers(0, 2)).map(lambda one: (min(one[:2]), max(one[:2]) + 0.1, one[2])), max_size=6
)


def sounds(mine, true, **attributes) -> Review:
    return judge(segments(*mine), segments(*true, prefix="g", **attributes), SOUND, SOUNDS)


def talk(mine, true, rubric: SegmentRubric = TALK, **attributes) -> Review:
    return judge(segments(*mine), segments(*true, prefix="g", **attributes), rubric, SPEAKERS)


def test_sounds_by_hand() -> None:
    # gold   dog 1-2   horn 4-5    siren 8-12   dog 14-15
    # label  dog 1-2   siren 4-5   siren 9-12   -          dog 17-18
    judged = sounds(
        [(1.2, 2, "dog"), (4, 5, "siren"), (9, 12, "siren"), (17, 18, "dog")],
        [(1, 2, "dog"), (4, 5, "horn"), (8, 12, "siren"), (14, 15, "dog")],
    )
    assert judged.score == measure(judged, "f1") == pytest.approx(2 * 1 / 8)
    assert measure(judged, "precision") == measure(judged, "recall") == 0.25
    # second by second: dog 1, siren 9 10 11 of yours 1, 4, 9, 10, 11, 17 and gold 1, 4, 8 to 11, 14
    assert measure(judged, "seconds_f1") == pytest.approx(2 * 4 / (6 + 7))
    assert messages(judged) == [
        "From 4.0 to 5.0 s you heard siren; it is horn.",
        "Your siren from 9.0 to 12.0 s starts 1.0 s too late; the sound is heard from 8.0 to 12.0 s.",
        "A sound is not marked: dog from 14.0 to 15.0 s.",
        "You marked dog from 17.0 to 18.0 s; no such sound is heard there.",
    ]
    assert [one.rule for one in judged.findings] == ["R7", "R3", "R1", "R2"]
    assert [one.seconds for one in judged.findings] == [(3.6, 5.4), (7.6, 12.4), (13.6, 15.4), (16.6, 18.4)]
    assert [(row.label, row.gold, row.found, row.confused) for row in judged.classes] == [
        ("dog", 2, 1, 0),
        ("horn", 1, 0, 1),
        ("siren", 1, 0, 0),
    ]
    assert judged.decisions == 4


def test_sounds_that_are_twice_there_and_gold_that_says_why() -> None:
    double = sounds([(1, 3, "dog"), (1.1, 3, "dog")], [(1, 3, "dog")])
    assert messages(double) == [
        (
            "You marked dog from 1.1 to 3.0 s, but the dog at 1.0 s has a stretch of its own already: "
            "one sound, one stretch."
        )
    ]
    why = sounds([], [(1, 3, "dog")], why="Barks count together.", rule="R9")
    assert messages(why) == ["A sound is not marked: dog from 1.0 to 3.0 s: Barks count together."]
    assert why.findings[0].rule == "R9"
    both = sounds([(1, 4.5, "horn")], [(2, 3, "dog")])
    assert messages(both) == [
        (
            "Your horn from 1.0 to 4.5 s starts 1.0 s too early and ends 1.5 s too late; "
            "the sound is heard from 2.0 to 3.0 s."
        ),
        "From 1.0 to 4.5 s you heard horn; it is dog.",
    ]


def test_difficult_sounds_are_set_aside() -> None:
    true = (*segments((1, 3, "dog"), prefix="g"), *segments((5, 9, "horn"), prefix="d", difficult=True))
    for mine in ([(1, 3, "dog")], [(1, 3, "dog"), (5.5, 8, "siren")]):
        assert judge(segments(*mine), true, SOUND, SOUNDS).score == 1
    assert judge(segments((1, 3, "dog"), (8, 12, "siren")), true, SOUND, SOUNDS).score < 1


def test_speakers_by_hand() -> None:
    # gold   A 0-6   B 5-9    A 10-14           B 15-18
    # label  A 0.8-6 B 6-9    B 10-11.5 A -14   -        C 19-20
    judged = talk(
        [(0.8, 6, B), (6, 9, A), (10, 11.5, A), (11.5, 14, B), (19, 20, C)],
        [(0, 6, A), (5, 9, B), (10, 14, A), (15, 18, B)],
    )
    assert messages(judged) == [
        "Your turn of speaker 2 starts 0.8 s too late, at 0.8 s; the voice starts at 0.0 s.",
        "From 5.2 to 5.8 s two speak at once: speaker 1 speaks, too; you marked only speaker 2.",
        "From 10.2 to 11.5 s you marked speaker 1; it is speaker 2 who speaks.",
        "From 15.2 to 17.8 s nobody is marked; speaker 1 speaks.",
        "From 19.0 to 20.0 s you marked speaker 3; nobody speaks.",
    ]
    assert [one.rule for one in judged.findings] == ["R3", "R6", "R5", "R1", "R2"]
    total = (6 - 0.5 - 0.5) + (4 - 0.5 - 0.5) + (4 - 0.5) + (3 - 0.5)  # B's start lies in A's turn, A's end in B's
    wrong = (0.8 - 0.25) + 0.5 + 1.25 + 2.5 + 1.0
    assert measure(judged, "der") == pytest.approx(wrong / total)
    assert measure(judged, "der") == pytest.approx(
        sum(measure(judged, part) for part in ("missed", "false_alarm", "confused"))
    )
    assert judged.score == pytest.approx(1 - wrong / total)
    assert judged.level == "below"


def test_ends_of_turns() -> None:
    for mine, message in (
        ((3, 8, C), "starts 1.0 s too early, at 3.0 s; the voice starts at 4.0 s."),
        ((5, 8, C), "starts 1.0 s too late, at 5.0 s; the voice starts at 4.0 s."),
        ((4, 7, C), "ends 1.0 s too early, at 7.0 s; the voice stops at 8.0 s."),
        ((4, 9.5, C), "ends 1.5 s too late, at 9.5 s; the voice stops at 8.0 s."),
    ):
        assert messages(talk([mine], [(4, 8, A)])) == [f"Your turn of speaker 3 {message}"]
    also = talk([(4, 8, A), (5, 7, B)], [(4, 8, A)])
    assert messages(also) == ["From 5.0 to 7.0 s you marked speaker 2, too; only speaker 1 speaks."]


def test_turns_of_one_speaker_that_overlap_are_told_and_count_once() -> None:
    judged = talk([(1, 5, A), (4, 8, A)], [(1, 8, B)])
    assert judged.score == 1
    assert messages(judged) == [
        "Two turns of speaker 1 overlap from 4.0 to 5.0 s: nobody speaks twice at once. This time counts once."
    ]
    assert judged.findings[0].severity == "warning"


def test_difficult_speech_and_overlap_may_be_set_aside() -> None:
    true = (*segments((0, 6, A), prefix="g"), *segments((8, 12, B), prefix="d", difficult=True))
    assert judge(segments((0, 6, A)), true, TALK, SPEAKERS).score == 1
    assert judge(segments((0, 6, A), (8, 12, A)), true, TALK, SPEAKERS).score == 1
    skipping = SegmentRubric(scheme="speakers", skip_overlap=True)
    assert talk([(0, 6, A)], [(0, 6, A), (2, 4, B)]).score < 1
    assert talk([(0, 6, A)], [(0, 6, A), (2, 4, B)], skipping).score == 1


@pytest.mark.parametrize("rubric", [SOUND, TALK])
def test_nothing_there_and_nothing_labelled(rubric: SegmentRubric) -> None:
    classes = SPEAKERS if rubric is TALK else SOUNDS
    assert judge((), (), rubric, classes).score == 1
    untouched = judge((), segments((1, 2, classes[0]), prefix="g"), rubric, classes, done=False)
    assert (untouched.score, messages(untouched)) == (0, ["This recording has no label yet."])
    assert judge(segments((1, 2, classes[0])), (), rubric, classes).score == 0


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (Segment(id="x", label="dog", start=math.nan, end=2), "has no finite start and end"),
        (Segment(id="x", label="dog", start=1, end=math.inf), "has no finite start and end"),
        (Segment(id="x", label="dog", start=-1, end=2), "starts before the recording, at -1 s"),
        (Segment(id="x", label="dog", start=3, end=3), "takes no time: it starts at 3 s and ends at 3 s"),
        (Segment(id="x", label="dog", start=3, end=2), "takes no time: it starts at 3 s and ends at 2 s"),
        (Segment(id="x", label="dog", start=19, end=21), "ends at 21 s, but the recording lasts 20.0 s"),
        (Segment(id="x", label="cat", start=1, end=2), "has the class 'cat', which this exercise does not know"),
        (Segment(id="b1", label="dog", start=4, end=5), "has an id that another one of this recording has"),
        (Segment(id="x", label="dog", start=1, end=2), "is a second one of dog from 1.0 to 2.0 s"),
        (Segment(id="x", label="dog", start=4, end=5, text="a " * 600), "has more words than anyone can say"),
        (Box("x", "dog", (0, 0, 1, 1)), "is no stretch of time but a box"),
    ],
)
def test_labels_that_cannot_be_judged(bad, problem: str) -> None:
    judged = judge((*segments((1, 2, "dog")), bad), segments((1, 2, "dog"), prefix="g"), SOUND, SOUNDS)
    assert judged.score == 1
    assert (judged.findings[0].kind, judged.findings[0].severity) == ("invalid", "format")
    assert problem in judged.findings[0].message


def test_gold_that_cannot_be_judged_by() -> None:
    with pytest.raises(GoldError, match="takes no time"):
        sounds([], [(2, 2, "dog")])


@pytest.mark.parametrize(
    "bad",
    [
        {"collar": -1},
        {"collar": math.nan},
        {"offset_share": 2},
        {"measure_bars": {"der": 0.1}},
        {"scheme": "speakers", "measure_bars": {"f1": 0.9}},
    ],
)
def test_rubrics_that_mean_nothing(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"lies in|does not measure"):
        SegmentRubric(**bad)  # type: ignore[arg-type]


@settings(max_examples=60)
@given(STRETCHES, STRETCHES)
def test_scores_are_those_of_the_metrics(mine, true) -> None:
    mine, true = list(dict.fromkeys(mine)), list(dict.fromkeys(true))
    clipped = [[(start, min(end, 20.0), kind) for start, end, kind in side if start < 20] for side in (mine, true)]
    mine, true = (list(dict.fromkeys(side)) for side in clipped)
    heard = sounds([(s, e, SOUNDS[k]) for s, e, k in mine], [(s, e, SOUNDS[k]) for s, e, k in true])
    counted = count_events(
        [Event(s, e, SOUNDS[k]) for s, e, k in mine], [Event(s, e, SOUNDS[k]) for s, e, k in true], collar=0.25
    )
    assert heard.score == pytest.approx(counted.f1)
    assert bool(heard.findings) == (heard.score < 1)
    said = talk([(s, e, SPEAKERS[k]) for s, e, k in mine], [(s, e, SPEAKERS[k]) for s, e, k in true])
    rate = der([Turn(s, e, str(k)) for s, e, k in true], [Turn(s, e, str(k)) for s, e, k in mine], collar=0.25)
    assert said.score == pytest.approx(max(0, 1 - rate))


def test_ten_thousand_segments() -> None:
    mine = [(k / 1000, k / 1000 + 0.5, SOUNDS[k % 3]) for k in range(10_000)]
    assert sounds(mine, [(1, 2, "dog"), (5, 9, "horn")]).score < 0.01
    assert talk([(s, e, SPEAKERS[k % 3]) for k, (s, e, _) in enumerate(mine)], [(1, 9, A)]).score == 0


def test_the_interval_is_over_recordings() -> None:
    right, wrong = segments((1, 2, "dog")), segments((7, 8, "dog"))
    true = segments((1, 2, "dog"), prefix="g")
    judged = judge_many([(right, true)] * 4 + [(wrong, true)] * 2, SOUND, SOUNDS)
    assert judged.score == pytest.approx(4 / 6)
    assert judged.interval is not None
    assert judged.interval.low < 4 / 6 < judged.interval.high


def test_times_in_words() -> None:
    assert from_to(4.1, 5) == "from 4.1 to 5.0 s"
    assert from_to(59, 64.5) == "from 59.0 s to 1 min 4.5 s"
    assert after(-0.62) == "0.6 s too early"
    assert after(0.03) == "0.03 s too late"
    assert around(0.1, 0.2, item()) == (0, 0.95)
    assert around(19.8, 20, item()) == (19.1, 20)
    assert around(1, 2, item(seconds=0)) == (0.6, 2.4)
