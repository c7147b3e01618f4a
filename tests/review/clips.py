"""What tests of clips share: a clip of 600 x 600 pixels, 30 frames, 10 a second; objects that drive across it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from goldlabel.annotations import Annotation, Gold, Item, ItemGold, ItemLabels, LabelSet, Segment, Track, TrackedBox
from goldlabel.review import EventRubric, Review, TrackRubric, review

FRAMES = 30
CLASSES = ("person", "car")
EVENTS = ("cross", "wave")
CLIP = Item("clip-1", "media/clip-1", 600, 600, "practice", "rendered", "CC0-1.0", "0" * 64, "easy")
CLIP = msgspec.structs.replace(CLIP, seconds=3.0, frames=FRAMES)

Corners = tuple[float, float, float, float]


def drive(frame: int, y: float = 50.0) -> Corners:
    """A car of 80 x 40 pixels that goes 10 pixels a frame to the right."""
    return (20.0 + 10 * frame, y, 100.0 + 10 * frame, y + 40)


def exact(
    name: str,
    place: Callable[[int], Corners] = drive,
    frames: Iterable[int] = range(FRAMES),
    *,
    label: str = "car",
    hidden: Sequence[int] = (),
) -> Track:
    """Gold: a keyframe a frame, outside where it is not to be seen, hardly visible in ``hidden``."""
    seen = set(frames)
    return Track(
        id=name,
        label=label,
        keyframes=tuple(
            TrackedBox(
                frame=frame,
                xyxy=place(frame),
                outside=frame not in seen,
                occluded=frame in hidden,
                visibility=0.1 if frame in hidden else 1.0,
            )
            for frame in range(min(seen), FRAMES)
        ),
    )


def by_hand(
    name: str,
    *frames: int,
    place: Callable[[int], Corners] = drive,
    label: str = "car",
    outside: int | None = None,
) -> Track:
    """A label: keyframes at ``frames``, ended at ``outside``."""
    keyframes = [TrackedBox(frame=frame, xyxy=place(frame)) for frame in frames]
    if outside is not None:
        keyframes.append(TrackedBox(frame=outside, xyxy=place(outside), outside=True))
    return Track(id=name, label=label, keyframes=tuple(keyframes))


def event(name: str, start: float, end: float, label: str = "cross", **attributes: bool) -> Segment:
    return Segment(id=name, label=label, start=start, end=end, attributes=attributes)


def judge(
    labels: Sequence[Annotation],
    gold: Sequence[Annotation],
    rubric: TrackRubric | EventRubric | None = None,
    *,
    done: bool = True,
    clips: int = 1,
) -> Review:
    """Judge one clip, or the same clip several times."""
    rubric = rubric or TrackRubric()
    items = [msgspec.structs.replace(CLIP, id=f"clip-{n}") for n in range(1, clips + 1)]
    true = Gold(
        dataset="d",
        pool="practice",
        version="1.0.0",
        made="drawn",
        agreement="exact",
        items={item.id: ItemGold(tuple(gold)) for item in items},
    )
    mine = LabelSet(exercise="e", items={item.id: ItemLabels(tuple(labels), done=done) for item in items})
    return review(mine, true, rubric, items=items, classes=EVENTS if isinstance(rubric, EventRubric) else CLASSES)
