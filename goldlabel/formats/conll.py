"""IOB2 files: one token a line with its tag, an empty line between sentences; what CoNLL shared tasks made common.

Sources: Tjong Kim Sang and Veenstra, *Representing Text Chunks* (1999), for IOB2; Universal NER's files
(https://www.universalner.org/) for the columns ``number token tag ...`` and the comments ``# sent_id`` and ``# text``.
``B-PER`` begins a name, ``I-PER`` goes on with it, ``O`` is no part of one.

The file has tokens, not offsets. Where a comment ``# text = ...`` gives the sentence, spans get exact offsets in it;
else the tokens are joined by rule (:func:`join`), and the offsets are right in that text.

Lost when written: spans inside or across another one (IOB2 knows one tag a token), where inside a token a span begins
or ends, ids, attributes and alternatives. :func:`write` says which spans were touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from goldlabel.annotations import Span

__all__ = ["Sentence", "Written", "join", "read", "tokens", "write"]

_QUOTE = "\N{RIGHT SINGLE QUOTATION MARK}"
_TOKEN = re.compile(rf"\w+(?:[-.,]\w+)*|['{_QUOTE}]\w+|[^\w\s]")
_TAG = re.compile(r"O|[BI]-\S+")
_CLOSING = frozenset(".,;:!?)]}%'\N{RIGHT DOUBLE QUOTATION MARK}" + _QUOTE) | {"n't", f"n{_QUOTE}t"}
_OPENING = frozenset("([{$\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}")


class Sentence(msgspec.Struct, frozen=True):
    """One sentence with its names.

    Attributes:
        id: Of the comment ``# sent_id``, or its number in the file, from 1.
        text: The sentence.
        spans: In reading order; ids ``s1``, ``s2`` ...; labels as in the file, ``PER``.
    """

    id: str
    text: str
    spans: tuple[Span, ...]


class Written(msgspec.Struct, frozen=True):
    """A file, and what it could not hold.

    Attributes:
        content: The file.
        dropped: ``sentence id: span id`` of spans that overlap a longer or earlier one.
        widened: The same for spans that begin or end inside a token: the whole token is tagged.
    """

    content: str
    dropped: tuple[str, ...]
    widened: tuple[str, ...]


def read(content: str, *, token: int = 0, tag: int = -1) -> tuple[Sentence, ...]:
    """Read an IOB2 file.

    Args:
        content: The file's text. Columns are separated by tabs where there are any, else by spaces.
        token: Column of the token, counted from 0.
        tag: Column of the tag; -1 is the last.

    Raises:
        ValueError: A line has too few columns, a tag is not IOB2, or a token does not stand in its ``# text``. The
            sentence names the line.
    """
    sentences: list[Sentence] = []
    comments: dict[str, str] = {}
    rows: list[tuple[int, str, str]] = []

    def close() -> None:
        if rows:
            sentences.append(_sentence(rows, comments, len(sentences) + 1))
            rows.clear()
        comments.clear()

    # Not splitlines(), which cuts at a form feed, too.
    for number, line in enumerate(content.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            close()
        elif line.startswith("#") and not rows and ("\t" not in line):
            name, _, value = line[1:].partition("=")
            comments[name.strip()] = value.strip()
        else:
            columns = line.split("\t") if "\t" in line else line.split()
            try:
                rows.append((number, columns[token], columns[tag]))
            except IndexError:
                raise ValueError(f"line {number} has only {len(columns)} columns") from None
    close()
    return tuple(sentences)


def write(sentences: Iterable[Sentence]) -> Written:
    """Write sentences as ``token<tab>tag``, with their id and text as comments."""
    blocks, dropped, widened = [], [], []
    for one in sentences:
        places = tokens(one.text)
        tags = ["O"] * len(places)
        # The longer one of two that overlap is kept, then the earlier one.
        for span in sorted(one.spans, key=lambda span: (span.start - span.end, span.start, span.id)):
            inside = [k for k, (begin, end) in enumerate(places) if begin < span.end and end > span.start]
            if not inside or any(tags[k] != "O" for k in inside):
                dropped.append(f"{one.id}: {span.id}")
                continue
            if (places[inside[0]][0], places[inside[-1]][1]) != span.stretch:
                widened.append(f"{one.id}: {span.id}")
            for k in inside:
                tags[k] = f"{'B' if k == inside[0] else 'I'}-{span.label}"
        lines = [f"{one.text[begin:end]}\t{tag}" for (begin, end), tag in zip(places, tags, strict=True)]
        text = " ".join(one.text.split())  # a comment is one line
        blocks.append("\n".join([f"# sent_id = {one.id}", f"# text = {text}", *lines, ""]))
    return Written("\n".join(blocks), tuple(dropped), tuple(widened))


def tokens(text: str) -> tuple[tuple[int, int], ...]:
    """Where the tokens of ``text`` begin and end: words with inner dots, commas and hyphens; ``'s``; single signs."""
    return tuple(match.span() for match in _TOKEN.finditer(text))


def join(words: Sequence[str]) -> str:
    """The sentence of these tokens, with spaces by rule where no ``# text`` says them.

    Example:
        >>> join(["Ada", "lives", "in", "Bath", "(", "UK", ")", ",", "does", "n't", "she", "?"])
        "Ada lives in Bath (UK), doesn't she?"
    """
    text = ""
    for k, word in enumerate(words):
        glued = not k or word in _CLOSING or word[:1] in {"'", _QUOTE} or words[k - 1] in _OPENING
        text += word if glued else f" {word}"
    return text


def _sentence(rows: Sequence[tuple[int, str, str]], comments: dict[str, str], number: int) -> Sentence:
    text = comments.get("text") or join([word for _, word, _ in rows])
    places = list(_located(rows, text))
    spans: list[Span] = []
    label = ""
    for (line, _, tag), (begin, end) in zip(rows, places, strict=True):
        if not _TAG.fullmatch(tag):
            raise ValueError(f"line {line}: the tag {tag!r} is not O, B-... or I-...")
        kind, _, name = tag.partition("-")
        if kind == "I":
            if name != label:
                raise ValueError(
                    f"line {line}: {tag} goes on with a name that did not begin; IOB2 begins with B-{name}"
                )
            last = spans.pop()
            spans.append(Span(last.id, name, last.start, end))
        elif kind == "B":
            spans.append(Span(f"s{len(spans) + 1}", name, begin, end))
        label = name
    return Sentence(comments.get("sent_id") or str(number), text, tuple(spans))


def _located(rows: Sequence[tuple[int, str, str]], text: str) -> Iterator[tuple[int, int]]:
    """Where each token stands in ``text``: in order, with nothing but white space between."""
    place = 0
    for line, word, _ in rows:
        while place < len(text) and text[place].isspace():
            place += 1
        if not word or not text.startswith(word, place):
            raise ValueError(f"line {line}: the token {word!r} does not stand in the sentence's text at {place}")
        yield place, place + len(word)
        place += len(word)
    if text[place:].strip():
        raise ValueError(
            f"line {rows[-1][0]}: the sentence's text goes on after its last token: {text[place:].strip()[:40]!r}"
        )
