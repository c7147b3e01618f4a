// @ts-check
/** Setting joints: the skeleton's points are asked for one after the other. */

import { Canvas } from "./canvas.js";
import { s } from "./dom.js";
import { newId } from "./geometry.js";
import { asked, movedJoints, nearest, places, sideOf, spoken, swapped, withJoint } from "./joints.js";
import { bounds, kept } from "./points.js";

/** @typedef {import("./types").Keypoints} Keypoints */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./types").Visibility} Visibility */
/** @typedef {import("./strokes.js").Stroke} Stroke */

/** Radius of the dot of a joint of the selected figure, in pixels of the screen. */
const DOT = 5;

export class KeypointSurface extends Canvas {
  /** The joint that was chosen by hand. @type {string | null} */
  joint = null;
  /** The joint that is asked for instead of the next in order. @type {string | null} */
  wanted = null;
  /** The joint set last. @type {string | null} */
  last = null;
  /** Whether the next joint goes down as hidden. */
  hiding = false;
  /** Where the pointer is, for the name that follows it. @type {Point | null} */
  #pointer = null;
  /** What the present stroke does. @type {{kind: "joint" | "pick" | "place" | "none", id?: string}} */
  #doing = { kind: "none" };

  /**
   * @param {import("./types").SurfaceOptions} options @param {import("./keypoints.js").JointBar} tools
   * @param {import("./types").Skeleton} skeleton
   */
  constructor(options, tools, skeleton) {
    super(options, tools);
    this.skeleton = skeleton;
  }

  // --- how it looks ------------------------------------------------------------------------------------

  /** @param {import("./types").Annotation} annotation @param {boolean} selected */
  shape(annotation, selected) {
    const one = /** @type {Keypoints} */ (annotation);
    const at = (/** @type {string} */ name) => one.points[name];
    const lines = this.skeleton.edges.flatMap(([from, to]) => {
      const [a, b] = [at(from), at(to)];
      if (!a?.[2] || !b?.[2]) return [];
      const d = `M${a[0]} ${a[1]}L${b[0]} ${b[1]}`;
      const sides = [sideOf(from), sideOf(to)];
      const side = sides[0] === sides[1] ? sides[0] : sides.find((each, n) => each !== "middle" && sides[1 - n] === "middle") ?? "middle";
      return [s("path", { class: "gl-under", d }), s("path", { class: `gl-bone gl-of-${side}`, d })];
    });
    const dots = Object.entries(one.points).flatMap(([name, [cx, cy, v]]) =>
      v ? [s("circle", { class: `gl-dot-joint gl-of-${sideOf(name)} ${v === 1 ? "gl-hidden-joint" : ""}`, "data-joint": name, cx, cy, r: this.px(selected ? DOT : 3.5) })] : [],
    );
    const set = places(one);
    const [x1, y1] = set.length ? bounds(set) : [0, 0];
    return [...lines, ...dots, this.nameAt(one, [x1, y1 - this.px(6)])];
  }

  overlay() {
    const one = this.figure;
    const name = this.joint ?? (this.cross ? this.last : null);
    const value = name === null ? undefined : one?.points[name];
    const at = this.cross ?? this.#pointer;
    const next = this.joint === null && at ? this.next : null;
    const asks = next && at ? [s("text", { class: "gl-name gl-asks", x: at[0] + this.px(14), y: at[1] - this.px(10) }, `${spoken(next)}?`)] : [];
    if (!name || !value?.[2]) return asks;
    const [cx, cy] = value;
    return [
      s("circle", { class: "gl-under", cx, cy, r: this.px(10) }),
      s("circle", { class: "gl-ring", cx, cy, r: this.px(10) }),
      s("text", { class: "gl-name", x: cx + this.px(14), y: cy + this.px(4) }, spoken(name)),
    ];
  }

  hint() {
    const one = this.figure;
    const next = this.next;
    if (this.joint && one?.points[this.joint]) {
      return { text: `${spoken(this.joint)}: drag it or use the arrows. V turns hidden on and off, O says it cannot be labelled, Delete forgets it, Esc goes on.` };
    }
    if (!next) return { text: "All points of this figure are answered. N starts the next one, F is done." };
    const side = sideOf(next);
    const what = side === "middle" ? `the ${spoken(next)}` : `the ${(one?.label ?? this.label).toUpperCase()}'s own ${spoken(next)}`;
    const how = this.hiding ? "It goes down as hidden (V turns that off)." : "Shift+click when something hides it; O when it is outside or cannot be told.";
    return { text: `Click ${what}. ${how}` };
  }

  // --- pointer -------------------------------------------------------------------------------------------

  /** @param {Stroke} stroke */
  down({ at, shift }) {
    this.#doing = { kind: "none" };
    this.#pointer = null;
    const name = this.#jointAt(at);
    if (name && !this.cross) {
      this.start();
      this.joint = name;
      this.#doing = { kind: "joint" };
      return this.options.onHint();
    }
    const other = this.#otherAt(at);
    if (other && !this.cross) this.#doing = { kind: "pick", id: other };
    else if (this.next) this.#place(at, shift);
  }

  /** @param {Stroke} stroke */
  drag({ at, moved }) {
    const one = /** @type {Keypoints | undefined} */ (this.annotations.find((each) => each.id === this.selected));
    const name = this.#doing.kind === "place" ? this.last : this.joint;
    if (!one || name === null || !moved || !["joint", "place"].includes(this.#doing.kind)) return;
    const value = one.points[name];
    if (value) this.preview = withJoint(one, name, [...kept(at, this.item), value[2]], this.skeleton);
  }

  /** @param {Stroke} _stroke */
  up(_stroke) {
    const { kind, id } = this.#doing;
    this.#doing = { kind: "none" };
    if (kind === "pick") return this.options.onSelect(id ?? null);
    if (this.preview) return this.replace(this.preview, "move");
    this.rest();
  }

  /** @param {Point} at */
  hover(at) {
    this.#pointer = this.#jointAt(at) || this.#otherAt(at) ? null : at;
    this.pointAs(this.#jointAt(at) ? "grab" : this.#otherAt(at) ? "pick" : "cross");
  }

  leave() {
    this.#pointer = null;
    this.drawOverlay();
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    const plain = !event.ctrlKey && !event.metaKey && !this.busy;
    const action = plain && this.#keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action && action()) return true;
    return super.key(event, drawing);
  }

  /** @type {Record<string, () => boolean>} */
  #keys = {
    v: () => this.hide(),
    o: () => this.away(),
    x: () => this.swap(),
    ",": () => this.#walk(-1),
    ".": () => this.#walk(1),
    Escape: () => this.#let(),
    Backspace: () => this.#back(),
  };

  /** The arrows move the joint set last; without one, the cross. */
  get crossing() {
    return this.joint === null && !(this.last && this.figure?.points[this.last]);
  }

  /** The next stroke begins a new figure. */
  begin() {
    this.joint = this.last = this.wanted = null;
    this.cross ??= /** @type {Point} */ (this.options.centre().map(Math.round));
    this.options.onSelect(null);
    this.options.onHint();
  }

  /** Choose a joint to change, or to set next. @param {string} name */
  turnTo(name) {
    if (this.busy) return;
    const value = this.figure?.points[name];
    if (value?.[2]) this.joint = name;
    else {
      this.joint = null;
      this.wanted = name;
    }
    this.draw();
    this.options.onHint();
  }

  /** Hidden or visible: the chosen joint, else the one set last. With none, the next one. */
  hide() {
    const one = this.figure;
    const name = this.joint ?? this.last;
    const value = name !== null && one?.points[name];
    if (one && name && value && value[2]) {
      this.replace(withJoint(one, name, [value[0], value[1], value[2] === 2 ? 1 : 2], this.skeleton), "visibility");
    } else {
      this.hiding = !this.hiding;
      this.draw();
      this.options.onHint();
    }
    return true;
  }

  /** The joint is outside the picture or cannot be told: the chosen one, else the one that is asked for. */
  away() {
    const one = this.figure;
    const name = this.joint ?? this.next;
    if (!one || !name) return true;
    this.joint = this.last = this.wanted = null;
    this.#move(name);
    this.replace(withJoint(one, name, [0, 0, 0], this.skeleton), "visibility");
    return true;
  }

  swap() {
    const one = this.figure;
    if (one) this.replace(swapped(one, this.skeleton), "swap");
    return true;
  }

  /** The chosen joint is forgotten and asked for again. */
  remove() {
    const one = this.figure;
    if (!one || !this.joint || !one.points[this.joint]) return false;
    this.wanted = this.joint;
    this.#forget(one, this.joint);
    return true;
  }

  /** @param {number} dx @param {number} dy */
  nudge(dx, dy) {
    const one = this.figure;
    const name = this.joint ?? this.last;
    if (!one || !name || !one.points[name]?.[2]) return false;
    const after = movedJoints(one, name, dx, dy, this.item);
    const [x, y] = after.points[name];
    this.cross = /** @type {Point} */ ([x, y]);
    this.replace(after, "move");
    return true;
  }

  /** @param {string | null} id */
  select(id) {
    if (id !== this.selected) {
      this.joint = this.wanted = null;
      // The figure that this stroke begins keeps its first joint.
      if (this.#doing.kind !== "place") this.last = null;
    }
    super.select(id);
  }

  abandon() {
    this.#doing = { kind: "none" };
  }

  /** The selected figure as it is shown. */
  get figure() {
    return /** @type {Keypoints | undefined} */ (this.one);
  }

  /** The joint that is asked for. */
  get next() {
    const one = this.figure;
    return this.wanted ?? asked(one, this.skeleton, this.last);
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** @param {Point} at @param {boolean} shift */
  #place(at, shift) {
    const name = /** @type {string} */ (this.next);
    const v = /** @type {Visibility} */ (shift || this.hiding ? 1 : 2);
    const one = this.figure ?? /** @type {Keypoints} */ ({ type: "keypoints", id: newId(), label: this.label, points: {}, area: 0, attributes: {} });
    const after = withJoint(one, name, [...kept(at, this.item), v], this.skeleton);
    const fresh = !this.figure;
    this.joint = this.wanted = null;
    this.hiding = false;
    this.last = name;
    this.#doing = { kind: "place" };
    if (this.cross) this.cross = kept(at, this.item);
    this.commit(fresh ? [...this.annotations, after] : this.annotations.map((each) => (each.id === one.id ? after : each)), fresh ? "draw" : "place", after.id);
    this.last = name;
    this.start(); // it may be dragged on
  }

  /** The question goes on after a joint. @param {string} name */
  #move(name) {
    const { points } = this.skeleton;
    const after = points[points.indexOf(name) + 1];
    if (after && this.figure && !(after in this.figure.points)) this.wanted = after;
  }

  /** Take back the joint set last. */
  #back() {
    const one = this.figure;
    const name = this.joint ?? this.last;
    if (!one || !name || !one.points[name]) return false;
    this.wanted = name;
    this.last = null;
    this.#forget(one, name);
    return true;
  }

  /** @param {Keypoints} one @param {string} name */
  #forget(one, name) {
    this.joint = null;
    const after = withJoint(one, name, null, this.skeleton);
    const empty = !Object.values(after.points).some(([, , v]) => v);
    if (empty) this.commit(this.annotations.filter((each) => each.id !== one.id), "delete", null);
    else this.replace(after, "delete");
  }

  /** Choose the next or the previous joint that is set. @param {number} step */
  #walk(step) {
    const one = this.figure;
    const names = this.skeleton.points.filter((name) => one?.points[name]?.[2]);
    if (!names.length) return false;
    const at = names.indexOf(this.joint ?? this.last ?? "");
    this.joint = names[at < 0 ? (step > 0 ? 0 : names.length - 1) : (at + step + names.length) % names.length];
    this.draw();
    this.options.onHint();
    return true;
  }

  #let() {
    if (this.joint === null && this.wanted === null) return false;
    this.joint = this.wanted = null;
    this.draw();
    this.options.onHint();
    return true;
  }

  /**
   * A joint of the selected figure. While another one is asked for, only the dot itself is taken hold of: the points
   * of a face lie closer together than a finger is wide, and a click between them means the next one.
   * @param {Point} at
   */
  #jointAt(at) {
    const reach = this.joint === null && this.next ? Math.min(this.reach, this.px(DOT)) : this.reach;
    return this.figure ? nearest(this.figure, at, reach) : null;
  }

  /** Another figure whose joint lies here. @param {Point} at */
  #otherAt(at) {
    return this.annotations.find((one) => one.id !== this.selected && nearest(/** @type {Keypoints} */ (one), at, this.reach))?.id;
  }
}
