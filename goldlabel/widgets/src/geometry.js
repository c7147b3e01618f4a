// @ts-check
/** Boxes: between our annotations (xyxy, pixels of the item) and the surface's (x, y, width, height). */

/** @typedef {import("./types").Box} Box */
/** @typedef {{x: number, y: number, width: number, height: number, label: string, id?: string}} SurfaceBox */

/** Pixels. A smaller box is a slip of the hand. */
export const MIN_SIDE = 3;

/** A new identity for an annotation. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return "b" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} label @param {[number, number, number, number]} xyxy
 * @returns {Box} With its keys in the order in which the kernel writes them.
 */
export function newBox(label, xyxy) {
  return { type: "box", id: newId(), label, xyxy, attributes: {} };
}

/** @param {Box} box @param {number} scale @returns {SurfaceBox} */
export function toSurface(box, scale) {
  const [x1, y1, x2, y2] = box.xyxy.map((value) => value / scale);
  return { x: x1, y: y1, width: x2 - x1, height: y2 - y1, label: box.label, id: box.id };
}

/** @param {SurfaceBox} box @param {number} scale @returns {[number, number, number, number]} */
export function fromSurface({ x, y, width, height }, scale) {
  const corners = [Math.min(x, x + width), Math.min(y, y + height), Math.max(x, x + width), Math.max(y, y + height)];
  return /** @type {[number, number, number, number]} */ (corners.map((value) => Math.round(value * scale * 100) / 100));
}

/**
 * Bring a box into the picture. One that was moved keeps its size; one that was resized is cut.
 * @param {[number, number, number, number]} xyxy @param {{width: number, height: number}} item
 * @param {boolean} moved
 * @returns {[number, number, number, number]}
 */
export function inside([x1, y1, x2, y2], item, moved) {
  const [left, right] = along(x1, x2, item.width, moved);
  const [top, bottom] = along(y1, y2, item.height, moved);
  return [left, top, right, bottom];
}

/** @param {number} from @param {number} to @param {number} end @param {boolean} moved */
function along(from, to, end, moved) {
  if (!moved) return [clamp(from, 0, end), clamp(to, 0, end)];
  const size = Math.min(to - from, end);
  const start = clamp(from, 0, end - size);
  return [start, start + size];
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/** @param {[number, number, number, number]} xyxy */
export function tooSmall([x1, y1, x2, y2]) {
  return x2 - x1 < MIN_SIDE || y2 - y1 < MIN_SIDE;
}

/**
 * The smallest box around a point: small things lie on big ones.
 * @param {Box[]} boxes @param {number} x @param {number} y
 */
export function boxAt(boxes, x, y) {
  const area = (/** @type {Box} */ { xyxy: [x1, y1, x2, y2] }) => (x2 - x1) * (y2 - y1);
  return boxes
    .filter(({ xyxy: [x1, y1, x2, y2] }) => x1 <= x && x <= x2 && y1 <= y && y <= y2)
    .sort((a, b) => area(a) - area(b))[0];
}

/**
 * Move or resize one box by key.
 * @param {Box} box @param {[number, number, number, number]} by Added to x1, y1, x2, y2.
 * @param {{width: number, height: number}} item
 * @returns {Box}
 */
export function nudged(box, by, item) {
  const moved = by[0] === by[2] && by[1] === by[3];
  const wanted = /** @type {[number, number, number, number]} */ (box.xyxy.map((value, n) => value + by[n]));
  const xyxy = inside(wanted, item, moved);
  return tooSmall(xyxy) ? box : { ...box, xyxy };
}
