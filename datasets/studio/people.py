"""Jointed wooden figures (an artist's lay figures) in painted clothes, posed by joints.py.

A figure is one object that faces +x and stands on z = 0; its joints are kept on it, in its own coordinates.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

import bpy
import numpy as np

from .joints import JOINTS, STATURE, Pose, joint_places
from .nodes import Colour
from .paints import beech, painted_wood, plain
from .shapes import Part, build, ellipsoid, tube

CLOTHES: dict[str, Colour] = {
    "red": (0.45, 0.035, 0.03),
    "blue": (0.03, 0.11, 0.38),
    "ochre": (0.60, 0.38, 0.04),
    "green": (0.05, 0.24, 0.10),
    "cream": (0.62, 0.57, 0.48),
    "charcoal": (0.07, 0.07, 0.08),
    "plum": (0.28, 0.07, 0.24),
    "teal": (0.02, 0.27, 0.30),
    "sky": (0.22, 0.42, 0.62),
    "rose": (0.62, 0.20, 0.22),
    "olive": (0.17, 0.18, 0.06),
    "navy": (0.02, 0.035, 0.11),
}
HAIR: tuple[Colour, ...] = (
    (0.05, 0.03, 0.02),
    (0.16, 0.08, 0.03),
    (0.45, 0.28, 0.09),
    (0.30, 0.29, 0.28),
    (0.28, 0.07, 0.02),
)
EYE_WHITE: Colour = (0.75, 0.73, 0.70)
SHOE: Colour = (0.045, 0.032, 0.025)
WOOD_SHADES = (1.0, 0.85, 0.62, 0.42, 0.30)
# How thick a bone is along its length, as a part of its nominal radius.
SWELL = (0.55, 0.85, 1.0, 1.03, 1.0, 0.95, 0.9, 0.8, 0.5)


@dataclass(frozen=True)
class Outfit:
    """What a figure wears. Names of CLOTHES; `hair` is a colour or None for a bare head; `wood` scales its shade."""

    top: str
    trousers: str
    sleeves: str = "long"
    hair: Colour | None = None
    hat: str = ""
    skirt: bool = False
    wood: float = 1.0


def random_outfit(rng: random.Random) -> Outfit:
    """Clothes as people in a street wear them; top and trousers differ."""
    top, trousers = rng.sample(sorted(CLOTHES), 2)
    hat = rng.choice(sorted(CLOTHES)) if rng.random() < 0.18 else ""
    return Outfit(
        top=top,
        trousers=trousers,
        sleeves=rng.choice(("long", "long", "short")),
        hair=rng.choice(HAIR) if rng.random() < 0.9 else None,
        hat=hat,
        skirt=rng.random() < 0.22,
        wood=rng.choice(WOOD_SHADES),
    )


def figure_parts(pose: Pose, outfit: Outfit, height: float = STATURE) -> tuple[list[Part], dict[str, np.ndarray]]:
    """The surface of a figure, each part with its name, and where its joints are (metres, its own coordinates)."""
    at = joint_places(pose, height)
    k = height / STATURE
    wood = beech(outfit.wood)
    top, legs = painted_wood(CLOTHES[outfit.top]), painted_wood(CLOTHES[outfit.trousers])
    sleeve = top if outfit.sleeves == "long" else wood
    bare = wood if outfit.skirt else legs
    pelvis, chest, head = at["pelvis"], at["chest"], at["head"]
    parts = [
        ellipsoid(pelvis, (0.115 * k, 0.150 * k, 0.120 * k), legs, 24, "pelvis"),
        ellipsoid((pelvis + chest) / 2, (0.105 * k, 0.135 * k, 0.190 * k), top, 24, "belly"),
        ellipsoid(chest, (0.122 * k, 0.180 * k, 0.190 * k), top, 28, "chest"),
        _bone(chest + (head - chest) * 0.3, head, 0.058 * k, 0.05 * k, wood, "neck"),
    ]
    for side, sign in (("left", 1), ("right", -1)):
        hip, knee, ankle = at[f"{side}_hip"], at[f"{side}_knee"], at[f"{side}_ankle"]
        shoulder, elbow, wrist = at[f"{side}_shoulder"], at[f"{side}_elbow"], at[f"{side}_wrist"]
        parts += [
            _bone(hip, knee, 0.085 * k, 0.062 * k, bare, f"{side}_thigh"),
            _bone(knee, ankle, 0.062 * k, 0.042 * k, bare, f"{side}_shin"),
            _bone(shoulder, elbow, 0.056 * k, 0.042 * k, top, f"{side}_upper_arm"),
            _bone(elbow, wrist, 0.042 * k, 0.030 * k, sleeve, f"{side}_forearm"),
            ellipsoid(knee, (0.056 * k,) * 3, bare, 16, f"{side}_knee"),
            ellipsoid(elbow, (0.041 * k,) * 3, sleeve, 16, f"{side}_elbow"),
            ellipsoid(shoulder, (0.066 * k,) * 3, top, 20, f"{side}_shoulder"),
            ellipsoid(wrist, (0.031 * k,) * 3, wood, 12, f"{side}_wrist"),
            *_hand(at, side, sign, k, wood),
            _foot(ankle, getattr(pose, f"{side}_leg").toes, k, f"{side}_foot"),
        ]
    parts += _face(at, k, wood)
    if outfit.skirt:
        parts.append(_skirt(at, k, legs))
    parts += _headwear(at, outfit, k)
    return parts, {name: at[name] for name in JOINTS}


def make_person(pose: Pose, outfit: Outfit, height: float = STATURE) -> tuple[bpy.types.Object, dict[str, np.ndarray]]:
    """A figure in the scene (one object) and its 17 joints in the object's coordinates."""
    parts, joints = figure_parts(pose, outfit, height)
    thing = build("person", parts)
    thing["label"] = "person"
    return thing, joints


def _hand(at: dict[str, np.ndarray], side: str, sign: int, k: float, wood: bpy.types.Material) -> list[Part]:
    """A mitten along the forearm with a thumb toward the front."""
    wrist, hand = at[f"{side}_wrist"], at[f"{side}_hand"]
    along = (hand - wrist) / np.linalg.norm(hand - wrist)
    thumb = np.array([0.7, -0.7 * sign, 0.0])
    thumb -= along * thumb.dot(along)
    thumb /= max(1e-6, float(np.linalg.norm(thumb)))
    palm = wrist + along * np.array([0.01, 0.04, 0.075, 0.105, 0.125])[:, None] * k
    tip = wrist + along * 0.035 * k + thumb * np.array([0.012, 0.030, 0.046])[:, None] * k
    tip += along * np.array([0.0, 0.014, 0.032])[:, None] * k
    name = f"{side}_hand"
    return [
        replace(tube(palm, np.array([0.024, 0.034, 0.037, 0.028, 0.010]) * k, wood, 14), name=name),
        replace(tube(tip, np.array([0.014, 0.013, 0.007]) * k, wood, 10), name=name),
    ]


def _foot(ankle: np.ndarray, toes: float, k: float, name: str) -> Part:
    """A shoe in front of and below the ankle; `toes` turns it down about the ankle, radians."""
    shoe = ellipsoid((0.065, 0.0, -0.043), (0.135, 0.050, 0.043), plain("shoe", SHOE, 0.5), 20, name)
    c, s = math.cos(toes), math.sin(toes)
    x, y, z = shoe.vertices.T
    return replace(shoe, vertices=np.stack([c * x + s * z, y, c * z - s * x], axis=1) * k + ankle)


def _face(at: dict[str, np.ndarray], k: float, wood: bpy.types.Material) -> list[Part]:
    """Head, nose, mouth, and on either side an ear and a white eye with a dark pupil."""
    head = at["head"]
    middle = (at["left_eye"] + at["right_eye"]) / 2
    ahead = at["nose"] - head
    ahead = ahead / np.linalg.norm(ahead)
    up = middle - at["nose"]
    up = up - ahead * up.dot(ahead)
    up /= np.linalg.norm(up)
    mouth = head + (0.083 * ahead - 0.052 * up) * k
    across = (at["left_eye"] - at["right_eye"]) / np.linalg.norm(at["left_eye"] - at["right_eye"])
    corners = mouth + across * np.array([-0.026, -0.012, 0.012, 0.026])[:, None] * k
    corners += up * np.array([0.007, 0.0, 0.0, 0.007])[:, None] * k
    corners += ahead * np.array([-0.004, 0.003, 0.003, -0.004])[:, None] * k
    lips = plain("lips", (0.25, 0.05, 0.04), 0.5)
    parts = [
        ellipsoid(head, (0.098 * k, 0.084 * k, 0.125 * k), wood, 30, "head"),
        ellipsoid(at["nose"], (0.019 * k, 0.015 * k, 0.021 * k), wood, 12, "nose"),
        replace(tube(corners, np.array([0.004, 0.006, 0.006, 0.004]) * k, lips, 8), name="mouth"),
    ]
    for side in ("left", "right"):
        eye, ear = at[f"{side}_eye"], at[f"{side}_ear"]
        parts += [
            ellipsoid(
                eye - 0.004 * k * ahead, (0.017 * k,) * 3, plain("white of the eye", EYE_WHITE, 0.3), 14, f"{side}_eye"
            ),
            ellipsoid(
                eye + 0.007 * k * ahead, (0.0085 * k,) * 3, plain("eye", (0.01, 0.01, 0.01), 0.2), 10, f"{side}_eye"
            ),
            ellipsoid(ear, (0.021 * k, 0.019 * k, 0.031 * k), wood, 14, f"{side}_ear"),
        ]
    return parts


def _bone(
    start: np.ndarray, end: np.ndarray, first: float, last: float, material: bpy.types.Material, name: str
) -> Part:
    steps = np.linspace(0.02, 0.98, len(SWELL))
    path = start + (end - start) * steps[:, None]
    radii = [(first + (last - first) * step) * swell for step, swell in zip(steps, SWELL, strict=True)]
    return replace(tube(path, radii, material, 18), name=name)


def _skirt(at: dict[str, np.ndarray], k: float, cloth: bpy.types.Material) -> Part:
    """A cone of cloth from the waist to just below the knees; it hangs between where the knees are."""
    knees = (at["left_knee"] + at["right_knee"]) / 2
    waist = at["pelvis"] + np.array([0.0, 0.0, 0.10 * k])
    path = waist + (knees - waist) * np.array([0.0, 0.25, 0.6, 1.0, 1.08])[:, None]
    spread = 0.5 * float(np.linalg.norm((at["left_knee"] - at["right_knee"])[[0, 1]]))
    hem = max(0.17 * k, spread * 0.9 + 0.04 * k)
    return replace(tube(path, [0.115 * k, 0.15 * k, 0.17 * k, hem, hem * 0.98], cloth, 20), name="skirt")


def _headwear(at: dict[str, np.ndarray], outfit: Outfit, k: float) -> list[Part]:
    """Hair as a cap that leaves the face free, and perhaps a hat."""
    head = at["head"]
    # Away from the nose, in the direction in which the head looks.
    back = head - at["nose"]
    back = np.array([back[0], back[1], 0.0]) / max(1e-6, float(np.hypot(back[0], back[1])))
    parts = []
    if outfit.hair is not None:
        hair = plain("hair " + " ".join(f"{part:.2f}" for part in outfit.hair), outfit.hair, 0.6)
        centre = head + back * 0.030 * k + np.array([0.0, 0.0, 0.035 * k])
        parts.append(ellipsoid(centre, (0.096 * k, 0.092 * k, 0.108 * k), hair, 26, "hair"))
    if outfit.hat:
        felt = painted_wood(CLOTHES[outfit.hat])
        crown = head + back * 0.012 * k + np.array([0.0, 0.0, 0.085 * k])
        parts.append(ellipsoid(crown, (0.112 * k, 0.108 * k, 0.085 * k), felt, 24, "hat"))
        parts.append(
            ellipsoid(crown - np.array([0.0, 0.0, 0.012 * k]), (0.165 * k, 0.155 * k, 0.012 * k), felt, 28, "hat")
        )
    return parts
