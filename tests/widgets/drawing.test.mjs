// Geometry, masks and joints without a page: run by node's own test runner (see test_bundle.py).
import assert from "node:assert/strict";
import { test } from "node:test";

import { fillHoles, fillRing, paintLine, pixelRect } from "../../goldlabel/widgets/src/bitmap.js";
import { asked, mirrored, movedJoints, sideOf, swapped, withJoint } from "../../goldlabel/widgets/src/joints.js";
import { allowed, crossings, insideRing, kept, pointsText, readPoints, ringArea, thinned } from "../../goldlabel/widgets/src/points.js";
import { covers, movedBy, polygonAt, tiny, vertexAt, walked, withMore, withoutPoint } from "../../goldlabel/widgets/src/polygon-shape.js";
import { flagged } from "../../goldlabel/widgets/src/table.js";
import { contains, corners, direction, facing, fromSide, stretched } from "../../goldlabel/widgets/src/turned.js";

const SIZE = { width: 100, height: 80 };
const SQUARE = [[10, 10], [30, 10], [30, 30], [10, 30]];
const BOW = [[10, 10], [30, 10], [10, 30], [30, 30]];

test("outlines: area, inside, crossings", () => {
  assert.equal(ringArea(SQUARE), 400);
  assert.ok(insideRing(SQUARE, [20, 20]) && !insideRing(SQUARE, [31, 20]));
  assert.deepEqual(crossings(SQUARE), []);
  assert.deepEqual(crossings(BOW), [[20, 20]]);
  assert.deepEqual(crossings(BOW, false), []); // the side that closes it is not there yet
  assert.deepEqual(crossings([[0, 0], [10, 10], [10, 0], [0, 10]], false), [[5, 5]]);
  assert.ok(tiny([[0, 0], [1, 0], [1, 1]]) && !tiny(BOW)); // a bow tie has area 0 and room all the same
});

test("points stay in the picture, alone and together", () => {
  assert.deepEqual(kept([-3, 90.126], SIZE), [0, 80]);
  assert.deepEqual(allowed(SQUARE, -50, 60, SIZE), [-10, 50]);
  const moved = movedBy({ rings: [SQUARE] }, -50, 60, SIZE);
  assert.deepEqual(moved.rings[0], [[0, 60], [20, 60], [20, 80], [0, 80]]);
});

test("a trail is thinned and keeps its corners", () => {
  const trail = [...Array(50).keys()].map((x) => [x, Math.sin(x) * 0.2]).concat([...Array(50).keys()].map((y) => [50, y]));
  const few = thinned(trail, 1);
  assert.ok(few.length <= 5, String(few.length));
  assert.deepEqual(few[0], trail[0]);
  assert.deepEqual(few.at(-1), trail.at(-1));
});

test("points as text, there and back, and what is wrong with it", () => {
  assert.deepEqual(readPoints(pointsText(SQUARE), SIZE), SQUARE);
  assert.deepEqual(readPoints("1 2; 3,4\n200,6", SIZE), [[1, 2], [3, 4], [100, 6]]);
  assert.match(readPoints("1,2 3,4", SIZE), /three points/);
  assert.match(readPoints("1,2 3,4 5", SIZE), /left over/);
  assert.match(readPoints("1,2 3,x 5,6", SIZE), /numbers only/);
});

test("polygons: found, walked, a point more and less", () => {
  const one = { id: "a", rings: [SQUARE, [[50, 50], [60, 50], [50, 60]]] };
  const big = { id: "b", rings: [[[0, 0], [90, 0], [90, 70], [0, 70]]] };
  assert.equal(polygonAt([big, one], [20, 20]).id, "a");
  assert.ok(covers(one, [52, 52]) && !covers(one, [40, 40]));
  assert.deepEqual(vertexAt(one, [31, 29], 5), { ring: 0, index: 2 });
  assert.equal(vertexAt(one, [36, 20], 5), null);
  assert.deepEqual(walked(one, { ring: 0, index: 3 }, 1), { ring: 1, index: 0 });
  assert.deepEqual(walked(one, null, -1), { ring: 1, index: 2 });
  assert.equal(withMore(one, { ring: 0, index: 0 }, [20, 5]).rings[0].length, 5);
  assert.equal(withoutPoint(one, { ring: 1, index: 0 }).rings.length, 1); // a part of two points is none
  assert.equal(withoutPoint({ rings: [[[0, 0], [9, 0], [0, 9]]] }, { ring: 0, index: 0 }), null);
});

const painted = (bits) => bits.reduce((sum, bit) => sum + bit, 0);

test("a brush paints what its circle covers, and erases it", () => {
  const bits = new Uint8Array(8000);
  assert.deepEqual(paintLine(bits, SIZE, [50, 40], [50, 40], 10, 1), [40, 30, 60, 50]);
  assert.ok(Math.abs(painted(bits) - Math.PI * 100) < 8);
  paintLine(bits, SIZE, [0, 0], [99, 0], 3, 1);
  assert.ok(bits[0] && bits[99] && bits[299] && !bits[350]);
  paintLine(bits, SIZE, [0, 0], [100, 80], 200, 0);
  assert.equal(painted(bits), 0);
  assert.deepEqual(pixelRect([-4, 3.2, 120, 3.8], SIZE, 1), [0, 2, 100, 5]);
});

test("an outline is filled, its holes too", () => {
  const bits = new Uint8Array(8000);
  fillRing(bits, SIZE, SQUARE, 1);
  assert.equal(painted(bits), 400);
  fillRing(bits, SIZE, [[15, 15], [20, 15], [20, 20], [15, 20]], 0);
  bits[12 * 100 + 40] = 1;
  assert.equal(painted(bits), 376);
  assert.equal(fillHoles(bits, SIZE), 25);
  assert.equal(fillHoles(bits, SIZE), 0);
  bits.fill(0);
  fillRing(bits, SIZE, [[10, 10], [30, 10], [30, 30], [10, 30], [10, 10], [30, 10], [30, 30], [10, 30]], 1);
  assert.equal(painted(bits), 400); // twice round is inside
});

const SKELETON = { points: ["nose", "left_eye", "right_eye", "left_hip"], edges: [] };
const figure = (points) => ({ id: "f", points, area: 0, attributes: {} });

test("joints: asked for in order, also round the end", () => {
  assert.equal(asked(undefined, SKELETON), "nose");
  const one = figure({ nose: [1, 1, 2], right_eye: [2, 1, 2] });
  assert.equal(asked(one, SKELETON, "right_eye"), "left_hip");
  assert.equal(asked(one, SKELETON, "left_hip"), "left_eye");
  assert.equal(asked(figure({ nose: [0, 0, 0], left_eye: [0, 0, 0], right_eye: [0, 0, 0], left_hip: [0, 0, 0] }), SKELETON), null);
});

test("joints: sides, mirror, order, move", () => {
  assert.deepEqual(["nose", "left_eye", "r_hip", "leftover"].map(sideOf), ["middle", "left", "right", "middle"]);
  assert.equal(mirrored("left_eye", SKELETON.points), "right_eye");
  assert.equal(mirrored("left_hip", SKELETON.points), "left_hip"); // it has no partner here
  const one = figure({ right_eye: [20, 10, 1], nose: [15, 12, 2], left_eye: [0, 0, 0] });
  assert.deepEqual(Object.keys(withJoint(one, "left_hip", [5, 5, 2], SKELETON).points), SKELETON.points);
  assert.deepEqual(swapped(one, SKELETON).points, { nose: [15, 12, 2], left_eye: [20, 10, 1], right_eye: [0, 0, 0] });
  assert.deepEqual(movedJoints(one, null, -30, 5, SIZE).points, { right_eye: [5, 15, 1], nose: [0, 17, 2], left_eye: [0, 0, 0] });
  assert.deepEqual(movedJoints(one, "nose", -30, 5, SIZE).points.nose, [0, 17, 2]);
  assert.deepEqual(withJoint(one, "nose", null, SKELETON).points.nose, undefined);
});

test("turned boxes: corners, inside, stretched, facing, three clicks", () => {
  const one = { center: [50, 40], size: [40, 20], rotation: 90 };
  const rounded = (points) => points.map((point) => point.map((value) => Math.round(value * 100) / 100 + 0));
  assert.deepEqual(rounded(corners(one)), [[60, 20], [60, 60], [40, 60], [40, 20]]);
  assert.ok(contains(one, [50, 58]) && !contains(one, [68, 40]));
  const grown = stretched(one, 2, [30, 70], SIZE);
  assert.deepEqual([grown.center, grown.size], [[45, 45], [50, 30]]);
  assert.deepEqual(rounded([corners(grown)[0]]), [[60, 20]]); // the corner across stays
  assert.equal(facing(one, [90, 40], false, SIZE).rotation, 90);
  assert.equal(facing(one, [57, 10], true, SIZE).rotation, 15);
  assert.deepEqual([540, -180, 359.999, -10].map(direction), [180, 180, 0, -10]);
  const made = fromSide("x", [10, 10], [50, 10], [20, 30], SIZE);
  assert.deepEqual([made.center, made.size, made.rotation], [[30, 20], [40, 20], 0]);
  const above = fromSide("x", [10, 50], [50, 50], [20, 30], SIZE);
  assert.deepEqual([above.center, above.size], [[30, 40], [40, 20]]);
  assert.equal(fromSide("x", [10, 10], [50, 10], [20, 11], SIZE), null);
});

test("flags turn on and off and leave the others alone", () => {
  const one = { id: "a", attributes: { occluded: true } };
  const both = flagged(one, "truncated");
  assert.deepEqual(both.attributes, { occluded: true, truncated: true });
  assert.deepEqual(flagged(both, "occluded").attributes, { truncated: true });
});
