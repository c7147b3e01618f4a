"""Items, the labels of an exercise and its gold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from goldlabel.annotations.types import Annotation
from goldlabel.errors import GoldError

__all__ = ["SCHEMA", "Gold", "Item", "ItemGold", "ItemLabels", "LabelSet"]

SCHEMA = 1
"""Version of the file layout; written into every file."""


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing to label: a line of a data set's ``items.jsonl``. What is not said there has its default.

    Attributes:
        id: Unique within the data set.
        media: Path of the file, relative to the data set's folder; empty where the item is its ``text``.
        width: In pixels; 0 without a picture.
        height: In pixels; 0 without a picture.
        pool: ``practice`` or ``exam``; the pools share no scene.
        origin: rendered, synthesised, written or photographed.
        licence: SPDX identifier.
        sha256: Of the media file, hexadecimal; of a clip, of all its frames one after the other.
        difficulty: easy, medium or hard.
        alt: One sentence for a screen reader; gives no answer away.
        source: Where it came from, precisely enough to make it again.
        text: The text to label, where the item is a text. ``sha256`` is then that of its UTF-8 bytes.
        group: Kind of item within the data set; an exercise may draw from one group only.
        given: Annotations that the item comes with and that nobody changes: the entities of a text in which relations
            are looked for.
        beside: A second text that is shown next to the item and not labelled itself: the source of a summary.
        seconds: How long a sound or a clip lasts; 0 without time.
        frames: Of a clip, whose ``media`` is the folder of ``000.jpg``, ``001.jpg`` ...; 0 without frames.
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
    text: str = ""
    group: str = ""
    given: tuple[Annotation, ...] = ()
    beside: str = ""
    seconds: float = 0.0
    frames: int = 0

    @property
    def sound(self) -> bool:
        """Whether it is listened to: it lasts, and has neither frames nor a text to label."""
        return self.seconds > 0 and not self.frames and not self.text


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
