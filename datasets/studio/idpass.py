"""The exact instance pass: the same camera, flat emission, one sample in the middle of each pixel.

No lamp, no filter, no depth of field: a pixel belongs to the thing that its centre ray meets first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import bpy
import numpy as np

OVERSCAN = 1.5
"""A solo pass covers this many times the picture's width and height, so that what lies outside is counted, too."""


def instance_ids(scene: bpy.types.Scene, things: Sequence[bpy.types.Object]) -> np.ndarray:
    """Which thing each pixel shows: (height, width) integers, 0 for none of them, i + 1 for `things[i]`."""
    with _flat(scene, things):
        return _shoot(scene)


def solo_areas(scene: bpy.types.Scene, things: Sequence[bpy.types.Object]) -> list[tuple[int, int]]:
    """For each thing, as if it were alone: its pixels in all, and those inside the picture."""
    areas = []
    width, height = scene.render.resolution_x, scene.render.resolution_y
    wide, high = round(width * OVERSCAN), round(height * OVERSCAN)
    left, top = (wide - width) // 2, (high - height) // 2
    lens = scene.camera.data.lens
    with _flat(scene, things):
        solid = [thing for thing in scene.objects if thing.type == "MESH"]
        hidden = {thing.name: thing.hide_render for thing in solid}
        scene.render.resolution_x, scene.render.resolution_y = wide, high
        # The same size of a pixel over a larger picture.
        scene.camera.data.lens = lens / OVERSCAN
        for thing in things:
            for other in solid:
                other.hide_render = other is not thing
            mask = _shoot(scene) > 0
            areas.append((int(mask.sum()), int(mask[top : top + height, left : left + width].sum())))
        for thing in solid:
            thing.hide_render = hidden[thing.name]
        scene.render.resolution_x, scene.render.resolution_y = width, height
        scene.camera.data.lens = lens
    return areas


@contextmanager
def _flat(scene: bpy.types.Scene, things: Sequence[bpy.types.Object]) -> Iterator[None]:
    """Give every thing a flat colour that is its number and take all light away. The scene is not lit again after."""
    black = _emission((0.0, 0.0, 0.0))
    numbers = {thing.name: index + 1 for index, thing in enumerate(things)}
    for thing in scene.objects:
        if thing.type == "LIGHT":
            thing.hide_render = True
        if thing.type != "MESH":
            continue
        number = numbers.get(thing.name, 0)
        material = _emission((number / 255.0, 0.0, 0.0)) if number else black
        for slot in thing.material_slots:
            slot.link = "OBJECT"
            slot.material = material
    scene.world = bpy.data.worlds.new("black")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs[0].default_value = (0, 0, 0, 1)
    scene.cycles.samples = 1
    scene.cycles.use_denoising = False
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.pixel_filter_type = "BOX"
    scene.cycles.filter_width = 0.01
    scene.cycles.max_bounces = 0
    scene.view_settings.view_transform = "Raw"
    scene.view_settings.look = "None"
    scene.view_settings.exposure = 0
    scene.camera.data.dof.use_dof = False
    yield


def _emission(colour: tuple[float, float, float]) -> bpy.types.Material:
    material = bpy.data.materials.new("flat")
    material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    light = tree.nodes.new("ShaderNodeEmission")
    light.inputs[0].default_value = (*colour, 1.0)
    tree.links.new(light.outputs[0], output.inputs[0])
    return material


def _shoot(scene: bpy.types.Scene) -> np.ndarray:
    """Render the flat scene and read the numbers back; float pixels keep them exact."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ids.exr"
        picture = scene.render.image_settings
        picture.file_format = "OPEN_EXR"
        picture.color_depth = "32"
        scene.render.filepath = str(path)
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(str(path))
        image.colorspace_settings.name = "Non-Color"
        width, height = image.size
        pixels = np.empty(width * height * 4, dtype=np.float32)
        image.pixels.foreach_get(pixels)
        bpy.data.images.remove(image)
    # Blender's rows run from the bottom up.
    return np.rint(pixels.reshape(height, width, 4)[::-1, :, 0] * 255).astype(np.int32)
