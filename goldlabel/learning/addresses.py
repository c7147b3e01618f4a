"""Whose address is it? The domain is read from the right; what stands in front of it can be anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from goldlabel.learning.figures import VERMILION, Picture

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["Parts", "address_reader", "address_table", "parts"]

_LINK = re.compile(r"^(?P<scheme>https?://)?(?P<host>[^/?#:\s]+)(?P<path>[/?#:].*)?$", re.IGNORECASE)


class Parts(NamedTuple):
    """An address of a mail or a page, cut up; the four together are the address.

    Attributes:
        before: What anybody may choose: the name before ``@``, ``https://``, names in front of the owner's.
        owner: The name that somebody has registered, with its ending: ``oakmere.test``.
        after: What stands behind it: the path of a page.
    """

    before: str
    owner: str
    after: str


def parts(address: str) -> Parts:
    """Cut an address up.

    The owner is taken to be the last two names. That holds for ``.test`` and for endings such as ``.com``; some
    countries have endings of two names (``.co.uk``), where the owner is the third name from the right.

    Args:
        address: ``someone@shop.test``, ``shop.test/path``, or a name and an address in ``< >``.

    Returns:
        Its parts; all of it in ``before`` when no domain with a dot is found.

    Example:
        >>> parts("service@oakmere.id-check.test").owner
        'id-check.test'
    """
    whole = address.strip()
    tail = ""
    start = 0
    if whole.endswith(">") and "<" in whole:
        whole, tail = whole[:-1], ">"
        start = whole.rindex("<") + 1
    if "@" in whole[start:]:
        # A page may carry an @ too: what counts is behind the last one before the first slash.
        head = re.split(r"[/?#]", whole[start:].split("://")[-1])[0]
        at = whole.index(head, start) + head.rfind("@") + 1
        start = max(start, at)
    found = _LINK.match(whole[start:])
    if found is None or "." not in found["host"].strip("."):
        return Parts(address.strip(), "", "")
    host = found["host"].rstrip(".")
    names = host.split(".")
    owner = ".".join(names[-2:])
    front = whole[:start] + (found["scheme"] or "") + host[: len(host) - len(owner)]
    return Parts(front, owner, whole[len(front) + len(owner) :] + tail)


def address_table(rows: Sequence[tuple[str, str]]) -> Picture:
    """Addresses with the owner's part marked, and a remark on each."""
    cell = "padding:5px 22px 5px 0;text-align:left;vertical-align:top;border:0"
    body = "".join(
        f'<tr style="background:none"><td style="{cell};font-family:monospace">{_marked(parts(address))}</td>'
        f'<td style="{cell}">{escape(remark)}</td></tr>'
        for address, remark in rows
    )
    head = "".join(f'<th scope="col" style="{cell};font-weight:600">{name}</th>' for name in ("address", "whose it is"))
    text = "; ".join(f"{address}: {parts(address).owner}" for address, _ in rows)
    return Picture(
        f'<table style="border-collapse:collapse;font-size:14px;margin:6px 0"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>",
        text,
    )


def address_reader(address: str = "service@oakmere.id-check.test") -> VBox:
    """A line to type an address into; the part that counts is marked."""
    from ipywidgets import HTML, Layout, Text, VBox

    line = Text(
        value=address,
        description="An address",
        layout=Layout(width="640px", max_width="100%"),
        style={"description_width": "100px"},
    )
    view = HTML()

    def draw(_change: object = None) -> None:
        cut = parts(line.value)
        said = (
            f"It belongs to whoever owns <b>{escape(cut.owner)}</b>."
            if cut.owner
            else "No address yet: it needs a name, a dot and an ending."
        )
        view.value = f'<div style="font-family:monospace;font-size:16px;padding:6px 0">{_marked(cut)}</div>{said}'

    line.observe(draw, names="value")
    draw()
    return VBox([line, view])


def _marked(cut: Parts) -> str:
    owner = f'<b style="border-bottom:3px solid {VERMILION}">{escape(cut.owner)}</b>' if cut.owner else ""
    return f"{escape(cut.before)}{owner}{escape(cut.after)}"
