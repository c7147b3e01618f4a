"""The photographs that come from installed packages: loaded offline, checked, with gold that was drawn by eye."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PIL import Image

from goldlabel.annotations import Box, decode_labels, only
from goldlabel.data import data_uri, load_items, load_packaged, media_path, packaged, practice_gold
from goldlabel.errors import DataError
from goldlabel.exercises import find_exercise
from goldlabel.metrics.boxes import iou
from goldlabel.review import review

FOLDER = Path(__file__).resolve().parents[2] / "datasets" / "real-photos"
NAME = "real-photos"


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """The data set as it is committed: without its media."""
    folder = tmp_path / NAME
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("media"))
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path))
    return folder


class TestLoading:
    def test_every_picture_is_the_one_that_gold_was_drawn_on(self, copy) -> None:
        assert len(load_packaged(NAME)) == 7
        for item in load_items(NAME):
            path = media_path(NAME, item)
            assert hashlib.sha256(path.read_bytes()).hexdigest() == item.sha256
            with Image.open(path) as picture:
                assert picture.size == (item.width, item.height)

    def test_again_loads_nothing_and_a_damaged_one_is_replaced(self, copy) -> None:
        load_packaged(NAME)
        assert load_packaged(NAME) == ()
        (copy / "media/coins.png").write_bytes(b"spoiled")
        assert load_packaged(NAME) == ("media/coins.png",)

    def test_a_missing_picture_is_loaded_when_it_is_shown(self, copy) -> None:
        (coins,) = (item for item in load_items(NAME) if item.id == "rp-coins")
        assert data_uri(NAME, coins).startswith("data:image/png;base64,")
        assert [path.name for path in (copy / "media").iterdir()] == ["coins.png"]

    def test_a_package_that_is_not_installed(self, copy, monkeypatch) -> None:
        monkeypatch.setattr(packaged, "find_spec", lambda _name: None)
        with pytest.raises(DataError, match="skimage is not installed"):
            load_packaged(NAME)

    def test_a_package_with_another_picture(self, copy) -> None:
        table = copy / "packaged.toml"
        table.write_text(table.read_text().replace("data/coins.png", "data/coffee.png"))
        with pytest.raises(DataError, match=r"holds another coffee\.png"):
            load_packaged(NAME)
        assert not (copy / "media/coins.png").exists()

    def test_a_package_without_the_file(self, copy) -> None:
        table = copy / "packaged.toml"
        table.write_text(table.read_text().replace("data/coins.png", "data/gone.png"))
        with pytest.raises(DataError, match="does not hold its picture"):
            load_packaged(NAME)

    @pytest.mark.parametrize("text", ["files = 3", "[files", '[files]\n"a" = { package = 1 }'])
    def test_a_damaged_table(self, copy, text) -> None:
        (copy / "packaged.toml").write_text(text)
        with pytest.raises(DataError, match="list of packaged media"):
            load_packaged(NAME)

    def test_a_set_of_another_kind(self, copy) -> None:
        with pytest.raises(DataError, match="does not come from a package"):
            load_packaged("fruit-kitchen")

    def test_a_folder_that_cannot_be_written(self, copy) -> None:
        (copy / "media").write_text("a file in the way")
        with pytest.raises(DataError, match="cannot be written"):
            load_packaged(NAME)


class TestGold:
    gold = practice_gold(NAME)
    spec = find_exercise("w2-photos")

    def test_it_covers_the_pool_and_stays_in_the_pictures(self) -> None:
        items = {item.id: item for item in load_items(NAME)}
        assert set(self.gold.items) == set(items)
        assert set(self.spec.class_names) >= {
            one.label for gold in self.gold.items.values() for one in gold.annotations
        }
        for name, gold in self.gold.items.items():
            for box in only(gold.annotations, Box):
                assert 0 <= box.xyxy[0] < box.xyxy[2] <= items[name].width, (name, box.id)
                assert 0 <= box.xyxy[1] < box.xyxy[3] <= items[name].height, (name, box.id)

    def test_the_numbers_that_the_datasheet_states(self) -> None:
        counts = {name: len(gold.scored) for name, gold in self.gold.items.items()}
        assert counts == {
            "rp-coins": 24, "rp-cat": 1, "rp-coffee": 2, "rp-portrait": 2, "rp-garage": 1, "rp-garden": 2, "rp-lake": 0,
        }  # fmt: skip

    def test_two_passes_agree_as_published(self) -> None:
        first = decode_labels((FOLDER / "checks/first_pass.json").read_bytes(), where="first_pass.json")
        overlaps = []
        for name, labels in first.items.items():
            ours, gold = only(labels.annotations, Box), only(self.gold.of(name).scored, Box)
            if ours:
                table = iou([box.xyxy for box in ours], [box.xyxy for box in gold])
                overlaps += table.max(axis=1).tolist()
        assert len(overlaps) == 32
        mean = f"{sum(overlaps) / len(overlaps):.3f}"
        lowest = f"{min(overlaps):.3f}"
        assert f"Mean IoU of the two passes {mean} over 32 boxes (lowest {lowest})" in self.gold.agreement
        assert f"mean IoU {mean} over 32 boxes, lowest {lowest}" in (FOLDER / "datasheet.md").read_text()

    def test_the_first_pass_would_pass_the_exercise(self) -> None:
        first = decode_labels((FOLDER / "checks/first_pass.json").read_bytes(), where="first_pass.json")
        judged = review(first, self.gold, self.spec.rubric, items=self.spec.items(), classes=self.spec.class_names)
        assert judged.level == "production"

    def test_coins_stand_out_from_their_plate(self) -> None:
        """Independent of who drew: inside a box it is lighter than in a frame round it, on all sides."""
        with Image.open(media_path(NAME, load_items(NAME)[0])) as picture:
            for box in only(self.gold.of("rp-coins").annotations, Box):
                x1, y1, x2, y2 = map(round, box.xyxy)
                x, y = (x1 + x2) // 2, (y1 + y2) // 2
                for inside, outside in (
                    ((x1 + 2, y - 4, x1 + 6, y + 4), (x1 - 6, y - 4, x1 - 2, y + 4)),
                    ((x2 - 6, y - 4, x2 - 2, y + 4), (x2 + 2, y - 4, x2 + 6, y + 4)),
                    ((x - 4, y1 + 2, x + 4, y1 + 6), (x - 4, y1 - 6, x + 4, y1 - 2)),
                    ((x - 4, y2 - 6, x + 4, y2 - 2), (x - 4, y2 + 2, x + 4, y2 + 6)),
                ):
                    assert _mean(picture, inside) > _mean(picture, outside) + 8, box.id


def _mean(picture: Image.Image, corners: tuple[int, int, int, int]) -> float:
    values = list(picture.crop(corners).convert("L").tobytes())
    return sum(values) / len(values)
