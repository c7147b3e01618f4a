"""What an exercise is: items, ontology, guideline and rubric, described by data.

An exercise is a folder ``datasets/<set>/exercises/<id>/`` with ``exercise.toml`` (and usually ``guideline.md``).
Widgets, review, grading and the portfolio all read this one description, so a new exercise is data, not code.
An exam says ``extends = "<practice id>"`` and names only what differs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from goldlabel.annotations import Item
from goldlabel.data import datasets_folder, draw, load_items
from goldlabel.errors import ExerciseError
from goldlabel.review.rubric import ChoiceRubric, RegionRubric, Rubric

__all__ = [
    "Draw",
    "ExerciseSpec",
    "OntologyAttribute",
    "OntologyClass",
    "Rule",
    "Skeleton",
    "find_exercise",
    "known_exercises",
]

FILE_NAME = "exercise.toml"


class OntologyClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One class of the ontology.

    Attributes:
        name: As it stands in label files.
        color: ``#rrggbb``; every class has its own, told apart by colour-blind people too.
        hint: What it looks like, one short sentence.
        heads: Classes of the given annotations that a relation of this class may start from; any when empty.
        tails: Classes that it may lead to; any when empty.
    """

    name: str
    color: str
    hint: str = ""
    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()


class OntologyAttribute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A flag that the learner sets on an annotation, for instance ``truncated``.

    Attributes:
        name: As it stands in label files.
        hint: When it is set, one short sentence.
        key: The key that turns it on and off in the widget; empty for none.
    """

    name: str
    hint: str = ""
    key: str = ""


class Skeleton(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The points of a keypoint exercise.

    Attributes:
        points: Names, in the order in which they are asked for.
        edges: Pairs of names that are joined by a line.
    """

    points: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    edges: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse lines between points that do not exist."""
        if len(set(self.points)) < len(self.points):
            raise ValueError("the skeleton has two points of one name")
        if unknown := {name for edge in self.edges for name in edge} - set(self.points):
            raise ValueError(f"the skeleton joins points that it does not have: {', '.join(sorted(unknown))}")


class Draw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which items one learner gets: ``count`` of ``pool``, by ``seed`` (see :func:`goldlabel.data.draw`).

    Attributes:
        group: Only items of this group; all of them when empty.
        shuffle: Seed of another order of the same items, for a second pass; their first order when empty.
    """

    pool: Literal["practice", "exam"]
    count: Annotated[int, msgspec.Meta(ge=1)]
    seed: int | str = 0
    group: str = ""
    shuffle: str = ""


class Rule(msgspec.Struct, frozen=True):
    """One numbered rule of a guideline.

    Attributes:
        id: ``R1``, ``R2`` ...
        title: The rule in a few words.
        text: What stands under it, Markdown.
    """

    id: str
    title: str
    text: str


class ExerciseSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The description of one exercise, as in its ``exercise.toml``.

    Attributes:
        id: Folder name and name of the labels file.
        title: For people.
        task: Task type; the rubric has the same tag.
        week: 1 to 8.
        mode: ``practice`` (everything is shown) or ``exam`` (score, bar and coarse hints only).
        dataset: Folder under ``datasets/``.
        classes: The ontology, in the order of the digit keys.
        draw: Which items.
        rubric: How labels are judged.
        guideline: Markdown with numbered rules.
        folder: Where the description lies.
        question: What is asked of each item, for tasks that ask one.
        attributes: Flags that the learner sets on annotations.
        skeleton: Points of a keypoint exercise.
        given: Classes of the annotations that the items come with.
        gold: Name of the practice gold under the data set's ``gold/`` and of the exam gold, without ``.json``; a
            second guideline for the same items has gold of its own. Empty: ``practice`` or ``exam``.
        instant: Whether a practice item can be checked while labelling; not where looking would spoil the exercise.
    """

    id: str
    title: str
    task: str
    week: Annotated[int, msgspec.Meta(ge=1, le=8)]
    mode: Literal["practice", "exam"]
    dataset: str
    classes: Annotated[tuple[OntologyClass, ...], msgspec.Meta(min_length=1)]
    draw: Draw
    rubric: Rubric
    guideline: str
    folder: str
    question: str = ""
    attributes: tuple[OntologyAttribute, ...] = ()
    skeleton: Skeleton | None = None
    given: tuple[OntologyClass, ...] = ()
    gold: str = ""
    instant: bool = True

    def __post_init__(self) -> None:
        """Refuse an ontology that cannot be told apart."""
        if len(set(self.class_names)) < len(self.classes):
            raise ValueError("the ontology has two classes of one name")
        if isinstance(self.rubric, RegionRubric) and (
            unknown := set(self.rubric.judged_attributes) - {one.name for one in self.attributes}
        ):
            raise ValueError(f"the rubric judges attributes that are not asked for: {', '.join(sorted(unknown))}")
        if isinstance(self.rubric, ChoiceRubric) and self.rubric.target not in ("", *self.class_names):
            raise ValueError(f"the rubric's target is no class of the ontology: {self.rubric.target}")
        known = {one.name for one in self.given}
        if unknown := {name for one in self.classes for name in (*one.heads, *one.tails)} - known:
            raise ValueError(f"relations join classes that no given annotation has: {', '.join(sorted(unknown))}")
        if self.task == "keypoints" and self.skeleton is None:
            raise ValueError("a keypoint exercise needs a skeleton")

    @property
    def exam(self) -> bool:
        """Whether gold stays hidden."""
        return self.mode == "exam"

    @property
    def class_names(self) -> tuple[str, ...]:
        """Names of the classes, in order."""
        return tuple(one.name for one in self.classes)

    @property
    def colors(self) -> Mapping[str, str]:
        """``#rrggbb`` by class name."""
        return {one.name: one.color for one in self.classes}

    @property
    def all_colors(self) -> Mapping[str, str]:
        """``#rrggbb`` by class name, with those of the annotations that the items come with."""
        return {one.name: one.color for one in (*self.given, *self.classes)}

    @property
    def rule_titles(self) -> Mapping[str, str]:
        """Titles of the guideline's rules by id."""
        return {rule.id: rule.title for rule in parse_rules(self.guideline)}

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The numbered rules of the guideline by id."""
        return {rule.id: rule for rule in parse_rules(self.guideline)}

    def pool(self) -> tuple[Item, ...]:
        """Every item that a turn may draw, in file order.

        Raises:
            DataError: The data set is missing or damaged.
        """
        wanted = self.draw
        return tuple(
            item for item in load_items(self.dataset) if item.pool == wanted.pool and wanted.group in ("", item.group)
        )

    def items(self, *, turn: int = 1) -> tuple[Item, ...]:
        """The items of one turn, in labelling order; an exam has one turn only.

        Raises:
            ExerciseError: An exam was asked for another turn, or there is no such turn.
            DataError: The data set is missing or damaged.
        """
        if self.exam and turn != 1:
            raise ExerciseError(
                "An exam has one set of items", where=self.id, todo="Practise with the practice exercise."
            )
        if turn < 1:
            raise ExerciseError("The first turn is 1", where=self.id, todo="Use turn=1, turn=2 and so on.")
        drawn = draw(self.pool(), count=self.draw.count, seed=self.draw.seed, turn=turn)
        if not drawn:
            raise ExerciseError(
                f"The pool {self.draw.pool!r} of {self.dataset} has no items",
                where=self.id,
                todo="Get the course again.",
            )
        if self.draw.shuffle:
            drawn = draw(drawn, count=len(drawn), seed=self.draw.shuffle)
        return drawn


_RULE = re.compile(r"^##\s+(R\d+)\.\s+(.+?)\s*$", re.MULTILINE)


def parse_rules(guideline: str) -> tuple[Rule, ...]:
    """The numbered rules of a guideline: headings of the form ``## R1. Box what you can see``."""
    found = list(_RULE.finditer(guideline))
    ends = [*(match.start() for match in found[1:]), len(guideline)][: len(found)]
    return tuple(
        Rule(match[1], match[2], guideline[match.end() : end].strip()) for match, end in zip(found, ends, strict=True)
    )


def known_exercises() -> dict[str, Path]:
    """Folders of all exercises by id, sorted by id.

    Raises:
        ExerciseError: Two data sets hold an exercise of the same name.
    """
    folders: dict[str, Path] = {}
    for path in sorted(datasets_folder().glob(f"*/exercises/*/{FILE_NAME}"), key=lambda path: path.parent.name):
        name = path.parent.name
        if name in folders:
            raise ExerciseError(f"Two exercises are called {name!r}", where=f"{folders[name]} and {path.parent}")
        folders[name] = path.parent
    return folders


def find_exercise(exercise_id: str) -> ExerciseSpec:
    """The exercise with this id.

    Raises:
        ExerciseError: There is none, or its description is wrong.
    """
    folders = known_exercises()
    if exercise_id not in folders:
        raise ExerciseError(
            f"There is no exercise called {exercise_id!r}",
            where=str(datasets_folder()),
            todo=f"Use one of: {', '.join(folders) or 'none are installed'}.",
        )
    folder = folders[exercise_id]
    table = _read_table(folder)
    base_folder = folder
    if "extends" in table:
        base = table.pop("extends")
        if not isinstance(base, str) or base not in folders or base == exercise_id:
            raise ExerciseError(f"It extends {base!r}, which does not exist", where=str(folder / FILE_NAME))
        base_folder = folders[base]
        table = _merged(_read_table(base_folder), table)
    guideline_file = (folder if (folder / "guideline.md").exists() else base_folder) / "guideline.md"
    try:
        guideline = guideline_file.read_text(encoding="utf-8")
        rubric = table.get("rubric", {})
        if isinstance(rubric, Mapping):
            # The task stands once in the file and is the tag of the rubric too.
            table["rubric"] = {"task": table.get("task"), **rubric}
        return msgspec.convert(
            {**table, "id": exercise_id, "guideline": guideline, "folder": str(folder)}, ExerciseSpec
        )
    except msgspec.ValidationError as error:
        raise ExerciseError(f"The description is wrong: {error}", where=str(folder / FILE_NAME)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(
            f"The guideline cannot be read: {getattr(error, 'strerror', None) or error}", where=str(guideline_file)
        ) from None


def _read_table(folder: Path) -> dict[str, Any]:
    path = folder / FILE_NAME
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ExerciseError(f"The description cannot be read: {error}", where=str(path)) from None


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``over`` laid on it, table by table; lists are replaced whole."""
    result = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(result.get(key), Mapping)
        result[key] = _merged(result[key], value) if both else value
    return result
