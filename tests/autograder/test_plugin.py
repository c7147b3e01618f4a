"""ScoreLabels: what it trusts, and that a fault on our side never becomes a learner's zero."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.rounds import Round, RoundError
from autograder.simulated import PERFECT
from tests.autograder.test_intake import edit, grade_cell
from tests.autograder.test_traps import place
from tests.autograder.tiny import ASSIGNMENT, DATASET, Label

NOTEBOOK = f"{ASSIGNMENT}.ipynb"


def regenerate(play: Round, **grading: object) -> None:
    """Change the master's grade cell and generate the assignment again."""
    path = play.course / "source" / ASSIGNMENT / NOTEBOOK
    edit(path, lambda notebook: grade_cell(notebook)["metadata"]["nbgrader"].update(grading))
    play.generate()


def autograded_cell(play: Round, learner: str) -> nbformat.NotebookNode:
    path = play.course / "autograded" / learner / ASSIGNMENT / NOTEBOOK
    return grade_cell(nbformat.read(path, as_version=4))


def test_the_output_of_a_graded_cell(play: Round, label: Label) -> None:
    place(play, "anna", label)
    play.autograde()
    cell = autograded_cell(play, "anna")
    (output,) = cell.outputs
    assert output.output_type == "execute_result"
    assert output.data["text/plain"] == "10.0"
    assert "10 of 10 points" in output.data["text/html"]
    assert determine_grade(cell) == (10, 10)


def test_no_learner_code_runs(play: Round, label: Label, tmp_path: Path) -> None:
    folder = place(play, "anna", label)
    ran = tmp_path / "ran"
    cell = {"cell_type": "code", "source": f"open({str(ran)!r}, 'w')", "metadata": {}, "outputs": []}
    edit(folder / NOTEBOOK, lambda notebook: notebook["cells"].insert(0, {**cell, "execution_count": None}))
    play.autograde()
    assert [entry.points for entry in play.entries()] == [10]
    assert not ran.exists()


@pytest.mark.parametrize("worth", [1, 3, 7.5, 100])
def test_points_come_from_the_gradebook(play: Round, label: Label, worth: float) -> None:
    regenerate(play, points=worth)
    place(play, "anna", label)
    play.autograde()
    assert [(entry.points, entry.most) for entry in play.entries()] == [(worth, worth)]


def test_a_master_with_an_unknown_cell_grades_nobody(play: Round, label: Label) -> None:
    """Without this, everybody would get full marks for it."""
    regenerate(play, grade_id="test-of-code")
    place(play, "anna", label)
    with pytest.raises(RoundError, match="has no scorer"):
        play.autograde()
    assert not list((play.course / "autograded").rglob("*.ipynb"))


def test_a_master_with_an_unknown_exercise_grades_nobody(play: Round, label: Label) -> None:
    regenerate(play, grade_id="labels-w9-unknown")
    place(play, "anna", label)
    with pytest.raises(RoundError, match="no exercise called 'w9-unknown'"):
        play.autograde()
    assert not list((play.course / "autograded").rglob("*.ipynb"))


def test_missing_gold_grades_nobody(
    play: Round, label: Label, tiny: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(play, "anna", label)
    shutil.copytree(tiny[1], tmp_path / "gold")
    (tmp_path / "gold").chmod(0o755)
    monkeypatch.setenv("GOLDLABEL_GOLD", str(tmp_path / "gold"))
    with pytest.raises(RoundError, match="Other people on this machine may look into your gold"):
        play.autograde()
    assert not list((play.course / "autograded").rglob("*.ipynb"))


def test_a_fault_of_ours_with_one_learner_leaves_the_others_graded(
    play: Round, label: Label, monkeypatch: pytest.MonkeyPatch
) -> None:
    import autograder.plugin as plugin

    for learner in ("anna", "bea", "cem"):
        place(play, learner, label)
    calls = iter([None, RuntimeError("a bug of ours"), None])
    real = plugin.score_labels

    def failing(data: bytes, **rest: object) -> object:
        if error := next(calls):
            raise error
        return real(data, **rest)

    monkeypatch.setattr(plugin, "score_labels", failing)
    with pytest.raises(RoundError, match="'bea'"):
        play.autograde()
    graded = {path.parent.parent.name for path in (play.course / "autograded").rglob("*.ipynb")}
    assert graded == {"anna", "cem"}


def test_grading_again_gives_the_same(play: Round, label: Label) -> None:
    place(play, "anna", label)
    play.autograde()
    first = json.dumps(autograded_cell(play, "anna"))
    play.autograde()
    assert json.dumps(autograded_cell(play, "anna")) == first


def test_the_exam_gold_is_nowhere_in_the_course(play: Round, label: Label, tiny: tuple[Path, Path]) -> None:
    label(PERFECT, play.fetch("anna"))
    play.submit("anna")
    play.collect()
    play.autograde()
    play.feedback()
    gold = json.loads((tiny[1] / DATASET / "exam.json").read_bytes())
    assert gold["items"]
    for path in play.course.rglob("*"):
        if path.is_file():
            assert b"drawn from the gold itself" not in path.read_bytes(), path
