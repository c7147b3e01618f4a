"""What wooden figures sit on, kick and hide behind: each stands on z = 0 about the z axis. Metres, linear RGB."""

from __future__ import annotations

import math

import bpy
import numpy as np

from .nodes import MaterialGraph
from .paints import painted_wood, plain
from .shapes import Part, build, ellipsoid, lathe, soften, tube
from .stages import slab

BENCH_SEAT = 0.455
CHAIR_SEAT = 0.455


def make_furniture(kind: str) -> bpy.types.Object:
    """One piece by its name.

    Raises:
        ValueError: There is no such piece.
    """
    makers = {
        "bollard": bollard,
        "bench": bench,
        "chair": chair,
        "crate": crate,
        "ball": ball,
        "lamp": lamp,
        "table": table,
        "vault": vault,
        "bush": bush,
    }
    if kind not in makers:
        raise ValueError(f"no piece is called {kind!r}; there are {', '.join(makers)}")
    return makers[kind]()


def bollard() -> bpy.types.Object:
    """A post of cast iron, 1 m high."""
    profile = [
        (0.0, 0.0),
        (0.11, 0.0),
        (0.11, 0.06),
        (0.075, 0.12),
        (0.065, 0.85),
        (0.085, 0.88),
        (0.085, 0.92),
        (0.0, 1.0),
    ]
    return build("bollard", [lathe(profile, plain("iron", (0.03, 0.035, 0.04), 0.4, 0.5), 28)])


def bench() -> bpy.types.Object:
    """A park bench without a back, 1.6 m long along y; whoever sits looks along +x."""
    board, leg = painted_wood((0.26, 0.13, 0.05)), plain("iron", (0.03, 0.035, 0.04), 0.4, 0.5)
    parts = [slab((0.11, 1.6, 0.045), board, (x, 0, BENCH_SEAT - 0.045)) for x in (-0.14, 0.0, 0.14)]
    parts += [slab((0.40, 0.07, BENCH_SEAT - 0.045), leg, (0, y, 0)) for y in (-0.62, 0.62)]
    thing = build("bench", parts)
    soften(thing, 0.008)
    return thing


def chair() -> bpy.types.Object:
    """A kitchen chair; its back is at -x."""
    paint = painted_wood((0.50, 0.36, 0.08))
    parts = [slab((0.42, 0.42, 0.035), paint, (0, 0, CHAIR_SEAT - 0.035))]
    for y in (-0.18, 0.18):
        parts.append(slab((0.04, 0.04, CHAIR_SEAT - 0.035), paint, (0.17, y, 0)))
        parts.append(slab((0.04, 0.04, 0.92), paint, (-0.19, y, 0)))
    parts += [slab((0.025, 0.36, 0.07), paint, (-0.19, 0, z)) for z in (0.58, 0.70, 0.82)]
    thing = build("chair", parts)
    soften(thing, 0.006)
    return thing


def crate() -> bpy.types.Object:
    """A wooden box with slats, 40 cm wide."""
    pale, dark = painted_wood((0.46, 0.30, 0.14)), painted_wood((0.30, 0.18, 0.08))
    parts = [slab((0.40, 0.40, 0.325), pale, (0, 0, 0))]
    parts += [slab((0.42, 0.42, 0.05), dark, (0, 0, z)) for z in (0.0, 0.29)]
    thing = build("crate", parts)
    soften(thing, 0.006)
    return thing


def ball() -> bpy.types.Object:
    """A football of 22 cm with dark patches."""
    graph = MaterialGraph("ball")
    patch = graph.ramp(graph.cells(9), [(0.36, 1.0), (0.38, 0.0)])
    graph.surface(Base_Color=graph.mix(patch, (0.66, 0.64, 0.60), (0.04, 0.05, 0.08)), Roughness=0.5)
    return build("ball", [ellipsoid((0, 0, 0.11), (0.11, 0.11, 0.11), graph.material, 32)])


def lamp() -> bpy.types.Object:
    """A lamp post; only its foot and shaft are seen in most pictures."""
    iron = plain("lamp green", (0.03, 0.08, 0.06), 0.4, 0.3)
    profile = [(0.0, 0.0), (0.16, 0.0), (0.16, 0.10), (0.10, 0.20), (0.075, 0.5), (0.06, 0.6), (0.055, 3.6), (0.0, 3.6)]
    return build("lamp", [lathe(profile, iron, 24)])


def table() -> bpy.types.Object:
    """A small kitchen table, 75 cm high."""
    paint, leg = painted_wood((0.48, 0.28, 0.12)), painted_wood((0.55, 0.53, 0.48))
    parts = [slab((1.0, 0.7, 0.035), paint, (0, 0, 0.715))]
    parts += [slab((0.06, 0.06, 0.715), leg, (x, y, 0)) for x in (-0.43, 0.43) for y in (-0.28, 0.28)]
    thing = build("table", parts)
    soften(thing, 0.006)
    return thing


def vault() -> bpy.types.Object:
    """A vaulting box as in a gym, 1.1 m long and 80 cm high."""
    pale, leather = painted_wood((0.52, 0.35, 0.17)), plain("leather", (0.20, 0.09, 0.04), 0.55)
    parts: list[Part] = [slab((1.1 - 0.05 * n, 0.5, 0.155), pale, (0, 0, 0.16 * n)) for n in range(4)]
    parts.append(slab((0.96, 0.46, 0.14), leather, (0, 0, 0.64)))
    thing = build("vault", parts)
    soften(thing, 0.012)
    return thing


def bush() -> bpy.types.Object:
    """A round bush, 80 cm high."""
    graph = MaterialGraph("bush")
    clump = graph.noise(22, 6, 0.75)
    graph.surface(Base_Color=graph.ramp(clump, [(0.35, (0.03, 0.08, 0.01)), (0.7, (0.18, 0.27, 0.05))]), Roughness=0.8)
    graph.surface(Normal=graph.bump(clump, 1.0, 0.08))
    angle = np.arange(7) * 2 * math.pi / 7
    parts = [ellipsoid((0, 0, 0.42), (0.36, 0.36, 0.40), graph.material, 28)]
    parts += [
        ellipsoid((0.2 * math.cos(a), 0.2 * math.sin(a), 0.28 + 0.07 * (n % 3)), (0.24, 0.24, 0.26), graph.material, 24)
        for n, a in enumerate(angle)
    ]
    parts.append(
        tube(np.array([(0, 0, 0.0), (0, 0, 0.1), (0, 0, 0.3)]), [0.05] * 3, plain("stem", (0.1, 0.06, 0.03)), 8)
    )
    return build("bush", parts)
