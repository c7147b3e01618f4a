"""Tracks: objects followed through a clip by keyframes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from goldlabel.annotations import Annotation, Item, Track, TrackedBox
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC
from goldlabel.widgets.checks import finite, sound
from goldlabel.widgets.clips import ClipLabeller

__all__ = ["TrackLabeller"]


class TrackLabeller(ClipLabeller):
    """Follow objects through clips. A track means in every frame what it means in CVAT."""

    _esm = STATIC / "tracks.js"
    _css = STATIC / "tracks.css"

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        tracks = sound(annotations, Track, noun="a track", plural="tracks", classes=self._spec.class_names)
        return tuple(msgspec.structs.replace(one, keyframes=_keyframes(one, item)) for one in tracks)


def _keyframes(track: Track, item: Item) -> tuple[TrackedBox, ...]:
    """The keyframes in the order of their frames, with their boxes inside the picture.

    Raises:
        DataError: The track is seen nowhere, or a keyframe cannot be mended.
    """
    name = f"the track {track.id!r}"
    keyframes = sorted((_inside(one, name, item) for one in track.keyframes), key=lambda one: one.frame)
    if twice := [one.frame for before, one in pairwise(keyframes) if before.frame == one.frame]:
        raise DataError(f"{name} has two keyframes in frame {twice[0]}")
    if all(one.outside for one in keyframes):
        raise DataError(f"{name} is seen nowhere: it needs a keyframe that is not outside")
    return tuple(keyframes)


def _inside(one: TrackedBox, name: str, item: Item) -> TrackedBox:
    if not 0 <= one.frame < item.frames:
        raise DataError(f"{name} has a keyframe in frame {one.frame}; the clip has the frames 0 to {item.frames - 1}")
    finite(one.xyxy)
    x1, y1, x2, y2 = one.xyxy
    left, right = (min(max(x, 0.0), float(item.width)) for x in sorted((x1, x2)))
    top, bottom = (min(max(y, 0.0), float(item.height)) for y in sorted((y1, y2)))
    if left >= right or top >= bottom:
        raise DataError(f"the box of {name} in frame {one.frame} does not lie in the picture")
    return msgspec.structs.replace(one, xyxy=(left, top, right, bottom))
