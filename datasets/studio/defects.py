"""Marks on a fruit's skin: bruise, rot, wormhole and the packer's sticker, painted over a finished skin.

A mark is a field in the fruit's own coordinates: the distance from a point of its surface, bent by noise, divided by
the radius. It is 1 on the mark's edge. The picture's colours and the numbers of the exact pass read the same field, so
that the gold and the picture cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import bpy

from .nodes import Colour, MaterialGraph, Socket

Point = tuple[float, float, float]
KINDS = ("bruise", "rot", "wormhole", "sticker")
MOULDS: tuple[tuple[Colour, Colour], ...] = (
    ((0.66, 0.66, 0.60), (0.50, 0.50, 0.44)),
    ((0.30, 0.50, 0.44), (0.52, 0.62, 0.56)),
)
STICKERS: tuple[tuple[Colour, Colour], ...] = (
    ((0.02, 0.10, 0.42), (0.80, 0.80, 0.78)),
    ((0.78, 0.78, 0.74), (0.55, 0.02, 0.03)),
    ((0.02, 0.22, 0.08), (0.82, 0.62, 0.05)),
)


@dataclass(frozen=True)
class Spot:
    """One mark: `at` is a point of the surface in the fruit's coordinates, `radius` is in metres.

    `soft` is the width of the blurred edge as a share of the radius; `bend` says how far the edge leaves a circle.
    """

    kind: str
    at: Point
    radius: float
    seed: int
    soft: float = 0.12
    bend: float = 0.25

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no mark is called {self.kind!r}; there are {', '.join(KINDS)}")


def paint(material: bpy.types.Material, spots: Sequence[Spot]) -> None:
    """Paint marks over a skin whose surface is one Principled BSDF; a later mark covers an earlier one."""
    graph = MaterialGraph(material.name, over=material)
    painters = {"bruise": _bruise, "rot": _rot, "wormhole": _wormhole, "sticker": _sticker}
    for spot in spots:
        painters[spot.kind](graph, spot, field(graph, spot))


def numbered(number: int, spots: Sequence[tuple[int, Spot]]) -> bpy.types.Material:
    """A flat material that shines with `number` / 255, and inside each mark with the mark's own number / 255."""
    graph = MaterialGraph("numbers")
    value: float | Socket = float(number)
    for spot_number, spot in spots:
        inside = graph.math("LESS_THAN", field(graph, spot), 1.0)
        gap = graph.math("SUBTRACT", float(spot_number), value)
        value = graph.math("ADD", value, graph.math("MULTIPLY", gap, inside))
    graph.shining(graph.joined(graph.math("DIVIDE", value, 255.0), 0.0, 0.0))
    return graph.material


def field(graph: MaterialGraph, spot: Spot) -> Socket:
    """Bent distance from the mark's centre divided by its radius: below 1 inside, 1 on the edge."""
    distance = graph.distance(graph.position(), spot.at)
    shift = (spot.seed % 97 * 0.37, spot.seed % 89 * 0.53, spot.seed % 83 * 0.71)
    bent = graph.noise(0.9 / spot.radius, 2, 0.45, at=graph.mapped(shift=shift))
    bent = graph.math("MULTIPLY", graph.math("SUBTRACT", bent, 0.5), 6.0 * spot.bend)
    return graph.math("ADD", graph.math("DIVIDE", distance, spot.radius), bent)


def _within(graph: MaterialGraph, ratio: Socket, edge: float, soft: float) -> Socket:
    """1 where the field is below `edge`, 0 beyond it, half on the edge itself."""
    # A ramp reads 0 to 1 only; the field is halved to leave room for what lies outside.
    low, high = (edge - soft / 2) / 2, (edge + soft / 2) / 2
    return graph.ramp(graph.math("MULTIPLY", ratio, 0.5), [(low, 1.0), (high, 0.0)])


def _shift(seed: int) -> Point:
    return (seed % 71 * 0.13, seed % 67 * 0.17, seed % 61 * 0.19)


def _lay(graph: MaterialGraph, amount: Socket, colour: Socket | Colour, rough: float, coat: float) -> None:
    """Blend a colour, a roughness and a coat into the surface by `amount`."""
    graph.blend("Base Color", amount, colour)
    graph.blend("Roughness", amount, rough)
    graph.blend("Coat Weight", amount, coat)


def _bruise(graph: MaterialGraph, spot: Spot, ratio: Socket) -> None:
    """A soft brown patch with a smooth, even surface."""
    tone = graph.noise(0.5 / spot.radius, 3, at=graph.mapped(shift=_shift(spot.seed)))
    colour = graph.ramp(tone, [(0.3, (0.105, 0.042, 0.014)), (0.7, (0.19, 0.082, 0.026))])
    amount = graph.math("MULTIPLY", _within(graph, ratio, 1.0, spot.soft), 0.90)
    _lay(graph, amount, colour, 0.46, 0.05)


def _rot(graph: MaterialGraph, spot: Spot, ratio: Socket) -> None:
    """A dark, wrinkled patch, a brown border, and tufts of mould that stand thickest in its middle."""
    at = graph.mapped(shift=_shift(spot.seed))
    colour = graph.ramp(graph.noise(160, 4, 0.6, at=at), [(0.35, (0.020, 0.010, 0.006)), (0.7, (0.062, 0.030, 0.014))])
    border = graph.ramp(graph.math("MULTIPLY", ratio, 0.5), [(0.36, 0.0), (0.46, 0.75)])
    colour = graph.mix(border, colour, (0.13, 0.060, 0.022))
    first, second = MOULDS[spot.seed % len(MOULDS)]
    mould = graph.mix(graph.noise(400, 2, at=at), first, second)
    # About 3 mm from tuft to tuft: a handful of pixels each in the smaller pictures.
    tufts = graph.ramp(graph.cells(300, at=at), [(0.30, 1.0), (0.44, 0.0)])
    crowd = graph.math("ADD", graph.noise(70, 2, at=at), graph.math("MULTIPLY", ratio, -0.26))
    tufts = graph.math("MULTIPLY", tufts, graph.ramp(crowd, [(0.22, 0.0), (0.30, 1.0)]))
    colour = graph.mix(graph.math("MULTIPLY", tufts, 0.95), colour, mould)
    _lay(graph, _within(graph, ratio, 1.0, spot.soft), colour, 0.85, 0.0)


def _wormhole(graph: MaterialGraph, _spot: Spot, ratio: Socket) -> None:
    """A round black hole inside a brown rim of crumbs."""
    crumbs = graph.ramp(graph.noise(900, 2), [(0.35, (0.085, 0.034, 0.012)), (0.65, (0.23, 0.105, 0.035))])
    _lay(graph, _within(graph, ratio, 1.0, 0.16), crumbs, 0.85, 0.0)
    hole = _within(graph, ratio, 0.56, 0.10)
    _lay(graph, hole, (0.003, 0.002, 0.0015), 1.0, 0.0)
    graph.blend("Specular IOR Level", hole, 0.0)


def _sticker(graph: MaterialGraph, spot: Spot, ratio: Socket) -> None:
    """A round paper label: a ring, a band, no text."""
    ground, ink = STICKERS[spot.seed % len(STICKERS)]
    ring = graph.math("SUBTRACT", _within(graph, ratio, 0.84, 0.02), _within(graph, ratio, 0.72, 0.02))
    _, _, z = graph.split(graph.mapped(shift=tuple(-part for part in spot.at), turn=(0.0, 0.0, 0.0)))
    band = graph.math("LESS_THAN", graph.math("ABSOLUTE", z), 0.17 * spot.radius)
    band = graph.math("MULTIPLY", band, _within(graph, ratio, 0.72, 0.02))
    colour = graph.mix(graph.math("ADD", ring, band), ground, ink)
    _lay(graph, _within(graph, ratio, 1.0, 0.02), colour, 0.35, 0.10)
