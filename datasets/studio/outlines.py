"""Hand-drawn outlines of the puzzle animals: closed smooth curves in the plane. NumPy only, no Blender.

Units are millimetres at natural size, x to the right, y up; every animal looks to the left and stands on y = 0.
A point that is written twice is a corner. No outline has a hole, so that a ring can follow all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

Points = Sequence[tuple[float, float]]

# Clockwise from the top of the head, unless a comment says otherwise.
ELEPHANT: Points = [
    (30, 82), (38, 86), (47, 80), (58, 82), (76, 84), (92, 79), (103, 66), (106, 54),
    # tail
    (113, 46), (115, 36), (114, 27), (109, 27), (109, 37), (104, 43),
    # hind leg, belly, fore leg
    (103, 28), (104, 6), (101, 1), (98, 0), (85, 0), (82, 1), (80, 6), (79, 20), (71, 24), (62, 23),
    (60, 6), (57, 1), (54, 0), (41, 0), (38, 1), (36, 6), (35, 22), (33, 32),
    # jaw, trunk down to its curled tip, forehead
    (28, 33), (26, 22), (22, 10), (13, 5), (3, 9), (-3, 18), (0, 23), (5, 21), (9, 18), (12, 24), (10, 40),
    (10, 56), (16, 72),
]  # fmt: skip
DUCK: Points = [
    (22, 88), (34, 90), (44, 82), (46, 70), (46, 60), (56, 52), (74, 50), (90, 52), (104, 62), (113, 71), (116, 66),
    (114, 48), (105, 30), (91, 18), (81, 13),
    # two feet
    (82, 6), (78, 0), (74, 0), (52, 0), (47, 2), (48, 6), (58, 9), (58, 12), (44, 14), (28, 22), (18, 36), (18, 48),
    (24, 60), (19, 64),
    # bill
    (8, 63), (-4, 64), (-8, 69), (-2, 73), (10, 76), (14, 82),
]  # fmt: skip
FISH: Points = [
    (0, 40), (8, 50), (22, 60), (36, 65), (46, 76), (60, 80), (74, 76), (70, 68), (74, 62), (88, 54), (98, 47),
    # tail fin with its notch
    (112, 62), (126, 72), (131, 66), (126, 52), (122, 42), (126, 32), (131, 18), (126, 12), (112, 22), (98, 35),
    (86, 27), (70, 21),
    # belly fin
    (68, 10), (60, 4), (52, 8), (48, 19), (32, 20), (16, 26), (5, 32), (8, 37), (8, 38), (2, 37),
]  # fmt: skip
RABBIT: Points = [
    # ears
    (24, 74), (28, 92), (36, 112), (44, 118), (49, 110), (46, 94), (42, 80), (45, 78), (54, 92), (66, 106), (74, 107),
    (74, 97), (65, 82), (54, 70),
    # back, tail
    (54, 60), (68, 56), (86, 50), (98, 38), (101, 26), (108, 28), (115, 24), (116, 14), (109, 8), (102, 9),
    # hind foot, belly, fore foot
    (98, 2), (92, 0), (64, 0), (57, 3), (60, 9), (52, 12), (46, 10), (44, 3), (40, 0), (24, 0), (19, 3), (22, 9),
    (29, 12), (28, 24), (25, 34),
    # chest, face
    (17, 39), (8, 44), (3, 52), (5, 61), (14, 70),
]  # fmt: skip
CAT: Points = [
    # two pointed ears
    (14, 84), (12, 100), (12, 100), (24, 92), (34, 92), (45, 101), (45, 101), (45, 85), (48, 74),
    # neck, back, tail that stands up in a hook
    (46, 64), (54, 58), (72, 56), (90, 58), (98, 62), (106, 74), (108, 88), (104, 98), (109, 104), (116, 100),
    (119, 86), (116, 68), (107, 52), (104, 40),
    # hind leg, belly, fore leg
    (102, 24), (102, 5), (99, 0), (86, 0), (83, 4), (84, 12), (82, 22), (76, 28), (62, 29), (54, 28),
    (52, 14), (52, 5), (49, 0), (36, 0), (33, 4), (34, 14), (31, 30), (28, 46), (22, 54),
    # cheeks
    (12, 60), (8, 70), (10, 78),
]  # fmt: skip
WHALE: Points = [
    (4, 34), (8, 50), (20, 63), (38, 69), (58, 68), (78, 60), (94, 48), (104, 44), (110, 52),
    # fluke
    (108, 66), (100, 77), (104, 82), (116, 77), (122, 70), (130, 76), (142, 80), (146, 74), (138, 64), (130, 54),
    (126, 40), (114, 24), (98, 12), (86, 6),
    # flipper
    (80, 3), (76, -6), (66, -13), (60, -10), (62, -2), (60, 3),
    (44, 3), (26, 6), (12, 14), (5, 24),
]  # fmt: skip


@dataclass(frozen=True)
class Decoration:
    """A painted shape on an animal: a closed curve, and "dark", "light" or "tone" (a shade of the animal's colour)."""

    points: Points
    paint: str = "dark"


@dataclass(frozen=True)
class Shape:
    """An animal: its outline, what is painted on it, and whether it stands on its feet."""

    outline: Points
    stands: bool
    decorations: tuple[Decoration, ...] = field(default_factory=tuple)


def disc(x: float, y: float, radius: float, flat: float = 1.0) -> Points:
    """Eight points round a centre; `flat` scales the height."""
    angles = np.arange(8) * np.pi / 4
    return [(x + radius * float(np.cos(a)), y + flat * radius * float(np.sin(a))) for a in angles]


SHAPES: dict[str, Shape] = {
    "elephant": Shape(ELEPHANT, True, (
        Decoration([(37, 76), (50, 75), (56, 64), (54, 48), (46, 42), (39, 50), (35, 62)], "tone"),
        Decoration(disc(24, 64, 3.2)),
    )),
    "duck": Shape(DUCK, True, (
        Decoration([(50, 42), (66, 44), (86, 42), (100, 46), (92, 30), (76, 22), (60, 24), (50, 32)], "tone"),
        Decoration([(-6, 69), (2, 71), (11, 74), (12, 69), (8, 65), (-3, 66)], "light"),
        Decoration(disc(27, 77, 3.2)),
    )),
    "fish": Shape(FISH, False, (
        Decoration([(34, 27), (38, 27), (43, 40), (40, 58), (36, 58), (38, 41)], "tone"),
        Decoration([(54, 27), (58, 27), (63, 42), (60, 60), (56, 60), (58, 42)], "tone"),
        Decoration([(72, 30), (76, 31), (81, 42), (78, 55), (74, 57), (76, 42)], "tone"),
        Decoration(disc(19, 47, 4.6), "light"),
        Decoration(disc(18, 47, 2.4)),
    )),
    "rabbit": Shape(RABBIT, True, (
        Decoration([(32, 82), (37, 100), (43, 111), (45, 104), (42, 90), (37, 80)], "light"),
        Decoration([(70, 38), (84, 36), (90, 24), (86, 12), (72, 9), (65, 20), (65, 31)], "tone"),
        Decoration(disc(22, 60, 3.0)),
        Decoration(disc(110, 18, 4.6), "light"),
    )),
    "cat": Shape(CAT, True, (
        Decoration([(16, 86), (15, 95), (22, 90)], "light"),
        Decoration([(36, 90), (42, 96), (42, 87)], "light"),
        Decoration(disc(21, 76, 2.8)),
        Decoration(disc(36, 76, 2.8)),
        Decoration([(25, 68), (31, 68), (28, 64)], "light"),
        Decoration([(64, 55), (68, 55), (69, 40), (66, 36), (63, 40)], "tone"),
        Decoration([(76, 55), (80, 55), (82, 40), (79, 36), (75, 40)], "tone"),
        Decoration([(88, 56), (92, 56), (95, 42), (92, 38), (87, 42)], "tone"),
    )),
    "whale": Shape(WHALE, False, (
        Decoration([(8, 22), (24, 28), (48, 25), (72, 20), (92, 15), (78, 6), (50, 5), (28, 8), (14, 15)], "light"),
        Decoration(disc(26, 42, 3.0)),
        Decoration([(14, 33), (20, 31), (30, 33), (30, 35), (20, 33.4)], "dark"),
    )),
}  # fmt: skip


def closed_curve(points: Points, spacing: float = 1.0) -> np.ndarray:
    """A closed Catmull-Rom curve through `points`, resampled about every `spacing` units; shape (M, 2), anticlockwise.

    Centripetal parametrisation (Yuksel, Schaefer and Keyser 2011) keeps it free of loops; a doubled point is a corner.
    """
    given = np.asarray(points, dtype=float)
    count = len(given)
    pieces = []
    for index in range(count):
        p0, p1, p2, p3 = (given[(index + shift) % count] for shift in (-1, 0, 1, 2))
        if np.allclose(p1, p2):
            continue
        steps = max(2, round(float(np.linalg.norm(p2 - p1)) / spacing))
        pieces.append(_stretch(p0, p1, p2, p3, np.linspace(0, 1, steps, endpoint=False)))
    curve = np.concatenate(pieces)
    return curve if signed_area(curve) > 0 else curve[::-1]


def _stretch(p0: np.ndarray, p1: np.ndarray, p2: np.ndarray, p3: np.ndarray, along: np.ndarray) -> np.ndarray:
    """Points between `p1` and `p2` by the pyramid of Barry and Goldman; `along` runs from 0 to 1."""
    knots = [0.0]
    for a, b in ((p0, p1), (p1, p2), (p2, p3)):
        knots.append(knots[-1] + max(1e-6, float(np.linalg.norm(b - a))) ** 0.5)
    t0, t1, t2, t3 = knots
    t = (t1 + along * (t2 - t1))[:, None]
    a1 = ((t1 - t) * p0 + (t - t0) * p1) / (t1 - t0)
    a2 = ((t2 - t) * p1 + (t - t1) * p2) / (t2 - t1)
    a3 = ((t3 - t) * p2 + (t - t2) * p3) / (t3 - t2)
    b1 = ((t2 - t) * a1 + (t - t0) * a2) / (t2 - t0)
    b2 = ((t3 - t) * a2 + (t - t1) * a3) / (t3 - t1)
    return ((t2 - t) * b1 + (t - t1) * b2) / (t2 - t1)


def signed_area(curve: np.ndarray) -> float:
    """Area inside a closed curve, positive when it runs anticlockwise (shoelace formula)."""
    x, y = curve[:, 0], curve[:, 1]
    return float(0.5 * np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def inset(curve: np.ndarray, depth: float) -> np.ndarray:
    """An anticlockwise closed curve moved inward by `depth` along its normals."""
    tangent = np.roll(curve, -1, axis=0) - np.roll(curve, 1, axis=0)
    tangent /= np.maximum(1e-9, np.linalg.norm(tangent, axis=1, keepdims=True))
    return curve + depth * np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
