"""Data sets on disk: items, draws, media, practice gold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Item
from goldlabel.data import data_uri, datasets_folder, draw, load_items, media_path, practice_gold
from goldlabel.errors import DataError, GoldError


def pool(count: int, name: str = "practice") -> list[Item]:
    return [Item(f"i{k:02d}", "", 1, 1, name, "rendered", "", "", "easy") for k in range(count)]


class TestDraw:
    def test_the_same_on_every_machine(self) -> None:
        """A literal order: a change here would give every class another exam."""
        assert [item.id for item in draw(pool(6), count=6, seed=2)] == [
            "i03", "i05", "i00", "i02", "i04", "i01",
        ]  # fmt: skip

    def test_each_turn_goes_on_where_the_last_one_ended(self) -> None:
        turns = [draw(pool(6), count=4, seed=2, turn=turn) for turn in (1, 2, 3)]
        assert [[item.id for item in turn] for turn in turns] == [
            ["i03", "i05", "i00", "i02"],
            ["i04", "i01", "i03", "i05"],
            ["i00", "i02", "i04", "i01"],
        ]

    def test_order_in_the_file_does_not_matter(self) -> None:
        items = pool(9)
        assert draw(items, count=4, seed=1) == draw(items[::-1], count=4, seed=1)

    def test_another_seed_another_draw(self) -> None:
        draws = {draw(pool(20), count=5, seed=seed) for seed in ("ada", "bob", 1, 2)}
        assert len(draws) == 4

    @given(st.integers(1, 12), st.integers(1, 12))
    def test_turns_go_round_the_pool_before_they_repeat(self, size, count) -> None:
        turns = [draw(pool(size), count=count, seed=0, turn=turn) for turn in range(1, size // count + 1)]
        drawn = [item.id for turn in turns for item in turn]
        assert len(set(drawn)) == len(drawn)

    @given(st.integers(1, 12), st.integers(1, 15))
    def test_turns_cover_the_pool(self, size, count) -> None:
        turns = range(1, -(-size // count) + 1)
        drawn = [draw(pool(size), count=count, seed="ada", turn=turn) for turn in turns]
        assert {item.id for turn in drawn for item in turn} == {item.id for item in pool(size)}
        assert all(len({item.id for item in turn}) == len(turn) == min(count, size) for turn in drawn)

    def test_an_empty_pool(self) -> None:
        assert draw((), count=2, seed=0, turn=4) == ()


class TestFiles:
    def test_items(self, shapes) -> None:
        items = load_items("shapes")
        assert len(items) == 9
        assert media_path("shapes", items[0]).name == "s0.png"
        assert data_uri("shapes", items[0]).startswith("data:image/png;base64,")
        assert len(practice_gold("shapes").items) == 6

    def test_a_changed_list_is_read_again(self, shapes) -> None:
        load_items("shapes")
        lines = (shapes / "items.jsonl").read_text().splitlines()
        (shapes / "items.jsonl").write_text("\n\n" + lines[0] + "\n")
        assert [item.id for item in load_items("shapes")] == ["s0"]

    def test_a_list_that_changed_within_one_tick_is_read_again(self, shapes) -> None:
        path = shapes / "items.jsonl"
        load_items("shapes")
        then = path.stat().st_mtime_ns
        path.write_text(path.read_text().splitlines()[0] + "\n")
        os.utime(path, ns=(then, then))
        assert [item.id for item in load_items("shapes")] == ["s0"]

    def test_a_wrong_line_is_named(self, shapes) -> None:
        with (shapes / "items.jsonl").open("a") as out:
            out.write('{"id": "x"}\n')
        with pytest.raises(DataError) as caught:
            load_items("shapes")
        assert caught.value.where.endswith("items.jsonl, line 10")

    @pytest.mark.parametrize("line", [b'{"id": "\xff"}', b"[" * 100_000, b'{"id": ' + b"[" * 100_000, b"\x00"])
    def test_a_damaged_line_is_named(self, shapes, line) -> None:
        (shapes / "items.jsonl").write_bytes(b"\n" + line)
        with pytest.raises(DataError) as caught:
            load_items("shapes")
        assert caught.value.where.endswith("items.jsonl, line 2")

    def test_two_items_of_one_id(self, shapes) -> None:
        lines = (shapes / "items.jsonl").read_text().splitlines()
        (shapes / "items.jsonl").write_text("\n".join([*lines, lines[4]]))
        with pytest.raises(DataError, match="two items called 's4'"):
            load_items("shapes")

    def test_a_pool_that_nobody_draws_from(self, shapes) -> None:
        text = (shapes / "items.jsonl").read_text()
        (shapes / "items.jsonl").write_text(text.replace('"practice"', '"practise"'))
        with pytest.raises(DataError, match="practise"):
            load_items("shapes")

    @pytest.mark.parametrize("data", [b"", b"{}", b"\xff"])
    def test_damaged_practice_gold(self, shapes, data) -> None:
        (shapes / "gold/practice.json").write_bytes(data)
        with pytest.raises(GoldError, match="cannot be read"):
            practice_gold("shapes")

    def test_no_such_set(self, shapes) -> None:
        with pytest.raises(DataError, match="'nowhere' cannot be read"):
            load_items("nowhere")
        with pytest.raises(GoldError):
            practice_gold("nowhere")

    def test_no_folder_at_all(self, tmp_path, monkeypatch) -> None:
        monkeypatch.setenv("GOLDLABEL_DATASETS", str(tmp_path / "gone"))
        with pytest.raises(DataError, match="not there"):
            datasets_folder()

    @pytest.mark.parametrize("damage", ["missing", "empty"])
    def test_media_that_cannot_be_shown(self, shapes, damage) -> None:
        item = load_items("shapes")[0]
        file = shapes / item.media
        file.unlink()
        if damage == "empty":
            file.touch()
        with pytest.raises(DataError, match="missing or empty"):
            media_path("shapes", item)

    @pytest.mark.parametrize("media", ["", "media", "media/a\0b.png"])
    def test_media_that_are_no_file(self, shapes, media) -> None:
        item = Item("x", media, 1, 1, "practice", "rendered", "", "", "easy")
        with pytest.raises(DataError, match="missing or empty"):
            data_uri("shapes", item)

    def test_a_picture_that_may_not_be_read(self, shapes, monkeypatch) -> None:
        item = load_items("shapes")[0]

        def refuse(_path):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(DataError, match="cannot be read: Permission denied"):
            data_uri("shapes", item)

    def test_a_link_that_leads_out_of_the_set(self, shapes, tmp_path) -> None:
        (tmp_path / "secret.png").write_bytes(b"x")
        (shapes / "media" / "link.png").symlink_to(tmp_path / "secret.png")
        item = Item("x", "media/link.png", 1, 1, "practice", "rendered", "", "", "easy")
        with pytest.raises(DataError, match="outside its data set"):
            media_path("shapes", item)

    def test_media_outside_the_set(self, shapes) -> None:
        (shapes.parent / "secret.png").write_bytes(b"x")
        outside = Item("x", "../secret.png", 1, 1, "practice", "rendered", "", "", "easy")
        with pytest.raises(DataError, match="outside its data set"):
            media_path("shapes", outside)
