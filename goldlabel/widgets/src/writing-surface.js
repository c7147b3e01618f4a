// @ts-check
/** The source to read and a field to write in. Typing is saved after a short pause, so that a pause is a step of undo. */

import { h } from "./dom.js";
import { reading, sideBySide, wordCount, words } from "./reading.js";

/** @typedef {import("./types").Surface} Surface */
/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Written} Written */

/** Milliseconds without a key after which typing is saved, and the longest that it may go on unsaved. */
const PAUSE = 300;
const LONGEST = 1500;

/** What the kernel would make of a text, so that its answer changes nothing under the cursor. @param {string} text */
const cleaned = (text) =>
  text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").normalize("NFC");

/** @implements {Surface} */
export class WritingSurface {
  // Never in the way of other actions: whatever is typed is settled before them.
  busy = false;
  /** Since when typing is unsaved; 0: all is saved. */
  #since = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import("./types").SurfaceOptions} options @param {{limit: number, question: string}} task */
  constructor(options, { limit, question }) {
    this.options = options;
    this.limit = limit;
    this.question = question;
    this.area = h("textarea", { "aria-label": "Your summary", spellcheck: true, placeholder: question, oninput: () => this.#typed(), onblur: () => this.settle() });
    this.number = h("span", {});
    this.length = h("div", { class: "gl-length" }, this.number, h("span", { class: "gl-length-bar", "aria-hidden": "true" }, h("span", {})));
    this.spoken = h("span", { class: "gl-hidden", role: "status" });
    const keys = h("p", { class: "gl-writing-keys" }, h("kbd", {}, "Ctrl"), "+", h("kbd", {}, "Enter"), " done, next · ", h("kbd", {}, "Esc"), " leave the text");
    this.node = sideBySide([
      ["The source", reading(options.item.text, "The source")],
      ["Your summary", h("div", { class: "gl-writing" }, this.area, this.length, keys, this.spoken)],
    ]);
    options.host.append(this.node);
    this.leave = () => this.settle();
    addEventListener("pagehide", this.leave);
    this.show(options.annotations);
  }

  focus() {
    this.area.focus({ preventScroll: true });
  }

  begin() {
    this.area.focus();
  }

  /** Nothing is deleted whole by one key: who wants that, selects all and deletes. */
  remove() {
    return true;
  }

  destroy() {
    clearTimeout(this.#timer);
    removeEventListener("pagehide", this.leave);
    this.node.remove();
  }

  /** @param {Annotation[]} annotations */
  show(annotations) {
    if (this.#since) return;
    const text = /** @type {Written | undefined} */ (annotations.find((one) => one.type === "written"))?.text ?? "";
    if (cleaned(this.area.value) !== text && (text || this.area.value.trim())) this.area.value = text;
    this.#count();
    this.spoken.textContent = this.number.textContent;
  }

  select() {}

  choose() {}

  cancel() {}

  /** Save what is typed, now. */
  settle() {
    if (!this.#since) return;
    this.#since = 0;
    clearTimeout(this.#timer);
    const text = cleaned(this.area.value);
    const { label, onEdit, onRest } = this.options;
    onEdit(text.trim() ? [/** @type {Written} */ ({ type: "written", id: "summary", label, text, attributes: {} })] : [], "write");
    onRest();
  }

  hint() {
    const over = wordCount(this.area.value) - this.limit;
    if (over > 0) return { text: `${words(over)} too many: the limit is ${this.limit}.`, bad: true };
    return { text: this.question };
  }

  #typed() {
    const now = performance.now();
    if (!this.#since) {
      this.#since = now;
      this.options.onStart();
    }
    this.#count();
    this.options.onHint();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), Math.max(0, Math.min(PAUSE, this.#since + LONGEST - now)));
  }

  #count() {
    const count = wordCount(this.area.value);
    this.number.textContent = `${count} of ${words(this.limit)}`;
    this.length.classList.toggle("gl-over", count > this.limit);
    this.length.style.setProperty("--gl-full", `${Math.min(100, (100 * count) / Math.max(1, this.limit))}%`);
  }
}
