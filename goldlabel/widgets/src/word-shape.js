// @ts-check
/** Word boxes: four corners, clockwise from the top left one of the word, and what hands do to them. */

import { newId } from "./geometry.js";
import { allowed, between, bounds, distance, kept, ringArea, shifted } from "./points.js";

/** @typedef {import("./types").WordBox} WordBox */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./types").Quad} Quad */
/** @typedef {import("./points.js").Size} Size */

/** Pixels. A shorter side is a slip of the hand. */
export const MIN_SIDE = 3;

/** @param {(n: number) => Point} corner @returns {Quad} */
const quad = (corner) => [corner(0), corner(1), corner(2), corner(3)];

/** @param {string} label @param {Quad} corners @returns {WordBox} With its keys in the order in which the kernel writes them. */
export const newWord = (label, corners) => ({ type: "word_box", id: newId(), label, corners, text: "", attributes: {} });

/** A vector turned, clockwise on the screen. @param {Point} vector @param {number} angle Radians. @returns {Point} */
const turn = ([x, y], angle) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];

/** The direction in which a word runs: that of its long sides. @param {Quad} corners @returns {number} Radians. */
export function slope([a, b, c, d]) {
  const [dx, dy] = [b[0] - a[0] + c[0] - d[0], b[1] - a[1] + c[1] - d[1]];
  return Math.atan2(dy, dx);
}

/** Whether all sides run along the picture's. @param {Quad} corners */
export const upright = ([a, b, c, d]) => a[1] === b[1] && c[1] === d[1] && a[0] === d[0] && b[0] === c[0];

/** Whether the corners go round without a dent and without crossing, as a box does. @param {Quad} corners */
export function sound(corners) {
  return corners.every(([x, y], n) => {
    const [[px, py], [nx, ny]] = [corners[(n + 3) % 4], corners[(n + 1) % 4]];
    return (x - px) * (ny - y) - (y - py) * (nx - x) > 0;
  }) && corners.every((point, n) => distance(point, corners[(n + 1) % 4]) >= MIN_SIDE);
}

/**
 * A box with two opposite corners, its sides along a direction; null where it has no room inside.
 * @param {Point} a @param {Point} b @param {number} angle Radians, small: words run from left to right. @param {Size} size
 * @returns {Quad | null}
 */
export function spanned(a, b, angle, size) {
  const [p, q] = [turn(a, -angle), turn(b, -angle)];
  const [x1, x2, y1, y2] = [Math.min(p[0], q[0]), Math.max(p[0], q[0]), Math.min(p[1], q[1]), Math.max(p[1], q[1])];
  if (x2 - x1 < MIN_SIDE || y2 - y1 < MIN_SIDE) return null;
  const local = /** @type {Point[]} */ ([[x1, y1], [x2, y1], [x2, y2], [x1, y2]]);
  const corners = quad((n) => kept(angle ? turn(local[n], angle) : local[n], size));
  return sound(corners) ? corners : null;
}

/**
 * A box from both ends of a side along the word, and a point on the side opposite; null where it has no room inside.
 * @param {Point} a @param {Point} b @param {Point} far @param {Size} size @returns {Quad | null}
 */
export function fromSide(a, b, far, size) {
  const [start, end] = a[0] <= b[0] ? [a, b] : [b, a];
  const length = distance(start, end);
  if (length < MIN_SIDE) return null;
  const [nx, ny] = [-(end[1] - start[1]) / length, (end[0] - start[0]) / length];
  const depth = (far[0] - start[0]) * nx + (far[1] - start[1]) * ny;
  const [fore, aft] = [start, end].map(([x, y]) => /** @type {Point} */ ([x + nx * depth, y + ny * depth]));
  const round = depth > 0 ? [start, end, aft, fore] : [fore, aft, end, start];
  const corners = quad((n) => kept(round[n], size));
  return sound(corners) ? corners : null;
}

/** One corner elsewhere; null where that is no box any more. @param {Quad} corners @param {number} which @param {Point} to @param {boolean} alone False: an upright box stays one. @param {Size} size */
export function stretched(corners, which, to, alone, size) {
  if (!alone && upright(corners)) {
    const fixed = corners[(which + 2) % 4];
    return spanned(fixed, kept(to, size), 0, size);
  }
  const changed = quad((n) => (n === which ? kept(to, size) : corners[n]));
  return sound(changed) ? changed : null;
}

/** One side moved outward or inward by a drag, the others stay; side n joins the corners n and n + 1. @param {Quad} corners @param {number} side @param {number} dx @param {number} dy @param {Size} size */
export function pushed(corners, side, dx, dy, size) {
  const [a, b] = [corners[side], corners[(side + 1) % 4]];
  const length = distance(a, b) || 1;
  // Outward of a clockwise walk is to its left.
  const [nx, ny] = [(b[1] - a[1]) / length, -(b[0] - a[0]) / length];
  const by = dx * nx + dy * ny;
  const changed = quad((n) => (n === side || n === (side + 1) % 4 ? kept([corners[n][0] + nx * by, corners[n][1] + ny * by], size) : corners[n]));
  return sound(changed) ? changed : null;
}

/** Moved as far as the picture reaches. @param {WordBox} one @param {number} dx @param {number} dy @param {Size} size @returns {WordBox} */
export function movedWord(one, dx, dy, size) {
  const by = allowed(one.corners, dx, dy, size);
  return { ...one, corners: quad((n) => shifted(one.corners[n], by)) };
}

/** Wider or higher by so many pixels, at its right and its lower side. @param {WordBox} one @param {number} wider @param {number} higher @param {Size} size @returns {WordBox} */
export function grown(one, wider, higher, size) {
  const angle = slope(one.corners);
  const [right, down] = [turn([wider, 0], angle), turn([0, higher], angle)];
  const moves = [[0, 0], right, [right[0] + down[0], right[1] + down[1]], down];
  const corners = quad((n) => kept([one.corners[n][0] + moves[n][0], one.corners[n][1] + moves[n][1]], size));
  return sound(corners) ? { ...one, corners } : one;
}

/** Width and height of a word, along its own sides. @param {Quad} corners @returns {Point} */
export function extent([a, b, c, d]) {
  return [distance(between(a, d), between(b, c)), distance(between(a, b), between(d, c))];
}

/**
 * Where the next word may stand: right of the last one on its line, else where the line below begins.
 * @param {WordBox[]} words @param {WordBox} last @param {Size} size @returns {Quad}
 */
export function following(words, last, size) {
  const [width, height] = extent(last.corners);
  const angle = slope(last.corners);
  const along = turn([width + 0.6 * height, 0], angle);
  const beside = quad((n) => shifted(last.corners[n], along));
  const [, , right] = bounds(beside);
  return right <= size.width ? beside : lineBelow(words, last, size);
}

/** Where the line below that of a word begins. @param {WordBox[]} words @param {WordBox} last @param {Size} size @returns {Quad} */
export function lineBelow(words, last, size) {
  const height = extent(last.corners)[1];
  const angle = slope(last.corners);
  const line = words.filter((one) => Math.abs(turn(one.corners[0], -angle)[1] - turn(last.corners[0], -angle)[1]) < height / 2);
  const first = line.reduce((best, one) => (one.corners[0][0] < best.corners[0][0] ? one : best), last);
  const down = allowed(first.corners, ...turn([0, 1.6 * height], angle), size);
  return quad((n) => shifted(first.corners[n], down));
}

/** A box in the middle, for the first word of a page. @param {Point} centre @param {Size} size @returns {Quad} */
export function middle([x, y], size) {
  const [w, h] = [Math.round(size.width / 16), Math.max(8, Math.round(size.width / 70))];
  const corners = /** @type {Point[]} */ ([[x - w, y - h], [x + w, y - h], [x + w, y + h], [x - w, y + h]]);
  return quad((n) => kept(/** @type {Point} */ (corners[n].map(Math.round)), size));
}

/**
 * The direction of the words round a point: that of the nearest one that lies aslant no more than a page in the hand does.
 * @param {WordBox[]} words @param {Point} at @returns {number} Radians; 0 without words.
 */
export function slopeNear(words, at) {
  let [best, angle] = [Infinity, 0];
  for (const { corners } of words) {
    const apart = distance(between(corners[0], corners[2]), at);
    const [width, height] = extent(corners);
    // The direction of a word of one letter says little.
    if (apart < best && width > height) [best, angle] = [apart, upright(corners) ? 0 : slope(corners)];
  }
  return Math.abs(angle) < Math.PI / 4 ? angle : 0;
}

/** Small words lie on large ones. @param {WordBox[]} words @returns {WordBox[]} The smallest first. */
export const smallestFirst = (words) => [...words].sort((a, b) => ringArea(a.corners) - ringArea(b.corners));
