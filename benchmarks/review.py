"""How quick a review of boxes is, beside pycocotools' COCOeval and faster-coco-eval in the same run.

    python benchmarks/review.py                  # 100 pictures with 50 boxes each
    python benchmarks/review.py --pictures 10 --boxes 200

Each is timed in turn, several rounds over, and the best round counts; memory is what Python and NumPy allocate at
most while it runs. Ratios depend less on the machine than seconds do. The work is alike, not the same: a review
matches at one IoU and writes findings in sentences and intervals; COCOeval computes AP, here once restricted to one
IoU and one size and once as it is. All start from data in memory. For the fourth line: pip install faster-coco-eval
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

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldlabel.annotations import Box, Gold, Item, ItemGold, ItemLabels, LabelSet
from goldlabel.review import BoxRubric, Review, review

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
    print(f"\nOurs wrote {len(judged.findings)} findings; score {judged.score:.3f}.")


if __name__ == "__main__":
    main()
