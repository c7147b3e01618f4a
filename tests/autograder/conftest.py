"""The tiny course, for every test of this folder."""

from __future__ import annotations

import pytest

from tests.autograder.tiny import gold, label, play, released, spec, tiny

__all__ = ["gold", "label", "play", "released", "spec", "tiny"]

pytestmark = pytest.mark.usefixtures("tiny")
