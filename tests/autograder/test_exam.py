"""A fresh draw of an exam: by seed, the same for learner and grader, and never under work that was handed in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from autograder.exam import ExamError, new_draw
from autograder.gold import exam_gold
from autograder.rounds import Round, make_course
from autograder.simulated import PERFECT, label_by_habit
from goldlabel import cli
from goldlabel.draws import DRAW_FILE, draw_text, read_seeds, with_draw
from goldlabel.errors import ExerciseError, GoldError
from goldlabel.exercises import find_exercise
from goldlabel.workbench import Exercise
from tests.autograder.test_intake import edit
from tests.autograder.tiny import ASSIGNMENT, DATASET, EXERCISE

COUNT = 5


@pytest.fixture(autouse=True)
def smaller(tiny, tmp_path, monkeypatch) -> Path:
    """The tiny data set with an exam that draws five of its eight pictures; nothing else is in this course."""
    shutil.copytree(tiny[0], tmp_path / "datasets")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path / "datasets"))
    path = tmp_path / "datasets" / DATASET / "exercises" / EXERCISE / "exercise.toml"
    path.write_text(path.read_text().replace("count = 8", f"count = {COUNT}"))
    assert find_exercise(EXERCISE).draw.count == COUNT
    return path


@pytest.fixture
def course(tmp_path) -> Path:
    """Masters and a copy that is given out, without nbgrader."""
    made = make_course(tmp_path / "plain")
    shutil.copytree(made / "source", made / "release")
    return made


def drawn(folder: Path) -> list[str]:
    return [item.id for item in with_draw(find_exercise(EXERCISE), folder).items()]


class TestDraw:
    def test_the_same_seed_the_same_draw_and_another_one_another(self, course) -> None:
        folder = course / "source" / ASSIGNMENT
        draws = []
        for seed in ("spring", "autumn", "spring"):
            new_draw(2, seed, course=course)
            draws.append(drawn(folder))
        assert draws[0] == draws[2]
        assert set(draws[0]) != set(draws[1])
        assert draws[0] != drawn(course)  # the exam as it is described

    def test_it_goes_to_the_master_and_to_what_is_given_out(self, course) -> None:
        new_draw(2, "spring", course=course)
        texts = {(course / part / ASSIGNMENT / DRAW_FILE).read_bytes() for part in ("source", "release")}
        assert len(texts) == 1

    def test_the_pool_stays_the_exam(self, course) -> None:
        new_draw(2, "spring", course=course)
        items = with_draw(find_exercise(EXERCISE), course / "source" / ASSIGNMENT).items()
        assert len({item.id for item in items}) == COUNT
        assert {item.pool for item in items} == {"exam"}

    def test_what_it_tells(self, course) -> None:
        before = set(drawn(course))
        (row,) = new_draw(2, "spring", course=course)
        after = set(drawn(course / "source" / ASSIGNMENT))
        assert (row.exercise, row.assignment, row.items, row.pool) == (EXERCISE, ASSIGNMENT, COUNT, 8)
        assert row.others == len(after - before)
        assert row.decisions == 5 * COUNT  # five of the six boxes of a picture count

    def test_other_exams_of_the_assignment_keep_theirs(self, course) -> None:
        folder = course / "source" / ASSIGNMENT
        (folder / DRAW_FILE).write_text(draw_text({"w9-other": 'a "seed"'}))
        new_draw(2, "spring", course=course)
        assert read_seeds(folder) == {"w9-other": 'a "seed"', EXERCISE: f"spring/{EXERCISE}"}

    def test_practice_is_never_redrawn(self, course) -> None:
        folder = course / "source" / ASSIGNMENT
        (folder / DRAW_FILE).write_text(draw_text({"w2-boxes": "mine"}))
        assert with_draw(find_exercise("w2-boxes"), folder) == find_exercise("w2-boxes")


class TestRefusals:
    def test_when_work_was_collected(self, course) -> None:
        (course / "submitted" / "ada" / ASSIGNMENT).mkdir(parents=True)
        with pytest.raises(ExamError, match="collected already, from ada"):
            new_draw(2, "spring", course=course)
        assert not list(course.rglob(DRAW_FILE))
        assert new_draw(2, "spring", course=course, force=True)

    def test_a_week_without_an_exam(self, course) -> None:
        with pytest.raises(ExamError, match="No assignment of week 8"):
            new_draw(8, "spring", course=course)

    def test_missing_gold_changes_nothing(self, course, tiny, tmp_path, monkeypatch) -> None:
        private = tmp_path / "own-gold"
        shutil.copytree(tiny[1], private)
        path = private / DATASET / "exam.json"
        table = json.loads(path.read_text())
        table["items"] = dict(list(table["items"].items())[:3])
        path.write_text(json.dumps(table))
        monkeypatch.setenv("GOLDLABEL_GOLD", str(private))
        with pytest.raises(GoldError, match="no gold for the item"):
            new_draw(2, "spring", course=course)
        assert not list(course.rglob(DRAW_FILE))

    def test_a_damaged_master(self, course) -> None:
        next((course / "source" / ASSIGNMENT).glob("*.ipynb")).write_text("[]")
        with pytest.raises(ExamError, match="master cannot be read"):
            new_draw(2, "spring", course=course)

    @pytest.mark.parametrize("text", ["", "seeds = 3", "[seeds", "[seeds]\na = 1", "[other]"])
    def test_a_damaged_draw(self, course, text) -> None:
        folder = course / "source" / ASSIGNMENT
        (folder / DRAW_FILE).write_text(text)
        with pytest.raises(ExerciseError, match="which items this exam draws") as caught:
            drawn(folder)
        assert "fetch the assignment again" in caught.value.todo


class TestRound:
    def test_learner_and_grader_draw_the_same(self, play: Round, tmp_path) -> None:
        """The whole way through nbgrader: a new draw, handed out, labelled perfectly, graded."""
        new_draw(2, "spring", course=play.course)
        play.generate()
        shutil.rmtree(play.course / "exchange", ignore_errors=True)
        play.release()
        home = play.fetch("ada")
        learner = Exercise.open(EXERCISE, folder=home)
        assert [item.id for item in learner.items] == drawn(play.course / "source" / ASSIGNMENT) != drawn(tmp_path)
        label_by_habit(PERFECT, learner.spec, learner.items, exam_gold(learner.spec), folder=home)
        play.submit("ada")
        play.collect()
        play.autograde()
        assert [entry.points for entry in play.entries()] == [10]

    def test_a_learner_who_changes_the_draw_labels_what_does_not_count(self, play: Round) -> None:
        new_draw(2, "spring", course=play.course)
        given = set(drawn(play.course / "source" / ASSIGNMENT))
        play.generate()
        shutil.rmtree(play.course / "exchange", ignore_errors=True)
        play.release()
        home = play.fetch("eve")
        (home / DRAW_FILE).write_text(draw_text({EXERCISE: "one that I like"}))
        own = Exercise.open(EXERCISE, folder=home)
        wrong = {item.id for item in own.items} - given
        assert wrong
        label_by_habit(PERFECT, own.spec, own.items, exam_gold(own.spec), folder=home)
        play.submit("eve")
        play.collect()
        play.autograde()
        (entry,) = play.entries()
        assert 0 < entry.points < 10


class TestCommand:
    def test_too_few_decisions_are_told(self, course, capsys) -> None:
        assert cli.main(["exam", "new", "2", "--seed", "spring", "--course", str(course)]) == 0
        printed = capsys.readouterr().out
        assert f"{EXERCISE}: 5 of 8 items" in printed
        assert "25 decisions that count." in printed
        assert "fewer than the 60 that a certificate needs" in printed
        assert f"nbgrader release_assignment {ASSIGNMENT}" in printed

    def test_a_draw_of_the_whole_pool_is_told(self, course, smaller, capsys) -> None:
        smaller.write_text(smaller.read_text().replace(f"count = {COUNT}", "count = 8"))
        assert cli.main(["exam", "new", "2", "--course", str(course)]) == 0
        assert "no seed can change it" in capsys.readouterr().out

    def test_without_a_seed_each_draw_is_its_own(self, course, capsys) -> None:
        seeds = set()
        for _ in range(2):
            assert cli.main(["exam", "new", "2", "--course", str(course)]) == 0
            seeds.add(read_seeds(course / "source" / ASSIGNMENT)[EXERCISE])
        assert len(seeds) == 2

    def test_a_refusal_is_two_lines(self, course, capsys) -> None:
        assert cli.main(["exam", "new", "8", "--course", str(course)]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 2

    def test_without_an_action_it_helps(self, capsys) -> None:
        assert cli.main(["exam"]) == 2
        assert "new" in capsys.readouterr().out


def test_a_master_that_moves_takes_its_exercise_along(course) -> None:
    path = next((course / "source" / ASSIGNMENT).glob("*.ipynb"))
    edit(path, lambda notebook: notebook["cells"].append({"cell_type": "markdown", "source": "", "metadata": {}}))
    (course / "source" / ASSIGNMENT).rename(course / "source" / "boxes_again")
    (row,) = new_draw(2, "spring", course=course)
    assert row.assignment == "boxes_again"
