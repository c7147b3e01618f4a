"""The label model: what one annotator says about the items of one exercise.

Everything here is immutable and typed (msgspec tagged structs); reading is strict, so that a violation is
named with its place in the file instead of turning into a silent zero later on.

Conventions: pictures are measured in float pixels from the top left corner; boxes are ``xyxy``; pixel areas
are continuous (a box from 10 to 20 is 10 wide). Class names are strings from the exercise's ontology.

New label types join by a struct with its own tag in :data:`Annotation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from goldlabel.errors import GoldError, LabelsFileError

__all__ = [
    "MAX_FILE_BYTES",
    "SCHEMA",
    "Annotation",
    "Box",
    "Gold",
    "Item",
    "ItemGold",
    "ItemLabels",
    "LabelSet",
    "decode_gold",
    "decode_labels",
    "encode",
    "json_schema",
]

SCHEMA = 1
"""Version of the file layout; written into every file."""

MAX_FILE_BYTES = 64 * 1024 * 1024
"""A labels file larger than this is refused before it is parsed (100,000 boxes take about 15 MB)."""

AttributeValue = bool | float | str


class Box(msgspec.Struct, frozen=True, tag_field="type", tag="box", forbid_unknown_fields=True):
    """An axis-aligned box around one object.

    Attributes:
        id: Unique within the item.
        label: Class name from the ontology.
        xyxy: ``(x1, y1, x2, y2)`` in pixels, origin top left, ``x1 < x2`` and ``y1 < y2`` when valid.
        attributes: Ontology attributes by name; gold adds ``truncated``, ``occluded``, ``visibility`` (0 to 1)
            and ``difficult`` (labelling it is neither rewarded nor punished).
    """

    id: str
    label: str
    xyxy: tuple[float, float, float, float]
    attributes: Mapping[str, AttributeValue] = {}

    @property
    def width(self) -> float:
        """Width in pixels (negative when the corners are swapped)."""
        return self.xyxy[2] - self.xyxy[0]

    @property
    def height(self) -> float:
        """Height in pixels (negative when the corners are swapped)."""
        return self.xyxy[3] - self.xyxy[1]

    @property
    def difficult(self) -> bool:
        """Whether the box is set aside when labels are judged (PASCAL VOC's word)."""
        return bool(self.attributes.get("difficult", False))


Annotation = Box
"""Any label type. A union once there are several; each has its own ``type`` tag in the file."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to label: a line of a data set's ``items.jsonl``.

    Attributes:
        id: Unique within the data set.
        media: Path of the file, relative to the data set's folder.
        width: In pixels.
        height: In pixels.
        pool: ``practice`` or ``exam``; the pools share no scene.
        origin: rendered, synthesised, written or photographed.
        licence: SPDX identifier.
        sha256: Of the media file, hexadecimal.
        difficulty: easy, medium or hard.
        alt: One sentence for a screen reader; gives no answer away.
        source: Where it came from, precisely enough to make it again.
    """

    id: str
    media: str
    width: int
    height: int
    pool: Literal["practice", "exam"]
    origin: str
    licence: str
    sha256: str
    difficulty: str
    alt: str = ""
    source: str = ""


class ItemLabels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The labels of one item.

    Attributes:
        annotations: The labels in drawing order.
        done: The annotator said "this item is finished". An empty item that is done says "nothing there".
        skipped: The annotator left it out on purpose.
        flag: A note to the lead (an empty string: no flag).
        rev: Counts the changes of this item, so that two tabs cannot overwrite each other unseen.
        seconds: Active time spent on the item so far, idle time left out.
    """

    annotations: tuple[Annotation, ...] = ()
    done: bool = False
    skipped: bool = False
    flag: str = ""
    rev: int = 0
    seconds: float = 0.0

    @property
    def labelled(self) -> bool:
        """Whether the annotator said anything about the item, be it that nothing is there."""
        return bool(self.annotations) or self.done


class LabelSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The labels of one exercise by one annotator: the content of ``labels/<exercise>.json``.

    Attributes:
        exercise: Id of the exercise.
        annotator: Who or what labelled ("me", a learner's name, a tool, "simulated: sloppy").
        items: Labels by item id. An item that was never opened may be absent.
        file_id: Random identity of the file; browser drafts are bound to it.
        schema: Version of the layout.
    """

    exercise: str
    annotator: str = "me"
    items: Mapping[str, ItemLabels] = {}
    file_id: str = ""
    schema: int = SCHEMA

    def of(self, item: str) -> ItemLabels:
        """The labels of ``item``; an empty, unfinished record when it was never opened."""
        return self.items.get(item, ItemLabels())

    def with_item(self, item: str, labels: ItemLabels) -> LabelSet:
        """A copy in which ``item`` holds ``labels``."""
        return msgspec.structs.replace(self, items={**self.items, item: labels})


class ItemGold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The gold of one item.

    Attributes:
        annotations: What a perfect annotator would have labelled, ``difficult`` ones included.
    """

    annotations: tuple[Annotation, ...] = ()

    @property
    def scored(self) -> tuple[Annotation, ...]:
        """The annotations that count: all but the ``difficult`` ones."""
        return tuple(one for one in self.annotations if not one.difficult)


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Gold for one pool of a data set, with the story of how it was made.

    Attributes:
        dataset: Folder name under ``datasets/``.
        pool: ``practice`` or ``exam``.
        version: Semantic version of the gold itself.
        made: How it was made (exact by construction; two annotators and an adjudicator; packaged).
        agreement: What is known of its reliability, in one sentence.
        items: Gold by item id.
        schema: Version of the layout.
    """

    dataset: str
    pool: str
    version: str
    made: str
    agreement: str
    items: Mapping[str, ItemGold]
    schema: int = SCHEMA

    def of(self, item: str) -> ItemGold:
        """The gold of ``item``.

        Raises:
            GoldError: There is no gold for it.
        """
        try:
            return self.items[item]
        except KeyError:
            raise GoldError(
                f"There is no gold for the item {item!r}",
                where=f"{self.dataset}, pool {self.pool}, version {self.version}",
                todo="Check that the item list and the gold belong to the same version of the data set.",
            ) from None


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
