"""Word boxes judged: what is found, what is read, and what a learner is told."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.annotations import Gold, ItemGold, ItemLabels, LabelSet, WordBox
from goldlabel.errors import GoldError
from goldlabel.metrics.reading import cer
from goldlabel.review import Review, WordBoxRubric, review
from goldlabel.review.html import measures_table
from goldlabel.review.misreadings import misreading
from goldlabel.review.overlay import LEGEND, legend_html, names_html, plain_overlay, regions_overlay
from goldlabel.review.wording import shown_rate
from tests.review.small import picture

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = ("shop", "total", "other")
RUBRIC = WordBoxRubric(
    measure_bars={"cer": 0.03, "f1": 0.9},
    rules={"misread": "R4", "two_words": "R2", "half_word": "R2", "mismatching_label": "R5"},
)


def word(
    name: str, x: float, y: float, text: str, label: str = "other", *, width: float = 0, difficult: bool = False
) -> WordBox:
    """A word, 20 pixels high and 10 wide a character, or as wide as told."""
    right = x + (width or 10 * len(text))
    corners = ((x, y), (right, y), (right, y + 20), (x, y + 20))
    return WordBox(name, label, corners, text, attributes={"difficult": True} if difficult else {})


PAGE = [
    word("g1", 40, 20, "Corner", "shop"),
    word("g2", 110, 20, "Shop", "shop"),
    word("g3", 40, 300, "Total"),
    word("g4", 440, 300, "10.50", "total"),
]


def judge(
    mine: Sequence[WordBox], gold: Sequence[WordBox] = PAGE, rubric: WordBoxRubric = RUBRIC, *, pages: int = 1
) -> Review:
    names = [f"pic-{n}" for n in range(1, pages + 1)]
    true = Gold(
        dataset="d", pool="practice", version="1", made="drawn", agreement="exact",
        items={name: ItemGold(tuple(gold)) for name in names},
    )  # fmt: skip
    labels = LabelSet(exercise="e", items={name: ItemLabels(tuple(mine), done=True) for name in names})
    return review(labels, true, rubric, items=[picture(name) for name in names], classes=CLASSES)


def measures(judged: Review) -> dict[str, float]:
    return {one.name: one.value for one in judged.measures}


def told(judged: Review) -> list[tuple[str, str]]:
    return [(one.kind, one.message) for one in judged.findings]


def changed(n: int, **to: object) -> list[WordBox]:
    """The page with one word changed."""
    return [msgspec.structs.replace(one, **to) if k == n else one for k, one in enumerate(PAGE)]


def test_a_perfect_page() -> None:
    judged = judge(PAGE)
    assert (judged.score, judged.level, told(judged)) == (1.0, "production", [])
    assert measures(judged) == {"f1": 1, "cer": 0, "mean_overlap": 1, "recall": 1, "precision": 1, "fields": 1}
    assert [one.name for one in judged.measures if one.at_most] == ["cer"]


@pytest.mark.parametrize(
    ("mine", "expected"),
    [
        (changed(3, text="1O.50"), 1 / 20),
        (changed(3, text=""), 5 / 20),
        (PAGE[:3], 5 / 20),  # a word without a box: its characters are deleted
        ([*PAGE, word("b9", 300, 500, "ghost")], 5 / 20),  # a box without a word: its characters are inserted
        ([], 1.0),
        (changed(0, text="Comer"), 2 / 20),
        (changed(3, label="other"), 0.0),  # the field has nothing to do with reading
    ],
)
def test_the_rate_worked_by_hand(mine: list[WordBox], expected: float) -> None:
    judged = judge(mine)
    assert measures(judged)["cer"] == pytest.approx(expected)
    (measure,) = (one for one in judged.measures if one.name == "cer")
    assert measure.reached == (expected <= 0.03)
    # what the review counts is what the metric says of the words in pairs
    read = {one.id: one.text for one in mine if one.id != "b9"}
    extra = [one.text for one in mine if one.id == "b9"]
    pairs = cer([*(one.text for one in PAGE), *("" for _ in extra)], [*(read.get(one.id, "") for one in PAGE), *extra])
    assert measures(judged)["cer"] == pytest.approx(pairs)


def test_reading_weighs_as_the_rubric_says() -> None:
    judged = judge(changed(3, text="1O.50"))
    assert judged.score == pytest.approx(1 - 0.4 * 0.05 / 0.4)
    assert judge(changed(3, text="x" * 100)).score == pytest.approx(0.6)  # never below nothing
    assert judged.level == "good"  # production asks for every bar, and 0.05 is above 0.03


@pytest.mark.parametrize(
    ("true", "said", "why"),
    [
        ("10.50", "1O.50", "the letter O for the digit 0 (they look alike: zoom in)"),
        ("Ill", "lll", "the small letter l for the capital letter I (they look alike: zoom in)"),
        ("5", "S", "the letter S for the digit 5 (they look alike: zoom in)"),
        ("B12", "812", "the digit 8 for the letter B (they look alike: zoom in)"),
        ("modern", "modem", '"m" for "rn" (they look alike: zoom in)'),
        ("1.250", "1,250", "a comma for a point (they look alike: zoom in)"),
        ("No.", "No", "a full stop is missing"),
        ("butter", "buter", "the letter t is missing"),
        ("milk", "Milk", "the capital letter M for the small letter m"),
        ("TOTAL", "total", "small and capital letters count"),
        ("10:30", "10.30", "a point for a colon (they look alike: zoom in)"),
        ("apple", "pears", ""),
    ],
)
def test_confusions_have_names(true: str, said: str, why: str) -> None:
    assert misreading(true, said) == why


def test_a_misread_word_is_told_with_both_texts() -> None:
    (finding,) = judge(changed(3, text="1O.50")).findings
    assert finding.message == (
        'You typed "1O.50"; the page says "10.50": the letter O for the digit 0 (they look alike: zoom in).'
    )
    assert (finding.kind, finding.severity, finding.rule, finding.label, finding.gold) == (
        "misread", "error", "R4", "g4", "g4",
    )  # fmt: skip
    assert told(judge(changed(3, text=" "))) == [("misread", 'You typed nothing for the word "10.50" on the right.')]
    assert told(judge(changed(3, text="99.99")))[0][1] == ('You typed "99.99"; the page says "10.50", on the right.')


def test_a_wrong_field_keeps_its_reading() -> None:
    judged = judge(changed(3, label="other"))
    assert told(judged) == [
        (
            "mismatching_label",
            'You put the word "10.50" on the right into the field "other"; it belongs to "total".',
        )
    ]
    assert measures(judged)["fields"] == 0.75
    assert measures(judged)["f1"] == 0.75


def test_words_that_are_missing_or_too_many() -> None:
    assert told(judge(PAGE[:3])) == [("missing", 'You missed the word "10.50" on the right (field: total).')]
    assert told(judge([*PAGE, word("b9", 300, 500, "ghost")])) == [
        ("extra", 'Your box "ghost" at the bottom has no word in it that is to be boxed.')
    ]
    assert told(judge([*PAGE, word("b9", 442, 300, "10.50")])) == [
        ("extra", 'The word "10.50" on the right has two boxes; one word gets one box.')
    ]


def test_a_box_round_two_words_is_told_once() -> None:
    both = word("b1", 40, 20, "Corner Shop", "shop")
    judged = judge([both, *PAGE[2:]])
    assert told(judged) == [
        (
            "two_words",
            'Your box "Corner Shop" at the top left holds two words, "Corner" and "Shop": each word gets its own box.',
        )
    ]
    # the box is matched with "Corner": five characters are too many, and "Shop" was not read
    assert measures(judged)["cer"] == pytest.approx(9 / 20)
    # beside boxes on the words themselves it is merely one too many
    assert [kind for kind, _ in told(judge([both, *PAGE]))] == ["extra"]


def test_a_box_round_half_a_word_is_told_once() -> None:
    halves = [word("b1", 40, 20, "Cor", "shop"), word("b2", 70, 20, "ner", "shop")]
    judged = judge([*halves, *PAGE[1:]])
    assert [kind for kind, _ in told(judged)] == ["half_word", "half_word"]
    assert told(judged)[1][1] == (
        'Your box "ner" at the top left holds a part of the word "Corner": one box goes round the whole word.'
    )
    # a short word that stands alone is no part of another one
    assert told(judge([*PAGE, word("b9", 300, 500, "To")]))[0][0] == "extra"


def test_a_loose_box_names_sides() -> None:
    wide = changed(3, corners=((440, 300), (530, 300), (530, 320), (440, 320)))
    assert told(judge(wide)) == [
        (
            "low_overlap",
            'The box on the word "10.50" on the right is not tight: the right side leaves 40 px of air (overlap 0.55).',
        )
    ]


def test_an_upright_box_on_a_slanted_word_is_judged_as_a_quadrilateral() -> None:
    slanted = WordBox("g1", "shop", ((100, 110), (200, 100), (202, 120), (102, 130)), "slanted")
    upright = WordBox("b1", "shop", ((100, 100), (202, 100), (202, 130), (100, 130)), "slanted")
    judged = judge([upright], [slanted])
    assert measures(judged)["mean_overlap"] == pytest.approx(2020 / 3060)
    assert measures(judged)["f1"] == 1
    tight = WordBox("b1", "shop", ((200, 100), (202, 120), (102, 130), (100, 110)), "slanted")  # another first corner
    assert measures(judge([tight], [slanted]))["mean_overlap"] == pytest.approx(1)


def test_words_that_nobody_can_read_are_set_aside() -> None:
    gold = [*PAGE, word("g9", 300, 500, "faded", difficult=True)]
    assert judge(PAGE, gold).score == 1
    assert judge([*PAGE, word("b9", 300, 500, "tadeo")], gold).score == 1


def test_typographic_signs_and_case() -> None:
    gold = [word("g1", 40, 20, "Anna\u2019s"), word("g2", 40, 60, "Caf\u00e9")]
    mine = [word("b1", 40, 20, "Anna's"), word("b2", 40, 60, "Cafe\u0301", width=40)]
    assert judge(mine, gold).score == 1
    shouted = [word("b1", 40, 20, "ANNA'S"), word("b2", 40, 60, "CAF\u00c9")]
    assert measures(judge(shouted, gold))["cer"] == pytest.approx(7 / 10)
    assert judge(shouted, gold, WordBoxRubric(ignore_case=True)).score == 1


def test_intervals_stand_beside_measures() -> None:
    judged = judge(changed(3, text="1O.50"), pages=6)
    by_name = {one.name: one for one in judged.measures}
    assert by_name["cer"].interval is None  # all pages are alike
    assert by_name["fields"].interval is not None


NUMBERS = st.one_of(
    st.floats(-50, 700), st.sampled_from([0.0, 600.0, math.nan, math.inf, -math.inf, 1e300, 40.0, 60.0, 20.0])
)
POINTS = st.tuples(NUMBERS, NUMBERS)
HOSTILE = st.builds(
    WordBox,
    st.sampled_from(["b1", "b2", "b3"]),
    st.sampled_from(["shop", "total", "nowhere"]),
    st.tuples(POINTS, POINTS, POINTS, POINTS),
    st.one_of(st.text(max_size=30), st.just("x" * 5000), st.sampled_from(["\x00", "\u202e", "<b>&", "10.50"])),
)


@given(st.lists(HOSTILE, max_size=4))
@settings(max_examples=150, deadline=None)
def test_hostile_corners_and_texts_are_told_never_fatal(mine: list[WordBox]) -> None:
    judged = judge([*mine, *PAGE])
    assert 0 <= judged.score <= 1
    assert all(math.isfinite(one.value) for one in judged.measures)
    bad = [one for one in mine if not all(math.isfinite(n) for point in one.corners for n in point)]
    kinds = [one.kind for one in judged.findings]
    assert kinds.count("invalid") >= len(bad)


def test_gold_without_text_is_no_gold() -> None:
    with pytest.raises(GoldError, match="has no text"):
        judge(PAGE, [word("g1", 40, 20, " ", width=60)])


def overlay(mine: Sequence[WordBox], gold: Sequence[WordBox] = PAGE) -> ElementTree.Element:
    judged = judge(mine, gold).items["pic-1"]
    drawn = regions_overlay(picture(), mine, gold, judged, picture="x", rubric=RUBRIC)
    return ElementTree.fromstring(drawn)


def lines(svg: ElementTree.Element) -> dict[str, int]:
    """How many shapes are drawn in the line of each verdict."""
    looks = {(one.color, one.dash): verdict for verdict, one in LEGEND.items()}
    found = (looks.get((node.get("stroke"), node.get("stroke-dasharray"))) for node in svg.iter(f"{SVG}path"))
    return dict(Counter(filter(None, found)))


def test_the_overlay_names_only_what_differs() -> None:
    svg = overlay(
        [
            PAGE[0],
            word("g2", 110, 20, "Sh0p", "shop"),
            word("g3", 40, 300, "Total", "total"),
            word("b9", 300, 500, "<b>&\x00"),
        ]
    )
    assert lines(svg) == {"right": 1, "misread": 1, "confused": 1, "missed": 1, "extra": 1}
    assert [node.text for node in svg.iter(f"{SVG}text")] == ["Sh0p → Shop", "total → other", "extra: <b>&"]
    loose = overlay(changed(3, corners=((440, 300), (530, 300), (530, 320), (440, 320))))
    assert (lines(loose), loose.find(f"{SVG}text").text) == ({"right": 3, "loose": 1, "gold": 1}, "0.55")


def test_worked_examples_and_legend() -> None:
    svg = ElementTree.fromstring(plain_overlay(picture(), PAGE, {"shop": "#0072B2"}, picture="x"))
    assert [node.get("stroke") for node in svg.iter(f"{SVG}path")][1::2] == ["#0072B2"] * 2 + ["#FFFFFF"] * 2
    assert [node.text for node in svg.iter(f"{SVG}text")] == [one.text for one in PAGE]
    assert "amount due" in names_html({"amount_due": "#0072B2"})
    assert "misread" in legend_html("word_boxes")
    assert "misread" not in legend_html("boxes")


def test_measures_and_kinds_read_well() -> None:
    judged = judge(changed(3, text="1O.50"))
    table = measures_table(judged.measures)
    assert "0.050" in table
    assert "✖ above 0.03" in table
    assert "✖ below" not in measures_table(judge(PAGE).measures)
    assert shown_rate(0.0301) == "0.031"  # never "0.030" beside "above 0.03"
    assert shown_rate(0.03) == "0.030"
    assert judged.hints() == ("Words that were read wrongly: signs that look alike, or something left out",)
