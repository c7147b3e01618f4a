// @ts-check
/** Polygons as data: their parts, points and faults. No drawing here. */

import { allowed, between, bounds, crossings, distance, insideRing, ringArea, shifted } from "./points.js";

/** @typedef {import("./types").Polygon} Polygon */
/** @typedef {import("./types").Point} Point */
/** @typedef {{ring: number, index: number}} Vertex */

/** Square pixels. An outline within a smaller frame is a slip of the hand. */
const MIN_FRAME = 12;

/** Whether an outline has no room; its frame counts, for one that crosses itself may have an area of 0. @param {Point[]} ring */
export function tiny(ring) {
  const [x1, y1, x2, y2] = bounds(ring);
  return (x2 - x1) * (y2 - y1) < MIN_FRAME;
}

/** Crossing points of an annotation's rings, found once. @type {WeakMap<object, Point[]>} */
const known = new WeakMap();

/** @param {import("./types").Annotation} one @returns {Point[]} */
export function crossingsOf(one) {
  let found = known.get(one);
  if (!found) known.set(one, (found = /** @type {Polygon} */ (one).rings.flatMap((ring) => crossings(ring))));
  return found;
}

/** @param {Polygon} one @param {Point} at */
export const covers = (one, at) => one.rings.some((ring) => insideRing(ring, at));

/** The smallest polygon that covers a point: small things lie on big ones. @param {import("./types").Annotation[]} all @param {Point} at */
export function polygonAt(all, at) {
  const area = (/** @type {Polygon} */ one) => one.rings.reduce((sum, ring) => sum + ringArea(ring), 0);
  return /** @type {Polygon[]} */ (all).filter((one) => covers(one, at)).sort((a, b) => area(a) - area(b))[0];
}

/** The point of a polygon near a place. @param {Polygon} one @param {Point} at @param {number} reach @returns {Vertex | null} */
export const vertexAt = (one, at, reach) => nearest(one, at, reach, (ring, index) => ring[index]);

/** The middle of a side near a place; a side shorter than `room` has none. @param {Polygon} one @param {Point} at @param {number} reach @param {number} room @returns {Vertex | null} The point before it. */
export const middleAt = (one, at, reach, room) => nearest(one, at, reach, (ring, index) => middleOf(ring, index, room));

/** @param {Point[]} ring @param {number} index @param {number} room @returns {Point | null} */
export function middleOf(ring, index, room) {
  const next = ring[(index + 1) % ring.length];
  return distance(ring[index], next) > room ? between(ring[index], next) : null;
}

/** @param {Polygon} one @param {Point} at @param {number} reach @param {(ring: Point[], index: number) => Point | null} place @returns {Vertex | null} */
function nearest(one, at, reach, place) {
  let best = null;
  let least = reach;
  for (const [ring, points] of one.rings.entries()) {
    for (const index of points.keys()) {
      const point = place(points, index);
      const off = point ? distance(point, at) : Infinity;
      if (off <= least) [best, least] = [{ ring, index }, off];
    }
  }
  return best;
}

/** The next or the previous point, over all parts and round. @param {Polygon} one @param {Vertex | null} from @param {number} step @returns {Vertex} */
export function walked(one, from, step) {
  const all = one.rings.flatMap((points, ring) => points.map((_, index) => ({ ring, index })));
  const at = all.findIndex((each) => each.ring === from?.ring && each.index === from.index);
  return all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
}

/** One point moved. @param {Polygon} one @param {Vertex} vertex @param {Point} point @returns {Polygon} */
export const withPoint = (one, vertex, point) => changed(one, vertex.ring, (ring) => ring.map((old, n) => (n === vertex.index ? point : old)));

/** One point more after a point. @param {Polygon} one @param {Vertex} vertex @param {Point} point @returns {Polygon} */
export const withMore = (one, vertex, point) => changed(one, vertex.ring, (ring) => [...ring.slice(0, vertex.index + 1), point, ...ring.slice(vertex.index + 1)]);

/** One point less; a part of two points goes, and the polygon with its last part. @param {Polygon} one @param {Vertex} vertex @returns {Polygon | null} */
export function withoutPoint(one, vertex) {
  const after = changed(one, vertex.ring, (ring) => ring.filter((_, n) => n !== vertex.index));
  const rings = after.rings.filter((ring) => ring.length > 2);
  return rings.length ? { ...after, rings } : null;
}

/** @param {Polygon} one @param {number} part @param {(ring: Point[]) => Point[]} change @returns {Polygon} */
const changed = (one, part, change) => ({ ...one, rings: one.rings.map((ring, n) => (n === part ? change(ring) : ring)) });

/** @param {Polygon} one @param {number} dx @param {number} dy @param {import("./points.js").Size} size @returns {Polygon} */
export function movedBy(one, dx, dy, size) {
  const by = allowed(one.rings.flat(), dx, dy, size);
  return { ...one, rings: one.rings.map((ring) => ring.map((point) => shifted(point, by))) };
}
