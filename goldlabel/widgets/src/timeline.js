// @ts-check
/**
 * The timeline under a clip: a ruler with the playhead, and lanes with what lies in time.
 *
 * It is for the eye and the mouse. The ruler is a slider that the keyboard moves; what the lanes show stands in the
 * table of numbers, too, so they are hidden from a screen reader.
 */

import { clamp } from "./geometry.js";
import { h } from "./dom.js";

/** Seconds between two numbers of the ruler, the first that leaves them room. */
const TICKS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300];
const MOST_TICKS = 12;

/**
 * @typedef {{from: number, to: number, id?: string, name?: string, faint?: boolean, chosen?: boolean, edges?: boolean, row?: number}} Bar In frames; `to` is not within.
 * @typedef {{frame: number, outside: boolean}} Mark
 * @typedef {{id: string, name: string, color: string, chosen: boolean, bars: Bar[], marks: Mark[], rows?: number}} Lane
 * @typedef {{at: number, lane: string | null, bar: string | null, edge: "from" | "to" | null, mark: number | null}} Place `at`: in frames, with fractions.
 * @typedef {{move(at: number): void, up(): void, cancel(): void}} Grip
 */

export class Timeline {
  #frames = 1;
  /** @type {Map<string, {key: string, node: HTMLElement}>} */
  #lanes = new Map();
  /** @type {((place: Place) => Grip) | null} What a press of the pointer does. */
  onPress = null;

  constructor() {
    this.ruler = h("div", { class: "gl-ruler", role: "slider", tabindex: "0", "aria-label": "Frame", "aria-valuemin": "0" });
    this.head = h("div", { class: "gl-playhead" });
    this.area = h("div", { class: "gl-time-over" }, this.head);
    this.rows = h("div", { class: "gl-lanes", "aria-hidden": "true" });
    this.inner = h("div", { class: "gl-time-inner" }, h("div", { class: "gl-lane gl-ruler-row" }, h("span", { class: "gl-lane-name", "aria-hidden": "true" }, "seconds"), this.ruler), this.rows, this.area);
    this.node = h("div", { class: "gl-timeline" }, this.inner);
    this.#listen();
  }

  /** Another clip. @param {number} frames @param {number} seconds */
  open(frames, seconds) {
    this.#frames = frames;
    this.#lanes.clear();
    this.rows.replaceChildren();
    this.ruler.setAttribute("aria-valuemax", String(frames - 1));
    const step = TICKS.find((one) => seconds / one <= MOST_TICKS) ?? seconds;
    const ticks = [];
    for (let n = 0; n * step < seconds; n++) ticks.push(h("span", { class: "gl-tick-mark", style: `left:${(100 * n * step) / seconds}%` }, String(n * step)));
    this.ruler.replaceChildren(...ticks);
  }

  /** Show the playhead. @param {number} frame @param {string} text For a screen reader. */
  move(frame, text) {
    this.head.style.left = this.#share(frame + 0.5);
    this.ruler.setAttribute("aria-valuenow", String(frame));
    this.ruler.setAttribute("aria-valuetext", text);
  }

  /** Only what changed is drawn anew. @param {Lane[]} lanes */
  lay(lanes) {
    const nodes = lanes.map((lane) => {
      const key = JSON.stringify(lane);
      const old = this.#lanes.get(lane.id);
      if (old?.key === key) return old.node;
      const node = this.#lane(lane);
      this.#lanes.set(lane.id, { key, node });
      return node;
    });
    if (nodes.length !== this.rows.children.length || nodes.some((node, n) => this.rows.children[n] !== node)) this.rows.replaceChildren(...nodes);
    const alive = new Set(lanes.map((lane) => lane.id));
    for (const id of this.#lanes.keys()) if (!alive.has(id)) this.#lanes.delete(id);
  }

  /** Bring a lane into view, without moving the page. @param {string} id */
  reveal(id) {
    const node = this.#lanes.get(id)?.node;
    if (!node?.isConnected) return;
    const top = this.ruler.offsetHeight;
    const { offsetTop, offsetHeight } = node;
    if (offsetTop - top < this.node.scrollTop) this.node.scrollTop = offsetTop - top;
    else if (offsetTop + offsetHeight > this.node.scrollTop + this.node.clientHeight) this.node.scrollTop = offsetTop + offsetHeight - this.node.clientHeight;
  }

  // --- inside ------------------------------------------------------------------------------------------

  /** @param {number} frame */
  #share(frame) {
    return `${(100 * frame) / this.#frames}%`;
  }

  /** @param {Lane} lane */
  #lane({ id, name, color, chosen, bars, marks, rows = 1 }) {
    const height = `${100 / rows}%`;
    const pieces = bars.map(({ from, to, id: bar = "", name: title = "", faint, chosen: picked, edges, row = 0 }) =>
      h(
        "div",
        { class: `gl-time-bar${faint ? " gl-faint-bar" : ""}${picked ? " gl-picked-bar" : ""}`, title, "data-bar": bar, style: `left:${this.#share(from)};width:${this.#share(to - from)};top:calc(${row} * ${height});height:${height}` },
        edges && h("span", { class: "gl-bar-edge gl-bar-from", "data-edge": "from" }),
        edges && h("span", { class: "gl-bar-edge gl-bar-to", "data-edge": "to" }),
      ),
    );
    const diamonds = marks.map(({ frame, outside }) => h("span", { class: outside ? "gl-mark gl-mark-outside" : "gl-mark", "data-mark": String(frame), title: `keyframe ${frame}${outside ? ", outside" : ""}`, style: `left:${this.#share(frame + 0.5)}` }));
    const node = h("div", { class: chosen ? "gl-lane gl-lane-chosen" : "gl-lane", "data-lane": id }, h("span", { class: "gl-lane-name", title: name }, name), h("div", { class: "gl-lane-area" }, ...pieces, ...diamonds));
    node.style.setProperty("--gl-class", color);
    node.style.setProperty("--gl-rows", String(rows));
    return node;
  }

  #listen() {
    /** @type {Grip | null} */
    let grip = null;
    const at = (/** @type {PointerEvent} */ event) => {
      const { left, width } = this.ruler.getBoundingClientRect();
      return clamp(((event.clientX - left) / width) * this.#frames, 0, this.#frames);
    };
    const end = (/** @type {boolean} */ kept) => {
      const ended = grip;
      grip = null;
      if (kept) ended?.up();
      else ended?.cancel();
    };
    this.inner.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || grip || !this.onPress) return;
      const target = /** @type {HTMLElement} */ (event.target);
      const near = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (target.closest(`[data-${name}]`))?.dataset[name] ?? null;
      event.preventDefault();
      this.inner.setPointerCapture(event.pointerId);
      const mark = near("mark");
      const edge = /** @type {Place["edge"]} */ (near("edge"));
      grip = this.onPress({ at: at(event), lane: near("lane"), bar: near("bar") || null, edge, mark: mark === null ? null : Number(mark) });
    });
    this.inner.addEventListener("pointermove", (event) => grip?.move(at(event)));
    this.inner.addEventListener("pointerup", () => end(true));
    this.inner.addEventListener("pointercancel", () => end(false));
    this.inner.addEventListener("lostpointercapture", () => end(false));
  }
}
