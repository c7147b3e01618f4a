// @ts-check
/** Events: what happens in a clip, from when to when; drawn on the timeline, a lane a class. */

import { ClipSurface } from "./clip-surface.js";
import { s } from "./dom.js";
import { clamp, newId } from "./geometry.js";
import { lanesOf } from "./lanes.js";
import { rounded } from "./points.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Segment} Segment */
/** @typedef {import("./timeline.js").Place} Place */
/** @typedef {import("./timeline.js").Grip} Grip */

/** A thousandth of a second is finer than any clip. @param {number} seconds */
const thousandths = (seconds) => Math.round(seconds * 1000) / 1000;

export class EventSurface extends ClipSurface {
  /** The first frame of an event that has been begun and not ended. @type {number | null} */
  begun = null;

  /** @param {import("./types").SurfaceOptions} options @param {import("./clip-bar.js").ClipBar} tools @param {import("./types").Model} model */
  constructor(options, tools, model) {
    super(options, tools, model);
    this.node.dataset.pointer = "plain";
  }

  // --- how it looks ------------------------------------------------------------------------------------

  /** What happens in the frame that is shown, in its corner. */
  overlay() {
    const now = this.segments.filter((one) => this.#from(one) <= this.frame && this.frame < this.#to(one)).map((one) => one.label);
    if (this.begun !== null) now.push(`${this.label} ...`);
    return now.map((name, n) => s("text", { class: "gl-name gl-now", x: this.px(8), y: this.px(20 + 18 * n) }, name.replaceAll("_", " ")));
  }

  lanes() {
    return this.options.classes.map(({ name, color }) => {
      const own = this.segments.filter((one) => one.label === name);
      const rows = lanesOf(own);
      const bars = own.map((one) => ({ from: this.#from(one), to: this.#to(one), id: one.id, name: `${name.replaceAll("_", " ")}, ${one.start} to ${one.end} s`, chosen: one.id === this.selected, edges: true, row: rows.get(one.id) ?? 0 }));
      const open = this.begun !== null && this.label === name ? [{ from: Math.min(this.begun, this.frame), to: Math.max(this.begun, this.frame) + 1, faint: true }] : [];
      return { id: `class ${name}`, name: name.replaceAll("_", " "), color, chosen: name === this.label, bars: [...bars, ...open], marks: [], rows: 1 + Math.max(0, ...rows.values()) };
    });
  }

  hint() {
    const first = super.hint();
    if (first) return first;
    const label = this.label.replaceAll("_", " ");
    if (this.begun !== null) return { text: `${label} began in frame ${this.begun}. Go to its last frame and press N. Esc gives it up.` };
    const one = this.segment;
    if (!one) return null;
    return { text: `${one.label.replaceAll("_", " ")} from ${one.start} to ${one.end} s. Drag an end of its bar; or go to a frame and press I (it begins here) or O (it ends with this frame).` };
  }

  // --- pointer -----------------------------------------------------------------------------------------

  /** A click on the picture lets go of what is selected. */
  up() {
    if (this.selected !== null) this.options.onSelect(null);
  }

  /** A bar is moved by an end, a free part of a lane makes an event, the rest goes there. @param {Place} place @returns {Grip} */
  press(place) {
    const one = this.segments.find((each) => each.id === place.bar);
    if (this.begun !== null || place.lane === null) return super.press(place);
    if (one) return this.#grip(one, place);
    return this.#drawn(place, place.lane.slice("class ".length));
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (event.ctrlKey || event.metaKey) return super.key(event, drawing);
    const key = event.key.toLowerCase();
    if (key === "n" || (key === "enter" && drawing && this.begun !== null)) this.begin();
    else if (key === "i") this.#setEnd("start");
    else if (key === "o") this.#setEnd("end");
    else return super.key(event, drawing);
    return true;
  }

  /** Begin an event in this frame; the second time, end it with this frame. */
  begin() {
    this.onFrame(() => {
      if (this.begun !== null) return this.settle();
      this.options.onSelect(null);
      this.start();
      this.begun = this.frame;
      this.options.onHint();
      this.draw();
    });
  }

  /** What has been begun ends with the frame that is shown. */
  settle() {
    if (this.begun === null) return;
    const [from, to] = [Math.min(this.begun, this.frame), Math.max(this.begun, this.frame) + 1];
    this.begun = null;
    this.#add(this.label, from, to);
  }

  /** The arrows move the selected event by frames; there is no cross. */
  get crossing() {
    return false;
  }

  /** @param {number} dx */
  nudge(dx) {
    const one = this.segment;
    if (one && dx) {
      const [from, to] = [this.#from(one), this.#to(one)];
      const by = clamp(dx, Math.ceil(-from), Math.floor(this.playhead.frames - to));
      if (by) this.#change(one, from + by, to + by);
    }
    return true;
  }

  abandon() {
    this.begun = null;
  }

  undo() {
    if (this.begun === null) return false;
    this.cancel();
    return true;
  }

  /** @param {string} label */
  choose(label) {
    super.choose(label);
    this.options.onHint();
  }

  /** Frames go on while an event waits for its end. */
  get holds() {
    return false;
  }

  /** @param {number} step */
  nextMark(step) {
    const borders = this.segments.flatMap((one) => [this.#from(one), this.#to(one) - 1].map(Math.round));
    const ahead = borders.filter((one) => (one - this.playhead.wanted) * step > 0);
    return ahead.length ? (step > 0 ? Math.min(...ahead) : Math.max(...ahead)) : undefined;
  }

  get segments() {
    return /** @type {Segment[]} */ (this.annotations);
  }

  /** The selected one. */
  get segment() {
    return this.segments.find((one) => one.id === this.selected);
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** @param {Segment} one */
  #from(one) {
    return rounded(one.start * this.playhead.rate);
  }

  /** @param {Segment} one */
  #to(one) {
    return rounded(one.end * this.playhead.rate);
  }

  /** Frames as the seconds in which they begin. @param {number} frame */
  #time(frame) {
    return thousandths(Math.min(frame / this.playhead.rate, this.playhead.seconds));
  }

  /** @param {string} label @param {number} from @param {number} to Not within. */
  #add(label, from, to) {
    const fresh = /** @type {Segment} */ ({ type: "segment", id: newId(), label, start: this.#time(from), end: this.#time(to), text: "", attributes: {} });
    this.commit([...this.segments, fresh], "draw", fresh.id);
  }

  /** @param {Segment} one @param {number} from @param {number} to */
  #change(one, from, to) {
    this.replace(/** @type {Segment} */ ({ ...one, start: this.#time(from), end: this.#time(to) }), "move");
  }

  /** The selected event begins or ends with the frame that is shown. @param {"start" | "end"} which */
  #setEnd(which) {
    if (this.begun !== null) return;
    this.onFrame(() => {
      const one = this.segment;
      if (!one) return this.say("Select an event first: click its bar, or press Tab.");
      const [from, to] = which === "start" ? [this.frame, this.#to(one)] : [this.#from(one), this.frame + 1];
      if (from >= to) return this.say(`That would end before it begins (${this.#time(from)} to ${this.#time(to)} s).`);
      this.#change(one, from, to);
    });
  }

  /** @param {Segment} one @param {Place} place @returns {Grip} */
  #grip(one, { at, edge }) {
    const [from, to] = [this.#from(one), this.#to(one)];
    let [left, right] = [from, to];
    this.options.onSelect(one.id);
    // The picture shows the frame at the border, so that the eye finds it.
    if (!edge) this.playhead.go(Math.floor(at));
    const move = (/** @type {number} */ now) => {
      const border = Math.round(now);
      if (edge === "from") left = clamp(border, 0, Math.ceil(right) - 1);
      else if (edge === "to") right = clamp(border, Math.floor(left) + 1, this.playhead.frames);
      else return this.playhead.go(Math.floor(now));
      this.playhead.go(edge === "from" ? left : right - 1);
    };
    const up = () => {
      const still = this.segment;
      if (still && (left !== from || right !== to)) this.#change(still, left, right);
      this.focus();
    };
    return { move, up, cancel: () => {} };
  }

  /** @param {Place} place @param {string} label @returns {Grip} */
  #drawn({ at }, label) {
    const from = Math.floor(at);
    let to = from;
    let far = false;
    this.playhead.go(from);
    const move = (/** @type {number} */ now) => {
      to = clamp(Math.floor(now), 0, this.playhead.frames - 1);
      far ||= to !== from;
      this.playhead.go(to);
    };
    const up = () => {
      this.options.onChoose(label);
      if (far) this.#add(label, Math.min(from, to), Math.max(from, to) + 1);
      this.focus();
    };
    return { move, up, cancel: () => {} };
  }

  /** Another frame: an event that is under way grows. */
  turned() {
    this.draw();
  }
}
