"""Who spoke when: pyannote's published example, figures by hand, and properties that hold for any turns."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.diarization import Piece, Turn, der, diarize

#       0         10        20        30        40
# gold  AAAAAAAAAA  BBBBBBBB    AAA   CCCCCCCCCC
# said    aaaaaaaaaaadbbbbbb  cccccccccccccccccdd
GOLD = [Turn(0, 10, "A"), Turn(12, 20, "B"), Turn(24, 27, "A"), Turn(30, 40, "C")]
SAID = [Turn(2, 13, "a"), Turn(13, 14, "d"), Turn(14, 20, "b"), Turn(22, 38, "c"), Turn(38, 40, "d")]

TIMES = st.integers(0, 40).map(lambda tenth: tenth / 10)
TURNS = st.lists(
    st.tuples(TIMES, TIMES, st.sampled_from("ABC")).map(lambda one: Turn(min(one[:2]), max(one[:2]), one[2])),
    max_size=8,
)


def test_the_example_of_pyannote_metrics() -> None:
    found = diarize(GOLD, SAID)
    assert round(found.rate, 6) == 0.516129
    assert (found.missed, found.false_alarm, found.confused, found.total) == (2, 7, 7, 31)
    assert found.mapping == {"a": "A", "b": "B", "c": "C"}
    assert found.pieces == (
        Piece("missed", 0, 2, ("A",), ()),
        Piece("false_alarm", 10, 12, (), ("a",)),
        Piece("confused", 12, 13, ("B",), ("a",)),
        Piece("confused", 13, 14, ("B",), ("d",)),
        Piece("false_alarm", 22, 24, (), ("c",)),
        Piece("confused", 24, 27, ("A",), ("c",)),
        Piece("false_alarm", 27, 30, (), ("c",)),
        Piece("confused", 38, 40, ("C",), ("d",)),
    )


def test_a_collar_forgives_edges() -> None:
    # gold  AAAAAAAAAA    said from 0.2 to 10.2: 0.2 s missed, 0.2 s too many
    gold, mine = [Turn(0, 10, "A")], [Turn(0.2, 10.2, "x")]
    assert der(gold, mine) == pytest.approx(0.04)
    assert der(gold, mine, collar=0.25) == 0
    assert diarize(gold, mine, collar=0.25).total == pytest.approx(9.5)
    late = diarize(gold, [Turn(0.75, 10, "x")], collar=0.25)
    assert (late.missed, late.rate) == (pytest.approx(0.5), pytest.approx(0.5 / 9.5))


def test_overlapped_speech_counts_twice() -> None:
    # gold  AAAAAAAA      said  xxxxxxxx
    #           BBBBBB                  yy
    gold = [Turn(0, 8, "A"), Turn(4, 10, "B")]
    mine = [Turn(0, 8, "x"), Turn(8, 10, "y")]
    found = diarize(gold, mine)
    assert (found.missed, found.total) == (4, 14)
    assert found.pieces == (Piece("missed", 4, 8, ("B",), ()),)
    assert der(gold, mine, skip_overlap=True) == 0
    assert diarize(gold, mine, skip_overlap=True).total == 6
    assert diarize(gold, mine, left_out=[(3, 9)]).total == 4


def test_nobody_speaks() -> None:
    assert der([], []) == 0
    assert der([], [Turn(0, 1, "x")]) == 1
    assert der([Turn(0, 1, "A")], []) == 1
    assert der([Turn(0, 1, "A")], [Turn(0, 1, "x"), Turn(0, 1, "y"), Turn(0, 1, "z")]) == 2, "it may pass 1"
    assert der([Turn(1, 1, "A"), Turn(3, 2, "A")], []) == 0, "turns without length count for nothing"
    assert der([Turn(0, 1, "A")], [Turn(0, 1, "x")], collar=5) == 0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_bad_times_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        der([Turn(0, bad, "A")], [])
    with pytest.raises(ValueError, match="finite"):
        diarize([], [], left_out=[(bad, 1)])
    with pytest.raises(ValueError, match="collar"):
        der([], [], collar=-1 if math.isinf(bad) else bad)


@given(TURNS, TURNS)
def test_parts_and_bounds(gold: list[Turn], mine: list[Turn]) -> None:
    found = diarize(gold, mine)
    assert min(found.missed, found.false_alarm, found.confused, found.total) >= 0
    assert found.rate >= 0
    assert found.missed + found.confused <= found.total + 1e-9
    # The parts, second by second, from the pieces.
    lacking = sum((one.end - one.start) * len(one.true) for one in found.pieces if one.kind != "false_alarm")
    needless = sum((one.end - one.start) * len(one.said) for one in found.pieces)
    assert lacking == pytest.approx(found.missed + found.confused)
    assert needless == pytest.approx(found.false_alarm + found.confused)
    starts = [one.start for one in found.pieces]
    assert starts == sorted(starts)


@given(TURNS, TURNS, st.permutations("ABC"), st.randoms())
def test_names_and_order_do_not_matter(gold: list[Turn], mine: list[Turn], names: list[str], random) -> None:
    renamed = [one._replace(speaker=names["ABC".index(one.speaker)]) for one in mine]
    random.shuffle(renamed)
    assert der(gold, renamed) == pytest.approx(der(gold, mine))
    assert der(gold, gold) == 0
    assert der(gold, [*gold, *gold]) == 0, "turns of one speaker that overlap count once"


@given(TURNS, TURNS, st.sampled_from([0.1, 0.25, 0.5]))
def test_a_wider_collar_judges_less(gold: list[Turn], mine: list[Turn], collar: float) -> None:
    narrow, wide = diarize(gold, mine), diarize(gold, mine, collar=collar)
    assert wide.total <= narrow.total + 1e-9
    assert diarize(gold, mine, skip_overlap=True).total <= narrow.total + 1e-9


def test_ten_thousand_turns() -> None:
    gold = [Turn(k / 10, k / 10 + 0.15, f"s{k % 5}") for k in range(10_000)]
    found = diarize(gold, gold, collar=0.01)
    assert (found.rate, found.pieces) == (0, ())
