"""Finding bad labels among handwritten digits: by eye, and by asking a classifier which labels it doubts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goldlabel.learning.figures import Picture, sheet
from goldlabel.learning.noise import calm, digit_uri, new_classifier, split, spoil

if TYPE_CHECKING:
    import numpy as np
    from ipywidgets import VBox
    from numpy.typing import NDArray

__all__ = ["Planted", "doubtful", "doubts", "plant", "spot_the_labels"]

_LOOK_ALIKE = {0: 6, 1: 7, 2: 3, 3: 5, 4: 9, 5: 3, 6: 0, 7: 1, 8: 3, 9: 4}


class Planted(NamedTuple):
    """A few digits with labels, some of them wrong on purpose.

    Attributes:
        pixels: Shape ``(N, 64)``, 0 (paper) to 1 (ink).
        given: What each is said to be.
        right: What each is.
    """

    pixels: NDArray[np.float64]
    given: tuple[int, ...]
    right: tuple[int, ...]

    @property
    def wrong(self) -> frozenset[int]:
        """Positions of the wrong labels, from 0."""
        return frozenset(
            k for k, (given, right) in enumerate(zip(self.given, self.right, strict=True)) if given != right
        )


def plant(count: int = 20, faults: int = 4, seed: int = 1) -> Planted:
    """``count`` digits of which ``faults`` have a look-alike's label.

    Raises:
        ValueError: More faults than digits.
    """
    import numpy as np

    if not 0 <= faults <= count:
        raise ValueError(f"{faults} faults do not fit into {count} digits")
    rng = np.random.default_rng(seed)
    digits = split(0)
    chosen = rng.choice(len(digits.train), count, replace=False)
    right = [int(digit) for digit in digits.train_labels[chosen]]
    given = list(right)
    for k in rng.choice(count, faults, replace=False):
        given[k] = _LOOK_ALIKE[right[k]]
    return Planted(digits.train[chosen], tuple(given), tuple(right))


def spot_the_labels(count: int = 20, faults: int = 4, seed: int = 1) -> VBox:
    """Digits with labels to click: mark the wrong ones, then see which they were."""
    from ipywidgets import HTML, Box, Button, Layout, ToggleButton, VBox

    planted = plant(count, faults, seed)
    marks, cards = [], []
    for k, given in enumerate(planted.given):
        address = digit_uri(planted.pixels[k], size=72)
        picture = HTML(
            f'<img src="{address}" alt="Handwritten digit number {k + 1}" width="72" style="border-radius:4px">'
        )
        mark = ToggleButton(
            description=f"a {given}", tooltip="Press it if this label is wrong", layout=Layout(width="76px")
        )
        marks.append(mark)
        cards.append(VBox([picture, mark], layout=Layout(align_items="center", margin="0 6px 8px 0")))
    told = HTML("Press the button under every digit whose label is wrong.")
    check = Button(description="Check", button_style="primary")

    def judge(_button: Button) -> None:
        told.value = _verdict(planted, frozenset(k for k, mark in enumerate(marks) if mark.value))
        for k, mark in enumerate(marks):
            if k in planted.wrong:
                mark.description = f"is a {planted.right[k]}"
                mark.button_style = "success" if mark.value else "danger"
            else:
                mark.button_style = "warning" if mark.value else ""

    check.on_click(judge)
    return VBox([Box(cards, layout=Layout(flex_flow="row wrap", max_width="880px")), check, told])


def _verdict(planted: Planted, marked: frozenset[int]) -> str:
    """What to say to the marks."""
    found, wrong = len(marked & planted.wrong), len(planted.wrong)
    alarms = len(marked - planted.wrong)
    said = f"You found {found} of the {wrong} wrong labels"
    said += f", and marked {alarms} that {'is' if alarms == 1 else 'are'} right." if alarms else "."
    if found == wrong and not alarms:
        said += " Perfect: that is what a reviewer does all day."
    elif found < wrong:
        said += " Red ones escaped you."
    return f"<b>{said}</b>"


def doubts(share: float = 0.05, seed: int = 0) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Digits in the order in which a classifier doubts their labels.

    Each digit is judged by a classifier that learned from the others (five-fold cross-validation), wrong labels
    included: nobody tells it which ones they are. The idea is that of confident learning (Northcutt, Jiang and Chuang,
    2021), in its simplest form.

    Returns:
        Positions in the training half, most doubtful first; whether each label, in that order, is wrong; the labels.
    """
    import numpy as np
    from sklearn.model_selection import cross_val_predict

    digits = split(seed)
    labels = spoil(digits.train_labels, share, "random", seed)
    with calm():
        chances = cross_val_predict(new_classifier(), digits.train, labels, cv=5, method="predict_proba")
    order = np.argsort(chances[np.arange(len(labels)), labels])
    return order, (labels != digits.train_labels)[order], labels[order]


def doubtful(most: int = 10, share: float = 0.05, seed: int = 0) -> Picture:
    """The labels that a classifier doubts most, and how many of them are wrong indeed."""
    digits = split(seed)
    order, wrong, given = doubts(share, seed)
    captions, alts = [], []
    for k in range(most):
        truth = int(digits.train_labels[order[k]])
        captions.append(f"“{given[k]}”<br>{f'✖ is a {truth}' if wrong[k] else '✔ right'}")
        alts.append(f"Handwritten {truth}, labelled {given[k]}")
    pictures = [digit_uri(digits.train[order[k]]) for k in range(most)]
    tenth = max(1, len(order) // 10)
    all_wrong, first, early = (int(wrong[:end].sum()) for end in (len(order), most, tenth))
    said = (
        f"{all_wrong} of {len(order)} labels are wrong. Of the {most} that the program doubts most, {first} are; "
        f"a second look at the most doubtful tenth would find {early} of the {all_wrong}."
    )
    return Picture(sheet(pictures, captions, alts, size=64) + f"<p>{said}</p>", said)
