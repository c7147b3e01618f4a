"""The packing line's practice pictures by the juice factory's rules: a second gold for the same pictures.

Nothing is looked at again: the packer's exact gold says what is on each fruit, and the factory's guideline
(`datasets/sorting-line/exercises/w1-tags-juice/guideline.md`) says what that means for juice. Run from `datasets/`:
`python -m studio.juice_gold`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "sorting-line" / "gold"
MADE = (
    "Derived from the packer's gold, version {version}, by the juice factory's guideline: a bruise does not matter, a "
    "wormhole counts as rotten."
)


def juiced(gold: dict[str, Any]) -> dict[str, Any]:
    """The factory's gold from the packer's; pictures without a class (those for masks) are left out."""
    items = {}
    for name, item in gold["items"].items():
        choices = [one for one in item["annotations"] if one["type"] == "choice"]
        if choices:
            items[name] = {"annotations": [_juiced(one) for one in choices]}
    return {**gold, "made": MADE.format(version=gold["version"]), "items": items}


def _juiced(choice: dict[str, Any]) -> dict[str, Any]:
    facts = choice["attributes"]
    label, rule, why = _decision(choice["label"], facts.get("fruit", "thing"), facts)
    return {**choice, "label": label, "attributes": {**facts, "rule": rule, "why": why}}


def _decision(label: str, fruit: str, facts: dict[str, Any]) -> tuple[str, str, str]:
    """Class, rule and reason."""
    half = str(facts["case"]).endswith("half in view")
    if label == "not_fruit":
        return "not_fruit", "R1", facts["why"]
    if label == "rotten":
        return "rotten", "R2", facts["why"]
    if label == "wormhole":
        return "rotten", "R2", f"The {fruit} has a wormhole; what lives in it must not get into the juice."
    if label == "bruised" or "bruise_width" in facts:
        return "sound", "R3", f"The {fruit} has a bruise and no mould and no hole; a bruise does not matter for juice."
    if half:
        return "sound", "R5", f"The part of the {fruit} in the picture has no mould and no hole."
    return "sound", "R4", f"The {fruit} has no mould and no hole; whatever else is on its skin does not matter."


def main() -> None:
    """Write `gold/juice.json`."""
    gold = json.loads((FOLDER / "practice.json").read_text(encoding="utf-8"))
    (FOLDER / "juice.json").write_text(json.dumps(juiced(gold), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
