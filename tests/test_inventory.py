"""What data is here, and what is wrong with it; the command that says so."""

from __future__ import annotations

import hashlib
import json

import pytest
from PIL import Image

from goldlabel import cli
from goldlabel.commands import data as command
from goldlabel.data.catalogue import CATALOGUE_VARIABLE
from goldlabel.data.downloading import file_sha256
from goldlabel.errors import DataError
from goldlabel.inventory import inventory, verify


@pytest.fixture
def whole(shapes):
    """The shapes with their checksums."""
    items = [json.loads(line) for line in (shapes / "items.jsonl").read_text().splitlines()]
    for item in items:
        item["sha256"] = file_sha256(shapes / item["media"])
    write(shapes, items)
    return shapes


def write(folder, items) -> None:
    (folder / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))


def change(folder, position: int, **fields) -> None:
    items = [json.loads(line) for line in (folder / "items.jsonl").read_text().splitlines()]
    items[position] |= fields
    write(folder, items)


def faults(name: str = "shapes") -> list[str]:
    return [fault.what for fault in verify(name)]


def gold(folder, **fields) -> None:
    path = folder / "gold/practice.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


class TestList:
    def test_what_is_here_and_what_is_not(self, whole) -> None:
        rows = {one.name: one for one in inventory()}
        assert list(rows) == ["shapes", "coco-sample", "open-images-sample", "imdb", "uner-sample"]
        here = rows["shapes"]
        size = sum(path.stat().st_size for path in (whole / "media").iterdir())
        assert (here.practice, here.exam, here.bytes, here.licences) == (6, 3, size, ("CC-BY-4.0",))
        assert here.state == "comes with the course"
        assert "goldlabel data fetch coco-sample" in rows["coco-sample"].state

    def test_missing_files_and_a_damaged_list_are_told(self, whole) -> None:
        (whole / "media/s3.png").unlink()
        assert "1 of 9 files are missing" in inventory()[0].state
        (whole / "items.jsonl").write_text("{")
        assert inventory()[0].state.startswith("damaged: ")

    def test_texts_count_too(self, whole) -> None:
        change(whole, 0, media="", width=0, height=0, text="Zwölf")
        size = sum(path.stat().st_size for path in (whole / "media").iterdir())
        assert inventory()[0].bytes == size - (whole / "media/s0.png").stat().st_size + 6


class TestVerify:
    def test_whole(self, whole) -> None:
        assert faults() == []

    def test_a_missing_file(self, whole) -> None:
        (whole / "media/s3.png").unlink()
        assert faults() == ["s3: its file media/s3.png is missing. Restore it: git checkout -- datasets/shapes"]

    def test_a_changed_file(self, whole) -> None:
        Image.new("RGB", (400, 300)).save(whole / "media/s3.png")
        (one,) = faults()
        assert one.startswith("s3: its file media/s3.png is not the one that was published")

    def test_a_wrong_size_in_the_list(self, whole) -> None:
        change(whole, 3, width=401)
        (one,) = faults()
        assert "is 400 x 300 pixels, the list says 401 x 300" in one

    def test_no_picture(self, whole) -> None:
        (whole / "media/s3.png").write_text("text")
        change(whole, 3, sha256=file_sha256(whole / "media/s3.png"))
        assert "is no picture" in faults()[0]

    def test_a_file_outside(self, whole) -> None:
        (whole.parent / "out.png").write_bytes((whole / "media/s3.png").read_bytes())
        change(whole, 3, media="../out.png")
        assert "lies outside the data set" in faults()[0]

    def test_a_folder_in_the_place_of_a_file(self, whole) -> None:
        change(whole, 3, media="media")
        assert "cannot be read" in faults()[0]

    def test_a_text(self, whole) -> None:
        change(whole, 0, media="", width=0, height=0, text="Zwölf", sha256="0" * 64)
        assert faults()[0].startswith("s0: its text is not the one that was published")
        change(whole, 0, sha256=hashlib.sha256("Zwölf".encode()).hexdigest())
        assert faults() == []

    def test_gold_that_leaves_items_out(self, whole) -> None:
        kept = json.loads((whole / "gold/practice.json").read_text())["items"]
        gold(whole, items={name: kept[name] for name in ("s0", "s1")})
        assert faults() == [
            "shapes-boxes: gold/practice.json has nothing for s2, s3, s4 and 1 more. Restore the gold file."
        ]

    def test_gold_that_gives_an_exam_away(self, whole) -> None:
        kept = json.loads((whole / "gold/practice.json").read_text())["items"]
        gold(whole, items=kept | {"s7": {"annotations": []}, "s99": {"annotations": []}})
        told = faults()
        assert len(told) == 2
        assert "not in the list: s99" in told[0]
        assert "exam items, which learners would see: s7" in told[1]

    def test_gold_of_something_else(self, whole) -> None:
        gold(whole, dataset="other")
        assert "says that it is of other" in faults()[0]

    def test_damaged_and_missing_gold(self, whole) -> None:
        (whole / "gold/practice.json").write_text("{")
        assert len(faults()) == 1
        (whole / "gold/practice.json").unlink()
        assert faults()[0].startswith("shapes-boxes has no gold.")

    def test_a_second_guideline_needs_gold_of_its_own(self, whole) -> None:
        path = whole / "exercises/shapes-boxes/exercise.toml"
        path.write_text('gold = "strict"\n' + path.read_text())
        assert faults()[0].startswith("shapes-boxes has no gold.")

    def test_a_damaged_list(self, whole) -> None:
        (whole / "items.jsonl").write_text("{")
        assert "line 1" in faults()[0]

    def test_what_is_not_here(self, whole) -> None:
        with pytest.raises(DataError, match="is not here") as caught:
            verify("nowhere")
        assert caught.value.todo == "Use one of: shapes."
        with pytest.raises(DataError) as caught:
            verify("coco-sample")
        assert "goldlabel data fetch coco-sample" in caught.value.todo


class TestCommand:
    def test_list(self, whole, capsys) -> None:
        assert cli.main(["data", "list"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[1].split() == ["shapes", "6", "3", "0.0", "comes", "with", "the", "course"]

    def test_verify_says_it_by_its_exit_code(self, whole, capsys) -> None:
        assert cli.main(["data", "verify"]) == 0
        assert capsys.readouterr().out == "shapes: whole\n"
        (whole / "media/s3.png").unlink()
        assert cli.main(["data", "verify", "shapes"]) == 1
        assert "s3: its file" in capsys.readouterr().out

    def test_get_of_what_comes_with_the_course(self, whole, capsys) -> None:
        assert cli.main(["data", "get", "shapes"]) == 0
        assert "nothing to load" in capsys.readouterr().out
        assert cli.main(["data", "get"]) == 0
        assert cli.main(["data", "get", "nowhere"]) == 1

    def test_without_an_action_it_helps(self, whole, capsys) -> None:
        assert cli.main(["data"]) == 2
        assert "fetch" in capsys.readouterr().out

    def test_without_consent_nothing_is_downloaded(self, whole, capsys) -> None:
        assert cli.main(["data", "fetch", "coco-sample"]) == 1
        printed = capsys.readouterr()
        assert "CC BY 4.0" in printed.out
        assert "Checksum: unknown for 40 files" in printed.out
        assert printed.err.startswith("Nothing was downloaded: the licence needs your consent")
        assert not (whole.parent / ".fetching").exists()

    @pytest.mark.parametrize(("answer", "code"), [("n", 1), ("", 1), ("y", 7), (EOFError, 1)])
    def test_at_a_terminal_it_asks(self, whole, monkeypatch, answer, code) -> None:
        class Terminal:
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr(command.sys, "stdin", Terminal())

        def say(_question: str) -> str:
            if answer is EOFError:
                raise EOFError
            return answer

        monkeypatch.setattr("builtins.input", say)

        def begun(*_arguments, **_more):
            raise SystemExit(7)

        monkeypatch.setattr("goldlabel.data.fetching.fetch", begun)
        if code == 7:
            with pytest.raises(SystemExit):
                cli.main(["data", "fetch", "coco-sample"])
        else:
            assert cli.main(["data", "fetch", "coco-sample"]) == 1

    def test_another_catalogue_that_is_missing(self, whole, monkeypatch, capsys) -> None:
        monkeypatch.setenv(CATALOGUE_VARIABLE, str(whole / "gone.toml"))
        assert cli.main(["data", "list"]) == 1
        assert "catalogue" in capsys.readouterr().err
