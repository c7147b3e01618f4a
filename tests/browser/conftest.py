"""One JupyterLab and one Chromium for the whole folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.lab import PATIENCE, Desk, Lab, Notebook, running_lab
from tests.widgets.film import make_film
from tests.widgets.pages import make_pages
from tests.widgets.tiny import make_choices, make_dataset, make_texts
from tests.widgets.tiny_sounds import make_sounds
from tests.widgets.tiny_writing import make_writing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.path).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    base = tmp_path_factory.mktemp("lab")
    datasets = make_film(make_writing(make_pages(make_texts(make_choices(make_dataset(base / "datasets"))))))
    make_sounds(datasets)
    folder = base / "course"
    folder.mkdir()
    with running_lab(folder, datasets) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield made
    made.close()


@pytest.fixture
def desk(context: BrowserContext, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Callable[..., Desk]]:
    """Makes a page with a notebook; the first one of a test is in a folder of the test's name."""
    notebooks: list[Notebook] = []

    def make(*cells: str, notebook: Notebook | None = None, classic: bool = False) -> Desk:
        # Tests of two modules may have one name, and all share a server.
        name = f"{request.path.stem}-{request.node.name}-{len(notebooks)}".replace("[", "-").replace("]", "")
        book = notebook or lab.course(name, *cells)
        notebooks.append(book)
        return Desk(context.new_page(), book, classic=classic)

    yield make
    for book in notebooks:
        book.shut_down()
