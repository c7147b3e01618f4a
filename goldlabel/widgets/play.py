"""Label by program what a hand would label: for tests, nbval and demonstrations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import uuid4

import msgspec

from goldlabel.annotations import Annotation
from goldlabel.errors import StoreError
from goldlabel.widgets.base import Labeller

__all__ = ["play"]


def play(widget: Labeller, labels: Mapping[str, Sequence[Annotation]], *, done: bool = True) -> None:
    """Set the labels of items through the same trait that the browser sets.

    Args:
        widget: The labelling widget.
        labels: Annotations by item id; they replace what is there.
        done: Mark the items as done.

    Raises:
        StoreError: An item could not be saved; the items before it are.
    """
    client = f"play-{uuid4().hex[:8]}"
    known = {item["id"]: item["rev"] for item in widget.items}
    for seq, (item, wanted) in enumerate(labels.items(), start=1):
        edit = {
            "seq": seq,
            "item": item,
            "base": known.get(item, 0),
            "annotations": msgspec.to_builtins(list(wanted)),
            "action": "play",
            "done": done,
            "skipped": False,
            "flag": "",
            "seconds": 0.0,
        }
        widget.set_state({"value": {"client": client, "tool": "play", "turn": seq, "edits": [edit]}})
        problem = widget.saved["problem"]
        if problem is not None:
            raise StoreError(problem["what"].removesuffix("."), where=f"item {item}", todo=problem["todo"])
