"""What the labellers of clips share: frames by address from the Jupyter server, else in batches through the kernel.

Clips are shown frame by frame from pictures, not by the browser's video player: stepping there is inexact, and a label
must lie on the frame that was seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldlabel.annotations import Item
from goldlabel.data import media_path
from goldlabel.data.media import frame_item
from goldlabel.errors import DataError
from goldlabel.widgets.base import Labeller
from goldlabel.widgets.fallback_clips import clips_html
from goldlabel.widgets.pictures import Picture
from goldlabel.widgets.served import address_of

__all__ = ["MOST_FRAMES", "ClipLabeller", "frame_path"]

MOST_FRAMES = 16
"""Frames in one answer: few enough that a label which is saved meanwhile does not wait long."""


def frame_path(dataset: str, item: Item, frame: int) -> Path:
    """The picture of one frame of a clip.

    Raises:
        DataError: The clip has no such frame, or its file is missing or empty.
    """
    return media_path(dataset, frame_item(item, frame))


class ClipLabeller(Labeller):
    """Label clips frame by frame."""

    def _still(self) -> str:
        return clips_html(self._spec.title, tuple(self._items.values()), self._store.labels, self._spec.colors)

    def _describe(self) -> dict[str, Any]:
        return {**super()._describe(), "thing": "clip"}

    def _load_media(self, item: Item) -> Picture:
        """The first frame; the others follow while the learner looks at it."""
        return Picture(self._frame(item, 0))

    def _item_state(self, item_id: str, *, scale: float, problem: str) -> dict[str, Any]:
        item = self._items[item_id]
        state = super()._item_state(item_id, scale=scale, problem=problem)
        return {**state, "frames": item.frames, "address": self._address(item)}

    def _address(self, item: Item) -> str:
        try:
            found = address_of(frame_path(self._spec.dataset, item, 0).parent)
        except DataError:
            return ""
        return f"{found}/" if found else ""

    def _frame(self, item: Item, frame: int) -> bytes:
        path = frame_path(self._spec.dataset, item, frame)
        try:
            return path.read_bytes()
        except OSError as error:
            raise DataError(f"Frame {frame} cannot be read: {error.strerror}", where=str(path)) from None

    def _on_message(self, widget: object, content: Mapping[str, Any], buffers: object) -> None:
        if content.get("type") != "frames":
            super()._on_message(widget, content, buffers)
            return
        item, first, count = (content.get(name) for name in ("item", "from", "count"))
        if isinstance(item, str) and item in self._items and isinstance(first, int) and isinstance(count, int):
            self._send_frames(self._items[item], first, count)

    def _send_frames(self, item: Item, first: int, count: int) -> None:
        """Send frames, each with what is wrong with it: an empty sentence where nothing is."""
        pictures, faults = [], []
        for frame in range(max(first, 0), min(first + min(count, MOST_FRAMES), item.frames)):
            try:
                pictures.append(self._frame(item, frame))
                faults.append("")
            except DataError as error:
                pictures.append(b"")
                faults.append(f"Frame {frame} is not there: {error.what}.")
        self.send({"type": "frames", "item": item.id, "from": max(first, 0), "faults": faults}, pictures)
