"""Plain materials that many scenes share: paint, wood, metal, plastic. Asked for twice, a material is made once.

Colours are linear RGB. A material is found again by its name, so an emptied Blender starts anew.
"""

from __future__ import annotations

import bpy

from .nodes import Colour, MaterialGraph


def known(name: str) -> bpy.types.Material | None:
    """The material of this name, if this scene has made it."""
    return bpy.data.materials.get(name)


def plain(name: str, colour: Colour, rough: float = 0.5, metal: float = 0.0, coat: float = 0.0) -> bpy.types.Material:
    """One even colour."""
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    graph.surface(Base_Color=colour, Roughness=rough, Metallic=metal, Coat_Weight=coat, Coat_Roughness=0.06)
    return graph.material


def glowing(name: str, colour: Colour, strength: float) -> bpy.types.Material:
    """Gives light of its own: `strength` 1 looks white at an exposure of 0."""
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    graph.surface(Base_Color=colour, Emission_Color=colour, Emission_Strength=strength, Roughness=0.4)
    return graph.material


def painted_wood(colour: Colour, grain: float = 0.22) -> bpy.types.Material:
    """Wood under a thin coat of paint: the grain still shows a little."""
    name = "painted " + " ".join(f"{part:.3f}" for part in colour)
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    figure = graph.noise(2.5, 8, 0.65, 1.5, at=graph.mapped(scale=(1, 1, 10)))
    amount = graph.math("MULTIPLY", graph.ramp(figure, [(0.4, 0.0), (0.7, 1.0)]), grain)
    dark = (colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6)
    graph.surface(Base_Color=graph.mix(amount, colour, dark), Roughness=0.5)
    graph.surface(Normal=graph.bump(figure, 0.10, 0.01))
    return graph.material


def beech(shade: float = 1.0) -> bpy.types.Material:
    """Bare, lightly varnished wood; `shade` below 1 makes it darker (stained)."""
    name = f"beech {shade:.2f}"
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    figure = graph.noise(7, 8, 0.6, 2.0, at=graph.mapped(scale=(3, 3, 0.5)))
    tones = [(0.42, 0.24, 0.11), (0.62, 0.41, 0.22), (0.70, 0.50, 0.30)]
    stops = [(at, tuple(part * shade for part in tone)) for at, tone in zip((0.3, 0.55, 0.75), tones, strict=True)]
    graph.surface(Base_Color=graph.ramp(figure, stops), Roughness=0.42, Coat_Weight=0.25)
    return graph.material
