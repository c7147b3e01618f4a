"""The ``goldlabel`` command.

Each command is a thin shell over a function of the library, in a module of its own in ``goldlabel.commands``. The
instructor's package adds its own commands
through the entry point group ``goldlabel.commands``; this module never imports it by name.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

from goldlabel import __version__
from goldlabel.commands import agreement, data, exercises, review
from goldlabel.errors import GoldlabelError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The command line without the program's name; ``sys.argv`` unless given.

    Returns:
        The exit code: 0 done, 1 an error that was explained in two lines, 2 a wrong command line.
    """
    _speak_any_alphabet()
    parser = _parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return 2
    try:
        code = int(options.run(options))
        # Now, while a closed pipe can still be noticed: at exit it is too late.
        sys.stdout.flush()
    except GoldlabelError as error:
        place = f" ({error.where})" if error.where else ""
        print(_one_line(f"{error.what}{place}."), file=sys.stderr)
        print(_one_line(f"What to do: {error.todo or 'see goldlabel --help.'}"), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # `goldlabel ... | head` closes the pipe early; that is no error of ours. What is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _speak_any_alphabet() -> None:
    """A terminal that knows no emoji gets an escape in its place, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _one_line(text: str) -> str:
    """``text`` without line breaks and other control characters, which a name in a file may hold."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="goldlabel", description="Label, be judged against gold, learn.")
    parser.add_argument("--version", action="version", version=f"goldlabel {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for group in (exercises, review, agreement, data):
        group.add_command(commands)
    for plugin in sorted(entry_points(group="goldlabel.commands"), key=lambda plugin: plugin.name):
        try:
            add_command = plugin.load()
        except ModuleNotFoundError:
            # The learner's edition comes without the instructor's package.
            continue
        add_command(commands)
    return parser
