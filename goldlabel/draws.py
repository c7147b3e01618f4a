"""``draw.toml``: a fresh draw of an exam, which travels with the assignment so that learner and grader agree.

``goldlabel exam new`` writes it into the assignment's folder; nbgrader hands it out with the notebook. A learner's
Goldlabel reads the copy beside the notebook, the grader reads the copy that was given out. Whoever changes theirs
labels items that do not count.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec

__all__ = ["DRAW_FILE", "draw_text", "read_seeds", "with_draw"]

DRAW_FILE = "draw.toml"


class _Draws(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``draw.toml``: seeds by exercise."""

    seeds: dict[str, str]


def with_draw(spec: ExerciseSpec, folder: Path) -> ExerciseSpec:
    """The exam with the seed that ``draw.toml`` in ``folder`` gives it.

    Practice, and an exam that the file does not name or that has no such file, stay as they are described.

    Raises:
        ExerciseError: The file is damaged.
    """
    if not spec.exam:
        return spec
    seed = read_seeds(folder).get(spec.id)
    if seed is None:
        return spec
    return msgspec.structs.replace(spec, draw=msgspec.structs.replace(spec.draw, seed=seed))


def read_seeds(folder: Path) -> Mapping[str, str]:
    """Seeds by exercise; empty when there is no ``draw.toml``.

    Raises:
        ExerciseError: It is damaged.
    """
    path = folder / DRAW_FILE
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Draws).seeds
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ExerciseError(
            f"The file that says which items this exam draws cannot be read: {error}",
            where=str(path),
            todo="Take the file from the assignment as it was given out (fetch the assignment again).",
        ) from None


def draw_text(seeds: Mapping[str, str]) -> str:
    """The content of ``draw.toml``, exercises in order."""
    lines = [f"{_toml(name)} = {_toml(seed)}" for name, seed in sorted(seeds.items())]
    head = "# Which items the exams of this assignment draw. Written by: goldlabel exam new\n"
    return f"{head}\n[seeds]\n" + "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A TOML string: a JSON string is one, as long as its characters stand for themselves."""
    return json.dumps(text, ensure_ascii=False)
