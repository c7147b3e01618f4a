"""The plan of the papers: each page takes what holds for its group, then what its own table says.

A page is a text that somebody wrote, so a fresh seed alone makes no new exam (see recipes.py on plans).
"""

from __future__ import annotations

from typing import Any


def expand(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The item tables of ``[[pages]]``; ``[groups.NAME]`` holds what the pages of a group share."""
    return [{**table["groups"][page["group"]], **page} for page in table["pages"]]
