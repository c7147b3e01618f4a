"""Pieces of a review as HTML: the score with its bars, measures, rows a class, and findings.

Inline styles only, colours taken from the page (``currentColor``), so that the same fragment reads well in
JupyterLab light and dark, in a feedback page and in print. Everything that a learner wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.metrics.intervals import Interval
from goldlabel.review.findings import KINDS, Finding, Measure, Review
from goldlabel.review.rubric import Bars
from goldlabel.review.wording import plain, shown

__all__ = [
    "SEVERITY",
    "classes_table",
    "findings_table",
    "measures_table",
    "score_bar",
    "text_table",
]

_LEVELS = {
    "production": "Production: what a client's own quality check asks.",
    "good": "Good: what most paid projects ask of a newcomer.",
    "pass": "Pass: good enough to go on.",
    "below": "Below the pass bar: go back to the rules that are named below.",
}
_CLOSE = 0.08
"""Bars that are closer than this have no room for their names on one line."""

_CELL = "padding:4px 12px 4px 0;text-align:left;vertical-align:top;border:0"
SEVERITY = {"error": "✖", "warning": "▲", "format": "?"}


def score_bar(score: float, level: str, bars: Bars, interval: Interval | None = None) -> str:
    """The score as a number and as a bar on which the three bars of the rubric are marked."""
    # Names of bars that stand close together would run into each other: the middle one goes a line down.
    low = min(bars.good - bars.passed, bars.production - bars.good) < _CLOSE
    marks = "".join(
        f'<line x1="{400 * at:.0f}" y1="0" x2="{400 * at:.0f}" y2="22" stroke="currentColor" stroke-width="1.5"/>'
        f'<text x="{400 * at:.0f}" y="{50 if low and name == "good" else 36}" font-size="11" text-anchor="{anchor}" '
        f'fill="currentColor">{name} {at:.2f}</text>'
        for name, at, anchor in (
            ("pass", bars.passed, "end"),
            ("good", bars.good, "middle"),
            ("production", bars.production, "start"),
        )
    )
    height = 54 if low else 40
    spread = ""
    if interval is not None:
        x1, x2 = 400 * interval.low, 400 * interval.high
        spread = (
            f'<line x1="{x1:.1f}" y1="11" x2="{x2:.1f}" y2="11" stroke="#000" stroke-width="5"/>'
            f'<line x1="{x1:.1f}" y1="11" x2="{x2:.1f}" y2="11" stroke="#fff" stroke-width="2"/>'
        )
    sure = f", 95 % interval {interval}" if interval is not None else ""
    return (
        '<div style="display:flex;flex-wrap:wrap;align-items:center;gap:18px;margin:8px 0">'
        f'<div style="font-size:34px;font-weight:650;line-height:1">{shown(score)}</div>'
        f'<svg viewBox="-2 0 480 {height}" width="480" height="{height}" role="img" '
        f'aria-label="Score {shown(score)}{sure}">'
        '<rect width="400" height="22" rx="4" fill="currentColor" fill-opacity=".12"/>'
        f'<rect width="{400 * score:.1f}" height="22" rx="4" fill="{"#009E73" if level != "below" else "#E69F00"}"/>'
        f"{spread}{marks}</svg>"
        f"<div>{_LEVELS[level]}{f'<br/><small>The black line: {sure[2:]}.</small>' if sure else ''}</div></div>"
    )


def measures_table(measures: Sequence[Measure]) -> str:
    """Single figures beside their bars."""
    rows = [
        (
            measure.title,
            measure.text,
            f"{'✔' if measure.reached else '✖'} {measure.verdict}" if measure.verdict else "",
            "" if measure.interval is None else str(measure.interval),
        )
        for measure in measures
    ]
    return text_table(("Measure", "Value", "Bar", "95 % interval"), rows)


def classes_table(review: Review) -> str:
    """One row a class that occurs."""
    rows = [
        (plain(row.label), str(row.gold), str(row.labelled), str(row.found), str(row.confused), shown(row.f1))
        for row in review.classes
        if row.gold or row.labelled
    ]
    return text_table(("Class", "There are", "You labelled", "Right", "Called something else", "F1"), rows)


def findings_table(findings: Sequence[Finding], rules: Mapping[str, str] | None = None) -> str:
    """Findings, errors first, each with the rule that it broke.

    Args:
        findings: Of one item or of many.
        rules: Titles of the rules by id, shown beside the id.
    """
    if not findings:
        return '<p style="margin:6px 0">✔ Nothing to complain of.</p>'
    order = {"error": 0, "format": 1, "warning": 2}
    titles = rules or {}
    rows = [
        (
            f"{SEVERITY[finding.severity]} {KINDS[finding.kind]}",
            finding.message,
            f"{finding.rule} {titles.get(finding.rule, '')}".strip(),
        )
        for finding in sorted(findings, key=lambda finding: order[finding.severity])
    ]
    return text_table(("Finding", "What", "Rule"), rows)


def text_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of text, set flush left; everything is escaped."""
    head = "".join(f'<th scope="col" style="{_CELL};font-weight:600">{escape(text)}</th>' for text in heads)
    body = "".join(
        '<tr style="background:none">' + "".join(f'<td style="{_CELL}">{escape(text)}</td>' for text in row) + "</tr>"
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse;margin:6px 0;font-size:13px">'
        f'<thead><tr style="border-bottom:1px solid currentColor">{head}</tr></thead><tbody>{body}</tbody></table>'
    )
