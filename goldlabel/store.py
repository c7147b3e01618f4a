"""Labels that survive: one labels file an exercise, replaced whole, with a journal beside it.

``labels/<exercise>.json`` is the truth. Before it is replaced, the change is appended to
``labels/<exercise>.journal.jsonl``: a kill between the two loses nothing, since opening replays what the
file lacks. The journal also gives pace, first attempts, and undo across sessions.

Two programs may have the same file open (two tabs, two kernels). Each change is made under a lock, on what is
on disk at that moment, and names the revision of the item that it was made from: changes to different items
join, and a change to an item that somebody else changed meanwhile is refused, kept in the journal, and told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
from filelock import FileLock, Timeout

from goldlabel.annotations import MAX_FILE_BYTES, Annotation, ItemLabels, LabelSet, decode_labels, encode
from goldlabel.errors import LabelsFileError, StoreConflictError, StoreError
from goldlabel.files import copy_aside, move_aside, pack, sweep, unpack, write_atomically
from goldlabel.journal import Event, append_event, read_journal

__all__ = ["LabelStore"]

_LOCK_SECONDS = 5.0


class LabelStore:
    """The labels of one exercise on disk.

    Args:
        path: The labels file; its folder is made when needed.
        exercise: Id of the exercise; a file of another one is refused.
        annotator: Written into a new file.

    Attributes:
        labels: What is on disk, as this store last saw it.
        notes: Sentences about what happened on opening (a damaged file set aside, labels restored).

    Raises:
        LabelsFileError: The file belongs to another exercise or to a newer version; it is left untouched.
        StoreError: The folder cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], exercise: str, *, annotator: str = "me") -> None:
        self.path = Path(path)
        self.journal_path = self.path.with_name(f"{self.path.stem}.journal.jsonl")
        self.exercise = exercise
        self.notes: list[str] = []
        self.labels = LabelSet(exercise=exercise, annotator=annotator)
        self._stamp: tuple[int, ...] | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._write_error(error) from None
        with self._locked():
            self._open()

    def save(
        self,
        item: str,
        annotations: Sequence[Annotation],
        *,
        base_rev: int,
        action: str,
        tool: str,
        done: bool = False,
        skipped: bool = False,
        flag: str = "",
        seconds: float = 0.0,
    ) -> ItemLabels:
        """Write the new state of one item; on return it is on disk.

        Args:
            item: Item id.
            annotations: All annotations of the item.
            base_rev: Revision of the item that the change was made from.
            action: For the journal.
            tool: For the journal.
            done: The annotator finished the item.
            skipped: The annotator left it out.
            flag: A note.
            seconds: Active seconds since the last save of this item; they are added up.

        Returns:
            The item as it is now, with its new revision.

        Raises:
            StoreConflictError: The item on disk is newer than ``base_rev``; the change is kept in the journal.
            StoreError: It could not be written; what was on disk before is untouched.
            LabelsFileError: The annotations hold what a file cannot (a number that is not finite).
        """
        with self._locked():
            self._refresh()
            before = self.labels.of(item)
            after = ItemLabels(
                annotations=tuple(annotations),
                done=done,
                skipped=skipped,
                flag=flag,
                rev=before.rev + 1,
                seconds=round(before.seconds + max(0.0, seconds), 3),
            )
            if base_rev != before.rev:
                lost = msgspec.structs.replace(after, rev=-1)
                self._append(Event(time.time(), item, "conflict", tool, lost, self.labels.file_id))
                raise StoreConflictError(
                    "This item was changed in another tab or notebook since you opened it",
                    where=f"{self.path}, item {item}",
                    todo="Open the item again to see the newer labels; yours are kept in the journal.",
                )
            labels = self.labels.with_item(item, after)
            data = encode(labels)
            self._append(Event(time.time(), item, action, tool, after, labels.file_id))
            self._replace(labels, data)
        return after

    def history(self, item: str, *, most: int = 50) -> tuple[tuple[Annotation, ...], ...]:
        """Earlier states of ``item``, oldest first, the present one left out, repeats joined."""
        states: list[tuple[Annotation, ...]] = []
        for event in self._events():
            if event.item != item:
                continue
            if not states or states[-1] != event.labels.annotations:
                states.append(event.labels.annotations)
        if states and states[-1] == self.labels.of(item).annotations:
            states.pop()
        return tuple(states[-most:])

    def refresh(self) -> LabelSet:
        """What is on disk now, changes of other tabs included."""
        with self._locked():
            self._refresh()
        return self.labels

    def backup(self, target: str | os.PathLike[str]) -> Path:
        """Copy labels and journal into a new ``.zip``.

        Raises:
            StoreError: The archive exists already or cannot be written.
        """
        archive = Path(target)
        try:
            with self._locked():
                pack(archive, (self.path, self.journal_path))
        except FileExistsError:
            raise StoreError(
                "A file of that name exists already", where=str(archive), todo="Choose another name."
            ) from None
        except OSError as error:
            raise self._write_error(error, archive) from None
        return archive

    def restore(self, source: str | os.PathLike[str]) -> LabelSet:
        """Bring back what :meth:`backup` kept; a copy of the present labels is set aside first.

        Raises:
            StoreError: The archive cannot be read or holds no labels of this exercise, or the disk is full; the
                present labels are untouched then.
        """
        archive = Path(source)
        try:
            members = unpack(archive, (self.path.name, self.journal_path.name), limit=MAX_FILE_BYTES)
            data, journal = members.get(self.path.name, b""), members.get(self.journal_path.name, b"")
            decode_labels(data, where=f"{archive}: {self.path.name}", exercise=self.exercise)
        except (OSError, LabelsFileError) as error:
            # Only what is wrong: the error's own advice is about another file.
            why = error.what if isinstance(error, LabelsFileError) else str(error)
            raise StoreError(
                f"This archive holds no labels of the exercise {self.exercise!r}: {why}",
                where=str(archive),
                todo="Choose the .zip that the backup of this exercise made.",
            ) from None
        with self._locked():
            try:
                for path in (self.path, self.journal_path):
                    if path.exists():
                        copy_aside(path, "before-restore")
                # The journal first: after a crash between the two, the present labels are still there, and whole.
                write_atomically(self.journal_path, journal)
                write_atomically(self.path, data)
            except OSError as error:
                raise self._write_error(error) from None
            self._stamp = None
            self._open()
        return self.labels

    # --- opening -------------------------------------------------------------------------------------

    def _open(self) -> None:
        sweep(self.path)
        sweep(self.journal_path)
        damaged = False
        try:
            self._refresh()
        except LabelsFileError as error:
            if self._is_foreign():
                raise
            damaged = True
            aside = self._set_aside("damaged")
            self.notes.append(f"{error.what}. The damaged file is kept as {aside.name}.")
        if not self.labels.file_id:
            self.labels = msgspec.structs.replace(self.labels, file_id=self._last_file() or uuid4().hex)
        restored = self._replayed()
        if restored is not self.labels or not self.path.exists():
            count = len(restored.items)
            if damaged or (restored is not self.labels):
                self.notes.append(f"The labels of {count} item{'s' * (count != 1)} were restored from the journal.")
            self._replace(restored, encode(restored))
        self._probe()

    def _events(self) -> Iterator[Event]:
        """What was done to this labels file, refused changes left out, oldest first."""
        try:
            for event in read_journal(self.journal_path):
                if event.action != "conflict" and event.file in ("", self.labels.file_id):
                    yield event
        except OSError as error:
            raise self._read_error(error, self.journal_path) from None

    def _last_file(self) -> str:
        """Identity of the labels file that the journal was last written for."""
        last = ""
        try:
            for event in read_journal(self.journal_path):
                last = event.file or last
        except OSError as error:
            raise self._read_error(error, self.journal_path) from None
        return last

    def _is_foreign(self) -> bool:
        """Whether the file is sound but of another exercise or a newer layout: then it is not ours to move."""
        try:
            if self.path.stat().st_size > MAX_FILE_BYTES:
                return False
            head = msgspec.json.decode(self.path.read_bytes())
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError):
            return False
        return (
            isinstance(head, dict)
            and isinstance(head.get("exercise"), str)
            and (head["exercise"] != self.exercise or head.get("schema", 1) != self.labels.schema)
        )

    def _replayed(self) -> LabelSet:
        """The labels with every journalled change that they lack; the same object when they lack none."""
        # The last one counts: a save that failed after its line was written and was tried again has two lines of
        # the same revision.
        newer = {
            event.item: event.labels for event in self._events() if event.labels.rev > self.labels.of(event.item).rev
        }
        return msgspec.structs.replace(self.labels, items={**self.labels.items, **newer}) if newer else self.labels

    def _refresh(self) -> None:
        """Read the file again if another program replaced it."""
        try:
            status = self.path.stat()
            stamp = self._stamp_of(status)
            if stamp == self._stamp:
                return
            data = self.path.read_bytes() if status.st_size <= MAX_FILE_BYTES else b""
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._read_error(error, self.path) from None
        if status.st_size > MAX_FILE_BYTES:
            raise LabelsFileError(
                "The labels file is far too large",
                where=str(self.path),
                todo="Move it away and open the exercise again.",
            )
        labels = decode_labels(data, where=str(self.path), exercise=self.exercise)
        self.labels = labels if labels.file_id else msgspec.structs.replace(labels, file_id=self.labels.file_id)
        self._stamp = stamp

    def _stamp_of(self, status: os.stat_result) -> tuple[int, ...]:
        """What tells one state of the file from the next.

        Times are coarse and inode numbers are used again at once, but the journal only grows.
        """
        try:
            journal = self.journal_path.stat().st_size
        except FileNotFoundError:
            journal = 0
        return status.st_mtime_ns, status.st_ino, status.st_size, journal

    # --- writing -------------------------------------------------------------------------------------

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(str(self.path.with_name(f".{self.path.name}.lock")), timeout=_LOCK_SECONDS)
        try:
            lock.acquire()
        except Timeout:
            raise StoreError(
                "Another program holds the labels file",
                where=str(self.path),
                todo="Close other notebooks of this exercise and try again.",
            ) from None
        except (OSError, NotImplementedError) as error:  # some network drives have no locks
            raise self._write_error(error) from None
        try:
            yield
        finally:
            lock.release()

    def _append(self, event: Event) -> None:
        try:
            append_event(self.journal_path, event)
        except OSError as error:
            raise self._write_error(error) from None

    def _replace(self, labels: LabelSet, data: bytes) -> None:
        try:
            write_atomically(self.path, data)
            self._stamp = self._stamp_of(self.path.stat())
        except OSError as error:
            raise self._write_error(error) from None
        self.labels = labels

    def _probe(self) -> None:
        """Find out now, not at the first stroke, whether the folder can be written."""
        if not os.access(self.path.parent, os.W_OK) or not os.access(self.path, os.W_OK):
            raise self._write_error(PermissionError(13, "the folder or the file is read-only"))

    def _set_aside(self, why: str) -> Path:
        try:
            aside = move_aside(self.path, why)
        except OSError as error:
            raise self._write_error(error) from None
        self._stamp = None
        return aside

    def _write_error(self, error: OSError | NotImplementedError, path: Path | None = None) -> StoreError:
        return StoreError(
            f"The labels cannot be saved: {getattr(error, 'strerror', None) or error}",
            where=str(path or self.path),
            todo="Free some space or move the notebook to a folder that you may write, then run the cell again.",
        )

    def _read_error(self, error: OSError, path: Path) -> StoreError:
        return StoreError(
            f"The labels cannot be read: {error.strerror or error}",
            where=str(path),
            todo="See to it that you may read this file, or move it away, then run the cell again.",
        )
