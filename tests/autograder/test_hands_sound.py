"""Simulated hands on recordings."""

from __future__ import annotations

from random import Random

from autograder.hands import Habit, redrawn
from autograder.hands_sound import reheard
from goldlabel.annotations import Segment
from tests.review.recordings import item

TRUE = Segment(id="s1", label="speaker 1", start=1.0, end=4.0, text="Um, there we go, er, to the umbrella.")


def hear(mishears: float = 0, leaves_out: float = 0, late: float = 0, seconds: float = 20) -> Segment:
    return reheard(TRUE, item(seconds=seconds), Random(3), mishears=mishears, leaves_out=leaves_out, late=late)


def test_a_perfect_hand_changes_nothing() -> None:
    assert hear() == TRUE
    assert redrawn(TRUE, Habit(name="perfect"), item(), Random(1)) == TRUE


def test_fillers_are_left_out_and_only_they() -> None:
    assert hear(leaves_out=1).text == "there we go, to the umbrella."


def test_words_that_sound_alike_are_misheard() -> None:
    text = hear(mishears=1).text.split()
    assert text[1] in {"their", "they're"}
    assert text[5] in {"too", "two"}
    assert (text[0], text[-1]) == ("Um,", "umbrella.")


def test_ends_are_late_but_stay_in_the_recording() -> None:
    late = hear(late=1)
    assert 1.3 <= late.start <= 1.9
    assert 4.3 <= late.end <= 4.9
    assert hear(late=1, seconds=4).end == 4
    short = reheard(Segment(id="s", label="a", start=1, end=1.1), item(), Random(1), mishears=0, leaves_out=0, late=1)
    assert 1 <= short.start < short.end


def test_the_habit_of_a_sloppy_hand_is_used() -> None:
    sloppy = Habit(name="sloppy", misreads=1, forgets=1, ends=1)
    drawn = redrawn(TRUE, sloppy, item(), Random(1))
    assert isinstance(drawn, Segment)
    assert drawn.start > TRUE.start
    assert "Um" not in drawn.text
    assert "there " not in drawn.text
