"""The few functions of nbformat that are used here, with types: the library has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode

__all__ = ["KINDS", "new_cell", "new_notebook", "new_output", "read_notebook", "write_notebook"]

KINDS = ("code", "markdown", "raw")
"""The types of cells that there are."""

_nbformat: Any = nbformat


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in ``path``, in format 4.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is no notebook. (nbformat's own errors are ValueErrors; its validation error is not.)
    """
    try:
        notebook: NotebookNode = _nbformat.read(path, as_version=4)
    except nbformat.ValidationError as error:
        raise ValueError(error.message) from None
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write ``notebook`` into ``path``."""
    _nbformat.write(notebook, path)


def new_cell(kind: str, source: str) -> NotebookNode:
    """A cell of one of :data:`KINDS`."""
    cell: NotebookNode = getattr(_nbformat.v4, f"new_{kind}_cell")(source)
    return cell


def new_notebook(cells: Iterable[NotebookNode], metadata: Mapping[str, Any]) -> NotebookNode:
    """A valid notebook of these cells."""
    notebook: NotebookNode = _nbformat.v4.new_notebook(cells=list(cells), metadata=metadata)
    _nbformat.validate(notebook)
    return notebook


def new_output(kind: str, **fields: object) -> NotebookNode:
    """An output of a code cell."""
    output: NotebookNode = _nbformat.v4.new_output(kind, **fields)
    return output
