"""The command line of `start.py`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from setup import environment, jupyter, locks
from setup.machine import Layout, clean_surroundings
from setup.processes import StopSignals, end, interrupt_on_terminate, wait_or_stop
from setup.talk import SetupError

ROOT = Path(__file__).resolve().parent.parent
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Do what the command line asks for; return the exit code.

    Nothing that a person or the machine can cause ends in a traceback.
    """
    layout = Layout(ROOT)
    environ = clean_surroundings(layout, os.environ)
    interrupt_on_terminate()
    try:
        if arguments and arguments[0] == "test":
            return run_tests(layout, environ, arguments[1:])
        if arguments and arguments[0] == "lock":
            return make_locks(layout, environ, arguments[1:])
        return open_course(layout, environ, arguments)
    except SetupError as problem:
        sys.stdout.flush()
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as error:
        sys.stdout.flush()
        print(
            f"\nThe set-up could not use {error.filename or 'a file'} ({error.strerror or error}).\n"
            "What to do: check that the folder is yours and the disk has room, then start again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing is broken: start again whenever you like.", file=sys.stderr)
        return INTERRUPTED


def open_course(layout: Layout, environ: dict[str, str], arguments: Sequence[str]) -> int:
    """Set up, then run JupyterLab on the course."""
    options = _parser().parse_args(arguments)
    environment.ensure(layout, environment.LEARNER_LOCK, environ)
    return jupyter.serve(layout, environ, options.port, browser=not options.no_browser, instructor=options.instructor)


def run_tests(layout: Layout, environ: dict[str, str], arguments: Sequence[str]) -> int:
    """Set up with the test packages, then run pytest; its summary is the last thing printed."""
    environment.ensure(layout, environment.TEST_LOCK, environ)
    with StopSignals() as stop:
        process = subprocess.Popen([layout.python, "-m", "pytest", *arguments], cwd=layout.root, env=environ)
        try:
            code = wait_or_stop(process, stop)
        finally:
            end(process)
    return INTERRUPTED if code is None else code


def make_locks(layout: Layout, environ: dict[str, str], arguments: Sequence[str]) -> int:
    """Make the lock files again (for maintainers)."""
    options = locks.parser().parse_args(arguments)
    environment.ensure(layout, environment.LEARNER_LOCK, environ)
    locks.make(layout, environ, upgrade=options.upgrade)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="start.py",
        description="Set up Goldlabel where needed, then open the course in JupyterLab.",
        epilog="'start.py test [...]' runs the test suite; 'start.py lock' makes the lock files again.",
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--instructor", action="store_true", help="turn on nbgrader's tools for instructors")
    parser.add_argument("--port", type=int, help="the port to use (default: the first free one from 8888 on)")
    return parser
