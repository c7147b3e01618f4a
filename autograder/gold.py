"""Where exam gold comes from: the instructor's private folder first, then the gold of the public edition.

The public edition's gold lies in the repository for everybody to read: right for self-study, worthless for a
certificate that counts. An instructor keeps gold of their own outside the clone and names its folder in
``GOLDLABEL_GOLD``; nobody else on the machine may be able to look into it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from goldlabel.annotations import Gold, decode_gold
from goldlabel.errors import ExerciseError, GoldError
from goldlabel.exercises import ExerciseSpec

__all__ = ["GOLD_VARIABLE", "exam_gold", "gold_path"]

GOLD_VARIABLE = "GOLDLABEL_GOLD"

EXAM = "exam"
"""Name of the exam gold, unless an exercise names another (:attr:`goldlabel.exercises.ExerciseSpec.gold`)."""


def gold_path(dataset: str, name: str = EXAM) -> Path:
    """The file that holds the exam gold of ``dataset``.

    Args:
        dataset: Folder name under ``datasets/``.
        name: Of the gold file, without ``.json``.

    Raises:
        GoldError: The private folder is missing or open to others, or no gold is found in either place.
    """
    file = f"{name}.json"
    public = Path(__file__).resolve().parent / "gold" / dataset / file
    named = os.environ.get(GOLD_VARIABLE)
    if named:
        folder = Path(named)
        _check_private(folder)
        own = folder / dataset / file
        if own.is_file():
            return own
    if not public.is_file():
        raise GoldError(
            f"There is no exam gold for the data set {dataset!r}",
            where=str(public),
            todo=f"Restore it from the repository, or put your own into the folder that {GOLD_VARIABLE} names.",
        )
    return public


def exam_gold(spec: ExerciseSpec) -> Gold:
    """The gold that an exam is judged against.

    Raises:
        ExerciseError: The exercise is no exam: its gold ships to the learners.
        GoldError: It is missing, open to others, damaged, or does not cover every item of the exam.
    """
    if not spec.exam:
        raise ExerciseError(
            "Only an exam can be graded: learners have the gold of a practice exercise",
            where=spec.id,
            todo='Grade an exercise whose exercise.toml says mode = "exam".',
        )
    path = gold_path(spec.dataset, spec.gold or EXAM)
    try:
        gold = decode_gold(path.read_bytes(), where=str(path))
    except OSError as error:
        raise GoldError(
            f"The exam gold cannot be read: {error.strerror}",
            where=str(path),
            todo="Give the account that grades the right to read it.",
        ) from None
    if (gold.dataset, gold.pool) != (spec.dataset, spec.draw.pool):
        raise GoldError(
            f"The gold is of {gold.dataset!r}, pool {gold.pool!r}, not of {spec.dataset!r}, pool {spec.draw.pool!r}",
            where=str(path),
            todo="Put the gold of the right data set there.",
        )
    for item in spec.items():
        gold.of(item.id)
    return gold


def _check_private(folder: Path) -> None:
    try:
        mode = folder.stat().st_mode
    except OSError as error:
        # A mistyped path must not silently grade against the public gold.
        raise GoldError(
            f"The folder with your own gold cannot be opened: {error.strerror}",
            where=str(folder),
            todo=f"Correct {GOLD_VARIABLE}, or unset it to grade against the public gold.",
        ) from None
    if not stat.S_ISDIR(mode):
        raise GoldError(f"{GOLD_VARIABLE} does not name a folder", where=str(folder), todo="Name the folder.")
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise GoldError(
            f"Other people on this machine may look into your gold (mode {stat.S_IMODE(mode):04o})",
            where=str(folder),
            todo=f"Run: chmod 700 '{folder}'",
        )
