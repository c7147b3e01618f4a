"""``goldlabel review``: a labels file judged against a gold file."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from goldlabel.annotations import MAX_FILE_BYTES, decode_gold, decode_labels
from goldlabel.commands import Subparsers
from goldlabel.draws import with_draw
from goldlabel.errors import GoldError, GoldlabelError, LabelsFileError
from goldlabel.exercises import find_exercise
from goldlabel.review import Review, review
from goldlabel.review.wording import shown

__all__ = ["add_command", "read_file"]


def add_command(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add ``review`` to the ``goldlabel`` command."""
    parser = commands.add_parser("review", help="judge a labels file against gold")
    parser.add_argument("--exercise", required=True, metavar="ID", help="for instance w2-boxes")
    parser.add_argument("--labels", required=True, type=Path, metavar="FILE")
    parser.add_argument("--gold", required=True, type=Path, metavar="FILE")
    parser.add_argument("--turn", type=int, default=1, help="which turn of a practice exercise (default 1)")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # Labels lie in labels/ beside the notebook; a fresh draw of an exam lies beside the notebook, too.
    spec = with_draw(find_exercise(options.exercise), options.labels.absolute().parent.parent)
    labels_data = read_file(options.labels, LabelsFileError)
    gold_data = read_file(options.gold, GoldError)
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


def read_file(path: Path, error: type[GoldlabelError]) -> bytes:
    """The bytes of a file.

    Raises:
        GoldlabelError: Of the type ``error``: it cannot be read, or it is too large.
    """
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
    lines += [f"  {measure.title:<44} {measure.text}  {measure.verdict}".rstrip() for measure in judged.measures]
    lines.append("")
    for item in judged.items.values():
        lines.append(f"{item.item}: {shown(item.score)}")
        lines += [f"  - {finding.message} {finding.rule}".rstrip() for finding in item.findings]
    return "\n".join(lines)
