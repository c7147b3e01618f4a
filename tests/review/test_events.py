"""Review of events: found, missed, called wrongly, and boundaries that are off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Segment
from goldlabel.errors import GoldError
from goldlabel.review import EventRubric, Review
from tests.review.clips import by_hand, event, judge

RUBRIC = EventRubric(rules={"boundary": "R3"})
GOLD = [event("e1", 0.2, 1.2), event("e2", 1.0, 2.0, "wave")]


def check(labels: list, gold: list | None = None, **options) -> Review:
    return judge(labels, GOLD if gold is None else gold, RUBRIC, **options)


def kinds(review: Review) -> list[str]:
    return [finding.kind for finding in review.findings]


def value(review: Review, name: str) -> float:
    return next(one.value for one in review.measures if one.name == name)


def test_all_right() -> None:
    result = check([event("a", 0.2, 1.2), event("b", 1.0, 2.0, "wave")])
    assert result.score == 1.0
    assert result.findings == ()
    assert value(result, "map") == value(result, "mean_overlap") == 1.0
    assert value(result, "boundary") == 0.0
    assert result.decisions == 2


def test_a_boundary_that_is_off() -> None:
    result = check([event("a", 0.2, 1.8), event("b", 1.0, 2.0, "wave")])
    (finding,) = result.findings
    assert finding.message == (
        "Cross from 0.2 s to 1.8 s ends 0.6 s too late: it goes from 0.2 s to 1.2 s (overlap in time 62 %)."
    )
    assert (finding.kind, finding.severity, finding.rule) == ("boundary", "warning", "R3")
    assert finding.seconds == (0.2, 1.8)
    assert value(result, "f1") == 1.0
    assert value(result, "boundary") == pytest.approx(0.6 / 4)
    assert 0.9 < result.score < 1


def test_too_far_off_to_count() -> None:
    result = check([event("a", 0.8, 2.4), event("b", 1.0, 2.0, "wave")])
    (finding,) = result.findings
    assert finding.severity == "error"
    assert "begins 0.6 s too late and ends 1.2 s too late, too far off to count" in finding.message
    assert value(result, "f1") == 0.5


def test_the_wrong_name_for_the_right_time() -> None:
    result = check([event("a", 0.2, 1.2, "wave"), event("b", 1.0, 2.0, "wave")])
    (finding,) = result.findings
    assert finding.message == "You called it wave from 0.2 s to 1.2 s; it is cross."
    assert value(result, "f1") == 0.5
    assert result.confusion is not None
    assert result.confusion.counts == ((0, 1), (0, 1))


def test_events_at_the_same_time_go_by_their_class_first() -> None:
    gold = [event("e1", 0.0, 2.0), event("e2", 0.3, 2.0, "wave")]
    # The wave of the learner lies closer to the crossing than to the wave.
    result = check([event("a", 0.0, 2.0, "wave"), event("b", 0.3, 2.0)], gold)
    assert "mismatching_label" not in kinds(result)
    assert value(result, "f1") == 1.0


def test_missed_extra_and_twice() -> None:
    result = check([event("a", 0.2, 1.2), event("b", 0.3, 1.2), event("c", 2.5, 2.9, "wave")])
    assert sorted(one.message for one in result.findings) == [
        "Cross from 0.3 s to 1.2 s is a second label on one event.",
        "Nothing that is to be marked happens from 2.5 s to 2.9 s, where you have wave.",
        "You missed wave from 1.0 s to 2.0 s.",
    ]
    assert value(result, "precision") == pytest.approx(1 / 3)
    assert result.hints() == ("Extra: cross", "Missing: wave", "Extra: wave")


def test_difficult_events_are_set_aside() -> None:
    gold = [event("e1", 0.2, 1.2), event("e2", 2.0, 2.8, difficult=True)]
    for labels in ([event("a", 0.2, 1.2)], [event("a", 0.2, 1.2), event("b", 2.1, 2.7, "wave")]):
        result = check(labels, gold)
        assert result.score == 1.0
        assert result.findings == ()


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        (event("a", 1.0, 1.0), "is empty: it begins at 1 s and ends at 1 s"),
        (event("a", 2.0, 3.5), "lies from 2 s to 3.5 s, but there are 3 s in all"),
        (event("a", -1.0, 1.0), "lies from -1 s to 1 s"),
        (event("a", 0.0, float("inf")), "has a time that is not a number"),
        (event("a", 0.0, 1.0, "jump"), "has the class 'jump'"),
        (by_hand("a", 0), "is no event but a track"),
    ],
)
def test_what_cannot_be_judged_is_told_and_left_out(label, problem: str) -> None:
    result = check([label, event("x", 0.2, 1.2), event("y", 1.0, 2.0, "wave")])
    (finding,) = result.findings
    assert finding.kind == "invalid"
    assert problem in finding.message
    assert result.score == 1.0


def test_nothing() -> None:
    assert check([], []).score == 1.0
    assert kinds(check([])) == ["missing", "missing"]
    assert check([]).score == 0.0
    assert kinds(check([], done=False)) == ["unlabelled"]
    assert check([event("a", 0, 1)], []).score == 0.0
    with pytest.raises(GoldError, match="'jump'"):
        check([], [event("e1", 0, 1, "jump")])


segments = st.lists(
    st.tuples(st.floats(0, 2), st.floats(0.05, 0.9), st.sampled_from(("cross", "wave"))), max_size=5
).map(lambda rows: [event(f"e{n}", start, start + long, name) for n, (start, long, name) in enumerate(rows)])


@given(segments, segments)
def test_any_events_are_judged(labels: list[Segment], gold: list[Segment]) -> None:
    result = check(labels, gold)
    assert -1e-9 <= result.score <= 1 + 1e-9
    assert check(gold, gold).score == pytest.approx(1.0)
