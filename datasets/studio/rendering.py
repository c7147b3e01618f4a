"""Cycles settings, camera, lamps and the world light.

The module is not called `cycles`, because Blender imports its own renderer under that name.
Lengths are metres, lamp power is watts, colours are linear RGB.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import bpy
from mathutils import Vector

Point = tuple[float, float, float]
LOOK = "AgX - Medium High Contrast"


@dataclass(frozen=True)
class RenderSettings:
    """Size in pixels, samples a pixel (denoised afterwards) and threads."""

    width: int = 960
    height: int = 640
    samples: int = 12
    threads: int = 1


@dataclass(frozen=True)
class AreaLight:
    """A rectangular lamp at `at`, aimed at `toward`."""

    at: Point
    width: float
    height: float
    watts: float
    colour: Point = (1.0, 1.0, 1.0)
    toward: Point = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class SunLight:
    """Parallel light; `turn` is an Euler rotation in radians, `angle` the sun's apparent size in radians."""

    turn: Point
    strength: float
    colour: Point = (1.0, 0.93, 0.84)
    angle: float = 0.02


@dataclass(frozen=True)
class LightPreset:
    """All the light of a scene: a panorama packaged with Blender, lamps, a sun, and the camera's exposure in stops."""

    panorama: str
    panorama_strength: float
    exposure: float
    lamps: tuple[AreaLight, ...] = field(default_factory=tuple)
    sun: SunLight | None = None


def start_scene(settings: RenderSettings, seed: int) -> bpy.types.Scene:
    """An empty scene with the renderer set up; everything that was loaded before is gone."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = settings.width
    scene.render.resolution_y = settings.height
    scene.render.resolution_percentage = 100
    scene.render.threads_mode = "FIXED"
    scene.render.threads = settings.threads
    scene.render.use_persistent_data = False
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.seed = seed
    cycles.samples = settings.samples
    cycles.use_adaptive_sampling = True
    cycles.adaptive_threshold = 0.03
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.max_bounces = 5
    cycles.diffuse_bounces = 3
    cycles.glossy_bounces = 3
    cycles.transmission_bounces = 4
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = LOOK
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    return scene


def panorama_path(name: str) -> Path:
    """The panorama `name` among those that the bpy package carries."""
    root = Path(bpy.utils.system_resource("DATAFILES")) / "studiolights" / "world"
    path = root / f"{name}.exr"
    if not path.is_file():
        raise FileNotFoundError(f"bpy carries no panorama {name!r} in {root}")
    return path


def light_scene(scene: bpy.types.Scene, preset: LightPreset, turn: float) -> None:
    """Put a preset's light into the scene, its panorama turned by `turn` radians."""
    tree = scene.world.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputWorld")
    background = tree.nodes.new("ShaderNodeBackground")
    background.inputs["Strength"].default_value = preset.panorama_strength
    picture = tree.nodes.new("ShaderNodeTexEnvironment")
    picture.image = bpy.data.images.load(str(panorama_path(preset.panorama)))
    mapping = tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Rotation"].default_value[2] = turn
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    tree.links.new(coordinates.outputs["Generated"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs[0], picture.inputs[0])
    tree.links.new(picture.outputs[0], background.inputs[0])
    tree.links.new(background.outputs[0], output.inputs[0])
    for lamp in preset.lamps:
        add_area(scene, lamp)
    if preset.sun is not None:
        _add_sun(scene, preset.sun)
    scene.view_settings.exposure = preset.exposure


def add_area(scene: bpy.types.Scene, lamp: AreaLight) -> None:
    """Put one rectangular lamp into the scene."""
    data = bpy.data.lights.new("area", "AREA")
    data.shape = "RECTANGLE"
    data.size, data.size_y = lamp.width, lamp.height
    data.energy = lamp.watts
    data.color = lamp.colour
    thing = bpy.data.objects.new("area", data)
    scene.collection.objects.link(thing)
    thing.location = lamp.at
    thing.rotation_euler = _aim(lamp.at, lamp.toward)


def _add_sun(scene: bpy.types.Scene, sun: SunLight) -> None:
    data = bpy.data.lights.new("sun", "SUN")
    data.energy = sun.strength
    data.angle = sun.angle
    data.color = sun.colour
    thing = bpy.data.objects.new("sun", data)
    scene.collection.objects.link(thing)
    thing.rotation_euler = sun.turn


def _aim(at: Point, toward: Point) -> object:
    """The rotation that turns a lamp's or camera's -z axis from `at` to `toward`."""
    return (Vector(toward) - Vector(at)).to_track_quat("-Z", "Y").to_euler()


def add_camera(scene: bpy.types.Scene, at: Point, toward: Point, lens: float, fstop: float) -> bpy.types.Object:
    """A camera with a 36 mm sensor, `lens` in millimetres, focused on `toward`."""
    data = bpy.data.cameras.new("camera")
    data.lens = lens
    data.dof.use_dof = True
    data.dof.aperture_fstop = fstop
    data.dof.focus_distance = (Vector(toward) - Vector(at)).length
    thing = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(thing)
    thing.location = at
    thing.rotation_euler = _aim(at, toward)
    scene.camera = thing
    return thing


def render_png(scene: bpy.types.Scene, path: Path) -> float:
    """Render to an 8-bit PNG and return the CPU seconds that it took."""
    picture = scene.render.image_settings
    picture.file_format = "PNG"
    picture.color_mode = "RGB"
    picture.color_depth = "8"
    scene.render.filepath = str(path)
    started = time.process_time()
    bpy.ops.render.render(write_still=True)
    return time.process_time() - started
