"""The one error tree of the project.

Every error says three things: *what* is wrong, *where* (file, item, field) and *what to do*.
The command line prints them in two lines and exits with 1; a notebook shows them without a traceback.
"""

from __future__ import annotations

__all__ = [
    "DataError",
    "ExerciseError",
    "GoldError",
    "GoldlabelError",
    "LabelsFileError",
    "StoreConflictError",
    "StoreError",
]


class GoldlabelError(Exception):
    """Base of every error that Goldlabel raises on purpose.

    Args:
        what: What is wrong, one plain sentence without a full stop at the end.
        where: The file, item or field it concerns, or an empty string.
        todo: What the reader can do about it, one plain sentence.

    Attributes:
        what, where, todo: The arguments, for programs that show them in their own way.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f"\nWhat to do: {self.todo}" if self.todo else ""
        return f"{self.what}{place}.{advice}"

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only fields do not survive the default reduction, and errors travel between processes.
        return (_rebuild, (type(self), self.what, self.where, self.todo))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback: the sentence that helps, and nothing else."""
        return str(self).splitlines()


def _rebuild(kind: type[GoldlabelError], what: str, where: str, todo: str) -> GoldlabelError:
    return kind(what, where=where, todo=todo)


class LabelsFileError(GoldlabelError):
    """A labels file that cannot be read as what it should be. Never counted as a labelling error."""


class StoreError(GoldlabelError):
    """Labels could not be written or read back (disk full, folder read-only, file damaged)."""


class StoreConflictError(StoreError):
    """The same item was changed elsewhere (another tab or kernel) after this side last saw it."""


class ExerciseError(GoldlabelError):
    """An exercise that does not exist or whose description is wrong."""


class DataError(GoldlabelError):
    """Media or item lists that are missing or damaged."""


class GoldError(GoldlabelError):
    """Gold that is missing, unreadable or not allowed to be read here."""
