"""Agreement of two annotators on the same items: one is judged against the other, and what is the same both ways kept.

F1 does not care which of the two is taken as gold; nor do accuracy and Cohen's kappa. Where stretches or objects are
marked there is no kappa: it needs to know how often both left something unmarked, which nobody can count. As that
number grows, kappa approaches F1 (Hripcsak and Rothschild 2005, JAMIA 12:296).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from goldlabel.annotations import Gold, Item, ItemGold, LabelSet
from goldlabel.errors import GoldError, GoldlabelError, LabelsFileError
from goldlabel.review.findings import Confusion, Measure
from goldlabel.review.rubric import Rubric, SpanRubric, SummaryRubric

__all__ = ["Agreement", "agreement"]

_SAME_BOTH_WAYS = frozenset(
    {"accuracy", "macro_f1", "kappa", "f1", "boundary_f1", "type_f1", "partial_f1", "pairs_f1", "mean_overlap"}
)
_TITLES: Mapping[str, str] = {
    "accuracy": "Percent agreement: share of the same answers",
    "kappa": "Cohen's kappa: agreement beyond chance",
}
"""Titles of measures whose own ones speak of right and wrong."""


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How well two annotators agree.

    Attributes:
        annotators: Who they are.
        items: How many items both have labelled.
        annotations: How many annotations the first and the second one made there.
        measures: Figures that are the same whichever of the two comes first.
        confusion: Classes of the second annotator in rows, of the first one in columns, where the task has classes.
    """

    annotators: tuple[str, str]
    items: int
    annotations: tuple[int, int]
    measures: tuple[Measure, ...]
    confusion: Confusion | None = None


def agreement(
    first: LabelSet, second: LabelSet, rubric: Rubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Agreement:
    """Compare two label sets of one exercise.

    Args:
        first: Labels of one annotator.
        second: Labels of another one, or a second pass of the same one.
        rubric: How labels of the exercise are judged; a redaction is compared by its spans.
        items: What could be labelled; an item counts when both have labelled it.
        classes: Class names of the ontology, in its order.

    Raises:
        GoldlabelError: The task has no agreement, or the two have no labelled item in common.
        LabelsFileError: A label of the second annotator cannot be compared.
    """
    from goldlabel.review import review

    if isinstance(rubric, SummaryRubric):
        raise GoldlabelError("Two summaries may both be good and share no word", todo="Judge each against gold.")
    if isinstance(rubric, SpanRubric):
        rubric = SpanRubric()
    both = [item for item in items if first.of(item.id).labelled and second.of(item.id).labelled]
    if not both:
        raise GoldlabelError(
            "The two annotators have no labelled item in common", todo="Let both label the same turn of the exercise."
        )
    as_gold = Gold(
        dataset=second.exercise,
        pool="practice",
        version="",
        made="labels of an annotator",
        agreement="",
        items={item.id: ItemGold(second.of(item.id).annotations) for item in both},
    )
    try:
        judged = review(first, as_gold, rubric, items=both, classes=classes)
    except GoldError as error:
        what = error.what.replace("The gold", f"The label of {second.annotator}", 1)
        raise LabelsFileError(what, where=error.where, todo="Correct or delete that label.") from None
    return Agreement(
        annotators=(first.annotator, second.annotator),
        items=len(both),
        annotations=(_count(first, both), _count(second, both)),
        measures=tuple(
            msgspec.structs.replace(one, title=_TITLES.get(one.name, one.title), bar=None)
            for one in judged.measures
            if one.name in _SAME_BOTH_WAYS
        ),
        confusion=judged.confusion,
    )


def _count(labels: LabelSet, items: Sequence[Item]) -> int:
    return sum(len(labels.of(item.id).annotations) for item in items)
