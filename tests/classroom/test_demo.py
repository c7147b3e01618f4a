"""`goldlabel demo` as a person runs it."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from goldlabel.cli import main


@pytest.mark.usefixtures("tiny")
def test_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    assert main(["demo", "--keep", str(tmp_path / "kept")]) == 0
    assert time.monotonic() - began < 120
    said = capsys.readouterr().out
    assert "programs, not people" in said
    rows = dict(re.findall(r"^  (simulated: [\w ]+?) {2,}(.+)$", said, re.MULTILINE))
    assert set(rows) == {"simulated: perfect", "simulated: sloppy", "simulated: half done"}
    assert rows["simulated: perfect"].split() == ["1.00", "10", "of", "10", "production"]
    assert rows["simulated: sloppy"].endswith("below")
    pages = [Path(line.strip()) for line in said.splitlines() if line.strip().endswith(".html")]
    assert len(pages) == 3
    assert all(page.is_relative_to(tmp_path / "kept") and page.stat().st_size > 1000 for page in pages)


@pytest.mark.usefixtures("tiny")
def test_demo_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    assert main(["demo", "--keep", str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
