"""``goldlabel exercises``: what there is to label."""

from __future__ import annotations

import argparse

from goldlabel.commands import Subparsers
from goldlabel.exercises import find_exercise, known_exercises

__all__ = ["add_command"]


def add_command(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add ``exercises`` to the ``goldlabel`` command."""
    parser = commands.add_parser("exercises", help="list the exercises that are installed")
    parser.set_defaults(run=_run)


def _run(_options: argparse.Namespace) -> int:
    for name in known_exercises():
        spec = find_exercise(name)
        print(f"{spec.id:<20} week {spec.week}  {spec.mode:<9} {spec.title}")
    return 0
