"""Lessons on names and relations: ends of a mark, units of offsets, IOB2, kappa of marks; facts and their graph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Span, only
from goldlabel.errors import ExerciseError
from goldlabel.exercises import find_exercise
from goldlabel.learning import knowledge, offsets, span_ends
from goldlabel.learning.examples import practice_item, spot_the_relations
from goldlabel.learning.knowledge import Fact
from goldlabel.learning.knowledge_graph import columns, graph
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


class TestKnowledge:
    def test_facts_are_gold_without_what_is_set_aside(self) -> None:
        found = {(one.head, one.label, one.tail) for one in knowledge.facts(["nw-206"])}
        assert found == {("Lena Fisk", "owns", "Fisk Buses"), ("Lena Fisk", "works_for", "Fisk Buses")}

    def test_wrong_facts_join_given_names_as_no_gold_does(self) -> None:
        gold = {(one.head, one.tail) for one in knowledge.facts(knowledge.TEXTS)}
        classes = {one.name: one for one in find_exercise(knowledge.EXERCISE).classes}
        for wrong in knowledge.WRONG:
            fact = wrong.fact
            _, item = practice_item(knowledge.EXERCISE, fact.item)
            names = {item.text[one.start : one.end]: one.label for one in only(item.given, Span)}
            assert names[fact.head] in classes[fact.label].heads
            assert names[fact.tail] in classes[fact.label].tails
            assert (fact.head, fact.tail) not in gold
            assert fact.item in knowledge.TEXTS

    def test_whoever_works_for_a_firm_of_a_firm_is_found_with_the_way(self) -> None:
        found = dict(knowledge.working_for(knowledge.facts(knowledge.TEXTS), knowledge.ROOT))
        assert set(found) == {"Radu", "Ulla Bright", "Ted Klint", "Hedda Moe"}
        assert [one.label for one in found["Hedda Moe"]] == ["owns", "owns", "owns", "works_for"]

    def test_firms_that_own_each_other_end(self) -> None:
        ring = [Fact("A", "owns", "B", ""), Fact("B", "owns", "A", ""), Fact("X", "works_for", "A", "")]
        assert knowledge.working_for(ring, "A") == ()
        assert [name for name, _ in knowledge.working_for(ring, "B")] == ["X"]

    def test_a_wrong_fact_gives_a_wrong_answer_and_a_missing_one_none(self) -> None:
        *wrong, left_out, view = knowledge.knowledge_base().children
        assert "✖" not in view.value
        for box, name in zip(wrong, ("Moira Klint", "Prakash Lee", "Prakash Lee"), strict=True):
            box.value = True
            assert view.value.count("✖ no text says so") == 1
            assert name in view.value
            box.value = False
        left_out.value = True
        assert view.value.count("✖ not found") == 1

    def test_pairs_are_counted_both_ways(self) -> None:
        assert knowledge.pair_table(["nw-206", "nw-210"]).text == (
            "nw-206: 6 names, 30 pairs, 1 related; nw-210: 12 names, 132 pairs, 8 related"
        )

    def test_the_graph_has_each_name_once_in_the_column_of_its_class(self) -> None:
        known = knowledge.facts(knowledge.TEXTS)
        places = columns(known)
        assert set(places) == {name for one in known for name in (one.head, one.tail)}
        assert len(set(places.values())) == len(places)
        assert {places[name][0] for name in ("Aurel Stoica", "Children's Summit")} == {0}
        assert {places[name][0] for name in ("Crumb Holdings", "Daily Loaf")} == {1}
        assert {places[name][0] for name in ("Norway", "Thursday")} == {2}
        assert all(0 < height < 1 for _, height in places.values())
        assert "Crumb Holdings owns Spoonful" in graph(["nw-223"]).text

    def test_bad_arrows_are_told_when_the_button_is_pressed(self) -> None:
        said = [("Wickworks", "owns", "Lantern"), ("Lantern", "owns", "Glim"), ("Wickworks", "based_in", "Quennick")]
        view, button = spot_the_relations("w3-relations", "nw-203", said).children
        assert button.description == "Show the four faults", "turned, extra, and two that are missing"
        assert "wrong way round" not in view.value
        button.click()
        assert "wrong way round" in view.value
        assert button.disabled
        with pytest.raises(ExerciseError, match="No name 'Lanterns'"):
            spot_the_relations("w3-relations", "nw-203", [("Lanterns", "owns", "Glim")])
