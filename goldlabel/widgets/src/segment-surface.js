// @ts-check
/** Marking stretches of a sound while it plays, and typing what is said in them. */

import { h } from "./dom.js";
import { decoded } from "./player.js";
import { SegmentLanes } from "./segment-lanes.js";
import { SegmentStrokes } from "./segment-strokes.js";
import { SegmentTexts } from "./segment-texts.js";
import { SoundPage } from "./sound-page.js";
import { byTime, clashes, clashSentence, placedAt, resized, timeText, wholeMs } from "./times.js";
import { altPlays, keyPlays } from "./transport.js";
import { RULER } from "./wave-view.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Segment} Segment */
/** @typedef {import("./types").Surface} Surface */
/** @typedef {{speech: boolean, typed: boolean, tools: import("./transport.js").Transport, onPlaying: () => void}} SoundTask */

/** Keys that move an end of the selected segment: which, and where to. @type {Record<string, ["start" | "end", 1 | -1]>} */
const ENDS = { a: ["start", -1], d: ["start", 1], q: ["end", -1], e: ["end", 1] };
/** Seconds of a step of an end; with Shift ten times as much. */
const FINE = 0.01;
/** Seconds of a step of the playhead, likewise. @type {Record<string, number>} */
const STEPS = { ",": -FINE, ".": FINE, "<": -FINE, ">": FINE, ArrowLeft: -0.1, ArrowRight: 0.1 };

/** @implements {Surface} */
export class SegmentSurface extends SoundPage {
  /** @type {string | null} */
  selected = null;
  complaint = "";
  /** In the order of time. @type {Segment[]} */
  segments = [];
  /** The learner was told of so many segments without text. */
  #told = 0;

  /** @param {import("./types").SurfaceOptions} options @param {SoundTask} task */
  static async open(options, task) {
    return new SegmentSurface(options, await decoded(options.url), task);
  }

  /** @param {import("./types").SurfaceOptions} options @param {import("./sound-page.js").Sound} sound @param {SoundTask} task */
  constructor(options, sound, { speech, typed, tools, onPlaying }) {
    const lanes = new SegmentLanes(options.classes, { speech, typed });
    super(options, sound, { tools, onPlaying, role: "application", lanes });
    this.options = options;
    this.lanes = lanes;
    this.label = options.label;
    this.typed = typed;
    this.course = { length: wholeMs(options.item.seconds_long || sound.seconds), speech };
    this.view.over.append(lanes.bands);
    this.texts = new SegmentTexts(lanes.colors, {
      save: (id, text) => this.#typed(id, text),
      start: () => options.onStart(),
      select: (id) => id === this.selected || options.onSelect(id),
      play: (id) => (options.onSelect(id), this.again()),
    });
    this.strokes = new SegmentStrokes(this);
    this.voice = h("div", { class: "gl-hidden", "aria-live": "polite" });
    if (typed) this.node.append(this.texts.node);
    this.node.append(this.voice);
    this.view.scroll.setAttribute("aria-roledescription", "sound to label");
    this.view.inner.addEventListener("dblclick", () => this.again());
    this.leave = () => this.texts.keep();
    addEventListener("pagehide", this.leave);
    options.host.append(this.node);
    tools.attach(this);
    this.show(options.annotations);
    tools.update();
  }

  destroy() {
    removeEventListener("pagehide", this.leave);
    this.texts.destroy();
    super.destroy();
  }

  // --- what the shell tells ----------------------------------------------------------------------------

  /** @param {Annotation[]} annotations */
  show(annotations) {
    this.segments = /** @type {Segment[]} */ (annotations);
    this.draw();
    this.#follow();
  }

  /** @param {string | null} id */
  select(id) {
    const other = id !== this.selected;
    if (other) this.complaint = "";
    this.selected = id;
    const { piece, player } = this;
    if (other) player.stretch = player.loop ? piece : null;
    this.#follow();
    if (piece && other) {
      if (!player.playing || player.loop) player.seek(piece.start);
      this.view.reveal(piece.start);
      this.voice.textContent = `${piece.label}, ${timeText(piece.start)} to ${timeText(piece.end)}${piece.text && `: ${piece.text}`}`;
    }
    this.draw();
  }

  /** @param {string} label */
  choose(label) {
    this.label = label;
  }

  /** Why the selected segment cannot have a class. @param {string} label */
  barred(label) {
    const one = this.piece;
    const [other] = one && label !== one.label ? clashes(this.segments, { ...one, label }, this.course) : [];
    return other ? clashSentence(other) : "";
  }

  /** @param {string} label */
  apply(label) {
    const one = this.piece;
    if (one && one.label !== label) this.change({ ...one, label }, "relabel");
  }

  cancel() {
    this.strokes.cancel();
  }

  settle() {
    this.texts.keep();
    if (this.busy) this.cancel();
  }

  /** A new segment from the playhead on. */
  begin() {
    this.texts.keep();
    const fresh = placedAt(this.segments, this.label, this.player.time, this.course);
    if (fresh) this.add(fresh);
    else this.complain("There is no room for another segment here.");
  }

  /** Whether the learner is to be asked before this sound is done: segments without text, told once. */
  pending() {
    const open = this.typed ? this.segments.filter((one) => !one.text) : [];
    const again = this.#told === open.length;
    if (!again) this.options.onSelect(open[0].id);
    this.#told = again ? 0 : open.length;
    if (!again) this.focus();
    return !again;
  }

  hint() {
    if (this.#told) return { text: `${this.#told === 1 ? "One segment has" : `${this.#told} segments have`} no text yet. Type it; or press F once more to go on without.`, bad: true };
    return this.complaint ? { text: this.complaint, bad: true } : null;
  }

  /** Segments are moved by their ends, never by pixels. */
  nudge() {
    return true;
  }

  /** Where Tab begins: at the playhead. @param {number} step */
  first(step) {
    const { time } = this.player;
    const found = step > 0 ? this.segments.findIndex((one) => one.end > time) : this.segments.findLastIndex((one) => one.start < time);
    return found < 0 && step > 0 ? this.segments.length : found;
  }

  // --- keys ----------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (this.busy) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const target = /** @type {HTMLElement} */ (event.target);
    if (keyPlays(this, event)) return true;
    if (event.ctrlKey || event.metaKey) return false;
    if (key === "i" || key === "o") return this.#mark(key === "i" ? "start" : "end");
    if (ENDS[key]) return this.#moveEnd(...ENDS[key], event.shiftKey);
    if (!drawing) return false;
    if (target.closest("button")) return this.#onButton(event, target);
    if (key === "Enter") return this.#open();
    if (key === "Home" || key === "End") return this.go(key === "Home" ? 0 : this.view.seconds);
    return Boolean(STEPS[key]) && this.go(this.player.time + STEPS[key] * (event.shiftKey ? 10 : 1));
  }

  /** @param {KeyboardEvent} event */
  alt(event) {
    if (!event.altKey) return this.texts.has(event.target) && this.#whileTyping(event);
    // AltGr types letters.
    if (event.ctrlKey || event.metaKey || event.getModifierState("AltGraph")) return false;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    if (digit) return this.#speaker((Number(digit[1]) + 9) % 10);
    if (event.code === "KeyI" || event.code === "KeyO") return this.#mark(event.code === "KeyI" ? "start" : "end");
    return altPlays(this, event);
  }

  /** @param {KeyboardEvent} event */
  #whileTyping(event) {
    const { key, shiftKey } = event;
    if (event.ctrlKey || event.metaKey) {
      if (key === " ") this.player.toggle();
      return key === " ";
    }
    if (key === "Tab" && shiftKey) this.again();
    else if (key === "Tab") this.player.toggle();
    else if (key === "Enter") this.#next(shiftKey ? -1 : 1);
    else if (key === "Escape") this.focus();
    else return false;
    return true;
  }

  /** On to the text of the next segment; past the last one, back to the sound. @param {number} step */
  #next(step) {
    this.texts.keep();
    const other = this.segments[this.segments.findIndex((each) => each.id === this.selected) + step];
    if (other) {
      this.options.onSelect(other.id);
      this.texts.focus(other.id);
    } else if (step > 0) this.focus();
  }

  /** The shell would take these keys from a button that has the focus. @param {KeyboardEvent} event @param {HTMLElement} target */
  #onButton(event, target) {
    if (event.key !== " " && event.key !== "Enter") return false;
    target.click();
    return true;
  }

  /** Enter: type what is said, or hear it. */
  #open() {
    const one = this.piece;
    if (one && this.typed) this.texts.focus(one.id);
    else if (one) this.again();
    return true;
  }

  /** A speaker by number, also while typing. @param {number} index */
  #speaker(index) {
    const chosen = this.options.classes[index];
    const why = chosen && this.barred(chosen.name);
    if (why) this.complain(why);
    else if (chosen) {
      this.texts.keep();
      this.options.onChoose(chosen.name);
      this.apply(chosen.name);
    }
    return true;
  }

  /** An end of the selected segment to the playhead; a start behind it begins the next one. @param {"start" | "end"} side */
  #mark(side) {
    const { time } = this.player;
    const one = this.piece;
    if (side === "start" && (!one || time >= one.end)) this.begin();
    else if (!one) this.complain("Select a segment first, or press N to begin one here.");
    else if (side === "end" && time <= one.start) this.complain("The playhead stands before this segment: its end cannot be there.");
    else this.change(resized(this.segments, one, side, time, this.course), "move");
    return true;
  }

  /** @param {"start" | "end"} side @param {1 | -1} step @param {boolean} far */
  #moveEnd(side, step, far) {
    const one = this.piece;
    if (one) this.change(resized(this.segments, one, side, one[side] + step * FINE * (far ? 10 : 1), this.course), "move");
    return true;
  }

  // --- for the strokes -----------------------------------------------------------------------------------

  /** The selected segment: what is played in one go. @returns {Segment | null} */
  get piece() {
    return this.segments?.find((each) => each.id === this.selected) ?? null;
  }

  /** The pointer is down. */
  pressed() {
    this.texts.keep();
    this.#told = 0;
    this.complain("");
    this.focus();
  }

  /** @param {Segment} fresh @param {boolean} [type] Whether its text is typed now, where it has one. */
  add(fresh, type = false) {
    this.options.onEdit([...this.segments, fresh].sort(byTime), "draw");
    this.options.onSelect(fresh.id);
    if (type && this.typed) this.texts.focus(fresh.id);
  }

  /** @param {Segment} one @param {string} action */
  change(one, action) {
    this.#told = 0;
    this.complain("");
    this.options.onEdit(this.segments.map((each) => (each.id === one.id ? one : each)).sort(byTime), action);
    this.draw();
  }

  /** @param {string} sentence */
  complain(sentence) {
    this.complaint = sentence;
    this.options.onHint();
  }

  draw() {
    const draft = this.strokes?.draft;
    const shown = draft ? [...this.segments.filter((one) => one.id !== draft.id), draft] : this.segments;
    this.lanes.draw(shown, draft?.id ?? this.selected, this.view.height - RULER);
    if (this.typed) this.texts.show(this.segments, this.selected);
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** What is played follows the segment that is changed. */
  #follow() {
    const { player } = this;
    if (player.stretch) player.stretch = this.piece;
    if (player.audio.loop !== (player.loop && !player.stretch)) player.repeat(player.loop);
  }

  /** @param {string} id @param {string} text */
  #typed(id, text) {
    this.#told = 0;
    const one = this.segments.find((each) => each.id === id);
    if (one && one.text !== text) this.options.onEdit(this.segments.map((each) => (each === one ? { ...one, text } : each)), "text");
    this.options.onRest();
  }
}
