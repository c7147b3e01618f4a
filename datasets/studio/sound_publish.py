"""Put sounds into their data set: media, items.jsonl, gold, contact sheets, and the tables of the datasheet.

    speech-env/bin/python -m studio.sound_publish speech sounds emotion      # run from the folder datasets

An item goes in when it was made and no name in ``recipes/<set>.dropped.txt`` forbids it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import sound_sheet
from .publish import NUMBERS, ROOT, dropped, gold_path
from .sound_files import WORK

Record = dict[str, Any]
VERSION = "1.0.0"
GOLD = {
    "speech": (
        (
            "Exact by construction: starts and ends are those of each voice alone before it was mixed; the words are "
            "the script's, by the rules of transcription_rules.md."
        ),
        (
            "No second transcriber. An offline recogniser (Whisper base) wrote down every clip; its word error rates "
            "stand in the datasheet."
        ),
    ),
    "sounds": (
        (
            "Exact by construction: the class is the recipe's; in scenes a sound begins where it was put and ends "
            "where it can no longer be heard among the others."
        ),
        "No second annotator; nobody listened.",
    ),
    "emotion": (
        (
            "By construction: the emotion and its intensity (1 to 3, neutral 0) that the studio gave to a neutral "
            "reading. The votes are those of 12 SIMULATED raters, see the datasheet."
        ),
        "No person rated the clips. The simulated raters' agreement stands in the datasheet.",
    ),
}
WIDTHS = {"speech": (2, 900), "sounds": (5, 300), "emotion": (6, 260)}
SCENES = (2, 900)


def records(name: str) -> list[Record]:
    """What was made and not refused, by id."""
    refused = dropped(name)
    paths = sorted((WORK / name).glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths if path.stem not in refused]


def publish(name: str) -> None:
    """Write everything of the data set anew from the work folder."""
    folder = ROOT / "datasets" / name
    (folder / "media").mkdir(parents=True, exist_ok=True)
    made = records(name)
    lines = []
    for record in made:
        sound = f"{record['item']['id']}.ogg"
        shutil.copyfile(WORK / name / sound, folder / "media" / sound)
        fixed = {
            "media": f"media/{sound}",
            "width": 0,
            "height": 0,
            "origin": "synthesised",
            "licence": "CC-BY-4.0",
            "sha256": hashlib.sha256((folder / "media" / sound).read_bytes()).hexdigest(),
        }
        lines.append(json.dumps(record["item"] | fixed, ensure_ascii=False) + "\n")
    for stray in set((folder / "media").glob("*.ogg")) - {
        folder / "media" / f"{one['item']['id']}.ogg" for one in made
    }:
        stray.unlink()
    (folder / "items.jsonl").write_text("".join(lines), encoding="utf-8")
    for pool in ("practice", "exam"):
        _pool(name, pool, [one for one in made if one["item"]["pool"] == pool])
    sheet = folder / "datasheet.md"
    if sheet.exists():
        table = TABLES[name](made)
        text = NUMBERS.sub(lambda match: f"{match[1]}{table}{match[2]}", sheet.read_text(encoding="utf-8"))
        sheet.write_text(text, encoding="utf-8")
    print(f"{name}: {len(made)} items, {sum(one['item']['seconds'] for one in made):.0f} s")


def _pool(name: str, pool: str, made: Sequence[Record]) -> None:
    path = gold_path(name, pool)
    path.parent.mkdir(parents=True, exist_ok=True)
    how, agreement = GOLD[name]
    gold = {
        "schema": 1,
        "dataset": name,
        "pool": pool,
        "version": VERSION,
        "made": how,
        "agreement": agreement,
        "items": {one["item"]["id"]: {"annotations": one["annotations"]} for one in made},
    }
    path.write_text(json.dumps(gold, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    scenes = [one for one in made if one["item"].get("group") == "scene"]
    clips = [one for one in made if one["item"].get("group") != "scene"]
    for kind, chosen, (columns, width) in (("", clips, WIDTHS[name]), ("_scenes", scenes, SCENES)):
        if chosen:
            drawn = [(WORK / name / f"{one['item']['id']}.ogg", one) for one in chosen]
            target = path.parent if pool == "exam" else ROOT / "datasets" / name
            sheet = sound_sheet.sheet(drawn, columns, width)
            sheet.convert("P", palette=1, colors=64).save(target / f"contact_{pool}{kind}.png", optimize=True)


def _both(counts: Mapping[str, Counter[str]], names: Sequence[str]) -> str:
    rows = [f"| {name} | {counts['practice'][name]} | {counts['exam'][name]} |" for name in names]
    return "| | practice | exam |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def _counted(made: Sequence[Record], names: Callable[[Record], Sequence[str]]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {"practice": Counter(), "exam": Counter()}
    for record in made:
        counts[record["item"]["pool"]].update(names(record))
    return counts


def _speech(made: Sequence[Record]) -> str:
    def names(one: Record) -> list[str]:
        return ["clips", one["item"]["group"], one["noise"], *(["turns"] * len(one["annotations"]))]

    counts = _counted(made, names)
    for record in made:
        counts[record["item"]["pool"]]["seconds"] += round(record["item"]["seconds"])
    table = _both(counts, ["clips", "solo", "talk", "turns", "seconds", "clean", "room", "street", "telephone"])
    rows = []
    for one in made:
        item = one["item"]
        alone = "" if one["wer_alone"] is None else f"{one['wer_alone']:.2f}"
        rates = f"{one['wer_verbatim']:.2f} | {one['wer_clean']:.2f} | {alone}"
        voices = ", ".join(one["voices"].values())
        overlap = f"{one['overlap']:.1f}" if item["group"] == "talk" else ""
        rows.append(f"| {item['id']} | {voices} | {one['noise']} | {item['seconds']:.1f} | {overlap} | {rates} |")
    mean = sum(one["wer_verbatim"] for one in made) / len(made)
    head = (
        "| clip | voices | noise | seconds | overlap | WER verbatim | WER clean | WER, lines alone |\n"
        + "|---" * 8
        + "|\n"
    )
    return f"{table}\nMean word error rate against the verbatim gold: {mean:.3f}.\n\n{head}" + "\n".join(rows) + "\n"


def _sounds(made: Sequence[Record]) -> str:
    def names(one: Record) -> list[str]:
        group = one["item"]["group"]
        return [f"{group}s", *(f"{note['label']}, in {group}s" for note in one["annotations"])]

    counts = _counted(made, names)
    both = sorted({name for count in counts.values() for name in count if ", in " in name})
    return _both(counts, ["clips", "scenes", *both])


def _emotion(made: Sequence[Record]) -> str:
    def names(one: Record) -> list[str]:
        answer = one["annotations"][0]
        marks = answer["attributes"]
        votes = {key[6:]: count for key, count in marks.items() if key.startswith("votes_")}
        most = max(votes.values())
        agreed = "majority as constructed" if votes[answer["label"]] == most else "majority otherwise"
        return ["clips", answer["label"], agreed, *(["unanimous"] if most == marks["raters"] else [])]

    counts = _counted(made, names)
    table = _both(
        counts,
        ["clips", "angry", "happy", "neutral", "sad", "majority as constructed", "majority otherwise", "unanimous"],
    )
    rates = [one["wer"] for one in made]
    whole = sum(rate == 0 for rate in rates)
    return (
        f"{table}\nThe recogniser wrote {whole} of {len(made)} sentences down without a mistake; mean word error rate "
        f"{sum(rates) / len(rates):.3f}, the largest {max(rates):.2f}.\n"
    )


TABLES = {"speech": _speech, "sounds": _sounds, "emotion": _emotion}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", nargs="+", choices=sorted(TABLES))
    for one in parser.parse_args().datasets:
        publish(one)
