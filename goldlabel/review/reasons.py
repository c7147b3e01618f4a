"""What all reviews say alike: the reason that gold gives, the rule that was broken, why a label cannot be judged."""

from __future__ import annotations

from goldlabel.annotations import Annotation, Item
from goldlabel.review.findings import Finding
from goldlabel.review.rubric import Rubric
from goldlabel.review.wording import WORDS

__all__ = ["reason", "refused", "rule_of"]


def reason(true: Annotation) -> str:
    """Gold's ``why`` behind a colon, or just the full stop."""
    why = str(true.attributes.get("why", "")).strip()
    return f": {why.rstrip('.')}." if why else "."


def rule_of(true: Annotation, rubric: Rubric, kind: str, fallback: str = "") -> str:
    """The rule that gold names comes first, then ``fallback`` (of the class or confusion), then that of the kind."""
    return str(true.attributes.get("rule") or fallback or rubric.rules.get(kind, ""))


def refused(task: str, item: Item, name: str, problem: str, *, left_out: str = "it") -> Finding:
    """A label, or a part of one, that cannot be judged: a format fault, no labelling error.

    Args:
        task: Task type, which says what the label is called.
        item: Where.
        name: Id of the label.
        problem: What is wrong, after "The span b1 ...".
        left_out: What of it is not judged.
    """
    message = f"The {WORDS[task].one} {name} {problem}; {left_out} was left out."
    return Finding("invalid", "format", item.id, message, label=name)
