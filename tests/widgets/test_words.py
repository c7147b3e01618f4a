"""Word boxes: what their labeller saves, mends and refuses."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Annotation, Box, WordBox
from goldlabel.data import practice_gold
from goldlabel.errors import StoreError
from goldlabel.exercises import find_exercise
from goldlabel.store import LabelStore
from goldlabel.widgets.play import play
from goldlabel.widgets.registry import make_labeller
from goldlabel.widgets.word_boxes import WordBoxLabeller
from goldlabel.workbench import Exercise
from tests.widgets.pages import HEIGHT, WIDTH, make_pages

QUAD = ((10.0, 10.0), (60.0, 8.0), (61.0, 30.0), (10.0, 32.0))
NAN = float("nan")


def word(corners: tuple = QUAD, text: str = "Milk", label: str = "item") -> WordBox:
    return WordBox("a", label, corners, text)


@pytest.fixture
def labeller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WordBoxLabeller:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(make_pages(tmp_path / "datasets")))
    spec = find_exercise("tiny-words")
    made = make_labeller(spec, spec.items(), LabelStore(tmp_path / "labels" / "tiny-words.json", "tiny-words"))
    assert isinstance(made, WordBoxLabeller)
    return made


def test_a_word_is_saved_as_it_is(labeller: WordBoxLabeller) -> None:
    play(labeller, {"page-1": [word()]})
    assert labeller.annotations("page-1") == (word(),)
    html = labeller._repr_mimebundle_()[0]["text/html"]
    assert "<title>item: Milk</title>" in html
    assert "<polygon" in html


def test_gold_played_is_a_full_score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(make_pages(tmp_path / "datasets")))
    exercise = Exercise.open("tiny-words", folder=tmp_path)
    gold = practice_gold("pages")
    play(exercise.label(), {name: one.annotations for name, one in gold.items.items()})
    checked = exercise.check()
    assert checked.review.score == 1
    assert "Character error rate" in checked._repr_html_()


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        (word(text="  Milk\t2l\n"), word(text="Milk 2l")),
        (word(text="Cafe\u0301"), word(text="Caf\u00e9")),
        (word(text="a\x00b\u202ec\u200d"), word(text="abc")),
        (word(text=""), word(text="")),  # unfinished, but not lost
        (word(QUAD[:1] + QUAD[:0:-1]), word(QUAD)),  # the other way round
        (
            word(((-5, 10), (700, 10), (700, 500), (-5, 500))),
            word(((0.0, 10.0), (WIDTH, 10.0), (WIDTH, HEIGHT), (0.0, HEIGHT))),
        ),
    ],
)
def test_what_can_be_mended_is(labeller: WordBoxLabeller, drawn: WordBox, kept: WordBox) -> None:
    play(labeller, {"page-1": [drawn]})
    assert labeller.annotations("page-1") == (kept,)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        (Box("a", "item", (1, 1, 5, 5)), "not a word box"),
        (word(label="ghost"), "ghost"),
        (word(((NAN, 1), *QUAD[1:])), "not a number"),
        (word(((10, 10), (60, 40), (60, 10), (10, 40))), "a side crosses another"),
        (word(((10, 10), (60, 10), (20, 20), (10, 60))), "a dent"),
        (word(((700, 10), (760, 10), (760, 40), (700, 40))), "do not go round"),  # not on the picture
        (word(((10, 10),) * 4), "do not go round"),
        (word(text="x" * 201), "201 characters"),
    ],
)
def test_what_cannot_be_saved_is_a_sentence(labeller: WordBoxLabeller, drawn: Annotation, says: str) -> None:
    with pytest.raises(StoreError, match=says):
        play(labeller, {"page-1": [drawn]})
    assert labeller.annotations("page-1") == ()


NUMBERS = st.one_of(st.floats(-20, 700), st.sampled_from([0.0, NAN, math.inf, -math.inf, 1e308, -0.0]))
CORNERS = st.tuples(*[st.tuples(NUMBERS, NUMBERS)] * 4)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=210)


@given(CORNERS, TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_words_are_saved_sound_or_refused(labeller: WordBoxLabeller, corners: tuple, text: str) -> None:
    try:
        play(labeller, {"page-1": [word(corners, text)]})
    except StoreError:
        return
    (saved,) = labeller.annotations("page-1")
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in saved.corners)
    assert saved.text == saved.text.strip()
    assert not any(each in saved.text for each in "\n\r\t\x00\u202e")
    play(labeller, {"page-1": [saved]})
    assert labeller.annotations("page-1") == (saved,)
