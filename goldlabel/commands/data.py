"""``goldlabel data list|get|fetch|verify``: the data sets."""

from __future__ import annotations

import argparse
import sys

from goldlabel.commands import Subparsers
from goldlabel.data.catalogue import RemoteSet, read_catalogue, remote_set
from goldlabel.data.downloading import AGAIN
from goldlabel.data.packaged import load_packaged, packaged_sets
from goldlabel.data.released import load_released, released_sets
from goldlabel.errors import DataError
from goldlabel.inventory import installed, inventory, verify

__all__ = ["add_command"]


def add_command(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add ``data`` to the ``goldlabel`` command."""
    parser = commands.add_parser("data", help="list, get, download and check data sets")
    parser.set_defaults(run=lambda _options: _help(parser))
    actions = parser.add_subparsers(title="actions", metavar="ACTION")

    action = actions.add_parser("list", help="every data set: items, size, licence, where it is")
    action.set_defaults(run=_run_list)

    action = actions.add_parser("get", help="load what packages hold, or download a set")
    action.add_argument("name", nargs="?", metavar="NAME", help="all that need no download, unless named")
    _add_consent(action)
    action.set_defaults(run=_run_get)

    action = actions.add_parser("fetch", help="download a data set")
    action.add_argument("name", metavar="NAME", help="for instance coco-sample")
    _add_consent(action)
    action.set_defaults(run=_run_fetch)

    action = actions.add_parser("verify", help="check every file against the list, and that gold covers its pool")
    action.add_argument("name", nargs="?", metavar="NAME", help="every data set that is here, unless named")
    action.set_defaults(run=_run_verify)


def _add_consent(action: argparse.ArgumentParser) -> None:
    action.add_argument("--yes", action="store_true", help="you have read the licence and want the download")
    action.add_argument("--again", action="store_true", help="download it anew although it is here")


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 2


def _run_list(_options: argparse.Namespace) -> int:
    print(f"{'data set':<20} {'practice':>8} {'exam':>5} {'MB':>7}  where it is")
    for one in inventory():
        print(f"{one.name:<20} {one.practice:>8} {one.exam:>5} {one.bytes / 1e6:>7.1f}  {one.state}")
        print(f"{'':<44}licence: {', '.join(one.licences) or 'unknown'}")
    return 0


def _run_get(options: argparse.Namespace) -> int:
    if options.name in read_catalogue():
        return _run_fetch(options)
    released = released_sets()
    loadable = (*packaged_sets(), *released)
    failed: list[DataError] = []
    for name in loadable if options.name is None else (options.name,):
        if name in installed() and name not in loadable:
            print(f"{name}: comes with the course; there is nothing to load.")
            continue
        try:
            loaded = load_released(name) if name in released else load_packaged(name)
        except DataError as error:
            failed.append(error)  # the others do not suffer from it
            continue
        thing = "texts" if name in released else "files"
        print(f"{name}: {len(loaded)} {thing} loaded." if loaded else f"{name}: everything is here.")
    if failed:
        raise failed[0]
    return 0


def _run_fetch(options: argparse.Namespace) -> int:
    from goldlabel.data.fetching import fetch, fetched_already, unverified

    remote = remote_set(options.name)
    if not options.again and (there := fetched_already(remote)):
        print(f"{remote.name} is here already ({there.items} items). Download it anew with --again.")
        return 0
    _show_terms(remote, unverified(remote))
    if not options.yes:
        _ask(remote)
    try:
        done = fetch(remote, again=options.again, say=lambda line: print(f"- {line} ...", flush=True))
    except KeyboardInterrupt:
        raise DataError("Stopped; the data set is as it was before", where=remote.name, todo=AGAIN) from None
    print(f"\n{remote.name}: {done.items} items in {done.folder}")
    if done.first_seen:
        print(f"{len(done.first_seen)} files have no published checksum: what arrived today is taken as right and is")
        print("recorded in checksums.toml; every later download must match it.")
    print(f"Practise with: Exercise.open({remote.exercise!r})")
    return 0


def _show_terms(remote: RemoteSet, unknown: int) -> None:
    print(f"{remote.title}: about {remote.bytes / 1e6:.0f} MB are downloaded.\n\nLicence: {remote.licence.strip()}")
    print(f"Terms:   {remote.terms}\n")
    if unknown:
        print(f"Checksum: unknown for {unknown} files (nobody publishes one): the first download cannot be checked.\n")


def _ask(remote: RemoteSet) -> None:
    """Go on only with consent.

    Raises:
        DataError: It was not given, or nobody is there to give it.
    """
    todo = f"Run: goldlabel data fetch {remote.name} --yes"
    if not sys.stdin.isatty():
        raise DataError("Nothing was downloaded: the licence needs your consent", where=remote.name, todo=todo)
    try:
        answer = input("Download it on these terms? [y/N] ")
    except (EOFError, KeyboardInterrupt):
        answer = "no"
    if answer.strip().lower() not in {"y", "yes"}:
        raise DataError("Nothing was downloaded", where=remote.name, todo=f"When you want it: {todo[5:]}")


def _run_verify(options: argparse.Namespace) -> int:
    names = installed() if options.name is None else (options.name,)
    faults = 0
    for name in names:
        found = verify(name)
        faults += len(found)
        print(f"{name}: {'whole' if not found else f'{len(found)} faults'}")
        for fault in found:
            print(f"  - {fault.what}")
    return 1 if faults else 0
