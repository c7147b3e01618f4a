"""Texts that real people rated: loaded from a package's archive, checked, never committed.

A tiny archive of the same form stands in for the real one; what needs the real texts is skipped without
them.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from statistics import correlation, fmean

import pytest

from goldlabel import cli
from goldlabel.annotations import Choice, ItemLabels, LabelSet, only
from goldlabel.data import load_items, practice_gold, released
from goldlabel.data.ratings import load_ratings, parse_ratings
from goldlabel.data.released import CLASSES, class_of, is_loaded, load_released, shares
from goldlabel.data.unfit import is_fit
from goldlabel.errors import DataError
from goldlabel.exercises import find_exercise
from goldlabel.inventory import inventory, verify
from goldlabel.learning.path import progress_of
from goldlabel.learning.raters import Ratings
from goldlabel.review import review
from tests.data.test_sdists import archive

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "datasets" / "real-ratings"
NAME = "real-ratings"
TEXTS = {"1": "Good &amp; cheap.", "2": 'It "works".', "3": "Not mine."}
RATED = {"1": [2, 2, 3, 1], "2": [-2, 0, 0, 2], "3": [-4, -3, -3, -4]}


def tiny(texts: dict[str, str] = TEXTS, rated: dict[str, list[int]] = RATED) -> bytes:
    """An archive in the form of the real one; all four kinds hold the same texts."""
    inner = {}
    for begin in ("tweets", "movieReviewSnippets", "amazonReviewSnippets", "nytEditorialSnippets"):
        lines = [f"{name}\t{fmean(rated[name])}\t{text}" for name, text in texts.items()]
        inner[f"in/{begin}_GroundTruth.txt"] = "\r\n".join(lines).encode()
        lines = [f"{name}\t{fmean(one)}\t0.5\t{one}" for name, one in rated.items()]
        inner[f"in/{begin}_anonDataRatings.txt"] = ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()
    return archive({"tiny/inner.tar.gz": archive(inner), "tiny/setup.py": b"raise SystemExit('never run')"})


def table(**more: str) -> str:
    chosen = {"rr-post-1": "Good & cheap.", "rr-film-2": 'It "works".', "rr-editorial-3": "Not mine."} | more
    hashes = "".join(f'{name} = "{hashlib.sha256(text.encode()).hexdigest()}"\n' for name, text in chosen.items())
    return (
        'inner = "tiny/inner.tar.gz"\nfolder = "in"\nmost_unpacked = 100_000\n[archive]\nproject = "tiny"\n'
        f'version = "1.0"\nsha256 = "{"0" * 64}"\nmost_bytes = 9000\n[texts]\n{hashes}'
    )


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """The data set as it is committed, with a list of three texts; pip gives the tiny archive."""
    folder = tmp_path / NAME
    kept = shutil.ignore_patterns("items.jsonl", "ratings.json", "gold")
    shutil.copytree(FOLDER, folder, ignore=kept)
    (folder / "released.toml").write_text(table())
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path))
    monkeypatch.setattr(released, "sdist_bytes", lambda _wanted: tiny())
    return folder


class TestLoading:
    def test_items_gold_and_ratings_appear(self, copy) -> None:
        assert load_released(NAME) == ("rr-post-1", "rr-film-2", "rr-editorial-3")
        assert [item.text for item in load_items(NAME)] == ["Good & cheap.", 'It "works".', "Not mine."]
        assert verify(NAME) == ()
        found = load_ratings()
        assert found["rr-film-2"].ratings == (-2, 0, 0, 2)
        assert [one.panel for one in found.values()] == ["", "film-0", ""]

    def test_gold_is_what_a_good_share_of_the_raters_said(self, copy) -> None:
        load_released(NAME)
        gold = practice_gold(NAME)
        said = {name: only(one.annotations, Choice)[0] for name, one in gold.items.items()}
        assert (said["rr-post-1"].label, said["rr-post-1"].accepted) == ("positive", ("very positive",))
        assert (said["rr-film-2"].label, said["rr-film-2"].accepted) == ("neutral", ("negative", "positive"))
        assert (said["rr-editorial-3"].label, said["rr-editorial-3"].accepted) == ("very negative", ())
        assert said["rr-post-1"].attributes["why"] == "Of 4 raters: 3 positive, 1 very positive."

    def test_again_loads_nothing_and_a_damaged_set_is_loaded_anew(self, copy) -> None:
        load_released(NAME)
        assert load_released(NAME) == ()
        for path in (copy / "items.jsonl", copy / "ratings.json"):
            path.write_text(path.read_text().replace("Not mine", "Mine"))
            assert len(load_released(NAME)) == 3
            path.write_text("spoiled")
            assert len(load_released(NAME)) == 3
        (copy / "gold/practice.json").unlink()
        assert len(load_released(NAME)) == 3

    def test_another_text_than_the_chosen_one(self, copy) -> None:
        (copy / "released.toml").write_text(table(**{"rr-post-1": "Good and cheap."}))
        with pytest.raises(DataError, match="rr-post-1 is not the one that was chosen"):
            load_released(NAME)
        assert not (copy / "items.jsonl").exists()

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"", "not what the course was made with"),
            (archive({"tiny/other": b""}), "not what the course was made with"),
            (archive({"tiny/inner.tar.gz": archive({"in/tweets_GroundTruth.txt": b""})}), "there is no in/"),
            (archive({"tiny/inner.tar.gz": archive({"zeros": bytes(200_000)})}), "too large when unpacked"),
            (tiny(rated=RATED | {"2": [9, 0, 0, 2]}), "whole numbers from -4 to 4"),
        ],
        ids=["empty", "no inner", "no file", "bomb", "no rating"],
    )
    def test_an_archive_that_is_not_what_it_should_be(self, copy, monkeypatch, data, what) -> None:
        monkeypatch.setattr(released, "sdist_bytes", lambda _wanted: data)
        with pytest.raises(DataError, match=what) as caught:
            load_released(NAME)
        assert caught.value.todo
        assert not is_loaded(NAME)

    def test_a_folder_that_cannot_be_written(self, copy) -> None:
        (copy / "gold").write_text("in the way")
        with pytest.raises(DataError, match="cannot be written"):
            load_released(NAME)

    @pytest.mark.parametrize("text", ["inner = 3", "[texts", table().replace("0" * 64, "zz")])
    def test_a_damaged_list(self, copy, text) -> None:
        (copy / "released.toml").write_text(text)
        with pytest.raises(DataError, match="list of chosen texts"):
            load_released(NAME)


class TestWithout:
    """Nothing was loaded: each way to the texts says how to get them."""

    def test_every_way_says_so(self, copy) -> None:
        spec = find_exercise("w3-raters")
        for way in (lambda: load_items(NAME), spec.items, load_ratings, lambda: verify(NAME)):
            with pytest.raises(DataError) as caught:
                way()
            assert "goldlabel data get real-ratings" in caught.value.todo
        assert progress_of("w3-raters", [copy]).problem == "its texts are not here yet: goldlabel data get"
        (row,) = (one for one in inventory() if one.name == NAME)
        assert row.state == "not here; get it with: goldlabel data get real-ratings"

    def test_the_command_loads_the_rest_and_then_says_what_failed(self, copy, monkeypatch, capsys) -> None:
        def offline(_wanted):
            raise DataError("The source archive of tiny 1.0 cannot be downloaded: no network", todo="Later.")

        with monkeypatch.context() as patch:
            patch.setattr(released, "sdist_bytes", offline)
            shutil.copytree(ROOT / "datasets/real-photos", copy.parent / "real-photos")
            assert cli.main(["data", "get"]) == 1
        told = capsys.readouterr()
        assert "real-photos" in told.out
        assert len(told.err.splitlines()) == 2
        assert cli.main(["data", "get"]) == 0
        assert "real-ratings: 3 texts loaded." in capsys.readouterr().out


class TestFile:
    def test_a_mean_that_is_not_that_of_the_ratings_drops_the_text(self) -> None:
        texts = b"1\t2.0\tright\n2\t2.5\twrong\n"
        ratings = b"1\t2.0\t0\t[1, 3]\n2\t0.5\t0\t[0, 1]\n"
        assert [one.text for one in parse_ratings("post", texts, ratings)] == ["right"]

    @pytest.mark.parametrize(
        ("texts", "ratings"),
        [
            (b"1\t2.0\n", b"1\t2\t0\t[2]\n"), (b"1\t2.0\ta\tb\n", b"1\t2\t0\t[2]\n"), (b"1\tx\ta\n", b"1\t2\t0\t[2]\n"),
            (b"2\t2.0\ta\n", b"1\t2\t0\t[2]\n"), (b"1\t2.0\ta\n", b"1\t2\t0\n"), (b"1\t2.0\ta\n", b"1\t2\t0\t{}\n"),
            (b"1\t2.0\ta\n", b"1\t2\t0\t3\n"), (b"1\t1.0\ta\n", b"1\t2\t0\t[true]\n"), (b"\xff", b"1\t2\t0\t[2]\n"),
        ],
    )  # fmt: skip
    def test_another_form(self, texts, ratings) -> None:
        if ratings.endswith(b"{}\n"):  # an empty list of ratings is no text to learn from, and no fault
            assert list(parse_ratings("post", texts, ratings)) == []
            return
        with pytest.raises(DataError, match="not in the expected form"):
            list(parse_ratings("post", texts, ratings))

    def test_nine_steps_make_five_classes(self) -> None:
        assert [CLASSES.index(class_of(step)) for step in range(-4, 5)] == [0, 0, 1, 1, 2, 3, 3, 4, 4]
        assert list(shares((-4, 0, 0, 4)).values()) == [0.25, 0, 0.5, 0, 0.25]


def test_no_text_and_no_rating_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files", str(FOLDER)], cwd=ROOT, capture_output=True, text=True, check=True)
    kept = {Path(line).name for line in listed.stdout.split()}
    assert kept <= {"released.toml", "datasheet.md", "exercise.toml", "guideline.md"}
    ignored = subprocess.run(
        ["git", "check-ignore", "items.jsonl", "ratings.json", "gold/practice.json"],
        cwd=FOLDER, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(ignored.stdout.split()) == 3


@pytest.mark.skipif(not is_loaded(NAME), reason="the texts are not here: goldlabel data get real-ratings")
class TestReal:
    def test_the_chosen_ones(self) -> None:
        rated = load_ratings()
        kinds = [one.kind for one in rated.values()]
        assert {kind: kinds.count(kind) for kind in kinds} == {"post": 50, "film": 50, "product": 50, "editorial": 50}
        assert all(15 <= len(one.ratings) <= 99 for one in rated.values())
        assert all(25 <= len(one.text) <= 175 and is_fit(one.text) for one in rated.values())
        assert verify(NAME) == ()

    def test_the_crowd_itself_passes_and_a_contrarian_fails(self) -> None:
        spec, gold = find_exercise("w3-raters"), practice_gold(NAME)
        items = spec.pool()
        crowd = LabelSet(exercise=spec.id, items={item.id: ItemLabels(gold.of(item.id).annotations) for item in items})
        assert review(crowd, gold, spec.rubric, items=items, classes=spec.class_names).score == 1
        no = {item.id: ItemLabels((Choice("class", "very negative"),)) for item in items}
        judged = review(LabelSet(exercise=spec.id, items=no), gold, spec.rubric, items=items, classes=spec.class_names)
        assert judged.level == "below"

    def test_the_numbers_that_the_lesson_and_the_datasheet_state(self) -> None:
        found = Ratings(load_ratings())
        total = sum(len(one.ratings) for one in found.texts.values())
        lesson = (ROOT / "course/week3_text/07_why_raters_differ.ipynb").read_text()
        quiz = (ROOT / "course/week3_text/07_why_raters_differ.quiz.toml").read_text()
        assert f"{total:,} ratings" in lesson
        assert f"{total:,} ratings" in (FOLDER / "datasheet.md").read_text()
        nine, three = (f"{100 * found.agreement(steps)[0]:.0f} %" for steps in (9, 3))
        assert f"agree on {nine} with nine steps and on {three} with three classes" in quiz
        assert f'\\"{three} agreement\\"' in lesson
        alphas = {kind: found.agreement(kind=kind)[1] for kind in ("post", "film", "product", "editorial")}
        assert max(alphas, key=alphas.get) == "product"
        assert min(alphas, key=alphas.get) == "editorial"
        assert 0.667 < found.agreement()[1] < 0.8
        panel = [one for one in found.texts.values() if one.panel == "film-325"]
        positive = [sum(one.ratings[column] > 0 for one in panel) for column in range(20)]
        assert sorted(positive)[-3:] == [4, 13, 15]
        assert {number + 1 for number, count in enumerate(positive) if count > 4} == {14, 20}
        assert found.without("film-325").camps
        assert not found.without("film-325", 14, 20).camps

    def test_a_column_is_a_person_in_the_films_file_only(self) -> None:
        """Who uses extremes in every other text of a panel does so in the rest; elsewhere columns say nothing."""
        rated = list(load_ratings().values())

        def habit(texts, column) -> float:
            return fmean(abs(one.ratings[column]) - fmean(map(abs, one.ratings)) for one in texts)

        def halves(texts) -> float:
            columns = range(min(len(one.ratings) for one in texts))
            return correlation(*([habit(half, column) for column in columns] for half in (texts[::2], texts[1::2])))

        for panel in {one.panel for one in rated} - {""}:
            assert halves([one for one in rated if one.panel == panel]) > 0.6
        for kind in ("product", "editorial"):
            assert abs(halves([one for one in rated if one.kind == kind])) < 0.45
