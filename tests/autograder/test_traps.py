"""Traps of nbgrader 0.9.6, each shown as it bites in stock nbgrader, so that an upgrade which changes one is noticed.

That our own pipeline stays out of them is shown here where it is a matter of outputs, else in test_intake.py and
test_plugin.py.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import determine_grade

from autograder.plugin import ScoreLabels
from autograder.rounds import Round, RoundError
from autograder.scoring import points
from autograder.simulated import PERFECT
from autograder.surroundings import LOCK_SECONDS
from tests.autograder.test_intake import (
    SECRET_WORD,
    duplicated,
    edit,
    grade_cell,
    linked_file,
    newer_schema,
    planted_page,
)
from tests.autograder.tiny import ASSIGNMENT, Label


def graded(*outputs: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cell = new_code_cell("exercise.status()", outputs=list(outputs))
    cell.metadata.nbgrader = {"grade": True, "solution": False, "grade_id": "labels-x", "points": 10}
    return cell


def result(text: str) -> nbformat.NotebookNode:
    return new_output("execute_result", data={"text/plain": text})


class TestHowNbgraderReadsAGrade:
    @pytest.mark.parametrize("text", ["np.float64(0.5)", "nan", "-1", "True", "'0.5'", "0.5 points", "None"])
    def test_what_it_cannot_read_earns_full_marks(self, text: str) -> None:
        assert determine_grade(graded(result(text))) == (10, 10)

    def test_no_output_earns_full_marks(self) -> None:
        assert determine_grade(graded()) == (10, 10)

    def test_a_displayed_number_earns_full_marks(self) -> None:
        assert determine_grade(graded(new_output("display_data", data={"text/plain": "0.5"}))) == (10, 10)

    def test_anything_on_stderr_before_the_result_earns_nothing(self) -> None:
        warning = new_output("stream", name="stderr", text="a library's warning")
        assert determine_grade(graded(warning, result("7.5"))) == (0, 10)

    @pytest.mark.parametrize("text", ["10.1", "inf", "1e999"])
    def test_above_the_maximum_the_submission_is_lost(self, text: str) -> None:
        with pytest.raises(ValueError, match="greater than maximum"):
            determine_grade(graded(result(text)))

    def test_html_alone_loses_the_submission(self) -> None:
        with pytest.raises(KeyError):
            determine_grade(graded(new_output("execute_result", data={"text/html": "<b>7.5</b>"})))

    @pytest.mark.parametrize("fraction", [0.0, 1e-9, 0.1 + 0.2, 0.5, 2 / 3, 1.0, 1.1, -0.1, float("nan"), float("inf")])
    def test_what_we_write_is_read_as_it_is(self, fraction: float) -> None:
        earned = points(fraction, 10.0)
        assert determine_grade(graded(result(repr(earned)))) == (earned, 10)


class TestPreprocessors:
    def test_a_plain_preprocessor_is_skipped_without_a_word(self) -> None:
        class Plain(Preprocessor):
            def preprocess(self, nb, resources):
                raise AssertionError("never called")

        exporter = NotebookExporter()
        exporter.register_preprocessor(Plain)
        exporter.from_notebook_node(new_notebook())

    def test_ours_is_of_nbgraders_kind_and_enabled(self) -> None:
        assert issubclass(ScoreLabels, NbGraderPreprocessor)
        assert ScoreLabels().enabled


def place(play: Round, learner: str, label: Label) -> Path:
    """Put a submission with perfect labels straight into submitted/."""
    folder = play.course / "submitted" / learner / ASSIGNMENT
    shutil.copytree(play.course / "release" / ASSIGNMENT, folder)
    label(PERFECT, folder)
    return folder


class TestStockNbgrader:
    """The same course without our plug-ins."""

    @pytest.fixture
    def stock(self, play: Round) -> Round:
        del play._config.Autograde.exporter_class
        del play._config.ExchangeFactory.collect
        del play._config.CourseDirectory.ignore
        return play

    @pytest.mark.parametrize("spoil", [duplicated, newer_schema])
    def test_one_submission_stops_the_class(self, stock: Round, label: Label, spoil) -> None:
        spoil(place(stock, "anna", label))
        place(stock, "zoe", label)
        with pytest.raises(RoundError):
            stock.autograde()
        assert "zoe" not in {entry.learner: entry.points for entry in stock.entries() if entry.points}

    def test_a_grade_cell_without_scorer_earns_full_marks(self, stock: Round, label: Label) -> None:
        stock._config.Autograde.autograde_preprocessors.remove("autograder.plugin.ScoreLabels")
        (place(stock, "anna", label) / "labels" / "w2-boxes-exam.json").unlink()
        stock.autograde()
        assert [entry.points for entry in stock.entries()] == [10]

    def test_collect_follows_links_and_feedback_publishes_by_glob(self, stock: Round, label: Label) -> None:
        label(PERFECT, stock.fetch("anna"))
        stock.submit("anna")
        (inbound,) = (stock.course / "exchange" / "goldlabel" / "inbound").glob("anna+*")
        linked_file(inbound)
        (inbound / "home").unlink()  # the whole disk would be copied
        planted_page(inbound)
        stock.collect()
        assert (stock.course / "submitted" / "anna" / ASSIGNMENT / "notes.txt").read_text() == SECRET_WORD
        stock.autograde()
        stock.feedback()
        published = (stock.course / "exchange" / "goldlabel" / "feedback").iterdir()
        assert SECRET_WORD in "".join(path.read_text() for path in published)


class TestLockedGradebook:
    def test_a_lock_is_waited_for(self, play: Round) -> None:
        with play.gradebook() as gradebook, gradebook.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 1000 * LOCK_SECONDS

    def test_a_lock_longer_than_sqlites_own_patience(self, play: Round, label: Label) -> None:
        place(play, "anna", label)
        locked = threading.Event()

        def hold() -> None:
            connection = sqlite3.connect(play.course / "gradebook.db", isolation_level=None)
            connection.execute("BEGIN EXCLUSIVE")
            locked.set()
            threading.Event().wait(5.5)
            connection.execute("ROLLBACK")
            connection.close()

        holder = threading.Thread(target=hold)
        holder.start()
        locked.wait(5)
        play.autograde()
        holder.join()
        assert [entry.points for entry in play.entries()] == [10]


def test_deleting_the_seal_of_a_cell_changes_nothing(play: Round, label: Label) -> None:
    """nbgrader compares checksums that stand in the learner's own file; ours come from the gradebook."""
    folder = place(play, "anna", label)
    edit(folder / f"{ASSIGNMENT}.ipynb", lambda notebook: grade_cell(notebook)["metadata"]["nbgrader"].pop("checksum"))
    edit(folder / f"{ASSIGNMENT}.ipynb", lambda notebook: grade_cell(notebook).update(source="10.0"))
    play.autograde()
    notebook = nbformat.read(play.course / "autograded" / "anna" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    assert "exercise.status()" in grade_cell(notebook).source
