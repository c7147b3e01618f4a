// @ts-check
/** One pointer (mouse, pen or finger) made into strokes in pixels of the item. */

import { clamp } from "./geometry.js";
import { distance } from "./points.js";

/** @typedef {import("./types").Point} Point */
/** @typedef {"mouse" | "pen" | "touch"} Hand */

/** Screen pixels that a click may shake. */
const SHAKE = 4;
/** Milliseconds and screen pixels between the two halves of a double click. */
const DOUBLE = { time: 400, space: 6 };

/**
 * @typedef {object} Stroke One press of the pointer, until it is released.
 * @property {Point} from @property {Point} at In pixels of the item, inside it.
 * @property {boolean} moved More than a shaking hand would.
 * @property {boolean} double The second half of a double click.
 * @property {boolean} shift
 */

/**
 * @typedef {object} Hears
 * @property {(stroke: Stroke, hand: Hand) => void} down
 * @property {(stroke: Stroke) => void} drag Several times a frame: a quick hand moves far between two of them.
 * @property {() => void} dragged Once a frame, after that.
 * @property {(stroke: Stroke) => void} up
 * @property {(at: Point) => void} hover
 * @property {() => void} leave
 * @property {() => void} lost The system took the pointer away.
 */

export class Strokes {
  /** @type {number | null} */
  #pointer = null;
  /** @type {Stroke | null} */
  #stroke = null;
  #last = { time: -Infinity, at: /** @type {Point} */ ([0, 0]) };

  /** @param {HTMLElement} node @param {import("./points.js").Size} item @param {Hears} hears */
  constructor(node, item, hears) {
    this.node = node;
    this.item = item;
    this.hears = hears;
    node.addEventListener("pointerdown", (event) => this.#down(event));
    node.addEventListener("pointermove", (event) => this.#move(event));
    node.addEventListener("pointerup", (event) => this.#up(event));
    node.addEventListener("pointercancel", (event) => event.pointerId === this.#pointer && hears.lost());
    node.addEventListener("pointerleave", () => this.#pointer === null && hears.leave());
  }

  /** Forget the stroke under way. */
  release() {
    if (this.#pointer !== null && this.node.hasPointerCapture(this.#pointer)) this.node.releasePointerCapture(this.#pointer);
    this.#pointer = null;
    this.#stroke = null;
  }

  /** Where a pointer is, inside the picture. @param {PointerEvent} event @returns {Point} */
  #place(event) {
    const frame = this.node.getBoundingClientRect();
    const { width, height } = this.item;
    return [clamp(((event.clientX - frame.left) / frame.width) * width, 0, width), clamp(((event.clientY - frame.top) / frame.height) * height, 0, height)];
  }

  /** Screen pixels between two points of the item. @param {Point} a @param {Point} b */
  #apart(a, b) {
    return (distance(a, b) * this.node.getBoundingClientRect().width) / this.item.width;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (this.#pointer !== null || event.button !== 0) return;
    // Without this Jupyter would take the focus.
    event.preventDefault();
    this.node.focus({ preventScroll: true });
    this.node.setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    const at = this.#place(event);
    const now = event.timeStamp;
    const double = now - this.#last.time < DOUBLE.time && this.#apart(at, this.#last.at) < DOUBLE.space;
    this.#last = { time: double ? -Infinity : now, at };
    this.#stroke = { from: at, at, moved: false, double, shift: event.shiftKey };
    const kind = event.pointerType;
    this.hears.down(this.#stroke, kind === "touch" || kind === "pen" ? kind : "mouse");
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const stroke = this.#stroke;
    if (this.#pointer === null) return this.hears.hover(this.#place(event));
    if (event.pointerId !== this.#pointer || !stroke) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.length ? events : [event]) {
      stroke.at = this.#place(each);
      stroke.shift = event.shiftKey;
      stroke.moved ||= this.#apart(stroke.at, stroke.from) > SHAKE;
      this.hears.drag(stroke);
    }
    this.hears.dragged();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const stroke = this.#stroke;
    if (event.pointerId !== this.#pointer || !stroke) return;
    this.release();
    stroke.at = this.#place(event);
    this.hears.up(stroke);
  }
}
