// @ts-check
/**
 * The drawing surface that our own tasks share: a picture, shapes in an SVG over it, one pointer, one keyboard
 * cross. A task type subclasses it and says how a shape looks and what a stroke does.
 */

import { h, s } from "./dom.js";
import { kept } from "./points.js";
import { Strokes } from "./strokes.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./types").Surface} Surface */
/** @typedef {import("./strokes.js").Stroke} Stroke */

/** Screen pixels within which a point can be grabbed. */
const REACH = { mouse: 9, pen: 11, touch: 18 };
/** @type {Record<string, Point>} */
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** @implements {Surface} */
export class Canvas {
  busy = false;
  /** @type {string | null} */
  selected = null;
  /** What the selected annotation will be when the present stroke ends. @type {Annotation | null} */
  preview = null;
  /** Where the keyboard draws; shown once a key moved it. @type {Point | null} */
  cross = null;
  /** Screen pixels per pixel of the item. */
  scale = 1;
  /** @type {keyof typeof REACH} */
  hand = "mouse";
  /** @type {Map<string, {one: Annotation, selected: boolean, node: SVGGElement}>} */
  #drawn = new Map();
  #order = "";

  /** @param {import("./types").SurfaceOptions} options @param {import("./taskbar.js").TaskBar} [tools] */
  constructor(options, tools) {
    this.options = options;
    this.tools = tools;
    this.item = options.item;
    this.label = options.label;
    this.annotations = options.annotations;
    this.colors = new Map(options.classes.map((one) => [one.name, one.color]));
    const { width, height, alt, id } = options.item;
    this.shapes = s("g");
    this.front = s("g");
    this.svg = /** @type {SVGSVGElement} */ (s("svg", { class: "gl-drawing", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" }, this.shapes, this.front));
    this.image = h("img", { src: options.url, alt: alt || id, draggable: false });
    this.node = h(
      "div",
      { class: "gl-canvas", tabindex: "0", role: "application", "aria-roledescription": "drawing surface", "aria-label": `${alt || id}. Press question mark for the keys.` },
      this.image,
      ...this.layers(),
      this.svg,
    );
    this.strokes = this.#listen();
    options.host.append(this.node);
    tools?.attach(this);
    // Nothing is drawn here: a subclass has no fields yet. The shell calls `show` at once.
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(this.node);
    this.#weigh();
  }

  // --- what a task type says ---------------------------------------------------------------------------

  /** Nodes between the picture and the shapes. @returns {HTMLElement[]} */
  layers() {
    return [];
  }

  /** How an annotation looks. @param {Annotation} _one @param {boolean} _selected @returns {SVGElement[]} */
  shape(_one, _selected) {
    return [];
  }

  /** What lies over all shapes: handles, a stroke under way. @returns {SVGElement[]} */
  overlay() {
    return [];
  }

  /** @param {Stroke} _stroke */
  down(_stroke) {}

  /** @param {Stroke} _stroke */
  drag(_stroke) {}

  /** @param {Stroke} _stroke */
  up(_stroke) {}

  /** The pointer moves without being pressed. @param {Point} _at */
  hover(_at) {}

  /** The pointer leaves the picture. */
  leave() {}

  /** The keyboard's click at the cross. @param {Point} at @param {boolean} shift */
  tap(at, shift) {
    const stroke = { from: at, at, moved: false, double: false, shift };
    this.down(stroke);
    this.up(stroke);
    this.draw();
  }

  /** Forget everything about the stroke under way. */
  abandon() {}

  /** Whether the arrows move the cross (else what is selected). */
  get crossing() {
    return this.busy || this.selected === null;
  }

  // --- what the shell calls ----------------------------------------------------------------------------

  /** @param {Annotation[]} annotations */
  show(annotations) {
    this.annotations = annotations;
    this.draw();
  }

  /** @param {string | null} id */
  select(id) {
    this.selected = id;
    this.draw();
  }

  /** @param {string} label */
  choose(label) {
    this.label = label;
    this.draw();
  }

  cancel() {
    if (!this.busy) return;
    this.strokes.release();
    this.#giveUp();
  }

  focus() {
    this.node.focus({ preventScroll: true });
  }

  destroy() {
    this.observer.disconnect();
    this.tools?.attach(null);
    if (this.busy) this.#giveUp();
    this.node.remove();
  }

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (event.ctrlKey || event.metaKey || !drawing) return false;
    const way = ARROWS[event.key];
    if (way && this.crossing) {
      this.moveCross(way, event.shiftKey ? 10 : 1);
      return true;
    }
    if (event.key !== " " || !this.cross) return false;
    if (!event.repeat) this.tap(this.cross, event.shiftKey);
    return true;
  }

  // --- for task types ------------------------------------------------------------------------------------

  /** The selected annotation as it is shown. */
  get one() {
    return this.preview ?? this.annotations.find((one) => one.id === this.selected);
  }

  /** Pixels of the item within which something can be grabbed. */
  get reach() {
    return REACH[this.hand] / this.scale;
  }

  /** Pixels of the item for so many on the screen. @param {number} pixels */
  px(pixels) {
    return pixels / this.scale;
  }

  /** A stroke begins: nothing from outside is shown until it ends. */
  start() {
    if (this.busy) return;
    this.busy = true;
    this.options.onStart();
  }

  /** A stroke ends without a change. */
  rest() {
    this.preview = null;
    if (!this.busy) return;
    this.busy = false;
    this.options.onRest();
    this.options.onHint();
  }

  /** A stroke ends with a change. @param {Annotation[]} annotations @param {string} action @param {string | null} selected */
  commit(annotations, action, selected = this.selected) {
    this.preview = null;
    this.busy = false;
    this.options.onEdit(annotations, action);
    this.options.onSelect(selected);
    this.options.onRest();
    this.options.onHint();
  }

  /** A stroke ends with another state of one annotation. @param {Annotation} changed @param {string} action */
  replace(changed, action) {
    this.commit(this.annotations.map((one) => (one.id === changed.id ? changed : one)), action, changed.id);
  }

  /** @param {Point} way @param {number} by Pixels. */
  moveCross(way, by) {
    const [x, y] = this.cross ?? this.options.centre().map(Math.round);
    this.cross = kept([x + way[0] * by, y + way[1] * by], this.item);
    this.draw();
    this.options.onHint();
  }

  /** @param {"cross" | "grab" | "move" | "pick" | "none"} kind */
  pointAs(kind) {
    this.node.dataset.pointer = kind;
  }

  /** Draw what changed. */
  draw() {
    const shown = this.annotations.map((one) => (this.preview?.id === one.id ? this.preview : one));
    const last = shown.find((one) => one.id === this.selected);
    const order = last ? [...shown.filter((one) => one !== last), last] : shown;
    const nodes = order.map((one) => this.#nodeOf(one));
    const names = order.map((one) => one.id).join(" ");
    if (names !== this.#order) {
      this.#order = names;
      this.shapes.replaceChildren(...nodes);
      const alive = new Set(order.map((one) => one.id));
      for (const id of this.#drawn.keys()) if (!alive.has(id)) this.#drawn.delete(id);
    }
    this.drawOverlay();
    this.tools?.update();
  }

  drawOverlay() {
    this.front.replaceChildren(...this.overlay(), ...this.#crossNodes());
  }

  /** The class and the flags of an annotation beside it. @param {Annotation} one @param {Point} at */
  nameAt(one, [x, y]) {
    const flags = Object.keys(one.attributes).filter((name) => one.attributes[name] === true);
    return s("text", { class: "gl-name", x, y: y - this.px(5) < this.px(8) ? y + this.px(14) : y - this.px(5) }, [one.label, ...flags].join(" · "));
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** @param {Annotation} one */
  #nodeOf(one) {
    const selected = one.id === this.selected;
    const old = this.#drawn.get(one.id);
    if (old && old.one === one && old.selected === selected) return old.node;
    const node = s("g", { class: selected ? "gl-shape gl-chosen" : "gl-shape", "data-shape": one.id }, ...this.shape(one, selected));
    node.style.setProperty("--gl-class", this.colors.get(one.label) ?? "#888888");
    old?.node.replaceWith(node);
    this.#drawn.set(one.id, { one, selected, node });
    return node;
  }

  #crossNodes() {
    if (!this.cross) return [];
    const [[x, y], arm, gap] = [this.cross, this.px(14), this.px(3)];
    const d = `M${x - arm} ${y}H${x - gap}M${x + gap} ${y}H${x + arm}M${x} ${y - arm}V${y - gap}M${x} ${y + gap}V${y + arm}`;
    return [s("path", { class: "gl-cross-under", d }), s("path", { class: "gl-cross", d })];
  }

  /** The picture is shown in another size. */
  measure() {
    if (this.#weigh()) this.redraw();
  }

  /** Draw all anew. */
  redraw() {
    this.#drawn.clear();
    this.#order = "";
    this.draw();
  }

  #weigh() {
    const { width } = this.node.getBoundingClientRect();
    const scale = width / this.item.width;
    if (!width || scale === this.scale) return false;
    this.scale = scale;
    this.svg.style.setProperty("--gl-px", `${1 / scale}px`);
    return true;
  }

  #listen() {
    return new Strokes(this.node, this.item, {
      down: (stroke, hand) => {
        this.hand = hand;
        this.cross = null;
        this.down(stroke);
        this.draw();
      },
      drag: (stroke) => this.drag(stroke),
      dragged: () => this.draw(),
      up: (stroke) => {
        this.up(stroke);
        this.draw();
      },
      hover: (at) => {
        this.cross = null;
        this.hover(at);
        this.drawOverlay();
      },
      leave: () => this.leave(),
      lost: () => this.cancel(),
    });
  }

  #giveUp() {
    this.abandon();
    this.rest();
    this.draw();
  }
}
