"""What the lessons on names and relations compute: ends of a mark, units of offsets, IOB2, kappa of marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.learning import offsets, span_ends
from goldlabel.metrics.spans import Marked


class TestEnds:
    def test_the_text_has_the_names_that_gold_says(self) -> None:
        assert [span_ends.TEXT[one.start : one.end] for one in span_ends.GOLD] == ["Ada Lund", "Brass Owls", "May"]

    @pytest.mark.parametrize(
        ("mark", "strict", "ends", "kind", "partial"),
        [
            (Marked(23, 33, "organisation"), 1, 1, 1, 1),
            (Marked(19, 33, "organisation"), 2 / 3, 2 / 3, 1, 5 / 6),
            (Marked(23, 33, "person"), 2 / 3, 1, 2 / 3, 1),
            (None, 0.8, 0.8, 0.8, 0.8),
        ],
    )
    def test_what_the_lesson_says_of_the_schemes(
        self, mark: Marked | None, strict: float, ends: float, kind: float, partial: float
    ) -> None:
        found = span_ends.figures(mark)
        assert found == pytest.approx({"strict": strict, "exact": ends, "type": kind, "partial": partial})

    def test_the_explorer_follows_its_sliders(self) -> None:
        start, end, label, none, view = span_ends.ends_explorer().children
        assert "<b>where it begins</b>" in view.value
        assert "0.67" in view.value
        start.value = 23
        assert "Ends and class are right" in view.value
        end.value, label.value = 34, "place"
        assert "<b>where it ends and the class</b>" in view.value
        none.value = True
        assert "one name is missed" in view.value
        assert start.disabled
        assert view.value.count("0.80") == 4

    def test_an_end_never_lies_before_its_start(self) -> None:
        start, end, _, _, view = span_ends.ends_explorer().children
        start.value, end.value = 32, 24
        assert "<code>s</code>" in view.value

    def test_kappa_of_marks_rises_with_what_is_counted_and_ends_at_f1(self) -> None:
        values = [span_ends.kappa_of_marks(count) for count in (1, 10, 100, 10_000, 10**9)]
        assert values == sorted(values)
        limit = 2 * span_ends.BOTH / (2 * span_ends.BOTH + span_ends.FIRST_ONLY + span_ends.SECOND_ONLY)
        assert round(limit, 2) == 0.87, "the lesson prints it"
        assert values[-1] == pytest.approx(limit, abs=1e-6)
        assert "F1 is 0.87" in span_ends.kappa_plot().text


class TestOffsets:
    def test_three_units(self) -> None:
        points, utf16, utf8 = offsets.three_counts("🙂 Zoë Ruiz lives in Łódź.", "Łódź")
        assert (points.start, points.end, points.cut) == (20, 24, "Łódź")
        assert (utf16.start, utf16.end, utf16.cut) == (21, 25, "ódź.")
        assert (utf8.start, utf8.end, utf8.cut) == (24, 31, ".")

    @given(st.text(max_size=20), st.text(min_size=1, max_size=8))
    def test_units_agree_with_python_and_never_fall_below_it(self, before: str, name: str) -> None:
        points, utf16, utf8 = offsets.three_counts(before + name, name)
        assert points.cut == name
        assert points.start <= utf16.start <= utf8.start
        if before.isascii() and name.isascii():
            assert (points.start, points.end) == (utf16.start, utf16.end) == (utf8.start, utf8.end)

    def test_a_name_that_is_not_there(self) -> None:
        assert offsets.three_counts("Vollen", "Ostley") == ()
        assert offsets.three_counts("Vollen", "") == ()
        line, name, apart, view = offsets.offset_explorer().children
        name.value = "Oslo"
        assert "does not stand in the text" in view.value
        line.value = "<b>Oslo</b>"
        assert "<b>Oslo" not in view.value
        assert view.value.count("✔") == 3
        line.value, name.value, apart.value = "Zoë in Oslo", "Oslo", True
        assert view.value.count("✔") == 2

    def test_iob_begins_goes_on_and_loses_what_is_nested(self) -> None:
        shown = offsets.iob_table("nw-007")
        assert shown.text.endswith("2 names lost")
        for part in (">B-event<", ">I-event<", ">O<", "<i>Merrin</i> (place), <i>Merrin</i> (place)"):
            assert part in shown.html
        assert "Nothing is lost" in offsets.iob_table("nw-001").html
