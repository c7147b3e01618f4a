"""Poses of a jointed figure and where its 17 joints come to lie. NumPy only, no Blender.

The figure faces +x, its left is +y, z is up; lengths are metres, angles radians. The joints are the 17 keypoints of the
COCO data set, in its order (https://cocodataset.org/#keypoints-eval).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

JOINTS = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
)
STATURE = 1.72
"""The height in metres for which the proportions below are written; other heights scale them."""
THIGH, SHIN, UPPER_ARM, FOREARM = 0.43, 0.43, 0.29, 0.26
HIP_HEIGHT, CHEST_ABOVE_HIP, HEAD_ABOVE_CHEST = 0.92, 0.36, 0.305
HIP_WIDTH, SHOULDER_WIDTH, SHOULDER_ABOVE_CHEST = 0.095, 0.195, 0.10
ANKLE_HEIGHT = 0.085


@dataclass(frozen=True)
class Limb:
    """Two bones: how far each swings forward from hanging straight down, and how far the upper one spreads outward.

    `lower_out` spreads the lower one (negative: inward), None follows the upper one a little; `toes` tips a foot down.
    """

    upper: float = 0.0
    lower: float = 0.0
    out: float = 0.08
    lower_out: float | None = None
    toes: float = 0.0

    @property
    def spread(self) -> tuple[float, float]:
        """How far the upper and the lower bone spread outward."""
        return self.out, self.out * 0.3 if self.lower_out is None else self.lower_out


@dataclass(frozen=True)
class Pose:
    """A whole figure. `lean` tips the trunk forward; `turn` turns the head to its left, `nod` tips it forward."""

    left_leg: Limb
    right_leg: Limb
    left_arm: Limb
    right_arm: Limb
    lean: float = 0.0
    turn: float = 0.0
    nod: float = 0.0


HANGING = Limb(0.05, 0.20, 0.12)
UPRIGHT = (Limb(0.03, -0.02, 0.05), Limb(-0.03, -0.05, 0.05))
STILL_POSES = {
    "reach": Pose(*UPRIGHT, HANGING, Limb(2.75, 2.95, 0.12)),
    "cheer": Pose(*UPRIGHT, Limb(2.6, 2.9, 0.45), Limb(2.5, 2.8, 0.45)),
    "crossed": Pose(*UPRIGHT, Limb(0.42, 1.62, 0.12, -1.0), Limb(0.30, 1.85, 0.12, -1.0)),
    "hips": Pose(*UPRIGHT, Limb(-0.22, 0.45, 0.72, -0.80), Limb(-0.22, 0.45, 0.72, -0.80)),
    "kneel": Pose(
        Limb(1.62, 0.12, 0.10), Limb(-0.06, -1.62, 0.06, 0.0, 2.0), Limb(0.75, 1.15, 0.10), Limb(0.1, 0.5, 0.12)
    ),
    "squat": Pose(
        Limb(1.72, -0.50, 0.22, 0.05), Limb(1.72, -0.50, 0.22, 0.05), Limb(1.0, 1.5, 0.1), Limb(1.0, 1.5, 0.1), 0.42
    ),
    "kick": Pose(
        Limb(-0.12, -0.20, 0.04), Limb(0.95, 0.62, 0.02, None, 0.5), Limb(0.8, 1.1, 0.35), Limb(-0.7, -0.3, 0.3), -0.10
    ),
    "carry": Pose(*UPRIGHT, Limb(0.25, 1.45, 0.08, -0.12), Limb(0.25, 1.45, 0.08, -0.12), -0.05),
    "think": Pose(*UPRIGHT, Limb(0.30, 1.60, 0.10, -0.95), Limb(0.55, 2.72, 0.02, -0.40), nod=0.12),
    "throw": Pose(
        Limb(0.45, 0.30, 0.05), Limb(-0.35, -0.55, 0.05), Limb(1.2, 1.5, 0.2), Limb(-2.2, -3.6, 0.3, 0.1), -0.05
    ),
}
POSE_NAMES = ("walk", "stand", "wave", "sit", "push", "phone", "point", "ride", *STILL_POSES)


def named_pose(name: str, phase: float = 0.0, turn: float = 0.0) -> Pose:
    """One of POSE_NAMES.

    Args:
        name: The pose.
        phase: Where in its stride a walking figure (or on its pedals a riding one) is, radians; elsewhere it only
            varies the stance a little.
        turn: How far the head is turned to its left.

    Raises:
        ValueError: There is no such pose.
    """
    if name in STILL_POSES:
        return replace(STILL_POSES[name], turn=turn)
    swing, sway = math.sin(phase), 0.06 * math.sin(phase)
    standing = (Limb(0.04 + sway, sway, 0.04), Limb(-0.04 - sway, -0.02, 0.04))
    if name == "walk":
        legs = [
            Limb(0.46 * s * swing, 0.46 * s * swing - 0.10 - 0.60 * max(0.0, s * math.cos(phase)), 0.015)
            for s in (1, -1)
        ]
        arms = [Limb(-0.42 * s * swing, -0.42 * s * swing + 0.35, 0.10) for s in (1, -1)]
        return Pose(*legs, *arms, lean=0.05, turn=turn)
    if name == "stand":
        return Pose(*standing, HANGING, Limb(0.02, 0.25, 0.14), turn=turn)
    if name == "wave":
        return Pose(*standing, HANGING, Limb(2.3, 2.9, 0.55), turn=turn)
    if name == "sit":
        return Pose(
            Limb(1.48, 0.05, 0.10),
            Limb(1.45, -0.02 + sway, 0.10),
            Limb(0.5, 1.25, 0.08),
            Limb(0.5, 1.3, 0.08),
            turn=turn,
        )
    if name == "push":
        legs = [Limb(0.12 + 0.42 * s * swing, -0.22 + 0.30 * s * swing, 0.02) for s in (1, -1)]
        return Pose(*legs, Limb(0.75, 1.25, 0.06), Limb(0.75, 1.25, 0.06), lean=0.20, turn=turn)
    if name == "phone":
        return Pose(*standing, HANGING, Limb(0.55, 2.45, 0.12), turn=turn, nod=0.35)
    if name == "point":
        return Pose(*standing, Limb(1.45, 1.55, 0.25), HANGING, turn=turn)
    if name == "ride":
        legs = [Limb(1.02 + 0.34 * s * swing, -0.18 + 0.30 * s * swing, 0.03) for s in (1, -1)]
        return Pose(*legs, Limb(-0.12, 1.15, 0.22), Limb(-0.12, 1.15, 0.22), lean=0.42, turn=turn, nod=-0.35)
    raise ValueError(f"no pose is called {name!r}; there are {', '.join(POSE_NAMES)}")


def bone(limb: float, out: float, side: int) -> np.ndarray:
    """The unit direction of a bone swung forward by `limb` and outward by `out` on the left (1) or right (-1)."""
    return np.array([math.sin(limb) * math.cos(out), side * math.sin(out), -math.cos(limb) * math.cos(out)])


def turned(vector: np.ndarray, turn: float, nod: float) -> np.ndarray:
    """`vector` after a nod (forward and down) and then a turn to the left."""
    x, y, z = vector
    x, z = x * math.cos(nod) + z * math.sin(nod), z * math.cos(nod) - x * math.sin(nod)
    return np.array([x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn), z])


def joint_places(pose: Pose, height: float = STATURE) -> dict[str, np.ndarray]:
    """The 17 joints and five helpers (pelvis, chest, head, left_hand, right_hand), as (3,) arrays in metres.

    The lower foot stands on z = 0, except that a sitting or riding figure's pelvis decides: see the pose's use.
    """
    k = height / STATURE
    places: dict[str, np.ndarray] = {}
    pelvis = np.array([0.0, 0.0, HIP_HEIGHT * k])
    up = np.array([math.sin(pose.lean), 0.0, math.cos(pose.lean)])
    chest = pelvis + CHEST_ABOVE_HIP * k * up
    head_up = np.array([math.sin(pose.lean * 0.5), 0.0, math.cos(pose.lean * 0.5)])
    head = chest + HEAD_ABOVE_CHEST * k * head_up + np.array([0.02 * k, 0.0, 0.0])
    places |= {"pelvis": pelvis, "chest": chest, "head": head}
    for side, sign in (("left", 1), ("right", -1)):
        leg: Limb = getattr(pose, f"{side}_leg")
        arm: Limb = getattr(pose, f"{side}_arm")
        hip = pelvis + np.array([0.0, sign * HIP_WIDTH * k, -0.02 * k])
        knee = hip + THIGH * k * bone(leg.upper, leg.spread[0], sign)
        ankle = knee + SHIN * k * bone(leg.lower, leg.spread[1], sign)
        shoulder = chest + SHOULDER_ABOVE_CHEST * k * up + np.array([0.0, sign * SHOULDER_WIDTH * k, 0.0])
        elbow = shoulder + UPPER_ARM * k * bone(arm.upper, arm.spread[0], sign)
        wrist = elbow + FOREARM * k * bone(arm.lower, arm.spread[1], sign)
        hand = wrist + (wrist - elbow) / FOREARM * 0.06
        for name, place in (("hip", hip), ("knee", knee), ("ankle", ankle), ("shoulder", shoulder), ("elbow", elbow)):
            places[f"{side}_{name}"] = place
        places[f"{side}_wrist"], places[f"{side}_hand"] = wrist, hand
        places[f"{side}_eye"] = head + k * turned(np.array([0.088, sign * 0.034, 0.025]), pose.turn, pose.nod)
        places[f"{side}_ear"] = head + k * turned(np.array([0.0, sign * 0.086, 0.0]), pose.turn, pose.nod)
    places["nose"] = head + k * turned(np.array([0.108, 0.0, -0.012]), pose.turn, pose.nod)
    drop = min(places["left_ankle"][2], places["right_ankle"][2]) - ANKLE_HEIGHT * k
    return {name: place - np.array([0.0, 0.0, drop]) for name, place in places.items()}
