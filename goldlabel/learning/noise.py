"""What wrong labels do to a program that learns from them, measured on real handwriting.

The pictures are the 1,797 handwritten digits that scikit-learn ships (8 x 8 pixels; Alpaydin and Kaynak, UCI Machine
Learning Repository, 1998). Half of them teach a small classifier, the other half test it. Only the labels of the first
half are spoiled, so the test says what a client would notice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from goldlabel.learning.figures import BLUE, VERMILION, Picture, pixels_uri, plot_html, sheet, table_html

if TYPE_CHECKING:
    import numpy as np
    from ipywidgets import VBox
    from matplotlib.axes import Axes
    from numpy.typing import NDArray
    from sklearn.linear_model import LogisticRegression

    Numbers = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = [
    "TWINS",
    "Result",
    "Split",
    "accuracy_by_share",
    "clean_equivalent",
    "clean_equivalents",
    "digit_uri",
    "noise_explorer",
    "noise_plot",
    "sample",
    "split",
    "spoil",
    "trained",
]

TWINS: Mapping[int, int] = {0: 6, 6: 0, 1: 7, 7: 1, 2: 5, 5: 2, 3: 8, 8: 3, 4: 9, 9: 4}
"""For each digit the one that it is taken for when an annotator is confused."""

KINDS: Mapping[str, str] = {
    "random": "slips: any other digit",
    "twins": "confusion: always the look-alike",
    "threes": "confusion: only 3s, called 8",
}
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
SEEDS = range(8)


class Split(NamedTuple):
    """Digits to learn from and digits to be tested on.

    Attributes:
        train: Shape ``(N, 64)``, 0 (paper) to 1 (ink).
        train_labels: Shape ``(N,)``, right.
        test: Shape ``(M, 64)``.
        test_labels: Shape ``(M,)``, right.
    """

    train: Floats
    train_labels: Numbers
    test: Floats
    test_labels: Numbers


class Result(msgspec.Struct, frozen=True):
    """How well a classifier does on the test half.

    Attributes:
        accuracy: Share of all test digits that it names right, 0 to 1.
        by_digit: The same for each digit, from 0 to 9.
        wrong: How many training labels were wrong.
        labels: How many training labels there were.
    """

    accuracy: float
    by_digit: tuple[float, ...]
    wrong: int
    labels: int


@lru_cache(maxsize=16)
def split(seed: int) -> Split:
    """The digits, cut in halves by ``seed``; each half has its share of every digit."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    pixels, labels = load_digits(return_X_y=True)
    train, test, train_labels, test_labels = train_test_split(
        pixels / 16, labels, test_size=0.5, random_state=seed, stratify=labels
    )
    return Split(train, train_labels, test, test_labels)


def spoil(labels: Numbers, share: float, kind: str, seed: int) -> Numbers:
    """``labels`` with a share of them wrong; the argument is not changed.

    Args:
        labels: Shape ``(N,)``, digits.
        share: 0 to 1, of all labels; for ``threes`` of the threes.
        kind: A key of ``KINDS``.
        seed: Which ones.

    Raises:
        ValueError: The share or the kind is not one of these.
    """
    import numpy as np

    if not 0 <= share <= 1 or kind not in KINDS:
        raise ValueError(f"share must lie in 0 to 1 and kind be one of {', '.join(KINDS)}; got {share} and {kind!r}")
    rng = np.random.default_rng(seed)
    spoiled = labels.copy()
    among = np.flatnonzero(labels == 3) if kind == "threes" else np.arange(len(labels))
    chosen = rng.choice(among, round(share * len(among)), replace=False)
    if kind == "random":
        spoiled[chosen] = (labels[chosen] + rng.integers(1, 10, len(chosen))) % 10
    else:
        spoiled[chosen] = [TWINS[int(digit)] for digit in labels[chosen]]
    return spoiled


def new_classifier() -> LogisticRegression:
    """An untrained classifier: logistic regression, the simplest that reads digits well."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=0.1, max_iter=200)


def calm() -> AbstractContextManager[object]:
    """While it lasts, arithmetic stays on one processor: so small a task is slower on several, and others work too."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


@lru_cache(maxsize=1024)
def trained(share: float, kind: str, seed: int) -> Result:
    """Train on labels with a share of them wrong, test on clean ones."""
    digits = split(seed)
    labels = spoil(digits.train_labels, share, kind, seed)
    with calm():
        right = new_classifier().fit(digits.train, labels).predict(digits.test) == digits.test_labels
    return Result(
        float(right.mean()),
        tuple(float(right[digits.test_labels == digit].mean()) for digit in range(10)),
        int((labels != digits.train_labels).sum()),
        len(labels),
    )


def accuracy_by_share(kind: str, shares: Sequence[float] = SHARES, seeds: Sequence[int] = SEEDS) -> Floats:
    """Test accuracy, shape ``(len(shares), len(seeds))``."""
    import numpy as np

    return np.array([[trained(share, kind, seed).accuracy for seed in seeds] for share in shares])


def noise_plot(shares: Sequence[float] = SHARES, seeds: Sequence[int] = SEEDS) -> Picture:
    """Test accuracy against the share of wrong labels: slips against confusion, with the spread of the runs."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4), layout="constrained")
    axes: Axes = figure.subplots()
    percent = [100 * share for share in shares]
    said = []
    for kind, color, style in (("random", BLUE, "-"), ("twins", VERMILION, "--")):
        runs = 100 * accuracy_by_share(kind, shares, seeds)
        axes.fill_between(percent, runs.min(axis=1), runs.max(axis=1), color=color, alpha=0.18, linewidth=0)
        axes.plot(percent, runs.mean(axis=1), style, color=color, linewidth=2.2, marker="o", label=KINDS[kind])
        said.append(f"{KINDS[kind]} {runs.mean(axis=1)[0]:.0f} to {runs.mean(axis=1)[-1]:.0f} %")
    axes.set(
        xlabel="wrong labels, in % of all labels that it learned from",
        ylabel="digits it reads right, in %",
        ylim=(0, 100),
    )
    axes.legend(frameon=False, loc="lower left", title=f"band: lowest to highest of {len(seeds)} runs")
    axes.spines[["top", "right"]].set_visible(False)
    text = f"accuracy with 0 to {percent[-1]:.0f} % wrong labels: {'; '.join(said)}"
    return Picture(plot_html(figure, text), text)


def clean_equivalent(accuracy: float, seeds: Sequence[int] = SEEDS) -> int:
    """How many clean labels teach as much as reaches ``accuracy``, to the next ten.

    Returns:
        The smallest multiple of ten whose mean accuracy is at least ``accuracy``; the size of the training half when
        none is.
    """
    sizes = range(20, len(split(seeds[0]).train_labels), 10)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        if _with_clean(sizes[middle], tuple(seeds)) >= accuracy:
            high = middle
        else:
            low = middle + 1
    return sizes[low] if low < len(sizes) else len(split(seeds[0]).train_labels)


@lru_cache(maxsize=256)
def _with_clean(size: int, seeds: tuple[int, ...]) -> float:
    """Mean test accuracy after learning from ``size`` clean labels, all digits among them."""
    scores = []
    for seed in seeds:
        digits = split(seed)
        with calm():
            learned = new_classifier().fit(digits.train[:size], digits.train_labels[:size])
            scores.append(float(learned.score(digits.test, digits.test_labels)))
    return sum(scores) / len(scores)


def clean_equivalents(shares: Sequence[float] = (0.2, 0.3, 0.4), kind: str = "twins") -> Picture:
    """A table: so many labels, so many of them wrong, are worth so many clean ones."""
    count = len(split(0).train_labels)
    rows = []
    for share in shares:
        accuracy = float(accuracy_by_share(kind, (share,)).mean())
        rows.append(
            (
                f"{count}, of which {round(share * count)} are wrong",
                f"{100 * accuracy:.0f} %",
                f"about {clean_equivalent(accuracy)}",
            )
        )
    heads = ("Labels that you paid for", "It reads right", "So many clean labels do the same")
    return Picture(table_html(heads, rows), "; ".join(f"{row[0]}: worth {row[2]} clean ones" for row in rows))


def noise_explorer() -> VBox:
    """A slider spoils labels and a classifier learns from them: how well it reads each digit, live."""
    from ipywidgets import HTML, Dropdown, IntSlider, Layout, VBox

    wide = Layout(width="500px", max_width="100%")
    style = {"description_width": "140px"}
    share = IntSlider(value=30, min=0, max=60, step=5, description="wrong labels, %", layout=wide, style=style)
    kind = Dropdown(
        options=[(text, name) for name, text in KINDS.items()],
        description="how they go wrong",
        layout=wide,
        style=style,
    )
    view = HTML()

    def draw(_change: object = None) -> None:
        view.value = _bars_html(trained(share.value / 100, kind.value, 0))

    share.observe(draw, names="value")
    kind.observe(draw, names="value")
    draw()
    return VBox([share, kind, view])


def _bars_html(result: Result) -> str:
    """Ten bars, one a digit, and the figures in words."""
    bars = []
    for digit, right in enumerate(result.by_digit):
        x, height = 14 + 46 * digit, 130 * right
        color = BLUE if right >= 0.8 else VERMILION
        bars.append(
            f'<rect x="{x}" y="{150 - height:.1f}" width="34" height="{height:.1f}" rx="3" fill="{color}"/>'
            f'<text x="{x + 17}" y="{145 - height:.1f}" font-size="12" text-anchor="middle" fill="currentColor">'
            f"{100 * right:.0f}</text>"
            f'<text x="{x + 17}" y="168" font-size="15" text-anchor="middle" fill="currentColor">{digit}</text>'
        )
    said = f"It reads {100 * result.accuracy:.0f} % of all digits right"
    return (
        f'<div style="font-size:17px;margin:8px 0 2px"><b>{said}.</b> '
        f"It learned from {result.labels} labels; {result.wrong} of them were wrong.</div>"
        f'<svg viewBox="0 0 480 176" width="480" style="max-width:100%;height:auto" role="img" aria-label="{said}">'
        f'<line x1="8" y1="150" x2="474" y2="150" stroke="currentColor"/>{"".join(bars)}</svg>'
        "<div>Read right in %, for each digit. Orange: under 80 %.</div>"
    )


def digit_uri(ink: Floats, *, size: int = 64) -> str:
    """One digit as a picture, black on white, with a margin.

    Args:
        ink: Shape ``(64,)``, 0 (paper) to 1 (ink).
        size: Width and height of the picture in pixels.
    """
    import numpy as np

    return pixels_uri(np.pad(1 - ink.reshape(8, 8), 1, constant_values=1.0), size=size)


def sample(count: int = 20, seed: int = 0) -> Picture:
    """Some of the digits with their labels."""
    digits = split(seed)
    shown = range(min(count, len(digits.train)))
    pictures = [digit_uri(digits.train[k]) for k in shown]
    names = [str(digits.train_labels[k]) for k in shown]
    return Picture(
        sheet(pictures, names, [f"Handwritten {name}" for name in names], size=64), f"{len(names)} handwritten digits"
    )
