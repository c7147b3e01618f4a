"""Sounds: what goes to the browser, and what the labellers of segments and transcripts save, mend and refuse."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Annotation, Box, Choice, Segment
from goldlabel.errors import StoreError
from goldlabel.widgets.base import Labeller
from goldlabel.widgets.play import play
from goldlabel.widgets.segments import LONGEST
from goldlabel.workbench import Exercise
from tests.widgets.tiny_sounds import HEARD, SAID, SECONDS, make_sounds, segments

MakeLabeller = Callable[[str], Labeller]
NAN = float("nan")


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_sounds(tmp_path / "datasets")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(folder))
    return folder


@pytest.fixture
def labeller(tmp_path: Path, datasets: Path) -> MakeLabeller:
    return lambda name: Exercise.open(name, folder=tmp_path).label()


def turn(start: float, end: float, text: str = "", *, label: str = "Ann", name: str = "a") -> Segment:
    return Segment(name, label, start, end, text)


def test_a_clip_to_choose_a_class_for_is_sent_as_it_is(tmp_path: Path, datasets: Path) -> None:
    exercise = Exercise.open("tiny-clips", folder=tmp_path)
    widget = exercise.label()
    shown = widget.item["id"]
    assert widget.exercise["thing"] == "sound"
    assert (widget.item["sound"], widget.item["seconds_long"], widget.item["problem"]) == ("audio/wav", SECONDS, "")
    assert widget.media == (datasets / "tiny-sound-set" / "media" / f"{shown}.wav").read_bytes()
    play(widget, {shown: [Choice("class", "tone")]})
    assert "1 of 3 sounds answered" in widget._repr_mimebundle_()[0]["text/html"]
    assert repr(exercise.status()).count("sound")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda file: file.unlink(), "missing or empty"),
        (lambda file: file.write_bytes(b"x" * 16_000_001), "more than 16 MB"),
        (lambda file: file.rename(file.with_suffix(".mp9")), "cannot be played"),
    ],
)
def test_what_cannot_be_played_is_a_sentence(
    tmp_path: Path, datasets: Path, change: Callable[[Path], object], says: str
) -> None:
    folder = datasets / "tiny-sound-set"
    for file in sorted((folder / "media").iterdir()):
        change(file)
    if says == "cannot be played":
        items = folder / "items.jsonl"
        items.write_text(items.read_text(encoding="utf-8").replace(".wav", ".mp9"), encoding="utf-8")
    assert says in Exercise.open("tiny-clips", folder=tmp_path).label().item["problem"]


def test_turns_are_saved_in_the_order_of_time(labeller: MakeLabeller) -> None:
    widget = labeller("tiny-talk")
    assert widget.exercise["speech"]
    first, second = turn(0.5, 1.2, "one <b>"), turn(1.0, 1.6, "two", label="Bo", name="b")
    play(widget, {"clip-1": [second, first]})
    assert widget.annotations("clip-1") == (first, second)
    html = widget._repr_mimebundle_()[0]["text/html"]
    assert "Ann, 0.50 to 1.20 s: one &lt;b&gt;" in html
    assert html.count("<rect") == 2
    assert "2 segments" in html
    # Where one ends, the next of the same speaker may begin.
    play(widget, {"clip-2": [turn(0, 1), turn(1, 2, name="b")]})
    assert len(widget.annotations("clip-2")) == 2


def test_sounds_may_overlap_and_have_no_text(labeller: MakeLabeller) -> None:
    widget = labeller("tiny-events")
    assert not widget.exercise["speech"]
    heard = [turn(0.5, 1.2, "woof", label="tone"), turn(1.0, 1.6, label="tone", name="b")]
    play(widget, {"clip-1": heard})
    assert [(one.start, one.end, one.text) for one in widget.annotations("clip-1")] == [(0.5, 1.2, ""), (1.0, 1.6, "")]


def test_who_speaks_when_is_marked_without_texts(labeller: MakeLabeller) -> None:
    widget = labeller("tiny-turns")
    assert (widget.exercise["speech"], widget.exercise["typed"]) == (True, False)
    with pytest.raises(StoreError, match="speaker 'Ann' overlap"):
        play(widget, {"clip-1": [turn(0, 1), turn(0.5, 2, name="b")]})
    play(widget, {"clip-1": [turn(0, 1, "hm"), turn(0.5, 2, label="Bo", name="b")]})
    assert [(one.label, one.text) for one in widget.annotations("clip-1")] == [("Ann", ""), ("Bo", "")]


@pytest.mark.parametrize(("name", "heard"), [("tiny-events", HEARD), ("tiny-turns", SAID), ("tiny-talk", SAID)])
def test_gold_played_is_a_full_score(tmp_path: Path, datasets: Path, name: str, heard: tuple) -> None:  # type: ignore[type-arg]
    exercise = Exercise.open(name, folder=tmp_path)
    play(exercise.label(), {f"clip-{n}": segments(heard) for n in (1, 2, 3)})
    assert exercise.review().score == 1


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        (turn(0.50049, 1.2345678), turn(0.5, 1.235)),
        (turn(-1, 99), turn(0, SECONDS)),
        (turn(0, 1, "  so\t well\n"), turn(0, 1, "so well")),
        (turn(0, 1, "Cafe\u0301\x00\u202e"), turn(0, 1, "Caf\u00e9")),
    ],
)
def test_what_can_be_mended_is(labeller: MakeLabeller, drawn: Segment, kept: Segment) -> None:
    widget = labeller("tiny-talk")
    play(widget, {"clip-1": [drawn]})
    assert widget.annotations("clip-1") == (kept,)


@pytest.mark.parametrize(
    ("drawn", "says"),
    [
        ([Box("a", "Ann", (1, 1, 5, 5))], "not a segment"),
        ([turn(0, 1, label="ghost")], "ghost"),
        ([turn(NAN, 1)], "not a number"),
        ([turn(0, math.inf)], "not a number"),
        ([turn(1, 1)], "goes from 1 to 1"),
        ([turn(2, 1)], "goes from 2 to 1"),
        ([turn(5, 6)], "the sound has 4"),
        ([turn(1, 1.0004)], "goes from 1 to 1.0004"),
        ([turn(0, 1), turn(2, 3)], "same id"),
        ([turn(0, 1), turn(0.999, 3, name="b")], "two segments of the speaker 'Ann' overlap"),
        ([turn(0, 3), turn(0.5, 1, label="Bo", name="c"), turn(2, 2.5, name="b")], "speaker 'Ann' overlap"),
        ([turn(0, 1, "x" * (LONGEST + 1))], "1,001 characters"),
    ],
)
def test_what_cannot_be_saved_is_a_sentence(labeller: MakeLabeller, drawn: list[Annotation], says: str) -> None:
    widget = labeller("tiny-talk")
    with pytest.raises(StoreError, match=says):
        play(widget, {"clip-1": drawn})
    assert widget.annotations("clip-1") == ()


TIMES = st.one_of(st.floats(-1, 6), st.sampled_from([0.0, NAN, math.inf, -math.inf, 1e308, -0.0, SECONDS]))
TURNS = st.lists(st.tuples(TIMES, TIMES, st.sampled_from(["Ann", "Bo"]), st.text(max_size=20)), max_size=4)


@given(TURNS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_hostile_turns_are_saved_sound_or_refused(labeller: MakeLabeller, turns: list) -> None:  # type: ignore[type-arg]
    widget = labeller("tiny-talk")
    drawn = [turn(a, b, text, label=who, name=f"t{n}") for n, (a, b, who, text) in enumerate(turns)]
    try:
        play(widget, {"clip-1": drawn})
    except StoreError:
        return
    saved = [one for one in widget.annotations("clip-1") if isinstance(one, Segment)]
    assert len(saved) == len(drawn)
    for n, one in enumerate(saved):
        assert 0 <= one.start < one.end <= SECONDS
        assert round(one.start * 1000) / 1000 == one.start
        assert all(one.label != each.label or each.start >= one.end for each in saved[n + 1 :])
    play(widget, {"clip-1": saved})
    assert widget.annotations("clip-1") == tuple(saved)
