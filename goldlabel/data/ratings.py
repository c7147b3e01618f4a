"""Texts with the ratings of the people who read them: read from the archive of Hutto and Gilbert (2014).

Four kinds of text, each in two tab-separated files: ``..._GroundTruth.txt`` with id, mean and text, and
``..._anonDataRatings.txt`` with id, mean, standard deviation and the list of ratings, each from -4 (extremely
negative) to 4 (extremely positive). The archive's own ``_README_.txt`` describes them.

What it does not describe, and what was measured here (``tests/datasets/test_real_ratings.py`` measures it again): in
the films' file the ratings of 30 texts in a row stand in one order of raters, so that one column is one person. In the
other files columns are nobody.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from statistics import fmean

import msgspec

from goldlabel.data.items import datasets_folder
from goldlabel.errors import DataError

__all__ = ["DATASET", "MOST", "RATINGS", "Rated", "load_ratings", "parse_ratings", "source_files"]

DATASET = "real-ratings"
RATINGS = "ratings.json"
"""In the data set's folder: what :func:`load_ratings` reads."""

MOST = 4
"""Ratings run from ``-MOST`` to ``MOST``."""

PANEL = 30
"""Texts in a row of the films' file that one panel of raters has read."""

SLACK = 0.02
"""A published mean may differ by so much from that of the ratings; by more, text and ratings do not belong together."""

SOURCES = {
    "post": "tweets",
    "film": "movieReviewSnippets",
    "product": "amazonReviewSnippets",
    "editorial": "nytEditorialSnippets",
}
"""Kind of text, and how its files begin."""


class Rated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and what people gave it.

    Attributes:
        id: Of the item: ``rr-``, the kind, and the id in its file.
        kind: post, film, product or editorial.
        text: As published, but for HTML's way of writing ``&``.
        ratings: Whole numbers from -4 to 4, one a person.
        panel: The same for texts that the same people rated, in the same order; empty where that is not known.
    """

    id: str
    kind: str
    text: str
    ratings: tuple[int, ...]
    panel: str = ""

    @property
    def mean(self) -> float:
        """Mean rating, -4 to 4."""
        return fmean(self.ratings)


def source_files(folder: str) -> dict[str, tuple[str, str]]:
    """Names of the texts' and of the ratings' file inside the archive, by kind."""
    return {
        kind: (f"{folder}/{begin}_GroundTruth.txt", f"{folder}/{begin}_anonDataRatings.txt")
        for kind, begin in SOURCES.items()
    }


def parse_ratings(kind: str, texts: bytes, ratings: bytes) -> Iterator[Rated]:
    """Every text of one kind whose published mean is that of its ratings, in file order.

    Args:
        kind: One of :data:`SOURCES`.
        texts: Content of the file of texts.
        ratings: Content of the file of ratings.

    Raises:
        DataError: A file is not in the published form.
    """
    try:
        given = {row[0]: tuple(json.loads(row[3])) for row in _rows(ratings)}
        for place, row in enumerate(_rows(texts)):
            name, mean, text = row
            rated = given[name]
            if not all(type(one) is int and abs(one) <= MOST for one in rated):
                raise ValueError(f"the ratings of {name} are not whole numbers from -{MOST} to {MOST}")  # noqa: TRY301
            if rated and abs(fmean(rated) - float(mean)) <= SLACK:
                panel = f"film-{place // PANEL}" if kind == "film" else ""
                yield Rated(f"rr-{kind}-{name}", kind, html.unescape(text), rated, panel)
    except (UnicodeDecodeError, ValueError, TypeError, KeyError, IndexError) as error:
        raise DataError(
            f"The file of ratings is not in the expected form: {type(error).__name__} {error}",
            where=SOURCES[kind],
            todo="Get the course again; if that does not help, tell whoever gave it to you.",
        ) from None


def load_ratings() -> Mapping[str, Rated]:
    """The rated texts of the data set by item id, in file order.

    Raises:
        DataError: They are not here, or the file is damaged.
    """
    path = datasets_folder() / DATASET / RATINGS
    todo = "Run: goldlabel data get real-ratings"
    try:
        rated = msgspec.json.decode(path.read_bytes(), type=tuple[Rated, ...])
    except OSError as error:
        raise DataError(f"The ratings are not here: {error.strerror}", where=str(path), todo=todo) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DataError(f"The ratings cannot be read: {error}", where=str(path), todo=todo) from None
    return {one.id: one for one in rated}


def _rows(data: bytes) -> Iterator[list[str]]:
    """The rows of a tab-separated file; quotation marks are letters here, so the csv module would spoil them."""
    for line in data.decode("utf-8-sig").split("\n"):
        if line.strip():
            yield line.rstrip("\r").split("\t")
