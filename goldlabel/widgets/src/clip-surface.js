// @ts-check
/** A clip: its frames on a canvas, one at a time, with shapes over them and the timeline under them. */

import { Canvas } from "./canvas.js";
import { h } from "./dom.js";
import { Frames } from "./frames.js";
import { Playhead } from "./playhead.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./timeline.js").Place} Place */
/** @typedef {import("./timeline.js").Grip} Grip */
/** @typedef {import("./timeline.js").Lane} Lane */

/** Where a clip was left, so that a second look begins there. @type {Map<string, number>} */
const left = new Map();

/** @type {import("./types").HelpGroup} */
export const PLAYING = [
  "Play and step",
  [
    ["Space", "play, pause"],
    ["[ and ]", "one frame back or on, with Shift ten; also Alt+arrows (in CVAT: D, F, C, V)"],
    [", and .", "previous or next keyframe or border"],
    ["Home, End", "first or last frame"],
    ["< and >", "slower, faster"],
    ["Click or drag", "on the timeline: go there"],
  ],
];

export class ClipSurface extends Canvas {
  /** What cannot be done, and why. */
  note = "";

  /** @param {import("./types").SurfaceOptions} options @param {import("./clip-bar.js").ClipBar} tools @param {import("./types").Model} model */
  constructor(options, tools, model) {
    super(options, tools);
    const { item } = options;
    const count = Math.max(1, item.frames ?? 1);
    this.clip = tools;
    this.model = model;
    this.screen = /** @type {HTMLCanvasElement} */ (this.node.querySelector("canvas"));
    this.screen2d = /** @type {CanvasRenderingContext2D} */ (this.screen.getContext("2d", { alpha: false }));
    this.playhead = new Playhead(
      { frames: count, seconds: item.seconds_long || count },
      { want: (frame, way) => this.frames.turnTo(frame, way), show: (frame) => this.#paint(frame), change: () => this.#told() },
    );
    this.frames = new Frames(
      { count, address: item.address ?? "", ask: (from, many) => this.#ask(from, many) },
      (frame) => (frame === this.playhead.wanted && frame !== this.playhead.shown ? this.playhead.arrived() : this.#told()),
    );
    this.hear = (/** @type {any} */ message, /** @type {DataView[]} */ buffers) => message?.type === "frames" && message.item === item.id && this.frames.take(message, buffers);
    model.on("msg:custom", this.hear);
    tools.timeline.open(count, item.seconds_long || count);
    tools.timeline.onPress = (place) => this.press(place);
    this.screen2d.drawImage(this.image, 0, 0, item.width, item.height);
    this.frames.turnTo(0, 1);
    const before = left.get(`${model.get("session")} ${item.id}`);
    if (before) this.playhead.go(before);
  }

  layers() {
    const { width, height } = this.item;
    return [h("canvas", { width, height, class: "gl-frame" })];
  }

  /** The frame that is shown, to which labels belong. */
  get frame() {
    return this.playhead.shown;
  }

  // --- what a task says --------------------------------------------------------------------------------

  /** Another frame is shown. */
  turned() {
    this.draw();
  }

  /** The frames to which "," and "." go. @param {number} _step @returns {number | undefined} */
  nextMark(_step) {
    return undefined;
  }

  /** What the timeline shows. @returns {Lane[]} */
  lanes() {
    return [];
  }

  /** A press on the timeline: go there. @param {Place} place @returns {Grip} */
  press(place) {
    const go = (/** @type {number} */ at) => this.playhead.go(Math.floor(at));
    if (place.mark !== null) this.playhead.go(place.mark);
    else go(place.at);
    return { move: go, up: () => this.focus(), cancel: () => {} };
  }

  // --- for tasks ---------------------------------------------------------------------------------------

  /** Say why something cannot be. @param {string} note */
  say(note) {
    this.note = note;
    this.options.onHint();
  }

  /** Do it on the frame that the learner asked for. @param {() => void} act */
  onFrame(act) {
    this.playhead.pause();
    this.playhead.settled(() => {
      this.note = "";
      act();
    });
  }

  // --- what the shell calls ----------------------------------------------------------------------------

  draw() {
    super.draw();
    // While the parent is made there is no clip yet.
    this.clip?.timeline.lay(this.lanes());
  }

  /** @param {string | null} id */
  select(id) {
    if (id !== this.selected) this.note = "";
    super.select(id);
    if (id !== null) this.clip.timeline.reveal(id);
  }

  start() {
    this.playhead.pause();
    super.start();
  }

  rest() {
    super.rest();
    this.playhead?.arrived();
  }

  /** @param {Annotation[]} annotations @param {string} action @param {string | null} [selected] */
  commit(annotations, action, selected) {
    super.commit(annotations, action, selected);
    this.playhead.arrived();
  }

  destroy() {
    left.set(`${this.model.get("session")} ${this.item.id}`, this.playhead.shown);
    this.playhead.pause();
    this.model.off("msg:custom", this.hear);
    this.frames.close();
    super.destroy();
  }

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (event.ctrlKey || event.metaKey) return super.key(event, drawing);
    const target = /** @type {HTMLElement} */ (event.target);
    const much = event.shiftKey ? 10 : 1;
    const { playhead } = this;
    if (event.key === " " && (drawing || !target.closest("button, summary, input"))) {
      if (!event.repeat) playhead.toggle();
    } else if (event.code === "BracketLeft" || event.key === "[") playhead.step(-much);
    else if (event.code === "BracketRight" || event.key === "]") playhead.step(much);
    else if (event.key === "<") playhead.faster(-1);
    else if (event.key === ">") playhead.faster(1);
    else if (event.key === "," || event.key === ".") this.#toMark(event.key === "," ? -1 : 1);
    else if (event.key === "Home" && (drawing || target === this.clip.timeline.ruler)) playhead.go(0);
    else if (event.key === "End" && (drawing || target === this.clip.timeline.ruler)) playhead.go(playhead.frames - 1);
    else if (target === this.clip.timeline.ruler && this.#slide(event)) return true;
    else return super.key(event, drawing);
    return true;
  }

  /** @param {KeyboardEvent} event */
  alt(event) {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way) this.playhead.step(way * (event.shiftKey ? 10 : 1));
    return Boolean(way);
  }

  /** @returns {{text: string, bad?: boolean} | null} */
  hint() {
    const fault = this.frames.fault(this.frame);
    if (fault || this.note) return { text: fault || this.note, bad: true };
    return null;
  }

  // --- inside ------------------------------------------------------------------------------------------

  /** @param {number} step */
  #toMark(step) {
    const frame = this.nextMark(step);
    if (frame !== undefined) this.playhead.go(frame);
  }

  /** The ruler is a slider. @param {KeyboardEvent} event */
  #slide(event) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (by) this.playhead.step(by);
    return Boolean(by);
  }

  /** Show a frame and what is labelled on it, both at once. @param {number} frame @returns {boolean} Whether it is there. */
  #paint(frame) {
    if (this.busy && this.holds) return false;
    const bitmap = this.frames.bitmap(frame);
    const fault = this.frames.fault(frame);
    if (!bitmap && !fault) {
      this.clip.tell(this);
      return false;
    }
    const { width, height } = this.screen;
    if (bitmap) this.screen2d.drawImage(bitmap, 0, 0, width, height);
    else {
      this.screen2d.fillStyle = "#555";
      this.screen2d.fillRect(0, 0, width, height);
    }
    this.playhead.shown = frame;
    this.node.dataset.frame = String(frame);
    if (fault || this.note) this.note = "";
    this.turned();
    this.options.onHint();
    return true;
  }

  /** Whether a stroke keeps the frame that it began on. */
  get holds() {
    return true;
  }

  /** @param {number} from @param {number} count */
  #ask(from, count) {
    try {
      this.model.send({ type: "frames", item: this.item.id, from, count });
    } catch (error) {
      console.debug("Goldlabel: the kernel cannot be reached", error);
    }
  }

  #told() {
    this.clip.tell(this);
  }
}
