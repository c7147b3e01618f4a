"""Programs that we start and stop: no deadlock on Ctrl+C, nothing left running behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from types import FrameType
from typing import Self

STEP = 0.2
"""Seconds between two looks at a running program."""

GRACE = 15.0
"""Seconds that a program gets to end in its own way."""


class StopSignals:
    """Remembers that a person (Ctrl+C) or the system asked us to stop, while a program of ours runs.

    The handlers raise nothing: an exception in the middle of `Popen.wait` can leave its lock held for ever.

    Attributes:
        received: The signals that came, oldest first.
    """

    def __init__(self) -> None:
        """Nothing has been asked yet."""
        self.received: list[int] = []
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        """Take over the signals."""
        for number in (signal.SIGINT, *_requests_to_end()):
            self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(self, *error: object) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal() returned, it also takes

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self.received.append(number)


def interrupt_on_terminate() -> None:
    """Treat a request to end (`kill`, a closed terminal) as Ctrl+C, so that what was begun is undone."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in _requests_to_end():
        signal.signal(number, interrupt)


def _requests_to_end() -> list[int]:
    """Return the signals that ask us to end; a closed terminal only where nobody said `nohup`."""
    numbers: list[int] = [signal.SIGTERM]
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is not signal.SIG_IGN:
        numbers.append(hang_up)
    return numbers


def wait_or_stop(process: subprocess.Popen[bytes], stop: StopSignals) -> int | None:
    """Return the exit code once the program ends, or None as soon as we are asked to stop."""
    while process.poll() is None:
        if stop.received:
            return None
        time.sleep(STEP)
    return process.returncode


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program: ask, wait, and make it end where it does not.

    On Windows there is no way to ask; but there Ctrl+C has already reached every program of the console.
    """
    if process.poll() is None and os.name != "nt":
        process.terminate()
    deadline = time.monotonic() + GRACE
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(STEP)
    if process.poll() is None:
        process.kill()
        process.wait()
