"""Formgrader in a real Jupyter server and a real Chromium: the buttons go through our plug-ins."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.rounds import Round, make_course, repository
from autograder.simulated import PERFECT, SLOPPY
from tests.autograder.test_intake import duplicated
from tests.autograder.tiny import ASSIGNMENT, Label
from tests.chromium import stop

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

SCREENSHOTS = repository() / "screenshots"
ROW = f"tbody tr:has(td.name a:has-text('{ASSIGNMENT}'))"
"""The row of the assignment; the course has others."""
PATIENCE = 60_000  # milliseconds; the machine may be busy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


@pytest.fixture
def server(course: Path, tmp_path: Path) -> Iterator[str]:
    """Address of a Jupyter server on the course, with the instructor's settings of this repository."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = repository() / "jupyter"
    environ = {
        **os.environ,
        "HOME": str(tmp_path),
        "JUPYTER_CONFIG_PATH": os.pathsep.join((str(settings / "instructor"), str(settings / "common"))),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
    }
    options = [
        f"--ServerApp.root_dir={course}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--IdentityProvider.token=",
    ]
    with (tmp_path / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], cwd=course, env=environ, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(f"{address}/api", process, tmp_path / "server.log")
            yield address
        finally:
            stop(process)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Jupyter did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture
def page(server: str, browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    SCREENSHOTS.mkdir(exist_ok=True)
    shown = browser.new_page(viewport={"width": 1280, "height": 900})
    shown.set_default_timeout(PATIENCE)
    yield shown
    shown.close()


def press(page: sync_api.Page, column: str, row: str = "tbody tr") -> str:
    """Press the button in a column of formgrader's table; returns what the dialog says after success."""
    page.locator(f"{row} td.{column} a").first.click()
    page.locator("#success-modal, #error-modal").first.wait_for()
    said = page.locator(".modal-body").inner_text()
    assert page.locator("#error-modal").count() == 0, said
    page.locator(".modal-footer button").click()
    page.locator(".modal").wait_for(state="detached")
    return said


def test_formgrader(server: str, page: sync_api.Page, course: Path, tmp_path: Path, label: Label) -> None:
    page.goto(f"{server}/formgrader/manage_assignments")
    page.locator("td.name a", has_text=ASSIGNMENT).wait_for()
    press(page, "assign", ROW)
    press(page, "release", ROW)
    page.locator(f"{ROW} td.status", has_text="released").wait_for()

    # Three learners, one of whose notebooks would stop a stock nbgrader, fetch, label and hand in.
    play = Round(course, tmp_path / "homes", ASSIGNMENT)
    for learner, habit in (("anna", SLOPPY), ("bea", PERFECT), ("cem", PERFECT)):
        folder = play.fetch(learner)
        label(habit, folder)
        if learner == "cem":
            duplicated(folder)
        play.submit(learner)

    assert "Processing 3 submissions" in press(page, "collect", ROW)
    page.locator(f"{ROW} td.num-submissions", has_text="3").wait_for()
    page.screenshot(path=SCREENSHOTS / "formgrader-assignments.png")
    page.goto(f"{server}/formgrader/manage_submissions/{ASSIGNMENT}")
    for learner in ("anna", "bea", "cem"):
        row = f"tbody tr:has(td.student-id:has-text('{learner}'))"
        page.locator(row).wait_for()
        press(page, "autograde", row)
        page.locator(f"{row} td.status", has_text="graded").wait_for()
    page.screenshot(path=SCREENSHOTS / "formgrader-submissions.png")
    scores = dict(
        zip(page.locator("td.student-id").all_inner_texts(), page.locator("td.score").all_inner_texts(), strict=True)
    )
    assert scores["bea"].split() == scores["cem"].split() == ["10", "/", "10"]
    assert float(scores["anna"].split()[0]) < 7

    page.goto(f"{server}/formgrader/manage_assignments")
    page.locator(f"{ROW} td.generate-feedback a").wait_for()
    press(page, "generate-feedback", ROW)
    press(page, "release-feedback", ROW)

    _look_at_a_submission(server, page)
    _look_at_the_feedback(page, play)


def _look_at_a_submission(server: str, page: sync_api.Page) -> None:
    """The instructor opens one graded submission."""
    page.goto(f"{server}/formgrader/gradebook/{ASSIGNMENT}/{ASSIGNMENT}")
    page.locator("tbody tr td a").first.click()
    page.get_by_text("How it was measured").wait_for()  # nbgrader shuffles: it may be anybody's
    page.screenshot(path=SCREENSHOTS / "formgrader-submission.png", full_page=True)


def _look_at_the_feedback(page: sync_api.Page, play: Round) -> None:
    """The learner opens the page that they fetched, on a light and on a dark screen, with the network off."""
    (fetched,) = play.fetch_feedback("anna")
    page.context.set_offline(True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(fetched.as_uri())
        page.get_by_text("What to practise next").wait_for()
        page.screenshot(path=SCREENSHOTS / f"feedback-{scheme}.png", full_page=True)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, "the feedback is wider than the screen"
