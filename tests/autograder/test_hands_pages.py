"""A hand on pages: what it misreads is what people misread, and its boxes never cross themselves."""

from __future__ import annotations

from random import Random

from autograder.hands import Habit, is_hard, redrawn
from autograder.hands_pages import reread
from goldlabel.annotations import WordBox
from goldlabel.metrics.polygons import problem
from goldlabel.metrics.reading import edit_distance
from tests.review.small import picture

QUAD = ((50.0, 60.0), (250.0, 50.0), (252.0, 90.0), (52.0, 100.0))


def word(text: str, corners: tuple = QUAD) -> WordBox:
    return WordBox("g1", "apple", corners, text)


def test_one_sign_is_taken_for_one_that_looks_like_it() -> None:
    read = {redrawn(word("10.50"), Habit(name="hasty", misreads=1.0), picture(), Random(n)).text for n in range(60)}
    assert {"1O.50", "l0.50", "10.S0", "10,50"} <= read
    assert all(edit_distance("10.50", text) in (1, 2) for text in read)
    assert "10.50" not in read
    # where no sign looks like another one there is nothing to misread
    assert redrawn(word("A"), Habit(name="hasty", misreads=1.0), picture(), Random(1)).text == "A"


def test_a_careful_reader_reads_all() -> None:
    assert redrawn(word("10.50"), Habit(name="careful"), picture(), Random(1)) == word("10.50")


def test_short_words_are_overlooked_first() -> None:
    assert is_hard(word("&"))
    assert not is_hard(word("Corner"))


def test_air_follows_the_word_and_boxes_stay_sound_on_the_page() -> None:
    grown = reread(word("x"), picture(), Random(1), air=0.5, shake=0.0, misreads=0.0)
    assert grown.corners[0] != QUAD[0]
    # the sides still run along the word
    (ax, ay), (bx, by) = grown.corners[:2]
    assert abs((by - ay) / (bx - ax) - (50 - 60) / (250 - 50)) < 0.002
    tiny = word("i", ((2.0, 2.0), (8.0, 2.0), (8.0, 12.0), (2.0, 12.0)))
    for n in range(200):
        drawn = reread(tiny, picture(), Random(n), air=0.2, shake=6.0, misreads=0.0)
        assert not problem([drawn.corners])
        assert all(0 <= x <= 600 and 0 <= y <= 600 for x, y in drawn.corners)
