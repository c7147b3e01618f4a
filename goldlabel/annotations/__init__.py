"""The label model: what one annotator says about the items of one exercise.

Everything here is immutable and typed (msgspec tagged structs). New label types join by a struct of their own in
:mod:`goldlabel.annotations.types`.
"""

from goldlabel.annotations.files import MAX_FILE_BYTES, decode_gold, decode_labels, encode, json_schema
from goldlabel.annotations.items import SCHEMA, Gold, Item, ItemGold, ItemLabels, LabelSet
from goldlabel.annotations.types import (
    Annotation,
    AttributeValue,
    Box,
    Choice,
    KeyFact,
    Keypoint,
    Keypoints,
    Mask,
    Point,
    Polygon,
    Relation,
    Ring,
    RotatedBox,
    Segment,
    Span,
    Stretch,
    Track,
    TrackedBox,
    WordBox,
    Written,
    only,
)

__all__ = [
    "MAX_FILE_BYTES",
    "SCHEMA",
    "Annotation",
    "AttributeValue",
    "Box",
    "Choice",
    "Gold",
    "Item",
    "ItemGold",
    "ItemLabels",
    "KeyFact",
    "Keypoint",
    "Keypoints",
    "LabelSet",
    "Mask",
    "Point",
    "Polygon",
    "Relation",
    "Ring",
    "RotatedBox",
    "Segment",
    "Span",
    "Stretch",
    "Track",
    "TrackedBox",
    "WordBox",
    "Written",
    "decode_gold",
    "decode_labels",
    "encode",
    "json_schema",
    "only",
]
