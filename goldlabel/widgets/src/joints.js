// @ts-check
/** The points of a skeleton: names, sides, which one is asked for next. No drawing here. */

import { allowed, distance, kept, shifted } from "./points.js";

/** @typedef {import("./types").Keypoints} Keypoints */
/** @typedef {import("./types").Skeleton} Skeleton */
/** @typedef {import("./types").Visibility} Visibility */
/** @typedef {import("./types").Point} Point */

export const STATES = /** @type {const} */ (["not labelled", "hidden", "visible"]);

/** Whose side a point is on: the person's, not the picture's. @param {string} name @returns {"left" | "right" | "middle"} */
export function sideOf(name) {
  if (/^l(eft)?[ _-]/i.test(name)) return "left";
  return /^r(ight)?[ _-]/i.test(name) ? "right" : "middle";
}

/** @param {string} name */
export const spoken = (name) => name.replaceAll(/[_-]/g, " ");

/** The name of the same point on the other side. @param {string} name @param {string[]} names */
export function mirrored(name, names) {
  const other = name.replace(/^(l|r)(eft|ight)?(?=[ _-])/i, (word) => ({ left: "right", right: "left", l: "r", r: "l" })[word.toLowerCase()] ?? word);
  return names.includes(other) ? other : name;
}

/** The next point without an answer, from `from` on and round. @param {Keypoints | undefined} one @param {Skeleton} skeleton @param {string | null} [from] */
export function asked(one, { points }, from = null) {
  const start = from === null ? 0 : points.indexOf(from) + 1;
  const round = [...points.slice(start), ...points.slice(0, start)];
  return round.find((name) => !one || !(name in one.points)) ?? null;
}

/** One point set, or forgotten (null), in the skeleton's order. @param {Keypoints} one @param {string} name @param {[number, number, Visibility] | null} value @param {Skeleton} skeleton @returns {Keypoints} */
export function withJoint(one, name, value, { points }) {
  const known = { ...one.points, [name]: value };
  const pairs = points.flatMap((each) => (known[each] ? [[each, known[each]]] : []));
  return { ...one, points: Object.fromEntries(pairs) };
}

/** Left and right exchanged. @param {Keypoints} one @param {Skeleton} skeleton @returns {Keypoints} */
export function swapped(one, { points }) {
  const pairs = points.flatMap((name) => {
    const value = one.points[mirrored(name, points)];
    return value ? [[name, value]] : [];
  });
  return { ...one, points: Object.fromEntries(pairs) };
}

/** Where its points are that are labelled. @param {Keypoints} one @returns {Point[]} */
export const places = (one) => Object.values(one.points).flatMap(([x, y, v]) => (v ? [/** @type {Point} */ ([x, y])] : []));

/** All points moved together, or one alone. @param {Keypoints} one @param {string | null} name @param {number} dx @param {number} dy @param {import("./points.js").Size} size @returns {Keypoints} */
export function movedJoints(one, name, dx, dy, size) {
  const by = name === null ? allowed(places(one), dx, dy, size) : /** @type {Point} */ ([dx, dy]);
  const pairs = Object.entries(one.points).map(([each, [x, y, v]]) => {
    if (!v || (name !== null && each !== name)) return [each, [x, y, v]];
    return [each, [...(name === null ? shifted([x, y], by) : kept([x + dx, y + dy], size)), v]];
  });
  return { ...one, points: Object.fromEntries(pairs) };
}

/** The labelled point nearest to a place, within reach; null without any. @param {Keypoints} one @param {Point} at @param {number} reach */
export function nearest(one, at, reach) {
  let [best, least] = [/** @type {string | null} */ (null), reach];
  for (const [name, [x, y, v]] of Object.entries(one.points)) {
    const off = v ? distance([x, y], at) : Infinity;
    if (off <= least) [best, least] = [name, off];
  }
  return best;
}
