"""Labels are sacred: crashes, full disks, damaged files and two tabs lose nothing."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

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

    def test_many_short_times_add_up_too(self, store) -> None:
        for _ in range(100):
            saved = save(store, "i", BOX, seconds=0.04)
        assert saved.seconds == pytest.approx(4.0)

    @pytest.mark.parametrize("value", [float("nan"), float("inf")])
    def test_what_cannot_be_written_changes_nothing(self, store, path, value) -> None:
        save(store, "i", BOX)
        before, journal = path.read_bytes(), store.journal_path.read_bytes()
        with pytest.raises(LabelsFileError, match="cannot be written"):
            save(store, "i", msgspec.structs.replace(BOX, xyxy=(0.0, 0.0, value, 5.0)))
        assert (path.read_bytes(), store.journal_path.read_bytes()) == (before, journal)
        assert save(store, "i", OTHER).rev == 2

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

    def test_a_file_that_looks_the_same_is_read_again(self, store, path) -> None:
        """Clocks are coarse, and the inode of a replaced file is given to the next one."""
        save(store, "i", BOX)
        before = path.stat()
        mine = path.with_name("mine")
        os.link(path, mine)
        moved = msgspec.structs.replace(BOX, xyxy=(2.0, 2.0, 3.0, 4.0))
        save(LabelStore(path, "e"), "i", moved)
        mine.write_bytes(path.read_bytes())
        mine.replace(path)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        now = path.stat()
        assert (now.st_ino, now.st_mtime_ns, now.st_size) == (before.st_ino, before.st_mtime_ns, before.st_size)
        save(store, "k", BOX)
        assert on_disk(path).of("i").annotations == (moved,)

    def test_many_threads_on_one_store_lose_nothing(self, store, path) -> None:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda n: store.save(f"t{n}", [BOX], base_rev=0, action="draw", tool="test"), range(40)))
        assert set(on_disk(path).items) == {f"t{n}" for n in range(40)}

    def test_another_program_that_holds_the_file_is_told(self, store, monkeypatch) -> None:
        monkeypatch.setattr("goldlabel.store._LOCK_SECONDS", 0.05)
        held = filelock.FileLock(store.path.with_name(f".{store.path.name}.lock"))
        with held, pytest.raises(StoreError, match="Another program holds the labels file"):
            save(store, "i", BOX)
        save(store, "i", BOX)

    def test_a_drive_without_locks_is_told(self, store, monkeypatch) -> None:
        def no_locks(*_args, **_more) -> None:
            raise NotImplementedError("no flock here")

        monkeypatch.setattr(filelock.FileLock, "acquire", no_locks)
        with pytest.raises(StoreError, match="no flock here"):
            save(store, "i", BOX)

    def test_many_programs_at_once_lose_nothing(self, path) -> None:
        LabelStore(path, "e")
        context = multiprocessing.get_context("spawn")
        workers = [context.Process(target=_label_many, args=(str(path), name, 30)) for name in "abc"]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
        assert [worker.exitcode for worker in workers] == [0, 0, 0]
        assert len(on_disk(path).items) == 90
        assert len(list(read_journal(path.with_name("e.journal.jsonl")))) == 90
        assert stray(path) == []


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

    def test_an_interrupt_while_writing_leaves_no_temporary_file(self, store, path, monkeypatch) -> None:
        save(store, "i", BOX)
        monkeypatch.setattr(Path, "replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            save(store, "i", OTHER)
        monkeypatch.undo()
        assert stray(path) == []

    def test_temporary_files_of_a_killed_program_are_swept_up(self, store, path) -> None:
        save(store, "i", BOX)
        ours, theirs = path.with_name(".e.json.k1ll3d00.tmp"), path.with_name(".other.json.x.tmp")
        ours.write_bytes(b"half")
        theirs.write_bytes(b"half")
        LabelStore(path, "e")
        assert not ours.exists()
        assert theirs.exists()

    def test_a_save_that_was_tried_again_is_restored_as_it_was_the_second_time(self, store, path, monkeypatch) -> None:
        """Both lines have the same revision; the file of the second was damaged later."""
        monkeypatch.setattr(LabelStore, "_replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            save(store, "i", BOX)
        monkeypatch.undo()
        save(store, "i", OTHER)
        path.write_bytes(b"")
        assert LabelStore(path, "e").labels.of("i").annotations == (OTHER,)

    def test_a_file_from_elsewhere_gets_no_changes_of_ours(self, store, path, tmp_path) -> None:
        """Somebody copies the labels file of another machine over ours, and leaves our journal behind."""
        save(store, "i", BOX)
        save(store, "i", BOX, OTHER)
        elsewhere = LabelStore(tmp_path / "usb" / "e.json", "e")
        save(elsewhere, "i", OTHER)
        path.write_bytes(elsewhere.path.read_bytes())
        again = LabelStore(path, "e")
        assert again.labels == elsewhere.labels
        assert again.history("i") == ()

    def test_a_rebuilt_file_keeps_its_identity(self, store, path) -> None:
        """Drafts in the browser are bound to it."""
        save(store, "i", BOX)
        path.write_bytes(b"{")
        assert LabelStore(path, "e").labels.file_id == store.labels.file_id != ""

    def test_a_file_without_an_identity_gets_one_and_keeps_it(self, path) -> None:
        path.parent.mkdir()
        path.write_bytes(encode(LabelSet(exercise="e", items={"i": ItemLabels((BOX,), rev=1)})))
        store = LabelStore(path, "e")
        save(store, "j", OTHER)
        path.write_bytes(encode(LabelSet(exercise="e", items={"i": ItemLabels((BOX,), rev=1)})))
        again = LabelStore(path, "e")
        assert again.labels.file_id == store.labels.file_id != ""
        assert set(again.labels.items) == {"i", "j"}

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

    def test_a_huge_file_is_set_aside_unread(self, store, path, monkeypatch) -> None:
        save(store, "i", BOX)
        monkeypatch.setattr("goldlabel.store.MAX_FILE_BYTES", 10_000)
        real = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read whole") if self == path else real(self))
        path.write_bytes(b'{"exercise": "other", "x": "' + b" " * 20_000 + b'"}')
        again = LabelStore(path, "e")
        assert again.labels.of("i").annotations == (BOX,)
        assert "far too large" in again.notes[0]

    @pytest.mark.parametrize("name", ["e.json", "e.journal.jsonl"])
    def test_a_folder_in_the_place_of_a_file_is_told(self, path, name) -> None:
        path.with_name(name).mkdir(parents=True)
        with pytest.raises(StoreError, match="cannot be"):
            LabelStore(path, "e")

    def test_labels_that_may_not_be_read_are_told_and_left_alone(self, store, path, monkeypatch) -> None:
        """Simulated: root, as whom tests may run, may read everything."""
        save(store, "i", BOX)
        real = Path.read_bytes

        def refuse(self: Path) -> bytes:
            if self == path:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return real(self)

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(StoreError, match="cannot be read: Permission denied"):
            LabelStore(path, "e")
        monkeypatch.undo()
        assert on_disk(path).of("i").annotations == (BOX,)

    def test_a_file_that_is_damaged_while_it_is_open(self, store, path) -> None:
        save(store, "i", BOX)
        path.write_bytes(b"{")
        with pytest.raises(LabelsFileError, match="damaged"):
            store.save("i", [OTHER], base_rev=1, action="draw", tool="test")
        assert LabelStore(path, "e").labels.of("i").annotations == (BOX,)

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


def _full(*_args) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


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

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
    @pytest.mark.parametrize(("count", "room"), [(1, 0), (1, 50), (2_000, 0), (2_000, 300), (2_000, 100_000)])
    def test_writes_that_the_disk_cuts_short(self, store, path, count, room) -> None:
        """A real limit, by the system: bytes are refused, and some of them were written before."""
        many = [msgspec.structs.replace(BOX, id=f"b{n}") for n in range(count)]
        save(store, "i", BOX)
        before, journal = path.read_bytes(), store.journal_path.read_bytes()
        with files_end_at(len(journal) + room), pytest.raises(StoreError, match="cannot be saved"):
            save(store, "i", *many)
        assert path.read_bytes() == before
        assert store.journal_path.read_bytes() == journal
        assert stray(path) == []
        save(store, "j", OTHER)
        path.write_bytes(b"")
        assert LabelStore(path, "e").labels.of("j").annotations == (OTHER,)
        assert LabelStore(path, "e").labels.of("i").annotations == (BOX,)

    @pytest.mark.parametrize("step", ["mkstemp", "chmod", "replace"])
    def test_other_steps_that_fail(self, store, path, monkeypatch, step) -> None:
        save(store, "i", BOX)
        before = path.read_bytes()

        def full(*_args, **_more) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(tempfile if step == "mkstemp" else Path, step, full)
        with pytest.raises(StoreError, match="No space left"):
            save(store, "i", OTHER)
        monkeypatch.undo()
        assert path.read_bytes() == before
        assert stray(path) == []
        assert save(store, "i", BOX, OTHER).rev == 2

    def test_a_folder_that_cannot_be_written_is_told_on_opening(self, path, monkeypatch) -> None:
        monkeypatch.setattr(os, "access", lambda *_args, **_more: False)
        with pytest.raises(StoreError, match="read-only"):
            LabelStore(path, "e")

    def test_a_file_in_the_way_of_the_folder(self, tmp_path) -> None:
        (tmp_path / "labels").write_text("not a folder")
        with pytest.raises(StoreError, match="cannot be saved"):
            LabelStore(tmp_path / "labels" / "e.json", "e")


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """As if the disk were full: no file can grow beyond ``size`` bytes."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


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

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
    def test_half_a_backup_is_none(self, store, tmp_path) -> None:
        save(store, "i", *(msgspec.structs.replace(BOX, id=os.urandom(20).hex()) for n in range(200)))
        archive = tmp_path / "b.zip"
        with files_end_at(1_000), pytest.raises(StoreError) as caught:
            store.backup(archive)
        assert caught.value.where == str(archive)
        assert not archive.exists()
        assert store.backup(archive) == archive

    @pytest.mark.parametrize("failing", range(2), ids=["journal", "file"])
    def test_a_full_disk_while_restoring_leaves_the_present_labels(self, store, tmp_path, monkeypatch, failing) -> None:
        save(store, "i", BOX)
        archive = store.backup(tmp_path / "b.zip")
        save(store, "i", BOX, OTHER)
        calls = iter(range(100))

        def full(handle: int) -> None:
            if next(calls) == failing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left"):
            store.restore(archive)
        monkeypatch.undo()
        assert stray(store.path) == []
        assert on_disk(store.path).of("i").annotations == (BOX, OTHER)
        again = LabelStore(store.path, "e")
        assert again.labels.of("i").annotations == (BOX, OTHER)
        assert again.restore(archive).of("i").annotations == (BOX,)

    def test_another_tab_notices_a_restore(self, store, tmp_path) -> None:
        other = LabelStore(store.path, "e")
        save(store, "i", BOX)
        archive = store.backup(tmp_path / "b.zip")
        seen = save(other, "i", BOX, OTHER)
        store.restore(archive)
        with pytest.raises(StoreConflictError):
            other.save("i", [OTHER], base_rev=seen.rev, action="draw", tool="test")

    def test_a_member_that_claims_to_be_small_is_cut_there(self, store, tmp_path, monkeypatch) -> None:
        """A zip bomb lies about its size; what is read stays bounded all the same."""
        archive = tmp_path / "b.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("e.json", b" " * 5_000_000)
        honest = (5_000_000).to_bytes(4, "little")
        assert archive.read_bytes().count(honest) == 2
        archive.write_bytes(archive.read_bytes().replace(honest, (100).to_bytes(4, "little")))
        with pytest.raises(StoreError, match="holds no labels"):
            store.restore(archive)

    def test_a_locked_archive_is_told(self, store, tmp_path) -> None:
        save(store, "i", BOX)
        archive = store.backup(tmp_path / "b.zip")
        raw = bytearray(archive.read_bytes())
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = raw.find(mark)
            while at >= 0:
                raw[at + offset] |= 1  # "encrypted"
                at = raw.find(mark, at + 4)
        archive.write_bytes(raw)
        with pytest.raises(StoreError, match="holds no labels"):
            store.restore(archive)

    def test_any_damage_to_an_archive_is_told_or_harmless(self, tmp_path_factory) -> None:
        folder = tmp_path_factory.mktemp("damage")
        store = LabelStore(folder / "e.json", "e")
        save(store, "i", BOX)
        sound = store.backup(folder / "b.zip").read_bytes()

        @settings(max_examples=80, deadline=None, database=None)
        @given(st.data())
        def damage(data: st.DataObject) -> None:
            raw = bytearray(sound)
            for _ in range(data.draw(st.integers(1, 3))):
                raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
            (folder / "bad.zip").write_bytes(raw)
            with suppress(StoreError):
                store.restore(folder / "bad.zip")
            assert on_disk(store.path).of("i").annotations == (BOX,)

        damage()

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
                    out.writestr("e.json", encode(LabelSet(exercise="e", annotator="x" * 10_000)))
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
    """Save, be killed, open again, damage, go back to a backup: what was saved is there, always."""

    names = st.sampled_from(["i", "j", "k"])
    contents = st.lists(st.sampled_from([BOX, OTHER]), max_size=2)

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "labels" / "e.json"
        self.store = LabelStore(self.path, "e")
        self.tab = LabelStore(self.path, "e")
        self.model: dict[str, tuple[Box, ...]] = {}
        self.kept: tuple[Path, dict[str, tuple[Box, ...]]] | None = None
        self.archives = 0

    @rule(item=names, boxes=contents, done=st.booleans())
    def label(self, item, boxes, done) -> None:
        save(self.store, item, *boxes, done=done)
        self.model[item] = tuple(boxes)

    @rule(item=names, boxes=contents)
    def label_in_another_tab(self, item, boxes) -> None:
        save(self.tab, item, *boxes)
        self.model[item] = tuple(boxes)

    @rule(item=names, boxes=contents)
    def label_from_what_is_old(self, item, boxes) -> None:
        with pytest.raises(StoreConflictError):
            self.store.save(item, boxes, base_rev=self.store.refresh().of(item).rev + 1, action="draw", tool="test")

    @rule(item=names, boxes=contents)
    def be_killed_before_the_file_is_replaced(self, item, boxes) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LabelStore, "_replace", _killed)
            with pytest.raises(KeyboardInterrupt):
                save(self.store, item, *boxes)
        self.store = LabelStore(self.path, "e")
        self.model[item] = tuple(boxes)

    @rule(item=names, boxes=contents, again=contents)
    def be_told_that_the_disk_is_full_and_try_again(self, item, boxes, again) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "replace", _full)
            with pytest.raises(StoreError):
                save(self.store, item, *boxes)
        save(self.store, item, *again)
        self.model[item] = tuple(again)

    @rule()
    def tear_the_last_line(self) -> None:
        with self.store.journal_path.open("ab") as journal:
            journal.write(b'{"time": 1, "item": "i", "act')

    @rule()
    def back_up(self) -> None:
        self.archives += 1
        self.kept = self.store.backup(Path(self.folder.name) / f"{self.archives}.zip"), self.model.copy()

    @precondition(lambda self: self.kept)
    @rule()
    def go_back(self) -> None:
        archive, self.model = self.kept[0], self.kept[1].copy()
        self.store.restore(archive)

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
        assert self.tab.refresh() == self.store.refresh()
        assert stray(self.path) == []

    def teardown(self) -> None:
        self.folder.cleanup()


TestLabelling = Labelling.TestCase
TestLabelling.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)

if sys.platform == "win32":
    TestLabelling = pytest.mark.skip("a held file cannot be removed on Windows")(TestLabelling)
