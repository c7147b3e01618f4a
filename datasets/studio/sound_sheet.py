"""Contact sheets of sounds: a spectrogram of every clip with its gold drawn over it, to be looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from scipy.signal import ShortTimeFFT

from . import sound_files
from .contact_sheet import COLOURS
from .rooms import Samples

HIGH, LOW = 90, 26
"""Pixels of a spectrogram and of the waveform under it."""


def spectrogram(sound: Samples, rate: int, width: int) -> Image.Image:
    """Time to the right, 0 Hz to half the rate upwards, 65 dB from black to white."""
    window = np.hanning(int(0.025 * rate))
    power = ShortTimeFFT(window, max(1, len(sound) // width), rate).spectrogram(sound)
    shades = 10 * np.log10(power + 1e-12)
    shades = np.clip((shades - shades.max() + 65) / 65, 0, 1)
    return Image.fromarray((shades[::-1] * 255).astype(np.uint8)).resize((width, HIGH))


def drawn(path: Path, record: Mapping[str, Any], width: int) -> Image.Image:
    """One clip: title, spectrogram, waveform, and under them the gold."""
    sound, rate = sound_files.read(path)
    lanes = sorted({one["label"] for one in record["annotations"] if one["type"] == "segment"})
    image = Image.new("RGB", (width, 16 + HIGH + LOW + 15 * max(1, len(lanes))), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(size=11)
    image.paste(spectrogram(sound, rate, width).convert("RGB"), (0, 16))
    pieces = np.array_split(np.abs(sound), width)
    for x, piece in enumerate(pieces):
        half = piece.max() * LOW / 2
        draw.line((x, 16 + HIGH + LOW / 2 - half, x, 16 + HIGH + LOW / 2 + half), fill="#555555")
    item = record["item"]
    choice = [one["label"] for one in record["annotations"] if one["type"] == "choice"]
    title = " ".join([item["id"], *choice, item["difficulty"], record.get("noise", ""), record.get("place", "")])
    draw.text((2, 1), title, fill="black", font=font)
    for one in record["annotations"]:
        if one["type"] != "segment":
            continue
        lane = lanes.index(one["label"])
        x, end = (one[side] / item["seconds"] * width for side in ("start", "end"))
        y = 16 + HIGH + LOW + 15 * lane
        draw.rectangle((x, y + 1, end, y + 13), fill=COLOURS[lane % 7])
        draw.line((x, 16, x, y), fill=COLOURS[lane % 7])
        draw.line((end, 16, end, y), fill=COLOURS[lane % 7])
        draw.text((x + 2, y), f"{one['label']} {one.get('text', '')}"[: int((end - x) / 5.5)], fill="black", font=font)
    return image


def sheet(clips: Sequence[tuple[Path, Mapping[str, Any]]], columns: int, width: int) -> Image.Image:
    """All clips in columns."""
    images = [drawn(path, record, width) for path, record in clips]
    high = max(image.height for image in images) + 8
    rows = -(-len(images) // columns)
    whole = Image.new("RGB", (columns * (width + 8), rows * high), "white")
    for at, image in enumerate(images):
        whole.paste(image, (at % columns * (width + 8), at // columns * high))
    return whole
