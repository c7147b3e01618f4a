"""Week 3: word lists, addresses, a filter and its threshold, figures of rare classes, texts with their class."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Choice, ItemLabels, LabelSet
from goldlabel.data import load_items
from goldlabel.errors import ExerciseError
from goldlabel.learning import addresses, base_rates, filters, texts, toxicity, word_lists
from goldlabel.metrics.choices import accuracy, cohen_kappa


class TestTexts:
    def test_a_worked_text_shows_class_rule_and_reason(self) -> None:
        shown = texts.worked_texts("w3-sentiment", ["pr-032"])
        assert shown.text == "pr-032: mixed"
        for part in ("Great light, weak arm", "counts as right, too", "Rule R6", "hard to tell"):
            assert part in shown.html

    def test_bad_labels_are_told_when_the_button_is_pressed(self) -> None:
        view, button = texts.spot_the_labels("w3-spam", {"em-119": "spam", "em-108": "not_spam"}).children
        assert button.description == "Show the 1 bad label"
        assert "the right answer" not in view.value
        button.click()
        assert view.value.count("✖ wrong") == 1
        assert view.value.count("✔ right") == 1
        assert button.disabled

    def test_a_class_or_a_text_that_is_not_there(self) -> None:
        with pytest.raises(ExerciseError, match="no class 'junk'"):
            texts.spot_the_labels("w3-spam", {"em-119": "junk"})
        with pytest.raises(ExerciseError, match="no practice item"):
            texts.worked_texts("w3-spam", ["em-999"])

    def test_texts_for_another_tool_are_lines_without_gold_and_nothing_is_overwritten(self, tmp_path: Path) -> None:
        path = tmp_path / "reviews.txt"
        assert "60 texts" in texts.write_lines("w3-sentiment", path, count=60)
        lines = path.read_text(encoding="utf-8").splitlines()
        assert len(set(lines)) == 60
        known = {" ".join(item.text.split()) for item in load_items("product-reviews") if item.pool == "practice"}
        assert set(lines) <= known
        path.write_text("mine", encoding="utf-8")
        assert "left as it is" in texts.write_lines("w3-sentiment", path, count=60).replace("was left", "left")
        assert path.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize(("exercise", "count"), [("w3-sentiment", 121), ("w3-sentiment", 0), ("w3-spam-exam", 5)])
    def test_no_more_texts_than_there_are_and_none_of_an_exam(self, exercise: str, count: int, tmp_path: Path) -> None:
        with pytest.raises(ExerciseError, match="practice texts"):
            texts.write_lines(exercise, tmp_path / "x.txt", count=count)


class TestWordLists:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("A GOOD lamp.", "positive"),
            ("It is not bad at all.", "negative"),
            ("Good light, weak arm.", "mixed"),
            ("It weighs 890 grams.", "neutral"),
            ("", "neutral"),
        ],
    )
    def test_counting(self, text: str, said: str) -> None:
        assert word_lists.by_words(text) == said

    def test_no_word_praises_and_blames(self) -> None:
        assert not word_lists.GOOD & word_lists.BAD

    def test_marks_stand_on_whole_words_and_markup_is_escaped(self) -> None:
        html = word_lists.marked_words("<b>bad</b> badge, good")
        assert html.count("<sup>-</sup>") == html.count("<sup>+</sup>") == 1
        assert "&lt;b&gt;" in html
        assert "badge, " in html

    def test_what_the_lesson_says_of_counting(self) -> None:
        shown = word_lists.word_table()
        found, of = map(int, shown.text.rpartition(": ")[2].split(" of "))
        assert of == 120
        assert 0.30 <= found / of <= 0.40, "the lesson says one in three"

    def test_typing_changes_the_verdict(self) -> None:
        line, view = word_lists.word_counter("good").children
        assert "<b>positive</b>" in view.value
        line.value = "a terrible, horrible lamp"
        assert "2 bad words" in view.value
        assert "<b>negative</b>" in view.value


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "owner"),
        [
            ("service@oakmere.test", "oakmere.test"),
            ("Oakmere Bank <service@oakmere.id-check.test>", "id-check.test"),
            ("parcelo.test.track-view.test", "track-view.test"),
            ("https://parcelo.test.track-view.test/oakmere.test?a@b.test", "track-view.test"),
            ("http://oakmere.test@elsewhere.test/login", "elsewhere.test"),
            ("runnerspost.test/stop", "runnerspost.test"),
            ("hello", ""),
            ("", ""),
        ],
    )
    def test_the_owner_is_read_from_the_right(self, address: str, owner: str) -> None:
        assert addresses.parts(address).owner == owner

    @given(st.text(max_size=60))
    def test_whatever_is_typed_is_cut_and_not_changed(self, typed: str) -> None:
        assert "".join(addresses.parts(typed)) == typed.strip()

    def test_the_reader_and_the_table_mark_it(self) -> None:
        line, view = addresses.address_reader().children
        assert "<b>id-check.test</b>" in view.value
        line.value = "<script>"
        assert "<script>" not in view.value
        assert "a.b.test: b.test" in addresses.address_table([("a.b.test", "b")]).text


class TestFilter:
    def test_every_mail_has_one_score_from_a_filter_that_had_not_seen_it(self) -> None:
        scored = filters.spam_scores()
        assert len({one.item for one in scored}) == len(scored) == 70
        assert sum(one.spam for one in scored) == 32
        assert all(0 < one.score < 1 for one in scored)

    def test_known_senders(self) -> None:
        assert filters.knows("From: Oakmere Bank <notice@oakmere.test>\nSubject: x")
        assert not filters.knows("From: Oakmere Bank <service@oakmere.id-check.test>\nSubject: oakmere.test")
        assert not filters.knows("From: Lucy Wen <lucy.wen.art@mailnest.test>\nSubject: x")

    def test_counts_at_a_threshold(self) -> None:
        scored = (filters.Scored("a", 0.9, True), filters.Scored("b", 0.4, True), filters.Scored("c", 0.5, False))
        counts = filters.counts_at(scored, 0.5)
        assert counts == filters.Counts(caught=1, missed=1, lost=1, passed=0)
        assert counts.figures == (0.5, 0.5, 0.5)
        assert counts.cost(lost=10, missed=1) == 11
        assert filters.counts_at(scored, 0.95) == filters.Counts(0, 2, 0, 1)

    def test_what_the_lesson_says_of_the_threshold(self) -> None:
        scored = filters.spam_scores()
        at = [filters.counts_at(scored, k / 100) for k in range(5, 96)]
        assert all(one.caught >= other.caught and one.lost >= other.lost for one, other in itertools.pairwise(at))
        cheap = [min(range(len(at)), key=lambda k: at[k].cost(*costs)) for costs in ((10, 1), (1, 10))]
        assert cheap[0] > cheap[1], "where lost mail is dear, the line lies further to the right"
        glove = next(one for one in scored if one.item == "em-086")
        assert glove.score > 0.5, "the lesson says that the stranger with the glove looks like spam"

    def test_the_sliders_move_the_figures(self) -> None:
        threshold, _lost, _missed, view = filters.threshold_explorer().children
        before = view.value
        threshold.value = 0.9
        assert view.value != before
        assert 'aria-label="Scores of 70 mails; threshold 0.90"' in view.value


class TestBaseRates:
    @given(*(st.floats(0, 1) for _ in range(3)))
    def test_shares_add_up(self, share: float, common: float, rare: float) -> None:
        matrix = base_rates.expected(share, common, rare)
        assert sum(map(sum, matrix)) == pytest.approx(1)
        assert sum(matrix[0]) == pytest.approx(share)

    def test_who_always_says_the_common_class_has_its_share_and_no_kappa(self) -> None:
        matrix = base_rates.expected(0.9, 1.0, 0.0)
        assert float(accuracy(matrix)) == pytest.approx(0.9)
        assert float(cohen_kappa(matrix)) == pytest.approx(0.0)

    def test_the_same_care_has_a_lower_kappa_where_a_class_is_rare(self) -> None:
        balanced, rare = (base_rates.expected(share, 0.9, 0.9) for share in (0.5, 0.99))
        assert float(accuracy(balanced)) == pytest.approx(float(accuracy(rare)))
        assert float(cohen_kappa(balanced)) == pytest.approx(0.8)
        assert float(cohen_kappa(rare)) < 0.2

    def test_what_the_lesson_says_of_one_spam_in_a_hundred(self) -> None:
        right, false = base_rates.alarms(1000, 0.01, 0.95, 0.02)
        assert (right, false) == (pytest.approx(9.5), pytest.approx(19.8))
        assert false / (right + false) == pytest.approx(2 / 3, abs=0.02)

    def test_the_explorers_say_their_figures(self) -> None:
        share_of, common, rare, view = base_rates.common_class_explorer().children
        assert "Accuracy 0.90, kappa 0.00." in view.value
        rare.value = 100
        assert "Accuracy 1.00, kappa 1.00." in view.value
        for share, right, said in ((50, 85, "Fair work"), (50, 50, "Neither"), (97, 90, "flatters")):
            share_of.value, common.value, rare.value = share, right, right
            assert said in view.value
        spam, *_, table = base_rates.base_rate_explorer().children
        spam.value = 1
        assert "precision 0.32" in table.value


class TestToxicity:
    def test_every_comment_belongs_to_one_group(self) -> None:
        found = toxicity.rates(frozenset())
        assert sum(one.of for one in found) == len(toxicity.comments()) == 57
        assert all(one.stopped == 0 for one in found)
        wanted = sum(one.of for one in found if one.wanted)
        assert wanted == sum(one.label != "not_toxic" for one in toxicity.comments())

    def test_what_the_lesson_says_of_the_list(self) -> None:
        shares = {one.name: (one.stopped, one.of) for one in toxicity.rates(frozenset(toxicity.LISTED.split()))}
        assert shares["somebody in danger"] == (0, 11), "none of those in danger"
        assert shares["dialects and banter, friendly"] == (8, 8), "every friendly comment in a dialect"
        assert shares["the same, said in standard English"] == (0, 8), "and none in standard English"
        stopped, of = shares["quoted, fought, reclaimed"]
        assert of / 2 < stopped, "most of what quotes and fights hatred"

    def test_the_name_of_the_thread_does_not_count(self) -> None:
        assert all(one.stopped == 0 for one in toxicity.rates({"thread"}))

    def test_a_word_less_stops_less(self) -> None:
        field, view = toxicity.list_explorer().children
        before = view.value
        field.value = "[slur], SLUR"
        assert view.value != before
        assert "With 1 words" not in view.value
        assert "With 1 word the list stops" in view.value

    def test_twins_stand_side_by_side(self) -> None:
        shown = toxicity.twins()
        assert shown.text == "stopped: 8 of 8 in dialect, 0 of 8 in standard English"
        assert shown.html.count("✖ stopped") == shown.html.count("✔ let through") == 8
        assert toxicity.twins(frozenset()).text.startswith("stopped: 0 of 8")

    def test_your_alarms_count_what_you_labelled(self) -> None:
        dialect = [one.item for one in toxicity.comments() if one.kind == "dialect"]
        other = next(one.item for one in toxicity.comments() if one.kind == "swearing")
        said = {dialect[0]: "toxic", dialect[1]: "not_toxic", dialect[2]: "escalate", other: "not_toxic"}
        labels = LabelSet(
            exercise="w3-toxic", items={key: ItemLabels((Choice("class", label),)) for key, label in said.items()}
        )
        shown = toxicity.your_alarms(labels)
        assert shown.text == "dialects and banter: 2 of 3 false alarms; all other harmless ones: 0 of 1 false alarms"
        assert "nothing labelled yet" in toxicity.your_alarms(LabelSet(exercise="w3-toxic", items={})).html
