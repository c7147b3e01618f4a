"""The tiny course, for every test of this folder."""

from __future__ import annotations

from tests.autograder.tiny import gold, label, play, released, spec, tiny, tiny_files

__all__ = ["gold", "label", "play", "released", "spec", "tiny", "tiny_files"]
