"""The skins of the five fruit. Colours are linear RGB, textures are in metres on a fruit of natural size."""

from __future__ import annotations

import random

import bpy

from .nodes import Colour, MaterialGraph

APPLE_PALETTES: dict[str, tuple[Colour, Colour, Colour]] = {
    "red": ((0.34, 0.008, 0.012), (0.50, 0.030, 0.022), (0.60, 0.28, 0.06)),
    "gala": ((0.42, 0.035, 0.020), (0.64, 0.13, 0.040), (0.76, 0.50, 0.13)),
    "green": ((0.16, 0.36, 0.020), (0.25, 0.47, 0.030), (0.36, 0.54, 0.07)),
}
APPLE_CAVITY: dict[str, Colour] = {"red": (0.40, 0.34, 0.07), "gala": (0.44, 0.36, 0.08), "green": (0.24, 0.30, 0.05)}


def _somewhere(rng: random.Random) -> Colour:
    """A random shift, so that no two fruit show the same patch of noise."""
    return (rng.uniform(0, 9), rng.uniform(0, 9), rng.uniform(0, 9))


def apple_skin(seed: int, kind: str, flawless: bool = False) -> bpy.types.Material:
    """Streaks along the meridians, a pale cavity, fine pale dots, and, unless flawless, now and then a bruise."""
    rng = random.Random(seed)
    graph = MaterialGraph(f"apple {kind}")
    dark, middle, light = APPLE_PALETTES[kind]
    x, y, z = graph.split()
    angle = graph.math("ARCTAN2", y, x)
    meridian = graph.joined(graph.math("COSINE", angle), graph.math("SINE", angle), graph.math("MULTIPLY", z, 5.0))
    meridian = graph.mapped(shift=_somewhere(rng), at=meridian)
    streaks = graph.noise(9, 6, 0.6, 0.3, at=meridian)
    blush = graph.noise(1.1, 2, at=meridian)
    tone = graph.math("ADD", graph.math("MULTIPLY", streaks, 0.55), graph.math("MULTIPLY", blush, 0.75))
    colour = graph.ramp(tone, [(0.38, dark), (0.62, middle), (0.88, light)])
    in_cavity = graph.ramp(graph.math("ABSOLUTE", z), [(0.025, 0.0), (0.035, 0.6)])
    colour = graph.mix(in_cavity, colour, APPLE_CAVITY[kind])
    dots = graph.ramp(graph.cells(300), [(0.0, 0.6), (0.10, 0.0)])
    here = graph.ramp(graph.noise(40, 2), [(0.45, 0.0), (0.58, 1.0)])
    colour = graph.mix(graph.math("MULTIPLY", dots, here), colour, (0.74, 0.60, 0.32))
    if not flawless:
        bruise = graph.ramp(graph.noise(18, 3, at=graph.mapped(shift=_somewhere(rng))), [(0.70, 0.0), (0.80, 0.5)])
        colour = graph.mix(bruise, colour, (0.20, 0.09, 0.03))
    rough = graph.ramp(graph.noise(14, 3), [(0.3, 0.28), (0.7, 0.42)])
    relief = graph.bump(graph.noise(60, 3), 0.04, 0.002)
    graph.surface(Base_Color=colour, Roughness=rough, Coat_Weight=0.30, Coat_Roughness=0.14, Normal=relief)
    return graph.material


def citrus_skin(seed: int, kind: str, flawless: bool = False) -> bpy.types.Material:
    """An orange's or a lemon's rind: fine pores about 1.5 mm apart over a very soft unevenness."""
    rng = random.Random(seed)
    deep, bright, shade = {
        "orange": ((0.74, 0.165, 0.006), (0.84, 0.245, 0.012), (0.50, 0.10, 0.004)),
        "lemon": ((0.82, 0.56, 0.030), (0.88, 0.68, 0.075), (0.60, 0.40, 0.02)),
    }[kind]
    graph = MaterialGraph(kind)
    colour = graph.mix(graph.noise(22, 3, at=graph.mapped(shift=_somewhere(rng))), deep, bright)
    unripe = graph.noise(9, 3, at=graph.mapped(shift=_somewhere(rng)))
    colour = graph.mix(
        graph.ramp(unripe, [(0.66, 0.0), (0.80, 0.10 if flawless else 0.35)]), colour, (0.40, 0.38, 0.05)
    )
    pores = graph.cells(720, at=graph.mapped(shift=_somewhere(rng)))
    colour = graph.mix(graph.ramp(pores, [(0.0, 0.30), (0.28, 0.0)]), colour, shade)
    soft = graph.bump(graph.noise(30, 2), 0.12, 0.003)
    fine = graph.bump(graph.ramp(pores, [(0.0, 0.0), (0.45, 1.0)]), 0.35, 0.0006, soft)
    graph.surface(Base_Color=colour, Roughness=0.40, Coat_Weight=0.18, Coat_Roughness=0.25, Normal=fine)
    return graph.material


def pear_skin(seed: int, flawless: bool = False) -> bpy.types.Material:
    """Yellow-green with a brown russet at the ends and small brown dots: never the clear green of an apple.

    A flawless one has a faint russet on its body, which nobody takes for a bruise.
    """
    rng = random.Random(seed)
    graph = MaterialGraph("pear")
    green, yellow = (
        ((0.40, 0.40, 0.045), (0.62, 0.50, 0.08)) if rng.random() < 0.6 else ((0.50, 0.40, 0.05), (0.66, 0.47, 0.07))
    )
    colour = graph.mix(graph.noise(26, 5, 0.6, at=graph.mapped(shift=_somewhere(rng))), green, yellow)
    russet = graph.ramp(
        graph.noise(13, 4, 0.6, at=graph.mapped(shift=_somewhere(rng))),
        [(0.50, 0.0), (0.72, 0.22 if flawless else 0.7)],
    )
    colour = graph.mix(russet, colour, (0.40, 0.19, 0.045))
    _, _, z = graph.split()
    ends = graph.ramp(
        graph.math("ADD", graph.math("MULTIPLY", z, 10.0), 0.5), [(0.14, 0.6), (0.24, 0.0), (0.9, 0.0), (1.0, 0.45)]
    )
    colour = graph.mix(ends, colour, (0.38, 0.21, 0.06))
    dots = graph.ramp(graph.cells(430), [(0.0, 0.75), (0.15, 0.0)])
    colour = graph.mix(dots, colour, (0.22, 0.13, 0.04))
    relief = graph.bump(graph.noise(70, 4), 0.10, 0.002)
    graph.surface(Base_Color=colour, Roughness=0.48, Coat_Weight=0.06, Normal=relief)
    return graph.material


def banana_skin(seed: int, ripeness: float) -> bpy.types.Material:
    """Yellow, green toward the stem, dark tips, brown specks that grow with ripeness (0 to 1).

    The mesh carries an attribute `along`: 0 at the stem, 1 at the tip.
    """
    rng = random.Random(seed)
    graph = MaterialGraph("banana")
    along = graph.attribute("along")
    colour = graph.mix(
        graph.noise(14, 3, at=graph.mapped(shift=_somewhere(rng))), (0.78, 0.45, 0.025), (0.86, 0.56, 0.055)
    )
    green = graph.ramp(along, [(0.02, 1.0), (0.18, 0.0), (0.88, 0.0), (0.97, 0.75)])
    colour = graph.mix(graph.math("MULTIPLY", green, 0.9 - 0.55 * ripeness), colour, (0.36, 0.42, 0.05))
    tips = graph.ramp(along, [(0.0, 1.0), (0.035, 0.1), (0.06, 0.0), (0.965, 0.0), (0.985, 1.0)])
    colour = graph.mix(tips, colour, (0.045, 0.028, 0.012))
    threshold = 0.71 - 0.10 * ripeness
    specks = graph.noise(85, 4, 0.6, 0.4, at=graph.mapped(shift=_somewhere(rng)))
    colour = graph.mix(graph.ramp(specks, [(threshold, 0.0), (threshold + 0.06, 0.8)]), colour, (0.14, 0.065, 0.02))
    rubs = graph.noise(20, 5, 0.6, 1.5, at=graph.mapped(shift=_somewhere(rng)))
    colour = graph.mix(graph.ramp(rubs, [(0.64, 0.0), (0.68, 0.35), (0.72, 0.0)]), colour, (0.24, 0.13, 0.04))
    relief = graph.bump(graph.noise(45, 4), 0.10, 0.002)
    graph.surface(Base_Color=colour, Roughness=0.42, Coat_Weight=0.05, Normal=relief)
    return graph.material


def stem_skin() -> bpy.types.Material:
    """Dry brown wood of a stalk."""
    graph = MaterialGraph("stem")
    colour = graph.ramp(graph.noise(120, 4), [(0.3, (0.06, 0.03, 0.015)), (0.7, (0.22, 0.13, 0.06))])
    graph.surface(Base_Color=colour, Roughness=0.8)
    return graph.material


def calyx_skin() -> bpy.types.Material:
    """The small green-brown star where a citrus fruit hung."""
    graph = MaterialGraph("calyx")
    graph.surface(Base_Color=(0.15, 0.18, 0.05), Roughness=0.8)
    return graph.material
