"""Gold of a clip: tracks from what the camera saw of each mover in each frame, events from what each one does.

Imports without Blender. Tracks have one keyframe a frame, from the first to the last frame in which a mover could be
labelled. A frame in which it is hidden by something, or shows too few pixels, keeps the track alive with a visibility
of (nearly) 0: it is set aside. Where it is not in the picture it is outside.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .gold import LEAST_PIXELS, OCCLUDED, SCORED_VISIBILITY
from .movers import Does, Mover

ROAD = 5.4
"""Half the width of the road in metres: streets.ROAD, which needs Blender."""
STEP = 0.05
"""Seconds between two looks at what a mover does."""
WAITS_BELOW = 0.3
"""Metres a second: slower than this, a vehicle stands."""
SHORTEST = {"waiting": 1.0}
SHORTEST_EVENT = 0.5
"""Seconds that an event must last to be one; a vehicle that waits must stand for longer."""
EVENTS = ("crossing", "waving", "phoning", "waiting")

State = Mapping[str, Any]


def could_be_seen(state: State) -> bool:
    """Whether enough of it would be in the picture if nothing hid it."""
    return bool(state["whole"]) and state["inside"] / state["whole"] >= SCORED_VISIBILITY


def is_seen(state: State) -> bool:
    """Whether it has a box of its own."""
    return state["xyxy"] is not None and state["seen"] >= LEAST_PIXELS


def track(mover: Mapping[str, Any]) -> dict[str, Any] | None:
    """The gold track of one mover as it stands in a gold file, or None where it is never seen."""
    states: Sequence[State] = mover["states"]
    boxes = {state["frame"]: state["xyxy"] for state in states if is_seen(state)}
    if not boxes:
        return None
    there = [is_seen(state) or could_be_seen(state) for state in states]
    first = there.index(True)
    keyframes = []
    for state, seen in itertools.islice(zip(states, there, strict=True), first, None):
        visibility = min(1.0, state["seen"] / state["whole"]) if is_seen(state) else 0.0
        keyframes.append(
            {
                "frame": state["frame"],
                "xyxy": [round(at, 1) for at in near(boxes, state["frame"])],
                "outside": not seen,
                "occluded": seen and 1 - state["seen"] / max(1, state["inside"]) > OCCLUDED,
                "visibility": round(visibility, 3),
            }
        )
    return {"id": mover["id"], "type": "track", "label": mover["label"], "keyframes": ended(keyframes)}


def ended(keyframes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The keyframes up to the first one from which on it is outside for good."""
    last = max(n for n, one in enumerate(keyframes) if not one["outside"])
    return keyframes[: last + 2]


def near(boxes: Mapping[int, Sequence[float]], frame: int) -> list[float]:
    """The box in a frame; where it is not seen, evenly between the frames on either side, or as in the nearest one."""
    before = max((one for one in boxes if one <= frame), default=None)
    after = min((one for one in boxes if one >= frame), default=None)
    if before is None or after is None or before == after:
        return list(boxes[before if before is not None else after])
    share = (frame - before) / (after - before)
    return [a + share * (b - a) for a, b in zip(boxes[before], boxes[after], strict=True)]


def cast(recipe: Mapping[str, Any]) -> list[Mover]:
    """The movers of a recipe as it stands in a record."""
    return [
        Mover(
            **{
                **table,
                "way": tuple(map(tuple, table["way"])),
                "does": tuple(Does(*one) for one in table.get("does", ())),
            }
        )
        for table in recipe["movers"]
    ]


def doings(mover: Mover, times: np.ndarray) -> dict[str, np.ndarray]:
    """Of each kind of event, whether it goes on at each time."""
    if mover.kind != "person":
        still = np.array([mover.speed(float(time)) < WAITS_BELOW for time in times])
        return {"waiting": still} if mover.kind != "bicycle" else {}
    on_road = np.array([abs(mover.place(float(time))[1]) < ROAD for time in times])
    does = [mover.doing(float(time)) for time in times]
    return {
        "crossing": on_road,
        "waving": np.array([one == "wave" for one in does]),
        "phoning": np.array([one == "phone" for one in does]),
    }


def events(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The gold events of a clip, by time; an event lasts as long as its mover can be seen doing it."""
    recipe = record["recipe"]
    seconds = recipe["frames"] / recipe["fps"]
    times = np.arange(0.0, seconds, STEP)
    states = {one["id"]: one["states"] for one in record["tracks"]}
    found = []
    for mover in cast(recipe):
        seen = np.array(
            [
                is_seen(state) and state["seen"] / state["whole"] >= SCORED_VISIBILITY
                for state in (states[mover.name][min(int(t * recipe["fps"]), recipe["frames"] - 1)] for t in times)
            ]
        )
        for name, goes_on in doings(mover, times).items():
            for start, end in runs(goes_on & seen):
                length = (end - start) * STEP
                if length >= SHORTEST.get(name, SHORTEST_EVENT):
                    found.append((round(start * STEP, 2), round(min(end * STEP, seconds), 2), name, mover.name))
    return [
        {"id": f"e{n}", "type": "segment", "label": name, "start": start, "end": end, "attributes": {"who": who}}
        for n, (start, end, name, who) in enumerate(sorted(found), start=1)
    ]


def runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """Where `flags` hold, as (first, one past the last)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def annotations(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All gold of a clip: tracks, then events."""
    tracks = [one for mover in record["tracks"] if (one := track(mover)) is not None]
    return [*tracks, *events(record)]
