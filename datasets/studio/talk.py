"""Scripts of speech: what is written, what a clean transcript keeps, what the voice reads, and who speaks when.

A text marks what verbatim rules treat: ``{um,}`` is left out of a clean transcript, ``{Sat-|sat—}`` is written before
the bar and read as behind it, ``[M A R|em, ay, ar]`` is kept in both and only read otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

ROOT = Path(__file__).resolve().parents[2]
MARK = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}|\[([^\[\]|]*)\|([^\[\]]*)\]")


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one speaker says without a longer pause.

    Attributes:
        who: The speaker.
        text: With marks, see above.
        gap: Seconds from the latest end before it; below 0 the turns overlap.
    """

    who: Literal["A", "B"]
    text: str
    gap: float = 0.4


class Clip(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One recording.

    Attributes:
        id: Unique within the data set.
        difficulty: easy, medium or hard.
        noise: Where it is recorded, see ``rooms.py``.
        treats: Rules that the clip gives an occasion for.
        voices: The model's voice of each speaker.
        turns: By time.
    """

    id: str
    difficulty: Literal["easy", "medium", "hard"]
    noise: Literal["clean", "room", "street", "telephone"]
    treats: tuple[str, ...]
    voices: dict[str, str]
    turns: tuple[Line, ...]

    @property
    def group(self) -> str:
        """Solo or talk."""
        return "talk" if len(self.voices) > 1 else "solo"


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The clips of one pool."""

    dataset: str
    pool: Literal["practice", "exam"]
    version: str
    clips: tuple[Clip, ...]


def scripts() -> tuple[Script, ...]:
    """Both pools, practice first."""
    paths = (
        ROOT / "datasets" / "studio" / "texts" / "speech.toml",
        ROOT / "autograder" / "gold" / "speech" / "texts.toml",
    )
    return tuple(msgspec.toml.decode(path.read_bytes(), type=Script) for path in paths)


def verbatim(text: str) -> str:
    """All that is said, as the rules write it."""
    return _tidy(MARK.sub(lambda mark: mark[1] if mark[1] is not None else mark[3], text))


def clean(text: str) -> str:
    """What a clean transcript keeps: no fillers, repetitions, cut words and false starts."""
    kept = _tidy(MARK.sub(lambda mark: "" if mark[1] is not None else mark[3], text))
    kept = re.sub(r"^[,\s]+", "", kept)
    kept = re.sub(r",\s*,", ",", kept)
    return re.sub(r"(?:^|(?<=[.?!] ))\w", lambda first: first[0].upper(), kept)


def spoken(text: str) -> str:
    """What the voice is given to read."""
    return _tidy(MARK.sub(lambda mark: _read(mark[1], mark[2]) if mark[1] is not None else mark[4], text))


def _read(shown: str, read: str | None) -> str:
    return shown if read is None else read


def _tidy(text: str) -> str:
    return re.sub(r"\s+([,.?!])", r"\1", re.sub(r"\s+", " ", text)).strip()


def words(text: str) -> list[str]:
    """The normaliser of the datasheet: lower case, no punctuation, hyphens part words, o'clock keeps its mark."""
    return re.sub(r"[^\w' ]+", " ", text.lower().replace("\u2019", "'").replace("-", " ")).split()


def overlaps(spans: Sequence[tuple[float, float]]) -> float:
    """Seconds in which two turns sound at once; `spans` are (start, end)."""
    return sum(
        max(0.0, min(end, other_end) - max(start, other_start))
        for at, (start, end) in enumerate(spans)
        for other_start, other_end in spans[at + 1 :]
    )
