"""Keypoints: similarity by hand and equal to pycocotools, and agreement about what is visible."""

from __future__ import annotations

import contextlib
import io
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from goldlabel.metrics import keypoints as m

SIGMAS = tuple(m.COCO_SIGMAS.values())


def points(*rows: tuple[float, float, int]) -> np.ndarray:
    return np.array([rows], dtype=float)


def test_similarity_of_a_drawing() -> None:
    # area 10,000 (scale 100), sigma 0.1: the point falls off as exp(-d^2 / (2 x 10,000 x 0.04)) = exp(-d^2 / 800)
    # first point exact, second 20 px off: exp(-0.5) = 0.607; third not labelled in gold and not looked at
    gold = points((50, 50, 2), (80, 50, 1), (0, 0, 0))
    mine = points((50, 50, 2), (100, 50, 2), (77, 77, 2))
    assert m.oks(mine, gold, [10_000], [0.1] * 3)[0, 0] == pytest.approx((1 + math.exp(-0.5)) / 2)


def test_a_point_left_out_counts_nothing() -> None:
    gold = points((50, 50, 2), (80, 50, 2))
    assert m.oks(points((50, 50, 2), (80, 50, 0)), gold, [100], [0.1] * 2)[0, 0] == 0.5


def test_gold_without_points_is_like_nothing() -> None:
    assert m.oks(points((5, 5, 2)), points((5, 5, 0)), [100], [0.1]).tolist() == [[0.0]]


@pytest.mark.parametrize(("first", "second"), [(0, 0), (0, 2), (2, 0)])
def test_no_objects(first: int, second: int) -> None:
    shape = m.oks(np.zeros((first, 3, 3)), np.zeros((second, 3, 3)), np.ones(second), [0.1] * 3).shape
    assert shape == (first, second)


def test_equal_to_pycocotools() -> None:
    random = np.random.default_rng(11)
    gold = np.dstack([random.uniform(0, 300, (6, 17, 2)), random.integers(0, 3, (6, 17))])
    mine = np.dstack([gold[..., :2] + random.normal(0, 8, (6, 17, 2)), np.full((6, 17), 2)])
    areas = random.uniform(500, 40_000, 6)
    true, found = COCO(), COCO()
    true.dataset = {
        "info": {},
        "images": [{"id": 1}],
        "categories": [{"id": 1, "name": "person"}],
        "annotations": [
            {
                "id": n + 1,
                "image_id": 1,
                "category_id": 1,
                "iscrowd": 0,
                "area": areas[n],
                "bbox": [0, 0, 300, 300],
                "num_keypoints": int((gold[n, :, 2] > 0).sum()),
                "keypoints": gold[n].ravel().tolist(),
            }
            for n in range(6)
        ],
    }
    with contextlib.redirect_stdout(io.StringIO()):
        true.createIndex()
        found = true.loadRes(
            [
                {"image_id": 1, "category_id": 1, "score": 1 - n / 10, "keypoints": mine[n].ravel().tolist()}
                for n in range(6)
            ]
        )
        judged = COCOeval(true, found, "keypoints")
        judged.evaluate()
    theirs = judged.computeOks(1, 1)
    assert (theirs > 0.25).sum() >= 6  # the comparison is about something
    np.testing.assert_allclose(m.oks(mine, gold, areas, SIGMAS), theirs, rtol=0, atol=1e-12)
    assert judged.params.kpt_oks_sigmas.tolist() == pytest.approx(list(SIGMAS), abs=1e-12)


coordinates = arrays.arrays(np.float64, (3, 4, 2), elements=st.floats(-1000, 1000))
flags = arrays.arrays(np.int64, (3, 4), elements=st.integers(0, 2))


@settings(deadline=None)
@given(coordinates, flags, coordinates, flags, st.floats(1, 1e5))
def test_bounds_and_a_figure_is_like_itself(
    a: np.ndarray, seen_a: np.ndarray, b: np.ndarray, seen_b: np.ndarray, area: float
) -> None:
    first, gold = np.dstack([a, seen_a]), np.dstack([b, seen_b])
    found = m.oks(first, gold, [area] * 3, [0.08] * 4)
    assert ((found >= 0) & (found <= 1)).all()
    same = np.diag(m.oks(gold, gold, [area] * 3, [0.08] * 4))
    assert np.array_equal(same, (seen_b > 0).any(axis=1))
    order = [2, 0, 3, 1]
    np.testing.assert_allclose(m.oks(first[:, order], gold[:, order], [area] * 3, [0.08] * 4), found, atol=1e-12)


def test_visibility() -> None:
    gold = points((0, 0, 2), (0, 0, 1), (0, 0, 2), (0, 0, 0), (0, 0, 1))
    mine = points((0, 0, 2), (0, 0, 2), (0, 0, 0), (0, 0, 2), (0, 0, 1))
    agree, compared = m.visibility_agreement(mine, gold)
    assert agree.tolist() == [[True, False, False, False, True]]
    assert compared.tolist() == [[True, True, False, False, True]]


@pytest.mark.parametrize("wrong", [np.zeros((2, 3)), np.zeros((1, 5, 3)), np.full((1, 4, 3), np.nan)])
def test_other_shapes_are_refused(wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"shape \(N, 4, 3\)|finite"):
        m.as_points(wrong, 4)
