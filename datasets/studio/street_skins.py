"""Surfaces of a street: asphalt, paving, walls, roofs, leaves. Colours are linear RGB; textures are in metres."""

from __future__ import annotations

import bpy

from .nodes import Colour, MaterialGraph, Socket
from .paints import known


def asphalt(wet: bool) -> bpy.types.Material:
    """Grey, worn asphalt with a few darker mended patches; wet, it shines and has puddles."""
    graph = MaterialGraph("asphalt")
    grain = graph.noise(90, 2, 0.7)
    colour = graph.ramp(grain, [(0.3, (0.10, 0.102, 0.106)), (0.7, (0.19, 0.19, 0.188))])
    worn = graph.math("MULTIPLY", graph.noise(0.35, 3, 0.6), 0.6)
    colour = graph.mix(worn, colour, (0.155, 0.148, 0.138))
    # Wheels polish two bands of each lane a little darker.
    patches = graph.ramp(graph.noise(0.23, 2, 0.5), [(0.60, 0.0), (0.63, 0.35)])
    colour = graph.mix(patches, colour, (0.085, 0.086, 0.09))
    relief = graph.bump(grain, 0.35, 0.008)
    if not wet:
        graph.surface(Base_Color=colour, Roughness=0.85, Normal=relief)
        return graph.material
    pool = graph.ramp(graph.noise(0.42, 3, 0.5, 0.4), [(0.50, 0.0), (0.56, 1.0)])
    colour = graph.mix(0.45, colour, (0.03, 0.032, 0.036))
    rough = graph.mix(pool, (0.34, 0.34, 0.34), (0.03, 0.03, 0.03))
    graph.surface(Base_Color=colour, Roughness=rough, Specular_IOR_Level=0.6)
    return graph.material


def _bricks(
    graph: MaterialGraph, at: Socket, size: tuple[float, float, float], colours: tuple[Colour, Colour, Colour]
) -> tuple[Socket, Socket]:
    """A brick pattern: its colour and its joints (1 in a joint). `size` is width, height, joint in metres."""
    node = graph.node("ShaderNodeTexBrick")
    graph.feed(at, node.inputs["Vector"])
    for name, colour in zip(("Color1", "Color2", "Mortar"), colours, strict=True):
        node.inputs[name].default_value = (*colour, 1.0)
    for name, value in zip(("Brick Width", "Row Height", "Mortar Size"), size, strict=True):
        node.inputs[name].default_value = value
    node.inputs["Scale"].default_value = 1.0
    return node.outputs["Color"], node.outputs["Fac"]


def paving(wet: bool) -> bpy.types.Material:
    """Concrete slabs 0.6 x 0.4 m."""
    graph = MaterialGraph("paving")
    colours = ((0.30, 0.28, 0.25), (0.38, 0.355, 0.32), (0.15, 0.14, 0.13))
    colour, joint = _bricks(graph, graph.position(), (0.62, 0.42, 0.010), colours)
    colour = graph.mix(graph.math("MULTIPLY", graph.noise(1.1, 2), 0.5), colour, (0.25, 0.235, 0.21))
    if wet:
        colour = graph.mix(0.35, colour, (0.06, 0.06, 0.062))
    height = graph.math("SUBTRACT", 1.0, joint)
    graph.surface(Base_Color=colour, Roughness=0.28 if wet else 0.9, Normal=graph.bump(height, 0.3, 0.01))
    return graph.material


def grass() -> bpy.types.Material:
    """A meadow, seen from afar."""
    graph = MaterialGraph("grass")
    colour = graph.ramp(graph.noise(12, 2, 0.7), [(0.3, (0.07, 0.13, 0.025)), (0.7, (0.17, 0.27, 0.06))])
    colour = graph.mix(graph.noise(0.15, 2), colour, (0.19, 0.21, 0.07))
    graph.surface(Base_Color=colour, Roughness=0.95)
    return graph.material


def road_paint() -> bpy.types.Material:
    """White lines, worn here and there."""
    graph = MaterialGraph("road paint")
    worn = graph.ramp(graph.noise(6, 3, 0.7), [(0.50, 0.0), (0.66, 0.5)])
    graph.surface(Base_Color=graph.mix(worn, (0.68, 0.67, 0.63), (0.20, 0.20, 0.20)), Roughness=0.7)
    return graph.material


def wall(kind: str, colour: Colour) -> bpy.types.Material:
    """A house wall: `kind` is "plaster" or "brick"."""
    name = f"{kind} " + " ".join(f"{part:.3f}" for part in colour)
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    stain = graph.math("MULTIPLY", graph.ramp(graph.noise(0.8, 3, 0.6), [(0.4, 0.0), (0.75, 1.0)]), 0.18)
    base: Colour | Socket = colour
    if kind == "brick":
        x, y, z = graph.split()
        across = graph.joined(graph.math("ADD", x, y), z, 0.0)
        pale = (colour[0] * 1.25, colour[1] * 1.2, colour[2] * 1.2)
        base, _ = _bricks(graph, across, (0.27, 0.09, 0.009), (colour, pale, (0.42, 0.40, 0.37)))
    dirty = (colour[0] * 0.7, colour[1] * 0.7, colour[2] * 0.7)
    graph.surface(Base_Color=graph.mix(stain, base, dirty), Roughness=0.85)
    return graph.material


def tiles(colour: Colour) -> bpy.types.Material:
    """A tiled roof."""
    name = "tiles " + " ".join(f"{part:.3f}" for part in colour)
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    x, y, z = graph.split()
    dark = (colour[0] * 0.6, colour[1] * 0.6, colour[2] * 0.6)
    pale = (colour[0] * 1.3, colour[1] * 1.3, colour[2] * 1.3)
    tile, _ = _bricks(graph, graph.joined(graph.math("ADD", x, y), z, 0.0), (0.26, 0.16, 0.012), (colour, pale, dark))
    graph.surface(Base_Color=tile, Roughness=0.8)
    return graph.material


def leaves(tone: Colour) -> bpy.types.Material:
    """Leaves that vary with the vertex attribute `tint` (0..1) and let a third of the light through."""
    name = "leaves " + " ".join(f"{part:.3f}" for part in tone)
    if (made := known(name)) is not None:
        return made
    graph = MaterialGraph(name)
    dark = (tone[0] * 0.55, tone[1] * 0.62, tone[2] * 0.6)
    pale = (tone[0] * 1.7, tone[1] * 1.35, tone[2] * 1.5)
    colour = graph.ramp(graph.attribute("tint"), [(0.0, dark), (0.55, tone), (1.0, pale)])
    graph.surface(Base_Color=colour, Roughness=0.6)
    through = graph.node("ShaderNodeBsdfTranslucent")
    graph.feed(colour, through.inputs["Color"])
    both = graph.node("ShaderNodeMixShader")
    both.inputs[0].default_value = 0.35
    graph.tree.links.new(graph.bsdf.outputs[0], both.inputs[1])
    graph.tree.links.new(through.outputs[0], both.inputs[2])
    output = next(node for node in graph.tree.nodes if node.type == "OUTPUT_MATERIAL")
    graph.tree.links.new(both.outputs[0], output.inputs["Surface"])
    return graph.material
