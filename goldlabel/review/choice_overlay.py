"""A judged choice as HTML: the picture or the text, your class, the right class and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.annotations import Choice, Item
from goldlabel.review.findings import ItemReview
from goldlabel.review.wording import plain

__all__ = ["chip", "choice_line", "choice_overlay", "item_html"]

_CHIP = (
    "display:inline-flex;align-items:center;gap:8px;padding:3px 12px 3px 8px;border:1px solid currentColor;"
    "border-radius:14px;margin:0 8px 6px 0"
)


def choice_overlay(
    item: Item,
    labels: Sequence[Choice],
    gold: Sequence[Choice],
    review: ItemReview,
    *,
    colors: Mapping[str, str],
    picture: str = "",
) -> str:
    """The item with your answer, the right one, and the reason that gold gives.

    Args:
        item: A picture or a text.
        labels: The learner's answers.
        gold: The right ones.
        review: The verdict.
        colors: ``#rrggbb`` by class name.
        picture: Address of the picture, for instance a ``data:`` URI; not used for a text.
    """
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:12px 22px;align-items:flex-start;margin:6px 0">'
        f'{item_html(item, picture)}<div style="flex:1;min-width:260px;max-width:70ch">'
        f"{''.join(_verdict(one, labels, review, colors) for one in gold)}</div></div>"
    )


def choice_line(item: Item, labels: Sequence[Choice], gold: Sequence[Choice]) -> str:
    """A right answer as one line: item, class and reason."""
    said = {one.id: one.label for one in reversed(labels)}
    parts = [
        f"<b>{escape(plain(said.get(one.id, one.label)))}</b> {escape(str(one.attributes.get('why', '')))}".strip()
        for one in gold
    ]
    return f'<li style="margin:2px 0">{escape(item.id)}: {"; ".join(parts)}</li>'


def item_html(item: Item, picture: str = "") -> str:
    """A text as a quotation, or the picture at its address; empty where there is neither."""
    if item.text and item.beside:
        return f"{_quoted(item.beside, 'The source')}{_quoted(item.text, 'The text to judge')}"
    if item.text:
        return (
            '<blockquote style="flex:1 1 320px;max-width:70ch;margin:0;padding:8px 16px;line-height:1.55;'
            f'font-size:15px;border-left:4px solid currentColor;white-space:pre-line">{escape(item.text)}</blockquote>'
        )
    if not picture:
        return ""
    return (
        f'<img src="{escape(picture)}" alt="{escape(item.alt or item.id)}" '
        'style="flex:0 1 auto;width:320px;max-width:100%;height:auto;border-radius:6px"/>'
    )


def _quoted(text: str, title: str) -> str:
    return (
        f'<div style="flex:1 1 320px;max-width:70ch"><p style="margin:0 0 4px"><b>{title}</b></p>'
        '<blockquote style="margin:0;padding:6px 16px;line-height:1.5;font-size:14px;'
        f'border-left:4px solid currentColor;white-space:pre-line">{escape(text)}</blockquote></div>'
    )


def _verdict(true: Choice, labels: Sequence[Choice], review: ItemReview, colors: Mapping[str, str]) -> str:
    # Of two answers to one question, the first is the one that was judged.
    answer = next((one for one in labels if one.id == true.id), None)
    pair = next((one for one in review.pairs if one.gold == true.id), None)
    right = pair is not None and pair.same_class
    if true.difficult:
        mark, said = "○", "set aside: too close to call, so it is neither rewarded nor punished"
    elif pair is None or answer is None:
        mark, said = "✖", "no answer that counts"
    else:
        mark, said = ("✔", "your answer") if right else ("✖", "your answer, not right")
    yours = chip(answer.label, colors, f"{mark} {said}") if answer else f"<p style='margin:0 0 6px'>{mark} {said}</p>"
    gold = "" if right and answer and answer.label == true.label else chip(true.label, colors, "★ the right answer")
    also = "".join(
        chip(name, colors, "☆ counts as right, too") for name in true.accepted if not (answer and answer.label == name)
    )
    why = str(true.attributes.get("why", ""))
    return f'<div>{yours}{gold}{also}</div><p style="margin:2px 0 6px">{escape(why)}</p>'


def chip(name: str, colors: Mapping[str, str], note: str) -> str:
    """A class with its colour, and what is said of it, on a line of its own."""
    return (
        f'<div><span style="{_CHIP}"><span aria-hidden="true" style="width:14px;height:14px;border-radius:3px;'
        f'border:1px solid rgba(127,127,127,.8);background:{escape(colors.get(name, "#888888"))}"></span>'
        f"<b>{escape(plain(name))}</b></span><span>{escape(note)}</span></div>"
    )
