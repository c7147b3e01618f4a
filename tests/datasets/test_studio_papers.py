"""How the studio prints papers: words and fields of a marked text, ink that lies where the gold says.

No font is needed: blocks stand for words.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.paper_print import Page, Placed  # noqa: E402
from studio.paper_text import RULE, Word, read_lines  # noqa: E402
from studio.paper_wear import blotted, scanned  # noqa: E402
from studio.recipes import load_set  # noqa: E402


def page(*boxes: tuple[int, int, int, int]) -> Page:
    """A page of 300 x 200 pixels with one black block for each word w0, w1 ..."""
    plate = np.zeros((200, 300), dtype=np.float32)
    for x1, y1, x2, y2 in boxes:
        plate[y1:y2, x1:x2] = 1.0
    placed = [Placed(Word(f"w{number}", "other"), box) for number, box in enumerate(boxes)]
    return Page(((plate, (0, 0, 0)),), (250, 250, 250), 0.0, tuple(placed))


def test_words_stand_between_spaces_and_take_the_field_of_their_mark() -> None:
    (line,) = read_lines("[2x rye bread|item] left > EUR [5.80|price]")
    assert [(word.text, word.field) for word in line.left] == [
        ("2x", "item"),
        ("rye", "item"),
        ("bread", "item"),
        ("left", "other"),
    ]
    assert [(word.text, word.field) for word in line.right] == [("EUR", "other"), ("5.80", "price")]


def test_a_line_may_have_columns_a_style_or_nothing() -> None:
    head, rule, gap, form, right = read_lines("# Shop\n---\n\nName: ~ [Ada Birk|person]\n> [12|number]")
    assert (head.style, rule.style, gap.words) == ("#", RULE, ())
    assert [word.text for word in form.middle] == ["Ada", "Birk"]
    assert [word.text for word in right.words] == ["12"]


@pytest.mark.parametrize("text", ["[Oat milk|food]", "[Oat milk|item", "Oat milk|item]", "[Oat milk]"])
def test_a_wrong_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="field"):
        read_lines(text)


@pytest.mark.parametrize("skew", [-2.0, 0.0, 1.5])
def test_the_ink_of_a_scan_lies_within_the_corners(skew: float) -> None:
    picture, words = scanned(page((40, 30, 140, 55), (200, 150, 260, 180)), (340, 240), skew, 7)
    dark = np.asarray(picture.convert("L")) < 110
    rows, columns = np.nonzero(dark)
    shapes = [shapely.Polygon(corners) for _, corners in words]
    inside = shapely.contains_xy(shapely.union_all(shapes).buffer(1.0), columns + 0.5, rows + 0.5)
    assert inside.all()
    # And it fills them.
    assert dark.sum() == pytest.approx(sum(shape.area for shape in shapes), rel=0.05)


def test_a_blot_hides_its_word_and_no_other() -> None:
    blot = blotted(page((40, 30, 140, 55), (200, 150, 260, 180)), ["w1"], 3)
    assert [word.hidden for word in blot.words] == [False, True]
    coverage = blot.inks[-1][0]
    assert coverage[155:175, 205:255].min() > 0.9
    assert coverage[30:55, 40:140].max() == 0


def test_a_blot_that_would_reach_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="reaches another word"):
        blotted(page((40, 30, 140, 55), (143, 30, 200, 55)), ["w0"], 3)


def test_every_recipe_can_be_read() -> None:
    for entry in load_set("paperwork").items.values():
        count = sum(len(line.words) for line in read_lines(entry.recipe["text"]))
        assert 14 <= count <= 30, entry.id
