"""Why raters differ: the numbers on made-up ratings, the figures with and without texts, where the learner stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goldlabel.annotations import Choice, Gold, Item, ItemGold
from goldlabel.data.ratings import Rated
from goldlabel.learning import rater_figures as figures
from goldlabel.learning.figures import Picture
from goldlabel.learning.raters import Ratings, growth, juries, load
from goldlabel.learning.rating_yourself import Yourself, standing


def rated(name: str, ratings: list[int], kind: str = "post", panel: str = "") -> Rated:
    return Rated(name, kind, f"Text {name} <b>.", tuple(ratings), panel)


@pytest.fixture
def small() -> Ratings:
    texts = [
        rated("flat", [0, 0, 0, 0, 0, 0, 0, 1], "editorial"),
        rated("camps", [-2, -1, -3, 0, 2, 1, 3, 0], "product"),
        rated("liked", [1, 2, 3, 4, 2, 2, 1, 3], "film", "film-0"),
        rated("loathed", [-1, -2, -3, 4, -2, -2, -1, -3], "film", "film-0"),
        rated("fine", [1, 1, 1, 2, 2, 0, 1, 1]),
    ]
    return Ratings({one.id: one for one in texts})


EMPTY = Ratings({})


class TestNumbers:
    def test_counts_by_hand(self, small) -> None:
        assert small.counts(kind="editorial").tolist() == [[0, 0, 0, 0, 7, 1, 0, 0, 0]]
        assert small.counts(5, kind="product").tolist() == [[1, 2, 2, 2, 1]]
        assert small.counts(3, kind="product").tolist() == [[3, 2, 3]]
        assert small.counts().shape == (5, 9)

    def test_camps_and_flat_ones(self, small) -> None:
        assert small.camps == ("camps",)
        assert small.flat == ("flat",)
        assert small.by_spread[0] == "flat"

    def test_a_rater_who_stands_apart(self, small) -> None:
        people = {one.number: one for one in small.panels["film-0"]}
        assert len(people) == 8
        assert (people[4].mean, people[4].extreme) == (4, 1)
        assert people[4].apart == max(one.apart for one in people.values()) > 3.5
        assert (people[1].extreme, people[1].neutral) == (0, 0)
        assert [one.extreme for one in small.panels["film-0"]] == sorted(one.extreme for one in people.values())

    def test_without_them_the_others_are_as_they_were(self, small) -> None:
        some = small.without("film-0", 4)
        assert some.texts["loathed"].ratings == (-1, -2, -3, -2, -2, -1, -3)
        assert set(some.texts) == {"liked", "loathed"}
        assert some.agreement(3)[0] == 1 > small.without("film-0").agreement(3)[0]

    def test_what_a_majority_drops(self) -> None:
        texts = [rated("a", [0, 0, 0, 4]), rated("b", [1, 1, -1, -3])]
        assert Ratings({one.id: one for one in texts}).thrown_away() == pytest.approx(3 / 8)
        assert EMPTY.thrown_away() == 0


class TestJuries:
    def test_a_jury_of_all_is_the_majority_and_a_tie_is_split(self) -> None:
        assert juries((1, 1, 0), 3)["positive"] == 1
        assert juries((1, 1, 0), 99)["positive"] == 1
        assert juries((1, -1), 2) == {
            "very negative": 0, "negative": 0.5, "neutral": 0, "positive": 0.5, "very positive": 0,
        }  # fmt: skip

    def test_a_jury_of_one_is_the_share(self) -> None:
        found = juries((3, 1, 1, 1), 1, draws=20_000)
        assert found["positive"] == pytest.approx(0.75, abs=0.01)
        assert sum(found.values()) == pytest.approx(1)

    def test_more_jurors_are_surer(self) -> None:
        ratings = [1] * 12 + [-1] * 8
        sure = [juries(ratings, size)["positive"] for size in (1, 5, 11)]
        assert sure == sorted(sure)
        assert sure[0] < 0.65 < sure[2]


class TestGrowth:
    def test_raters_who_agree_need_no_more_and_noise_shrinks(self) -> None:
        random = np.random.default_rng(1)
        truth = np.repeat([-2, 0, 2], 20)
        noisy = [[int(np.clip(t + e, -4, 4)) for e in random.integers(-3, 4, 16)] for t in truth]
        sure = Ratings({str(k): rated(str(k), [int(t)] * 16) for k, t in enumerate(truth)})
        for one in growth(sure, (1, 4)):
            assert one.same == 1
            assert one.together == pytest.approx(1)
        found = growth(Ratings({str(k): rated(str(k), row) for k, row in enumerate(noisy)}), (1, 3, 7))
        assert [one.raters for one in found] == [1, 3, 7]
        assert found[0].together < found[1].together < found[2].together
        assert found[0].same < found[2].same
        for one in found:
            assert one.same_range.low <= one.same <= one.same_range.high


ALL = (
    figures.contents,
    lambda ratings: figures.cards(ratings, "flat", "camps"),
    figures.same_mean,
    figures.spread_map,
    lambda ratings: figures.habits_plot(ratings, "film-0"),
    lambda ratings: figures.with_and_without(ratings, "film-0", 4),
    figures.majority,
    figures.agreement_table,
)


class TestFigures:
    @pytest.mark.parametrize("draw", ALL)
    def test_each_shows_something_and_escapes_texts(self, small, draw) -> None:
        shown = draw(small)
        assert isinstance(shown, Picture)
        assert len(shown._repr_html_()) > 200
        assert "<b>.</div>" not in shown.html
        assert repr(shown)

    @pytest.mark.parametrize("draw", [*ALL, figures.growth_plot, figures.jury])
    def test_without_texts_each_says_how_to_get_them(self, draw) -> None:
        assert draw(EMPTY) is figures.MISSING
        assert "goldlabel data get real-ratings" in figures.MISSING.html

    def test_numbers_of_the_figures(self, small) -> None:
        assert repr(figures.same_mean(small)) == "1 flat texts, 1 with two camps"
        assert "without them: same side 100 %" in repr(figures.with_and_without(small, "film-0", 4))
        assert repr(figures.contents(small)) == "5 texts with 40 ratings are here."

    def test_the_bars_of_a_card(self) -> None:
        drawn = figures.histogram([1, 0, 0, 0, 2, 0, 0, 0, 0], mark="very negative")
        assert 'aria-label="1 gave -4, 2 gave 0; you said very negative"' in drawn
        assert 'height="25.0"' in drawn
        assert 'height="50.0"' in drawn

    def test_the_jury_follows_its_sliders(self, small) -> None:
        box = figures.jury(small)
        text, size, view = box.children
        text.value = "camps"
        before = view.value
        size.value = 8
        assert view.value != before
        assert "40 % of juries" in view.value or "33 % of juries" in view.value


class TestYourself:
    def test_where_you_stand(self) -> None:
        texts = {
            one.id: one for one in (rated("a", [1, 1, 2, 0]), rated("b", [-1, -1, 1, 1]), rated("c", [3, 3, 4, 3]))
        }
        items = tuple(Item(name, "", 0, 0, "practice", "written", "MIT", "", "easy", text="T") for name in texts)
        gold = Gold(
            dataset="d", pool="practice", version="1", made="m", agreement="a",
            items={
                "a": ItemGold((Choice("class", "positive", ("neutral",)),)),
                "b": ItemGold((Choice("class", "negative", ("positive",)),)),
                "c": ItemGold((Choice("class", "very positive"),)),
            },
        )  # fmt: skip
        found = standing({"a": "positive", "b": "positive", "c": "negative"}, texts, items, gold)
        assert (found.most, found.accepted, found.alone) == (1, 2, 1)
        # a: 3 - 2.75, b: 3 - 2, c: 1 - 4
        assert found.lean == pytest.approx((0.25 + 1 - 3) / 3)
        assert "On average you are harsher." in str(found)
        part = standing({"a": "positive"}, texts, items, gold)
        assert str(part).startswith("2 of 3 texts have no class yet.")

    def test_without_texts(self, tmp_path: Path) -> None:
        you = Yourself(EMPTY, folder=tmp_path)
        assert you.rate() is figures.MISSING
        assert you.compare() is figures.MISSING

    @pytest.mark.skipif(not load().texts, reason="the texts are not here: goldlabel data get real-ratings")
    def test_with_the_real_texts(self, tmp_path: Path) -> None:
        ratings = load()
        you = Yourself(ratings, folder=tmp_path)
        assert you.exercise is not None
        assert len(you.exercise.items) == 10
        assert {item.group for item in you.exercise.items} == {"post", "film", "product", "editorial"}
        assert repr(you.compare()).startswith("10 of 10 texts have no class yet.")
        for item in you.exercise.items:
            said = you.exercise.gold().of(item.id).annotations
            you.exercise.store.save(item.id, said, base_rev=0, action="label", tool="test", done=True)
        assert "Of 10 texts you gave 10 the class that most raters gave" in repr(you.compare())
        odd = {one.number for one in ratings.panels["film-325"] if abs(one.apart) >= figures.ODD}
        assert odd == {14, 20}
