"""COCO's annotation JSON, as pycocotools reads it.

Source: https://cocodataset.org/#format-data (2014 to 2017). Boxes are ``[x, y, width, height]`` in pixels from the top
left, continuous; polygons are flat lists ``[x1, y1, x2, y2, ...]``, one list a visible part; masks are compressed run
lengths; keypoints are flat triples ``[x, y, v, ...]`` in the order of the category's names, 0 0 0 where not labelled.

Lost: ids that are no numbers, attributes other than ``crowd`` (``iscrowd``), the turn of rotated boxes, whether an item
is finished.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goldlabel.annotations import Annotation, Box, Item, Keypoints, Mask, Polygon
from goldlabel.metrics.masks import decode_rle

__all__ = ["to_coco"]


def to_coco(
    items: Sequence[Item],
    annotations: Mapping[str, Sequence[Annotation]],
    classes: Sequence[str],
    *,
    points: Sequence[str] = (),
    edges: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The labels of ``items`` as the content of a COCO file.

    Args:
        items: Pictures, those without a label included.
        annotations: By item id.
        classes: Class names; category ids count from 1 in this order.
        points: Names of the keypoints, for keypoint labels.
        edges: Lines of the skeleton.

    Raises:
        ValueError: A class is not in ``classes``, or a label has no form in COCO (a class of a whole picture).
    """
    categories: list[dict[str, Any]] = [{"id": n, "name": name} for n, name in enumerate(classes, start=1)]
    if points:
        skeleton = [[points.index(first) + 1, points.index(second) + 1] for first, second in edges]
        categories = [{**one, "keypoints": list(points), "skeleton": skeleton} for one in categories]
    images: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for number, item in enumerate(items, start=1):
        images.append(
            {"id": number, "file_name": item.media.split("/")[-1], "width": item.width, "height": item.height}
        )
        for one in annotations.get(item.id, ()):
            if one.label not in classes:
                raise ValueError(f"the class {one.label!r} is not in the list of classes")
            rows.append(
                {
                    "id": len(rows) + 1,
                    "image_id": number,
                    "category_id": classes.index(one.label) + 1,
                    "iscrowd": int(bool(one.attributes.get("crowd", False))),
                    **_shape(one, points),
                }
            )
    return {"images": images, "annotations": rows, "categories": categories}


def _shape(one: Annotation, points: Sequence[str]) -> dict[str, Any]:
    match one:
        case Box():
            x1, y1, x2, y2 = one.xyxy
            return {"bbox": [x1, y1, x2 - x1, y2 - y1], "area": one.width * one.height, "segmentation": []}
        case Polygon():
            from goldlabel.metrics.polygons import area, as_shape

            corners = [corner for ring in one.rings for corner in ring]
            return {
                "bbox": _around(corners),
                "area": float(area([as_shape(one.rings)])[0]),
                "segmentation": [[number for corner in ring for number in corner] for ring in one.rings],
            }
        case Mask():
            mask = decode_rle(one.counts, one.size)
            rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
            # Pixel column c covers c to c + 1.
            corners = [(float(columns[0]), float(rows[0])), (columns[-1] + 1.0, rows[-1] + 1.0)] if len(rows) else []
            return {
                "bbox": _around(corners),
                "area": int(mask.sum()),
                "segmentation": {"size": list(one.size), "counts": one.counts},
            }
        case Keypoints():
            triples = [one.points.get(name, (0.0, 0.0, 0)) for name in points]
            triples = [triple if triple[2] else (0.0, 0.0, 0) for triple in triples]
            corners = [(x, y) for x, y, v in triples if v]
            return {
                "bbox": _around(corners),
                "area": one.area,
                "keypoints": [number for triple in triples for number in triple],
                "num_keypoints": len(corners),
            }
        case _:
            raise ValueError(f"COCO has no form for a {type(one).__name__}")


def _around(corners: Sequence[tuple[float, float]]) -> list[float]:
    """``[x, y, width, height]`` of the smallest upright box round the points; zeros without any."""
    if not corners:
        return [0.0, 0.0, 0.0, 0.0]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]
