// @ts-check
/** Points, outlines and their geometry, in pixels of the item. */

import { clamp } from "./geometry.js";

/** @typedef {import("./types").Point} Point */
/** @typedef {{width: number, height: number}} Size */

/** Two decimals are finer than any hand. @param {number} value */
export const rounded = (value) => Math.round(value * 100) / 100;

/** @param {Point} a @param {Point} b */
export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** @param {Point} a @param {Point} b @returns {Point} */
export const between = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

/** A point brought into the picture, rounded. @param {Point} point @param {Size} size @returns {Point} */
export const kept = ([x, y], { width, height }) => [rounded(clamp(x, 0, width)), rounded(clamp(y, 0, height))];

/** The box round points: x1, y1, x2, y2. @param {Point[]} points @returns {[number, number, number, number]} */
export function bounds(points) {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < x1) x1 = x;
    if (y < y1) y1 = y;
    if (x > x2) x2 = x;
    if (y > y2) y2 = y;
  }
  return [x1, y1, x2, y2];
}

/** How far points may move together without leaving the picture. @param {Point[]} points @param {number} dx @param {number} dy @param {Size} size @returns {Point} */
export function allowed(points, dx, dy, { width, height }) {
  const [x1, y1, x2, y2] = bounds(points);
  return [clamp(dx, Math.min(0, -x1), Math.max(0, width - x2)), clamp(dy, Math.min(0, -y1), Math.max(0, height - y2))];
}

/** @param {Point} point @param {Point} by @returns {Point} */
export const shifted = ([x, y], [dx, dy]) => [rounded(x + dx), rounded(y + dy)];

/** The area of an outline, in square pixels; shoelace formula. @param {Point[]} ring */
export function ringArea(ring) {
  let twice = 0;
  for (let n = 0; n < ring.length; n++) {
    const [[ax, ay], [bx, by]] = [ring[n], ring[(n + 1) % ring.length]];
    twice += ax * by - bx * ay;
  }
  return Math.abs(twice) / 2;
}

/** Whether a point lies inside an outline: a ray to the right crosses it an odd number of times. @param {Point[]} ring @param {Point} point */
export function insideRing(ring, [x, y]) {
  let inside = false;
  for (let n = 0; n < ring.length; n++) {
    const [[ax, ay], [bx, by]] = [ring[n], ring[(n + 1) % ring.length]];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

/**
 * Where two sides of an outline cross; neighbours only meet, which is no crossing.
 * @param {Point[]} ring @param {boolean} [closed] False: the last point is not yet joined to the first.
 * @returns {Point[]}
 */
export function crossings(ring, closed = true) {
  const found = [];
  const count = ring.length;
  const sides = closed ? count : count - 1;
  for (let i = 0; i < sides; i++) {
    for (let j = i + 2; j < sides; j++) {
      if (i === 0 && j === count - 1) continue;
      const at = meeting(ring[i], ring[i + 1], ring[j], ring[(j + 1) % count]);
      if (at) found.push(at);
    }
  }
  return found;
}

/** Where the lines a-b and c-d cross. @param {Point} a @param {Point} b @param {Point} c @param {Point} d @returns {Point | null} */
function meeting(a, b, c, d) {
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const turn = rx * sy - ry * sx;
  if (turn === 0) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / turn;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / turn;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [a[0] + t * rx, a[1] + t * ry] : null;
}

/**
 * Fewer points that stay within `tolerance` of the line: Ramer 1972, Douglas and Peucker 1973.
 * @param {Point[]} points @param {number} tolerance Pixels. @returns {Point[]}
 */
export function thinned(points, tolerance) {
  if (points.length < 3) return points;
  const keep = new Set([0, points.length - 1]);
  /** @type {[number, number][]} */
  const open = [[0, points.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    let [far, worst] = [-1, tolerance];
    for (let n = from + 1; n < to; n++) {
      const off = toSegment(points[n], points[from], points[to]);
      if (off > worst) [far, worst] = [n, off];
    }
    if (far < 0) continue;
    keep.add(far);
    open.push([from, far], [far, to]);
  }
  return points.filter((_, n) => keep.has(n));
}

/** Distance from a point to the line from a to b. @param {Point} point @param {Point} a @param {Point} b */
export function toSegment(point, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const t = length ? clamp(((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length, 0, 1) : 0;
  return distance(point, [a[0] + t * dx, a[1] + t * dy]);
}

/** "x,y x,y ...", as people type it. @param {Point[]} ring */
export const pointsText = (ring) => ring.map(([x, y]) => `${x},${y}`).join(" ");

/** Points from text, or a sentence what is wrong with it. @param {string} text @param {Size} size @returns {Point[] | string} */
export function readPoints(text, size) {
  const numbers = (text.match(/[^\s,;]+/g) ?? []).map(Number);
  if (numbers.some((one) => !Number.isFinite(one))) return "Write numbers only: x,y x,y x,y ...";
  if (numbers.length % 2) return "One number is left over: every point needs x and y.";
  if (numbers.length < 6) return "An outline needs three points at least.";
  /** @type {Point[]} */
  const ring = [];
  for (let n = 0; n < numbers.length; n += 2) ring.push(kept([numbers[n], numbers[n + 1]], size));
  return ring;
}
