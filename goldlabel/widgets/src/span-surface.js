// @ts-check
/** Marking stretches of a text, by mouse and by keyboard. */

import { h } from "./dom.js";
import { inTextOrder, isTwin, named, newSpan, placed, quoted, redacted, stretchOf, twinSentence } from "./stretches.js";
import { TextCursor } from "./text-cursor.js";
import { TextMap } from "./text-map.js";
import { TextPage } from "./text-page.js";
import { listenToPointer } from "./text-pointer.js";
import { movedByCluster, movedByWord, resized, snapped, wordsOf } from "./words.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Span} Span */
/** @typedef {import("./types").Surface} Surface */
/** @typedef {import("./words.js").Stretch} Stretch */

/** Keys that move the ends of the selected span: which end, and where to. @type {Record<string, ["start" | "end", 1 | -1]>} */
const ENDS = { q: ["start", -1], w: ["start", 1], e: ["end", -1], r: ["end", 1] };

/** @implements {Surface} */
export class SpanSurface {
  busy = false;
  /** @type {string | null} */
  selected = null;
  previewing = false;
  complaint = "";
  /** What the stroke under way covers. @type {Stretch | null} */
  #stroke = null;
  /** The end of the selected span that is dragged. @type {"start" | "end" | null} */
  #side = null;
  /** @type {Span[]} */
  #spans = [];

  /** @param {import("./types").SurfaceOptions} options @param {{redaction: boolean, tools: import("./taskbar.js").TaskBar}} task */
  constructor(options, { redaction, tools }) {
    this.options = options;
    this.redaction = redaction;
    this.tools = tools;
    this.label = options.label;
    this.map = new TextMap(options.item.text);
    this.words = wordsOf(this.map);
    this.page = new TextPage(this.map, options.classes);
    this.cursor = new TextCursor(this.words, this.page);
    this.preview = h("div", { class: "gl-lines gl-preview", hidden: true, dir: "auto" });
    this.voice = h("div", { class: "gl-hidden", "aria-live": "polite" });
    this.node = h(
      "div",
      { class: "gl-marking", tabindex: "0", role: "application", "aria-roledescription": "text to mark", "aria-label": `${options.item.alt || "The text"}. Arrow keys go from word to word; press question mark for the keys.` },
      this.page.node,
      this.preview,
    );
    this.giveUp = listenToPointer(this.node, this.page, this.#pointer());
    this.node.addEventListener("dblclick", (event) => this.#double(event));
    this.observer = new ResizeObserver(() => this.#frame());
    this.observer.observe(this.page.node);
    options.host.append(this.node, this.voice);
    tools.attach(this);
    this.show(options.annotations);
  }

  destroy() {
    this.observer.disconnect();
    this.tools.attach(null);
    this.node.remove();
    this.voice.remove();
  }

  focus() {
    this.node.focus({ preventScroll: true });
  }

  // --- what the shell tells ----------------------------------------------------------------------------

  /** @param {Annotation[]} annotations */
  show(annotations) {
    this.#spans = /** @type {Span[]} */ (annotations);
    this.page.draw(annotations.map((one) => this.#mark(one)));
    this.#frame();
    if (this.previewing) this.#drawPreview();
    this.tools.update();
  }

  /** @param {string | null} id */
  select(id) {
    if (id !== this.selected) this.complaint = "";
    this.selected = id;
    this.page.choose(id);
    const one = this.#one();
    if (one) {
      this.cursor.put(stretchOf(this.map, one)[0]);
      this.#say(`${named(one.label)}: ${quoted(this.map, one)}`);
    }
    this.#frame();
    if (one && document.activeElement === this.node && !this.#stroke) this.page.reveal();
  }

  /** @param {string} label */
  choose(label) {
    this.label = label;
  }

  /** @param {string} label */
  apply(label) {
    const one = this.#one();
    if (one) this.#change({ ...one, label }, "relabel");
    else if (this.cursor.stretch && !this.previewing) this.mark(this.cursor.stretch, label, true);
  }

  cancel() {
    this.giveUp();
    this.#stroke = null;
    this.#frame();
    this.#rest();
  }

  /** N: mark what the cursor covers; without a cursor, the first word that is not marked. */
  begin() {
    if (this.previewing) return;
    const free = this.words.find(([start, end]) => !this.page.marks.some((one) => one.start < end && start < one.end));
    const stretch = this.cursor.stretch ?? free;
    if (stretch) this.mark(stretch, this.label, true);
  }

  /** Where Tab begins: at the cursor. @param {number} step */
  first(step) {
    const at = this.cursor.stretch;
    if (!at) return step > 0 ? 0 : this.#spans.length - 1;
    const stretches = this.#spans.map((one) => stretchOf(this.map, one));
    const found = step > 0 ? stretches.findIndex(([, end]) => end > at[0]) : stretches.findLastIndex(([start]) => start < at[1]);
    return found < 0 && step > 0 ? stretches.length : found;
  }

  hint() {
    if (this.complaint) return { text: this.complaint, bad: true };
    if (this.previewing) return { text: "Preview: this is what is given away. Read it: does anything still tell who it is? P goes back." };
    const { stretch } = this.cursor;
    if (this.selected !== null || !stretch) return null;
    const words = quoted(this.map, newSpan(this.map, "", stretch), 40);
    return { text: `“${words}”: press the key of a class to mark it, or Space for ${named(this.label)}. Shift+arrows take more words.` };
  }

  // --- keys ----------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (this.busy) return false;
    const control = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "p" && !control && this.redaction) return this.togglePreview();
    if (this.previewing || !drawing) return false;
    if (!control && ENDS[key]) return this.#moveEnd(...ENDS[key], event.shiftKey);
    if (!control && (key === " " || (key === "Enter" && !this.selected))) {
      if (this.cursor.stretch) this.mark(this.cursor.stretch, this.label, true);
      return true;
    }
    if (key === "Escape" && this.cursor.shown && this.selected === null) return this.#hideCursor();
    // A, S and D move boxes elsewhere; a text stays where it is.
    if (!control && ["a", "s", "d"].includes(key)) return true;
    if (!TextCursor.KEYS.has(key)) return false;
    this.#leaveSpan(key);
    this.cursor.move(key, { extend: event.shiftKey, far: control });
    this.complaint = "";
    this.#frame();
    this.page.reveal();
    this.#sayCursor();
    this.options.onHint();
    return true;
  }

  /** From a selected span the cursor goes on at its end or at its start. @param {string} key */
  #leaveSpan(key) {
    const one = this.#one();
    if (!one) return;
    const [start, end] = stretchOf(this.map, one);
    this.options.onSelect(null);
    this.cursor.put(key === "ArrowRight" || key === "ArrowDown" ? end - 1 : start);
    this.cursor.shown = true;
  }

  /** Esc: first a run of words, then the cursor. */
  #hideCursor() {
    if (this.cursor.wide) this.cursor.collapse();
    else this.cursor.shown = false;
    this.#frame();
    this.options.onHint();
    return true;
  }

  /** @param {"start" | "end"} side @param {1 | -1} step @param {boolean} exact */
  #moveEnd(side, step, exact) {
    const one = this.#one();
    if (!one) return true;
    const before = stretchOf(this.map, one);
    const after = exact ? movedByCluster(this.map, before, side, step) : movedByWord(this.words, before, side, step);
    this.#change(placed(this.map, one, after), "move");
    return true;
  }

  togglePreview() {
    this.previewing = !this.previewing;
    this.complaint = "";
    if (this.previewing) {
      this.options.onSelect(null);
      this.#drawPreview();
    }
    this.page.node.hidden = this.previewing;
    this.preview.hidden = !this.previewing;
    this.#frame();
    this.#say(this.previewing ? `Preview. ${this.preview.textContent}` : "Back to marking.");
    this.tools.update();
    this.options.onHint();
    return true;
  }

  #drawPreview() {
    this.preview.replaceChildren(...redacted(this.map, this.#spans).map(({ text, hole }) => (hole ? h("mark", { class: "gl-hole" }, text) : text)));
  }

  // --- changes --------------------------------------------------------------------------------------------

  /** @param {Stretch} stretch @param {string} label @param {boolean} select */
  mark(stretch, label, select) {
    const made = newSpan(this.map, label, stretch);
    if (isTwin(this.#spans, made)) return this.#complain(twinSentence(made));
    this.complaint = "";
    this.cursor.shown = false;
    this.options.onEdit(inTextOrder([...this.#spans, made]), "draw");
    this.options.onSelect(select ? made.id : null);
    this.#say(`Marked as ${named(label)}: ${quoted(this.map, made)}`);
  }

  /** @param {Span} changed @param {string} action */
  #change(changed, action) {
    if (isTwin(this.#spans, changed)) return this.#complain(twinSentence(changed));
    this.complaint = "";
    this.options.onEdit(inTextOrder(this.#spans.map((one) => (one.id === changed.id ? changed : one))), action);
    this.#say(`${named(changed.label)}: ${quoted(this.map, changed)}`);
    this.options.onHint();
  }

  /** @param {string} sentence */
  #complain(sentence) {
    this.complaint = sentence;
    this.options.onHint();
  }

  // --- pointer ----------------------------------------------------------------------------------------------

  /** @returns {import("./text-pointer.js").PointerActions} */
  #pointer() {
    return {
      down: ({ target }) => {
        if (this.previewing) return false;
        this.focus();
        this.#side = /** @type {any} */ (target).dataset?.side ?? null;
        return true;
      },
      start: () => {
        this.busy = true;
        this.complaint = "";
        this.options.onStart();
      },
      drag: (from, to) => {
        const one = this.#side && this.#one();
        if (this.#side && one) this.#stroke = resized(this.map, this.words, stretchOf(this.map, one), this.#side, to.unit, to.exact);
        else this.#stroke = snapped(this.map, this.words, from.unit, to.unit, to.exact);
        this.#frame();
      },
      drop: () => this.#drop(),
      click: (at) => this.#side || this.#click(at),
      cancel: () => this.cancel(),
    };
  }

  #drop() {
    const stretch = this.#stroke;
    const one = this.#side && this.#one();
    this.#stroke = null;
    this.busy = false; // so that the shell shows what comes of it
    if (stretch && one) this.#change(placed(this.map, one, stretch), "move");
    else if (stretch) {
      this.mark(stretch, this.label, false);
      this.cursor.put(stretch[0]);
    }
    this.#frame();
    this.#rest();
  }

  /** The innermost span under the pointer; a click on the selected one goes to the next outer one. @param {import("./text-pointer.js").At} at */
  #click({ target, unit }) {
    const ids = this.page.under(target);
    const at = this.selected === null ? -1 : ids.indexOf(this.selected);
    this.options.onSelect(ids.length ? ids[(at + 1) % ids.length] : null);
    if (!ids.length) this.cursor.put(unit);
    this.#frame();
    this.options.onHint();
  }

  /** @param {MouseEvent} event */
  #double(event) {
    const unit = this.previewing ? null : this.page.unitAt(event);
    if (unit === null || /** @type {Element} */ (event.target).closest(".gl-tag, .gl-grip")) return;
    const word = this.words.find(([start, end]) => start <= unit && unit <= end);
    if (word) this.mark(word, this.label, false);
  }

  #rest() {
    this.busy = false;
    this.options.onRest();
    this.options.onHint();
  }

  // --- showing ----------------------------------------------------------------------------------------------

  #frame() {
    if (this.previewing) return;
    const one = this.#one();
    const stroke = this.#stroke;
    const { stretch } = this.cursor;
    /** @type {import("./text-page.js").Frame[]} */
    const frames = [];
    if (stroke) frames.push({ stretch: stroke, kind: "stroke" });
    else if (one) frames.push({ stretch: stretchOf(this.map, one), kind: "chosen", grips: true });
    else if (stretch) frames.push({ stretch, kind: "cursor" });
    this.page.frame(frames);
  }

  #sayCursor() {
    const { stretch } = this.cursor;
    if (!stretch) return;
    const over = this.page.marks.filter((one) => one.start < stretch[1] && stretch[0] < one.end).map((one) => named(one.label));
    this.#say(this.map.text.slice(...stretch) + (over.length ? `, in ${over.join(", ")}` : ""));
  }

  /** For a screen reader. @param {string} words */
  #say(words) {
    this.voice.textContent = words;
  }

  #one() {
    return this.#spans.find((one) => one.id === this.selected);
  }

  /** @param {Annotation} one */
  #mark(one) {
    const [start, end] = stretchOf(this.map, one);
    return { id: one.id, label: one.label, start, end };
  }
}
