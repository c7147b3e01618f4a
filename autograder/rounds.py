"""One assignment's whole way through nbgrader, in one process: from the master to the feedback in a learner's hand.

Each call of nbgrader's command line costs about three seconds of imports; its Python API does the same work at
once. The course is a folder of its own, made from this repository's ``source/`` and ``nbgrader_config.py``, and
each learner has a home of their own with nbgrader's cache of hand-ins in it.
"""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from nbgrader.utils import capture_log
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from goldlabel.errors import GoldlabelError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CONFIG", "Entry", "Round", "RoundError", "make_course", "repository"]

CONFIG = "nbgrader_config.py"


class RoundError(GoldlabelError):
    """A step of the round failed; ``where`` names the step."""


class Entry(msgspec.Struct, frozen=True):
    """One row of the gradebook.

    Attributes:
        learner: nbgrader's id.
        name: For people.
        points: Earned.
        most: Could be earned.
    """

    learner: str
    name: str
    points: float
    most: float


def repository() -> Path:
    """The clone that this package lies in.

    Raises:
        RoundError: The package was installed without the course around it.
    """
    root = Path(__file__).resolve().parents[1]
    if not (root / CONFIG).is_file() or not (root / "source").is_dir():
        raise RoundError(
            "The course is not around the program: there is no source folder",
            where=str(root),
            todo="Run this from a clone of the course that `python3 start.py` has set up.",
        )
    return root


def make_course(folder: Path) -> Path:
    """Make a new course in ``folder`` (made when needed) from this repository's masters and settings."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        repository() / "source", folder / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints", "labels")
    )
    shutil.copy(repository() / CONFIG, folder / CONFIG)
    return folder


class Round:
    """The round of one assignment in one course.

    Every step raises :class:`RoundError` when nbgrader reports a failure.

    Args:
        course: Folder made by :func:`make_course`.
        homes: Folder in which each learner gets a home.
        assignment: Name of the folder in ``source/``.
    """

    def __init__(self, course: Path, homes: Path, assignment: str) -> None:
        self.course = course.resolve()
        self.homes = homes.resolve()
        self.assignment = assignment
        with _only_this_course():
            loader = PyFileConfigLoader(CONFIG, path=str(self.course))
            self._config: Config = loader.load_config()

    # --- the instructor's steps ----------------------------------------------------------------------

    def generate(self) -> Path:
        """Make the learners' edition from the master; returns its folder."""
        _checked("generate_assignment", self._api().generate_assignment(self.assignment))
        return self.course / "release" / self.assignment

    def release(self) -> None:
        """Put the learners' edition into the exchange."""
        _checked("release_assignment", self._api().release_assignment(self.assignment))

    def collect(self) -> str:
        """Take in what was handed in; returns nbgrader's log."""
        return _checked("collect", self._api().collect(self.assignment, update=True))

    def autograde(self, learner: str = "*") -> str:
        """Grade one learner, or everybody; returns nbgrader's log."""
        return _checked("autograde", self._api().autograde(self.assignment, learner))

    def feedback(self) -> None:
        """Make the feedback pages and put them into the exchange."""
        _checked("generate_feedback", self._api().generate_feedback(self.assignment))
        _checked("release_feedback", self._api().release_feedback(self.assignment))

    def enrol(self, learner: str, name: str) -> None:
        """Enter a learner into the gradebook with a name for people; the points come later."""
        with self.gradebook() as gradebook:
            gradebook.update_or_create_student(learner, first_name=name, last_name="")

    def entries(self) -> tuple[Entry, ...]:
        """The gradebook's rows of this assignment, by learner."""
        with self.gradebook() as gradebook:
            rows = [
                Entry(
                    learner=row.student.id,
                    name=row.student.first_name or row.student.id,
                    points=float(row.score),
                    most=float(row.max_score),
                )
                for row in gradebook.assignment_submissions(self.assignment)
            ]
        return tuple(sorted(rows, key=lambda row: row.learner))

    def gradebook(self) -> Gradebook:
        """The open gradebook; a context manager."""
        return Gradebook(self._coursedir().db_url, self._config.CourseDirectory.course_id)

    # --- a learner's steps ---------------------------------------------------------------------------

    def fetch(self, learner: str) -> Path:
        """Fetch the assignment into the learner's home; returns the folder to work in."""
        self._exchange("FetchAssignment", learner)
        return self.homes / learner / self.assignment

    def submit(self, learner: str) -> None:
        """Hand in."""
        self._exchange("Submit", learner)

    def fetch_feedback(self, learner: str) -> tuple[Path, ...]:
        """Fetch the feedback; returns its pages."""
        self._exchange("FetchFeedback", learner)
        return tuple(sorted((self.homes / learner / self.assignment / "feedback").rglob("*.html")))

    # --- inside --------------------------------------------------------------------------------------

    def _coursedir(self, **values: str) -> CourseDirectory:
        course = CourseDirectory(config=self._config)
        for name, value in values.items():
            setattr(course, name, value)
        return course

    def _api(self) -> NbGraderAPI:
        return NbGraderAPI(self._coursedir(), config=self._config)

    def _exchange(self, step: str, learner: str) -> None:
        """Run one of the learner's steps as that learner: in their home, with their cache."""
        home = self.homes / learner
        home.mkdir(parents=True, exist_ok=True)
        config = copy.deepcopy(self._config)
        config.Exchange.assignment_dir = str(home)
        config.Exchange.cache = str(home / ".nbgrader_cache")
        api = NbGraderAPI(self._coursedir(), config=config)
        course = self._coursedir(student_id=learner, assignment_id=self.assignment)
        factory: Any = ExchangeFactory(config=config)
        step_app = getattr(factory, step)(coursedir=course, authenticator=api.authenticator, config=config)
        _checked(step, capture_log(step_app))


def _checked(step: str, result: Mapping[str, Any] | None) -> str:
    """The log of a step that succeeded.

    Raises:
        RoundError: It did not.
    """
    if result is None:
        raise RoundError(
            "nbgrader's exchange does not work on Windows",
            where=step,
            todo="Run this on Linux or macOS, or hand in by file.",
        )
    if not result["success"]:
        # The cause stands in the log where nbgrader caught it, else in the traceback.
        text = "\n".join(str(result.get(part) or "")[-1500:].strip() for part in ("log", "error"))
        raise RoundError(
            f"nbgrader could not finish this step:\n{text}",
            where=step,
            todo="Read nbgrader's words above; they name the cause.",
        )
    return str(result.get("log", ""))


@contextmanager
def _only_this_course() -> Iterator[None]:
    """Load the settings without variables that point to another course, its exchange or its gradebook."""
    names = ("GOLDLABEL_COURSE", "GOLDLABEL_EXCHANGE", "GOLDLABEL_DB_URL")
    kept = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(kept)
