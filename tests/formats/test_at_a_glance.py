"""One box in three formats: the numbers that the field's own readers expect."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.annotations import Box, Choice, Item, Keypoints, Mask
from goldlabel.formats.coco import to_coco
from goldlabel.formats.voc import corners_of, to_voc, xyxy_of
from goldlabel.formats.yolo import box_of, line_of
from goldlabel.metrics.masks import encode_rle

ITEM = Item("p1", "media/p1.jpg", 200, 100, "practice", "rendered", "CC0-1.0", "", "easy")
EMPTY = Item("p2", "media/p2.jpg", 30, 20, "practice", "rendered", "CC0-1.0", "", "easy")
BOX = Box("b1", "pear", (20.0, 10.0, 60.0, 30.0), attributes={"truncated": True, "crowd": True})
CLASSES = ("apple", "pear")


def test_one_box_three_ways() -> None:
    coco = to_coco([ITEM, EMPTY], {"p1": [BOX]}, CLASSES)
    (row,) = coco["annotations"]
    assert row["bbox"] == [20.0, 10.0, 40.0, 20.0]
    assert (row["category_id"], row["image_id"], row["iscrowd"], row["area"]) == (2, 1, 1, 800.0)
    assert [image["file_name"] for image in coco["images"]] == ["p1.jpg", "p2.jpg"]
    assert line_of(BOX, ITEM, CLASSES) == "1 0.200000 0.200000 0.200000 0.200000"
    assert corners_of(BOX.xyxy) == (21, 11, 60, 30)


def test_voc_can_be_read_and_keeps_its_flags() -> None:
    root = ElementTree.fromstring(to_voc(ITEM, [BOX]))
    thing = root.find("object")
    assert thing is not None
    assert [thing.findtext(name) for name in ("name", "truncated", "occluded")] == ["pear", "1", "0"]
    assert [place.text for place in thing.find("bndbox")] == ["21", "11", "60", "30"]
    assert root.findtext("size/width") == "200"


def test_names_are_escaped_in_xml() -> None:
    text = to_voc(ITEM, [Box("b", "<pear> & co", (0.0, 0.0, 1.0, 1.0))])
    assert ElementTree.fromstring(text).findtext("object/name") == "<pear> & co"


edges = st.floats(0, 100).map(lambda x: round(x, 2))


@given(st.tuples(edges, edges, edges, edges))
def test_yolo_brings_a_box_back_within_a_hundredth_of_a_pixel(corners) -> None:
    (x1, x2), (y1, y2) = sorted(corners[::2]), sorted(corners[1::2])
    box = Box("b", "apple", (x1, y1, x2, y2))
    back = box_of(line_of(box, ITEM, CLASSES), ITEM, CLASSES, name="b")
    assert back.label == "apple"
    assert back.xyxy == pytest.approx(box.xyxy, abs=0.01)


@given(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(1, 10), st.integers(1, 10)))
def test_voc_brings_whole_pixels_back_exactly(numbers) -> None:
    x, y, width, height = numbers
    corners = (float(x), float(y), float(x + width), float(y + height))
    assert xyxy_of(corners_of(corners)) == corners


def test_pycocotools_reads_what_we_write() -> None:
    from pycocotools.coco import COCO

    mask = np.zeros((100, 200), dtype=bool)
    mask[10:30, 50:90] = True
    person = Keypoints("k", "pear", points={"nose": (5.0, 6.0, 2), "knee": (9.0, 40.0, 1), "heel": (0.0, 0.0, 0)})
    labels = {"p1": [BOX, Mask("m", "apple", size=(100, 200), counts=encode_rle(mask)), person]}
    reader = COCO()
    reader.dataset = to_coco([ITEM, EMPTY], labels, CLASSES, points=("nose", "knee", "heel"), edges=[("nose", "knee")])
    reader.createIndex()
    rows = reader.loadAnns(reader.getAnnIds(imgIds=[1]))
    assert (reader.annToMask(rows[1]) == mask).all()
    assert (rows[1]["bbox"], rows[1]["area"]) == ([50.0, 10.0, 40.0, 20.0], 800)
    assert rows[2]["keypoints"] == [5.0, 6.0, 2, 9.0, 40.0, 1, 0.0, 0.0, 0]
    assert rows[2]["num_keypoints"] == 2
    assert reader.loadCats([1])[0]["skeleton"] == [[1, 2]]
    assert reader.getAnnIds(imgIds=[2]) == []


def test_what_cannot_be_written_is_told() -> None:
    with pytest.raises(ValueError, match="'plum' is not in the list"):
        to_coco([ITEM], {"p1": [Box("b", "plum", (0.0, 0.0, 1.0, 1.0))]}, CLASSES)
    with pytest.raises(ValueError, match="'plum' is not in the list"):
        line_of(Box("b", "plum", (0.0, 0.0, 1.0, 1.0)), ITEM, CLASSES)
    with pytest.raises(ValueError, match="no form for a Choice"):
        to_coco([ITEM], {"p1": [Choice("class", "pear")]}, CLASSES)
    with pytest.raises(ValueError, match="five numbers, this one holds 4"):
        box_of("1 0.5 0.5 0.1", ITEM, CLASSES, name="b")
    with pytest.raises(ValueError, match="class 7 is not in the list of 2"):
        box_of("7 0.5 0.5 0.1 0.1", ITEM, CLASSES, name="b")
