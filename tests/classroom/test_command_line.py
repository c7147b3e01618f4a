"""The round with the real ``nbgrader`` commands, as README tells instructors and learners to type them."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.rounds import CONFIG, make_course, repository
from autograder.simulated import PERFECT
from tests.autograder.tiny import ASSIGNMENT, Label

PROGRAMS = Path(sys.executable).parent


class Desk:
    """A course and one learner's home, with nothing of this machine's Jupyter around them."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.course = make_course(folder / "course")
        self.home = folder / "home"
        self.home.mkdir()
        # A learner's machine knows only where the exchange is and what the course is called.
        (self.home / CONFIG).write_text(
            f"c = get_config()\nc.Exchange.root = {str(self.course / 'exchange')!r}\n"
            "c.CourseDirectory.course_id = 'goldlabel'\n"
        )
        self.variables = {
            **os.environ,
            "HOME": str(folder),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "PYTHONWARNINGS": "ignore",
            **variables,
        }

    def nbgrader(self, folder: Path, command: str, *rest: str) -> str:
        done = subprocess.run(
            [str(PROGRAMS / "nbgrader"), command, *rest],
            cwd=folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"nbgrader {command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.usefixtures("tiny")
def test_the_whole_round(tmp_path: Path, label: Label) -> None:
    desk = Desk(tmp_path, PATH=os.pathsep.join((str(PROGRAMS), os.environ["PATH"])))
    desk.nbgrader(desk.course, "generate_assignment", ASSIGNMENT)
    desk.nbgrader(desk.course, "release_assignment", ASSIGNMENT)
    desk.nbgrader(desk.home, "fetch_assignment", ASSIGNMENT)
    label(PERFECT, desk.home / ASSIGNMENT)
    desk.nbgrader(desk.home, "submit", ASSIGNMENT)
    desk.nbgrader(desk.course, "collect", ASSIGNMENT)
    desk.nbgrader(desk.course, "autograde", ASSIGNMENT)
    desk.nbgrader(desk.course, "generate_feedback", ASSIGNMENT)
    desk.nbgrader(desk.course, "release_feedback", ASSIGNMENT)
    desk.nbgrader(desk.home, "fetch_feedback", ASSIGNMENT)
    (page,) = (desk.home / ASSIGNMENT / "feedback").rglob("*.html")
    assert "10 of 10 points" in page.read_text(encoding="utf-8")
    desk.nbgrader(desk.course, "export", "--to", "grades.csv")
    lines = (desk.course / "grades.csv").read_text().splitlines()
    heads, row = lines[0].split(","), lines[1].split(",")
    grades = dict(zip(heads, row, strict=True))
    assert (grades["student_id"], float(grades["score"]), float(grades["max_score"])) == (getpass.getuser(), 10, 10)


@pytest.mark.usefixtures("tiny")
def test_from_another_folder_and_a_bare_shell(tmp_path: Path) -> None:
    """The variables move course, exchange and gradebook; ``alembic`` is found without the environment on PATH."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    desk = Desk(
        tmp_path,
        PATH="/usr/bin:/bin",
        GOLDLABEL_COURSE=str(tmp_path / "course"),
        GOLDLABEL_EXCHANGE=str(tmp_path / "shared"),
        GOLDLABEL_DB_URL=f"sqlite:///{tmp_path / 'elsewhere' / 'grades.db'}",
    )
    (elsewhere / CONFIG).write_text((repository() / CONFIG).read_text())
    desk.nbgrader(elsewhere, "generate_assignment", ASSIGNMENT)
    assert (desk.course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").is_file()
    assert (elsewhere / "grades.db").is_file()
    assert not (desk.course / "gradebook.db").exists()
    assert (tmp_path / "shared").is_dir()
    assert not (desk.course / "exchange").exists()
