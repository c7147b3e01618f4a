"""Keypoints: the named joints of one figure each, asked for in the skeleton's order."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Annotation, Item, Keypoint, Keypoints
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import inside, sound

__all__ = ["KeypointLabeller"]


class KeypointLabeller(Labeller):
    """Set joints on pictures."""

    _esm = STATIC / "keypoints.js"
    _css = STATIC / "keypoints.css"

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        figures = sound(
            annotations,
            Keypoints,
            noun="a set of keypoints",
            plural="sets of keypoints",
            classes=self._spec.class_names,
        )
        names = self._spec.skeleton.points if self._spec.skeleton else ()
        tidy = []
        for one in figures:
            if unknown := sorted(set(one.points) - set(names)):
                raise DataError(f"the skeleton has no point called {unknown[0]!r}")
            points = {name: _kept(one.points[name], item) for name in names if name in one.points}
            # A figure of which nothing is labelled says nothing. Only gold knows an area.
            if any(v for _, _, v in points.values()):
                tidy.append(msgspec.structs.replace(one, points=points, area=0.0))
        return tuple(tidy)


def _kept(point: Keypoint, item: Item) -> Keypoint:
    """COCO writes what is not labelled as 0, 0, 0."""
    x, y, v = point
    return (*inside((x, y), item), v) if v else (0.0, 0.0, 0)
