"""Masks: the pixels of one object each, painted with a brush."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from goldlabel.annotations import Annotation, Item, Mask
from goldlabel.errors import DataError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import sound
from goldlabel.widgets.pictures import Picture

__all__ = ["MaskLabeller"]


class MaskLabeller(Labeller):
    """Paint masks on pictures. Masks travel and are kept as COCO's run lengths: a few hundred bytes each."""

    _esm = STATIC / "masks.js"
    _css = STATIC / "masks.css"

    def _load_media(self, item: Item) -> Picture:
        # Nothing else in the widgets needs numpy. It comes with the first picture, so no stroke waits for it.
        import_module("goldlabel.metrics.masks")
        return super()._load_media(item)

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        from goldlabel.metrics.masks import RleError, decode_rle

        masks = sound(annotations, Mask, noun="a mask", plural="masks", classes=self._spec.class_names)
        tidy = []
        for one in masks:
            if one.size != (item.height, item.width):
                height, width = one.size
                raise DataError(f"a mask is {width} x {height} pixels large, the picture {item.width} x {item.height}")
            try:
                painted = decode_rle(one.counts, one.size).any()
            except RleError as error:
                raise DataError(f"a mask cannot be read: {error}") from None
            if painted:
                tidy.append(one)
        return tuple(tidy)
