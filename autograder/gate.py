"""Where intake is hooked into nbgrader: its collect step, and the first look that autograde takes at a notebook.

Both are places that nbgrader offers for plug-ins, so `nbgrader collect`, `nbgrader autograde` and the formgrader's
buttons all go through them. (Its ``pre_convert_hook`` would not do: it swallows exceptions. A preprocessor would
not do: a damaged notebook never reaches one, and a wrong metadata version stops the class there.)
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from traitlets import Bool
from traitlets.config import Configurable

from autograder.intake import Limits, read_release, rebuilt_notebook, take_in
from autograder.rebuild import with_notes

__all__ = ["IntakeCollect", "IntakeExporter", "course_of"]


class IntakeCollect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """Collects submissions through intake, the first one of each learner."""

    src_records: list[dict[str, Any]]

    first_counts = Bool(
        True,
        help="Collect a learner's first submission, not the last: who has read the feedback on hidden gold could "
        "otherwise hand in again.",
    ).tag(config=True)

    def init_src(self) -> None:
        """Find the submissions; links, files, and names that would lead out of ``submitted/`` are passed over."""
        super().init_src()
        sound = []
        for record in self.src_records:
            path = Path(self.inbound_path, record["filename"])
            if path.is_symlink() or not path.is_dir() or record["username"] in ("", ".", ".."):
                self.log.warning("%s is no submission; passed over", path)
            else:
                sound.append(record)
        self.src_records = sound

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:  # noqa: ANN401, ARG002  (nbgrader's signature)
        """Take in one submission."""
        release = self.coursedir.format_path(self.coursedir.release_directory, ".", self.coursedir.assignment_id)
        record = self._path_to_record(src)
        time = record["timestamp"].strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        try:
            notes = take_in(Path(src), Path(dest), Path(release), fallback_time=time)
        except BaseException:
            # Half a submission would be taken for the whole one the next time.
            shutil.rmtree(dest, ignore_errors=True)
            raise
        for note in notes:
            self.log.warning("%s: %s", record["username"], note)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Learner and time of a submission, as its folder's name tells them; its age where the name tells no time."""
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ValueError, OverflowError):
            name = Path(path).name
            arrived = datetime.fromtimestamp(os.lstat(path).st_mtime, tz=UTC).replace(tzinfo=None)
            return {"username": name.split("+")[0], "filename": name, "timestamp": arrived}
        return record

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A learner's submissions, the one that counts first."""
        return sorted(records, key=lambda record: record["timestamp"], reverse=not self.first_counts)


class IntakeExporter(NotebookExporter):
    """Reads the notebooks that autograde converts.

    A submitted one is rebuilt from the release copy once more: it may have come to ``submitted/`` by another way
    than collect (a zip, a USB stick). nbgrader's own intermediate files are read as they are.
    """

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:  # noqa: ANN401
        """Read and convert one notebook (nbconvert's signature).

        Raises:
            IntakeError: The release copy is missing.
        """
        given: dict[str, Any] = resources or {}
        notebook = self._rebuilt(Path(filename), given["nbgrader"]) if "nbgrader" in given else None
        if notebook is None:
            return super().from_filename(filename, resources=resources, **kw)
        metadata = {"name": given["nbgrader"]["notebook"], "path": str(Path(filename).parent)}
        convert: Any = self.from_notebook_node
        return convert(notebook, resources={**given, "metadata": metadata}, **kw)

    def _rebuilt(self, path: Path, info: dict[str, str]) -> NotebookNode | None:
        """The rebuilt notebook, or None when ``path`` is not in the folder of submissions."""
        course = course_of(self)
        submitted = Path(course.format_path(course.submitted_directory, info["student"], info["assignment"]))
        if path.parent != submitted:
            return None
        release = Path(course.format_path(course.release_directory, ".", info["assignment"]))
        notebook, notes = rebuilt_notebook(
            submitted, path.name, read_release(release / path.name), most=Limits().notebook
        )
        return with_notes(notebook, notes)


def course_of(part: Configurable) -> CourseDirectory:
    """The course that a part of nbgrader works for: that of the nearest of its parents which has one.

    Raises:
        ExchangeError: None has; the part was made outside nbgrader.
    """
    owner: Any = part
    while owner is not None:
        course = getattr(owner, "coursedir", None)
        if isinstance(course, CourseDirectory):
            return course
        owner = owner.parent
    raise ExchangeError(f"{type(part).__name__} works only inside nbgrader")
