r"""Spans marked inline, so that offsets cannot drift.

    [Anna Lind|person:p1] works in [Elmsford|place].

A mark is ``[`` text ``|`` class ``]``; marks nest. After the class may stand, in this order:

- ``/other``: another class that counts as right, too (``|place/organisation``);
- ``?``: set aside, neither rewarded nor punished;
- ``:name``: an id of one's own, for relations; otherwise spans are called ``s1``, ``s2`` ... by their place.

``[Dr [Anna Lind|~]|person]`` says with ``~`` that the inner stretch is another right extent of the span around it;
where no span is around it, of the one span directly inside it: ``[the [Courier|organisation]|~]``. A backslash before
``[``, ``]``, ``|`` or a backslash takes it literally. Offsets are code points of the text without marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from goldlabel.annotations import Span, Stretch

__all__ = ["MarkError", "compiled"]

_EXTENT = "~"
_TAG = re.compile(r"(?P<classes>~|\w+(?:/\w+)*)(?P<aside>\?)?(?::(?P<name>\w+))?\]")


class MarkError(ValueError):
    """The marks of a text are wrong; says which text and where."""


@dataclass
class _Mark:
    """A mark of the text, with the marks inside it."""

    start: int
    end: int = -1
    classes: tuple[str, ...] = ()
    aside: bool = False
    name: str = ""
    inside: list[_Mark] = field(default_factory=list)
    extents: list[Stretch] = field(default_factory=list)

    @property
    def extent(self) -> bool:
        """Whether it only says where another span may end, too."""
        return self.classes == (_EXTENT,)


def compiled(text: str, *, where: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and its spans: by start, longer ones first.

    Args:
        text: With marks.
        where: What to call the text in an error.

    Raises:
        MarkError: A mark is not closed, is empty, has a space at an edge or no class, two spans have one id, or a
            ``~`` belongs to no span.
    """
    plain, root = _read(text, where)
    for parent, mark in _walk(root):
        if mark.extent:
            _owner(parent, mark, where).extents.append((mark.start, mark.end))
    marks = sorted((one for _, one in _walk(root) if not one.extent), key=lambda one: (one.start, -one.end))
    spans = tuple(
        Span(
            id=one.name or f"s{number}",
            label=one.classes[0],
            start=one.start,
            end=one.end,
            accepted=one.classes[1:],
            alternatives=tuple(one.extents),
            attributes={"difficult": True} if one.aside else {},
        )
        for number, one in enumerate(marks, start=1)
    )
    if len({one.id for one in spans}) < len(spans):
        raise MarkError(f"{where}: two spans have one id")
    return plain, spans


def _read(text: str, where: str) -> tuple[str, _Mark]:
    """The text without marks, and a mark around all of it that holds the others."""
    plain: list[str] = []
    stack = [_Mark(0)]
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and text[at + 1 : at + 2] in ("[", "]", "|", "\\"):
            plain.append(text[at + 1])
            at += 2
        elif char == "[":
            stack.append(_Mark(len(plain)))
            at += 1
        elif char == "|" and len(stack) > 1 and (tag := _TAG.match(text, at + 1)):
            mark = stack.pop()
            mark.end, mark.name, mark.aside = len(plain), tag["name"] or "", bool(tag["aside"])
            mark.classes = tuple(tag["classes"].split("/"))
            _check(mark, "".join(plain), where)
            stack[-1].inside.append(mark)
            at = tag.end()
        elif char in "|]":
            raise MarkError(f"{where}: a stray {char!r} after {''.join(plain[-20:])!r}")
        else:
            plain.append(char)
            at += 1
    if len(stack) > 1:
        raise MarkError(f"{where}: a mark is not closed: {''.join(plain[stack[-1].start :])[:30]!r}")
    return "".join(plain), stack[0]


def _check(mark: _Mark, plain: str, where: str) -> None:
    covered = plain[mark.start : mark.end]
    if not covered or covered != covered.strip():
        raise MarkError(f"{where}: a mark is empty or has a space at an edge: {covered!r}")


def _walk(parent: _Mark) -> Iterator[tuple[_Mark, _Mark]]:
    """Every mark with the one around it."""
    for one in parent.inside:
        yield parent, one
        yield from _walk(one)


def _owner(parent: _Mark, mark: _Mark, where: str) -> _Mark:
    """The span that a ``~`` belongs to."""
    if parent.classes and not parent.extent:
        return parent
    spans = [one for one in mark.inside if not one.extent]
    if len(spans) != 1:
        raise MarkError(f"{where}: a ~ from {mark.start} to {mark.end} belongs to no span")
    return spans[0]
