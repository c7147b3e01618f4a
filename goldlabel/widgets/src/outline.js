// @ts-check
/** An outline under way: points by click, a trail by holding the button down. Polygons and masks draw with it. */

import { s } from "./dom.js";
import { crossings, distance, kept, thinned } from "./points.js";

/** @typedef {import("./types").Point} Point */

/** Screen pixels: closer points are one; a trail begins after so many; it is kept true to so many. */
const SAME = 3;
const TRAIL = 8;
const TRUE_TO = 1.2;

export class Outline {
  /** @type {Point[]} */
  points = [];
  /** Where the pointer is, for the line that follows it. @type {Point | null} */
  follow = null;
  /** The trail of the present stroke: its first point's number. @type {number | null} */
  #trail = null;

  /** @param {import("./canvas.js").Canvas} canvas */
  constructor(canvas) {
    this.canvas = canvas;
  }

  get open() {
    return this.points.length > 0;
  }

  /** @param {Point} point */
  add(point) {
    const last = this.points.at(-1);
    if (!last || distance(last, point) > this.canvas.px(SAME)) this.points.push(kept(point, this.canvas.item));
    this.#trail = null;
    this.follow = point;
  }

  /** The pointer is dragged to a point. @param {Point} point */
  drag(point) {
    const last = /** @type {Point} */ (this.points.at(-1));
    const least = this.canvas.px(this.#trail === null ? TRAIL : 1);
    this.follow = point;
    if (distance(last, point) < least) return;
    this.#trail ??= this.points.length - 1;
    this.points.push(kept(point, this.canvas.item));
  }

  /** The pointer is released. @returns {boolean} Whether the outline closes by that. */
  release() {
    if (this.#trail === null) return false;
    const from = this.#trail;
    this.#trail = null;
    this.points = [...this.points.slice(0, from), ...thinned(this.points.slice(from), this.canvas.px(TRUE_TO))];
    const last = /** @type {Point} */ (this.points.at(-1));
    return this.points.length > 3 && distance(last, this.points[0]) < this.canvas.reach * 1.6;
  }

  /** Whether a click here closes the outline. @param {Point} point */
  closes(point) {
    return this.points.length > 2 && distance(point, this.points[0]) <= this.canvas.reach;
  }

  /** Take back the last point. @returns {boolean} Whether one is left. */
  back() {
    this.points.pop();
    this.#trail = null;
    return this.open;
  }

  /** Its points, for a closed ring; it is empty afterwards. @returns {Point[]} */
  take() {
    const ring = this.points;
    if (ring.length > 3 && distance(ring[0], ring[ring.length - 1]) <= this.canvas.reach) ring.pop();
    this.clear();
    return ring;
  }

  clear() {
    this.points = [];
    this.follow = null;
    this.#trail = null;
  }

  /** @param {string} color @returns {SVGElement[]} */
  nodes(color) {
    if (!this.open) return [];
    const { canvas, points } = this;
    const end = canvas.cross ?? this.follow;
    const closing = end !== null && this.closes(end);
    const line = [...points, ...(end ? [end] : [])].map((point) => point.join(" ")).join("L");
    const d = `M${line}`;
    const crossed = crossings(points, false).length > 0;
    return [
      s("path", { class: "gl-under", d }),
      s("path", { class: crossed ? "gl-draft gl-crossed" : "gl-draft", d, style: `--gl-class:${color}` }),
      ...(points.length < 60 ? points.slice(1).map(([cx, cy]) => s("circle", { class: "gl-handle", cx, cy, r: canvas.px(3) })) : []),
      s("circle", { class: closing ? "gl-handle gl-closing" : "gl-handle", cx: points[0][0], cy: points[0][1], r: canvas.px(closing ? 9 : 6) }),
    ];
  }
}
