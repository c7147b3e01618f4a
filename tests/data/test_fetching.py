"""A data set from the catalogue: whole and usable, or not there and one sentence."""

from __future__ import annotations

import hashlib
import json
import tomllib

import msgspec
import pytest
from filelock import FileLock

from goldlabel import cli
from goldlabel.annotations import Box, ItemLabels, LabelSet, only
from goldlabel.data import load_items, media_path, practice_gold
from goldlabel.data.catalogue import CATALOGUE_VARIABLE, read_catalogue, remote_set
from goldlabel.data.fetching import CHECKSUMS, fetch, unverified
from goldlabel.errors import DataError
from goldlabel.exercises import find_exercise
from goldlabel.inventory import verify
from goldlabel.review import review
from tests.data.conftest import MEMBER, coco_table, picture, zipped


def get(remote, **more):
    return fetch(remote, **{"say": lambda _line: None, "timeout": 0.4, "pause": 0} | more)


def left(datasets) -> set[str]:
    """What a failed fetch left that anybody could take for a data set."""
    return {path.name for path in datasets.iterdir()} - {".fetching"}


class TestCoco:
    def test_the_rule_chooses_the_pictures(self, coco) -> None:
        assert get(coco).items == 4
        assert [item.id for item in load_items("coco-sample")] == [f"coco-{n:012d}" for n in (2, 4, 5, 7)]

    def test_boxes_are_corners_in_pixels_and_what_cannot_count_is_set_aside(self, coco) -> None:
        get(coco)
        boxes = only(practice_gold("coco-sample").of("coco-000000000002").annotations, Box)
        assert [(box.label, box.xyxy, dict(box.attributes)) for box in boxes] == [
            ("person", (10.5, 20, 70.5, 100), {"crowd": False}),
            ("car", (100, 50, 220.25, 110), {"crowd": False}),
            ("person", (200, 10, 320, 60), {"crowd": True, "difficult": True}),
            ("car", (5, 5, 13, 35), {"crowd": False, "difficult": True}),
        ]

    def test_it_is_a_data_set_like_any_other(self, coco, datasets) -> None:
        get(coco)
        assert verify("coco-sample") == ()
        spec = find_exercise("w2-coco")
        assert (spec.task, spec.draw.count, spec.class_names) == ("boxes", 4, ("person", "car"))
        assert set(spec.rules) >= set(spec.rubric.rules.values())
        gold = practice_gold("coco-sample")
        labels = {item.id: ItemLabels(gold.of(item.id).annotations, done=True) for item in spec.items()}
        perfect = LabelSet(exercise=spec.id, items=labels)
        assert review(perfect, gold, spec.rubric, items=spec.items(), classes=spec.class_names).score == 1
        for item in spec.items():
            assert media_path("coco-sample", item).stat().st_size > 1000
            assert (item.width, item.height, item.licence) == (320, 200, "CC-BY-2.0")

    def test_text_from_outside_breaks_no_table(self, coco, datasets) -> None:
        get(coco)
        sheet = (datasets / "coco-sample/datasheet.md").read_text()
        assert "| coco-000000000002 | CC-BY-2.0 | http://flickr.test/2 &lt;b>/x |" in sheet
        assert "6 that count" not in sheet
        assert "8 that count, 2 set aside" in sheet

    def test_nothing_else_is_left(self, coco, datasets) -> None:
        get(coco)
        assert left(datasets) == {"coco-sample"}
        assert not (datasets / ".fetching/coco-sample").exists()
        assert not list(datasets.rglob("evil*"))


class TestOpenImages:
    def test_the_rule_chooses_the_pictures(self, open_images) -> None:
        get(open_images)
        items = load_items("open-images-sample")
        assert [item.id for item in items] == ["oi-a", "oi-b", "oi-e"]
        assert items[1].source == "Tiny Open Images; Ada, b, https://flickr.test/b"
        assert verify("open-images-sample") == ()

    def test_shares_become_pixels_and_flags_attributes(self, open_images) -> None:
        get(open_images)
        boxes = only(practice_gold("open-images-sample").of("oi-a").annotations, Box)
        flags = {"truncated": False, "occluded": False, "crowd": False}
        assert [(box.label, box.xyxy, dict(box.attributes)) for box in boxes] == [
            ("person", (32, 50, 160, 150), flags | {"occluded": True}),
            ("car", (160, 0, 320, 100), flags | {"truncated": True}),
            ("car", (64, 20, 288, 180), flags | {"crowd": True, "difficult": True}),
        ]

    @pytest.mark.parametrize(
        ("path", "content"),
        [
            ("/boxes.csv", b"ImageID,LabelName\na,/m/1\n"),
            ("/boxes.csv", b"\xff\xfe"),
            ("/classes.csv", b"one column\n"),
            ("/images.csv", b"ImageID,License\na,https://creativecommons.org/licenses/by/2.0/\n"),
            ("/images.csv", b"ImageID,License,Rotation\na,https://creativecommons.org/licenses/by/2.0/,\n"),
        ],
    )
    def test_another_table_is_told(self, open_images, server, datasets, path, content) -> None:
        server.files[path] = content
        with pytest.raises(DataError, match="not in the expected form"):
            get(open_images)
        assert left(datasets) == set()

    def test_a_number_that_is_none(self, open_images, server) -> None:
        server.files["/boxes.csv"] = server.files["/boxes.csv"].replace(b"0.25", b"much")
        with pytest.raises(DataError, match="could not convert"):
            get(open_images)


class TestFaults:
    @pytest.mark.parametrize(
        ("content", "what"),
        [
            (b"<html>Please log in</html>", "not a zip"),
            (zipped({"other.json": b"{}"}), "there is no annotations/instances_val2017.json"),
            (zipped({"../../" + MEMBER: b"{}"}), "there is no annotations"),
            (zipped({MEMBER: b"0" * 150_000}), "too large"),
            (zipped({MEMBER: b"{}"}), "missing required field"),
            (zipped({MEMBER: b"[" * 50_000}), "not in the expected form"),
            (zipped({MEMBER: b"\xff"}), "not in the expected form"),
        ],
        ids=["no zip", "no member", "zip slip", "zip bomb", "other json", "deep", "no text"],
    )
    def test_an_archive_that_is_not_what_it_should_be(self, coco, server, datasets, content, what) -> None:
        server.files["/ann.zip"] = content
        with pytest.raises(DataError, match=what) as caught:
            get(coco)
        assert caught.value.todo
        assert left(datasets) == set()

    def test_a_picture_name_that_leads_elsewhere(self, coco, server, datasets) -> None:
        table = coco_table()
        for image in table["images"]:
            image["file_name"] = "../../escape.jpg"
        server.files["/ann.zip"] = zipped({MEMBER: json.dumps(table).encode()})
        with pytest.raises(DataError, match="no plain name of a picture"):
            get(coco)
        assert not list(datasets.parent.rglob("escape*"))

    def test_too_few_pictures(self, coco, server) -> None:
        table = coco_table()
        table["images"] = table["images"][-3:]
        server.files["/ann.zip"] = zipped({MEMBER: json.dumps(table).encode()})
        with pytest.raises(DataError, match="Only 1 of 4 pictures"):
            get(coco)

    @pytest.mark.parametrize("content", [b"no picture", picture(5)[:2000]])
    def test_a_damaged_picture(self, coco, server, datasets, content) -> None:
        server.files["/val/000000000005.jpg"] = content
        with pytest.raises(DataError, match="downloaded picture cannot be used"):
            get(coco)
        assert left(datasets) == set()

    def test_a_missing_picture_and_then_it_is_there(self, coco, server, datasets) -> None:
        kept = server.files.pop("/val/000000000005.jpg")
        with pytest.raises(DataError, match="404"):
            get(coco)
        assert left(datasets) == set()
        server.files["/val/000000000005.jpg"] = kept
        before = len(server.asked)
        get(coco)
        assert [path for path, _, _ in server.asked[before:]] == [f"/val/{n:012d}.jpg" for n in (5, 7)]

    def test_cut_in_the_middle_and_fetched_again(self, coco, server, datasets) -> None:
        server.files["/ann.zip"] += bytes(200_000)  # a comment of zeros, as far as zip cares
        coco = msgspec.structs.replace(
            coco, files=(msgspec.structs.replace(coco.files[0], bytes=len(server.files["/ann.zip"])),)
        )
        server.cut = [131_072, 0, 0]
        with pytest.raises(DataError, match="was cut after"):
            get(coco)
        assert left(datasets) == set()
        with pytest.raises(DataError, match="not in the expected form"):
            get(coco)
        assert server.asked[3] == ("/ann.zip", "bytes=131072-", 206)

    def test_a_folder_that_cannot_be_written(self, coco, datasets) -> None:
        (datasets / ".fetching").write_text("in the way")
        with pytest.raises(DataError, match="cannot be made"):
            get(coco)

    def test_two_at_once(self, coco, datasets) -> None:
        (datasets / ".fetching").mkdir()
        with FileLock(datasets / ".fetching/coco-sample.lock"), pytest.raises(DataError, match="fetched already"):
            get(coco)


class TestTrust:
    def test_the_first_download_is_recorded(self, coco, datasets) -> None:
        assert unverified(coco) == 5
        done = get(coco)
        assert len(done.first_seen) == 5
        recorded = tomllib.loads((datasets / "coco-sample" / CHECKSUMS).read_text())["sha256"]
        assert set(recorded) == set(done.first_seen)
        assert all(value.startswith("sha256:") and len(value) == 71 for value in recorded.values())
        assert unverified(coco) == 0

    def test_a_second_download_must_match(self, coco, server, datasets) -> None:
        get(coco)
        assert get(coco, again=True).first_seen == ()
        server.files["/val/000000000004.jpg"] = picture(99)
        before = (datasets / "coco-sample/items.jsonl").read_bytes()
        with pytest.raises(DataError, match="another checksum"):
            get(coco, again=True)
        assert (datasets / "coco-sample/items.jsonl").read_bytes() == before
        assert verify("coco-sample") == ()

    def test_a_published_checksum_and_a_record_both_count(self, coco, server, datasets) -> None:
        published = "md5:" + hashlib.md5(server.files["/ann.zip"]).hexdigest()
        pinned = msgspec.structs.replace(coco, files=(msgspec.structs.replace(coco.files[0], checksum=published),))
        assert len(get(pinned).first_seen) == 4
        path = datasets / "coco-sample" / CHECKSUMS
        found = tomllib.loads(path.read_text())["sha256"][coco.files[0].address]
        path.write_text(path.read_text().replace(found, "sha256:" + "0" * 64))
        with pytest.raises(DataError, match="another one than at the first download"):
            get(pinned, again=True)

    def test_a_damaged_record_is_told(self, coco, datasets) -> None:
        get(coco)
        (datasets / "coco-sample" / CHECKSUMS).write_text("sha256 = 3")
        with pytest.raises(DataError, match="record of checksums"):
            get(coco, again=True)

    def test_it_is_here_already(self, coco, server) -> None:
        get(coco)
        before = len(server.asked)
        done = get(coco)
        assert (done.items, done.new, len(server.asked)) == (4, False, before)


class TestCatalogue:
    def test_what_ships_can_be_read(self) -> None:
        sets = read_catalogue()
        assert set(sets) == {"coco-sample", "open-images-sample", "imdb", "uner-sample"}
        for one in sets.values():
            assert one.licence.strip()
            if one.pictures:
                assert one.pictures.count == one.count == 40
                assert len(one.classes) == 7
                assert "{name}" in one.pictures.address
            else:
                assert one.spdx
                assert one.count == one.sample >= 60

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("md5:f4bb", "md5:zz"),
            ('address = "http://images', 'address = "file:///images'),
            ('name = "coco-sample"', 'name = "../coco"'),
            ("count = 40", "count = 0"),
            ("sample = 100", "sample = 0"),
            (
                "sample = 60",
                'sample = 60\npictures = { address = "http://a", count = 1, typical_bytes = 1, most_bytes = 1 }',
            ),
        ],
    )
    def test_another_catalogue_is_read_strictly(self, tmp_path, monkeypatch, old, new) -> None:
        from goldlabel.data import catalogue

        text = catalogue.Path(catalogue.__file__).with_name("catalogue.toml").read_text()
        assert old in text
        (tmp_path / "c.toml").write_text(text.replace(old, new))
        monkeypatch.setenv(CATALOGUE_VARIABLE, str(tmp_path / "c.toml"))
        with pytest.raises(DataError, match="catalogue of data sets cannot be read"):
            read_catalogue()

    def test_no_such_set(self) -> None:
        with pytest.raises(DataError, match="can be downloaded"):
            remote_set("nowhere")


class TestCommand:
    def test_fetch_list_verify(self, coco, server, datasets, monkeypatch, capsys) -> None:
        monkeypatch.setattr("goldlabel.commands.data.read_catalogue", lambda: {coco.name: coco})
        monkeypatch.setattr("goldlabel.inventory.read_catalogue", lambda: {coco.name: coco})
        monkeypatch.setattr("goldlabel.commands.data.remote_set", lambda _name: coco)
        assert cli.main(["data", "get", "coco-sample", "--yes"]) == 0
        printed = capsys.readouterr().out
        assert "Checksum: unknown for 5 files" in printed
        assert "5 files have no published checksum" in printed
        assert "Exercise.open('w2-coco')" in printed
        assert cli.main(["data", "fetch", "coco-sample"]) == 0
        assert "here already (4 items)" in capsys.readouterr().out
        assert cli.main(["data", "list"]) == 0
        assert "downloaded" in capsys.readouterr().out
        assert cli.main(["data", "verify"]) == 0
        (datasets / "coco-sample/media/000000000004.jpg").unlink()
        assert cli.main(["data", "verify"]) == 1
        assert "Run: goldlabel data fetch coco-sample --again" in capsys.readouterr().out

    def test_a_fault_is_two_lines(self, coco, server, monkeypatch, capsys) -> None:
        monkeypatch.setattr("goldlabel.commands.data.remote_set", lambda _name: coco)
        server.files.clear()
        assert cli.main(["data", "fetch", "coco-sample", "--yes"]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 2

    def test_stopping_it_is_no_traceback(self, coco, server, datasets, monkeypatch, capsys) -> None:
        monkeypatch.setattr("goldlabel.commands.data.remote_set", lambda _name: coco)

        def stop(*_arguments):
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr("goldlabel.data.fetching.plan", stop)
            assert cli.main(["data", "fetch", "coco-sample", "--yes"]) == 1
        assert capsys.readouterr().err.startswith("Stopped; the data set is as it was before")
        assert left(datasets) == set()
        assert cli.main(["data", "fetch", "coco-sample", "--yes"]) == 0
        assert sum(path == "/ann.zip" for path, _, _ in server.asked) == 1
