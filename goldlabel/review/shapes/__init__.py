"""Geometry by label type: what the one review engine has to know of boxes, polygons, masks, keypoints, words ..."""

from __future__ import annotations

from typing import Any

from goldlabel.annotations import Gold
from goldlabel.review.rubric import (
    BoxRubric,
    KeypointRubric,
    MaskRubric,
    PolygonRubric,
    RegionRubric,
    RotatedBoxRubric,
    WordBoxRubric,
)
from goldlabel.review.shapes.base import Detail, Geometry, UnusableError

__all__ = ["Detail", "Geometry", "UnusableError", "geometry_for"]


def geometry_for(rubric: RegionRubric, gold: Gold) -> Geometry[Any, Any]:
    """The geometry that ``rubric`` asks for; ``gold`` names the points of keypoints."""
    # Each comes in only where it is used, with the libraries that it needs.
    match rubric:
        case BoxRubric():
            from goldlabel.review.shapes.boxes import BoxGeometry

            return BoxGeometry()
        case RotatedBoxRubric():
            from goldlabel.review.shapes.rotated import RotatedGeometry

            return RotatedGeometry()
        case PolygonRubric():
            from goldlabel.review.shapes.polygons import PolygonGeometry

            return PolygonGeometry()
        case MaskRubric():
            from goldlabel.review.shapes.masks import MaskGeometry

            return MaskGeometry()
        case KeypointRubric():
            from goldlabel.review.shapes.keypoints import KeypointGeometry

            return KeypointGeometry.of(rubric, gold)
        case WordBoxRubric():
            from goldlabel.review.shapes.word_boxes import WordBoxGeometry

            return WordBoxGeometry(ignore_case=rubric.ignore_case)
        case _:
            raise TypeError(f"no geometry is known for {type(rubric).__name__}")
