"""Goldlabel: label in a notebook or in any tool and be judged against gold as a quality team would judge you.

Importing this package stays light; whatever is heavy is imported where it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from goldlabel.errors import GoldlabelError

if TYPE_CHECKING:
    from goldlabel.workbench import Exercise

__all__ = ["Exercise", "GoldlabelError", "__version__"]

__version__ = "0.2.0"


def __getattr__(name: str) -> Any:
    if name == "Exercise":
        return import_module("goldlabel.workbench").Exercise
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
