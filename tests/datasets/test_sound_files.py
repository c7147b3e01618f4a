"""The published sounds of all sets: every file is whole and what its line says, every gold lies inside its clip."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from goldlabel.annotations import Gold, Segment, decode_gold, only
from goldlabel.data import load_items, media_path, practice_gold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import ogg  # noqa: E402

SETS = {"speech": 16000, "sounds": 24000, "emotion": 16000}
ITEMS = [(name, item) for name in SETS for item in load_items(name)]


def gold_of(name: str, pool: str) -> Gold:
    if pool == "practice":
        return practice_gold(name)
    path = ROOT / "autograder" / "gold" / name / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=lambda value: getattr(value, "id", value))
def test_a_file_is_whole_and_what_its_line_says(name: str, item) -> None:
    data = media_path(name, item).read_bytes()
    assert hashlib.sha256(data).hexdigest() == item.sha256
    sound = ogg.inspect(data)
    assert (sound.channels, sound.rate) == (1, SETS[name])
    assert sound.seconds == pytest.approx(item.seconds, abs=0.001)
    assert (item.origin, item.licence) == ("synthesised", "CC-BY-4.0")
    assert item.alt
    assert item.source


def test_all_sounds_together_are_small() -> None:
    assert sum(media_path(name, item).stat().st_size for name, item in ITEMS) <= 8_000_000


@pytest.mark.parametrize("pool", ["practice", "exam"])
@pytest.mark.parametrize("name", SETS)
def test_gold_covers_its_pool_and_lies_inside_its_clips(name: str, pool: str) -> None:
    gold = gold_of(name, pool)
    items = {item.id: item for item in load_items(name) if item.pool == pool}
    assert set(gold.items) == set(items)
    for item, one in gold.items.items():
        assert one.annotations, item
        assert len({note.id for note in one.annotations}) == len(one.annotations), item
        for segment in only(one.annotations, Segment):
            assert 0 <= segment.start < segment.end <= items[item].seconds, (item, segment.id)


class TestOgg:
    DATA = media_path(*ITEMS[0]).read_bytes()

    def test_the_known_checksum(self) -> None:
        # The page of the example in the documentation of libogg has another checksum than our files; any page will do,
        # since a wrong polynomial, order or start value fits none.
        assert ogg.checksum(self.DATA[:47]) == int.from_bytes(self.DATA[22:26], "little")

    def test_a_flipped_bit_is_found(self) -> None:
        middle = len(self.DATA) // 2
        with pytest.raises(ValueError, match=r"page \d+ is damaged"):
            ogg.inspect(self.DATA[:middle] + bytes([self.DATA[middle] ^ 1]) + self.DATA[middle + 1 :])

    @pytest.mark.parametrize("keep", [0, 10, 30, 47, -1])
    def test_a_file_that_is_cut_off_is_found(self, keep: int) -> None:
        with pytest.raises(ValueError, match=r"page|stream"):
            ogg.inspect(self.DATA[:keep])

    def test_another_kind_of_file_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no page begins at byte 0"):
            ogg.inspect(b"RIFF" + bytes(60))
