"""nbgrader's plug-in: scores submitted label files in the trusted process and writes the grade cells' outputs.

nbgrader stays the system of record. What to grade, and for how many points, is read from its gradebook, where
`nbgrader generate_assignment` put the master; nothing that a learner can edit decides it. No learner code runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Integer

from autograder.feedback import exam_feedback
from autograder.gate import course_of
from autograder.gold import exam_gold
from autograder.notebooks import new_output
from autograder.reading import read_submitted
from autograder.scoring import MOST_LABEL_BYTES, Scored, points, score_labels, unread
from goldlabel.draws import with_draw
from goldlabel.errors import GoldlabelError, LabelsFileError
from goldlabel.exercises import find_exercise

__all__ = ["PREFIX", "ScoreLabels", "ScorerMissingError"]

PREFIX = "labels-"
"""A grade cell ``labels-<exercise id>`` is scored from ``labels/<exercise id>.json``."""

Resources = dict[str, Any]


class ScorerMissingError(GoldlabelError):
    """The master has an autograded cell that nothing can score: the instructor's fault, so nobody is graded."""


# A plain nbconvert preprocessor would be skipped without a word: only nbgrader's own kind is enabled.
class ScoreLabels(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Scores the label files of one submitted notebook."""

    max_bytes = Integer(MOST_LABEL_BYTES, help="A larger labels file is not read.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Give every autograded cell of ``nb`` the output that nbgrader reads its points from.

        A labels file that is missing or broken earns 0 points and a sentence.

        Raises:
            GoldlabelError: The fault is on our side (gold, exercise, master); then nobody gets a score.
        """
        worth = self._master(resources["nbgrader"])
        folder = self._submitted(resources["nbgrader"])
        given = self._given_out(resources["nbgrader"])
        outputs = {name: self._scored(name, most, folder, given) for name, most in worth.items()}
        for cell in nb.cells:
            if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code":
                # Each output is used once: a second cell of the same name earns nothing.
                cell.outputs = [outputs.pop(cell.metadata.nbgrader.get("grade_id"), None) or _unknown_cell()]
        return nb, resources

    def _master(self, info: dict[str, str]) -> dict[str, float]:
        """Names and points of the autograded cells, as the gradebook has them.

        Raises:
            ScorerMissingError: One of them is no labels cell. Left alone it would earn full marks: nbgrader takes
                a cell without output for a test that passed.
        """
        with Gradebook(info["db_url"], course_of(self).course_id) as gradebook:
            master = gradebook.find_notebook(info["notebook"], info["assignment"])
            by_hand = {cell.name for cell in master.solution_cells}
            worth = {
                cell.name: float(cell.max_score)
                for cell in master.grade_cells
                if cell.cell_type == "code" and cell.name not in by_hand
            }
        for name in worth:
            if not name.startswith(PREFIX):
                raise ScorerMissingError(
                    f"The autograded cell {name!r} has no scorer",
                    where=f"{info['assignment']}, notebook {info['notebook']}",
                    todo=f"Name it {PREFIX}<exercise id>, or let it be graded by hand.",
                )
        return worth

    def _submitted(self, info: dict[str, str]) -> Path:
        course = course_of(self)
        return Path(course.format_path(course.submitted_directory, info["student"], info["assignment"]))

    def _given_out(self, info: dict[str, str]) -> Path:
        """The assignment as learners got it: its draw counts, not that of a submitted copy."""
        course = course_of(self)
        return Path(course.format_path(course.release_directory, ".", info["assignment"]))

    def _scored(self, name: str, most: float, folder: Path, given: Path) -> NotebookNode:
        spec = with_draw(find_exercise(name.removeprefix(PREFIX)), given)
        gold = exam_gold(spec)
        scored: Scored
        try:
            data = read_submitted(folder, f"labels/{spec.id}.json", most=self.max_bytes)
        except LabelsFileError as error:
            scored = unread(spec.id, error)
        else:
            scored = score_labels(data, spec=spec, items=spec.items(), gold=gold)
        earned = points(scored.fraction, most)
        self.log.info("%s: %s of %s points", name, earned, most)
        page = exam_feedback(scored, spec, earned=earned, most=most)
        # repr of a plain float: "np.float64(7.5)" would be read as full marks.
        return new_output("execute_result", data={"text/plain": repr(float(earned)), "text/html": page})


def _unknown_cell() -> NotebookNode:
    """An error, which earns nothing; without any output nbgrader would give full marks."""
    return new_output(
        "error", ename="UnknownCell", evalue="This cell is not part of the assignment; it earns nothing.", traceback=[]
    )
