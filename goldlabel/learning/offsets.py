"""How tools store names: one tag a token (IOB2), or offsets, which three kinds of programs count in three ways."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

import msgspec

from goldlabel.annotations import Span, only
from goldlabel.formats import conll
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import Picture
from goldlabel.review.html import text_table
from goldlabel.review.wording import counted

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["Counted", "iob_table", "offset_explorer", "three_counts"]


class Counted(msgspec.Struct, frozen=True):
    """Where a name lies, as one kind of program counts.

    Attributes:
        unit: What is counted.
        who: Which programs count so.
        start: Units before the name.
        end: Units up to its end.
        cut: What a program that counts code points finds at these numbers.
    """

    unit: str
    who: str
    start: int
    end: int
    cut: str


def three_counts(text: str, name: str) -> tuple[Counted, ...]:
    """Where ``name`` first stands in ``text``, in code points, UTF-16 units and UTF-8 bytes; empty where it does not.

    Example:
        >>> [(one.start, one.end) for one in three_counts("é Bo", "Bo")]
        [(2, 4), (2, 4), (3, 5)]
    """
    at = text.find(name) if name else -1
    if at < 0:
        return ()
    before, upto = text[:at], text[: at + len(name)]
    # Half of a pair of surrogates, pasted in from a broken program, has no bytes of its own.
    utf16 = tuple(_size(one, "utf-16-le") // 2 for one in (before, upto))
    utf8 = tuple(_size(one, "utf-8") for one in (before, upto))
    rows = (
        ("code points", "Python, this course", (len(before), len(upto))),
        ("UTF-16 units", "JavaScript, Java, many browser tools", utf16),
        ("bytes (UTF-8)", "C, Go, Rust, files", utf8),
    )
    return tuple(Counted(unit, who, start, end, text[start:end]) for unit, who, (start, end) in rows)


def _size(text: str, encoding: str) -> int:
    return len(text.encode(encoding, "surrogatepass"))


def offset_explorer(text: str = "🙂 Zoë Ruiz lives in Łódź.", name: str = "Łódź") -> VBox:
    """Type a text and a name in it; see its offsets in three units, and what a mix-up cuts out."""
    from ipywidgets import HTML, Checkbox, Layout, Text, VBox

    wide, style = Layout(width="560px", max_width="100%"), {"description_width": "90px"}
    line = Text(text, description="text", layout=wide, style=style)
    wanted = Text(name, description="name", layout=wide, style=style)
    apart = Checkbox(value=False, description="store ë as e and a loose ¨ (some systems do)", layout=wide, style=style)
    view = HTML()

    def draw(_change: object = None) -> None:
        whole, part = (unicodedata.normalize("NFD" if apart.value else "NFC", one.value) for one in (line, wanted))
        view.value = _counts_html(three_counts(whole, part), part)

    for control in (line, wanted, apart):
        control.observe(draw, names="value")
    draw()
    return VBox([line, wanted, apart, view])


def _counts_html(rows: tuple[Counted, ...], name: str) -> str:
    if not rows:
        return "<p>The name does not stand in the text. Type one that does, letter for letter.</p>"
    cells = [
        (one.unit, one.who, str(one.start), str(one.end), f"{'✔' if one.cut == name else '✖'} {one.cut or '(nothing)'}")
        for one in rows
    ]
    return text_table(("counted in", "by", "start", "end", "read as code points, that is"), cells)


def iob_table(item_id: str, exercise_id: str = "w3-entities") -> Picture:
    """A practice text as IOB2: each token over its tag; and which names such a file cannot hold.

    Raises:
        ExerciseError: There is no such exercise, or no such practice text.
    """
    spec, item = practice_item(exercise_id, item_id)
    spans = only(gold_of(spec).of(item.id).scored, Span)
    file = conll.write([conll.Sentence(item.id, item.text, spans)])
    rows = [line.split("\t") for line in file.content.splitlines() if "\t" in line]
    cells = "".join(_token(word, tag, spec.colors.get(tag[2:], "")) for word, tag in rows)
    by_id = {one.id: one for one in spans}
    lost = [by_id[one.rpartition(": ")[2]] for one in file.dropped]
    names = ", ".join(f"<i>{escape(item.text[one.start : one.end])}</i> ({escape(one.label)})" for one in lost)
    said = f"The file cannot hold {counted(len(lost), 'name')} inside others: {names}." if lost else "Nothing is lost."
    box = '<div style="display:flex;flex-wrap:wrap;gap:6px 3px;max-width:82ch;margin:6px 0">'
    return Picture(f"{box}{cells}</div><p>{said}</p>", f"{item.id}: {len(rows)} tokens, {len(lost)} names lost")


def _token(word: str, tag: str, color: str) -> str:
    look = f"border-bottom:3px solid {color};background:{color}26" if color else "border-bottom:3px solid transparent"
    weight = "700" if tag.startswith("B-") else "400"
    return (
        '<span style="display:inline-flex;flex-direction:column;align-items:center;padding:0 4px;font-size:14px;'
        f'line-height:1.45;{look}">{escape(word)}<small style="font-size:11px;font-weight:{weight};'
        f'opacity:{1 if color else 0.65}">{escape(tag)}</small></span>'
    )
