"""Sound events: F1 by event with collars and by second, by hand and against a count of all pairings."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.events import Event
from goldlabel.metrics.sounds import count_events, count_seconds, fits, match_events

TIMES = st.integers(0, 30).map(lambda tenth: tenth / 10)
SOUNDS = st.lists(
    st.tuples(TIMES, TIMES, st.sampled_from(["dog", "car"])).map(
        lambda one: Event(min(one[:2]), max(one[:2]) + 0.1, one[2])
    ),
    max_size=4,
)


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (1.0, 2.0, True),
        (0.8, 2.0, True),
        (1.2, 2.0, True),
        (1.3, 2.0, False),
        (0.7, 2.0, False),
        (1.0, 2.5, True),
        (1.0, 2.6, False),
        (1.0, 1.5, True),
        (1.0, 1.4, False),
    ],
)
def test_collars(start: float, end: float, right: bool) -> None:
    # A second long: the start may be off by 0.2 s, the end by half a second.
    assert count_events([Event(start, end, "dog")], [Event(1, 2, "dog")]).right == right


def test_a_short_event_has_the_collar_at_its_end_too() -> None:
    assert count_events([Event(1, 1.3, "dog")], [Event(1, 1.1, "dog")]).right == 1
    assert count_events([Event(1, 1.3, "dog")], [Event(1, 1.1, "dog")], collar=0.1).right == 0
    assert count_events([Event(1, 3, "dog")], [Event(1, 2, "dog")], offset_share=1).right == 1


def test_classes_count_unless_told() -> None:
    mine, gold = [Event(1, 2, "dog")], [Event(1, 2, "car")]
    assert not fits(mine, gold).any()
    assert fits(mine, gold, any_class=True).all()


def test_one_label_finds_one_event() -> None:
    gold = [Event(1.0, 2, "dog"), Event(1.3, 2.3, "dog")]
    assert count_events([Event(1.15, 2.1, "dog")], gold).right == 1
    # The first label fits both events, the second one only the first: both are found all the same.
    assert count_events([Event(1.15, 2.1, "dog"), Event(0.9, 2, "dog")], gold).right == 2


def test_seconds() -> None:
    gold, mine = [Event(0.5, 2.5, "dog"), Event(0, 1, "car")], [Event(1.0, 4.0, "dog")]
    found = count_seconds(mine, gold)
    assert (found.right, found.gold, found.labelled) == (2, 4, 3)
    assert found.f1 == pytest.approx(4 / 7)
    assert count_seconds(mine, gold, length=0.5).gold == 6
    assert count_seconds([], []).f1 == count_events([], []).f1 == 1
    assert count_seconds([], gold).f1 == count_events([], gold).f1 == 0


@pytest.mark.parametrize("bad", [Event(-1, 1, "dog"), Event(0, float("nan"), "dog"), Event(0, 1e9, "dog")])
def test_bad_times_are_refused(bad: Event) -> None:
    with pytest.raises(ValueError, match="an event lies from"):
        count_seconds([bad], [])
    with pytest.raises(ValueError, match="longer than 0"):
        count_seconds([], [], length=0)


@given(SOUNDS, SOUNDS)
def test_as_many_events_are_found_as_can_be(mine: list[Event], gold: list[Event]) -> None:
    fitting = fits(mine, gold)
    places = [*range(len(gold)), *([None] * len(mine))]
    best = (
        max(
            sum(j is not None and bool(fitting[i, j]) for i, j in enumerate(order[: len(mine)]))
            for order in permutations(places)
        )
        if len(places) <= 6
        else None
    )
    found = match_events(fitting)
    assert all(fitting[i, j] for i, j in found)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    if best is not None:
        assert len(found) == best


@given(SOUNDS, SOUNDS)
def test_both_ways_and_bounds(mine: list[Event], gold: list[Event]) -> None:
    assert count_seconds(mine, gold).f1 == count_seconds(gold, mine).f1
    assert 0 <= count_events(mine, gold).f1 <= 1
    assert count_events(gold, gold).f1 == count_seconds(gold, gold).f1 == 1
