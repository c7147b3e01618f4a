"""Figures of the lesson on summaries say what the lesson says of them."""

from __future__ import annotations

import json
from pathlib import Path

from goldlabel.learning import summing

LESSON = Path(__file__).resolve().parents[2] / "course" / "week3_text" / "06_summaries.ipynb"


def words() -> str:
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def test_the_good_summary_has_no_finding_and_the_hasty_one_three() -> None:
    assert repr(summing.judged_summary()) == "Score 1.00, 0 findings"
    hasty = summing.judged_summary(summing.HASTY)
    assert repr(hasty) == "Score 0.00, 3 findings"
    assert "for good" in hasty.html
    assert "300 people" in hasty.html
    assert summing.HASTY in words(), "the lesson shows the text that is judged"


def test_the_false_summary_overlaps_twice_as_much_as_the_true_one() -> None:
    assert repr(summing.overlap_table()) == (
        "true, in fresh words: ROUGE-1 0.37, 3 of 5 told; "
        "false, in the same words: ROUGE-1 0.74, 3 of 5 told, 2 told wrongly"
    )
    assert "twice the figure of the true one" in words()
    quiz = LESSON.with_suffix(".quiz.toml").read_text(encoding="utf-8")
    assert "0.74 and 0.37" in quiz


def test_numbers_and_names_give_no_false_summary_away() -> None:
    assert repr(summing.checked_summaries()) == "Of 8 unfaithful summaries, numbers and names give away 0"
    assert "\nNone. Every wrong number" in words()


def test_what_was_written_is_escaped() -> None:
    assert "<script>" not in summing.judged_summary("<script>alert(1)</script>").html
