"""Judged recordings as HTML: timelines, transcripts, a player for each finding; nothing that a learner wrote runs."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from goldlabel.annotations import ItemGold
from goldlabel.review import SegmentRubric, TranscriptRubric
from goldlabel.review.listening import MOST_CARRIED, heard_findings, player
from goldlabel.review.overlay import segments_overlay, transcript_overlay
from tests.review.recordings import item, judge, segments

COLORS = {"dog": "#E69F00", "horn": "#56B4E9"}
VOICES = {"speaker 1": "#0072B2", "speaker 2": "#E69F00"}
A, B = VOICES


def drawn(mine, true, rubric: SegmentRubric, colors: dict[str, str]) -> str:
    judged = judge(mine, true, rubric, tuple(colors))
    html = segments_overlay(item(), mine, ItemGold(true), judged.items["a1"], rubric=rubric, colors=colors)
    ElementTree.fromstring(html)  # well formed
    return html


def written(mine, true, rubric: TranscriptRubric = TranscriptRubric()) -> str:  # noqa: B008
    return transcript_overlay(item(), mine, ItemGold(true), rubric=rubric, colors=VOICES)


def test_every_verdict_of_a_sound_has_its_sign() -> None:
    true = (*segments((1, 2, "dog"), (4, 5, "horn"), (8, 9, "dog"), (12, 14, "dog"), prefix="g"),)
    mine = segments((1, 2, "dog"), (4, 5, "dog"), (12.8, 14, "dog"), (17, 18, "horn"))
    html = drawn(mine, true, SegmentRubric(), COLORS)
    for meaning in ("✔ right", "✖ wrong class", "↔ ends off", "⊖ extra", "⊕ missed"):
        assert meaning in html
    assert "does not count" not in html, "the legend shows what is drawn"
    assert "→ horn, from 4.0 to 5.0 s" in html


def test_lanes_of_speakers_say_what_you_call_them() -> None:
    true = segments((0, 6, A), (8, 12, B), prefix="g")
    html = drawn(segments((0, 6, B), (8, 10, A)), true, SegmentRubric(scheme="speakers"), VOICES)
    assert "you: speaker 2" in html
    assert "missed, from 10.0 to 11.8 s" in html
    alone = drawn(segments((0, 6, B)), (), SegmentRubric(scheme="speakers"), VOICES)
    assert "only yours" in alone
    assert "not marked" in drawn((), true, SegmentRubric(scheme="speakers"), VOICES)


def test_a_transcript_shows_each_difference_and_the_steps() -> None:
    true = segments((0, 6, A, "Um, it's over there now."), prefix="g")
    html = written(segments((0, 6, A, "it is over their right now")), true)
    for part in ("✖ there", "left out", "nobody says it", "As it was typed", "Short forms are written out"):
        assert part in html
    assert "Not done here: Words that break off" in html
    assert "Nothing is said" in written((), ())
    assert "(yours)" in written(segments((0, 6, A, "hello")), ())


@pytest.mark.parametrize("evil", ['<script>alert("x")</script>', "a\x00\u202e & <b>", '"><img src=x onerror=y>'])
def test_what_a_learner_wrote_is_escaped(evil: str) -> None:
    true = segments((0, 6, A, "hello there"), prefix="g")
    mine = segments((0, 6, A, evil))
    html = written(mine, true)
    judged = judge(mine, true, TranscriptRubric(), tuple(VOICES))
    html += heard_findings(judged.findings, {}, "data:audio/wav;base64,AAAA")
    for tag in ("<script", "<img", "<b>"):
        assert tag not in html


def test_each_finding_plays_its_piece() -> None:
    judged = judge(segments((1, 2, "dog")), segments((4, 5, "dog"), prefix="g"), SegmentRubric(), tuple(COLORS))
    html = heard_findings(judged.findings, {}, "sound.opus")
    assert 'src="sound.opus#t=0.6,2.4"' in html
    assert 'src="sound.opus#t=3.6,5.4"' in html
    assert "<audio" not in heard_findings(judged.findings, {}, ""), "an exam has no sound in its feedback"
    assert "Nothing to complain of" in heard_findings((), {}, "sound.opus")
    heavy = heard_findings(judged.findings, {}, "data:" + "A" * (MOST_CARRIED - 5))
    assert heavy.count("<audio") == 1, "a page stays light; the others name their piece"
    assert "Play from 3.6 to 5.4 s" in heavy
    assert "#t" not in player("sound.opus")


def test_ten_thousand_segments_give_a_page_that_opens() -> None:
    mine = segments(*((k / 1000, k / 1000 + 0.5, "dog") for k in range(10_000)))
    assert len(drawn(mine, (), SegmentRubric(), COLORS)) < 1_000_000
