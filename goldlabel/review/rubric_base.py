"""What every rubric has: the bars of the score, bars of single measures, the rules that findings name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import msgspec

__all__ = ["Bars", "TaskRubric"]


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


class TaskRubric(msgspec.Struct, frozen=True, kw_only=True, tag_field="task", forbid_unknown_fields=True):
    """What every rubric has.

    Attributes:
        bars: Bars of the score.
        measure_bars: Bars of single measures by name; which names there are, :meth:`measures` says.
        rules: Rule of the guideline that a kind of finding breaks, by kind.
    """

    bars: Bars = Bars()
    measure_bars: Mapping[str, float] = {}
    rules: Mapping[str, str] = {}

    measures: ClassVar[tuple[str, ...]] = ()
    ceilings: ClassVar[frozenset[str]] = frozenset()
    """Measures of error among them: their bar is reached from above."""

    def __post_init__(self) -> None:
        """Refuse bars of measures that do not exist or cannot be met."""
        if unknown := set(self.measure_bars) - set(self.measures):
            raise ValueError(f"measure_bars has unknown measures: {', '.join(sorted(unknown))}")
        if not all(0 <= bar <= 1 for bar in self.measure_bars.values()):
            raise ValueError("the bars of measures lie in 0 to 1")
