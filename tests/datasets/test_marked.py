"""Spans marked inline: what is read, where it lies, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))

from studio.marked import MarkError, compiled


def _shown(text: str) -> list[tuple[str, str]]:
    plain, spans = compiled(text, where="t")
    return [(plain[one.start : one.end], one.label) for one in spans]


def test_spans_nest_and_keep_the_order_of_the_text() -> None:
    assert _shown("[[Elmsford|place] Rovers|organisation] beat [Lind|person].") == [
        ("Elmsford Rovers", "organisation"),
        ("Elmsford", "place"),
        ("Lind", "person"),
    ]


def test_offsets_are_code_points() -> None:
    plain, (span,) = compiled("🙂 e\u0301 שלום [Zoë 🙂|person]", where="t")
    assert plain[span.start : span.end] == "Zoë 🙂"
    assert span.start == len("🙂 e\u0301 שלום ")


def test_the_class_may_have_others_an_id_and_be_set_aside() -> None:
    _, (first, second) = compiled("[Elmsford|place/organisation?:e1] and [May|date]", where="t")
    assert (first.id, first.label, first.accepted, first.difficult) == ("e1", "place", ("organisation",), True)
    assert (second.id, second.difficult) == ("s2", False)


@pytest.mark.parametrize("text", ["[Dr [Anna Lind|~]|person] left", "[Dr [Anna Lind|person]|~] left"])
def test_another_extent_stands_inside_or_around(text: str) -> None:
    plain, (span,) = compiled(text, where="t")
    assert {plain[slice(*span.stretch)], *(plain[slice(*one)] for one in span.alternatives)} == {
        "Dr Anna Lind",
        "Anna Lind",
    }


@pytest.mark.parametrize(
    "text",
    [
        "[Anna",
        "Anna|person]",
        "[|person]",
        "[Anna |person]",
        "[Anna|]",
        "[Anna|~]",
        "[A|person:x] [B|person:x]",
        "a ] b",
    ],
)
def test_wrong_marks_are_refused_by_name(text: str) -> None:
    with pytest.raises(MarkError, match=r"^text nine: "):
        compiled(text, where="text nine")


@given(st.text())
def test_a_text_with_its_brackets_taken_literally_comes_back(text: str) -> None:
    escaped = "".join(f"\\{char}" if char in "[]|\\" else char for char in text)
    assert compiled(escaped, where="t") == (text, ())
