"""Labels are sacred: crashes, full disks, damaged files and two tabs lose nothing."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from goldlabel.annotations import Box, ItemLabels, LabelSet, decode_labels, encode
from goldlabel.errors import LabelsFileError, StoreConflictError, StoreError
from goldlabel.journal import read_journal
from goldlabel.store import LabelStore

BOX = Box("a", "apple", (1.0, 2.0, 3.0, 4.0))
OTHER = Box("b", "pear", (5.0, 6.0, 7.0, 8.0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "labels" / "e.json"


@pytest.fixture
def store(path: Path) -> LabelStore:
    return LabelStore(path, "e")


def save(store: LabelStore, item: str, *boxes: Box, **more) -> ItemLabels:
    return store.save(item, boxes, base_rev=store.refresh().of(item).rev, **{"action": "draw", "tool": "test", **more})


def on_disk(path: Path) -> LabelSet:
    return decode_labels(path.read_bytes(), where=str(path))


def stray(path: Path) -> list[str]:
    """Files that no one should find: temporary ones."""
    return [
        one.name for one in path.parent.iterdir() if one.name.startswith(f".{path.name}.") and one.suffix != ".lock"
    ]


class TestEveryday:
    def test_saved_means_on_disk(self, store, path) -> None:
        saved = save(store, "i", BOX, seconds=4.2)
        assert on_disk(path).of("i") == saved
        assert saved.rev == 1
        assert stray(path) == []

    def test_opened_again(self, store, path) -> None:
        save(store, "i", BOX, done=True, flag="look")
        again = LabelStore(path, "e")
        assert again.labels == store.labels
        assert again.notes == []
        assert again.labels.of("i").flag == "look"

    def test_seconds_add_up_and_never_run_back(self, store) -> None:
        save(store, "i", BOX, seconds=3.0)
        save(store, "i", BOX, seconds=-50.0)
        assert save(store, "i", BOX, seconds=2.5).seconds == 5.5

    def test_history_is_every_earlier_state_once(self, store) -> None:
        save(store, "i", BOX)
        save(store, "i", BOX, done=True)
        save(store, "j", OTHER)
        save(store, "i", BOX, OTHER)
        save(store, "i")
        assert store.history("i") == ((BOX,), (BOX, OTHER))
        assert store.history("i", most=1) == ((BOX, OTHER),)

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
    def test_others_may_read_what_is_handed_in(self, store, path) -> None:
        save(store, "i", BOX)
        assert path.stat().st_mode & 0o777 == 0o644


class TestTwoTabs:
    def test_different_items_join(self, store, path) -> None:
        other = LabelStore(path, "e")
        save(store, "i", BOX)
        save(other, "j", OTHER)
        save(store, "k", BOX)
        assert set(on_disk(path).items) == {"i", "j", "k"}
        assert store.refresh() == other.refresh()

    def test_the_same_item_is_refused_and_kept_in_the_journal(self, store, path) -> None:
        other = LabelStore(path, "e")
        save(other, "i", OTHER)
        with pytest.raises(StoreConflictError, match="changed in another tab"):
            store.save("i", [BOX], base_rev=0, action="draw", tool="test")
        assert on_disk(path).of("i").annotations == (OTHER,)
        last = list(read_journal(store.journal_path))[-1]
        assert (last.action, last.labels.annotations) == ("conflict", (BOX,))
        assert LabelStore(path, "e").labels.of("i").annotations == (OTHER,), "a conflict is never replayed"
        assert store.history("i") == ()

    def test_many_programs_at_once_lose_nothing(self, path) -> None:
        LabelStore(path, "e")
        context = multiprocessing.get_context("spawn")
        workers = [context.Process(target=_label_many, args=(str(path), name, 15)) for name in "abc"]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
        assert [worker.exitcode for worker in workers] == [0, 0, 0]
        assert len(on_disk(path).items) == 45
        assert len(list(read_journal(path.with_name("e.journal.jsonl")))) == 45


def _label_many(path: str, name: str, count: int) -> None:
    store = LabelStore(path, "e")
    for number in range(count):
        save(store, f"{name}{number}", BOX)


class TestCrashes:
    def test_killed_between_journal_and_file(self, store, path, monkeypatch) -> None:
        save(store, "i", BOX)
        monkeypatch.setattr(LabelStore, "_replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            save(store, "i", BOX, OTHER)
        monkeypatch.undo()
        assert on_disk(path).of("i").annotations == (BOX,)
        again = LabelStore(path, "e")
        assert again.labels.of("i").annotations == (BOX, OTHER)
        assert on_disk(path).of("i").annotations == (BOX, OTHER)

    def test_a_torn_last_line_spoils_no_other(self, store, path) -> None:
        save(store, "i", BOX)
        with store.journal_path.open("ab") as journal:
            journal.write(b'{"time": 1, "item": "i", "acti')
        save(store, "j", OTHER)
        path.write_bytes(b"")
        assert set(LabelStore(path, "e").labels.items) == {"i", "j"}

    @pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[1, 2", b'{"exercise": "e", "items": 3}', b"null"])
    def test_a_damaged_file_is_set_aside_and_rebuilt(self, store, path, damage) -> None:
        save(store, "i", BOX)
        save(store, "j", OTHER)
        path.write_bytes(damage)
        again = LabelStore(path, "e")
        assert again.labels.items == store.labels.items
        assert on_disk(path).items == store.labels.items
        (aside,) = path.parent.glob("e.damaged-*.json")
        assert aside.read_bytes() == damage
        assert aside.name in again.notes[0]
        assert again.notes[1] == "The labels of 2 items were restored from the journal."

    def test_a_deleted_file_comes_back(self, store, path) -> None:
        save(store, "i", BOX)
        path.unlink()
        assert LabelStore(path, "e").labels.of("i").annotations == (BOX,)

    @pytest.mark.parametrize("head", [b'{"exercise": "other"}', b'{"exercise": "e", "schema": 2}'])
    def test_a_foreign_file_is_left_alone(self, path, head) -> None:
        path.parent.mkdir()
        path.write_bytes(head)
        with pytest.raises(LabelsFileError):
            LabelStore(path, "e")
        assert path.read_bytes() == head
        assert not list(path.parent.glob("*damaged*"))


def _killed(*_args) -> None:
    raise KeyboardInterrupt


class TestFullDisk:
    @pytest.mark.parametrize("failing", range(2), ids=["journal", "file"])
    def test_what_was_there_stays_and_a_later_save_works(self, store, path, monkeypatch, failing) -> None:
        save(store, "i", BOX)
        before, journal = path.read_bytes(), store.journal_path.read_bytes()
        real, calls = os.fsync, iter(range(100))

        def full(handle: int) -> None:
            if next(calls) == failing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(handle)

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="cannot be saved: No space left") as caught:
            save(store, "i", BOX, OTHER)
        monkeypatch.undo()
        assert "Free some space" in caught.value.todo
        assert path.read_bytes() == before
        assert stray(path) == []
        if failing == 0:
            assert store.journal_path.read_bytes() == journal
        save(store, "i", BOX, OTHER)
        assert LabelStore(path, "e").labels.of("i").annotations == (BOX, OTHER)

    def test_a_folder_that_cannot_be_written_is_told_on_opening(self, path, monkeypatch) -> None:
        monkeypatch.setattr(os, "access", lambda *_args, **_more: False)
        with pytest.raises(StoreError, match="read-only"):
            LabelStore(path, "e")

    def test_a_file_in_the_way_of_the_folder(self, tmp_path) -> None:
        (tmp_path / "labels").write_text("not a folder")
        with pytest.raises(StoreError, match="cannot be saved"):
            LabelStore(tmp_path / "labels" / "e.json", "e")


class TestBackup:
    def test_there_and_back(self, store, tmp_path) -> None:
        save(store, "i", BOX)
        archive = store.backup(tmp_path / "b.zip")
        save(store, "i")
        save(store, "j", OTHER)
        assert store.restore(archive).of("i").annotations == (BOX,)
        assert set(store.labels.items) == {"i"}
        assert len(list(store.path.parent.glob("*before-restore*"))) == 2
        save(store, "j", OTHER)

    def test_never_over_another_file(self, store, tmp_path) -> None:
        store.backup(tmp_path / "b.zip")
        with pytest.raises(StoreError, match="exists already"):
            store.backup(tmp_path / "b.zip")

    @pytest.mark.parametrize("kind", ["no zip", "empty", "foreign", "too large"])
    def test_a_wrong_archive_changes_nothing(self, store, tmp_path, kind, monkeypatch) -> None:
        save(store, "i", BOX)
        archive = tmp_path / "b.zip"
        if kind == "no zip":
            archive.write_bytes(b"hello")
        else:
            with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
                if kind == "foreign":
                    out.writestr("e.json", encode(LabelSet(exercise="other")))
                elif kind == "too large":
                    out.writestr("e.json", b" " * 10_000)
        if kind == "too large":
            monkeypatch.setattr("goldlabel.store.MAX_FILE_BYTES", 5_000)
        before = store.path.read_bytes()
        with pytest.raises(StoreError, match="holds no labels"):
            store.restore(archive)
        assert store.path.read_bytes() == before

    def test_members_are_never_extracted_by_name(self, store, tmp_path) -> None:
        archive = tmp_path / "b.zip"
        with zipfile.ZipFile(archive, "w") as out:
            out.writestr("e.json", encode(LabelSet(exercise="e")))
            out.writestr("../evil.txt", "x")
        store.restore(archive)
        assert not (tmp_path.parent / "evil.txt").exists()
        assert not (tmp_path / "evil.txt").exists()


class Labelling(RuleBasedStateMachine):
    """Save, open again, damage: what was saved is there, always."""

    names = st.sampled_from(["i", "j", "k"])
    contents = st.lists(st.sampled_from([BOX, OTHER]), max_size=2)

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "e.json"
        self.store = LabelStore(self.path, "e")
        self.model: dict[str, tuple[Box, ...]] = {}

    @rule(item=names, boxes=contents, done=st.booleans())
    def label(self, item, boxes, done) -> None:
        save(self.store, item, *boxes, done=done)
        self.model[item] = tuple(boxes)

    @rule()
    def open_again(self) -> None:
        self.store = LabelStore(self.path, "e")

    @rule(keep=st.floats(0, 0.99))
    def cut_off(self, keep) -> None:
        data = self.path.read_bytes()
        self.path.write_bytes(data[: int(len(data) * keep)])
        self.store = LabelStore(self.path, "e")

    @rule()
    def lose(self) -> None:
        self.path.unlink()
        self.store = LabelStore(self.path, "e")

    @invariant()
    def nothing_is_lost(self) -> None:
        assert {name: one.annotations for name, one in on_disk(self.path).items.items()} == self.model

    def teardown(self) -> None:
        self.folder.cleanup()


TestLabelling = Labelling.TestCase
TestLabelling.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)

if sys.platform == "win32":
    TestLabelling = pytest.mark.skip("a held file cannot be removed on Windows")(TestLabelling)
