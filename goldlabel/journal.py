"""The journal of a labels file: one line a change, appended before the labels file itself is replaced.

Each event holds the item as it was after the change, so that labels can be rebuilt from it, a step can be taken back
in a later session, and pace and first attempts can be read off.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from goldlabel.annotations import ItemLabels

__all__ = ["Event", "append_event", "read_journal"]


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the journal.

    Attributes:
        time: Seconds since the epoch, by the learner's clock.
        item: Item id.
        action: What was done: draw, move, delete, undo, done, skip, flag, import, conflict ...
        tool: Where: the widget, an importer, ``play``.
        labels: The item after the change.
        file: ``file_id`` of the labels file that it belongs to, so that a file from elsewhere gets no changes of ours.
    """

    time: float
    item: str
    action: str
    tool: str
    labels: ItemLabels
    file: str = ""


_EVENT = msgspec.json.Decoder(Event)
_ENCODER = msgspec.json.Encoder()


def append_event(path: Path, event: Event) -> None:
    """Add one line and wait until it is on disk.

    A line that an earlier crash cut off is closed first, so that it spoils no other; a line that cannot be
    written whole is taken back.

    Raises:
        OSError: Disk full, read-only, and the like.
    """
    line = _ENCODER.encode(event) + b"\n"
    # Unbuffered: what a full disk refuses must not be left in a buffer and written after all, later.
    with path.open("ab+", buffering=0) as journal:
        start = journal.seek(0, os.SEEK_END)
        if start:
            journal.seek(-1, os.SEEK_END)
            if journal.read(1) != b"\n":
                line = b"\n" + line
        try:
            rest = memoryview(line)
            while rest:
                rest = rest[journal.write(rest) :]
            os.fsync(journal.fileno())
        except OSError:
            with suppress(OSError):
                journal.truncate(start)
            raise


def read_journal(path: Path) -> Iterator[Event]:
    """The events of a journal, oldest first; lines that cannot be read are passed over."""
    try:
        with path.open("rb") as journal:
            for line in journal:
                with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                    yield _EVENT.decode(line)
    except FileNotFoundError:
        return
