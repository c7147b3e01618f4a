"""What a label type tells the review engine about its geometry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Item
from goldlabel.review.wording import Corners

__all__ = ["Detail", "Floats", "Geometry", "UnusableError"]

Floats = NDArray[np.float64]
Label = TypeVar("Label")
Shape = TypeVar("Shape")


class UnusableError(ValueError):
    """A label that cannot be judged; the message is the rest of the sentence "The box b1 ..."."""


class Detail(msgspec.Struct, frozen=True):
    """A fault within a matched pair that is more than a loose fit.

    Attributes:
        kind: A key of :data:`goldlabel.review.findings.KINDS`.
        message: One sentence.
        value: What was measured, or None.
        costs: Whether it lowers the overlap; otherwise it is a warning only.
    """

    kind: str
    message: str
    value: float | None = None
    costs: bool = True


class Geometry(ABC, Generic[Label, Shape]):
    """One label type. A *shape* is a label made ready for comparison, once an item."""

    kind: ClassVar[type[Any]]
    """The annotation's struct."""

    task: ClassVar[str]
    """Task type, for :mod:`goldlabel.review.wording`."""

    measure: ClassVar[str] = "IoU"
    """Name of the overlap."""

    detailed: ClassVar[bool] = False
    """Whether the type knows more faults than a loose fit (:meth:`details`, :meth:`visibility`)."""

    @abstractmethod
    def shape(self, label: Label, item: Item, *, gold: bool, complain: Callable[[str], None]) -> Shape:
        """``label`` made ready.

        Args:
            label: An annotation of :attr:`kind`.
            item: The picture; a learner's label is cut at its edges.
            gold: Whether it is gold.
            complain: Is told of a part that was left out, as the rest of the sentence "The skeleton k1 ...".

        Raises:
            UnusableError: It cannot be judged.
        """

    @abstractmethod
    def overlap(self, labels: Sequence[Shape], gold: Sequence[Shape]) -> Floats:
        """Overlap of every pair, ``(N, M)``, 0 to 1."""

    def likeness(self, labels: Sequence[Shape], gold: Sequence[Shape], overlaps: Floats) -> Floats:  # noqa: ARG002
        """How surely each label was meant for each gold, ``(N, M)``: its overlap, unless a type knows better."""
        return overlaps

    @abstractmethod
    def intersection(self, labels: Sequence[Shape], gold: Sequence[Shape]) -> Floats:
        """Shared area of every pair, ``(N, M)``, square pixels."""

    @abstractmethod
    def area(self, shapes: Sequence[Shape]) -> Floats:
        """Areas, ``(N,)``, square pixels."""

    @abstractmethod
    def bounds(self, shape: Shape) -> Corners:
        """The box around a shape."""

    @abstractmethod
    def loose(self, mine: Shape, true: Shape) -> str:
        """What is wrong with the fit, as a clause: "the left side leaves 14 px of air"."""

    def details(self, mine: Shape, true: Shape, name: str) -> Sequence[Detail]:  # noqa: ARG002
        """Further faults of a matched pair; asked only of a type that is ``detailed``.

        Args:
            mine: The learner's.
            true: The gold.
            name: What to call the object: "the person on the left".
        """
        return ()

    def visibility(self, mine: Shape, true: Shape) -> tuple[int, int]:  # noqa: ARG002
        """How many visibility flags are right, and how many were compared."""
        return 0, 0
