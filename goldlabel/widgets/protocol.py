"""What the browser and the kernel say to each other.

The browser keeps an **outbox**: the newest state of every item that the kernel has not yet confirmed. It is
sent whole each time, because ipywidgets merges quick changes of a trait and only the last value survives.
Each edit has a sequence number, so applying an outbox twice does nothing twice.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from goldlabel.annotations import Annotation

__all__ = ["Chain", "Edit", "Outbox", "Problem", "answer"]

Tool = Literal["widget", "play"]
ProblemKind = Literal["conflict", "disk", "invalid"]


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The newest state of one item, as one client wants it.

    Attributes:
        seq: Counts the client's edits, from 1.
        item: Item id.
        base: Revision of the item that the client knew.
        annotations: All annotations of the item.
        action: What the hand did: draw, move, delete, relabel, undo, done ...
        done: The annotator finished the item.
        skipped: The annotator left it out.
        flag: A note to the lead.
        seconds: Active time on this item by this client in all, so that a repeat counts nothing twice.
    """

    seq: int
    item: str
    base: int
    annotations: tuple[Annotation, ...]
    action: str
    done: bool = False
    skipped: bool = False
    flag: str = ""
    seconds: float = 0.0


class Outbox(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The value of the widget's ``value`` trait.

    Attributes:
        client: Who speaks: one view in one browser tab.
        edits: All edits without an answer, not yet decoded, so that one bad edit does not hold up the others.
        tool: For the journal.
        turn: Grows with each sending, so that a repeat is a change of the trait and travels.
    """

    client: str
    edits: tuple[dict[str, Any], ...] = ()
    tool: Tool = "widget"
    turn: int = 0


class Problem(msgspec.Struct, frozen=True):
    """Why an edit was not saved.

    Attributes:
        kind: ``conflict`` (changed elsewhere), ``disk`` (could not be written) or ``invalid`` (not our form).
        what: One sentence.
        todo: One sentence.
    """

    kind: ProblemKind
    what: str
    todo: str


class Chain(msgspec.Struct, frozen=True):
    """The run of edits that one client made on one item, each on top of the one before.

    A client that draws quickly sends its second edit before it hears of the first one's revision. Its base is
    then older than the file, though nobody else touched the item. The chain tells that apart from a conflict.

    Attributes:
        seq: Number of the last edit applied.
        first: Base of the first edit of the run.
        rev: Revision that the last edit made.
        seconds: Active time already added to the item.
    """

    seq: int = 0
    first: int = -1
    rev: int = -1
    seconds: float = 0.0

    def base(self, told: int) -> int:
        """The revision that an edit with base ``told`` really stands on."""
        return self.rev if self.first <= told <= self.rev else told

    def grown(self, edit: Edit, rev: int) -> Chain:
        """The chain after ``edit`` made the revision ``rev``."""
        first = self.first if self.first <= edit.base <= self.rev else edit.base
        return Chain(edit.seq, first, rev, max(self.seconds, edit.seconds))


def answer(client: str, *, seq: int, item: str, rev: int, turn: int, problem: Problem | None = None) -> dict[str, Any]:
    """The value of the widget's ``saved`` trait; ``turn`` makes each answer differ from the one before."""
    return {
        "client": client,
        "seq": seq,
        "item": item,
        "rev": rev,
        "turn": turn,
        "problem": None if problem is None else msgspec.to_builtins(problem),
    }
