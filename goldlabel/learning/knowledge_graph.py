"""The graph of facts: names as nodes in three columns, relations as arrows, drawn without a library for graphs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from goldlabel.exercises import find_exercise
from goldlabel.learning.figures import Picture, plot_html
from goldlabel.learning.knowledge import EXERCISE, Fact, facts
from goldlabel.review.wording import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

__all__ = ["columns", "graph"]

_COLUMN = {"person": 0, "event": 0, "organisation": 1, "place": 2, "date": 2, "money": 2}
_SWEEPS = 6

DPI = 160
"""What :func:`plot_html` writes."""

_DASHES: Mapping[str, Literal["-", "--", ":", "-."]] = {
    "works_for": "-",
    "based_in": "--",
    "lives_in": ":",
    "owns": "-",
    "takes_place": "-.",
}
_WIDTHS: Mapping[str, float] = {"owns": 2.6}

Place = tuple[float, float]


def columns(known: Sequence[Fact]) -> dict[str, Place]:
    """Where each name is drawn: people and events left, organisations in the middle, places and dates right.

    Names in a column are ordered by the mean height of those that they are joined to (the barycentre heuristic of
    Sugiyama, Tagawa and Toda, 1981), so that few arrows cross.

    Returns:
        ``(column, height)`` by name; the column is 0, 1 or 2, the height 0 (below) to 1.
    """
    kind = {name: what for one in known for name, what in ((one.head, one.head_class), (one.tail, one.tail_class))}
    order = [[name for name in kind if _COLUMN[kind[name]] == number] for number in range(3)]
    joined: dict[str, list[str]] = {name: [] for name in kind}
    for one in known:
        joined[one.head].append(one.tail)
        joined[one.tail].append(one.head)
    heights = _heights(order)
    for _ in range(_SWEEPS):
        for names in order:
            means = {name: sum(heights[other] for other in joined[name]) / len(joined[name]) for name in names}
            names.sort(key=lambda name: -means[name])
            heights = _heights(order)
    return {name: (float(number), heights[name]) for number, names in enumerate(order) for name in names}


def _heights(order: Iterable[Sequence[str]]) -> dict[str, float]:
    return {name: 1 - (k + 0.5) / len(names) for names in order for k, name in enumerate(names)}


def graph(item_ids: Sequence[str]) -> Picture:
    """The gold relations of practice texts as one graph; a name that stands in several texts is one node.

    Raises:
        ExerciseError: There is no such practice text.
    """
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    known = facts(item_ids)
    places = columns(known)
    colors = find_exercise(EXERCISE).colors
    rows = max(sum(at == column for at, _ in places.values()) for column in range(3))
    # As many dots an inch as in the file, so that the boxes measured here are those that the arrows end at.
    figure = Figure(figsize=(9.0, max(2.4, 0.52 * rows + 0.9)), layout="constrained", dpi=DPI)
    axes = figure.subplots()
    axes.set(xlim=(-0.42, 2.42), ylim=(-0.04, 1.04))
    axes.axis("off")
    used = [label for label in _DASHES if any(one.label == label for one in known)]
    handles = [
        Line2D([], [], color=colors[label], linestyle=_DASHES[label], linewidth=_WIDTHS.get(label, 1.7))
        for label in used
    ]
    figure.legend(handles, [plain(label) for label in used], loc="outside upper center", ncols=5, frameon=False)
    box = {"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": "#555555"}
    nodes = {
        name: axes.text(x, y, name, ha="center", va="center", fontsize=9.5, bbox=box, zorder=3)
        for name, (x, y) in places.items()
    }
    figure.draw_without_rendering()
    for one in known:
        _arrow(axes, nodes[one.head], nodes[one.tail], colors[one.label], one.label)
    said = "; ".join(f"{one.head} {plain(one.label)} {one.tail}" for one in known)
    return Picture(plot_html(figure, said), f"{len(places)} names, {len(known)} relations: {said}")


def _arrow(axes: Axes, head: Text, tail: Text, color: str, label: str) -> None:
    """An arrow from box to box; within a column, and over the middle one, it bends round what lies between."""
    ends = head.get_position(), tail.get_position()
    bend = {0.0: -0.35, 2.0: 0.12}.get(abs(ends[0][0] - ends[1][0]), 0.0)
    style = {"arrowstyle": "-|>", "color": color, "linestyle": _DASHES[label], "linewidth": _WIDTHS.get(label, 1.7)}
    shape = {"connectionstyle": f"arc3,rad={bend}", "shrinkA": 1, "shrinkB": 2, "mutation_scale": 14}
    boxes = {"patchA": head.get_bbox_patch(), "patchB": tail.get_bbox_patch()}
    axes.annotate("", xy=ends[1], xytext=ends[0], arrowprops=style | shape | boxes, zorder=2)
