"""The findings of a track review: what happened to which object or track, from which frame to which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from goldlabel.annotations import stretches
from goldlabel.metrics.boxes import iou
from goldlabel.review.findings import Finding
from goldlabel.review.rubric import TrackRubric
from goldlabel.review.shapes.boxes import side_report
from goldlabel.review.track_scene import ClipScene, Followed
from goldlabel.review.wording import article, place, shown

__all__ = ["TrackReporter"]

_PEOPLE = ("person", "pedestrian", "rider", "cyclist", "man", "woman", "child")
_MOSTLY = 0.5
"""From this share of its frames on a stretch is explained by one thing."""


class TrackReporter(msgspec.Struct, frozen=True):
    """Says what was found in one clip."""

    scene: ClipScene
    rubric: TrackRubric

    def findings(self, *, labelled: bool) -> list[Finding]:
        """All findings, by the frame that they speak of."""
        scene = self.scene
        if not labelled:
            some = any(one.boxes for one in scene.gold)
            return [Finding("unlabelled", "error", scene.item.id, "This clip has no label yet.")] if some else []
        found: list[Finding] = []
        for number, true in enumerate(scene.gold):
            if true.boxes:
                found += self._object(number, true)
        for k, mine in enumerate(scene.yours):
            found += self._track(k, mine)
        return sorted(found, key=lambda one: one.seconds or (0.0, 0.0))

    # --- objects -----------------------------------------------------------------------------------------------

    def _object(self, number: int, true: Followed) -> list[Finding]:
        followers = self.scene.followers(number)
        if not followers:
            first, last = min(true.boxes), max(true.boxes)
            message = (
                f"You missed {article(true.label.label)}: it can be seen from frame {first} to {last}, "
                f"first {self._place(true, first)}."
            )
            return [self._finding("missing", message, (first, last), true=true)]
        found = self._switches(number, true)
        found += self._classes(true, followers)
        found += self._loose(true, followers)
        for first, last in self._runs(frame for frame in true.boxes if frame not in followers):
            found.append(self._off(true, followers, first, last))
        return found

    def _switches(self, number: int, true: Followed) -> list[Finding]:
        scene, found = self.scene, []
        for frame, step in enumerate(scene.steps):
            if number not in step.switches:
                continue
            new, old = step.pairs[number][0], step.switches[number]
            before, after = scene.yours[old], scene.yours[new]
            message = (
                f"From frame {frame} on, {after.label.id} follows {self._the(true, frame)} "
                f"{_whom(true)} {before.label.id} followed before. {self._cure(old, new, number, frame)}"
            )
            found.append(self._finding("identity_switch", message, (frame, frame), mine=after, true=true))
        return found

    def _cure(self, old: int, new: int, number: int, frame: int) -> str:
        scene = self.scene
        names = f"{scene.yours[old].label.id} and {scene.yours[new].label.id}"
        taken = {gold for gold, (mine, _) in scene.steps[frame].pairs.items() if mine == old and gold != number}
        earlier = any(
            mine == new and gold != number for step in scene.steps[:frame] for gold, (mine, _) in step.pairs.items()
        )
        if taken and earlier:
            return f"{names} have changed places: every track keeps to its own object."
        if taken or earlier:
            return "A track keeps to its own object: split it where it changes over."
        return f"It is one object, so it is one track: merge {names}."

    def _classes(self, true: Followed, followers: Mapping[int, tuple[int, float]]) -> list[Finding]:
        frames = Counter(mine for mine, _ in followers.values())
        found = []
        for k, count in frames.items():
            mine = self.scene.yours[k]
            if mine.label.label == true.label.label or count < min(self.rubric.tolerance, len(followers)):
                continue
            message = (
                f"You called {mine.label.id} {article(mine.label.label)}; it is {article(true.label.label)}, "
                f"{self._place(true, min(true.boxes))} when it comes into sight."
            )
            first = min(frame for frame, (follower, _) in followers.items() if follower == k)
            found.append(self._finding("mismatching_label", message, (first, first), mine=mine, true=true))
        return found

    def _loose(self, true: Followed, followers: Mapping[int, tuple[int, float]]) -> list[Finding]:
        """One finding a track: the frame in which its box is worst."""
        found = []
        for k in sorted({mine for mine, _ in followers.values()}):
            loose = {
                frame: overlap
                for frame, (mine, overlap) in followers.items()
                if mine == k and overlap < self.rubric.low_overlap
            }
            if not self._runs(loose):
                continue
            worst = _worst(loose)
            mine = self.scene.yours[k]
            sides = side_report(mine.boxes[worst], true.boxes[worst])
            message = (
                f"The box of {mine.label.id} is not tight on {self._the(true, worst)} in {len(loose)} frames, worst in "
                f"frame {worst}{self._between(mine, worst)}: {sides} (overlap {shown(loose[worst])})."
            )
            found.append(
                self._finding(
                    "low_overlap", message, (worst, worst), mine=mine, true=true, value=loose[worst], error=False
                )
            )
        return found

    @staticmethod
    def _between(mine: Followed, frame: int) -> str:
        keyframes = [state.frame for state in mine.label.keyframes]
        if frame in keyframes:
            return ", a keyframe"
        before = max(one for one in keyframes if one < frame)
        after = min((one for one in keyframes if one > frame), default=None)
        return (
            f", after the last keyframe {before}" if after is None else f", between the keyframes {before} and {after}"
        )

    def _off(self, true: Followed, followers: Mapping[int, tuple[int, float]], first: int, last: int) -> Finding:
        """A stretch in which nothing follows an object: a box drifted off it, or there is none."""
        near = [
            followers[frame][0]
            for frame in (
                max((one for one in followers if one < first), default=None),
                min((one for one in followers if one > last), default=None),
            )
            if frame is not None
        ]
        the = self._the(true, first)
        for k in near:
            mine = self.scene.yours[k]
            there = [frame for frame in range(first, last + 1) if frame in mine.boxes and frame in true.boxes]
            if len(there) > _MOSTLY * (last - first + 1):
                overlaps = {frame: float(iou([mine.boxes[frame]], [true.boxes[frame]])[0, 0]) for frame in there}
                worst = _worst(overlaps)
                message = (
                    f"The box of {mine.label.id} is off {the} {_span(first, last)}, most in frame {worst}"
                    f"{self._between(mine, worst)} (overlap {shown(overlaps[worst])}): set a keyframe there."
                )
                return self._finding(
                    "low_overlap", message, (worst, worst), mine=mine, true=true, value=overlaps[worst]
                )
        message = f"Nothing follows {the} {_span(first, last)}, though it can be seen there."
        return self._finding(
            "lost", message, (first, last), mine=self.scene.yours[near[0]] if near else None, true=true
        )

    # --- tracks ------------------------------------------------------------------------------------------------

    def _track(self, k: int, mine: Followed) -> list[Finding]:
        """What a track does where it follows nothing."""
        follows = {
            frame: gold
            for frame, step in enumerate(self.scene.steps)
            for gold, (label, _) in step.pairs.items()
            if label == k
        }
        free = [frame for frame in mine.boxes if frame not in follows and (k, frame) not in self.scene.dropped]
        runs = self._runs(free) if follows else stretches(free)
        found = []
        for first, last in runs:
            message, kind, true = self._surplus(k, follows, first, last)
            if message:
                found.append(self._finding(kind, message, (first, last), mine=mine, true=true))
        # A track that follows nothing at all is one fault, however often it comes and goes.
        return found if follows else found[:1]

    def _surplus(self, k: int, follows: Mapping[int, int], first: int, last: int) -> tuple[str, str, Followed | None]:
        """Sentence and kind of a stretch in which a track follows nothing; none where the object's finding tells it."""
        scene, name = self.scene, self.scene.yours[k].label.id
        before = max((frame for frame in follows if frame < first), default=None)
        after = min((frame for frame in follows if frame > last), default=None)
        run = range(first, last + 1)
        for frame in (before, after):
            if frame is None:
                continue
            true = scene.gold[follows[frame]]
            if self._gone(true, run):
                return self._runs_on(name, true, frame, run), "runs_on", true
            if any(one in true.boxes for one in run):
                return "", "", None
        return self._double_or_extra(k, run)

    def _double_or_extra(self, k: int, run: range) -> tuple[str, str, Followed | None]:
        scene, mine = self.scene, self.scene.yours[k]
        on: Counter[tuple[int, int]] = Counter()
        for frame in run:
            for gold, (other, _) in scene.steps[frame].pairs.items():
                if iou([mine.boxes[frame]], [scene.gold[gold].boxes[frame]])[0, 0] >= self.rubric.match_at:
                    on[gold, other] += 1
        for (gold, other), count in on.most_common(1):
            if count > _MOSTLY * len(run):
                true = scene.gold[gold]
                message = (
                    f"{mine.label.id} is a second box on {self._the(true, run[0])}, {_span(run[0], run[-1])}; "
                    f"{scene.yours[other].label.id} follows it already."
                )
                return message, "extra", true
        where = place(mine.boxes[run[0]], scene.item)
        message = f"{mine.label.id}, {where}, follows nothing that is to be followed {_span(run[0], run[-1])}."
        return message, "extra", None

    @staticmethod
    def _gone(true: Followed, run: Sequence[int]) -> bool:
        """Whether an object is out of sight in most of a stretch."""
        return sum(frame in true.frames for frame in run) < _MOSTLY * len(run)

    def _runs_on(self, name: str, true: Followed, near: int, run: range) -> str:
        """Sentence on a track in a stretch in which its object is not to be seen; ``near`` is when it followed it."""
        the, when = self._the(true, near), _span(run[0], run[-1])
        if near > run[-1]:
            start = min(frame for frame in true.frames if frame > run[-1])
            return f"{name} is there {when}, but {the} can only be seen from frame {start} on."
        again = any(frame > run[-1] for frame in true.frames)
        more = "while it is out of sight" if again else "though it is not to be seen any more"
        return f"{name} runs on {when} after {the}, {more}: set it outside at frame {run[0]}."

    # --- words -------------------------------------------------------------------------------------------------

    def _runs(self, frames: Iterable[int]) -> list[tuple[int, int]]:
        """Stretches that are long enough to be told."""
        return [(first, last) for first, last in stretches(frames) if last - first + 1 >= self.rubric.tolerance]

    def _place(self, true: Followed, frame: int) -> str:
        boxes = {**true.aside, **true.boxes}
        nearest = min(boxes, key=lambda one: abs(one - frame))
        return place(boxes[nearest], self.scene.item)

    def _the(self, true: Followed, frame: int) -> str:
        return f"the {true.label.label} {self._place(true, frame)}"

    def _finding(
        self,
        kind: str,
        message: str,
        at: tuple[int, int],
        *,
        mine: Followed | None = None,
        true: Followed | None = None,
        value: float | None = None,
        error: bool = True,
    ) -> Finding:
        item = self.scene.item
        second = item.seconds / item.frames
        return Finding(
            kind,
            "error" if error else "warning",
            item.id,
            message,
            self.rubric.rules.get(kind, ""),
            mine.label.id if mine else "",
            true.label.id if true else "",
            value,
            tuple(one.label.label for one in (mine, true) if one is not None),
            (at[0] * second, (at[1] + 1) * second),
        )


def _whom(true: Followed) -> str:
    return "whom" if true.label.label in _PEOPLE else "that"


def _worst(overlaps: Mapping[int, float]) -> int:
    """The frame with the smallest overlap; the first of those that look alike."""
    return min(overlaps, key=lambda frame: (round(overlaps[frame], 3), frame))


def _span(first: int, last: int) -> str:
    return f"in frame {first}" if first == last else f"from frame {first} to {last}"
