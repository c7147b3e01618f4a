"""A tiny data set with exact gold, and a course on it that is ready to fetch: quick, and free of rendered pictures.

Every exam picture is 640 x 480 and holds, from left to right: an apple, a banana, a lemon, an orange, a pear half
hidden (occluded), and an apple too hidden to count (difficult).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageDraw

from autograder.gold import exam_gold
from autograder.rounds import Round, make_course, repository
from autograder.simulated import Habit, label_by_habit
from goldlabel.annotations import Box, Gold, Item, ItemGold, encode
from goldlabel.exercises import ExerciseSpec, find_exercise

ASSIGNMENT = "week2_boxes"
EXERCISE = "w2-boxes-exam"
DATASET = "fruit-kitchen"

COLORS = {"apple": "#c62f2f", "banana": "#e8d44d", "lemon": "#f4f07a", "orange": "#f08a24", "pear": "#9dbf4a"}


def boxes(shift: int) -> tuple[Box, ...]:
    """The gold of one picture; ``shift`` makes pictures differ."""
    rows = [
        ("apple", (20, 40 + shift, 120, 140 + shift), {}),
        ("banana", (140, 60 + shift, 290, 120 + shift), {}),
        ("lemon", (310, 50 + shift, 380, 110 + shift), {}),
        ("orange", (400, 200 + shift, 500, 300 + shift), {}),
        ("pear", (520, 100 + shift, 600, 240 + shift), {"occluded": True, "visibility": 0.5}),
        ("apple", (40, 300 + shift, 60, 320 + shift), {"difficult": True}),
    ]
    return tuple(
        Box(f"g{number}", label, tuple(map(float, xyxy)), attributes=attributes)
        for number, (label, xyxy, attributes) in enumerate(rows, start=1)
    )


def make_tiny(folder: Path) -> tuple[Path, Path]:
    """Write the data set and its private exam gold; returns the data sets' folder and the gold's folder."""
    datasets, private = folder / "datasets", folder / "gold"
    dataset = datasets / DATASET
    shutil.copytree(repository() / "datasets" / DATASET / "exercises", dataset / "exercises")
    (dataset / "media").mkdir()
    (dataset / "gold").mkdir()
    private.mkdir(mode=0o700)
    (private / DATASET).mkdir(mode=0o700)
    items = []
    golds: dict[str, dict[str, ItemGold]] = {"exam": {}, "practice": {}}
    for pool, count in (("exam", 8), ("practice", 6)):
        for number in range(count):
            name = f"tiny-{pool}-{number}"
            gold = boxes(10 * number)
            media = dataset / "media" / f"{name}.png"
            draw_picture(media, gold)
            sha = hashlib.sha256(media.read_bytes()).hexdigest()
            items.append(
                Item(name, f"media/{name}.png", 640, 480, pool, "written", "CC-BY-4.0", sha, "easy", "Coloured blocks")
            )
            golds[pool][name] = ItemGold(gold)
    (dataset / "items.jsonl").write_bytes(b"".join(msgspec.json.encode(item) + b"\n" for item in items))
    for pool, path in (("exam", private / DATASET / "exam.json"), ("practice", dataset / "gold" / "practice.json")):
        story = {"version": "1.0.0", "made": "exact by construction", "agreement": "drawn from the gold itself"}
        path.write_bytes(encode(Gold(dataset=DATASET, pool=pool, items=golds[pool], **story)))
    return datasets, private


def draw_picture(path: Path, gold: tuple[Box, ...]) -> None:
    picture = Image.new("RGB", (640, 480), "#d8d2c4")
    pen = ImageDraw.Draw(picture)
    for box in gold:
        pen.ellipse(box.xyxy, fill=COLORS[box.label])
    picture.save(path)


@pytest.fixture(scope="session")
def tiny_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Folders of the tiny data set and of its private gold."""
    return make_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def tiny(tiny_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The tiny data set, known to goldlabel and to autograder for one test and no longer."""
    _make_known(monkeypatch, tiny_files)
    return tiny_files


def _make_known(patch: pytest.MonkeyPatch, files: tuple[Path, Path]) -> None:
    datasets, private = files
    patch.setenv("GOLDLABEL_DATASETS", str(datasets))
    patch.setenv("GOLDLABEL_GOLD", str(private))


@pytest.fixture(scope="session")
def released(tiny_files: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose assignment is generated and released; copied for every test that wants one."""
    course = make_course(tmp_path_factory.mktemp("released") / "course")
    made = Round(course, course / "homes", ASSIGNMENT)
    with pytest.MonkeyPatch.context() as patch:
        _make_known(patch, tiny_files)
        made.generate()
        made.release()
    return course


@pytest.fixture
def play(released: Path, tmp_path: Path) -> Round:
    """A course of one's own, ready to fetch."""
    shutil.copytree(released, tmp_path / "course")
    return Round(tmp_path / "course", tmp_path / "homes", ASSIGNMENT)


@pytest.fixture
def spec(tiny: tuple[Path, Path]) -> ExerciseSpec:
    return find_exercise(EXERCISE)


@pytest.fixture
def gold(spec: ExerciseSpec) -> Gold:
    return exam_gold(spec)


Label = Callable[[Habit, Path], Path]


@pytest.fixture
def label(spec: ExerciseSpec, gold: Gold) -> Label:
    """Labels a folder by a habit; returns the labels file."""
    return lambda habit, folder: label_by_habit(habit, spec, spec.items(), gold, folder=folder)
