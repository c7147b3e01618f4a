"""The privacy experiments: who stands alone in a register, and how often a text leaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.learning.privacy import (
    COLUMNS,
    Visit,
    leak_plot,
    leaks,
    register,
    register_explorer,
    smallest_group,
    unique,
)


def test_the_lonely_ones_are_counted() -> None:
    rows = (("a", "x"), ("a", "x"), ("a", "y"), ("b", "y"))
    visits = [Visit({"town": town, "job": job}, "none") for town, job in rows]
    assert (unique(visits, []), smallest_group(visits, [])) == (0, 4)
    assert (unique(visits, ["town"]), smallest_group(visits, ["town"])) == (1, 1)
    assert (unique(visits, ["job"]), smallest_group(visits, ["job"])) == (0, 2)
    assert unique(visits, ["town", "job"]) == 2
    assert smallest_group([], ["town"]) == 0


@given(st.lists(st.sampled_from(COLUMNS), unique=True), st.sampled_from(COLUMNS))
def test_knowing_more_never_hides_anybody(known: list[str], more: str) -> None:
    visits = register()
    assert unique(visits, known) <= unique(visits, {*known, more})


def test_the_lesson_s_figures_hold() -> None:
    visits = register()
    assert unique(visits, ["town", "sex"]) == 0
    assert unique(visits, ["town", "sex", "birth year"]) == 50
    assert unique(visits, ["sex", "birth year", "birthday"]) == len(visits)


def test_a_leak_is_likelier_the_more_there_is_to_find() -> None:
    assert leaks(1, 20) == 0
    assert leaks(0.5, 1) == 0.5
    assert leaks(0.95, 0) == 0
    assert leaks(0.95, 5) == pytest.approx(0.2262, abs=1e-4)
    for wrong in ((1.1, 1), (-0.1, 1), (0.5, -1)):
        with pytest.raises(ValueError, match="recall lies"):
            leaks(*wrong)


def test_the_plot_says_in_words_what_it_shows() -> None:
    assert "23 % of the texts with 5" in repr(leak_plot()).replace("23%", "23 %")


def test_ticking_a_box_changes_the_count() -> None:
    box = register_explorer()
    view = box.children[-1]
    assert "0 of 60" in view.value
    for tick in box.children[1].children:
        if tick.description in ("town", "sex", "birth year"):
            tick.value = True
    assert "50 of 60" in view.value
