"""Texts with their class: worked examples with the rule that decides, and sets of labels in which some are wrong."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from goldlabel.annotations import Choice, Item, only
from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec, find_exercise
from goldlabel.learning.examples import gold_of, practice_item
from goldlabel.learning.figures import Picture
from goldlabel.review.choice_overlay import chip, item_html
from goldlabel.review.wording import counted, plain

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["spot_the_labels", "worked_texts", "write_lines"]


def worked_texts(exercise_id: str, item_ids: Sequence[str]) -> Picture:
    """Practice texts, each with its right class, the rule that decides and the reason.

    Raises:
        ExerciseError: There is no such exercise or practice text, or a text has no class in gold.
    """
    cards, said = [], []
    for item_id in item_ids:
        spec, item = practice_item(exercise_id, item_id)
        true = _true(spec, item)
        also = "".join(chip(name, spec.colors, "counts as right, too") for name in true.accepted)
        cards.append(_card(item, chip(true.label, spec.colors, _difficulty(item)) + also + _why(spec, true)))
        said.append(f"{item_id}: {plain(true.label)}")
    return Picture("".join(cards), "; ".join(said))


def spot_the_labels(exercise_id: str, given: Mapping[str, str]) -> VBox:
    """Texts with the classes that somebody gave them, and a button that tells which are wrong.

    Args:
        exercise_id: A practice exercise with one class an item.
        given: Class by item id, right or wrong.

    Raises:
        ExerciseError: There is no such exercise or practice text, or it has no such class.
    """
    from ipywidgets import HTML, Button, Layout, VBox

    rows: list[tuple[ExerciseSpec, Item, Choice, str]] = []
    for item_id, label in given.items():
        spec, item = practice_item(exercise_id, item_id)
        if label not in spec.class_names:
            raise ExerciseError(
                f"There is no class {label!r}", where=exercise_id, todo=f"Choose one of {', '.join(spec.class_names)}."
            )
        rows.append((spec, item, _true(spec, item), label))
    wrong = sum(not _right(true, label) for _, _, true, label in rows)
    view = HTML("".join(_card(item, chip(label, spec.colors, "somebody's label")) for spec, item, _, label in rows))
    button = Button(
        description=f"Show the {counted(wrong, 'bad label')}", layout=Layout(width="220px"), button_style="primary"
    )

    def reveal(_button: Button) -> None:
        view.value = "".join(_card(item, _judged(spec, true, label)) for spec, item, true, label in rows)
        button.disabled = True

    button.on_click(reveal)
    return VBox([view, button])


def write_lines(exercise_id: str, path: str | os.PathLike[str], *, count: int) -> str:
    """Write practice texts into a file for another tool: one text a line, in UTF-8, without gold.

    A file that is there already is kept, since it may be somebody's work.

    Args:
        exercise_id: A practice exercise on texts.
        path: Of the file, by custom ``.txt``.
        count: How many texts, mixed, and always the same ones.

    Returns:
        A sentence that says what was done.

    Raises:
        ExerciseError: There is no such exercise, it is an exam, or it has fewer texts.
        OSError: The file cannot be written.
    """
    spec = find_exercise(exercise_id)
    pool = spec.pool()
    if spec.exam or not 1 <= count <= len(pool):
        raise ExerciseError(
            f"{exercise_id} has no {count} practice texts", where="write_lines", todo=f"Ask for 1 to {len(pool)}."
        )
    target = Path(path)
    if target.exists():
        return f"{target.name} is there already and was left as it is."
    rest = sorted(pool, key=lambda item: item.sha256)
    # A text of several lines would become several texts.
    target.write_text("".join(f"{' '.join(item.text.split())}\n" for item in rest[:count]), encoding="utf-8")
    return f"{target.name}: {counted(count, 'text')}, one a line. It lies beside this notebook."


def _true(spec: ExerciseSpec, item: Item) -> Choice:
    for true in only(gold_of(spec).of(item.id).annotations, Choice):
        return true
    raise ExerciseError(f"{item.id} has no class in gold", where=spec.dataset, todo="Get the course again.")


def _right(true: Choice, label: str) -> bool:
    return label in (true.label, *true.accepted)


def _judged(spec: ExerciseSpec, true: Choice, label: str) -> str:
    if _right(true, label):
        return chip(label, spec.colors, "✔ right") + _why(spec, true)
    return chip(label, spec.colors, "✖ wrong") + chip(true.label, spec.colors, "★ the right answer") + _why(spec, true)


def _difficulty(item: Item) -> str:
    return f"{item.difficulty} to tell" if item.difficulty else ""


def _why(spec: ExerciseSpec, true: Choice) -> str:
    rule = spec.rules.get(str(true.attributes.get("rule", "")))
    named = f" <i>Rule {escape(rule.id)}: {escape(rule.title)}.</i>" if rule else ""
    return f'<p style="margin:2px 0 0">{escape(str(true.attributes.get("why", "")))}{named}</p>'


def _card(item: Item, verdict: str) -> str:
    return (
        '<div style="display:flex;flex-wrap:wrap;gap:8px 22px;align-items:flex-start;margin:12px 0 18px">'
        f'{item_html(item)}<div style="flex:1;min-width:240px;max-width:52ch">{verdict}'
        f"<small>{escape(item.id)}</small></div></div>"
    )
