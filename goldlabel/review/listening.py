"""Findings of a recording, each with the piece of sound that it speaks of.

A piece is the whole recording's address with a media fragment (W3C Media Fragments URI 1.0): ``#t=3.2,4.8``. It works
in an audio element without a line of JavaScript, for files and for ``data:`` addresses alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.review.findings import KINDS, Finding
from goldlabel.review.html import SEVERITY, findings_table
from goldlabel.review.moments import from_to

__all__ = ["MOST_CARRIED", "heard_findings", "player"]

MOST_CARRIED = 2_000_000
"""Characters that the pieces of one recording may add to a page, where each carries the whole sound with it."""

_CELL = "padding:6px 12px 6px 0;text-align:left;vertical-align:middle;border:0"


def player(sound: str, stretch: tuple[float, float] | None = None, *, name: str = "The recording") -> str:
    """An audio element for a recording, or for a piece of it in seconds."""
    piece = f"#t={stretch[0]:g},{stretch[1]:g}" if stretch else ""
    width = 180 if stretch else 420
    return (
        f'<audio controls preload="metadata" aria-label="{escape(name)}" src="{escape(sound + piece)}" '
        f'style="width:{width}px;max-width:100%;height:32px;vertical-align:middle"></audio>'
    )


def heard_findings(findings: Sequence[Finding], rules: Mapping[str, str] | None, sound: str) -> str:
    """Findings by number, as on the timeline, with a player each.

    Args:
        findings: Of one recording, in the order of their numbers.
        rules: Titles of the rules by id.
        sound: Address of the recording; without one there are no players.
    """
    if not findings or not sound:
        return findings_table(findings, rules)
    left = MOST_CARRIED
    rows = []
    for number, one in enumerate(findings, start=1):
        piece = ""
        if one.seconds:
            cost = len(sound) if sound.startswith("data:") else 0
            left -= cost
            where = from_to(*one.seconds)
            piece = player(sound, one.seconds, name=f"Play {where}") if left >= 0 else f"Play {where}"
        title = (rules or {}).get(one.rule, "")
        cells = (
            str(number),
            f"{SEVERITY[one.severity]} {KINDS[one.kind]}",
            one.message,
            f"{one.rule} {title}".strip(),
        )
        html = "".join(f'<td style="{_CELL}">{escape(text)}</td>' for text in cells)
        rows.append(f'<tr style="background:none">{html}<td style="{_CELL}">{piece}</td></tr>')
    heads = "".join(
        f'<th scope="col" style="{_CELL};font-weight:600">{text}</th>'
        for text in ("No.", "Finding", "What", "Rule", "Listen")
    )
    return (
        '<table style="border-collapse:collapse;margin:6px 0;font-size:13px"><thead>'
        f'<tr style="border-bottom:1px solid currentColor">{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )
