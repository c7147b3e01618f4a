"""The sky of a street scene and its sun: a gradient with clouds, computed, without a panorama."""

from __future__ import annotations

import math
from dataclasses import dataclass

import bpy

from .nodes import Colour


@dataclass(frozen=True)
class Sky:
    """Light out of doors.

    Attributes:
        horizon, zenith: Colours of the sky, linear RGB.
        strength: How bright the sky is.
        clouds: Share of it under clouds, 0..1.
        sun: Strength of the sun; 0 for none.
        height: The sun's height in degrees.
        sun_colour: Its colour.
        exposure: Of the camera, in stops.
        lamps: Whether street lamps, windows and headlamps are lit.
        wet: Whether the road is wet.
    """

    horizon: Colour
    zenith: Colour
    strength: float
    clouds: float
    sun: float = 0.0
    height: float = 45.0
    sun_colour: Colour = (1.0, 0.95, 0.88)
    exposure: float = 0.0
    lamps: bool = False
    wet: bool = False


SKIES: dict[str, Sky] = {
    "morning": Sky((0.92, 0.80, 0.66), (0.24, 0.42, 0.74), 1.0, 0.35, 3.4, 30, (1.0, 0.80, 0.56), 0.6),
    "noon": Sky((0.72, 0.80, 0.88), (0.18, 0.36, 0.72), 1.05, 0.40, 3.6, 58, (1.0, 0.96, 0.90), 0.4),
    "overcast": Sky((0.78, 0.80, 0.82), (0.60, 0.64, 0.70), 1.25, 0.85, 0.35, 60, (1.0, 0.98, 0.95), 0.6),
    "dusk": Sky((0.62, 0.34, 0.24), (0.07, 0.10, 0.26), 0.55, 0.30, 0.0, 0, (1.0, 1.0, 1.0), 1.1, lamps=True),
    "rain": Sky((0.80, 0.82, 0.84), (0.42, 0.50, 0.60), 1.05, 0.70, 1.1, 38, (1.0, 0.93, 0.82), 0.8, wet=True),
}


def light_outdoors(scene: bpy.types.Scene, sky: Sky, azimuth: float) -> None:
    """Put the sky and the sun into the scene; the sun's light comes from `azimuth` (radians, 0 is +x)."""
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    tree = scene.world.node_tree
    tree.nodes.clear()
    link = tree.links.new
    output = tree.nodes.new("ShaderNodeOutputWorld")
    background = tree.nodes.new("ShaderNodeBackground")
    background.inputs["Strength"].default_value = sky.strength
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    parts = tree.nodes.new("ShaderNodeSeparateXYZ")
    link(coordinates.outputs["Generated"], parts.inputs[0])
    gradient = tree.nodes.new("ShaderNodeValToRGB")
    low, high = gradient.color_ramp.elements
    low.position, low.color = 0.0, (*sky.horizon, 1.0)
    high.position, high.color = 0.5, (*sky.zenith, 1.0)
    link(parts.outputs[2], gradient.inputs[0])
    shape = tree.nodes.new("ShaderNodeTexNoise")
    shape.inputs["Scale"].default_value = 2.4
    shape.inputs["Detail"].default_value = 5
    shape.inputs["Roughness"].default_value = 0.6
    stretch = tree.nodes.new("ShaderNodeMapping")
    stretch.inputs["Scale"].default_value = (1.0, 1.0, 3.2)
    stretch.inputs["Location"].default_value = (azimuth, 0.0, 0.0)
    link(coordinates.outputs["Generated"], stretch.inputs[0])
    link(stretch.outputs[0], shape.inputs["Vector"])
    cover = tree.nodes.new("ShaderNodeValToRGB")
    edge = 0.62 - 0.28 * sky.clouds
    for element, position, grey in zip(cover.color_ramp.elements, (edge, edge + 0.16), (0.0, 0.9), strict=True):
        element.position, element.color = position, (grey, grey, grey, 1.0)
    link(shape.outputs["Fac"], cover.inputs[0])
    mix = tree.nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    link(cover.outputs[0], mix.inputs[0])
    link(gradient.outputs[0], mix.inputs[6])
    cloud = [0.35 + 0.65 * part for part in sky.horizon]
    mix.inputs[7].default_value = (*(cloud if not sky.lamps else [0.6 * part for part in sky.horizon]), 1.0)
    link(mix.outputs[2], background.inputs[0])
    link(background.outputs[0], output.inputs[0])
    if sky.sun > 0:
        data = bpy.data.lights.new("sun", "SUN")
        data.energy, data.color = sky.sun, sky.sun_colour
        data.angle = 0.015 if sky.clouds < 0.6 else 0.35
        thing = bpy.data.objects.new("sun", data)
        scene.collection.objects.link(thing)
        thing.rotation_euler = (0.0, math.radians(90 - sky.height), azimuth)
    scene.view_settings.look = "AgX - Base Contrast"
    scene.view_settings.exposure = sky.exposure
