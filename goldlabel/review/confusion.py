"""The confusion matrix as an HTML table: which class was taken for which.

Figures stand in the cells, so that colour only helps: blue on the diagonal (right), orange beside it (confused).
The tints are thin enough for the page's own text colour to stay readable, light and dark.
"""

from __future__ import annotations

from html import escape

from goldlabel.review.findings import Confusion
from goldlabel.review.wording import plain, spoken

__all__ = ["confusion_table", "worst_confusion"]

_RIGHT, _WRONG = "0,114,178", "213,94,0"  # Okabe and Ito's blue and vermilion
_THINNEST, _THICKEST = 0.12, 0.40
_CELL = "padding:6px 12px;border:1px solid rgba(127,127,127,.45);text-align:center;min-width:44px"
_HEAD = f"{_CELL};font-weight:600"


def confusion_table(confusion: Confusion) -> str:
    """``confusion`` as a table with named rows and columns, and a sentence on the commonest confusion."""
    heads = "".join(f'<th scope="col" style="{_HEAD}">{escape(plain(name))}</th>' for name in confusion.labels)
    rows = []
    for name, counts in zip(confusion.gold, confusion.counts, strict=True):
        whole = sum(counts)
        cells = "".join(
            f'<td style="{_CELL}{_tint(count, whole, right=other == name)}">{count or "·"}</td>'
            for other, count in zip(confusion.labels, counts, strict=True)
        )
        head = f'<th scope="row" style="{_HEAD};text-align:right">{escape(plain(name))}</th>'
        rows.append(f'<tr style="background:none">{head}{cells}</tr>')
    span = len(confusion.labels)
    return (
        '<table style="border-collapse:collapse;margin:10px 0 4px;font-size:13px;font-variant-numeric:tabular-nums">'
        '<caption style="caption-side:top;text-align:left;padding:0 0 6px;color:inherit">'
        "<b>Confusion matrix.</b> A row is what it is, a column what you called it. Right answers lie on the "
        "diagonal.</caption>"
        f'<thead><tr style="background:none"><td style="border:0"></td><th scope="colgroup" colspan="{span}" '
        f'style="{_HEAD};border-bottom:0">you called it</th></tr>'
        f'<tr style="background:none"><th scope="col" style="{_HEAD};text-align:right">it is</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
        f'<p style="margin:2px 0 10px">{escape(worst_confusion(confusion))}</p>'
    )


def worst_confusion(confusion: Confusion) -> str:
    """The commonest confusion in one sentence; among equals the first one of the table."""
    off = [
        (count, name, other)
        for name, counts in zip(confusion.gold, confusion.counts, strict=True)
        for other, count in zip(confusion.labels, counts, strict=True)
        if other != name and other in confusion.gold
    ]
    count, name, other = max(off, key=lambda entry: entry[0], default=(0, "", ""))
    if not count:
        return "You took no class for another."
    if count == 1:
        return "No confusion came up more than once."
    return f"Your commonest confusion: {spoken(name)} called {spoken(other)}, {count} times."


def _tint(count: int, whole: int, *, right: bool) -> str:
    if not count:
        return ""
    strength = _THINNEST + (_THICKEST - _THINNEST) * count / whole
    return f";background:rgba({_RIGHT if right else _WRONG},{strength:.2f});font-weight:{650 if right else 400}"
