"""The exact instance pass: the same camera, flat emission, one sample in the middle of each pixel.

No lamp, no filter, no depth of field: a pixel belongs to the thing that its centre ray meets first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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


def material_ids(
    scene: bpy.types.Scene, materials: Mapping[str, Sequence[bpy.types.Material]], margin: int = 0
) -> np.ndarray:
    """The numbers that flat materials write into each pixel, for regions within a thing.

    Args:
        scene: Is not lit again after.
        materials: For the name of each thing that counts, one flat material a slot, shining with number / 255; all
            other things are 0.
        margin: So many pixels more on each side of the picture; the picture's own pixels stay where they are.

    Returns:
        Integers of shape (height + 2 * margin, width + 2 * margin).
    """
    width, height, lens = scene.render.resolution_x, scene.render.resolution_y, scene.camera.data.lens
    with _flat_materials(scene, materials):
        scene.render.resolution_x, scene.render.resolution_y = width + 2 * margin, height + 2 * margin
        scene.camera.data.lens = lens * width / (width + 2 * margin)
        ids = _shoot(scene)
        scene.render.resolution_x, scene.render.resolution_y = width, height
        scene.camera.data.lens = lens
    return ids


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
    materials = {}
    for index, thing in enumerate(things):
        number = _emission(((index + 1) / 255.0, 0.0, 0.0))
        materials[thing.name] = [number] * len(thing.material_slots)
    with _flat_materials(scene, materials):
        yield


@contextmanager
def _flat_materials(scene: bpy.types.Scene, materials: Mapping[str, Sequence[bpy.types.Material]]) -> Iterator[None]:
    """Give every thing its flat materials, black where none are named, and take all light away."""
    black = _emission((0.0, 0.0, 0.0))
    for thing in scene.objects:
        if thing.type == "LIGHT":
            thing.hide_render = True
        if thing.type != "MESH":
            continue
        given = materials.get(thing.name, [black] * len(thing.material_slots))
        for slot, material in zip(thing.material_slots, given, strict=True):
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
