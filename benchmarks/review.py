"""How quick a review is, beside pycocotools' COCOeval and faster-coco-eval in the same run.

    python benchmarks/review.py                  # 100 pictures with 50 boxes each, then polygons, masks, keypoints
    python benchmarks/review.py --pictures 10 --boxes 200

Each is timed in turn, several rounds over, and the best round counts; memory is what Python and NumPy allocate at
most while it runs. Ratios depend less on the machine than seconds do. The work is alike, not the same: a review
matches at one IoU and writes findings in sentences and intervals; COCOeval computes AP, here once restricted to one
IoU and one size and once as it is. All start from data in memory. Polygons, masks and keypoints are reviewed on the
same pictures, a tenth as many objects each.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldlabel.annotations import (
    Annotation,
    Box,
    Gold,
    Item,
    ItemGold,
    ItemLabels,
    Keypoints,
    LabelSet,
    Mask,
    Polygon,
)
from goldlabel.metrics.keypoints import COCO_SIGMAS
from goldlabel.metrics.masks import encode_rle
from goldlabel.metrics.polygons import to_mask
from goldlabel.review import BoxRubric, KeypointRubric, MaskRubric, PolygonRubric, Review, review

CLASSES = ("apple", "banana", "lemon", "orange", "pear")
SIDE = 2000
ROUNDS = 7


def make(pictures: int, boxes: int) -> tuple[LabelSet, Gold, list[Item]]:
    """Gold on random places, and a learner who is a little loose, confuses, misses and adds some."""
    random = np.random.default_rng(1)
    items = [Item(f"p{n}", "x.jpg", SIDE, SIDE, "practice", "rendered", "CC0-1.0", "", "easy") for n in range(pictures)]
    labels, gold = {}, {}
    for item in items:
        low = random.uniform(0, SIDE - 220, (boxes, 2))
        true = np.hstack([low, low + random.uniform(40, 200, (boxes, 2))])
        moved = true + random.normal(0, 4, true.shape)
        names = random.integers(0, len(CLASSES), boxes)
        said = np.where(random.uniform(size=boxes) < 0.05, (names + 1) % len(CLASSES), names)
        astray = random.uniform(size=boxes) < 0.05
        moved[astray] = true[astray] + 150
        gold[item.id] = ItemGold(tuple(Box(f"g{k}", CLASSES[names[k]], tuple(true[k].tolist())) for k in range(boxes)))
        labels[item.id] = ItemLabels(
            tuple(Box(f"b{k}", CLASSES[said[k]], tuple(moved[k].clip(0, SIDE).tolist())) for k in range(boxes)),
            done=True,
        )
    made = Gold(dataset="d", pool="practice", version="1", made="random", agreement="exact", items=gold)
    return LabelSet(exercise="e", items=labels), made, items


def ours(labels: LabelSet, gold: Gold, items: list[Item]) -> Callable[[], Review]:
    """A review, ready to run."""
    rubric = BoxRubric()
    return lambda: review(labels, gold, rubric, items=items, classes=CLASSES)


def as_coco(labels: LabelSet, gold: Gold, items: list[Item]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The same data as COCO's two structures; every label has the score 1."""
    number = {item.id: n for n, item in enumerate(items, start=1)}
    category = {name: n for n, name in enumerate(CLASSES, start=1)}

    def rows(boxes: tuple[Box, ...], item: str) -> list[dict[str, Any]]:
        return [
            {
                "image_id": number[item],
                "category_id": category[box.label],
                "bbox": [box.xyxy[0], box.xyxy[1], box.width, box.height],
                "area": box.width * box.height,
                "iscrowd": 0,
            }
            for box in boxes
        ]

    true = [row for item, one in gold.items.items() for row in rows(one.annotations, item)]
    said = [row for item, one in labels.items.items() for row in rows(one.annotations, item)]
    return {
        "info": {},
        "images": [{"id": n, "width": SIDE, "height": SIDE} for n in number.values()],
        "categories": [{"id": n, "name": name} for name, n in category.items()],
        "annotations": [row | {"id": n} for n, row in enumerate(true, start=1)],
    }, [row | {"score": 1.0} for row in said]


def coco_run(
    index: Callable[..., Any],
    evaluation: Callable[..., Any],
    labels: LabelSet,
    gold: Gold,
    items: list[Item],
    *,
    restricted: bool,
) -> Callable[[], object]:
    """An evaluation, ready to run; ``restricted`` to one IoU and one size."""
    truth, said = as_coco(labels, gold, items)

    def run() -> object:
        with contextlib.redirect_stdout(io.StringIO()):
            true = index()
            true.dataset = truth
            true.createIndex()
            judged = evaluation(true, true.loadRes([row.copy() for row in said]), "bbox")
            if restricted:
                judged.params.iouThrs = np.array([0.5])
                judged.params.areaRng, judged.params.areaRngLbl = [[0, 1e10]], ["all"]
                judged.params.maxDets = [max(100, len(said))]
            judged.evaluate()
            judged.accumulate()
        return judged

    return run


SHARE = 10
"""A tenth of the boxes of a picture are reviewed as other shapes: nobody draws fifty outlines on one picture."""


def as_shapes(labels: LabelSet, gold: Gold, make: Callable[[Box, int], Annotation]) -> tuple[LabelSet, Gold]:
    """Every tenth box as a shape of another type, on both sides."""

    def made(boxes: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
        return tuple(make(box, k) for k, box in enumerate(boxes) if k % SHARE == 0 and isinstance(box, Box))

    said = {name: ItemLabels(made(one.annotations), done=True) for name, one in labels.items.items()}
    true = {name: ItemGold(made(one.annotations)) for name, one in gold.items.items()}
    return LabelSet(exercise="e", items=said), msgspec.structs.replace(gold, items=true)


def outline(box: Box, points: int = 60) -> tuple[tuple[float, float], ...]:
    """An ellipse in a box, slightly frayed: sixty points as a hand would set them."""
    x, y = (box.xyxy[0] + box.xyxy[2]) / 2, (box.xyxy[1] + box.xyxy[3]) / 2
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    radius = 1 + 0.05 * np.sin(7 * turn)
    ring = np.stack([x + box.width / 2 * radius * np.cos(turn), y + box.height / 2 * radius * np.sin(turn)], axis=1)
    return tuple((a, b) for a, b in ring.tolist())


def as_polygon(box: Box, _number: int) -> Polygon:
    """The outline in a box."""
    return Polygon(box.id, box.label, (outline(box),))


def as_mask(box: Box, _number: int) -> Mask:
    """The pixels of the outline in a box."""
    return Mask(box.id, box.label, (SIDE, SIDE), encode_rle(to_mask([outline(box)], (SIDE, SIDE))))


def as_figure(box: Box, _number: int) -> Keypoints:
    """COCO's 17 joints spread over a box."""
    spread = np.random.default_rng(3).uniform(0.05, 0.95, (len(COCO_SIGMAS), 2))
    places = np.array(box.xyxy[:2]) + spread * (box.width, box.height)
    points = {name: (x, y, 2) for name, (x, y) in zip(COCO_SIGMAS, places.tolist(), strict=True)}
    return Keypoints(box.id, box.label, points, area=box.width * box.height / 2)


def other_shapes(data: tuple[LabelSet, Gold, list[Item]]) -> dict[str, Callable[[], object]]:
    """Reviews of the other types, ready to run."""
    labels, gold, items = data
    runs: dict[str, Callable[[], object]] = {}
    for name, make, rubric in (
        ("polygons", as_polygon, PolygonRubric()),
        ("masks", as_mask, MaskRubric()),
        ("keypoints", as_figure, KeypointRubric()),
    ):
        said, true = as_shapes(labels, gold, make)
        runs[f"review of {name}"] = lambda said=said, true=true, rubric=rubric: review(
            said, true, rubric, items=items, classes=CLASSES
        )
    return runs


def programs(data: tuple[LabelSet, Gold, list[Item]]) -> dict[str, Callable[[], object]]:
    """What is timed, by name: whatever is installed."""
    from pycocotools import coco, cocoeval

    runs: dict[str, Callable[[], object]] = {
        "goldlabel review": ours(*data),
        "COCOeval, one IoU": coco_run(coco.COCO, cocoeval.COCOeval, *data, restricted=True),
        "COCOeval as it is": coco_run(coco.COCO, cocoeval.COCOeval, *data, restricted=False),
    }
    with contextlib.suppress(ImportError):
        import faster_coco_eval as faster

        runs["faster, one IoU"] = coco_run(faster.COCO, faster.COCOeval_faster, *data, restricted=True)
    return runs


def best_of(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Best seconds of each, in turn round after round, so that a slow spell hits all alike."""
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(ROUNDS):
        for name, run in runs.items():
            gc.collect()
            started = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - started)
    return best


def peak(run: Callable[[], object]) -> float:
    """Megabytes that Python and NumPy hold at most, beyond what they held before."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pictures", type=int, default=100)
    parser.add_argument("--boxes", type=int, default=50)
    options = parser.parse_args()
    data = make(options.pictures, options.boxes)
    runs = programs(data)
    seconds = best_of(runs)
    first = next(iter(runs))
    print(f"{options.pictures} pictures with {options.boxes} boxes each, best of {ROUNDS} rounds\n")
    print(f"{'':<20} {'ms':>8} {'times ours':>11} {'MB':>8}")
    for name, run in runs.items():
        print(f"{name:<20} {1000 * seconds[name]:>8.0f} {seconds[name] / seconds[first]:>11.2f} {peak(run):>8.1f}")
    judged = ours(*data)()
    others = other_shapes(data)
    print(f"\nOther shapes, {options.boxes // SHARE} a picture of {SIDE} x {SIDE} pixels\n")
    for name, spent in best_of(others).items():
        print(f"{name:<20} {1000 * spent:>8.0f} {'':>11} {peak(others[name]):>8.1f}")
    print(f"\nOf the boxes, ours wrote {len(judged.findings)} findings; score {judged.score:.3f}.")


if __name__ == "__main__":
    main()
