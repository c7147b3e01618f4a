// @ts-check
/** Rotated boxes: their corners and what hands do to them. Degrees run clockwise, as seen on the screen. */

import { newId } from "./geometry.js";
import { between, distance, kept, rounded } from "./points.js";

/** @typedef {import("./types").RotatedBox} RotatedBox */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./points.js").Size} Size */

/** Pixels. A shorter side is a slip of the hand. */
export const MIN_SIDE = 3;

/** The same direction between -180 (excluded) and 180. @param {number} degrees */
export function direction(degrees) {
  const rest = rounded(degrees % 360);
  if (rest > 180) return rounded(rest - 360);
  return rest <= -180 ? rounded(rest + 360) : rest + 0;
}

/** A vector turned. @param {Point} vector @param {number} degrees @returns {Point} */
export function turn([x, y], degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [x * c - y * s, x * s + y * c];
}

/** @param {Point} a @param {Point} b @returns {Point} */
const plus = (a, b) => [a[0] + b[0], a[1] + b[1]];

/** From the box's own axes to the picture. @param {RotatedBox} one @param {Point} local @returns {Point} */
export const outward = (one, local) => plus(one.center, turn(local, one.rotation));

/** From the picture to the box's own axes. @param {RotatedBox} one @param {Point} point @returns {Point} */
export const inward = ({ center, rotation }, [x, y]) => turn([x - center[0], y - center[1]], -rotation);

/** Which corner lies where on the box's own axes. @type {Point[]} */
const CORNERS = [[-1, -1], [1, -1], [1, 1], [-1, 1]];

/** Top left, top right, bottom right, bottom left of the unturned box. @param {RotatedBox} one @returns {Point[]} */
export const corners = (one) => CORNERS.map(([x, y]) => outward(one, [(x * one.size[0]) / 2, (y * one.size[1]) / 2]));

/** @param {RotatedBox} one @param {Point} point */
export function contains(one, point) {
  const [x, y] = inward(one, point);
  return Math.abs(x) <= one.size[0] / 2 && Math.abs(y) <= one.size[1] / 2;
}

/** @param {string} label @param {Point} center @param {Point} size @param {number} rotation @param {Size} picture @returns {RotatedBox} */
export function newTurned(label, center, size, rotation, picture) {
  return settled({ type: "rotated_box", id: newId(), label, center, size, rotation, attributes: {} }, picture);
}

/** Rounded, with its centre in the picture and no side longer than the picture's diagonal. @param {RotatedBox} one @param {Size} picture @returns {RotatedBox} */
export function settled(one, picture) {
  const longest = Math.hypot(picture.width, picture.height);
  const [width, height] = one.size.map((side) => rounded(Math.min(Math.max(side, MIN_SIDE), longest)));
  return { ...one, center: kept(one.center, picture), size: [width, height], rotation: direction(one.rotation) };
}

/** One corner drawn to a point; the opposite one stays. @param {RotatedBox} one @param {number} corner @param {Point} to @param {Size} picture @returns {RotatedBox} */
export function stretched(one, corner, to, picture) {
  const fixed = corners(one)[(corner + 2) % 4];
  const [x, y] = turn([to[0] - fixed[0], to[1] - fixed[1]], -one.rotation);
  const [sx, sy] = CORNERS[corner];
  const size = /** @type {Point} */ ([Math.max(x * sx, MIN_SIDE), Math.max(y * sy, MIN_SIDE)]);
  const center = plus(fixed, turn([(size[0] * sx) / 2, (size[1] * sy) / 2], one.rotation));
  return settled({ ...one, center, size }, picture);
}

/** Turned so that its top looks at a point. @param {RotatedBox} one @param {Point} to @param {boolean} snap To steps of 15 degrees. @param {Size} picture @returns {RotatedBox} */
export function facing(one, to, snap, picture) {
  const degrees = (Math.atan2(to[1] - one.center[1], to[0] - one.center[0]) * 180) / Math.PI + 90;
  return settled({ ...one, rotation: snap ? Math.round(degrees / 15) * 15 : degrees }, picture);
}

/** A box from one of its sides and a point on the side opposite. @param {string} label @param {Point} a @param {Point} b @param {Point} far @param {Size} picture @returns {RotatedBox | null} */
export function fromSide(label, a, b, far, picture) {
  const rotation = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  const [, depth] = turn([far[0] - a[0], far[1] - a[1]], -rotation);
  const width = distance(a, b);
  if (width < MIN_SIDE || Math.abs(depth) < MIN_SIDE) return null;
  return newTurned(label, plus(between(a, b), turn([0, depth / 2], rotation)), [width, Math.abs(depth)], rotation, picture);
}
