"""How the set-up speaks to a person: progress lines, and problems without a traceback."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class SetupError(Exception):
    """Something that the person has to hear about.

    Attributes:
        what: What went wrong, one sentence.
        remedy: What to do about it, one sentence or a few.
        details: The last lines of the failed tool's own output, for whoever is asked for help.
    """

    def __init__(self, what: str, remedy: str, details: str = "") -> None:
        """Keep the three parts; `str()` gives the first."""
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        """The message as it is printed."""
        parts = [self.what, f"What to do: {self.remedy}"]
        if self.details:
            parts.append(f"The tool's own words were:\n{self.details}")
        return "\n".join(parts)


def say(line: str) -> None:
    """Print one line for a person, at once, also where output goes to a file or an old console."""
    encoding = sys.stdout.encoding or "ascii"
    print(line.encode(encoding, "replace").decode(encoding), flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say what is being done, and how many seconds it took once it is."""
    say(f"{doing} ...")
    begun = time.monotonic()
    yield
    say(f"    done in {time.monotonic() - begun:.1f} s")
