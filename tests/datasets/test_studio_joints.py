"""Poses of the wooden figures: bones keep their lengths, left is left, feet stand on the floor."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.joints import (  # noqa: E402
    ANKLE_HEIGHT,
    FOREARM,
    JOINTS,
    POSE_NAMES,
    SHIN,
    STATURE,
    THIGH,
    UPPER_ARM,
    joint_places,
    named_pose,
)

BONES = {"hip": ("knee", THIGH), "knee": ("ankle", SHIN), "shoulder": ("elbow", UPPER_ARM), "elbow": ("wrist", FOREARM)}


def distance(places: dict[str, np.ndarray], one: str, other: str) -> float:
    return float(np.linalg.norm(places[one] - places[other]))


def test_the_joints_are_those_of_coco() -> None:
    assert len(JOINTS) == 17
    assert JOINTS[0] == "nose"
    assert JOINTS[-1] == "right_ankle"


@pytest.mark.parametrize("height", [1.55, STATURE])
@pytest.mark.parametrize("name", POSE_NAMES)
def test_a_pose_bends_joints_and_stretches_no_bone(name: str, height: float) -> None:
    for phase in (0.0, 1.2, 4.0):
        places = joint_places(named_pose(name, phase, 0.3), height)
        assert set(JOINTS) <= set(places)
        assert all(np.isfinite(place).all() for place in places.values())
        for side in ("left", "right"):
            for start, (end, length) in BONES.items():
                assert distance(places, f"{side}_{start}", f"{side}_{end}") == pytest.approx(length * height / STATURE)
        assert min(places["left_ankle"][2], places["right_ankle"][2]) == pytest.approx(ANKLE_HEIGHT * height / STATURE)


@pytest.mark.parametrize("name", POSE_NAMES)
def test_left_is_the_figures_own_left(name: str) -> None:
    places = joint_places(named_pose(name))
    for joint in ("eye", "ear", "shoulder", "hip"):
        # It faces +x, so its left is +y.
        assert places[f"left_{joint}"][1] > places[f"right_{joint}"][1]
    assert places["nose"][0] > places["head"][0]


def test_crossed_arms_cross_and_kneeling_is_low() -> None:
    crossed = joint_places(named_pose("crossed"))
    assert crossed["left_wrist"][1] < crossed["left_shoulder"][1] - 0.15
    assert crossed["right_wrist"][1] > crossed["right_shoulder"][1] + 0.15
    kneeling = joint_places(named_pose("kneel"))
    assert kneeling["head"][2] < joint_places(named_pose("stand"))["head"][2] - 0.3
    assert kneeling["right_knee"][2] < 0.1


def test_an_unknown_pose_is_named() -> None:
    with pytest.raises(ValueError, match="somersault"):
        named_pose("somersault")
