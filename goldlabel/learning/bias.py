"""Bias, measured on the course's own data: who is missing from the training data is missed by the program.

Two experiments. Apples: a program that decides "apple or not" by the five most similar pieces of fruit that it has
seen learns from the kitchen pictures, once with all apples and once without the green ones. Digits: the classifier of
:mod:`goldlabel.learning.noise` learns from ever fewer 8s.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from goldlabel.annotations import Box, only
from goldlabel.data import load_items, media_path, practice_gold
from goldlabel.learning.figures import BLUE, VERMILION, Picture, pixels_uri, plot_html, sheet, table_html
from goldlabel.learning.noise import SEEDS, calm, new_classifier, split
from goldlabel.metrics.intervals import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Fruit", "Outcome", "apple_sheet", "apples_table", "digits_plot", "fruit", "tried", "with_few"]

_GREEN_FROM = 0.135
"""Hue, 0 to 1, from which an apple counts as green; red apples lie below 0.10 and
green ones above 0.17 in these pictures."""


class Fruit(NamedTuple):
    """The fruit of the kitchen's practice pictures.

    Attributes:
        features: Shape ``(N, 25)``: how often each of 18 hues occurs in the middle of the box, the shape of the box,
            and mean and spread of hue, saturation and brightness.
        apple: Whether it is an apple, shape ``(N,)``.
        green: Whether its middle is green, shape ``(N,)``.
        picture: Number of the picture it is on, shape ``(N,)``.
        crops: The middles, shape ``(N, 16, 16, 3)``, 0 to 255.
    """

    features: Floats
    apple: NDArray[np.bool_]
    green: NDArray[np.bool_]
    picture: NDArray[np.int64]
    crops: NDArray[np.uint8]


class Outcome(msgspec.Struct, frozen=True):
    """How often "apple or not" was decided right.

    Attributes:
        right: Decisions that are right, of all fruit.
        all: All fruit.
        red_found, red: Red apples called apples, and red apples.
        green_found, green: Green apples called apples, and green apples.
    """

    right: int
    all: int
    red_found: int
    red: int
    green_found: int
    green: int


@lru_cache(maxsize=1)
def fruit() -> Fruit:
    """Cut every piece of fruit out of the practice pictures and measure its colours."""
    import numpy as np
    from matplotlib.colors import rgb_to_hsv
    from PIL import Image

    gold = practice_gold("fruit-kitchen")
    features, apple, green, numbers, crops = [], [], [], [], []
    for number, item in enumerate(load_items("fruit-kitchen")):
        if item.pool != "practice":
            continue
        with Image.open(media_path("fruit-kitchen", item)) as opened:
            picture = opened.convert("RGB")
        for box in only(gold.of(item.id).scored, Box):
            x1, y1, x2, y2 = box.xyxy
            # The middle half of the box: little of it is table.
            dx, dy = (x2 - x1) / 4, (y2 - y1) / 4
            crop = picture.crop((int(x1 + dx), int(y1 + dy), int(x2 - dx) + 1, int(y2 - dy) + 1)).resize((16, 16))
            pixels = np.asarray(crop)
            hsv = rgb_to_hsv(pixels / 255).reshape(-1, 3)
            hues = np.histogram(hsv[:, 0], bins=18, range=(0, 1))[0] / len(hsv)
            shape = np.log(box.width / box.height)
            features.append(np.concatenate([hues, [shape], hsv.mean(axis=0), hsv.std(axis=0)]))
            apple.append(box.label == "apple")
            # Red lies at both ends of the circle of hues: turn it a little before the median is taken.
            green.append(np.median((hsv[:, 0] + 0.1) % 1) - 0.1 > _GREEN_FROM)
            numbers.append(number)
            crops.append(pixels)
    return Fruit(np.array(features), np.array(apple), np.array(green), np.array(numbers), np.array(crops))


@lru_cache(maxsize=4)
def tried(*, without_green: bool) -> Outcome:
    """Decide "apple or not" on every picture after learning from all the other pictures.

    Args:
        without_green: Leave the green apples out of what it learns from; they are asked all the same.
    """
    import numpy as np
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    data = fruit()
    said = np.zeros(len(data.apple), dtype=bool)
    learnable = ~(data.apple & data.green) if without_green else np.ones(len(data.apple), dtype=bool)
    with calm():
        for number in np.unique(data.picture):
            here = data.picture == number
            model = make_pipeline(StandardScaler(), KNeighborsClassifier(5))
            model.fit(data.features[learnable & ~here], data.apple[learnable & ~here])
            said[here] = model.predict(data.features[here])
    red, green = data.apple & ~data.green, data.apple & data.green
    return Outcome(
        int((said == data.apple).sum()),
        len(said),
        int(said[red].sum()),
        int(red.sum()),
        int(said[green].sum()),
        int(green.sum()),
    )


def apples_table() -> Picture:
    """What a program finds that learned with green apples, and without."""
    rows = []
    for name, outcome in (
        ("all apples", tried(without_green=False)),
        ("no green apples", tried(without_green=True)),
    ):
        rows.append(
            (
                name,
                f"{100 * outcome.right / outcome.all:.0f} % of {outcome.all}",
                f"{outcome.red_found} of {outcome.red} ({wilson(outcome.red_found, outcome.red)})",
                f"{outcome.green_found} of {outcome.green} ({wilson(outcome.green_found, outcome.green)})",
            )
        )
    heads = ("It learned from", "All decisions right", "Red apples found", "Green apples found")
    note = "<small>In brackets: 95 % interval. Few apples, wide interval.</small>"
    return Picture(table_html(heads, rows) + note, "; ".join(f"{r[0]}: right {r[1]}, green {r[3]}" for r in rows))


def apple_sheet(most: int = 10) -> Picture:
    """Some of the apples, the green ones last."""
    import numpy as np

    data = fruit()
    red, green = (np.flatnonzero(data.apple & mask)[: most // 2] for mask in (~data.green, data.green))
    shown = [*red, *green]
    captions = ["green" if data.green[k] else "red" for k in shown]
    pictures = [pixels_uri(data.crops[k], size=64) for k in shown]
    return Picture(sheet(pictures, captions, [f"Middle of a {name} apple" for name in captions], size=64), "apples")


def with_few(kept: int, digit: int = 8, seeds: Sequence[int] = SEEDS) -> tuple[float, float]:
    """Train with only ``kept`` examples of ``digit``.

    Returns:
        Share of that digit, and of all digits, that is read right; means over the seeds.
    """
    import numpy as np

    one, everything = [], []
    for seed in seeds:
        digits = split(seed)
        drop = np.flatnonzero(digits.train_labels == digit)[kept:]
        train, labels = np.delete(digits.train, drop, axis=0), np.delete(digits.train_labels, drop)
        with calm():
            right = new_classifier().fit(train, labels).predict(digits.test) == digits.test_labels
        one.append(right[digits.test_labels == digit].mean())
        everything.append(right.mean())
    return float(np.mean(one)), float(np.mean(everything))


def digits_plot(counts: Sequence[int] = (0, 2, 5, 10, 20, 40, 80), digit: int = 8) -> Picture:
    """How well a rare digit is read, beside the average that hides it."""
    from matplotlib.figure import Figure

    measured = [with_few(count, digit) for count in counts]
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.subplots()
    axes.plot(counts, [100 * both for _one, both in measured], "-o", color=BLUE, linewidth=2.2, label="all digits")
    axes.plot(
        counts, [100 * one for one, _both in measured], "--o", color=VERMILION, linewidth=2.2, label=f"the {digit}s"
    )
    axes.set(xlabel=f"{digit}s that it learned from (of each other digit: about 90)", ylabel="read right, in %")
    axes.set_ylim(0, 102)
    axes.legend(frameon=False, loc="lower right")
    axes.spines[["top", "right"]].set_visible(False)
    text = "; ".join(
        f"{count} {digit}s: {100 * one:.0f} % of them, {100 * both:.0f} % of all digits"
        for count, (one, both) in zip(counts, measured, strict=True)
    )
    return Picture(plot_html(figure, text), text)
