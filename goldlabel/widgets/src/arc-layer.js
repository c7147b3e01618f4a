// @ts-check
/** Draws the arrows between names over their text, and makes room for them between the lines. */

import { LANE, plan, rounded, routes } from "./arcs.js";
import { s } from "./dom.js";
import { named } from "./stretches.js";

/** @typedef {import("./types").Relation} Relation */

/** Pixels. */
const NAME_HEIGHT = 16;
/** From the foot of the letters to the lowest lane. */
const ASCENT = 24;

export class ArcLayer {
  /** @type {string} */
  #drawn = "";

  /** @param {import("./text-page.js").TextPage} page @param {import("./joins.js").Joins} joins @param {import("./types").OntologyClass[]} classes */
  constructor(page, joins, classes) {
    this.page = page;
    this.joins = joins;
    this.classes = new Map(classes.map((one) => [one.name, one]));
    this.pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    this.svg = s("svg", { class: "gl-arcs", "aria-hidden": "true" });
    page.node.append(this.svg);
  }

  /** @param {Relation[]} relations @param {string | null} chosen */
  draw(relations, chosen) {
    const known = relations.filter(({ head, tail }) => this.joins.name(head) && this.joins.name(tail));
    const width = Math.round(this.page.lines.clientWidth);
    const key = JSON.stringify([width, known.map(({ id, label, head, tail }) => [id, label, head, tail])]);
    if (key !== this.#drawn) {
      this.#drawn = key;
      this.#redraw(known);
    }
    for (const one of this.svg.querySelectorAll("[data-shape]")) {
      const own = /** @type {SVGElement} */ (one).dataset.shape === chosen;
      one.classList.toggle("gl-chosen", own);
    }
    this.svg.classList.toggle("gl-some", chosen !== null);
    // What is selected lies on top.
    const top = chosen !== null && this.svg.querySelector(".gl-chosen");
    if (top) this.svg.append(top);
  }

  /** @param {Relation[]} relations */
  #redraw(relations) {
    this.pen.font = `600 11px ${getComputedStyle(this.page.lines).fontFamily}`;
    const arcs = relations.map(({ id, label, head, tail }) => ({ id, head, tail, width: Math.ceil(this.pen.measureText(named(label)).width) + 12 }));
    const planned = plan(arcs, this.#rects());
    for (const [id, count] of planned.lanes) this.page.lift(id, count ? ASCENT + count * LANE : 0);
    const drawn = routes(arcs, this.#rects(), planned).map((route, n) => this.#arc(relations[n], route, arcs[n].width));
    this.svg.replaceChildren(...drawn);
  }

  /** Where the names stand, by id. */
  #rects() {
    const found = this.joins.names.map((one) => /** @type {const} */ ([one.id, this.page.rects([this.joins.map.toUnit(one.start), this.joins.map.toUnit(one.end)])[0]]));
    return new Map(found.filter(([, rect]) => rect));
  }

  /** @param {Relation} one @param {import("./arcs.js").Route} route @param {number} width */
  #arc({ id, label }, { points, at }, width) {
    const kind = this.classes.get(label);
    const path = rounded(points);
    const [x, y] = /** @type {[number, number]} */ (points.at(-1));
    const group = s(
      "g",
      { class: "gl-arc", "data-shape": id },
      s("path", { class: "gl-arc-reach", d: path }),
      s("path", { class: "gl-arc-line", d: path }),
      ...(kind?.symmetric ? [] : [s("path", { class: "gl-arc-head", d: `M${x - 5},${y - 8}L${x + 5},${y - 8}L${x},${y}z` })]),
      s("rect", { class: "gl-arc-box", x: at[0] - width / 2, y: at[1] - NAME_HEIGHT / 2, width, height: NAME_HEIGHT, rx: 4 }),
      s("text", { class: "gl-arc-name", x: at[0], y: at[1] + 4, "text-anchor": "middle" }, named(label)),
    );
    group.style.setProperty("--gl-class", kind?.color ?? "#888888");
    return group;
  }

  /** A thread from a name to the pointer, while one is dragged; null: it is let go. @param {import("./text-page.js").Rect | null} rect @param {{x: number, y: number}} [to] In the window. */
  pull(rect, to = { x: 0, y: 0 }) {
    this.svg.querySelector(".gl-thread")?.remove();
    if (!rect) return;
    const { left, top } = this.page.lines.getBoundingClientRect();
    const ends = { x1: (rect.left + rect.right) / 2, y1: (rect.top + rect.bottom) / 2, x2: to.x - left, y2: to.y - top };
    this.svg.append(s("line", { class: "gl-thread", ...ends }));
  }

  /** The arrow under a target of the pointer. @param {EventTarget | null} target */
  under(target) {
    return /** @type {SVGElement | null} */ (/** @type {Element | null} */ (target)?.closest?.(".gl-arc"))?.dataset.shape ?? null;
  }
}
