"""What an hour pays: worked by hand."""

from __future__ import annotations

import pytest

from goldlabel.learning.pay import Offer, pay_explorer


def test_by_hand() -> None:
    offer = Offer(price=0.05, seconds=18, paid_hours=8, unpaid_hours=2)
    assert offer.items == pytest.approx(1600)
    assert offer.promised == pytest.approx(10)
    assert offer.effective == pytest.approx(8), "the quiz of the lesson says so"


def test_rejected_work_and_fees_come_off() -> None:
    offer = Offer(price=0.1, seconds=36, paid_hours=10, rejected=0.1, fee=0.2)
    assert offer.earned == pytest.approx(1000 * 0.1 * 0.9 * 0.8)
    assert offer.effective == pytest.approx(7.2)
    assert Offer(price=1, seconds=1, paid_hours=0).effective == 0


def test_the_known_example_of_polygons() -> None:
    """$0.04 a polygon picture at 60 seconds each is $2.40 an hour."""
    assert Offer(price=0.04, seconds=60, paid_hours=1).effective == pytest.approx(2.4)


def test_sliders_reckon() -> None:
    *sliders, view = pay_explorer().children
    for slider, value in zip(sliders, (0.05, 18, 8, 2, 0, 0), strict=True):
        slider.value = value
    assert "effective hourly rate: $8.00" in view.value
