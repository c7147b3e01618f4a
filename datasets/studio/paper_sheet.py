"""A printed page as a sheet of paper on a table: curled or creased, and where its words lie in the world.

Lengths are metres; places on the sheet run from (0, 0) at its top left corner to (1, 1).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import bpy
import numpy as np

from .nodes import MaterialGraph
from .paper_print import Box
from .shapes import Part, build, grid_faces

METRES_A_PIXEL = 0.000125
"""Of a page printed at scale 1: a till roll of 640 pixels is 8 cm wide."""
COLUMNS, ROWS = 60, 150
THICK = 0.00012
INK = 128
"""Added to a word's number where its ink is, see `numbered`."""

Height = Callable[[np.ndarray, np.ndarray], np.ndarray]


class Sheet:
    """The surface of a sheet that lies on z = 0, its middle at the origin, turned anticlockwise by `turn` radians."""

    def __init__(self, size: tuple[int, int], scale: float, bend: str, turn: float, seed: int) -> None:
        """Take a page of `size` pixels that was printed at `scale`.

        Raises:
            ValueError: There is no such bend.
        """
        self.pixels = size
        self.width, self.length = (METRES_A_PIXEL * side / scale for side in size)
        self.turn = turn
        makers: Mapping[str, Callable[[np.random.Generator], Height]] = {"curl": _curl, "fold": _fold, "folds": _folds}
        if bend not in makers:
            raise ValueError(f"no bend is called {bend!r}; there are {', '.join(makers)}")
        rng = np.random.default_rng(seed)
        self._bend, self._wave = makers[bend](rng), _waves(rng)
        u, v = _grid()
        self._lowest = float(self._free(u, v).min())

    def _free(self, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        return self._bend(u, v) + self._wave(u, v)

    def points(self, u: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Places of the sheet in the world, (N, 3)."""
        x, y = (u - 0.5) * self.width, (0.5 - v) * self.length
        c, s = math.cos(self.turn), math.sin(self.turn)
        z = self._free(u, v) - self._lowest + 2 * THICK
        return np.stack([c * x - s * y, s * x + c * y, z], axis=-1)

    def corners(self, box: Box) -> np.ndarray:
        """The corners of a box of the page in the world, clockwise from its top left, (4, 3)."""
        (x1, y1, x2, y2), (width, height) = box, self.pixels
        return self.points(np.array([x1, x2, x2, x1]) / width, np.array([y1, y1, y2, y2]) / height)

    def outline(self) -> np.ndarray:
        """Points all along the edge of the sheet, (N, 3)."""
        t = np.linspace(0, 1, 21)
        u = np.concatenate([t, t, np.zeros_like(t), np.ones_like(t)])
        v = np.concatenate([np.zeros_like(t), np.ones_like(t), t, t])
        return self.points(u, v)

    def build(self, picture: np.ndarray) -> bpy.types.Object:
        """The sheet with a picture (height, width, 3; 0 to 255) printed on it."""
        u, v = _grid()
        faces = [tuple(reversed(face)) for face in grid_faces(COLUMNS, ROWS)]
        thing = build("sheet", [Part(self.points(u, v), faces, _paper(picture))])
        layer = thing.data.uv_layers.new(name="page")
        corners = np.empty(len(thing.data.loops), dtype=np.int64)
        thing.data.loops.foreach_get("vertex_index", corners)
        layer.data.foreach_set("uv", np.stack([u[corners], 1 - v[corners]], axis=-1).ravel().astype(np.float32))
        solid = thing.modifiers.new("thickness", "SOLIDIFY")
        solid.thickness = THICK
        return thing


def _grid() -> tuple[np.ndarray, np.ndarray]:
    v, u = np.meshgrid(np.linspace(0, 1, ROWS), np.linspace(0, 1, COLUMNS), indexing="ij")
    return u.ravel(), v.ravel()


def _curl(rng: np.random.Generator) -> Height:
    """Paper off a roll: both ends rise."""
    top, bottom = rng.uniform(0.004, 0.008, 2)

    def height(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        up = np.maximum(0, 0.34 - v) / 0.34
        down = np.maximum(0, v - 0.66) / 0.34
        return top * up**2 * (0.8 + 0.4 * u) + bottom * down**2 * (1.2 - 0.4 * u)

    return height


def _ridge(v: np.ndarray, at: float, wide: float) -> np.ndarray:
    """1 on a crease, falling off to both sides in straight lines; the crease itself is a little round."""
    return np.maximum(0, 1 - np.sqrt((v - at) ** 2 + 0.006**2) / wide)


def _fold(rng: np.random.Generator) -> Height:
    """Folded once and opened again."""
    at, high, slant = rng.uniform(0.45, 0.55), rng.uniform(0.004, 0.006), rng.uniform(-0.03, 0.03)
    return lambda u, v: high * _ridge(v + slant * (u - 0.5), at, 0.55)


def _folds(rng: np.random.Generator) -> Height:
    """Folded in three like a letter: one crease up, one down."""
    first, second, high = rng.uniform(0.30, 0.36), rng.uniform(0.64, 0.70), rng.uniform(0.0030, 0.0045)
    return lambda _u, v: high * (_ridge(v, first, 0.34) - 0.8 * _ridge(v, second, 0.34))


def _waves(rng: np.random.Generator) -> Height:
    """No sheet is quite flat."""
    ways, shifts = rng.uniform(1.5, 4.5, (3, 2)) * rng.choice((-1, 1), (3, 2)), rng.uniform(0, 6.3, 3)

    def height(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        waves = [np.sin(a * u + b * v + shift) for (a, b), shift in zip(ways, shifts, strict=True)]
        return 0.0005 * np.sum(waves, axis=0)

    return height


def _texture(pixels: np.ndarray, name: str, *, exact: bool) -> bpy.types.Image:
    """A picture of Blender's from rows that run from the top down; `exact` keeps the numbers as they are."""
    height, width = pixels.shape[:2]
    image = bpy.data.images.new(name, width, height, float_buffer=exact)
    if exact:
        image.colorspace_settings.name = "Non-Color"
    whole = np.ones((height, width, 4), dtype=np.float32)
    whole[..., :3] = pixels[::-1]
    image.pixels.foreach_set(whole.ravel())
    image.update()
    return image


def _paper(picture: np.ndarray) -> bpy.types.Material:
    graph = MaterialGraph("paper")
    page = graph.node("ShaderNodeTexImage", image=_texture(picture / 255, "page", exact=False), interpolation="Cubic")
    fibre = graph.noise(900, 3)
    graph.surface(Base_Color=page.outputs[0], Roughness=0.55, Normal=graph.bump(fibre, 0.12, 0.0004))
    return graph.material


def numbered(size: tuple[int, int], boxes: list[Box], inks: np.ndarray) -> bpy.types.Material:
    """A flat material for the exact pass: the n-th box shines with n / 255, and with (INK + n) / 255 where ink is.

    Args:
        size: Width and height of the page in pixels.
        boxes: At most 126 extents of words, xyxy.
        inks: (height, width), whether ink covers a pixel.
    """
    width, height = size
    numbers = np.zeros((height, width), dtype=np.float32)
    for number, (x1, y1, x2, y2) in enumerate(boxes, start=1):
        part = (slice(int(y1), int(y2)), slice(int(x1), int(x2)))
        numbers[part] = number + INK * inks[part]
    image = _texture(np.repeat(numbers[..., None] / 255, 3, axis=2), "numbers", exact=True)
    graph = MaterialGraph("numbers")
    page = graph.node("ShaderNodeTexImage", image=image, interpolation="Closest")
    return graph.shining(page.outputs[0]).material
