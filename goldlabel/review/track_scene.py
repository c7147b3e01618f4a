"""One clip, matched: which track follows which object in which frame, and which boxes are set aside.

A frame of an object does not count when less of it can be seen than the rubric asks for, or when its whole gold track
is ``difficult``. No box is asked for there, and one is forgiven: one that lies on the object, and one of a track that
followed it last before or follows it first afterwards, wherever it is.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from goldlabel.annotations import Annotation, Gold, Item, Track, boxes_of, only
from goldlabel.errors import GoldError
from goldlabel.metrics.boxes import iou
from goldlabel.metrics.tracking import Moment, Step, follow, moments
from goldlabel.review.findings import Finding
from goldlabel.review.reasons import refused
from goldlabel.review.rubric import TrackRubric
from goldlabel.review.wording import WORDS, Corners, article

__all__ = ["ClipScene", "Followed", "clip_scene", "gold_tracks", "usable_tracks"]

_ON_HIDDEN = 0.5
"""A box lies on something that is set aside from this share of the rubric's ``match_at`` on."""


class Followed(msgspec.Struct, frozen=True):
    """A track, frame by frame.

    Attributes:
        label: As it was made.
        boxes: Where it is to be seen and counts, by frame.
        aside: In gold: where it is to be seen but does not count, by frame.
    """

    label: Track
    boxes: Mapping[int, Corners]
    aside: Mapping[int, Corners] = {}

    @property
    def frames(self) -> frozenset[int]:
        """The frames in which it is there at all."""
        return frozenset(self.boxes) | frozenset(self.aside)


class ClipScene(msgspec.Struct, frozen=True):
    """One clip, matched blind to the class.

    Attributes:
        item: The clip.
        yours: The learner's tracks.
        gold: The objects.
        clip: Its frames, without the boxes that are set aside.
        steps: Which track follows which object, frame by frame.
        dropped: Tracks and frames that are set aside, as ``(index into yours, frame)``.
    """

    item: Item
    yours: Sequence[Followed]
    gold: Sequence[Followed]
    clip: Sequence[Moment]
    steps: Sequence[Step]
    dropped: frozenset[tuple[int, int]]

    def of_one_class(self) -> list[Moment]:
        """The frames with an overlap of 0 where the classes differ."""
        mine = np.array([one.label.label for one in self.yours], dtype=object)
        true = np.array([one.label.label for one in self.gold], dtype=object)
        same = mine[:, None] == true[None, :] if len(mine) and len(true) else np.zeros((len(mine), len(true)), bool)
        return [
            moment._replace(overlap=np.where(same[np.ix_(moment.yours, moment.gold)], moment.overlap, 0.0))
            if moment.overlap.size
            else moment
            for moment in self.clip
        ]

    def followers(self, gold: int) -> dict[int, tuple[int, float]]:
        """Which of your tracks follows an object, and how closely, by frame."""
        return {frame: step.pairs[gold] for frame, step in enumerate(self.steps) if gold in step.pairs}


def clip_scene(yours: Sequence[Followed], gold: Sequence[Followed], item: Item, rubric: TrackRubric) -> ClipScene:
    """Match the tracks of one clip with its gold."""
    clip = moments([one.boxes for one in yours], [one.boxes for one in gold], range(item.frames))
    steps = follow(clip, rubric.match_at)
    dropped = {frame: _forgiven(frame, yours, gold, steps, rubric) for frame in {f for one in gold for f in one.aside}}
    kept = [_without(moment, dropped.get(frame, set())) for frame, moment in enumerate(clip)]
    pairs = frozenset((k, frame) for frame, tracks in dropped.items() for k in tracks)
    return ClipScene(item, yours, gold, kept, steps, pairs)


def _without(moment: Moment, dropped: set[int]) -> Moment:
    if not dropped:
        return moment
    keep = [row for row, k in enumerate(moment.yours) if k not in dropped]
    return Moment([moment.yours[row] for row in keep], moment.gold, moment.overlap[keep])


def _forgiven(
    frame: int, yours: Sequence[Followed], gold: Sequence[Followed], steps: Sequence[Step], rubric: TrackRubric
) -> set[int]:
    """Tracks whose box in this frame follows nothing that counts, while their object is set aside in it."""
    hidden = [number for number, true in enumerate(gold) if frame in true.aside]
    busy = {mine for mine, _ in steps[frame].pairs.values()}
    free = [k for k, mine in enumerate(yours) if frame in mine.boxes and k not in busy]
    if not hidden or not free:
        return set()
    overlap = iou([yours[k].boxes[frame] for k in free], [gold[number].aside[frame] for number in hidden])
    near = overlap.max(axis=1) >= _ON_HIDDEN * rubric.match_at
    followers = {mine for number in hidden for mine in _followers(number, frame, steps)}
    return {k for k, on in zip(free, near.tolist(), strict=True) if on or k in followers}


def _followers(number: int, frame: int, steps: Sequence[Step]) -> set[int]:
    """Which track followed an object last before a frame, and which one follows it first afterwards."""
    found = set()
    for frames in (range(frame - 1, -1, -1), range(frame + 1, len(steps))):
        found.update([next((steps[one].pairs[number][0] for one in frames if number in steps[one].pairs), -1)])
    return found


def gold_tracks(gold: Gold, item: Item, classes: Sequence[str], rubric: TrackRubric) -> list[Followed]:
    """The objects of a clip; annotations of other types belong to other exercises on the same clips.

    Raises:
        GoldError: There is no gold, or a track of it cannot be judged by.
    """
    found = []
    for one in only(gold.of(item.id).annotations, Track):
        if problem := _keyframe_problem(one, item):
            todo = "Restore the gold file from the repository."
            raise GoldError(f"The gold {one.id} {problem}", where=item.id, todo=todo)
        if one.label not in classes:
            raise GoldError(f"The gold has the class {one.label!r}, which this exercise does not know", where=item.id)
        boxes = boxes_of(one, item.frames).values()
        counts = {box.frame for box in boxes if not one.difficult and box.visibility >= rubric.visible_from}
        found.append(
            Followed(
                one,
                {box.frame: box.xyxy for box in boxes if box.frame in counts},
                {box.frame: box.xyxy for box in boxes if box.frame not in counts},
            )
        )
    return found


def usable_tracks(
    labels: Sequence[Annotation], item: Item, classes: Sequence[str], findings: list[Finding]
) -> list[Followed]:
    """The tracks that can be judged, cut off at the edge of the picture; of the others ``findings`` get to know why."""
    usable: list[Followed] = []
    ids: set[str] = set()
    for one in labels:
        problem = f"has an id that another {WORDS['tracks'].one} of this clip has" if one.id in ids else ""
        problem = problem or _problem(one, item, classes)
        ids.add(one.id)
        if problem or not isinstance(one, Track):
            findings.append(refused("tracks", item, one.id, problem))
        else:
            boxes = {box.frame: _on_picture(box.xyxy, item) for box in boxes_of(one, item.frames).values()}
            usable.append(Followed(one, boxes))
    return usable


def _on_picture(xyxy: Corners, item: Item) -> Corners:
    x1, x2 = (min(max(x, 0.0), item.width) for x in xyxy[::2])
    y1, y2 = (min(max(y, 0.0), item.height) for y in xyxy[1::2])
    return x1, y1, x2, y2


def _problem(one: Annotation, item: Item, classes: Sequence[str]) -> str:
    """Why a label cannot be judged; empty where it can."""
    if not isinstance(one, Track):
        return f"is no track but {article(str(one.__struct_config__.tag).replace('_', ' '))}"
    if one.label not in classes:
        return f"has the class {one.label!r}, which this exercise does not know"
    return _keyframe_problem(one, item)


def _keyframe_problem(one: Track, item: Item) -> str:
    frames = [state.frame for state in one.keyframes]
    if not frames:
        return "has no keyframe"
    if any(after <= before for before, after in itertools.pairwise(frames)):
        return "has keyframes that do not follow one another in time"
    if frames[0] < 0 or frames[-1] >= item.frames:
        wrong = frames[0] if frames[0] < 0 else frames[-1]
        return f"has a keyframe at {wrong}, but the frames of the clip are 0 to {item.frames - 1}"
    for state in one.keyframes:
        x1, y1, x2, y2 = state.xyxy
        if not all(map(math.isfinite, state.xyxy)):
            return f"has a coordinate at frame {state.frame} that is not a number"
        if not state.outside and not (x1 < x2 and y1 < y2):
            return f"has a box without area at frame {state.frame}"
    return ""
