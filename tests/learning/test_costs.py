"""What a labelling job costs: worked by hand."""

from __future__ import annotations

import pytest

from goldlabel.learning.costs import Job, cost_explorer

JOB = Job(items=6000, seconds=6, hourly=12, wrong=0.1, harm=1.0, caught=0.8)


def test_by_hand() -> None:
    assert JOB.hours == pytest.approx(10)
    assert JOB.pay == pytest.approx(120)
    assert JOB.mistakes == pytest.approx(600)
    assert JOB.second_look == pytest.approx(60 + 480 * 6 / 3600 * 12)
    assert JOB.unchecked == pytest.approx(120 + 600)
    assert JOB.checked == pytest.approx(120 + 69.6 + 120)


def test_sliders_change_the_verdict() -> None:
    *sliders, view = cost_explorer().children
    assert "The second look saves $" in view.value
    sliders[-1].value = 0
    assert "more than it saves" in view.value
