"""Labels on a picture or in a text without verdicts, for worked examples and contact sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldlabel.annotations import Annotation, Item, Keypoints, Mask, Relation, Span, WordBox, only
from goldlabel.review.overlay.figures import Edges, figure_bounds, sided_figure
from goldlabel.review.overlay.paths import bounds_of, path_of
from goldlabel.review.overlay.style import caption, cased, svg, tab
from goldlabel.review.overlay.text_relations import plain_relations
from goldlabel.review.overlay.text_spans import plain_spans

__all__ = ["plain_overlay"]


def plain_overlay(
    item: Item, labels: Sequence[Annotation], colors: Mapping[str, str], *, picture: str = "", edges: Edges = ()
) -> str:
    """The item with ``labels`` in the colours of their classes; figures with left and right in two colours.

    Args:
        item: A picture, whose size sets the coordinates, or a text.
        labels: Of any region type; spans or relations on a text. Words show their text; the colour of the box says the
            field (see :func:`names_html`).
        colors: ``#rrggbb`` by class name; for relations those of the given entities, too.
        picture: Address of the picture, for instance a ``data:`` URI; not used for a text.
        edges: Pairs of keypoints that are joined.

    Returns:
        An ``<svg>`` element; a ``<div>`` for a text.
    """
    if item.text:
        relations = only(labels, Relation)
        if relations or item.given:
            return plain_relations(item, relations, colors)
        return plain_spans(item, only(labels, Span), colors)
    shapes, tabs = [], []
    for one in labels:
        color = colors.get(one.label, "#FFFFFF")
        if isinstance(one, Keypoints):
            shapes.append(sided_figure(one, item, edges))
            tabs.append(tab(figure_bounds(one, item), color, one.label, item))
        elif path := path_of(one):
            shapes.append(cased(path, color, fill=color if isinstance(one, Mask) else "none"))
            bounds = bounds_of(one)
            # A page full of tabs would hide its words.
            tabs.append(caption(bounds, one.text) if isinstance(one, WordBox) else tab(bounds, color, one.label, item))
    return svg(item, picture, [*shapes, *tabs])
