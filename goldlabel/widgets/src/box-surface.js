// @ts-check
/** The drawing surface for boxes: jupyter-bbox-widget behind {@link Facade}, with its faults mended. */

import { Facade, loadSurface } from "./facade.js";
import { boxAt, fromSurface, inside, newBox, nudged, toSurface, tooSmall } from "./geometry.js";
import { bridgePointers } from "./pointer.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Box} Box */
/** @typedef {import("./geometry.js").SurfaceBox} SurfaceBox */

/** @typedef {import("./types").Surface} Surface */

/** Which sides a key moves: x1, y1, x2, y2. @type {Record<string, Box["xyxy"]>} */
const RESIZES = { KeyE: [-1, 0, 1, 0], KeyQ: [1, 0, -1, 0], KeyR: [0, -1, 0, 1], KeyT: [0, 1, 0, -1] };

const SIDES = /** @type {const} */ (["x", "y", "width", "height"]);

/** @implements {Surface} */
export class BoxSurface {
  /** @type {Box[]} */
  #annotations;
  /** What the surface was given; an unchanged box keeps its exact coordinates. @type {Map<string, SurfaceBox>} */
  #given = new Map();
  /** What the surface drew in the present stroke. @type {SurfaceBox[] | null} */
  #drawn = null;
  /** @type {string | null} */
  #selected = null;

  /** @param {import("./types").SurfaceOptions} options @param {string} source The surface's module. */
  static async open(options, source) {
    const render = await loadSurface(source);
    return new BoxSurface(options, render);
  }

  /**
   * @param {import("./types").SurfaceOptions} options
   * @param {(options: {model: Facade, el: HTMLElement}) => () => void} render
   */
  constructor(options, render) {
    this.options = options;
    this.busy = false;
    this.label = options.label;
    this.#annotations = /** @type {Box[]} */ (options.annotations);
    this.facade = new Facade(
      {
        image_url: options.url,
        image_bytes: null,
        classes: options.classes.map((one) => one.name),
        colors: options.classes.map((one) => one.color),
        label: options.label,
        bboxes: this.#toSurface(this.#annotations),
        selected_index: -1,
        view_only: false,
        hide_buttons: true,
      },
      (name, value) => this.#heard(name, value),
    );
    this.closeSurface = render({ model: this.facade, el: options.host });
    this.choose(options.label); // the surface goes back to its first class whenever it is drawn anew
    this.#name();
    this.closePointers = bridgePointers(options.host, {
      onStart: () => this.#start(),
      onEnd: (event) => this.#end(event),
      onCancel: () => this.cancel(),
    });
  }

  // --- what the shell calls --------------------------------------------------------------------------

  /** @param {Annotation[]} annotations */
  show(annotations) {
    this.#annotations = /** @type {Box[]} */ (annotations);
    this.facade.push("bboxes", this.#toSurface(this.#annotations));
    this.#mark();
  }

  /** @param {string | null} id */
  select(id) {
    this.#selected = id;
    this.#mark();
  }

  /** @param {string} label */
  choose(label) {
    this.label = label;
    this.facade.push("label", label);
  }

  /** End a stroke without its change. */
  cancel() {
    if (!this.busy) return;
    this.busy = false;
    this.#drawn = null;
    this.options.host.querySelector(".image > svg")?.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    this.#drawn = null;
    this.show(this.#annotations);
    this.options.onRest();
  }

  focus() {
    this.wrapper?.focus({ preventScroll: true });
  }

  /** E, Q, R and T change the size of the selected box. @param {KeyboardEvent} event */
  key(event) {
    const sides = RESIZES[event.code];
    const box = this.#annotations.find((one) => one.id === this.#selected);
    if (!sides || event.ctrlKey || event.metaKey || this.busy) return false;
    if (!box) return true;
    const by = event.shiftKey ? 10 : 1;
    const after = nudged(box, /** @type {Box["xyxy"]} */ (sides.map((side) => side * by)), this.options.item);
    this.options.onEdit(this.#annotations.map((one) => (one === box ? after : one)), "move");
    return true;
  }

  destroy() {
    this.closePointers();
    this.closeSurface();
  }

  // --- inside ----------------------------------------------------------------------------------------

  /** Names for screen readers, and Jupyter's own mark for "these keys are not yours". */
  #name() {
    const { host, item, classes } = this.options;
    this.wrapper = /** @type {HTMLElement} */ (host.querySelector(".wrapper"));
    this.wrapper.setAttribute("role", "application");
    this.wrapper.setAttribute("aria-roledescription", "drawing surface");
    this.wrapper.setAttribute("aria-label", `${item.alt || item.id}. Press question mark for the keys.`);
    for (const node of [this.wrapper, ...host.querySelectorAll("[tabindex], iframe")]) {
      node.setAttribute("data-lm-suppress-shortcuts", "true");
    }
    host.querySelector("iframe")?.setAttribute("title", "measures the picture");
    host.querySelector("img")?.setAttribute("alt", item.alt || item.id);
    host.classList.toggle("gl-many-classes", classes.length > 10);
  }

  /** @param {Box[]} annotations */
  #toSurface(annotations) {
    const boxes = annotations.map((box) => toSurface(box, this.options.item.scale));
    this.#given = new Map(boxes.map((box) => [box.id ?? "", { ...box }]));
    return boxes;
  }

  /** The surface set something. @param {string} name @param {any} value */
  #heard(name, value) {
    if (name === "bboxes") this.#drawn = value;
    else if (name === "selected_index") this.#select(value);
    // Its label is ours to choose: it resets it by itself.
    else if (name === "label" && value !== this.label) queueMicrotask(() => this.choose(this.label));
  }

  /** @param {number} index */
  #select(index) {
    if (!this.busy) return; // only a hand selects; the rest is the surface tidying up
    const id = this.#drawn?.[index]?.id ?? this.#annotations[index]?.id ?? null;
    this.#selected = id;
    this.options.host.toggleAttribute("data-selected", index >= 0);
  }

  #start() {
    this.busy = true;
    this.#drawn = null;
    this.options.onStart();
    this.focus();
  }

  /** A stroke ended: take what it changed, if it is sound. @param {PointerEvent} event */
  #end(event) {
    if (!this.busy) return;
    this.busy = false;
    const drawn = this.#drawn;
    this.#drawn = null;
    const before = this.#annotations;
    const after = drawn ? this.#sound(drawn) : before;
    const fresh = after.find((box) => !before.some((one) => one.id === box.id));
    if (fresh) this.#selected = fresh.id;
    const slip = drawn !== null && drawn.length > after.length && after.length === before.length;
    if (slip) this.#selected = this.#boxUnder(event)?.id ?? null;
    this.show(after);
    if (JSON.stringify(before) !== JSON.stringify(after)) this.options.onEdit(after, action(before, after));
    this.options.onSelect(this.#selected);
    this.options.onRest();
  }

  /** A click is no box: it chooses the one under it. @param {PointerEvent} event */
  #boxUnder(event) {
    const frame = /** @type {Element} */ (this.options.host.querySelector("img")).getBoundingClientRect();
    const { width, height } = this.options.item;
    const x = ((event.clientX - frame.left) / frame.width) * width;
    const y = ((event.clientY - frame.top) / frame.height) * height;
    return boxAt(this.#annotations, x, y);
  }

  /** @param {SurfaceBox[]} drawn @returns {Box[]} */
  #sound(drawn) {
    const known = new Map(this.#annotations.map((box) => [box.id, box]));
    const sound = [];
    for (const box of drawn) {
      const before = known.get(box.id ?? "");
      const after = before ? this.#changed(box, before) : this.#fresh(box);
      if (after) sound.push(after);
    }
    return sound;
  }

  /** @param {SurfaceBox} box @returns {Box | null} */
  #fresh(box) {
    const xyxy = inside(fromSurface(box, this.options.item.scale), this.options.item, false);
    return tooSmall(xyxy) ? null : newBox(this.label, xyxy);
  }

  /** @param {SurfaceBox} box @param {Box} before @returns {Box} */
  #changed(box, before) {
    const given = this.#given.get(before.id);
    if (given && SIDES.every((side) => box[side] === given[side])) return before;
    const moved = Boolean(given) && given?.width === box.width && given?.height === box.height;
    const xyxy = inside(fromSurface(box, this.options.item.scale), this.options.item, moved);
    return tooSmall(xyxy) ? before : { ...before, xyxy };
  }

  /** Show which box is selected; only that one can be grabbed, so that drawing over others is easy. */
  #mark() {
    const index = this.#annotations.findIndex((box) => box.id === this.#selected);
    if (index < 0) this.#selected = null;
    this.options.host.toggleAttribute("data-selected", index >= 0);
    this.facade.push("selected_index", index);
  }
}

/** @param {Annotation[]} before @param {Annotation[]} after */
function action(before, after) {
  if (after.length > before.length) return "draw";
  return after.length < before.length ? "delete" : "move";
}
