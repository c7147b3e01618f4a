"""Events: what happens in a clip, from when to when."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Segment
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC
from goldlabel.widgets.checks import finite, sound
from goldlabel.widgets.clips import ClipLabeller

__all__ = ["EventLabeller", "clipped"]


class EventLabeller(ClipLabeller):
    """Mark events and actions of clips on a timeline. Those of one class may overlap: two people can wave."""

    _esm = STATIC / "events.js"
    _css = STATIC / "events.css"

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        events = sound(annotations, Segment, noun="an event", plural="events", classes=self._spec.class_names)
        return tuple(clipped(one, item) for one in events)


def clipped(event: Segment, item: Item) -> Segment:
    """``event`` inside its clip.

    Raises:
        DataError: A time is no number, or nothing of it is left.
    """
    finite((event.start, event.end))
    start, end = max(event.start, 0.0), min(event.end, item.seconds)
    if start >= end:
        raise DataError(
            f"an event goes from {event.start:g} to {event.end:g} s; its end comes after its start, "
            f"inside the {item.seconds:g} s of the clip"
        )
    return msgspec.structs.replace(event, start=start, end=end)
