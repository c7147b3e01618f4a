"""Turns planned and downloaded pictures into a data set like any other: items, media, gold, exercise, datasheet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from goldlabel.annotations import AttributeValue, Box, Gold, Item, ItemGold, encode
from goldlabel.data.catalogue import RemoteSet
from goldlabel.data.downloading import file_sha256
from goldlabel.data.releases import FEWEST, MOST, Planned
from goldlabel.errors import DataError

__all__ = ["build", "picture_size", "toml_string", "write_set"]

COLORS = ("#56B4E9", "#009E73", "#0072B2", "#CC79A7", "#D55E00", "#E69F00", "#F0E442", "#999999")
"""Okabe and Ito's palette: told apart by colour-blind people too."""

SMALLEST = 14
"""Pixels: an object whose shorter side is smaller is set aside, as everywhere in the course."""

MOST_PIXELS = 50_000_000
"""A picture with more is refused unopened: a small file can hold a picture that fills the memory."""

DRAWN = 6

RULES = {"missing": "R1", "extra": "R4", "mismatching_label": "R5", "low_overlap": "R2"}


def build(remote: RemoteSet, planned: Sequence[Planned], pictures: Path, folder: Path) -> None:
    """Write the data set into ``folder``, which must be new.

    Args:
        remote: What the catalogue says.
        planned: The items to be.
        pictures: Folder that holds their files.
        folder: Where the data set is written.

    Raises:
        DataError: A picture is damaged.
        OSError: Something cannot be written.
    """
    (folder / "media").mkdir(parents=True)
    items, gold = [], {}
    for one in planned:
        source = pictures / one.file
        width, height = picture_size(source)
        shutil.copyfile(source, folder / "media" / one.file)
        gold[one.id] = ItemGold(_boxes(one, width, height))
        items.append(
            Item(
                id=one.id,
                media=f"media/{one.file}",
                width=width,
                height=height,
                pool="practice",
                origin="photographed",
                licence=one.licence,
                sha256=file_sha256(source),
                difficulty="medium",
                alt="A photograph with traffic.",
                source=f"{remote.title}; {one.credit}",
            )
        )
    made = Gold(
        dataset=remote.name,
        pool="practice",
        version="1.0.0",
        made=f"Packaged: the boxes of {remote.title}, unchanged but for the choice of classes.",
        agreement="Not published by the source for these pictures, and not measured by the course.",
        items=gold,
    )
    sheet = _datasheet(remote, planned, gold)
    write_set(remote, folder, items, made, description=_exercise(remote), guideline="street.md", datasheet=sheet)


def write_set(
    remote: RemoteSet,
    folder: Path,
    items: Sequence[Item],
    gold: Gold,
    *,
    description: str,
    guideline: str,
    datasheet: str,
) -> None:
    """Write what every data set has: items, gold, exercise and datasheet.

    Args:
        remote: What the catalogue says.
        folder: Of the data set; it is there.
        items: In the order of the list.
        gold: Of all items.
        description: Content of ``exercise.toml``.
        guideline: Name of the guideline's file beside this module.
        datasheet: Content of ``datasheet.md``.

    Raises:
        OSError: Something cannot be written.
    """
    lines = b"\n".join(msgspec.json.encode(item) for item in items)
    (folder / "items.jsonl").write_bytes(lines + b"\n")
    (folder / "gold").mkdir()
    (folder / "gold" / "practice.json").write_bytes(encode(gold))
    exercise = folder / "exercises" / remote.exercise
    exercise.mkdir(parents=True)
    (exercise / "exercise.toml").write_text(description, encoding="utf-8")
    shutil.copyfile(Path(__file__).with_name(guideline), exercise / "guideline.md")
    (folder / "datasheet.md").write_text(datasheet, encoding="utf-8")


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height in pixels of a picture that can be read to its end.

    Raises:
        DataError: It is damaged, no picture, or enormous.
    """
    from PIL import Image

    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise ValueError(f"it has {width} x {height} pixels")  # noqa: TRY301  (one sentence for all faults)
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise DataError(
            f"A downloaded picture cannot be used: {error}",
            where=path.name,
            todo="Fetch the data set again with --again.",
        ) from None
    return width, height


def _boxes(one: Planned, width: int, height: int) -> tuple[Box, ...]:
    """Boxes in pixels, inside the picture; what has no area there is left out."""
    boxes = []
    across, down = (width, height) if one.relative else (1, 1)
    for number, box in enumerate(one.boxes, start=1):
        x1, y1, x2, y2 = box.xyxy
        xs = [round(min(max(x * across, 0), width), 2) for x in (x1, x2)]
        ys = [round(min(max(y * down, 0), height), 2) for y in (y1, y2)]
        shorter = min(xs[1] - xs[0], ys[1] - ys[0])
        if not shorter > 0:  # NaN as well
            continue
        marks: dict[str, AttributeValue] = dict(box.attributes)
        if shorter < SMALLEST:
            marks["difficult"] = True
        boxes.append(Box(f"g{number:02d}", box.label, (xs[0], ys[0], xs[1], ys[1]), attributes=marks))
    return tuple(boxes)


def _exercise(remote: RemoteSet) -> str:
    """The content of ``exercise.toml``."""
    classes = "".join(
        f"[[classes]]\nname = {toml_string(one.name)}\ncolor = {toml_string(color)}\n\n"
        for one, color in zip(remote.classes, COLORS, strict=False)
    )
    rules = "".join(f"{kind} = {toml_string(rule)}\n" for kind, rule in RULES.items())
    return (
        f"# Made by: goldlabel data fetch {remote.name}\n"
        f"title = {toml_string(f'Bounding boxes: {remote.title}')}\n"
        f'task = "boxes"\nweek = 2\nmode = "practice"\ndataset = {toml_string(remote.name)}\n\n'
        f'{classes}[draw]\npool = "practice"\ncount = {min(DRAWN, remote.count)}\nseed = 1\n\n'
        f"[rubric.rules]\n{rules}"
    )


def toml_string(text: str) -> str:
    """A TOML string: a JSON string is one, as long as its characters stand for themselves."""
    return json.dumps(text, ensure_ascii=False)


def _datasheet(remote: RemoteSet, planned: Sequence[Planned], gold: dict[str, ItemGold]) -> str:
    counted = sum(len(one.scored) for one in gold.values())
    aside = sum(len(one.annotations) for one in gold.values()) - counted
    rows = "\n".join(f"| {one.id} | {one.licence} | {_cell(one.credit)} |" for one in planned)
    addresses = "\n".join(f"- {file.address}" for file in remote.files)
    return f"""# Data set: {remote.name}

{remote.title}. Downloaded by `goldlabel data fetch {remote.name}`. It is no part of the course, which passes none of it
on.

## Licence

{remote.licence.strip()}

Terms: {remote.terms}

## Where it comes from

{addresses}
- {remote.pictures.address if remote.pictures else ""}

What arrived is recorded with its SHA-256 in `checksums.toml`. The pictures were not picked by hand: in the order of
their ids, those with a licence that allows teaching, {FEWEST} to {MOST} objects that count, and not of people alone.

## Gold

The source's own boxes of {len(remote.classes)} classes: {counted} that count, {aside} set aside (crowds, depictions,
and what is under {SMALLEST} pixels). Nobody of the course has checked them.

{remote.limits.strip()}

## Pictures

| item | licence | author, page |
|---|---|---|
{rows}
"""


def _cell(text: str) -> str:
    """Text from outside, tamed for a table: no columns, lines or tags of its own."""
    return " ".join(text.split())[:200].replace("|", "/").replace("<", "&lt;")
