"""A web server in a thread, and small archives in the formats of COCO and Open Images."""

from __future__ import annotations

import csv
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from goldlabel.data.catalogue import Pictures, RemoteClass, RemoteFile, RemoteSet
from tests.data.server import Unruly

CLASSES = (RemoteClass("person", ("person", "Person", "Man")), RemoteClass("car", ("car", "Car")))
MEMBER = "annotations/instances_val2017.json"


@pytest.fixture
def server() -> Iterator[Unruly]:
    unruly = Unruly()
    thread = threading.Thread(target=unruly.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield unruly
    unruly.over.set()
    unruly.shutdown()
    unruly.server_close()
    thread.join(5)


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "datasets"
    folder.mkdir()
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(folder))
    return folder


def picture(number: int) -> bytes:
    """A JPEG of 320 x 200 that differs from every other."""
    out = io.BytesIO()
    Image.effect_noise((320, 200), 40 + number).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def coco_table() -> dict:
    """Nine pictures. By the rule, 1 (no derivatives), 3 (people alone) and 6 (one box) are left out."""
    by, no_derivatives = 4, 6
    table = {
        "info": {"year": 2017},
        "licenses": [
            {"id": by, "name": "Attribution", "url": "http://creativecommons.org/licenses/by/2.0/"},
            {"id": no_derivatives, "name": "ND", "url": "http://creativecommons.org/licenses/by-nd/2.0/"},
        ],
        "categories": [
            {"id": 1, "name": "person", "supercategory": "person"},
            {"id": 3, "name": "car", "supercategory": "vehicle"},
            {"id": 18, "name": "dog", "supercategory": "animal"},
        ],
        "images": [],
        "annotations": [],
    }
    for number in reversed(range(1, 10)):
        table["images"].append(
            {
                "id": number,
                "file_name": f"{number:012d}.jpg",
                "license": no_derivatives if number == 1 else by,
                "height": 200,
                "width": 320,
                "flickr_url": f"http://flickr.test/{number} <b>|x",
            }
        )
        boxes = [(1, [10.5, 20, 60, 80], 0), (1 if number == 3 else 3, [100, 50, 120.25, 60], 0), (18, [0, 0, 9, 9], 0)]
        if number == 2:
            boxes += [(1, [200, 10, 300, 50], 1), (3, [5, 5, 8, 30], 0), (3, [330, 10, 20, 20], 0)]
        for place, (category, bbox, crowd) in enumerate(boxes[:1] if number == 6 else boxes):
            table["annotations"].append(
                {
                    "id": number * 100 + place,
                    "image_id": number,
                    "category_id": category,
                    "bbox": bbox,
                    "iscrowd": crowd,
                    "area": 1.0,
                    "segmentation": [],
                }
            )
    return table


@pytest.fixture
def coco(server: Unruly, datasets: Path) -> RemoteSet:
    """A COCO of nine pictures, four of which become the set."""
    server.files["/ann.zip"] = zipped({MEMBER: json.dumps(coco_table()).encode(), "../evil.txt": b"out of here"})
    for number in range(1, 10):
        server.files[f"/val/{number:012d}.jpg"] = picture(number)
    return RemoteSet(
        name="coco-sample",
        title="Tiny COCO",
        exercise="w2-coco",
        format="coco",
        licence="Yours.",
        terms="http://terms.test/",
        limits="Small.",
        member=MEMBER,
        most_member_bytes=100_000,
        files=(RemoteFile("ann.zip", server.at("/ann.zip"), len(server.files["/ann.zip"])),),
        pictures=Pictures(server.at("/val/{name}"), 4, 30_000, 200_000),
        classes=CLASSES,
    )


def _table(heads: list[str], rows: list[list[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def open_images(server: Unruly, datasets: Path) -> RemoteSet:
    """Open Images with five pictures: c is turned, d has another licence."""
    server.files["/classes.csv"] = _table(
        ["LabelName", "DisplayName"], [["/m/1", "Man"], ["/m/2", "Car"], ["/m/3", "Tree"]]
    )
    heads = (
        "ImageID Source LabelName Confidence XMin XMax YMin YMax IsOccluded IsTruncated IsGroupOf IsDepiction IsInside"
    )
    boxes = [
        row
        for name in "edcba"
        for row in (
            [name, "xclick", "/m/1", 1, 0.1, 0.5, 0.25, 0.75, 1, 0, 0, 0, 0],
            [name, "xclick", "/m/2", 1, 0.5, 1, 0, 0.5, 0, 1, 0, 0, 0],
            [name, "xclick", "/m/2", 1, 0.2, 0.9, 0.1, 0.9, -1, -1, 1, 0, 0],
            [name, "xclick", "/m/3", 1, 0, 1, 0, 1, 0, 0, 0, 0, 0],
        )
    ]
    server.files["/boxes.csv"] = _table(heads.split(), boxes)
    heads = "ImageID Subset OriginalURL OriginalLandingURL License AuthorProfileURL Author Title Rotation"
    by = "https://creativecommons.org/licenses/by/2.0/"
    rows = []
    for name in "edcba":
        licence, turned = "other" if name == "d" else by, "90.0" if name == "c" else "0.0"
        page = f"https://flickr.test/{name}"
        rows.append([name, "validation", "u", page, licence, "p", f"Ada, {name}", "t", turned])
    server.files["/images.csv"] = _table(heads.split(), rows)
    for number, name in enumerate("abcde"):
        server.files[f"/val/{name}.jpg"] = picture(number)
    return RemoteSet(
        name="open-images-sample",
        title="Tiny Open Images",
        exercise="w2-open-images",
        format="open-images",
        licence="Yours.",
        terms="http://terms.test/",
        limits="Small.",
        files=tuple(
            RemoteFile(name, server.at(f"/{name}"), len(server.files[f"/{name}"]))
            for name in ("classes.csv", "boxes.csv", "images.csv")
        ),
        pictures=Pictures(server.at("/val/{name}"), 3, 30_000, 200_000),
        classes=CLASSES,
    )
