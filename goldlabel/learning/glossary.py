"""The glossary: every term that a lesson prints bold has an entry there.

In lessons bold is for terms only. What is bold and no term: keys (``**Ctrl + Z**``, ``**1**``) and words that lead into
a paragraph and end in a colon, a full stop or a question mark (``**Time:**``). Emphasis is *italic*.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from goldlabel.errors import ExerciseError

__all__ = ["bold_terms", "glossary_terms", "lesson_terms"]

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_KEY_NAMES = (
    "Ctrl|Shift|Alt|Cmd|Enter|Esc|Tab|Space|Delete|Backspace|Home|End|Page (?:Up|Down)|arrows?|[A-Z0-9?+\\[\\]-]"
)
_KEYS = re.compile(rf"(?:{_KEY_NAMES})(?: \+ (?:{_KEY_NAMES}))*")
_ENTRY = re.compile(r"^\*\*(?P<term>[^*]+)\*\*", re.MULTILINE)


def bold_terms(markdown: str) -> tuple[str, ...]:
    """The bold terms of a text, in order, each once, in lower case.

    Example:
        >>> bold_terms("**Time:** a **track** follows one thing; **Ctrl + Z** undoes.")
        ('track',)
    """
    terms: dict[str, None] = {}
    for found in _BOLD.finditer(_without_code(markdown)):
        text = " ".join(found[1].split())
        if text[-1:] not in (":", ".", "?", "!") and not _KEYS.fullmatch(text):
            terms[text.rstrip(",;").lower()] = None
    return tuple(terms)


def lesson_terms(notebook: str | os.PathLike[str]) -> tuple[str, ...]:
    """The bold terms of a notebook's text.

    Raises:
        ExerciseError: The notebook cannot be read.
    """
    path = Path(notebook)
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError) as error:
        raise ExerciseError(f"The lesson cannot be read: {error}", where=str(path)) from None
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return bold_terms("\n\n".join(texts))


def glossary_terms(markdown: str) -> tuple[str, ...]:
    """The entries of a glossary, in lower case: lines that begin with bold words; a comma separates variants.

    Example:
        >>> glossary_terms("**class, tag:** names an item.")
        ('class', 'tag')
    """
    found = (entry["term"].rstrip(":") for entry in _ENTRY.finditer(markdown))
    return tuple(term.strip().lower() for entry in found for term in entry.split(","))


def _without_code(markdown: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", markdown, flags=re.DOTALL)
