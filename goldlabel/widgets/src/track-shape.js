// @ts-check
/** How a track lies in one frame: its box, its handles, its name. */

import { clamp } from "./geometry.js";

/** @typedef {import("./types").Track} Track */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./tracking.js").Corners} Corners */
/** @typedef {import("./tracking.js").FrameBox} FrameBox */
/** @typedef {Track & {at: FrameBox, xyxy: Corners}} Seen A track as it is in the frame that is shown. */

/** Handles: which side a drag moves along x and y (0: none). @type {[x: 0 | 1 | 2, y: 0 | 1 | 2][]} */
export const HANDLES = [[1, 1], [2, 1], [2, 2], [1, 2], [0, 1], [2, 0], [0, 2], [1, 0]];

/** @param {Corners} xyxy */
export const outline = ([x1, y1, x2, y2]) => `M${x1} ${y1}H${x2}V${y2}H${x1}Z`;

/** What a track is called. @param {string} label @param {string} id */
export const nameOf = (label, id) => `${label.replaceAll("_", " ")} ${id}`;

/** @param {Seen} seen @returns {Track} */
export function original({ at: _at, xyxy: _xyxy, ...track }) {
  return track;
}

/** @param {Point} a @param {Point} b @returns {Corners} */
export const spanned = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];

/** @param {Corners} xyxy @param {number} n @returns {Point} */
export function handleAt([x1, y1, x2, y2], n) {
  const [x, y] = HANDLES[n];
  return [[(x1 + x2) / 2, x1, x2][x], [(y1 + y2) / 2, y1, y2][y]];
}

/** A side or corner dragged to a point; it stops before it passes the opposite side. @param {Corners} xyxy @param {number} n @param {Point} at @returns {Corners} */
export function pulled([x1, y1, x2, y2], n, [x, y]) {
  const [across, down] = HANDLES[n];
  return [
    across === 1 ? clamp(x, 0, x2 - 3) : x1,
    down === 1 ? clamp(y, 0, y2 - 3) : y1,
    across === 2 ? Math.max(x, x1 + 3) : x2,
    down === 2 ? Math.max(y, y1 + 3) : y2,
  ];
}

/** @param {Corners} xyxy @param {Point} at */
export const holds = ([x1, y1, x2, y2], [x, y]) => x1 <= x && x <= x2 && y1 <= y && y <= y2;

/** @param {number} x @param {number} y @param {number} r */
export const diamond = (x, y, r) => `M${x - r} ${y}L${x} ${y - r}L${x + r} ${y}L${x} ${y + r}Z`;
