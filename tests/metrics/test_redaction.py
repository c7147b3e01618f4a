"""What of a secret is hidden and what leaks, in texts that a person can check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.redaction import cover, hidden_share, readable, telling

TEXT = "Ring +44 (0)20 79-46, Zoe\u0301 🎉 דנה!"


def test_letters_and_digits_tell() -> None:
    told = telling(TEXT, [(5, 20)])
    assert "".join(char for char, flag in zip(TEXT, told, strict=True) if flag) == "440207946"
    start = TEXT.index("דנה")
    assert telling(TEXT, [(start, start + 3)]).sum() == 3, "letters of every script"


def test_a_secret_without_letters_tells_by_everything_but_spaces() -> None:
    at = TEXT.index("🎉")
    assert telling(TEXT, [(at - 1, at + 2)]).sum() == 1


@pytest.mark.parametrize(
    ("hidden", "share", "left"),
    [
        ([(5, 20)], 1.0, []),
        ([], 0.0, ["44 (0)20 79-46"]),
        ([(5, 8), (15, 17)], 4 / 9, ["0)20", "46"]),
        ([(6, 8), (10, 11), (12, 14), (15, 17), (18, 20)], 1.0, []),
    ],
)
def test_what_is_hidden_and_what_can_be_read(hidden, share: float, left: list[str]) -> None:
    flags = cover(hidden, len(TEXT))
    assert hidden_share(TEXT, flags, (5, 20)) == pytest.approx(share)
    assert [TEXT[slice(*part)] for part in readable(TEXT, flags, (5, 20))] == left


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=4))
def test_laws(text: str, hidden) -> None:
    flags = cover(hidden, len(text))
    whole = (0, len(text))
    share = hidden_share(text, flags, whole)
    parts = readable(text, flags, whole)
    assert 0 <= share <= 1
    assert (share == 1) == (not parts)
    assert all(not flags[slice(*part)].any() for part in parts)
    assert hidden_share(text, cover([whole], len(text)), whole) == 1
    more = flags | cover([(0, 3)], len(text))
    assert hidden_share(text, more, whole) >= share, "who hides more never leaks more"
