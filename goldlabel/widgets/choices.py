"""One class an item: a picture or a text, large, with a button and a key for each class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import traitlets

from goldlabel.annotations import Annotation, Choice, Item, only
from goldlabel.errors import DataError
from goldlabel.widgets.base import Labeller
from goldlabel.widgets.fallback import answers_html

__all__ = ["ChoiceLabeller"]

_STATIC = Path(__file__).parent / "static"


class ChoiceLabeller(Labeller):
    """Choose one class an item.

    >>> ChoiceLabeller(spec, spec.items(), store)      # doctest: +SKIP
    """

    _esm = _STATIC / "choices.js"
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_css")
    def _default_css(self) -> str:
        return (_STATIC / "choices.css").read_text(encoding="utf-8")

    def _still(self) -> str:
        return answers_html(self._spec.title, tuple(self._items.values()), self._store.labels, self._spec.colors)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        known = self._spec.class_names
        answers = only(annotations, Choice)
        if len(answers) < len(annotations):
            raise DataError("an annotation is no choice", where=item.id)
        for one in answers:
            if one.label not in known:
                raise DataError(f"the class {one.label!r} is not one of {', '.join(known)}")
        if len({one.id for one in answers}) < len(answers):
            raise DataError("one question has two answers")
        # What else counts as right is gold's to say.
        return tuple(msgspec.structs.replace(one, accepted=()) for one in answers)
