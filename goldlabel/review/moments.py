"""Time in sentences: when something is heard, how long it lasts, and which piece to play."""

from __future__ import annotations

from goldlabel.annotations import Item

__all__ = ["after", "around", "from_to", "long", "moment"]

_MINUTE = 60.0
_LEAD = 0.4
"""Seconds that are played before what a finding speaks of, and after it: nobody hears a word cut out of its talk."""
_SHORTEST = 1.6


def moment(time: float) -> str:
    """A moment of a recording: "3.2 s", "1 min 4.5 s"."""
    tenths = round(10 * max(0.0, time))
    minutes, rest = divmod(tenths, 600)
    return f"{minutes} min {rest / 10:.1f} s" if minutes else f"{rest / 10:.1f} s"


def long(seconds: float) -> str:
    """How long something lasts; less than a tenth of a second is told in hundredths."""
    return moment(seconds) if round(10 * seconds) else f"{seconds:.2f} s"


def from_to(start: float, end: float) -> str:
    """A stretch of a recording: "from 4.1 to 5.0 s"."""
    first, last = moment(start), moment(end)
    return f"from {first if end >= _MINUTE else first.removesuffix(' s')} to {last}"


def after(seconds: float) -> str:
    """How far a moment is off, with its direction: "0.6 s too late"."""
    return f"{long(abs(seconds))} too {'late' if seconds > 0 else 'early'}"


def around(start: float, end: float, item: Item) -> tuple[float, float]:
    """The piece to play for a stretch: a little longer, never very short, and within the recording."""
    more = max(_LEAD, (_SHORTEST - (end - start)) / 2)
    last = item.seconds or end + more
    return round(max(0.0, min(start - more, last)), 2), round(max(0.0, min(end + more, last)), 2)
