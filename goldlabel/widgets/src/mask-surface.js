// @ts-check
/** Painting masks: a brush, an eraser, an outline that is filled; one mask an object. */

import { fillHoles, fillRing, paintLine, pixelRect, rgb, show } from "./bitmap.js";
import { Canvas } from "./canvas.js";
import { h, s } from "./dom.js";
import { newId } from "./geometry.js";
import { Outline } from "./outline.js";
import { area, decode, encode, extent, maskAt, runsOf, setRuns, unpack } from "./rle.js";

/** @typedef {import("./types").Mask} Mask */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./bitmap.js").Rect} Rect */
/** @typedef {import("./strokes.js").Stroke} Stroke */
/** @typedef {"brush" | "eraser" | "outline" | "pick"} Mode */

const [WHITE, BLACK] = [
  [255, 255, 255],
  [0, 0, 0],
];

export class MaskSurface extends Canvas {
  outline = new Outline(this);
  /** The pixels of the selected mask, or of the one that a stroke begins. @type {{mask: Mask | null, bits: Uint8Array} | null} */
  #held = null;
  /** The stroke under way: where it is. @type {Point | null} */
  #brushAt = null;
  /** Space is held: the arrows paint. */
  #pen = false;
  /** Where the pointer is, for the round cursor. @type {Point | null} */
  #pointer = null;
  /** What the canvas below shows. @type {unknown[]} */
  #below = [];
  #note = "";
  #scratch = new Uint8Array(this.item.width * this.item.height); // one mask at a time, to draw it

  /** @param {import("./types").SurfaceOptions} options @param {import("./masks.js").BrushBar} tools */
  constructor(options, tools) {
    super(options, tools);
    this.brush = tools;
    const [rest, active] = this.node.querySelectorAll("canvas");
    this.rest2d = /** @type {CanvasRenderingContext2D} */ (rest.getContext("2d", { willReadFrequently: true }));
    this.active2d = /** @type {CanvasRenderingContext2D} */ (active.getContext("2d"));
    this.keyUp = (/** @type {KeyboardEvent} */ event) => event.key === " " && this.#penUp();
    window.addEventListener("keyup", this.keyUp, true);
    this.node.addEventListener("blur", () => this.#penUp());
  }

  layers() {
    const { width, height } = this.item;
    return [h("canvas", { width, height }), h("canvas", { width, height })];
  }

  destroy() {
    window.removeEventListener("keyup", this.keyUp, true);
    super.destroy();
  }

  // --- how it looks ------------------------------------------------------------------------------------

  /** @param {import("./types").Annotation} one */
  shape(one) {
    const box = extent(runsOf(/** @type {Mask} */ (one)), this.item.height);
    return box ? [this.nameAt(one, [box[0], box[1]])] : [];
  }

  draw() {
    super.draw();
    if (this.#brushAt) return;
    const { opacity } = this.brush;
    const below = [this.annotations, this.selected, opacity];
    if (below.every((one, n) => one === this.#below[n])) return;
    this.#below = below;
    this.#drawRest(opacity / 100);
    this.#hold();
    this.active2d.clearRect(0, 0, this.item.width, this.item.height);
    if (this.#held?.mask) this.#showHeld(extent(runsOf(this.#held.mask), this.item.height));
  }

  measure() {
    super.measure();
    // Enlarged, the pixels are shown as they are.
    this.node.classList.toggle("gl-pixels", this.scale * devicePixelRatio >= 2);
  }

  overlay() {
    const at = this.cross ?? this.#pointer;
    const nodes = this.outline.nodes(this.colors.get(this.#mask?.label ?? this.label) ?? "#888888");
    const { mode, size } = this.brush;
    if (!at || (mode !== "brush" && mode !== "eraser")) return nodes;
    const circle = { cx: at[0], cy: at[1], r: Math.max(size / 2, 0.5) };
    return [...nodes, s("circle", { class: "gl-brush-under", ...circle }), s("circle", { class: mode === "eraser" ? "gl-brush gl-erases" : "gl-brush", ...circle })];
  }

  hint() {
    const { mode } = this.brush;
    const mask = this.#mask;
    if (this.outline.open) return { text: "Close the outline with a click on the first point, a double click or Enter: it is filled. Esc gives up." };
    if (this.#note) return { text: this.#note };
    if (mode === "pick") return { text: "Click a mask to select it." };
    if (!mask) return mode === "eraser" ? { text: "Select the mask to erase from: Tab, or V and a click." } : null;
    const next = mask.label === this.label ? "N starts the next object." : `N starts a new ${this.label}; C makes this one a ${this.label}.`;
    return { text: `You ${mode === "eraser" ? "erase from" : "paint on"} the selected ${mask.label}. ${next}` };
  }

  // --- pointer -------------------------------------------------------------------------------------------

  /** @param {Stroke} stroke */
  down({ at, double }) {
    this.#note = "";
    this.#pointer = at;
    const { mode } = this.brush;
    if (mode === "pick") return this.options.onSelect(maskAt(this.annotations, at)?.id ?? null);
    if (mode === "outline") {
      if (this.outline.open && (double || this.outline.closes(at))) return this.close();
      this.start();
      this.outline.add(at);
      return this.options.onHint();
    }
    if (mode === "eraser" && !this.#mask) return this.options.onHint();
    this.start();
    this.#grasp();
    this.#brushAt = at;
    this.#paint(at);
  }

  /** @param {Stroke} stroke */
  drag({ at }) {
    this.#pointer = at;
    if (this.outline.open) return this.outline.drag(at);
    if (this.#brushAt) this.#paint(at);
  }

  /** @param {Stroke} _stroke */
  up(_stroke) {
    if (this.outline.open) {
      if (this.outline.release()) this.close();
      return this.options.onHint();
    }
    if (!this.#brushAt) return this.rest();
    this.#brushAt = null;
    this.#finish(this.brush.mode === "eraser" ? "erase" : "paint");
  }

  /** @param {Point} at */
  hover(at) {
    this.#pointer = at;
    this.outline.follow = at;
    const { mode } = this.brush;
    this.pointAs(mode === "pick" ? (maskAt(this.annotations, at) ? "pick" : "move") : mode === "outline" ? "cross" : "none");
  }

  leave() {
    this.#pointer = null;
    this.drawOverlay();
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (event.ctrlKey || event.metaKey) return false;
    if (drawing && event.key === " " && this.cross && (this.brush.mode === "brush" || this.brush.mode === "eraser")) {
      if (!event.repeat) this.#penDown(this.cross);
      return true;
    }
    const action = this.#keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action && action()) return true;
    return super.key(event, drawing);
  }

  /** @type {Record<string, () => boolean>} */
  #keys = {
    b: () => this.turnTo("brush"),
    e: () => this.turnTo("eraser"),
    o: () => this.turnTo("outline"),
    v: () => this.turnTo("pick"),
    h: () => this.fillHoles(),
    "[": () => this.brush.resize(-1),
    "]": () => this.brush.resize(1),
    ",": () => this.brush.resize(-1),
    ".": () => this.brush.resize(1),
    Enter: () => this.outline.open && (this.close(), true),
  };

  get crossing() {
    return true;
  }

  /** @param {Point} way @param {number} by */
  moveCross(way, by) {
    super.moveCross(way, by);
    if (this.#pen && this.cross) this.#paint(this.cross);
    this.drawOverlay();
  }

  /** @param {Mode} mode */
  turnTo(mode) {
    if (this.busy) return true;
    this.brush.mode = mode;
    this.#note = "";
    this.draw();
    this.options.onHint();
    return true;
  }

  /** The next stroke begins a new mask. */
  begin() {
    this.#note = `Paint the next ${this.label}. With the keyboard: arrows move the brush, hold Space to paint.`;
    if (this.brush.mode !== "outline") this.brush.mode = "brush";
    this.cross ??= /** @type {Point} */ (this.options.centre().map(Math.round));
    this.options.onSelect(null);
    this.options.onHint();
  }

  /** Close the outline under way and fill it. */
  close() {
    const ring = this.outline.take();
    if (ring.length < 3) return this.rest();
    fillRing(this.#grasp(), this.item, ring, 1);
    this.#finish("fill");
  }

  fillHoles() {
    if (this.busy || !this.#mask) return true;
    this.start();
    const filled = fillHoles(this.#grasp(), this.item);
    this.#note = filled ? `${filled} pixels filled.` : "This mask has no holes.";
    this.#finish("fill");
    return true;
  }

  abandon() {
    this.outline.clear();
    this.#brushAt = null;
    this.#pen = false;
    this.#held = null;
    this.#below = [];
  }

  settle() {
    if (this.#pen) return this.#penUp();
    if (!this.outline.open) return;
    if (this.outline.points.length > 2) this.close();
    else this.cancel();
  }

  undo() {
    return this.outline.open && this.remove();
  }

  remove() {
    if (!this.outline.open) return false;
    if (!this.outline.back()) this.cancel();
    this.draw();
    this.options.onHint();
    return true;
  }

  // --- inside ----------------------------------------------------------------------------------------------

  get #mask() {
    return /** @type {Mask | undefined} */ (this.annotations.find((one) => one.id === this.selected));
  }

  /** Have the selected mask's pixels at hand. */
  #hold() {
    const mask = this.#mask ?? null;
    if (!mask) this.#held = null;
    else if (this.#held?.mask !== mask) {
      // What was painted a moment ago is there already.
      const bits = this.#held && this.#held.mask?.counts === mask.counts ? this.#held.bits : decode(mask.counts, this.item.width, this.item.height);
      this.#held = { mask, bits };
    }
  }

  /** The pixels that a stroke may change. */
  #grasp() {
    this.#hold();
    this.#held ??= { mask: null, bits: new Uint8Array(this.item.width * this.item.height) };
    return this.#held.bits;
  }

  /** @param {Point} at */
  #paint(at) {
    if (!this.#held) return;
    const from = this.#brushAt ?? at;
    const { size, mode } = this.brush;
    const rect = paintLine(this.#held.bits, this.item, from, at, size / 2, mode === "eraser" ? 0 : 1);
    this.#brushAt = at;
    this.#showHeld(rect);
  }

  /** A stroke ends: what was painted becomes the mask. @param {string} action */
  #finish(action) {
    const held = /** @type {{mask: Mask | null, bits: Uint8Array}} */ (this.#held);
    const { width, height } = this.item;
    const counts = encode(held.bits, width, height);
    const before = held.mask;
    const empty = area(unpack(counts)) === 0;
    this.#below = [];
    if (counts === before?.counts || (empty && !before)) {
      this.#held = before ? held : null;
      return this.rest();
    }
    if (empty) return this.commit(this.annotations.filter((one) => one.id !== before?.id), "delete", null);
    /** @type {Mask} */
    const after = before ? { ...before, counts } : { type: "mask", id: newId(), label: this.label, size: [height, width], counts, attributes: {} };
    this.#held = { mask: after, bits: held.bits };
    if (before) this.replace(after, action);
    else this.commit([...this.annotations, after], action, after.id);
  }

  /** @param {Point} at */
  #penDown(at) {
    this.down({ from: at, at, moved: false, double: false, shift: false });
    this.#pen = this.#brushAt !== null;
    this.draw();
  }

  #penUp() {
    if (!this.#pen || !this.#brushAt) return;
    this.#pen = false;
    const at = this.#brushAt;
    this.up({ from: at, at, moved: true, double: false, shift: false });
    this.draw();
  }

  /** @param {number} opacity 0 to 1 */
  #drawRest(opacity) {
    const { rest2d, item } = this;
    rest2d.clearRect(0, 0, item.width, item.height);
    for (const one of this.annotations) {
      const [runs, color] = [runsOf(one), rgb(this.colors.get(one.label) ?? "#888888")];
      const rect = one.id === this.selected ? null : extent(runs, item.height);
      if (!rect) continue;
      setRuns(this.#scratch, runs, item.width, item.height, 1);
      show(rest2d, this.#scratch, item, rect, { fill: color, edge: BLACK, opacity: opacity * 0.8, over: true });
      setRuns(this.#scratch, runs, item.width, item.height, 0);
    }
  }

  /** @param {Rect | null} rect */
  #showHeld(rect) {
    if (!rect || !this.#held) return;
    const fill = rgb(this.colors.get(this.#held.mask?.label ?? this.label) ?? "#888888");
    // A pixel's border changes with its neighbours.
    show(this.active2d, this.#held.bits, this.item, pixelRect(rect, this.item, 1), { fill, edge: WHITE, opacity: this.brush.opacity / 100 });
  }
}
