"""The commands of ``goldlabel``, a module each with ``add_command(subparsers)``: thin shells over the library."""

from __future__ import annotations

import argparse

__all__ = ["Subparsers"]

Subparsers = argparse._SubParsersAction  # noqa: SLF001  (the only name that argparse gives this type)
