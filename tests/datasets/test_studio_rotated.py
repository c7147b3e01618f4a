"""The rotated rectangle round an outline: the smallest one, with its direction."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from goldlabel.annotations import Polygon
from goldlabel.metrics.polygons import as_shape, iou
from goldlabel.metrics.rotated import corners

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "datasets"))

from studio.rotated import rotated_box


@pytest.mark.parametrize("degrees", [-80, -45, -10, 0, 30, 89])
def test_a_turned_rectangle_comes_back(degrees: float) -> None:
    ring = tuple(map(tuple, corners([(200, 150)], [(120, 40)], [degrees])[0]))
    box = rotated_box(Polygon("a", "fish", (ring,)))
    assert box.center == pytest.approx((200, 150), abs=0.02)
    assert box.size == pytest.approx((120, 40), abs=0.02)
    assert box.rotation == pytest.approx(degrees, abs=0.02)


def test_it_holds_every_point_of_two_parts() -> None:
    rng = np.random.default_rng(3)
    rings = tuple(tuple(map(tuple, rng.uniform(low, low + 60, (3, 2)))) for low in (20, 120))
    box = rotated_box(Polygon("a", "fish", rings))
    around = as_shape([tuple(map(tuple, corners([box.center], [box.size], [box.rotation])[0]))]).buffer(0.1)
    assert all(around.covers(as_shape([ring])) for ring in rings)
    upright = as_shape([((20, 20), (180, 20), (180, 180), (20, 180))])
    assert around.area < upright.area
    assert float(iou([around], [around])[0, 0]) == 1.0
