"""Rubrics: how labels of a task type are judged. Data from ``exercise.toml``; one struct a task type."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

__all__ = ["Bars", "BoxRubric", "Rubric"]


class Bars(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"passed": "pass"}):
    """The three bars of a score, each 0 to 1.

    Attributes:
        passed: Good enough to go on (``pass`` in the file).
        good: What most paid projects ask of a newcomer.
        production: What a client's own quality check asks.
    """

    passed: float = 0.70
    good: float = 0.80
    production: float = 0.90

    def __post_init__(self) -> None:
        """Refuse bars that no score can meet in this order."""
        if not all(0 <= bar <= 1 for bar in (self.passed, self.good, self.production)):
            raise ValueError("the bars of a rubric lie in 0 to 1")
        if not self.passed <= self.good <= self.production:
            raise ValueError("the bars of a rubric ascend: pass, good, production")

    def level(self, score: float) -> str:
        """The highest bar that ``score`` reaches: ``production``, ``good``, ``pass`` or ``below``."""
        for name, bar in (("production", self.production), ("good", self.good), ("pass", self.passed)):
            # Rounded as it is shown, so that nobody reads "0.90" beside "below 0.90".
            if round(score, 4) >= bar:
                return name
        return "below"


class BoxRubric(msgspec.Struct, frozen=True, tag_field="task", tag="boxes", forbid_unknown_fields=True):
    """How boxes are judged.

    Labels and gold are paired one to one, blind to the class, at ``match_iou`` (CVAT's quality control uses 0.4).
    A pair counts as found when the class is right and the overlap is at least ``count_iou``.
    The score is a weighted mean of F1 and tightness. Tightness grows linearly from 0 at a mean overlap of
    ``tight_from`` to 1 at ``tight_full``, and is multiplied by the share of the objects that were matched at all:
    tight boxes on half of the objects are half of the work.

    Attributes:
        match_iou: Overlap from which a label and a gold box are the same object.
        count_iou: Overlap from which the object counts as found.
        low_overlap: Below it a box is called loose (CVAT: 0.8).
        tight_from: Mean overlap that earns no tightness.
        tight_full: Mean overlap that earns full tightness: what a careful person reaches with a mouse.
        f1_weight: Share of F1 in the score; tightness has the rest.
        bars: Bars of the score.
        measure_bars: Bars of single measures by name (``f1``, ``mean_iou``, ``recall``, ``precision``).
        rules: Rule of the guideline that a kind of finding breaks, by kind.
    """

    match_iou: float = 0.4
    count_iou: float = 0.5
    low_overlap: float = 0.8
    tight_from: float = 0.5
    tight_full: float = 0.9
    f1_weight: float = 0.75
    bars: Bars = Bars()
    measure_bars: Mapping[str, float] = {}
    rules: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        """Refuse numbers that would make the score meaningless."""
        shares = (self.match_iou, self.count_iou, self.low_overlap, self.tight_from, self.tight_full, self.f1_weight)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("the thresholds and weights of a rubric lie in 0 to 1")
        if not self.tight_from < self.tight_full:
            raise ValueError("tight_from must be smaller than tight_full")
        if unknown := set(self.measure_bars) - {"f1", "mean_iou", "recall", "precision"}:
            raise ValueError(f"measure_bars has unknown measures: {', '.join(sorted(unknown))}")
        if not all(0 <= bar <= 1 for bar in self.measure_bars.values()):
            raise ValueError("the bars of measures lie in 0 to 1")


Rubric = BoxRubric
"""Any rubric; a union once there are several task types."""
