"""The experiments on reading: what was typed beside what is printed, and whole numbers at an error rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.learning.reading import PRINTED, alignment_html, number_plot, reading_lab, whole_right


def test_one_in_four_numbers_of_ten_figures_is_spoilt_at_three_percent() -> None:
    assert [round(whole_right(rate, 10), 2) for rate in (0.01, 0.03, 0.05)] == [0.90, 0.74, 0.60]
    assert whole_right(0, 20) == 1
    assert whole_right(1, 1) == 0
    assert whole_right(1, 0) == 1
    for wrong in ((1.1, 1), (-0.1, 1), (0.5, -1)):
        with pytest.raises(ValueError, match="a rate lies in 0 to 1"):
            whole_right(*wrong)


@given(st.floats(0, 1), st.integers(0, 50))
def test_a_longer_number_is_never_safer(rate: float, length: int) -> None:
    assert 0 <= whole_right(rate, length + 1) <= whole_right(rate, length) <= 1


def test_the_plot_says_in_words_what_it_shows() -> None:
    assert "90% at a CER of 1%, 74% at a CER of 3%, 60% at a CER of 5%" in repr(number_plot())


def test_each_kind_of_edit_has_a_name_of_its_own() -> None:
    html = alignment_html("a0.b", "aO bc")
    assert html.count('title="substituted"') == 2
    assert html.count('title="inserted (put in)"') == 1
    assert 'title="deleted (left out)"' not in html
    assert 'title="deleted (left out)"' in alignment_html("10", "1")


def test_what_is_typed_is_text_and_never_markup() -> None:
    assert "<b>" not in alignment_html("<b>", "<b>")


def test_the_lab_follows_what_is_typed_and_what_is_chosen() -> None:
    choice, line, view = reading_lab().children
    # A letter in TOTAL, a letter and a comma in the amount, a zero left out.
    assert "4 edits / 11 characters = <b>36%</b>" in view.value
    line.value = PRINTED[0]
    assert "0 edits / 11 characters" in view.value
    choice.value = "D-3356"
    assert line.value == ""
    assert "6 edits / 6 characters" in view.value
    line.value = "D-3356 "
    assert "0 edits / 6 characters" in view.value
