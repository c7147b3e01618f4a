"""The ``goldlabel`` command.

Each command is a thin shell over a function of the library. The instructor's package adds its own commands
through the entry point group ``goldlabel.commands``; this module never imports it by name.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path

import msgspec

from goldlabel import __version__
from goldlabel.annotations import MAX_FILE_BYTES, decode_gold, decode_labels
from goldlabel.errors import GoldError, GoldlabelError, LabelsFileError
from goldlabel.exercises import find_exercise, known_exercises
from goldlabel.review import Review, review
from goldlabel.review.wording import shown

__all__ = ["main"]

Subparsers = argparse._SubParsersAction  # noqa: SLF001  (the only name that argparse gives this type)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: The command line without the program's name; ``sys.argv`` unless given.

    Returns:
        The exit code: 0 done, 1 an error that was explained in two lines, 2 a wrong command line.
    """
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
        print(f"{error.what}{place}.", file=sys.stderr)
        print(f"What to do: {error.todo or 'see goldlabel --help.'}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # `goldlabel ... | head` closes the pipe early; that is no error of ours. What is left goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="goldlabel", description="Label, be judged against gold, learn.")
    parser.add_argument("--version", action="version", version=f"goldlabel {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_exercises(commands)
    _add_review(commands)
    for plugin in sorted(entry_points(group="goldlabel.commands"), key=lambda plugin: plugin.name):
        try:
            add_command = plugin.load()
        except ModuleNotFoundError:
            # The learner's edition comes without the instructor's package.
            continue
        add_command(commands)
    return parser


def _add_exercises(commands: Subparsers[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("exercises", help="list the exercises that are installed")
    parser.set_defaults(run=_run_exercises)


def _run_exercises(_options: argparse.Namespace) -> int:
    for name in known_exercises():
        spec = find_exercise(name)
        print(f"{spec.id:<20} week {spec.week}  {spec.mode:<9} {spec.title}")
    return 0


def _add_review(commands: Subparsers[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("review", help="judge a labels file against gold")
    parser.add_argument("--exercise", required=True, metavar="ID", help="for instance w2-boxes")
    parser.add_argument("--labels", required=True, type=Path, metavar="FILE")
    parser.add_argument("--gold", required=True, type=Path, metavar="FILE")
    parser.add_argument("--turn", type=int, default=1, help="which turn of a practice exercise (default 1)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.set_defaults(run=_run_review)


def _run_review(options: argparse.Namespace) -> int:
    spec = find_exercise(options.exercise)
    labels_data = _read(options.labels, LabelsFileError)
    gold_data = _read(options.gold, GoldError)
    judged = review(
        decode_labels(labels_data, where=str(options.labels), exercise=spec.id),
        decode_gold(gold_data, where=str(options.gold)),
        spec.rubric,
        items=spec.items(turn=options.turn),
        classes=spec.class_names,
    )
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(judged), indent=1).decode())
    else:
        print(_as_text(judged))
    return 0


def _read(path: Path, error: type[GoldlabelError]) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise error(f"The file cannot be read: {problem.strerror}", where=str(path), todo="Check the path.") from None
    if len(data) > MAX_FILE_BYTES:
        limit = f"more than {MAX_FILE_BYTES // 2**20} MB is not read"
        raise error(f"The file is too large; {limit}", where=str(path), todo="Check the path.")
    return data


def _as_text(judged: Review) -> str:
    spread = f", 95 % interval {judged.interval}" if judged.interval else ""
    lines = [f"Score {shown(judged.score)} ({judged.level}){spread}", ""]
    for measure in judged.measures:
        bar = "" if measure.bar is None else f"  {'reaches' if measure.reached else 'below'} {measure.bar:.2f}"
        lines.append(f"  {measure.title:<44} {shown(measure.value)}{bar}")
    lines.append("")
    for item in judged.items.values():
        lines.append(f"{item.item}: {shown(item.score)}")
        lines += [f"  - {finding.message} {finding.rule}".rstrip() for finding in item.findings]
    return "\n".join(lines)
