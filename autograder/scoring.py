"""The trusted score of one labels file: bytes in, a verdict out.

A pure function without files, clocks or network, so the same code grades in nbgrader's process, on a learner's
own machine, or on many machines at once. Whatever a learner's file holds becomes a verdict; an exception means
a fault on our side, and then nobody is given a score.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from goldlabel.annotations import Gold, Item, LabelSet, decode_labels
from goldlabel.errors import LabelsFileError
from goldlabel.exercises import ExerciseSpec
from goldlabel.review import Review, review
from goldlabel.review.wording import counted, noun, thing

__all__ = ["MOST_LABEL_BYTES", "Scored", "points", "score_labels", "unread"]

MOST_LABEL_BYTES = 4_000_000
"""A larger labels file is not read: an exam of eight pictures takes about 50 kB."""

_LONGEST_PROBLEM = 300
"""Characters of a problem's sentence: part of it may be a learner's own text."""


_UNUSABLE = {
    "boxes": "unknown class, no area, or off the picture",
    "rotated_boxes": "unknown class, no area, or off the picture",
    "polygons": "unknown class, a ring that crosses itself or has fewer than three points, or off the picture",
    "masks": "unknown class, nothing painted, damaged, or of another picture's size",
    "keypoints": "unknown class, an unknown point, or a point off the picture",
    "word_boxes": "unknown class, no area, corners in an impossible order, or off the picture",
    "spans": "unknown class, empty, past the end of the text, or marked a second time",
    "relations": "unknown class, an end that is no name of the text, or joined a second time",
    "summary": "unknown class, or a second summary of one text",
    "choice": "unknown class, or an answer to no question",
}
"""What may be wrong with a label that was left out, by task type."""


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one labels file.

    Attributes:
        exercise: Id of the exercise.
        fraction: Share of the points, 0 to 1, always finite.
        review: What was found, or None when the file could not be judged.
        problem: Why it could not be judged, one sentence or two; empty when it was.
        notes: What the learner should know besides, for instance about pictures without labels.
    """

    exercise: str
    fraction: float
    review: Review | None = None
    problem: str = ""
    notes: tuple[str, ...] = ()


def score_labels(data: bytes, *, spec: ExerciseSpec, items: Sequence[Item], gold: Gold) -> Scored:
    """Judge the content of a labels file.

    Args:
        data: The bytes of the file, exactly as handed in.
        spec: The exercise.
        items: The items that count, in order.
        gold: Must hold every one of ``items``.

    Returns:
        The verdict. A file that cannot be read as labels of this exercise has fraction 0 and says why.

    Raises:
        GoldError: An item has no gold.
    """
    try:
        labels = decode_labels(data, where=f"labels/{spec.id}.json", exercise=spec.id)
    except LabelsFileError as error:
        return unread(spec.id, error)
    judged = review(labels, gold, spec.rubric, items=items, classes=spec.class_names)
    return Scored(
        exercise=spec.id,
        fraction=_bounded(judged.score),
        review=judged,
        notes=_notes(labels, judged, items),
    )


def unread(exercise: str, error: LabelsFileError) -> Scored:
    """The verdict on a file that could not be read: no points, and the reason."""
    # A lone surrogate, legal in JSON, could not be written into any page later on.
    sentence = str(error).encode("utf-8", "replace").decode()
    if len(sentence) > _LONGEST_PROBLEM:
        sentence = f"{sentence[:_LONGEST_PROBLEM]} ..."
    return Scored(exercise=exercise, fraction=0.0, problem=sentence)


def points(fraction: float, most: float) -> float:
    """Points out of ``most``, to two decimals, never below 0 and never above ``most``.

    nbgrader gives full marks to whatever it cannot read as a number from 0 to the maximum, so this bound is not
    cosmetic.

    Raises:
        ValueError: ``most`` is not a finite number from 0: a fault in the master notebook.
    """
    if not math.isfinite(most) or most < 0:
        raise ValueError(f"a grade cell cannot be worth {most} points")
    return min(round(_bounded(fraction) * most, 2), float(most))


def _bounded(fraction: float) -> float:
    return min(1.0, max(0.0, float(fraction))) if math.isfinite(fraction) else 0.0


def _notes(labels: LabelSet, judged: Review, items: Sequence[Item]) -> tuple[str, ...]:
    notes = []
    what = thing(items)
    of_all = f"of {counted(len(items), what)}"
    empty = sum(not one.labelled for one in judged.items.values())
    if empty:
        has, them = ("has", "it") if empty == 1 else ("have", "them")
        if judged.task == "choice":
            notes.append(f"{empty} {of_all} {has} no answer, which counts as a wrong one.")
        else:
            on = "in" if what == "text" else "on"
            notes.append(f"{empty} {of_all} {has} no label; everything {on} {them} counts as missed.")
    unfinished = sum(bool(labels.of(one.id).annotations) and not labels.of(one.id).done for one in items)
    if unfinished:
        was, they = ("was", "It was") if unfinished == 1 else ("were", "They were")
        notes.append(f"{unfinished} {of_all} {was} not marked as done. {they} judged all the same.")
    invalid = sum(finding.kind == "invalid" for finding in judged.findings)
    if invalid:
        names = counted(invalid, noun(judged.task), noun(judged.task, 2))
        notes.append(f"{names} could not be used ({_UNUSABLE[judged.task]}); left out.")
    foreign = len(set(labels.items) - {item.id for item in items})
    if foreign:
        notes.append(f"Labels of {counted(foreign, what)} that this exam does not have were not looked at.")
    return tuple(notes)
