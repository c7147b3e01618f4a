"""Chooses the texts of the data set real-ratings, by rule and then by reading, and writes ``released.toml``.

    cd datasets
    ../.venv/bin/python -m studio.real_ratings

By rule: the published mean is that of the ratings, 25 to 160 characters, no word of ``goldlabel/data/unfit.txt``.
Posts, product reviews and editorials: 50 each, in an order that a hash gives, a third each from those on which the
raters differ little, middling and much. Films: 25 each of two panels, so that whole raters can be looked at.
By reading: what stands in ``DROPPED`` was taken out (bodies, parties, presidents,
courts, insults to a named person).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from statistics import pstdev

from goldlabel.data.ratings import DATASET, Rated, parse_ratings, source_files
from goldlabel.data.sdists import Sdist, sdist_bytes
from goldlabel.data.unfit import is_fit
from goldlabel.files import tar_members

FILE = Path(__file__).resolve().parents[1] / DATASET / "released.toml"
ARCHIVE = Sdist(
    project="vaderSentiment",
    version="3.3.2",
    sha256="5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
    most_bytes=4_000_000,
)
INNER = "vaderSentiment-3.3.2/additional_resources/hutto_ICWSM_2014.tar.gz"
FOLDER = "hutto_ICWSM_2014"
MOST_UNPACKED = 20_000_000
SHORTEST, LONGEST = 25, 160
THIRDS = (17, 17, 16)
PANELS, PER_PANEL = ("film-17", "film-325"), 25

DROPPED = {
    "post": "1333 1799 420 3127 2956 1214 3301 3695 2279 1050 590 4178",
    "editorial": "481_13 461_4 300_6 108_3 417_3 417_9 483_12 381_3 185_3 329_11 236_6 365_5 267_9 269_4",
    "film": "517 529 9773",
}


def main() -> None:
    """Write ``released.toml``."""
    chosen = [one for texts in _by_kind().values() for one in texts]
    lines = [
        "# Texts of this data set, by id and SHA-256. They are loaded at set-up from the source archive of a package",
        "# and are no part of the course. Made by: datasets/studio/real_ratings.py",
        f"inner = {INNER!r}".replace("'", '"'),
        f"folder = {FOLDER!r}".replace("'", '"'),
        f"most_unpacked = {MOST_UNPACKED:_}",
        "",
        "[archive]",
        f'project = "{ARCHIVE.project}"',
        f'version = "{ARCHIVE.version}"',
        f'sha256 = "{ARCHIVE.sha256}"',
        f"most_bytes = {ARCHIVE.most_bytes:_}",
        "",
        "[texts]",
        *(f'{one.id} = "{hashlib.sha256(one.text.encode()).hexdigest()}"' for one in chosen),
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _by_kind() -> dict[str, list[Rated]]:
    (inner,) = (data for _, data in tar_members(sdist_bytes(ARCHIVE), INNER.__eq__, most=MOST_UNPACKED))
    files = source_files(FOLDER)
    wanted = {name for pair in files.values() for name in pair}
    found = dict(tar_members(inner, wanted.__contains__, most=MOST_UNPACKED))
    chosen = {}
    for kind, pair in files.items():
        usable = [one for one in parse_ratings(kind, *(found[name] for name in pair)) if _usable(one)]
        chosen[kind] = list(_panels(usable) if kind == "film" else _mixed(usable))
    return chosen


def _usable(one: Rated) -> bool:
    return (
        SHORTEST <= len(one.text) <= LONGEST
        and is_fit(one.text)
        and _number(one) not in DROPPED.get(one.kind, "").split()
    )


def _panels(texts: list[Rated]) -> Iterator[Rated]:
    for panel in PANELS:
        yield from [one for one in texts if one.panel == panel][:PER_PANEL]


def _mixed(texts: list[Rated]) -> Iterator[Rated]:
    ranked = sorted(texts, key=lambda one: (pstdev(one.ratings), one.id))
    ends = [len(ranked) * k // 3 for k in range(4)]
    for count, begin, end in zip(THIRDS, ends, ends[1:], strict=False):
        yield from sorted(ranked[begin:end], key=_rank)[:count]


def _rank(one: Rated) -> str:
    return hashlib.sha256(f"{DATASET}:{one.kind}:{_number(one)}".encode()).hexdigest()


def _number(one: Rated) -> str:
    """Its id in the archive."""
    return one.id.removeprefix(f"rr-{one.kind}-")


if __name__ == "__main__":
    main()
