"""What a rare class does to figures: accuracy that flatters, kappa that does not, alarms that are mostly false."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from goldlabel.learning.figures import BLUE, ORANGE, VERMILION, table_html
from goldlabel.metrics.choices import accuracy, cohen_kappa

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["alarms", "base_rate_explorer", "common_class_explorer", "expected"]

Matrix = tuple[tuple[float, float], tuple[float, float]]
Points = Sequence[tuple[float, float]]

_LEFT, _TOP, _WIDTH, _HEIGHT = 46, 12, 460, 200  # the area of the curves, in pixels
_TEXT = 'font-size="13" fill="currentColor"'


def expected(share: float, common: float, rare: float) -> Matrix:
    """Shares of a confusion matrix with two classes, the common class first, gold in rows.

    Args:
        share: Of the common class in gold, 0 to 1.
        common: Share of the common class that is labelled right, 0 to 1.
        rare: Share of the other class that is labelled right, 0 to 1.

    Example:
        >>> expected(0.5, 1.0, 0.0)
        ((0.5, 0.0), (0.5, 0.0))
    """
    return ((share * common, share * (1 - common)), ((1 - share) * (1 - rare), (1 - share) * rare))


def alarms(mails: int, spam: float, found: float, false: float) -> tuple[float, float]:
    """Right and false alarms of a filter, in mails.

    Args:
        mails: How many come in.
        spam: Share of spam among them, 0 to 1.
        found: Share of the spam that is caught (recall), 0 to 1.
        false: Share of the wanted mail that is caught as well, 0 to 1.
    """
    return mails * spam * found, mails * (1 - spam) * false


def common_class_explorer() -> VBox:
    """Sliders for a worker and for how common one class is; accuracy and kappa are drawn over that share."""
    from ipywidgets import HTML, IntSlider, Layout, VBox

    wide, style = Layout(width="560px", max_width="100%"), {"description_width": "290px"}
    share = IntSlider(90, 50, 99, 1, description="positive reviews, of 100", layout=wide, style=style)
    common = IntSlider(100, 0, 100, 5, description="positive ones labelled right, %", layout=wide, style=style)
    rare = IntSlider(0, 0, 100, 5, description="other ones labelled right, %", layout=wide, style=style)
    view = HTML()

    def figures(at: float) -> tuple[float, float]:
        matrix = expected(at, common.value / 100, rare.value / 100)
        return float(accuracy(matrix)), float(cohen_kappa(matrix))

    def draw(_change: object = None) -> None:
        steps = [at / 100 for at in range(50, 100)]
        curves = [
            (name, color, dash, [(at, max(0.0, figures(at)[which])) for at in steps])
            for which, (name, color, dash) in enumerate((("accuracy", BLUE, ""), ("kappa", ORANGE, "8 5")))
        ]
        right, kappa = figures(share.value / 100)
        view.value = (
            _plot(curves, share.value / 100, (0.5, 1.0), "share of the common class (positive)")
            + f"<b>Accuracy {right:.2f}, kappa {kappa:.2f}.</b> {_verdict(right, kappa)}"
        )

    for slider in (share, common, rare):
        slider.observe(draw, names="value")
    draw()
    return VBox([share, common, rare, view])


def _verdict(right: float, kappa: float) -> str:
    if right >= 0.8 and kappa < 0.6:
        return "The accuracy flatters: much of it is the common class."
    if kappa >= 0.75:
        return "This worker tells the classes apart."
    if kappa >= 0.6:
        return "Fair work, below the bar of 0.75 for kappa."
    return "Neither figure is good."


def base_rate_explorer() -> VBox:
    """Sliders for a filter and for how much spam there is; the table counts a thousand mails."""
    from ipywidgets import HTML, IntSlider, Layout, VBox

    wide, style = Layout(width="560px", max_width="100%"), {"description_width": "290px"}
    spam = IntSlider(50, 1, 90, 1, description="spam, of 100 mails", layout=wide, style=style)
    found = IntSlider(95, 0, 100, 1, description="spam that the filter catches, %", layout=wide, style=style)
    false = IntSlider(2, 0, 30, 1, description="wanted mail that it catches, too, %", layout=wide, style=style)
    view = HTML()

    def precise(at: float) -> float:
        right, wrong = alarms(1000, at, found.value / 100, false.value / 100)
        return right / (right + wrong) if right + wrong else 1.0

    def draw(_change: object = None) -> None:
        share = spam.value / 100
        right, wrong = alarms(1000, share, found.value / 100, false.value / 100)
        curve = [(at / 100, precise(at / 100)) for at in range(1, 101)]
        rows = (
            ("spam", f"{1000 * share:.0f}", f"{right:.0f}", f"{1000 * share - right:.0f}"),
            ("wanted", f"{1000 * (1 - share):.0f}", f"{wrong:.0f}", f"{1000 * (1 - share) - wrong:.0f}"),
        )
        view.value = (
            table_html(("of 1,000 mails", "in all", "put into the spam folder", "let through"), rows)
            + f"<b>Of {right + wrong:.0f} mails in the spam folder, {right:.0f} are spam: "
            f"precision {precise(share):.2f}.</b>"
            + _plot([("precision", VERMILION, "", curve)], share, (0.0, 1.0), "share of spam in the mailbox")
        )

    for slider in (spam, found, false):
        slider.observe(draw, names="value")
    draw()
    return VBox([spam, found, false, view])


def _plot(
    curves: Sequence[tuple[str, str, str, Points]],
    marked: float,
    span: tuple[float, float],
    axis: str,
) -> str:
    """Curves from 0 to 1 over a share, with a mark at ``marked``; light and dark pages alike."""
    low, high = span

    def x(value: float) -> float:
        return _LEFT + _WIDTH * (value - low) / (high - low)

    def y(value: float) -> float:
        return _TOP + _HEIGHT * (1 - value)

    parts = [
        f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{y(height):.0f}" y2="{y(height):.0f}" '
        'stroke="currentColor" stroke-opacity=".18"/>'
        f'<text x="{_LEFT - 8}" y="{y(height) + 4:.0f}" text-anchor="end" {_TEXT}>{height:g}</text>'
        for height in (0, 0.25, 0.5, 0.75, 1)
    ]
    ticks = [low + (high - low) * k / 5 for k in range(6)]
    parts += [
        f'<text x="{x(at):.0f}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle" {_TEXT}>{at:.0%}</text>' for at in ticks
    ]
    parts.append(
        f'<text x="{_LEFT + _WIDTH / 2}" y="{_TOP + _HEIGHT + 38}" text-anchor="middle" {_TEXT}>{escape(axis)}</text>'
        f'<line x1="{x(marked):.1f}" x2="{x(marked):.1f}" y1="{_TOP}" y2="{_TOP + _HEIGHT}" stroke="currentColor" '
        'stroke-opacity=".6" stroke-dasharray="3 3"/>'
    )
    for k, (name, color, dash, points) in enumerate(curves):
        line = " ".join(f"{x(at):.1f},{y(value):.1f}" for at, value in points)
        here = min(points, key=lambda point: abs(point[0] - marked))
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2.6" stroke-dasharray="{dash}"/>'
            f'<circle cx="{x(here[0]):.1f}" cy="{y(here[1]):.1f}" r="5" fill="{color}"/>'
            f'<line x1="{_LEFT + _WIDTH + 16}" x2="{_LEFT + _WIDTH + 46}" y1="{_TOP + 14 + 24 * k}" '
            f'y2="{_TOP + 14 + 24 * k}" stroke="{color}" stroke-width="3" stroke-dasharray="{dash}"/>'
            f'<text x="{_LEFT + _WIDTH + 54}" y="{_TOP + 18 + 24 * k}" {_TEXT}>{escape(name)}</text>'
        )
    said = "; ".join(
        f"{name} {min(points, key=lambda point: abs(point[0] - marked))[1]:.2f}" for name, _, _, points in curves
    )
    width, height = _LEFT + _WIDTH + 140, _TOP + _HEIGHT + 46
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" style="max-width:100%;display:block" role="img" '
        f'aria-label="{escape(f"At {marked:.0%} {axis}: {said}")}">{"".join(parts)}</svg>'
    )
