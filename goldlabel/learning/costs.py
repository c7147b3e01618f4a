"""What wrong labels cost: simple arithmetic with numbers that the reader sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goldlabel.learning.figures import table_html

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["Job", "cost_explorer"]


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A labelling job.

    Attributes:
        items: How many.
        seconds: To label one item.
        hourly: Pay an hour, in dollars.
        wrong: Share of the labels that are wrong, 0 to 1.
        harm: What one wrong label costs the client later, in dollars.
        caught: Share of the wrong labels that a second look finds, 0 to 1. Looking takes half as long as labelling.
    """

    items: int
    seconds: float
    hourly: float
    wrong: float
    harm: float
    caught: float = 0.8

    @property
    def hours(self) -> float:
        """Of labelling."""
        return self.items * self.seconds / 3600

    @property
    def pay(self) -> float:
        """For labelling, in dollars."""
        return self.hours * self.hourly

    @property
    def mistakes(self) -> float:
        """How many labels are wrong."""
        return self.items * self.wrong

    @property
    def second_look(self) -> float:
        """Pay for a second look at everything and for mending what it finds, in dollars."""
        return self.pay / 2 + self.caught * self.mistakes * self.seconds / 3600 * self.hourly

    @property
    def unchecked(self) -> float:
        """What the client pays in the end without a second look."""
        return self.pay + self.mistakes * self.harm

    @property
    def checked(self) -> float:
        """What the client pays in the end with one."""
        return self.pay + self.second_look + (1 - self.caught) * self.mistakes * self.harm


def cost_explorer() -> VBox:
    """Sliders for a job; a table says what it costs with and without a second look."""
    from ipywidgets import HTML, FloatSlider, IntSlider, Layout, VBox

    wide, style = Layout(width="520px", max_width="100%"), {"description_width": "210px"}
    items = IntSlider(10_000, 1_000, 50_000, 1_000, description="items", layout=wide, style=style)
    seconds = IntSlider(6, 2, 120, 2, description="seconds to label one", layout=wide, style=style)
    hourly = IntSlider(12, 2, 40, 1, description="pay an hour, $", layout=wide, style=style)
    wrong = IntSlider(10, 0, 40, 1, description="wrong labels, %", layout=wide, style=style)
    harm = FloatSlider(
        value=0.5, min=0, max=10, step=0.1, description="a wrong label costs later, $", layout=wide, style=style
    )
    view = HTML()
    sliders = (items, seconds, hourly, wrong, harm)

    def draw(_change: object = None) -> None:
        view.value = _job_html(
            Job(
                items=items.value,
                seconds=seconds.value,
                hourly=hourly.value,
                wrong=wrong.value / 100,
                harm=harm.value,
            )
        )

    for slider in sliders:
        slider.observe(draw, names="value")
    draw()
    return VBox([*sliders, view])


def _job_html(job: Job) -> str:
    left = (1 - job.caught) * job.mistakes
    rows = (
        ("Labelling", f"${job.pay:,.0f}", f"${job.pay:,.0f}"),
        (f"A second look (it finds {100 * job.caught:.0f} % of the mistakes)", "none", f"${job.second_look:,.0f}"),
        ("Mistakes that stay", f"{job.mistakes:,.0f}", f"{left:,.0f}"),
        ("What they cost later", f"${job.mistakes * job.harm:,.0f}", f"${left * job.harm:,.0f}"),
        ("In all", f"${job.unchecked:,.0f}", f"${job.checked:,.0f}"),
    )
    gain = job.unchecked - job.checked
    said = (
        f"The second look saves ${gain:,.0f}."
        if gain > 0
        else f"Here the second look costs ${-gain:,.0f} more than it saves."
    )
    heads = (f"{job.hours:,.1f} hours of labelling", "without a second look", "with one")
    return f"{table_html(heads, rows)}<b>{said}</b>"
