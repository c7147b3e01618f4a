// @ts-check
/** Drawing word boxes: a drag makes one, its text is typed at once; corners, sides and the whole can be moved. */

import { Canvas } from "./canvas.js";
import { s } from "./dom.js";
import { distance, insideRing, kept, toSegment } from "./points.js";
import { extent, following, fromSide, grown, lineBelow, middle, MIN_SIDE, movedWord, newWord, pushed, slopeNear, smallestFirst, spanned, stretched } from "./word-shape.js";
import { unread } from "./word-text.js";

/** @typedef {import("./types").WordBox} WordBox */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./types").Quad} Quad */
/** @typedef {import("./strokes.js").Stroke} Stroke */

/** What Alt with an arrow adds: to the width, to the height. @type {Record<string, Point>} */
const GROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

export class WordSurface extends Canvas {
  /** The clicks of a box under way. @type {Point[]} */
  clicks = [];
  /** @type {Point | null} */
  #follow = null;
  /** The next press draws, whatever lies there. */
  armed = false;
  /** A corner that is dragged moves alone, also that of an upright box. */
  alone = false;
  /** Whether the typed texts stand above the boxes. */
  texts = true;
  /** A box that is being dragged open. @type {Quad | null} */
  #fresh = null;
  /** @type {{kind: "corner" | "side" | "move" | "pick" | "new" | "none", n?: number, id?: string}} */
  #doing = { kind: "none" };
  /** The box that was drawn or changed last: the next one stands beside it. @type {string | null} */
  #last = null;
  /** The learner was told of so many boxes without text. */
  #told = 0;

  /** @param {import("./types").Annotation} one @param {boolean} selected */
  shape(one, selected) {
    const word = /** @type {WordBox} */ (one);
    const d = pathOf(word.corners);
    const [x, y] = word.corners.reduce((best, point) => (point[0] < best[0] ? point : best));
    const top = Math.min(y, word.corners[0][1]);
    const text = s("text", { class: "gl-name gl-word-name", x, y: top < this.px(14) ? Math.max(...word.corners.map((point) => point[1])) + this.px(12) : top - this.px(3.5) }, word.text || "…");
    const open = word.text ? "" : " gl-unread";
    return [s("path", { class: "gl-word-under", d }), s("path", { class: `gl-word-area${open}`, d }), ...(this.texts || (selected && !word.text) ? [text] : [])];
  }

  overlay() {
    const draft = this.#draft();
    if (draft.length) {
      const d = `M${draft.map((point) => point.join(" ")).join("L")}${draft.length > 2 ? "Z" : ""}`;
      return [s("path", { class: "gl-word-under", d }), s("path", { class: "gl-draft", d, style: `--gl-class:${this.colors.get(this.label) ?? "#888888"}` })];
    }
    const one = this.word;
    if (!one) return [];
    const r = this.px(Math.min(4.5, 0.22 * Math.min(...extent(one.corners)) * this.scale + 1.5));
    return one.corners.map(([cx, cy]) => s("circle", { class: this.alone ? "gl-handle gl-knob" : "gl-handle", cx, cy, r }));
  }

  hint() {
    if (this.#told) return { text: `${this.#told === 1 ? "One box has" : `${this.#told} boxes have`} no text yet. Type it; or press F once more to go on without.`, bad: true };
    if (this.clicks.length) return { text: this.clicks.length === 1 ? "Click the other end of this side of the word. Esc gives up." : "Click on the side opposite." };
    if (this.armed) return { text: `Draw the next word of the field ${this.label}.` };
    if (this.word) return { text: "Type what the word says; Enter goes on. Esc, then: digits choose its field, arrows move it, with Alt they resize it, Enter types again." };
    return null;
  }

  // --- pointer -------------------------------------------------------------------------------------------

  /** @param {Stroke} stroke */
  down({ at, shift, double }) {
    this.#told = 0;
    this.#doing = { kind: "none" };
    if (this.clicks.length) return this.#click(at);
    const one = this.word;
    if (double && one && insideRing(one.corners, at)) return this.type();
    this.#doing = (!this.armed && one && this.#grip(one, at, shift)) || { kind: "none" };
    if (this.#doing.kind !== "none") return this.start();
    const under = !this.armed && !shift && this.#under(at);
    this.#doing = under ? { kind: "pick", id: under.id } : { kind: "new" };
    if (!under) this.start();
  }

  /** @param {Stroke} stroke */
  drag({ from, at, moved, shift }) {
    this.#follow = at;
    if (!moved || this.clicks.length) return;
    if (this.#doing.kind === "pick") {
      this.#doing = { kind: "new" };
      this.start();
    }
    const { kind, n = 0 } = this.#doing;
    if (kind === "new") {
      this.#fresh = spanned(from, at, slopeNear(this.words, from), this.item);
      return;
    }
    const still = this.words.find((one) => one.id === this.selected);
    if (!still) return;
    const [dx, dy] = [at[0] - from[0], at[1] - from[1]];
    if (kind === "move") this.preview = movedWord(still, dx, dy, this.item);
    const corners = kind === "corner" ? stretched(still.corners, n, at, this.alone || shift, this.item) : kind === "side" ? pushed(still.corners, n, dx, dy, this.item) : null;
    if (corners) this.preview = /** @type {WordBox} */ ({ ...still, corners });
  }

  /** @param {Stroke} stroke */
  up({ from, moved }) {
    const { kind, id } = this.#doing;
    const fresh = this.#fresh;
    this.#doing = { kind: "none" };
    this.#fresh = null;
    if (kind === "pick") return this.options.onSelect(id ?? null);
    if (fresh) {
      this.add(fresh);
      return this.type();
    }
    if (this.preview) {
      this.#last = this.preview.id;
      return this.replace(this.preview, "move");
    }
    if (this.clicks.length) return;
    // A click beside a selected word only lets go of it.
    if (kind === "new" && !moved && this.selected === null) return this.#click(from);
    if (kind === "new" && !this.armed && this.selected !== null) this.options.onSelect(null);
    this.rest();
  }

  /** @param {Point} at */
  hover(at) {
    this.#follow = at;
    if (this.clicks.length) return this.pointAs("cross");
    const one = this.word;
    const grip = !this.armed && one ? this.#grip(one, at, false)?.kind : undefined;
    if (grip) this.pointAs(grip === "move" ? "move" : "grab");
    else this.pointAs(!this.armed && this.#under(at) ? "pick" : "cross");
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (event.ctrlKey || event.metaKey || this.busy) return super.key(event, drawing);
    const key = event.key.toLowerCase();
    if (key === "enter" && drawing) this.selected === null ? this.next() : this.type();
    else if (key === "t") this.showTexts(!this.texts);
    else if (key === "q") this.moveAlone(!this.alone);
    else if (key === "n" && event.shiftKey) this.begin(lineBelow);
    else return super.key(event, drawing);
    return true;
  }

  /** Alt and an arrow resize. @param {KeyboardEvent} event */
  alt(event) {
    const [wider, higher] = GROWS[event.key] ?? [0, 0];
    const one = this.word;
    if (!wider && !higher) return false;
    const by = event.shiftKey ? 10 : 1;
    if (one && !this.busy) this.replace(grown(one, wider * by, higher * by, this.item), "move");
    return true;
  }

  /** @param {string | null} id */
  select(id) {
    super.select(id);
    const one = this.word;
    if (!one) return;
    this.#last = one.id;
    // The class bar shows what the selected word is; the next one will be the same.
    if (one.label !== this.label) this.options.onChoose(one.label);
  }

  /** A field was chosen: the selected word is in it. @param {string} label */
  apply(label) {
    const one = this.word;
    if (one && !this.busy && one.label !== label) this.replace({ ...one, label }, "relabel");
  }

  /** A new box for the keyboard: beside the last one, or where the line below begins. */
  begin(place = following) {
    const last = this.words.find((one) => one.id === this.#last) ?? this.words.at(-1);
    this.add(last ? place(this.words, last, this.item) : middle(this.options.centre(), this.item));
  }

  /** Draw a new one with the pointer, whatever lies under it. */
  arm() {
    this.armed = true;
    this.options.onSelect(null);
    this.options.onHint();
  }

  undo() {
    return this.clicks.length > 0 && this.remove();
  }

  /** Take the last click back. */
  remove() {
    if (!this.clicks.length) return false;
    this.clicks.pop();
    if (!this.clicks.length) this.cancel();
    this.draw();
    this.options.onHint();
    return true;
  }

  settle() {
    this.bar?.text.keep();
    if (this.busy) this.cancel();
  }

  /** Whether the learner is to be asked before this page is done: boxes without text, told once. */
  pending() {
    const open = unread(this.words);
    const again = this.#told === open.length;
    this.#told = again ? 0 : open.length;
    if (again || !open.length) return false;
    this.options.onSelect(open[0].id);
    this.focus();
    return true;
  }

  abandon() {
    this.clicks = [];
    this.armed = false;
    this.#fresh = null;
    this.#doing = { kind: "none" };
  }

  // --- for the bar and the field beside the picture ----------------------------------------------------------

  get bar() {
    return /** @type {import("./word-boxes.js").WordBar | undefined} */ (this.tools);
  }

  /** The selected word as it is shown. */
  get word() {
    return /** @type {WordBox | undefined} */ (this.one);
  }

  get words() {
    return /** @type {WordBox[]} */ (this.annotations);
  }

  /** @param {Quad} corners */
  add(corners) {
    const fresh = newWord(this.label, corners);
    this.clicks = [];
    this.armed = false;
    this.cross = null;
    this.#last = fresh.id;
    this.commit([...this.annotations, fresh], "draw", fresh.id);
  }

  /** Type the text of the selected word. */
  type() {
    this.#doing = { kind: "none" };
    this.bar?.text.focus();
  }

  /** What was typed. @param {string} id @param {string} text */
  setText(id, text) {
    this.#told = 0;
    this.options.onEdit(this.words.map((one) => (one.id === id ? { ...one, text } : one)), "text");
  }

  /** A word is finished: on to one that waits for its text, else back to the picture. */
  next() {
    const at = this.words.findIndex((one) => one.id === this.selected);
    const waits = [...this.words.slice(at + 1), ...this.words.slice(0, Math.max(at, 0))].find((one) => !one.text);
    this.options.onSelect(waits?.id ?? null);
    if (waits) this.type();
    else this.focus();
  }

  /** The field of the selected word, and of the next one. @param {number} index */
  field(index) {
    const chosen = this.options.classes[index];
    if (!chosen) return;
    this.options.onChoose(chosen.name);
    this.apply(chosen.name);
  }

  /** The text of the next or the previous word. @param {number} by */
  step(by) {
    const there = this.words[this.words.findIndex((one) => one.id === this.selected) + by];
    if (!there) return;
    this.options.onSelect(there.id);
    this.type();
  }

  /** @param {boolean} on */
  showTexts(on) {
    this.texts = on;
    this.redraw();
  }

  /** @param {boolean} on */
  moveAlone(on) {
    this.alone = on;
    this.draw();
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** Corners of what is being drawn. @returns {Point[]} */
  #draft() {
    const end = this.cross ?? this.#follow;
    if (this.#fresh || !this.clicks.length || !end) return this.#fresh ?? this.clicks;
    const [a, b] = this.clicks;
    return (b && fromSide(a, b, end, this.item)) || [...this.clicks, ...(b ? [] : [end])];
  }

  /** One of three clicks: both ends of a side, then the side opposite. @param {Point} at */
  #click(at) {
    this.start();
    const [a, b] = this.clicks;
    const corners = b && fromSide(a, b, at, this.item);
    if (corners) {
      this.add(corners);
      return this.type();
    }
    if (!b && (!a || distance(a, at) >= MIN_SIDE)) this.clicks.push(kept(at, this.item));
    this.options.onHint();
  }

  /** What of the selected word can be grabbed here. @param {WordBox} one @param {Point} at @param {boolean} shift @returns {{kind: "corner" | "side" | "move", n: number} | null} */
  #grip({ corners }, at, shift) {
    // Small words have small corners and sides, so that they can be moved, too.
    const low = Math.min(...extent(corners));
    const inside = insideRing(corners, at);
    const reach = inside ? Math.min(this.reach, low / 3) : this.reach;
    const corner = corners.findIndex((point) => distance(point, at) <= reach);
    if (corner >= 0) return { kind: "corner", n: corner };
    if (shift) return null;
    const near = inside ? Math.min(this.reach / 2, low / 5) : this.reach / 2;
    const side = corners.findIndex((point, n) => toSegment(at, point, corners[(n + 1) % 4]) <= near);
    if (side >= 0) return { kind: "side", n: side };
    return inside ? { kind: "move", n: 0 } : null;
  }

  /** @param {Point} at */
  #under(at) {
    return smallestFirst(this.words.filter((one) => insideRing(one.corners, at)))[0];
  }
}

/** @param {Quad} corners */
const pathOf = (corners) => `M${corners.map((point) => point.join(" ")).join("L")}Z`;
