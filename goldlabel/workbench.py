"""What a learner works with: one exercise with its labels, its widget, its review.

>>> exercise = Exercise.open("w2-boxes")      # doctest: +SKIP
>>> exercise.label()                          # the labelling widget
>>> exercise.check()                          # practice: your boxes over the gold, and what to mend
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldlabel.annotations import Gold, Item, LabelSet
from goldlabel.data import data_uri, practice_gold
from goldlabel.draws import with_draw
from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec, find_exercise
from goldlabel.feedback import Feedback, Guideline, Status
from goldlabel.review import Review, review
from goldlabel.store import LabelStore

if TYPE_CHECKING:
    from goldlabel.widgets.base import Labeller

__all__ = ["Exercise"]

LABELS_FOLDER = "labels"


class Exercise:
    """One exercise on a learner's desk.

    Attributes:
        spec: The description.
        items: The items of this turn, in labelling order.
        store: The labels on disk.
    """

    def __init__(self, spec: ExerciseSpec, items: Sequence[Item], store: LabelStore) -> None:
        self.spec = spec
        self.items = tuple(items)
        self.store = store

    @classmethod
    def open(cls, exercise_id: str, *, turn: int = 1, folder: str | os.PathLike[str] | None = None) -> Exercise:
        """Open an exercise; labels made before are there again.

        Args:
            exercise_id: For instance ``w2-boxes``.
            turn: 1, 2, 3 ...: each turn of a practice exercise has other items.
            folder: Where the ``labels`` folder lies; the notebook's own folder unless told.

        Raises:
            ExerciseError: There is no such exercise.
            StoreError: The folder cannot be written.
        """
        place = Path(folder) if folder is not None else Path.cwd()
        spec = with_draw(find_exercise(exercise_id), place)
        store = LabelStore(place / LABELS_FOLDER / f"{spec.id}.json", spec.id)
        for note in store.notes:
            print(note)
        return cls(spec, spec.items(turn=turn), store)

    @property
    def labels(self) -> LabelSet:
        """The labels as they are on disk now."""
        return self.store.refresh()

    def label(self) -> Labeller:
        """The labelling widget; put it at the end of a cell to see it."""
        from goldlabel.widgets.registry import make_labeller

        check = self._check_fragment if self.spec.instant and not self.spec.exam else None
        return make_labeller(self.spec, self.items, self.store, check=check)

    def guideline(self) -> Guideline:
        """The guideline, to read."""
        return Guideline(self.spec.title, self.spec.guideline)

    def status(self) -> Status:
        """What is done and what is missing."""
        return Status(self.spec, self.items, self.labels)

    def review(self) -> Review:
        """Judge the practice items that you have labelled.

        Raises:
            ExerciseError: This is an exam; its gold is not here.
        """
        gold, labels = self.gold(), self.labels
        return self._judged(self._begun(labels), labels, gold)

    def check(self, item: str | None = None) -> Feedback:
        """Your labels over the gold, with every finding and the rule that it broke.

        Args:
            item: One item id; all that you have labelled unless told.

        Raises:
            ExerciseError: This is an exam, or the item is not part of this turn.
        """
        # Read once: what is shown is what was judged, also when another tab saves meanwhile.
        gold, labels = self.gold(), self.labels
        judged = self._judged(self._begun(labels) if item is None else [self._item(item)], labels, gold)
        # Worst first: that is where there is most to learn.
        shown = sorted(
            (one for one in self.items if one.id in judged.items), key=lambda one: judged.items[one.id].score
        )
        return Feedback(
            spec=self.spec,
            review=judged,
            items=tuple(shown),
            labels=labels,
            gold=gold,
            # Answers that are right are folded without their pictures, so that feedback on many stays light.
            pictures={
                one.id: data_uri(self.spec.dataset, one)
                for one in shown
                if one.media and (item is not None or self.spec.task != "choice" or judged.items[one.id].findings)
            },
            waiting=len(self.items) - len(shown) if item is None else 0,
            pace={one.id: labels.of(one.id).seconds for one in shown if labels.of(one.id).seconds > 0},
        )

    def gold(self) -> Gold:
        """The practice gold.

        Raises:
            ExerciseError: This is an exam; its gold is not for learners' eyes.
        """
        if self.spec.exam:
            raise ExerciseError(
                "This exercise is graded: its gold stays hidden until your work is judged",
                where=self.spec.id,
                todo="Use .status() to see what is missing, then hand in the notebook's folder.",
            )
        return practice_gold(self.spec.dataset, self.spec.gold or "practice")

    def backup(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Copy the labels into a ``.zip`` and return its path.

        Args:
            path: Where; unless told ``labels/<exercise>-backup.zip``, or a name with a number when that exists.
        """
        return self.store.backup(path or self._free_name())

    def restore(self, path: str | os.PathLike[str]) -> Status:
        """Bring labels back from a backup; what is there now is set aside, not lost."""
        self.store.restore(path)
        return self.status()

    def __repr__(self) -> str:
        return f"<Exercise {self.spec.id}: {len(self.items)} items, labels in {self.store.path.name}>"

    # --- inside --------------------------------------------------------------------------------------

    def _free_name(self) -> Path:
        first = self.store.path.with_name(f"{self.spec.id}-backup.zip")
        others = (first.with_stem(f"{first.stem}-{number}") for number in itertools.count(2))
        return next(path for path in itertools.chain([first], others) if not path.exists())

    def _item(self, item_id: str) -> Item:
        for item in self.items:
            if item.id == item_id:
                return item
        raise ExerciseError(
            f"The item {item_id!r} is not part of this exercise",
            where=self.spec.id,
            todo=f"Use one of: {', '.join(item.id for item in self.items)}.",
        )

    def _begun(self, labels: LabelSet) -> list[Item]:
        return [item for item in self.items if labels.of(item.id).labelled]

    def _judged(self, items: Sequence[Item], labels: LabelSet, gold: Gold) -> Review:
        return review(labels, gold, self.spec.rubric, items=items, classes=self.spec.class_names)

    def _check_fragment(self, item_id: str) -> str:
        """What the widget's check button shows."""
        return self.check(item_id).item_html(item_id)
