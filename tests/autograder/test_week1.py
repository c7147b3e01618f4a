"""Week 1 through the real round: tags and ethics cases, a perfect learner and careless ones."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from autograder.feedback import exam_feedback
from autograder.gold import exam_gold
from autograder.rounds import Round, make_course, repository
from autograder.scoring import score_labels
from autograder.simulated import HALF_DONE, PERFECT, Habit, label_by_habit
from goldlabel.annotations import Choice, Gold, Item, ItemGold, encode
from goldlabel.exercises import find_exercise

ASSIGNMENT = "week1_fundamentals"
EXAMS = ("w1-tags-exam", "w1-ethics-exam")
TAGS = ("sound", "bruised", "rotten", "wormhole", "not_fruit")
CARELESS = Habit(name="careless", confuses=0.6)


def make_belt(folder: Path) -> None:
    """Sixty plain pictures in place of the rendered ones, with the repository's own exercise."""
    dataset = folder / "datasets" / "sorting-line"
    for name in ("w1-tags", "w1-tags-exam"):
        shutil.copytree(repository() / "datasets/sorting-line/exercises" / name, dataset / "exercises" / name)
    (dataset / "media").mkdir()
    items, gold = [], {}
    for number in range(60):
        path = dataset / "media" / f"belt-{number}.png"
        Image.new("RGB", (64, 48), (4 * number, 90, 120)).save(path)
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        made = Item(f"belt-{number}", f"media/{path.name}", 64, 48, "exam", "written", "CC0-1.0", sha, "easy")
        items.append(msgspec.structs.replace(made, group="tag"))
        gold[made.id] = ItemGold((Choice("class", TAGS[number % 5], attributes={"rule": "R1"}),))
    (dataset / "items.jsonl").write_bytes(b"".join(msgspec.json.encode(item) + b"\n" for item in items))
    private = folder / "gold"
    (private / "sorting-line").mkdir(parents=True)
    private.chmod(0o700)
    story = {"version": "1.0.0", "made": "by hand", "agreement": "none"}
    made_gold = Gold(dataset="sorting-line", pool="exam", items=gold, **story)
    (private / "sorting-line" / "exam.json").write_bytes(encode(made_gold))


@pytest.fixture
def belt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plain pictures and the real ethics cases, known for one test."""
    make_belt(tmp_path)
    shutil.copytree(repository() / "datasets/ethics-cases", tmp_path / "datasets/ethics-cases")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path / "datasets"))
    monkeypatch.setenv("GOLDLABEL_GOLD", str(tmp_path / "gold"))
    return tmp_path


@pytest.fixture
def week1(belt: Path) -> Round:
    """The assignment, released in a course of its own."""
    made = Round(make_course(belt / "course"), belt / "homes", ASSIGNMENT)
    made.generate()
    made.release()
    return made


@pytest.mark.parametrize(("exam", "things"), [("w1-tags-exam", "pictures"), ("w1-ethics-exam", "texts")])
def test_feedback_speaks_of_answers_not_of_boxes(belt: Path, exam: str, things: str) -> None:
    spec = find_exercise(exam)
    gold = exam_gold(spec)
    half_careless = msgspec.structs.replace(CARELESS, share=0.5)
    data = label_by_habit(half_careless, spec, spec.items(), gold, folder=belt).read_bytes()
    scored = score_labels(data, spec=spec, items=spec.items(), gold=gold)
    page = exam_feedback(scored, spec, earned=1, most=10)
    assert f"{len(spec.items()) // 2} of {len(spec.items())} {things} have no" in page
    assert "Confused classes" in page
    assert not re.search(r"\bbox(es)?\b|\btight|everything on them", page)


def test_perfect_careless_half_done_and_nothing(week1: Round) -> None:
    for habit in (PERFECT, CARELESS, HALF_DONE, Habit(name="nothing", share=0.0)):
        week1.enrol(habit.learner, habit.annotator)
        home = week1.fetch(habit.learner)
        for exam in EXAMS if habit.share else ():
            spec = find_exercise(exam)
            label_by_habit(habit, spec, spec.items(), exam_gold(spec), folder=home)
        week1.submit(habit.learner)
    week1.collect()
    week1.autograde()
    week1.feedback()
    entries = {entry.learner: entry for entry in week1.entries()}
    assert {entry.most for entry in entries.values()} == {15}
    points = {name: entry.points for name, entry in entries.items()}
    assert points[PERFECT.learner] == 15
    assert points[HALF_DONE.learner] == 7.5
    assert points[CARELESS.learner] < 0.7 * 15
    assert points["simulated-nothing"] == 0
    page = week1.fetch_feedback(CARELESS.learner)[0].read_text(encoding="utf-8")
    assert "of 10 points" in page
    assert "of 5 points" in page
    assert "Confused classes" in page
    secret = [item.id for exam in EXAMS for item in find_exercise(exam).items()]
    assert not [name for name in secret if f">{name}<" in page or f" {name} " in page], (
        "the feedback must not say where"
    )
