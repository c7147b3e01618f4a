"""Of a learner's notebook only what they typed survives."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest

from autograder.rebuild import MOST_CELLS, rebuild, with_notes


def cell(kind: str, source: str, name: str, **grading: object) -> nbformat.NotebookNode:
    made = getattr(nbformat.v4, f"new_{kind}_cell")(source)
    made.id = name
    if grading:
        made.metadata.nbgrader = {
            "grade_id": name, "schema_version": 3, "task": False,
            "grade": False, "solution": False, "locked": False, **grading,
        }  # fmt: skip
    return made


RELEASE = nbformat.v4.new_notebook(
    cells=[
        cell("markdown", "# Title", "title"),
        cell("code", "exercise.label()", "label"),
        cell("code", "# your code", "answer", solution=True),
        cell("code", "exercise.status()", "labels-x", grade=True, locked=True, points=10, checksum="abc"),
    ],
    metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
)


def handed_in(**changes: Any) -> dict[str, Any]:
    return {**json.loads(nbformat.writes(RELEASE)), **changes}


def raw(notebook: object) -> bytes:
    return json.dumps(notebook).encode()


def sources(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


def test_an_untouched_notebook_comes_back_equal() -> None:
    notebook, notes = rebuild(raw(handed_in()), RELEASE)
    assert notes == ()
    assert notebook.cells == RELEASE.cells


def test_what_the_learner_may_edit_is_kept_and_nothing_else() -> None:
    notebook = handed_in()
    for one in notebook["cells"]:
        one["source"] = ["mine"]
        one["metadata"]["evil"] = True
    notebook["metadata"] = {"kernelspec": {"name": "bash"}}
    built, notes = rebuild(raw(notebook), RELEASE)
    assert sources(built) == ["mine", "mine", "mine", "exercise.status()"]
    assert notes == ()
    assert built.metadata == RELEASE.metadata
    assert all("evil" not in one.metadata for one in built.cells)


def test_outputs_are_dropped() -> None:
    notebook = handed_in()
    forged = {"output_type": "execute_result", "data": {"text/plain": "10.0"}, "metadata": {}, "execution_count": 1}
    notebook["cells"][3]["outputs"] = [forged]
    built, _ = rebuild(raw(notebook), RELEASE)
    assert all(one.get("outputs", []) == [] for one in built.cells)


def test_added_cells_stay_where_they_were() -> None:
    notebook = handed_in()
    notebook["cells"].insert(0, {"cell_type": "markdown", "source": "before", "metadata": {}})
    notebook["cells"].insert(3, {"cell_type": "code", "source": "x = 1", "metadata": {}, "id": "answer"})
    built, notes = rebuild(raw(notebook), RELEASE)
    assert sources(built) == ["before", "# Title", "exercise.label()", "x = 1", "# your code", "exercise.status()"]
    assert notes == ()
    assert len({one.id for one in built.cells}) == 6


def test_a_duplicated_grade_cell_is_left_out() -> None:
    notebook = handed_in()
    notebook["cells"].append(copy.deepcopy(notebook["cells"][3]))
    built, notes = rebuild(raw(notebook), RELEASE)
    assert built.cells == RELEASE.cells
    assert notes == ("A second copy of the cell labels-x was left out.",)


def test_a_deleted_grade_cell_is_put_back() -> None:
    notebook = handed_in()
    del notebook["cells"][3]
    built, notes = rebuild(raw(notebook), RELEASE)
    assert built.cells == RELEASE.cells
    assert notes == ("The cell labels-x was missing and has been put back.",)


@pytest.mark.parametrize("version", [0, 2, 99, "three", None, {"a": 1}])
def test_the_metadata_version_is_the_release_copys(version: object) -> None:
    notebook = handed_in()
    notebook["cells"][3]["metadata"]["nbgrader"]["schema_version"] = version
    built, _ = rebuild(raw(notebook), RELEASE)
    assert built.cells == RELEASE.cells


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{",
        b"[" * 200_000,
        b"\xff\xfe",
        b"null",
        b"[]",
        raw({"worksheets": []}),
        raw(handed_in(cells={"a": 1})),
        raw(handed_in(cells=[1, None, "x", {}, {"cell_type": []}, {"cell_type": "slide"}])),
    ],
)
def test_a_notebook_that_cannot_be_read_is_replaced(data: bytes | None) -> None:
    built, notes = rebuild(data, RELEASE)
    assert built.cells == RELEASE.cells
    assert len(notes) <= 1


@pytest.mark.parametrize("metadata", [None, [], "x", {"nbgrader": None}, {"nbgrader": {"grade_id": ["labels-x"]}}])
def test_senseless_metadata(metadata: object) -> None:
    built, _ = rebuild(raw(handed_in(cells=[{"cell_type": "code", "source": 5, "metadata": metadata}])), RELEASE)
    assert sources(built) == ["", *sources(RELEASE)]


def test_too_many_cells() -> None:
    many = [{"cell_type": "code", "source": "", "metadata": {}}] * (MOST_CELLS + 1)
    built, notes = rebuild(raw(handed_in(cells=many)), RELEASE)
    assert len(built.cells) == MOST_CELLS + len(RELEASE.cells)
    assert str(MOST_CELLS + 1) in notes[0]


def test_text_that_no_file_can_hold() -> None:
    built, _ = rebuild(raw(handed_in(cells=[{"cell_type": "markdown", "source": "\ud800", "metadata": {}}])), RELEASE)
    nbformat.writes(built).encode("utf-8")


def test_html_of_a_learner_is_shown_and_not_run() -> None:
    notebook = handed_in()
    notebook["cells"][0]["source"] = "# Title <img src=x onerror=alert(1)> 1 < 2"
    for kind in ("markdown", "raw", "code"):
        notebook["cells"].append({"cell_type": kind, "source": "<script>steal()</script>", "metadata": {}})
    built, _ = rebuild(raw(notebook), RELEASE)
    assert built.cells[0].source == "# Title &lt;img src=x onerror=alert(1)> 1 < 2"
    assert sources(built)[-3:] == ["&lt;script>steal()&lt;/script>"] * 2 + ["<script>steal()</script>"]
    again, _ = rebuild(nbformat.writes(built).encode(), RELEASE)
    assert sources(again) == sources(built)


def test_html_of_the_course_stays() -> None:
    release = copy.deepcopy(RELEASE)
    release.cells[0].source = "<b>Title</b>"
    built, _ = rebuild(nbformat.writes(release).encode(), release)
    assert built.cells[0].source == "<b>Title</b>"


def test_rebuilding_twice_changes_nothing() -> None:
    notebook = handed_in()
    notebook["cells"].append(copy.deepcopy(notebook["cells"][3]))
    built, notes = rebuild(raw(notebook), RELEASE)
    told = with_notes(built, notes)
    again, more = rebuild(nbformat.writes(told).encode(), RELEASE)
    assert more == ()
    assert sources(again) == sources(told)
    assert "second copy" in told.cells[0].source


def test_the_release_copy_is_not_changed() -> None:
    before = copy.deepcopy(RELEASE)
    built, _ = rebuild(raw(handed_in()), RELEASE)
    built.cells[0].source = "changed"
    assert before == RELEASE
