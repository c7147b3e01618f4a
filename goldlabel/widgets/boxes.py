"""Boxes on pictures: jupyter-bbox-widget's drawing surface inside the labelling shell.

The surface is used as it is published, but never raw: our shell speaks to it through a small stand-in model,
so nothing that it does reaches the kernel by itself. That removes its echo race and lets the shell mend what
it gets wrong (clicks stored as boxes, boxes outside the picture, keys that Jupyter reacts to).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import metadata, resources

import msgspec
import traitlets

from goldlabel.annotations import Annotation, Box, Item
from goldlabel.errors import GoldlabelError
from goldlabel.widgets.base import STATIC, Labeller
from goldlabel.widgets.checks import finite, sound

__all__ = ["SURFACE_VERSION", "BoxLabeller", "surface_source"]

SURFACE_VERSION = "0.7.0"
"""The version of jupyter-bbox-widget that the shell was written against."""

RELIED_ON = {
    "main.mjs": (
        '"wrapper svelte-',  # the focusable node that gets our name and our keys
        '"image-measure svelte-',  # its child <img> is sized by our zoom
        '"classes svelte-',  # its class list, which ours replaces
        '"mousedown"',  # the events that we make from pointers
        "render:",  # the entry point
        "selected_index",
    ),
    "style.css": (".wrapper.svelte-", ".movable.svelte-"),
}
"""What the shell relies on inside the surface's files; checked before it is used."""


@cache
def surface_source() -> tuple[str, str]:
    """JavaScript and style sheet of the drawing surface.

    Raises:
        GoldlabelError: Another version is installed, or its files are not what the shell relies on.
    """
    todo = "Run `python3 start.py` in the course folder: it installs the version that the course was made with."
    version = metadata.version("jupyter-bbox-widget")
    if version != SURFACE_VERSION:
        raise GoldlabelError(
            f"jupyter-bbox-widget {version} is installed; the box widget needs {SURFACE_VERSION}", todo=todo
        )
    folder = resources.files("jupyter_bbox_widget") / "static"
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in RELIED_ON}
    for name, parts in RELIED_ON.items():
        for part in parts:
            if part not in texts[name]:
                raise GoldlabelError(f"{name} of jupyter-bbox-widget lacks {part!r}", where=str(folder), todo=todo)
    return texts["main.mjs"], texts["style.css"]


class BoxLabeller(Labeller):
    """Draw boxes on pictures.

    >>> BoxLabeller(spec, spec.items(), store)      # doctest: +SKIP
    """

    _esm = STATIC / "boxes.js"
    _css = traitlets.Unicode().tag(sync=True)
    surface = traitlets.Unicode(help="The drawing surface's own module, imported by the shell.").tag(sync=True)

    @traitlets.default("_css")
    def _default_css(self) -> str:
        return surface_source()[1] + (STATIC / "boxes.css").read_text(encoding="utf-8")

    @traitlets.default("surface")
    def _default_surface(self) -> str:
        return surface_source()[0]

    def _tidy(self, item: Item, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
        tidy = []
        for box in sound(annotations, Box, noun="a box", plural="boxes", classes=self._spec.class_names):
            finite(box.xyxy)
            x1, y1, x2, y2 = box.xyxy
            left, right = (min(max(x, 0.0), item.width) for x in sorted((x1, x2)))
            top, bottom = (min(max(y, 0.0), item.height) for y in sorted((y1, y2)))
            if left < right and top < bottom:
                tidy.append(msgspec.structs.replace(box, xyxy=(left, top, right, bottom)))
        return tuple(tidy)
