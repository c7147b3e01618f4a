// @ts-check
/**
 * A text on the page with stretches marked in it: drawn, found under the pointer, framed. Places are UTF-16 units.
 *
 * Every line of the text is a block; a block is drawn anew only when something in it changed. A mark is a coloured
 * line under its words with the name of its class behind them; overlapping ones stand in lanes under each other.
 */

import { h } from "./dom.js";
import { lanesOf, piecesOf } from "./lanes.js";
import { named } from "./stretches.js";

/** @typedef {import("./words.js").Stretch} Stretch */
/** @typedef {import("./lanes.js").Placed & {label: string}} Mark */
/** @typedef {{start: number, end: number, node: HTMLElement, key: string, texts: {node: Text, start: number}[]}} Block */
/** @typedef {{stretch: Stretch, kind: string, grips?: boolean}} Frame */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Rect */

/** Pixels from one lane to the next. */
const LANE = 5;

export class TextPage {
  /** @type {Block[]} */
  #blocks = [];
  /** Marks that a piece or a name on the page belongs to, the innermost first. @type {WeakMap<Node, string[]>} */
  #ids = new WeakMap();
  /** Place of each name. @type {WeakMap<Node, number>} */
  #places = new WeakMap();
  /** @type {Mark[]} */
  marks = [];
  /** @type {string | null} */
  chosen = null;

  /**
   * @param {import("./text-map.js").TextMap} map @param {import("./types").OntologyClass[]} classes
   * @param {boolean} [fixed] The marks are there to be used, not to be changed.
   */
  constructor(map, classes, fixed = false) {
    this.fixed = fixed;
    this.map = map;
    this.colors = new Map(classes.map((one) => [one.name, one.color]));
    this.lines = h("div", { class: "gl-lines" });
    this.overlay = h("div", { class: "gl-frames", "aria-hidden": "true" });
    this.node = h("div", { class: "gl-page" }, this.overlay, this.lines);
    let start = 0;
    for (const line of map.text.split("\n")) {
      const node = this.lines.appendChild(h("div", { class: "gl-line", dir: "auto" }));
      this.#blocks.push({ start, end: start + line.length, node, key: "?", texts: [] });
      start += line.length + 1;
    }
  }

  // --- drawing ---------------------------------------------------------------------------------------

  /** @param {Mark[]} marks */
  draw(marks) {
    this.marks = marks;
    const lanes = lanesOf(marks);
    const inside = /** @type {Mark[][]} */ (this.#blocks.map(() => []));
    for (const one of marks) {
      for (let n = this.#blockAt(one.start); n < this.#blocks.length && this.#blocks[n].start < one.end; n += 1) inside[n].push(one);
    }
    this.#blocks.forEach((block, n) => {
      const key = JSON.stringify(inside[n].map((one) => [one.id, one.start, one.end, one.label, lanes.get(one.id)]));
      if (key === block.key) return;
      block.key = key;
      this.#drawBlock(block, inside[n], lanes);
    });
    this.choose(this.chosen);
  }

  /** @param {Block} block @param {Mark[]} marks @param {Map<string, number>} lanes */
  #drawBlock(block, marks, lanes) {
    const known = new Map(marks.map((one) => [one.id, one]));
    const depth = marks.reduce((most, one) => Math.max(most, (lanes.get(one.id) ?? 0) + 1), 0);
    block.node.style.setProperty("--gl-depth", String(depth));
    block.texts = [];
    const nodes = [];
    for (const { start, end, ids, closing } of piecesOf(block.start, block.end, marks)) {
      const text = document.createTextNode(this.map.text.slice(start, end));
      block.texts.push({ node: text, start });
      if (!ids.length) nodes.push(text);
      else {
        const piece = h("span", { class: "gl-piece" }, text);
        piece.style.background = this.#painted(ids.map((id) => /** @type {Mark} */ (known.get(id))), lanes, depth);
        this.#ids.set(piece, ids);
        if (this.fixed) for (const one of marks) if (one.start === start) nodes.push(this.#strut(one.id));
        nodes.push(piece);
      }
      for (const id of closing) nodes.push(this.#tag(/** @type {Mark} */ (known.get(id)), end));
    }
    block.node.classList.toggle("gl-blank", block.start === block.end);
    if (block.start === block.end) nodes.push(h("br"));
    block.node.replaceChildren(...nodes);
  }

  /** Holds the lines apart where something is drawn over them; see `lift`. @param {string} id */
  #strut(id) {
    const strut = h("span", { class: "gl-strut", "aria-hidden": "true" });
    strut.dataset.strut = id;
    return strut;
  }

  /** Make room over the line in which a fixed mark begins. @param {string} id @param {number} pixels */
  lift(id, pixels) {
    const strut = /** @type {HTMLElement | null} */ (this.lines.querySelector(`[data-strut="${CSS.escape(id)}"]`));
    if (strut) strut.style.height = `${pixels}px`;
  }

  /** A light ground in the innermost one's colour and a line for each. @param {Mark[]} over @param {Map<string, number>} lanes @param {number} depth */
  #painted(over, lanes, depth) {
    const lines = over.map((one) => {
      const color = `color-mix(in srgb, ${this.#color(one)} 60%, var(--gl-ink))`;
      const up = (depth - 1 - (lanes.get(one.id) ?? 0)) * LANE;
      return `linear-gradient(${color}, ${color}) 0 calc(100% - ${up}px) / 100% 3px no-repeat`;
    });
    return `${lines.join(", ")}, color-mix(in srgb, ${this.#color(over[0])} 20%, transparent)`;
  }

  /** @param {Mark} one @param {number} end */
  #tag(one, end) {
    const tag = h("span", { class: "gl-tag" }, named(one.label));
    tag.style.setProperty("--gl-class", this.#color(one));
    tag.dataset.mark = one.id;
    if (!this.fixed) tag.dataset.shape = one.id;
    this.#ids.set(tag, [one.id]);
    this.#places.set(tag, end);
    return tag;
  }

  /** @param {Mark} one */
  #color(one) {
    return this.colors.get(one.label) ?? "#888888";
  }

  /** Show which mark is selected. @param {string | null} id */
  choose(id) {
    this.chosen = id;
    for (const tag of this.lines.querySelectorAll(".gl-tag.gl-chosen")) tag.classList.remove("gl-chosen");
    if (id !== null) this.tag(id)?.classList.add("gl-chosen");
  }

  /** The name behind a mark. @param {string} id */
  tag(id) {
    return /** @type {HTMLElement | null} */ (this.lines.querySelector(`.gl-tag[data-mark="${CSS.escape(id)}"]`));
  }

  // --- frames: the cursor, a stroke, what is selected ---------------------------------------------------

  /** @param {Frame[]} frames */
  frame(frames) {
    const nodes = frames.flatMap(({ stretch, kind, grips }) => {
      const rects = this.rects(stretch);
      const boxes = rects.map((rect) => this.#box(rect, `gl-frame gl-frame-${kind}`));
      if (!grips || !rects.length) return boxes;
      const rtl = getComputedStyle(this.#blocks[this.#blockAt(stretch[0])].node).direction === "rtl";
      return [...boxes, this.#grip(rects[0], "start", rtl), this.#grip(/** @type {Rect} */ (rects.at(-1)), "end", rtl)];
    });
    this.overlay.replaceChildren(...nodes);
  }

  /** @param {Rect} rect @param {string} kind */
  #box({ left, top, right, bottom }, kind) {
    const box = h("div", { class: kind });
    Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    return box;
  }

  /** @param {Rect} rect @param {"start" | "end"} side @param {boolean} rtl */
  #grip(rect, side, rtl) {
    // Beside the letters, not on them.
    const right = (side === "start") === rtl;
    const x = right ? rect.right + 3 : rect.left - 3;
    const grip = this.#box({ left: x - 6, right: x + 6, top: rect.top - 3, bottom: rect.bottom + 3 }, "gl-grip");
    grip.dataset.side = side;
    return grip;
  }

  /** Scroll until the first frame can be seen. */
  reveal() {
    this.overlay.querySelector(".gl-frame")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Where a stretch stands: a box for each printed line, in pixels of the page. @param {Stretch} stretch @returns {Rect[]} */
  rects(stretch) {
    const range = this.#range(stretch);
    if (!range) return [];
    const { left, top } = this.lines.getBoundingClientRect();
    /** @type {Rect[]} */
    const rects = [];
    for (const one of range.getClientRects()) {
      if (!one.width) continue;
      const rect = { left: one.left - left, top: one.top - top, right: one.right - left, bottom: one.bottom - top };
      const middle = (rect.top + rect.bottom) / 2;
      const line = rects.find((other) => other.top < middle && middle < other.bottom);
      if (!line) rects.push(rect);
      else {
        line.left = Math.min(line.left, rect.left);
        line.top = Math.min(line.top, rect.top);
        line.right = Math.max(line.right, rect.right);
        line.bottom = Math.max(line.bottom, rect.bottom);
      }
    }
    return rects;
  }

  /** @param {Stretch} stretch */
  #range([start, end]) {
    const from = this.#nodeAt(start, false);
    const to = this.#nodeAt(end, true);
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(from.node, start - from.start);
    range.setEnd(to.node, end - to.start);
    return range;
  }

  /** The text node that holds a place; `ending`: one that ends there rather than one that begins. @param {number} unit @param {boolean} ending */
  #nodeAt(unit, ending) {
    const { texts } = this.#blocks[this.#blockAt(unit)];
    const holds = texts.find(({ node, start }) => (ending ? start < unit && unit <= start + node.length : start <= unit && unit < start + node.length));
    return holds ?? (ending ? texts[0] : texts.at(-1));
  }

  /** The last block that begins at or before a place. @param {number} unit */
  #blockAt(unit) {
    let [low, high] = [0, this.#blocks.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#blocks[middle].start <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  // --- under the pointer -------------------------------------------------------------------------------

  /** The place in the text that is nearest to a point of the window; null when the browser knows none. @param {{clientX: number, clientY: number}} at */
  unitAt({ clientX, clientY }) {
    const frame = this.node.getBoundingClientRect();
    const x = Math.min(Math.max(clientX, frame.left + 2), frame.right - 2);
    const y = Math.min(Math.max(clientY, frame.top + 2), frame.bottom - 2);
    // What is drawn over the text would be found instead of it.
    this.node.classList.add("gl-bare");
    const caret = caretAt(x, y);
    this.node.classList.remove("gl-bare");
    if (!caret || !this.lines.contains(caret.node)) return null;
    const tag = (caret.node instanceof Element ? caret.node : caret.node.parentElement)?.closest(".gl-tag");
    if (tag) return this.#places.get(tag) ?? null;
    for (const { texts } of this.#blocks) {
      const own = texts.find(({ node }) => node === caret.node);
      if (own) return own.start + caret.offset;
    }
    // Between the pieces: the browser named an element and a child of it.
    const block = this.#blocks.find(({ node }) => node === caret.node || node.contains(caret.node));
    if (!block) return null;
    const child = caret.node.childNodes[caret.offset];
    const next = block.texts.find(({ node }) => child && (child === node || child.contains(node)));
    return next ? next.start : block.end;
  }

  /** Marks under a target of the pointer, the innermost first. @param {EventTarget | null} target @returns {string[]} */
  under(target) {
    const node = /** @type {Element | null} */ (target)?.closest?.(".gl-piece, .gl-tag");
    return (node && this.#ids.get(node)) ?? [];
  }
}

/** @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
function caretAt(x, y) {
  const page = /** @type {any} */ (document);
  if (page.caretPositionFromPoint) {
    const caret = page.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = page.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
