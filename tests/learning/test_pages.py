"""Pictures of pages: lines and blocks, ways through the words, upright boxes on slanted lines, fields as a table."""

from __future__ import annotations

import pytest
from shapely import Polygon

from goldlabel.annotations import WordBox, only
from goldlabel.data import load_items
from goldlabel.errors import ExerciseError
from goldlabel.exercises import find_exercise
from goldlabel.learning.examples import gold_of
from goldlabel.learning.pages import (
    blacked_out,
    blocks,
    levels,
    lines,
    reading_order,
    record,
    slant_table,
    upright,
    uprights,
)

PAGES = sorted(item.id for item in load_items("paperwork") if item.pool == "practice")


def _word(text: str, x: float, y: float, *, width: float = 40, rise: float = 0) -> WordBox:
    """A word 20 pixels high whose right end lies ``rise`` pixels above its left one."""
    corners = ((x, y), (x + width, y - rise), (x + width, y - rise + 20), (x, y + 20))
    return WordBox(id=text, label="other", corners=corners, text=text)


def _words(item_id: str) -> tuple[WordBox, ...]:
    return only(gold_of(find_exercise("w3-documents")).of(item_id).scored, WordBox)


def test_a_line_ends_where_the_next_word_begins_further_left() -> None:
    words = [_word("a", 0, 0), _word("b", 50, 0), _word("c", 20, 30), _word("d", 10, 60), _word("e", 60, 59)]
    assert [[word.text for word in part] for part in lines(words)] == [["a", "b"], ["c"], ["d", "e"]]
    assert not lines([])


def test_a_block_ends_at_a_wide_step() -> None:
    parts = lines([_word(name, 0, y) for name, y in (("a", 0), ("b", 30), ("c", 75), ("d", 105))])
    assert [[part[0].text for part in block] for block in blocks(parts)] == [["a", "b"], ["c", "d"]]
    assert not blocks(())
    assert len(blocks(parts[:1])) == 1


def test_the_lesson_s_levels() -> None:
    assert repr(levels("pw-002")) == "27 words (solid), 9 lines (dashed), 5 blocks (dotted)"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_s_lines_are_torn(page: str) -> None:
    # A piece of a line that lay beside another one would overlap it in height nearly wholly.
    tops = [(part[0].corners[0][1] + part[0].corners[3][1]) / 2 for part in lines(_words(page))]
    assert tops == sorted(tops)


def test_sorting_by_height_scrambles_a_slanted_page_only() -> None:
    slanted = repr(reading_order("pw-009"))
    assert "by height on the picture: Library Town Quillby" in slanted
    assert "Line by line: Quillby Town Library" in slanted


def test_an_upright_box_holds_the_word_and_wastes_the_corners() -> None:
    word = _word("steep", 100, 100, width=80, rise=20)
    level = upright(word)
    assert Polygon(level.corners).bounds == (100, 80, 180, 120)
    assert Polygon(level.corners).covers(Polygon(word.corners))
    assert upright(level) == level


def test_upright_boxes_do_on_scans_and_fail_on_photographs() -> None:
    text = repr(slant_table(["pw-003", "pw-009"]))
    assert "parking slip: mean IoU 0.92" in text
    assert "library slip on a table: mean IoU 0.63" in text
    assert '0.46 on "quillby.test/renew"' in repr(uprights("pw-009"))


def test_a_page_as_the_client_s_table() -> None:
    text = repr(record("pw-002"))
    assert "issuer: The Copper Kettle" in text
    assert "price: €6.40 / €4.10 / €3.20" in text
    assert "other:" not in text
    assert repr(record("pw-002", fields=["person", "other"])).startswith("person: Marek; other: ")


def test_blacking_out_a_name_leaves_what_leads_to_the_person() -> None:
    text = repr(blacked_out("pw-004", ["person"]))
    assert "Lena" not in text
    assert "lena@fenmail.test" in text
    assert blacked_out("pw-004", ["person"]).html.count('fill="#000"') == 2


def test_an_exam_page_is_shown_by_no_figure() -> None:
    with pytest.raises(ExerciseError, match="no practice item"):
        levels("pw-101")
