"""Polygons, masks, keypoints and rotated boxes: what their labellers save, mend and refuse."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldlabel.annotations import Annotation, Box, Keypoints, Mask, Polygon, RotatedBox
from goldlabel.errors import ExerciseError, StoreError
from goldlabel.exercises import find_exercise
from goldlabel.metrics.masks import decode_rle, encode_rle
from goldlabel.store import LabelStore
from goldlabel.widgets.base import Labeller
from goldlabel.widgets.play import play
from goldlabel.widgets.registry import LABELLERS, make_labeller
from goldlabel.widgets.rotated import turned
from goldlabel.workbench import Exercise
from tests.widgets.tiny import HEIGHT, JOINTS, TASKS, WIDTH

TRIANGLE = ((10.0, 10.0), (60.0, 10.0), (10.0, 60.0))
SIZE = (HEIGHT, WIDTH)


def disc(x: float, y: float, radius: float) -> str:
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return encode_rle((columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 <= radius**2)


SOUND: dict[str, Annotation] = {
    "tiny-boxes": Box("a", "disc", (10, 10, 60, 60)),
    "tiny-polygons": Polygon(
        "a", "disc", (TRIANGLE, ((100, 100), (140, 100), (140, 140))), attributes={"occluded": True}
    ),
    "tiny-masks": Mask("a", "disc", SIZE, disc(100, 100, 30)),
    "tiny-keypoints": Keypoints(
        "a", "disc", {"nose": (20.5, 30.0, 2), "left_eye": (22.0, 28.0, 1), "right_eye": (0.0, 0.0, 0)}
    ),
    "tiny-rotated": RotatedBox("a", "disc", (100.0, 100.0), (60.0, 20.0), 33.5),
}


@pytest.fixture
def labeller(datasets: Path, tmp_path: Path) -> Callable[[str], Labeller]:
    def make(exercise: str) -> Labeller:
        spec = find_exercise(exercise)
        return make_labeller(spec, spec.items(), LabelStore(tmp_path / "labels" / f"{exercise}.json", exercise))

    return make


@pytest.mark.parametrize("exercise", SOUND)
def test_a_label_of_every_task_is_saved_as_it_is(labeller: Callable[[str], Labeller], exercise: str) -> None:
    widget = labeller(exercise)
    play(widget, {"shape-1": [SOUND[exercise]]})
    assert widget.annotations("shape-1") == (SOUND[exercise],)


@pytest.mark.parametrize("exercise", SOUND)
def test_the_still_picture_shows_every_kind(labeller: Callable[[str], Labeller], exercise: str) -> None:
    widget = labeller(exercise)
    play(widget, {"shape-1": [SOUND[exercise]]})
    html = widget._repr_mimebundle_()[0]["text/html"]
    assert any(shape in html for shape in ("<polygon", "<path", "<circle"))
    assert "<title>disc</title>" in html


@pytest.mark.parametrize("exercise", TASKS)
def test_the_exercise_opens_the_widget_of_its_task(datasets: Path, tmp_path: Path, exercise: str) -> None:
    widget = Exercise.open(exercise, folder=tmp_path).label()
    assert isinstance(widget, LABELLERS[TASKS[exercise][0]])
    assert len(str(widget._esm)) > 20_000  # a bundle, not an empty file


def test_a_task_without_a_widget_is_a_sentence(
    labeller: Callable[[str], Labeller], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldlabel.widgets.registry.LABELLERS", {})
    with pytest.raises(ExerciseError, match="no widget for the task 'masks'"):
        labeller("tiny-masks")


def test_the_browser_hears_of_flags_and_skeleton(labeller: Callable[[str], Labeller]) -> None:
    described = labeller("tiny-flags").exercise
    assert [(one["name"], one["key"]) for one in described["attributes"]] == [("truncated", "u"), ("occluded", "k")]
    assert described["skeleton"] is None
    skeleton = labeller("tiny-keypoints").exercise["skeleton"]
    assert tuple(skeleton["points"]) == JOINTS
    assert ("left_knee", "left_ankle") in skeleton["edges"]


MENDED: list[tuple[str, Annotation, Annotation | None]] = [
    (
        "tiny-polygons",
        Polygon("a", "disc", (((-5, 10), (700, 10), (10, 500)),)),
        Polygon("a", "disc", (((0, 10), (640, 10), (10, 420)),)),
    ),
    ("tiny-masks", Mask("a", "disc", SIZE, encode_rle(np.zeros(SIZE))), None),
    (
        "tiny-keypoints",
        Keypoints("a", "disc", {"left_eye": (700, -3, 2), "nose": (7, 7, 0)}, area=9),
        Keypoints("a", "disc", {"nose": (0, 0, 0), "left_eye": (640, 0, 2)}),
    ),
    ("tiny-keypoints", Keypoints("a", "disc", {"nose": (0, 0, 0)}), None),
    (
        "tiny-rotated",
        RotatedBox("a", "disc", (-9, 500), (9000, 20), 275),
        RotatedBox("a", "disc", (0, 420), (math.hypot(WIDTH, HEIGHT), 20), -85),
    ),
]


@pytest.mark.parametrize(("exercise", "drawn", "kept"), MENDED)
def test_what_can_be_mended_is(
    labeller: Callable[[str], Labeller], exercise: str, drawn: Annotation, kept: Annotation | None
) -> None:
    widget = labeller(exercise)
    play(widget, {"shape-1": [drawn]})
    assert widget.annotations("shape-1") == (() if kept is None else (kept,))


NAN = float("nan")
REFUSED: list[tuple[str, Annotation, str]] = [
    ("tiny-polygons", SOUND["tiny-boxes"], "not a polygon"),
    ("tiny-polygons", Polygon("a", "ghost", (TRIANGLE,)), "ghost"),
    ("tiny-polygons", Polygon("a", "disc", ()), "no outline"),
    ("tiny-polygons", Polygon("a", "disc", (TRIANGLE[:2],)), "fewer than three points"),
    ("tiny-polygons", Polygon("a", "disc", (((NAN, 1), (2, 2), (3, 1)),)), "not a number"),
    (
        "tiny-masks",
        Mask("a", "disc", (10, 10), encode_rle(np.ones((10, 10)))),
        "10 x 10 pixels large, the picture 640 x 420",
    ),
    ("tiny-masks", Mask("a", "disc", SIZE, "04"), "cannot be read"),
    ("tiny-masks", Mask("a", "disc", SIZE, "\N{SNOWMAN}"), "cannot be read"),
    ("tiny-keypoints", Keypoints("a", "disc", {"tail": (1, 1, 2)}), "no point called 'tail'"),
    ("tiny-keypoints", Keypoints("a", "disc", {"nose": (NAN, 1, 2)}), "not a number"),
    ("tiny-rotated", RotatedBox("a", "disc", (1, 1), (0, 5), 0), "not longer than 0"),
    ("tiny-rotated", RotatedBox("a", "disc", (1, 1), (5, 5), NAN), "not a number"),
]


@pytest.mark.parametrize(("exercise", "drawn", "says"), REFUSED)
def test_what_cannot_be_saved_is_a_sentence(
    labeller: Callable[[str], Labeller], exercise: str, drawn: Annotation, says: str
) -> None:
    widget = labeller(exercise)
    with pytest.raises(StoreError, match=says):
        play(widget, {"shape-1": [drawn]})
    assert widget.annotations("shape-1") == ()


@pytest.mark.parametrize(("degrees", "same"), [(0, 0), (180, 180), (-180, 180), (181, -179), (725, 5), (-725, -5)])
def test_directions_have_one_name(degrees: float, same: float) -> None:
    assert turned(degrees) == same


# --- run lengths: the browser's against ours -------------------------------------------------------------------


def browser_rle(masks: list[np.ndarray], texts: list[str]) -> dict[str, Any]:
    """What rle.js makes of masks and of texts."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: learners need none")
    source = Path(__file__).resolve().parents[2] / "goldlabel/widgets/src/rle.js"
    program = f"""
      import {{ area, decode, encode, extent, unpack }} from {json.dumps(source.as_uri())};
      let text = "";
      for await (const part of process.stdin) text += part;
      const {{ masks, texts }} = JSON.parse(text);
      const packed = masks.map(([bits, w, h]) => encode(Uint8Array.from(bits), w, h));
      const decoded = texts.map(([counts, w, h]) => [...decode(counts, w, h)]);
      const boxes = texts.map(([counts, w, h]) => [area(unpack(counts)), extent(unpack(counts), h)]);
      console.log(JSON.stringify({{ packed, decoded, boxes }}));
    """
    said = {
        "masks": [[mask.ravel().tolist(), mask.shape[1], mask.shape[0]] for mask in masks],
        "texts": [[text, mask.shape[1], mask.shape[0]] for text, mask in zip(texts, masks, strict=True)],
    }
    done = subprocess.run(
        [node, "--input-type=module", "-e", program],
        input=json.dumps(said),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_browsers_run_lengths_are_cocos() -> None:
    random = np.random.default_rng(7)
    sizes = [(1, 1), (1, 9), (9, 1), (31, 17), (64, 96), (420, 640)]
    masks = [random.random(size) < share for size in sizes for share in (0.0, 0.02, 0.5, 1.0)]
    masks.append(decode_rle(disc(300, 200, 150), SIZE))
    masks = [mask.astype(np.uint8) for mask in masks]
    texts = [encode_rle(mask) for mask in masks]
    theirs = browser_rle(masks, texts)
    assert theirs["packed"] == texts
    for mask, decoded, (area, extent) in zip(masks, theirs["decoded"], theirs["boxes"], strict=True):
        assert decoded == mask.ravel().tolist()
        assert area == mask.sum()
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        box = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1] if mask.any() else None
        assert extent == box
