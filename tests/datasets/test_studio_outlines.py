"""Outlines from masks: they keep the mask's shape, its pieces and its place; drawn curves; shapes that lean."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.outlines import SHAPES, closed_curve, inset, signed_area  # noqa: E402
from studio.plane import gap, inside, lean, overlap, slide_to_touch, turned  # noqa: E402
from studio.rings import (  # noqa: E402
    boundary,
    filled,
    intersection_over_union,
    mask_rings,
    polygon_annotations,
    simplified,
)

SIDE = np.linspace(0, 1, 50, endpoint=False)


def square(x: float = 0.0, y: float = 0.0) -> np.ndarray:
    """The edge of a square of side 1 with its lower left corner at (x, y), anticlockwise."""
    zero, one = np.zeros(50), np.ones(50)
    edges = [(SIDE, zero), (one, SIDE), (1 - SIDE, one), (zero, 1 - SIDE)]
    return np.concatenate([np.column_stack(edge) for edge in edges]) + np.array((x, y))


def blobs(seed: int) -> np.ndarray:
    """Smooth random islands without holes, some cut by the edge."""
    field = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=(160, 240)), 14)
    return ndimage.binary_fill_holes(field > np.quantile(field, 0.65))


def test_the_boundary_of_an_l_runs_along_its_pixels() -> None:
    mask = np.zeros((5, 6), dtype=bool)
    mask[1, 1:4] = True
    mask[2, 3] = True
    corners = {tuple(corner) for corner in boundary(mask)}
    assert corners == {(1, 1), (2, 1), (3, 1), (4, 1), (4, 2), (4, 3), (3, 3), (3, 2), (2, 2), (1, 2)}


@pytest.mark.parametrize("seed", range(12))
def test_rings_keep_the_mask(seed: int) -> None:
    mask = blobs(seed)
    rings = mask_rings(mask)
    assert intersection_over_union(filled(rings, mask.shape), mask) > 0.985
    assert sum(len(ring) for ring in rings) < mask.sum() / 10


def test_a_split_thing_has_a_ring_for_each_piece_the_larger_first() -> None:
    mask = np.zeros((60, 80), dtype=bool)
    mask[10:50, 5:35] = True
    mask[10:50, 45:60] = True
    rings = mask_rings(mask)
    assert len(rings) == 2
    boxes = [(min(x for x, _ in ring), max(x for x, _ in ring)) for ring in rings]
    assert boxes == [(5.0, 35.0), (45.0, 60.0)]


def test_pieces_that_meet_at_a_corner_are_two() -> None:
    mask = np.zeros((40, 40), dtype=bool)
    mask[5:20, 5:20] = mask[20:35, 20:35] = True
    assert len(mask_rings(mask)) == 2


def test_a_hole_is_refused_and_a_pinprick_is_filled() -> None:
    mask = np.zeros((60, 60), dtype=bool)
    mask[10:50, 10:50] = True
    mask[30, 30] = False
    assert len(mask_rings(mask)) == 1
    mask[20:40, 20:40] = False
    with pytest.raises(ValueError, match="hole"):
        mask_rings(mask)


def test_simplifying_stays_within_the_tolerance() -> None:
    angle = np.linspace(0, 2 * math.pi, 400, endpoint=False)
    circle = 50 * np.column_stack([np.cos(angle), np.sin(angle)])
    ring = simplified(circle, 0.7)
    assert 10 < len(ring) < 40
    # The chord of a circle's arc leaves it most in its middle.
    middles = np.linalg.norm((ring + np.roll(ring, -1, axis=0)) / 2, axis=1)
    assert middles.min() >= 50 - 0.7


def test_annotations_have_flags_and_follow_reading_order() -> None:
    ids = np.zeros((100, 120), dtype=int)
    ids[60:95, 10:50] = 1
    ids[5:40, 60:120] = 2
    ids[50:70, 100:110] = 3
    found = polygon_annotations(ids, ["cat", "duck", "fish"], [(1400, 1400), (4200, 2100), (200, 200)])
    assert [(one["id"], one["label"]) for one in found] == [("g01", "duck"), ("g02", "fish"), ("g03", "cat")]
    assert found[0]["attributes"] == {"truncated": True, "occluded": False, "visibility": 0.5, "difficult": False}
    assert found[1]["attributes"]["difficult"]  # 10 pixels wide


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_an_animal_is_drawn_cleanly(name: str) -> None:
    curve = closed_curve(SHAPES[name].outline)
    assert signed_area(curve) > 3000
    smaller = inset(curve, 1.6)
    # Moving the edge in by d takes away about d times its length; a loop in the curve would break that.
    length = np.linalg.norm(curve - np.roll(curve, 1, axis=0), axis=1).sum()
    assert signed_area(curve) - signed_area(smaller) == pytest.approx(1.6 * length, rel=0.12)
    for decoration in SHAPES[name].decorations:
        assert inside(closed_curve(decoration.points), curve).mean() > 0.95
    if SHAPES[name].stands:
        assert (curve[:, 1] < 1.0).sum() > 15


def test_touching_and_overlapping_squares() -> None:
    assert gap(square(), square(3, 0)) == pytest.approx(2.0)
    assert gap(square(), square(0.5, 0.2)) == 0.0
    assert not len(overlap(square(), square(1.2, 0)))
    distance = slide_to_touch(square(2.2, 0.1), square(), np.array([-1.0, 0.0]), 0.01)
    assert distance == pytest.approx(1.2, abs=0.02)
    with pytest.raises(ValueError, match="pass"):
        slide_to_touch(square(2.2, 3), square(), np.array([-1.0, 0.0]), 0.01)


def test_a_square_leans_on_the_edge_that_it_overlaps() -> None:
    slope, uphill, foot = lean(square(0.75, 0), square(), 0.1)
    assert uphill[0] == pytest.approx(-1, abs=0.05)
    assert foot[0] == pytest.approx(1.75, abs=0.01)
    assert slope == pytest.approx(0.1 / 0.75, rel=0.06)
    with pytest.raises(ValueError, match="do not overlap"):
        lean(square(2, 0), square(), 0.1)


def test_a_turn_is_anticlockwise() -> None:
    assert turned(np.array([(1.0, 0.0)]), math.pi / 2, (0.0, 2.0)) == pytest.approx(np.array([(0.0, 3.0)]))
