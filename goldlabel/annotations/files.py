"""Labels and gold as JSON files. Reading is strict: a violation is named with its place instead of becoming a zero."""

from __future__ import annotations

from typing import Any

import msgspec

from goldlabel.annotations.items import SCHEMA, Gold, ItemLabels, LabelSet
from goldlabel.errors import GoldError, LabelsFileError

__all__ = ["MAX_FILE_BYTES", "decode_gold", "decode_labels", "encode", "json_schema"]

MAX_FILE_BYTES = 64 * 1024 * 1024
"""A labels file larger than this is refused before it is parsed (100,000 boxes take about 15 MB)."""

_LABELS = msgspec.json.Decoder(LabelSet)
_GOLD = msgspec.json.Decoder(Gold)
_ENCODER = msgspec.json.Encoder(order="sorted")
_AGAIN = "Run the exercise's first cell again: damaged labels are rebuilt from their journal."


class _Outline(msgspec.Struct):
    """A labels file, read only as far as is needed to say what is wrong with it."""

    schema: Any = SCHEMA
    items: msgspec.Raw = msgspec.Raw(b"{}")


def encode(value: LabelSet | Gold) -> bytes:
    """``value`` as JSON, indented by one space, so that a person can read it and git can diff it.

    Raises:
        LabelsFileError: It holds what JSON cannot: a number that is not finite, half a character.
    """
    try:
        data = _ENCODER.encode(value)
        # A number that JSON does not have is written as null, and no field may be null.
        if b"null" in data:
            (_LABELS if isinstance(value, LabelSet) else _GOLD).decode(data)
    except msgspec.ValidationError as error:
        what, place = _named(data, error)
        raise LabelsFileError(
            f"These labels cannot be written: {what} (NaN and infinity become null)",
            where=place,
            todo="Give finite numbers.",
        ) from None
    except UnicodeEncodeError as error:
        raise LabelsFileError(
            f"These labels cannot be written: {error.reason}", where=repr(error.object[:40]), todo="Mend the text."
        ) from None
    return msgspec.json.format(data, indent=1) + b"\n"


def decode_labels(data: bytes, *, where: str, exercise: str | None = None) -> LabelSet:
    """Read a labels file.

    Args:
        data: The bytes of the file.
        where: What to call the file in an error.
        exercise: If given, the file must belong to this exercise.

    Raises:
        LabelsFileError: Empty, cut off, too large, nested too deeply, of another layout or another exercise.
    """
    if len(data) > MAX_FILE_BYTES:
        raise LabelsFileError(
            f"The labels file is {len(data) / 1e6:.0f} MB; more than {MAX_FILE_BYTES // 2**20} MB is not read",
            where=where,
            todo="Hand in the file that the exercise itself wrote.",
        )
    if not data.strip():
        raise LabelsFileError("The labels file is empty", where=where, todo=_AGAIN)
    try:
        labels = _LABELS.decode(data)
    except msgspec.ValidationError as error:
        version = _outline(data).schema
        if isinstance(version, int) and version != SCHEMA:
            raise _other_layout(version, where) from None
        what, place = _named(data, error)
        raise LabelsFileError(
            f"The labels file is not in the expected form: {what}",
            where=", ".join(filter(None, (where, place))),
            todo=_AGAIN,
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LabelsFileError(
            f"The labels file is damaged and cannot be read as JSON: {error}", where=where, todo=_AGAIN
        ) from None
    if labels.schema != SCHEMA:
        raise _other_layout(labels.schema, where)
    if exercise is not None and labels.exercise != exercise:
        raise LabelsFileError(
            f"The labels file belongs to the exercise {labels.exercise!r}, not to {exercise!r}",
            where=where,
            todo=f"Hand in labels/{exercise}.json.",
        )
    return labels


def _other_layout(version: int, where: str) -> LabelsFileError:
    return LabelsFileError(
        f"The labels file has layout version {version}, this program reads version {SCHEMA}",
        where=where,
        todo="Use the version of the course that wrote the file.",
    )


def _outline(data: bytes) -> _Outline:
    """As much of a labels file as can be read; nothing of one that is no JSON at all."""
    try:
        return msgspec.json.decode(data, type=_Outline)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Outline()


def _named(data: bytes, error: msgspec.ValidationError) -> tuple[str, str]:
    """What is wrong, and in which item and field: msgspec writes ``items[...]`` and keeps the item to itself."""
    what, _, path = str(error).partition(" - at `$")
    place = path.strip("`.")
    try:
        for item, raw in msgspec.json.decode(_outline(data).items, type=dict[str, msgspec.Raw]).items():
            place_in_item = f"item {item}"
            msgspec.json.decode(raw, type=ItemLabels)
    except msgspec.ValidationError as inner:
        if path.startswith(".items[...]"):
            what, _, path = str(inner).partition(" - at `$")
            place = ", ".join(filter(None, (place_in_item, path.strip("`."))))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    return what, place


def decode_gold(data: bytes, *, where: str) -> Gold:
    """Read a gold file.

    Raises:
        GoldError: The file is not gold in the layout of this version.
    """
    try:
        gold = _GOLD.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise GoldError(
            f"The gold file cannot be read: {error}", where=where, todo="Restore it from the repository."
        ) from None
    if gold.schema != SCHEMA:
        raise GoldError(
            f"The gold file has layout version {gold.schema}", where=where, todo=f"Version {SCHEMA} is needed."
        )
    return gold


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a labels file, for tools that want to write one."""
    return msgspec.json.schema(LabelSet)
