"""``goldlabel agreement``: how well two labels files of one exercise agree."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from goldlabel.annotations import decode_labels
from goldlabel.commands import Subparsers
from goldlabel.commands.review import read_file
from goldlabel.draws import with_draw
from goldlabel.errors import LabelsFileError
from goldlabel.exercises import find_exercise
from goldlabel.review.agreement import Agreement, agreement
from goldlabel.review.wording import counted, noun

__all__ = ["add_command"]


def add_command(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add ``agreement`` to the ``goldlabel`` command."""
    parser = commands.add_parser("agreement", help="compare the labels of two annotators")
    parser.add_argument("--exercise", required=True, metavar="ID", help="for instance w3-entities")
    parser.add_argument("--first", required=True, type=Path, metavar="FILE", help="labels of one annotator")
    parser.add_argument("--second", required=True, type=Path, metavar="FILE", help="labels of the other one")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    spec = with_draw(find_exercise(options.exercise), options.first.absolute().parent.parent)
    first, second = (
        # A second annotator works under an exercise of the same name, in a folder of their own.
        decode_labels(read_file(path, LabelsFileError), where=str(path), exercise=spec.id)
        for path in (options.first, options.second)
    )
    found = agreement(first, second, spec.rubric, items=spec.pool(), classes=spec.class_names)
    if options.json:
        print(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
    else:
        print(_as_text(found, spec.task))
    return 0


def _as_text(found: Agreement, task: str) -> str:
    one, many = noun(task), noun(task, 2)
    sides = " and ".join(
        f"{who}: {counted(count, one, many)}" for who, count in zip(found.annotators, found.annotations, strict=True)
    )
    lines = [f"{counted(found.items, 'item')} labelled by both ({sides})", ""]
    for measure in found.measures:
        spread = f"  95 % interval {measure.interval}" if measure.interval else ""
        lines.append(f"  {measure.title:<52} {measure.text}{spread}")
    return "\n".join(lines)
