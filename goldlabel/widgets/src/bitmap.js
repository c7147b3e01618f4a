// @ts-check
/** Painting in masks: `Uint8Array`s of 0 and 1, row by row. A pixel belongs to a shape when its middle does. */

import { clamp } from "./geometry.js";
import { bounds } from "./points.js";

/** @typedef {import("./types").Point} Point */
/** @typedef {import("./points.js").Size} Size */
/** @typedef {[number, number, number, number]} Rect x1, y1, x2, y2; the last column and row are outside. */

/** The pixels that a rectangle touches. @param {[number, number, number, number]} box @param {Size} size @param {number} [room] @returns {Rect} */
export const pixelRect = ([x1, y1, x2, y2], { width, height }, room = 0) => [
  clamp(Math.floor(x1) - room, 0, width),
  clamp(Math.floor(y1) - room, 0, height),
  clamp(Math.ceil(x2) + room, 0, width),
  clamp(Math.ceil(y2) + room, 0, height),
];

/**
 * Paint a line with a round brush.
 * @param {Uint8Array} bits @param {Size} size @param {Point} a @param {Point} b @param {number} radius Pixels.
 * @param {0 | 1} value @returns {Rect} What may have changed.
 */
export function paintLine(bits, size, a, b, radius, value) {
  const r = Math.max(radius, 0.5);
  const rect = pixelRect([Math.min(a[0], b[0]) - r, Math.min(a[1], b[1]) - r, Math.max(a[0], b[0]) + r, Math.max(a[1], b[1]) + r], size);
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  for (let y = rect[1]; y < rect[3]; y++) {
    const oy = y + 0.5 - a[1];
    for (let x = rect[0]; x < rect[2]; x++) {
      const ox = x + 0.5 - a[0];
      const t = length ? clamp((ox * dx + oy * dy) / length, 0, 1) : 0;
      const [ex, ey] = [ox - t * dx, oy - t * dy];
      if (ex * ex + ey * ey <= r * r) bits[y * size.width + x] = value;
    }
  }
  return rect;
}

/**
 * Fill an outline; where it runs round a place twice, that counts as inside, too.
 * @param {Uint8Array} bits @param {Size} size @param {Point[]} ring @param {0 | 1} value @returns {Rect}
 */
export function fillRing(bits, size, ring, value) {
  const rect = pixelRect(bounds(ring), size);
  for (let y = rect[1]; y < rect[3]; y++) {
    const middle = y + 0.5;
    /** Where sides cross the row, and whether they go down. @type {[number, number][]} */
    const cuts = [];
    for (const [n, [ax, ay]] of ring.entries()) {
      const [bx, by] = ring[(n + 1) % ring.length];
      if (ay > middle !== by > middle) cuts.push([ax + ((middle - ay) / (by - ay)) * (bx - ax), by > ay ? 1 : -1]);
    }
    cuts.sort((p, q) => p[0] - q[0]);
    for (let n = 0, turns = 0; n + 1 < cuts.length; n++) {
      turns += cuts[n][1];
      if (!turns) continue;
      const from = clamp(Math.ceil(cuts[n][0] - 0.5), 0, size.width);
      const to = clamp(Math.ceil(cuts[n + 1][0] - 0.5), 0, size.width);
      bits.fill(value, y * size.width + from, Math.max(y * size.width + from, y * size.width + to));
    }
  }
  return rect;
}

/**
 * Fill every hole: pixels that are not set and cannot be reached from the picture's edge, by side.
 * @param {Uint8Array} bits @param {Size} size @returns {number} Pixels filled.
 */
export function fillHoles(bits, { width, height }) {
  const outside = new Uint8Array(bits.length);
  /** @type {number[]} */
  const open = [];
  const visit = (/** @type {number} */ at) => {
    if (bits[at] || outside[at]) return;
    outside[at] = 1;
    open.push(at);
  };
  for (let x = 0; x < width; x++) visit(x), visit((height - 1) * width + x);
  for (let y = 0; y < height; y++) visit(y * width), visit(y * width + width - 1);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    if (x > 0) visit(at - 1);
    if (x < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
  let filled = 0;
  for (let at = 0; at < bits.length; at++) {
    if (bits[at] || outside[at]) continue;
    bits[at] = 1;
    filled++;
  }
  return filled;
}

/**
 * Show a part of a mask on a canvas: its inside see-through, its border not.
 * @param {CanvasRenderingContext2D} context @param {Uint8Array} bits @param {Size} size @param {Rect} rect
 * @param {{fill: number[], edge: number[], opacity: number, over?: boolean}} look Colours as red, green, blue. `over`: leave what is there.
 */
export function show(context, bits, size, [x1, y1, x2, y2], { fill, edge, opacity, over = false }) {
  const { width, height } = size;
  const [columns, rows] = [x2 - x1, y2 - y1];
  if (columns <= 0 || rows <= 0) return;
  const image = over ? context.getImageData(x1, y1, columns, rows) : context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const word = (/** @type {number[]} */ [r, g, b], /** @type {number} */ a) => ((Math.round(a * 255) << 24) | (b << 16) | (g << 8) | r) >>> 0;
  const [inside, border] = [word(fill, opacity), word(edge, 0.85)];
  for (let y = y1, to = 0; y < y2; y++) {
    for (let x = x1, at = y * width + x1; x < x2; x++, at++, to++) {
      if (!bits[at]) continue;
      const whole = x > 0 && bits[at - 1] && x < width - 1 && bits[at + 1] && y > 0 && bits[at - width] && y < height - 1 && bits[at + width];
      pixels[to] = whole ? inside : border;
    }
  }
  context.putImageData(image, x1, y1);
}

/** Red, green, blue of "#rrggbb". @param {string} color */
export const rgb = (color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
