"""Who and what is on the street of the toy town, and where: each is put where the camera sees it."""

from __future__ import annotations

import math
import random

import bpy
import numpy as np

from . import street_furniture as furniture
from .cars import PAINTS
from .joints import named_pose
from .people import figure_parts, make_person, random_outfit
from .shapes import Part, build, moved
from .street_view import Sight
from .streets import CYCLING, KERB, LANE, PARKING, PAVED, ROAD, SIDE_STREET, SQUARE, SQUARE_DEPTH, ZEBRA
from .vehicles import SADDLE, make_bicycle, random_vehicle

TRIES = 260
CROWD_PIXELS = 29.0
"""How tall the people of a crowd are in the picture: too small to be told apart where they stand close."""
LARGE_AWAY = 14.0
"""How far the middle of a bus or truck stays from the camera, so that it does not hide the street."""
Things = list[bpy.types.Object]


class NoPlaceError(RuntimeError):
    """There is no open place in view for a crowd; choose another seed."""


def _nothing(thing: bpy.types.Object | None = None) -> Things:
    """No place was found in view: the street is full. Take the thing away again."""
    if thing is not None:
        bpy.data.objects.remove(thing)
    return []


def put(thing: bpy.types.Object, x: float, y: float, z: float, yaw: float) -> bpy.types.Object:
    thing.location, thing.rotation_euler = (x, y, z), (0.0, 0.0, yaw)
    return thing


def add_vehicle(label: str, place: str, sight: Sight, rng: random.Random, lit: bool) -> Things:
    """A car, bus or truck in a lane, at the kerb, or in the side street; none if the street is full."""
    thing = random_vehicle(label, rng, lit)
    length, width, height = thing["size"]
    for _ in range(TRIES):
        x, y = sight.somewhere(rng)
        side = 1 if y > 0 else -1
        yaw = 0.0 if side < 0 else math.pi
        half = (length / 2, width / 2)
        away = sight.near + 2.0 if label == "car" else LARGE_AWAY
        if math.hypot(x - sight.at.x, y - sight.at.y) < away:
            continue
        if place == "crossing" and label != "bus" and rng.random() < 0.15:
            x, yaw = rng.choice(((SIDE_STREET[0] + 1.9, -math.pi / 2), (SIDE_STREET[1] - 1.9, math.pi / 2)))
            y = side * rng.uniform(9.5, 24)
            half = (width / 2, length / 2)
        elif label != "bus" and rng.random() < (0.5 if label == "car" else 0.3):
            y = side * (PARKING + rng.uniform(-0.06, 0.06))
            if _blocks(x, length / 2 + 2.0, ZEBRA) or (
                place == "crossing" and _blocks(x, length / 2 + 1.5, SIDE_STREET)
            ):
                continue
        else:
            y = side * (LANE + rng.uniform(-0.12, 0.12))
            if _blocks(x, length / 2 + 0.4, ZEBRA):
                continue
        if sight.is_free(x, y, *half, 0.28) and sight.is_seen(x, y, height, 0.03):
            sight.taken.append((x, y, *half))
            return [put(thing, x, y, 0.0, yaw + rng.uniform(-0.015, 0.015))]
    return _nothing(thing)


def _blocks(x: float, half: float, stretch: tuple[float, float]) -> bool:
    return x + half > stretch[0] and x - half < stretch[1]


def add_bicycle(place: str, sight: Sight, rng: random.Random) -> Things:
    """A bicycle at a rack on the pavement, or with its rider on the road: then two things."""
    bicycle = make_bicycle(rng.choice(sorted(PAINTS)))
    ridden = rng.random() < 0.6
    for _ in range(TRIES):
        x, y = sight.somewhere(rng)
        side = 1 if y > 0 else -1
        if math.hypot(x - sight.at.x, y - sight.at.y) > 26:
            continue
        if ridden:
            y, yaw, half = side * (CYCLING + rng.uniform(-0.05, 0.08)), 0.0 if side < 0 else math.pi, (0.9, 0.3)
        else:
            y, yaw, half = side * rng.uniform(ROAD + 1.2, PAVED - 1.3), rng.choice((1.2, 1.57, 1.9, -1.4)), (0.4, 0.9)
            if place == "crossing" and _blocks(x, 1.5, SIDE_STREET):
                continue
        if not (sight.is_free(x, y, *half, 0.15) and sight.is_seen(x, y, 1.1, 0.0, 30)):
            continue
        sight.taken.append((x, y, *half))
        if not ridden:
            put(bicycle, x, y, KERB, yaw)
            furniture.bike_rack(x + 0.22 * math.sin(yaw), y - 0.22 * math.cos(yaw), yaw)
            return [bicycle]
        yaw += rng.uniform(-0.08, 0.08)
        rider, joints = make_person(
            named_pose("ride", rng.uniform(0, 6.28)), random_outfit(rng), rng.uniform(1.66, 1.82)
        )
        hips = (joints["left_hip"] + joints["right_hip"]) / 2
        back = SADDLE[0] - hips[0]
        put(bicycle, x, y, 0.0, yaw)
        put(rider, x + back * math.cos(yaw), y + back * math.sin(yaw), SADDLE[2] + 0.09 - hips[2], yaw)
        return [bicycle, rider]
    return _nothing(bicycle)


def add_person(place: str, sight: Sight, rng: random.Random) -> Things:
    """Somebody who walks, stands, waves or looks at a phone on the pavement or square, or crosses the road."""
    for _ in range(TRIES):
        x, y = sight.somewhere(rng)
        side = 1 if y > 0 else -1
        doing, z = rng.choices(("walk", "stand", "phone", "wave", "point", "cross"), (46, 14, 9, 6, 4, 21))[0], KERB
        yaw = rng.choice((0.0, math.pi)) + rng.uniform(-0.25, 0.25)
        if doing == "cross":
            x, y, z = rng.uniform(ZEBRA[0] + 0.2, ZEBRA[1] - 0.2), rng.uniform(-ROAD + 0.4, ROAD - 0.4), 0.0
            yaw = rng.choice((1, -1)) * math.pi / 2 + rng.uniform(-0.15, 0.15)
        elif place == "square" and side > 0 and SQUARE[0] + 1 < x < SQUARE[1] - 1 and rng.random() < 0.7:
            y, yaw = rng.uniform(ROAD + 0.6, ROAD + SQUARE_DEPTH - 2), rng.uniform(-math.pi, math.pi)
        else:
            y = side * rng.uniform(ROAD + 0.55, PAVED - 0.55)
            if place == "crossing" and _blocks(x, 0.5, SIDE_STREET):
                continue
        if doing in ("stand", "wave", "phone", "point"):
            yaw = rng.uniform(-math.pi, math.pi)
        if sight.is_free(x, y, 0.26, 0.26, 0.06) and sight.is_seen(x, y, 1.7):
            sight.taken.append((x, y, 0.26, 0.26))
            pose = named_pose("walk" if doing == "cross" else doing, rng.uniform(0, 6.28), rng.uniform(-0.5, 0.5))
            person, _ = make_person(pose, random_outfit(rng), rng.uniform(1.56, 1.88))
            return [put(person, x, y, z, yaw)]
    return _nothing()


def add_cut(place: str, sight: Sight, rng: random.Random, lit: bool) -> Things:
    """A car or somebody on foot near the camera whom an edge of the picture cuts off."""
    on_foot = rng.random() < 0.5
    thing = None if on_foot else random_vehicle("car", rng, lit)
    for _ in range(3 * TRIES):
        x, y = sight.by_the_edge(rng)
        side = 1 if y > 0 else -1
        if place == "crossing" and _blocks(x, 1.5, SIDE_STREET):
            continue
        if thing is not None:
            length, width, height = thing["size"]
            y = side * rng.choice((LANE, PARKING))
            if _blocks(x, length / 2 + 0.4, ZEBRA) or not sight.is_free(x, y, length / 2, width / 2, 0.25):
                continue
            # Seen from the end a car is 1.8 m wide, seen from the side 4 m.
            if sight.is_cut(x, y, 2.6, height):
                sight.taken.append((x, y, length / 2, width / 2))
                return [put(thing, x, y, 0.0, 0.0 if side < 0 else math.pi)]
            continue
        y = side * rng.uniform(ROAD + 0.5, PAVED - 0.4)
        if sight.is_free(x, y, 0.26, 0.26, 0.06) and sight.is_cut(x, y, 0.55, 1.7):
            sight.taken.append((x, y, 0.26, 0.26))
            pose = named_pose(
                rng.choice(("walk", "walk", "stand", "phone")), rng.uniform(0, 6.28), rng.uniform(-0.5, 0.5)
            )
            person, _ = make_person(pose, random_outfit(rng), rng.uniform(1.56, 1.88))
            return [put(person, x, y, KERB, rng.choice((0.0, math.pi)) + rng.uniform(-0.3, 0.3))]
    return _nothing(thing)


def add_talkers(place: str, sight: Sight, rng: random.Random, count: int) -> Things:
    """Two or three people who face each other on the pavement, close enough to hide a little of each other."""
    for _ in range(TRIES):
        x, y = sight.somewhere(rng)
        y = (1 if y > 0 else -1) * rng.uniform(ROAD + 1.2, PAVED - 1.2)
        if place == "crossing" and _blocks(x, 1.2, SIDE_STREET):
            continue
        if not (sight.is_free(x, y, 0.75, 0.75, 0.1) and sight.is_seen(x, y, 1.7, 0.0, 40)):
            continue
        sight.taken.append((x, y, 0.75, 0.75))
        turn = rng.uniform(0, 2 * math.pi)
        people = []
        for number in range(count):
            angle = turn + 2 * math.pi * number / count
            pose = named_pose(
                rng.choice(("stand", "stand", "point", "phone")), rng.uniform(0, 6.28), rng.uniform(-0.3, 0.3)
            )
            person, _ = make_person(pose, random_outfit(rng), rng.uniform(1.56, 1.88))
            put(person, x + 0.48 * math.cos(angle), y + 0.48 * math.sin(angle), KERB, angle + math.pi)
            people.append(person)
        return people
    return _nothing()


def add_sitters(place: str, sight: Sight, rng: random.Random, count: int) -> Things:
    """A bench at the houses with one or two people on it."""
    for _ in range(TRIES):
        x, y = sight.somewhere(rng)
        side = 1 if y > 0 else -1
        y = side * (PAVED - 0.75)
        if place == "crossing" and _blocks(x, 2.0, SIDE_STREET):
            continue
        if not (sight.is_free(x, y, 1.0, 0.6, 0.1) and sight.is_seen(x, y, 1.2, 0.0, 34)):
            continue
        sight.taken.append((x, y, 1.0, 0.6))
        yaw = -side * math.pi / 2
        furniture.bench(x, y, yaw)
        people = []
        for number in range(count):
            person, joints = make_person(
                named_pose("sit", rng.uniform(0, 6.28), rng.uniform(-0.6, 0.6)),
                random_outfit(rng),
                rng.uniform(1.6, 1.8),
            )
            hips = (joints["left_hip"][2] + joints["right_hip"][2]) / 2
            along = (number - (count - 1) / 2) * 0.85 + rng.uniform(-0.1, 0.1)
            people.append(put(person, x + along, y - side * 0.14, KERB + furniture.SEAT + 0.11 - hips, yaw))
        return people
    return _nothing()


def add_crowd(kind: str, place: str, sight: Sight, rng: random.Random) -> Things:
    """Many people close together far away, as one thing: a queue at a bus stop ("stop") or round a stall ("market")."""
    count = rng.randint(11, 15)
    away = sight.focal * 1.7 / CROWD_PIXELS * 960 / sight.scene.render.resolution_x
    look = sight.scene.camera.matrix_world.col[2]
    ahead = 1 if -look.x > 0 else -1
    for _ in range(TRIES):
        x = sight.at.x + ahead * away * rng.uniform(0.92, 1.1)
        side = rng.choice((1, -1))
        y = side * (PAVED - 2.3)
        if place == "crossing" and _blocks(x, 5, SIDE_STREET):
            continue
        spots = [(x + dx, y + dy) for dx in (-1.2, 0, 1.2) for dy in (-0.4, 0.4)]
        inside = all(0.03 < sight.pixel(px, py, 1.0)[0] < 0.97 for px, py in spots)
        if inside and sum(sight.open_share(px, py, (0.9, 1.6)) for px, py in spots) / len(spots) > 0.8:
            break
    else:
        raise NoPlaceError("no open place for a crowd")
    if kind == "stop":
        furniture.shelter(x + 4.2 * ahead, side * (PAVED - 1.5), side)
        half = (1.9, 0.55)
    else:
        furniture.stall(x + 2.2 * ahead, y, math.pi / 2 * ahead, rng)
        half = (1.25, 0.85)
    # Nothing else may stand in front of it: the pavement and the kerb towards the camera stay free.
    sight.taken.append((x - ahead * 5.0, side * (PAVED - 2.2), 10.0, 2.2))
    sight.taken.append((x - ahead * 4.0, side * PARKING, 8.0, 0.9))
    parts: list[Part] = []
    spots = []
    while len(spots) < count:
        spot = (rng.uniform(-half[0], half[0]), rng.uniform(-half[1], half[1]))
        if all(math.hypot(spot[0] - a, spot[1] - b) > 0.40 for a, b in spots):
            spots.append(spot)
    for spot in spots:
        pose = named_pose(rng.choice(("stand", "stand", "phone")), rng.uniform(0, 6.28))
        figure, _ = figure_parts(pose, random_outfit(rng), rng.uniform(1.56, 1.88))
        yaw = (0.0 if ahead > 0 else math.pi) + rng.uniform(-0.9, 0.9)
        parts += [moved(part, np.array([*spot, 0.0]), yaw) for part in figure]
    crowd = build("crowd", parts)
    crowd["label"], crowd["crowd"] = "person", True
    return [put(crowd, x, y, KERB, 0.0)]
