"""The filter for real texts; its words stand here only as far as they are harmless."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldlabel.data import unfit
from goldlabel.data.unfit import digest, is_fit


@pytest.mark.parametrize(
    "text",
    [
        "The kettle boils fast.",
        "",
        "Assess the classic grapes of Scunthorpe.",
        "@anonymous #fun costs $5, c'est tout!",
        "Warm.",
    ],
)
def test_harmless(text) -> None:
    assert is_fit(text)


@pytest.mark.parametrize(
    "text",
    ["War!", "two WARS", "He was killed.", "a bombing", "the bombers", "stabbing pains", "sh*t", "What the f#$k"],
)
def test_refused_also_with_endings_and_masks(text) -> None:
    assert not is_fit(text)


def test_the_words_cannot_be_read_in_the_file() -> None:
    lines = Path(unfit.__file__).with_name("unfit.txt").read_text().split()
    assert len(lines) == len(set(lines)) > 200
    assert all(len(line) == 16 and set(line) <= set("0123456789abcdef") for line in lines)
    assert digest("War") in lines
