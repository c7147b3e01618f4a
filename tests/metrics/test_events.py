"""Events in time, by hand and by their properties.

         0    1    2    3    4    5    6    7    8    9   10
gold     [--- cross --------)         [ wave )
yours         [--- cross --------)         [ wave --)
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.events import Event, boundary_error, find, mean_average_precision, temporal_iou

GOLD = [Event(0, 4, "cross"), Event(6, 8, "wave")]
YOURS = [Event(1, 5, "cross"), Event(7, 9.0, "wave")]


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    starts = draw(st.lists(st.floats(0, 50), max_size=6))
    return [
        Event(start, start + draw(st.floats(0.1, 9)), draw(st.sampled_from("ab")), draw(st.sampled_from((0.2, 0.8))))
        for start in starts
    ]


def test_temporal_iou_by_hand() -> None:
    shares = temporal_iou([one[:2] for one in YOURS], [one[:2] for one in GOLD])
    assert shares.ravel().tolist() == pytest.approx([3 / 5, 0, 0, 1 / 3])


def test_f1_by_hand() -> None:
    assert find(YOURS, GOLD, 0.5).pairs == ((0, 0),)
    assert find(YOURS, GOLD, 0.5).f1 == 0.5
    assert find(YOURS, GOLD, 0.3).f1 == 1.0
    # The right time under another class finds nothing.
    assert find([Event(0, 4, "wave")], GOLD).f1 == 0.0
    assert find([], []).f1 == 1.0
    assert find([], GOLD).f1 == find(YOURS, []).f1 == 0.0


def test_the_error_of_the_boundaries() -> None:
    pairs = list(zip(YOURS, GOLD, strict=True))
    assert boundary_error(pairs) == 1.0
    assert boundary_error([(Event(1, 5, "a"), Event(1, 6, "a"))]) == 0.5
    assert boundary_error([]) == 0.0


def test_average_precision_by_hand() -> None:
    # Sure and right, less sure and wrong, least sure and right: 1/2 * 1 + 1/2 * 2/3.
    gold = [Event(0, 2, "a"), Event(10, 12, "a")]
    labels = [Event(0, 2, "a", 0.9), Event(5, 7, "a", 0.5), Event(10, 12, "a", 0.1)]
    assert mean_average_precision([labels], [gold]) == pytest.approx(1 / 2 + 1 / 3)
    # Nobody says how sure they are: precision times recall.
    plain = [one._replace(score=1.0) for one in labels]
    assert mean_average_precision([plain], [gold]) == pytest.approx(2 / 3)
    # Two clips, two classes, two temporal IoUs.
    assert mean_average_precision([[GOLD[0]], [YOURS[1]]], [[GOLD[0]], [GOLD[1]]], (0.3, 0.5)) == pytest.approx(0.75)


def test_average_precision_of_nothing() -> None:
    assert mean_average_precision([[]], [[]]) == 1.0
    assert mean_average_precision([YOURS], [[]]) == 0.0
    assert mean_average_precision([[]], [GOLD]) == 0.0
    with pytest.raises(ValueError, match="labels of 2 clips and gold of 1"):
        mean_average_precision([[], []], [[]])


def test_a_second_label_on_one_event_is_wrong() -> None:
    assert find([GOLD[0], GOLD[0]], [GOLD[0]]).f1 == pytest.approx(2 / 3)
    assert mean_average_precision([[GOLD[0], GOLD[0]]], [[GOLD[0]]]) == 0.5


@given(events(), events(), st.randoms())
def test_properties(labels: list[Event], gold: list[Event], random) -> None:
    one = find(labels, gold)
    assert 0 <= one.f1 <= 1
    assert find(gold, labels).f1 == pytest.approx(one.f1)
    figure = mean_average_precision([labels], [gold])
    assert -1e-9 <= figure <= 1 + 1e-9
    shuffled = random.sample(labels, len(labels))
    assert find(shuffled, gold).f1 == pytest.approx(one.f1)
    assert find(gold, gold).f1 == 1.0
    # Equal events of one class share one gold, so only distinct ones are all found.
    assert mean_average_precision([gold], [gold]) == pytest.approx(1.0)
