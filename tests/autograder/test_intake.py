"""One hostile or broken submission becomes one graded row, and the class goes on."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.intake import IntakeError, Limits, take_in
from autograder.rounds import Round, RoundError
from autograder.simulated import PERFECT
from tests.autograder.tiny import ASSIGNMENT, EXERCISE, Label

NOTEBOOK = f"{ASSIGNMENT}.ipynb"
LABELS = f"labels/{EXERCISE}.json"
SECRET_WORD = "the instructor's secret"


def edit(path: Path, change: Callable[[dict], None]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def grade_cell(notebook: dict) -> dict:
    return next(one for one in notebook["cells"] if "nbgrader" in one["metadata"])


def duplicated(folder: Path) -> None:
    edit(folder / NOTEBOOK, lambda notebook: notebook["cells"].append(dict(grade_cell(notebook), id="copy")))


def newer_schema(folder: Path) -> None:
    edit(folder / NOTEBOOK, lambda notebook: grade_cell(notebook)["metadata"]["nbgrader"].update(schema_version=99))


def older_schema(folder: Path) -> None:
    edit(folder / NOTEBOOK, lambda notebook: grade_cell(notebook)["metadata"]["nbgrader"].pop("schema_version"))


def forged_output(folder: Path) -> None:
    output = {"output_type": "execute_result", "data": {"text/plain": "10.0"}, "metadata": {}, "execution_count": 1}
    edit(folder / NOTEBOOK, lambda notebook: grade_cell(notebook).update(outputs=[output]))


def more_points(folder: Path) -> None:
    edit(folder / NOTEBOOK, lambda notebook: grade_cell(notebook)["metadata"]["nbgrader"].update(points=1000))


def a_cell_of_their_own(folder: Path) -> None:
    def add(notebook: dict) -> None:
        extra = json.loads(json.dumps(grade_cell(notebook)))
        extra["id"] = extra["metadata"]["nbgrader"]["grade_id"] = "labels-free-points"
        notebook["cells"].append(extra)

    edit(folder / NOTEBOOK, add)


def deleted_cells(folder: Path) -> None:
    edit(folder / NOTEBOOK, lambda notebook: notebook["cells"].clear())


def cut_off(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes((folder / NOTEBOOK).read_bytes()[:500])


def no_notebook(folder: Path) -> None:
    (folder / NOTEBOOK).unlink()


def renamed(folder: Path) -> None:
    (folder / NOTEBOOK).rename(folder / "week2_boxes-Copy1.ipynb")


def linked_notebook(folder: Path) -> None:
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(secret_beside(folder))


def planted_page(folder: Path) -> None:
    (folder / f"{ASSIGNMENT}2.html").write_text(SECRET_WORD)
    (folder / "index.html").symlink_to(secret_beside(folder))


def linked_file(folder: Path) -> None:
    (folder / "notes.txt").symlink_to(secret_beside(folder))
    (folder / "home").symlink_to("/")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe")


def bad_time(folder: Path) -> None:
    (folder / "timestamp.txt").write_bytes(b"\xff tomorrow")


def no_receipt(folder: Path) -> None:
    (folder / "submission_secret.txt").unlink()


def broken_receipt(folder: Path) -> None:
    (folder / "submission_secret.txt").write_bytes(b"\xff\x00" * 10)


def script(folder: Path) -> None:
    cell = {"source": f"<script>'{SECRET_WORD}'</script>", "metadata": {}}
    edit(
        folder / NOTEBOOK,
        lambda notebook: notebook["cells"].extend([{**cell, "cell_type": "markdown"}, {**cell, "cell_type": "raw"}]),
    )


def strange_names(folder: Path) -> None:
    for name in (b"\xff\xfe.txt", b"two\nlines.txt", b"<script>alert(1)<", b"a.html", b"b.ipynb", b"-rf *"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).mkdir()
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name + b"/file.html")).write_text(SECRET_WORD)
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name + b"/file.txt")).write_text("x")
    deep = folder.joinpath(*["d" * 100] * 20)
    deep.mkdir(parents=True)
    (deep / "file.txt").write_text("x")


def names_of_ours(folder: Path) -> None:
    """Folders where we are going to write files."""
    for name in (NOTEBOOK, "timestamp.txt", "submission_secret.txt"):
        (folder / name).unlink()
        (folder / name).mkdir()
        (folder / name / "file.txt").write_text("x")


def their_own_gold(folder: Path) -> None:
    (folder / "exam.json").write_text("{}")
    (folder / "gradebook.db").write_bytes(b"SQLite format 3\x00")


def secret_beside(folder: Path) -> Path:
    path = folder.parent / "secret.txt"
    path.write_text(SECRET_WORD)
    return path


HARMLESS = [
    duplicated, newer_schema, older_schema, forged_output, more_points, a_cell_of_their_own, deleted_cells, cut_off,
    no_notebook, renamed, linked_notebook, planted_page, linked_file, pipe, bad_time, no_receipt, broken_receipt,
    their_own_gold, script, strange_names, names_of_ours,
]  # fmt: skip
"""What is done to a submission with perfect labels: it must still get the points of its labels."""


def linked_labels(folder: Path) -> None:
    kept = folder.parent / "somebody-elses.json"
    (folder / LABELS).rename(kept)
    (folder / LABELS).symlink_to(kept)


def linked_labels_folder(folder: Path) -> None:
    kept = folder.parent / "somebody-elses"
    (folder / "labels").rename(kept)
    (folder / "labels").symlink_to(kept)


def hard_linked_labels(folder: Path) -> None:
    os.link(folder / LABELS, folder.parent / "second-name.json")


def no_labels(folder: Path) -> None:
    shutil.rmtree(folder / "labels")


def piped_labels(folder: Path) -> None:
    (folder / LABELS).unlink()
    os.mkfifo(folder / LABELS)


def empty_labels(folder: Path) -> None:
    (folder / LABELS).write_bytes(b"")


def huge_labels(folder: Path) -> None:
    with (folder / LABELS).open("r+b") as file:
        file.truncate(50_000_000)


def nested_labels(folder: Path) -> None:
    (folder / LABELS).write_bytes(b"[" * 1_000_000)


def foreign_labels(folder: Path) -> None:
    (folder / LABELS).write_bytes((folder / LABELS).read_bytes().replace(EXERCISE.encode(), b"w2-boxes"))


WORTHLESS = [
    linked_labels, linked_labels_folder, hard_linked_labels, no_labels, piped_labels, empty_labels, huge_labels,
    nested_labels, foreign_labels,
]  # fmt: skip
"""What leaves nothing to judge: no points, and a sentence."""


def hand_in(play: Round, label: Label, learner: str, spoil: Callable[[Path], None] | None = None) -> None:
    """Perfect labels, handed in; then the folder in the exchange is spoilt, as its owner can."""
    label(PERFECT, play.fetch(learner))
    play.submit(learner)
    if spoil:
        (folder,) = (play.course / "exchange" / "goldlabel" / "inbound").glob(f"{learner}+*")
        spoil(folder)


def test_a_hostile_class(play: Round, label: Label) -> None:
    for spoil in (*HARMLESS, *WORTHLESS):
        hand_in(play, label, spoil.__name__, spoil)
    hand_in(play, label, "zoe")
    play.collect()
    play.autograde()
    play.feedback()
    points = {entry.learner: (entry.points, entry.most) for entry in play.entries()}
    assert points.pop("zoe") == (10, 10)
    assert points == {
        **{spoil.__name__: (10, 10) for spoil in HARMLESS},
        **{spoil.__name__: (0, 10) for spoil in WORTHLESS},
    }
    for spoil in WORTHLESS:
        page = (play.course / "feedback" / spoil.__name__ / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
        assert "could not be judged" in page
    for folder in ("submitted", "autograded", "feedback"):
        for path in (play.course / folder).rglob("*"):
            assert not path.is_symlink()
            # The script's own cells hold the word too, but tamed.
            if path.is_file() and script.__name__ not in path.parts:
                assert SECRET_WORD.encode() not in path.read_bytes(), path
    published = [path.read_text() for path in (play.course / "exchange" / "goldlabel" / "feedback").iterdir()]
    assert len(published) == len(HARMLESS) + len(WORTHLESS) + 1
    assert sum(SECRET_WORD in page for page in published) == 1
    assert f"<script>'{SECRET_WORD}" not in "".join(published)


@pytest.mark.parametrize("spoil", [duplicated, newer_schema, older_schema, cut_off, deleted_cells, forged_output])
def test_what_came_to_submitted_by_another_way(
    play: Round, label: Label, released: Path, spoil: Callable[[Path], None]
) -> None:
    """A notebook that collect never saw is rebuilt all the same when it is graded."""
    folder = play.course / "submitted" / "anna" / ASSIGNMENT
    shutil.copytree(play.course / "release" / ASSIGNMENT, folder)
    label(PERFECT, folder)
    spoil(folder)
    play.autograde()
    assert [entry.points for entry in play.entries()] == [10]


def test_labels_stay_byte_for_byte(play: Round, label: Label) -> None:
    hand_in(play, label, "anna")
    play.collect()
    handed_in = play.homes / "anna" / ASSIGNMENT
    for path in (handed_in / "labels").glob("[!.]*"):
        assert (
            play.course / "submitted" / "anna" / ASSIGNMENT / "labels" / path.name
        ).read_bytes() == path.read_bytes()


def test_a_file_in_source_does_not_overwrite_what_is_scored(play: Round, label: Label) -> None:
    """nbgrader lays files of source/ over the learner's in autograded/; scores come from submitted/."""
    planted = play.course / "source" / ASSIGNMENT / LABELS
    planted.parent.mkdir()
    planted.write_text("{}")
    hand_in(play, label, "anna")
    play.collect()
    play.autograde()
    assert (play.course / "autograded" / "anna" / ASSIGNMENT / LABELS).read_text() == "{}"
    assert [entry.points for entry in play.entries()] == [10]


def test_the_first_submission_counts(play: Round, label: Label) -> None:
    folder = play.fetch("anna")
    play.submit("anna")
    label(PERFECT, folder)
    play.submit("anna")
    play.collect()
    play.autograde()
    assert [entry.points for entry in play.entries()] == [0]
    play.collect()
    play.autograde()
    assert [entry.points for entry in play.entries()] == [0]


def test_names_in_the_exchange_that_submit_never_makes(play: Round, label: Label) -> None:
    inbound = play.course / "exchange" / "goldlabel" / "inbound"
    (inbound / f"bea+{ASSIGNMENT}+2026-01-01 00:00:00.000000 UTC+x").symlink_to(inbound / "nowhere")
    (inbound / f"cem+{ASSIGNMENT}+2026-01-01 00:00:00.000000 UTC+x").symlink_to("/etc")
    (inbound / f"dan+{ASSIGNMENT}+2026-01-01 00:00:00.000000 UTC+x").write_text("a file")
    (inbound / f"..+{ASSIGNMENT}+2026-01-01 00:00:00.000000 UTC+x").mkdir()
    (inbound / f"eva+{ASSIGNMENT}+the day after tomorrow+x").mkdir()
    hand_in(play, label, "zoe")
    play.collect()
    play.autograde()
    assert {entry.learner: entry.points for entry in play.entries()} == {"eva": 0, "zoe": 10}
    assert {path.name for path in (play.course / "submitted").iterdir()} == {"eva", "zoe"}
    assert not (play.course / ASSIGNMENT).exists()


def test_a_full_disk_leaves_no_half_submission(play: Round, label: Label, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(play, label, "anna")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("autograder.intake.write_notebook", full)
        with pytest.raises(RoundError, match="No space left"):
            play.collect()
    assert not (play.course / "submitted" / "anna" / ASSIGNMENT).exists()
    play.collect()
    play.autograde()
    assert [entry.points for entry in play.entries()] == [10]


def test_limits(play: Round, tmp_path: Path) -> None:
    source = tmp_path / "handed-in"
    (source / "sub").mkdir(parents=True)
    for number in range(6):
        (source / "sub" / f"{number}.txt").write_bytes(b"x" * 10)
    (source / "large.bin").write_bytes(b"x" * 50)
    limits = Limits(notebook=10_000, file=20, files=5, total=25)
    notes = take_in(
        source, tmp_path / "taken", play.course / "release" / ASSIGNMENT, fallback_time="2026-01-01", limits=limits
    )
    kept = sorted(path.name for path in (tmp_path / "taken").rglob("*.txt"))
    assert kept == ["0.txt", "1.txt", "submission_secret.txt", "timestamp.txt"]
    assert any("large.bin" in note for note in notes)
    assert any("more than 5 files" in note for note in notes)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no such rights")
def test_what_the_instructor_may_not_read(play: Round) -> None:
    """A learner owns the folder in the exchange and can take the instructor's rights away."""
    # pytest's own folders are closed to the other user that the superuser becomes here.
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        source = base / "handed-in"
        for folder, mode in (("listed", 0o444), ("closed", 0o000)):
            (source / folder).mkdir(parents=True)
            (source / folder / "file.txt").write_text("x")
            (source / folder).chmod(mode)
        (source / "secret.txt").write_text("x")
        (source / "secret.txt").chmod(0)
        release = shutil.copytree(play.course / "release" / ASSIGNMENT, base / "release")
        (base / "out").mkdir()
        for path in (base, base / "out"):
            path.chmod(0o777)
        was = os.geteuid()
        if was == 0:
            os.seteuid(65534)
        try:
            notes = take_in(source, base / "out" / "taken", release, fallback_time="2026-01-01")
        finally:
            os.seteuid(was)
            for path in source.iterdir():
                path.chmod(0o700)
        assert sum("ermission denied" in note for note in notes) == 2
        assert not list((base / "out").rglob("file.txt"))


def test_without_a_release_copy_nobody_is_collected(play: Round, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="given out"):
        take_in(tmp_path, tmp_path / "taken", tmp_path / "no-release", fallback_time="2026-01-01")
    assert not (tmp_path / "taken").exists()
