// @ts-check
/** Drawing rotated boxes: by drag and then the round handle, or by three clicks. */

import { Canvas } from "./canvas.js";
import { s } from "./dom.js";
import { between, distance, kept } from "./points.js";
import { contains, corners, facing, fromSide, MIN_SIDE, newTurned, outward, settled, stretched } from "./turned.js";

/** @typedef {import("./types").RotatedBox} RotatedBox */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./strokes.js").Stroke} Stroke */

/** Screen pixels from the top side to the handle that turns. */
const ARM = 26;

/** Keys and what they add: to the rotation, the width, the height. @type {Record<string, [number, number, number]>} */
const KEYS = {
  KeyE: [1, 0, 0],
  Period: [1, 0, 0],
  KeyQ: [-1, 0, 0],
  Comma: [-1, 0, 0],
  BracketRight: [0, 2, 0],
  BracketLeft: [0, -2, 0],
  KeyR: [0, 0, 2],
  KeyT: [0, 0, -2],
};

export class RotatedSurface extends Canvas {
  /** The clicks of a box under way. @type {Point[]} */
  clicks = [];
  /** @type {Point | null} */
  #follow = null;
  /** A box that is being dragged open. @type {RotatedBox | null} */
  #fresh = null;
  /** The next press draws, whatever lies there. */
  armed = false;
  /** @type {{kind: "corner" | "turn" | "move" | "pick" | "new" | "none", corner?: number, id?: string}} */
  #doing = { kind: "none" };

  /** @param {import("./types").Annotation} one */
  shape(one) {
    const box = /** @type {RotatedBox} */ (one);
    const points = corners(box);
    const d = pathOf(points);
    const top = points.reduce((best, point) => (point[1] < best[1] ? point : best));
    // The thick side is the top of the box: it says how far the box is turned.
    const side = `M${points[0].join(" ")}L${points[1].join(" ")}`;
    return [s("path", { class: "gl-under", d }), s("path", { class: "gl-area", d }), s("path", { class: "gl-top-side", d: side }), this.nameAt(one, top)];
  }

  overlay() {
    const color = this.colors.get(this.label) ?? "#888888";
    const draft = this.#draft();
    if (draft.length) {
      const d = `M${draft.map((point) => point.join(" ")).join("L")}${draft.length > 2 ? "Z" : ""}`;
      return [s("path", { class: "gl-under", d }), s("path", { class: "gl-draft", d, style: `--gl-class:${color}` })];
    }
    const one = this.box;
    if (!one) return [];
    const [knob, foot] = [this.#knob(one), outward(one, [0, -one.size[1] / 2])];
    const arm = `M${foot.join(" ")}L${knob.join(" ")}`;
    return [
      s("path", { class: "gl-under", d: arm }),
      s("path", { class: "gl-arm", d: arm }),
      ...corners(one).map(([cx, cy]) => s("circle", { class: "gl-handle", cx, cy, r: this.px(4.5) })),
      s("circle", { class: "gl-handle gl-knob", cx: knob[0], cy: knob[1], r: this.px(6.5) }),
    ];
  }

  hint() {
    if (this.clicks.length === 1) return { text: "Click the other end of this side. Esc gives up." };
    if (this.clicks.length === 2) return { text: "Click on the opposite side." };
    const one = this.box;
    if (this.armed) return { text: `Draw the next ${this.label}.` };
    return one ? { text: `Turned by ${one.rotation}°, ${one.size[0]} by ${one.size[1]} pixels. Drag the round handle or press Q and E to turn it, a corner to stretch it.` } : null;
  }

  // --- pointer -------------------------------------------------------------------------------------------

  /** @param {Stroke} stroke */
  down({ at, shift }) {
    this.#doing = { kind: "none" };
    if (this.clicks.length) return this.#click(at);
    const one = this.box;
    if (one && !this.armed && !shift && this.#grab(one, at)) return;
    const under = !this.armed && this.#under(at);
    this.#doing = under ? { kind: "pick", id: under.id } : { kind: "new" };
    if (!under) this.start();
  }

  /** @param {Stroke} stroke */
  drag({ from, at, moved, shift }) {
    this.#follow = at;
    if (!moved || this.clicks.length > 1) return;
    if (this.#doing.kind === "pick") {
      this.#doing = { kind: "new" };
      this.start();
    }
    const still = /** @type {RotatedBox | undefined} */ (this.annotations.find((one) => one.id === this.selected));
    const { kind, corner = 0 } = this.#doing;
    if (kind === "new") this.#fresh = this.#dragged(from, at);
    else if (!still) return;
    else if (kind === "corner") this.preview = stretched(still, corner, at, this.item);
    else if (kind === "turn") this.preview = facing(still, at, shift, this.item);
    else if (kind === "move") this.preview = movedBox(still, at[0] - from[0], at[1] - from[1], this.item);
  }

  /** @param {Stroke} stroke */
  up({ from, moved }) {
    const { kind, id } = this.#doing;
    this.#doing = { kind: "none" };
    if (kind === "pick") return this.options.onSelect(id ?? null);
    if (kind === "new") {
      const fresh = this.#fresh;
      this.#fresh = null;
      if (fresh) return this.#add(fresh);
      if (!moved) return this.#click(from);
      return this.rest();
    }
    if (this.preview) return this.replace(this.preview, "move");
    if (!this.clicks.length) this.rest();
  }

  /** @param {Point} at */
  hover(at) {
    this.#follow = at;
    const one = this.box;
    const near = one && [...corners(one), this.#knob(one)].some((point) => distance(point, at) <= this.reach);
    this.pointAs(this.clicks.length || this.armed ? "cross" : near ? "grab" : one && contains(one, at) ? "move" : this.#under(at) ? "pick" : "cross");
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    const by = KEYS[event.code];
    const one = this.box;
    if (!by || event.ctrlKey || event.metaKey || this.busy) return super.key(event, drawing);
    if (!one) return true;
    const much = event.shiftKey ? 10 : 1;
    const [width, height] = [one.size[0] + by[1] * much, one.size[1] + by[2] * much];
    this.replace(settled({ ...one, rotation: one.rotation + by[0] * much, size: [width, height] }, this.item), "move");
    return true;
  }

  /** Draw a new one, whatever lies under the pointer. */
  arm() {
    this.armed = true;
    this.options.onSelect(null);
    this.options.onHint();
  }

  abandon() {
    this.clicks = [];
    this.armed = false;
    this.#fresh = null;
    this.#doing = { kind: "none" };
  }

  settle() {
    if (this.clicks.length) this.cancel();
  }

  undo() {
    return this.clicks.length > 0 && this.remove();
  }

  remove() {
    if (!this.clicks.length) return false;
    this.clicks.pop();
    if (!this.clicks.length) this.cancel();
    this.draw();
    this.options.onHint();
    return true;
  }

  /** The selected box as it is shown. */
  get box() {
    return /** @type {RotatedBox | undefined} */ (this.one);
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** Corners of what is being drawn. @returns {Point[]} */
  #draft() {
    if (this.#fresh) return corners(this.#fresh);
    const end = this.cross ?? this.#follow;
    if (!this.clicks.length) return [];
    if (this.clicks.length < 2 || !end) return [...this.clicks, ...(end ? [end] : [])];
    const box = fromSide(this.label, this.clicks[0], this.clicks[1], end, this.item);
    return box ? corners(box) : this.clicks;
  }

  /** @param {Point} at */
  #click(at) {
    this.start();
    if (this.selected !== null) this.options.onSelect(null);
    if (this.clicks.length < 2) {
      const last = this.clicks.at(-1);
      if (!last || distance(last, at) >= MIN_SIDE) this.clicks.push(kept(at, this.item));
      return this.options.onHint();
    }
    const [a, b] = this.clicks;
    const box = fromSide(this.label, a, b, at, this.item);
    if (box) this.#add(box);
  }

  /** @param {RotatedBox} box */
  #add(box) {
    this.clicks = [];
    this.armed = false;
    this.cross = null;
    this.commit([...this.annotations, box], "draw", box.id);
  }

  /** @param {Point} from @param {Point} at */
  #dragged(from, at) {
    const size = /** @type {Point} */ ([Math.abs(at[0] - from[0]), Math.abs(at[1] - from[1])]);
    return Math.min(...size) < MIN_SIDE ? null : newTurned(this.label, between(from, at), size, 0, this.item);
  }

  /** @param {RotatedBox} one @param {Point} at */
  #grab(one, at) {
    const corner = corners(one).findIndex((point) => distance(point, at) <= this.reach);
    if (distance(this.#knob(one), at) <= this.reach) this.#doing = { kind: "turn" };
    else if (corner >= 0) this.#doing = { kind: "corner", corner };
    else if (contains(one, at)) this.#doing = { kind: "move" };
    else return false;
    this.start();
    return true;
  }

  /** The handle that turns, above the top side. @param {RotatedBox} one */
  #knob(one) {
    return outward(one, [0, -one.size[1] / 2 - this.px(ARM)]);
  }

  /** @param {Point} at */
  #under(at) {
    const hits = this.annotations.filter((one) => contains(/** @type {RotatedBox} */ (one), at));
    const area = (/** @type {any} */ one) => one.size[0] * one.size[1];
    return hits.sort((a, b) => area(a) - area(b))[0];
  }
}

/** @param {Point[]} points */
const pathOf = (points) => `M${points.map((point) => point.join(" ")).join("L")}Z`;

/** @param {RotatedBox} one @param {number} dx @param {number} dy @param {import("./points.js").Size} size */
export const movedBox = (one, dx, dy, size) => settled({ ...one, center: [one.center[0] + dx, one.center[1] + dy] }, size);
