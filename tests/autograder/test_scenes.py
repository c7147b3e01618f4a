"""New exam scenes: fresh recipes, a studio that is played by a small program, and everything in its place."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from pathlib import Path

import pytest

from autograder.exam import new_draw
from autograder.gold import exam_gold
from autograder.rounds import make_course
from autograder.scenes import STUDIO_VARIABLE, SceneError, fresh_recipes, new_scenes, recipe_text
from goldlabel import cli
from goldlabel.annotations import decode_gold
from goldlabel.data import load_items, media_path
from goldlabel.draws import with_draw
from goldlabel.exercises import find_exercise
from tests.autograder.tiny import ASSIGNMENT, DATASET, EXERCISE, make_tiny

RECIPES = [
    {"id": "fk-001", "pool": "practice", "seed": 1, "alt": "Fruit."},
    {"id": "fk-101", "pool": "exam", "seed": 2, "alt": 'A "bowl".', "counts": {"apple": 2}, "props": ["jar", "mug"]},
    {"id": "fk-102", "pool": "exam", "seed": 3, "alt": "Ä", "spread": 0.8, "bowl": True},
]
ABOUT = {"scene": "kitchen", "width": 640, "version": "1.0.0"}

STUDIO = """#!{python}
import json, shutil, sys, tomllib
from pathlib import Path
recipes = Path("studio/recipes") / (sys.argv[3] + ".toml")
work = Path("studio/work")
work.mkdir(exist_ok=True)
for place, one in enumerate(tomllib.loads(recipes.read_text("utf-8"))["items"]):
    if {fail}:
        sys.exit("no light in the kitchen")
    box = [10, 10, 100 + ({vary} and one["seed"] % 200), 100 + place]
    labels = [{{"type": "box", "id": "g01", "label": "apple", "xyxy": box}}] * {count}
    (work / (one["id"] + ".json")).write_text(json.dumps({{"annotations": labels}}))
    shutil.copy({picture!r}, work / (one["id"] + ".jpg"))
"""


@pytest.fixture
def files(tmp_path, monkeypatch) -> tuple[Path, Path]:
    """A data set with recipes, and its private gold, both of this test alone."""
    datasets, private = make_tiny(tmp_path)
    (datasets / "studio/recipes").mkdir(parents=True)
    (datasets / "studio/recipes/fruit_kitchen.toml").write_text(recipe_text(ABOUT, RECIPES), encoding="utf-8")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(datasets))
    monkeypatch.setenv("GOLDLABEL_GOLD", str(private))
    return datasets, private


@pytest.fixture
def studio(files, tmp_path, monkeypatch):
    """Plays ``python -m studio.make``."""

    def make(*, fail: bool = False, vary: bool = True, count: int = 1) -> None:
        path = tmp_path / "played-python"
        picture = str(next((files[0] / DATASET / "media").glob("*exam-0.png")))
        path.write_text(STUDIO.format(python=sys.executable, fail=fail, vary=vary, count=count, picture=picture))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv(STUDIO_VARIABLE, str(path))

    make()
    return make


def quiet(_line: str) -> None:
    pass


class TestRecipes:
    def test_a_file_says_what_the_recipes_say(self) -> None:
        assert tomllib.loads(recipe_text(ABOUT, RECIPES)) == {"set": ABOUT, "items": RECIPES}

    def test_fresh_ones_keep_everything_but_id_and_seed(self) -> None:
        made = fresh_recipes(RECIPES, "spring", 5)
        assert len({one["id"] for one in made} | {one["id"] for one in RECIPES}) == 8
        assert len({one["seed"] for one in made} | {1, 2, 3}) == 8
        for one in made:
            assert {**one, "id": 0, "seed": 0} in [{**old, "id": 0, "seed": 0} for old in RECIPES[1:]]

    def test_the_seed_decides(self) -> None:
        assert fresh_recipes(RECIPES, "spring", 3) == fresh_recipes(RECIPES, "spring", 3)
        assert fresh_recipes(RECIPES, "spring", 3) != fresh_recipes(RECIPES, "autumn", 3)

    def test_without_exam_recipes_there_are_none(self) -> None:
        assert fresh_recipes(RECIPES[:1], "spring", 3) == []

    def test_the_course_s_own_recipes_can_be_written_again(self) -> None:
        folder = Path(__file__).resolve().parents[2] / "datasets/studio/recipes"
        for path in folder.glob("*.toml"):
            table = tomllib.loads(path.read_text("utf-8"))
            items = table.get("items", [])
            assert tomllib.loads(recipe_text(table["set"], items))["set"] == table["set"], path
            assert tomllib.loads(recipe_text(table["set"], items)).get("items", []) == items, path


@pytest.mark.skipif(os.name == "nt", reason="the played studio is a script with a first line")
class TestScenes:
    def test_they_join_the_exam_and_nothing_else(self, files, studio) -> None:
        before = load_items(DATASET)
        practice = (files[0] / DATASET / "gold/practice.json").read_bytes()
        added = new_scenes(2, "spring", 2, say=quiet)
        after = load_items(DATASET)
        assert after[: len(before)] == before
        assert [item.id for item in after[len(before) :]] == list(added)
        assert {item.pool for item in after[len(before) :]} == {"exam"}
        for item in after[len(before) :]:
            assert media_path(DATASET, item).is_file()
        assert (files[0] / DATASET / "gold/practice.json").read_bytes() == practice
        gold = decode_gold((files[1] / DATASET / "exam.json").read_bytes(), where="exam")
        assert len(gold.items) == 10
        assert gold.made.endswith("Scenes of this term were rendered in the same way.")
        assert not list((files[0] / "studio/recipes").glob("*_exam_*"))

    def test_the_exam_can_be_drawn_from_them(self, files, studio, tmp_path) -> None:
        added = set(new_scenes(2, "spring", 4, say=quiet))
        course = make_course(tmp_path / "plain")
        seen: set[str] = set()
        for seed in ("a", "b", "c"):
            new_draw(2, seed, course=course)
            spec = with_draw(find_exercise(EXERCISE), course / "source" / ASSIGNMENT)
            exam_gold(spec)
            seen |= {item.id for item in spec.items()}
        assert seen & added

    def test_again_with_the_same_seed_adds_nothing_twice(self, files, studio) -> None:
        assert new_scenes(2, "spring", 2, say=quiet) == new_scenes(2, "spring", 2, say=quiet)
        assert len(load_items(DATASET)) == 16

    def test_a_set_that_leaves_nothing_to_the_seed_is_told(self, files, studio) -> None:
        new_scenes(2, "spring", 1, say=quiet)
        studio(vary=False)
        new_scenes(2, "summer", 1, say=quiet)
        before = (files[0] / DATASET / "items.jsonl").read_bytes()
        with pytest.raises(SceneError, match="leave nothing to the seed"):
            new_scenes(2, "autumn", 1, say=quiet)
        assert (files[0] / DATASET / "items.jsonl").read_bytes() == before

    def test_a_studio_that_fails_is_told_and_changes_nothing(self, files, studio) -> None:
        studio(fail=True)
        before = (files[0] / DATASET / "items.jsonl").read_bytes()
        with pytest.raises(SceneError, match="no light in the kitchen"):
            new_scenes(2, "spring", 1, say=quiet)
        assert (files[0] / DATASET / "items.jsonl").read_bytes() == before

    def test_a_set_that_is_planned_by_cases_says_so(self, files, studio) -> None:
        path = files[0] / "studio/recipes/fruit_kitchen.toml"
        path.write_text('[set]\nscene = "line"\nplan = "line_plan"\n')
        told: list[str] = []
        with pytest.raises(SceneError, match="can vary no data set"):
            new_scenes(2, "spring", 1, say=told.append)
        assert "a plan of cases" in told[0]
        path.unlink()
        with pytest.raises(SceneError):
            new_scenes(2, "spring", 1, say=told.append)
        assert "not made by the studio" in told[1]

    def test_the_command(self, files, studio, tmp_path, capsys) -> None:
        course = make_course(tmp_path / "plain")
        arguments = ["exam", "new", "2", "--seed", "s", "--course", str(course), "--scenes", "2"]
        assert cli.main(arguments) == 0
        printed = capsys.readouterr().out
        assert "8 of 10 items" in printed
        assert "Look at every new picture" in printed
        (course / "submitted/ada" / ASSIGNMENT).mkdir(parents=True)
        assert cli.main([*arguments[:4], "other", *arguments[5:]]) == 1
        assert len(load_items(DATASET)) == 16


class TestRefusals:
    def test_without_a_studio(self, files, monkeypatch) -> None:
        monkeypatch.delenv(STUDIO_VARIABLE, raising=False)
        with pytest.raises(SceneError, match="need the picture studio") as caught:
            new_scenes(2, "spring", 1, say=quiet)
        assert STUDIO_VARIABLE in caught.value.todo
        monkeypatch.setenv(STUDIO_VARIABLE, str(files[0]))
        with pytest.raises(SceneError, match="need the picture studio"):
            new_scenes(2, "spring", 1, say=quiet)

    def test_without_private_gold(self, files, monkeypatch) -> None:
        monkeypatch.setenv(STUDIO_VARIABLE, sys.executable)
        monkeypatch.delenv("GOLDLABEL_GOLD")
        with pytest.raises(SceneError, match="private folder"):
            new_scenes(2, "spring", 1, say=quiet)

    def test_no_scenes(self, files, monkeypatch) -> None:
        monkeypatch.setenv(STUDIO_VARIABLE, sys.executable)
        with pytest.raises(SceneError, match="At least one"):
            new_scenes(2, "spring", 0, say=quiet)
