"""What a job pays an hour, when all hours are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goldlabel.learning.figures import table_html

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["Offer", "pay_explorer"]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """A job paid by the item.

    Attributes:
        price: For one item, in dollars.
        seconds: To label one item.
        paid_hours: Hours of labelling.
        unpaid_hours: Reading, training, searching and waiting, which nobody pays.
        rejected: Share of the items that are refused and not paid, 0 to 1.
        fee: Share that the platform or the payment service keeps, 0 to 1.
    """

    price: float
    seconds: float
    paid_hours: float
    unpaid_hours: float = 0.0
    rejected: float = 0.0
    fee: float = 0.0

    @property
    def items(self) -> float:
        """Labelled in the hours of labelling."""
        return self.paid_hours * 3600 / self.seconds

    @property
    def promised(self) -> float:
        """What an hour of labelling seems to pay, in dollars."""
        return self.price * 3600 / self.seconds

    @property
    def earned(self) -> float:
        """What arrives, in dollars."""
        return self.items * self.price * (1 - self.rejected) * (1 - self.fee)

    @property
    def effective(self) -> float:
        """What an hour pays when all hours count, in dollars; 0 without hours."""
        hours = self.paid_hours + self.unpaid_hours
        return self.earned / hours if hours else 0.0


def pay_explorer() -> VBox:
    """Sliders for an offer; a table says what it pays."""
    from ipywidgets import HTML, FloatSlider, IntSlider, Layout, VBox

    wide, style = Layout(width="520px", max_width="100%"), {"description_width": "210px"}
    price = FloatSlider(
        value=0.04, min=0.01, max=0.5, step=0.01, description="price of an item, $", layout=wide, style=style
    )
    seconds = IntSlider(30, 2, 300, 2, description="seconds an item takes you", layout=wide, style=style)
    paid = IntSlider(20, 1, 60, 1, description="hours of labelling", layout=wide, style=style)
    unpaid = IntSlider(5, 0, 40, 1, description="unpaid hours besides", layout=wide, style=style)
    rejected = IntSlider(5, 0, 50, 1, description="rejected and not paid, %", layout=wide, style=style)
    fee = IntSlider(10, 0, 40, 1, description="fees, %", layout=wide, style=style)
    sliders, view = (price, seconds, paid, unpaid, rejected, fee), HTML()

    def draw(_change: object = None) -> None:
        view.value = _offer_html(
            Offer(
                price=price.value,
                seconds=seconds.value,
                paid_hours=paid.value,
                unpaid_hours=unpaid.value,
                rejected=rejected.value / 100,
                fee=fee.value / 100,
            )
        )

    for slider in sliders:
        slider.observe(draw, names="value")
    draw()
    return VBox([*sliders, view])


def _offer_html(offer: Offer) -> str:
    rows = (
        ("An hour of labelling seems to pay", f"${offer.promised:.2f}"),
        ("You label", f"{offer.items:,.0f} items"),
        ("What arrives", f"${offer.earned:,.2f}"),
        ("Hours that it took, all of them", f"{offer.paid_hours + offer.unpaid_hours:g}"),
    )
    return f"{table_html(('', ''), rows)}<b>Your effective hourly rate: ${offer.effective:.2f}</b>"
