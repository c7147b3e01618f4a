"""PASCAL VOC's XML: one file a picture.

Source: the VOC 2012 development kit, section 8 (annotation format). Corners are whole pixels **counted from 1**, and
both corners belong to the box: a box over the first ten pixels has ``xmin`` 1 and ``xmax`` 10. A program that forgets
this shifts every box by one pixel.

Lost: fractions of a pixel, ids, attributes other than truncated, occluded and difficult, whether an item is finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from goldlabel.annotations import Box, Item

__all__ = ["corners_of", "to_voc", "xyxy_of"]

FLAGS = ("truncated", "occluded", "difficult")


def corners_of(xyxy: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """``(xmin, ymin, xmax, ymax)`` as VOC counts them, of continuous corners."""
    x1, y1, x2, y2 = xyxy
    xmin, ymin = round(x1) + 1, round(y1) + 1
    return xmin, ymin, max(round(x2), xmin), max(round(y2), ymin)


def xyxy_of(corners: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    """Continuous corners of VOC's."""
    xmin, ymin, xmax, ymax = corners
    return float(xmin - 1), float(ymin - 1), float(xmax), float(ymax)


def to_voc(item: Item, boxes: Sequence[Box]) -> str:
    """The file of one picture, indented by two spaces."""
    root = Xml.Element("annotation")
    Xml.SubElement(root, "filename").text = item.media.split("/")[-1]
    size = Xml.SubElement(root, "size")
    for name, value in (("width", item.width), ("height", item.height), ("depth", 3)):
        Xml.SubElement(size, name).text = str(value)
    for box in boxes:
        thing = Xml.SubElement(root, "object")
        Xml.SubElement(thing, "name").text = box.label
        for flag in FLAGS:
            Xml.SubElement(thing, flag).text = str(int(bool(box.attributes.get(flag, False))))
        place = Xml.SubElement(thing, "bndbox")
        for name, number in zip(("xmin", "ymin", "xmax", "ymax"), corners_of(box.xyxy), strict=True):
            Xml.SubElement(place, name).text = str(number)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode") + "\n"
