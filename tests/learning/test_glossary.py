"""Every bold term of the lessons has its entry in the glossary, and every entry is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldlabel.errors import ExerciseError
from goldlabel.learning.glossary import bold_terms, glossary_terms, lesson_terms

COURSE = Path(__file__).resolve().parents[2] / "course"
LESSONS = sorted(path for path in COURSE.glob("week*/*.ipynb") if ".ipynb_checkpoints" not in path.parts)
GLOSSARY = (COURSE / "glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_bold_term_is_in_the_glossary(path: Path) -> None:
    missing = set(lesson_terms(path)) - set(glossary_terms(GLOSSARY))
    assert not missing, f"add to course/glossary.md, or use *italics* for emphasis: {sorted(missing)}"


def test_entries_are_sorted_and_stand_once() -> None:
    entries = [line.split("**")[1] for line in GLOSSARY.splitlines() if line.startswith("**")]
    assert len(entries) > 30
    firsts = [entry.rstrip(":").split(",")[0].lower() for entry in entries]
    assert firsts == sorted(firsts)
    terms = glossary_terms(GLOSSARY)
    assert len(set(terms)) == len(terms)


def test_bold_that_is_no_term() -> None:
    text = (
        "**Time:** now. **Shift + Enter**, **1**, **?**, **Delete**. `**kwargs**` and **a\nterm**, **Why?** **again**;"
    )
    assert bold_terms(text) == ("a term", "again")


def test_variants_of_an_entry() -> None:
    assert glossary_terms("# Words\n\n**class, tag:** a name.\n\nNot **here**.\n") == ("class", "tag")


def test_no_lesson(tmp_path) -> None:
    with pytest.raises(ExerciseError, match="cannot be read"):
        lesson_terms(tmp_path / "none.ipynb")
