"""Rebuilds a learner's notebook from the release copy, with nothing of the learner's but what they typed.

A handed-in notebook may be damaged, of another format, lack cells, hold a grade cell twice, claim a metadata
version that stops nbgrader for the whole class, or carry outputs that look like a grade. None of that survives:
structure, metadata and locked cells come from the release copy, and of the learner's file only the text of the
cells that they may edit, and of the cells that they added.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from nbformat.notebooknode import NotebookNode

from autograder.notebooks import KINDS, new_cell, new_notebook

__all__ = ["MOST_CELLS", "rebuild", "with_notes"]

MOST_CELLS = 1000
"""Cells beyond this many are not looked at; a real notebook of the course has about twenty."""

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
"""Where HTML begins; "a < b" is none."""


class _Cell(msgspec.Struct, frozen=True):
    """What is taken of a learner's cell."""

    kind: str
    source: str
    cell_id: str
    grade_id: str


def rebuild(raw: bytes | None, release: NotebookNode) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook to grade.

    Args:
        raw: The bytes of the learner's notebook; None when there is none.
        release: The notebook as it was given out; not changed.

    Returns:
        The rebuilt notebook, and one sentence for everything that was not as it should be. Rebuilding a rebuilt
        notebook changes nothing and says nothing.
    """
    notes: list[str] = []
    keys = {_key(cell): cell for cell in release.cells}
    by_id = {cell.id: _key(cell) for cell in release.cells if "nbgrader" not in cell.metadata}
    sources: dict[str, str] = {}
    added: dict[str, list[_Cell]] = {}
    last = ""
    for cell in _cells(raw, notes):
        key = cell.grade_id if cell.grade_id in keys else by_id.get(cell.cell_id, "")
        if not key:
            added.setdefault(last, []).append(cell)
        elif key in sources:
            notes.append(f"A second copy of the cell {key} was left out.")
        else:
            sources[key] = cell.source
            last = key
    # Cells of other kinds may be deleted without harm; a missing graded cell is worth a word.
    notes += [
        f"The cell {key} was missing and has been put back."
        for key, cell in keys.items()
        if "nbgrader" in cell.metadata and key not in sources and raw is not None and sources
    ]
    cells = _new_cells(added.get("", ()))
    for key, cell in keys.items():
        cells.append(_filled(cell, sources.get(key)))
        cells += _new_cells(added.get(key, ()))
    return _notebook(cells, release), tuple(dict.fromkeys(notes))


def with_notes(notebook: NotebookNode, notes: Sequence[str]) -> NotebookNode:
    """``notebook`` with a first cell that tells learner and instructor what was put right, if anything was."""
    if not notes:
        return notebook
    lines = "\n".join(f"- {_tame('markdown', note)}" for note in notes)  # a note may quote a file's name
    first = new_cell("markdown", f"**What was put right when this was handed in**\n\n{lines}")
    return _notebook([first, *notebook.cells], notebook)


def _key(cell: NotebookNode) -> str:
    """What a cell is recognised by: nbgrader's name, or the cell's id."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or cell.id)


def _filled(cell: NotebookNode, source: str | None) -> NotebookNode:
    """A copy of the release cell, with the learner's text where they may write."""
    filled = copy.deepcopy(cell)
    grading = cell.metadata.get("nbgrader", {})
    editable = not grading or grading.get("solution", False)
    if source is not None and editable and source != cell.source:
        filled.source = _tame(cell.cell_type, source)
    return filled


def _new_cells(cells: Sequence[_Cell]) -> list[NotebookNode]:
    return [new_cell(cell.kind, _tame(cell.kind, cell.source)) for cell in cells]


def _tame(kind: str, source: str) -> str:
    """A learner's text with its HTML tags made visible instead of alive.

    Formgrader and feedback pages show Markdown and raw cells as HTML: a script in one would run in the
    instructor's browser, logged in as the instructor. Code is shown as text anyway.
    """
    return source if kind == "code" else _TAG.sub("&lt;", source)


def _notebook(cells: Sequence[NotebookNode], like: NotebookNode) -> NotebookNode:
    """A notebook of these cells; cells that are not the release's get ids by their place, so that runs are equal."""
    given = {cell.id for cell in like.cells}
    numbered = []
    for place, cell in enumerate(cells):
        if cell.id not in given:
            cell.id = f"added-{place}"
        numbered.append(cell)
    return new_notebook(numbered, copy.deepcopy(like.metadata))


def _cells(raw: bytes | None, notes: list[str]) -> Iterator[_Cell]:
    """The readable cells of a learner's notebook; says in ``notes`` when there are none to read."""
    if raw is None:
        notes.append("There was no notebook; the one that was given out stands in for it.")
        return
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError):
        notes.append("The notebook is damaged and could not be read; the one that was given out stands in for it.")
        return
    found = content.get("cells") if isinstance(content, dict) else None
    if not isinstance(found, list):
        notes.append("The notebook has no cells that could be read; the one that was given out stands in for it.")
        return
    if len(found) > MOST_CELLS:
        notes.append(f"The notebook has {len(found)} cells; those after the first {MOST_CELLS} were left out.")
    for cell in found[:MOST_CELLS]:
        if isinstance(cell, dict) and cell.get("cell_type") in KINDS:
            yield _Cell(
                kind=cell["cell_type"],
                source=_text(cell.get("source")),
                cell_id=_text(cell.get("id")),
                grade_id=_grade_id(cell.get("metadata")),
            )


def _grade_id(metadata: object) -> str:
    grading = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    name: Any = grading.get("grade_id") if isinstance(grading, Mapping) else None
    return name if isinstance(name, str) else ""


def _text(value: object) -> str:
    """The text of a field: a string, or a list of lines. Lone surrogates, which no file can hold, become "?"."""
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
