"""What several folders share: a small data set with a practice exercise and an exam."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS

SHAPES = """
title = "Boxes on shapes"
task = "boxes"
week = 2
mode = "practice"
dataset = "shapes"

[[classes]]
name = "disc"
color = "#D55E00"

[[classes]]
name = "block"
color = "#0072B2"

[draw]
pool = "practice"
count = 2
seed = 5

[rubric.rules]
missing = "R1"
low_overlap = "R2"
"""
SHAPES_EXAM = 'extends = "shapes-boxes"\nmode = "exam"\ntitle = "Graded"\n[draw]\npool = "exam"\n'
SHAPES_GUIDELINE = "# Guideline\n\n## R1. Box everything\n\nReally <everything>.\n\n## R2. Draw tight\n\nNo air.\n"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for every test that looks at a page: Playwright cannot be started twice in one program."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """``datasets/shapes``: six practice and three exam pictures, each with two discs and two blocks."""
    folder = tmp_path / "datasets" / "shapes"
    for name in ("media", "gold", "exercises/shapes-boxes", "exercises/shapes-exam"):
        (folder / name).mkdir(parents=True)
    (folder / "exercises/shapes-boxes/exercise.toml").write_text(SHAPES, encoding="utf-8")
    (folder / "exercises/shapes-boxes/guideline.md").write_text(SHAPES_GUIDELINE, encoding="utf-8")
    (folder / "exercises/shapes-exam/exercise.toml").write_text(SHAPES_EXAM, encoding="utf-8")
    corners = [(20, 20, 100, 100), (150, 40, 230, 120), (260, 150, 380, 250), (30, 160, 120, 260)]
    boxes = [
        {"type": "box", "id": f"g{k}", "label": "disc" if k % 2 else "block", "xyxy": corner}
        for k, corner in enumerate(corners)
    ]
    lines = []
    for number in range(9):
        Image.new("RGB", (400, 300), (25 * number, 120, 90)).save(folder / "media" / f"s{number}.png")
        item = {"id": f"s{number}", "media": f"media/s{number}.png", "width": 400, "height": 300, "sha256": ""}
        item |= {"pool": "practice" if number < 6 else "exam", "origin": "rendered", "licence": "CC-BY-4.0"}
        lines.append(json.dumps(item | {"difficulty": "easy", "alt": "Shapes"}))
    (folder / "items.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    gold = {"schema": 1, "dataset": "shapes", "version": "1.0.0", "made": "by hand", "agreement": "none"}
    gold |= {"pool": "practice", "items": {f"s{number}": {"annotations": boxes} for number in range(6)}}
    (folder / "gold/practice.json").write_text(json.dumps(gold), encoding="utf-8")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(folder.parent))
    return folder
