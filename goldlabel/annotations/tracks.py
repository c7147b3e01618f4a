"""What the keyframes of a track mean in every frame, and how tracks are split, merged and renumbered. As in CVAT.

* Between two keyframes the box moves evenly (linear interpolation of its corners).
* A keyframe that is ``outside`` ends visibility until the next one that is not. Up to it the box still moves towards
  the place where that keyframe has it.
* After the last keyframe a box that is visible stands still to the end of the clip.
* ``occluded`` holds from its keyframe until the next one.

(CVAT, ``TrackManager.get_interpolated_shapes`` and its unit test; the annotation guide, "Track mode".)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from goldlabel.annotations.types import Track, TrackedBox

__all__ = ["FrameBox", "boxes_of", "export_frames", "merged", "renumbered", "split_at", "stretches"]

Corners = tuple[float, float, float, float]


class FrameBox(NamedTuple):
    """A track in one frame.

    Attributes:
        frame: Counts from 0.
        xyxy: As in :class:`goldlabel.annotations.Box`.
        keyframe: Whether somebody set it, and not the interpolation.
        outside: Whether the object is not to be seen.
        occluded: Whether something hides a part of it.
        visibility: In gold: share of the object that is seen, 0 to 1.
    """

    frame: int
    xyxy: Corners
    keyframe: bool
    outside: bool
    occluded: bool
    visibility: float


def export_frames(track: Track, frames: int) -> tuple[FrameBox, ...]:
    """Every frame that an export of CVAT writes: the visible ones, and the keyframes that end visibility.

    Args:
        track: Its keyframes ascend.
        frames: Length of the clip; keyframes from there on are left out, but a box moves towards the first of them.

    Example:
        Keyframes 0, 2 (outside) and 4 in a clip of 7 frames give 0, 1, 2 (outside), 4, 5 and 6.
    """
    return tuple(one for one in _frames(track.keyframes, frames) if 0 <= one.frame < frames)


def _frames(keyframes: Sequence[TrackedBox], frames: int) -> Iterator[FrameBox]:
    for before, after in itertools.pairwise(keyframes):
        yield _frame_box(before, before.frame, before.xyxy, keyframe=True)
        if before.outside:
            continue
        for frame in range(before.frame + 1, min(after.frame, frames)):
            yield _frame_box(before, frame, _between(before, after, frame), keyframe=False)
    if keyframes:
        last = keyframes[-1]
        yield _frame_box(last, last.frame, last.xyxy, keyframe=True)
        if not last.outside:
            for frame in range(last.frame + 1, frames):
                yield _frame_box(last, frame, last.xyxy, keyframe=False)


def _frame_box(state: TrackedBox, frame: int, xyxy: Corners, *, keyframe: bool) -> FrameBox:
    return FrameBox(frame, xyxy, keyframe, state.outside, state.occluded, state.visibility)


def _between(before: TrackedBox, after: TrackedBox, frame: int) -> Corners:
    share = (frame - before.frame) / (after.frame - before.frame)
    x1, y1, x2, y2 = (a + share * (b - a) for a, b in zip(before.xyxy, after.xyxy, strict=True))
    return x1, y1, x2, y2


def boxes_of(track: Track, frames: int) -> dict[int, FrameBox]:
    """The track in every frame in which it is visible, by frame, ascending.

    Args:
        track: Its keyframes ascend.
        frames: Length of the clip.
    """
    return {one.frame: one for one in export_frames(track, frames) if not one.outside}


def split_at(track: Track, frame: int, new_id: str) -> tuple[Track, Track]:
    """Two tracks out of one: the first ends before ``frame``, the second, called ``new_id``, begins there.

    Both together have the same boxes as before in every frame.

    Raises:
        ValueError: There is nothing before ``frame``, or nothing from it on.
    """
    before = tuple(one for one in track.keyframes if one.frame < frame)
    after = tuple(one for one in track.keyframes if one.frame >= frame)
    if not before:
        raise ValueError(f"{track.id} begins at frame {_first(track)}: it cannot be split at frame {frame}")
    if not before[-1].outside:
        here = _at(track, frame)
        before = (*before, msgspec.structs.replace(here, outside=True))
        if not after or after[0].frame > frame:
            after = (here, *after)
    after = _from_sight(after)
    if not after:
        raise ValueError(f"{track.id} has ended before frame {frame}: there is nothing to split off")
    return msgspec.structs.replace(track, keyframes=before), msgspec.structs.replace(track, id=new_id, keyframes=after)


def _at(track: Track, frame: int) -> TrackedBox:
    """The state in a frame that an export writes, as a keyframe."""
    _, xyxy, _, outside, occluded, visibility = export_frames(track, frame + 1)[-1]
    return TrackedBox(frame=frame, xyxy=xyxy, outside=outside, occluded=occluded, visibility=visibility)


def _from_sight(keyframes: Iterable[TrackedBox]) -> tuple[TrackedBox, ...]:
    """The keyframes from the first visible one on: nothing has to be ended before it begins."""
    return tuple(itertools.dropwhile(lambda one: one.outside, keyframes))


def merged(first: Track, second: Track) -> Track:
    """One track out of two that follow the same object; it keeps id, class and attributes of the first.

    As in CVAT it has the keyframes of both. Where both have one in the same frame, the visible one stays.

    Raises:
        ValueError: Both are visible at a keyframe of the same frame, so that it has two places at once.
    """
    keyframes: dict[int, TrackedBox] = {one.frame: one for one in first.keyframes}
    for one in second.keyframes:
        there = keyframes.get(one.frame)
        if there is not None and not there.outside:
            if not one.outside:
                raise ValueError(
                    f"{first.id} and {second.id} both have a box in frame {one.frame}: an object is in one place only"
                )
            continue
        keyframes[one.frame] = one
    ordered = [keyframes[frame] for frame in sorted(keyframes)]
    return msgspec.structs.replace(first, keyframes=_from_sight(ordered))


def renumbered(tracks: Iterable[Track], prefix: str = "t") -> tuple[Track, ...]:
    """The same tracks, called ``t1``, ``t2`` ... in the order in which they begin; equal ones keep their order."""
    ordered = sorted(tracks, key=_first)
    return tuple(msgspec.structs.replace(one, id=f"{prefix}{n}") for n, one in enumerate(ordered, start=1))


def _first(track: Track) -> int:
    return min((one.frame for one in track.keyframes), default=0)


def stretches(frames: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of frames that follow one another, as ``(first, last)``: 3, 4, 5, 9 gives (3, 5) and (9, 9)."""
    runs: list[tuple[int, int]] = []
    for frame in sorted(set(frames)):
        if runs and runs[-1][1] == frame - 1:
            runs[-1] = runs[-1][0], frame
        else:
            runs.append((frame, frame))
    return runs
