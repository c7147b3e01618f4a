"""An exercise on a tiny data set, opened as a learner's notebook would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldlabel.exercises import ExerciseSpec, find_exercise
from goldlabel.store import LabelStore
from goldlabel.widgets.boxes import BoxLabeller
from tests.widgets.tiny import make_dataset


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_dataset(tmp_path / "datasets")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(folder))
    return folder


@pytest.fixture
def spec(datasets: Path) -> ExerciseSpec:
    return find_exercise("tiny-boxes")


@pytest.fixture
def store(tmp_path: Path) -> LabelStore:
    return LabelStore(tmp_path / "labels" / "tiny-boxes.json", "tiny-boxes")


@pytest.fixture
def widget(spec: ExerciseSpec, store: LabelStore) -> BoxLabeller:
    return BoxLabeller(spec, spec.items(), store, check=lambda item: f"<p>checked {item}</p>")


class Browser:
    """Says to a widget what a browser would say."""

    def __init__(self, widget: BoxLabeller, client: str = "c1") -> None:
        self.widget = widget
        self.client = client
        self.answers: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.turn = 0
        widget.observe(lambda change: self.answers.append(change["new"]), "saved")
        widget.send = lambda content, buffers=None: self.messages.append(content)

    def edit(self, seq: int, item: str, base: int, *boxes: dict[str, Any], **more: Any) -> dict[str, Any]:
        edit = {"seq": seq, "item": item, "base": base, "annotations": list(boxes), "action": "draw"}
        return {**edit, "done": False, "skipped": False, "flag": "", "seconds": 0.0, **more}

    def value(self, *edits: dict[str, Any]) -> dict[str, Any]:
        self.turn += 1
        return {"client": self.client, "turn": self.turn, "edits": list(edits)}

    def put(self, *edits: dict[str, Any]) -> dict[str, Any]:
        """Set the trait as the browser does; the last answer."""
        self.widget.set_state({"value": self.value(*edits)})
        return self.answers[-1]

    def say(self, **message: Any) -> None:
        self.widget._handle_custom_msg(message, [])


def box(name: str, *xyxy: float, label: str = "disc") -> dict[str, Any]:
    return {"type": "box", "id": name, "label": label, "xyxy": list(xyxy), "attributes": {}}


@pytest.fixture
def browser(widget: BoxLabeller) -> Browser:
    return Browser(widget)


@pytest.fixture
def second(widget: BoxLabeller) -> Callable[[], Browser]:
    return lambda: Browser(widget, "c2")
